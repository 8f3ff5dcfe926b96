"""What the setting room finds stops the letter in the command: nothing is published."""

import datetime as dt
import pathlib
import shutil

import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.lauf import run_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import libreoffice
from mahnakte.werk.laden import Lage

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
HERKUNFT = Herkunft("test", "test", "lauf", "2026-04-10T08:00:00Z", "0")


@pytest.fixture
def fall(tmp_path: pathlib.Path) -> pathlib.Path:
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    return ordner


def change(datei: pathlib.Path, alt: str, neu: str) -> None:
    text = datei.read_text(encoding="utf-8")
    assert alt in text
    datei.write_text(text.replace(alt, neu, 1), encoding="utf-8")


def run(fall: pathlib.Path, werkstatt: WorkerPool) -> tuple[int, set[str]]:
    ergebnis = run_faelle([fall], Lage(dt.date(2026, 4, 10), werkstatt), HERKUNFT)
    assert not list(fall.glob("vorgaenge/*")) or ergebnis.rueckgabe < 3
    return ergebnis.rueckgabe, {befund.code for befund in ergebnis.befunde}


def test_a_name_that_the_font_cannot_write_stops_the_letter_and_says_which(fall, werkstatt):
    change(fall / "fall.yaml", "name: Schuldner", "name: Schuldner 漢字")
    rueckgabe, kennungen = run(fall, werkstatt)
    assert rueckgabe == 3
    assert "ZEICHEN_FEHLT" in kennungen


def test_the_engine_that_mahnakte_yaml_names_is_used_or_the_letter_refused(fall, werkstatt, monkeypatch):
    einstellungen = fall.parent / "mahnakte.yaml"
    einstellungen.write_text(
        einstellungen.read_text(encoding="utf-8") + "satz:\n  maschine: libreoffice\n", encoding="utf-8"
    )
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    assert run(fall, werkstatt) == (3, {"LIBREOFFICE_FEHLT"})


def test_nothing_stands_against_the_plain_letter(fall, werkstatt):
    rueckgabe, kennungen = run(fall, werkstatt)
    assert rueckgabe < 3
    assert not {"ZEICHEN_FEHLT", "LIBREOFFICE_FEHLT"} & kennungen
    assert list(fall.glob("vorgaenge/0001/*.pdf"))
