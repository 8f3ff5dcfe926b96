"""The kinds of published steps beside the letters. Nobody else lists them.

Their words stand in eintrag.json for ever.
Any other word of a step is that of a letter; letters have a vocabulary of their own.
"""

import dataclasses
from collections.abc import Callable
from typing import Literal

from mahnakte.arten.ereignis import ANTRAG_EINGEREICHT, VB_BEANTRAGT, Ereignisart


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Vorgangsart:
    """One kind of step, with a sentence for docs/vorgang.md.

    `akte` is the place of its documents in the Akte, None: they do not belong there. `traegt_bei`: its `daten` add to
    the facts of fall.yaml. `vermerk`: it says something about another step; `baut_auf`: it presupposes that the
    letters before it went out. `eingereicht`: the event that says that the court has it.
    """

    wort: str
    satz: str
    akte: Literal["schreiben", "gericht"] | None = "schreiben"
    traegt_bei: bool = False
    vermerk: bool = False
    baut_auf: bool = False
    eingereicht: Ereignisart | None = None


ANTRAG = Vorgangsart(
    wort="antrag", akte="gericht", baut_auf=True, eingereicht=ANTRAG_EINGEREICHT,
    satz="der Antrag auf Erlass eines Mahnbescheids",
)  # fmt: skip
VB_ANTRAG = Vorgangsart(
    wort="vb-antrag", akte="gericht", baut_auf=True, eingereicht=VB_BEANTRAGT,
    satz="der Antrag auf Erlass eines Vollstreckungsbescheids",
)  # fmt: skip
AKTE = Vorgangsart(
    wort="akte", akte=None, baut_auf=True,
    satz="die Akte für die Übergabe; `daten.manifest` ist die Prüfsumme ihres Verzeichnisses",
)  # fmt: skip
VERSAND = Vorgangsart(
    wort="versand", akte="schreiben", vermerk=True,
    satz="der Vermerk, dass ein Brief hinausging, wann und wie",
)  # fmt: skip
STORNO = Vorgangsart(
    wort="storno", akte=None, vermerk=True, satz="nimmt den Vorgang zurück, dessen Nummer in `ersetzt` steht"
)
NACHTRAG = Vorgangsart(
    wort="nachtrag", baut_auf=True, traegt_bei=True,
    satz="eine übernommene Antwort oder Nachricht des Mahngerichts oder eine erfasste Tatsache",
)  # fmt: skip
ZAHLUNG_ERFASST = Vorgangsart(wort="zahlung_erfasst", traegt_bei=True, satz="eine erfasste Zahlung")

VORGANGSARTEN: dict[str, Vorgangsart] = {
    art.wort: art for art in (ANTRAG, VB_ANTRAG, AKTE, VERSAND, STORNO, NACHTRAG, ZAHLUNG_ERFASST)
}
_BRIEF = Vorgangsart(wort="", satz="ein Brief", baut_auf=True)


def find_vorgangsart(wort: str) -> Vorgangsart:
    """Return what holds for a step of that kind; any word that is not in the list is a letter's."""
    return VORGANGSARTEN.get(wort, _BRIEF)


def _worte(trifft: Callable[[Vorgangsart], object]) -> frozenset[str]:
    return frozenset(art.wort for art in VORGANGSARTEN.values() if trifft(art))


NACHTRAEGE = _worte(lambda art: art.traegt_bei)
VERMERKE = _worte(lambda art: art.vermerk)
# The word of an application -> that of the event that says that the court has it.
EINGEREICHT = {art.wort: art.eingereicht.wort for art in VORGANGSARTEN.values() if art.eingereicht}
