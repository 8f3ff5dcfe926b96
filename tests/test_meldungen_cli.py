"""Each finding about a call itself, by an input that raises just it."""

import errno
import json
import pathlib
import sys
from collections.abc import Iterable
from typing import NoReturn

import click
import pytest

from mahnakte.cli import ausgabe, haupt
from mahnakte.grund.befund import Befund, Schwere
from meldungsbau import Beweise

beweist = Beweise("cli")


def call(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *woerter: str) -> Iterable[Befund]:
    """Run the program in this process and return the findings of its JSON document."""
    patch.setattr(sys, "argv", ["mahnakte", *woerter, "--json"])
    with pytest.raises(SystemExit) as ende:
        haupt.main()
    assert ende.value.code == 2
    befunde = json.loads(capsys.readouterr().out)["befunde"]
    return [Befund(b["code"], Schwere(b["schwere"]), b["text"], b["abhilfe"]) for b in befunde]


@beweist("AUFRUF_FALSCH")
def _(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterable[Befund]:
    return call(patch, capsys, "titel", "--stichtage", "2026-05-20")


@beweist("ABGEBROCHEN")
def _(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterable[Befund]:
    def interrupt(**_: object) -> NoReturn:
        raise click.Abort

    patch.setattr(haupt.mahnakte_cli, "main", interrupt)
    return call(patch, capsys, "plan", "bestand")


@beweist("ARBEITSORDNER_FEHLT")
def _(patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterable[Befund]:
    def vanish() -> NoReturn:
        raise FileNotFoundError(errno.ENOENT, "ENOENT")

    patch.setattr(pathlib.Path, "cwd", vanish)
    return call(patch, capsys, "plan", "bestand")


@beweist("AUSGABE_VERLOREN")
def _(patch: pytest.MonkeyPatch, _: pytest.CaptureFixture[str]) -> Iterable[Befund]:
    gesagt: list[Befund] = []
    patch.setattr(ausgabe, "_write_errors", gesagt.extend)
    patch.setattr(ausgabe, "_drop_output", lambda: None)
    with pytest.raises(SystemExit) as ende, ausgabe.guard_output(0):
        raise OSError(errno.ENOSPC, "ENOSPC")
    assert ende.value.code == 1
    return gesagt


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    beweist.check(code, monkeypatch, capsys)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
