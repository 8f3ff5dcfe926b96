"""A debt while the account walks through time: what is open, what interest it has borne so far.

This is the only place of the room that holds changing values; it lives as long as one computation.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from mahnakte.grund.betrag import NULL
from mahnakte.konto.modell import Bestandteil
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, Zinszeile, interest_lines, sum_lines

EIN_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Zinslauf:
    """From when interest runs at which rate; `ende` is the last interest day there can be.

    `pausen` are days (first, last) without interest; `vertraglich` marks interest that is owed without default
    (§ 497 (3) BGB puts it before default interest).
    """

    ab: dt.date
    zinssatz: Zinssatz
    ende: dt.date = dt.date.max
    pausen: tuple[tuple[dt.date, dt.date], ...] = ()
    vertraglich: bool = False

    def periods(self, von: dt.date, bis: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Yield the parts of a period that bear interest."""
        von, bis = max(von, self.ab), min(bis, self.ende)
        for erster, letzter in self.pausen:
            if von < erster:
                yield von, min(bis, erster - EIN_TAG)
            von = max(von, letzter + EIN_TAG)
        yield von, bis

    def runs_on(self, tag: dt.date) -> bool:
        """Tell whether a day bears interest."""
        return any(von <= bis for von, bis in self.periods(tag, tag))


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class Posten:
    """One debt: an invoice, the main claim of a title, or a cost item, with the interest on it."""

    art: Literal["hauptforderung", "kosten"]
    rechnung: str | None
    betrag: Decimal
    entstanden_am: dt.date
    faellig_am: dt.date
    alter_am: dt.date
    lauf: Zinslauf | None
    zaehlung: Tageszaehlung
    titel: bool = False
    offen: Decimal = NULL
    zinsen_offen: Decimal = NULL
    zinsen_zuvor: Decimal = NULL
    gerechnet_bis: dt.date = dt.date.min
    zeilen: list[Zinszeile] = dataclasses.field(default_factory=list)
    gezahlt: Decimal = NULL
    gutgeschrieben: Decimal = NULL
    verzichtet: Decimal = NULL
    tituliert: Decimal = NULL
    angerechnet: Decimal = NULL
    zinsen_gezahlt: Decimal = NULL
    zinsen_verzichtet: Decimal = NULL
    zinsen_tituliert: Decimal = NULL

    def __post_init__(self) -> None:
        self.offen = self.betrag
        self.zinsen_offen = self.zinsen_zuvor

    def accrue(self, bis: dt.date) -> None:
        """Write the interest lines up to and including a day; days already counted are not counted again."""
        if self.lauf is None or bis <= self.gerechnet_bis:
            return
        beginn = self.lauf.ab if self.gerechnet_bis == dt.date.min else self.gerechnet_bis + EIN_TAG
        self.gerechnet_bis = bis
        if not self.offen:
            return
        for von, letzter in self.lauf.periods(beginn, bis):
            if von <= letzter:
                neue = interest_lines(self.offen, von, letzter, self.lauf.zinssatz, self.zaehlung)
                self.zeilen += neue
                self.zinsen_offen += sum_lines(neue)

    def owed(self, bestandteil: Bestandteil, am: dt.date) -> Decimal:
        """Return what is open of one component at the beginning of a day: interest up to the day before."""
        if bestandteil != "zinsen":
            return self.offen if bestandteil == self.art else NULL
        if self.lauf is None:
            return self.zinsen_offen
        self.accrue(am - EIN_TAG)
        return self.zinsen_offen

    def lower(self, am: dt.date, betrag: Decimal) -> None:
        """Lower the base amount as of a day: that day already bears interest on the lower amount."""
        self.accrue(am - EIN_TAG)
        self.offen -= betrag

    def pay(self, bestandteil: Bestandteil, am: dt.date, betrag: Decimal) -> None:
        """Book a payment on one component."""
        if bestandteil == "zinsen":
            self.zinsen_offen -= betrag
            self.zinsen_gezahlt += betrag
        else:
            self.lower(am, betrag)
            self.gezahlt += betrag

    def waive(self, bestandteil: Bestandteil, am: dt.date, betrag: Decimal) -> None:
        """Book a waiver on one component."""
        if bestandteil == "zinsen":
            self.zinsen_offen -= betrag
            self.zinsen_verzichtet += betrag
        else:
            self.lower(am, betrag)
            self.verzichtet += betrag

    def credit(self, bestandteil: Bestandteil, am: dt.date, betrag: Decimal) -> None:
        """Book a credit note; it touches the main claim only."""
        assert bestandteil == "hauptforderung"  # noqa: S101 - a credit note has no other target
        self.lower(am, betrag)
        self.gutgeschrieben += betrag
