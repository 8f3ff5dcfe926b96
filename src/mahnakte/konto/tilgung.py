"""Which debt a payment covers: §§ 366, 367, 497 (3) BGB, the debtor's designation, an agreed order.

Among several debts § 366 picks the debt, within one debt § 367 (or § 497 (3)) the component. "Less secured" and
with it "the untitled before the titled" are not applied: nobody states securities, and the second is not settled
law. The account says so where it would matter.
"""

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from mahnakte.grund.betrag import CENT, NULL
from mahnakte.konto.modell import Anteil, Bestandteil
from mahnakte.konto.posten import Abgang, Posten, Teil, component_of
from mahnakte.recht.zinssatz import rate_on


@dataclasses.dataclass(frozen=True, slots=True)
class Tilgungsordnung:
    """The order of the components: by statute within each debt, by agreement across the whole account."""

    regel: str
    worte: str
    teile: tuple[Teil, ...]
    uebergreifend: bool = False


PARAGRAF_367 = Tilgungsordnung(
    "§ 367 Abs. 1 BGB",
    "erst Kosten, dann Zinsen, dann Hauptforderung",
    ("kosten", "zinsen", "hauptforderung"),
)
PARAGRAF_497 = Tilgungsordnung(
    "§ 497 Abs. 3 BGB",
    "erst Kosten, dann der übrige geschuldete Betrag, zuletzt Verzugszinsen",
    ("kosten", "vertragszinsen", "hauptforderung", "verzugszinsen"),
)


@dataclasses.dataclass(frozen=True, slots=True)
class Schuld:
    """One debt with everything that belongs to it: its costs and the claim; or costs alone (`forderung` None)."""

    kosten: tuple[Posten, ...]
    forderung: Posten | None

    @property
    def posten(self) -> tuple[Posten, ...]:
        """Everything that belongs to it, costs first."""
        return self.kosten if self.forderung is None else (*self.kosten, self.forderung)

    def owed(self, am: dt.date, teile: Iterable[Teil]) -> Decimal:
        """Return what is open of these parts at the beginning of a day."""
        betroffen = self.posten
        return sum((posten.owed(teil, am) for teil in teile for posten in betroffen), NULL)


@dataclasses.dataclass(slots=True)
class Verteilung:
    """The distribution of one sum: takes away as it goes and remembers from where."""

    abgang: Abgang
    am: dt.date
    rest: Decimal
    anteile: list[Anteil] = dataclasses.field(default_factory=list)
    anteilig: bool = False

    def cover(self, schuld: Schuld, teile: Iterable[Teil], hoechstens: Decimal | None = None) -> None:
        """Cover one debt part by part, with the whole rest or at most with a share of it."""
        verfuegbar = self.rest if hoechstens is None else hoechstens
        betroffen = schuld.posten
        for teil in teile:
            for posten in betroffen:
                verfuegbar -= self.cover_one(posten, teil, verfuegbar)

    def cover_one(self, posten: Posten, teil: Teil, hoechstens: Decimal | None = None) -> Decimal:
        """Cover one part of one debt; return how much that took."""
        verfuegbar = self.rest if hoechstens is None else hoechstens
        if not verfuegbar:  # what nothing is taken from keeps its interest line in one piece
            return NULL
        betrag = min(verfuegbar, posten.owed(teil, self.am))
        if betrag:
            self._take(posten, component_of(teil), betrag)
        return betrag

    def cover_ranks(self, raenge: Sequence[Sequence[Schuld]], teile: Sequence[Teil]) -> None:
        """Cover debts rank by rank; within a rank pro rata (§ 366 (2): "equal age")."""
        for rang in raenge:
            if not self.rest:
                return
            if len(rang) == 1:
                self.cover(rang[0], teile)
            else:
                self._cover_pro_rata(rang, teile)

    def _cover_pro_rata(self, rang: Sequence[Schuld], teile: Sequence[Teil]) -> None:
        geschuldet = [schuld.owed(self.am, teile) for schuld in rang]
        genug = self.rest >= sum(geschuldet)
        self.anteilig = self.anteilig or not genug
        for schuld, anteil in zip(rang, geschuldet if genug else divide(self.rest, geschuldet), strict=True):
            self.cover(schuld, teile, anteil)

    def _take(self, posten: Posten, bestandteil: Bestandteil, betrag: Decimal) -> None:
        posten.remove(self.abgang, bestandteil, self.am, betrag)
        self.rest -= betrag
        letzter = self.anteile[-1] if self.anteile else None
        if letzter and (letzter.art, letzter.rechnung) == (bestandteil, posten.rechnung):
            self.anteile[-1] = Anteil(bestandteil, posten.rechnung, letzter.betrag + betrag)
        else:
            self.anteile.append(Anteil(bestandteil, posten.rechnung, betrag))


def divide(betrag: Decimal, gewichte: Sequence[Decimal]) -> list[Decimal]:
    """Divide a sum in proportion, to the cent.

    Every share is rounded down; the cents that remain go one each to the shares that lost most by rounding,
    of equal ones to the first. As long as the sum is not above that of the weights, no share exceeds its weight.
    """
    summe = sum(gewichte, NULL)
    cents = int(betrag / CENT)
    ganze = [divmod(cents * int(gewicht / CENT), int(summe / CENT)) for gewicht in gewichte]
    anteile = [ganz for ganz, _ in ganze]
    nach_verlust = sorted(range(len(ganze)), key=lambda nr: -ganze[nr][1])
    for nr in nach_verlust[: cents - sum(anteile)]:
        anteile[nr] += 1
    return [anteil * CENT for anteil in anteile]


class Rangmerkmale(NamedTuple):
    """What § 366 (2) looks at, in its order; smaller comes first. `last` is the rate with a minus sign."""

    forderung: (
        bool  # False: costs common to all debts stand before interest and principal of each (§ 367 (1))
    )
    noch_nicht_faellig: bool
    last: Decimal
    alter_am: dt.date


_GEMEINSAME_KOSTEN = Rangmerkmale(False, False, NULL, dt.date.min)


Raenge = dict[Rangmerkmale, list[Schuld]]


def rank(schulden: Iterable[Schuld], am: dt.date) -> Raenge:
    """Order debts by § 366 (2): due before not due, then more burdensome, then older; equal ones share a rank."""
    raenge: Raenge = {}
    schulden = tuple(schulden)
    last = _burdens([schuld.forderung for schuld in schulden if schuld.forderung], am)
    for schuld in schulden:
        raenge.setdefault(_features(schuld.forderung, last, am), []).append(schuld)
    return {merkmale: raenge[merkmale] for merkmale in sorted(raenge)}


def _features(posten: Posten | None, last: Mapping[str, Decimal], am: dt.date) -> Rangmerkmale:
    if posten is None:
        return _GEMEINSAME_KOSTEN
    return Rangmerkmale(True, posten.faellig_am > am, -last[posten.name], posten.alter_am)


def _burdens(alle: Sequence[Posten], am: dt.date) -> dict[str, Decimal]:
    """A debt that bears more interest on that day burdens the debtor more; by name of the debt.

    Where all rates rest on the Basiszinssatz the points alone tell which is higher, also when it is not known.
    """
    last = {posten.name: NULL for posten in alle}
    laufende = [(p, p.lauf.zinssatz) for p in alle if p.lauf is not None and p.lauf.runs_on(am)]
    nur_punkte = all(zinssatz.ueber_basiszins for _, zinssatz in laufende)
    for posten, zinssatz in laufende:
        last[posten.name] = zinssatz.prozent if nur_punkte else rate_on(posten.recht, zinssatz, am)
    return last


def explain_ranks(raenge: Raenge) -> str:
    """Say in German in which order the claims stand and what decides: `RE-1 vor RE-2 (älter)`."""
    forderungen = [(merkmale, rang) for merkmale, rang in raenge.items() if merkmale.forderung]
    if not forderungen:
        return ""
    text = _names(forderungen[0][1])
    for (vorher, _), (nachher, rang) in itertools.pairwise(forderungen):
        text += f" vor {_names(rang)} ({_reason(vorher, nachher)})"
    return text


def _names(rang: Sequence[Schuld]) -> str:
    namen = [schuld.forderung.name for schuld in rang if schuld.forderung]
    return namen[0] if len(namen) == 1 else f"{', '.join(namen[:-1])} und {namen[-1]} gleichrangig"


def _reason(vorher: Rangmerkmale, nachher: Rangmerkmale) -> str:
    if vorher.noch_nicht_faellig != nachher.noch_nicht_faellig:
        return "schon fällig"
    if vorher.last != nachher.last:
        return "lästiger: höher verzinst"
    return "älter"
