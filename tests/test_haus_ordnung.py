"""The order of the house: who may import whom, who may touch the disk, how large a piece may be."""

import ast
import pathlib
import re

import pytest

QUELLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
# Each room imports only rooms of earlier lines (docs/aufbau.md); rooms of one line do not know each other.
RAEUME = (
    {"grund"},
    {"recht"},
    {"arten"},
    {"fall"},
    {"stand"},
    {"konto"},
    {"uhren"},
    {"ablauf"},
    {"satz"},
    {"briefe", "antrag", "akte", "blatt", "listen"},
    {"eingang"},
    {"bestand"},
    {"ablage"},
    {"werk"},
    {"befehle"},
    {"cli", "bibliothek"},
)
RANG = {raum: rang for rang, reihe in enumerate(RAEUME) for raum in reihe}
REINE = (
    "recht",
    "arten",
    "fall",
    "stand",
    "konto",
    "uhren",
    "ablauf",
    "briefe",
    "antrag",
    "akte",
    "blatt",
    "listen",
    "bestand",
    "eingang",
)
MODULE = sorted(QUELLE.rglob("*.py"))


def room_of(modul: pathlib.Path) -> str | None:
    teile = modul.relative_to(QUELLE).parts
    return teile[0] if len(teile) > 1 else None


def imports_of(modul: pathlib.Path) -> set[str]:
    baum = ast.parse(modul.read_text(encoding="utf-8"))
    namen = {
        alias.name for knoten in ast.walk(baum) if isinstance(knoten, ast.Import) for alias in knoten.names
    }
    for knoten in ast.walk(baum):
        if isinstance(knoten, ast.ImportFrom) and knoten.module:
            namen |= {f"{knoten.module}.{alias.name}" for alias in knoten.names}
    return namen


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_a_room_imports_only_rooms_above_it(modul: pathlib.Path) -> None:
    raum = room_of(modul)
    if raum is None:
        return
    for name in imports_of(modul):
        teile = name.split(".")
        if teile[0] == "mahnakte" and len(teile) > 1 and teile[1] in RANG:
            erlaubt = teile[1] == raum or RANG[teile[1]] < RANG[raum]
            assert erlaubt, f"{raum} darf {teile[1]} nicht kennen ({name})"


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_pure_rooms_know_no_path_no_clock_no_environment(modul: pathlib.Path) -> None:
    if room_of(modul) not in REINE:
        return
    verboten = {"os", "shutil", "tempfile", "time", "subprocess", "socket", "random"}
    text = modul.read_text(encoding="utf-8")
    assert not {name.split(".")[0] for name in imports_of(modul)} & verboten
    assert not re.search(r"\b(date\.today|datetime\.now|pathlib\.Path)\(|(?<![.\w])open\(", text)


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_pydantic_stays_at_the_border(modul: pathlib.Path) -> None:
    if room_of(modul) != "fall":
        assert not {name.split(".")[0] for name in imports_of(modul)} & {"pydantic", "pydantic_core"}


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_pieces_stay_small(modul: pathlib.Path) -> None:
    text = modul.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for knoten in ast.walk(ast.parse(text)):
        if isinstance(knoten, ast.FunctionDef):
            assert (knoten.end_lineno or 0) - knoten.lineno < 60, knoten.name


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_no_float_near_money(modul: pathlib.Path) -> None:
    """A float is allowed where seconds and millimetres are counted, never where money, rates or days are."""
    if room_of(modul) in (
        "recht",
        "arten",
        "fall",
        "stand",
        "konto",
        "uhren",
        "ablauf",
        "antrag",
        "eingang",
        "bestand",
    ):
        assert not re.search(r"\bfloat\(|(:|->) float\b", modul.read_text(encoding="utf-8"))


def test_no_drawer_modules() -> None:
    schubladen = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not [modul for modul in MODULE if modul.stem in schubladen]


BEFEHLE = sorted((QUELLE / "befehle").glob("[a-z]*.py"))


@pytest.mark.parametrize("modul", BEFEHLE, ids=lambda modul: modul.name)
def test_a_module_of_the_commands_is_a_command(modul: pathlib.Path) -> None:
    """What several commands share stands in werk/; the demonstration alone calls other commands."""
    cli = "\n".join(datei.read_text(encoding="utf-8") for datei in (QUELLE / "cli").glob("*.py"))
    assert re.search(rf"mahnakte\.befehle(\.{modul.stem} import| import [^)]*?\b{modul.stem}\b)", cli), (
        modul.stem
    )
    andere = {name for name in imports_of(modul) if name.startswith("mahnakte.befehle.")}
    assert modul.stem == "demo" or not andere


# --- a case and its day travel together -----------------------------------------------------------------

# Where a Sachstand is built outside the rooms whose rules ask of other days and other cases: module -> why.
BAUSTELLEN = {
    "werk/laden.py": "a case is loaded here, as of the day of the call",
}
FRAGEND = ("stand", "konto", "uhren", "ablauf")


def takes_case_and_day(funktion: ast.FunctionDef) -> bool:
    """Tell whether a function has a case and a day that nobody checks to belong to it."""
    stellen = funktion.args
    angaben = {
        einer.arg: ast.unparse(einer.annotation)
        for einer in (*stellen.posonlyargs, *stellen.args, *stellen.kwonlyargs)
        if einer.annotation is not None
    }
    return "stichtag" in angaben and not {"Fall", "Fall | None"}.isdisjoint(angaben.values())


def builds_sachstand(baum: ast.AST) -> bool:
    """Tell whether a module makes a Sachstand of its own, instead of asking one for another day or case."""
    return any(
        isinstance(knoten, ast.Call) and ast.unparse(knoten.func).split(".")[-1] == "Sachstand"
        for knoten in ast.walk(baum)
    )


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_no_rule_takes_a_case_and_a_day_apart(modul: pathlib.Path) -> None:
    if room_of(modul) not in REINE:
        return
    for knoten in ast.walk(ast.parse(modul.read_text(encoding="utf-8"))):
        if isinstance(knoten, ast.FunctionDef):
            assert not takes_case_and_day(knoten), f"{knoten.name}: nimmt Fall und stichtag statt Sachstand"


@pytest.mark.parametrize("modul", MODULE, ids=lambda modul: str(modul.relative_to(QUELLE)))
def test_a_sachstand_is_carried_and_not_put_together_again(modul: pathlib.Path) -> None:
    name = modul.relative_to(QUELLE).as_posix()
    if room_of(modul) not in FRAGEND and name not in BAUSTELLEN:
        baum = ast.parse(modul.read_text(encoding="utf-8"))
        assert not builds_sachstand(baum), "stattdessen sachstand.mit(…) oder sachstand.am(…)"


def test_the_two_checks_see_what_they_look_for() -> None:
    paar, getrennt, neu, getragen = (
        ast.parse(text)
        for text in (
            "def plan(fall: Fall, stichtag: dt.date) -> None: ...",
            "def plan(sachstand: Sachstand) -> None: ...",
            "compute_konto(Sachstand(x.fall, tag))",
            "compute_konto(sachstand.am(tag))",
        )
    )
    assert isinstance(paar.body[0], ast.FunctionDef)
    assert takes_case_and_day(paar.body[0])
    assert isinstance(getrennt.body[0], ast.FunctionDef)
    assert not takes_case_and_day(getrennt.body[0])
    assert builds_sachstand(neu)
    assert not builds_sachstand(getragen)
    for name in BAUSTELLEN:
        assert (QUELLE / name).is_file(), name
