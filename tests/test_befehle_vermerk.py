"""Created and sent are two facts; a created letter can be cancelled, a sent one never."""

import dataclasses
import datetime as dt
import pathlib
import shutil
from collections.abc import Iterator

import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.laden import Lage
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.befehle.vermerk import record_storno, record_versand
from mahnakte.grund.worker import WorkerPool

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
HERKUNFT = Herkunft("test", "test", "lauf", "2026-04-10T08:00:00Z", "0")
TAG = dt.date(2026, 4, 10)


@pytest.fixture(scope="module")
def lage() -> Iterator[Lage]:
    with WorkerPool(1) as werkstatt:
        yield Lage(TAG, werkstatt)


@pytest.fixture
def fall(tmp_path: pathlib.Path, lage: Lage) -> pathlib.Path:
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    assert run_faelle([ordner], lage, HERKUNFT).daten["zahl"]["briefe"] == 1
    return ordner


def test_a_cancelled_letter_is_written_anew(fall: pathlib.Path, lage: Lage) -> None:
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).daten["nr"] == 2
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).daten["nr"] is None  # once is enough
    neu = run_faelle([fall], lage, HERKUNFT).daten["geschrieben"]
    assert [(eintrag["nr"], eintrag["art"]) for eintrag in neu] == [(3, "zahlungserinnerung")]
    assert check([fall], lage).exit_code == 0


def test_a_sent_letter_is_never_cancelled(fall: pathlib.Path, lage: Lage) -> None:
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] == 2
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] is None
    ergebnis = record_storno(fall, 1, "zu spät", lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert "versandt am 10.04.2026 (post)" in ergebnis.befunde[0].text


@pytest.mark.parametrize("nr", [2, 7])
def test_only_standing_steps_can_be_meant(fall: pathlib.Path, lage: Lage, nr: int) -> None:
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)  # step 2 is itself a note
    ergebnis = record_versand(fall, nr, TAG, "bote", lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert ergebnis.befunde[0].code == "VORGANG_NICHT_DA"


def test_sending_does_not_stop_the_series(fall: pathlib.Path, lage: Lage) -> None:
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    spaeter = dataclasses.replace(lage, stichtag=dt.date(2026, 4, 23))
    assert run_faelle([fall], spaeter, HERKUNFT).daten["geschrieben"][0]["art"] == "mahnung-1"


@pytest.mark.parametrize(
    ("am", "wort"),
    [(TAG - dt.timedelta(days=1), "vor dem Schreiben"), (TAG + dt.timedelta(days=1), "nach dem Stichtag")],
)
def test_nothing_is_sent_before_it_is_written_or_after_today(
    fall: pathlib.Path, lage: Lage, am: dt.date, wort: str
) -> None:
    ergebnis = record_versand(fall, 1, am, "post", lage, HERKUNFT)
    assert (ergebnis.exit_code, ergebnis.befunde[0].code) == (3, "VERSANDTAG_FALSCH")
    assert wort in ergebnis.befunde[0].text


def test_the_sentence_says_what_happened_to_the_step(fall: pathlib.Path, lage: Lage) -> None:
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).zeilen == (
        "Vorgang 0001 storniert (falsche Anschrift); vermerkt als Vorgang 0002.",
    )
    texte = [
        record_versand(fall, 1, TAG, "post", lage, HERKUNFT).befunde[0].text,
        record_storno(fall, 2, "doch nicht", lage, HERKUNFT).befunde[0].text,
    ]
    assert texte == [
        "Vorgang 0001 ist storniert; er lässt sich nicht mehr versenden.",
        "Vorgang 0002 ist selbst ein Vermerk (storno); er lässt sich nicht stornieren.",
    ]
