"""The font of form fields: the WinAnsi cut of Arimo, whole, because nobody knows what will be typed."""

import functools
import json
import pathlib
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

_ORDNER = pathlib.Path(__file__).resolve().parent / "schriften"


@functools.cache
def read_metrics() -> dict[str, Any]:
    """Return the measures of the font in thousandths of its size: widths from code 32 on, height of capitals …"""
    masse: dict[str, Any] = json.loads((_ORDNER / "Arimo-Formular.json").read_text(encoding="utf-8"))
    return masse


def text_width(text: str) -> float:
    """Return the width of a text in points at a size of one point."""
    breiten: list[int] = read_metrics()["breiten"]
    return sum(breiten[zeichen - 32] for zeichen in text.encode("cp1252") if zeichen >= 32) / 1000


def add_font(schreiber: PdfWriter) -> IndirectObject:
    """Add the WinAnsi cut of Arimo as a simple font: the one kind that every viewer can type with."""
    masse = read_metrics()
    programm = DecodedStreamObject()
    inhalt = (_ORDNER / "Arimo-Formular.ttf").read_bytes()
    programm.set_data(inhalt)
    programm[NameObject("/Length1")] = NumberObject(len(inhalt))
    beschreibung = make_dictionary(
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
        make_dictionary(
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


def can_show(text: str) -> bool:
    """Tell whether the letters of a text exist in the font of the fields."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


def make_dictionary(**eintraege: PdfObject | None) -> DictionaryObject:
    """Return a PDF dictionary of these entries, without those that are None."""
    return DictionaryObject(
        {NameObject(f"/{name}"): wert for name, wert in eintraege.items() if wert is not None}
    )
