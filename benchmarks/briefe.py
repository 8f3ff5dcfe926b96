"""Letters to DOCX and PDF: letters per second, CPU by step, against the bare engine and docxtpl + LibreOffice.

    python benchmarks/briefe.py [LETTERS]        default 1000

(1) mahnakte as a run sets letters: payment code, DOCX, PDF/A, read back, check, in two bounded workers. (a) The
engine alone on the same DOCX files, in the same workers. (b) docxtpl + one LibreOffice call per letter and (c)
docxtpl + one LibreOffice call for all, two side by side, on fewer letters and extrapolated. Prints figures and
medians over blocks, asserts nothing but that every letter is right.
"""

import concurrent.futures
import datetime as dt
import io
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from docxtpl import DocxTemplate

from mahnakte.briefe.brief import Briefentwurf, check_brief
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import druck, pdf
from mahnakte.satz.ausdruck import clean_werte, make_environment
from mahnakte.satz.druckbild import find_missing_letters, read_druckbild
from mahnakte.satz.libreoffice import find_soffice
from mahnakte.satz.pdfa import claims_pdfa, finish_pdf
from mahnakte.satz.schrift import fontconfig_file
from mahnakte.satz.variablen import build_example
from mahnakte.satz.vorlage import compile_vorlage, render
from mahnakte.satz.zahlcode import Ueberweisung, Zahlcode, draw_zahlcode

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "werkzeuge"))
from vorlagen_doku import variables_of

VORLAGE = "mahnung-1.docx"
TAG = dt.date(2026, 4, 20)
KERNE = 2
BLOECKE = 10
SCHRITTE = 60  # letters measured step by step
EINZELN, STAPEL = 10, 100  # letters for LibreOffice, one call each and one call for all

Brief = tuple[dict[str, Any], Ueberweisung]


def make_brief(nummer: int) -> Brief:
    """Return the values of one letter: each has its own file number, invoice, sum and name."""
    betrag = Decimal("954.11") + nummer
    ersatz = {
        "2026-0042": f"2026-{nummer:04d}",
        "RE-2026-117": f"RE-2026-{nummer:04d}",
        "Max": f"Max{nummer}",
    }
    werte = _replace(build_example(variables_of(pathlib.Path("letters", VORLAGE))), ersatz)
    werte["summe"]["betrag"] = betrag
    werte["absender"]["logo"] = False
    werte["empfaenger"]["zeilen"] = [f"Herrn Max{nummer} Schuldner", "Bahnhofstr. 12", "04109 Leipzig"]
    zweck = werte["brief"]["aktenzeichen"]
    return werte, Ueberweisung("Möbelhaus Übersee GmbH", "DE02120300000000202051", betrag, zweck)


def _replace(wert: Any, ersatz: dict[str, str]) -> Any:
    if isinstance(wert, dict):
        return {name: _replace(teil, ersatz) for name, teil in wert.items()}
    if isinstance(wert, list):
        return [_replace(teil, ersatz) for teil in wert]
    if isinstance(wert, str):
        for alt, neu in ersatz.items():
            wert = wert.replace(alt, neu)
    return wert


def check(satz: druck.Satz, werte: dict[str, Any], code: Zahlcode) -> None:
    """Check a letter as the run does; a finding ends the benchmark."""
    entwurf = Briefentwurf(
        art="mahnung-1", stamm="brief", datum=TAG, werte=werte, bilder={}, daten={}, zahlcode=code,
        anschrift=tuple(werte["empfaenger"]["zeilen"]),
        erwartet=(werte["brief"]["aktenzeichen"], format_euro(werte["summe"]["betrag"]), werte["zahlung"]["iban"]),
    )  # fmt: skip
    befunde = (*satz.befunde, *check_brief(satz, entwurf))
    if befunde or not claims_pdfa(satz.pdf):
        raise SystemExit(f"Der Brief {werte['brief']['aktenzeichen']} ist falsch: {befunde}")


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
            werte, ueberweisung = brief
            code = draw_zahlcode(ueberweisung)
            satz = druck.set_letter(pool, vorlage, werte, {"zahlcode": code.png}, TAG)
            check(satz, werte, code)
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

    for werte, ueberweisung in briefe:
        code = step("Zahlcode zeichnen", draw_zahlcode, ueberweisung)
        docx = step("DOCX", render, form, werte, {"zahlcode": code.png}, TAG)
        roh = step("Maschine", pdf._run_engine, docx, "brief")
        angaben = pdf.read_beschreibung(docx, "brief", pdf.ENGINE)
        fertig = step("PDF/A-Hülle mit Titel, Verfasser, Sprache", finish_pdf, roh, angaben, docx)
        text = step("Text des DOCX lesen", druck._read_text, docx, "brief")
        bild = step("PDF mit PDFium zurücklesen", read_druckbild, fertig)
        step("fehlende Zeichen suchen", find_missing_letters, text, bild)
        step("prüfen, Zahlcode Modul für Modul", check, druck.Satz(docx, fertig, text, bild), werte, code)
    print(f"\nSchritte, CPU je Brief (Median über {len(briefe)} Briefe, ein Prozess):")
    for name, messwerte in zeiten.items():
        print(f"  {name:<44}{statistics.median(messwerte):7.1f} ms")
    eigene = sum(statistics.median(messwerte) for name, messwerte in zeiten.items() if name != "Maschine")
    print(f"  {'alles außer der Maschine':<44}{eigene:7.1f} ms   (Ziel: höchstens 40 ms)\n")


# --- docxtpl and LibreOffice --------------------------------------------------------------------------


def write_docxtpl(brief: Brief) -> bytes:
    """Fill the same template the usual way: open, parse, render and pack it for each letter."""
    werte, ueberweisung = brief
    vorlage = DocxTemplate(io.BytesIO(read_beigabe("templates", f"letters/{VORLAGE}")))
    vorlage.replace_pic("Zahlcode", io.BytesIO(draw_zahlcode(ueberweisung).png))
    vorlage.render(clean_werte(werte), jinja_env=make_environment(), autoescape=True)
    ausgabe = io.BytesIO()
    vorlage.save(ausgabe)
    return ausgabe.getvalue()


def run_office(briefe: Sequence[Brief], je_aufruf: int, name: str, alle: int) -> None:
    """docxtpl, then LibreOffice with so many files per call, two calls side by side with profiles of their own."""
    with tempfile.TemporaryDirectory() as ablage, concurrent.futures.ThreadPoolExecutor(KERNE) as faeden:
        ordner = pathlib.Path(ablage)
        for kern in range(KERNE):
            _office(ordner, kern, [])  # the first start makes the profile

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
    if not dateien:
        dateien = [ordner / f"start{kern}.docx"]
        dateien[0].write_bytes(write_docxtpl(make_brief(0)))
    befehl = [str(find_soffice()), "--headless", f"-env:UserInstallation={(ordner / f'profil{kern}').as_uri()}",
              "--convert-to", "pdf", "--outdir", str(ordner if dateien[0].stem[0] != "s" else ordner / "start"),
              *(str(datei) for datei in dateien)]  # fmt: skip
    subprocess.run(befehl, check=True, capture_output=True, timeout=600)


def main() -> None:
    zahl = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    briefe = [make_brief(nummer) for nummer in range(zahl)]
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
