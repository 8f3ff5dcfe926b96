"""docs/glossar.md has every German name of the code once in its room, and no name that the code does not have."""

import ast
import functools
import pathlib
import re

import pytest

from mahnakte.cli.haupt import BEFEHLE

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
SEITE = WURZEL / "docs" / "glossar.md"
RAEUME = sorted(ordner.parent.name for ordner in QUELLE.glob("*/__init__.py"))
# Machinery in English and names of formats: no German words, so not in the glossary.
MASCHINE = {
    "ablage": {"Entry", "Kind", "NameTaken", "NotHardened", "UnreadableFile", "staging.py"},
    "antrag": {
        *("eda/frame.py", "eda/layout.py", "eda/read.py", "eda/records.py", "eda/verify.py", "eda/view.py"),
        *("eda/write.py", "xml_errors.py", "xml_form.py", "xml_read.py"),
    },
    "fristen": {"ics.py"},
    "grund": {
        *(
            "Worker",
            "WorkerDied",
            "WorkerError",
            "WorkerMemory",
            "WorkerPool",
            "WorkerRaised",
            "WorkerTimeout",
        ),
        *("strict_yaml.py", "worker.py"),
    },
    "satz": {"Jpeg", "Png", "jpeg.py", "libreoffice.py", "pdf.py", "pdfa.py", "png.py", "xlsx.py"},
}


@functools.cache
def names_in_code(raum: str) -> frozenset[str]:
    """Return modules (`befund.py`), folders (`ton/`) and public classes (`Befund`) of a room."""
    wurzel = QUELLE / raum
    namen = set()
    for datei in wurzel.rglob("*.py"):
        if datei.name == "__init__.py":
            namen.add(f"{datei.parent.relative_to(wurzel).as_posix()}/")
        else:
            namen.add(datei.relative_to(wurzel).as_posix())
        baum = ast.parse(datei.read_text(encoding="utf-8"))
        namen |= {teil.name for teil in baum.body if isinstance(teil, ast.ClassDef)}
    if raum in ("befehle", "cli"):  # docs/befehle.md has the commands
        namen -= {f"{befehl}.py" for befehl in BEFEHLE}
    return frozenset(name for name in namen if not name.startswith("_")) - {"./"}


@functools.cache
def sections() -> dict[str, list[list[str]]]:
    """Return the names of each row by heading of the glossary."""
    abschnitte: dict[str, list[list[str]]] = {}
    for zeile in SEITE.read_text(encoding="utf-8").splitlines():
        if zeile.startswith("## "):
            reihe = abschnitte.setdefault(zeile[3:], [])
        elif zeile.startswith("| `"):
            reihe.append(re.findall(r"`([^`]+)`", zeile.split(" | ")[0]))
    return abschnitte


def names_in_glossary(raum: str) -> list[str]:
    return [name for zeile in sections().get(raum, []) for name in zeile]


def test_every_room_has_a_section() -> None:
    fehlt = set(RAEUME) - set(sections())
    assert not fehlt, f"docs/glossar.md: Abschnitt fehlt: {', '.join(f'## {raum}' for raum in sorted(fehlt))}"


@pytest.mark.parametrize("raum", RAEUME)
def test_every_name_of_the_code_stands_there(raum: str) -> None:
    fehlt = names_in_code(raum) - MASCHINE.get(raum, set()) - set(names_in_glossary(raum))
    zeilen = "\n".join(f"| `{name}` | was es ist, in einem Satz | § oder leer |" for name in sorted(fehlt))
    assert not fehlt, (
        f"docs/glossar.md, Abschnitt „## {raum}“, an ihrer Stelle im Alphabet ergänzen:\n{zeilen}"
    )


@pytest.mark.parametrize("raum", RAEUME)
def test_no_name_stands_there_that_the_code_does_not_have(raum: str) -> None:
    zu_viel = set(names_in_glossary(raum)) - names_in_code(raum)
    assert not zu_viel, f"docs/glossar.md, Abschnitt „## {raum}“, streichen: {', '.join(sorted(zu_viel))}"


@pytest.mark.parametrize("raum", RAEUME)
def test_each_name_stands_once_in_alphabetical_order(raum: str) -> None:
    namen = names_in_glossary(raum)
    assert len(namen) == len(set(namen))
    erste = [zeile[0].casefold() for zeile in sections()[raum]]
    assert erste == sorted(erste)


@pytest.mark.parametrize("raum", sorted(MASCHINE))
def test_the_list_of_machinery_is_in_use(raum: str) -> None:
    assert MASCHINE[raum] <= names_in_code(raum)
    assert not MASCHINE[raum] & set(names_in_glossary(raum))


def test_every_row_says_what_it_means() -> None:
    for zeile in SEITE.read_text(encoding="utf-8").splitlines():
        if zeile.startswith("| `"):
            assert re.match(r"\| (`[^`]+`,? ?)+ \| \S[^|]+\|", zeile), zeile


def test_every_verb_is_used() -> None:
    quelle = "\n".join(datei.read_text(encoding="utf-8") for datei in QUELLE.rglob("*.py"))
    for (verb,) in sections()["Wörter der Maschine"]:
        assert re.search(rf"\bdef {verb}(_\w+)?\(", quelle), verb
