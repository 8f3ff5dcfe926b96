"""CONTRIBUTING.md: the example of a legal value that a user enters is walked as it stands there."""

import pathlib
import re
import shlex
import shutil

import pytest
from click.testing import CliRunner

from mahnakte.cli.haupt import mahnakte_cli

WURZEL = pathlib.Path(__file__).resolve().parent.parent
SEITE = (WURZEL / "CONTRIBUTING.md").read_text(encoding="utf-8")
ABSCHNITT = SEITE.split("## Beispiel 2")[1].split("## Beispiel 3")[0]
KONTO = ["konto", "demo/2026-0064", "--stichtag", "2027-01-15"]


def words(text: str) -> str:
    return " ".join(text.split())


def call(*worte: str) -> str:
    return words(CliRunner().invoke(mahnakte_cli, [*worte]).output)


def block_with(anfang: str) -> list[str]:
    """Return the lines of the indented block that begins so."""
    bloecke = re.findall(r"(?:^ {4}.+\n)+", ABSCHNITT, re.MULTILINE)
    return next(block for block in bloecke if block.strip().startswith(anfang)).splitlines()


def test_the_entered_rate_changes_the_account_as_shown(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(WURZEL / "fixtures" / "demo", tmp_path / "demo")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    vorher = call(*KONTO)
    for zeile in block_with("RE-2026-131   3.570,00  04.07.2026"):
        assert words(zeile).removeprefix("RE-2026-131 ") in vorher
    (befehl,) = block_with("mahnakte recht eintragen")
    call(*shlex.split(befehl)[1:], "--geprueft-am", "2026-12-30")
    datei = (tmp_path / "demo" / "recht" / "basiszinssatz-2027-01-01.yaml").read_text(encoding="utf-8")
    for zeile in block_with("name: basiszinssatz"):
        assert zeile.strip() in datei
    nachher = call(*KONTO)
    for zeile in block_with("RE-2026-131   3.570,00  01.01.2027"):
        assert words(zeile).removeprefix("RE-2026-131 ").removesuffix(" …") in nachher
