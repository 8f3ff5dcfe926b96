"""The country marks of the dunning courts: not the codes of ISO 3166, nine of which are marks of other states.

Source: `listen/laender.csv`. A mark that stands there from memory only (`sicher` C) is a proposal to a person.
"""

import dataclasses
import functools
import importlib.resources
from collections.abc import Mapping

_BELEGT = ("B", "B-")


@dataclasses.dataclass(frozen=True, slots=True)
class Staat:
    """A state by its code of ISO 3166; `belegt`: the mark is the courts' own or follows from their rule."""

    iso: str
    name: str
    kennzeichen: str
    belegt: bool


def find_staat(iso: str) -> Staat | None:
    """Return the state of a two-letter code, None where the list does not have it."""
    return _read_staaten().get(iso)


@functools.cache
def _read_staaten() -> Mapping[str, Staat]:
    text = importlib.resources.files("mahnakte.recht").joinpath("listen", "laender.csv").read_text("utf-8")
    zeilen = (zeile.split(";") for zeile in text.splitlines()[2:])
    return {iso: Staat(iso, name, mark, sicher in _BELEGT) for mark, iso, name, sicher in zeilen if iso}
