"""The ceiling of § 13e RDG: what an agency or lawyer may cost before court is what the law lets a lawyer charge.

What lies above is asked for in no letter and no application. Both may charge one fee together (§ 13f RDG), unless the
claim was disputed only after the agency had worked on it. A title keeps what it awards.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from mahnakte.arten.ereignis import BESTRITTEN, BESTRITTEN_ERLEDIGT
from mahnakte.arten.kosten import GEBUEHREN, INKASSO, RVG_2300
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Kostenposten
from mahnakte.grund.befund import Ablehnung, Befund, warnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import Posten
from mahnakte.konto.titelteil import Kontotitel
from mahnakte.recht.gebuehren import (
    Inkassofall,
    Kosten,
    Rechtsdienst,
    Verguetung,
    compute_angelegenheit,
    geschaeftsgebuehr_nach_umfang,
    inkassokosten,
)
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis

UEBER_GRENZE = "INKASSOKOSTEN_UEBER_GRENZE"

_Kostenpaar = tuple[Kostenposten, Posten]


@dataclasses.dataclass(frozen=True, slots=True)
class Grenze:
    """The ceiling for the costs of one matter in euro, and how it comes about."""

    betrag: Decimal
    herleitung: str


def cut_to_ceiling(
    sachstand: Sachstand,
    kosten: Sequence[_Kostenpaar],
    titel: Sequence[Kontotitel],
    hauptforderung_am: Callable[[dt.date], Decimal],
) -> Iterator[Befund]:
    """Take what exceeds the ceiling off the cost items, the latest first; yield what was taken and why.

    `hauptforderung_am` is the principal that was due and open at the end of a day: the value of the fee (§ 13 RVG).
    """
    for angelegenheit in _matters(sachstand, kosten):
        beauftragt_am = _mandate(sachstand.fall, angelegenheit)
        try:
            grenze = _ceiling(sachstand, angelegenheit, beauftragt_am, hauptforderung_am(beauftragt_am))
        except Ablehnung as ablehnung:  # no table for that day: a person has to look, nothing is cut
            yield _unknown(angelegenheit[0][0], ablehnung.befund)
            continue
        befunde = tuple(_cut(angelegenheit, grenze))
        if not _titled(angelegenheit, titel):
            yield from befunde


def _titled(angelegenheit: Sequence[_Kostenpaar], titel: Sequence[Kontotitel]) -> bool:
    """Tell whether a title has awarded costs since: what it awards stays, and nobody needs to look any more."""
    return any(einer.kosten and einer.stand_am >= angelegenheit[-1][0].am for einer in titel)


def _matters(sachstand: Sachstand, kosten: Sequence[_Kostenpaar]) -> Iterator[list[_Kostenpaar]]:
    """Split the fees: a lawyer's own matter begins only where the claim was disputed after the agency (§ 13f RDG)."""
    gebuehren = sorted((paar for paar in kosten if paar[0].art in GEBUEHREN), key=lambda paar: paar[0].am)
    inkasso = [angabe.am for angabe, _ in gebuehren if angabe.art == INKASSO.wort]
    bestritten = [e.am for e in ereignisse_bis(sachstand, BESTRITTEN.wort)]
    eigene = [
        paar for paar in gebuehren
        if paar[0].art == RVG_2300.wort and inkasso and any(inkasso[0] < am <= paar[0].am for am in bestritten)
    ]  # fmt: skip
    rest = [paar for paar in gebuehren if paar not in eigene]
    yield from (gruppe for gruppe in (rest, eigene) if gruppe)


def _mandate(fall: Fall, angelegenheit: Sequence[_Kostenpaar]) -> dt.date:
    """Return the day of the mandate (§ 60 RVG): as stated, else that of the first cost item."""
    erste = angelegenheit[0][0].am
    genannt = fall.antrag.beauftragt_am if fall.antrag else None
    return genannt if genannt is not None and genannt <= erste else erste


def _ceiling(
    sachstand: Sachstand, angelegenheit: Sequence[_Kostenpaar], am: dt.date, wert: Decimal
) -> Grenze:
    if wert <= NULL:
        return Grenze(NULL, f"am {format_datum(am)} war nichts fällig und offen")
    art = Inkassofall.BESTRITTEN if is_disputed(sachstand, am) else Inkassofall.UNBESTRITTEN
    vorsteuerabzug = not _with_vat(sachstand.fall, angelegenheit)
    if sachstand.fall.antrag is not None and sachstand.fall.antrag.umfangreich:
        kosten = compute_angelegenheit(
            sachstand.recht, [_extensive(sachstand.recht, wert, am, art)], vorsteuerabzug
        )
    else:
        kosten = inkassokosten(sachstand.recht, wert, am, art, vorsteuerabzug, _who(angelegenheit))
    return Grenze(kosten.summe, _derive(kosten))


def _who(angelegenheit: Sequence[_Kostenpaar]) -> Rechtsdienst:
    """A matter that an agency has worked on is an agency's, whoever took over."""
    nur_anwalt = all(angabe.art == RVG_2300.wort for angabe, _ in angelegenheit)
    return Rechtsdienst.ANWALT if nur_anwalt else Rechtsdienst.INKASSO


def _extensive(recht: Rechtsstand, wert: Decimal, am: dt.date, art: Inkassofall) -> Verguetung:
    """Nr. 2300: what a person calls extensive or difficult may reach the upper rate, undisputed at most 1.3."""
    rand = "vv_2300_hoechst" if art is Inkassofall.BESTRITTEN else "vv_2300_bestritten"
    return geschaeftsgebuehr_nach_umfang(recht, wert, am, recht.wert_am(rand, am).wert)


def is_disputed(sachstand: Sachstand, am: dt.date) -> bool:
    """Nr. 2300 note (2): up to 0.9 for what is not disputed. Whether a case was simple (0.5) nobody states here."""
    ende = [e.am for e in ereignisse_bis(sachstand.am(am), BESTRITTEN_ERLEDIGT.wort)]
    bestritten = ereignisse_bis(sachstand, BESTRITTEN.wort)
    return any(not any(einwand.am <= tag < am for tag in ende) for einwand in bestritten)


def _with_vat(fall: Fall, angelegenheit: Sequence[_Kostenpaar]) -> bool:
    """Nr. 7008: VAT is owed where it was charged and the creditor cannot deduct it."""
    berechnet = any(angabe.umsatzsteuer is not False for angabe, _ in angelegenheit)
    return berechnet and fall.glaeubiger.vorsteuerabzug is False


def _derive(kosten: Kosten) -> str:
    return "; ".join(f"{z.text}, {z.vorschrift}: {format_euro(z.betrag)}" for z in kosten.zeilen)


def _cut(angelegenheit: Sequence[_Kostenpaar], grenze: Grenze) -> Iterator[Befund]:
    summe = sum((posten.offen for _, posten in angelegenheit), NULL)
    zuviel = summe - grenze.betrag
    if zuviel <= NULL:
        return
    satz = f"Höchstens {format_euro(grenze.betrag)} (§ 13e RDG): {grenze.herleitung}."
    for _, posten in reversed(angelegenheit):
        teil = min(zuviel, posten.offen)
        posten.grenze = satz
        posten.remove("kappung", "kosten", posten.entstanden_am, teil)
        zuviel -= teil
    yield _over(angelegenheit[0][0], summe, grenze, satz)


def _over(angabe: Kostenposten, summe: Decimal, grenze: Grenze, satz: str) -> Befund:
    return warnung(
        UEBER_GRENZE,
        f"Für Inkasso oder Anwalt sind {format_euro(summe)} eingetragen; verlangt werden nur "
        f"{format_euro(grenze.betrag)}. {satz}",
        "Den Betrag unter „kosten:“ auf den zulässigen berichtigen. Mehr geht nur, wenn die Forderung bestritten ist "
        "(Ereignis „bestritten“: Satz 1,3) oder die Tätigkeit umfangreich oder schwierig war (unter „antrag:“ "
        "„umfangreich: ja“).",
        angabe.stelle,
    )


def _unknown(angabe: Kostenposten, befund: Befund) -> Befund:
    return warnung(
        "INKASSOKOSTEN_GRENZE_UNBEKANNT",
        f"Kosten vom {format_datum(angabe.am)} ({angabe.art}): ihre Grenze (§ 13e RDG) lässt sich nicht rechnen. "
        f"{befund.text}",
        "Ein Mensch prüft, was ein Anwalt an diesem Tag hätte verlangen dürfen, und quittiert den Befund.",
        angabe.stelle,
    )
