"""Binding: one PDF from clean parts, with bookmarks, page labels and „Blatt n von N“ on every sheet.

`bind` runs in the bounded worker; its parts come from `prepare_pdf` or from our own engine, so that a fault
here is ours. The result is read again with a second reader before it is handed out.
"""

import dataclasses
import datetime as dt
import io
import itertools
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    RectangleObject,
    TextStringObject,
)

_RAND_PT = 12.0  # 4 mm: below the footer of a letter, above what a printer cannot reach
_NAME = NameObject("/MahnakteBlattzahl")


@dataclasses.dataclass(frozen=True, slots=True)
class Teil:
    """One document to bind: the bookmark above it, its own bookmark, its pages."""

    gruppe: str
    titel: str
    pdf: bytes
    seiten: int


@dataclasses.dataclass(frozen=True, slots=True)
class Heftung:
    """The bound PDF. `ohne_blattzahl` are the sheets whose number a reader does not find where it was put."""

    pdf: bytes
    blaetter: int
    ohne_blattzahl: tuple[int, ...]


def bind(teile: Sequence[Teil], blattzahlen: bytes, titel: str, verfasser: str, datum: dt.date) -> Heftung:
    """Bind the parts in their order. `blattzahlen` is a PDF with one small label per sheet.

    Raises ValueError when a part does not have the pages it is said to have.
    """
    schreiber = PdfWriter()
    anfaenge = [_append(schreiber, teil) for teil in teile]
    blaetter = len(schreiber.pages)
    rahmen = _stamp_all(schreiber, PdfReader(io.BytesIO(blattzahlen), strict=True))
    _add_bookmarks(schreiber, teile, anfaenge)
    schreiber.set_page_label(0, blaetter - 1, style=PageLabelStyle.DECIMAL, start=1)
    _describe(schreiber, titel, verfasser, datum)
    ziel = io.BytesIO()
    schreiber.write(ziel)
    pdf = ziel.getvalue()
    return Heftung(pdf, blaetter, _verify(pdf, rahmen))


def check_bindable(pdf: bytes, seiten: int) -> None:
    """Bind one document alone, with empty labels; raise whatever stands against it.

    A page whose measures or resources are damaged shows well enough, and would then spoil the whole Akte.
    """
    blattzahlen = PdfWriter()
    for _ in range(seiten):
        blattzahlen.add_blank_page(100, 10)[NameObject("/Resources")] = DictionaryObject()
    ziel = io.BytesIO()
    blattzahlen.write(ziel)
    bind([Teil("", "Probe", pdf, seiten)], ziel.getvalue(), "", "", dt.date(2000, 1, 1))


def _append(schreiber: PdfWriter, teil: Teil) -> int:
    """Add the pages of a part and return the index of the first."""
    anfang = len(schreiber.pages)
    for seite in PdfReader(io.BytesIO(teil.pdf), strict=True).pages:
        schreiber.add_page(seite)
    if len(schreiber.pages) - anfang != teil.seiten:
        raise ValueError(f"{teil.titel}: {len(schreiber.pages) - anfang} statt {teil.seiten} Seiten")
    return anfang


def _add_bookmarks(schreiber: PdfWriter, teile: Sequence[Teil], anfaenge: Sequence[int]) -> None:
    """One bookmark per part, below one per group; a part whose group is empty stands at the top."""
    for gruppe, paare in itertools.groupby(
        zip(teile, anfaenge, strict=True), key=lambda paar: paar[0].gruppe
    ):
        liste = list(paare)
        eltern = schreiber.add_outline_item(title=gruppe, page_number=liste[0][1]) if gruppe else None
        for teil, anfang in liste:
            schreiber.add_outline_item(title=teil.titel, page_number=anfang, parent=eltern)


def _describe(schreiber: PdfWriter, titel: str, verfasser: str, datum: dt.date) -> None:
    schreiber.pdf_header = "%PDF-1.7"
    schreiber.metadata = None
    schreiber.add_metadata(
        {
            "/Title": titel,
            "/Author": verfasser,
            "/Producer": "mahnakte",
            "/CreationDate": f"D:{datum:%Y%m%d}000000Z",  # the Stichtag: the same input gives the same bytes
        }
    )
    wurzel = schreiber.root_object
    wurzel[NameObject("/Lang")] = TextStringObject("de-DE")
    wurzel[NameObject("/PageMode")] = NameObject("/UseOutlines")
    wurzel[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )


# --- sheet numbers ------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Rahmen:
    """Where a label stands in the coordinates of its page."""

    text: str
    links: float
    unten: float
    rechts: float
    oben: float


def _stamp_all(schreiber: PdfWriter, blattzahlen: PdfReader) -> list[_Rahmen]:
    if len(blattzahlen.pages) != len(schreiber.pages):
        raise ValueError(f"{len(blattzahlen.pages)} Blattzahlen für {len(schreiber.pages)} Blätter")
    anfang, ende = (schreiber._add_object(_stream(zeichen)) for zeichen in (b"q\n", b"\nQ\n"))
    return [
        _stamp(schreiber, seite, blattzahl, anfang, ende)
        for seite, blattzahl in zip(schreiber.pages, blattzahlen.pages, strict=True)
    ]


def _stamp(
    schreiber: PdfWriter,
    seite: PageObject,
    blattzahl: PageObject,
    anfang: IndirectObject,
    ende: IndirectObject,
) -> _Rahmen:
    """Put the label at the lower right of the page as it is shown; the content of the page stays untouched."""
    breite, hoehe = float(blattzahl.mediabox.width), float(blattzahl.mediabox.height)
    a, b, c, d, e, f = _matrix(seite, breite)
    mitte = schreiber._add_object(
        _stream(f"q {a:g} {b:g} {c:g} {d:g} {e:.3f} {f:.3f} cm {_NAME} Do Q".encode())
    )
    inhalt = seite.get("/Contents")
    stroeme = inhalt.get_object() if inhalt is not None else ArrayObject()
    vorhandene = list(stroeme) if isinstance(stroeme, ArrayObject) else [seite.raw_get("/Contents")]
    seite[NameObject("/Contents")] = ArrayObject([anfang, *vorhandene, ende, mitte])
    _add_resource(seite, schreiber._add_object(_make_form(schreiber, blattzahl)))
    ecken = [(e, f), (a * breite + c * hoehe + e, b * breite + d * hoehe + f)]
    (links, rechts), (unten, oben) = (sorted(achse) for achse in zip(*ecken, strict=True))
    return _Rahmen(blattzahl.extract_text().strip(), links, unten, rechts, oben)


def _matrix(seite: PageObject, breite: float) -> tuple[float, float, float, float, float, float]:
    """Return the matrix that sets a label of this width upright at the lower right, whatever the rotation."""
    links, unten, rechts, oben = _visible_box(seite)
    drehung = seite.rotation % 360
    gezeigt = rechts - links if drehung in (0, 180) else oben - unten
    mass = min(1.0 / float(seite.user_unit), max(gezeigt - 2 * _RAND_PT, 1.0) / breite)
    vor = max(gezeigt - _RAND_PT - breite * mass, 0.0)  # from the left edge as shown
    if drehung == 90:
        return 0.0, mass, -mass, 0.0, rechts - _RAND_PT, unten + vor
    if drehung == 180:
        return -mass, 0.0, 0.0, -mass, rechts - vor, oben - _RAND_PT
    if drehung == 270:
        return 0.0, -mass, mass, 0.0, links + _RAND_PT, oben - vor
    return mass, 0.0, 0.0, mass, links + vor, unten + _RAND_PT


def _visible_box(seite: PageObject) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of what is shown: the crop box, as far as it lies on the paper.

    A box may name any two opposite corners (ISO 32000-1, 7.9.5).
    """
    schnitt, papier = (_upright(kasten) for kasten in (seite.cropbox, seite.mediabox))
    links, unten = max(schnitt[0], papier[0]), max(schnitt[1], papier[1])
    rechts, oben = min(schnitt[2], papier[2]), min(schnitt[3], papier[3])
    if links < rechts and unten < oben:
        return links, unten, rechts, oben
    return papier


def _upright(kasten: RectangleObject) -> tuple[float, float, float, float]:
    (links, rechts), (unten, oben) = (
        sorted(map(float, achse)) for achse in ((kasten.left, kasten.right), (kasten.bottom, kasten.top))
    )
    return links, unten, rechts, oben


def _make_form(schreiber: PdfWriter, blattzahl: PageObject) -> DecodedStreamObject:
    inhalt = blattzahl.get_contents()
    formular = _stream(inhalt.get_data() if inhalt is not None else b"")
    formular[NameObject("/Type")] = NameObject("/XObject")
    formular[NameObject("/Subtype")] = NameObject("/Form")
    formular[NameObject("/BBox")] = blattzahl.mediabox.clone(schreiber)
    formular[NameObject("/Resources")] = blattzahl["/Resources"].clone(schreiber)
    return formular


def _add_resource(seite: PageObject, formular: IndirectObject) -> None:
    """Add the label to resources of the page's own: several pages may share one dictionary."""
    vorrat = DictionaryObject(seite.get("/Resources", DictionaryObject()).get_object())
    bilder = DictionaryObject(vorrat.get("/XObject", DictionaryObject()).get_object())
    bilder[_NAME] = formular
    vorrat[NameObject("/XObject")] = bilder
    seite[NameObject("/Resources")] = vorrat


def _stream(inhalt: bytes) -> DecodedStreamObject:
    strom = DecodedStreamObject()
    strom.set_data(inhalt)
    return strom


# --- reading the result ---------------------------------------------------------------------------------


def _verify(pdf: bytes, rahmen: Sequence[_Rahmen]) -> tuple[int, ...]:
    """Open every sheet with the second reader; return those whose number does not stand in its place."""
    dokument = pypdfium2.PdfDocument(pdf)
    try:
        if len(dokument) != len(rahmen):
            raise ValueError(f"{len(dokument)} statt {len(rahmen)} Blätter")
        return tuple(nummer for nummer, da in enumerate(_find_labels(dokument, rahmen), start=1) if not da)
    finally:
        dokument.close()


def _find_labels(dokument: pypdfium2.PdfDocument, rahmen: Sequence[_Rahmen]) -> Iterator[bool]:
    for nummer, ort in enumerate(rahmen):
        text = dokument[nummer].get_textpage().get_text_bounded(ort.links, ort.unten, ort.rechts, ort.oben)
        yield ort.text in " ".join(text.split())
