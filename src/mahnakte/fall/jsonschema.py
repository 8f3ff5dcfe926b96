"""The JSON Schema of fall.yaml and mahnakte.yaml, for editors that complete and check while typing."""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import CoreSchema

from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.partei import STELLE_SCHLUESSEL

FALL_SCHEMA = "fall.schema.json"
EINSTELLUNGEN_SCHEMA = "mahnakte.schema.json"


class _Editorschema(GenerateJsonSchema):
    """Without the hidden place of a record and without defaults, which an editor would only repeat."""

    def generate(self, schema: CoreSchema, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        erzeugt = super().generate(schema, mode)
        return dict(_strip(erzeugt))


def _strip(knoten: Any) -> Any:
    if isinstance(knoten, list):
        return [_strip(teil) for teil in knoten]
    if not isinstance(knoten, dict):
        return knoten
    ohne = {name: _strip(wert) for name, wert in knoten.items() if name not in ("default", "title")}
    if "enum" in ohne:  # an editor sees `tilgung: 367` as a number
        ohne["enum"] += [int(wert) for wert in ohne["enum"] if isinstance(wert, str) and wert.isdigit()]
        ohne.pop("type", None)
    eigenschaften = ohne.get("properties")
    if isinstance(eigenschaften, dict):
        ohne.pop("description", None)  # the docstring is for programmers, the keys speak to clerks
        eigenschaften.pop(STELLE_SCHLUESSEL, None)
        pflicht = set(ohne.get("required", ()))
        for name, wert in eigenschaften.items():
            if name not in pflicht:
                eigenschaften[name] = _allow_empty(wert)
    return ohne


def _allow_empty(wert: dict[str, Any]) -> dict[str, Any]:
    """A key may stand there without a value, as in a form; the reader treats it as absent."""
    if {"type": "null"} in wert.get("anyOf", ()):
        return wert
    beschreibung = {"description": wert["description"]} if "description" in wert else {}
    return {"anyOf": [wert, {"type": "null"}], **beschreibung}


def write_schema(name: str) -> bytes:
    """Return the bytes of one of the two schemas, as they stand in `schemas/`."""
    art = {FALL_SCHEMA: Falldatei, EINSTELLUNGEN_SCHEMA: Einstellungen}[name]
    adapter: TypeAdapter[Any] = TypeAdapter(art)
    schema = adapter.json_schema(schema_generator=_Editorschema)
    if name == FALL_SCHEMA:
        schema["$defs"]["Ereignis"]["properties"]["art"] = {"enum": sorted(EREIGNISARTEN)}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name.removesuffix(".schema.json"),
        **schema,
    }
    return (json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
