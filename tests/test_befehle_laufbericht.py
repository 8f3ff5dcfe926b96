"""Long work shows itself: progress, Ctrl-C, the report for the file, the message without names."""

import datetime as dt
import email
import pathlib
import shutil

import openpyxl
import pypdf
import pytest

import doppelbau
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.cli.fortschritt import Fortschritt
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage
from mahnakte.werk.laufbericht import Laufausgaben

TAG = dt.date(2026, 11, 16)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")


@pytest.fixture
def bestand(fixtures: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """Two cases with a letter due, one on hold, one that cannot be read."""
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", ordner)
    for name in ("2026-0087", "2026-0092", "2026-0093", "2026-0095"):
        shutil.copytree(fixtures / "demo" / name, ordner / name)
    (ordner / "2026-0095" / "fall.yaml").write_text("aktenzeichen: [\n", encoding="utf-8")
    return ordner


# --- the report ----------------------------------------------------------------------------------------------


def test_sheet_workbook_and_message_say_what_the_run_did(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    ziele = {art: bestand.parent / f"lauf.{art}" for art in ("pdf", "xlsx", "eml")}
    ergebnis = run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT, ausgaben=Laufausgaben(**ziele))
    assert ergebnis.exit_code == 3
    assert len(ergebnis.daten["dateien"]) == 3
    seite = "".join(blatt.extract_text() for blatt in pypdf.PdfReader(ziele["pdf"]).pages)
    mappe = openpyxl.load_workbook(ziele["xlsx"])
    text = email.message_from_bytes(ziele["eml"].read_bytes()).get_payload(decode=True).decode()
    for eintrag in ergebnis.daten["geschrieben"]:
        assert eintrag["aktenzeichen"] in seite
        assert any(
            z[0] == eintrag["aktenzeichen"]
            for z in mappe["Geschrieben"].iter_rows(min_row=5, values_only=True)
        )
    assert "2026-0095" in seite
    assert "1 abgelehnt" in text
    assert "17.11.2026" in text
    namen = {fall["schuldner"] for fall in ergebnis.daten["faelle"] if fall["schuldner"]}
    assert not [wort for wort in (*namen, "2026-00") if wort in text]


@pytest.mark.parametrize(
    ("stichtag", "naechster"),
    [("2026-04-02", "07.04.2026"), ("2026-12-24", "28.12.2026"), ("2026-04-30", "04.05.2026")],
)
def test_the_next_run_is_expected_on_a_working_day(
    bestand: pathlib.Path, werkstatt: WorkerPool, stichtag: str, naechster: str
) -> None:
    """Good Friday to Easter Monday, Christmas on a weekend, the first of May on a Friday."""
    eml = bestand.parent / "lauf.eml"
    lage = Lage(dt.date.fromisoformat(stichtag), werkstatt)
    run_faelle([bestand / "2026-0093"], lage, HERKUNFT, ausgaben=Laufausgaben(eml=eml))
    assert naechster in email.message_from_bytes(eml.read_bytes()).get_payload(decode=True).decode()


# --- interrupted -----------------------------------------------------------------------------------------------


def test_an_interrupted_run_says_what_stands_and_the_same_call_goes_on(
    tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    bestand = doppelbau.make_bestand(tmp_path / "b")
    for nr in range(24):
        doppelbau.add_fall(bestand, f"F{nr:02d}", doppelbau.entry(nummer=f"RE-{nr}"), kennung=f"k{nr}")
    lage = Lage(dt.date(2026, 4, 20), werkstatt)

    def interrupt(fertig: int, _zahl: int) -> None:
        if fertig == 1:
            raise KeyboardInterrupt

    erster = run_faelle([bestand], Lage(lage.stichtag, werkstatt, melden=interrupt), HERKUNFT)
    assert erster.exit_code == 3
    assert [b.code for b in erster.befunde if b.code == "LAUF_ABGEBROCHEN"]
    zweiter = run_faelle([bestand], lage, HERKUNFT)
    assert zweiter.exit_code == 0
    geschrieben = [e["aktenzeichen"] for lauf in (erster, zweiter) for e in lauf.daten["geschrieben"]]
    assert sorted(geschrieben) == [f"F{nr:02d}" for nr in range(24)]
    for nr in range(24):
        assert len(read_fallordner(bestand / f"F{nr:02d}").vorgaenge.vorgaenge) == 1


# --- progress --------------------------------------------------------------------------------------------------


class Zeit:
    """A clock that goes as told."""

    def __init__(self) -> None:
        self.jetzt = 100.0

    def __call__(self) -> float:
        return self.jetzt


def watch(am_bildschirm: bool, schritte: int, sekunden: float) -> list[str]:
    zeit, gesagt = Zeit(), []
    fortschritt = Fortschritt(am_bildschirm, gesagt.append, zeit)
    for fertig in range(schritte + 1):
        fortschritt(fertig, schritte)
        zeit.jetzt += sekunden
    return gesagt


def test_short_work_says_nothing() -> None:
    assert watch(True, 5, 0.1) == []


def test_a_terminal_is_kept_up_to_date_and_left_clean() -> None:
    gesagt = watch(True, 100, 1.0)
    assert "noch etwa 2 Minuten" in gesagt[0] or "Minute" in gesagt[0]
    assert all(text.startswith("\r") for text in gesagt)
    assert gesagt[-1].strip() == ""
    breite = max(map(len, gesagt))
    assert len(gesagt[-1].strip("\r")) >= breite - 2


def test_a_log_gets_a_line_a_minute() -> None:
    gesagt = watch(False, 300, 1.0)
    assert len(gesagt) == 4
    assert all(text.endswith("\n") and "\r" not in text for text in gesagt)
    assert gesagt[0] == "60 von 300 Fällen, noch etwa 4 Minuten\n"


def test_commands_report_every_case(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    gehoert: list[tuple[int, int]] = []
    plan_faelle([bestand], Lage(TAG, werkstatt, melden=lambda fertig, zahl: gehoert.append((fertig, zahl))))
    assert gehoert == [(nr, 4) for nr in range(5)]
