"""docs/datenmodell.md is true: each named class stands in the named module and has the named fields."""

import ast
import dataclasses
import importlib
import pathlib
import re

import pytest

WURZEL = pathlib.Path(__file__).resolve().parent.parent
SEITE = (WURZEL / "docs" / "datenmodell.md").read_text(encoding="utf-8")
ZEILEN = re.findall(r"^\| `([A-Z]\w+)` \| `([\w/]+\.py)` \| (.*?) \|", SEITE, re.MULTILINE)
ARTEN = re.findall(r"`([A-Z]\w+)`\s\(`(arten/\w+\.py)`\)", SEITE)


def find_class(name: str, modul: str) -> type:
    klasse = getattr(importlib.import_module(f"mahnakte.{modul.removesuffix('.py').replace('/', '.')}"), name)
    assert isinstance(klasse, type)
    return klasse


def fields_of(klasse: type) -> set[str]:
    eigene = {name for name in vars(klasse) if isinstance(vars(klasse)[name], property)}
    return eigene | (
        {f.name for f in dataclasses.fields(klasse)} if dataclasses.is_dataclass(klasse) else set()
    )


@pytest.mark.parametrize(("name", "modul", "felder"), ZEILEN, ids=[zeile[0] for zeile in ZEILEN])
def test_each_record_stands_where_the_page_says(name: str, modul: str, felder: str) -> None:
    klasse = find_class(name, modul)
    assert klasse.__module__ == f"mahnakte.{modul.removesuffix('.py').replace('/', '.')}"
    assert set(re.findall(r"`(\w+)`", felder)) <= fields_of(klasse)


@pytest.mark.parametrize(("name", "modul"), ARTEN, ids=[zeile[0] for zeile in ARTEN])
def test_each_vocabulary_stands_where_the_page_says(name: str, modul: str) -> None:
    assert dataclasses.is_dataclass(find_class(name, modul))


def test_every_vocabulary_is_named() -> None:
    arten = {
        knoten.name
        for datei in (WURZEL / "src" / "mahnakte" / "arten").glob("*.py")
        for knoten in ast.parse(datei.read_text(encoding="utf-8")).body
        if isinstance(knoten, ast.ClassDef) and (knoten.name.endswith("art"))
    }
    assert arten == {name for name, _ in ARTEN}


def test_what_the_drawing_names_is_in_the_table() -> None:
    bild = "\n".join(zeile for zeile in SEITE.splitlines() if zeile.startswith("    "))
    woerter = set(re.findall(r"\b[A-Z]\w+", bild))
    genannt = {name for name, _, _ in ZEILEN}
    assert {wort for wort in woerter if wort in genannt} >= {
        "Fall",
        "Sachstand",
        "Konto",
        "Fallplan",
        "Vorgang",
    }
    gross_geschrieben = {"Menschen", "Rechnungen", "Stichtag", "Tag", "Schritte", "Gründe", "Cent", "Herleitung",
                         "Kalender", "Tabelle", "Seite", "Umbenennen", "Lesen", "Falls", "Programm", "Bekannte", "NNNN"}  # fmt: skip
    assert woerter - gross_geschrieben <= genannt
