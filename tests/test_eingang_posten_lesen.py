"""Lists of open items: every sample is read or refused with a sentence, values come out, each trap is named."""

import datetime as dt
import io
import itertools
import pathlib
import random
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal

import pytest

from mahnakte.eingang.posten.lesen import draft_zuordnung, read_postenliste
from mahnakte.eingang.posten.listenform import read_profile
from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.eingang.posten.zuordnung import Zuordnung
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.worker import Worker
from postenbau import (
    ASCII_KOPF,
    ASCII_ZEILE,
    BC_KOPF,
    BC_ZEILE,
    ERPNEXT_KOPF,
    ERPNEXT_ZEILE,
    FREI_KOPF,
    FREI_ZEILE,
    LISTE_KOPF,
    LISTE_ZEILE,
    SAP_KOPF,
    SAP_ZEILE,
    Wert,
    build_xlsx,
    lines,
)

# Samples of others, read where they stand beside the project.
_ORTE = (eltern / "shared" for eltern in pathlib.Path(__file__).resolve().parents)
PROBEN = next((ort for ort in _ORTE if ort.is_dir()), pathlib.Path("fehlt"))
DATEIEN = sorted(pfad for ort in ("opos", "datev") for pfad in (PROBEN / ort).rglob("*.csv"))
braucht_proben = pytest.mark.skipif(not DATEIEN, reason="die Beispieldateien anderer liegen hier nicht")

ZUORDNUNG = Zuordnung(
    spalten={
        "kundennummer": "Kd-Nr", "name": "Kunde", "nummer": "Rg.-Nr.", "datum": "Rechnungsdatum",
        "faellig": "Zahlbar bis", "betrag": "Brutto", "bezahlt": "Bezahlt", "offen": "Offen",
    }
)  # fmt: skip
# Each form by its header and one row of 10001/RE-1: 790,00 open (SAP and ASCII: 1.190,00).
FORMEN = {
    "DATEV OPOS (ASCII)": (ASCII_KOPF, ASCII_ZEILE, ";", "1190.00"),
    "DATEV OPOS-Liste": (LISTE_KOPF, LISTE_ZEILE, ";", "790.00"),
    "SAP Debitorenposten": (SAP_KOPF, SAP_ZEILE, ";", "1190.00"),
    "Business Central Debitorenposten": (BC_KOPF, BC_ZEILE, ";", "790.00"),
    "ERPNext Accounts Receivable": (ERPNEXT_KOPF, ERPNEXT_ZEILE, ",", "790.00"),
}


def read(inhalt: bytes, zuordnung: Zuordnung | None = None) -> Postenliste:
    return read_postenliste(inhalt, "liste.csv", zuordnung)


def read_rows(kopf: str, *zeilen: str) -> Postenliste:
    return read(lines(kopf, *zeilen))


def refusal(inhalt: bytes, zuordnung: Zuordnung | None = None) -> Befund:
    with pytest.raises(Ablehnung) as ablehnung:
        read(inhalt, zuordnung)
    return ablehnung.value.befund


def open_sums(liste: Postenliste) -> dict[str, str]:
    return {f"{posten.kundennummer}/{posten.nummer}": str(posten.offen) for posten in liste.offene}


def reasons(liste: Postenliste) -> str:
    return " ".join(f"{befund.stelle.zeile}: {befund.text}" for befund in liste.befunde if befund.stelle)


# --- samples ----------------------------------------------------------------------------------------------


@braucht_proben
@pytest.mark.parametrize("pfad", DATEIEN, ids=lambda pfad: pfad.name)
def test_every_sample_is_read_or_refused_with_a_sentence(pfad: pathlib.Path) -> None:
    try:
        liste = read(pfad.read_bytes())
    except Ablehnung as ablehnung:
        befund = ablehnung.befund
    else:
        assert liste.offene or liste.gezaehlt
        return
    assert befund.text.endswith(".")
    assert befund.abhilfe


@braucht_proben
@pytest.mark.parametrize(
    ("name", "profil", "offen"),
    [
        ("datev_opos_ascii_ungerafft.csv", "DATEV OPOS (ASCII)", "10001/RE-2026-101 790.00, 10001/RE-2026-117 238.00, 10002/RE-2026-120 535.50"),
        ("datev_opos_liste_excel.csv", "DATEV OPOS-Liste", "10001/RE-2026-101 790.00, 10001/RE-2026-117 238.00, 10002/RE-2026-120 535.50"),
        ("EXTF_Buchungsstapel_v13.csv", "DATEV Buchungsstapel", "10001/RE-2026-101 790.00, 10001/RE-2026-117 238.00, 10002/RE-2026-120 535.50"),
        ("sap_einzelposten.csv", "SAP Debitorenposten", "10001/RE-2026-101 790.00, 10002/RE-2026-120 535.50"),
        ("business_central_debitorenposten.csv", "Business Central Debitorenposten", "10001/RE-2026-101 790.00, 10002/RE-2026-120 595.00"),
        ("erpnext_accounts_receivable.csv", "ERPNext Accounts Receivable", "K-10001/RE-2026-101 790.00, K-10002/RE-2026-120 535.50"),
    ],
)  # fmt: skip
def test_the_values_of_the_samples_come_out(name: str, profil: str, offen: str) -> None:
    liste = read(next(pfad for pfad in DATEIEN if pfad.name == name).read_bytes())
    assert liste.profil == profil
    assert ", ".join(f"{posten} {summe}" for posten, summe in open_sums(liste).items()) == offen
    assert {posten.faellig for posten in liste.offene} <= {
        dt.date(2026, 9, 15), dt.date(2026, 9, 29), dt.date(2026, 10, 16),
    }  # fmt: skip


@braucht_proben
def test_a_credit_of_the_samples_is_no_item_and_names_its_customer() -> None:
    liste = read(next(pfad for pfad in DATEIEN if pfad.name.startswith("business_central")).read_bytes())
    assert [(befund.code, befund.gegenstand) for befund in liste.befunde] == [("POSTEN_GUTHABEN", "10002")]
    assert "59,50 € (GS-2026-007)" in liste.befunde[0].text


# --- forms ------------------------------------------------------------------------------------------------


def test_every_profile_but_the_batch_has_its_example() -> None:
    assert {form.name for form in read_profile()} == set(FORMEN)


@pytest.mark.parametrize("profil", FORMEN)
@pytest.mark.parametrize("trenner", [";", "\t", "|"])
@pytest.mark.parametrize("kodierung", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_profile_is_known_in_each_dress(profil: str, trenner: str, kodierung: str) -> None:
    kopf, zeile, bisher, offen = FORMEN[profil]
    text = f"Liste vom 30.11.2026\n\n{kopf}\n{zeile}\n".replace(bisher, trenner)
    liste = read(text.encode(kodierung))
    assert liste.profil == profil
    assert list(open_sums(liste).values()) == [offen]
    assert liste.offene[0].zeile == 4


@pytest.mark.parametrize("profil", FORMEN)
def test_a_profile_is_known_in_a_workbook(profil: str) -> None:
    kopf, zeile, trenner, offen = FORMEN[profil]
    zellen = [teil.strip('"') for teil in zeile.split(trenner)]
    liste = read(build_xlsx([["Liste"], [], kopf.split(trenner), zellen]))
    assert (liste.profil, list(open_sums(liste).values())) == (profil, [offen])
    assert liste.offene[0].zeile == 4


@pytest.mark.parametrize("profil", FORMEN)
def test_columns_stand_in_any_order(profil: str) -> None:
    kopf, zeile, trenner, offen = FORMEN[profil]
    paare = list(zip(kopf.split(trenner), zeile.split(trenner), strict=True))
    random.Random(1).shuffle(paare)
    liste = read(lines(*(trenner.join(teile) for teile in zip(*paare, strict=True))))
    assert (liste.profil, list(open_sums(liste).values())) == (profil, [offen])


# --- rules ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statt", "durch", "grund"),
    [
        ("790,00", "", "Der offene Betrag fehlt"),
        ("790,00", "780,00", "ergibt nicht den offenen Betrag 780,00"),
        ("1.190,00", "1.190", "„1.190“ ist mehrdeutig"),
        ("1.190,00", "1190,005", "kein Betrag in ganzen Cent"),
        ("01.09.2026", "31.02.2026", "„31.02.2026“ gibt es im Kalender nicht"),
        ("01.09.2026", "46266", "Excels Zahl für einen Tag"),
        ("15.09.2026", "14", "eine Zahl von Tagen"),
        ("15.09.2026", "09/15/2026", "mehrdeutig"),
        ("15.09.2026", "15.08.2026", "liegt vor dem Rechnungsdatum"),
        ("RE-1", "", "Die Rechnungsnummer fehlt"),
        ("RE-1", "2,02601E+11", "ihre letzten Ziffern fehlen"),
        ("RE-1", "#NV", "Fehlerwert #NV"),
        ("Muster GmbH", "Muster\u00a0\u0081GmbH", "unerlaubte Zeichen"),
        ("Muster GmbH", "M" * 201, "länger als 200 Zeichen"),
        ("790,00", "790,00;;;5", "mehr Zellen als die Kopfzeile"),
        (";400,00;790,00", "", "weniger Zellen als die Kopfzeile"),
        ("1.190,00;400,00;790,00", "500,00;0,00;790,00", "ergibt nicht"),
    ],
)
def test_a_row_that_nobody_can_believe_stays_out_with_its_reason(statt: str, durch: str, grund: str) -> None:
    assert statt in FREI_ZEILE
    gut = FREI_ZEILE.replace("RE-1", "RE-2")
    inhalt = "\r\n".join((FREI_KOPF, FREI_ZEILE.replace(statt, durch), gut, "")).encode("latin-1")
    liste = read(inhalt, ZUORDNUNG)
    assert open_sums(liste) == {"K1/RE-2": "790.00"}
    assert [befund.code for befund in liste.befunde] == ["POSTENZEILE_AUSGELASSEN"]
    assert reasons(liste).startswith("2: ")
    assert grund in reasons(liste)


@pytest.mark.parametrize("zeichen", ["=", "+", "-", "@"])
@pytest.mark.parametrize("spalte", range(8))
def test_a_formula_in_a_column_that_is_read_keeps_the_row_out(zeichen: str, spalte: int) -> None:
    zellen = FREI_ZEILE.split(";")
    zellen[spalte] = f"{zeichen}HYPERLINK(A1)"
    liste = read(lines(FREI_KOPF, ";".join(zellen), FREI_ZEILE.replace("RE-1", "RE-2")), ZUORDNUNG)
    assert open_sums(liste) == {"K1/RE-2": "790.00"}
    assert f"„{zeichen}HYPERLINK(A1)“" in reasons(liste)


def test_a_number_kept_from_excel_by_a_formula_of_text_is_that_text() -> None:
    liste = read(lines(FREI_KOPF, FREI_ZEILE.replace("K1", '"=""0010"""')), ZUORDNUNG)
    assert open_sums(liste) == {"0010/RE-1": "790.00"}


@pytest.mark.parametrize(
    "kopf_zeile_waehrung",
    [
        (ERPNEXT_KOPF, ERPNEXT_ZEILE.replace("EUR", "USD"), "USD"),
        (SAP_KOPF, SAP_ZEILE.replace("EUR", "CHF"), "CHF"),
        (BC_KOPF, BC_ZEILE.replace("GmbH;;", "GmbH;GBP;"), "GBP"),
        (ASCII_KOPF, ASCII_ZEILE.replace('"S";""', '"S";"USD"'), "USD"),
    ],
    ids=["ERPNext", "SAP", "Business Central", "DATEV"],
)
def test_foreign_currency_is_refused_by_name(kopf_zeile_waehrung: tuple[str, str, str]) -> None:
    kopf, zeile, waehrung = kopf_zeile_waehrung
    liste = read_rows(kopf, zeile)
    assert not liste.offene
    assert f"Fremdwährung ({waehrung})" in reasons(liste)


@pytest.mark.parametrize("zeichen", ["A", "M", "K", "N"])
def test_a_cleared_item_is_counted_and_never_open(zeichen: str) -> None:
    liste = read_rows(ASCII_KOPF, ASCII_ZEILE.replace('"O"', f'"{zeichen}"'))
    assert (liste.offene, liste.befunde) == ((), ())
    assert dict(liste.gezaehlt) == {"ausgeglichene Posten": 1}


def test_a_mark_that_nobody_knows_is_no_open_item() -> None:
    liste = read_rows(ASCII_KOPF, ASCII_ZEILE.replace('"O"', '"Z"'))
    assert not liste.offene
    assert "Das Kennzeichen „z“ in der Spalte „AusgleichsKZ“ ist unbekannt" in reasons(liste)


def test_cleared_in_other_programs() -> None:
    assert not read_rows(SAP_KOPF, SAP_ZEILE.replace(";;Wartung", ";20.10.2026;Wartung")).offene
    assert not read_rows(BC_KOPF, BC_ZEILE.replace("Ja", "Nein")).offene


def test_a_document_that_is_no_invoice_is_no_claim() -> None:
    liste = read_rows(BC_KOPF, BC_ZEILE.replace("Rechnung", "Mahnung"))
    assert not liste.offene
    assert "Die Belegart „Mahnung“ ist keine Rechnung" in reasons(liste)


def test_a_credit_is_a_list_of_its_own() -> None:
    liste = read_rows(ERPNEXT_KOPF, ERPNEXT_ZEILE.replace("1190.00,400.00,0.00,790.00", "-59.50,0,0,-59.50"))
    assert not liste.offene
    assert [(befund.code, befund.gegenstand) for befund in liste.befunde] == [("POSTEN_GUTHABEN", "K-1")]


def test_sums_are_counted_but_a_customer_called_total_is_not() -> None:
    liste = read(
        lines(
            FREI_KOPF,
            "K1;Total Energien GmbH;RE-1;;;1.190,00;400,00;790,00",
            "K1;;;;;1.190,00;400,00;790,00",
            "Summe;;Summe;;;1.190,00;400,00;790,00",
            "Gesamt;790,00",
        ),
        ZUORDNUNG,
    )
    assert open_sums(liste) == {"K1/RE-1": "790.00"}
    assert sum(dict(liste.gezaehlt).values()) == 3


def test_the_same_number_twice_is_neither() -> None:
    liste = read(lines(FREI_KOPF, FREI_ZEILE, FREI_ZEILE.replace("790", "790")), ZUORDNUNG)
    assert not liste.offene
    assert "RE-1 steht mehrmals in der Liste (Zeilen 2, 3)" in reasons(liste)
    anderer = read(lines(FREI_KOPF, FREI_ZEILE, FREI_ZEILE.replace("K1", "K2")), ZUORDNUNG)
    assert set(open_sums(anderer)) == {"K1/RE-1", "K2/RE-1"}


def test_movements_need_every_row_of_their_item() -> None:
    zahlung = '10001;"RE-1";20102026;;1200;0,00;400,00;790,00;"S";"";"Zahlung";"O"'
    assert open_sums(read_rows(ASCII_KOPF, ASCII_ZEILE, zahlung)) == {"10001/RE-1": "790.00"}
    kaputt = read_rows(ASCII_KOPF, ASCII_ZEILE, zahlung.replace("400,00", "4OO,00"))
    assert not kaputt.offene
    assert "Zu RE-1 ist Zeile 3 nicht lesbar" in reasons(kaputt)
    fehlt = read_rows(ASCII_KOPF, ASCII_ZEILE.replace("1190,00;0,00;1190,00", "1190,00;0,00;790,00"))
    assert "Soll weniger Haben ergibt 1.190,00, die Liste nennt als Saldo 790,00" in reasons(fehlt)


def test_a_returned_payment_opens_the_invoice_again_and_fees_do_not_raise_it() -> None:
    zahlung = '10001;"RE-1";20102026;;1200;0,00;1190,00;0,00;"S";"";"Zahlung";"O"'
    rueck = '10001;"RE-1";25102026;;1200;1190,00;0,00;1190,00;"S";"";"RueckLS";"O"'
    liste = read_rows(ASCII_KOPF, ASCII_ZEILE, zahlung, rueck)
    [posten] = liste.offene
    assert (str(posten.offen), str(posten.betrag), str(posten.bezahlt)) == ("1190.00", "1190.00", "0.00")
    assert posten.datum == dt.date(2026, 9, 1)
    gebuehr = '10001;"RE-1";30102026;;4830;5,00;0,00;1195,00;"S";"";"Mahngebuehr";"O"'
    assert "1.195,00 mehr, als berechnet wurde" in reasons(read_rows(ASCII_KOPF, ASCII_ZEILE, gebuehr))


def test_a_credit_goes_to_the_invoice_that_sap_assigns_it_to() -> None:
    gutschrift = "10001;RG;GS-7;RE-1;05.11.2026;;H;1800000150;;Gutschrift;59,50-;EUR"
    assert open_sums(read_rows(SAP_KOPF, SAP_ZEILE, gutschrift)) == {"10001/RE-1": "1130.50"}
    fremd = read_rows(SAP_KOPF, SAP_ZEILE, gutschrift.replace("RE-1", "RE-9"))
    assert open_sums(fremd) == {"10001/RE-1": "1190.00"}
    assert [befund.code for befund in fremd.befunde] == ["POSTEN_GUTHABEN"]


@pytest.mark.parametrize("wort", ["", "0", "nein", "No"])
def test_no_block_is_no_block(wort: str) -> None:
    zuordnung = Zuordnung(spalten={**ZUORDNUNG.spalten, "mahnsperre": "Sperre"})
    [posten] = read(lines(f"{FREI_KOPF};Sperre", f"{FREI_ZEILE};{wort}"), zuordnung).offene
    assert not posten.mahnsperre


@pytest.mark.parametrize("wort", ["1", "x", "ja", "Ratenplan"])
def test_any_other_word_is_a_block(wort: str) -> None:
    zuordnung = Zuordnung(spalten={**ZUORDNUNG.spalten, "mahnsperre": "Sperre"})
    [posten] = read(lines(f"{FREI_KOPF};Sperre", f"{FREI_ZEILE};{wort}"), zuordnung).offene
    assert posten.mahnsperre


def test_a_movement_that_stands_there_twice_keeps_its_item_out() -> None:
    liste = read_rows(SAP_KOPF, SAP_ZEILE, SAP_ZEILE)
    assert not liste.offene
    assert "Die Zeile wiederholt Zeile 2" in reasons(liste)


# --- files ------------------------------------------------------------------------------------------------


def zip_of(name: str) -> bytes:
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        archiv.writestr(name, "<a/>")
    return ziel.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        (b"", "Die Datei ist leer."),
        (b"\xef\xbb\xbf\r\n \r\n", "Die Datei ist leer."),
        (b"%PDF-1.7 ...", "Das ist ein PDF"),
        (b"<!DOCTYPE html><html><table><tr>", "Das ist eine HTML-Seite"),
        (b'<?xml version="1.0"?><Workbook>', "Das ist eine XML- oder HTML-Datei"),
        (b'[{"invoiceNumber": "RE-1"}]', "Das ist eine JSON-Datei"),
        (OLE, "im alten Format von Excel oder Word (.xls)"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "eine Excel-Datei mit Kennwort"),
        (zip_of("word/document.xml"), "ein Word-Dokument"),
        (zip_of("content.xml"), "eine Datei von LibreOffice"),
        (zip_of("xl/workbook.bin"), "eine binäre Excel-Datei"),
        (zip_of("liste.csv"), "ein ZIP-Archiv"),
        (b"PK\x03\x04 kaputt", "Die Excel-Datei ist beschädigt."),
        (b"a;b\0c;d", "keine Textdatei"),
        (b"\xff\xfea;b;c", "beschädigt"),
        (b"Guten Tag\r\n", "keine Tabelle"),
        (lines(LISTE_KOPF), "Unter der Kopfzeile steht keine einzige Zeile."),
        (lines(LISTE_KOPF, LISTE_ZEILE, LISTE_ZEILE)[:-40], "bricht mitten in dieser Zeile ab"),
        (lines(LISTE_KOPF, LISTE_ZEILE.replace("Wartung", '"Wartung'), LISTE_ZEILE), "Anführungszeichen"),
        (lines(LISTE_KOPF, "Nr;Nr;TT;TT;EUR;EUR;EUR;;Text", LISTE_ZEILE), "zwei Kopfzeilen (Zeile 1 und 2)"),
        (lines(f"{LISTE_KOPF};Saldo", f"{LISTE_ZEILE};1,00"), "„Saldo“ steht zweimal in der Kopfzeile"),
        (lines(LISTE_KOPF.replace(";", ":"), LISTE_ZEILE.replace(";", ":")), "keine Liste offener Posten"),
        (lines("Kunde;Nicht fällig;0-30;31-60;61-90;Summe", "Muster;0;1;2;3;6"), "eine Liste nach Altersklassen"),
        (lines("Customer,Current,1 - 30,31 - 60,over 60", "Muster,0,1,2,3"), "eine Liste nach Altersklassen"),
        (lines(FREI_KOPF, FREI_ZEILE), "die keines bekannten Programms"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_what_it_is(inhalt: bytes, satz: str) -> None:
    befund = refusal(inhalt)
    assert satz in befund.text
    assert befund.abhilfe


def test_the_wrong_separator_keeps_every_row_out() -> None:
    liste = read_rows(LISTE_KOPF.replace(";", ","), LISTE_ZEILE.replace(";", ","))
    assert not liste.offene
    assert "ein Trennzeichen steht wohl mitten in einem Wert" in reasons(liste)


def test_a_million_empty_rows_hide_no_item() -> None:
    liste = read(
        lines(LISTE_KOPF, LISTE_ZEILE)
        + b";;;;;;;;\r\n" * 1_000_000
        + lines(LISTE_ZEILE.replace("RE-1", "RE-2"))
    )
    assert [(posten.nummer, posten.zeile) for posten in liste.offene] == [("RE-1", 2), ("RE-2", 1_000_003)]


# --- workbooks ----------------------------------------------------------------------------------------------

TAG = dt.date(2026, 9, 1)
XLSX_ZEILE: list[Wert] = [
    "10001",
    "RE-1",
    TAG,
    dt.date(2026, 9, 15),
    Decimal(1190),
    Decimal("400.1"),
    Decimal("789.9"),
]


def build_liste(**anders: Wert) -> bytes:
    """Return a workbook of one row in which some of its columns say something else."""
    kopf = LISTE_KOPF.split(";")[:7]
    return build_xlsx([kopf, [anders.get(name, wert) for name, wert in zip(kopf, XLSX_ZEILE, strict=True)]])


def patch_sheet(inhalt: bytes, change: Callable[[bytes], bytes], ort: str = "sheet1.xml") -> bytes:
    ziel = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(inhalt)) as quelle,
        zipfile.ZipFile(ziel, "w", zipfile.ZIP_DEFLATED) as kopie,
    ):
        for name in quelle.namelist():
            teil = quelle.read(name)
            kopie.writestr(name, change(teil) if name.endswith(ort) else teil)
    return ziel.getvalue()


@pytest.mark.parametrize(
    ("spalte", "wert", "grund"),
    [
        ("Datum", Decimal(46266), "Excels Zahl für einen Tag ohne Datumsformat"),
        ("Fälligkeit", Decimal(14), "eine Zahl von Tagen"),
        ("Saldo", Decimal("789.905"), "kein Betrag in ganzen Cent"),
        ("Saldo", TAG, "Statt eines Betrags steht dort der Tag 01.09.2026"),
        ("Rechnungsnummer", Decimal("2026.1"), "Excel kann Nullen weggenommen haben"),
        ("Rechnungsnummer", TAG, "Excel hat den Text zum Datum gemacht"),
        ("Rechnungsnummer", Decimal(4032100000000000), "ihre letzten Ziffern fehlen"),
    ],
)
def test_what_excel_makes_of_a_cell_is_refused_by_name(spalte: str, wert: Wert, grund: str) -> None:
    liste = read(build_liste(**{spalte: wert}))
    assert not liste.offene
    assert grund in reasons(liste)


def test_numbers_and_days_of_excel_are_exact() -> None:
    [posten] = read(build_liste()).offene
    assert (posten.betrag, posten.bezahlt, posten.offen) == (
        Decimal("1190.00"),
        Decimal("400.10"),
        Decimal("789.90"),
    )
    assert (posten.datum, posten.faellig) == (TAG, dt.date(2026, 9, 15))
    ohne_null = read(build_liste(Datum=Decimal(1092026), Rechnungsnummer=Decimal(2026001))).offene[0]
    assert (ohne_null.datum, ohne_null.nummer) == (TAG, "2026001")


def test_a_sum_that_excel_calculated_counts_as_excel_shows_it() -> None:
    inhalt = patch_sheet(
        build_liste(),
        lambda blatt: re.sub(rb'(<c r="G2">)<v>[^<]*', rb"\g<1><f>E2-F2</f><v>789.89999999999998", blatt),
    )
    assert open_sums(read(inhalt)) == {"10001/RE-1": "789.90"}


@pytest.mark.parametrize(
    ("zelle", "grund"),
    [
        (b'<c r="G2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        (b'<c t="e" r="G2"><v>#N/A</v></c>', "#N/A"),
        (b'<c r="G2"><f>E2-F2</f><v></v></c>', "Formel ohne Ergebnis"),
        (b'<c r="G2"><f>E2-F2</f><v/></c>', "Formel ohne Ergebnis"),
        (b'<c r="G2"><f>E2-F2</f></c>', "Formel ohne Ergebnis"),
        (b'<c r="G2" s="1"><f t="shared" si="0"/></c>', "Formel ohne Ergebnis"),
    ],
)
def test_a_formula_without_its_result_is_no_empty_cell(zelle: bytes, grund: str) -> None:
    liste = read(patch_sheet(build_liste(), lambda blatt: re.sub(rb'<c r="G2">.*?</c>', zelle, blatt)))
    assert not liste.offene
    assert grund in reasons(liste)


@pytest.mark.parametrize(
    ("zusatz", "satz"),
    [
        (
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "reicht über 1048576 Zeilen und 16384 Spalten",
        ),
        (b"<row><c><v>1</v></c></row>", "Zellen ohne Adresse"),
        (b" " * 160_000_000, "ausgepackt größer als 150 MB"),
    ],
    ids=["weit", "ohne Adresse", "Bombe"],
)
def test_a_workbook_is_measured_before_it_is_opened(zusatz: bytes, satz: str) -> None:
    inhalt = patch_sheet(
        build_liste(), lambda blatt: blatt.replace(b"</sheetData>", zusatz + b"</sheetData>")
    )
    assert len(inhalt) < 400_000
    assert satz in refusal(inhalt).text


def test_a_long_text_shared_by_many_cells_is_weighed() -> None:
    zellen = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (nummer, nummer) for nummer in range(3, 9_000)
    )
    inhalt = patch_sheet(
        build_liste(), lambda blatt: blatt.replace(b"</sheetData>", zellen + b"</sheetData>")
    )
    lang = b"<t>" + b"K" * 30_000 + b"</t>"
    voll = patch_sheet(inhalt, lambda texte: texte.replace(b"<t>Konto</t>", lang), "sharedStrings.xml")
    assert "wiederholt sehr lange Texte" in refusal(voll).text
    eine = patch_sheet(
        inhalt, lambda texte: texte.replace(b"</sst>", b"<si>" + lang + b"</si></sst>"), "sharedStrings.xml"
    )
    assert open_sums(read(eine)) == {"10001/RE-1": "789.90"}


def test_empty_rows_of_a_workbook_are_passed_over_in_a_bounded_worker() -> None:
    leer = b"".join(b'<row r="%d" s="1"/>' % nummer for nummer in range(3, 1_000_000))
    letzte = b'<row r="1000000"><c r="B1000000" t="inlineStr"><is><t>RE-9</t></is></c></row>'
    inhalt = patch_sheet(
        build_liste(), lambda blatt: blatt.replace(b"</sheetData>", leer + letzte + b"</sheetData>")
    )
    arbeiter = Worker()
    try:
        liste = arbeiter.call(read_postenliste, inhalt, "liste.xlsx", seconds=60.0)
    finally:
        arbeiter.close()
    assert open_sums(liste) == {"10001/RE-1": "789.90"}
    assert reasons(liste) == "1000000: Weder Soll noch Haben steht in der Zeile."


def test_two_sheets_of_items_are_asked_about_and_the_mapping_chooses() -> None:
    import xlsxwriter

    ziel = io.BytesIO()
    mappe = xlsxwriter.Workbook(ziel)
    for name in ("Jan", "Feb"):
        seite = mappe.add_worksheet(name)
        for nummer, zeile in enumerate((FREI_KOPF, FREI_ZEILE.replace("RE-1", name))):
            seite.write_row(nummer, 0, zeile.split(";"))
    mappe.add_worksheet("Leer")
    mappe.close()
    assert "mehrere Blätter solche Listen: „Jan“, „Feb“" in refusal(ziel.getvalue()).text
    liste = read(ziel.getvalue(), Zuordnung(spalten=ZUORDNUNG.spalten, blatt="Feb"))
    assert set(open_sums(liste)) == {"K1/Feb"}
    assert (
        "im Blatt „Mrz“" in refusal(ziel.getvalue(), Zuordnung(spalten=ZUORDNUNG.spalten, blatt="Mrz")).text
    )


# --- order ------------------------------------------------------------------------------------------------


@braucht_proben
@pytest.mark.parametrize("name", ["datev_opos_ascii_ungerafft", "datev_opos_liste_excel", "sap_einzelposten", "business_central_debitorenposten", "erpnext_accounts_receivable"])  # fmt: skip
def test_the_order_of_the_rows_does_not_matter(name: str) -> None:
    pfad = next(pfad for pfad in DATEIEN if pfad.stem == name)
    kopf, *zeilen = [zeile for zeile in pfad.read_bytes().splitlines(keepends=True) if zeile.strip()]
    zeilen = [zeile.rstrip(b"\r\n") + b"\r\n" for zeile in zeilen]
    erwartet = open_sums(read(kopf + b"".join(zeilen)))
    for folge in itertools.islice(itertools.permutations(zeilen), 0, 720, 37):
        liste = read(kopf + b"".join(folge))
        assert sorted(open_sums(liste).items()) == sorted(erwartet.items())


def test_a_draft_reads_what_its_mapping_reads() -> None:
    vorschlag = draft_zuordnung(lines("Liste", "", FREI_KOPF, FREI_ZEILE), "liste.csv")
    assert dict(vorschlag.zuordnung.spalten) == dict(ZUORDNUNG.spalten)
    assert (vorschlag.zeile, vorschlag.ungelesen, vorschlag.fragen) == (3, (), ())
    assert vorschlag.beispiele == (tuple(FREI_ZEILE.split(";")),)
