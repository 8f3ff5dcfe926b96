"""The calculators of `mahnakte rechnen` as functions: the same figures, as records. None of them knows a case.

`recht` is the law to compute with; without it the law as the program ships it.
"""

from typing import Literal

from mahnakte.bibliothek.angaben import Tag, Zahl, read_betrag, read_tag, read_zahl
from mahnakte.recht.gebuehrentabelle import Gebuehr, Gebuehrengesetz, compute_gebuehr
from mahnakte.recht.kalender import Fristende, frist_ende
from mahnakte.recht.rechtsstand import Rechtsstand, shipped_recht
from mahnakte.recht.verjaehrung import Verjaehrung, Verjaehrungstatsachen, compute_verjaehrung
from mahnakte.recht.verjaehrungsfrist import Frist
from mahnakte.recht.werte import Rechtswert
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz
from mahnakte.werk.zinsrechnung import Zinsrechnung, compute_zinsrechnung, one_rate


def basiszins(am: Tag, *, recht: Rechtsstand | None = None) -> Rechtswert:
    """Return the Basiszinssatz of a day in percent per year (§ 247 BGB). Raises Ablehnung outside its table."""
    return (recht or shipped_recht()).basiszins_am(read_tag(am))


def zinsen(
    betrag: Zahl,
    von: Tag,
    bis: Tag,
    *,
    punkte: Zahl | None = None,
    satz: Zahl | None = None,
    methode: Literal["act/act", "act/365", "30e/360"] = "act/act",
    rundung: Literal["zeile", "ende"] = "zeile",
    recht: Rechtsstand | None = None,
) -> Zinsrechnung:
    """Return the interest on an amount in euro; `von` and `bis` are both interest days.

    Exactly one of `punkte` (percentage points over the Basiszinssatz, § 288 BGB) and `satz` (percent per year) is
    given, else NichtBegonnen. Raises Ablehnung outside the table.
    """
    zinssatz: Zinssatz = one_rate(
        None if punkte is None else read_zahl(punkte), None if satz is None else read_zahl(satz)
    )
    return compute_zinsrechnung(
        recht or shipped_recht(), read_betrag(betrag), read_tag(von), read_tag(bis), zinssatz,
        Tageszaehlung(methode), rundung,
    )  # fmt: skip


def gebuehr(
    tabelle: Literal["rvg", "gkg"], wert: Zahl, *, am: Tag, satz: Zahl = 1, recht: Rechtsstand | None = None
) -> Gebuehr:
    """Return a fee in euro of the table in force on the day of the mandate (`rvg`) or of pendency (`gkg`).

    `wert` is the value in euro, `satz` the rate (1,3). Raises Ablehnung outside the table.
    """
    gesetz = Gebuehrengesetz(tabelle)
    return compute_gebuehr(recht or shipped_recht(), gesetz, read_betrag(wert), read_zahl(satz), read_tag(am))


def frist(ab: Tag, dauer: str, *, land: str | None = None) -> Fristende:
    """Return the end of a period of `2w`, `6m`, `30t` or `3j` after an event on `ab` (§§ 187, 188, 193 BGB).

    `land` (`SN`) decides the holidays; without it only nationwide ones count. Raises Ablehnung.
    """
    return frist_ende(read_tag(ab), dauer, land)


def verjaehrung(
    entstanden: Tag,
    *,
    kenntnis: Tag | None = None,
    art: Literal["regel", "titel", "titelzinsen", "fracht", "mietschaden", "grundstueck"] = "regel",
    beginn: Tag | None = None,
    land: str | None = None,
    recht: Rechtsstand | None = None,
) -> Verjaehrung:
    """Return the end of limitation without suspensions; `entstanden` is the day on which the claim fell due.

    `beginn` is the delivery (`fracht`) or the return (`mietschaden`). Raises Ablehnung.
    """
    tag = read_tag(entstanden)
    tatsachen = Verjaehrungstatsachen(
        tag, None if kenntnis is None else read_tag(kenntnis), Frist(art),
        None if beginn is None else read_tag(beginn), land=land,
    )  # fmt: skip
    return compute_verjaehrung(recht or shipped_recht(), tatsachen, tag)
