"""The warning before a table of legal values ends: which, when, and how many cases rest on it."""

import dataclasses
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


@dataclasses.dataclass(frozen=True, slots=True)
class Rechtsbedarf:
    """Which tables of legal values an account rests on, by name; `offen`: something is still to be paid."""

    recht: Rechtsstand
    namen: frozenset[str]
    offen: bool


def needs_of(konto: Konto) -> Rechtsbedarf:
    """Return what an account needs of the law."""
    return Rechtsbedarf(
        konto.recht, frozenset(wert.name for wert in konto.rechtswerte()), konto.gesamt > NULL
    )


def warn_before_end(bedarfe: Iterable[Rechtsbedarf], stichtag: dt.date) -> tuple[Befund, ...]:
    """Return one finding for each day on which tables end, with the number of open cases that rest on them.

    A `hinweis`, because the next value may not be published yet; once a table has ended, each case that lacks the
    value says so itself.
    """
    nach_recht: dict[str, list[Rechtsbedarf]] = {}
    abdruecke: dict[int, str] = {}  # thousands of cases share one object; its hash goes over all values
    for bedarf in bedarfe:
        abdruck = abdruecke.get(id(bedarf.recht)) or bedarf.recht.fingerabdruck
        nach_recht.setdefault(abdruecke.setdefault(id(bedarf.recht), abdruck), []).append(bedarf)
    return tuple(befund for gruppe in nach_recht.values() for befund in _warn(gruppe, stichtag))


def _warn(bedarfe: list[Rechtsbedarf], stichtag: dt.date) -> Iterator[Befund]:
    recht = bedarfe[0].recht
    enden = sorted(ending_soon(recht, stichtag, VORWARNUNG_TAGE), key=lambda eintrag: eintrag.gedeckt_bis)
    offene = [bedarf.namen for bedarf in bedarfe if bedarf.offen]
    for tag, gruppe in itertools.groupby(enden, key=lambda eintrag: eintrag.gedeckt_bis):
        tabellen = tuple(gruppe)
        namen = {eintrag.name for eintrag in tabellen}
        betroffen = sum(not namen.isdisjoint(benutzte) for benutzte in offene)
        if not betroffen:
            continue
        yield hinweis(
            "RECHTSWERT_ENDET_BALD",
            f"Nur bis {format_datum(tag)} bekannt: {_name(tabellen)}. Fälle, die darauf beruhen: {betroffen} von "
            f"{len(bedarfe)}. Danach hält an, was den fehlenden Wert braucht (zum Beispiel eine Zahlung, die mit "
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
