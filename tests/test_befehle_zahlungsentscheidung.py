"""Bookings that a person decides: out as a list, decided in Excel, back, booked once; until then their cases wait."""

import csv
import dataclasses
import datetime as dt
import io
import pathlib
import shutil
from typing import Any

import openpyxl
import pytest

from mahnakte.ablage.herkunft import identify
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.zahlungen import Zahlungswahl, take_zahlungen
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

WURZEL = pathlib.Path(__file__).resolve().parent.parent
STICHTAG = dt.date(2026, 11, 24)
FAELLE = ("2026-0087", "2026-0092", "2026-0093", "2026-0095", "2026-0101")


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    """Five demo cases with the statement beside them: one certain booking, three proposals, one unclear."""
    ordner = tmp_path / "faelle"
    ordner.mkdir()
    shutil.copy(WURZEL / "fixtures" / "demo" / "mahnakte.yaml", ordner)
    for name in FAELLE:
        shutil.copytree(WURZEL / "fixtures" / "demo" / name, ordner / name)
    shutil.copy(WURZEL / "fixtures" / "bank" / "auszug.xml", tmp_path)
    return ordner


def run(
    bestand: pathlib.Path, pool: WorkerPool, *, buchen: bool = True, tag: dt.date = STICHTAG, **wahl: Any
) -> Ergebnis:
    herkunft = identify("Test") if buchen else None
    auszug = bestand.parent / "auszug.xml"
    return take_zahlungen(auszug, [bestand], Lage(tag, pool), herkunft, Zahlungswahl(**wahl))


def read_list(datei: pathlib.Path) -> list[dict[str, Any]]:
    """Read the workbook with another library; the titles stand below the heading lines."""
    zeilen = list(openpyxl.load_workbook(datei).active.iter_rows(values_only=True))
    kopf = next(nr for nr, zeile in enumerate(zeilen) if "Buchung" in zeile)
    return [dict(zip(zeilen[kopf], zeile, strict=True)) for zeile in zeilen[kopf + 1 :]]


def decide(datei: pathlib.Path, **worte: dict[str, Any]) -> None:
    """Do what a person does in Excel: write cells of the rows of a sum (as `b400` for 400,00)."""
    mappe = openpyxl.load_workbook(datei)
    blatt = mappe.active
    kopf = next(z for z in blatt.iter_rows() if "Buchung" in [zelle.value for zelle in z])
    orte = {zelle.value: zelle.column for zelle in kopf}
    for zeile in blatt.iter_rows(min_row=kopf[0].row + 1):
        betrag = zeile[orte["Betrag"] - 1].value
        for titel, wert in worte.get(f"b{betrag:g}".replace(".", "_").replace("-", "m"), {}).items():
            blatt.cell(zeile[0].row, orte[titel]).value = wert
    mappe.save(datei)


def payments(bestand: pathlib.Path) -> dict[str, list[Any]]:
    return {
        name: [
            z
            for v in read_fallordner(bestand / name).vorgaenge.vorgaenge
            for z in v.nachtrag.entries("zahlungen")
        ]
        for name in FAELLE
    }


def reasons(bestand: pathlib.Path, name: str, pool: WorkerPool, tag: dt.date = STICHTAG) -> list[str]:
    faelle = plan_faelle([bestand / name], Lage(tag, pool)).daten["faelle"]
    return [grund["code"] for fall in faelle for grund in fall["gruende"]]


def key_of(zeile: dict[str, Any]) -> str:
    return f"b{zeile['Betrag']:g}".replace(".", "_").replace("-", "m")


def incoming(liste: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a proposal of money that came in and means one case."""
    return next(z for z in liste if z["Betrag"] > 0 and z["Fall"])


# --- waiting ------------------------------------------------------------------------------------------------------


def test_what_is_not_certain_holds_its_cases_and_nothing_is_held_twice(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    ergebnis = run(bestand, werkstatt)
    gehalten = {pathlib.Path(name).name for b in ergebnis.daten["buchungen"] for name in b["haelt"]}
    assert gehalten
    for name in gehalten:
        assert "ZAHLUNG_UNGEKLAERT" in reasons(bestand, name, werkstatt)
        assert (
            run_faelle([bestand / name], Lage(STICHTAG, werkstatt), identify("Test")).daten["zahl"]["briefe"]
            == 0
        )
        befunde = prepare_antraege(
            [bestand / name], "mahnbescheid", Lage(STICHTAG, werkstatt), identify("Test")
        ).befunde
        assert any("ungeklärt" in f"{b.text} {b.abhilfe}".casefold() for b in befunde), befunde
    stand = {p: p.read_bytes() for p in bestand.rglob("eintrag.json")}
    run(bestand, werkstatt)
    assert {p: p.read_bytes() for p in bestand.rglob("eintrag.json")} == stand


def test_a_hold_ends_by_itself(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    run(bestand, werkstatt)
    name = next(n for n in FAELLE if "ZAHLUNG_UNGEKLAERT" in reasons(bestand, n, werkstatt))
    letzter = STICHTAG + dt.timedelta(days=14)
    assert "ZAHLUNG_UNGEKLAERT" in reasons(bestand, name, werkstatt, letzter)
    assert "ZAHLUNG_UNGEKLAERT" not in reasons(bestand, name, werkstatt, letzter + dt.timedelta(days=1))


def test_a_case_learns_nothing_of_others(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    """A booking that may be of several cases leaves its key, its day and its sum there."""
    run(bestand, werkstatt)
    for datei in bestand.rglob("eintrag.json"):
        if "zahlung_ungeklaert" in (text := datei.read_text("utf-8")):
            assert '"buchung"' in text
            assert "zweck" not in text.casefold()


def test_without_taking_over_nothing_is_held(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    run(bestand, werkstatt, buchen=False, liste=bestand.parent / "l.xlsx")
    assert not list(bestand.rglob("eintrag.json"))
    assert read_list(bestand.parent / "l.xlsx")


# --- out, decided, back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_a_yes_is_booked_once_and_ends_the_waiting(
    bestand: pathlib.Path, werkstatt: WorkerPool, form: str
) -> None:
    datei = bestand.parent / f"liste.{form}"
    run(bestand, werkstatt, liste=datei if form == "xlsx" else bestand.parent / "x.xlsx")
    zeile = incoming(read_list(datei if form == "xlsx" else bestand.parent / "x.xlsx"))
    fall = zeile["Fall"]
    if form == "csv":
        run(bestand, werkstatt, liste=datei)
        zeilen = list(csv.reader(io.StringIO(datei.read_text("utf-8-sig")), delimiter=";"))
        orte = {titel: nr for nr, titel in enumerate(zeilen[0])}
        for eine in zeilen[1:]:
            if eine[orte["Buchung"]] == zeile["Buchung"]:
                eine[orte["Entscheidung"]] = "ja"
        with datei.open("w", encoding="utf-8-sig", newline="") as strom:
            csv.writer(strom, delimiter=";").writerows(zeilen)
    else:
        decide(datei, **{key_of(zeile): {"Entscheidung": "ja"}})
    vorher = len(payments(bestand)[fall])
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    assert [b for b in ergebnis.befunde if b.code.startswith("ENTSCHEIDUNG")] == []
    assert len(payments(bestand)[fall]) == vorher + 1
    assert "ZAHLUNG_UNGEKLAERT" not in reasons(bestand, fall, werkstatt)
    noch_einmal = run(bestand, werkstatt, entscheidung=datei)
    assert len(payments(bestand)[fall]) == vorher + 1
    assert {b.code for b in noch_einmal.befunde if b.code.startswith("ENTSCHEIDUNG")} == {
        "ENTSCHEIDUNG_PASST_NICHT"
    }


@pytest.mark.parametrize("wort", ["nein", "nicht unser", " NEIN "])
def test_a_no_ends_the_waiting_and_is_not_asked_again(
    bestand: pathlib.Path, werkstatt: WorkerPool, wort: str
) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    zeilen = read_list(datei)
    decide(datei, **{key_of(z): {"Entscheidung": wort} for z in zeilen})
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    assert "gelöscht" in ergebnis.zeilen[-1]
    for name in FAELLE:
        assert "ZAHLUNG_UNGEKLAERT" not in reasons(bestand, name, werkstatt)
    neue = bestand.parent / "neu.xlsx"
    run(bestand, werkstatt, liste=neue)
    assert read_list(neue) == []


def test_a_call_cut_off_between_booking_and_the_other_cases_is_healed(
    bestand: pathlib.Path, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    zeile = incoming(read_list(datei))
    anderer = next(
        name
        for name in FAELLE
        if name != zeile["Fall"] and "BEZAHLT" not in reasons(bestand, name, werkstatt)
    )
    decide(datei, **{key_of(zeile): {"Entscheidung": "weitere", "Fall": anderer, "Rechnung": None}})
    with monkeypatch.context() as patch:
        patch.setattr("mahnakte.befehle.zahlungen.Klaerung.settle", lambda *_: None)
        run(bestand, werkstatt, entscheidung=datei)
    assert len(payments(bestand)[anderer]) == 1
    assert "ZAHLUNG_UNGEKLAERT" in reasons(bestand, zeile["Fall"], werkstatt)
    run(bestand, werkstatt)
    assert "ZAHLUNG_UNGEKLAERT" not in reasons(bestand, zeile["Fall"], werkstatt)
    stand = {p: p.read_bytes() for p in bestand.rglob("eintrag.json")}
    run(bestand, werkstatt)
    assert {p: p.read_bytes() for p in bestand.rglob("eintrag.json")} == stand


def test_parts_for_several_invoices(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    zeile = next(z for z in read_list(datei) if z["Betrag"] > 0)
    betrag = f"{zeile['Betrag'] - 1:.2f}".replace(".", ",")
    rest = {
        "Entscheidung": "ja",
        "Fall": "2026-0087",
        "Rechnung": f"RE-2026-178 = {betrag}; RE-2026-185 = 1,00",
    }
    decide(datei, **{key_of(zeile): rest})
    run(bestand, werkstatt, entscheidung=datei)
    assert [z["auf"] for z in payments(bestand)["2026-0087"]] == ["RE-2026-178", "RE-2026-185"]


# --- what does not fit ------------------------------------------------------------------------------------------------

FALSCH: dict[str, dict[str, Any]] = {
    "ist keine Entscheidung": {"Entscheidung": "vielleicht"},
    "nicht genau einmal": {"Entscheidung": "ja", "Fall": "2026-9999"},
    "fehlt in der Spalte „Fall“": {"Entscheidung": "ja", "Fall": None},
    "in eine Zahl verwandelt": {"Entscheidung": "ja", "Fall": 20260095},
    "in ein Datum verwandelt": {"Entscheidung": "ja", "Fall": dt.date(2026, 1, 1)},
    "gibt es die Rechnung": {"Entscheidung": "ja", "Fall": "2026-0087", "Rechnung": "RE-0"},
    "die Teilbeträge ergeben": {
        "Entscheidung": "ja", "Fall": "2026-0087", "Rechnung": "RE-2026-178 = 1,00; RE-2026-185 = 1,00",
    },
    "anderen Kontoauszug": {"Entscheidung": "ja", "Auszug": "sha-0000000000000000"},
    "wartet nicht (mehr)": {"Entscheidung": "ja", "Buchung": "anders"},
    "In der Liste stehen": {"Entscheidung": "ja", "Betrag": 3.33},
    "zu jeder von mehreren": {"Entscheidung": "ja", "Fall": "2026-0087", "Rechnung": "RE-2026-178; RE-2026-185"},
}  # fmt: skip


@pytest.mark.parametrize("text", FALSCH)
def test_what_does_not_fit_is_named_with_its_line_and_nothing_is_booked(
    bestand: pathlib.Path, werkstatt: WorkerPool, text: str
) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    vorher = payments(bestand)
    decide(datei, **{key_of(incoming(read_list(datei))): FALSCH[text]})
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    befunde = [b for b in ergebnis.befunde if b.code.startswith("ENTSCHEIDUNG")]
    assert [text.casefold() in b.text.casefold() for b in befunde] == [True], befunde
    assert befunde[0].stelle is not None
    assert befunde[0].stelle.zeile
    assert ergebnis.exit_code == 3
    assert payments(bestand) == vorher


def test_a_return_is_never_booked_by_a_yes(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    negative = [z for z in read_list(datei) if z["Betrag"] < 0]
    assert negative
    decide(datei, **{key_of(negative[0]): {"Entscheidung": "ja", "Fall": "2026-0087"}})
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    assert any("kein Geldeingang" in b.text for b in ergebnis.befunde)


def test_a_changed_statement_is_refused_and_the_others_go_in(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, liste=datei)
    decide(datei, **{key_of(z): {"Entscheidung": "nein"} for z in read_list(datei)})
    auszug = bestand.parent / "auszug.xml"
    auszug.write_bytes(auszug.read_bytes() + b"\n")
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    assert {b.text for b in ergebnis.befunde if b.code == "ENTSCHEIDUNG_PASST_NICHT"} == {
        "Diese Zeile gehört zu einem anderen Kontoauszug, oder er wurde geändert."
    }


@pytest.mark.parametrize("inhalt", [b"", b"PK\x03\x04kaputt", b"a;b\n1;2\n", b"\0" * 50, b"%PDF-1.7"])
def test_what_is_no_list_is_refused_whole(
    bestand: pathlib.Path, werkstatt: WorkerPool, inhalt: bytes
) -> None:
    datei = bestand.parent / "x.xlsx"
    datei.write_bytes(inhalt)
    ergebnis = run(bestand, werkstatt, entscheidung=datei)
    assert [b.code for b in ergebnis.befunde] == ["ENTSCHEIDUNGSLISTE_UNLESBAR"]
    assert ergebnis.exit_code == 2
    assert not list(bestand.rglob("eintrag.json"))


def test_nothing_in_the_list_is_a_formula(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    auszug = bestand.parent / "auszug.xml"
    text = auszug.read_text("utf-8")
    vorher = text.count("<Nm>")
    auszug.write_text(text.replace("<Nm>", "<Nm>=1+1;"), encoding="utf-8")
    assert vorher
    datei = bestand.parent / "liste.xlsx"
    run(bestand, werkstatt, buchen=False, liste=datei)
    arten = {zelle.data_type for zeile in openpyxl.load_workbook(datei).active.iter_rows() for zelle in zeile}
    assert "f" not in arten


def test_the_choice_has_only_these_parts() -> None:
    assert [feld.name for feld in dataclasses.fields(Zahlungswahl)] == ["liste", "entscheidung", "ersetzen"]
