"""What it costs to plan a Bestand in which nothing has changed: local, and where each call to the disk takes 20 ms.

    python benchmarks/karten.py [CASES]        default 10000

Every case has one e-invoice and nothing due. First with an empty cache, then with what it holds; calls to the disk
are counted at ablage's own gate. Prints figures, asserts nothing. The cache lies in a temporary folder.
"""

import datetime as dt
import os
import pathlib
import resource
import sys
import tempfile
import time

from umschau import WARTEZEIT, Zaehler, make_bestand

from mahnakte.ablage.platte import Platte
from mahnakte.befehle.plan import plan_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

RUFE = ("scan", "scan_spuren", "scan_schritte", "kind", "read", "identity")
TAG = dt.date(2026, 3, 10)  # before anything is due


def measure(was: str, bestand: pathlib.Path, werkstatt: WorkerPool, zaehler: Zaehler, zahl: int) -> Ergebnis:
    """Plan once and print what it took."""
    zaehler.rufe.clear()
    cpu, wand = time.process_time(), time.perf_counter()
    ergebnis = plan_faelle([bestand], Lage(TAG, werkstatt))
    cpu, wand = time.process_time() - cpu, time.perf_counter() - wand
    rufe = ", ".join(f"{zahl} {name}" for name, zahl in zaehler.rufe.most_common())
    je_fall = sum(zaehler.rufe.values()) / zahl
    print(f"{was:<34} {wand:7.1f} s, CPU {cpu:6.2f} s = {cpu / zahl * 1e6:5.0f} µs je Fall; "
          f"{je_fall:.2f} Aufrufe je Fall: {rufe}")  # fmt: skip
    print(f"{'':<34} Spitze des Speichers {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return ergebnis


def main(zahl: int) -> None:
    """Print the figures."""
    zaehler = Zaehler()
    for name in RUFE:
        setattr(Platte, name, zaehler.wrap(name, getattr(Platte, name)))
    with tempfile.TemporaryDirectory() as heim, WorkerPool(os.cpu_count() or 1) as werkstatt:
        os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = str(pathlib.Path(heim) / "cache")
        bestand = pathlib.Path(heim) / "bestand"
        bestand.mkdir()
        make_bestand(bestand, zahl)
        print(f"{zahl} Fälle, Last {os.getloadavg()[0]:.0f}")
        erste = measure("lokal, zum ersten Mal", bestand, werkstatt, zaehler, zahl)
        zweite = measure("lokal, unverändert", bestand, werkstatt, zaehler, zahl)
        print(f"dasselbe Ergebnis: {erste == zweite}")
        zaehler.wartezeit = WARTEZEIT
        measure("20 ms je Aufruf, unverändert", bestand, werkstatt, zaehler, zahl)
        for datei in sorted((pathlib.Path(heim) / "cache" / "mahnakte").iterdir()):
            print(f"Zwischenspeicher {datei.name.partition('-')[0]}: {datei.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
