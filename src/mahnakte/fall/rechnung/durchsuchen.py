"""Search a plain PDF for the number and the sum that fall.yaml states: „nicht gefunden“, never „falsch“."""

import dataclasses
import re
from decimal import Decimal

from mahnakte.fall.rechnung.befunde import finding
from mahnakte.fall.rechnung.modell import Pdftext
from mahnakte.fall.rechnung.pdf import Seitentext, read_seitentext
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import format_betrag, format_euro
from mahnakte.grund.text import normalize


@dataclasses.dataclass(frozen=True, slots=True)
class Suchergebnis:
    """Whether number and sum stand in the text; `text` is None when the PDF cannot be opened.

    The findings say only what was sought in vain: that a PDF is damaged or a scan says `read_rechnung`.
    """

    nummer_gefunden: bool
    betrag_gefunden: bool
    text: Pdftext | None
    befunde: tuple[Befund, ...]


def search_plain_pdf(inhalt: bytes, nummer: str, betrag: Decimal, datei: str) -> Suchergebnis:
    """Search the visible text of a PDF for an invoice number and an amount in euro."""
    try:
        seiten = read_seitentext(inhalt, datei)
    except Ablehnung:
        return Suchergebnis(nummer_gefunden=False, betrag_gefunden=False, text=None, befunde=())
    text = describe_text(seiten)
    nummer_gefunden = _contains(seiten.text, nummer)
    betrag_gefunden = any(_contains(seiten.text, schreibweise) for schreibweise in _spellings(betrag))
    vermisst = []
    if not check_text(text, Stelle(datei)):
        if not nummer_gefunden:
            vermisst.append(finding("RECHNUNG_NUMMER_NICHT_GEFUNDEN", Stelle(datei), nummer=nummer))
        if not betrag_gefunden:
            vermisst.append(
                finding("RECHNUNG_BETRAG_NICHT_GEFUNDEN", Stelle(datei), betrag=format_euro(betrag))
            )
    return Suchergebnis(nummer_gefunden, betrag_gefunden, text, tuple(vermisst))


def describe_text(seiten: Seitentext) -> Pdftext:
    """Return the record about the visible text."""
    return Pdftext(seiten.seiten, seiten.zeichen, seiten.scan)


def check_text(text: Pdftext, stelle: Stelle) -> list[Befund]:
    """Return a finding when the PDF has no text to search."""
    if text.scan:
        return [finding("RECHNUNG_SCAN", stelle)]
    return [] if text.zeichen else [finding("RECHNUNG_OHNE_TEXT", stelle)]


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
