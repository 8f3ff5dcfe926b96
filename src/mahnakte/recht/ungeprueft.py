"""Law that nobody has read or proven: named, dated, refused. Other rooms ask here before they touch it."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Mapping

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.datendatei import read_datendatei


@dataclasses.dataclass(frozen=True, slots=True)
class Ungeprueft:
    """One subject that the program does not decide from the day `ab` on, and why."""

    thema: str
    titel: str
    ab: dt.date
    grund: str
    abhilfe: str

    @property
    def befund(self) -> Befund:
        """The finding that refuses this subject by name."""
        return unread_law(f"{self.titel}: {self.grund}.", self.abhilfe)


def unread_law(text: str, abhilfe: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding that a question is not answered because nobody has read the law that governs it."""
    return sperre("RECHT_NICHT_GEPRUEFT", text, abhilfe, stelle)


def check_geprueft(thema: str, tag: dt.date) -> None:
    """Raise Ablehnung where a fact of this day falls under law that nobody has read.

    `tag` is the day whose law counts: of the contract for `verbraucherkredit`, of the letter for `auskunftei`.
    """
    ungeprueft = read_ungeprueft()[thema]
    if tag >= ungeprueft.ab:
        raise Ablehnung(ungeprueft.befund)


@functools.cache
def read_ungeprueft() -> Mapping[str, Ungeprueft]:
    """Return all such subjects by name, read once per process."""
    return {
        thema: Ungeprueft(
            thema, knoten.text("titel"), knoten.date("ab"), knoten.text("grund"), knoten.text("abhilfe")
        )
        for thema, knoten in read_datendatei("mahnakte.recht", "werte/ungeprueft.yaml").children("themen")
    }
