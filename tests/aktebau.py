"""Invented PDFs for the tests of the Akte, and their text as a second reader sees it."""

import io

import pypdfium2
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject


def make_pdf(texte, *, flate=False, groesse=(595, 842), drehung=0, schliessen=True, links=72, unter=100):
    """Return a PDF with one line of text on each page."""
    schreiber = PdfWriter()
    schrift = schreiber._add_object(
        DictionaryObject({
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        })
    )  # fmt: skip
    for text in texte:
        seite = schreiber.add_blank_page(*groesse)
        strom = DecodedStreamObject()
        ende = "" if schliessen else " q 0.1 0 0 0.1 900 900 cm q"
        strom.set_data(
            f"BT /F1 14 Tf {links} {groesse[1] - unter} Td ({text}) Tj ET{ende}".encode("latin-1", "replace")
        )
        seite[NameObject("/Contents")] = schreiber._add_object(strom.flate_encode() if flate else strom)
        seite[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): schrift})}
        )
        seite[NameObject("/Rotate")] = NumberObject(drehung)
    return save(schreiber)


def save(schreiber):
    ziel = io.BytesIO()
    schreiber.write(ziel)
    return ziel.getvalue()


def texts(pdf):
    dokument = pypdfium2.PdfDocument(pdf)
    try:
        return [dokument[nummer].get_textpage().get_text_range() for nummer in range(len(dokument))]
    finally:
        dokument.close()


def edit(pdf, aendern):
    """Return the PDF after a function has worked on its writer."""
    schreiber = PdfWriter(clone_from=io.BytesIO(pdf))
    aendern(schreiber)
    return save(schreiber)
