"""Search the visible text of a PDF for number and sum: „nicht gefunden“, never „falsch“."""

import dataclasses
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mahnakte.fall.rechnung import dateimuster
from mahnakte.fall.rechnung.modell import ERechnung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import format_betrag, format_euro
from mahnakte.grund.text import normalize

if TYPE_CHECKING:
    from mahnakte.fall.rechnung.pdf import Seitenblick

_UEBERHANG = 200  # characters of a page that are searched again with the next one


@dataclasses.dataclass(frozen=True, slots=True)
class Suchergebnis:
    """Whether number and sum stand in the text; `blick` is None when the PDF cannot be opened."""

    nummer_gefunden: bool
    betrag_gefunden: bool
    blick: "Seitenblick | None"
    befunde: tuple[Befund, ...]


def search_plain_pdf(inhalt: bytes, nummer: str, betrag: Decimal, datei: str) -> Suchergebnis:
    """Search a PDF without data for the number and the amount in euro that fall.yaml states."""
    ergebnis = _search(inhalt, nummer, (betrag,), datei)
    stelle = Stelle(datei)
    if ergebnis.blick is None or (stumm := _without_text(ergebnis.blick, stelle)):
        return dataclasses.replace(ergebnis, befunde=tuple(stumm) if ergebnis.blick else ())
    vermisst = []
    if not ergebnis.nummer_gefunden:
        vermisst.append(dateimuster.NUMMER_NICHT_GEFUNDEN.finding(stelle, nummer=nummer))
    if not ergebnis.betrag_gefunden:
        vermisst.append(dateimuster.BETRAG_NICHT_GEFUNDEN.finding(stelle, betrag=format_euro(betrag)))
    return dataclasses.replace(ergebnis, befunde=tuple(vermisst))


def compare_picture(inhalt: bytes, rechnung: ERechnung, datei: str) -> tuple[Befund, ...]:
    """Compare the visible pages of a hybrid PDF with its data: the debtor sees the pages.

    Payable or gross amount will do. A scan is left alone: there is nothing to compare.
    """
    betraege = tuple(betrag for betrag in (rechnung.zahlbetrag, rechnung.brutto) if betrag is not None)
    ergebnis = _search(inhalt, rechnung.nummer or "", betraege, datei)
    if ergebnis.blick is None or _without_text(ergebnis.blick, Stelle(datei)):
        return ()
    return tuple(_name_missing(ergebnis, rechnung, betraege, Stelle(datei)))


def _name_missing(
    ergebnis: Suchergebnis, rechnung: ERechnung, betraege: Sequence[Decimal], stelle: Stelle
) -> Iterator[Befund]:
    if rechnung.nummer and not ergebnis.nummer_gefunden:
        yield dateimuster.BILD_NUMMER.finding(stelle, nummer=rechnung.nummer)
    if betraege and not ergebnis.betrag_gefunden:
        yield dateimuster.BILD_BETRAG.finding(
            stelle, betrag=f"{format_betrag(betraege[0])} {rechnung.waehrung or ''}"
        )


def _search(inhalt: bytes, nummer: str, betraege: Sequence[Decimal], datei: str) -> Suchergebnis:
    from mahnakte.fall.rechnung.pdf import look_at_pages  # the PDF libraries: only the worker needs them

    suche = _Suche(nummer, [wort for betrag in betraege for wort in _spellings(betrag)])
    try:
        blick = look_at_pages(inhalt, datei, suche.read_page)
    except Ablehnung:  # that a PDF is damaged its reader says
        return Suchergebnis(nummer_gefunden=False, betrag_gefunden=False, blick=None, befunde=())
    return Suchergebnis(suche.nummer_gefunden, suche.betrag_gefunden, blick, ())


class _Suche:
    """Looks for number and sum page by page; most invoices say both on the first."""

    def __init__(self, nummer: str, betraege: Sequence[str]) -> None:
        self._nummer = nummer
        self._betraege = betraege
        self._ende = ""
        self.nummer_gefunden = False
        self.betrag_gefunden = False

    def read_page(self, text: str) -> bool:
        """Search one more page; return True when both have been found."""
        text = f"{self._ende}\n{text}"
        self._ende = text[-_UEBERHANG:]
        self.nummer_gefunden = self.nummer_gefunden or _contains(text, self._nummer)
        self.betrag_gefunden = self.betrag_gefunden or any(_contains(text, wort) for wort in self._betraege)
        return self.nummer_gefunden and self.betrag_gefunden


def _without_text(blick: "Seitenblick", stelle: Stelle) -> list[Befund]:
    """Return a finding when the PDF has no text to search."""
    if blick.scan:
        return [dateimuster.SCAN.finding(stelle)]
    return [] if blick.zeichen else [dateimuster.OHNE_TEXT.finding(stelle)]


def _spellings(betrag: Decimal) -> tuple[str, ...]:
    """Return the amount as invoices print it: 1.234,56 · 1234,56 · 1,234.56 · 1234.56."""
    deutsch = format_betrag(betrag)
    englisch = deutsch.translate(str.maketrans(",.", ".,"))
    return deutsch, deutsch.replace(".", ""), englisch, englisch.replace(",", "")


def _contains(text: str, gesucht: str) -> bool:
    """Tell whether the text contains the sought characters, blanks ignored, not inside a longer number."""
    zeichen = "".join(normalize(gesucht).split())
    if not zeichen:
        return False
    # Blanks may stand anywhere: PDFs place letters singly. A digit directly before or after, also across
    # a decimal sign, would make 4711 match inside 14711 and 234,56 inside 1.234,56.
    muster = r"(?<!\d)(?<!\d[.,])" + r"\s*".join(map(re.escape, zeichen)) + r"(?!\d)(?![.,]\d)"
    ganz = normalize(text).replace("\ufffe", "-")  # how PDFium writes a hyphen at the end of a line
    return re.search(muster, ganz, re.IGNORECASE) is not None
