"""Several processes at once, and processes that the kernel kills: planes D and B of docs/zuverlaessigkeit.md."""

import collections
import pathlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import ablage_zwilling as zw
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.ziel import write_laufbericht

ARTEN = ["zahlungserinnerung", "mahnung-1", "mahnung-letzte"]


def run_race(tmp_path: pathlib.Path, prozesse: int, runden: int) -> None:
    """Let all clerks work on the same case at once, round after round; each letter exists exactly once."""
    leute = [
        zw.start("clerk", f"clerk-{nummer}", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for nummer in range(prozesse)
    ]
    try:
        for person in leute:
            assert person.stdout.readline() == "bereit\n"
        for runde in range(runden):
            fall = zw.make_fall(tmp_path / str(runde), 0)
            for person in leute:
                person.stdin.write("\t".join([str(fall), *ARTEN]) + "\n")
                person.stdin.flush()
            erstellt = [int(person.stdout.readline()) for person in leute]
            gelesen = read_fallordner(fall)
            zw.check_whole(gelesen)
            assert gelesen.befunde == ()
            assert sorted(v.art for v in gelesen.vorgaenge.vorgaenge) == sorted(ARTEN)
            assert sum(erstellt) == len(ARTEN)  # each letter was acknowledged to exactly one of them
    finally:
        for person in leute:
            person.stdin.close()
            person.wait(timeout=20)
            person.stdout.close()


def test_plane_d_eight_processes(tmp_path):
    run_race(tmp_path, prozesse=8, runden=3)


@pytest.mark.umfang
@pytest.mark.timeout(900)
def test_plane_d_many_rounds(tmp_path):
    run_race(tmp_path, prozesse=8, runden=60)
    run_race(tmp_path / "16", prozesse=16, runden=200)


def test_threads_of_one_process(tmp_path):
    """Two threads share a lauf_id and may draw up the same bytes; the letter still exists once."""
    fall = zw.make_fall(tmp_path, 1)
    with ThreadPoolExecutor(8) as pool:
        ergebnisse = list(pool.map(lambda art: zw.issue(fall, art), ARTEN * 4))
    zw.check_whole(read_fallordner(fall))
    assert sum(ergebnis is not None for ergebnis in ergebnisse) == len(ARTEN)


def test_run_reports_at_once_get_different_numbers(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        ordner = list(pool.map(lambda n: write_laufbericht(tmp_path, {"lauf.json": b"%d" % n}), range(16)))
    assert sorted(pfad.name for pfad in ordner) == [f"{n:04d}" for n in range(1, 17)]
    assert sorted(int((pfad / "lauf.json").read_bytes()) for pfad in ordner) == list(range(16))
    assert len(list((tmp_path / "laeufe").iterdir())) == 16


# --- plane B: the kernel kills or refuses at each system call ------------------------------------------------

strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace ist hier nicht installiert")
_AUFRUFE = ("mkdir", "openat", "write", "fsync", "close", "rename")
_ZEILE = re.compile(r"^(\w+)\((.*)$")


def trace(fall: pathlib.Path, art: str, *optionen: str, protokoll: pathlib.Path) -> int:
    """Run the job under strace and return its exit status."""
    umgebung = zw.environment()
    befehl = ["strace", "-o", str(protokoll), "-e", f"trace={','.join(_AUFRUFE)}", *optionen]
    return subprocess.run(
        [*befehl, sys.executable, zw.__file__, "issue", str(fall), art],
        env=umgebung, timeout=60, capture_output=True, check=False,
    ).returncode  # fmt: skip


def calls_on_case(protokoll: pathlib.Path, fall: pathlib.Path) -> dict[str, list[int]]:
    """Return for each system call which of its uses came after the job first touched the case."""
    zahl: collections.Counter[str] = collections.Counter()
    treffer = collections.defaultdict(list)
    begonnen = False
    for zeile in protokoll.read_text(errors="replace").splitlines():
        if not (gefunden := _ZEILE.match(zeile)):
            continue
        name, rest = gefunden.groups()
        zahl[name] += 1
        begonnen = begonnen or str(fall) in rest
        if begonnen:
            treffer[name].append(zahl[name])
    return treffer


def run_plane_b(tmp_path: pathlib.Path, vorgaenge: int, arten: list[str]) -> tuple[int, int]:
    """Break every system call on a case with so many steps in each way; return runs and how many were hit."""
    muster = zw.make_fall(tmp_path / "muster", vorgaenge)
    probe = shutil.copytree(muster, tmp_path / "ungestoert")
    zw.issue(probe, "mahnung-1")
    ungestoert = zw.comparable(read_fallordner(probe))
    probe = shutil.copytree(muster, tmp_path / "probe")
    assert trace(probe, "mahnung-1", protokoll=tmp_path / "log") == 0
    stellen = [
        (name, nummer, art)
        for name, nummern in calls_on_case(tmp_path / "log", probe).items()
        for nummer in nummern
        for art in arten
    ]

    def run(stelle: tuple[str, int, str]) -> bool:
        name, nummer, art = stelle
        fall = shutil.copytree(muster, tmp_path / f"{name}-{nummer}-{art}")
        vorher = zw.snapshot(fall)
        rueckgabe = trace(
            fall,
            "mahnung-1",
            "-e",
            f"inject={name}:{art}:when={nummer}",
            protokoll=tmp_path / f"{fall.name}.log",
        )
        zw.check_untouched(fall, vorher)
        zw.check_reste(fall)
        gelesen = read_fallordner(fall)
        zw.check_whole(gelesen)
        assert rueckgabe != 0 or gelesen.vorgaenge.kopf_nr == vorgaenge + 1
        zw.issue(fall, "mahnung-1")
        danach = read_fallordner(fall)
        assert zw.comparable(danach) == ungestoert
        return rueckgabe != 0

    with ThreadPoolExecutor(2) as pool:
        getroffen = list(pool.map(run, stellen))
    return len(getroffen), sum(getroffen)


@strace
@pytest.mark.umfang
@pytest.mark.timeout(900)
@pytest.mark.parametrize("vorgaenge", [0, 2])
def test_plane_b_every_system_call(tmp_path, vorgaenge):
    fehler = ["ENOSPC", "EIO", "EACCES", "EDQUOT", "ESTALE", "EROFS"]
    arten = ["signal=KILL", *(f"error={name}" for name in fehler)]
    laeufe, getroffen = run_plane_b(tmp_path, vorgaenge, arten)
    zw.say(f"Ebene B, {vorgaenge} Vorgänge: {laeufe} Läufe, davon {getroffen} abgebrochen")
    assert laeufe >= 220
    assert getroffen >= 0.8 * laeufe


@strace
@pytest.mark.umfang
def test_all_writes_go_through_the_platform_layer(tmp_path):
    """What the kernel saw is what the platform layer did: nothing else creates, renames or hardens."""
    fall = zw.make_fall(tmp_path, 1)
    kopie = shutil.copytree(fall, tmp_path / "kopie")
    zaehlend = zw.Zaehlend()
    zw.issue(kopie, "mahnung-1", zaehlend)
    assert trace(fall, "mahnung-1", protokoll=tmp_path / "log") == 0
    zeilen = (tmp_path / "log").read_text(errors="replace").splitlines()
    gesehen = collections.Counter(zeile.split("(")[0] for zeile in zeilen)
    neu = [
        zeile
        for zeile in zeilen
        if zeile.startswith("openat") and "O_CREAT" in zeile and str(tmp_path) in zeile
    ]
    getan = collections.Counter(zaehlend.namen)
    assert len(neu) == getan["open_new"] == 3
    assert gesehen["fsync"] == getan["sync_file"] + getan["sync_folder"]
    assert gesehen["rename"] == getan["rename"] == 1
    assert gesehen["mkdir"] == getan["mkdir"] == 1
