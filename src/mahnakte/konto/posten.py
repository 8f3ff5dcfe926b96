"""A debt while the account walks through time: what is open, what interest it has borne so far.

This is the only place of the room that holds changing values; it lives as long as one computation.
"""

import copy
import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from mahnakte.grund.betrag import NULL
from mahnakte.konto.modell import Bestandteil, Zinsspanne
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.zinsen import (
    Tageszaehlung,
    Zinssatz,
    Zinszeile,
    interest_lines,
    last_known_day,
    sum_lines,
)

EIN_TAG = dt.timedelta(days=1)

# Why something is no longer open. `titel`: a title took its place; `anrechnung`: § 288 (5) sentence 3 BGB;
# `kappung`: above the ceiling of § 13e RDG.
Abgang = Literal["zahlung", "gutschrift", "verzicht", "titel", "anrechnung", "kappung"]
# What a rule of allocation can name; § 497 (3) BGB tells contractual interest from default interest.
Teil = Literal["hauptforderung", "zinsen", "kosten", "vertragszinsen", "verzugszinsen"]


def component_of(teil: Teil) -> Bestandteil:
    """Return the component that a part of a rule belongs to."""
    if teil in ("hauptforderung", "kosten"):
        return teil
    return "zinsen"


@dataclasses.dataclass(frozen=True, slots=True)
class Zinspause:
    """Days without interest, both included; `letzter` None: no end is known. `grund` says why, in German."""

    erster: dt.date
    letzter: dt.date | None
    grund: str = ""

    def covers(self, tag: dt.date) -> bool:
        """Tell whether a day bears no interest for this reason."""
        return self.erster <= tag and (self.letzter is None or tag <= self.letzter)


@dataclasses.dataclass(frozen=True, slots=True)
class Zinslauf:
    """From when interest runs at which rate; `ende` is the last interest day there can be.

    `pausen` are days without interest, by their first days; `vertraglich` marks interest that is owed without
    default; `vermerk` says in German why it rests or no longer does.
    """

    ab: dt.date
    zinssatz: Zinssatz
    ende: dt.date = dt.date.max
    pausen: tuple[Zinspause, ...] = ()
    vertraglich: bool = False
    vermerk: str = ""

    def periods(self, von: dt.date, bis: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
        """Yield the parts of a period that bear interest; both days of each are interest days."""
        von, bis = max(von, self.ab), min(bis, self.ende)
        for pause in self.pausen:
            if von < pause.erster:
                yield von, min(bis, pause.erster - EIN_TAG)
            if pause.letzter is None:
                return
            von = max(von, pause.letzter + EIN_TAG)
        yield von, bis

    def runs_on(self, tag: dt.date) -> bool:
        """Tell whether a day bears interest."""
        return self.ab <= tag <= self.ende and not any(pause.covers(tag) for pause in self.pausen)


@dataclasses.dataclass(slots=True, kw_only=True, eq=False)
class Posten:
    """One debt: an invoice, the main claim of a title, or a cost item, with the interest on it.

    `rechnung` names the claim (None: costs common to the case); `alter_am` is the day that counts for its age
    (§ 366 (2) BGB); `zinsen_offen` may begin with interest that a title has already computed; `ueberzahlt` is what
    was paid on it and is owed back after a credit note; `grenze` says how much of a cost item may be asked for;
    `ungerechnet` are interest days whose rate no table knows: for them interest is owed, not counted.
    """

    art: Literal["hauptforderung", "kosten"]
    name: str
    rechnung: str | None
    betrag: Decimal
    entstanden_am: dt.date
    faellig_am: dt.date
    alter_am: dt.date
    lauf: Zinslauf | None
    zaehlung: Tageszaehlung
    recht: Rechtsstand
    zinsen_tituliert: Decimal = NULL
    titel: bool = False
    gerichtlich: bool = False
    grenze: str = ""
    offen: Decimal = NULL
    zinsen_offen: Decimal = NULL
    ueberzahlt: Decimal = NULL
    gerechnet_bis: dt.date = dt.date.min
    ungerechnet: list[Zinsspanne] = dataclasses.field(default_factory=list)
    zeilen: list[Zinszeile] = dataclasses.field(default_factory=list)
    abgaenge: dict[tuple[Abgang, Bestandteil], Decimal] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.offen = self.betrag
        self.zinsen_offen = self.zinsen_tituliert

    @property
    def is_open(self) -> bool:
        """Tell whether anything of it is left; without a base amount no interest comes any more."""
        return bool(self.offen or self.zinsen_offen)

    def gone(self, abgang: Abgang, bestandteil: Bestandteil | None = None) -> Decimal:
        """Return how much went away in one manner, of one component or of the base amount."""
        return self.abgaenge.get((abgang, bestandteil or self.art), NULL)

    def accrue(self, bis: dt.date) -> None:
        """Write the interest lines up to and including a day; days already counted are not counted again.

        Beyond the table of the Basiszinssatz nothing is estimated: the days stay uncounted.
        """
        if self.lauf is None or bis <= self.gerechnet_bis:
            return
        beginn = self.lauf.ab if self.gerechnet_bis == dt.date.min else self.gerechnet_bis + EIN_TAG
        self.gerechnet_bis = bis
        if not self.offen:
            return
        bekannt_bis = last_known_day(self.recht, self.lauf.zinssatz)
        for von, letzter in self.lauf.periods(beginn, bis):
            if von <= letzter and bekannt_bis < letzter:
                self._leave_open(max(von, bekannt_bis + EIN_TAG), letzter)
            self._count(von, min(letzter, bekannt_bis), self.lauf.zinssatz)

    def _leave_open(self, von: dt.date, bis: dt.date) -> None:
        """Note interest days without a rate; days that follow on the same amount are one span."""
        letzte = self.ungerechnet[-1] if self.ungerechnet else None
        if letzte and letzte.bis + EIN_TAG == von and letzte.betrag == self.offen:
            self.ungerechnet[-1] = dataclasses.replace(letzte, bis=bis)
        else:
            self.ungerechnet.append(Zinsspanne(von, bis, self.offen))

    def _count(self, von: dt.date, bis: dt.date, zinssatz: Zinssatz) -> None:
        if von <= bis:
            neue = interest_lines(self.recht, self.offen, von, bis, zinssatz, self.zaehlung)
            self.zeilen += neue
            self.zinsen_offen += sum_lines(neue)

    def owed(self, teil: Teil, am: dt.date) -> Decimal:
        """Return what is open of one part at the beginning of a day: interest up to the day before.

        Raises Ablehnung for interest of days whose rate is not known: nothing can be set against it.
        """
        if teil in ("hauptforderung", "kosten"):
            return self.offen if teil == self.art else NULL
        vertraglich = self.lauf is not None and self.lauf.vertraglich
        if teil == ("verzugszinsen" if vertraglich else "vertragszinsen"):
            return NULL
        zinsen = self.counted_interest(am)
        if self.ungerechnet:
            self.recht.basiszins_am(
                self.ungerechnet[0].von
            )  # says which value is missing, and how to enter it
        return zinsen

    def counted_interest(self, am: dt.date) -> Decimal:
        """Return the interest open at the beginning of a day, as far as its rate is known."""
        self.accrue(am - EIN_TAG)
        return self.zinsen_offen

    def balance_after(self, tag: dt.date) -> Decimal:
        """Return base amount and interest at the end of a day, as far as the rate is known; nothing is written."""
        probe = copy.copy(self)
        probe.zeilen, probe.ungerechnet = [*self.zeilen], [*self.ungerechnet]
        probe.accrue(tag)
        return probe.offen + probe.zinsen_offen

    def remove(self, abgang: Abgang, bestandteil: Bestandteil, am: dt.date, betrag: Decimal) -> None:
        """Take away a part of one component as of a day, which already bears interest on what is left."""
        if bestandteil == "zinsen":
            self.zinsen_offen -= betrag
        else:
            self.accrue(am - EIN_TAG)
            self.offen -= betrag
        self.abgaenge[abgang, bestandteil] = self.gone(abgang, bestandteil) + betrag

    def give_back(self, hoechstens: Decimal) -> Decimal:
        """Turn what payments covered of the base amount into an overpayment, each cent once; return how much.

        A credit note lowers a claim that is already paid: the debtor then paid more than he owed. What a title has
        taken over is not paid back from here.
        """
        frei = NULL if self.gone("titel") else self.gone("zahlung") - self.ueberzahlt
        betrag = min(hoechstens, frei)
        self.ueberzahlt += betrag
        return betrag
