"""The balances that some banks write into their CSV files: a balance in each row, or the first and the last."""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.betrag import NULL

Salden = tuple[Decimal, Decimal]  # before the first booking and after the last


def follow_salden(schritte: Sequence[tuple[Decimal, Decimal | None]]) -> Salden | None:
    """Return opening and closing balance of rows of amount and balance after it; None where too few have one.

    Banks write the newest row first or last: one of the two must fit. Raises ValueError where neither does.
    """
    if sum(saldo is not None for _, saldo in schritte) < 2:
        return None
    for folge in (schritte, schritte[::-1]):
        if salden := _follow(folge):
            return salden
    raise ValueError("weder von oben nach unten noch umgekehrt")


def _follow(schritte: Sequence[tuple[Decimal, Decimal | None]]) -> Salden | None:
    summen = [*itertools.accumulate(betrag for betrag, _ in schritte)]
    anfaenge = {
        saldo - summe for summe, (_, saldo) in zip(summen, schritte, strict=True) if saldo is not None
    }
    if len(anfaenge) != 1:
        return None
    anfang = anfaenge.pop()
    return anfang, anfang + (summen[-1] if summen else NULL)
