"""Print the figures of docs/aufbau.md, „Vorher und nachher“: `python werkzeuge/hausmasse.py [CHECKOUT]`.

CHECKOUT is the root of another checkout of this project (default: this one). What is written is read from its files;
what one `plan` does is counted while its own program plans its own demo, each case once, in a process of its own.
"""

import ast
import contextlib
import json
import os
import pathlib
import re
import runpy
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Set
from types import CodeType, FrameType

WURZEL = pathlib.Path(__file__).resolve().parent.parent
STICHTAG = "2026-11-16"
CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
ERGEBNISSE = {"befehle/demo.py", "befehle/pruefen.py"}  # their `daten` are results of commands
LISTE = 4  # words of one vocabulary in one module: fewer name single cases, not the vocabulary


def read_modules(haus: pathlib.Path) -> dict[str, ast.Module]:
    """Return every module of the program by its path below src/mahnakte."""
    quelle = haus / "src" / "mahnakte"
    return {
        modul.relative_to(quelle).as_posix(): ast.parse(modul.read_text(encoding="utf-8"))
        for modul in sorted(quelle.rglob("*.py"))
    }


# --- vocabularies ----------------------------------------------------------------------------------


def list_modules(module: dict[str, ast.Module], worte: Set[str]) -> list[str]:
    """Return the modules that list a vocabulary: at least four of its words stand there as strings of their own.

    Another vocabulary may use the same words (kinds of dates are named like the events that start them): such a
    module is counted as well, and the page says so.
    """
    gefunden = []
    for name, baum in module.items():
        texte = {k.value for k in ast.walk(baum) if isinstance(k, ast.Constant) and isinstance(k.value, str)}
        if len(texte & worte) >= LISTE:
            gefunden.append(f"{name} ({len(texte & worte)})")
    return gefunden


def event_words(haus: pathlib.Path) -> set[str]:
    """Return the kinds of events, from the schema that editors use."""
    schema = json.loads((haus / "schemas" / "fall.schema.json").read_text(encoding="utf-8"))
    return set(schema["$defs"]["Ereignis"]["properties"]["art"]["enum"])


def letter_words(haus: pathlib.Path) -> set[str]:
    """Return the kinds of letters: each has its template."""
    return {vorlage.stem for vorlage in (haus / "templates" / "letters").glob("*.docx")}


# --- what steps say, findings, law -------------------------------------------------------------------


def _is_daten(knoten: ast.expr) -> bool:
    return isinstance(knoten, ast.Attribute) and knoten.attr == "daten"


def _names_key(knoten: ast.AST) -> bool:
    match knoten:
        case ast.Subscript(value=wert, slice=ast.Constant(value=str())):
            return _is_daten(wert)
        case ast.Call(func=ast.Attribute(value=wert, attr="get"), args=[ast.Constant(value=str()), *_]):
            return _is_daten(wert)
        case ast.Compare(left=ast.Constant(value=str()), comparators=[wert]):
            return _is_daten(wert)
        case ast.Call(keywords=angaben, func=ast.Name(id="Vorgangsentwurf")):
            return any(a.arg == "daten" and isinstance(a.value, ast.Dict) for a in angaben)
    return False


def step_key_modules(module: dict[str, ast.Module]) -> list[str]:
    """Return the modules that name a key of what a step says (`daten`) as a string."""
    return [
        name
        for name, baum in module.items()
        if name not in ERGEBNISSE and any(_names_key(knoten) for knoten in ast.walk(baum))
    ]


def codes_without_page(haus: pathlib.Path, module: dict[str, ast.Module]) -> tuple[list[str], int]:
    """Return the codes of findings that no page below docs/ names, and the number of all codes."""
    andere = runpy.run_path(str(WURZEL / "tests" / "test_haus_meldungen.py"))["KEINE_BEFUNDE"]
    codes = {
        knoten.value
        for baum in module.values()
        for knoten in ast.walk(baum)
        if isinstance(knoten, ast.Constant) and isinstance(knoten.value, str) and CODE.fullmatch(knoten.value)
    }
    seiten = "\n".join(seite.read_text(encoding="utf-8") for seite in (haus / "docs").rglob("*.md"))
    genannt = set(CODE.findall(seiten))
    return sorted(codes - set(andere) - genannt), len(codes - set(andere))


def law_without_caller(module: dict[str, ast.Module]) -> list[str]:
    """Return the public functions of recht/ whose names stand nowhere else in the program."""
    oeffentliche = {
        knoten.name: name
        for name, baum in module.items()
        if name.startswith("recht/")
        for knoten in baum.body
        if isinstance(knoten, ast.FunctionDef) and not knoten.name.startswith("_")
    }
    benutzt: set[str] = set()
    for baum in module.values():
        for knoten in ast.walk(baum):
            if isinstance(knoten, ast.Name):
                benutzt.add(knoten.id)
            elif isinstance(knoten, ast.Attribute):
                benutzt.add(knoten.attr)
    return sorted(f"{modul}: {name}" for name, modul in oeffentliche.items() if name not in benutzt)


# --- what one plan does ------------------------------------------------------------------------------


class Zaehler:
    """Counts, between call and return of `plan_fall`, how often the bodies of two functions run."""

    def __init__(self) -> None:
        self.auswahlen = 0
        self.konten = 0
        self.gesamt_auswahlen = 0
        self.gesamt_konten = 0
        self._tiefe = 0
        self._schloss = threading.Lock()

    def watch(self, rahmen: FrameType, was: str, _wert: object) -> None:
        """Take one event of `sys.setprofile`; answers from a cache run no body and are not counted."""
        if was not in ("call", "return"):
            return
        code: CodeType = rahmen.f_code
        name = code.co_name
        if name == "plan_fall" and code.co_filename.endswith("plan.py"):
            self._tiefe += 1 if was == "call" else -1
        elif was == "call" and name == "ereignisse_bis":
            self._count("auswahlen")
        elif was == "call" and name == "compute_konto" and code.co_filename.endswith("konto.py"):
            self._count("konten")

    def _count(self, was: str) -> None:
        with self._schloss:
            setattr(self, f"gesamt_{was}", getattr(self, f"gesamt_{was}") + 1)
            if self._tiefe:
                setattr(self, was, getattr(self, was) + 1)


def count_plans() -> list[list[object]]:
    """Plan every case of the demo by its command, each alone: [case, filters, accounts] of its plan and of all."""
    from click.testing import CliRunner

    from mahnakte.cli.haupt import mahnakte_cli

    zeilen: list[list[object]] = []
    with tempfile.TemporaryDirectory() as ordner:
        os.environ["XDG_CACHE_HOME"] = str(pathlib.Path(ordner) / "cache")
        bestand = pathlib.Path(ordner) / "demo"
        with contextlib.suppress(SystemExit):
            CliRunner().invoke(mahnakte_cli, ["demo", str(bestand)], catch_exceptions=False)
        for fall in sorted(pfad.parent for pfad in bestand.rglob("fall.yaml")):
            zaehler = Zaehler()
            threading.setprofile(zaehler.watch)
            sys.setprofile(zaehler.watch)
            CliRunner().invoke(mahnakte_cli, ["plan", str(fall), "--stichtag", STICHTAG])
            sys.setprofile(None)
            threading.setprofile(None)  # type: ignore[arg-type]
            zeilen.append(
                [
                    fall.name,
                    zaehler.auswahlen,
                    zaehler.konten,
                    zaehler.gesamt_auswahlen,
                    zaehler.gesamt_konten,
                ]
            )
    return zeilen


def ask_plans(haus: pathlib.Path) -> list[list[int]]:
    """Count in a process that has the program of that checkout."""
    umgebung = {**os.environ, "PYTHONPATH": str(haus / "src")}
    fertig = subprocess.run(
        [sys.executable, __file__, "--zaehlen"],
        env=umgebung,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    )
    zeilen = json.loads(fertig.stdout.splitlines()[-1])
    for zeile in zeilen:
        print("   ", *zeile)
    return [zeile[1:] for zeile in zeilen]


def span(zahlen: list[int]) -> str:
    """Return least, most and median of what was counted."""
    return f"{min(zahlen)} bis {max(zahlen)}, im Mittel {statistics.median(zahlen):g}"


def lines_to_account(haus: pathlib.Path) -> str:
    """Return the lines of the first Python block of docs/bibliothek.md, where there is one."""
    seite = haus / "docs" / "bibliothek.md"
    if not seite.is_file():
        return "keine Seite docs/bibliothek.md"
    block = re.search(r"^```python\n(.*?)^```", seite.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(len([z for z in block[1].splitlines() if z.strip()])) if block else "kein Beispiel"


def main() -> None:
    """Print each figure, and what was counted below it."""
    haus = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else WURZEL
    module = read_modules(haus)
    listen: tuple[tuple[str, Callable[[], list[str]]], ...] = (
        ("Module, die Ereignisse aufzählen", lambda: list_modules(module, event_words(haus))),
        ("Module, die Briefe aufzählen", lambda: list_modules(module, letter_words(haus))),
        ("Module, die Schlüssel eines Vorgangs als Text nennen", lambda: step_key_modules(module)),
        ("Recht ohne Aufrufer", lambda: law_without_caller(module)),
    )
    for titel, frage in listen:
        gefunden = frage()
        print(f"{titel}: {len(gefunden)}")
        print("".join(f"    {einer}\n" for einer in gefunden), end="")
    ohne, alle = codes_without_page(haus, module)
    print(f"Codes ohne Seite: {len(ohne)} von {alle}")
    print(f"Zeilen vom import bis zum Konto: {lines_to_account(haus)}")
    print("Je Fall der Vorführung: Auswahlen der Ereignisse, Konten im Plan; beides im ganzen Befehl `plan`")
    zahlen = ask_plans(haus)
    for nr, was in enumerate(
        ("Auswahlen je Plan", "Konten je Plan", "Auswahlen je Befehl", "Konten je Befehl")
    ):
        print(f"{was}: {span([zeile[nr] for zeile in zahlen])}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--zaehlen"]:
        print(json.dumps(count_plans()))
    else:
        main()
