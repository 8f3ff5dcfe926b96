"""The register of findings: what a code means, where it comes from, what helps. Data beside the modules.

Each folder has its entries in files `meldungen*.yaml`; docs/meldungen.md is made from all of them. A code has one
meaning and one maker; tests/test_haus_meldungen.py holds both.
"""

import dataclasses
import functools
import importlib.resources
from collections.abc import Iterator
from importlib.resources.abc import Traversable

from mahnakte.grund.befund import Schwere
from mahnakte.grund.datendatei import Wertknoten
from mahnakte.grund.strict_yaml import parse_yaml

PAKET = "mahnakte"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Meldung:
    """One code. `schweren`: how much it weighs, more than one where the circumstances decide.

    `quelle` is a paragraph, a standard or a field of a format, or empty. `beispiel` is the text of one finding, as
    the test that raises it gets it. `ort` is the folder below the package whose modules raise it.
    """

    code: str
    schweren: tuple[Schwere, ...]
    bedeutung: str
    ursache: str
    abhilfe: str
    quelle: str
    beispiel: str
    ort: str


@functools.cache
def read_meldungen() -> dict[str, Meldung]:
    """Return every registered finding by its code, in the order of folders, files and entries.

    A code that stands twice raises ValueError: only a fault of ours can do that.
    """
    gelesen: dict[str, Meldung] = {}
    for ort, datei in _iter_dateien(importlib.resources.files(PAKET), ""):
        name = f"{ort}/{datei.name}"
        wurzel = parse_yaml(datei.read_bytes(), name)
        for code, knoten in Wertknoten(name, wurzel, wurzel).children("meldungen"):
            if code in gelesen:
                raise ValueError(f"{code} steht zweimal: {gelesen[code].ort} und {ort}")
            gelesen[code] = _read(code, knoten, ort)
    return gelesen


def _iter_dateien(ordner: Traversable, ort: str) -> Iterator[tuple[str, Traversable]]:
    for eintrag in sorted(ordner.iterdir(), key=lambda eintrag: eintrag.name):
        if eintrag.is_dir():
            yield from _iter_dateien(eintrag, f"{ort}/{eintrag.name}".lstrip("/"))
        elif eintrag.name.startswith("meldungen") and eintrag.name.endswith(".yaml"):
            yield ort, eintrag


def _read(code: str, knoten: Wertknoten, ort: str) -> Meldung:
    return Meldung(
        code=code,
        schweren=tuple(Schwere(wort.strip()) for wort in knoten.text("schwere").split(",")),
        bedeutung=knoten.text("bedeutung"),
        ursache=knoten.text("ursache"),
        abhilfe=knoten.text("abhilfe"),
        quelle=knoten.find_text("quelle") or "",
        beispiel=knoten.text("beispiel"),
        ort=ort,
    )
