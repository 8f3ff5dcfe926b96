"""DOCX -> PDF with the built-in engine: no office program, no font on the machine, same bytes every time.

`convert` runs in a worker process (see druck.py): the engine is native code and cannot be stopped from
inside. Promised is the same PDF for the same DOCX on one platform and engine version.
"""

import os
import sys

from lxml import etree

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.satz.bilder import hide_bilder
from mahnakte.satz.paket import parse_xml, read_own
from mahnakte.satz.pdfa import Beschreibung, BildVerloren, finish_pdf
from mahnakte.satz.schrift import embed_fonts

ENGINE = "dxpdf 0.8.1"

_DC = "{http://purl.org/dc/elements/1.1/}"
_DEUTSCH = "de-DE"


def convert(docx: bytes, name: str, fontconfig_file: str) -> bytes:
    """Set a DOCX as PDF with its title, author and language; raise Ablehnung when it cannot.

    `name` is what the finding calls the document. `fontconfig_file` is used on Linux, from the first call
    of a process on; elsewhere the fonts are embedded into a copy.
    """
    os.environ["FONTCONFIG_FILE"] = fontconfig_file  # read by the engine when it is first used
    beschreibung = read_beschreibung(docx, name, ENGINE)
    ohne_bilder, platzhalter = hide_bilder(docx, name)
    try:
        return finish_pdf(_run_engine(ohne_bilder, name), beschreibung, docx, platzhalter)
    except BildVerloren:  # the engine did something to the placeholder; then it gets the picture itself
        return finish_pdf(_run_engine(docx, name), beschreibung, docx)


def read_beschreibung(docx: bytes, name: str, maschine: str) -> Beschreibung:
    """Return title, author and language as the properties of a DOCX have them; German where it says nothing."""
    kern = read_own(docx, "docProps/core.xml")
    if kern is None:
        return Beschreibung("", "", _DEUTSCH, maschine)
    wurzel = parse_xml(kern, "docProps/core.xml", name)
    titel, verfasser, sprache = (
        _text(wurzel.find(_DC + angabe)) for angabe in ("title", "creator", "language")
    )
    return Beschreibung(titel, verfasser, sprache or _DEUTSCH, maschine)


def _run_engine(docx: bytes, name: str) -> bytes:
    if sys.platform != "linux":
        docx = embed_fonts(docx)
    import dxpdf  # only in the worker: 12 MB of native code that commands without a PDF never need

    try:
        pdf: bytes = dxpdf.convert(docx)
    except RuntimeError as fehler:
        raise Ablehnung(
            sperre("PDF_NICHT_GESETZT", f"Aus dem Word-Dokument entstand kein PDF: {fehler}.",
                   "Die Vorlage mit „mahnakte pruefen“ ansehen; die mitgelieferte Vorlage geht immer.",
                   Stelle(name))
        ) from fehler  # fmt: skip
    return pdf


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""
