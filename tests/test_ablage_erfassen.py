"""The whole command `mahnakte erfassen` under the same faults: several at once, killed, refused by the disk."""

import json
import pathlib
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import ablage_zwilling as zw
from fallbau import FAELLE
from mahnakte.ablage.lesen import read_fallordner

NIE = "1000000"

pytestmark = [pytest.mark.umfang, pytest.mark.timeout(900)]


@pytest.fixture
def fall(tmp_path: pathlib.Path) -> pathlib.Path:
    """Return a case, and beside it the proof of the fact."""
    ordner = tmp_path / "bestand" / "2026-0042"
    ordner.mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", ordner.parent / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    (tmp_path / "beleg.txt").write_text("Auskunft vom 04.05.2026", encoding="utf-8")
    return ordner


def start(fall: pathlib.Path, beleg: pathlib.Path, n: str = NIE, fehler: int = 0) -> subprocess.Popen:
    return zw.start(
        "befehl", n, str(fehler), "erfassen", str(fall), "kosten", "--am", "04.05.2026", "--art", "auskunft",
        "--betrag", "12,00", "--grund", "Umzug", "--beleg", str(beleg), "--stichtag", "2026-05-20", "--json",
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish(lauf: subprocess.Popen) -> tuple[int, dict | None, str]:
    aus, fehler = lauf.communicate(timeout=120)
    assert "Traceback" not in aus + fehler, fehler
    return lauf.returncode, json.loads(aus) if aus else None, fehler


def test_equal_commands_at_once_book_once(fall, tmp_path):
    laeufe = [start(fall, tmp_path / "beleg.txt") for _ in range(4)]
    ergebnisse = [finish(lauf) for lauf in laeufe]
    assert sorted(rueckgabe for rueckgabe, _, _ in ergebnisse) == [0, 3, 3, 3]
    assert {b["code"] for _, daten, _ in ergebnisse for b in daten["befunde"]} == {"ERFASST_STEHT_SCHON"}
    gelesen = read_fallordner(fall)
    zw.check_whole(gelesen)
    assert len(gelesen.vorgaenge.vorgaenge) == 1


def test_every_change_of_it_fails_once(fall, tmp_path):
    """Kill and errno at each change: nothing torn, fall.yaml as it was, and the same command again books once."""
    beleg = tmp_path / "beleg.txt"
    probe = shutil.copytree(fall.parent, tmp_path / "probe") / fall.name
    rueckgabe, _, ausgabe = finish(start(probe, beleg))
    assert rueckgabe == 0
    zahl = int(re.search(r"Wirkungen: (\d+)", ausgabe).group(1))
    assert zahl > 8
    ungestoert = zw.comparable(read_fallordner(probe))

    def run(stelle: tuple[int, int]) -> bool:
        n, fehler = stelle
        kopie = shutil.copytree(fall.parent, tmp_path / f"{n}-{fehler}") / fall.name
        vorher = zw.snapshot(kopie)
        rueckgabe, _, _ = finish(start(kopie, beleg, str(n), fehler))
        assert rueckgabe in ((0, 1, 3) if fehler else (137,))
        zw.check_untouched(kopie, vorher)
        zw.check_whole(read_fallordner(kopie))
        stand = bool(read_fallordner(kopie).vorgaenge.vorgaenge)
        rueckgabe, daten, _ = finish(start(kopie, beleg))
        assert rueckgabe == 3 if stand else rueckgabe in (0, 1), daten
        assert zw.comparable(read_fallordner(kopie)) == ungestoert
        return True

    stellen = [(n, fehler) for n in range(1, zahl + 1) for fehler in (0, zw.FEHLER[n % len(zw.FEHLER)])]
    with ThreadPoolExecutor(2) as pool:
        laeufe = sum(pool.map(run, stellen))
    zw.say(f"„mahnakte erfassen“ gestört: {laeufe} Läufe über {zahl} Wirkungen")
    assert laeufe == 2 * zahl
