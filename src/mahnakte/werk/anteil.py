"""One share of a Bestand: several machines each run their own part, without a word between them.

Which part a case falls into follows from its Aktenzeichen alone, so all machines must name the same number of parts.
Where they do not, a case may be run twice or not at all: twice is harmless (a step is published once), and what was
left out is due in the next plan.
"""

import dataclasses
import hashlib
import pathlib
import re

from mahnakte.ablage.entdecken import folder_name
from mahnakte.ablage.stoerung import show
from mahnakte.werk.umschau import Umschau

_FORM = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})", re.ASCII)


class KeinAnteil(Exception):  # noqa: N818 - says what it is
    """A share that is none."""


@dataclasses.dataclass(frozen=True, slots=True)
class Anteil:
    """The `nr`-th of `teile` parts, counted from 1."""

    nr: int
    teile: int

    def holds(self, pfad: pathlib.Path, umschau: Umschau) -> bool:
        """Tell whether a case folder falls into this part; one without a readable number by the folder's name."""
        eintragung = umschau.verzeichnis.look_up(show(pfad))
        kennzeichen = eintragung.karte.aktenzeichen.casefold() if eintragung else folder_name(pfad)
        summe = hashlib.sha256(kennzeichen.encode("utf-8", "surrogateescape")).digest()
        return int.from_bytes(summe[:8], "big") % self.teile == self.nr - 1


def parse_anteil(text: str) -> Anteil:
    """Read `2/5`; raise KeinAnteil."""
    gelesen = _FORM.fullmatch(text.strip())
    if gelesen is None or int(gelesen[1]) > int(gelesen[2]):
        raise KeinAnteil(
            f"„{text}“ ist kein Anteil; gemeint ist zum Beispiel 2/5 für den zweiten von fünf Teilen."
        )
    return Anteil(int(gelesen[1]), int(gelesen[2]))
