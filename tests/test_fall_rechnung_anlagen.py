"""Files that a PDF carries: found wherever they hang, recognised by what they are, bounded, never silently cut."""

import pathlib
from collections.abc import Callable
from decimal import Decimal

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from mahnakte.fall.rechnung import anlagen, read_rechnung
from test_fall_rechnung_lesen import UBL
from test_fall_rechnung_pdf import CII, add_text, codes, encrypt, make_pdf, write

Umbau = Callable[[pypdf.PdfWriter, IndirectObject], None]


def embed(writer: pypdf.PdfWriter, inhalt: bytes, flach: bool = False) -> IndirectObject:
    strom = DecodedStreamObject()
    strom.set_data(inhalt)
    strom[NameObject("/Type")] = NameObject("/EmbeddedFile")
    return writer._add_object(strom if flach else strom.flate_encode())


def spec(
    strom: PdfObject, name: str = "factur-x.xml", unter: str = "/F", namen: tuple[str, ...] = ("/F", "/UF")
) -> DictionaryObject:
    angabe = DictionaryObject({
        NameObject("/Type"): NameObject("/Filespec"),
        NameObject("/EF"): DictionaryObject({NameObject(unter): strom}),
    })  # fmt: skip
    angabe.update({NameObject(schluessel): TextStringObject(name) for schluessel in namen})
    return angabe


def put_in_name_tree(writer: pypdf.PdfWriter, blatt: DictionaryObject, stufen: int) -> None:
    knoten: PdfObject = writer._add_object(blatt)
    for _ in range(stufen):
        knoten = writer._add_object(DictionaryObject({NameObject("/Kids"): ArrayObject([knoten])}))
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): knoten})


def leaf(*angaben: PdfObject) -> DictionaryObject:
    inhalt = [teil for nr, angabe in enumerate(angaben) for teil in (TextStringObject(f"n{nr:04d}"), angabe)]
    return DictionaryObject({NameObject("/Names"): ArrayObject(inhalt)})


def tree(stufen: int) -> Umbau:
    return lambda writer, strom: put_in_name_tree(writer, leaf(spec(strom)), stufen)


def unter(schluessel: str) -> Umbau:
    def build(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
        put_in_name_tree(writer, leaf(spec(strom, unter=schluessel, namen=(schluessel,))), 0)

    return build


def benannt(name: str) -> Umbau:
    return lambda writer, strom: put_in_name_tree(writer, leaf(spec(strom, name=name)), 0)


def ohne_namen(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
    put_in_name_tree(writer, leaf(spec(strom, namen=())), 0)


def im_katalog(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
    writer._root_object[NameObject("/AF")] = ArrayObject([writer._add_object(spec(strom))])


def an_der_seite(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
    writer.pages[0][NameObject("/AF")] = ArrayObject([writer._add_object(spec(strom))])


def als_buerklammer(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
    anmerkung = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/FileAttachment"),
        NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
        NameObject("/FS"): spec(strom),
    })  # fmt: skip
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(anmerkung)])


def am_bild(writer: pypdf.PdfWriter, strom: IndirectObject) -> None:
    """/AF of a form XObject, as PDF 2.0 allows for any object."""
    formular = DecodedStreamObject()
    formular.set_data(b"")
    formular.update({
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject([NumberObject(n) for n in (0, 0, 9, 9)]),
        NameObject("/AF"): spec(strom),
    })  # fmt: skip
    ressourcen = writer.pages[0]["/Resources"]
    ressourcen[NameObject("/XObject")] = DictionaryObject(  # type: ignore[index]
        {NameObject("/Fm1"): writer._add_object(formular)}
    )


ORTE = {
    "name tree, no level": tree(0),
    "name tree, one level": tree(1),
    "name tree, two levels": tree(2),
    "name tree, seven levels": tree(7),
    "/AF of the catalogue": im_katalog,
    "/AF of a page": an_der_seite,
    "file attachment annotation": als_buerklammer,
    "/AF of a form": am_bild,
    "no name at all": ohne_namen,
    **{f"under {schluessel}": unter(schluessel) for schluessel in ("/UF", "/F", "/Unix", "/DOS", "/Mac")},
    **{
        f"named {name}": benannt(name)
        for name in (
            "cii.xml",
            "ubl_invoice.XML",
            "C:\\temp\\factur-x.xml",
            "rechnung",
            "daten.txt",
            "RE 7.pdf",
        )
    },
}


@pytest.mark.parametrize("ort", ORTE)
@pytest.mark.parametrize("syntax", ["CII", "UBL"])
def test_the_invoice_is_found_wherever_it_hangs(ort: str, syntax: str) -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    ORTE[ort](writer, embed(writer, CII if syntax == "CII" else UBL.encode()))
    ergebnis = read_rechnung(write(writer), "r.pdf")
    assert ergebnis.rechnung is not None, ergebnis.befunde
    assert ergebnis.rechnung.zahlbetrag == Decimal("119.00")
    assert ergebnis.befunde == ()


@pytest.mark.parametrize("ort", ORTE)
def test_also_in_an_encrypted_pdf(ort: str) -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    ORTE[ort](writer, embed(writer, CII))
    assert codes(encrypt(write(writer), "")) == ["RECHNUNG_PDF_VERSCHLUESSELT"]


def test_uncompressed_and_spoiled_in_front_is_recognised_too() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    tree(1)(writer, embed(writer, b"\xef\xbb\xbf\r\n" + CII, flach=True))
    assert codes(write(writer)) == []


def test_two_invoices_in_different_places_are_both_seen() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    tree(2)(writer, embed(writer, CII))
    als_buerklammer(writer, embed(writer, CII.replace(b"119.00", b"219.00")))
    assert codes(write(writer)) == ["RECHNUNG_MEHRERE_XML"]


def test_two_spellings_of_one_file_that_differ_are_both_seen() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    angabe = spec(embed(writer, CII))
    fassungen = angabe["/EF"]
    assert isinstance(fassungen, DictionaryObject)
    fassungen[NameObject("/UF")] = embed(writer, CII.replace(b"119.00", b"219.00"))
    put_in_name_tree(writer, leaf(angabe), 0)
    assert codes(write(writer)) == ["RECHNUNG_MEHRERE_XML"]


def test_the_same_file_referred_to_twice_is_one_file() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    strom = embed(writer, CII)
    tree(1)(writer, strom)
    im_katalog(writer, strom)
    assert codes(write(writer)) == []


def test_loops_end_by_themselves() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    knoten = DictionaryObject()
    ort = writer._add_object(knoten)
    knoten[NameObject("/Kids")] = ArrayObject([ort, writer._add_object(leaf(spec(embed(writer, CII)))), ort])
    writer._root_object[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): ort})
    assert codes(write(writer)) == []


def test_the_invoice_behind_many_other_files_is_found() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    andere = [spec(embed(writer, b"Lieferschein %d" % nr), name=f"{nr}.txt") for nr in range(120)]
    put_in_name_tree(writer, leaf(*andere, spec(embed(writer, CII))), 1)
    assert codes(write(writer)) == []


def test_what_is_cut_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    andere = [spec(embed(writer, b"x"), name=f"{nr}.txt") for nr in range(anlagen.MAX_ANLAGEN)]
    put_in_name_tree(writer, leaf(*andere), 0)
    assert codes(write(writer)) == ["RECHNUNG_PDF_OHNE_DATEN"]
    put_in_name_tree(writer, leaf(*andere, spec(embed(writer, CII))), 0)
    inhalt = write(writer)
    gefunden = read_rechnung(inhalt, "r.pdf").befunde
    assert [befund.code for befund in gefunden] == ["RECHNUNG_PDF_ANLAGEN", "RECHNUNG_PDF_OHNE_DATEN"]
    assert "mehr als 200 Anlagen" in gefunden[0].text
    monkeypatch.setattr(anlagen, "MAX_OBJEKTE", 5)
    assert "RECHNUNG_PDF_ANLAGEN" in codes(make_pdf(factur_x__xml=CII))


def test_damaged_data_under_an_unusual_name_do_not_pass_for_none() -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung")
    strom = embed(writer, CII)
    gepackt = strom.get_object()._data  # type: ignore[union-attr]
    strom.get_object()._data = b"\x78\x9c" + bytes(9) + gepackt[11:]  # type: ignore[union-attr]
    benannt("daten.xml")(writer, strom)
    assert codes(write(writer)) == ["RECHNUNG_PDF_ANLAGE"]


@pytest.mark.parametrize(
    ("datei", "zahlbetrag"),
    [
        ("02-pfad-14.pdf", "1190.00"),
        ("03-kids-3.pdf", "1190.00"),
        ("17-ef-unix.pdf", "1190.00"),
        ("26-name-cii.pdf", "1190.00"),
        ("27-odoo-ubl.pdf", "1190.00"),
        ("60-kids-2-stufen.pdf", "1190.00"),
    ],
)
def test_files_of_strangers(shared: pathlib.Path, datei: str, zahlbetrag: str) -> None:
    ergebnis = read_rechnung((shared / "maengel/pdf" / datei).read_bytes(), datei)
    assert ergebnis.rechnung is not None
    assert (ergebnis.rechnung.nummer, ergebnis.rechnung.zahlbetrag) == ("RE-8001", Decimal(zahlbetrag))
    assert ergebnis.befunde == ()
