"""One row of a list: its cells as values, or why it is no open item."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from mahnakte.eingang.posten.bewegung import Bewegung, check_due
from mahnakte.eingang.posten.listenform import Listenform
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.eingang.posten.werte import (
    Zelle,
    parse_freitext,
    parse_geld,
    parse_plz,
    parse_tag,
    parse_tage,
    parse_text,
    show_zelle,
)
from mahnakte.eingang.posten.wortschatz import fold_kopf, read_wortschatz
from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.betrag import NULL, format_betrag

_TEXTE = (
    "kundennummer", "vertrag", "name", "strasse", "ort", "email", "mahnstufe",
)  # fmt: skip


_NOETIG = ("nummer", "betrag", "offen", "soll", "haben")
_T = TypeVar("_T")


class KeinPosten(Exception):  # noqa: N818 - says what the row is
    """The row is passed over and counted: a subtotal, a cleared item. The message is the kind, in the plural."""


@dataclasses.dataclass(frozen=True, slots=True)
class Zeilenleser:
    """Reads the rows below one header line. `orte` are the indexes of the fields, `kopf` the headings as written."""

    form: Listenform
    orte: Mapping[str, int]
    kopf: tuple[str, ...]

    def read_posten(self, nummer: int, zellen: Sequence[Zelle]) -> Offener:
        """Return the open item of a row that is one; raise KeinPosten or KeinWert.

        `offen` is negative for a credit. Where the row says what was invoiced and paid, it must add up.
        """
        zeile = self._open(nummer, zellen)
        betrag, bezahlt, gutschrift = (zeile.geld(feld) for feld in ("betrag", "bezahlt", "gutschrift"))
        offen = zeile.geld("offen")
        berechenbar = betrag is not None and "bezahlt" in self.orte and "offen" not in self.orte
        if offen is None and not berechenbar:
            raise KeinWert("Der offene Betrag fehlt.")
        if betrag is not None and ("bezahlt" in self.orte or "gutschrift" in self.orte):
            bezahlt, gutschrift = bezahlt or NULL, gutschrift or NULL
            rest = betrag - bezahlt - gutschrift
            if offen is not None and rest != offen:
                raise KeinWert(
                    f"Betrag {format_betrag(betrag)} weniger bezahlt und gutgeschrieben "
                    f"{format_betrag(bezahlt + gutschrift)} ergibt nicht den offenen Betrag {format_betrag(offen)}."
                )
            offen = rest
        if not offen:
            raise KeinPosten("ausgeglichene Posten")
        self._check_claim(zeile, betrag, offen)
        posten = zeile.posten(offen, betrag, bezahlt, gutschrift)
        if offen > 0:
            check_due(posten)
        return posten

    def _check_claim(self, zeile: "_Zellen", betrag: Decimal | None, offen: Decimal) -> None:
        if offen < 0:
            return
        art = zeile.wort("belegart")
        if self.form.rechnung and art.casefold() not in self.form.rechnung:
            raise KeinWert(f"Die Belegart „{art[:30]}“ ist keine Rechnung.")
        if betrag is not None and offen > betrag:
            raise KeinWert(
                f"Offen ist mit {format_betrag(offen)} mehr, als berechnet wurde ({format_betrag(betrag)})."
            )

    def read_bewegung(self, nummer: int, zellen: Sequence[Zelle]) -> Bewegung:
        """Return the movement of a row; raise KeinPosten or KeinWert."""
        zeile = self._open(nummer, zellen)
        soll, haben = zeile.sides()
        return Bewegung(
            posten=zeile.posten(NULL, None, None, None),
            soll=soll,
            haben=haben,
            saldo=zeile.saldo(),
            zuordnung=zeile.text("zuordnung"),
        )

    def _open(self, nummer: int, zellen: Sequence[Zelle]) -> "_Zellen":
        """Return the cells of a row that is neither a heading nor a sum nor cleared nor in another currency."""
        zeile = _Zellen(self, nummer, zellen)
        if zeile.is_sum():
            raise KeinPosten("Summen und Zeilen ohne Rechnungsnummer")
        if any(zellen[len(self.kopf) :]):
            raise KeinWert(
                "Die Zeile hat mehr Zellen als die Kopfzeile; ein Trennzeichen steht wohl mitten in einem Wert."
            )
        if len(zellen) <= max(self.orte[feld] for feld in _NOETIG if feld in self.orte):
            raise KeinWert("Die Zeile hat weniger Zellen als die Kopfzeile und bricht vor dem Betrag ab.")
        if zeile.is_cleared():
            raise KeinPosten("ausgeglichene Posten")
        if not zeile.text("nummer"):
            raise KeinWert("Die Rechnungsnummer fehlt.")
        waehrung = zeile.wort("waehrung")
        if waehrung.upper() not in ("", "EUR", "€", "EURO"):
            raise KeinWert(f"Der Posten ist in Fremdwährung ({waehrung[:10]}); mahnakte rechnet nur in Euro.")
        return zeile

    def name_key(self, zellen: Sequence[Zelle]) -> tuple[str, str, tuple[str, ...]]:
        """Return customer, contract and numbers of a row that is not readable otherwise, as far as they are."""
        zeile = _Zellen(self, 0, zellen)
        nummern = (zeile.safe("nummer"), zeile.safe("zuordnung"))
        return zeile.safe("kundennummer"), zeile.safe("vertrag"), tuple(filter(None, nummern))


class _Zellen:
    """The cells of one row by field."""

    def __init__(self, leser: Zeilenleser, nummer: int, zellen: Sequence[Zelle]) -> None:
        self._leser = leser
        self._nummer = nummer
        self._zellen = zellen

    def cell(self, feld: str) -> Zelle:
        ort = self._leser.orte.get(feld)
        return self._zellen[ort] if ort is not None and ort < len(self._zellen) else ""

    def _heading(self, feld: str) -> str:
        return self._leser.kopf[self._leser.orte[feld]]

    def text(self, feld: str) -> str:
        zelle = self.cell(feld)
        return "" if zelle == "" else parse_text(zelle, self._heading(feld))

    def safe(self, feld: str) -> str:
        try:
            return self.text(feld)
        except KeinWert:
            return ""

    def wort(self, feld: str) -> str:
        """Return a word of a closed list, as text."""
        return show_zelle(self.cell(feld)).strip()

    def tag(self, feld: str) -> dt.date | None:
        return self._explained(parse_tag, feld)

    def geld(self, feld: str) -> Decimal | None:
        return self._explained(parse_geld, feld)

    def _explained(self, parse: Callable[[Zelle], _T | None], feld: str) -> _T | None:
        """Read a cell; where it cannot be read, name its column."""
        zelle = self.cell(feld)
        if not isinstance(zelle, Decimal) and not zelle:
            return None
        try:
            return parse(zelle)
        except KeinWert as grund:
            raise KeinWert(f"Spalte „{self._heading(feld)}“: {grund}") from None

    def is_sum(self) -> bool:
        """Tell a subtotal: it has no day, and no number, or the word for a sum in its place."""
        if self._has_digit("datum") or self._has_digit("faellig"):
            return False
        nummer = self.cell("nummer")
        if nummer:
            return isinstance(nummer, str) and _is_sum_word(nummer)
        ganz = len(self._zellen) >= len(self._leser.kopf)
        return ganz or any(isinstance(zelle, str) and _is_sum_word(zelle) for zelle in self._zellen)

    def _has_digit(self, feld: str) -> bool:
        """Tell a day, readable or not, from the word of a sum in the first column."""
        zelle = self.cell(feld)
        return not isinstance(zelle, str) or any(zeichen.isdigit() for zeichen in zelle)

    def is_cleared(self) -> bool:
        """Tell an item that the list itself calls cleared; raise KeinWert for a mark that nobody knows."""
        if self.cell("erledigt_am"):
            return self.tag("erledigt_am") is not None
        if "erledigt" not in self._leser.orte:
            return False
        zeichen = self.wort("erledigt").casefold()
        if zeichen in self._leser.form.erledigt:
            return True
        if zeichen in self._leser.form.offen:
            return False
        raise KeinWert(
            f"Das Kennzeichen „{zeichen[:20]}“ in der Spalte „{self._heading('erledigt')}“ ist unbekannt."
        )

    def sides(self) -> tuple[Decimal, Decimal]:
        """Return debit and credit, both as the list signs them."""
        if "soll" in self._leser.orte:
            soll, haben = self.geld("soll"), self.geld("haben")
            if soll is None and haben is None:
                raise KeinWert("Weder Soll noch Haben steht in der Zeile.")
            return soll or NULL, haben or NULL
        betrag = self.geld("betrag")
        if betrag is None:
            raise KeinWert("Der Betrag fehlt.")
        richtung = self.wort("richtung")
        if richtung not in ("", "S", "H"):
            raise KeinWert(f"„{richtung[:10]}“ sagt nicht, ob der Betrag Soll (S) oder Haben (H) ist.")
        if richtung == "S" and betrag < 0:
            raise KeinWert("Der Betrag ist negativ und steht doch im Soll.")
        if richtung == "H" or betrag < 0:
            return NULL, abs(betrag)
        return betrag, NULL

    def saldo(self) -> Decimal | None:
        saldo = self.geld("saldo")
        if saldo is None and "saldo" in self._leser.orte:
            raise KeinWert("Der Saldo fehlt.")
        richtung = self.wort("saldo_richtung")
        if saldo is None or richtung in ("", "S"):
            return saldo
        if richtung != "H":
            raise KeinWert(f"„{richtung[:10]}“ sagt nicht, ob der Saldo Soll (S) oder Haben (H) ist.")
        return -abs(saldo)

    def posten(
        self, offen: Decimal, betrag: Decimal | None, bezahlt: Decimal | None, gutschrift: Decimal | None
    ) -> Offener:
        datum = self.tag("datum")
        return Offener(
            zeile=self._nummer,
            nummer=self.text("nummer"),
            offen=offen,
            betrag=betrag,
            bezahlt=bezahlt,
            gutschrift=gutschrift,
            datum=datum,
            faellig=self._due(datum),
            mahnung_am=self.tag("mahnung_am"),
            mahnsperre=self.wort("mahnsperre").casefold() not in read_wortschatz().keine_sperre,
            plz=self._postcode(),
            text=parse_freitext(self.cell("text")),
            **{feld: self.text(feld) for feld in _TEXTE},
        )

    def _postcode(self) -> str:
        zelle = self.cell("plz")
        return "" if zelle == "" else parse_plz(zelle, self._heading("plz"))

    def _due(self, datum: dt.date | None) -> dt.date | None:
        faellig = self.tag("faellig")
        tage = self._explained(parse_tage, "ziel_tage")
        if faellig is None and datum is not None and tage is not None:
            faellig = datum + dt.timedelta(days=tage)
        return faellig


@functools.lru_cache(maxsize=4096)
def _is_sum_word(zelle: str) -> bool:
    worte = zelle.split(maxsplit=1)
    return bool(worte) and fold_kopf(worte[0]) in read_wortschatz().summen  # “Summe Debitor 10001”
