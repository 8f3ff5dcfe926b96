"""Which debt a payment covers: §§ 366, 367, 497 (3) BGB, the debtor's designation, an agreed order.

Among several debts § 366 picks the debt, within one debt § 367 (or § 497 (3), or the agreement) the component.
"Less secured" and "the untitled before the titled" are not applied: nobody states securities here, and the
second is not certain law. The account says so where it would matter.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from mahnakte.grund.betrag import CENT, NULL
from mahnakte.konto.modell import Anteil, Bestandteil
from mahnakte.konto.posten import Posten
from mahnakte.recht.zinssatz import rate_on

Buchen = Callable[[Posten, Bestandteil, dt.date, Decimal], None]
Reihenfolge = tuple[Bestandteil, ...]

PARAGRAF_367: Reihenfolge = ("kosten", "zinsen", "hauptforderung")


@dataclasses.dataclass(frozen=True, slots=True)
class Schuld:
    """One debt with everything that belongs to it: its own costs and the claim; or the common costs alone."""

    posten: tuple[Posten, ...]

    @property
    def forderung(self) -> Posten | None:
        """The main claim, None for the common costs of the case."""
        return next((posten for posten in self.posten if posten.art == "hauptforderung"), None)

    def owed(self, am: dt.date, bestandteile: Iterable[Bestandteil] = PARAGRAF_367) -> Decimal:
        """Return what is open of the debt at the beginning of a day."""
        return sum((posten.owed(teil, am) for teil in bestandteile for posten in self.posten), NULL)


@dataclasses.dataclass(slots=True)
class Verteilung:
    """The distribution of one sum: books as it goes and remembers where everything went."""

    am: dt.date
    rest: Decimal
    buchen: Buchen
    anteile: list[Anteil] = dataclasses.field(default_factory=list)

    def cover(self, schuld: Schuld, reihenfolge: Reihenfolge, hoechstens: Decimal | None = None) -> None:
        """Cover one debt in the given order of components, with the rest or at most a share of it."""
        verfuegbar = self.rest if hoechstens is None else hoechstens
        for teil in reihenfolge:
            for posten in schuld.posten:
                if not verfuegbar:
                    return
                betrag = min(verfuegbar, posten.owed(teil, self.am))
                if betrag:
                    self.buchen(posten, teil, self.am, betrag)
                    self.anteile.append(Anteil(teil, posten.rechnung, betrag))
                    verfuegbar -= betrag
                    self.rest -= betrag

    def cover_ranks(self, raenge: Sequence[Sequence[Schuld]], reihenfolge: Reihenfolge) -> bool:
        """Cover debts rank by rank; within a rank pro rata. Tell whether a rank had to be divided."""
        geteilt = False
        for rang in raenge:
            if not self.rest:
                break
            if len(rang) == 1:
                self.cover(rang[0], reihenfolge)
            else:
                geteilt = self._cover_pro_rata(rang, reihenfolge) or geteilt
        return geteilt

    def _cover_pro_rata(self, rang: Sequence[Schuld], reihenfolge: Reihenfolge) -> bool:
        geschuldet = [schuld.owed(self.am, reihenfolge) for schuld in rang]
        if self.rest >= sum(geschuldet):
            for schuld in rang:
                self.cover(schuld, reihenfolge)
            return False
        for schuld, anteil in zip(rang, divide(self.rest, geschuldet), strict=True):
            self.cover(schuld, reihenfolge, anteil)
        return True


def divide(betrag: Decimal, gewichte: Sequence[Decimal]) -> list[Decimal]:
    """Divide a sum in proportion, to the cent.

    Every share is rounded down; the cents that remain go one each to the shares that lost most by rounding,
    of equal ones to the first. With betrag <= sum of weights no share exceeds its weight.
    """
    summe = sum(gewichte, NULL)
    genau = [betrag * gewicht / summe for gewicht in gewichte]
    anteile = [wert.quantize(CENT, rounding="ROUND_DOWN") for wert in genau]
    uebrig = int((betrag - sum(anteile, NULL)) / CENT)
    nach_verlust = sorted(range(len(genau)), key=lambda nr: anteile[nr] - genau[nr])
    for nr in nach_verlust[:uebrig]:
        anteile[nr] += CENT
    return anteile


def rank(schulden: Iterable[Schuld], am: dt.date) -> list[list[Schuld]]:
    """Order debts by § 366 (2): common costs, then due, more burdensome, older; equal ones share a rank."""
    raenge: dict[tuple[bool, bool, Decimal, dt.date], list[Schuld]] = {}
    for schuld in schulden:
        raenge.setdefault(_rank_of(schuld.forderung, am), []).append(schuld)
    return [raenge[schluessel] for schluessel in sorted(raenge)]


def _rank_of(posten: Posten | None, am: dt.date) -> tuple[bool, bool, Decimal, dt.date]:
    if posten is None:  # costs common to all debts stand before interest and principal of each (§ 367 (1))
        return (False, False, NULL, dt.date.min)
    return (True, posten.faellig_am > am, -_burden(posten, am), posten.alter_am)


def _burden(posten: Posten, am: dt.date) -> Decimal:
    """A debt that bears more interest on that day burdens the debtor more."""
    if posten.lauf is None or not posten.lauf.runs_on(am):
        return NULL
    return rate_on(posten.lauf.zinssatz, am)
