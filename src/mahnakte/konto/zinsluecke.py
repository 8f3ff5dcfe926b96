"""Interest that is owed but cannot be counted yet: the days after the table of the Basiszinssatz ends.

The account stays exact up to the last known day and says so. Nothing is estimated; nothing can be set against such
interest (posten.py refuses), and everything that does not need it goes on.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from mahnakte.grund.befund import Befund, warnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontoforderung
from mahnakte.konto.posten import EIN_TAG, Posten
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import explain_entry


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsluecke:
    """The first interest day of the account that is not counted."""

    ab: dt.date
    recht: Rechtsstand

    @property
    def befunde(self) -> tuple[Befund, ...]:
        """The finding that says up to which day the account is exact, and how it goes on."""
        text = (
            f"Zinsen sind nur bis {format_datum(self.ab - EIN_TAG)} gerechnet: Der Basiszinssatz ab "
            f"{format_datum(self.ab)} ist nicht bekannt. Bis zu diesem Tag ist das Konto genau."
        )
        return (
            warnung("ZINSEN_NICHT_GERECHNET", text, explain_entry(self.recht.find_reihe("basiszinssatz"))),
        )

    def refuse(self) -> None:
        """Raise the Ablehnung of the missing value."""
        self.recht.basiszins_am(self.ab)


def find_luecke(posten: Iterable[Posten]) -> Zinsluecke | None:
    """Return the gap of an account, or None where all interest is counted."""
    luecken = [Zinsluecke(einer.ungerechnet[0].von, einer.recht) for einer in posten if einer.ungerechnet]
    return min(luecken, key=lambda luecke: luecke.ab, default=None)


def describe_uncounted(forderungen: Iterable[Kontoforderung], stichtag: dt.date) -> str:
    """Return the interest on these claims that is owed but not counted, in points (§ 288 BGB); empty: all is counted.

    `ab dem 01.01.2027 Zinsen von 5 Prozentpunkten über dem Basiszinssatz auf 1.190,00 €`
    """
    gruppen: dict[tuple[dt.date, dt.date, Decimal], Decimal] = {}
    for zeile in forderungen:
        for spanne in zeile.ungerechnet:
            gruppe = (spanne.von, spanne.bis, zeile.zinssatz.prozent if zeile.zinssatz else NULL)
            gruppen[gruppe] = gruppen.get(gruppe, NULL) + spanne.betrag
    return " und ".join(
        f"{_period(von, bis, stichtag)} Zinsen von {_plain(punkte)} Prozentpunkten über dem Basiszinssatz auf "
        f"{format_euro(betrag)}"
        for (von, bis, punkte), betrag in sorted(gruppen.items())
    )


def _period(von: dt.date, bis: dt.date, stichtag: dt.date) -> str:
    """Interest that still runs on the Stichtag goes on; what a deduction or a deferral has ended has two days."""
    if bis == stichtag:
        return f"ab dem {format_datum(von)}"
    return f"vom {format_datum(von)} bis {format_datum(bis)}"


def describe_counted(konto: Konto) -> str:
    """Return the day to which the interest in the sum is counted, as text; a fixed rate may reach further."""
    bis = format_datum(konto.zinsen_bis)
    fest = any(z.zinssatz and not z.zinssatz.ueber_basiszins and z.zinsen.offen for z in konto.forderungen)
    if fest and konto.ungerechnet_ab:
        return f"{bis}, mit festem Satz bis {format_datum(konto.stichtag)}"
    return bis


def _plain(zahl: Decimal) -> str:
    return f"{zahl.normalize():f}".replace(".", ",")
