"""Cases for the tests of dates: one claim with its days, one or two debtors, events as a person writes them."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from fallbau import build_fall, with_fall
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Zahlung


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def event(art: str, am: str, **weiteres: Any) -> Ereignis:
    return Ereignis(art=art, am=day(am), **weiteres)


def paid(am: str, betrag: str, **weiteres: Any) -> Zahlung:
    return Zahlung(am=day(am), betrag=Decimal(betrag), **weiteres)


def case(
    leistung_am: str | None = "2023-05-01", *ereignisse: Ereignis, zusatz: str = "", **forderung: Any
) -> Fall:
    """Return the plain case with its claim moved to the day of performance; other facts by keyword."""
    fall = build_fall(zusatz)
    leistung = day(leistung_am) if leistung_am else None
    eine = dataclasses.replace(
        fall.forderungen[0],
        leistung_am=leistung,
        **{"datum": leistung or fall.forderungen[0].datum, "faellig_am": None, **forderung},
    )
    return with_fall(fall, forderungen=(eine,), ereignisse=(*fall.ereignisse, *ereignisse))


def with_erika(fall: Fall) -> Fall:
    """Return the case with a second joint debtor."""
    erika = dataclasses.replace(fall.schuldner[0], kennung="erika", vorname="Erika", anrede="Frau")
    return with_fall(fall, schuldner=(fall.schuldner[0], erika), gesamtschuldner=True)
