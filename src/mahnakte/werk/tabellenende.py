"""The warning before a table of legal values ends: which, when, and how many cases rest on it."""

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from mahnakte.grund.befund import Befund, hinweis
from mahnakte.grund.betrag import NULL
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verzeichnis import Verzeichniseintrag, ending_soon
from mahnakte.recht.werte import explain_entry

VORWARNUNG_TAGE = 60
_GENANNT = 3  # names in one sentence; „mahnakte recht“ lists them all


def warn_before_end(konten: Iterable[Konto], stichtag: dt.date) -> tuple[Befund, ...]:
    """Return one finding for each day on which tables end, with the number of open cases that rest on them.

    A `hinweis`, because the next value may not be published yet; once a table has ended, each case that lacks the
    value says so itself.
    """
    nach_recht: dict[str, list[Konto]] = {}
    for konto in konten:
        nach_recht.setdefault(konto.recht.fingerabdruck, []).append(konto)
    return tuple(befund for gruppe in nach_recht.values() for befund in _warn(gruppe, stichtag))


def _warn(konten: list[Konto], stichtag: dt.date) -> Iterator[Befund]:
    recht = konten[0].recht
    enden = sorted(ending_soon(recht, stichtag, VORWARNUNG_TAGE), key=lambda eintrag: eintrag.gedeckt_bis)
    offene = [{wert.name for wert in konto.rechtswerte()} for konto in konten if konto.gesamt > NULL]
    for tag, gruppe in itertools.groupby(enden, key=lambda eintrag: eintrag.gedeckt_bis):
        tabellen = tuple(gruppe)
        namen = {eintrag.name for eintrag in tabellen}
        betroffen = sum(not namen.isdisjoint(benutzte) for benutzte in offene)
        if not betroffen:
            continue
        yield hinweis(
            "RECHTSWERT_ENDET_BALD",
            f"Nur bis {format_datum(tag)} bekannt: {_name(tabellen)}. Fälle, die darauf beruhen: {betroffen} von "
            f"{len(konten)}. Danach hält an, was den fehlenden Wert braucht (zum Beispiel eine Zahlung, die mit "
            "Zinsen zu verrechnen ist), alles andere geht weiter.",
            _remedy(recht, tabellen),
        )


def _name(tabellen: tuple[Verzeichniseintrag, ...]) -> str:
    genannt = ", ".join(f"„{eintrag.titel}“" for eintrag in tabellen[:_GENANNT])
    return genannt + (f" und {len(tabellen) - _GENANNT} weitere" if len(tabellen) > _GENANNT else "")


def _remedy(recht: Rechtsstand, tabellen: tuple[Verzeichniseintrag, ...]) -> str:
    reihen = [eintrag for eintrag in tabellen if not eintrag.tabelle]
    if not reihen:
        return "Rechtzeitig eine neuere Fassung von mahnakte einspielen, die die Tabelle enthält."
    return f"Sobald der Wert amtlich ist: {explain_entry(recht.find_reihe(reihen[0].name))}"
