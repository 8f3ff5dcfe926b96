"""Periods of the dunning and enforcement procedure, and the clocks of titles (§§ 197, 201 BGB, ZPO)."""

import dataclasses
import datetime as dt

from mahnakte.recht.kalender import Fristende, frist_ende
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verjaehrung import Umstand, Verjaehrung, Verjaehrungstatsachen, compute_verjaehrung
from mahnakte.recht.verjaehrungsfrist import Frist, dauer_of
from mahnakte.recht.werte import Rechtswert


@dataclasses.dataclass(frozen=True, slots=True)
class Verfahrensfrist:
    """A procedural period: its end (§ 222 ZPO) and the value it rests on."""

    ende: Fristende
    wert: Rechtswert


def compute_verfahrensfrist(
    recht: Rechtsstand, name: str, ab: dt.date, land: str | None = None
) -> Verfahrensfrist:
    """Compute a period of `werte/verfahren.yaml` (`widerspruch`, `einspruch`, …) after an event on `ab`.

    `land` is the Land of the court; without it only nationwide holidays move the end.
    """
    wert = recht.wert_am(name, ab)
    return Verfahrensfrist(frist_ende(ab, dauer_of(wert), land), wert)


def compute_widerspruchsfrist(
    recht: Rechtsstand, zugestellt_am: dt.date, land: str | None = None, ausland: bool = False
) -> Verfahrensfrist:
    """Compute the period for the objection to a Mahnbescheid; service abroad makes it a month (§ 32 (3) AVAG)."""
    return compute_verfahrensfrist(
        recht, "widerspruch_ausland" if ausland else "widerspruch", zugestellt_am, land
    )


def compute_rechtskraft_vb(
    recht: Rechtsstand, zugestellt_am: dt.date, land: str | None = None, ausland: bool = False
) -> Verfahrensfrist:
    """Compute the day with whose end a Vollstreckungsbescheid becomes final: the end of the Einspruch period."""
    return compute_verfahrensfrist(
        recht, "einspruch_ausland" if ausland else "einspruch", zugestellt_am, land
    )


def compute_titel_verjaehrung(
    recht: Rechtsstand,
    rechtskraft_am: dt.date,
    umstaende: tuple[Umstand, ...],
    stichtag: dt.date,
    land: str | None = None,
) -> Verjaehrung:
    """Compute the thirty years of the main claim of a title (§ 197 (1) no. 3 to 6).

    `rechtskraft_am` is the day with whose end the judgment or VB became final, the deed or settlement was made or
    the claim was established (§ 201). `umstaende` are those whose scope covers the main claim.
    """
    tatsachen = Verjaehrungstatsachen(rechtskraft_am, frist=Frist.TITEL, umstaende=umstaende, land=land)
    return compute_verjaehrung(recht, tatsachen, stichtag)


def compute_titelzinsen_verjaehrung(
    recht: Rechtsstand, jahr: int, umstaende: tuple[Umstand, ...], stichtag: dt.date, land: str | None = None
) -> Verjaehrung:
    """Compute the three years of the interest that accrued in one year after finality (§ 197 (2)).

    They run from the end of that year; a restart within the year itself has no effect (BGH VIII ZR 344/12).
    """
    tatsachen = Verjaehrungstatsachen(
        dt.date(jahr, 12, 31), frist=Frist.TITELZINSEN, umstaende=umstaende, land=land
    )
    return compute_verjaehrung(recht, tatsachen, stichtag)
