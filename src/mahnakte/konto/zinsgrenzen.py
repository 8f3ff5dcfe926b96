"""When interest stops although the debt stands: insolvency for good, a deferral for a while."""

import dataclasses
import datetime as dt
from collections.abc import Iterator

from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.verlauf import ereignisse_bis
from mahnakte.grund.befund import Befund, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import EIN_TAG
from mahnakte.recht.kalender import move_to_workday


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsgrenzen:
    """The last day on which interest can run against all debtors, and the days of deferral."""

    ende: dt.date = dt.date.max
    pausen: tuple[tuple[dt.date, dt.date], ...] = ()
    befunde: tuple[Befund, ...] = ()


def find_grenzen(fall: Fall, stichtag: dt.date) -> Zinsgrenzen:
    """Return the limits that the events up to the Stichtag set."""
    ende, befunde = _insolvency(fall, stichtag)
    stundungen = [e for e in ereignisse_bis(fall, stichtag, "stundung") if e.bis]
    befunde += [_deferred(stundung) for stundung in stundungen]
    befunde += [_instalments(plan) for plan in ereignisse_bis(fall, stichtag, "ratenplan")]
    return Zinsgrenzen(ende, tuple(sorted(_pauses(fall, stundungen))), tuple(befunde))


def _insolvency(fall: Fall, stichtag: dt.date) -> tuple[dt.date, list[Befund]]:
    """Interest from the opening on is subordinate (§ 39 (1) no. 1 InsO): the account ends the day before."""
    ereignisse = ereignisse_bis(fall, stichtag, "insolvenz")
    eroeffnet: dict[str, dt.date] = {}
    for schuldner in fall.schuldner:
        tage = [e.am for e in ereignisse if e.schuldner in (None, schuldner.kennung)]
        if tage:
            eroeffnet[schuldner.kennung] = min(tage)
    if not eroeffnet:
        return dt.date.max, []
    if len(eroeffnet) < len(fall.schuldner):
        return dt.date.max, [_one_insolvent(kennung, am) for kennung, am in eroeffnet.items()]
    ende = max(eroeffnet.values()) - EIN_TAG
    text = (
        f"Insolvenz ab {format_datum(ende + EIN_TAG)}: Zinsen werden nur bis {format_datum(ende)} gerechnet; "
        "spätere sind nachrangig (§ 39 Abs. 1 Nr. 1 InsO)."
    )
    abhilfe = "Die Forderung beim Verwalter anmelden; nachrangige Zinsen nur auf Aufforderung des Gerichts."
    return ende, [hinweis("INSOLVENZ_ZINSENDE", text, abhilfe, ereignisse[0].stelle)]


def _one_insolvent(kennung: str, am: dt.date) -> Befund:
    return hinweis(
        "INSOLVENZ_EINES_SCHULDNERS",
        f"Insolvenz von „{kennung}“ ab {format_datum(am)}: gegen diesen Schuldner sind spätere Zinsen nachrangig "
        "(§ 39 Abs. 1 Nr. 1 InsO); das gemeinsame Konto rechnet sie gegen die übrigen weiter.",
        "Für die Anmeldung zur Tabelle das Konto dieses Schuldners allein nehmen.",
    )


def _pauses(fall: Fall, stundungen: list[Ereignis]) -> Iterator[tuple[dt.date, dt.date]]:
    """A deferred debt is not due: no default (§ 286 (1)) from the agreement to the end of the new due day."""
    for stundung in stundungen:
        if stundung.bis:
            yield stundung.am, max(move_to_workday(stundung.bis, s.land) for s in fall.schuldner)


def _deferred(stundung: Ereignis) -> Befund:
    bis = format_datum(stundung.bis) if stundung.bis else "?"
    return hinweis(
        "STUNDUNG_OHNE_VERZUGSZINSEN",
        f"Gestundet vom {format_datum(stundung.am)} bis {bis}: was gestundet ist, ist nicht fällig; Verzugszinsen "
        "werden für diese Zeit nicht gerechnet.",
        "Sind Stundungszinsen vereinbart, bei der Rechnung „zinsen:“ mit „vereinbart: ja“ und „ab:“ angeben.",
        stundung.stelle,
    )


def _instalments(plan: Ereignis) -> Befund:
    return warnung(
        "RATENPLAN_ZINSEN_UNGEKLAERT",
        f"Ratenplan vom {format_datum(plan.am)}: ob in dieser Zeit Zinsen laufen, ist nicht angegeben; das Konto "
        "rechnet sie weiter.",
        "Ist der Plan zinsfrei, Zinsen unter „verzicht:“ mit „auf: zinsen“ erfassen; sonst den Befund quittieren.",
        plan.stelle,
    )
