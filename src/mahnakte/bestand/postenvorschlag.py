"""What is proposed for one item of a list, and in which case."""

import dataclasses
import enum

from mahnakte.eingang.posten.postenliste import Offener


class Lage(enum.Enum):
    """How an item stands to the cases; the order is that of the answer. The value is the word of the JSON."""

    NEUER_FALL = "neuer_fall"
    WEITERE = "weitere_rechnung"
    VERSCHWUNDEN = "verschwunden"
    WENIGER = "weniger_offen"
    WIEDER_DA = "wieder_da"
    GESPERRT = "gesperrt"
    ENTSPERRT = "entsperrt"
    GEMAHNT = "gemahnt"
    MEHR = "mehr_offen"
    WIDERSPRUCH = "widerspruch"
    ENTFERNT = "entfernt"
    GUTHABEN = "guthaben"
    UNKLAR = "unklar"
    GEFRAGT = "schon_gefragt"
    BEKANNT = "bekannt"


# What a person must look at, though nothing is written for it.
FUER_MENSCHEN = frozenset({Lage.MEHR, Lage.WIDERSPRUCH, Lage.ENTFERNT, Lage.GUTHABEN, Lage.UNKLAR})
# What changes a standing case by a step.
SCHREIBT = frozenset(
    {
        Lage.WEITERE,
        Lage.VERSCHWUNDEN,
        Lage.WENIGER,
        Lage.WIEDER_DA,
        Lage.GESPERRT,
        Lage.ENTSPERRT,
        Lage.GEMAHNT,
    }
)


@dataclasses.dataclass(frozen=True, slots=True)
class Vorschlag:
    """One item: how it stands, the case it concerns, and a sentence. `posten` is None for what the list lacks."""

    lage: Lage
    nummer: str
    kunde: str
    text: str = ""
    ordner: str | None = None
    posten: Offener | None = None
