"""Damaged lists give findings only, and second readers (csv, openpyxl) find the same items in sound ones."""

import csv
import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from mahnakte.eingang.posten.lesen import draft_zuordnung, read_postenliste
from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.eingang.posten.zuordnung import Zuordnung, read_zuordnung, write_zuordnung
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.text import find_unsafe
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
    build_stapel,
    build_xlsx,
    lines,
)

ZUORDNUNG = Zuordnung(
    spalten={"kundennummer": "Kd-Nr", "nummer": "Rg.-Nr.", "datum": "Rechnungsdatum", "offen": "Offen"}
)
TABELLE: list[list[Wert]] = [
    list(LISTE_KOPF.split(";")),
    [
        "10001",
        "RE-1",
        dt.date(2026, 9, 1),
        dt.date(2026, 9, 15),
        Decimal(1190),
        Decimal(400),
        Decimal(790),
        "8400",
        "a",
    ],
    [
        "10001",
        "RE-2",
        dt.date(2026, 9, 1),
        dt.date(2026, 9, 15),
        Decimal(10),
        Decimal(0),
        Decimal(10),
        "8400",
        "b",
    ],
]
XLSX = build_xlsx(TABELLE)
ARTEN: dict[str, bytes] = {
    "DATEV ASCII": lines(ASCII_KOPF, ASCII_ZEILE, ASCII_ZEILE.replace("RE-1", "RE-2")),
    "DATEV Liste": lines(LISTE_KOPF, LISTE_ZEILE, LISTE_ZEILE.replace("RE-1", "RE-2")),
    "SAP": lines(SAP_KOPF, SAP_ZEILE, SAP_ZEILE.replace("RE-1", "RE-2")),
    "Business Central": lines(BC_KOPF, BC_ZEILE, BC_ZEILE.replace("RE-1", "RE-2")),
    "ERPNext": lines(ERPNEXT_KOPF, ERPNEXT_ZEILE, ERPNEXT_ZEILE.replace("RE-1", "RE-2")),
    "Stapel": build_stapel({}, {1: "400,00", 2: "H", 10: "2010"}, {11: "RE-2"}, breite=20),
    "frei": lines(FREI_KOPF, FREI_ZEILE, FREI_ZEILE.replace("RE-1", "RE-2")),
    "XLSX": XLSX,
    "Blatt": XLSX,
    "Zuordnung": write_zuordnung(ZUORDNUNG),
}  # fmt: skip
STUECKE = (
    b";", b'"', b"\r\n", b"\n", b",", b"\0", b"\xff", b"\xc3", b"=", b"-", b"99999999999999999999", b"1.190", b"31.02.2026", b"\t" * 50,
    b"", b"EUR", b"USD", b"Summe", b"<", b">", b"/", b"'", b":", b"#", b"\xe2\x80\xae", b"NaN", b"1e999", b"RE-1", b'r="XFD1"', b"inf",
)  # fmt: skip


def mutate(inhalt: bytes, zufall: random.Random) -> bytes:
    """Return the bytes with one to four pieces cut, doubled, swapped or put in."""
    teile = bytearray(inhalt)
    for _ in range(zufall.randint(1, 4)):
        von = zufall.randrange(len(teile) + 1)
        bis = min(len(teile), von + zufall.choice((0, 1, 2, 8, 40, 400)))
        match zufall.randrange(4):
            case 0:
                del teile[von:bis]
            case 1:
                teile[von:von] = teile[von:bis] * zufall.randint(1, 3)
            case 2:
                teile[von:bis] = zufall.choice(STUECKE)
            case _ if von < len(teile):
                teile[von] = zufall.randrange(256)
    return bytes(teile)


def mutate_sheet(inhalt: bytes, zufall: random.Random) -> bytes:
    """Return a sound archive whose parts are damaged inside."""
    ziel = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(inhalt)) as quelle, zipfile.ZipFile(ziel, "w") as kopie:
        namen = quelle.namelist()
        getroffen = zufall.choice([name for name in namen if "sheet1" in name] * 4 + namen)
        for name in namen:
            teil = quelle.read(name)
            kopie.writestr(name, mutate(teil, zufall) if name == getroffen else teil)
    return ziel.getvalue()


def read_any(art: str, inhalt: bytes) -> Postenliste | None:
    if art == "Zuordnung":
        read_zuordnung(inhalt, "z.yaml")
        return None
    if art == "frei":
        draft_zuordnung(inhalt, "liste")
    return read_postenliste(inhalt, "liste", ZUORDNUNG if art == "frei" else None)


def check_damaged(art: str, anzahl: int) -> None:
    zufall = random.Random(art)
    aendern: Callable[[bytes, random.Random], bytes] = mutate_sheet if art == "Blatt" else mutate
    for _ in range(anzahl):
        inhalt = aendern(ARTEN[art], zufall)
        try:
            liste = read_any(art, inhalt)
        except Ablehnung as ablehnung:
            befunde = ablehnung.befunde
        else:
            befunde = liste.befunde if liste else ()
            for posten in liste.offene if liste else ():
                assert posten.nummer
                assert posten.offen > 0
                assert posten.offen == posten.offen.quantize(Decimal("0.01"))
                assert posten.betrag is None or posten.offen <= posten.betrag
                assert not find_unsafe(posten.nummer + posten.name + posten.kundennummer + posten.text)
        for befund in befunde:
            assert befund.text.rstrip().endswith((".", "?")), befund
            assert not find_unsafe(befund.text)
            assert len(befund.text) < 600


@pytest.mark.parametrize("art", ARTEN)
def test_damaged_files_give_findings_only(art: str) -> None:
    check_damaged(art, 100)


@pytest.mark.umfang
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("art", ARTEN)
def test_many_damaged_files_give_findings_only(art: str) -> None:
    check_damaged(art, 5_000)


# --- second readers -------------------------------------------------------------------------------------------


def make_rows(zufall: random.Random) -> Iterator[dict[str, Any]]:
    """Yield made-up items: customer, number, days, what was invoiced and paid."""
    for nummer in range(200):
        tag = dt.date(2026, 1, 1) + dt.timedelta(days=zufall.randrange(200))
        betrag = zufall.randint(1, 10_000_000)
        yield {
            "kunde": f"{zufall.randint(10001, 10050)}",
            "nummer": f"RE-{nummer}",
            "datum": tag,
            "faellig": tag + dt.timedelta(days=14),
            "betrag": Decimal(betrag).scaleb(-2),
            "bezahlt": Decimal(zufall.choice((0, 0, zufall.randint(0, betrag), betrag))).scaleb(-2),
        }


def german(betrag: Decimal) -> str:
    return f"{betrag:,.2f}".translate(str.maketrans(",.", ".,"))


def as_liste(zeile: dict[str, Any]) -> list[Any]:
    return [
        zeile["kunde"], zeile["nummer"], zeile["datum"], zeile["faellig"], zeile["betrag"], zeile["bezahlt"],
        zeile["betrag"] - zeile["bezahlt"], "8400", "",
    ]  # fmt: skip


@pytest.mark.parametrize("saat", range(5))
def test_the_csv_module_finds_the_same_items(saat: int) -> None:
    zeilen = [as_liste(zeile) for zeile in make_rows(random.Random(saat))]
    text = io.StringIO()
    schreiber = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    schreiber.writerow(LISTE_KOPF.split(";"))
    for zeile in zeilen:
        schreiber.writerow(
            [
                german(w)
                if isinstance(w, Decimal)
                else w.strftime("%d.%m.%Y")
                if isinstance(w, dt.date)
                else w
                for w in zeile
            ]
        )
    naiv = {
        (zeile["Konto"], zeile["Rechnungsnummer"]): Decimal(zeile["Saldo"].replace(".", "").replace(",", "."))
        for zeile in csv.DictReader(io.StringIO(text.getvalue()), delimiter=";")
    }
    liste = read_postenliste(text.getvalue().encode("cp1252"), "liste.csv")
    assert {(p.kundennummer, p.nummer): p.offen for p in liste.offene} == {k: w for k, w in naiv.items() if w}
    assert dict(liste.gezaehlt).get("ausgeglichene Posten", 0) == sum(not wert for wert in naiv.values())
    assert not liste.befunde


@pytest.mark.parametrize("saat", range(5))
def test_openpyxl_finds_the_same_items(saat: int) -> None:
    zeilen = [as_liste(zeile) for zeile in make_rows(random.Random(saat))]
    inhalt = build_xlsx([list(LISTE_KOPF.split(";")), *zeilen])
    blatt = openpyxl.load_workbook(io.BytesIO(inhalt), data_only=True).active
    assert blatt is not None
    naiv = {
        (zeile[0], zeile[1]): (round(Decimal(str(zeile[6])), 2), zeile[2].date(), zeile[3].date())
        for zeile in blatt.iter_rows(min_row=2, values_only=True)
        if zeile[6]
    }
    liste = read_postenliste(inhalt, "liste.xlsx")
    assert {(p.kundennummer, p.nummer): (p.offen, p.datum, p.faellig) for p in liste.offene} == naiv
    assert not liste.befunde


def test_a_workbook_and_its_text_say_the_same() -> None:
    zeilen = [as_liste(zeile) for zeile in make_rows(random.Random(99))]
    mappe = read_postenliste(build_xlsx([list(LISTE_KOPF.split(";")), *zeilen]), "l")
    text = lines(
        LISTE_KOPF,
        *(
            ";".join(
                german(w) if isinstance(w, Decimal) else w.strftime("%d%m%Y") if isinstance(w, dt.date) else w
                for w in zeile
            )
            for zeile in zeilen
        ),
    )
    assert mappe == read_postenliste(text, "l")
