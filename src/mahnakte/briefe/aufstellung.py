"""The claim table of a letter: invoices, deductions, interest, costs, payments. It must add up to the account.

All numbers come from the account. An invoice that is settled, with its interest, is left out, and so is the
part of a payment that went to it.
"""

import dataclasses
from decimal import Decimal

from mahnakte.arten.kosten import KOSTENARTEN, SONSTIGE
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontobuchung, Kontoforderung, Kontokosten
from mahnakte.konto.zinsluecke import describe_counted


@dataclasses.dataclass(frozen=True, slots=True)
class Forderungszeile:
    """One claim of the table; `betrag` before payments."""

    forderung: Forderung
    konto: Kontoforderung
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Postenzeile:
    """One further line; deductions and payments are negative."""

    text: str
    betrag: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Aufstellung:
    """The table and its total."""

    forderungen: tuple[Forderungszeile, ...]
    posten: tuple[Postenzeile, ...]
    summe: Decimal


def compute_aufstellung(fall: Fall, konto: Konto, *, nur_hauptforderung: bool) -> Aufstellung:
    """Return the table of all that is open; raise Ablehnung when it would not add up to the account.

    `nur_hauptforderung`: the friendly reminder asks for the invoices only, without interest and costs.
    """
    gezeigt = {z.rechnung: z for z in konto.forderungen if _is_open(z, nur_hauptforderung)}
    buchungen = [*konto.abzuege, *(zahlung for zahlung in konto.zahlungen if not zahlung.zurueck_am)]
    arten = {"hauptforderung"} if nur_hauptforderung else {"hauptforderung", "zinsen", "kosten"}
    anteile = [(buchung, _share(buchung, set(gezeigt), arten)) for buchung in buchungen]

    forderungen = _forderungszeilen(fall, gezeigt)
    posten = [_abzug(buchung, anteil) for buchung, anteil in anteile if buchung.art != "zahlung" and anteil]
    if not nur_hauptforderung:
        posten += _zinsen(konto, gezeigt) + _kosten(konto)
    posten += [
        _zahlung(buchung, anteil) for buchung, anteil in anteile if buchung.art == "zahlung" and anteil
    ]
    erwartet = konto.hauptforderung if nur_hauptforderung else konto.gesamt
    summe = sum((zeile.betrag for zeile in forderungen), NULL) + sum((zeile.betrag for zeile in posten), NULL)
    if summe != erwartet:
        raise Ablehnung(
            sperre("BRIEF_SUMME", "Die Zeilen der Aufstellung ergeben nicht den Stand des Kontos.",
                   "Der Brief wird nicht geschrieben; bitte mit „mahnakte konto“ prüfen und melden.")
        )  # fmt: skip
    return Aufstellung(tuple(forderungen), tuple(posten), summe)


def _is_open(zeile: Kontoforderung, nur_hauptforderung: bool) -> bool:
    return zeile.offen != NULL or (not nur_hauptforderung and zeile.zinsen.offen != NULL)


def _share(buchung: Kontobuchung, rechnungen: set[str], arten: set[str]) -> Decimal:
    """Return the part of a booking that went to what the letter shows."""
    return sum(
        (teil.betrag for teil in buchung.auf
         if teil.art in arten and (teil.art == "kosten" or teil.rechnung is None or teil.rechnung in rechnungen)),
        NULL,
    )  # fmt: skip


def _forderungszeilen(fall: Fall, gezeigt: dict[str, Kontoforderung]) -> list[Forderungszeile]:
    nach_nummer = {forderung.nummer: forderung for forderung in fall.forderungen}
    zeilen = []
    for nummer, zeile in gezeigt.items():
        if nummer not in nach_nummer:
            raise Ablehnung(
                sperre("BRIEF_TITEL", f"Über „{nummer}“ gibt es schon einen Titel.",
                       "Gemahnt wird nur, was nicht tituliert ist; weiter mit „mahnakte titel“.")
            )  # fmt: skip
        zeilen.append(
            Forderungszeile(nach_nummer[nummer], zeile, zeile.haupt.entstanden - zeile.haupt.tituliert)
        )
    return sorted(zeilen, key=lambda zeile: (zeile.forderung.datum, zeile.forderung.nummer))


def _abzug(buchung: Kontobuchung, anteil: Decimal) -> Postenzeile:
    if buchung.art == "verzicht":
        return Postenzeile(f"Nachlass vom {format_datum(buchung.am)}", -anteil)
    if buchung.zurueckgestellt:
        return Postenzeile("zurückgestellter Teil, wird zurzeit nicht verlangt", -anteil)
    return Postenzeile(f"Gutschrift vom {format_datum(buchung.am)}", -anteil)


def _zinsen(konto: Konto, gezeigt: dict[str, Kontoforderung]) -> list[Postenzeile]:
    """One line: what is open plus what payments have already covered, so that the payments stand whole."""
    gedeckt = sum(
        (teil.betrag for buchung in (*konto.abzuege, *konto.zahlungen) if not buchung.zurueck_am
         for teil in buchung.auf if teil.art == "zinsen" and (teil.rechnung is None or teil.rechnung in gezeigt)),
        NULL,
    )  # fmt: skip
    betrag = konto.zinsen + gedeckt
    wort = "Zinsen" if any(_runs_before_default(zeile) for zeile in gezeigt.values()) else "Verzugszinsen"
    return [Postenzeile(f"{wort} bis {describe_counted(konto)}", betrag)] if betrag else []


def _runs_before_default(zeile: Kontoforderung) -> bool:
    """Agreed or fixed interest may run earlier; then „Verzugszinsen“ (§ 288 BGB) would be the wrong name for it."""
    return zeile.zinsen_ab is not None and (zeile.verzug_ab is None or zeile.zinsen_ab < zeile.verzug_ab)


def _kosten(konto: Konto) -> list[Postenzeile]:
    zeilen = []
    for posten in konto.kostenposten:
        betrag = posten.verlangt
        if betrag:
            zeilen.append(Postenzeile(f"{name_kosten(posten)} vom {format_datum(posten.am)}", betrag))
    return zeilen


def name_kosten(posten: Kontokosten) -> str:
    """Name the kind of a cost item; for „sonstige“ what the case calls it."""
    if posten.art == SONSTIGE.wort and posten.bezeichnung:
        return posten.bezeichnung
    art = KOSTENARTEN.get(posten.art)
    return art.name if art else posten.bezeichnung or "Kosten"


def _zahlung(buchung: Kontobuchung, anteil: Decimal) -> Postenzeile:
    teilweise = ", hierauf angerechnet" if anteil != buchung.betrag else ""
    was = "Zahlung eines Gesamtschuldners" if buchung.aus_fall else "Zahlung"
    return Postenzeile(f"{was} vom {format_datum(buchung.am)}{teilweise}", -anteil)
