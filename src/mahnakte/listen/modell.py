"""What the outputs show: the dates of many cases, each with its Aktenzeichen."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristeintrag import Fristeintrag, order_of


@dataclasses.dataclass(frozen=True, slots=True)
class Fristzeile:
    """One date of one case. `fassung` counts the facts behind it, so that a later calendar file outranks this one."""

    aktenzeichen: str
    eintrag: Fristeintrag
    fassung: int

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON contract."""
        return {"aktenzeichen": self.aktenzeichen, **self.eintrag.as_json()}


@dataclasses.dataclass(frozen=True, slots=True)
class Fristblatt:
    """All dates on a Stichtag, open ones first, the soonest at the top.

    With a horizon `bis` the open dates behind it are left out; `spaetere` says how many.
    """

    stichtag: dt.date
    zeilen: tuple[Fristzeile, ...]
    bis: dt.date | None = None
    spaetere: int = 0

    @property
    def offene(self) -> tuple[Fristzeile, ...]:
        """Return what is still to be watched."""
        return tuple(zeile for zeile in self.zeilen if not zeile.eintrag.erledigt)

    @property
    def erledigte(self) -> tuple[Fristzeile, ...]:
        """Return what is settled."""
        return tuple(zeile for zeile in self.zeilen if zeile.eintrag.erledigt)

    @property
    def ueberschrift(self) -> str:
        """Return the heading: the day, and what a horizon leaves out."""
        if self.bis is None:
            return f"Fristen am {format_datum(self.stichtag)}"
        spaeter = "keine spätere" if not self.spaetere else f"{self.spaetere} spätere nicht gezeigt"
        return f"Fristen am {format_datum(self.stichtag)} bis {format_datum(self.bis)}, {spaeter}"

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document of the contract without `dateien` and `befunde`; the command adds those."""
        return {
            "stichtag": self.stichtag.isoformat(),
            "bis": self.bis.isoformat() if self.bis else None,
            "spaetere": self.spaetere,
            "fristen": [zeile.as_json() for zeile in self.zeilen],
        }


def make_zeilen(sachstand: Sachstand, eintraege: Iterable[Fristeintrag]) -> tuple[Fristzeile, ...]:
    """Return the dates of one case as lines."""
    tage = [ereignis.am for ereignis in sachstand.fall.ereignisse]
    tage += [zahlung.am for zahlung in sachstand.fall.zahlungen]
    tage += [mitzahlung.am for mitzahlung in sachstand.fall.mitzahlungen]
    tage += [vorgang.stichtag for vorgang in sachstand.fall.vorgaenge]
    tage += [massnahme.am for titel in sachstand.fall.titel for massnahme in titel.massnahmen]
    fassung = sum(tag <= sachstand.stichtag for tag in tage)
    return tuple(Fristzeile(sachstand.fall.aktenzeichen, eintrag, fassung) for eintrag in eintraege)


def make_blatt(stichtag: dt.date, zeilen: Iterable[Fristzeile], bis: dt.date | None = None) -> Fristblatt:
    """Return the dates of all cases in one order: open before settled, the soonest first.

    `bis` leaves out what is open and comes up after that day; what is settled stays, to fall silent in calendars.
    """
    alle = tuple(zeilen)
    gezeigt = [z for z in alle if bis is None or z.eintrag.erledigt or z.eintrag.tag <= bis]

    def order(zeile: Fristzeile) -> tuple[bool, dt.date, str, str, str]:
        erledigt, tag, art, gegenstand = order_of(zeile.eintrag)
        return erledigt, tag, zeile.aktenzeichen, art, gegenstand

    return Fristblatt(stichtag, tuple(sorted(gezeigt, key=order)), bis, len(alle) - len(gezeigt))


def describe_stand(eintrag: Fristeintrag, stichtag: dt.date) -> str:
    """Return in a word or two how a date stands: open, gone by, or settled by what."""
    if eintrag.erledigt:
        return f"erledigt: {eintrag.erledigt}"
    return "verstrichen" if eintrag.is_past(stichtag) else "offen"


def describe_ende(eintrag: Fristeintrag) -> str:
    """Return the sentence on raw end, moved end and safe day, as far as they differ."""
    teile = []
    if eintrag.roh != eintrag.ende:
        teile.append(f"rechnerisch {eintrag.roh:%d.%m.%Y}")
    if eintrag.tag != eintrag.ende:
        teile.append(f"letzter Tag {eintrag.ende:%d.%m.%Y}")
    return ", ".join(teile)
