"""PDF invoices: the XML they carry, and their visible text. The only module that touches PDF libraries.

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
from pypdf.generic import EmbeddedFile

from mahnakte.fall.rechnung.befunde import finding
from mahnakte.grund.befund import Ablehnung, Befund, Stelle

MAX_BYTES = 50_000_000
MAX_ANLAGEN = 50
MAX_ANLAGE = 10_000_000  # bytes of one enclosed invoice XML after inflating
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
    """The invoice XMLs of a PDF, the names of other enclosed XML files, and what was odd."""

    rechnungen: tuple[Anlage, ...]
    andere: tuple[str, ...]
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Pdfinhalt:
    seiten: int
    verschluesselt: bool
    rechnungen: tuple[Anlage, ...]
    andere: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Seitentext:
    """The visible text of a PDF and whether each page searched shows an image."""

    seiten: int
    text: str
    bild_je_seite: bool

    @property
    def zeichen(self) -> int:
        """Return the number of non-blank characters."""
        return len("".join(self.text.split()))

    @property
    def scan(self) -> bool:
        """Tell whether the pages are pictures without a text layer."""
        return self.zeichen < SCAN_ZEICHEN and self.bild_je_seite


def read_anlagen(inhalt: bytes, datei: str) -> Anlagen:
    """Return the invoice XMLs that the PDF carries; raise Ablehnung when the PDF cannot be opened."""
    stelle = Stelle(datei)
    _check_size(inhalt, stelle)
    befunde: list[Befund] = []
    gelesen = _attempt(lambda: _read_with_pypdf(inhalt, strict=True))
    if isinstance(gelesen, Exception):
        gelesen = _attempt(lambda: _read_with_pypdf(inhalt, strict=False))
        if isinstance(gelesen, Exception):
            raise Ablehnung(finding(_classify(gelesen), stelle))
        befunde.append(finding("RECHNUNG_PDF_REPARIERT", stelle))
    befunde += _compare_page_count(inhalt, gelesen.seiten, stelle)
    if gelesen.verschluesselt:
        befunde.append(finding("RECHNUNG_PDF_VERSCHLUESSELT", stelle))
    return Anlagen(gelesen.rechnungen, gelesen.andere, tuple(befunde))


def read_seitentext(inhalt: bytes, datei: str) -> Seitentext:
    """Return the visible text of the PDF; raise Ablehnung when it cannot be opened."""
    _check_size(inhalt, Stelle(datei))
    gelesen = _attempt(lambda: _read_with_pdfium(inhalt))
    if isinstance(gelesen, Exception):
        raise Ablehnung(finding(_classify(gelesen), Stelle(datei)))
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
        raise Ablehnung(finding("RECHNUNG_ZU_GROSS", stelle, grenze=str(MAX_BYTES // 1_000_000)))


def _read_with_pypdf(inhalt: bytes, *, strict: bool) -> _Pdfinhalt:
    """Walk all pages and enclosed files. pypdf inflates at most 75 MB per stream, then LimitReachedError."""
    leser = pypdf.PdfReader(io.BytesIO(inhalt), strict=strict)
    seiten = len(leser.pages)
    rechnungen: list[Anlage] = []
    andere: list[str] = []
    for nummer, anlage in enumerate(leser.attachment_list):
        if nummer >= MAX_ANLAGEN:
            break
        name = str(anlage.alternative_name or anlage.name)
        if name.casefold() in RECHNUNGSNAMEN:
            rechnungen.append(Anlage(name, _inflate(anlage)))
        elif name.casefold().endswith(".xml"):
            andere.append(name)
    return _Pdfinhalt(seiten, leser.is_encrypted, tuple(rechnungen), tuple(andere))


def _inflate(anlage: EmbeddedFile) -> bytes:
    """Return the bytes of an enclosed file, verified by the check sum at the end of the compressed stream.

    pypdf itself cuts that sum off when it does not fit and returns the altered bytes: then a flipped bit
    changes an amount and nobody notices.
    """
    strom = anlage._embedded_file  # the public property gives the bytes without verifying them
    if strom.get("/Filter") not in ("/FlateDecode", ["/FlateDecode"]) or "/DecodeParms" in strom:
        return anlage.content
    entpacker = zlib.decompressobj()
    inhalt = entpacker.decompress(strom._data, MAX_ANLAGE + 1)
    if len(inhalt) > MAX_ANLAGE:
        raise LimitReachedError(f"more than {MAX_ANLAGE} bytes")
    if not entpacker.eof:
        raise zlib.error("the stream ends before its check sum")
    return inhalt


def _compare_page_count(inhalt: bytes, seiten: int, stelle: Stelle) -> list[Befund]:
    gezaehlt = _attempt(lambda: _count_with_pdfium(inhalt))
    if gezaehlt == seiten:
        return []
    andere = "gar keine" if isinstance(gezaehlt, Exception) else str(gezaehlt)
    return [finding("RECHNUNG_PDF_SEITEN", stelle, seiten=str(seiten), andere=andere)]


def _count_with_pdfium(inhalt: bytes) -> int:
    with _open_with_pdfium(inhalt) as dokument:
        return len(dokument)


def _open_with_pdfium(inhalt: bytes) -> Any:
    return pypdfium2.PdfDocument(inhalt)


def _read_with_pdfium(inhalt: bytes) -> Seitentext:
    teile: list[str] = []
    zeichen = 0
    bild_je_seite = True
    with _open_with_pdfium(inhalt) as dokument:
        seiten = len(dokument)
        for nummer in range(min(seiten, MAX_SEITEN)):
            seite = dokument[nummer]
            textseite = seite.get_textpage()
            teile.append(textseite.get_text_range())
            textseite.close()
            bild_je_seite = bild_je_seite and _shows_image(seite)
            seite.close()
            zeichen += len(teile[-1])
            if zeichen > MAX_ZEICHEN:
                break
    return Seitentext(seiten, "\n".join(teile)[:MAX_ZEICHEN], bild_je_seite and seiten > 0)


def _shows_image(seite: Any) -> bool:
    bild = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    return any(True for _ in seite.get_objects(filter=[bild], max_depth=3))


def _classify(fehler: Exception) -> str:
    """Return the code of the finding that says why a PDF cannot be read."""
    if isinstance(fehler, (FileNotDecryptedError, WrongPasswordError)):
        return "RECHNUNG_PDF_KENNWORT"
    if isinstance(fehler, pypdfium2.PdfiumError) and fehler.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
        return "RECHNUNG_PDF_KENNWORT"
    if isinstance(fehler, zlib.error):
        return "RECHNUNG_PDF_ANLAGE"
    if isinstance(fehler, LimitReachedError):
        return "RECHNUNG_PDF_BOMBE"
    return "RECHNUNG_PDF_DEFEKT"
