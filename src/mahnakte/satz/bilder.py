"""The pictures of a letter: any PNG or JPEG becomes plain dots, and these dots stand in the PDF as they are.

The engine makes a JPEG of every picture without transparency, which blurs the payment code and brings colour
spaces that CI has not validated. So it is given small placeholders, and their place in the finished PDF gets
the dots, without loss. Decoding and scaling is PDFium's: it takes what offices have (palette, 16 bit, CMYK).
"""

import dataclasses
import functools
import io
import struct
import zlib
from collections.abc import Iterator, Mapping

import pypdfium2 as pdfium
from lxml import etree
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)
from pypdfium2 import raw

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.satz.jpeg import JPEG, Jpeg, read_jpeg
from mahnakte.satz.paket import NS_RELS, Teil, pack, parse_xml, read_own_paket, write_paket
from mahnakte.satz.png import (
    GREY,
    GREY_ALPHA,
    PALETTE,
    RGB,
    RGB_ALPHA,
    Png,
    inflate,
    is_plain,
    read_png,
    read_samples,
    write_png,
)

BILDER = ("zahlcode", "logo", "unterschrift")  # alternative text of the placeholder picture in Word
MAX_PIXEL = 4000
DPI = 600  # finer than any printer shows in colour

_EMU_JE_ZOLL = 914400
_QUER = (5, 6, 7, 8)  # EXIF orientations that swap width and height
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@functools.lru_cache(maxsize=8)
def read_masse(inhalt: bytes, art: str) -> tuple[int, int]:
    """Return width and height in dots as the picture is seen. Raises Ablehnung for what is no such picture."""
    bild = _read(inhalt, art)
    quer = isinstance(bild, Jpeg) and bild.orientation in _QUER
    return (bild.height, bild.width) if quer else (bild.width, bild.height)


@functools.lru_cache(maxsize=8)  # one sender's logo, in each worker once
def prepare_bild(inhalt: bytes, art: str, breite: int, hoehe: int) -> bytes:
    """Return the picture as plain PNG for a place of this size (EMU): on white, scaled down to DPI where finer.

    What is plain already stays as it is, byte for byte; so does what only the engine can read (interlaced).
    """
    bild = _read(inhalt, art)
    if isinstance(bild, Png) and bild.interlaced:
        return inhalt
    spalten, zeilen = read_masse(inhalt, art)
    faktor = min(1.0, breite * DPI / _EMU_JE_ZOLL / spalten, hoehe * DPI / _EMU_JE_ZOLL / zeilen)
    if faktor == 1.0 and isinstance(bild, Png) and is_plain(bild):
        return inhalt
    return _draw(inhalt, bild, max(1, round(spalten * faktor)), max(1, round(zeilen * faktor)))


def _read(inhalt: bytes, art: str) -> Png | Jpeg:
    try:
        bild = read_jpeg(inhalt) if inhalt.startswith(JPEG) else read_png(inhalt)
        zu_gross = max(bild.width, bild.height) > MAX_PIXEL
        if isinstance(bild, Png) and not zu_gross:
            inflate(bild)
    except (ValueError, IndexError, struct.error):
        raise _no_picture(art, "ist keine PNG- oder JPEG-Datei oder ist beschädigt") from None
    if zu_gross:
        raise _no_picture(art, f"ist {bild.width} × {bild.height} Bildpunkte groß")
    return bild


def _no_picture(art: str, grund: str) -> Ablehnung:
    abhilfe = f"Es in einem Bildprogramm öffnen und als PNG mit höchstens {MAX_PIXEL} Bildpunkten je Seite speichern."
    return Ablehnung(sperre("BILD_KEIN_PNG", f"Das Bild „{art}“ {grund}.", abhilfe))


# --- decoding and scaling -----------------------------------------------------------------------------


def _draw(inhalt: bytes, bild: Png | Jpeg, spalten: int, zeilen: int) -> bytes:
    """Draw the picture on a white page of that many dots and take the dots."""
    if isinstance(bild, Jpeg):
        schreiber, strom = PdfWriter(), _jpeg_stream(inhalt, bild)
        lage = _TURNS[bild.orientation]
    else:
        schreiber, lage = PdfWriter(), _TURNS[1]
        strom = _png_stream(bild, schreiber)
    seite = schreiber.add_blank_page(spalten, zeilen)
    bilder = _dictionary(B=schreiber._add_object(strom))
    seite[NameObject("/Resources")] = _dictionary(XObject=bilder)
    zeichnen = DecodedStreamObject()
    zeichnen.set_data(f"{spalten} 0 0 {zeilen} 0 0 cm {lage} cm /B Do".encode())
    seite[NameObject("/Contents")] = schreiber._add_object(zeichnen)
    with io.BytesIO() as datei:
        schreiber.write(datei)
        return _take_dots(datei.getvalue(), spalten, zeilen)


def _take_dots(pdf: bytes, spalten: int, zeilen: int) -> bytes:
    dokument = pdfium.PdfDocument(pdf)
    try:
        karte = dokument[0].render(scale=1, rev_byteorder=True, prefer_bgrx=False, no_smoothpath=True)
        roh = bytes(karte.buffer)
        reihen = b"".join(roh[ab : ab + 3 * spalten] for ab in range(0, zeilen * karte.stride, karte.stride))
    finally:
        dokument.close()
    rot, gruen, blau = reihen[0::3], reihen[1::3], reihen[2::3]
    if rot == gruen == blau:
        return write_png(spalten, zeilen, 8, GREY, rot)
    return write_png(spalten, zeilen, 8, RGB, reihen)


def _png_stream(png: Png, schreiber: PdfWriter) -> StreamObject:
    """Return a PNG as picture of a PDF; the filter of its rows is one that PDF knows."""
    if png.colour in (GREY_ALPHA, RGB_ALPHA):
        return _split_alpha(png, schreiber)
    strom = _image(png, _colour_space(png), png.bits)
    if png.transparency and png.colour == PALETTE:
        strom[NameObject("/SMask")] = schreiber._add_object(_palette_alpha(png))
    elif png.transparency:
        werte = struct.unpack(f">{len(png.transparency) // 2}H", png.transparency)
        strom[NameObject("/Mask")] = ArrayObject(NumberObject(wert) for wert in werte for _ in (1, 2))
    return strom


def _image(png: Png, farben: PdfObject, bits: int) -> StreamObject:
    strom = EncodedStreamObject()
    strom._data = png.data
    parameter = {"Predictor": 15, "Colors": png.samples, "BitsPerComponent": bits, "Columns": png.width}
    strom.update(_picture(png.width, png.height, bits, farben))
    strom[NameObject("/Filter")] = NameObject("/FlateDecode")
    strom[NameObject("/DecodeParms")] = _dictionary(**{n: NumberObject(w) for n, w in parameter.items()})
    return strom


def _colour_space(png: Png) -> PdfObject:
    if png.colour == PALETTE:
        letzte = NumberObject(len(png.palette) // 3 - 1)
        namen = NameObject("/Indexed"), NameObject("/DeviceRGB")
        return ArrayObject([*namen, letzte, ByteStringObject(png.palette)])
    return NameObject("/DeviceGray" if png.colour == GREY else "/DeviceRGB")


def _split_alpha(png: Png, schreiber: PdfWriter) -> StreamObject:
    """Colour and transparency stand dot by dot in a PNG, in two pictures in a PDF."""
    punkte = _unfilter(png)
    if png.bits == 16:
        punkte = punkte[0::2]  # the upper half: 8 bit is what the page shows
    ebenen = [punkte[ebene :: png.samples] for ebene in range(png.samples)]
    farbe = bytearray(png.width * png.height * (png.samples - 1))
    for nummer, ebene in enumerate(ebenen[:-1]):
        farbe[nummer :: png.samples - 1] = ebene
    name = NameObject("/DeviceGray" if png.colour == GREY_ALPHA else "/DeviceRGB")
    strom = _plain_image(png.width, png.height, 8, name, bytes(farbe))
    maske = _plain_image(png.width, png.height, 8, NameObject("/DeviceGray"), ebenen[-1])
    strom[NameObject("/SMask")] = schreiber._add_object(maske)
    return strom


def _palette_alpha(png: Png) -> StreamObject:
    """Return how transparent each dot of a picture with palette is."""
    stufen = png.transparency.ljust(256, b"\xff")
    je_byte = 8 // png.bits
    tabelle = [
        bytes(stufen[byte >> (8 - png.bits * (n + 1)) & (1 << png.bits) - 1] for n in range(je_byte))
        for byte in range(256)
    ]
    punkte = _unfilter(png)
    reihen = (
        b"".join(tabelle[byte] for byte in punkte[ab : ab + png.row_bytes])[: png.width]
        for ab in range(0, len(punkte), png.row_bytes)
    )
    return _plain_image(png.width, png.height, 8, NameObject("/DeviceGray"), b"".join(reihen))


def _unfilter(png: Png) -> bytes:
    """Return the samples of a PNG; PDFium takes the filter off, a thousand times as fast as Python could."""
    schreiber = PdfWriter()
    seite = schreiber.add_blank_page(10, 10)
    bild = schreiber._add_object(_image(png, NameObject("/DeviceGray"), png.bits))
    seite[NameObject("/Resources")] = _dictionary(XObject=_dictionary(B=bild))
    zeichnen = DecodedStreamObject()
    zeichnen.set_data(b"10 0 0 10 0 0 cm /B Do")
    seite[NameObject("/Contents")] = schreiber._add_object(zeichnen)
    with io.BytesIO() as datei:
        schreiber.write(datei)
        dokument = pdfium.PdfDocument(datei.getvalue())
    try:
        (objekt,) = dokument[0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        return bytes(objekt.get_data(decode_simple=True))
    finally:
        dokument.close()


# --- JPEG ---------------------------------------------------------------------------------------------

# What turns the unit square so that a picture stored in an EXIF orientation is seen upright (CIPA DC-008).
_TURNS = {
    1: "1 0 0 1 0 0", 2: "-1 0 0 1 1 0", 3: "-1 0 0 -1 1 1", 4: "1 0 0 -1 0 1",
    5: "0 -1 -1 0 1 1", 6: "0 -1 1 0 0 1", 7: "0 1 1 0 0 0", 8: "0 1 -1 0 1 0",
}  # fmt: skip


def _jpeg_stream(inhalt: bytes, jpeg: Jpeg) -> StreamObject:
    strom = EncodedStreamObject()
    strom._data = inhalt
    farben = NameObject({1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[jpeg.colours])
    strom.update(_picture(jpeg.width, jpeg.height, 8, farben))
    strom[NameObject("/Filter")] = NameObject("/DCTDecode")
    if jpeg.colours == 4 and jpeg.adobe:
        strom[NameObject("/Decode")] = ArrayObject(NumberObject(wert) for wert in (1, 0) * 4)
    return strom


# --- into the PDF -------------------------------------------------------------------------------------

_MARKE_BREITE, _MARKE_HOEHE = 61, 67  # no picture of an office has this size
_MARKENGRAU = b"\x5a"


@dataclasses.dataclass(frozen=True, slots=True)
class Platzhalter:
    """A placeholder that the engine sets: its size in dots, and the picture that belongs there."""

    breite: int
    hoehe: int
    png: bytes


def hide_bilder(docx: bytes, name: str) -> tuple[bytes, tuple[Platzhalter, ...]]:
    """Return a copy of a finished DOCX with placeholders for its named pictures, and what belongs in their places.

    A picture that is cropped or coloured in Word stays, because only the engine knows how; so does one that is no
    plain PNG.
    """
    teile = read_own_paket(docx)
    medien = [
        teil for teil in dict.fromkeys(_named_media(teile, name)) if _is_plain_file(teile.get(teil, b""))
    ]
    if not medien:
        return docx, ()
    marken = {
        teil: Platzhalter(_MARKE_BREITE + 2 * nummer, _MARKE_HOEHE, teile[teil])
        for nummer, teil in enumerate(medien)
    }
    ersatz = {
        teil: write_png(m.breite, m.hoehe, 8, GREY, _MARKENGRAU * (m.breite * m.hoehe))
        for teil, m in marken.items()
    }
    gepackt: list[Teil] = [pack(teil, inhalt) for teil, inhalt in {**teile, **ersatz}.items()]
    return write_paket(gepackt), tuple(marken.values())


def show_bilder(schreiber: PdfWriter, platzhalter: tuple[Platzhalter, ...]) -> bool:
    """Put the pictures in the places of their placeholders; False when one of these is not in the PDF."""
    offen = {(p.breite, p.hoehe): p for p in platzhalter}
    gefunden = set()
    for objekt in schreiber._objects:
        if not isinstance(objekt, StreamObject) or objekt.get("/Subtype") != "/Image":
            continue
        mass = objekt.get("/Width"), objekt.get("/Height")
        if mass in offen:
            gefunden.add(mass)
            _replace(objekt, read_png(offen[mass].png))
    return len(gefunden) == len(offen)


def _replace(objekt: StreamObject, png: Png) -> None:
    farben = NameObject("/DeviceGray" if png.colour == GREY else "/DeviceRGB")
    objekt.clear()
    objekt.update(_picture(png.width, png.height, png.bits, farben))
    objekt[NameObject("/Filter")] = NameObject("/FlateDecode")
    objekt._data = zlib.compress(read_samples(png))


def _named_media(teile: Mapping[str, bytes], name: str) -> Iterator[str]:
    for teil, roh in teile.items():
        if not teil.startswith("word/") or not teil.endswith(".xml") or b"descr=" not in roh:
            continue
        for zeichnung in parse_xml(roh, teil, name).iter(f"{_WP}inline", f"{_WP}anchor"):
            eigenschaft, blip = zeichnung.find(f"{_WP}docPr"), zeichnung.find(f".//{_A}blip")
            if eigenschaft is None or blip is None or _is_changed(zeichnung, blip):
                continue
            if (eigenschaft.get("descr") or "").strip().lower() in BILDER:
                yield find_target(teile, teil, blip.get(f"{_R}embed") or "", name)


def find_target(teile: Mapping[str, bytes], teil: str, kennung: str, name: str) -> str:
    """Return the part that a relation of another part names; empty when there is none."""
    ordner, _, datei = teil.rpartition("/")
    verweise = parse_xml(teile.get(f"{ordner}/_rels/{datei}.rels", b"<leer/>"), teil, name)
    for verweis in verweise.iter(f"{NS_RELS}Relationship"):
        if verweis.get("Id") == kennung:
            ziel = verweis.get("Target") or ""
            return ziel.lstrip("/") if ziel.startswith("/") else f"{ordner}/{ziel}"
    return ""


def _is_changed(zeichnung: etree._Element, blip: etree._Element) -> bool:
    """Tell whether Word shows only a part of the picture, or in other colours."""
    schnitt = zeichnung.find(f".//{_PIC}blipFill/{_A}srcRect")
    return len(blip) > 0 or (schnitt is not None and any(wert != "0" for wert in schnitt.attrib.values()))


def _is_plain_file(inhalt: bytes) -> bool:
    try:
        return is_plain(read_png(inhalt))
    except ValueError:
        return False


def _picture(breite: int, hoehe: int, bits: int, farben: PdfObject) -> DictionaryObject:
    return _dictionary(
        Type=NameObject("/XObject"),
        Subtype=NameObject("/Image"),
        Width=NumberObject(breite),
        Height=NumberObject(hoehe),
        BitsPerComponent=NumberObject(bits),
        ColorSpace=farben,
    )


def _plain_image(breite: int, hoehe: int, bits: int, farben: PdfObject, punkte: bytes) -> StreamObject:
    strom = EncodedStreamObject()
    strom._data = zlib.compress(punkte, 1)
    strom.update(_picture(breite, hoehe, bits, farben))
    strom[NameObject("/Filter")] = NameObject("/FlateDecode")
    return strom


def _dictionary(**eintraege: PdfObject) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): wert for name, wert in eintraege.items()})
