"""Open items from XLSX into cases: seconds, CPU and peak memory, at two sizes, so that growth shows.

python benchmarks/einlesen.py [ZAHL …]     (default 5000 10000)
"""

import datetime as dt
import pathlib
import resource
import sys
import tempfile
import time

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.einlesen import Wahl, take_posten
from mahnakte.befehle.neu import create_bestand
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.xlsx import Blatt, Spalte, write_xlsx
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 12, 1)
HERKUNFT = Herkunft("messung", "messung", "messung", "2026-12-01T08:00:00Z", "0")
KOPF = ("Konto", "Name", "Rechnungsnummer", "Datum", "Fälligkeit", "Sollbetrag", "Habenbetrag", "Saldo")


def write_liste(zahl: int) -> bytes:
    """Return a list with three items for each customer."""
    zeilen = tuple(
        (f"{10000 + nr // 3}", f"Kunde {nr // 3}", f"RE-{nr:06d}", dt.date(2026, 9, 1), dt.date(2026, 9, 15),
         "119,00", "", "119,00")
        for nr in range(zahl)
    )  # fmt: skip
    return write_xlsx([Blatt("Posten", (), tuple(map(Spalte, KOPF)), zeilen)], "Posten", "messung", TAG)


def measure(zahl: int) -> None:
    with tempfile.TemporaryDirectory() as ordner, WorkerPool(2) as pool:
        bestand, datei = pathlib.Path(ordner, "b"), pathlib.Path(ordner, "liste.xlsx")
        create_bestand(bestand)
        datei.write_bytes(write_liste(zahl))
        for was, herkunft in (("gezeigt", None), ("übernommen", HERKUNFT), ("noch einmal", HERKUNFT)):
            anfang, rechenzeit = time.perf_counter(), time.process_time()
            ergebnis = take_posten(datei, bestand, Wahl(), Lage(TAG, pool), herkunft)
            dauer, cpu = time.perf_counter() - anfang, time.process_time() - rechenzeit
            speicher = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            faelle = len(ergebnis.daten["faelle"])
            je = cpu / zahl * 1000
            print(f"{zahl:>7} Posten {was:>12}: {dauer:7.1f} s, CPU {cpu:7.1f} s, {je:6.2f} ms je Posten, "
                  f"{speicher} MB, {faelle} Fälle")  # fmt: skip


if __name__ == "__main__":
    for zahl in map(int, sys.argv[1:] or ("5000", "10000")):
        measure(zahl)
