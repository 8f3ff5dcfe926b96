"""PDF/A-2b: what the engine leaves out, and the question whether a file may call itself archivable.

The hull adds title, author, language, colour profile and identifier. The marker (`pdfaid`) is a claim; only a
file made of nothing but constructs that veraPDF has seen and accepted in CI gets it (docs/pdf.md). Part 2,
because the courts take PDF/A-2 but not PDF/A-3 (ERVB 2022), and level b, because the pages are not tagged.
"""

import dataclasses
import functools
import hashlib
import io
import pathlib
import re
from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from mahnakte.satz.bilder import Platzhalter, show_bilder

# Every name that the built-in engine writes into the letters and sheets that CI validates, and that the hull
# adds. werkzeuge/verapdf holds the list to exactly that: a name more would be a claim that nobody has checked.
_NAMEN = """
    Alt Ascent Author BaseFont BitsPerComponent BM CA ca CapHeight Catalog CIDFontType2 CIDSystemInfo
    CIDToGIDMap ColorSpace ColorTransform Contents Count DCTDecode DescendantFonts Descent Dest Dests
    DestOutputProfile DeviceGray DeviceRGB DisplayDocTitle Document DW Encoding ExtGState Filter First Flags
    FlateDecode Font FontBBox FontDescriptor FontFile2 FontName GTS_PDFA1 H1 H2 H3 Height ICCBased Identity
    Identity-H Image ImageB ImageC ImageI Info ItalicAngle K Kids Lang Last LC Length1 LJ LW Marked MarkInfo
    MediaBox Metadata ML N Normal Nums Ordering Outlines OutputConditionIdentifier OutputIntent
    OutputIntents P Page Pages Parent ParentTree ParentTreeNextKey PDF Pg ProcSet Producer Registry
    Resources S SA SE SMask StemV StructElem StructParents StructTreeRoot Subtype Supplement Tabs Text Title
    ToUnicode Type Type0 ViewerPreferences W Width XML XObject XYZ
"""
WORTSCHATZ: Final = frozenset(f"/{name}" for name in _NAMEN.split())
# Names that differ from file to file: resources, cuts of our font, and Word's own bookmarks (_GoBack, _Hlk…).
_EIGENNAME = re.compile(r"/(?:[FGX]\d+|_\w{1,40}|[A-Z]{6}\+Arimo-(?:Regular|Bold|Italic|BoldItalic))")
# The engine writes text as glyph numbers of four digits; number 0 is the box for a letter the font lacks.
_OHNE_ZEICHEN = re.compile(rb"<(?:[0-9A-F]{4})*?0000(?:[0-9A-F]{4})*>")
_STEUERZEICHEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_PROFIL = pathlib.Path(__file__).resolve().parent / "sRGB.icc"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{angaben}
</rdf:Description>
{marke}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_MARKE = (
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
    "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>\n"
)


@dataclasses.dataclass(frozen=True, slots=True)
class Beschreibung:
    """What a PDF says about itself; `maschine` is the engine that set it, with its version."""

    titel: str
    verfasser: str
    sprache: str
    maschine: str


class BildVerloren(Exception):  # noqa: N818 - says what happened
    """The place of a picture is not to be found in the engine's PDF."""


def finish_pdf(
    roh: bytes, beschreibung: Beschreibung, herkunft: bytes, platzhalter: tuple[Platzhalter, ...] = ()
) -> bytes:
    """Return the engine's PDF with its pictures and its description; no date and no chance: bytes can be compared.

    Raises BildVerloren when one of the placeholders is not in the PDF. The file's identifier is computed from
    `herkunft`, the DOCX that was set: not every engine writes the same bytes twice. The marker of PDF/A-2b stands
    in it when `may_claim` says so.
    """
    schreiber = PdfWriter(clone_from=io.BytesIO(roh))
    if not show_bilder(schreiber, platzhalter):
        raise BildVerloren
    schreiber.pdf_header = "%PDF-1.7"
    schreiber.metadata = None
    drop_claim(schreiber)  # what the engine may have said
    angaben = {
        "/Title": beschreibung.titel,
        "/Author": beschreibung.verfasser,
        "/Producer": f"mahnakte, {beschreibung.maschine}",
    }
    schreiber.add_metadata({schluessel: wert for schluessel, wert in angaben.items() if wert})
    kennung = ByteStringObject(hashlib.sha256(herkunft + beschreibung.maschine.encode()).digest()[:16])
    schreiber._ID = ArrayObject([kennung, kennung])
    wurzel = schreiber.root_object
    wurzel[NameObject("/Lang")] = TextStringObject(beschreibung.sprache)
    wurzel[NameObject("/ViewerPreferences")] = _dictionary(DisplayDocTitle=BooleanObject(True))
    wurzel[NameObject("/OutputIntents")] = ArrayObject([_output_intent(schreiber)])
    xmp = _write_xmp(beschreibung, marke=may_claim(schreiber))
    wurzel[NameObject("/Metadata")] = schreiber._add_object(_stream(xmp, Type="/Metadata", Subtype="/XML"))
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


def may_claim(schreiber: PdfWriter) -> bool:
    """Tell whether a file consists only of what CI has validated, and shows a letter wherever it should."""
    if unknown_names(schreiber):
        return False
    inhalte = (seite.get_contents() for seite in schreiber.pages)
    return not any(_OHNE_ZEICHEN.search(inhalt.get_data()) for inhalt in inhalte if inhalt is not None)


def drop_claim(schreiber: PdfWriter) -> None:
    """Take the description away from a file that is being changed: what it claims was true of the old one."""
    wurzel = schreiber.root_object
    beschreibung = wurzel.pop(NameObject("/Metadata"), None)
    strom = beschreibung.get_object() if beschreibung is not None else None
    if isinstance(strom, StreamObject):
        strom.set_data(b"")  # what nothing refers to is written all the same


def unknown_names(schreiber: PdfWriter) -> set[str]:
    """Return the names of constructs in a file that CI has not validated."""
    return {
        name for name in read_names(schreiber) if name not in WORTSCHATZ and not _EIGENNAME.fullmatch(name)
    }


def read_names(schreiber: PdfWriter) -> set[str]:
    """Return every PDF name that the objects of a file use."""
    return {name for objekt in schreiber._objects if objekt is not None for name in _names(objekt)}


def claims_pdfa(pdf: bytes) -> bool:
    """Tell whether a file of ours says that it is PDF/A; our description is never compressed."""
    return b"<pdfaid:part>" in pdf


def read_producer(roh: bytes) -> str:
    """Return the name and version that another engine wrote into its file."""
    angaben = PdfReader(io.BytesIO(roh)).metadata
    return (angaben.producer if angaben is not None else None) or "unbekannt"


def _names(objekt: PdfObject) -> Iterator[str]:
    """Yield every name in an object, as key or as value, without following references."""
    if isinstance(objekt, NameObject):
        yield objekt
    elif isinstance(objekt, DictionaryObject):
        for schluessel, wert in objekt.items():
            yield schluessel
            yield from _names(wert)
    elif isinstance(objekt, ArrayObject):
        for wert in objekt:
            if isinstance(wert, NameObject | DictionaryObject | ArrayObject):
                yield from _names(wert)


def _write_xmp(beschreibung: Beschreibung, *, marke: bool) -> bytes:
    titel, verfasser, sprache, maschine = (
        escape(_STEUERZEICHEN.sub(" ", text)) for text in dataclasses.astuple(beschreibung)
    )
    zeilen = [
        f"<pdf:Producer>mahnakte, {maschine}</pdf:Producer>",
        f"<dc:language><rdf:Bag><rdf:li>{sprache}</rdf:li></rdf:Bag></dc:language>",
    ]
    if titel:
        alternative = f'<rdf:Alt><rdf:li xml:lang="x-default">{titel}</rdf:li></rdf:Alt>'
        zeilen.append(f"<dc:title>{alternative}</dc:title>")
    if verfasser:
        zeilen.append(f"<dc:creator><rdf:Seq><rdf:li>{verfasser}</rdf:li></rdf:Seq></dc:creator>")
    return _XMP.format(angaben="\n".join(zeilen), marke=_MARKE if marke else "").encode()


def _output_intent(schreiber: PdfWriter) -> DictionaryObject:
    profil = _stream(_colour_profile())
    profil[NameObject("/N")] = NumberObject(3)
    name = TextStringObject("sRGB IEC61966-2.1")
    return _dictionary(
        Type=NameObject("/OutputIntent"),
        S=NameObject("/GTS_PDFA1"),
        OutputConditionIdentifier=name,
        Info=name,
        DestOutputProfile=schreiber._add_object(profil.flate_encode()),
    )


@functools.cache
def _colour_profile() -> bytes:
    return _PROFIL.read_bytes()


def _stream(inhalt: bytes, **namen: str) -> StreamObject:
    strom = DecodedStreamObject()
    strom.set_data(inhalt)
    strom.update(_dictionary(**{schluessel: NameObject(name) for schluessel, name in namen.items()}))
    return strom


def _dictionary(**eintraege: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): wert for name, wert in eintraege.items()})
