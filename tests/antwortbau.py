"""Returned forms for tests: our fields on a plain page, filled the way viewers do."""

import datetime as dt
import functools
import io
from collections.abc import Callable

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from mahnakte.briefe.antwort.felder import FELDER, make_werte
from mahnakte.satz.formular import set_formular

TAG = dt.date(2026, 4, 20)


def change(pdf: bytes, aendern: Callable[[PdfWriter], None]) -> bytes:
    """Return the PDF after a change of its objects."""
    schreiber = PdfWriter(clone_from=io.BytesIO(pdf))
    aendern(schreiber)
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


@functools.cache
def blank_page() -> bytes:
    """Return an empty A4 page."""
    schreiber = PdfWriter()
    schreiber.add_blank_page(595, 842)
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


@functools.cache
def empty_form(aktenzeichen: str = "2026-0042", kennungen: str = "max") -> bytes:
    """Return an unfilled form."""
    werte = make_werte(aktenzeichen, "2026-04-20_mahnung-1", TAG, "Max Schuldner", kennungen)
    return set_formular(blank_page(), FELDER, "Antwortbogen").fill(werte)


def write_words(worte: str, pdf: bytes | None = None) -> bytes:
    """Return the PDF with words on its first page."""

    def draw(schreiber: PdfWriter) -> None:
        seite = schreiber.pages[0]
        schrift = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                                    NameObject("/BaseFont"): NameObject("/Helvetica")})  # fmt: skip
        inhalt = DecodedStreamObject()
        inhalt.set_data(f"BT /F1 10 Tf 50 700 Td ({worte}) Tj ET".encode("cp1252"))
        seite[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): schrift})}
        )
        seite[NameObject("/Contents")] = schreiber._add_object(inhalt)

    return change(pdf or blank_page(), draw)


def fill(werte: dict[str, str], pdf: bytes | None = None) -> bytes:
    """Return the form with texts typed in; `x` ticks a box."""

    def type_in(schreiber: PdfWriter) -> None:
        for verweis in schreiber.root_object["/AcroForm"]["/Fields"]:
            feld = verweis.get_object()
            wert = werte.get(feld["/T"])
            if wert is None:
                continue
            if feld["/FT"] == "/Btn":
                feld[NameObject("/V")] = feld[NameObject("/AS")] = NameObject(
                    "/Ja" if wert == "x" else "/Off"
                )
            else:
                feld[NameObject("/V")] = TextStringObject(wert)

    return change(pdf or empty_form(), type_in)
