"""What starts the clocks anew (§ 212 BGB), and for which part of the claim: only what an act covered.

Where it is not stated what an act covered, or whom it met, it does not count: a clock that ends too early
costs a second look, one that ends too late costs the claim. Each such act is a Befund.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from mahnakte.arten.ereignis import EREIGNISARTEN, NEUBEGINNE
from mahnakte.arten.titel import HAUPTFORDERUNG, TITELARTEN, UMFAENGE, Massnahmenwirkung, find_wirkung
from mahnakte.fall.modell import Ereignis, Massnahme, Titel
from mahnakte.grund.befund import Befund, Stelle, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.recht.hemmung import Neubeginn, anerkenntnis, vollstreckung
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis


@dataclasses.dataclass(frozen=True, slots=True)
class Neubeginne:
    """The restarts of one title against one debtor, by what they cover."""

    hauptforderung: tuple[Neubeginn, ...]
    zinsen: tuple[Neubeginn, ...]
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Handlung:
    """One act as stated. `umfang` None: not stated. `stelle` is its place in fall.yaml."""

    am: dt.date
    art: str
    umfang: str | None
    aufgehoben_am: dt.date | None
    stelle: Stelle


def collect_neubeginne(sachstand: Sachstand, titel: Titel, schuldner: str) -> Neubeginne:
    """Return what restarts the clocks of a title against one debtor up to the Stichtag."""
    befunde: list[Befund] = []
    handlungen = []
    for handlung in sorted(_acts(sachstand, titel, schuldner, befunde), key=lambda handlung: handlung.am):
        if find_wirkung(handlung.art) is Massnahmenwirkung.KEINE:
            befunde.append(_without_effect(handlung, titel))
        elif handlung.umfang not in UMFAENGE:
            befunde.append(_scope_missing(handlung, titel))
        else:
            handlungen.append(handlung)
    nur_kosten = TITELARTEN[titel.art].nur_kosten
    erfasst = [(handlung, UMFAENGE[handlung.umfang or ""]) for handlung in handlungen]
    return Neubeginne(
        tuple(
            _restart(h, sachstand.stichtag)
            for h, was in erfasst
            if was.hauptforderung or (nur_kosten and was.kosten)
        ),
        tuple(_restart(h, sachstand.stichtag) for h, was in erfasst if was.zinsen),
        tuple(befunde),
    )


def _acts(sachstand: Sachstand, titel: Titel, schuldner: str, befunde: list[Befund]) -> Iterator[_Handlung]:
    """Acts under the title itself, events of enforcement that name it, acknowledgements of this debtor."""
    gemeinsam = titel.schuldner is None and len(sachstand.fall.schuldner) > 1
    for massnahme in titel.massnahmen:
        if massnahme.am <= sachstand.stichtag and gemeinsam:
            befunde.append(_debtor_missing(massnahme, titel))
        elif massnahme.am <= sachstand.stichtag:
            yield _Handlung(
                massnahme.am, massnahme.art, massnahme.umfang, massnahme.aufgehoben_am, massnahme.stelle
            )
    for ereignis in ereignisse_bis(sachstand, *NEUBEGINNE):
        gegen = ereignis.schuldner or (
            sachstand.fall.schuldner[0].kennung if len(sachstand.fall.schuldner) == 1 else titel.schuldner
        )
        anerkannt = EREIGNISARTEN[ereignis.art].abschnitt is None
        if not anerkannt and ereignis.titel != titel.kennung:
            continue
        if gegen is None or (anerkannt and len(sachstand.fall.schuldner) > 1 and not ereignis.schuldner):
            befunde.append(_debtor_missing(ereignis, titel))
        elif gegen == schuldner:
            yield _from_event(ereignis)


def _from_event(ereignis: Ereignis) -> _Handlung:
    """An acknowledgement without a sum covers the main claim; whether interest too, nobody has stated."""
    if EREIGNISARTEN[ereignis.art].abschnitt:
        return _Handlung(
            ereignis.am,
            ereignis.massnahme or ereignis.art,
            ereignis.umfang,
            ereignis.aufgehoben_am,
            ereignis.stelle,
        )
    umfang = None if ereignis.betrag or ereignis.rechnung else HAUPTFORDERUNG.wort
    return _Handlung(ereignis.am, ereignis.art, umfang, None, ereignis.stelle)


def _restart(handlung: _Handlung, stichtag: dt.date) -> Neubeginn:
    if find_wirkung(handlung.art) is Massnahmenwirkung.ANERKENNTNIS:
        return anerkenntnis(handlung.am)
    aufgehoben = handlung.aufgehoben_am
    return vollstreckung(handlung.am, aufgehoben if aufgehoben and aufgehoben <= stichtag else None)


def _without_effect(handlung: _Handlung, titel: Titel) -> Befund:
    return _mark(
        hinweis(
            "TITEL_HANDLUNG_OHNE_WIRKUNG",
            f"Titel {titel.kennung}: „{handlung.art}“ vom {format_datum(handlung.am)} ist kein Anerkenntnis; "
            "die Frist beginnt dadurch nicht neu.",
            "Zählt dagegen der Vollstreckungsauftrag, ihn als eigene Maßnahme eintragen.",
            handlung.stelle,
        ),
        titel,
    )


def _scope_missing(handlung: _Handlung, titel: Titel) -> Befund:
    return _mark(
        warnung(
            "TITEL_UMFANG_FEHLT",
            f"Titel {titel.kennung}: Bei „{handlung.art}“ vom {format_datum(handlung.am)} steht nicht, was sie "
            "erfasste; nur das beginnt neu (§ 212 BGB). Sie ist deshalb nicht eingerechnet.",
            "Unter „massnahmen“ als umfang angeben: alles, hauptforderung, zinsen oder kosten.",
            handlung.stelle,
        ),
        titel,
    )


def _debtor_missing(handlung: Massnahme | Ereignis, titel: Titel) -> Befund:
    return _mark(
        warnung(
            "TITEL_SCHULDNER_FEHLT",
            f"Titel {titel.kennung}: Bei „{handlung.art}“ vom {format_datum(handlung.am)} steht nicht, gegen welchen "
            "Schuldner; ein Neubeginn wirkt nur gegen diesen (§ 425 BGB). Sie ist deshalb nicht eingerechnet.",
            "Den Titel je Schuldner eintragen oder beim Ereignis „schuldner:“ ergänzen.",
            handlung.stelle,
        ),
        titel,
    )


def _mark(befund: Befund, titel: Titel) -> Befund:
    return dataclasses.replace(befund, gegenstand=titel.kennung)
