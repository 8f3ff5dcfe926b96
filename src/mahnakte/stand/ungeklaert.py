"""Payments and returns of a bank statement that may concern a case, as long as nobody has decided about them."""

from collections.abc import Sequence

from mahnakte.arten.ereignis import ZAHLUNG_ENTSCHIEDEN, ZAHLUNG_UNGEKLAERT
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
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


def describe_ungeklaerte(offene: Sequence[Ereignis]) -> str:
    """Return day and sum of the bookings that hold a case, and until when at most."""
    genannt = "; ".join(
        f"vom {format_datum(eine.am)} über {format_euro(eine.betrag or NULL)}"
        + (f" ({eine.grund})" if eine.grund else "")
        for eine in offene
    )
    ende = max(eine.bis for eine in offene if eine.bis)
    frage = f"Ungeklärt ist, ob eine Buchung diesen Fall betrifft: {genannt}."
    return f"{frage} Er ruht höchstens bis {format_datum(ende)}."
