"""The findings about a wrong call of the library: each has an input that raises just it."""

import pathlib
from collections.abc import Iterable

import pytest

import mahnakte
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise

DEMO = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "demo" / "2026-0087"
beweist = Beweise("bibliothek")


@beweist("ANGABE_FALSCH")
def a_float_as_amount() -> Iterable[Befund]:
    return [*mahnakte.zinsen(1500.5, "2026-01-01", "2026-02-01", punkte=5).zeilen]  # type: ignore[arg-type, list-item]


@beweist("STICHTAG_FEHLT")
def a_question_without_a_day() -> Iterable[Befund]:
    return mahnakte.oeffne(DEMO).befunde()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
