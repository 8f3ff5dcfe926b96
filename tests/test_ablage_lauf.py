"""The whole command `mahnakte lauf` under the same faults: several at once, killed, refused by the disk."""

import json
import pathlib
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import ablage_zwilling as zw
from mahnakte.ablage.entdecken import discover
from mahnakte.ablage.lesen import read_fallordner

STICHTAG = "2026-11-16"
FAELLE = ("2026-0087", "2026-0092", "2026-0093")  # two with a letter due, one on hold
NIE = "1000000"

pytestmark = [pytest.mark.umfang, pytest.mark.timeout(900)]


@pytest.fixture
def bestand(fixtures, tmp_path):
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", ordner)
    for name in FAELLE:
        shutil.copytree(fixtures / "demo" / name, ordner / name)
    return ordner


def start_lauf(bestand: pathlib.Path, n: str = NIE, fehler: int = 0) -> subprocess.Popen:
    return zw.start(
        "befehl", n, str(fehler), "lauf", "--stichtag", STICHTAG, "--json", str(bestand),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(lauf: subprocess.Popen) -> tuple[int, dict | None, str]:
    aus, fehler = lauf.communicate(timeout=120)
    assert "Traceback" not in aus + fehler, fehler
    return lauf.returncode, json.loads(aus) if aus else None, fehler


def steps(bestand: pathlib.Path) -> dict[str, list[tuple]]:
    return {pfad.name: zw.comparable(read_fallordner(pfad)) for pfad in discover([bestand]).ordner}


def test_eight_runs_at_once(bestand):
    laeufe = [start_lauf(bestand) for _ in range(8)]
    ergebnisse = [finish(lauf) for lauf in laeufe]
    assert {rueckgabe for rueckgabe, _, _ in ergebnisse} <= {0, 1}
    geschrieben = [eintrag["aktenzeichen"] for _, daten, _ in ergebnisse for eintrag in daten["geschrieben"]]
    assert sorted(geschrieben) == ["2026-0087", "2026-0092"]
    for pfad in discover([bestand]).ordner:
        gelesen = read_fallordner(pfad)
        zw.check_whole(gelesen)
        assert gelesen.befunde == ()
    vorher = zw.snapshot(bestand)
    rueckgabe, daten, _ = finish(start_lauf(bestand))
    assert (rueckgabe, daten["geschrieben"]) == (0, [])
    assert zw.snapshot(bestand) == vorher, "ein zweiter Lauf hat etwas geschrieben"


def test_every_change_of_a_run_fails_once(bestand, tmp_path):
    """Kill and errno at each change: nothing torn, the other cases go on, and the next run ends where all end."""
    probe = shutil.copytree(bestand, tmp_path / "probe")
    _, daten, ausgabe = finish(start_lauf(probe))
    ungestoert, alle = steps(probe), [eintrag["aktenzeichen"] for eintrag in daten["geschrieben"]]
    zahl = int(re.search(r"Wirkungen: (\d+)", ausgabe).group(1))
    assert zahl > 30

    def run(stelle: tuple[int, int]) -> bool:
        n, fehler = stelle
        kopie = shutil.copytree(bestand, tmp_path / f"{n}-{fehler}")
        vorher = zw.snapshot(kopie)
        rueckgabe, daten, _ = finish(start_lauf(kopie, str(n), fehler))
        zw.check_untouched(kopie, vorher)
        for pfad in discover([kopie]).ordner:
            zw.check_whole(read_fallordner(pfad))
        if fehler:
            assert daten is not None
            erschienen = {name for name, schritte in steps(kopie).items() if schritte}
            assert {eintrag["aktenzeichen"] for eintrag in daten["geschrieben"]} <= erschienen
            # One fault costs at most one case.
            assert len(daten["geschrieben"]) >= len(alle) - 1, daten["befunde"]
            assert rueckgabe in (0, 1, 3)
            assert rueckgabe != 0 or len(daten["geschrieben"]) == len(alle)
        else:
            assert rueckgabe == 137
        rueckgabe, daten, _ = finish(start_lauf(kopie))
        assert rueckgabe in (0, 1)
        assert steps(kopie) == ungestoert
        return True

    stellen = [(n, (0, *zw.FEHLER)[n % 6]) for n in range(1, zahl + 1)]
    with ThreadPoolExecutor(2) as pool:
        laeufe = sum(pool.map(run, stellen))
    zw.say(f"„mahnakte lauf“ gestört: {laeufe} Läufe über {zahl} Wirkungen")
    assert laeufe >= 40
