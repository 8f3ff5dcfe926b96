"""Law is wired: every public function of recht/ is reached from another room, or it does not exist.

A rule that nobody asks is a rule that does not hold: severe faults stood where a law function had no caller.
"""

import ast
import functools
import pathlib

import pytest

QUELLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
RECHT = {
    modul.stem: ast.parse(modul.read_text(encoding="utf-8")) for modul in (QUELLE / "recht").glob("*.py")
}
Ort = tuple[str, str]  # module and function of recht/


def imports_of(baum: ast.AST) -> tuple[dict[str, Ort], set[str]]:
    """Return what a module imports from recht/: functions by their name here, and whole modules."""
    namen: dict[str, Ort] = {}
    module: set[str] = set()
    for knoten in ast.walk(baum):
        if not isinstance(knoten, ast.ImportFrom) or not knoten.module:
            continue
        if knoten.module == "mahnakte.recht":
            module |= {alias.name for alias in knoten.names}
        elif knoten.module.startswith("mahnakte.recht."):
            modul = knoten.module.rpartition(".")[2]
            namen |= {alias.asname or alias.name: (modul, alias.name) for alias in knoten.names}
    return namen, module


def uses(knoten: ast.AST, namen: dict[str, Ort], module: set[str]) -> set[Ort]:
    """Return the functions of recht/ that a piece of code names."""
    gefunden = set()
    eigene = {teil.arg for teil in ast.walk(knoten) if isinstance(teil, ast.arg)}
    namen = {
        name: ort for name, ort in namen.items() if name not in eigene
    }  # a parameter of that name is another
    for teil in ast.walk(knoten):
        if isinstance(teil, ast.Name) and isinstance(teil.ctx, ast.Load) and teil.id in namen:
            gefunden.add(namen[teil.id])
        elif isinstance(teil, ast.Attribute) and isinstance(teil.value, ast.Name) and teil.value.id in module:
            gefunden.add((teil.value.id, teil.attr))
    return gefunden


@functools.cache  # every module of the program is read: once, and not while tests are collected
def reached() -> set[Ort]:
    """Return what other rooms use and what that uses in turn."""
    folgen: dict[Ort, set[Ort]] = {}
    offen: set[Ort] = set()
    for name, baum in RECHT.items():
        namen, module = imports_of(baum)
        eigene = {k.name: (name, k.name) for k in baum.body if isinstance(k, ast.FunctionDef | ast.ClassDef)}
        for knoten in baum.body:
            benutzt = uses(knoten, {**namen, **eigene}, module)
            if isinstance(knoten, ast.FunctionDef | ast.ClassDef):
                folgen[name, knoten.name] = benutzt
                # @_apply.register: reached as soon as the function it registers with is
                for marke in knoten.decorator_list:
                    if isinstance(marke, ast.Attribute) and isinstance(marke.value, ast.Name):
                        folgen.setdefault((name, marke.value.id), set()).add((name, knoten.name))
    for modul in QUELLE.rglob("*.py"):
        if modul.parent != QUELLE / "recht":
            baum = ast.parse(modul.read_text(encoding="utf-8"))
            offen |= uses(baum, *imports_of(baum))
    erreicht: set[Ort] = set()
    while offen:
        ort = offen.pop()
        if ort not in erreicht:
            erreicht.add(ort)
            offen |= folgen.get(ort, set())
    return erreicht


OEFFENTLICHE = sorted(
    (modul, knoten.name)
    for modul, baum in RECHT.items()
    for knoten in baum.body
    if isinstance(knoten, ast.FunctionDef) and not knoten.name.startswith("_")
)


def test_there_is_law_to_look_at() -> None:
    assert len(OEFFENTLICHE) > 50
    assert ("zinsen", "interest_lines") in reached()


@pytest.mark.parametrize("ort", OEFFENTLICHE, ids=".".join)
def test_every_public_function_of_the_law_is_asked_by_another_room(ort: Ort) -> None:
    assert ort in reached(), f"recht/{ort[0]}.py: „{ort[1]}“ braucht kein Raum; verdrahten oder löschen"
