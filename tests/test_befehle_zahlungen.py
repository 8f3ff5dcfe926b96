"""`mahnakte zahlungen`: a clerk's bank statement against the cases, as docs/zahlungen.md shows it."""

import datetime as dt
import json
import pathlib
import shutil

import pytest

from bankbau import DEMO, Zeile, build_camt
from mahnakte.ablage.herkunft import Herkunft, identify
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.zahlungen import take_zahlungen
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import FERTIG, NICHT_BEGONNEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

WURZEL = pathlib.Path(__file__).resolve().parent.parent
STICHTAG = dt.date(2026, 11, 24)
FAELLE = ("2026-0087", "2026-0092", "2026-0093", "2026-0095", "2026-0101")


@pytest.fixture
def bestand(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    """Return a Bestand of five demo cases; the current folder is the one above it, with the statement."""
    ordner = tmp_path / "faelle"
    ordner.mkdir()
    shutil.copy(WURZEL / "fixtures" / "demo" / "mahnakte.yaml", ordner)
    for name in FAELLE:
        shutil.copytree(WURZEL / "fixtures" / "demo" / name, ordner / name)
    shutil.copy(WURZEL / "fixtures" / "bank" / "auszug.xml", tmp_path)
    monkeypatch.chdir(tmp_path)
    return pathlib.Path("faelle")


def run(
    bestand: pathlib.Path, werkstatt: WorkerPool, datei: str = "auszug.xml", *, buchen: bool = False
) -> Ergebnis:
    herkunft: Herkunft | None = identify("Test") if buchen else None
    return take_zahlungen(pathlib.Path(datei), [bestand], Lage(STICHTAG, werkstatt), herkunft)


def states(ergebnis: Ergebnis) -> list[str]:
    return [buchung["stand"] for buchung in ergebnis.daten["buchungen"]]


def read_example(befehl: str) -> list[str]:
    """Return the lines that the page shows under a command."""
    seite = (WURZEL / "docs" / "zahlungen.md").read_text(encoding="utf-8")
    block = next(b for b in seite.split("```") if b.lstrip("\n").startswith(f"$ {befehl}\n"))
    return [zeile.rstrip() for zeile in block.strip("\n").splitlines()[1:]]


def test_the_page_shows_what_the_command_says(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    ergebnis = run(bestand, werkstatt)
    befehl = "mahnakte zahlungen auszug.xml faelle --stichtag 2026-11-24"
    assert read_example(befehl) == [zeile.rstrip() for zeile in ergebnis.zeilen]
    assert not list(bestand.glob("*/vorgaenge"))  # nothing is written


def test_a_certain_booking_becomes_one_step_with_its_own_extract(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    erster = run(bestand, werkstatt, buchen=True)
    assert states(erster) == ["uebernommen", "vorschlag", "unklar", "vorschlag", "vorschlag"]
    vorgaenge = read_fallordner(bestand / "2026-0101").vorgaenge.vorgaenge
    assert [(v.art, v.nachtrag.zahlungen) for v in vorgaenge] == [
        ("zahlung_erfasst", [{"am": "2026-11-18", "betrag": "1.080,00", "auf": "RE-2026-214"}])
    ]
    assert vorgaenge[0].eingaben["kontoauszug/auszug.xml"] == erster.daten["sha256"]
    dateien = {pfad.name for pfad in bestand.rglob("vorgaenge/*/*")}
    assert dateien == {"eintrag.json", "2026-11-24_zahlung.pdf"}  # the statement stays outside
    zweiter = run(bestand, werkstatt, buchen=True)
    assert states(zweiter)[0] == "schon_da"
    assert len(read_fallordner(bestand / "2026-0101").vorgaenge.vorgaenge) == 1


def test_bookings_of_others_leave_only_their_key(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    ergebnis = run(bestand, werkstatt)
    text = json.dumps(ergebnis.as_json(), ensure_ascii=False) + "\n".join(ergebnis.zeilen)
    assert "Erika Beispiel" not in text
    assert "Gehalt" not in text
    assert len(ergebnis.daten["fremde"]) == 1


def test_the_same_payment_in_another_format_is_not_booked_again(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    run(bestand, werkstatt, buchen=True)
    pathlib.Path("n26.csv").write_text(
        '"Booking Date","Value Date","Partner Name","Payment Reference","Amount (EUR)"\n'
        '"2026-11-18","2026-11-18","Lena Vogelsang","RE-2026-214","1080.00"\n',
        encoding="utf-8",
    )
    ergebnis = run(bestand, werkstatt, "n26.csv", buchen=True)
    assert states(ergebnis) == ["vorschlag"]
    assert "steht schon im Fall" in ergebnis.daten["buchungen"][0]["gruende"][0]


def test_the_same_booking_twice_is_booked_once(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    pathlib.Path("doppelt.xml").write_bytes(build_camt([DEMO[0], DEMO[0]]))
    assert states(run(bestand, werkstatt, "doppelt.xml", buchen=True)) == ["uebernommen", "vorschlag"]


def test_a_payment_after_the_stichtag_waits(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    spaet = Zeile(tag="2026-11-25", zweck=("RE-2026-214",))
    pathlib.Path("spaet.xml").write_bytes(build_camt([spaet]))
    ergebnis = run(bestand, werkstatt, "spaet.xml", buchen=True)
    assert states(ergebnis) == ["vorschlag"]
    assert "nach dem Stichtag" in ergebnis.daten["buchungen"][0]["gruende"][0]


def test_a_broken_statement_books_nothing(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    pathlib.Path("kaputt.xml").write_bytes(build_camt(DEMO, fehler="1.00"))
    ergebnis = run(bestand, werkstatt, "kaputt.xml", buchen=True)
    assert ergebnis.exit_code == NICHT_BEGONNEN
    assert [befund.code for befund in ergebnis.befunde] == ["AUSZUG_SALDO"]
    assert not list(bestand.glob("*/vorgaenge"))
    with pytest.raises(NichtBegonnen):
        run(bestand, werkstatt, "fehlt.xml")


def test_the_payment_counts_in_the_account(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    vorher = show_konto(bestand / "2026-0101", Lage(STICHTAG, werkstatt)).daten["gesamt"]
    assert run(bestand, werkstatt, buchen=True).rueckgabe == FERTIG
    nachher = show_konto(bestand / "2026-0101", Lage(STICHTAG, werkstatt)).daten["gesamt"]
    assert (vorher, nachher) == ("1080.00", "0.00")


def test_it_names_letters_that_the_payment_has_overtaken(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    fall = bestand / "2026-0101"
    run_faelle([fall], Lage(dt.date(2026, 11, 9), werkstatt), identify("Test"))
    pathlib.Path("frueh.xml").write_bytes(build_camt([Zeile(tag="2026-11-11", zweck=("RE-2026-214",))]))
    lage = Lage(dt.date(2026, 11, 12), werkstatt)
    ergebnis = take_zahlungen(pathlib.Path("frueh.xml"), [fall], lage, identify("Test"))
    assert ergebnis.daten["ueberholt"] == [{"pfad": "faelle/2026-0101", "nr": 1}]
    assert ergebnis.zeilen[-1].endswith("faelle/2026-0101, Vorgang 0001")
