"""docs/fall-yaml.md and docs/mahnakte-yaml.md name every key and every allowed value, and nothing else."""

import dataclasses
import pathlib
import re
import typing
from collections.abc import Iterator
from typing import Any

import pytest

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.jsonschema import EINSTELLUNGEN_SCHEMA, FALL_SCHEMA, write_schema
from mahnakte.fall.modell import Falldatei

WURZEL = pathlib.Path(__file__).resolve().parent.parent
DOKUMENTE = {Falldatei: "docs/fall-yaml.md", Einstellungen: "docs/mahnakte-yaml.md"}


def parts_of(typ: Any) -> Iterator[Any]:
    yield typ
    for teil in typing.get_args(typ):
        yield from parts_of(teil)


def records_of(record: type, gesehen: set[type] | None = None) -> set[type]:
    gesehen = set() if gesehen is None else gesehen
    gesehen.add(record)
    for typ in typing.get_type_hints(record).values():
        for teil in parts_of(typ):
            if dataclasses.is_dataclass(teil) and teil not in gesehen and teil.__name__ != "Stelle":
                records_of(teil, gesehen)
    return gesehen


def keys_of(record: type) -> set[str]:
    return {f.name for teil in records_of(record) for f in dataclasses.fields(teil) if f.name != "stelle"}


def values_of(record: type) -> set[str]:
    return {
        wert
        for teil in records_of(record)
        for typ in typing.get_type_hints(teil).values()
        for glied in parts_of(typ)
        if typing.get_origin(glied) is typing.Literal
        for wert in typing.get_args(glied)
    }


def words_of(dokument: str) -> set[str]:
    return set(re.findall(r"`([\w/-]+)(?:: [\w-]+)?`", (WURZEL / dokument).read_text(encoding="utf-8")))


@pytest.mark.parametrize("record", DOKUMENTE, ids=lambda record: record.__name__)
def test_every_key_and_value_is_documented(record: type) -> None:
    woerter = words_of("docs/fall-yaml.md") | words_of(DOKUMENTE[record])
    sprachen = {"de", "en", "pl", "tr", "uk", "ru", "ro", "ar"}  # language codes need no explanation
    assert (keys_of(record) | values_of(record)) - woerter - sprachen == set()


def test_every_event_is_documented() -> None:
    assert set(EREIGNISARTEN) - words_of("docs/fall-yaml.md") == set()


@pytest.mark.parametrize("record", DOKUMENTE, ids=lambda record: record.__name__)
def test_no_documented_key_is_unknown(record: type) -> None:
    text = (WURZEL / DOKUMENTE[record]).read_text(encoding="utf-8")
    erste_spalten = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    genannt = {wort for spalte in erste_spalten for wort in re.findall(r"`(\w+)`", spalte)}
    bekannt = keys_of(Falldatei) | keys_of(Einstellungen) | set(EREIGNISARTEN)
    assert genannt - bekannt == set()


@pytest.mark.parametrize("name", [FALL_SCHEMA, EINSTELLUNGEN_SCHEMA])
def test_the_exported_schemas_are_current(name: str) -> None:
    assert (WURZEL / "schemas" / name).read_bytes() == write_schema(name)
