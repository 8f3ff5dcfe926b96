"""Letters to DOCX and PDF: letters per second, CPU by step, against the bare engine and docxtpl + LibreOffice.

    python benchmarks/briefe.py [LETTERS]        default 1000

(1) mahnakte as a run sets letters: payment code, DOCX, PDF/A, read back, check, in two bounded workers. (a) The
engine alone on the same DOCX files, in the same workers. (b) docxtpl + one LibreOffice call per letter and (c)
docxtpl + one LibreOffice call for all, two side by side, on fewer letters and extrapolated. Prints figures and
medians over blocks, asserts nothing but that every letter is right.
"""

import concurrent.futures
import dataclasses
import datetime as dt
import io
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import Any

from docxtpl import DocxTemplate

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.briefe.brief import Briefentwurf, check_brief, compute_briefe
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz import druck, pdf
from mahnakte.satz.ausdruck import clean_werte, make_environment
from mahnakte.satz.druckbild import find_missing_letters, read_druckbild
from mahnakte.satz.libreoffice import find_soffice
from mahnakte.satz.pdfa import claims_pdfa, finish_pdf
from mahnakte.satz.schrift import fontconfig_file
from mahnakte.satz.vorlage import compile_vorlage, render
from mahnakte.satz.zahlcode import Ueberweisung, Zahlcode, draw_zahlcode
from mahnakte.werk.laden import Lage, load_fall

ART = "mahnung-1"
VORLAGE = f"{ART}.docx"
AKTENZEICHEN = "2026-0042"
FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
TAG = dt.date(2026, 4, 20)
KERNE = 2
BLOECKE = 10
SCHRITTE = 60  # letters measured step by step
EINZELN, STAPEL = 10, 100  # letters for LibreOffice, one call each and one call for all


@dataclasses.dataclass(frozen=True, slots=True)
class Brief:
    """One letter before setting: the draft and the payment of its code."""

    entwurf: Briefentwurf
    ueberweisung: Ueberweisung


def make_briefe(zahl: int) -> list[Brief]:
    """Return so many first reminders of a plain case: each has its own file number, sum and name."""
    with WorkerPool(1) as werkstatt, tempfile.TemporaryDirectory() as ablage:
        ordner = pathlib.Path(ablage, AKTENZEICHEN)
        ordner.mkdir()
        shutil.copy(FAELLE / "mahnakte.yaml", ordner.parent)
        shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
        sachstand = load_fall(read_fallordner(ordner), Lage(TAG, werkstatt)).sachstand
    if sachstand is None:
        raise SystemExit("Der Beispielfall fixtures/faelle/einfach.yaml ist nicht lesbar.")
    stufe = next(stufe for stufe in sachstand.fall.einstellungen.mahnplan if stufe.art == ART)
    (muster,) = compute_briefe(sachstand, compute_konto(sachstand), stufe, TAG + dt.timedelta(days=10), None)
    return [_vary(muster, nummer) for nummer in range(zahl)]


def _vary(muster: Briefentwurf, nummer: int) -> Brief:
    betrag, name = muster.werte["summe"]["betrag"], muster.anschrift[0]
    ersatz = {AKTENZEICHEN: f"2026-{nummer:04d}", name: f"{name} {nummer}",
              format_euro(betrag): format_euro(betrag + nummer)}  # fmt: skip
    entwurf = dataclasses.replace(
        muster,
        werte=_replace(
            {**muster.werte, "summe": {**muster.werte["summe"], "betrag": betrag + nummer}}, ersatz
        ),
        anschrift=_replace(muster.anschrift, ersatz),
        erwartet=_replace(muster.erwartet, ersatz),
    )
    absender = muster.werte["absender"]
    return Brief(
        entwurf, Ueberweisung(absender["name"], absender["iban"], betrag + nummer, f"2026-{nummer:04d}")
    )


def _replace(wert: Any, ersatz: dict[str, str]) -> Any:
    if isinstance(wert, dict):
        return {name: _replace(teil, ersatz) for name, teil in wert.items()}
    if isinstance(wert, list | tuple):
        return type(wert)(_replace(teil, ersatz) for teil in wert)
    if isinstance(wert, str):
        for alt, neu in ersatz.items():
            wert = wert.replace(alt, neu)
    return wert


def check(satz: druck.Satz, entwurf: Briefentwurf, code: Zahlcode) -> None:
    """Check a letter as the run does; a finding ends the benchmark."""
    befunde = (*satz.befunde, *check_brief(satz, dataclasses.replace(entwurf, zahlcode=code)))
    if befunde or not claims_pdfa(satz.pdf):
        raise SystemExit(f"{entwurf.anschrift[0]}: {befunde or 'kein PDF/A-Kennzeichen'}")


# --- the ways ---------------------------------------------------------------------------------------


class Messung:
    """Wall time of each block and CPU of this process and all its ended children, over one way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.bloecke: list[float] = []
        self._cpu = cpu_seconds()

    def run(self, briefe: int, tun: Callable[[], Any]) -> Any:
        """Time one block of letters."""
        beginn = time.perf_counter()
        ergebnis = tun()
        self.bloecke.append((time.perf_counter() - beginn) / briefe)
        return ergebnis

    def report(self, briefe: int, *, anmerkung: str = "") -> float:
        """Print letters per second (median of the blocks) and return CPU ms per letter."""
        cpu = 1000 * (cpu_seconds() - self._cpu) / briefe
        je_sekunde = 1 / statistics.median(self.bloecke)
        print(f"{self.name:<58}{je_sekunde:7.1f} Briefe/s {cpu:7.0f} ms CPU je Brief{anmerkung}")
        return cpu


def cpu_seconds() -> float:
    """Return the CPU time of this process and of its ended children."""
    beide = (resource.getrusage(wer) for wer in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(stand.ru_utime + stand.ru_stime for stand in beide)


def blocks(alle: Sequence[Any]) -> list[Sequence[Any]]:
    """Cut into blocks, whose median is quoted: other work on the machine disturbs some of them."""
    groesse = max(1, len(alle) // BLOECKE)
    return [alle[anfang : anfang + groesse] for anfang in range(0, len(alle), groesse)]


def run_mahnakte(briefe: Sequence[Brief]) -> tuple[float, list[bytes]]:
    """Set and check all letters as a run does; return CPU per letter and the DOCX files."""
    vorlage = druck.Vorlage(VORLAGE, read_beigabe("templates", f"letters/{VORLAGE}"))
    messung = Messung("(1) mahnakte: Zahlcode, DOCX, PDF/A, gelesen und geprüft")
    docx: list[bytes] = []
    with WorkerPool(KERNE) as pool, concurrent.futures.ThreadPoolExecutor(KERNE) as faeden:

        def write(brief: Brief) -> bytes:
            code = draw_zahlcode(brief.ueberweisung)
            satz = druck.set_letter(pool, vorlage, brief.entwurf.werte, {"zahlcode": code.png}, TAG)
            check(satz, brief.entwurf, code)
            return satz.docx

        for block in blocks(briefe):
            docx += messung.run(len(block), lambda block=block: list(faeden.map(write, block)))
    return messung.report(len(briefe)), docx


def run_engine(docx: Sequence[bytes]) -> float:
    """Convert the same files with the engine alone; return CPU per letter."""
    messung = Messung(f"(a) nur die Maschine ({pdf.ENGINE}), dieselben DOCX")
    with WorkerPool(KERNE) as pool, concurrent.futures.ThreadPoolExecutor(KERNE) as faeden:

        def convert(einer: bytes) -> int:
            return pool.call(_engine, einer, fontconfig_file())

        for block in blocks(docx):
            messung.run(len(block), lambda block=block: list(faeden.map(convert, block)))
    return messung.report(len(docx))


def _engine(docx: bytes, fontconfig: str) -> int:
    os.environ["FONTCONFIG_FILE"] = fontconfig
    return len(pdf._run_engine(docx, "brief"))


def run_steps(briefe: Sequence[Brief]) -> None:
    """Print the median CPU of each step, one after the other in this process."""
    os.environ["FONTCONFIG_FILE"] = fontconfig_file()
    form = compile_vorlage(read_beigabe("templates", f"letters/{VORLAGE}"), VORLAGE)
    zeiten: dict[str, list[float]] = {}

    def step(name: str, tun: Callable[..., Any], *angaben: Any) -> Any:
        beginn = time.process_time()
        ergebnis = tun(*angaben)
        zeiten.setdefault(name, []).append(1000 * (time.process_time() - beginn))
        return ergebnis

    for brief in briefe:
        code = step("Zahlcode zeichnen", draw_zahlcode, brief.ueberweisung)
        docx = step("DOCX", render, form, brief.entwurf.werte, {"zahlcode": code.png}, TAG)
        roh = step("Maschine", pdf._run_engine, docx, "brief")
        angaben = pdf.read_beschreibung(docx, "brief", pdf.ENGINE)
        fertig = step("PDF/A-Hülle mit Titel, Verfasser, Sprache", finish_pdf, roh, angaben, docx)
        text = step("Text des DOCX lesen", druck._read_text, docx, "brief")
        bild = step("PDF mit PDFium zurücklesen", read_druckbild, fertig)
        step("fehlende Zeichen suchen", find_missing_letters, text, bild)
        step(
            "prüfen, Zahlcode Modul für Modul",
            check,
            druck.Satz(docx, fertig, text, bild),
            brief.entwurf,
            code,
        )
    print(f"\nSchritte, CPU je Brief (Median über {len(briefe)} Briefe, ein Prozess):")
    for name, messwerte in zeiten.items():
        print(f"  {name:<44}{statistics.median(messwerte):7.1f} ms")
    eigene = sum(statistics.median(messwerte) for name, messwerte in zeiten.items() if name != "Maschine")
    print(f"  {'alles außer der Maschine':<44}{eigene:7.1f} ms   (Ziel: höchstens 40 ms)\n")


# --- docxtpl and LibreOffice --------------------------------------------------------------------------


def write_docxtpl(brief: Brief) -> bytes:
    """Fill the same template the usual way: open, parse, render and pack it for each letter."""
    vorlage = DocxTemplate(io.BytesIO(read_beigabe("templates", f"letters/{VORLAGE}")))
    vorlage.replace_pic("Zahlcode", io.BytesIO(draw_zahlcode(brief.ueberweisung).png))
    vorlage.render(clean_werte(brief.entwurf.werte), jinja_env=make_environment(), autoescape=True)
    ausgabe = io.BytesIO()
    vorlage.save(ausgabe)
    return ausgabe.getvalue()


def run_office(briefe: Sequence[Brief], je_aufruf: int, name: str, alle: int) -> None:
    """docxtpl, then LibreOffice with so many files per call, two calls side by side with profiles of their own."""
    with tempfile.TemporaryDirectory() as ablage, concurrent.futures.ThreadPoolExecutor(KERNE) as faeden:
        ordner = pathlib.Path(ablage)
        for kern in range(KERNE):
            probe = ordner / f"start{kern}" / "probe.docx"
            probe.parent.mkdir()
            probe.write_bytes(write_docxtpl(briefe[0]))
            _office(ordner, kern, [probe])  # the first start makes the profile

        def chain(kern: int) -> None:
            eigene = briefe[kern::KERNE]
            for anfang in range(0, len(eigene), je_aufruf):
                dateien = []
                for nummer, brief in enumerate(eigene[anfang : anfang + je_aufruf], start=anfang):
                    dateien.append(ordner / f"{kern}-{nummer}.docx")
                    dateien[-1].write_bytes(write_docxtpl(brief))
                _office(ordner, kern, dateien)

        messung = Messung(name)
        messung.run(len(briefe), lambda: list(faeden.map(chain, range(KERNE))))
        fertige = len(list(ordner.glob("*.pdf")))
    anmerkung = f"  ({fertige} Briefe gemessen; {alle} hochgerechnet: {alle * messung.bloecke[0]:.0f} s)"
    messung.report(len(briefe), anmerkung=anmerkung)


def _office(ordner: pathlib.Path, kern: int, dateien: Sequence[pathlib.Path]) -> None:
    befehl = [str(find_soffice()), "--headless", f"-env:UserInstallation={(ordner / f'profil{kern}').as_uri()}",
              "--convert-to", "pdf", "--outdir", str(dateien[0].parent),
              *(str(datei) for datei in dateien)]  # fmt: skip
    subprocess.run(befehl, check=True, capture_output=True, timeout=600)


def main() -> None:
    zahl = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    briefe = make_briefe(zahl)
    last = os.getloadavg()[0]
    print(f"{zahl} Briefe ({VORLAGE}, eine Seite), {KERNE} Kerne; Last der Maschine vor dem Lauf {last:.1f}; "
          f"Median von {min(BLOECKE, zahl)} Blöcken.")  # fmt: skip
    run_steps(briefe[:SCHRITTE])
    cpu, docx = run_mahnakte(briefe)
    maschine = run_engine(docx)
    print(
        f"{'    eigene Schritte, Rohr und Arbeiter: (1) − (a)':<58}{'':17}{cpu - maschine:7.0f} ms CPU je Brief"
    )
    spitze = max(
        resource.getrusage(wer).ru_maxrss for wer in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"    Spitze des Speichers eines Prozesses: {spitze / 1024:.0f} MB")
    if find_soffice() is None:
        print("(b), (c): LibreOffice ist nicht installiert.")
        return
    run_office(briefe[:EINZELN], 1, "(b) docxtpl + ein Aufruf von LibreOffice je Brief", zahl)
    run_office(briefe[:STAPEL], STAPEL, "(c) docxtpl + ein Aufruf von LibreOffice je Stapel", zahl)


if __name__ == "__main__":
    main()
