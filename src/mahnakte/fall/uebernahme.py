"""A letter whose Word file was saved again: which step took it over, and what its old folder may hold since.

A takeover is a step of the letter's own kind with `ersetzt` and, in its `daten`, what was expected and found.
It cancels the old step for good: the pages of the old PDF are no longer what the Word file says.
"""

import dataclasses
from collections.abc import Iterable, Mapping

from mahnakte.arten.vorgang import STORNO, VERSAND
from mahnakte.fall.vorgang import Vorgang

UEBERNAHME = "uebernahme"  # key in `daten`
WORD = ".docx"


@dataclasses.dataclass(frozen=True, slots=True)
class Uebernahme:
    """The changed file of step `vorgang`: its name, the hash its entry carries, the hash that was taken over."""

    vorgang: int
    datei: str
    erwartet: str
    gefunden: str

    def as_daten(self) -> dict[str, str | int]:
        """Return the form in the step's `daten`."""
        return dataclasses.asdict(self)


def read_uebernahme(vorgang: Vorgang) -> Uebernahme | None:
    """Return what a step has taken over, or None; what is not of that form excuses nothing."""
    daten = vorgang.daten.get(UEBERNAHME)
    if not isinstance(daten, Mapping) or vorgang.ersetzt is None or daten.get("vorgang") != vorgang.ersetzt:
        return None
    datei, erwartet, gefunden = (daten.get(name) for name in ("datei", "erwartet", "gefunden"))
    if not (isinstance(datei, str) and isinstance(erwartet, str) and isinstance(gefunden, str)):
        return None
    return Uebernahme(vorgang.ersetzt, datei, erwartet, gefunden)


def list_uebernahmen(vorgaenge: Iterable[Vorgang]) -> tuple[Uebernahme, ...]:
    """Return every takeover, also one that was cancelled later: what lies in the old folder stays what it is."""
    return tuple(uebernahme for vorgang in vorgaenge if (uebernahme := read_uebernahme(vorgang)))


def list_ersetzte(vorgaenge: Iterable[Vorgang]) -> frozenset[int]:
    """Return the numbers of the steps that a storno or a takeover has cancelled."""
    return frozenset(
        vorgang.ersetzt
        for vorgang in vorgaenge
        if vorgang.ersetzt is not None and (vorgang.art == STORNO.wort or read_uebernahme(vorgang))
    )


def is_versandt(vorgaenge: Iterable[Vorgang], nr: int) -> bool:
    """Tell whether a standing note says that the step was sent."""
    alle = tuple(vorgaenge)
    aufgehoben = list_ersetzte(alle)
    return any(
        vorgang.art == VERSAND.wort and vorgang.daten.get("vorgang") == nr and vorgang.nr not in aufgehoben
        for vorgang in alle
    )
