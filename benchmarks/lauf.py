"""A run over many generated cases, one letter each with PDF: cases per second, time per step, peak memory.

    python benchmarks/lauf.py [CASES]        default 200

First the whole command on all cores (wall time, CPU, memory), then the same steps one after the other in this
process, so that each can be compared with the PDF engine. Prints figures, asserts nothing.
"""

import datetime as dt
import pathlib
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from mahnakte.ablage.herkunft import identify
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.veroeffentlichen import publish
from mahnakte.ablauf.plan import plan_fall
from mahnakte.befehle.lauf import run_faelle
from mahnakte.briefe.brief import check_brief, compute_briefe
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Satz
from mahnakte.satz.druckbild import read_druckbild
from mahnakte.satz.pdf import convert
from mahnakte.satz.schrift import fontconfig_file
from mahnakte.satz.vorlage import compile_vorlage, render
from mahnakte.werk.laden import Lage, load_fall
from mahnakte.werk.vorschau import as_auftrag

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
STICHTAG = dt.date(2026, 4, 10)
EINZELN = 40


def make_bestand(ordner: pathlib.Path, zahl: int) -> None:
    """Write so many copies of the plain case, each with an invoice of its own: number and sum."""
    shutil.copy(FAELLE / "mahnakte.yaml", ordner / "mahnakte.yaml")
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
    for nummer in range(zahl):
        fall = ordner / f"2026-{nummer:04d}"
        fall.mkdir()
        eigener = text.replace("2026-0042", fall.name).replace("RE-2026-131", f"RE-{fall.name}")
        eigener = eigener.replace("1.190,00", f"{1000 + nummer},{nummer % 100:02d}")
        (fall / "fall.yaml").write_text(eigener, encoding="utf-8")


def cpu_seconds() -> float:
    """Return the CPU time of this process and of its ended children."""
    beide = (resource.getrusage(wer) for wer in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(stand.ru_utime + stand.ru_stime for stand in beide)


def run_all(zahl: int) -> None:
    """Time the command itself."""
    with tempfile.TemporaryDirectory() as ordner:
        bestand = pathlib.Path(ordner)
        make_bestand(bestand, zahl)
        cpu, wand = cpu_seconds(), time.perf_counter()
        with WorkerPool(2) as werkstatt:
            ergebnis = run_faelle([bestand], Lage(STICHTAG, werkstatt), identify("benchmark"))
        cpu, wand = cpu_seconds() - cpu, time.perf_counter() - wand
    briefe = ergebnis.daten["zahl"]["briefe"]
    print(
        f"{briefe} Briefe in {wand:.1f} s: {briefe / wand:.1f} Fälle je Sekunde, "
        f"{1000 * cpu / briefe:.0f} ms CPU je Fall"
    )
    eigen, kinder = (
        resource.getrusage(w).ru_maxrss / 1024 for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"Spitze des Speichers: Hauptprozess {eigen:.0f} MB, größter Arbeiter {kinder:.0f} MB")


class Stoppuhr:
    """Adds up the time of each step."""

    def __init__(self) -> None:
        self.zeiten: dict[str, float] = defaultdict(float)

    def time(self, schritt: str, tun: Callable[..., Any], *angaben: Any) -> Any:
        """Call, add the time to the step, return the result."""
        beginn = time.perf_counter()
        ergebnis = tun(*angaben)
        self.zeiten[schritt] += time.perf_counter() - beginn
        return ergebnis


def run_steps(zahl: int) -> None:
    """Time the steps one by one in this process."""
    uhr = Stoppuhr()
    herkunft = identify("benchmark")
    vorlage = compile_vorlage(
        read_beigabe("templates", "letters/zahlungserinnerung.docx"), "zahlungserinnerung.docx"
    )
    with tempfile.TemporaryDirectory() as ordner, WorkerPool(1) as werkstatt:
        bestand = pathlib.Path(ordner)
        make_bestand(bestand, zahl)
        lage = Lage(STICHTAG, werkstatt)
        for pfad in sorted(bestand.glob("2026-*")):
            gelesen = uhr.time("Ordner lesen", read_fallordner, pfad)
            geladen = uhr.time("Fall aufbauen und prüfen", load_fall, gelesen, lage)
            plan = uhr.time("Konto und Plan", plan_fall, geladen.sachstand)
            auftrag = as_auftrag(geladen.sachstand, plan, plan.schritte[0])
            (entwurf,) = uhr.time(
                "Werte und Zahlcode",
                compute_briefe,
                auftrag.sachstand,
                auftrag.konto,
                auftrag.stufe,
                auftrag.frist_bis,
                None,
            )
            docx = uhr.time("DOCX", render, vorlage, entwurf.werte, entwurf.bilder, entwurf.datum)
            pdf = uhr.time("PDF-Maschine", convert, docx, "brief", fontconfig_file())
            druckbild = uhr.time("PDF zurücklesen", read_druckbild, pdf)
            text = " ".join([*druckbild.seiten])
            uhr.time("Brief prüfen", check_brief, Satz(docx, pdf, text, druckbild), entwurf)
            schritt = Vorgangsentwurf(
                geladen.aktenzeichen, "zahlungserinnerung", STICHTAG, "benchmark", {},
                daten=entwurf.daten, dokumente={f"{entwurf.stamm}.docx": docx, f"{entwurf.stamm}.pdf": pdf},
            )  # fmt: skip
            uhr.time("Veröffentlichen", publish, pfad, geladen.stand, schritt, herkunft)
    print(f"\nSchritte, je Fall (Mittel über {zahl} Fälle, ein Prozess):")
    for schritt, zeit in sorted(uhr.zeiten.items(), key=lambda eintrag: -eintrag[1]):
        print(f"  {schritt:<26}{1000 * zeit / zahl:8.1f} ms")


if __name__ == "__main__":
    run_all(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    run_steps(EINZELN)
