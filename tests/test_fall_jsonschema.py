"""The JSON Schemas accept what editors see: a scalar may look like a number or a boolean there."""

import json
import pathlib
from typing import Any

import jsonschema
import pytest
import yaml

WURZEL = pathlib.Path(__file__).resolve().parent.parent
DEMO = WURZEL / "fixtures" / "demo"


class EditorLoader(yaml.SafeLoader):
    """Types scalars as editors do: numbers and booleans, but dates stay text (YAML 1.2)."""


EditorLoader.yaml_implicit_resolvers = {
    zeichen: [(tag, muster) for tag, muster in eintraege if tag != "tag:yaml.org,2002:timestamp"]
    for zeichen, eintraege in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((WURZEL / "schemas" / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def complaints(name: str, text: str) -> list[str]:
    geladen: Any = yaml.load(text, EditorLoader)
    return [f"{list(fehler.path)}: {fehler.message}" for fehler in validator(name).iter_errors(geladen)]


@pytest.mark.parametrize("datei", sorted(DEMO.glob("*/fall.yaml")), ids=lambda datei: datei.parent.name)
def test_the_demo_cases_are_not_underlined(datei: pathlib.Path) -> None:
    assert complaints("fall.schema.json", datei.read_text(encoding="utf-8")) == []


def test_the_demo_settings_are_not_underlined() -> None:
    assert complaints("mahnakte.schema.json", (DEMO / "mahnakte.yaml").read_text(encoding="utf-8")) == []


GUT = (WURZEL / "fixtures" / "faelle" / "einfach.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        ("plz: 04109", "plz: 01067"),
        ("aktenzeichen: 2026-0042", "aktenzeichen: 4711"),
        ("betrag: 1.190,00", "betrag: 1190"),
        ("land: SN", "staat: NO"),
        ("zugegangen_am: 04.03.2026", "zugegangen_am:"),
        ("katalog: 11", "katalog: '11'"),
        ("betrag: 1.190,00", "betrag: 1.190,-"),
        ("betrag: 1.190,00", "betrag: 1190 €"),
        ("betrag: 1.190,00", "betrag: EUR 1.190,00"),
        ("datum: 01.03.2026", "datum: 1.3.26"),
        ("verbraucher: ja", "verbraucher: Ja"),
        ("verbraucher: ja", "verbraucher: JA"),
        ("verbraucher: ja", "verbraucher: Nein"),
    ],
)
def test_what_editors_take_for_other_types_is_accepted(alt: str, neu: str) -> None:
    assert alt in GUT
    assert complaints("fall.schema.json", GUT.replace(alt, neu)) == []


@pytest.mark.parametrize(
    ("alt", "neu"),
    [
        ("betrag: 1.190,00", "betrag: tausend"),
        ("betrag: 1.190,00", "betrag: 1.190 €"),
        ("faellig_am: 31.03.2026", "faellig: 31.03.2026"),
        ("faelligkeit: gesetzlich", "faelligkeit: gesetzich"),
        ("verbraucher: ja", "verbraucher: vielleicht"),
        ("datum: 01.03.2026", "datum: 1. März"),
    ],
)
def test_what_the_reader_refuses_is_underlined(alt: str, neu: str) -> None:
    assert complaints("fall.schema.json", GUT.replace(alt, neu))
