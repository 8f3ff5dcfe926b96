"""Fields to fill in, put on a finished page: AcroForm with our own appearances, so that it also prints well.

Works in Acrobat, Firefox and Edge: no scripts, no XFA, fonts embedded, a name and a tooltip on every field, tab
order by rows. Same page, same fields: same bytes. Places are millimetres from the upper left corner of the page.
"""

import dataclasses
import enum
import functools
import io
import json
import pathlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
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

from mahnakte.satz.pdfa import drop_claim

AN = "Ja"  # the name of a ticked box's state

_ORDNER = pathlib.Path(__file__).resolve().parent / "schriften"
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


def set_felder(seite: bytes, felder: Sequence[Feld], titel: str) -> bytes:
    """Put the fields on the first page of a PDF and return the form; `titel` is the document's title.

    Text that WinAnsi lacks cannot be shown in a field: such a `wert` is left out (see `can_show`).
    """
    schreiber = PdfWriter(clone_from=io.BytesIO(seite))
    schreiber.pdf_header = "%PDF-1.7"
    schreiber.add_metadata({"/Title": titel})
    drop_claim(schreiber)
    schrift = _add_font(schreiber)
    blatt = schreiber.pages[0]
    widgets = [schreiber._add_object(_widget(schreiber, blatt, feld, schrift)) for feld in felder]
    blatt[NameObject("/Annots")] = ArrayObject([*blatt.get("/Annots", ArrayObject()), *widgets])
    blatt[NameObject("/Tabs")] = NameObject("/R")
    schreiber.root_object[NameObject("/AcroForm")] = _dictionary(
        Fields=ArrayObject(widgets),
        DR=_dictionary(Font=_dictionary(Arimo=schrift)),
        DA=TextStringObject(_appearance()),
        NeedAppearances=BooleanObject(False),
    )
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


def read_back(pdf: bytes) -> dict[str, str]:
    """Return names and values of the fields of a form that we have set; a tick is `Ja` or empty."""
    felder = PdfReader(io.BytesIO(pdf), strict=True).get_fields() or {}
    return {name: str(feld.value or "").removeprefix("/").replace("Off", "") for name, feld in felder.items()}


def can_show(text: str) -> bool:
    """Tell whether the letters of a text exist in the font of the fields."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


# --- one field ----------------------------------------------------------------------------------------


def _widget(schreiber: PdfWriter, blatt: PageObject, feld: Feld, schrift: IndirectObject) -> DictionaryObject:
    hoehe_seite = float(blatt.mediabox.height)
    links, oben = feld.links * _PUNKT_JE_MM, hoehe_seite - feld.oben * _PUNKT_JE_MM
    breite, hoehe = feld.breite * _PUNKT_JE_MM, feld.hoehe * _PUNKT_JE_MM
    haken = feld.art is Feldart.HAKEN
    widget = _dictionary(
        Type=NameObject("/Annot"),
        Subtype=NameObject("/Widget"),
        FT=NameObject("/Btn" if haken else "/Tx"),
        T=TextStringObject(feld.name),
        TU=TextStringObject(feld.hinweis),
        F=NumberObject(_DRUCKEN if feld.sichtbar else _VERBORGEN),
        Ff=NumberObject(_flags(feld)),
        P=blatt.indirect_reference,
        Rect=_numbers(links, oben - hoehe, links + breite, oben) if feld.sichtbar else _numbers(0, 0, 0, 0),
    )
    widget.update(
        _tick(schreiber, breite, hoehe) if haken else _line(schreiber, feld, breite, hoehe, schrift)
    )
    if feld.sichtbar and not feld.fest:
        widget[NameObject("/MK")] = _dictionary(BC=_numbers(*_STRICH), BG=_numbers(*_GRUND))
        widget[NameObject("/BS")] = _dictionary(W=NumberObject(1), S=NameObject("/S"))
    return widget


def _flags(feld: Feld) -> int:
    mehrzeilig = _MEHRZEILIG if feld.art is Feldart.TEXT else 0
    return mehrzeilig | (_NUR_LESEN if feld.fest else 0)


def _line(
    schreiber: PdfWriter, feld: Feld, breite: float, hoehe: float, schrift: IndirectObject
) -> dict[PdfObject, PdfObject]:
    wert = feld.wert if can_show(feld.wert) else ""
    abstand = 0.0 if feld.fest else _RAND
    # What is typed later keeps the usual size; a value of ours is set smaller where it would not fit.
    schriftbild = _appearance(
        min(_PUNKT, (breite - 2 * abstand) / _width(wert)) if feld.fest and wert else _PUNKT
    )
    zeichnung = "" if feld.fest else _frame(breite, hoehe)
    if wert and feld.sichtbar:
        unten = (hoehe - _metrics()["versalhoehe"] * _PUNKT / 1000) / 2
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
        bild = _picture(schreiber, zeichnung, breite, hoehe, {"Arimo": schrift})
        angaben[NameObject("/AP")] = _dictionary(N=bild)
    if feld.zeichen:
        angaben[NameObject("/MaxLen")] = NumberObject(feld.zeichen)
    return angaben


def _tick(schreiber: PdfWriter, breite: float, hoehe: float) -> dict[PdfObject, PdfObject]:
    rahmen = _frame(breite, hoehe)
    x, y = breite * 0.2, hoehe * 0.2
    kreuz = (
        f"q 1.4 w 1 J 0 G {x:.2f} {y:.2f} m {breite - x:.2f} {hoehe - y:.2f} l S "
        f"{x:.2f} {hoehe - y:.2f} m {breite - x:.2f} {y:.2f} l S Q\n"
    )
    bilder = {
        "Off": _picture(schreiber, rahmen, breite, hoehe),
        AN: _picture(schreiber, rahmen + kreuz, breite, hoehe),
    }
    aus = NameObject("/Off")
    return {
        NameObject("/V"): aus,
        NameObject("/DV"): aus,
        NameObject("/AS"): aus,
        NameObject("/AP"): _dictionary(N=_dictionary(**bilder)),
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
    schreiber: PdfWriter,
    zeichnung: str,
    breite: float,
    hoehe: float,
    schriften: Mapping[str, PdfObject] | None = None,
) -> IndirectObject:
    bild = DecodedStreamObject()
    bild.set_data(zeichnung.encode("ascii"))
    bild.update(
        _dictionary(
            Type=NameObject("/XObject"),
            Subtype=NameObject("/Form"),
            BBox=_numbers(0, 0, breite, hoehe),
            Resources=_dictionary(Font=_dictionary(**schriften)) if schriften else DictionaryObject(),
        )
    )
    return schreiber._add_object(bild)


# --- the font of the fields -----------------------------------------------------------------------------


@functools.cache
def _metrics() -> dict[str, Any]:
    masse: dict[str, Any] = json.loads((_ORDNER / "Arimo-Formular.json").read_text(encoding="utf-8"))
    return masse


def _width(text: str) -> float:
    """Return the width of a text in points at a size of one point."""
    breiten: list[int] = _metrics()["breiten"]
    return sum(breiten[zeichen - 32] for zeichen in text.encode("cp1252") if zeichen >= 32) / 1000


def _add_font(schreiber: PdfWriter) -> IndirectObject:
    """Add the WinAnsi cut of Arimo as a simple font: the one kind that every viewer can type with."""
    masse = _metrics()
    programm = DecodedStreamObject()
    inhalt = (_ORDNER / "Arimo-Formular.ttf").read_bytes()
    programm.set_data(inhalt)
    programm[NameObject("/Length1")] = NumberObject(len(inhalt))
    beschreibung = _dictionary(
        Type=NameObject("/FontDescriptor"),
        FontName=NameObject("/Arimo"),
        Flags=NumberObject(1 << 5),  # nonsymbolic
        FontBBox=ArrayObject([NumberObject(wert) for wert in masse["kasten"]]),
        ItalicAngle=NumberObject(0),
        Ascent=NumberObject(masse["oberlaenge"]),
        Descent=NumberObject(masse["unterlaenge"]),
        CapHeight=NumberObject(masse["versalhoehe"]),
        StemV=NumberObject(80),
        FontFile2=schreiber._add_object(programm.flate_encode()),
    )
    return schreiber._add_object(
        _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/TrueType"),
            BaseFont=NameObject("/Arimo"),
            FirstChar=NumberObject(32),
            LastChar=NumberObject(255),
            Widths=ArrayObject([NumberObject(wert) for wert in masse["breiten"]]),
            FontDescriptor=schreiber._add_object(beschreibung),
            Encoding=NameObject("/WinAnsiEncoding"),
        )
    )


# --- plain objects --------------------------------------------------------------------------------------


def _dictionary(**eintraege: PdfObject | None) -> DictionaryObject:
    return DictionaryObject(
        {NameObject(f"/{name}"): wert for name, wert in eintraege.items() if wert is not None}
    )


def _numbers(*werte: float) -> ArrayObject:
    return ArrayObject([FloatObject(re.sub(r"\.?0+$", "", f"{wert:.3f}") or "0") for wert in werte])
