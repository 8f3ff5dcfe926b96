"""The other half of a case's card: what the case says on a day, where nothing is due and nothing is wrong.

Kept for thousands of cases, written as JSON and read back strictly, so that a spoilt one is none.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from mahnakte.ablauf.halt import Grund
from mahnakte.bestand.fallkopf import Fallkopf
from mahnakte.bestand.karte import KeineKarte
from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.betrag import json_betrag


@dataclasses.dataclass(frozen=True, slots=True)
class Tagesstand:
    """Reasons and findings of a case that gets nothing, the same on each day from `ab` to `bis`.

    `rechtswerte` are the names of the legal tables its account rests on, `offen`: something is still to be paid.
    `betraege` are the sums owed on each of these days, since interest grows while nothing happens.
    """

    ab: dt.date
    bis: dt.date
    schuldner: str
    letztes: tuple[str, dt.date] | None
    betraege: tuple[Decimal, ...]
    gruende: tuple[Grund, ...]
    befunde: tuple[Befund, ...]
    rechtswerte: frozenset[str]
    offen: bool

    def head_on(self, tag: dt.date) -> Fallkopf:
        """Return what the line of the case begins with on one of its days."""
        return Fallkopf(self.schuldner, self.betraege[(tag - self.ab).days], self.letztes)

    def _is_same_as(self, anderer: "Tagesstand") -> bool:
        tage = dataclasses.replace(anderer, ab=self.ab, bis=self.bis, betraege=self.betraege)
        return tage == self


def join_days(staende: Iterable[Tagesstand]) -> tuple[Tagesstand, ...]:
    """Return the days in their order, those on which the case says the same as one."""
    verbunden: list[Tagesstand] = []
    for stand in staende:
        if verbunden and stand._is_same_as(verbunden[-1]):
            letzter = verbunden[-1]
            betraege = (*letzter.betraege, *stand.betraege)
            verbunden[-1] = dataclasses.replace(letzter, bis=stand.bis, betraege=betraege)
        else:
            verbunden.append(stand)
    return tuple(verbunden)


def write_tagesstand(stand: Tagesstand) -> dict[str, Any]:
    """Return it as JSON has it."""
    return {
        "ab": stand.ab.isoformat(),
        "bis": stand.bis.isoformat(),
        "schuldner": stand.schuldner,
        "letztes": [stand.letztes[0], stand.letztes[1].isoformat()] if stand.letztes else [],
        "betraege": [json_betrag(betrag) for betrag in stand.betraege],
        "gruende": [[grund.code, grund.text] for grund in stand.gruende],
        "befunde": [_write_befund(befund) for befund in stand.befunde],
        "rechtswerte": sorted(stand.rechtswerte),
        "offen": stand.offen,
    }


def read_tagesstand(roh: Any) -> Tagesstand:
    """Read it back; raise KeineKarte for everything that `write_tagesstand` has not written."""
    try:
        ab, bis = dt.date.fromisoformat(roh["ab"]), dt.date.fromisoformat(roh["bis"])
        betraege = tuple(Decimal(_of(str, betrag)) for betrag in _of(list, roh["betraege"]))
        if len(betraege) != (bis - ab).days + 1:
            raise KeineKarte
        return Tagesstand(
            ab=ab,
            bis=bis,
            schuldner=_of(str, roh["schuldner"]),
            letztes=_read_letztes(*letztes) if (letztes := _of(list, roh["letztes"])) else None,
            betraege=betraege,
            gruende=tuple(Grund(_of(str, code), _of(str, text)) for code, text in _of(list, roh["gruende"])),
            befunde=tuple(_read_befund(*befund) for befund in _of(list, roh["befunde"])),
            rechtswerte=frozenset(_of(str, name) for name in _of(list, roh["rechtswerte"])),
            offen=_of(bool, roh["offen"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as fehler:
        raise KeineKarte from fehler


def _read_letztes(stufe: Any, am: Any) -> tuple[str, dt.date]:
    return _of(str, stufe), dt.date.fromisoformat(am)


def _write_befund(befund: Befund) -> list[Any]:
    stelle = [befund.stelle.datei, befund.stelle.zeile] if befund.stelle else None
    return [befund.code, befund.schwere.value, befund.text, befund.abhilfe, stelle, befund.gegenstand]


def _read_befund(code: Any, schwere: Any, text: Any, abhilfe: Any, stelle: Any, gegenstand: Any) -> Befund:
    return Befund(
        _of(str, code), Schwere(schwere), _of(str, text), _of(str, abhilfe),
        _read_stelle(*_of(list, stelle)) if stelle is not None else None,
        None if gegenstand is None else _of(str, gegenstand),
    )  # fmt: skip


def _read_stelle(datei: Any, zeile: Any) -> Stelle:
    return Stelle(_of(str, datei), None if zeile is None else _of(int, zeile))


def _of(art: type, wert: Any) -> Any:
    """Return a value of exactly that type; True is no 1."""
    if type(wert) is not art:
        raise TypeError(wert)
    return wert
