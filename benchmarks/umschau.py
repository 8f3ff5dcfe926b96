"""What it costs to look at all other cases before one letter: local, and where each call to the disk takes 20 ms.

    python benchmarks/umschau.py [CASES]        default 10000

Every case has one e-invoice. First with an empty cache, then with what it holds; the calls to the disk are counted at
ablage's own gate. Prints figures, asserts nothing. The cache lies in a temporary folder.
"""

import collections
import datetime as dt
import functools
import os
import pathlib
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from typing import Any

from mahnakte.ablage.platte import Platte
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
RUFE = ("scan", "scan_spuren", "kind", "read", "identity")
WARTEZEIT = 0.02
RECHNUNG = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>RE-{nummer}</cbc:ID><cbc:IssueDate>2026-03-01</cbc:IssueDate><cbc:DueDate>2026-03-31</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:LegalMonetaryTotal><cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">1190.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>
"""


class Zaehler:
    """Counts the calls to the disk and makes each of them wait."""

    def __init__(self) -> None:
        self.rufe: collections.Counter[str] = collections.Counter()
        self.wartezeit = 0.0
        self._schloss = threading.Lock()

    def wrap(self, name: str, ruf: Callable[..., Any]) -> Callable[..., Any]:
        """Return the call with a wait before it."""

        @functools.wraps(ruf)
        def delayed(*angaben: Any) -> Any:
            with self._schloss:
                self.rufe[name] += 1
            if self.wartezeit:
                time.sleep(self.wartezeit)
            return ruf(*angaben)

        return delayed


def make_bestand(ordner: pathlib.Path, zahl: int) -> None:
    """Write so many cases with an invoice each, old enough to be remembered."""
    (ordner / "mahnakte.yaml").write_bytes((FAELLE / "mahnakte.yaml").read_bytes())
    kopf, _, _ = (FAELLE / "einfach.yaml").read_text(encoding="utf-8").partition("rechnungen:\n")
    angabe = "rechnungen:\n  - datei: rechnungen/r.xml\n    faelligkeit: gesetzlich\n"
    frueher = time.time() - 3600
    for nummer in range(zahl):
        fall = ordner / f"2026-{nummer:05d}"
        (fall / "rechnungen").mkdir(parents=True)
        for datei, text in (
            (fall / "fall.yaml", kopf.replace("2026-0042", fall.name) + angabe),
            (fall / "rechnungen" / "r.xml", RECHNUNG.format(nummer=nummer)),
        ):
            datei.write_text(text, encoding="utf-8")
            os.utime(datei, (frueher, frueher))


def measure(was: str, fall: pathlib.Path, werkstatt: WorkerPool, zaehler: Zaehler) -> None:
    """Look around once from one case, as `mahnakte brief` does, and print what it took."""
    zaehler.rufe.clear()
    cpu, wand = time.process_time(), time.perf_counter()
    umschau = Lage(dt.date(2026, 4, 10), werkstatt).look_around([fall])
    cpu, wand = time.process_time() - cpu, time.perf_counter() - wand
    assert not umschau.befunde, umschau.befunde
    rufe = ", ".join(f"{zahl} {name}" for name, zahl in zaehler.rufe.most_common())
    print(f"{was:<34} {wand:7.1f} s, CPU des Hauptprozesses {cpu:6.1f} s; {rufe}")


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
        fall = bestand / "2026-00000"
        print(f"{zahl} Fälle")
        measure("lokal, zum ersten Mal", fall, werkstatt, zaehler)
        measure("lokal, unverändert", fall, werkstatt, zaehler)
        zaehler.wartezeit = WARTEZEIT
        measure("20 ms je Aufruf, unverändert", fall, werkstatt, zaehler)
        for datei in (pathlib.Path(heim) / "cache" / "mahnakte").iterdir():
            print(f"Zwischenspeicher: {datei.stat().st_size / 1e6:.1f} MB")
            datei.unlink()
        measure("20 ms je Aufruf, zum ersten Mal", fall, werkstatt, zaehler)
    print(f"Spitze des Speichers: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
