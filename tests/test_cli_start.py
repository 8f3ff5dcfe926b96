"""What the program loads before it can answer: the list of commands and a calculator load no case, no PDF, no model."""

import os
import pathlib
import subprocess
import sys

import click
import pytest

from mahnakte.cli.haupt import BEFEHLE, mahnakte_cli

WURZEL = pathlib.Path(__file__).resolve().parent.parent
# What any call loads: how results are printed and what is said when something goes wrong.
ANFANG = {
    "mahnakte",
    "mahnakte.ablage",
    "mahnakte.ablage.stoerung",
    "mahnakte.cli",
    "mahnakte.cli.ausgabe",
    "mahnakte.cli.haupt",
    "mahnakte.grund",
    "mahnakte.grund.befund",
    "mahnakte.grund.text",
    "mahnakte.werk",
    "mahnakte.werk.ausgaben",
    "mahnakte.werk.ergebnis",
    "mahnakte.werk.panne",
}
RECHNER = {
    "mahnakte.befehle",
    "mahnakte.befehle.rechnen",
    "mahnakte.cli.optionen",
    "mahnakte.cli.rechnen",
    "mahnakte.grund.betrag",
    "mahnakte.grund.datendatei",
    "mahnakte.grund.datum",
    "mahnakte.grund.strict_yaml",
    "mahnakte.grund.yaml_syntax",
    "mahnakte.werk.bestandsrecht",
    "mahnakte.werk.zinsrechnung",
}
RUF = """
import sys
print(*sys.modules, file=sys.stderr)
from mahnakte.cli.haupt import main
try:
    main()
except SystemExit as ende:
    print(*sys.modules, file=sys.stderr)
    raise
"""


def modules_of(*angaben: str) -> set[str]:
    """Return the modules of ours and of others (by their top name) that a call of the program has loaded at its end."""
    ergebnis = subprocess.run(
        [sys.executable, "-P", "-c", RUF, *angaben],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=True, cwd=WURZEL,
        env={**os.environ, "PYTHONPATH": str(WURZEL / "src")},
    )  # fmt: skip
    vorher, nachher = (set(zeile.split()) for zeile in ergebnis.stderr.splitlines())
    namen = nachher - vorher
    eigene = {name for name in namen if name.split(".")[0] == "mahnakte"}
    fremde = {name.split(".")[0] for name in namen} - set(sys.stdlib_module_names) - {"mahnakte"}
    return eigene | {name for name in fremde if not name.startswith("_") and name != "cython_runtime"}


def test_the_list_of_commands_loads_no_command() -> None:
    assert modules_of("--help") - ANFANG == {"click"}


def test_a_calculator_loads_the_law_and_nothing_of_a_case() -> None:
    geladen = modules_of("rechnen", "basiszins", "--am", "2026-04-10") - ANFANG - RECHNER
    assert {name for name in geladen if not name.startswith("mahnakte.recht")} == {"click", "yaml"}


@pytest.mark.parametrize("breite", [60, 80, 100, 200])
@pytest.mark.parametrize("name", BEFEHLE)
def test_the_sentence_in_the_list_is_the_first_of_the_commands_own_help(name: str, breite: int) -> None:
    command = mahnakte_cli.get_command(click.Context(mahnakte_cli), name)
    assert command is not None
    eigene = command.get_short_help_str(breite)
    assert click.Command(name, help=BEFEHLE[name]).get_short_help_str(breite) == eigene
    assert command.get_short_help_str(1000) == BEFEHLE[name]


@pytest.mark.parametrize("breite", [60, 80, 100, 200])
def test_the_list_looks_as_click_writes_it_from_the_commands(breite: int) -> None:
    kontext = click.Context(mahnakte_cli, info_name="mahnakte")
    eigene, von_click = click.HelpFormatter(width=breite), click.HelpFormatter(width=breite)
    mahnakte_cli.format_commands(kontext, eigene)
    click.Group.format_commands(mahnakte_cli, kontext, von_click)
    assert eigene.getvalue() == von_click.getvalue()
