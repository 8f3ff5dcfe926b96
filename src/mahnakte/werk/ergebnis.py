"""What every command returns: the JSON document, the lines for the clerk, the findings, the exit code."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from mahnakte.grund.befund import Befund, Schwere, has_sperre

FERTIG = 0
MIT_BEFUNDEN = 1
NICHT_BEGONNEN = 2
ABGELEHNT = 3
SCHADEN = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Ergebnis:
    """The outcome of a command.

    `daten` is the JSON document without `befunde`; `zeilen` are the lines a clerk reads. `rueckgabe` is the
    highest exit code that the cases asked for (contract: the highest of 4 > 3 > 1 > 0 wins); findings
    of severity `warnung` or `sperre` raise it to 1 at least.
    """

    daten: Mapping[str, Any]
    zeilen: tuple[str, ...] = ()
    befunde: tuple[Befund, ...] = ()
    rueckgabe: int = FERTIG

    @property
    def exit_code(self) -> int:
        """Return the exit code of the contract."""
        if self.rueckgabe == FERTIG and any(befund.schwere is not Schwere.HINWEIS for befund in self.befunde):
            return MIT_BEFUNDEN
        return self.rueckgabe

    def as_json(self) -> dict[str, Any]:
        """Return the whole JSON document."""
        return {**self.daten, "befunde": [befund.as_json() for befund in self.befunde]}


def weigh(befunde: Iterable[Befund]) -> int:
    """Return the exit code that findings ask for by themselves: a `sperre` means that something was refused."""
    return ABGELEHNT if has_sperre(befunde) else FERTIG


class NichtBegonnen(Exception):  # noqa: N818 - the German noun says it; exit code 2
    """Nothing could start: wrong call, path missing, settings unreadable, calculator outside its table."""

    def __init__(self, befunde: Iterable[Befund]) -> None:
        self.befunde = tuple(befunde)
        super().__init__("; ".join(befund.text for befund in self.befunde))
