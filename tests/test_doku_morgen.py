"""docs/morgen.md is walked through, command by command; between two of them a person decides in Excel."""

import pathlib
import shlex
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from mahnakte.cli.haupt import mahnakte_cli

WURZEL = pathlib.Path(__file__).resolve().parent.parent


def read_blocks() -> list[tuple[str, list[str]]]:
    """Return each command of the page with the lines that it shows below."""
    seite = (WURZEL / "docs" / "morgen.md").read_text(encoding="utf-8")
    bloecke = [block.strip("\n").splitlines() for block in seite.split("```")[1::2]]
    return [(block[0].removeprefix("$ mahnakte "), block[1:]) for block in bloecke]


def decide(datei: pathlib.Path) -> None:
    """Write „ja“ three times, and the invoice of the payment that named none."""
    mappe = openpyxl.load_workbook(datei)
    blatt = mappe.active
    assert blatt is not None
    kopf = next(zeile for zeile in blatt.iter_rows() if "Buchung" in [zelle.value for zelle in zeile])
    orte = {zelle.value: zelle.column for zelle in kopf}
    zeilen = list(blatt.iter_rows(min_row=kopf[0].row + 1))
    for zeile in zeilen:
        blatt.cell(zeile[0].row, orte["Entscheidung"]).value = "ja"
        if zeile[orte["Betrag"] - 1].value == 119:
            blatt.cell(zeile[0].row, orte["Rechnung"]).value = "RE-3002"
    assert len(zeilen) == 3
    mappe.save(datei)


@pytest.mark.timeout(300)
def test_a_clerks_morning(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for datei in (WURZEL / "fixtures" / "morgen").iterdir():
        shutil.copy(datei, tmp_path)
    (tmp_path / "faelle").mkdir()
    shutil.copy(WURZEL / "fixtures" / "demo" / "mahnakte.yaml", tmp_path / "faelle")
    monkeypatch.chdir(tmp_path)
    bloecke = read_blocks()
    assert len(bloecke) == 7
    for befehl, gezeigt in bloecke:
        if "--entscheidung" in befehl:
            decide(tmp_path / "entscheiden.xlsx")
        ergebnis = CliRunner().invoke(mahnakte_cli, shlex.split(befehl), prog_name="mahnakte")
        gesagt = [zeile.rstrip().replace("\xa0", " ") for zeile in ergebnis.output.splitlines()]
        assert [zeile for zeile in gezeigt if zeile not in gesagt] == [], (befehl, ergebnis.output)
        assert ergebnis.exit_code in (0, 1), ergebnis.output
