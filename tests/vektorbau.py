"""The published vectors of fixtures/vektoren, as text: each test makes numbers and days of what it needs."""

import functools
import pathlib
from typing import Any

import yaml

VEKTOREN = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "vektoren"


@functools.cache
def read_tabelle(name: str) -> Any:
    """Return the content of one file; every scalar is text, so 13343 stays a postcode and 1.27 exact."""
    return yaml.load((VEKTOREN / f"{name}.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@functools.cache
def read_vektoren(name: str) -> dict[str, Any]:
    """Return number -> vector of one file whose entries carry `nr`; each number stands once."""
    zeilen = read_tabelle(name)
    nach_nummer = {zeile["nr"]: zeile for zeile in zeilen}
    assert len(nach_nummer) == len(zeilen), f"{name}.yaml: eine Nummer steht zweimal da"
    return nach_nummer
