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
    if room_of(modul) in ("recht", "fall", "konto", "titel", "ablauf", "antrag"):
        assert not re.search(r"\bfloat\(|(:|->) float\b", modul.read_text(encoding="utf-8"))


def test_no_drawer_modules() -> None:
    schubladen = {"utils", "util", "helpers", "helper", "common", "misc", "tools"}
    assert not [modul for modul in MODULE if modul.stem in schubladen]
