"""Exit codes as the contract has them, over all commands: 2 when nothing could start, 3 when a case was refused.

A wrong call is told from a refused case: an output that stands, a folder that is missing, a step that is not there, a
single DATEI nobody can read, a mahnakte.yaml nobody can read, also where no case gets as far as to use it.
"""

import json
import pathlib
import shutil

import pytest

from fallbau import FAELLE
from mahnakte.cli.haupt import mahnakte_cli

TAG = ["--stichtag", "2026-04-10"]


@pytest.fixture(scope="module")
def bestand(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Return a Bestand with one sound case, beside files and folders that are in the way."""
    wurzel = tmp_path_factory.mktemp("rueckgabe")
    (wurzel / "bestand" / "2026-0042").mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", wurzel / "bestand" / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", wurzel / "bestand" / "2026-0042" / "fall.yaml")
    (wurzel / "unsinn.txt").write_bytes(b"kein EDA, kein PDF, kein XML\n")
    (wurzel / "da.pdf").write_bytes(b"steht schon da")
    return wurzel


def call(wurzel: pathlib.Path, *angaben: str) -> int:
    """Run a command in this process, words with @ taken as paths below the folder; return its exit code."""
    worte = [str(wurzel / wort[1:]) if wort.startswith("@") else wort for wort in angaben]
    with pytest.raises(SystemExit) as ende:
        mahnakte_cli.main(worte, prog_name="mahnakte", standalone_mode=False)
    return int(ende.value.code or 0)


FALL, BESTAND, UNSINN, DA = "@bestand/2026-0042", "@bestand", "@unsinn.txt", "@da.pdf"
ZWEI = {
    "Ausgabe steht schon": [
        ["konto", FALL, *TAG, "--pdf", DA],
        ["konto", FALL, *TAG, "--xlsx", DA],
        *(["fristen", BESTAND, *TAG, f"--{art}", DA] for art in ("csv", "xlsx", "html", "ics")),
        ["eda", "zeigen", UNSINN, "--pdf", DA],
        ["eda", "lesen", UNSINN, "--ziel", DA],
        ["eda", "schreiben", UNSINN, "--ziel", DA, "--einstellungen", "@bestand/mahnakte.yaml"],
        ["eda", "aufbauen", BESTAND, "--ziel", DA],
        ["zufriedenheit", "--pdf", DA, "--einstellungen", "@bestand/mahnakte.yaml"],
        ["akte", FALL, *TAG, "--ziel", BESTAND],
        ["neu", FALL],
        ["neu", "--bestand", BESTAND],
    ],
    "Ordner der Ausgabe fehlt": [
        ["konto", FALL, *TAG, "--pdf", "@nicht/da/k.pdf"],
        ["fristen", BESTAND, *TAG, "--csv", "@nicht/da/f.csv"],
        ["eda", "zeigen", UNSINN, "--pdf", "@nicht/da/e.pdf"],
    ],
    "Ausgabe ist ein Ordner, auch mit --ersetzen": [
        ["konto", FALL, *TAG, "--pdf", BESTAND, "--ersetzen"],
        ["fristen", BESTAND, *TAG, "--csv", BESTAND, "--ersetzen"],
    ],
    "Vorgang fehlt": [
        ["versand", FALL, "9", *TAG],
        ["storno", FALL, "9", "--grund", "x", *TAG],
    ],
    "einzelne Datei unlesbar": [
        ["eda", "zeigen", UNSINN],
        ["eda", "pruefen", UNSINN],
        ["eda", "lesen", UNSINN, "--ziel", "@neu.xml"],
        ["eda", "schreiben", UNSINN, "--ziel", "@neu.eda"],
        ["eda", "nachrichten", UNSINN, BESTAND, *TAG],
        ["antwort", UNSINN, FALL, *TAG],
        ["ton", UNSINN],
    ],
    "Pfad fehlt oder ist kein Ordner": [
        *([name, "@nichtda", *TAG] for name in ("pruefen", "plan", "lauf", "fristen", "titel", "antrag", "konto")),
        *([name, UNSINN, *TAG] for name in ("pruefen", "plan", "lauf", "fristen", "titel", "antrag", "konto")),
        ["brief", "@nichtda", "mahnung-1", *TAG],
        ["eda", "zeigen", "@nichtda"],
        ["rechnung", "@nichtda"],
    ],
    "falscher Aufruf": [
        ["brief", FALL, "mahnung-9", *TAG],
        ["konto", FALL, *TAG, "--schuldner", "niemand"],
        ["fristen", BESTAND, *TAG, "--bis", "2026-04-01"],
        ["recht", "gibtesnicht"],
    ],
}  # fmt: skip
FAELLE_ZWEI = [(warum, worte) for warum, aufrufe in ZWEI.items() for worte in aufrufe]


@pytest.mark.parametrize(
    ("warum", "worte"), FAELLE_ZWEI, ids=[f"{warum}: {' '.join(w)}" for warum, w in FAELLE_ZWEI]
)
def test_what_could_not_start_ends_with_2(
    bestand: pathlib.Path, warum: str, worte: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(bestand, *worte, "--json") == 2, warum
    dokument = json.loads(capsys.readouterr().out)
    assert dokument["befunde"]
    assert all(befund["text"] for befund in dokument["befunde"])
    assert (bestand / "da.pdf").read_bytes() == b"steht schon da"
    assert not (bestand / "bestand/2026-0042/vorgaenge").exists()


@pytest.mark.parametrize("befehl", ["pruefen", "plan", "lauf", "fristen", "titel", "antrag"])
@pytest.mark.parametrize("faelle", ["keiner", "unlesbarer"])
def test_a_faulty_mahnakte_yaml_ends_with_2_though_no_case_uses_it(
    tmp_path: pathlib.Path, befehl: str, faelle: str
) -> None:
    (tmp_path / "mahnakte.yaml").write_text("absender: 3\n", encoding="utf-8")
    if faelle == "unlesbarer":
        (tmp_path / "kaputt").mkdir()
        (tmp_path / "kaputt" / "fall.yaml").write_text("kein Fall", encoding="utf-8")
    assert call(tmp_path, befehl, "@", *TAG) == 2


@pytest.mark.parametrize("befehl", ["pruefen", "plan", "lauf", "fristen", "titel", "antrag"])
def test_a_refused_case_ends_with_3_and_a_sound_one_with_0(tmp_path: pathlib.Path, befehl: str) -> None:
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    (tmp_path / "2026-0042").mkdir()
    shutil.copy(FAELLE / "einfach.yaml", tmp_path / "2026-0042" / "fall.yaml")
    assert call(tmp_path, befehl, "@", "--stichtag", "2026-03-10") == 0
    (tmp_path / "2026-0042" / "fall.yaml").write_text("aktenzeichen: [", encoding="utf-8")
    assert call(tmp_path, befehl, "@", "--stichtag", "2026-03-10") == 3


@pytest.mark.parametrize(("nr", "grund"), [(1, "versandt"), (2, "ist selbst ein Vermerk")])
def test_a_step_that_is_there_but_refused_ends_with_3(tmp_path: pathlib.Path, nr: int, grund: str) -> None:
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    (tmp_path / "2026-0042").mkdir()
    shutil.copy(FAELLE / "einfach.yaml", tmp_path / "2026-0042" / "fall.yaml")
    assert call(tmp_path, "lauf", "@", *TAG) == 0
    assert call(tmp_path, "versand", "@2026-0042", "1", *TAG) == 0
    if nr == 1:
        assert call(tmp_path, "storno", "@2026-0042", "1", "--grund", "x", *TAG) == 3
    else:
        assert call(tmp_path, "versand", "@2026-0042", "2", *TAG) == 3
