"""Every code of a finding has one maker, one entry in the register of its folder, and one meaning."""

import ast
import collections
import functools
import pathlib
import re
import runpy
import typing

import pytest

from mahnakte.antrag.regeln.register import REGELN
from mahnakte.arten.ereignis import EREIGNISARTEN, SCHICKSALE
from mahnakte.arten.grundart import GRUENDE
from mahnakte.arten.trotz import DOPPELT, Trotz
from mahnakte.grund.meldung import read_meldungen

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
EIN_WORT = {
    "ABGEBROCHEN",
    "PROGRAMMFEHLER",
    "SYSTEMDATEI",
    "UEBERZAHLUNG",
}  # codes that the pattern does not tell from any word
WORTLISTE = re.compile(r"^ *(?:- )?code: ([A-Z_]+)$", re.MULTILINE)
# Codes that are put together from the word of a record: one for each fate, one for each obstacle overridden.
ZUSAMMENGESETZT = {
    "antrag/aus_fall": {
        *(f"ANTRAG_{haelt.code}" for wort in SCHICKSALE if (haelt := EREIGNISARTEN[wort].haelt)),
        # A claim that stands in two cases is not overridden here, but where the cases are compared.
        *(f"ANTRAG_TROTZ_{wort.upper()}" for wort in typing.get_args(Trotz) if wort != DOPPELT),
    }
}
# Words in capitals that are no finding: (folder or module, why).
KEINE_BEFUNDE = {
    "FONTCONFIG_FILE": "environment of child processes",
    "IO_REPARSE_TAG_MOUNT_POINT": "a constant of Windows",
    "MAHNAKTE_BEARBEITER": "environment",
    "MAHNAKTE_DEBUG": "environment",
    **dict.fromkeys(("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK"), "flags of open()"),
    "RLIMIT_AS": "a constant of the operating system",
    "XDG_CACHE_HOME": "environment",
    "ZIFFERN_LEER": "a kind of field of the courts' records",
}


def words_of(modul: pathlib.Path) -> tuple[list[str], list[str]]:
    """Return the code-like words that a module makes findings of (arguments, values), and those it compares."""
    baum = ast.parse(modul.read_text(encoding="utf-8"))
    seiten = [
        seite
        for knoten in ast.walk(baum)
        if isinstance(knoten, ast.Compare)
        for seite in (knoten.left, *knoten.comparators)
    ]
    seiten += [knoten.value for knoten in ast.walk(baum) if isinstance(knoten, ast.MatchValue)]
    verglichen = {id(teil) for seite in seiten for teil in ast.walk(seite)}
    gemacht, gefragt = [], []
    for knoten in ast.walk(baum):
        if (
            isinstance(knoten, ast.Constant)
            and isinstance(knoten.value, str)
            and (CODE.fullmatch(knoten.value) or knoten.value in EIN_WORT)
        ):
            (gefragt if id(knoten) in verglichen else gemacht).append(knoten.value)
    return gemacht, gefragt


@functools.cache
def codes_by_folder() -> dict[str, collections.Counter[str]]:
    gefunden: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for modul in sorted(QUELLE.rglob("*.py")):
        ort = modul.parent.relative_to(QUELLE).as_posix()
        if ort not in ("arten", "antrag/regeln"):
            gefunden[ort].update(wort for wort in words_of(modul)[0] if wort not in KEINE_BEFUNDE)
    for liste in sorted(QUELLE.rglob("woerter/*.yaml")):  # a list makes a code, with whichever of its entries
        ort = liste.parent.parent.relative_to(QUELLE).as_posix()
        gefunden[ort].update(set(WORTLISTE.findall(liste.read_text(encoding="utf-8"))))
    return gefunden


ORTE = sorted({*codes_by_folder(), *(meldung.ort for meldung in read_meldungen().values())})


def test_no_code_is_made_in_two_folders() -> None:
    orte: dict[str, set[str]] = collections.defaultdict(set)
    for ort, codes in codes_by_folder().items():
        for code in codes:
            orte[code].add(ort)
    assert not {code: wo for code, wo in orte.items() if len(wo) > 1}


@pytest.mark.parametrize("ort", ORTE)
def test_every_code_of_a_folder_is_registered_there(ort: str) -> None:
    registriert = {code for code, meldung in read_meldungen().items() if meldung.ort == ort}
    assert {*codes_by_folder()[ort], *ZUSAMMENGESETZT.get(ort, ())} == registriert


@pytest.mark.parametrize("ort", ORTE)
def test_a_code_has_one_maker(ort: str) -> None:
    assert not {code: zahl for code, zahl in codes_by_folder()[ort].items() if zahl > 1}


@pytest.mark.parametrize("modul", sorted(QUELLE.rglob("*.py")), ids=lambda m: str(m.relative_to(QUELLE)))
def test_a_code_that_is_asked_for_exists(modul: pathlib.Path) -> None:
    bekannt = {*read_meldungen(), *REGELN, *GRUENDE, *KEINE_BEFUNDE}
    assert not {wort for wort in words_of(modul)[1] if wort not in bekannt}


def test_every_folder_has_inputs_that_raise_its_findings() -> None:
    """tests/meldungsbau.py: each `Beweise("folder", …)` proves all codes of its folders, one by one."""
    bewiesen: set[str] = set()
    for datei in pathlib.Path(__file__).parent.glob("test_meldungen_*.py"):
        for aufruf in re.findall(r"Beweise\(([^)]*)\)", datei.read_text(encoding="utf-8")):
            bewiesen |= set(re.findall(r'"([^"]+)"', aufruf))
    assert bewiesen == {meldung.ort for meldung in read_meldungen().values()}


def test_the_page_is_made_from_the_register() -> None:
    werkzeug = runpy.run_path(str(WURZEL / "werkzeuge" / "meldungen_doku.py"))
    seite = (WURZEL / "docs" / "meldungen.md").read_text(encoding="utf-8")
    assert seite == werkzeug["write_page"](), "python werkzeuge/meldungen_doku.py"
