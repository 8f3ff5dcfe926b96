"""Payments and returns of a bank statement that may concern a case, as long as nobody has decided about them."""

from mahnakte.arten.ereignis import ZAHLUNG_ENTSCHIEDEN, ZAHLUNG_UNGEKLAERT
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import ereignisse_bis


@once
def ungeklaerte_zahlungen(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return the payments that still hold the case: the last day not over, and nobody has decided.

    A decision that names no booking is about all that were known until its day.
    """
    geklaerte = ereignisse_bis(sachstand, ZAHLUNG_ENTSCHIEDEN.wort)
    return tuple(
        eine
        for eine in ereignisse_bis(sachstand, ZAHLUNG_UNGEKLAERT.wort)
        if eine.bis and eine.bis >= sachstand.stichtag
        and not any(ende.buchung in (None, eine.buchung) and eine.am <= ende.am for ende in geklaerte)
    )  # fmt: skip


def geklaerte_buchungen(fall: Fall) -> frozenset[str]:
    """Return the keys of the bookings about which somebody has decided in this case."""
    return frozenset(e.buchung for e in fall.ereignisse if e.art == ZAHLUNG_ENTSCHIEDEN.wort and e.buchung)
