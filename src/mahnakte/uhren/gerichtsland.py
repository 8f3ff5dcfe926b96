"""Which Land's holidays move a court's period: those of the court's place (§ 222 (2) ZPO), as far as it is known."""

import dataclasses

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.gerichte import Mahngericht, find_mahngericht, read_mahngerichte
from mahnakte.recht.kalender import LAENDER
from mahnakte.stand.sachstand import Sachstand


@dataclasses.dataclass(frozen=True, slots=True)
class Gerichtsland:
    """The Land of a court's place, None where nobody stated it; `text` says in German which holidays counted."""

    land: str | None
    text: str


UNBEKANNT = Gerichtsland(None, "nur bundesweite Feiertage, das Land des Gerichts ist nicht angegeben")


def find_gerichtsland(sachstand: Sachstand, gericht: str | None = None) -> Gerichtsland:
    """Return the Land of the dunning court that an event names, else of the one for the creditor's seat."""
    genannt = _find_named(gericht) if gericht else None
    if genannt is not None:
        return _describe(genannt)
    if gericht:
        return UNBEKANNT
    glaeubiger = sachstand.fall.glaeubiger
    try:
        zustaendig = find_mahngericht(
            sachstand.stichtag, glaeubiger.land, glaeubiger.olg_bezirk, glaeubiger.gerichtsstaat
        )
    except Ablehnung:  # a fact of the seat is missing: `mahnakte antrag` asks for it, the date stays careful
        return UNBEKANNT
    return _describe(zustaendig)


def _find_named(gericht: str) -> Mahngericht | None:
    return next((eins for eins in read_mahngerichte().gerichte if eins.kurzname in gericht), None)


def _describe(gericht: Mahngericht) -> Gerichtsland:
    """The table names the Land of the court's own place first (held by a test)."""
    land = gericht.laender[0]
    return Gerichtsland(land, f"Feiertage: {LAENDER[land]} (Mahngericht {gericht.kurzname})")
