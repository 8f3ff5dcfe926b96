"""Two clerks at once: nobody is told to delete what the other one is writing; what was left behind is named."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

from mahnakte.ablage.platte import PLATTE
from mahnakte.ablage.reste import JUNG_SEKUNDEN, STAGING, name_staging, report_reste
from mahnakte.ablage.verifizieren import read_vorgaenge

posix = pytest.mark.skipif(os.name == "nt", reason="auf Windows zählt allein das Alter")


def codes(ordner: pathlib.Path) -> list[str]:
    return [
        befund.code for befund in report_reste(ordner, sorted(pfad.name for pfad in ordner.iterdir()), PLATTE)
    ]


def make(ordner: pathlib.Path, name: str, alter: float = 0.0) -> None:
    (ordner / name).mkdir()
    os.utime(ordner / name, times=(time.time() - alter,) * 2)


def foreign(prozess: int = 1) -> str:
    """Return a name as another host would give it."""
    eigener = name_staging()[len(STAGING) :][:4]
    return f"{STAGING}{(int(eigener, 16) + 1) % 65536:04x}{prozess:06x}abcd"


@posix
@pytest.mark.timeout(60)
def test_the_staging_of_a_living_process_is_no_leftover(tmp_path):
    """Another interpreter makes the folder and waits: named only once it has died."""
    programm = (
        "import pathlib, sys; from mahnakte.ablage.reste import name_staging; "
        "(pathlib.Path(sys.argv[1]) / name_staging()).mkdir(); print('da', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-P", "-c", programm, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as prozess:
        assert prozess.stdout.readline().strip() == b"da"
        assert codes(tmp_path) == []
        prozess.kill()
        prozess.wait()
    assert codes(tmp_path) == ["STAGING_REST"]


def test_a_young_folder_of_another_host_is_work_in_progress(tmp_path):
    make(tmp_path, foreign())
    assert codes(tmp_path) == []


def test_an_old_folder_of_another_host_is_a_leftover(tmp_path):
    make(tmp_path, foreign(), JUNG_SEKUNDEN + 60)
    assert codes(tmp_path) == ["STAGING_REST"]


def test_a_clock_that_is_behind_tells_nobody_to_delete(tmp_path):
    make(tmp_path, foreign(), -3 * JUNG_SEKUNDEN)
    assert codes(tmp_path) == []


def test_a_name_that_says_nothing_is_a_leftover_as_before(tmp_path):
    make(tmp_path, ".neu-12345678")  # as 0.1.0 named it
    make(tmp_path, ".neu-rest")
    assert codes(tmp_path) == ["STAGING_REST"] * 2


@posix
def test_what_this_process_left_is_a_leftover(tmp_path):
    make(tmp_path, name_staging())
    assert codes(tmp_path) == ["STAGING_REST"]


def test_what_is_gone_since_the_listing_is_nothing(tmp_path):
    assert report_reste(tmp_path, [foreign()], PLATTE) == ()


def test_names_are_of_one_length_and_do_not_repeat():
    namen = {name_staging() for _ in range(50)}
    assert {len(name) for name in namen} == {len(STAGING) + 14}
    assert len(namen) > 45


def test_a_case_with_living_staging_has_no_finding(tmp_path):
    (tmp_path / "vorgaenge").mkdir()
    make(tmp_path / "vorgaenge", foreign())
    assert read_vorgaenge(tmp_path).befunde == ()
