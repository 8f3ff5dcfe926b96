"""The bounded child: value, time-out, memory, death, refusal, threads, no orphans.

Only functions of the standard library are called: the child must be able to import them.
"""

import concurrent.futures
import math
import operator
import os
import pathlib
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.worker import (
    Worker,
    WorkerDied,
    WorkerMemory,
    WorkerPool,
    WorkerRaised,
    WorkerTimeout,
)

NUR_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="Grenzen gelten so nur unter Linux"
)


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(2) as gemeinsam:
        yield gemeinsam


def test_a_value_comes_back(pool):
    assert pool.call(operator.add, b"a" * 3_000_000, b"b") == b"a" * 3_000_000 + b"b"


def test_it_is_another_process_and_stays_the_same(pool):
    erster = pool.call(os.getpid)
    assert erster != os.getpid()
    assert pool.call(os.getpid) == erster


def test_an_exception_comes_back_with_kind_and_text(pool):
    with pytest.raises(WorkerRaised) as gefangen:
        pool.call(math.sqrt, -1.0)
    assert gefangen.value.kind == "ValueError"
    assert gefangen.value.message


def test_a_value_that_cannot_travel_is_an_error(pool):
    with pytest.raises(WorkerRaised):
        pool.call(open, os.devnull)
    assert pool.call(operator.neg, 1) == -1


def test_a_refusal_arrives_as_refusal(pool):
    befund = sperre("PROBE", "So nicht.", "Anders.")
    with pytest.raises(Ablehnung) as gefangen:
        pool.call(_refuser(), befund)
    assert gefangen.value.befund == befund


def _refuser():
    return Refuser()


class Refuser:
    """Raises Ablehnung in the child; pickled as `exec` of one line, since tests are not importable there."""

    def __reduce__(self):
        modul = "__import__('mahnakte.grund.befund', fromlist=['befund'])"
        return eval, (f"lambda befund: (_ for _ in ()).throw({modul}.Ablehnung(befund))",)

    def __call__(self, befund):
        raise AssertionError


def test_time_out_kills_and_replaces():
    with WorkerPool(1) as pool:
        vorher = pool.call(os.getpid)
        anfang = time.monotonic()
        with pytest.raises(WorkerTimeout, match="noch nicht fertig"):
            pool.call(time.sleep, 60, seconds=0.1)
        assert time.monotonic() - anfang < 20
        assert not _lives(vorher)
        assert pool.call(os.getpid) != vorher


@NUR_LINUX
def test_cpu_is_limited_and_named():
    with WorkerPool(1) as pool:
        vorher = pool.call(os.getpid)
        with pytest.raises(WorkerTimeout, match=r"mehr als 0\.2 Sekunden Rechenzeit"):
            pool.call(sum, range(10**11), seconds=0.2)
        assert not _lives(vorher)
        assert pool.call(operator.neg, 2) == -2


@NUR_LINUX
def test_waiting_does_not_count():
    with WorkerPool(1) as pool:
        kind = pool.call(os.getpid)
        pool.call(time.sleep, 1.0, seconds=0.3)
        assert pool.call(os.getpid) == kind


@NUR_LINUX
def test_each_call_has_its_own_seconds():
    """The first used nothing up for the second, and no timer is left running between calls."""
    with WorkerPool(1) as pool:
        kind = pool.call(os.getpid)
        for _ in range(6):
            pool.call(sum, range(4_000_000), seconds=2)
        assert pool.call(signal.getitimer, signal.ITIMER_PROF)[0] > 0
        time.sleep(0.3)
        assert pool.call(os.getpid, seconds=0.5) == kind


@NUR_LINUX
def test_a_busy_child_ends_when_its_parent_was_killed(tmp_path):
    skript = tmp_path / "eltern.py"
    skript.write_text(
        textwrap.dedent(
            """
            import os, threading
            from mahnakte.grund.worker import WorkerPool
            if __name__ == "__main__":
                pool = WorkerPool(1)
                print(pool.call(os.getpid), flush=True)
                threading.Timer(0.5, os.kill, (os.getpid(), 9)).start()
                pool.call(sum, range(10**12), seconds=1)
            """
        )
    )
    assert not _outlives(skript, seconds=30)


def test_a_dead_child_is_named_and_replaced():
    with WorkerPool(1) as pool:
        with pytest.raises(WorkerDied, match="Code 3"):
            pool.call(os._exit, 3)
        assert pool.call(operator.neg, 2) == -2


def test_a_child_that_died_between_calls_is_replaced_unseen():
    with WorkerPool(1) as pool:
        kind = pool.call(os.getpid)
        os.kill(kind, signal.SIGTERM)
        grenze = time.monotonic() + 10
        while _lives(kind) and time.monotonic() < grenze:
            time.sleep(0.01)
        assert pool.call(os.getpid) != kind


@NUR_LINUX
def test_memory_is_limited():
    with WorkerPool(1, memory_mb=300) as pool:
        with pytest.raises(WorkerMemory):
            pool.call(bytearray, 400 * 1024 * 1024)
        assert len(pool.call(bytes, 1000)) == 1000


@NUR_LINUX
def test_child_ignores_ctrl_c_and_prints_nothing(pool, capfd):
    kind = pool.call(os.getpid)
    os.kill(kind, signal.SIGINT)
    pool.call(os.write, 1, b"laut")
    pool.call(os.write, 2, b"laut")
    assert pool.call(os.getpid) == kind
    assert capfd.readouterr() == ("", "")


def test_many_threads_share_two_children(pool):
    with concurrent.futures.ThreadPoolExecutor(8) as faeden:
        ergebnisse = list(faeden.map(lambda zahl: pool.call(operator.mul, zahl, 2), range(200)))
    assert ergebnisse == [zahl * 2 for zahl in range(200)]


def test_keyboard_interrupt_does_not_leave_a_late_answer(monkeypatch):
    worker = Worker()
    assert worker.call(operator.neg, 1) == -1
    with monkeypatch.context() as patch:
        patch.setattr(Worker, "_receive", staticmethod(_interrupt))
        with pytest.raises(KeyboardInterrupt):
            worker.call(operator.neg, 2)
    assert worker.call(operator.neg, 3) == -3
    worker.close()


def _interrupt(*_):
    raise KeyboardInterrupt


@NUR_LINUX
@pytest.mark.parametrize("ende", ["", "import os; os.kill(os.getpid(), 9)", "raise SystemExit(1)"])
def test_no_orphans_however_the_parent_ends(tmp_path, ende):
    skript = tmp_path / "eltern.py"
    skript.write_text(
        textwrap.dedent(
            """
            import os, threading, time
            from mahnakte.grund.worker import WorkerPool
            if __name__ == "__main__":
                pool = WorkerPool(2)
                print(pool.call(os.getpid), flush=True)
            """
        )
        + (f"    {ende}\n" if ende else "")
    )
    assert not _outlives(skript, seconds=10)


def _outlives(skript: pathlib.Path, seconds: float) -> bool:
    """Run a parent that prints the number of its child; tell whether the child lives on after it for so long."""
    quelle = str(pathlib.Path(__file__).resolve().parent.parent / "src")
    lauf = subprocess.run(
        [sys.executable, str(skript)],
        stdout=subprocess.PIPE, timeout=60, check=False, env={**os.environ, "PYTHONPATH": quelle},
    )  # fmt: skip
    kind = int(lauf.stdout)
    grenze = time.monotonic() + seconds
    while _lives(kind) and time.monotonic() < grenze:
        time.sleep(0.05)
    return _lives(kind)


def _lives(kind: int) -> bool:
    try:
        return pathlib.Path(f"/proc/{kind}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
