"""Write the JSON Schemas of schemas/ anew from the records of the room fall."""

import pathlib

from mahnakte.fall.jsonschema import EINSTELLUNGEN_SCHEMA, FALL_SCHEMA, write_schema

if __name__ == "__main__":
    for name in (FALL_SCHEMA, EINSTELLUNGEN_SCHEMA):
        (pathlib.Path(__file__).resolve().parent.parent / "schemas" / name).write_bytes(write_schema(name))
