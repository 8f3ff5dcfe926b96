"""E-invoices: all public samples with the values of their index, and every finding about content."""

import csv
import datetime as dt
import pathlib
import pickle
import re
from decimal import Decimal
from typing import Any

import facturx
import pytest

from mahnakte.fall.rechnung import ERechnung, Leseergebnis, read_rechnung, without_settled
from mahnakte.fall.rechnung.befunde import MUSTER
from mahnakte.fall.rechnung.modell import Vorrechnung
from mahnakte.grund.befund import Schwere
from mahnakte.grund.meldung import read_meldungen

WURZEL = pathlib.Path(__file__).resolve().parent.parent


def read_index(shared: pathlib.Path) -> list[dict[str, str | None]]:
    with (shared / "rechnungen" / "index.csv").open(encoding="utf-8", newline="") as datei:
        return [
            {name: None if wert in ("", "None") else wert for name, wert in zeile.items()}
            for zeile in csv.DictReader(datei)
        ]


def read_ok(ergebnis: Leseergebnis) -> ERechnung:
    assert ergebnis.rechnung is not None, ergebnis.befunde
    return ergebnis.rechnung


def test_reads_every_public_invoice_with_the_values_of_the_index(shared: pathlib.Path) -> None:
    zeilen = read_index(shared)
    assert len(zeilen) == 103
    abweichend = []
    for zeile in zeilen:
        datei = zeile["file"]
        assert datei is not None
        rechnung = read_ok(read_rechnung((shared / "rechnungen" / datei).read_bytes(), datei))
        gelesen = {
            "syntax": rechnung.format,
            "number": rechnung.nummer,
            "date": rechnung.datum.isoformat() if rechnung.datum else None,
            "due": rechnung.faellig_am.isoformat() if rechnung.faellig_am else None,
            "payable": rechnung.zahlbetrag,
            "gross": rechnung.brutto,
            "currency": rechnung.waehrung,
            "type": rechnung.art,
        }
        for name, wert in gelesen.items():
            soll = zeile[name]
            if (Decimal(soll) if soll and name in ("payable", "gross") else soll) != wert:
                abweichend.append((datei, name, wert, soll))
    assert abweichend == []


# factur-x reads the same files with a parser of its own. It knows no ZUGFeRD 1.0.
FACTURX_FELDER = {
    "BT-1": "nummer",
    "BT-2": "datum",
    "BT-3": "art",
    "BT-5": "waehrung",
    "BT-9": "faellig_am",
    "BT-24": "profil",
    "BT-72": "leistung_am",
    "BT-73": "leistung_von",
    "BT-74": "leistung_bis",
    "BT-83": "verwendungszweck",
    "BT-109": "netto",
    "BT-110": "steuer",
    "BT-112": "brutto",
    "BT-113": "vorausgezahlt",
    "BT-115": "zahlbetrag",
}


def _like(wert: object, fremd: Any) -> object:
    """Return factur-x's value in the type of ours."""
    if isinstance(wert, Decimal):
        return Decimal(fremd)
    if isinstance(wert, tuple):
        return tuple(dict.fromkeys(fremd if isinstance(fremd, list) else [fremd]))
    return " ".join(fremd.split()) if isinstance(fremd, str) else fremd


def test_agrees_with_the_library_factur_x(shared: pathlib.Path) -> None:
    abweichend, verglichen = [], 0
    for zeile in read_index(shared):
        if zeile["syntax"] == "ZF1":
            continue
        datei = str(zeile["file"])
        inhalt = (shared / "rechnungen" / datei).read_bytes()
        rechnung = read_ok(read_rechnung(inhalt, datei))
        xml = facturx.get_xml_from_pdf(inhalt, check_xsd=False)[1] if datei.endswith(".pdf") else inhalt
        fremd = facturx.parse_ubl_cii_xml(xml, check_xsd=False)
        for bt, feld in FACTURX_FELDER.items():
            wert = getattr(rechnung, feld)
            if bt not in fremd:
                continue  # its profile table leaves the field out; the index test covers the main ones
            verglichen += 1
            if wert != _like(wert, fremd[bt]):
                abweichend.append((datei, bt, wert, fremd[bt]))
    assert abweichend == []
    assert verglichen > 900


def test_result_travels_through_a_worker(shared: pathlib.Path) -> None:
    ergebnis = read_rechnung((shared / "rechnungen/zugferd/EN16931_Rabatte.pdf").read_bytes(), "r.pdf")
    assert pickle.loads(pickle.dumps(ergebnis)) == ergebnis


# --- findings, on invoices of our own ---------------------------------------------------------------

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0</cbc:CustomizationID>
<cbc:ID>RE-1</cbc:ID>
<cbc:IssueDate>2026-03-01</cbc:IssueDate>
<cbc:DueDate>2026-03-31</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingCustomerParty><cac:Party>
<cac:PostalAddress><cbc:StreetName>Weg 1</cbc:StreetName><cbc:CityName>Leipzig</cbc:CityName>
<cbc:PostalZone>04109</cbc:PostalZone></cac:PostalAddress>
<cac:PartyLegalEntity><cbc:RegistrationName>Beispiel GmbH</cbc:RegistrationName></cac:PartyLegalEntity>
</cac:Party></cac:AccountingCustomerParty>
<cac:PaymentMeans><cac:PayeeFinancialAccount><cbc:ID>DE02 1203 0000 0000 2020 51</cbc:ID>
</cac:PayeeFinancialAccount></cac:PaymentMeans>
<cac:PaymentTerms><cbc:Note>Zahlbar bis 31.03.2026</cbc:Note></cac:PaymentTerms>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">19.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal>
<cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">119.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">119.00</cbc:PayableAmount>
</cac:LegalMonetaryTotal>
</Invoice>"""

GUTSCHRIFT = (
    UBL.replace("Invoice-2", "CreditNote-2")
    .replace("<Invoice", "<CreditNote")
    .replace("</Invoice>", "</CreditNote>")
    .replace("<cbc:DueDate>2026-03-31</cbc:DueDate>", "")
    .replace(
        "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
        "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>",
    )
)


def change(alt: str, neu: str, rechnung: str = UBL) -> str:
    assert alt in rechnung
    return rechnung.replace(alt, neu)


def read(xml: str) -> Leseergebnis:
    return read_rechnung(xml.encode(), "rechnungen/r.xml")


def test_a_sound_invoice_gives_no_finding() -> None:
    ergebnis = read(UBL)
    assert ergebnis.befunde == ()
    rechnung = read_ok(ergebnis)
    assert rechnung.iban == ("DE02120300000000202051",)
    assert rechnung.kaeufer.name == "Beispiel GmbH"
    assert rechnung.kaeufer.plz == "04109"
    assert rechnung.faellig_am == dt.date(2026, 3, 31)
    assert rechnung.zahlungstext == "Zahlbar bis 31.03.2026"


def test_json_has_the_keys_of_the_contract() -> None:
    daten = read_ok(read(UBL)).as_json()
    assert {
        "format": "UBL",
        "nummer": "RE-1",
        "datum": "2026-03-01",
        "faellig_am": "2026-03-31",
        "brutto": "119.00",
        "zahlbetrag": "119.00",
        "waehrung": "EUR",
        "art": "380",
        "iban": ["DE02120300000000202051"],
    }.items() <= daten.items()
    assert daten["kaeufer"]["name"] == "Beispiel GmbH"
    assert daten["verkaeufer"]["name"] is None


HINWEIS, WARNUNG, SPERRE = Schwere.HINWEIS, Schwere.WARNUNG, Schwere.SPERRE
ART = "<cbc:InvoiceTypeCode>380<"
FAELLIG = "<cbc:DueDate>2026-03-31</cbc:DueDate>"
WAEHRUNG = "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
ZAHLBETRAG = '<cbc:PayableAmount currencyID="EUR">119.00</cbc:PayableAmount>'
PROFIL = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"


def pay(text: str) -> str:
    """Return the invoice with another payable amount."""
    return change(ZAHLBETRAG, ZAHLBETRAG.replace("119.00", text))


def prepay(text: str, zahlbetrag: str) -> str:
    voraus = f'<cbc:PrepaidAmount currencyID="EUR">{text}</cbc:PrepaidAmount>'
    return change(ZAHLBETRAG, voraus + ZAHLBETRAG.replace("119.00", zahlbetrag))


def of_kind(art: str) -> str:
    return change(ART, f"<cbc:InvoiceTypeCode>{art}<")


BEFUNDE = [
    (GUTSCHRIFT, "RECHNUNG_GUTSCHRIFT", SPERRE, "Art 381"),
    (of_kind("261"), "RECHNUNG_GUTSCHRIFT", SPERRE, "Art 261"),
    (of_kind("384"), "RECHNUNG_KORREKTUR", WARNUNG, "Art 384"),
    (of_kind("325"), "RECHNUNG_ART", SPERRE, "Art 325"),
    (of_kind("389"), "RECHNUNG_VOM_KAEUFER", HINWEIS, "Art 389"),
    (of_kind("875"), "RECHNUNG_ABSCHLAG", HINWEIS, "Art 875"),
    (of_kind(""), "RECHNUNG_ART_FEHLT", WARNUNG, ""),
    (change("Code>EUR<", "Code>CHF<"), "RECHNUNG_WAEHRUNG", SPERRE, "CHF"),
    (change(WAEHRUNG, ""), "RECHNUNG_WAEHRUNG_FEHLT", WARNUNG, ""),
    (change(ZAHLBETRAG, ZAHLBETRAG.replace("EUR", "USD")), "RECHNUNG_WAEHRUNG_WIDERSPRICHT", SPERRE, "USD"),
    (change(ZAHLBETRAG, ""), "ZAHLBETRAG_FEHLT", WARNUNG, "119,00\u00a0€"),
    (pay("0"), "ZAHLBETRAG_NICHT_POSITIV", WARNUNG, "0,00\u00a0€"),
    (pay("-5"), "ZAHLBETRAG_NICHT_POSITIV", WARNUNG, "-5,00\u00a0€"),
    (pay("69"), "ZAHLBETRAG_ABWEICHEND", WARNUNG, "erklärt das nicht"),
    (
        prepay("40", "69"),
        "ZAHLBETRAG_ABWEICHEND",
        WARNUNG,
        "erklärt das nicht (sie nennt: vorausgezahlt 40,00\u00a0€)",
    ),
    (
        prepay("50", "69"),
        "ZAHLBETRAG_ABWEICHEND",
        WARNUNG,
        "und Bruttobetrag 119,00\u00a0€ sind verschieden; laut Rechnung: vorausgezahlt 50,00\u00a0€",
    ),
    (change(FAELLIG, ""), "RECHNUNG_FAELLIGKEIT_FEHLT", WARNUNG, "„Zahlbar bis 31.03.2026“"),
    (
        change("<cac:PaymentMeans>", "<cac:PaymentMeans><cbc:PaymentDueDate>2026-04-30</cbc:PaymentDueDate>"),
        "RECHNUNG_FAELLIGKEIT_MEHRFACH",
        WARNUNG,
        "31.03.2026, 30.04.2026",
    ),
    (change(">19.00<", ">19.01<"), "RECHNUNG_SUMME_WIDERSPRICHT", WARNUNG, "119,01\u00a0€"),
    (change("<cbc:ID>RE-1</cbc:ID>", ""), "RECHNUNG_NUMMER_FEHLT", WARNUNG, ""),
    (change("<cbc:IssueDate>2026-03-01</cbc:IssueDate>", ""), "RECHNUNG_DATUM_FEHLT", WARNUNG, ""),
    (change("2026-03-01", "2026-02-30"), "RECHNUNG_DATUM_UNLESBAR", WARNUNG, "2026-02-30"),
    (pay("1.19E2"), "RECHNUNG_BETRAG_UNLESBAR", WARNUNG, "1.19E2"),
    (pay("119.005"), "RECHNUNG_BETRAG_UNLESBAR", WARNUNG, "119.005"),
    (
        change(ZAHLBETRAG, ZAHLBETRAG + ZAHLBETRAG.replace("119", "19")),
        "RECHNUNG_ANGABE_MEHRFACH",
        WARNUNG,
        "119.00, 19.00",
    ),
    (change("RE-1<", "RE-\u202e1<"), "RECHNUNG_ZEICHEN", WARNUNG, "U+202E"),
    (change("RE-1<", "1" * 301 + "<"), "RECHNUNG_TEXT_ZU_LANG", WARNUNG, "300"),
    (change(PROFIL, "urn:factur-x.eu:1p0:basicwl"), "RECHNUNG_PROFIL", HINWEIS, "BASIC WL"),
]


@pytest.mark.parametrize(("xml", "code", "schwere", "wort"), BEFUNDE, ids=lambda wert: str(wert)[:30])
def test_finding_about_the_content(xml: str, code: str, schwere: Schwere, wort: str) -> None:
    ergebnis = read(xml)
    treffer = [befund for befund in ergebnis.befunde if befund.code == code]
    assert len(treffer) == 1, ergebnis.befunde
    assert treffer[0].schwere is schwere
    assert wort in treffer[0].text
    assert treffer[0].abhilfe
    assert treffer[0].stelle is not None
    assert treffer[0].stelle.datei == "rechnungen/r.xml"
    assert read_ok(ergebnis).format == "UBL"


def test_finding_knows_line_and_invoice() -> None:
    ergebnis = read(change(">19.00<", ">19.01<"))
    (befund,) = ergebnis.befunde
    assert befund.gegenstand == "RE-1"
    assert befund.stelle is not None
    assert befund.stelle.zeile == 1 + UBL[: UBL.index("<cbc:TaxInclusiveAmount")].count("\n")


def test_third_party_amounts_explain_the_difference(shared: pathlib.Path) -> None:
    datei = shared / "rechnungen/xrechnung/05.01a-INVOICE_ubl.xml"
    texte = [
        b.text
        for b in read_rechnung(datei.read_bytes(), "r.xml").befunde
        if b.code == "ZAHLBETRAG_ABWEICHEND"
    ]
    assert len(texte) == 1
    assert "Beträge Dritter 29,96" in texte[0]


def test_tax_in_a_second_currency_is_not_taken() -> None:
    zweite = '<cac:TaxTotal><cbc:TaxAmount currencyID="SEK">210.00</cbc:TaxAmount></cac:TaxTotal>'
    rechnung = read_ok(read(change("<cac:LegalMonetaryTotal>", zweite + "<cac:LegalMonetaryTotal>")))
    assert rechnung.steuer == Decimal("19.00")


def test_comment_inside_a_value_does_not_cut_it() -> None:
    assert read_ok(read(change("RE-1<", "RE-<!-- x -->1<"))).nummer == "RE-1"


def test_credit_note_asks_for_no_due_date() -> None:
    assert [befund.code for befund in read(GUTSCHRIFT).befunde] == ["RECHNUNG_GUTSCHRIFT"]


# --- files that are no readable XML -------------------------------------------------------------------

XXE = '<!DOCTYPE Invoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LACHEN = f'<!DOCTYPE Invoice [<!ENTITY a "ha"><!ENTITY b "{"&a;" * 9}"><!ENTITY c "{"&b;" * 9}">]>'
KOPF = '<?xml version="1.0" encoding="UTF-8"?>\n'
UTF16 = UBL.replace("UTF-8", "UTF-16").replace("?>\n", f"?>{XXE}", 1).replace("RE-1", "&x;")
UNLESBAR = [
    (b"", "RECHNUNG_LEER"),
    (b" \r\n\t", "RECHNUNG_LEER"),
    (b"Sehr geehrte Damen und Herren", "RECHNUNG_UNBEKANNT"),
    (b"\x89PNG\r\n\x1a\n0000", "RECHNUNG_UNBEKANNT"),
    (b"PK\x03\x04" + bytes(100), "RECHNUNG_UNBEKANNT"),
    (b"<html><body>404</body></html>", "RECHNUNG_XML_FREMD"),
    (b"<Order xmlns='urn:oasis:names:specification:ubl:schema:xsd:Order-2'/>", "RECHNUNG_BESTELLUNG"),
    (UBL[:800].encode(), "RECHNUNG_XML_ENDE"),
    ((UBL + "<x/>").encode(), "RECHNUNG_XML_ENDE"),
    (("<!-- x -->" + UBL).encode(), "RECHNUNG_XML_VORSPANN"),
    (("Rechnung anbei\n" + UBL).encode(), "RECHNUNG_XML_VORSPANN"),
    (UBL.replace("</cbc:ID>", "</cbc:IDD>", 1).encode(), "RECHNUNG_XML_AUFBAU"),
    (UBL.replace("Beispiel", "Müller").encode("latin-1"), "RECHNUNG_KODIERUNG"),
    (UBL.replace("UTF-8", "NIX-8").encode(), "RECHNUNG_KODIERUNG"),
    (UBL.replace(KOPF, KOPF + "<!DOCTYPE Invoice>").encode(), "RECHNUNG_DOCTYPE"),
    (UBL.replace(KOPF, KOPF + XXE).replace("RE-1", "&x;").encode(), "RECHNUNG_DOCTYPE"),
    (UBL.replace(KOPF, KOPF + LACHEN).replace("RE-1", "&c;").encode(), "RECHNUNG_DOCTYPE"),
    (UTF16.encode("utf-16"), "RECHNUNG_DOCTYPE"),
    (b"<a>" * 200_000, "RECHNUNG_XML_AUFBAU"),
    (b"<a>" + b"x" * 25_000_000, "RECHNUNG_ZU_GROSS"),
]  # fmt: skip


@pytest.mark.parametrize(("inhalt", "code"), UNLESBAR, ids=lambda wert: str(wert)[:24])
def test_unreadable_file_is_one_german_finding(inhalt: bytes, code: str) -> None:
    ergebnis = read_rechnung(inhalt, "rechnungen/r.xml")
    assert ergebnis.rechnung is None
    assert [befund.code for befund in ergebnis.befunde] == [code]
    (befund,) = ergebnis.befunde
    assert befund.schwere is Schwere.SPERRE
    assert befund.text.endswith(".")
    assert befund.abhilfe


def test_entity_content_never_leaks() -> None:
    for inhalt, _ in UNLESBAR:
        assert "root:" not in repr(read_rechnung(inhalt, "r.xml"))


@pytest.mark.parametrize("kodierung", ["utf-8-sig", "utf-16"])
def test_other_unicode_encodings_are_read(kodierung: str) -> None:
    xml = UBL.replace("UTF-8", "UTF-16") if kodierung == "utf-16" else UBL
    assert read_ok(read_rechnung(xml.encode(kodierung), "r.xml")).nummer == "RE-1"


def test_latin_1_that_says_so_is_read() -> None:
    xml = UBL.replace("UTF-8", "ISO-8859-1").replace("Beispiel", "Müller")
    assert read_ok(read_rechnung(xml.encode("latin-1"), "r.xml")).kaeufer.name == "Müller GmbH"


def test_findings_settled_by_fall_yaml_fall_away() -> None:
    def left(xml: str, *angegeben: str) -> list[str]:
        return [befund.code for befund in without_settled(read(xml).befunde, angegeben)]

    ohne = change(FAELLIG, "")
    assert left(ohne, "datei", "nummer") == ["RECHNUNG_FAELLIGKEIT_FEHLT"]
    assert left(ohne, "datei", "faellig_am") == []
    assert left(pay("0"), "betrag") == ["ZAHLBETRAG_NICHT_POSITIV", "ZAHLBETRAG_ABWEICHEND"]
    assert left(pay("0"), "betrag", "betrag_gilt") == []
    assert left(of_kind("381"), "betrag", "betrag_gilt", "faellig_am") == ["RECHNUNG_GUTSCHRIFT"]


def test_every_finding_is_registered_with_its_weight() -> None:
    register = read_meldungen()
    assert not {code for code in MUSTER if code not in register or register[code].ort != "fall/rechnung"}
    assert not {code for code, muster in MUSTER.items() if muster.schwere not in register[code].schweren}


def test_the_documentation_says_which_keys_settle_what() -> None:
    abschnitt = (WURZEL / "docs/rechnungen.md").read_text(encoding="utf-8").split("\n## Befunde\n")[1]
    zeilen = re.findall(r"^\| (`[a-z].*?) \| (.*) \|$", abschnitt.split("\n## ")[0], re.MULTILINE)
    gesagt = {
        code: tuple(re.findall(r"`(\w+)`", schluessel))
        for schluessel, codes in zeilen
        for code in re.findall(r"`(\w+)`", codes)
    }
    assert gesagt == {code: m.geklaert_durch for code, m in MUSTER.items() if m.geklaert_durch}


# --- earlier invoices (BG-3) ------------------------------------------------------------------------

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext/>
<rsm:ExchangedDocument><ram:ID>RE-1</ram:ID><ram:TypeCode>380</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260301</udt:DateTimeString></ram:IssueDateTime>
</rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>
<ram:ApplicableHeaderTradeAgreement>
<ram:BuyerTradeParty><ram:Name>Beispiel GmbH</ram:Name></ram:BuyerTradeParty>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement>
<ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradePaymentTerms>
<ram:DueDateDateTime><udt:DateTimeString format="102">20260331</udt:DateTimeString></ram:DueDateDateTime>
</ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount>
<ram:GrandTotalAmount>119.00</ram:GrandTotalAmount>
<ram:DuePayableAmount>119.00</ram:DuePayableAmount>
</ram:SpecifiedTradeSettlementHeaderMonetarySummation>
</ram:ApplicableHeaderTradeSettlement>
</rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""

UBL_BEZUG = """<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>AR-{nr}</cbc:ID>
<cbc:IssueDate>2026-01-{nr}</cbc:IssueDate></cac:InvoiceDocumentReference></cac:BillingReference>"""
CII_BEZUG = """<ram:{element}><ram:IssuerAssignedID>AR-{nr}</ram:IssuerAssignedID><ram:FormattedIssueDateTime>
<qdt:DateTimeString format="102">202601{nr}</qdt:DateTimeString></ram:FormattedIssueDateTime></ram:{element}>"""


def test_earlier_invoices_are_read_wherever_the_syntax_names_them() -> None:
    ende_ubl, ende_cii = "</Invoice>", "</ram:ApplicableHeaderTradeSettlement>"
    in_zeile = f"<cac:InvoiceLine>{UBL_BEZUG.format(nr=12)}</cac:InvoiceLine>"
    anzahlung = CII_BEZUG.format(nr=12, element="InvoiceSpecifiedReferencedDocument")
    for xml in (
        change(ende_ubl, f"{UBL_BEZUG.format(nr=11)}{in_zeile}{ende_ubl}"),
        change(
            ende_cii,
            f"{CII_BEZUG.format(nr=11, element='InvoiceReferencedDocument')}"
            f"<ram:SpecifiedAdvancePayment>{anzahlung}</ram:SpecifiedAdvancePayment>{ende_cii}",
            CII,
        ),
    ):
        rechnung = read_ok(read(xml))
        assert rechnung.vorrechnungen == (
            Vorrechnung("AR-11", dt.date(2026, 1, 11)),
            Vorrechnung("AR-12", dt.date(2026, 1, 12)),
        )
        daten = rechnung.as_json()
        assert daten["bezug"] == ["AR-11", "AR-12"]
        assert daten["vorrechnungen"][0] == {"nummer": "AR-11", "datum": "2026-01-11"}
