"""`mahnakte ratenplan`: table, lines to paste, JSON, exit codes; writes nothing."""

import datetime as dt
import pathlib
import shutil
from decimal import Decimal

import pytest

from fallbau import FAELLE
from mahnakte.befehle.ratenplan import show_ratenplan
from mahnakte.werk.laden import Lage

TAG, AB = dt.date(2026, 4, 30), dt.date(2026, 5, 31)


@pytest.fixture
def fall(tmp_path: pathlib.Path) -> pathlib.Path:
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    return ordner


@pytest.fixture
def lage(werkstatt):
    return Lage(TAG, werkstatt)


def test_table_and_lines(fall, lage) -> None:
    ergebnis = show_ratenplan(fall, lage, AB, rate=Decimal("600.00"))
    text = "\n".join(ergebnis.zeilen).replace("\u00a0", " ")
    assert ergebnis.exit_code == 0
    assert "Ratenplan zu 2026-0042, offen am 30.04.2026: 1.190,00 €" in text
    assert "   1  01.06.2026        600,00 €        590,00 €  statt 31.05.2026" in text
    assert "   2  30.06.2026        590,00 €          0,00 €" in text
    assert "Zinsen während des Plans: keine." in text
    assert text.endswith(
        "ereignisse:\n  - am: 2026-04-30\n    art: ratenplan\n    zinsen: keine\n    bei_verzug: ab_kuendigung\n    zinsen_bisher: bleibt\n    raten:\n      - am: 2026-06-01\n        betrag: 600,00\n"
        "      - am: 2026-06-30\n        betrag: 590,00"
    )
    assert sorted(p.name for p in fall.iterdir()) == ["fall.yaml"]


def test_json(fall, lage) -> None:
    daten = show_ratenplan(fall, lage, AB, anzahl=1).daten
    assert daten["schuld"] == daten["summe"] == "1190.00"
    assert daten["zinsen"] == "keine"
    assert daten["raten"] == [{"nr": 1, "am": "2026-06-01", "kalendertag": "2026-05-31", "betrag": "1190.00"}]
    assert daten["yaml"][0] == "ereignisse:"


@pytest.mark.parametrize("zinsen", ["danach", "eingerechnet"])
def test_a_paid_deferral_for_a_consumer_is_refused(fall, lage, zinsen) -> None:
    ergebnis = show_ratenplan(fall, lage, AB, anzahl=3, zinsen=zinsen)
    assert (ergebnis.exit_code, [b.code for b in ergebnis.befunde]) == (3, ["RECHT_NICHT_GEPRUEFT"])
    assert set(ergebnis.daten) == set(show_ratenplan(fall, lage, AB, anzahl=3).daten)


def test_a_case_that_stops_gets_no_plan(fall, lage) -> None:
    (fall / "fall.yaml").write_text("unbekannt: 1\n", encoding="utf-8")
    assert show_ratenplan(fall, lage, AB, anzahl=3).exit_code == 3
