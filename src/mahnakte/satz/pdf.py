"""DOCX -> PDF with the built-in engine: no office program, no font on the machine, same bytes every time.

`convert` runs in a worker process (see druck.py): the engine is native code and cannot be stopped from
inside. Promised is the same PDF for the same DOCX on one platform and engine version. No PDF/A.
"""

import io
import os
import sys

from lxml import etree
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.satz.paket import parse_xml, read_own
from mahnakte.satz.schrift import embed_fonts

ENGINE = "dxpdf 0.8.1"

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"


def convert(docx: bytes, name: str, fontconfig_file: str) -> bytes:
    """Set a DOCX as PDF, with its title, author and German as language; raise Ablehnung when it cannot.

    `name` is what the finding calls the document. `fontconfig_file` is used on Linux, from the first call
    of a process on; elsewhere the fonts are embedded into a copy.
    """
    os.environ["FONTCONFIG_FILE"] = fontconfig_file  # read by the engine when it is first used
    titel, verfasser = _read_properties(docx, name)
    roh = _run_engine(docx if sys.platform == "linux" else embed_fonts(docx), name)
    return _describe(roh, titel, verfasser)


def _run_engine(docx: bytes, name: str) -> bytes:
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


def _read_properties(docx: bytes, name: str) -> tuple[str, str]:
    kern = read_own(docx, "docProps/core.xml")
    if kern is None:
        return "", ""
    wurzel = parse_xml(kern, "docProps/core.xml", name)
    return _text(wurzel.find(_TITLE)), _text(wurzel.find(_AUTHOR))


def _text(element: etree._Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _describe(roh: bytes, titel: str, verfasser: str) -> bytes:
    """Add what the engine leaves out; no date and no random identifier, so that bytes can be compared."""
    schreiber = PdfWriter(clone_from=io.BytesIO(roh))
    schreiber.pdf_header = "%PDF-1.7"
    schreiber.metadata = None
    angaben = {"/Title": titel, "/Author": verfasser, "/Producer": f"mahnakte, {ENGINE}"}
    schreiber.add_metadata({schluessel: wert for schluessel, wert in angaben.items() if wert})
    schreiber.root_object[NameObject("/Lang")] = TextStringObject("de-DE")
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()
