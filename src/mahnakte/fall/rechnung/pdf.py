"""PDF invoices: the XML they carry, and their visible text. Only this module and `anlagen` touch PDF libraries.

Hostile files make these libraries raise far more than their documented errors, so every use of them goes
through `_attempt`. Two libraries count the pages independently: a damaged page tree loses pages silently.
"""

import dataclasses
import io
import logging
import zlib
from collections.abc import Callable
from typing import Any, TypeVar

import pypdf
import pypdfium2
from pypdf.errors import FileNotDecryptedError, LimitReachedError, WrongPasswordError

from mahnakte.fall.rechnung import dateimuster
from mahnakte.fall.rechnung.anlagen import MAX_ANLAGEN, MAX_OBJEKTE, Eingebettet, find_dateien, inflate
from mahnakte.fall.rechnung.muster import Muster
from mahnakte.fall.rechnung.syntax import BESTELLUNGEN, SYNTAXEN
from mahnakte.fall.rechnung.xmlrechnung import MAX_BYTES as MAX_ANLAGE
from mahnakte.grund.befund import Ablehnung, Befund, Stelle

MAX_BYTES = 50_000_000
MAX_SEITEN = 100  # pages searched for text
MAX_ZEICHEN = 500_000  # characters searched
SCAN_ZEICHEN = 20  # fewer non-blank characters than this on all pages are no text layer

RECHNUNGSNAMEN = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
BESTELLNAME = "order-x.xml"

_T = TypeVar("_T")

# Repairs are reported as findings; the library's own English lines on stderr would only confuse.
logging.getLogger("pypdf").addHandler(logging.NullHandler())


@dataclasses.dataclass(frozen=True, slots=True)
class Anlage:
    """One invoice XML inside a PDF: its name and its bytes."""

    name: str
    inhalt: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Anlagen:
    """The invoice XMLs of a PDF, whether it carries an order, the names of other XML files, and what was odd."""

    rechnungen: tuple[Anlage, ...]
    bestellung: bool
    andere: tuple[str, ...]
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Pdfinhalt:
    seiten: int
    verschluesselt: bool
    rechnungen: tuple[Anlage, ...]
    bestellung: bool
    andere: tuple[str, ...]
    alle: bool  # False where a limit ended the search for enclosed files


@dataclasses.dataclass(frozen=True, slots=True)
class Seitenblick:
    """What the pages showed: their number, the non-blank characters of those looked at, whether it is a scan."""

    seiten: int
    zeichen: int
    scan: bool


def read_anlagen(inhalt: bytes, datei: str) -> Anlagen:
    """Return the invoice XMLs that the PDF carries; raise Ablehnung when the PDF cannot be opened."""
    stelle = Stelle(datei)
    _check_size(inhalt, stelle)
    befunde: list[Befund] = []
    gelesen = _attempt(lambda: _read_with_pypdf(inhalt, strict=True))
    if isinstance(gelesen, Exception):
        gelesen = _attempt(lambda: _read_with_pypdf(inhalt, strict=False))
        if isinstance(gelesen, Exception):
            raise Ablehnung(_classify(gelesen).finding(stelle))
        befunde.append(dateimuster.PDF_REPARIERT.finding(stelle))
    befunde += _compare_page_count(inhalt, gelesen.seiten, stelle)
    if gelesen.verschluesselt:
        befunde.append(dateimuster.PDF_VERSCHLUESSELT.finding(stelle))
    if not gelesen.alle:
        teile = f"{MAX_OBJEKTE:,}".replace(",", ".")
        befunde.append(dateimuster.PDF_ANLAGEN.finding(stelle, anlagen=str(MAX_ANLAGEN), teile=teile))
    return Anlagen(gelesen.rechnungen, gelesen.bestellung, gelesen.andere, tuple(befunde))


def look_at_pages(inhalt: bytes, datei: str, genug: Callable[[str], bool]) -> Seitenblick:
    """Hand the visible text of the PDF page by page to `genug` until that is content or the limit is reached.

    Raises Ablehnung when the PDF cannot be opened.
    """
    _check_size(inhalt, Stelle(datei))
    gelesen = _attempt(lambda: _look_with_pdfium(inhalt, genug))
    if isinstance(gelesen, Exception):
        raise Ablehnung(_classify(gelesen).finding(Stelle(datei)))
    return gelesen


def _attempt(read: Callable[[], _T]) -> _T | Exception:
    """Call a PDF library and return what it raised as a value."""
    try:
        return read()
    except MemoryError:
        raise  # the worker process tells this apart from a damaged file
    except Exception as fehler:  # noqa: BLE001 - of 6,000 mutated PDFs 380 raised ValueError, TypeError, AttributeError …
        return fehler


def _check_size(inhalt: bytes, stelle: Stelle) -> None:
    if len(inhalt) > MAX_BYTES:
        raise Ablehnung(dateimuster.ZU_GROSS.finding(stelle, grenze=str(MAX_BYTES // 1_000_000)))


def _read_with_pypdf(inhalt: bytes, *, strict: bool) -> _Pdfinhalt:
    """Count the pages, find the enclosed files. pypdf inflates at most 75 MB per stream, then LimitReachedError."""
    leser = pypdf.PdfReader(io.BytesIO(inhalt), strict=strict)
    seiten = len(leser.pages)
    fund = find_dateien(leser)
    rechnungen = [Anlage(d.name, inflate(d.strom, MAX_ANLAGE)) for d in fund.dateien if _is_rechnung(d)]
    uebrige = [d for d in fund.dateien if not _is_rechnung(d)]
    andere = [d.name for d in uebrige if d.element is not None or _is_other_xml(d)]
    bestellung = any(_is_bestellung(d) for d in uebrige)
    return _Pdfinhalt(seiten, leser.is_encrypted, tuple(rechnungen), bestellung, tuple(andere), fund.alle)


def _is_rechnung(datei: Eingebettet) -> bool:
    """Recognise an invoice by its first element; a usual name makes damaged data one as well."""
    return datei.element in SYNTAXEN or datei.name.casefold() in RECHNUNGSNAMEN


def _is_bestellung(datei: Eingebettet) -> bool:
    element = (datei.element or "").rpartition("}")[2]
    return element in BESTELLUNGEN or datei.name.casefold() == BESTELLNAME


def _is_other_xml(datei: Eingebettet) -> bool:
    """Tell whether the name says XML although no element was found; damaged data raise: they may be the invoice."""
    if not datei.name.casefold().endswith(".xml"):
        return False
    inflate(datei.strom, MAX_ANLAGE)
    return True


def _compare_page_count(inhalt: bytes, seiten: int, stelle: Stelle) -> list[Befund]:
    gezaehlt = _attempt(lambda: _count_with_pdfium(inhalt))
    if gezaehlt == seiten:
        return []
    andere = "gar keine" if isinstance(gezaehlt, Exception) else str(gezaehlt)
    return [dateimuster.PDF_SEITEN.finding(stelle, seiten=str(seiten), andere=andere)]


def _count_with_pdfium(inhalt: bytes) -> int:
    with _open_with_pdfium(inhalt) as dokument:
        return len(dokument)


def _open_with_pdfium(inhalt: bytes) -> Any:
    return pypdfium2.PdfDocument(inhalt)


def _look_with_pdfium(inhalt: bytes, genug: Callable[[str], bool]) -> Seitenblick:
    zeichen = gelesen = 0
    with _open_with_pdfium(inhalt) as dokument:
        seiten = min(len(dokument), MAX_SEITEN)
        for nummer in range(seiten):
            text = _text_of(dokument[nummer])
            gelesen += len(text)
            zeichen += len("".join(text.split()))
            if genug(text) or gelesen > MAX_ZEICHEN:
                break
        scan = zeichen < SCAN_ZEICHEN and seiten > 0 and all(_shows_image(dokument[n]) for n in range(seiten))
        return Seitenblick(len(dokument), zeichen, scan)


def _text_of(seite: Any) -> str:
    textseite = seite.get_textpage()
    text = str(textseite.get_text_range())
    textseite.close()
    seite.close()
    return text


def _shows_image(seite: Any) -> bool:
    bild = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return any(True for _ in seite.get_objects(filter=[bild], max_depth=3))


def _classify(fehler: Exception) -> Muster:
    """Return the finding that says why a PDF cannot be read."""
    if isinstance(fehler, (FileNotDecryptedError, WrongPasswordError)):
        return dateimuster.PDF_KENNWORT
    if isinstance(fehler, pypdfium2.PdfiumError) and fehler.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return dateimuster.PDF_KENNWORT
    if isinstance(fehler, zlib.error):
        return dateimuster.PDF_ANLAGE
    if isinstance(fehler, LimitReachedError):
        return dateimuster.PDF_BOMBE
    return dateimuster.PDF_DEFEKT
