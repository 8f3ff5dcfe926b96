"""Is an instalment plan kept? Counted from the plan in the case and the payments since."""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.fall.modell import Ereignis, Rate
from mahnakte.grund.betrag import NULL
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.zahltag import move_zahltag


@dataclasses.dataclass(frozen=True, slots=True)
class Ratenstand:
    """How a plan stands on a Stichtag: what should have been paid by then, what was, since when something is missing.

    `naechste` is the first instalment whose day has not passed.
    """

    gesamt: Decimal
    geschuldet: Decimal
    gezahlt: Decimal
    rueckstand_seit: dt.date | None
    naechste: Rate | None

    @property
    def rueckstand(self) -> Decimal:
        """What is missing today."""
        return max(self.geschuldet - self.gezahlt, NULL)

    @property
    def erfuellt(self) -> bool:
        """Tell whether the whole plan is paid."""
        return self.gezahlt >= self.gesamt


def compute_ratenstand(sachstand: Sachstand, plan: Ereignis) -> Ratenstand:
    """Return how the plan stands; the day of an instalment itself is still in time.

    Every payment since the plan counts, whatever it was meant for; one given back by the Stichtag does not.
    """
    raten = sorted(plan.raten, key=lambda rate: rate.am)
    faellige = [rate for rate in raten if move_zahltag(sachstand.fall, rate.am) < sachstand.stichtag]
    gezahlt = sum(
        (z.betrag for z in sachstand.fall.zahlungen
         if plan.am <= z.am <= sachstand.stichtag and not (z.zurueck_am and z.zurueck_am <= sachstand.stichtag)),
        NULL,
    )  # fmt: skip
    return Ratenstand(
        gesamt=sum((rate.betrag for rate in raten), NULL),
        geschuldet=sum((rate.betrag for rate in faellige), NULL),
        gezahlt=gezahlt,
        rueckstand_seit=_first_missed(faellige, gezahlt),
        naechste=next((rate for rate in raten if rate not in faellige), None),
    )


def _first_missed(faellige: list[Rate], gezahlt: Decimal) -> dt.date | None:
    """Return the day of the first instalment that the payments, counted from the first, do not cover."""
    summe = NULL
    for rate in faellige:
        summe += rate.betrag
        if summe > gezahlt:
            return rate.am
    return None
