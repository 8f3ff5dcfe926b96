"""The command line as people and schedulers meet it: German, one JSON document, the exit codes of the contract."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import click
import pytest

from mahnakte.cli.haupt import BEFEHLE, mahnakte_cli

WURZEL = pathlib.Path(__file__).resolve().parent.parent
FAELLE = WURZEL / "fixtures" / "faelle"


def call(*angaben: str, cwd: pathlib.Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "mahnakte", *angaben],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, cwd=cwd or WURZEL,
        env={"PATH": "", "PYTHONPATH": str(WURZEL / "src"), "LC_ALL": "C", "LANG": "en_US.UTF-8", "SYSTEMROOT": "",
             "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"]},
    )  # fmt: skip


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    fall = tmp_path / "bestand" / "2026-0042"
    fall.mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", fall.parent / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", fall / "fall.yaml")
    return fall.parent


@pytest.mark.parametrize("name", BEFEHLE)
def test_every_command_has_german_help(name: str) -> None:
    kontext = click.Context(mahnakte_cli, info_name="mahnakte")
    command = mahnakte_cli.get_command(kontext, name)
    assert command is not None
    hilfe = command.get_help(click.Context(command, parent=kontext, info_name=name))
    assert not re.search(r"\b(Usage|Options|Show this|default|required|Commands|Arguments)\b", hilfe), hilfe
    assert "--json" in hilfe or isinstance(command, click.Group)


def test_click_speaks_german_whatever_the_locale() -> None:
    ergebnis = call("plan")
    assert ergebnis.returncode == 2
    assert "Aufruf: mahnakte plan" in ergebnis.stderr
    assert "Es fehlt die Angabe" in ergebnis.stderr
    assert not ergebnis.stdout


@pytest.mark.parametrize(
    ("angaben", "rueckgabe"),
    [
        (("plan", "."), 0),
        (("plan", "gibt-es-nicht"), 2),
        (("plan", ".", "--stichtag", "2026-02-30"), 2),
        (("plan", ".", "--einstellungen", "fehlt.yaml"), 2),
        (("rechnung", "fehlt.pdf"), 2),
        (("rechnung", "mahnakte.yaml"), 3),
        (("brief", "2026-0042", "liebesbrief"), 2),
        (("brief", ".", "zahlungserinnerung"), 0),
        (("pruefen", "."), 0),
        (("neu", "2026-0042"), 2),
        (("neu", "--bestand", "."), 2),
        (("unbekannt",), 2),
    ],
)
def test_with_json_stdout_is_exactly_one_document(
    bestand: pathlib.Path, angaben: tuple[str, ...], rueckgabe: int
) -> None:
    stichtag = (
        ()
        if "--stichtag" in angaben or angaben[0] in ("rechnung", "neu", "unbekannt")
        else ("--stichtag", "2026-04-10")
    )
    ergebnis = call(*angaben, *stichtag, "--json", cwd=bestand)
    dokument = json.loads(ergebnis.stdout)
    assert ergebnis.returncode == rueckgabe, ergebnis.stdout
    assert isinstance(dokument["befunde"], list)
    if rueckgabe >= 2:
        assert dokument["befunde"], "wer ablehnt, sagt warum"
    for befund in dokument["befunde"]:
        assert set(befund) == {"code", "schwere", "datei", "zeile", "text", "abhilfe"}


def test_the_stichtag_decides_not_the_clock(bestand: pathlib.Path) -> None:
    plan = json.loads(call("plan", ".", "--stichtag", "10.04.2026", "--json", cwd=bestand).stdout)
    assert plan["stichtag"] == "2026-04-10"
    assert plan["faelle"][0]["schritte"][0]["art"] == "zahlungserinnerung"


def test_no_traceback_when_the_disk_is_read_only(bestand: pathlib.Path) -> None:
    ergebnis = call("neu", "/proc/neu", cwd=bestand)
    assert ergebnis.returncode == 2
    assert "Traceback" not in ergebnis.stderr
    assert "Sperre" in ergebnis.stderr


def test_befehle_md_is_current() -> None:
    ergebnis = subprocess.run(
        [sys.executable, "-c", "import sys; sys.path.insert(0, 'werkzeuge'); import befehle_doku; print(befehle_doku.write_page(), end='')"],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=True, cwd=WURZEL,
    )  # fmt: skip
    assert (WURZEL / "docs" / "befehle.md").read_text(encoding="utf-8") == ergebnis.stdout


def test_the_readme_names_every_command_and_exit_code() -> None:
    readme = (WURZEL / "README.md").read_text(encoding="utf-8")
    assert [name for name in BEFEHLE if f"`mahnakte {name}" not in readme] == []
    assert all(f"{code} " in readme.split("**Rückgabewerte:**")[1].split("##")[0] for code in range(5))


def test_every_word_click_can_say_is_translated() -> None:
    """Words that click prints while parsing or helping; what editors, prompts and shells say is not used here."""
    po = (WURZEL / "src/mahnakte/cli/sprache/click.po").read_text(encoding="utf-8")
    uebersetzt = set(re.findall(r'^msgid(?:_plural)? "(.+)"$', po, re.MULTILINE))
    quelle = pathlib.Path(click.__file__).parent
    gesprochen = set()
    for modul in ("core", "exceptions", "formatting", "parser", "types"):
        text = (quelle / f"{modul}.py").read_text(encoding="utf-8")
        gesprochen |= set(
            re.findall(r'\b_\(\s*"((?:Missing|No such|Invalid value|Usage|Options|Commands|Try)[^"]*)"', text)
        )
    assert len(gesprochen) >= 8
    assert gesprochen - uebersetzt == set()
