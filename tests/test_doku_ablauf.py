"""The pages list every reason and every kind of step, made from the vocabularies, and nothing else."""

import pathlib
import re
import runpy

import pytest

from mahnakte.arten.grundart import GRUENDE
from mahnakte.arten.vorgang import VORGANGSARTEN

WURZEL = pathlib.Path(__file__).resolve().parent.parent


def read_page(name: str) -> str:
    return (WURZEL / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["ablauf.md", "vorgang.md"])
def test_the_tables_are_made_from_the_vocabularies(name: str) -> None:
    werkzeug = runpy.run_path(str(WURZEL / "werkzeuge" / "arten_doku.py"))
    assert read_page(name) == werkzeug["renew"](read_page(name)), "python werkzeuge/arten_doku.py"


def test_every_reason_is_documented_and_nothing_else() -> None:
    assert set(re.findall(r"`([A-Z_]{4,})`", read_page("ablauf.md"))) == set(GRUENDE)


@pytest.mark.parametrize("wort", VORGANGSARTEN)
def test_every_kind_of_step_is_documented(wort: str) -> None:
    assert f"\n| `{wort}` | " in read_page("vorgang.md")
