"""What has befallen a debtor as of a Stichtag and still lasts: insolvency, death, unknown address, guardianship."""

import datetime as dt

from mahnakte.arten.ereignis import EREIGNISARTEN, INSOLVENZ, INSOLVENZ_ANGEMELDET, INSOLVENZEN, SCHICKSALE
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import ereignisse_bis


@once
def laufende_schicksale(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return what still lasts on the Stichtag, the oldest first.

    `bis` ends it, as when the new address is found; death lasts until the heir is the debtor. A filing to the
    insolvency table counts by itself only where the opening is not entered.
    """
    return tuple(
        ereignis
        for ereignis in ereignisse_bis(sachstand, *SCHICKSALE)
        if not _is_over(sachstand, ereignis) and not _follows_opening(sachstand, ereignis)
    )


def find_eroeffnung(sachstand: Sachstand, kennung: str) -> Ereignis | None:
    """Return the first event by which a debtor is insolvent: the opening, else the filing that presupposes it."""
    alle = [e for e in ereignisse_bis(sachstand, *INSOLVENZEN) if e.schuldner in (None, kennung)]
    return next((e for e in alle if e.art == INSOLVENZ.wort), alle[0] if alle else None)


def has_heirs(fall: Fall) -> bool:
    """Tell whether the debtor of fall.yaml is the heir of whom the invoices name: each says so."""
    return bool(fall.forderungen) and all(eine.kaeufer_geklaert == "erbe" for eine in fall.forderungen)


def _is_over(sachstand: Sachstand, ereignis: Ereignis) -> bool:
    ende = _end_of(sachstand, ereignis)
    if ende is None or ende >= sachstand.stichtag:
        return False
    schicksal = EREIGNISARTEN[ereignis.art].schicksal
    return schicksal is None or not schicksal.bis_zum_erben or has_heirs(sachstand.fall)


def _end_of(sachstand: Sachstand, ereignis: Ereignis) -> dt.date | None:
    """Return its last day; the end of insolvency proceedings may stand at the opening or at the filing."""
    if ereignis.bis is not None or ereignis.art not in INSOLVENZEN:
        return ereignis.bis
    return min(
        (
            anderes.bis
            for anderes in ereignisse_bis(sachstand, *INSOLVENZEN)
            if anderes.bis and anderes.bis >= ereignis.am and _meets(anderes, ereignis)
        ),
        default=None,
    )


def _follows_opening(sachstand: Sachstand, ereignis: Ereignis) -> bool:
    if ereignis.art != INSOLVENZ_ANGEMELDET.wort:
        return False
    return any(
        _meets(eroeffnung, ereignis) and (ende is None or ende >= ereignis.am)
        for eroeffnung in ereignisse_bis(sachstand.am(ereignis.am), INSOLVENZ.wort)
        for ende in (_end_of(sachstand, eroeffnung),)
    )


def _meets(eines: Ereignis, anderes: Ereignis) -> bool:
    """Tell whether two events can be about the same debtor."""
    return None in (eines.schuldner, anderes.schuldner) or eines.schuldner == anderes.schuldner
