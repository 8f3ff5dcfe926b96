"""What really stands in a finished PDF, read back by a second program (PDFium), not by the one that set it."""

import ctypes
import dataclasses

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MAX_PIXEL = 1000  # pictures above that are photographs, not codes

_MM_PER_POINT = 25.4 / 72
# The address field of DIN 5008, measured from the upper left corner of the paper, in mm: the window of the
# envelope shows this and nothing else. Form A has a lower letterhead than form B.
_FELD_LINKS, _FELD_BREITE, _FELD_HOEHE = 20.0, 85.0, 45.0
_OBEN_FORM_A, _OBEN_FORM_B = 27.0, 45.0


@dataclasses.dataclass(frozen=True, slots=True)
class Bild:
    """A picture on a page: place in mm from the lower left corner, size in pixels, grey values row by row."""

    seite: int
    links: float
    unten: float
    breite: float
    hoehe: float
    spalten: int
    zeilen: int
    grau: bytes


@dataclasses.dataclass(frozen=True, slots=True)
class Druckbild:
    """Text of each page and of the address field, names of fonts that are not embedded, small pictures.

    `fenster` is the field of DIN 5008 form B, `fenster_form_a` that of form A.
    """

    seiten: tuple[str, ...]
    fenster: str
    fremde_schriften: tuple[str, ...]
    bilder: tuple[Bild, ...]
    fenster_form_a: str = ""


def read_druckbild(pdf: bytes) -> Druckbild:
    """Read a PDF back. Runs in a worker; PDFium is not made for several threads."""
    dokument = pdfium.PdfDocument(pdf)
    try:
        seiten, fenster, fremde, bilder = [], ("", ""), set(), []
        for nummer, seite in enumerate(dokument, start=1):
            text = seite.get_textpage()
            seiten.append(text.get_text_range())
            if nummer == 1:
                fenster = (
                    _read_fenster(seite, text, _OBEN_FORM_B),
                    _read_fenster(seite, text, _OBEN_FORM_A),
                )
            text.close()
            for objekt in seite.get_objects():
                if objekt.type == raw.FPDF_PAGEOBJ_TEXT:
                    fremde |= _not_embedded(objekt)
                elif objekt.type == raw.FPDF_PAGEOBJ_IMAGE:
                    bilder += _read_bild(objekt, nummer)
            seite.close()
    finally:
        dokument.close()
    return Druckbild(tuple(seiten), fenster[0], tuple(sorted(fremde)), tuple(bilder), fenster[1])


def _read_fenster(seite: pdfium.PdfPage, text: pdfium.PdfTextPage, von_oben: float) -> str:
    oben = seite.get_height() - von_oben / _MM_PER_POINT
    links = _FELD_LINKS / _MM_PER_POINT
    rechts, unten = links + _FELD_BREITE / _MM_PER_POINT, oben - _FELD_HOEHE / _MM_PER_POINT
    return str(text.get_text_bounded(left=links, bottom=unten, right=rechts, top=oben))


def _not_embedded(objekt: pdfium.PdfObject) -> set[str]:
    schrift = raw.FPDFTextObj_GetFont(objekt)
    if raw.FPDFFont_GetIsEmbedded(schrift) == 1:
        return set()
    puffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(schrift, puffer, 256)
    return {puffer.value.decode("utf-8", "replace")}


def _read_bild(objekt: pdfium.PdfImage, seite: int) -> list[Bild]:
    breite, hoehe = objekt.get_px_size()
    if breite > MAX_PIXEL or hoehe > MAX_PIXEL:
        return []
    links, unten, rechts, oben = (wert * _MM_PER_POINT for wert in objekt.get_bounds())
    karte = objekt.get_bitmap()
    zeilen = bytes(karte.buffer)
    grau = b"".join(
        zeilen[zeile * karte.stride :][: karte.width * karte.n_channels : karte.n_channels]
        for zeile in range(karte.height)
    )
    return [Bild(seite, links, unten, rechts - links, oben - unten, karte.width, karte.height, grau)]


def shows_module(bild: Bild, module: tuple[bytes, ...]) -> bool:
    """Tell whether the picture shows exactly these modules (1 = black), sampled in the middle of each."""
    anzahl = len(module)
    if not bild.grau or min(bild.spalten, bild.zeilen) < anzahl:
        return False
    for zeile, reihe in enumerate(module):
        hoehe = (2 * zeile + 1) * bild.zeilen // (2 * anzahl) * bild.spalten
        for spalte, schwarz in enumerate(reihe):
            grau = bild.grau[hoehe + (2 * spalte + 1) * bild.spalten // (2 * anzahl)]
            if (grau < 128) != bool(schwarz):
                return False
    return True
