"""Reading a PDF that anybody may have sent: can all its pages be shown, and may they be copied?

`prepare_pdf` is meant for the bounded worker: hostile files crash, hang and eat memory. pypdf reads
strictly first and leniently only with a remark; PDFium counts the pages a second time and opens each one;
the page tree is walked a third time here. Whenever the three disagree, the file counts as not readable:
a placeholder in the Akte is honest, a missing page is not.
"""

import contextlib
import dataclasses
import enum
import io
import logging
import zlib
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdf import PdfReader, PdfWriter
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, EncodedStreamObject, IndirectObject
from pypdfium2 import raw

from mahnakte.akte.anmerkungen import loses_anmerkung
from mahnakte.akte.heftung import check_bindable

MAX_SEITEN = 5_000
_MAX_TIEFE = 40
_MAX_OBJEKTE = 100_000
_MAX_ENTPACKT = 64_000_000  # looking further would only cost time: the page itself is opened under a limit
_STUECK = 1_000_000
_VORSCHAU_PT = 200.0  # longer side of the thumbnail
_KOPF = 1024  # a PDF header may follow some bytes of a mail gateway or printer

# What must not travel along: actions, previews, private data of programs, references to other pages.
_NICHT_KOPIERT = (
    "/AA", "/AF", "/Annots", "/B", "/Dur", "/LastModified", "/Metadata", "/PieceInfo", "/PresSteps",
    "/StructParents", "/Tabs", "/Thumb", "/Trans",
)  # fmt: skip


class Merkmal(enum.StrEnum):
    """What a person should know about a PDF although its pages can be shown."""

    REPARIERT = "repariert"
    GESCHUETZT = "geschuetzt"
    SIGNIERT = "signiert"
    ANMERKUNGEN = "anmerkungen"
    ANMERKUNG_FEHLT = "anmerkung_fehlt"
    XFA = "xfa"
    SKRIPT = "skript"
    ANHAENGE = "anhaenge"
    EBENEN = "ebenen"
    LEERE_SEITE = "leere_seite"
    DOPPELTER_INHALT = "doppelter_inhalt"
    VERBORGENE_SEITEN = "verborgene_seiten"
    BESCHAEDIGT = "beschaedigt"


@dataclasses.dataclass(frozen=True, slots=True)
class Pdfstand:
    """What came of one PDF.

    `pdf` is a clean copy of all `seiten` pages (comments and form fields set firmly, nothing active left),
    or None when the file cannot be read; then `grund` says why in German.
    """

    pdf: bytes | None
    seiten: int
    merkmale: tuple[Merkmal, ...] = ()
    grund: str = ""


class _Unlesbar(Exception):  # noqa: N818 - a reason in German, turned into a Pdfstand
    pass


def is_pdf(inhalt: bytes) -> bool:
    """Tell whether the bytes begin like a PDF."""
    return b"%PDF-" in inhalt[:_KOPF]


def prepare_pdf(inhalt: bytes) -> Pdfstand:
    """Check a PDF and return a clean copy of its pages. Never raises for what lies in the file."""
    if not is_pdf(inhalt):
        return Pdfstand(None, 0, grund="Die Datei ist leer." if not inhalt else "Die Datei ist kein PDF.")
    try:
        seiten, merkmale = _read(inhalt)
        quelle = _flatten(inhalt) if Merkmal.ANMERKUNGEN in merkmale else inhalt
        kopie = _copy(quelle, strict=Merkmal.REPARIERT not in merkmale)
        merkmale |= _compare(quelle, kopie, seiten, merkmale)
        if loses_anmerkung(_open(inhalt, strict=False).pages, _look(kopie)):
            merkmale.add(Merkmal.ANMERKUNG_FEHLT)
        check_bindable(kopie, seiten)
    except _Unlesbar as grund:
        return Pdfstand(None, 0, grund=str(grund))
    except LimitReachedError:
        return Pdfstand(None, 0, grund="Die Datei ist ungewöhnlich groß oder verschachtelt.")
    except MemoryError:
        raise  # the worker reports it by its own name
    except Exception:  # noqa: BLE001 - hostile files raise anything: TypeError, AssertionError, …
        return Pdfstand(None, 0, grund="Die Datei ist beschädigt.")
    return Pdfstand(kopie, seiten, tuple(sorted(merkmale)))


def _read(inhalt: bytes) -> tuple[int, set[Merkmal]]:
    """Count the pages three ways and collect what is remarkable; strict first, then lenient."""
    try:
        with _complaints() as klagen:
            seiten, merkmale = _inspect(_open(inhalt, strict=True))
        if klagen:
            merkmale.add(Merkmal.REPARIERT)
    except (_Unlesbar, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - whatever the strict reader dislikes, the lenient one may repair
        seiten, merkmale = _inspect(_open(inhalt, strict=False))
        merkmale.add(Merkmal.REPARIERT)
    zweite = len(_look(inhalt))
    if zweite != seiten:
        raise _Unlesbar(f"Zwei Leseprogramme finden {seiten} und {zweite} Seiten; keine Zahl ist sicher.")
    return seiten, merkmale


def _open(inhalt: bytes, *, strict: bool) -> PdfReader:
    leser = PdfReader(io.BytesIO(inhalt), strict=strict)
    if leser.is_encrypted and not leser.decrypt(""):
        raise _Unlesbar("Die Datei ist verschlüsselt; sie lässt sich nur mit Kennwort öffnen.")
    return leser


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what pypdf logs: each line is a fault that it bridged."""
    sammler = _Sammler()
    protokoll = logging.getLogger("pypdf")
    protokoll.addHandler(sammler)
    try:
        yield sammler.klagen
    finally:
        protokoll.removeHandler(sammler)


class _Sammler(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.klagen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.klagen.append(record.getMessage())


def _inspect(leser: PdfReader) -> tuple[int, set[Merkmal]]:
    wurzel = leser.root_object
    blaetter = _walk_pages(leser)
    gezaehlt = _dict(wurzel.get("/Pages")).get("/Count")
    if not isinstance(gezaehlt, int):
        raise _Unlesbar("Das Seitenverzeichnis der Datei ist beschädigt.")
    if not 0 < len(blaetter) <= MAX_SEITEN:
        raise _Unlesbar(f"Die Datei hat {len(blaetter)} Seiten; erlaubt sind 1 bis {MAX_SEITEN}.")
    if not len(blaetter) == len(leser.pages) == gezaehlt:
        raise _Unlesbar(f"Die Datei nennt {gezaehlt} Seiten, enthält aber {len(blaetter)}.")
    merkmale = _remark_document(leser, wurzel) | _remark_repeats(leser)
    for seite in leser.pages:
        merkmale |= _remark_page(seite)
    return len(blaetter), merkmale | _remark_objects(leser, blaetter)


def _walk_pages(leser: PdfReader) -> set[tuple[int, int]]:
    """Return the object numbers of all pages by an own walk; refuse a tree that is damaged anywhere."""
    gefunden: set[tuple[int, int]] = set()
    offen: list[tuple[Any, int]] = [(leser.root_object.raw_get("/Pages"), 0)]
    while offen:
        verweis, tiefe = offen.pop()
        if not isinstance(verweis, IndirectObject) or tiefe > _MAX_TIEFE:
            raise _Unlesbar("Das Seitenverzeichnis der Datei ist beschädigt.")
        schluessel = (verweis.idnum, verweis.generation)
        knoten = _dict(verweis)
        art = knoten.get("/Type")
        if art == "/Pages":
            offen += [(kind, tiefe + 1) for kind in _list(knoten.get("/Kids"))]
        elif art == "/Page" and schluessel not in gefunden:
            gefunden.add(schluessel)
        else:
            raise _Unlesbar("Das Seitenverzeichnis der Datei ist beschädigt.")
        if len(gefunden) > MAX_SEITEN or len(offen) > _MAX_OBJEKTE:
            raise _Unlesbar(f"Die Datei hat mehr als {MAX_SEITEN} Seiten.")
    return gefunden


def _remark_document(leser: PdfReader, wurzel: DictionaryObject) -> set[Merkmal]:
    namen = _dict(wurzel.get("/Names"))
    formular = _dict(wurzel.get("/AcroForm"))
    geprueft = {
        Merkmal.GESCHUETZT: leser.is_encrypted,
        Merkmal.XFA: "/XFA" in formular,
        Merkmal.SKRIPT: "/JavaScript" in namen or "/AA" in wurzel or _is_script(wurzel.get("/OpenAction")),
        Merkmal.ANHAENGE: "/EmbeddedFiles" in namen or "/AF" in wurzel or "/Collection" in wurzel,
        Merkmal.EBENEN: "/OCProperties" in wurzel,
    }
    return {merkmal for merkmal, zutreffend in geprueft.items() if zutreffend}


def _remark_repeats(leser: PdfReader) -> set[Merkmal]:
    """Find two pages that show the same content: one damaged digit is enough to put page 1 in the place of page 2."""
    verweise = (seite.raw_get("/Contents") for seite in leser.pages if seite.get("/Contents"))
    inhalte = [repr(verweis) for verweis in verweise]  # names object numbers, does not follow them
    return {Merkmal.DOPPELTER_INHALT} if len(set(inhalte)) < len(inhalte) else set()


def _remark_page(seite: DictionaryObject) -> set[Merkmal]:
    merkmale = set()
    if "/AA" in seite:
        merkmale.add(Merkmal.SKRIPT)
    anmerkungen = seite.get("/Annots")
    for verweis in anmerkungen.get_object() if anmerkungen is not None else ():
        merkmale |= _remark_annotation(_dict(verweis))
    return merkmale


def _remark_annotation(anmerkung: DictionaryObject) -> set[Merkmal]:
    art = anmerkung.get("/FT") or _dict(anmerkung.get("/Parent")).get("/FT")
    wert = anmerkung.get("/V") or _dict(anmerkung.get("/Parent")).get("/V")
    geprueft = {
        Merkmal.SIGNIERT: art == "/Sig" and wert is not None,
        Merkmal.ANMERKUNGEN: "/AP" in anmerkung or anmerkung.get("/Subtype") == "/Widget",
        Merkmal.SKRIPT: "/AA" in anmerkung or _is_script(anmerkung.get("/A")),
        Merkmal.ANHAENGE: anmerkung.get("/Subtype") == "/FileAttachment",
    }
    return {merkmal for merkmal, zutreffend in geprueft.items() if zutreffend}


_LEER = DictionaryObject()


def _dict(wert: Any) -> DictionaryObject:
    wert = wert.get_object() if wert is not None else None
    return wert if isinstance(wert, DictionaryObject) else _LEER


def _list(wert: Any) -> ArrayObject:
    wert = wert.get_object() if wert is not None else None
    if not isinstance(wert, ArrayObject):
        raise _Unlesbar("Das Seitenverzeichnis der Datei ist beschädigt.")
    return wert


def _is_script(aktion: Any) -> bool:
    return _dict(aktion).get("/S") in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition")


def _remark_objects(leser: PdfReader, blaetter: set[tuple[int, int]]) -> set[Merkmal]:
    """Look through all objects: pages that the page tree does not name, streams that break off."""
    nummern = {(nummer, generation) for generation, teil in leser.xref.items() for nummer in teil}
    nummern |= {(nummer, 0) for nummer in leser.xref_objStm}
    if len(nummern) > _MAX_OBJEKTE:
        raise _Unlesbar("Die Datei hat ungewöhnlich viele Bestandteile und wird nicht verarbeitet.")
    merkmale = set()
    for nummer in sorted(nummern - blaetter):
        gegenstand = _find_object(leser, *nummer)
        if isinstance(gegenstand, DictionaryObject) and gegenstand.get("/Type") == "/Page":
            merkmale.add(Merkmal.VERBORGENE_SEITEN)
        if isinstance(gegenstand, EncodedStreamObject) and not _is_whole(gegenstand):
            merkmale.add(Merkmal.BESCHAEDIGT)
    return merkmale


def _find_object(leser: PdfReader, nummer: int, generation: int) -> Any:
    try:
        return leser.get_object(IndirectObject(nummer, generation, leser))
    except Exception:  # noqa: BLE001 - a broken object that no page uses does not matter here
        return None


def _is_whole(strom: EncodedStreamObject) -> bool:
    """Tell whether a deflated stream ends as it should; PDF readers show the part before the fault and are silent."""
    if strom.get("/Filter") not in ("/FlateDecode", ["/FlateDecode"]):
        return True
    entpacker = zlib.decompressobj()
    rest, entpackt = strom._data, 0
    try:
        while rest and not entpacker.eof and entpackt < _MAX_ENTPACKT:
            entpackt += len(entpacker.decompress(rest, _STUECK))
            rest = entpacker.unconsumed_tail
    except zlib.error:
        return False
    return entpacker.eof or entpackt >= _MAX_ENTPACKT


def _look(inhalt: bytes) -> tuple[str | None, ...]:
    """Open every page with the second reader: its text, or None for a page that shows nothing at all."""
    try:
        dokument = pypdfium2.PdfDocument(inhalt)
    except pypdfium2.PdfiumError:
        raise _Unlesbar("Das zweite Leseprogramm kann die Datei nicht öffnen.") from None
    try:
        return tuple(_look_at_page(dokument[nummer]) for nummer in range(len(dokument)))
    except pypdfium2.PdfiumError:
        raise _Unlesbar("Mindestens eine Seite lässt sich nicht anzeigen.") from None
    finally:
        dokument.close()


def _look_at_page(seite: pypdfium2.PdfPage) -> str | None:
    try:
        text: str = seite.get_textpage().get_text_range()
        return text if text.strip() or _shows_something(seite) else None
    finally:
        seite.close()


def _shows_something(seite: pypdfium2.PdfPage) -> bool:
    """Tell whether a page without text shows a picture or draws anything: looked at as a thumbnail."""
    if next(seite.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None:
        return True
    bild = seite.render(scale=_VORSCHAU_PT / max(*seite.get_size(), 1), grayscale=True)
    punkte = bytes(bild.buffer)
    zeilen = (punkte[ab : ab + bild.width] for ab in range(0, bild.height * bild.stride, bild.stride))
    return len({punkt for zeile in zeilen for punkt in zeile}) > 1


def _compare(quelle: bytes, kopie: bytes, seiten: int, merkmale: set[Merkmal]) -> set[Merkmal]:
    """Read the copy again with both readers: every page must be there and say what it said before."""
    if len(_walk_pages(PdfReader(io.BytesIO(kopie), strict=True))) != seiten:
        raise _Unlesbar("Beim Kopieren gingen Seiten verloren.")
    nachher = _look(kopie)
    # Layers hidden in the original lose their switch in the copy; the Befund on layers says so.
    if len(nachher) != seiten or (Merkmal.EBENEN not in merkmale and nachher != _look(quelle)):
        raise _Unlesbar("Beim Kopieren veränderte sich der Inhalt einer Seite.")
    return {Merkmal.LEERE_SEITE} if None in nachher else set()


def _flatten(inhalt: bytes) -> bytes:
    """Set comments, stamps and form fields firmly into the pages, as they look on the screen."""
    dokument = pypdfium2.PdfDocument(inhalt)
    try:
        dokument.init_forms()
        for nummer in range(len(dokument)):
            # The raw call: the wrapper refuses documents that have comments but no form.
            if raw.FPDFPage_Flatten(dokument[nummer], raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
                raise _Unlesbar("Formularfelder oder Anmerkungen lassen sich nicht einsetzen.")
        ziel = io.BytesIO()
        dokument.save(ziel)
        return ziel.getvalue()
    finally:
        dokument.close()


def _copy(inhalt: bytes, *, strict: bool) -> bytes:
    """Copy the pages and only what they need into a new file."""
    schreiber = PdfWriter()
    for seite in _open(inhalt, strict=strict).pages:
        schreiber.add_page(seite, excluded_keys=_NICHT_KOPIERT)
    ziel = io.BytesIO()
    schreiber.write(ziel)
    return ziel.getvalue()
