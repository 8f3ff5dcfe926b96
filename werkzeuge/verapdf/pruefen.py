"""Checks with veraPDF whether the letters and sheets are PDF/A-2b: python werkzeuge/verapdf/pruefen.py [DATEI…]

Without files: one of every kind (proben.py) and every letter of the demo. Needs Java 17 and Maven, which fetches
veraPDF; without them it says so and ends with 0. Ends with 1 when a file that says it is PDF/A is not, when a
template's PDF does not say it, or when the program's list of validated constructs names one that no file has.
"""

import itertools
import pathlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator

from proben import find_vorlagen, set_eigenes, set_proben
from pypdf import PdfWriter

from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.pdfa import WORTSCHATZ, claims_pdfa, read_names, unknown_names

ORDNER = pathlib.Path(__file__).resolve().parent
BIBLIOTHEK = ORDNER / "target" / "dependency"
PROFIL = "2b"
SEKUNDEN = 900


class Fehlt(Exception):  # noqa: N818 - says what happened
    """Java or Maven is not there; the text says which."""


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="mahnakte-verapdf-") as ablage:
        ordner = pathlib.Path(ablage)
        dateien = [pathlib.Path(angabe) for angabe in sys.argv[1:]] or [
            *write_proben(ordner),
            *run_demo(ordner),
        ]
        try:
            maengel = validate(dateien)
        except Fehlt as fehlt:
            print(f"PDF/A nicht geprüft: {fehlt}")
            return 0
        ohne = {
            d.stem: sorted(unknown_names(PdfWriter(clone_from=d)))
            for d in dateien
            if not claims_pdfa(d.read_bytes())
        }
        unbelegt = set() if sys.argv[1:] else WORTSCHATZ - names_of(dateien)
    for datei, zeilen in maengel.items():
        print(f"  {'gültig  ' if not zeilen else 'UNGÜLTIG'}  {datei.stem}", *zeilen, sep="\n            ")
    print(
        f"PDF/A-2b nach {version()}: {sum(not z for z in maengel.values())} von {len(maengel)} Dateien gültig."
    )
    for name, neue in ohne.items():
        print(f"Ohne Kennzeichen: {name}; nicht im WORTSCHATZ von satz/pdfa.py: {', '.join(neue) or '–'}")
    if unbelegt:
        print(f"In keiner geprüften Datei, also aus WORTSCHATZ zu streichen: {', '.join(sorted(unbelegt))}")
    return int(bool(ohne or unbelegt or any(maengel.values())))


def write_proben(ordner: pathlib.Path) -> Iterator[pathlib.Path]:
    """Write one file of every kind."""
    with WorkerPool(1) as pool:
        paare = itertools.chain(
            [set_eigenes(pool)], *(set_proben(pool, vorlage) for vorlage in find_vorlagen())
        )
        for name, pdf in paare:
            (ordner / f"{name}.pdf").write_bytes(pdf)
            yield ordner / f"{name}.pdf"


def run_demo(ordner: pathlib.Path) -> Iterator[pathlib.Path]:
    """Run the demo and yield its letters; reply forms and the bound Akte are no PDF/A and say so nowhere."""
    befehl = [sys.executable, "-P", "-m", "mahnakte", "demo", str(ordner / "demo")]
    lauf = subprocess.run(befehl, capture_output=True, encoding="utf-8", check=False, timeout=SEKUNDEN)
    pdfs = [
        pdf for pdf in sorted(ordner.glob("demo/*/vorgaenge/*/*.pdf")) if pdf.with_suffix(".docx").is_file()
    ]
    if not pdfs:
        raise RuntimeError(f"Die Demo hat keine Briefe geschrieben:\n{lauf.stderr}")
    yield from pdfs


def validate(dateien: Iterable[pathlib.Path]) -> dict[pathlib.Path, list[str]]:
    """Return what veraPDF finds wrong, per file; raise Fehlt without Java or Maven."""
    java = _find("java", "Java (ab 17)")
    if not (BIBLIOTHEK.is_dir() and any(BIBLIOTHEK.glob(f"core-{_pinned()}.jar"))):
        _fetch(_find("mvn", "Maven"))
    namen = [str(datei) for datei in dateien]
    lauf = subprocess.run([java, "-cp", f"{BIBLIOTHEK}/*", str(ORDNER / "Pruefer.java"), PROFIL, *namen],
                          check=False, capture_output=True, encoding="utf-8", timeout=SEKUNDEN)  # fmt: skip
    maengel: dict[pathlib.Path, list[str]] = {}
    for zeile in lauf.stdout.splitlines():
        urteil, _, rest = zeile.partition("\t")
        if urteil:
            datei = pathlib.Path(rest)
            maengel[datei] = [] if urteil == "ja" else ["veraPDF: nein"]
        elif zeile:
            maengel[datei].append(rest)
    if len(maengel) != len(namen):
        raise RuntimeError(f"veraPDF hat {len(maengel)} von {len(namen)} Dateien beurteilt:\n{lauf.stderr}")
    return maengel


def _find(programm: str, name: str) -> str:
    pfad = shutil.which(programm)
    if pfad is None:
        raise Fehlt(f"{name} ist nicht installiert.")
    return pfad


def _fetch(maven: str) -> None:
    shutil.rmtree(BIBLIOTHEK, ignore_errors=True)
    befehl = [maven, "-B", "-q", "-f", str(ORDNER / "pom.xml"), "dependency:copy-dependencies"]
    subprocess.run(befehl, check=True, timeout=SEKUNDEN)


def _pinned() -> str:
    return (ORDNER / "pom.xml").read_text(encoding="utf-8").split("<verapdf.version>")[1].split("<")[0]


def version() -> str:
    """Return name and version of what judged."""
    return f"veraPDF {_pinned()}"


def names_of(dateien: Iterable[pathlib.Path]) -> set[str]:
    """Return all names that the files use."""
    return {name for datei in dateien for name in read_names(PdfWriter(clone_from=datei))}


if __name__ == "__main__":
    sys.exit(main())
