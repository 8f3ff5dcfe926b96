"""Announced steps: a letter announces only the step that the dunning plan will take, and the last Mahnung does."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator

from mahnakte.arten.folgeschritt import FOLGESCHRITTE
from mahnakte.briefe.ton.anlass import Anlass, Stufe
from mahnakte.briefe.ton.muster import compile_muster
from mahnakte.briefe.ton.text import Ort, Satz
from mahnakte.briefe.ton.treffer import is_negated, make_befund
from mahnakte.briefe.ton.woerter import read_woerter
from mahnakte.grund.befund import Befund, Schwere, Stelle, warnung

_ANDERS, _STUFE, _FEHLT = "TON_SCHRITT_ANDERS", "TON_SCHRITT_STUFE", "TON_SCHRITT_FEHLT"
# The announced step is not the one that the plan will take.
ANGEKUENDIGT = (_ANDERS, _STUFE, _FEHLT)


@dataclasses.dataclass(frozen=True, slots=True)
class Ankuendigung:
    """How a step is announced in words."""

    schritt: str
    name: str
    muster: re.Pattern[str]
    mit: re.Pattern[str] | None
    ohne: re.Pattern[str]


@functools.cache
def read_ankuendigungen() -> tuple[Ankuendigung, ...]:
    """Return the announcements of woerter/schritt.yaml."""
    return tuple(
        Ankuendigung(
            knoten.text("schritt"),
            knoten.text("name"),
            compile_muster(knoten.texts("muster")),
            compile_muster(knoten.texts("mit")) if knoten.texts("mit") else None,
            compile_muster(knoten.texts("ohne")),
        )
        for knoten in read_woerter("schritt").entries("schritte")
    )


def check_schritte(datei: str, saetze: Iterable[Satz], anlass: Anlass) -> Iterator[Befund]:
    """Yield a finding for each announced step that will not follow, and for a missing announcement."""
    stufe = anlass.stufe
    if (stufe is None and not anlass.aus_fall) or (stufe is not None and not stufe.brief.an_schuldner):
        return
    erlaubt = _allowed(anlass)
    angekuendigt = [
        (satz, einer, treffer)
        for satz in saetze if satz.absatz.ort is Ort.TEXT
        for einer in read_ankuendigungen() if (treffer := _announces(einer, satz))
    ]  # fmt: skip
    for satz, einer, treffer in angekuendigt:
        if einer.schritt not in erlaubt:
            yield _befund(datei, satz, einer, treffer, anlass)
    if stufe is not None and stufe.brief.kuendigt_an and not angekuendigt:
        yield warnung(
            _FEHLT,
            "Der Brief sagt nicht, was nach Ablauf der Frist als Nächstes geschieht.",
            "Besser: „Haben wir bis zum … weder eine Zahlung noch eine Nachricht von Ihnen, beantragen wir einen "
            "Mahnbescheid.“ – oder den Schritt, den der Mahnplan vorsieht.",
            Stelle(datei),
        )


def _allowed(anlass: Anlass) -> frozenset[str]:
    if anlass.aus_fall:
        plan = read_woerter("schritt").mapping("dann")
        return frozenset(plan.texts(anlass.dann)) if anlass.dann else frozenset()
    return frozenset(anlass.stufe.brief.kuendigt_an) if anlass.stufe else frozenset()


def _announces(einer: Ankuendigung, satz: Satz) -> re.Match[str] | None:
    sichtbar = satz.sichtbar
    if (einer.mit is not None and not einer.mit.search(sichtbar)) or einer.ohne.search(sichtbar):
        return None
    treffer = einer.muster.search(sichtbar)
    return None if treffer is None or is_negated(sichtbar, *treffer.span()) else treffer


def _befund(datei: str, satz: Satz, einer: Ankuendigung, treffer: re.Match[str], anlass: Anlass) -> Befund:
    worte = satz.text[slice(*treffer.span())]
    if anlass.aus_fall and anlass.dann is not None:
        return make_befund(
            datei, satz, _ANDERS, Schwere.WARNUNG, worte,
            f"Der Brief kündigt {einer.name} an; der Mahnplan sieht etwas anderes vor („dann: {anlass.dann}“).",
            f"Besser: {FOLGESCHRITTE[anlass.dann].satz} Oder den Mahnplan ändern.",
        )  # fmt: skip
    return make_befund(
        datei, satz, _STUFE, Schwere.WARNUNG, worte,
        f"Der Brief kündigt {einer.name} an; {_stage_name(anlass.stufe)} folgt das noch nicht.",
        "Besser: Den Satz streichen und sagen, wie man zahlen oder antworten kann.",
    )  # fmt: skip


def _stage_name(stufe: Stufe | None) -> str:
    return f"nach {stufe.brief.dativ}" if stufe else "nach diesem Brief"
