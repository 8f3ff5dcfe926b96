"""A letter whose Word file was saved again: which step took it over, and what its old folder may hold since.

A takeover is a step of the letter's own kind with `ersetzt` and, as `uebernahme`, what was expected and found.
It cancels the old step for good: the pages of the old PDF are no longer what the Word file says.
"""

from collections.abc import Iterable

from mahnakte.arten.vorgang import STORNO
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.brief import Uebernahme

WORD = ".docx"


def read_uebernahme(vorgang: Vorgang) -> Uebernahme | None:
    """Return what a step has taken over, or None; a takeover of another step than `ersetzt` names excuses nothing."""
    uebernahme = vorgang.brief.uebernahme
    if uebernahme is None or vorgang.ersetzt is None or uebernahme.vorgang != vorgang.ersetzt:
        return None
    return uebernahme


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
    return any(vorgang.versandter == nr and vorgang.nr not in aufgehoben for vorgang in alle)
