"""The vocabulary of events: it stands once, and what an act of court proceedings does is asked of every one of them."""

import ast
import dataclasses
import itertools
import pathlib

import pytest

from mahnakte.arten.ereignis import EREIGNISARTEN, GERICHTSAKTE, SCHICKSALE, VERFAHRENSAKTE
from mahnakte.fall.modell import Ereignis

QUELLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
IMMER = {"am", "art", "schuldner", "stelle"}
# Where words of events are collected for another reason than to list events.
ANDERE_LISTEN = {
    "antrag/eda/nachrichten.py": "keys of the courts' records, each with the event it reports",
    "antrag/nachgericht.py": "acts that a court reports once only: what its message means is decided there",
    "briefe/werte.py": "groups of template values, some named like events",
    "briefe/variablen_sonder.py": "groups of template values, some named like events",
    "uhren/fristeintrag.py": "kinds of dates, some named like the event that starts them",
    "uhren/verfahrensuhr.py": "kinds of dates with their rules",
}


def collected_words(modul: pathlib.Path) -> set[str]:
    """Return the words of events that stand together in one tuple, list, set or dict.

    Two named together are a question about those two; three are a list.
    """
    gefunden: set[str] = set()
    for knoten in ast.walk(ast.parse(modul.read_text(encoding="utf-8"))):
        ist_dict = isinstance(knoten, ast.Dict)
        for teile in (knoten.keys, knoten.values) if ist_dict else (getattr(knoten, "elts", []),):
            worte = {teil.value for teil in teile if isinstance(teil, ast.Constant)} & set(EREIGNISARTEN)
            gefunden |= worte if len(worte) > 2 else set()
    return gefunden


@pytest.mark.parametrize("modul", sorted(QUELLE.rglob("*.py")), ids=lambda m: str(m.relative_to(QUELLE)))
def test_nobody_lists_events_again(modul: pathlib.Path) -> None:
    name = modul.relative_to(QUELLE).as_posix()
    if not name.startswith("arten/") and name not in ANDERE_LISTEN:
        assert not collected_words(modul)


@pytest.mark.parametrize("name", ANDERE_LISTEN)
def test_each_exception_is_still_needed(name: str) -> None:
    assert collected_words(QUELLE / name)


def test_every_key_of_a_kind_is_a_key_of_events() -> None:
    felder = {feld.name for feld in dataclasses.fields(Ereignis)} - IMMER
    benutzt = set(itertools.chain.from_iterable((*a.pflicht, *a.erlaubt) for a in EREIGNISARTEN.values()))
    assert benutzt == felder


@pytest.mark.parametrize("art", EREIGNISARTEN.values(), ids=lambda art: art.wort)
def test_a_kind_is_whole(art) -> None:
    assert art.name
    assert not set(art.pflicht) & set(art.erlaubt)
    if art.beginnt or art.scheitert or art.tituliert:
        assert art.abschnitt is not None
    if art.abschnitt is not None or art.wort in ("insolvenz", "verstorben", "betreuung"):
        assert art.akte == "gericht"


def test_the_acts_of_the_procedure_are_the_fourteen_of_the_zpo() -> None:
    """§§ 688 to 703d ZPO, as docs/fall-yaml.md lists them; enforcement comes on top."""
    assert set(VERFAHRENSAKTE) == {
        "antrag_eingereicht", "monierung", "antrag_zurueckgewiesen", "mb_erlassen", "mb_zugestellt",
        "mb_nicht_zugestellt", "widerspruch", "abgabe", "anspruchsbegruendung", "vb_beantragt", "vb_erlassen",
        "vb_zugestellt", "einspruch", "rechtskraft",
    }  # fmt: skip
    assert set(GERICHTSAKTE) == {*VERFAHRENSAKTE, "vollstreckung"}
    assert set(SCHICKSALE) == {"insolvenz", "verstorben", "unbekannt_verzogen", "betreuung"}
