"""A document that was changed after its step: nothing is planned, written or handed over on top of it (docs/vorgang.md)."""

import datetime as dt
import pathlib
import shutil
from collections.abc import Iterator

import pytest

from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.akte import write_akte
from mahnakte.befehle.laden import Lage
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.grund.worker import WorkerPool

HERKUNFT = Herkunft("K. Beispiel", "rechner", "lauf", "2026-04-07T08:00:00Z", "0")
ERSTER, ZWEITER = dt.date(2026, 4, 7), dt.date(2026, 4, 20)


@pytest.fixture(scope="module")
def werkstatt() -> Iterator[WorkerPool]:
    with WorkerPool(2) as pool:
        yield pool


@pytest.fixture
def fall(tmp_path: pathlib.Path, werkstatt: WorkerPool) -> pathlib.Path:
    """A case whose reminder was swapped for other bytes after it had been published."""
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    assert run_faelle([ordner], Lage(ERSTER, werkstatt), HERKUNFT).exit_code == 0
    brief = next((ordner / "vorgaenge" / "0001").glob("*zahlungserinnerung.pdf"))
    brief.write_bytes(brief.read_bytes() + b"%")
    return ordner


def test_no_letter_and_the_plan_says_the_same(fall: pathlib.Path, werkstatt: WorkerPool) -> None:
    lage = Lage(ZWEITER, werkstatt)
    for ergebnis in (plan_faelle([fall], lage), run_faelle([fall], lage, HERKUNFT)):
        assert ergebnis.exit_code == 4
        assert [grund["code"] for grund in ergebnis.daten["faelle"][0]["gruende"]] == ["VORGANG_BESCHAEDIGT"]
    assert [schritt.name for schritt in (fall / "vorgaenge").iterdir()] == ["0001"]


def test_no_akte_with_a_changed_letter(
    fall: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    ergebnis = write_akte(fall, tmp_path / "akte", Lage(ZWEITER, werkstatt), HERKUNFT)
    assert ergebnis.exit_code == 4
    assert "VORGANG_BESCHAEDIGT" in {befund.code for befund in ergebnis.befunde}
    assert not (tmp_path / "akte").exists()
