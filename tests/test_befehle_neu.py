"""`mahnakte neu`: all or nothing, every invoice found once, nothing of the e-invoice lost, commands to paste."""

import datetime as dt
import os
import pathlib
import shlex
import subprocess
import sys
import unicodedata

import pytest

import ablage_zwilling as zw
from mahnakte.ablage.ziel import create_files
from mahnakte.befehle.neu import create_bestand, create_fall
from mahnakte.fall.lesen import read_falldatei
from mahnakte.fall.neu import Papiere, Vorlagerechnung, write_fall
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"
STICHTAG = dt.date(2026, 11, 30)


@pytest.fixture(scope="module")
def lage():
    return Lage(STICHTAG, WorkerPool(1))


def cii(
    nummer="RE-7201",
    *,
    art="380",
    zeilen=("Messestr. 14",),
    bezug="",
    betrag="1190.00",
    am="20260828",
    von="",
    bis="",
) -> bytes:
    """Return a CII invoice with what matters here."""
    tag = '<d:DateTimeString format="102">{}</d:DateTimeString>'
    strasse = "".join(
        f"<r:{n}>{z}</r:{n}>" for n, z in zip(("LineOne", "LineTwo", "LineThree"), zeilen, strict=False)
    )
    zeitraum = ""
    if bis:
        zeitraum = (
            f"<r:BillingSpecifiedPeriod><r:StartDateTime>{tag.format(von)}</r:StartDateTime>"
            f"<r:EndDateTime>{tag.format(bis)}</r:EndDateTime></r:BillingSpecifiedPeriod>"
        )
    lieferung = (
        f"<r:ActualDeliverySupplyChainEvent><r:OccurrenceDateTime>{tag.format(am)}</r:OccurrenceDateTime>"
        "</r:ActualDeliverySupplyChainEvent>"
        if am
        else ""
    )
    verweis = (
        f"<r:InvoiceReferencedDocument><r:IssuerAssignedID>{bezug}</r:IssuerAssignedID></r:InvoiceReferencedDocument>"
        if bezug
        else ""
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<x:CrossIndustryInvoice xmlns:x="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:r="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:d="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<x:ExchangedDocument><r:ID>{nummer}</r:ID><r:TypeCode>{art}</r:TypeCode>
<r:IssueDateTime>{tag.format("20260901")}</r:IssueDateTime></x:ExchangedDocument>
<x:SupplyChainTradeTransaction><r:ApplicableHeaderTradeAgreement>
<r:SellerTradeParty><r:Name>Möbelhaus Übersee GmbH</r:Name></r:SellerTradeParty>
<r:BuyerTradeParty><r:Name>Kontor Nordlicht GmbH</r:Name><r:PostalTradeAddress><r:PostcodeCode>04356</r:PostcodeCode>
{strasse}<r:CityName>Leipzig</r:CityName><r:CountryID>DE</r:CountryID></r:PostalTradeAddress></r:BuyerTradeParty>
</r:ApplicableHeaderTradeAgreement><r:ApplicableHeaderTradeDelivery>{lieferung}</r:ApplicableHeaderTradeDelivery>
<r:ApplicableHeaderTradeSettlement><r:InvoiceCurrencyCode>EUR</r:InvoiceCurrencyCode>{zeitraum}
<r:SpecifiedTradePaymentTerms><r:DueDateDateTime>{tag.format("20260930")}</r:DueDateDateTime>
</r:SpecifiedTradePaymentTerms><r:SpecifiedTradeSettlementHeaderMonetarySummation>
<r:GrandTotalAmount>{betrag}</r:GrandTotalAmount><r:DuePayableAmount>{betrag}</r:DuePayableAmount>
</r:SpecifiedTradeSettlementHeaderMonetarySummation>{verweis}</r:ApplicableHeaderTradeSettlement>
</x:SupplyChainTradeTransaction></x:CrossIndustryInvoice>""".encode()


UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<b:ID>RE-9</b:ID><b:IssueDate>2026-09-01</b:IssueDate><b:DueDate>2026-09-30</b:DueDate>
<b:InvoiceTypeCode>380</b:InvoiceTypeCode><b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>
<a:InvoicePeriod><b:StartDate>2026-08-01</b:StartDate><b:EndDate>2026-08-31</b:EndDate></a:InvoicePeriod>
<a:AccountingCustomerParty><a:Party><a:PostalAddress><b:StreetName>Gebäude 7</b:StreetName>
<b:AdditionalStreetName>Am Alten Hafen 3</b:AdditionalStreetName><b:CityName>Leipzig</b:CityName>
<b:PostalZone>04356</b:PostalZone><a:AddressLine><b:Line>2. Aufgang</b:Line></a:AddressLine>
</a:PostalAddress><a:PartyLegalEntity><b:RegistrationName>Eva Beispiel</b:RegistrationName></a:PartyLegalEntity>
</a:Party></a:AccountingCustomerParty>
<a:LegalMonetaryTotal><b:TaxInclusiveAmount currencyID="EUR">10.00</b:TaxInclusiveAmount>
<b:PayableAmount currencyID="EUR">10.00</b:PayableAmount></a:LegalMonetaryTotal></Invoice>""".encode()


def contents(ordner: pathlib.Path) -> dict[str, bytes]:
    return {
        str(pfad.relative_to(ordner)).replace("\\", "/"): pfad.read_bytes()
        for pfad in sorted(ordner.rglob("*"))
        if pfad.is_file() and "_schema" not in pfad.parts
    }


def yaml_of(ordner: pathlib.Path) -> str:
    return (ordner / "fall.yaml").read_text(encoding="utf-8")


def lay(ordner: pathlib.Path, **dateien: bytes) -> None:
    for name, inhalt in dateien.items():
        pfad = ordner / name.replace("__", "/").replace("_", ".")
        pfad.parent.mkdir(parents=True, exist_ok=True)
        pfad.write_bytes(inhalt)


# --- all or nothing -----------------------------------------------------------------------------------


def refused(ordner, rechnungen, lage) -> str:
    with pytest.raises(NichtBegonnen) as gefangen:
        create_fall(ordner, rechnungen, lage)
    (befund,) = gefangen.value.befunde
    assert befund.abhilfe
    return befund.code


def test_two_different_files_of_one_name_leave_nothing(tmp_path, lage):
    lay(tmp_path, a__RE_xml=cii("RE-1"), b__RE_xml=cii("RE-2"))
    for zweite in ("b/RE.xml",):
        code = refused(tmp_path / "neu", [tmp_path / "a/RE.xml", tmp_path / zweite], lage)
        assert code == "RECHNUNG_NAME_VERGEBEN"
    assert not (tmp_path / "neu").exists()


@pytest.mark.parametrize("name", ["re.XML", "RE.xml"])
def test_a_name_taken_in_the_folder_in_any_case_is_refused(name, tmp_path, lage):
    lay(tmp_path, a__RE_xml=cii("RE-1"))
    ziel = tmp_path / "neu" / "rechnungen"
    ziel.mkdir(parents=True)
    (ziel / name).write_bytes(cii("RE-2"))
    vorher = contents(tmp_path / "neu")
    assert refused(tmp_path / "neu", [tmp_path / "a/RE.xml"], lage) == "RECHNUNG_NAME_VERGEBEN"
    assert contents(tmp_path / "neu") == vorher


def test_umlauts_in_both_encodings_are_one_name(tmp_path, lage):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    nfc, nfd = "Möbel.xml", unicodedata.normalize("NFD", "Möbel.xml")
    (tmp_path / "a" / nfc).write_bytes(cii("RE-1"))
    (tmp_path / "b" / nfd).write_bytes(cii("RE-2"))
    quellen = [tmp_path / "a" / nfc, tmp_path / "b" / nfd]
    assert refused(tmp_path / "neu", quellen, lage) == "RECHNUNG_NAME_VERGEBEN"


def test_the_same_file_twice_is_taken_once(tmp_path, lage):
    lay(tmp_path, a__RE_xml=cii(), b__RE_xml=cii())
    ergebnis = create_fall(tmp_path / "neu", [tmp_path / "a/RE.xml", tmp_path / "b/RE.xml"], lage)
    assert ergebnis.daten["rechnungen"] == ["rechnungen/RE.xml"]


@pytest.mark.parametrize("fehlt", ["gibt-es-nicht.xml", "ordner"])
def test_an_invoice_that_cannot_be_read_leaves_nothing(fehlt, tmp_path, lage):
    lay(tmp_path, a__RE_xml=cii(), ordner__x_txt=b"x")
    refused(tmp_path / "neu", [tmp_path / "a/RE.xml", tmp_path / fehlt], lage)
    assert not (tmp_path / "neu").exists()


def test_a_name_windows_does_not_know_is_refused_before_anything_is_written(tmp_path, lage):
    if os.name == "nt":
        pytest.skip("Windows kennt solche Namen nicht")
    (tmp_path / "RE:1.xml").write_bytes(cii())
    assert refused(tmp_path / "neu", [tmp_path / "RE:1.xml"], lage) == "DATEINAME_UNZULAESSIG"
    assert not (tmp_path / "neu").exists()


def test_an_existing_case_or_bestand_is_left_alone(tmp_path, lage):
    lay(tmp_path, f__fall_yaml=b"alt", mahnakte_yaml=b"alt", a__RE_xml=cii())
    vorher = contents(tmp_path)
    assert refused(tmp_path / "f", [tmp_path / "a/RE.xml"], lage) == "FALL_VORHANDEN"
    with pytest.raises(NichtBegonnen) as gefangen:
        create_bestand(tmp_path)
    assert [befund.code for befund in gefangen.value.befunde] == ["BESTAND_VORHANDEN"]
    assert "--ersetzen" not in gefangen.value.befunde[0].abhilfe  # no option of this command
    assert contents(tmp_path) == vorher


NEU = {"rechnungen/RE-1.pdf": b"%PDF 1" * 9, "rechnungen/RE-2.pdf": b"%PDF 2" * 9, "fall.yaml": b"a: b\n" * 9}


def test_each_fault_of_the_disk_leaves_all_or_nothing(tmp_path):
    """Every effect fails once with every error; a kill in between never shows a fall.yaml without its invoices."""
    alt = {"vertrag.pdf": b"%PDF"}

    def prepare(name: str) -> pathlib.Path:
        (tmp_path / name).mkdir()
        (tmp_path / name / "vertrag.pdf").write_bytes(b"%PDF")
        return tmp_path / name

    zaehlend = zw.Zaehlend()
    create_files(prepare("zaehlen"), NEU, zaehlend)
    assert contents(tmp_path / "zaehlen") == alt | NEU
    for n in range(1, len(zaehlend.namen) + 1):
        for fehler in (None, *zw.FEHLER):
            ordner = prepare(f"{n}-{fehler}")
            try:
                create_files(ordner, NEU, zw.Stoerung(n, fehler, danach=False, bleibt=False))
            except zw.Getoetet:
                gefunden = contents(ordner)
                assert "fall.yaml" not in gefunden or set(NEU) <= set(gefunden)
            except Ablehnung:
                assert contents(ordner) == alt, (n, fehler)
                assert not (ordner / "rechnungen").exists()
            else:
                assert contents(ordner) == alt | NEU


# --- what is found, and where it goes ----------------------------------------------------------------


def test_invoices_are_found_wherever_they_lie_and_the_rest_is_named(tmp_path, lage):
    ordner = tmp_path / "F"
    lay(ordner, rechnungen__A_xml=cii("RE-1"), B_xml=cii("RE-2"), Post__C_xml=cii("RE-3"),
        belege__D_xml=cii("RE-4"), vertrag_pdf=b"%PDF-1.4", vorgaenge__0001__E_xml=cii("RE-5"))  # fmt: skip
    ergebnis = create_fall(ordner, [], lage)
    assert ergebnis.daten["rechnungen"] == ["rechnungen/A.xml", "B.xml", "Post/C.xml"]
    assert ergebnis.daten["nicht_uebernommen"] == ["vertrag.pdf"]
    assert any("vertrag.pdf" in zeile for zeile in ergebnis.zeilen)
    assert "# nicht übernommen: vertrag.pdf" in yaml_of(ordner)


def test_one_invoice_as_pdf_and_as_xml_is_one_claim(tmp_path, lage):
    ordner = tmp_path / "F"
    lay(ordner, rechnungen__A_xml=cii(), Kopie_xml=cii())
    ergebnis = create_fall(ordner, [], lage)
    assert ergebnis.daten["rechnungen"] == ["rechnungen/A.xml"]
    assert "dieselbe Rechnung wie rechnungen/A.xml" in yaml_of(ordner)


@pytest.mark.parametrize("art", ["381", "261", "396", "532"])
def test_a_credit_note_goes_to_the_credit_notes(art, tmp_path, lage):
    ordner = tmp_path / "F"
    lay(
        ordner,
        rechnungen__A_xml=cii(),
        rechnungen__G_xml=cii("GS-1", art=art, betrag="50.00", bezug="RE-7201"),
    )
    ergebnis = create_fall(ordner, [], lage)
    assert ergebnis.daten["rechnungen"] == ["rechnungen/A.xml"]
    assert ergebnis.daten["gutschriften"] == ["rechnungen/G.xml"]
    text = yaml_of(ordner)
    assert "gutschriften:\n  - am: 01.09.2026\n    betrag: 50,00\n    auf: RE-7201\n" in text
    assert "RECHNUNG_GUTSCHRIFT" not in [befund.code for befund in ergebnis.befunde]
    falldatei, befunde = read_falldatei(complete(text), "fall.yaml")
    assert falldatei is not None, befunde
    assert str(falldatei.gutschriften[0].betrag) == "50.00"


def test_a_credit_note_for_an_invoice_that_is_not_here_leaves_the_question(tmp_path, lage):
    ordner = tmp_path / "F"
    lay(ordner, rechnungen__A_xml=cii(), rechnungen__G_xml=cii("GS-1", art="381", bezug="RE-1"))
    create_fall(ordner, [], lage)
    assert "    auf:                   # Rechnungsnummer; die Gutschrift nennt: RE-1" in yaml_of(ordner)


def complete(text: str) -> bytes:
    """Fill in what a person must decide, as the comments ask."""
    for leer, voll in (
        ("glaeubiger:                 #", "glaeubiger: moebelhaus #"),
        ("    art:                   #", "    art: person #"),
        ("    strasse:               #", "    strasse: Ring 1 #"),
    ):
        text = text.replace(leer, voll, 1)
    return text.encode()


@pytest.mark.parametrize(
    ("angaben", "leistung"),
    [
        ({"von": "20260801", "bis": "20260831", "am": ""}, ["01.08.2026", "31.08.2026"]),
        ({"von": "20260801", "bis": "20260831"}, ["01.08.2026", "31.08.2026"]),
        ({}, ["28.08.2026"]),
    ],
)
def test_the_period_of_service_is_filled(angaben, leistung, tmp_path, lage):
    lay(tmp_path / "F", rechnungen__A_xml=cii(**angaben))
    create_fall(tmp_path / "F", [], lage)
    zeilen = [
        zeile.split(": ")[1] for zeile in yaml_of(tmp_path / "F").splitlines() if "    leistung_" in zeile
    ]
    assert zeilen == leistung


@pytest.mark.parametrize(
    ("zeilen", "strasse", "zusatz"),
    [
        (("Messestr. 14",), "Messestr. 14", []),
        (("Frau Petra Lenz", "Messestr. 14", "Hof 3"), "Messestr. 14", ["Frau Petra Lenz", "Hof 3"]),
        (("c/o Meier", "Lange Straße 5 b"), "Lange Straße 5 b", ["c/o Meier"]),
        (("Hauptstrasse 12-14", "3. OG"), "Hauptstrasse 12-14", ["3. OG"]),
        (("Gebäude 7", "Am Alten Hafen 3"), None, []),  # either may be the street
        (("Ring 3", "Ringstr. 5", "Am Weg 2"), None, []),
        (("Einkauf", "Postfach 10"), None, []),
    ],
)
def test_every_line_of_the_address_is_offered_and_the_street_only_where_it_is_plain(
    zeilen, strasse, zusatz, tmp_path, lage
):
    lay(tmp_path / "F", rechnungen__A_xml=cii(zeilen=zeilen))
    create_fall(tmp_path / "F", [], lage)
    text = yaml_of(tmp_path / "F")
    for zeile in zeilen:
        assert zeile in text
    falldatei, befunde = read_falldatei(complete(text), "fall.yaml")
    assert falldatei is not None, befunde
    (schuldner,) = falldatei.schuldner
    assert schuldner.strasse == (strasse or "Ring 1")
    assert list(schuldner.zusatz) == zusatz


def test_ubl_has_its_lines_in_three_elements(tmp_path, lage):
    lay(tmp_path / "F", rechnungen__A_xml=UBL)
    create_fall(tmp_path / "F", [], lage)
    text = yaml_of(tmp_path / "F")
    for zeile in ("Gebäude 7", "Am Alten Hafen 3", "2. Aufgang"):
        assert zeile in text
    assert "leistung_am: 01.08.2026\n    leistung_bis: 31.08.2026" in text


def test_no_public_invoice_loses_a_line_of_its_address():
    dateien = sorted((SHARED / "rechnungen").rglob("*.xml"))
    if not dateien:
        pytest.skip("die öffentlichen Rechnungen liegen hier nicht")
    mehrzeilig = 0
    for datei in dateien:
        rechnung = read_rechnung(datei.read_bytes(), datei.name).rechnung
        if rechnung is None:
            continue
        text = write_fall("A-1", None, Papiere((Vorlagerechnung("r.xml", rechnung),)), "x").decode()
        for zeile in rechnung.kaeufer.anschrift:
            assert zeile in text.replace("''", "'"), datei
        mehrzeilig += len(rechnung.kaeufer.anschrift) > 1
    assert mehrzeilig >= 10


@pytest.mark.parametrize("name", ["a1-anschrift-zwei-zeilen.xml", "a2-zeitraum.xml"])
def test_the_faulty_inputs_of_the_report(name, tmp_path, lage):
    datei = SHARED / "maengel" / "xml" / name
    if not datei.exists():
        pytest.skip("die Beispiele liegen hier nicht")
    create_fall(tmp_path / "F", [datei], lage)
    text = yaml_of(tmp_path / "F")
    erwartet = {
        "a1-anschrift-zwei-zeilen.xml": ["Frau Petra Lenz", "Messestr. 14", "Hof 3"],
        "a2-zeitraum.xml": ["leistung_am: 01.08.2026", "leistung_bis: 31.08.2026"],
    }[name]
    assert all(teil in text for teil in erwartet)
    assert "strasse: Frau" not in text


def test_the_folders_name_becomes_an_aktenzeichen_in_either_encoding(tmp_path, lage):
    for name in ("Müller & Söhne (2026)", unicodedata.normalize("NFD", "Müller & Söhne (2026)")):
        ergebnis = create_fall(tmp_path / str(len(name)) / name, [], lage)
        assert ergebnis.daten["aktenzeichen"] == "Mueller-Soehne-2026"


# --- commands to paste -------------------------------------------------------------------------------

NAMEN = [
    "2026-0042",
    "Fälle 2026",
    "Müller & Co (alt)",
    "50% Rest",
    "a'b",
    "a;b",
    "x^y",
    "~heim",
    "-minus",
    "a=b,c",
]
NUR_POSIX = ["$HOME", "a`b`", 'a"b', "a\\b", "a!b", "a*b", "a|b"]


@pytest.mark.skipif(os.name == "nt", reason="braucht eine POSIX-Shell")
@pytest.mark.parametrize("name", [*NAMEN, *NUR_POSIX])
def test_a_posix_shell_takes_the_printed_path_as_one_argument(name):
    text = quote_pfad(pathlib.Path(name), windows=False)
    befehl = f"{shlex.quote(sys.executable)} -c 'import sys; print(*sys.argv[1:], sep=chr(10))' {text}"
    ausgabe = subprocess.run(
        ["/bin/sh", "-c", befehl], capture_output=True, text=True, check=True, timeout=60
    )
    assert ausgabe.stdout.rstrip("\n").removeprefix("./") == name


@pytest.mark.parametrize("name", [*NAMEN, r"C:\Fälle 2026\A", r"\\server\akten\2026-0042", "D:\\"])
def test_cmd_takes_the_printed_path_as_one_argument(name):
    """After the rules of the C run-time (list2cmdline undone) and of cmd.exe: nothing special outside quotes."""
    text = quote_pfad(pathlib.PureWindowsPath(name), windows=True)
    if text.startswith('"'):
        assert text.endswith('"')
        assert '"' not in text[1:-1]
        assert "'" not in (text[0], text[-1])
        assert not text[1:-1].endswith("\\") or text[1:-1].endswith("\\\\")
    else:
        assert not set(text) & set(" &|<>^()%!;,='\"`~[]{}+") - {"+"}


def test_both_shells_take_the_same_for_the_names_of_daily_life():
    for name in ("2026-0042", "Fälle 2026", "Müller & Co (alt)", "a'b", "a;b"):
        assert quote_pfad(pathlib.Path(name), windows=True) == quote_pfad(pathlib.Path(name), windows=False)


def test_the_printed_command_is_quoted(tmp_path, lage):
    ergebnis = create_fall(tmp_path / "Müller & Co", [], lage)
    assert ergebnis.zeilen[-1] == f'  mahnakte pruefen "{tmp_path / "Müller & Co"}"'
    bestand = create_bestand(tmp_path / "Neuer Bestand")
    assert (
        f'mahnakte neu "{tmp_path / "Neuer Bestand" / "AKTENZEICHEN"}" --rechnung DATEI' in bestand.zeilen[-1]
    )


def test_only_one_place_quotes():
    """A list of the printed commands would stand twice; so: no other module knows a shell's rules."""
    quelle = pathlib.Path(__file__).resolve().parents[1] / "src" / "mahnakte"
    wer = {pfad.name for pfad in quelle.rglob("*.py") if "shlex" in pfad.read_text(encoding="utf-8")}
    assert wer == {"befehlszeile.py"}
    for pfad in quelle.rglob("*.py"):
        for zeile in pfad.read_text(encoding="utf-8").splitlines():
            assert not ("mahnakte " in zeile and "{show(" in zeile and "mahnakte {" not in zeile), (
                pfad,
                zeile,
            )
