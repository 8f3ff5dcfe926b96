"""What tests of the setting room share: example values of each template, a payment code, a small DOCX."""

import datetime as dt
import functools
import importlib.util
import io
import pathlib
from decimal import Decimal

import docx

from mahnakte.satz.variablen import build_example
from mahnakte.satz.zahlcode import Ueberweisung, draw_zahlcode

TAG = dt.date(2026, 4, 20)
UEBERWEISUNG = Ueberweisung(
    "Möbelhaus Übersee GmbH", "DE02120300000000202051", Decimal("940.00"), "2026-0042"
)
CODE = draw_zahlcode(UEBERWEISUNG)
WURZEL = pathlib.Path(__file__).resolve().parent.parent


@functools.cache
def load_maker():
    """Return the module that knows which template may name what."""
    beschreibung = importlib.util.spec_from_file_location(
        "vorlagen_doku", WURZEL / "werkzeuge/vorlagen_doku.py"
    )
    modul = importlib.util.module_from_spec(beschreibung)
    beschreibung.loader.exec_module(modul)
    return modul


def example_of(vorlage: str):
    """Return the documented examples of a template by its name without ending, without a logo."""
    (datei,) = WURZEL.glob(f"templates/*/{vorlage}.docx")
    beispiel = build_example(load_maker().variables_of(datei))
    if "logo" in beispiel.get("absender", {}):
        beispiel["absender"]["logo"] = False
    return beispiel


def small_docx(text: str = "Guten Tag") -> bytes:
    """Return a Word document of one paragraph."""
    dokument = docx.Document()
    dokument.add_paragraph(text)
    ausgabe = io.BytesIO()
    dokument.save(ausgabe)
    return ausgabe.getvalue()
