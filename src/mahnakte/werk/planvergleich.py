"""What is new in the plan since an earlier day: the plan of that day drawn up once more, on what is known today.

A fact with an earlier day that was entered later counts as known then: a case knows days, not when somebody typed.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.halt import Grund
from mahnakte.arten.grundart import BEZAHLT, GRUENDE, Bereich
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.vorschau import Planzeile, plan_geladen


class Was(enum.Enum):
    """What may be new about a case, in the order in which it is shown."""

    NEU_FAELLIG = "neu fällig"
    VERSAEUMT = "schon damals fällig"
    BEZAHLT = "bezahlt"
    WENIGER_OFFEN = "weniger offen"
    FREI = "nicht mehr angehalten"
    ANGEHALTEN = "angehalten"


@dataclasses.dataclass(frozen=True, slots=True)
class Neuigkeit:
    """One thing that is new about a case."""

    zeile: Planzeile
    was: Was
    text: str

    def as_json(self) -> dict[str, Any]:
        """Return the entry of `neu`."""
        return {"aktenzeichen": self.zeile.aktenzeichen, "was": self.was.value, "text": self.text}


def list_neues(zeilen: Iterable[Planzeile], seit: dt.date) -> list[Neuigkeit]:
    """Return what is new since the end of a day; a case without an account has no news, only its findings."""
    return [
        neues
        for zeile in zeilen
        if zeile.geladen.sachstand
        for neues in _compare(zeile, _plan_on(zeile, seit))
    ]


def describe_neues(neues: Sequence[Neuigkeit], seit: dt.date) -> list[str]:
    """Return the news as lines, by kind."""
    if not neues:
        return [f"Seit dem {format_datum(seit)} ist nichts neu."]
    text = [f"Neu seit dem {format_datum(seit)}:"]
    for was in Was:
        teile = [eines for eines in neues if eines.was is was]
        if teile:
            text += [f"  {was.value} ({len(teile)})"]
            text += [
                f"    {eines.zeile.aktenzeichen or show(eines.zeile.pfad)}: {eines.text}" for eines in teile
            ]
    return text


def _plan_on(zeile: Planzeile, tag: dt.date) -> Planzeile:
    sachstand = zeile.geladen.sachstand
    damals = _as_of(sachstand, tag) if sachstand else None
    return plan_geladen(dataclasses.replace(zeile.geladen, sachstand=damals))


def _as_of(sachstand: Sachstand, tag: dt.date) -> Sachstand:
    """Return the case on an earlier day, without the steps that came after it: they would stop that plan."""
    fall = sachstand.fall
    bis = tuple(vorgang for vorgang in fall.vorgaenge if vorgang.stichtag <= tag)
    return sachstand.mit(dataclasses.replace(fall, vorgaenge=bis)).am(tag)


def _compare(heute: Planzeile, damals: Planzeile) -> Iterator[Neuigkeit]:
    schon_faellig = {schritt.art for schritt in damals.schritte}
    for schritt in (*heute.schritte, *heute.verhindert):
        was = Was.VERSAEUMT if schritt.art in schon_faellig else Was.NEU_FAELLIG
        yield Neuigkeit(heute, was, f"{schritt.art} ({schritt.anlass})")
    yield from _compare_sums(heute, damals)
    yield from _compare_holds(heute, damals)


def _compare_sums(heute: Planzeile, damals: Planzeile) -> Iterator[Neuigkeit]:
    if heute.kopf is None or damals.kopf is None or heute.kopf.offen >= damals.kopf.offen:
        return
    was = Was.WENIGER_OFFEN if heute.kopf.offen > 0 else Was.BEZAHLT
    yield Neuigkeit(
        heute, was, f"offen {format_euro(damals.kopf.offen)}, jetzt {format_euro(heute.kopf.offen)}"
    )


def _compare_holds(heute: Planzeile, damals: Planzeile) -> Iterator[Neuigkeit]:
    jetzt, vorher = _holds(heute), _holds(damals)
    yield from (Neuigkeit(heute, Was.ANGEHALTEN, g.text) for code, g in jetzt.items() if code not in vorher)
    if BEZAHLT.code not in jetzt:
        yield from (Neuigkeit(heute, Was.FREI, g.text) for code, g in vorher.items() if code not in jetzt)


def _holds(zeile: Planzeile) -> dict[str, Grund]:
    """Return the reasons that hold the whole case, by code; a payment is shown as one already."""
    return {
        grund.code: grund
        for grund in zeile.gruende
        if (art := GRUENDE.get(grund.code)) and art.bereich is Bereich.FALL and art is not BEZAHLT
    }
