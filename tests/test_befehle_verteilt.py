"""A run on a loopback cluster gives what a run here gives; machines may die, shares may be run twice."""

import datetime as dt
import importlib.util
import json
import os
import pathlib
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

import doppelbau
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle import lauf_verteilt
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.lauf_verteilt import check_url, describe_machine, run_share, run_verteilt
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 4, 20)
OPTIONEN = ("--stichtag", TAG.isoformat())
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-04-20T08:00:00Z", "0")
mit_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="der Zusatz mahnakte[dask] ist hier nicht eingerichtet",
)


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    ordner = doppelbau.make_bestand(tmp_path / "b")
    for nr in range(6):
        doppelbau.add_fall(ordner, f"F{nr}", doppelbau.entry(nummer=f"RE-{nr}"), kennung=f"k{nr}")
    return ordner


@pytest.fixture
def cluster(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Two machines on the loopback, each a process, none with a dashboard."""
    import distributed

    monkeypatch.setattr(lauf_verteilt, "_JE_TEIL", 2)
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
        local_directory=str(tmp_path / "dask"),
        silence_logs=50,
    ) as einer:
        yield einer


# --- without a cluster -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url", ["tls://rechner:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:9"]
)
def test_encrypted_or_on_this_machine(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url",
    ["tcp://rechner:8786", "tcp://10.0.0.1:1", "tcp://0.0.0.0:1", "http://127.0.0.1", "ucx://127.0.0.1:1", "", "x",
     "tcp://127.0.0.1.example:1", "inproc://x"],
)  # fmt: skip
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(NichtBegonnen) as abbruch:
        check_url(url)
    assert [befund.code for befund in abbruch.value.befunde] == ["DASK_ADRESSE"]


def test_shares_run_one_after_the_other_are_the_whole_run(bestand: pathlib.Path) -> None:
    antworten = [run_share((str(bestand), *OPTIONEN, "--anteil", f"{nr}/3", "--json")) for nr in (1, 2, 3, 2)]
    geschrieben = [e["aktenzeichen"] for _, text in antworten for e in json.loads(text)["geschrieben"]]
    assert sorted(geschrieben) == [f"F{nr}" for nr in range(6)]
    assert {code for code, _ in antworten} <= {0, 1}


def test_a_machine_with_other_files_or_law_is_told_apart(bestand: pathlib.Path) -> None:
    vorher = describe_machine([str(bestand)])
    (bestand / "recht").mkdir()
    (bestand / "recht" / "basiszinssatz.yaml").write_text("x")
    nachher = describe_machine([str(bestand)])
    assert [name for name in vorher if vorher[name] != nachher[name]] == [f"Bestand {bestand}"]
    assert "nicht lesbar" in describe_machine([str(bestand / "fehlt")])[f"Bestand {bestand / 'fehlt'}"]


# --- with a cluster --------------------------------------------------------------------------------------------


def normal(daten: dict[str, Any]) -> dict[str, Any]:
    """Return what a run says, without paths and the number of shares."""
    faelle = [{**fall, "pfad": pathlib.Path(fall["pfad"]).name} for fall in daten["faelle"]]
    geschrieben = sorted(daten["geschrieben"], key=lambda e: e["aktenzeichen"])
    return {
        "faelle": faelle,
        "geschrieben": geschrieben,
        "zahl": daten["zahl"],
        "stichtag": daten["stichtag"],
    }


@mit_dask
def test_the_same_as_here(
    bestand: pathlib.Path, cluster: Any, werkstatt: WorkerPool, tmp_path: pathlib.Path
) -> None:
    hier = tmp_path / "hier" / "b"
    shutil.copytree(bestand, hier)
    lage = Lage(TAG, werkstatt)
    dort = run_verteilt([bestand], lage, cluster.scheduler_address, OPTIONEN)
    assert normal(dort.daten) == normal(run_faelle([hier], lage, HERKUNFT).daten)
    assert dort.daten["teile"] == 3
    for nr in range(6):
        schritte = [
            v.dateien
            for ordner in (bestand, hier)
            for v in read_fallordner(ordner / f"F{nr}").vorgaenge.vorgaenge
        ]
        assert schritte[0] == schritte[1]
    assert run_verteilt([bestand], lage, cluster.scheduler_address, OPTIONEN).daten["geschrieben"] == []


@mit_dask
@pytest.mark.umfang
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL gibt es dort nicht")
def test_a_machine_that_dies_costs_nothing(
    bestand: pathlib.Path, cluster: Any, werkstatt: WorkerPool
) -> None:
    prozesse = [worker.pid for worker in cluster.workers.values()]

    def kill_one() -> None:
        time.sleep(1.5)
        os.kill(prozesse[0], signal.SIGKILL)

    faden = threading.Thread(target=kill_one)
    faden.start()
    erster = run_verteilt([bestand], Lage(TAG, werkstatt), cluster.scheduler_address, OPTIONEN)
    faden.join()
    zweiter = run_verteilt([bestand], Lage(TAG, werkstatt), cluster.scheduler_address, OPTIONEN)
    assert zweiter.daten["geschrieben"] == []
    assert erster.daten["zahl"]["faelle"] == 6
    for nr in range(6):
        gelesen = read_fallordner(bestand / f"F{nr}")
        assert gelesen.befunde == ()
        assert len(gelesen.vorgaenge.vorgaenge) == 1
