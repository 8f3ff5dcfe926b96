"""Interest that an agreement lets go of, and waivers that a person had entered for the same interest.

An older account counted interest during every plan, and told people to waive it afterwards. Where the account now
counts none, such a waiver must not take away something else.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from mahnakte.arten.brief import rests_on
from mahnakte.arten.ereignis import RATENPLAN, STUNDUNG
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Verzicht
from mahnakte.grund.befund import Befund, hinweis
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.konto.zinsabrede import Zinsabrede, list_zinsabreden
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.zahltag import end_of_stundung

Rechnen = Callable[[Sachstand], Konto]


def settle_abreden(sachstand: Sachstand, count: Rechnen) -> tuple[Fall, tuple[Befund, ...]]:
    """Return the case with every agreement carried out: what it waives as waivers, what is waived twice only once.

    `count` is the account of a case that is already settled.
    """
    if not any(
        e.art in (RATENPLAN.wort, STUNDUNG.wort) and e.am <= sachstand.stichtag
        for e in sachstand.fall.ereignisse
    ):
        return sachstand.fall, ()
    geklaert = _drop_kept_conditions(sachstand, count)
    abreden = list_zinsabreden(sachstand.mit(geklaert))
    wirksame = [a for a in abreden if a.zinsfrei or _waives(a)]
    if not wirksame:
        return geklaert, ()
    return _settle_waivers(sachstand.mit(geklaert), wirksame, count)


def _waives(abrede: Zinsabrede) -> bool:
    return abrede.ereignis.zinsen_bisher == "erlassen" and not abrede.hinfaellig


def _drop_kept_conditions(sachstand: Sachstand, count: Rechnen) -> Fall:
    """Take `rueckwirkend` off every deferral that was paid in time or may still be."""
    return dataclasses.replace(
        sachstand.fall,
        ereignisse=tuple(_drop_condition(sachstand, e, count) for e in sachstand.fall.ereignisse),
    )


def _drop_condition(sachstand: Sachstand, ereignis: Ereignis, count: Rechnen) -> Ereignis:
    if (
        ereignis.art != STUNDUNG.wort
        or ereignis.bei_verzug != "rueckwirkend"
        or ereignis.am > sachstand.stichtag
    ):
        return ereignis
    bedingungslos = dataclasses.replace(ereignis, bei_verzug="ab_kuendigung")
    damals = dataclasses.replace(
        sachstand.fall,
        ereignisse=tuple(bedingungslos if e is ereignis else e for e in sachstand.fall.ereignisse),
    )
    ende = end_of_stundung(sachstand.fall, ereignis)
    if (
        sachstand.stichtag > ende
        and _paid(sachstand.fall, ereignis.am, ende) < count(Sachstand(damals, ereignis.am)).gesamt
    ):
        return ereignis
    return bedingungslos


def _paid(fall: Fall, von: dt.date, bis: dt.date) -> Decimal:
    zahlungen = (z.betrag for z in fall.zahlungen if von <= z.am <= bis and not z.zurueck_am)
    return sum(zahlungen, NULL)


def _settle_waivers(
    sachstand: Sachstand, wirksame: list[Zinsabrede], count: Rechnen
) -> tuple[Fall, tuple[Befund, ...]]:
    seit = min(abrede.ereignis.am for abrede in wirksame)
    eigene = sorted(
        (v for v in sachstand.fall.verzicht if v.am <= sachstand.stichtag), key=lambda verzicht: verzicht.am
    )
    stand = dataclasses.replace(sachstand.fall, verzicht=tuple(v for v in eigene if v.am < seit))
    befunde: list[Befund] = []
    schritte: list[tuple[dt.date, int, Zinsabrede | Verzicht]] = [
        *((a.ereignis.am, 0, a) for a in wirksame if _waives(a)),
        *((v.am, 1, v) for v in eigene if v.am >= seit),
    ]
    for _, _, schritt in sorted(schritte, key=lambda eintrag: eintrag[:2]):
        neue = (
            _let_go(stand, schritt, count) if isinstance(schritt, Zinsabrede)
            else _waive_once(stand, sachstand.fall, schritt, count, befunde)
        )  # fmt: skip
        stand = dataclasses.replace(stand, verzicht=(*stand.verzicht, *neue))
    spaetere = tuple(v for v in sachstand.fall.verzicht if v.am > sachstand.stichtag)
    return dataclasses.replace(stand, verzicht=(*stand.verzicht, *spaetere)), tuple(befunde)


def _let_go(stand: Fall, abrede: Zinsabrede, count: Rechnen) -> Iterator[Verzicht]:
    """Yield the interest up to and including the day of the agreement as a waiver."""
    ereignis = abrede.ereignis
    zinsen = count(Sachstand(stand, ereignis.am)).zinsen
    if zinsen > NULL:
        yield Verzicht(
            am=ereignis.am,
            betrag=zinsen,
            auf="zinsen",
            grund=f"erlassen laut {abrede.name}",
            stelle=ereignis.stelle,
        )


def _waive_once(
    stand: Fall, fall: Fall, verzicht: Verzicht, count: Rechnen, befunde: list[Befund]
) -> Iterator[Verzicht]:
    """Yield what is left of a waiver of interest after the part for interest that the account does not count."""
    schon = _not_counted(stand, fall, verzicht, count) if verzicht.auf in (None, "zinsen") else NULL
    if schon <= NULL:
        yield verzicht
        return
    befunde.append(_said(verzicht, schon))
    if verzicht.betrag > schon:
        yield dataclasses.replace(verzicht, betrag=verzicht.betrag - schon)


def _not_counted(stand: Fall, fall: Fall, verzicht: Verzicht, count: Rechnen) -> Decimal:
    """Return how much less the account is on that day than one that knows of no agreement on interest."""
    ohne = dataclasses.replace(
        fall,
        verzicht=tuple(v for v in fall.verzicht if v.am <= verzicht.am and v is not verzicht),
        ereignisse=tuple(_without_keys(e) for e in fall.ereignisse if e.art != RATENPLAN.wort),
        vorgaenge=tuple(v for v in fall.vorgaenge if not rests_on(v.art, STUNDUNG.wort)),
    )
    weniger = count(Sachstand(ohne, verzicht.am)).gesamt - count(Sachstand(stand, verzicht.am)).gesamt
    return min(verzicht.betrag, weniger)


def _without_keys(ereignis: Ereignis) -> Ereignis:
    if ereignis.art != STUNDUNG.wort:
        return ereignis
    return dataclasses.replace(ereignis, zinsen=None, bei_verzug=None, zinsen_bisher=None)


def _said(verzicht: Verzicht, schon: Decimal) -> Befund:
    return hinweis(
        "VERZICHT_SCHON_ENTHALTEN",
        f"Verzicht vom {format_datum(verzicht.am)} über {format_euro(verzicht.betrag)}: {format_euro(schon)} davon "
        "betreffen Zinsen, die das Konto wegen der Absprache gar nicht rechnet; sie werden nicht noch einmal "
        "abgezogen.",
        "Der Eintrag kann bleiben oder gestrichen werden.",
        verzicht.stelle,
    )
