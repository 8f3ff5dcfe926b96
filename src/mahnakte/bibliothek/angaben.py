"""What callers hand in: days and amounts, as values or as people write them; anything else is refused in German."""

import datetime as dt
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import KeinBetrag, parse_betrag, parse_zahl
from mahnakte.grund.datum import KeinDatum, parse_datum

Tag = dt.date | str
Zahl = Decimal | int | str


def read_tag(wert: Tag) -> dt.date:
    """Return a day: a date, or text like `2026-11-16` or `16.11.2026`. Raises Ablehnung."""
    if isinstance(wert, dt.date) and not isinstance(wert, dt.datetime):
        return wert
    try:
        if isinstance(wert, str):
            return parse_datum(wert)
    except KeinDatum as fehler:
        raise _refuse(str(fehler), "2026-11-16 oder datetime.date") from None
    raise _refuse(f"{wert!r} ist kein Tag.", "2026-11-16 oder datetime.date")


def read_betrag(wert: Zahl) -> Decimal:
    """Return an amount in euro: a Decimal, an int, or German text like `1.500,00`; refuse floats (Ablehnung)."""
    if isinstance(wert, str):
        try:
            return parse_betrag(wert)
        except KeinBetrag as fehler:
            raise _refuse(str(fehler), "1.500,00 oder decimal.Decimal") from None
    return _number(wert)


def read_zahl(wert: Zahl) -> Decimal:
    """Return a number such as a rate: a Decimal, an int, or German text like `1,3`; refuse a float (Ablehnung)."""
    if isinstance(wert, str):
        try:
            return parse_zahl(wert)
        except KeinBetrag as fehler:
            raise _refuse(str(fehler), "1,3 oder decimal.Decimal") from None
    return _number(wert)


def _number(wert: Decimal | int) -> Decimal:
    if isinstance(wert, Decimal) and wert.is_finite():
        return wert
    if isinstance(wert, int) and not isinstance(wert, bool):
        return Decimal(wert)
    raise _refuse(
        f"{wert!r} ist keine genaue Zahl.", "decimal.Decimal, eine ganze Zahl oder Text mit Dezimalkomma"
    )


def _refuse(text: str, moeglich: str) -> Ablehnung:
    return Ablehnung(sperre("ANGABE_FALSCH", text, f"So angeben: {moeglich}."))
