"""The same case twice: once with its facts in fall.yaml, once recorded one by one with `mahnakte erfassen`."""

import dataclasses
import pathlib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.erfassen import Auftrag, record_tatsache
from mahnakte.cli import optionen
from mahnakte.fall.erfassung import EREIGNISSE, TATSACHENARTEN, Tatsachenart
from mahnakte.fall.erfassungsfelder import list_felder
from mahnakte.grund import worker
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")

# In the order in which a later one may refer to an earlier one.
_ARTEN = ("rechnung", "titel", "gutschrift", "kosten", "zahlung", "verzicht", "quittung")


@dataclasses.dataclass(frozen=True)
class Tatsache:
    """One fact as the command takes it."""

    art: Tatsachenart
    angaben: Mapping[str, Any]


def split_facts(fall: Mapping[str, Any], *arten: str) -> tuple[dict[str, Any], list[Tatsache]]:
    """Return the rest of a fall.yaml and the facts taken out of it, of all kinds or of those named.

    A measure and a return are recorded on their own, after the title and the payment.
    """
    rest, tatsachen = dict(fall), []
    for wort in _ARTEN:
        if not arten or wort in arten:
            art = TATSACHENARTEN[wort]
            for eintrag in rest.pop(art.liste, ()):
                tatsachen += _apart(art, eintrag)
    if not arten or EREIGNISSE in arten:
        tatsachen += [_event(eintrag) for eintrag in rest.pop(EREIGNISSE, ())]
    return rest, tatsachen


def _event(eintrag: Mapping[str, Any]) -> Tatsache:
    angaben = {name: wert for name, wert in eintrag.items() if name != "art"}
    return Tatsache(TATSACHENARTEN[eintrag["art"]], angaben)


def _apart(art: Tatsachenart, eintrag: Mapping[str, Any]) -> Iterator[Tatsache]:
    angaben = {name: wert for name, wert in eintrag.items() if name not in ("massnahmen", "zurueck_am")}
    yield Tatsache(art, angaben)
    for massnahme in eintrag.get("massnahmen", ()):
        yield Tatsache(TATSACHENARTEN["massnahme"], {**massnahme, "titel": eintrag["kennung"]})
    if art.wort == "zahlung" and eintrag.get("zurueck_am"):
        kopf = {"am": eintrag["zurueck_am"], "zahlung_vom": eintrag["am"], "betrag": eintrag["betrag"]}
        yield Tatsache(TATSACHENARTEN["rueckgabe"], kopf)


def record(ordner: pathlib.Path, tatsache: Tatsache, lage: Lage, der_wievielte: int = 1) -> Ergebnis:
    """Record one fact in process."""
    auftrag = Auftrag(tatsache.art, tatsache.angaben, der_wievielte=der_wievielte)
    return record_tatsache(ordner, auftrag, lage, HERKUNFT)


def as_options(tatsache: Tatsache, ordner: pathlib.Path) -> list[str]:
    """Return the words that a clerk types after FALL."""
    worte = [tatsache.art.wort]
    for feld in list_felder(tatsache.art):
        wert: Any = tatsache.angaben
        for teil in feld.weg:
            wert = wert.get(teil) if isinstance(wert, Mapping) else None
        if wert is None:
            continue
        for einer in wert if feld.mehrfach else (wert,):
            text = "=".join(einer[teil] for teil in feld.teile) if feld.teile else einer
            worte += [f"--{feld.name}", text]
    if beleg := tatsache.angaben.get("beleg"):
        worte += ["--beleg", str(ordner / beleg)]
    return worte


def share_workers(monkeypatch: pytest.MonkeyPatch, werkstatt: WorkerPool) -> None:
    """Let commands called in process take the children that run already: a start costs more than a command."""
    gemeinsam = type("WorkerPool", (), {"__new__": lambda _art, *_werte: werkstatt})
    for modul in (worker, optionen):
        monkeypatch.setattr(modul, "WorkerPool", gemeinsam, raising=False)
