"""docs/briefe.md, the help of the command and the templates know exactly the letters of the registry."""

import importlib.util
import pathlib
import re

import click
import pytest

from mahnakte.arten.brief import ARTEN, BRIEFARTEN
from mahnakte.arten.grundart import GRUENDE, Bereich
from mahnakte.briefe.variablen import GRUPPEN
from mahnakte.briefe.werte import FUELLER
from mahnakte.cli.brief import command

WURZEL = pathlib.Path(__file__).resolve().parent.parent


def load_maker():
    ort = WURZEL / "werkzeuge" / "vorlagen_briefe_doku.py"
    beschreibung = importlib.util.spec_from_file_location("vorlagen_briefe_doku", ort)
    modul = importlib.util.module_from_spec(beschreibung)
    beschreibung.loader.exec_module(modul)
    return modul


MACHER = load_maker()


@pytest.mark.parametrize("seite", MACHER.SEITEN, ids=lambda seite: seite.name)
def test_the_page_is_what_the_program_decides(seite):
    text = seite.read_text(encoding="utf-8")
    assert "<!-- briefe:" in text
    assert MACHER.renew(text) == text, "PYTHONPATH=src python werkzeuge/vorlagen_briefe_doku.py ausführen"


def test_every_letter_has_a_template_and_no_template_is_left_over():
    assert {datei.stem for datei in (WURZEL / "templates" / "letters").glob("*.docx")} == set(ARTEN)


def test_the_help_names_every_letter():
    hilfe = command.get_help(click.Context(command, info_name="brief"))
    genannt = set(re.findall(r"[a-z0-9-]+", hilfe))
    assert set(ARTEN) <= genannt


@pytest.mark.parametrize("art", BRIEFARTEN.values(), ids=lambda art: art.art)
def test_the_registry_is_sound(art):
    assert set(art.teile) <= set(GRUPPEN)
    assert (art.frist_tage is not None) <= ("frist" in art.teile)
    assert not art.fordert or "zahlung" in art.teile or art.kuendigt_an
    assert not art.nur_bei or art.nur_bei in art.trotz, "was ihn braucht, darf ihn nicht aufhalten"
    assert not art.stufe or art.fordert
    haltende = {grund.code for grund in GRUENDE.values() if grund.bereich is Bereich.FALL}
    assert {*art.trotz, *filter(None, [art.nur_bei])} <= haltende
    assert "STICHTAG_ZU_FRUEH" not in art.trotz
    assert "BETREUUNG" not in art.trotz


def test_every_group_of_values_has_who_fills_it():
    assert set(GRUPPEN) - {"zahlung"} == set(FUELLER)
    assert {teil for art in BRIEFARTEN.values() for teil in art.teile} == set(GRUPPEN)
