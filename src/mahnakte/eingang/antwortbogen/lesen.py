"""What a returned Antwortbogen says: the values of its fields. The file is hostile: this runs in a worker.

Nothing is guessed from a picture: a form that was printed, scanned or flattened is said to be so; a person reads it.
"""

import dataclasses
import io
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject

from mahnakte.briefe.antwort.felder import FELDER, MAX_GRUND
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.text import normalize, strip_unsafe

UNLESBAR = "ANTWORT_UNLESBAR"  # the code that the command's exit code depends on
MAX_BYTES = 20_000_000
_MAX_FELDER, _MAX_SEITEN, _MAX_ANMERKUNGEN = 500, 20, 1000
_NAMEN = frozenset(feld.name for feld in FELDER)
_ANSEHEN = "Die Datei ansehen, in belege/ ablegen und das Nötige als Ereignis eintragen."
_KENNWORTE = ("erkennen Sie nichts an", "Antwortbogen")


@dataclasses.dataclass(frozen=True, slots=True)
class Antwort:
    """The fields of a returned form: plain text without control characters, ticks as `Ja` or empty."""

    felder: Mapping[str, str]
    befunde: tuple[Befund, ...] = ()

    def text(self, name: str) -> str:
        """Return what stands in a field, in one line; empty where nothing does."""
        return " ".join(self.felder.get(name, "").split())

    def angekreuzt(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return bool(self.felder.get(name))


def read_antwort(pdf: bytes, name: str) -> Antwort:
    """Read a returned form; raise Ablehnung with the reason where its fields cannot be read.

    `name` is what the findings call the file.
    """
    stelle = Stelle(name)
    if len(pdf) > MAX_BYTES:
        raise _refuse("ANTWORT_ZU_GROSS", f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.", stelle)
    try:
        inhalt = _open(pdf)
    except MemoryError:
        raise
    except Exception as fehler:  # on hostile files pypdf raises anything, also outside its own errors
        raise Ablehnung(unreadable("Das PDF ist beschädigt oder kein PDF.", _ANSEHEN, stelle)) from fehler
    if inhalt is None:
        raise _refuse("ANTWORT_VERSCHLUESSELT", "Das PDF ist verschlüsselt.", stelle)
    if not inhalt.felder.get("aktenzeichen"):
        raise Ablehnung(_say_why(pdf, stelle))
    return Antwort(inhalt.felder, tuple(_remark(inhalt, stelle)))


@dataclasses.dataclass(frozen=True, slots=True)
class _Inhalt:
    felder: Mapping[str, str]
    anmerkungen: int
    seiten: int


def _open(pdf: bytes) -> _Inhalt | None:
    """Read fields, remarks and number of pages; None for an encrypted file."""
    leser = PdfReader(io.BytesIO(pdf))
    if leser.is_encrypted:
        return None
    formular = _resolve(_resolve(leser.trailer["/Root"]).get("/AcroForm"))
    felder = dict(_read_fields(formular)) if isinstance(formular, DictionaryObject) else {}
    anmerkungen = sum(_count_remarks(seite) for seite in leser.pages[:_MAX_SEITEN])
    return _Inhalt(felder, anmerkungen, len(leser.pages))


def _read_fields(formular: DictionaryObject) -> Iterator[tuple[str, str]]:
    if "/XFA" in formular:
        return  # another form laid over ours: nothing in it is what the debtor saw
    felder = _resolve(formular.get("/Fields"))
    for eintrag in list(felder)[:_MAX_FELDER] if isinstance(felder, ArrayObject) else ():
        feld = _resolve(eintrag)
        name = str(feld.get("/T", ""))
        if name in _NAMEN:
            yield name, clean(_value(feld))


def _value(feld: DictionaryObject) -> str:
    """Return the value of a field; viewers store ticks as name, long texts as string or stream."""
    wert = _resolve(feld.get("/V"))
    if isinstance(wert, NameObject) or (wert is None and feld.get("/FT") == "/Btn"):
        name = str(wert if wert is not None else feld.get("/AS", "/Off"))
        return "" if name == "/Off" else name.removeprefix("/")
    if isinstance(wert, StreamObject):
        wert = wert.get_data()[: 8 * MAX_GRUND]
    if isinstance(wert, (bytes, ByteStringObject)):
        return bytes(wert).decode("utf-8", "replace")
    return str(wert) if isinstance(wert, str) else ""


def clean(text: str) -> str:
    """Return a field's text as documents can hold it: NFC, no control characters, at most MAX_GRUND long."""
    zeilen = text[: 4 * MAX_GRUND].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(strip_unsafe(normalize(zeile)) for zeile in zeilen).strip()[:MAX_GRUND]


def _resolve(objekt: Any) -> Any:
    return objekt.get_object() if hasattr(objekt, "get_object") else objekt


def _count_remarks(seite: DictionaryObject) -> int:
    """Count what was put on a page beside the fields: typed text, strokes, stamps."""
    annotationen = _resolve(seite.get("/Annots")) or ()
    arten = [_resolve(annotation).get("/Subtype") for annotation in list(annotationen)[:_MAX_ANMERKUNGEN]]
    return sum(art not in ("/Widget", "/Link", "/Popup") for art in arten)


def _remark(inhalt: _Inhalt, stelle: Stelle) -> Iterator[Befund]:
    if inhalt.anmerkungen:
        yield warnung(
            "ANTWORT_ANMERKUNGEN",
            f"Neben den Feldern stehen {inhalt.anmerkungen} Anmerkungen im PDF; sie werden nicht gelesen.",
            "Die Datei ansehen und Wichtiges in fall.yaml festhalten.",
            stelle,
        )
    if inhalt.seiten > 1:
        yield hinweis(
            "ANTWORT_MEHRERE_SEITEN",
            f"Das PDF hat {inhalt.seiten} Seiten; gelesen wird nur der Bogen.",
            "Die übrigen Seiten ansehen.",
            stelle,
        )


def _say_why(pdf: bytes, stelle: Stelle) -> Befund:
    """Tell a flattened form from a scan and from something else."""
    text = _text_of(pdf)
    if all(wort in text for wort in _KENNWORTE):
        satz = "Der Bogen wurde als Druck gespeichert („flach“): Die Felder lassen sich nicht mehr auslesen."
        return _refuse("ANTWORT_FLACH", satz, stelle).befund
    if text.strip():
        return _refuse("ANTWORT_FREMD", "Die Datei ist kein Antwortbogen von mahnakte.", stelle).befund
    satz = "Die Datei ist ein Bild (Scan oder Foto); Handschrift wird nicht gelesen."
    return _refuse("ANTWORT_SCAN", satz, stelle).befund


def _text_of(pdf: bytes) -> str:
    try:
        dokument = pdfium.PdfDocument(pdf)
    except pdfium.PdfiumError:
        return ""
    try:
        anzahl = min(len(dokument), _MAX_SEITEN)
        return "\n".join(dokument[nummer].get_textpage().get_text_range() for nummer in range(anzahl))
    finally:
        dokument.close()


def unreadable(satz: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding that a returned file gives no fields, whatever broke on it."""
    return sperre(UNLESBAR, satz, abhilfe, stelle)


def _refuse(code: str, satz: str, stelle: Stelle) -> Ablehnung:
    return Ablehnung(sperre(code, satz, _ANSEHEN, stelle))
