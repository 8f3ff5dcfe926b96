"""The findings about invoice files: each has an input that raises just it."""

import datetime as dt
import functools
import pathlib
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from doppelbau import add_fall, entry, make_bestand
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.fall.rechnung import compare_picture, read_rechnung, search_plain_pdf, without_settled
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerTimeout
from mahnakte.werk.laden import Lage, load_fall
from meldungsbau import Beweise
from test_fall_rechnung_lesen import CII, FAELLIG, GUTSCHRIFT, PROFIL, UBL, ZAHLBETRAG, change, of_kind, pay
from test_fall_rechnung_pdf import CII as PDF_CII
from test_fall_rechnung_pdf import add_scan, add_text, encrypt, make_pdf, write
from test_fall_rechnungsfragen import FACTOR, KARTE, KOPIE, LASTSCHRIFT

beweist = Beweise("fall/rechnung")
LIEFERUNG = "<cac:Delivery><cbc:ActualDeliveryDate>2026-02-30</cbc:ActualDeliveryDate></cac:Delivery>"
NETTO = '<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>'
VERKAEUFER = (
    "<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Möbelhaus Übersee GmbH"
    "</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
    "<cac:AccountingCustomerParty>"
)
TEST = (
    "<rsm:ExchangedDocumentContext><ram:TestIndicator><udt:Indicator>true</udt:Indicator></ram:TestIndicator>"
    "</rsm:ExchangedDocumentContext>"
)


def read(inhalt: str | bytes, name: str = "rechnungen/r.xml") -> Iterable[Befund]:
    return read_rechnung(inhalt.encode() if isinstance(inhalt, str) else inhalt, name).befunde


# --- what an XML invoice says, or why it is none -------------------------------------------------------

XML: dict[str, str | bytes] = {
    "RECHNUNG_ABGETRETEN": of_kind("393"),
    "RECHNUNG_ABSCHLAG": of_kind("875"),
    "RECHNUNG_ANGABE_MEHRFACH": change(NETTO, NETTO + NETTO.replace("100", "90")),
    "RECHNUNG_ART": of_kind("325"),
    "RECHNUNG_ART_FEHLT": of_kind(""),
    "RECHNUNG_ART_FRAGE": of_kind("387"),
    "RECHNUNG_BESTELLUNG": "<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>",
    "RECHNUNG_BETRAG_UNLESBAR": change(">100.00<", ">1.0E2<"),
    "RECHNUNG_DATUM_FEHLT": change("<cbc:IssueDate>2026-03-01</cbc:IssueDate>", ""),
    "RECHNUNG_DATUM_FORMAT": change('format="102">20260301', 'format="610">20260301', CII),
    "RECHNUNG_DATUM_UNLESBAR": change("<cac:PaymentMeans>", LIEFERUNG + "<cac:PaymentMeans>"),
    "RECHNUNG_DOCTYPE": change("<Invoice", "<!DOCTYPE Invoice><Invoice"),
    "RECHNUNG_FAELLIGKEIT_FEHLT": change(FAELLIG, ""),
    "RECHNUNG_FAELLIGKEIT_MEHRFACH": change(FAELLIG, FAELLIG + FAELLIG.replace("03-31", "04-30")),
    "RECHNUNG_GUTSCHRIFT": GUTSCHRIFT,
    "RECHNUNG_KODIERUNG": UBL.replace("Beispiel", "Müller").encode("latin-1"),
    "RECHNUNG_KOPIE": KOPIE,
    "RECHNUNG_KORREKTUR": of_kind("384"),
    "RECHNUNG_LASTSCHRIFT": LASTSCHRIFT,
    "RECHNUNG_LEER": "",
    "RECHNUNG_NUMMER_FEHLT": change("<cbc:ID>RE-1</cbc:ID>", ""),
    "RECHNUNG_PROFIL": change(PROFIL, "urn:factur-x.eu:1p0:basicwl"),
    "RECHNUNG_SUMME_WIDERSPRICHT": change(">19.00<", ">19.01<"),
    "RECHNUNG_TEST": change("<rsm:ExchangedDocumentContext/>", TEST, CII),
    "RECHNUNG_TEXT_ZU_LANG": change("RE-1<", "1" * 301 + "<"),
    "RECHNUNG_UNBEKANNT": "Sehr geehrte Damen und Herren",
    "RECHNUNG_VOM_KAEUFER": of_kind("389"),
    "RECHNUNG_WAEHRUNG": UBL.replace("EUR", "CHF"),
    "RECHNUNG_WAEHRUNG_FEHLT": change("<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>", ""),
    "RECHNUNG_WAEHRUNG_WIDERSPRICHT": change(ZAHLBETRAG, ZAHLBETRAG.replace("EUR", "USD")),
    "RECHNUNG_XML_AUFBAU": UBL.replace("</cbc:ID>", "</cbc:IDD>", 1),
    "RECHNUNG_XML_ENDE": UBL[:800],
    "RECHNUNG_XML_FREMD": "<html><body>404</body></html>",
    "RECHNUNG_XML_VORSPANN": "Rechnung anbei\n" + UBL,
    "RECHNUNG_ZAHLUNGSEMPFAENGER": change("<cac:AccountingCustomerParty>", VERKAEUFER, FACTOR),
    "RECHNUNG_ZAHLWEG": KARTE,
    "RECHNUNG_ZEICHEN": change("RE-1<", "RE-\u202e1<"),
    "RECHNUNG_ZU_GROSS": b"<a>" + b"x" * 25_000_000,
    "ZAHLBETRAG_ABWEICHEND": pay("69"),
    "ZAHLBETRAG_FEHLT": change(ZAHLBETRAG, ""),
    "ZAHLBETRAG_NICHT_POSITIV": UBL.replace(">119.00<", ">0<")
    .replace(">100.00<", ">0<")
    .replace(">19.00<", ">0<"),
}
for _code, _xml in XML.items():
    beweist(_code)(functools.partial(read, _xml))


# --- what a PDF carries ---------------------------------------------------------------------------------


def read_pdf(inhalt: bytes) -> Iterable[Befund]:
    return read(inhalt, "rechnungen/r.pdf")


@beweist("RECHNUNG_MEHRERE_XML")
def two_invoices_that_differ() -> Iterable[Befund]:
    return read_pdf(make_pdf(factur_x__xml=PDF_CII, xrechnung__xml=PDF_CII.replace(b"119.00", b"219.00")))


@beweist("RECHNUNG_XML_DOPPELT")
def the_same_invoice_twice() -> Iterable[Befund]:
    return read_pdf(make_pdf(factur_x__xml=PDF_CII, xrechnung__xml=PDF_CII))


@beweist("RECHNUNG_XML_NAME")
def xml_that_is_no_invoice() -> Iterable[Befund]:
    """As in a case whose entry states what the PDF does not carry."""
    return without_settled(
        read_pdf(make_pdf(irgendwas__xml=b"<fremd/>")), ("nummer", "datum", "betrag", "faellig_am")
    )


def make_packed(xml: bytes) -> tuple[bytes, bytes]:
    """Return a PDF with a packed invoice, and the packed bytes."""
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung RE-7")
    roh = DecodedStreamObject()
    roh.set_data(xml)
    gepackt = roh.flate_encode(1)
    angabe = DictionaryObject({
        NameObject("/Type"): NameObject("/Filespec"),
        NameObject("/F"): TextStringObject("factur-x.xml"),
        NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(gepackt)}),
    })  # fmt: skip
    namen = ArrayObject([TextStringObject("factur-x.xml"), angabe])
    writer._root_object[NameObject("/Names")] = DictionaryObject(
        {NameObject("/EmbeddedFiles"): DictionaryObject({NameObject("/Names"): namen})}
    )
    return write(writer), gepackt._data


@beweist("RECHNUNG_PDF_ANLAGE")
def damaged_data() -> Iterable[Befund]:
    """One bit of the packed data is another: its checksum says so."""
    inhalt, gepackt = make_packed(PDF_CII)
    return read_pdf(inhalt.replace(gepackt, gepackt[:-1] + bytes([gepackt[-1] ^ 1])))


@beweist("RECHNUNG_PDF_ANLAGEN")
def more_enclosed_files_than_are_looked_at() -> Iterable[Befund]:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung RE-7")
    writer.add_attachment("factur-x.xml", PDF_CII)
    for nummer in range(200):
        writer.add_attachment(f"z{nummer}.txt", b"x")
    return read_pdf(write(writer))


@beweist("RECHNUNG_PDF_BOMBE")
def data_that_would_fill_the_memory() -> Iterable[Befund]:
    return read_pdf(make_packed(bytes(80_000_000))[0])


@beweist("RECHNUNG_PDF_DEFEKT")
def a_cut_file() -> Iterable[Befund]:
    return read_pdf(make_pdf()[:300])


@beweist("RECHNUNG_PDF_KENNWORT")
def a_file_with_password() -> Iterable[Befund]:
    return read_pdf(encrypt(make_pdf(factur_x__xml=PDF_CII), "nutzer"))


@beweist("RECHNUNG_PDF_OHNE_DATEN")
def a_plain_pdf() -> Iterable[Befund]:
    return read_pdf(make_pdf())


@beweist("RECHNUNG_PDF_REPARIERT")
def a_broken_pointer_to_the_table() -> Iterable[Befund]:
    inhalt = make_pdf(factur_x__xml=PDF_CII)
    start = inhalt.rindex(b"startxref") + len(b"startxref\n")
    return read_pdf(inhalt[:start] + b"7" + inhalt[start + 1 :])


@beweist("RECHNUNG_PDF_SEITEN")
def a_page_that_only_one_reader_counts() -> Iterable[Befund]:
    writer = pypdf.PdfWriter()
    add_text(writer, "Seite 1")
    add_text(writer, "Seite 2")
    writer.add_attachment("factur-x.xml", PDF_CII)
    return read_pdf(write(writer).replace(b"/Count 2", b"/Count 1"))


@beweist("RECHNUNG_PDF_VERSCHLUESSELT")
def a_file_protected_without_password() -> Iterable[Befund]:
    return read_pdf(encrypt(make_pdf(factur_x__xml=PDF_CII), ""))


# --- what its pages show --------------------------------------------------------------------------------


def search(inhalt: bytes, nummer: str = "RE-7", betrag: str = "119.00") -> Iterable[Befund]:
    return search_plain_pdf(inhalt, nummer, Decimal(betrag), "rechnungen/r.pdf").befunde


def compare(text: str) -> Iterable[Befund]:
    inhalt = make_pdf(text, factur_x__xml=PDF_CII)
    rechnung = read_rechnung(inhalt, "r.pdf").rechnung
    assert rechnung is not None
    return compare_picture(inhalt, rechnung, "rechnungen/r.pdf")


def page_of(add: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter()
    add(writer)
    return write(writer)


SEITEN: dict[str, Callable[[], Iterable[Befund]]] = {
    "RECHNUNG_BETRAG_NICHT_GEFUNDEN": lambda: search(make_pdf(), betrag="120.00"),
    "RECHNUNG_BILD_BETRAG": lambda: compare("Rechnung RE-7 vom 01.03.2026 zu zahlen 219,00 EUR"),
    "RECHNUNG_BILD_NUMMER": lambda: compare("Rechnung RE-8 vom 01.03.2026 zu zahlen 119,00 EUR"),
    "RECHNUNG_NUMMER_NICHT_GEFUNDEN": lambda: search(make_pdf(), nummer="RE-8"),
    "RECHNUNG_OHNE_TEXT": lambda: search(
        page_of(lambda writer: writer.add_blank_page(width=595, height=842))
    ),
    "RECHNUNG_SCAN": lambda: search(page_of(add_scan)),
}
for _code, _seiten in SEITEN.items():
    beweist(_code)(_seiten)


class Langsam:
    """A workshop that reads every file and has no time for the pages."""

    def call(self, funktion: Callable[..., Any], *angaben: Any, seconds: float) -> Any:
        if funktion is search_plain_pdf:
            raise WorkerTimeout(f"Die Verarbeitung brauchte mehr als {seconds:g} Sekunden Rechenzeit.")
        return funktion(*angaben)


@beweist("RECHNUNG_TEXT_UNGELESEN")
def pages_that_take_too_long(ordner: pathlib.Path) -> Iterable[Befund]:
    rechnung = entry(zusatz="datei: rechnungen/r.pdf")
    fall = add_fall(make_bestand(ordner / "bestand"), "A", rechnung, dateien={"r.pdf": make_pdf()})
    return load_fall(read_fallordner(fall), Lage(dt.date(2026, 4, 10), Langsam())).befunde


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str, tmp_path: pathlib.Path) -> None:
    beweist.check(code, *([tmp_path] if code == "RECHNUNG_TEXT_UNGELESEN" else []))


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
