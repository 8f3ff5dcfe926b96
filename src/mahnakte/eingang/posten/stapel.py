"""DATEV booking batches (EXTF and DTVF, category 21): movements of debtors by the position of the column.

Headings differ between programs, so only three are looked at. A batch shows what was booked in a time, not what is
open; a payment whose invoice is missing proves that.
"""

import dataclasses
import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mahnakte.eingang.posten.befunde import refuse_ausschnitt, refuse_datei, warn_stapel
from mahnakte.eingang.posten.bewegung import Bewegung, join_bewegungen
from mahnakte.eingang.posten.datei import Tabelle
from mahnakte.eingang.posten.liste import MAX_ZEILEN, Ergebnis
from mahnakte.eingang.posten.postenliste import Offener, Postenliste
from mahnakte.eingang.posten.werte import parse_freitext, parse_geld, parse_tag, parse_text, show_zelle
from mahnakte.eingang.posten.wortschatz import PAKET, fold_kopf
from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.befund import Stelle
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.grund.datum import KeinDatum, format_datum, parse_datum

_BREITE = 14  # columns of the shortest batches that programs write
KENNUNGEN = ("EXTF", "DTVF")
_ORIGINAL = "Die Datei im Buchhaltungsprogramm neu ausgeben und unverändert verwenden."


def is_stapel(tabelle: Tabelle) -> bool:
    """Tell a table that begins as a file in DATEV format does."""
    return any(zellen[0] in KENNUNGEN for _, zellen in itertools.islice(tabelle.zeilen(), 1) if zellen)


@dataclasses.dataclass(frozen=True, slots=True)
class Stapelkopf:
    """What the first line says. `stellen` is the length of the ledger accounts; debtors have one digit more."""

    version: int
    spalten: int
    beginn: dt.date
    von: dt.date
    bis: dt.date
    stellen: int
    zeitraum: str

    def is_debitor(self, konto: str) -> bool:
        """Tell whether an account (without leading zeros) is a debtor's."""
        return (
            konto.isascii() and konto.isdecimal() and len(konto) == self.stellen + 1 and konto[0] in "123456"
        )

    def is_vortrag(self, konto: str) -> bool:
        """Tell the accounts of balances carried forward: 9000 and 9008, longer with more digits."""
        return konto in ("9000".ljust(self.stellen, "0"), "9008".ljust(self.stellen, "0"))

    def read_belegtag(self, text: str) -> dt.date:
        """Read TTMM (often without its leading zero) as the day of the fiscal year; raise KeinWert."""
        if not re.fullmatch(r"\d{3,4}", text, re.ASCII):
            raise KeinWert(f"Das Belegdatum „{text[:20]}“ ist kein Tag der Form TTMM.")
        ziffern = text.zfill(4)
        for jahr in (self.beginn.year, self.beginn.year + 1):
            try:
                tag = dt.date(jahr, int(ziffern[2:]), int(ziffern[:2]))
            except ValueError:
                continue
            if self.von <= tag <= self.bis and tag < self.beginn + dt.timedelta(days=366):
                return tag
        raise KeinWert(
            f"Das Belegdatum „{text[:20]}“ gibt es im Zeitraum des Stapels ({self.zeitraum}) nicht."
        )


def read_stapel(tabelle: Tabelle, datei: str) -> Postenliste:
    """Return the items that the batch leaves open; raise Ablehnung when it is another file, or shows only a part."""
    koepfe = [tuple(map(show_zelle, zellen)) for _, zellen in itertools.islice(tabelle.zeilen(), 2)]
    try:
        kopf = _read_kopf(koepfe[0])
        spalten = _check_columns(koepfe[-1], kopf)
    except KeinWert as grund:
        raise refuse_datei(str(grund), Stelle(datei, 1), _ORIGINAL) from None
    ergebnis = Ergebnis(datei)
    bewegungen: list[Bewegung] = []
    for nummer, zellen in itertools.islice(tabelle.below(0, min(spalten, _BREITE), datei), 2, None):
        if not any(zellen):
            continue
        if nummer > MAX_ZEILEN:
            raise refuse_datei(
                "Der Buchungsstapel hat zu viele Zeilen.", Stelle(datei), "Den Zeitraum teilen."
            )
        zeile = _Buchungszeile(kopf, tuple(map(show_zelle, zellen)), nummer, spalten)
        try:
            gelesen = tuple(zeile.read())
            if gelesen:
                ergebnis.check_repeated(nummer, zellen)
            bewegungen += gelesen
        except KeinWert as grund:
            ergebnis.leave_out(str(grund), (nummer,))
            for konto in zeile.debitoren():
                ergebnis.spoil(konto, "", filter(None, (zeile.belegfeld(),)), nummer)
        if not zeile.debitoren():
            ergebnis.gezaehlt["Buchungen ohne Debitor"] += 1
    _join(bewegungen, ergebnis, datei)
    if not (ergebnis.offene or ergebnis.befunde or ergebnis.gezaehlt):
        raise refuse_datei("Der Buchungsstapel enthält keine Buchung.", Stelle(datei), _ORIGINAL)
    liste = ergebnis.finish("DATEV Buchungsstapel")
    return dataclasses.replace(liste, befunde=(warn_stapel(kopf.zeitraum, Stelle(datei)), *liste.befunde))


def _join(bewegungen: Sequence[Bewegung], ergebnis: Ergebnis, datei: str) -> None:
    gruppen = list(join_bewegungen(bewegungen))
    verwaist = [
        gruppe
        for gruppe in gruppen
        if gruppe.offen < 0
        and not gruppe.has_claim
        and gruppe.bewegungen[0].schluessel not in ergebnis.verdorben
    ]
    if verwaist:
        raise refuse_ausschnitt(sorted(gruppe.zeilen[0] for gruppe in verwaist), Stelle(datei))
    for gruppe in gruppen:
        ergebnis.add_gruppe(gruppe)


def _read_kopf(zellen: Sequence[str]) -> Stapelkopf:
    angaben = read_datendatei(PAKET, "stapel.yaml")
    feld = dict(enumerate(zellen, start=1))
    if feld.get(2) not in angaben.texts("kopfversionen"):
        raise KeinWert(f"Die Version „{feld.get(2, '')[:10]}“ des DATEV-Formats ist unbekannt.")
    if feld.get(3) != angaben.text("kategorie"):
        raise KeinWert(_name_category(angaben, feld.get(3, "")))
    stellen = feld.get(14, "")
    if not re.fullmatch("[4-8]", stellen):
        raise KeinWert(
            f"Die Länge der Sachkonten („{stellen[:10]}“) steht nicht an ihrer Stelle im Kopf des Stapels."
        )
    beginn, von, bis = (_read_head_day(feld.get(nummer, "")) for nummer in (13, 15, 16))
    if beginn is None:
        raise KeinWert(
            "Der Beginn des Wirtschaftsjahrs steht nicht im Kopf des Stapels; die Tage haben kein Jahr."
        )
    version = feld.get(5, "")
    spalten = dict(angaben.mapping("spalten").scalars())
    if version not in spalten:
        raise KeinWert(f"Die Formatversion „{version[:10]}“ des Buchungsstapels ist unbekannt.")
    return Stapelkopf(
        int(version),
        int(spalten[version]),
        beginn,
        von or beginn,
        bis or dt.date.max,
        int(stellen),
        f"vom {format_datum(von or beginn)} bis {format_datum(bis)}"
        if bis
        else f"ab {format_datum(von or beginn)}",
    )


def _read_head_day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return parse_datum(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except KeinDatum:
        raise KeinWert(f"„{text[:20]}“ im Kopf des Stapels ist kein Tag (JJJJMMTT).") from None


def _name_category(angaben: Wertknoten, kategorie: str) -> str:
    namen = dict(angaben.mapping("kategorien").scalars())
    name = f" ({namen[kategorie]})" if kategorie in namen else ""
    return f"Das ist eine DATEV-Datei der Kategorie {kategorie[:10] or '?'}{name}, kein Buchungsstapel (21)."


def _check_columns(zellen: Sequence[str], kopf: Stapelkopf) -> int:
    """Return the number of columns, after a look at three headings: positions are what counts."""
    erwartet: Mapping[int, str] = {1: "umsatz", 7: "konto", 10: "belegdatum"}
    for nummer, anfang in erwartet.items():
        ueberschrift = zellen[nummer - 1] if nummer <= len(zellen) else ""
        if not fold_kopf(ueberschrift).startswith(anfang):
            raise KeinWert(
                f"Spalte {nummer} des Stapels heißt „{ueberschrift[:30]}“ statt „{anfang.capitalize()}“: "
                "Die Spalten stehen nicht in der Ordnung der DATEV."
            )
    if len(zellen) > kopf.spalten and any(zellen[kopf.spalten :]):
        raise KeinWert(
            f"Der Stapel hat {len(zellen)} Spalten, in der Formatversion {kopf.version} gibt es nur {kopf.spalten}."
        )
    return len(zellen)


class _Buchungszeile:
    """One booking, its fields by the numbers of the format."""

    def __init__(self, kopf: Stapelkopf, zellen: Sequence[str], nummer: int, spalten: int) -> None:
        self._kopf = kopf
        self._zellen = zellen
        self._nummer = nummer
        self._spalten = spalten

    def _field(self, nummer: int) -> str:
        return self._zellen[nummer - 1] if nummer <= len(self._zellen) else ""

    def _account(self, nummer: int) -> str:
        return self._field(nummer).lstrip("0")

    def debitoren(self) -> tuple[str, ...]:
        return tuple(konto for konto in (self._account(7), self._account(8)) if self._kopf.is_debitor(konto))

    def belegfeld(self) -> str:
        return self._field(11)[:60]

    def read(self) -> Iterator[Bewegung]:
        """Yield the movement of each debtor in it: none, one, or two for a transfer between debtors."""
        if len(self._zellen) < 10:
            raise KeinWert(
                "Die Zeile ist keine vollständige Buchung; ein Zeilenumbruch steht wohl mitten in einem Text."
            )
        for nummer in (7, 8):
            if not re.fullmatch(r"\d{1,9}", self._field(nummer), re.ASCII):
                raise KeinWert(f"„{self._field(nummer)[:20]}“ ist keine Kontonummer.")
        if not self.debitoren():
            return
        self._check()
        betrag = self._amount()
        seite = self._field(2)
        for feld, anderes, auf_soll in ((7, 8, seite == "S"), (8, 7, seite == "H")):
            if self._kopf.is_debitor(self._account(feld)):
                yield self._movement(self._account(feld), self._account(anderes), betrag, auf_soll)

    def _check(self) -> None:
        if len(self._zellen) > self._spalten and any(self._zellen[self._spalten :]):
            raise KeinWert("Die Zeile hat mehr Zellen als die Kopfzeile.")
        if self._field(2) not in ("S", "H"):
            raise KeinWert(f"„{self._field(2)[:10]}“ sagt nicht, ob der Umsatz Soll (S) oder Haben (H) ist.")
        waehrung = self._field(3)
        if waehrung not in ("", "EUR"):
            raise KeinWert(
                f"Die Buchung ist in Fremdwährung ({waehrung[:10]}); mahnakte rechnet nur in Euro."
            )
        if re.fullmatch(r"[24]\d", self._field(9), re.ASCII):
            raise KeinWert(f"Der BU-Schlüssel {self._field(9)} kann eine Generalumkehr bedeuten.")
        if self._field(11) in ("", "0"):
            raise KeinWert("Die Buchung hat keine Rechnungsnummer (Belegfeld 1).")

    def _amount(self) -> Decimal:
        """Return the turnover, with the discount that a payment took, negative for a Generalumkehr."""
        umsatz = parse_geld(self._field(1))
        if umsatz is None or umsatz <= 0:
            raise KeinWert(f"Der Umsatz „{self._field(1)[:20]}“ ist keine Zahl über null.")
        betrag = umsatz + (parse_geld(self._field(13)) or NULL)
        umkehr = self._field(118) if self._kopf.version >= 9 else ""
        if umkehr not in ("", "0", "1", "G"):
            raise KeinWert(f"„{umkehr[:10]}“ sagt nicht, ob die Buchung eine Generalumkehr ist.")
        return -betrag if umkehr in ("1", "G") else betrag

    def _movement(self, konto: str, gegenkonto: str, betrag: Decimal, auf_soll: bool) -> Bewegung:
        datum = self._kopf.read_belegtag(self._field(10))
        return Bewegung(
            posten=Offener(
                zeile=self._nummer,
                nummer=parse_text(self._field(11), "Belegfeld 1"),
                offen=NULL,
                datum=datum,
                faellig=self._due(datum),
                kundennummer=konto,
                mahnsperre=self._field(15) not in ("", "0"),
                text=parse_freitext(self._field(14)),
            ),
            soll=betrag if auf_soll else NULL,
            haben=NULL if auf_soll else betrag,
            vortrag=self._kopf.is_vortrag(gegenkonto),
        )

    def _due(self, datum: dt.date) -> dt.date | None:
        """Return field 117, else field 12 where its six digits are a day that is not before the document's."""
        if self._kopf.version >= 8 and self._field(117):
            return parse_tag(self._field(117))
        ziffern = self._field(12)
        if not re.fullmatch(r"\d{6}", ziffern, re.ASCII):
            return None
        try:
            tag = dt.date(2000 + int(ziffern[4:]), int(ziffern[2:4]), int(ziffern[:2]))
        except ValueError:
            return None
        return tag if tag >= datum else None
