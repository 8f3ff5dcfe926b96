"""Invented PDFs for the tests of the Akte, and their text as a second reader sees it."""

import io

import pypdfium2
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


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


# --- what a person should know about a PDF -----------------------------------------------------------


def add_script(schreiber):
    schreiber.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )


def add_attachment(schreiber):
    schreiber.add_attachment("daten.xml", b"<a/>")


def add_xfa(schreiber):
    schreiber.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject(), NameObject("/XFA"): TextStringObject("x")}
    )


def add_layers(schreiber):
    schreiber.root_object[NameObject("/OCProperties")] = DictionaryObject()


def add_signature(schreiber):
    feld = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Sig"),
        NameObject("/V"): DictionaryObject({NameObject("/Type"): NameObject("/Sig")}),
        NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
    })  # fmt: skip
    schreiber.pages[0][NameObject("/Annots")] = ArrayObject([schreiber._add_object(feld)])


def protect(schreiber):
    schreiber.encrypt(user_password="", owner_password="geheim")


def annotation(art, **angaben):
    """Return a function that puts an annotation without appearance on the first page."""

    def put(schreiber):
        eintrag = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{art}"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (100, 300, 300, 350))),
            NameObject("/F"): NumberObject(4),
            **{NameObject(f"/{name}"): wert for name, wert in angaben.items()},
        })  # fmt: skip
        schreiber.pages[0][NameObject("/Annots")] = ArrayObject([schreiber._add_object(eintrag)])

    return put


def with_appearance(text):
    def put(schreiber):
        annotation("FreeText", Contents=TextStringObject(text))(schreiber)
        aussehen = DecodedStreamObject()
        aussehen.set_data(f"BT /F1 12 Tf 2 4 Td ({text}) Tj ET".encode())
        aussehen.update({
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 200, 50))),
            NameObject("/Resources"): schreiber.pages[0]["/Resources"],
        })  # fmt: skip
        (eintrag,) = schreiber.pages[0]["/Annots"]
        eintrag.get_object()[NameObject("/AP")] = DictionaryObject(
            {NameObject("/N"): schreiber._add_object(aussehen)}
        )

    return put


def hide_last_page(schreiber):
    """Take the last page out of the tree; its object stays, as after an edit."""
    seiten = schreiber.root_object["/Pages"].get_object()
    kinder = seiten["/Kids"]
    seiten[NameObject("/Kids")] = ArrayObject(kinder[:-1])
    seiten[NameObject("/Count")] = NumberObject(len(kinder) - 1)
