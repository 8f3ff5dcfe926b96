"""The documented variables of a kind of document: name, meaning, example.

One list serves the check of templates (which names exist), the trial rendering (with the examples) and
docs/vorlagen.md. Names are written as in a template: `absender.name`, `forderungen[].betrag`.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

Wert = str | int | bool | Decimal | dt.date | Sequence["Wert"] | Mapping[str, "Wert"]
Werte = Mapping[str, Wert]


@dataclasses.dataclass(frozen=True, slots=True)
class Variable:
    """One name that a template may use. `name` ends in `[]` nowhere; `x[].y` is a field of a list's entries."""

    name: str
    bedeutung: str
    beispiel: str | int | bool | Decimal | dt.date


def build_example(variablen: Iterable[Variable]) -> dict[str, Any]:
    """Return the tree of examples: every list has one entry."""
    wurzel: dict[str, Any] = {}
    for variable in variablen:
        knoten: dict[str, Any] = wurzel
        *weg, blatt = variable.name.split(".")
        for schritt in weg:
            if schritt.endswith("[]"):
                knoten = knoten.setdefault(schritt[:-2], [{}])[0]
            else:
                knoten = knoten.setdefault(schritt, {})
        if blatt.endswith("[]"):
            knoten[blatt[:-2]] = [variable.beispiel]
        else:
            knoten[blatt] = variable.beispiel
    return wurzel


def build_sparse(beispiel: Any) -> Any:
    """Return the tree with everything optional gone: lists empty, yes turned to no, texts empty."""
    if isinstance(beispiel, dict):
        return {name: build_sparse(wert) for name, wert in beispiel.items()}
    if isinstance(beispiel, list):
        return []
    if isinstance(beispiel, bool):
        return False
    return "" if isinstance(beispiel, str) else beispiel
