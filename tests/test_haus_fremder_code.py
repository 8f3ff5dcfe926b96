"""Clerks call mahnakte inside case folders, and debtors send files into those: no file there is ever run.

Every name that Python, the program or one of its children could load is planted in the case folder, each file
writing its name elsewhere when it is run; then every command is called there.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
from importlib.metadata import packages_distributions

import pytest

from mahnakte.cli.haupt import BEFEHLE
from mahnakte.grund.programs import SAFE_PATH, find_program, safe_path
from mahnakte.satz.libreoffice import find_soffice

PROGRAMM = pathlib.Path(
    sysconfig.get_path("scripts"), "mahnakte.exe" if sys.platform == "win32" else "mahnakte"
)
FREMDPROGRAMME = (
    "soffice",
    "libreoffice",
    "python",
    "python3",
    "java",
    "mahnakte",
    "taskkill",
    "fc-list",
    "uname",
)
pytestmark = pytest.mark.skipif(
    not PROGRAMM.is_file(), reason="das Programm mahnakte ist in dieser Umgebung nicht installiert"
)

# What each command is called with, in the folder of the case 2026-0087, beside which the demo stands.
AUFRUFE: dict[str, tuple[str, ...]] = {
    "demo": ("../../vorgefuehrt",),
    "neu": ("neu", "--rechnung", "rechnungen/RE.xml"),
    "pruefen": (".",),
    "konto": (".", "--pdf", "konto.pdf", "--xlsx", "konto.xlsx"),
    "plan": (".",),
    "lauf": (".", ".."),
    "brief": (".", "zahlungserinnerung"),
    "erfassen": (".", "zahlung", "--am", "04.05.2026", "--betrag", "5,00"),
    "antwort": ("antwort.pdf", "."),
    "einlesen": ("datei.eda", "--bestand", ".."),
    "zahlungen": ("datei.eda", "."),
    "ratenplan": (".", "--rate", "50,00", "--ab", "2026-12-01"),
    "zufriedenheit": ("--pdf", "bogen.pdf"),
    "druckgut": (".", "--ziel", "../../druck"),
    "versand": (".", "1"),
    "storno": (".", "1", "--grund", "Versehen"),
    "vorgang": ("uebernehmen", ".", "1"),
    "antrag": (".",),
    "eda": ("zeigen", "datei.eda"),
    "akte": (".", "--ziel", "../../akte"),
    "titel": ("..",),
    "fristen": ("..", "--xlsx", "fristen.xlsx"),
    "zeitplan": ("..",),
    "siegeln": ("..", "--pdf", "siegel.pdf", "--datei", "siegel.json"),
    "ton": (".",),
    "rechnung": ("rechnungen/RE.xml",),
    "rechnen": ("basiszins", "--am", "2026-11-16"),
    "recht": ("basiszinssatz",),
    "hilfe": ("BEZAHLT",),
}


# Every command that reads a case starts the same children in the same way. So the ordinary run calls those that
# give them different work (invoices, letters, foreign PDFs, forms, the tone); these only in the large numbers.
GLEICHE_KINDER = frozenset({
    "demo", "pruefen", "konto", "plan", "brief", "erfassen", "ratenplan", "zufriedenheit", "versand", "storno",
    "vorgang", "eda", "titel", "fristen", "siegeln", "zeitplan", "druckgut", "rechnung", "rechnen", "recht", "hilfe",
})  # fmt: skip


def names_to_plant() -> set[str]:
    """Every module that the interpreter, an installed package or this process can name at the top."""
    geladen = {name.partition(".")[0] for name in sys.modules}
    return {
        *sys.stdlib_module_names,
        *packages_distributions(),
        *geladen,
        "sitecustomize",
        "usercustomize",
    } - {""}


def plant(ordner: pathlib.Path, spuren: pathlib.Path) -> None:
    spuren.mkdir()
    for name in names_to_plant():
        if name.isidentifier() and not name.startswith("__"):
            (ordner / f"{name}.py").write_text(
                f"open({str(spuren / name)!r}, 'w').close()\n", encoding="utf-8"
            )
    for name in FREMDPROGRAMME:
        programm = ordner / name
        programm.write_text(f"#!/bin/sh\n: > '{spuren / name}.programm'\n", encoding="utf-8")
        programm.chmod(0o755)


@pytest.fixture
def fall(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    demo = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "demo"
    shutil.copytree(demo, tmp_path / "bestand")
    ordner = tmp_path / "bestand" / "2026-0087"
    rechnung = next(iter(sorted((tmp_path / "bestand").glob("*/rechnungen/*.xml"))))
    shutil.copy(rechnung, ordner / "rechnungen" / "RE.xml")
    (ordner / "datei.eda").write_bytes(b"AA")
    (ordner / "antwort.pdf").write_bytes(b"%PDF-1.4\n")
    plant(ordner, tmp_path / "spuren")
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", os.environ.get("PATH", ""))))
    monkeypatch.delenv(SAFE_PATH, raising=False)
    return ordner


def call(ordner: pathlib.Path, *befehl: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        befehl, cwd=ordner, capture_output=True, text=True, encoding="utf-8", timeout=100, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def traces(ordner: pathlib.Path) -> list[str]:
    return sorted(spur.name for spur in (ordner.parent.parent / "spuren").iterdir())


def test_every_command_has_its_call_here() -> None:
    assert tuple(AUFRUFE) == tuple(BEFEHLE)
    assert set(BEFEHLE) >= GLEICHE_KINDER


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.umfang] if name in GLEICHE_KINDER else [], id=name)
        for name in BEFEHLE
    ],
)
def test_no_command_runs_code_from_the_case_folder(fall: pathlib.Path, name: str) -> None:
    ergebnis = call(fall, str(PROGRAMM), name, *AUFRUFE[name])
    assert traces(fall) == []
    assert ergebnis.returncode in (0, 1, 2, 3), ergebnis.stderr
    assert "Traceback" not in ergebnis.stderr


def test_a_letter_is_written_there(fall: pathlib.Path) -> None:
    """The command does its whole work among the planted files: it does not merely refuse to begin."""
    ergebnis = call(fall, str(PROGRAMM), "brief", ".", "zahlungserinnerung", "--stichtag", "2026-11-16")
    assert ergebnis.returncode in (0, 1), ergebnis.stdout + ergebnis.stderr
    assert list(fall.glob("vorgaenge/0001/*.pdf"))
    assert traces(fall) == []


@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice ist nicht installiert")
def test_libreoffice_is_not_looked_for_there(fall: pathlib.Path) -> None:
    einstellungen = fall.parent / "mahnakte.yaml"
    text = einstellungen.read_text(encoding="utf-8")
    einstellungen.write_text(text + "\nsatz:\n  maschine: libreoffice\n", encoding="utf-8")
    ergebnis = call(fall, str(PROGRAMM), "brief", ".", "zahlungserinnerung", "--stichtag", "2026-11-16")
    assert ergebnis.returncode in (0, 1), ergebnis.stdout + ergebnis.stderr
    assert traces(fall) == []


def test_the_module_can_be_called_safely(fall: pathlib.Path) -> None:
    call(fall, sys.executable, "-P", "-m", "mahnakte", "pruefen", ".")
    assert traces(fall) == []


def test_the_plants_bite(fall: pathlib.Path) -> None:
    """Without the safe path they are run: else the tests above could not fail."""
    call(fall, sys.executable, "-c", "import multiprocessing")
    assert "multiprocessing" in traces(fall)


def test_programs_are_found_in_absolute_folders_only(
    fall: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(fall)
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", "rechnungen/..")))
    assert find_program(*FREMDPROGRAMME) is None
    monkeypatch.setenv("PATH", os.pathsep.join((".", str(fall))))
    gefunden = find_program("fehlt", "soffice")
    assert sys.platform == "win32" or gefunden == str(fall / "soffice")


@pytest.mark.parametrize("vorher", [None, "", "1"])
def test_the_environment_is_as_before(monkeypatch: pytest.MonkeyPatch, vorher: str | None) -> None:
    if vorher is None:
        monkeypatch.delenv(SAFE_PATH, raising=False)
    else:
        monkeypatch.setenv(SAFE_PATH, vorher)
    with safe_path():
        assert os.environ[SAFE_PATH] == "1"
    assert os.environ.get(SAFE_PATH) == vorher
