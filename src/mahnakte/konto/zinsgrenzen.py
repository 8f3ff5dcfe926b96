"""When interest stops although the debt stands: insolvency for good, an agreement for its time."""

import dataclasses
import datetime as dt

from mahnakte.arten.ereignis import INSOLVENZ
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Befund, hinweis, warnung
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import EIN_TAG, Zinslauf, Zinspause
from mahnakte.konto.zinsabrede import Zinsruhe, check_abreden, explain_lapsed, list_ruhen, list_zinsabreden
from mahnakte.recht.zinsen import Zinssatz
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.schicksal import find_eroeffnung


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsgrenzen:
    """The last day on which interest can run against all debtors, and when it rests because of an agreement.

    `vermerke` are sentences about agreements that no longer keep interest away.
    """

    ende: dt.date = dt.date.max
    ruhen: tuple[Zinsruhe, ...] = ()
    vermerke: tuple[str, ...] = ()
    befunde: tuple[Befund, ...] = ()

    def run_default(self, ab: dt.date, zinssatz: Zinssatz, entstanden_am: dt.date) -> Zinslauf:
        """Return default interest on a debt that arose on that day."""
        return self._run(ab, zinssatz, self._pauses(entstanden_am, verzugszinsen=True))

    def run_owed(self, ab: dt.date, zinssatz: Zinssatz, entstanden_am: dt.date) -> Zinslauf:
        """Return interest that a contract, a title or an order on costs awards, in default and in a deferral too."""
        return self._run(ab, zinssatz, self._pauses(entstanden_am, verzugszinsen=False))

    def _run(self, ab: dt.date, zinssatz: Zinssatz, pausen: tuple[Zinspause, ...]) -> Zinslauf:
        saetze = (*(pause.grund for pause in pausen if pause.grund), *self.vermerke)
        return Zinslauf(ab, zinssatz, self.ende, pausen, vermerk=" ".join(saetze))

    def _pauses(self, entstanden_am: dt.date, *, verzugszinsen: bool) -> tuple[Zinspause, ...]:
        gelten = (r.pause for r in self.ruhen if r.covers(entstanden_am, verzugszinsen=verzugszinsen))
        return tuple(sorted(gelten, key=lambda pause: pause.erster))


def find_grenzen(sachstand: Sachstand) -> Zinsgrenzen:
    """Return the limits that the events up to the Stichtag set."""
    ende, befunde = _insolvency(sachstand)
    abreden = list_zinsabreden(sachstand)
    return Zinsgrenzen(
        ende,
        tuple(list_ruhen(sachstand.fall, abreden)),
        tuple(explain_lapsed(abreden)),
        (*befunde, *check_abreden(sachstand.fall, abreden)),
    )


def _insolvency(sachstand: Sachstand) -> tuple[dt.date, list[Befund]]:
    """Interest from the opening on is subordinate (§ 39 (1) no. 1 InsO): the account ends the day before."""
    ereignisse = {s.kennung: find_eroeffnung(sachstand, s.kennung) for s in sachstand.fall.schuldner}
    eroeffnet = {kennung: ereignis for kennung, ereignis in ereignisse.items() if ereignis}
    if not eroeffnet:
        return dt.date.max, []
    letzte = max(eroeffnet.values(), key=lambda ereignis: ereignis.am)
    alle = len(eroeffnet) == len(sachstand.fall.schuldner)
    befunde = [_no_opening(e) for e in dict.fromkeys(eroeffnet.values()) if e.art != INSOLVENZ.wort]
    befunde += [_one_insolvent(wer, e.am) for wer, e in eroeffnet.items() if not alle or e.am < letzte.am]
    if not alle:
        return dt.date.max, befunde
    ende = letzte.am - EIN_TAG
    if letzte.art != INSOLVENZ.wort:
        return ende, befunde
    text = (
        f"Insolvenz ab {format_datum(ende + EIN_TAG)}: Zinsen werden nur bis {format_datum(ende)} gerechnet; "
        "spätere sind nachrangig (§ 39 Abs. 1 Nr. 1 InsO)."
    )
    abhilfe = "Die Forderung beim Verwalter anmelden; nachrangige Zinsen nur auf Aufforderung des Gerichts."
    return ende, [hinweis("INSOLVENZ_ZINSENDE", text, abhilfe, letzte.stelle), *befunde]


def _no_opening(anmeldung: Ereignis) -> Befund:
    """Who files knows the opening; until the day is entered the filing is the last day on which it can have been."""
    am = format_datum(anmeldung.am)
    return warnung(
        "INSOLVENZ_EROEFFNUNG_FEHLT",
        f"Zur Insolvenztabelle angemeldet am {am}, aber der Tag der Eröffnung fehlt: Zinsen werden bis zum Tag vor "
        "der Anmeldung gerechnet, nachrangig sind sie schon ab der Eröffnung (§ 39 Abs. 1 Nr. 1 InsO).",
        "Das Ereignis „insolvenz“ mit dem Tag der Eröffnung ergänzen.",
        anmeldung.stelle,
    )


def _one_insolvent(kennung: str, am: dt.date) -> Befund:
    return hinweis(
        "INSOLVENZ_EINES_SCHULDNERS",
        f"Insolvenz von „{kennung}“ ab {format_datum(am)}: gegen diesen Schuldner sind spätere Zinsen nachrangig "
        "(§ 39 Abs. 1 Nr. 1 InsO); das gemeinsame Konto rechnet sie gegen die übrigen weiter.",
        "Für die Anmeldung zur Tabelle das Konto dieses Schuldners allein nehmen.",
    )
