"""Fields to fill in, put on a finished page: AcroForm with our own appearances, so that it also prints well.

Works in Acrobat, Firefox and Edge: no scripts, no XFA, fonts embedded, a name and a tooltip on every field, tab
order by rows. Same page, same fields: same bytes. Places are millimetres from the upper left corner of the page.
"""

import ctypes
import dataclasses
import enum
import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from mahnakte.satz.formularschrift import add_font, can_show, make_dictionary, read_metrics, text_width
from mahnakte.satz.pdfa import drop_claim

AN = "Ja"  # the name of a ticked box's state

_PUNKT_JE_MM = 72 / 25.4
_PUNKT = 10.0  # size of what is typed
_RAND = 2.0  # points between frame and text, as viewers keep it
_GRUND = (0.95, 0.965, 0.985)
_STRICH = (0.66, 0.7, 0.76)
_DRUCKEN, _VERBORGEN = 4, 2  # annotation flags, ISO 32000-1, table 165
_NUR_LESEN, _MEHRZEILIG = 1, 1 << 12  # field flags, tables 221 and 228


class Feldart(enum.StrEnum):
    """What one can do in a field: write a line, write several, tick."""

    ZEILE = "zeile"
    TEXT = "text"
    HAKEN = "haken"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Feld:
    """One field: place and size in mm, tooltip, longest text; `fest` shows `wert` and cannot be changed.

    A field without size is not shown; it only carries its value.
    """

    name: str
    art: Feldart = Feldart.ZEILE
    hinweis: str
    links: float = 0.0
    oben: float = 0.0
    breite: float = 0.0
    hoehe: float = 0.0
    zeichen: int = 0
    wert: str = ""
    fest: bool = False

    @property
    def sichtbar(self) -> bool:
        """Tell whether the field has a place on the page."""
        return self.breite > 0 and self.hoehe > 0


@dataclasses.dataclass(frozen=True, slots=True)
class Formular:
    """An empty form, set once and filled many times: its bytes, and what filling needs to know of them.

    `felder`, `blatt` and `schrift` are object numbers (the page, the font of the fields), `naechste` is the first
    free one; `hoehe` is that of the page in points; `trailer` is what every later trailer repeats.
    """

    pdf: bytes
    felder: Mapping[str, tuple[int, Feld]]
    blatt: int
    schrift: int
    hoehe: float
    naechste: int
    trailer: bytes

    def fill(self, werte: Mapping[str, str]) -> bytes:
        """Return the form with values in some fields, as an update appended to the same bytes (ISO 32000-1, 7.5.6).

        Text that WinAnsi lacks cannot be shown in a field: such a value is left out (see `can_show`).
        """
        neue: list[tuple[int, PdfObject]] = []

        def add(objekt: PdfObject) -> IndirectObject:
            neue.append((self.naechste + len(neue), objekt))
            return _reference(neue[-1][0])

        ziel = _Ziel(add, self.hoehe, _reference(self.blatt), _reference(self.schrift))
        geaendert = []
        for name, wert in werte.items():
            nummer, feld = self.felder[name]
            geaendert.append((nummer, _widget(ziel, dataclasses.replace(feld, wert=wert))))
        trailer = f"/Size {self.naechste + len(neue)}".encode() + self.trailer
        return self.pdf + _update(len(self.pdf), [*geaendert, *neue], trailer)


def set_formular(seite: bytes, felder: Sequence[Feld], titel: str) -> Formular:
    """Put the fields on the first page of a PDF; `titel` is the title of the document."""
    schreiber = PdfWriter(clone_from=io.BytesIO(seite))
    schreiber.pdf_header = "%PDF-1.7"
    schreiber.add_metadata({"/Title": titel})
    drop_claim(schreiber)
    schrift = add_font(schreiber)
    blatt = schreiber.pages[0]
    ziel = _Ziel(schreiber._add_object, float(blatt.mediabox.height), blatt.indirect_reference, schrift)
    widgets = [schreiber._add_object(_widget(ziel, feld)) for feld in felder]
    blatt[NameObject("/Annots")] = ArrayObject([*blatt.get("/Annots", ArrayObject()), *widgets])
    blatt[NameObject("/Tabs")] = NameObject("/R")
    schreiber.root_object[NameObject("/AcroForm")] = make_dictionary(
        Fields=ArrayObject(widgets),
        DR=make_dictionary(Font=make_dictionary(Arimo=schrift)),
        DA=TextStringObject(_appearance()),
        NeedAppearances=BooleanObject(False),
    )
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return _number(ausgabe.getvalue(), felder)


def _number(pdf: bytes, felder: Sequence[Feld]) -> Formular:
    """Read a form that was just written and note where its objects are."""
    leser = PdfReader(io.BytesIO(pdf), strict=True)
    blatt: Any = leser.pages[0]
    nummern = {verweis.get_object()["/T"]: verweis.idnum for verweis in blatt["/Annots"]}
    formular: Any = leser.root_object["/AcroForm"]
    trailer = io.BytesIO()
    for name in ("/Root", "/Info", "/ID"):
        if name in leser.trailer:
            trailer.write(f" {name} ".encode())
            leser.trailer.raw_get(name).write_to_stream(trailer)
    vorher = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    return Formular(
        pdf=pdf,
        felder={feld.name: (nummern[feld.name], feld) for feld in felder},
        blatt=blatt.indirect_reference.idnum,
        schrift=formular["/DR"]["/Font"].raw_get("/Arimo").idnum,
        hoehe=float(blatt.mediabox.height),
        naechste=int(str(leser.trailer["/Size"])),
        trailer=trailer.getvalue() + f" /Prev {vorher}".encode(),
    )


def _update(ab: int, objekte: Sequence[tuple[int, PdfObject]], trailer: bytes) -> bytes:
    """Return objects, cross-reference table and trailer that follow a file of `ab` bytes."""
    ausgabe = io.BytesIO()
    tabelle = ["0 1\n0000000000 65535 f \n"]
    for nummer, objekt in sorted(objekte, key=lambda eintrag: eintrag[0]):
        tabelle.append(f"{nummer} 1\n{ab + ausgabe.tell():010d} 00000 n \n")
        ausgabe.write(f"{nummer} 0 obj\n".encode())
        objekt.write_to_stream(ausgabe)
        ausgabe.write(b"\nendobj\n")
    stelle = ab + ausgabe.tell()
    ausgabe.write(f"xref\n{''.join(tabelle)}trailer\n<< ".encode())
    ausgabe.write(trailer + f" >>\nstartxref\n{stelle}\n%%EOF\n".encode())
    return ausgabe.getvalue()


def read_werte(pdf: bytes) -> dict[str, str]:
    """Return names and values of the fields of a form of ours, read by PDFium; a tick is `Ja` or empty.

    Runs in a worker; PDFium is not made for several threads.
    """
    dokument = pdfium.PdfDocument(pdf)
    try:
        dokument.init_forms()
        seite = dokument[0]
        werte = dict(_read_value(dokument, seite, nr) for nr in range(raw.FPDFPage_GetAnnotCount(seite)))
        seite.close()
    finally:
        dokument.close()
    return {name: "" if wert == "Off" else wert for name, wert in werte.items() if name}


def _read_value(dokument: pdfium.PdfDocument, seite: pdfium.PdfPage, nummer: int) -> tuple[str, str]:
    annotation = raw.FPDFPage_GetAnnot(seite, nummer)
    try:
        name, wert = (
            _read_text(ruf, dokument, annotation)
            for ruf in (raw.FPDFAnnot_GetFormFieldName, raw.FPDFAnnot_GetFormFieldValue)
        )
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
    return name, wert


def _read_text(ruf: Callable[..., int], dokument: pdfium.PdfDocument, annotation: Any) -> str:
    """Ask PDFium for a text: first its length in bytes, then UTF-16 with a zero at the end."""
    laenge = ruf(dokument.formenv, annotation, None, 0)
    puffer = (ctypes.c_ushort * max(laenge // 2, 1))()
    ruf(dokument.formenv, annotation, puffer, laenge)
    return bytes(puffer).decode("utf-16-le", "replace").rstrip("\0")


# --- one field ----------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class _Ziel:
    """Where a field goes: how to add an object to the file, height of the page in points, page, font."""

    add: Callable[[PdfObject], IndirectObject]
    hoehe: float
    blatt: IndirectObject | None
    schrift: IndirectObject


def _widget(ziel: _Ziel, feld: Feld) -> DictionaryObject:
    links, oben = feld.links * _PUNKT_JE_MM, ziel.hoehe - feld.oben * _PUNKT_JE_MM
    breite, hoehe = feld.breite * _PUNKT_JE_MM, feld.hoehe * _PUNKT_JE_MM
    haken = feld.art is Feldart.HAKEN
    widget = make_dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Widget"),
        FT=NameObject("/Btn" if haken else "/Tx"),
        T=TextStringObject(feld.name),
        TU=TextStringObject(feld.hinweis),
        F=NumberObject(_DRUCKEN if feld.sichtbar else _VERBORGEN),
        Ff=NumberObject(_flags(feld)),
        P=ziel.blatt,
        Rect=_numbers(links, oben - hoehe, links + breite, oben) if feld.sichtbar else _numbers(0, 0, 0, 0),
    )
    widget.update(_tick(ziel, breite, hoehe) if haken else _line(ziel, feld, breite, hoehe))
    if feld.sichtbar and not feld.fest:
        widget[NameObject("/MK")] = make_dictionary(BC=_numbers(*_STRICH), BG=_numbers(*_GRUND))
        widget[NameObject("/BS")] = make_dictionary(W=NumberObject(1), S=NameObject("/S"))
    return widget


def _flags(feld: Feld) -> int:
    mehrzeilig = _MEHRZEILIG if feld.art is Feldart.TEXT else 0
    return mehrzeilig | (_NUR_LESEN if feld.fest else 0)


def _line(ziel: _Ziel, feld: Feld, breite: float, hoehe: float) -> dict[PdfObject, PdfObject]:
    wert = feld.wert if can_show(feld.wert) else ""
    abstand = 0.0 if feld.fest else _RAND
    # What is typed later keeps the usual size; a value of ours is set smaller where it would not fit.
    passt = (breite - 2 * abstand) / text_width(wert) if feld.fest and feld.sichtbar and wert else _PUNKT
    schriftbild = _appearance(min(_PUNKT, passt))
    zeichnung = "" if feld.fest else _frame(breite, hoehe)
    if wert and feld.sichtbar:
        unten = (hoehe - read_metrics()["versalhoehe"] * _PUNKT / 1000) / 2
        zeichnung += (
            f"/Tx BMC q 0 0 {breite:.2f} {hoehe:.2f} re W n BT {schriftbild} "
            f"{abstand:.2f} {unten:.2f} Td <{wert.encode('cp1252').hex()}> Tj ET Q EMC\n"
        )
    angaben: dict[PdfObject, PdfObject] = {
        NameObject("/DA"): TextStringObject(schriftbild),
        NameObject("/V"): TextStringObject(wert),
        NameObject("/DV"): TextStringObject(wert),
    }
    if feld.sichtbar:
        bild = _picture(zeichnung, breite, hoehe, {"Arimo": ziel.schrift})
        angaben[NameObject("/AP")] = make_dictionary(N=ziel.add(bild))
    if feld.zeichen:
        angaben[NameObject("/MaxLen")] = NumberObject(feld.zeichen)
    return angaben


def _tick(ziel: _Ziel, breite: float, hoehe: float) -> dict[PdfObject, PdfObject]:
    rahmen = _frame(breite, hoehe)
    x, y = breite * 0.2, hoehe * 0.2
    kreuz = (
        f"q 1.4 w 1 J 0 G {x:.2f} {y:.2f} m {breite - x:.2f} {hoehe - y:.2f} l S "
        f"{x:.2f} {hoehe - y:.2f} m {breite - x:.2f} {y:.2f} l S Q\n"
    )
    bilder = {
        "Off": ziel.add(_picture(rahmen, breite, hoehe)),
        AN: ziel.add(_picture(rahmen + kreuz, breite, hoehe)),
    }
    aus = NameObject("/Off")
    return {
        NameObject("/V"): aus,
        NameObject("/DV"): aus,
        NameObject("/AS"): aus,
        NameObject("/AP"): make_dictionary(N=make_dictionary(**bilder)),
    }


def _frame(breite: float, hoehe: float) -> str:
    grund, strich = (" ".join(f"{teil:g}" for teil in farbe) for farbe in (_GRUND, _STRICH))
    return (
        f"q {grund} rg 0 0 {breite:.2f} {hoehe:.2f} re f {strich} RG 1 w "
        f"0.5 0.5 {breite - 1:.2f} {hoehe - 1:.2f} re S Q\n"
    )


def _appearance(punkt: float = _PUNKT) -> str:
    return f"/Arimo {punkt:.3g} Tf 0 g"


def _picture(
    zeichnung: str, breite: float, hoehe: float, schriften: Mapping[str, PdfObject] | None = None
) -> DecodedStreamObject:
    bild = DecodedStreamObject()
    bild.set_data(zeichnung.encode("ascii"))
    bild.update(
        make_dictionary(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=_numbers(0, 0, breite, hoehe),
            Resources=make_dictionary(Font=make_dictionary(**schriften)) if schriften else DictionaryObject(),
        )
    )
    return bild


# --- plain objects --------------------------------------------------------------------------------------


def _reference(nummer: int) -> IndirectObject:
    return IndirectObject(nummer, 0, None)  # written only, never followed


def _numbers(*werte: float) -> ArrayObject:
    return ArrayObject([FloatObject(re.sub(r"\.?0+$", "", f"{wert:.3f}") or "0") for wert in werte])
