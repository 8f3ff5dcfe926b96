"""docs/erfassen.md: its examples run as they stand, one after the other, and its table is what the program takes."""

import pathlib
import re
import runpy
import shlex
import shutil

import pytest
from click.testing import CliRunner

from erfassungsbau import share_workers
from fallbau import FAELLE
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.worker import WorkerPool

WURZEL = pathlib.Path(__file__).resolve().parent.parent
SEITE = (WURZEL / "docs" / "erfassen.md").read_text(encoding="utf-8")
BEFEHLE = re.findall(r"^mahnakte (erfassen .*)$", SEITE, re.MULTILINE)
TABELLE = re.search(r"^ +vorher +nachher$.*?^Nächster Schritt.*?$", SEITE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def bestand(tmp_path: pathlib.Path, monkeypatch, werkstatt: WorkerPool) -> pathlib.Path:
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    (tmp_path / "auskunft.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.chdir(tmp_path)
    share_workers(monkeypatch, werkstatt)
    return tmp_path


def test_the_examples_run_as_they_stand(bestand: pathlib.Path) -> None:
    ausgaben = []
    for befehl in BEFEHLE:
        tag = () if befehl.endswith("--help") else ("--stichtag", "2026-05-20")
        ergebnis = CliRunner().invoke(mahnakte_cli, [*shlex.split(befehl), *tag])
        assert ergebnis.exit_code in (0, 1), (befehl, ergebnis.output)
        assert ergebnis.exception is None or isinstance(ergebnis.exception, SystemExit), ergebnis.exception
        ausgaben.append(ergebnis.output)
    assert len(BEFEHLE) >= 10
    schritte = sorted(pfad.name for pfad in (bestand / "2026-0042" / "vorgaenge").iterdir())
    assert len(schritte) == len([befehl for befehl in BEFEHLE if not befehl.endswith("--help")])
    assert TABELLE is not None
    assert TABELLE.group() in ausgaben[2].replace("\u00a0", " "), ausgaben[2]  # the first fact: the payment


def test_the_table_is_current() -> None:
    werkzeug = runpy.run_path(str(WURZEL / "werkzeuge" / "erfassen_doku.py"))
    assert werkzeug["renew"](SEITE) == SEITE, "python werkzeuge/erfassen_doku.py"
