"""Where the output goes wrong: full, closed, cut off; working folder and temporary folder gone. Never a traceback."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.satz import schrift

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="/dev/full und geschlossene Ausgaben gibt es nur unter POSIX"
)
AUFRUFE = {
    "Zeilen": "recht basiszinssatz",
    "JSON": "recht basiszinssatz --json",
    "Hilfe": "--help",
    "Hilfe eines Befehls": "plan --help",
    "Version": "--version",
}


def run(schluss: str, aufruf: str, ordner: pathlib.Path) -> subprocess.CompletedProcess:
    befehl = f'"{sys.executable}" -P -m mahnakte {aufruf} {schluss}'
    return subprocess.run(
        ["bash", "-c", befehl], cwd=ordner, capture_output=True, text=True, check=False, timeout=60
    )


@pytest.mark.timeout(60)
@pytest.mark.parametrize("aufruf", AUFRUFE)
def test_a_full_output_is_one_sentence(tmp_path, aufruf):
    lauf = run("> /dev/full", AUFRUFE[aufruf], tmp_path)
    assert lauf.returncode == 1
    assert "AUSGABE_VERLOREN" in lauf.stderr
    assert "→" in lauf.stderr
    assert "Traceback" not in lauf.stderr
    assert "PROGRAMMFEHLER" not in lauf.stderr


@pytest.mark.timeout(60)
@pytest.mark.parametrize("aufruf", ["recht basiszinssatz", "recht basiszinssatz --json"])
def test_a_closed_output_is_one_sentence(tmp_path, aufruf):
    lauf = run(">&-", aufruf, tmp_path)
    assert (lauf.returncode, lauf.stdout) == (1, "")
    assert "AUSGABE_VERLOREN" in lauf.stderr
    assert "Traceback" not in lauf.stderr


@pytest.mark.timeout(60)
@pytest.mark.parametrize("aufruf", AUFRUFE)
def test_who_closes_the_pipe_has_seen_enough(tmp_path, aufruf):
    lauf = run("| head -c 1 > /dev/null; exit ${PIPESTATUS[0]}", AUFRUFE[aufruf], tmp_path)
    assert (lauf.returncode, lauf.stderr) == (0, "")


@pytest.mark.timeout(60)
def test_nothing_to_write_to_at_all_still_ends(tmp_path):
    lauf = run(">&- 2>&-", "recht basiszinssatz", tmp_path)
    assert lauf.returncode == 1


@pytest.mark.timeout(60)
@pytest.mark.parametrize("aufruf", ["plan x", "recht basiszinssatz", "demo"])
def test_a_working_folder_that_is_gone_is_one_sentence(tmp_path, aufruf):
    (tmp_path / "weg").mkdir()
    lauf = run(
        f"; cd weg; rmdir ../weg; '{sys.executable}' -P -m mahnakte {aufruf} --json", "--version", tmp_path
    )
    assert lauf.returncode == 2
    dokument = json.loads(lauf.stdout.partition("\n")[2])
    assert [befund["code"] for befund in dokument["befunde"]] == ["ARBEITSORDNER_FEHLT"]
    assert "Traceback" not in lauf.stderr


# --- temporary files ------------------------------------------------------------------------------------------


@pytest.fixture
def frisch():
    schrift.temporary_folder.cache_clear()
    schrift.fontconfig_file.cache_clear()
    yield
    schrift.temporary_folder.cache_clear()
    schrift.fontconfig_file.cache_clear()


@pytest.mark.parametrize(
    ("nummer", "wort"), [(28, "voll"), (122, "voll"), (2, "fehlt"), (13, "beschreibbar"), (30, "fehlt")]
)
def test_a_temporary_folder_that_cannot_be_used_is_one_sentence(frisch, monkeypatch, nummer, wort):
    def fail(*_, **__):
        raise OSError(nummer, os.strerror(nummer))

    monkeypatch.setattr(tempfile, "mkdtemp", fail)
    with pytest.raises(Ablehnung) as fehler:
        schrift.fontconfig_file()
    assert fehler.value.befund.code == "TEMP_ORDNER"
    assert wort in fehler.value.befund.text
    assert "TMPDIR" in fehler.value.befund.abhilfe


def test_after_a_full_disk_the_next_attempt_succeeds(frisch, monkeypatch):
    echt = schrift.shutil.copyfile

    def full(*_):
        raise OSError(28, "voll")

    monkeypatch.setattr(schrift.shutil, "copyfile", full)
    with pytest.raises(Ablehnung):
        schrift.fontconfig_file()
    monkeypatch.setattr(schrift.shutil, "copyfile", echt)
    assert pathlib.Path(schrift.fontconfig_file()).is_file()
