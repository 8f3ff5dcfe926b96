"""What published steps add to the case: the same entries as in fall.yaml, counted in the same way.

A step `nachtrag` (an answer taken over, a fact recorded) or `zahlung_erfasst` (a payment) carries in its `daten`
lists under the keys of fall.yaml, written as in fall.yaml, what it adds to entries that stand (ergaenzung.py), and
`schluessel`, by which its source is known again. A `storno` step takes it back, whatever the Stichtag: like a line
struck from fall.yaml.
"""

import dataclasses
import functools
import typing
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from mahnakte.arten.vorgang import NACHTRAEGE
from mahnakte.fall.ergaenzung import ERGAENZUNGEN
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.partei import STELLE_SCHLUESSEL
from mahnakte.fall.uebernahme import list_ersetzte
from mahnakte.fall.vorgang import EINTRAG, Vorgang
from mahnakte.fall.vorgangsdaten.nachtrag import list_keys
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import json_safe


def merge_nachtraege(
    falldatei: Falldatei, vorgaenge: Iterable[Vorgang]
) -> tuple[Falldatei, tuple[Befund, ...]]:
    """Return the facts of fall.yaml with those of the steps behind them; what cannot be read is a `sperre`.

    The place of each added record is the step's entry.
    """
    befunde: list[Befund] = []
    ordner = falldatei.stelle.datei.removesuffix("fall.yaml")
    for vorgang in standing_nachtraege(vorgaenge):
        stelle = Stelle(f"{ordner}vorgaenge/{vorgang.nr:04d}/{EINTRAG}")
        neu: dict[str, Any] = {
            schluessel: (*getattr(falldatei, schluessel), *_entries(schluessel, vorgang, stelle, befunde))
            for schluessel in list_keys()
        }
        falldatei = dataclasses.replace(falldatei, **neu)
        for schluessel, (_, add) in ERGAENZUNGEN.items():
            for eintrag in _entries(schluessel, vorgang, stelle, befunde):
                try:
                    falldatei = add(falldatei, eintrag)
                except Ablehnung as ablehnung:
                    befunde += ablehnung.befunde
    return falldatei, tuple(befunde)


def _entries(schluessel: str, vorgang: Vorgang, stelle: Stelle, befunde: list[Befund]) -> tuple[Any, ...]:
    """Return the entries of one list of a step; none, and a finding each, where they cannot be read."""
    try:
        return _read(schluessel, vorgang.nachtrag.entries(schluessel), stelle)
    except ValidationError as fehler:
        alle = fehler.errors(include_url=False)
        befunde += [_explain(einzeln, schluessel, vorgang, stelle) for einzeln in alle]
        return ()


def standing_nachtraege(vorgaenge: Iterable[Vorgang]) -> tuple[Vorgang, ...]:
    """Return the steps that add to the case and that no storno has taken back."""
    alle = tuple(vorgaenge)
    aufgehoben = list_ersetzte(alle)
    return tuple(vorgang for vorgang in alle if vorgang.art in NACHTRAEGE and vorgang.nr not in aufgehoben)


def find_quelle(vorgaenge: Iterable[Vorgang], quelle: str) -> Vorgang | None:
    """Return the standing step that was taken from this source, or None."""
    return next((v for v in standing_nachtraege(vorgaenge) if v.nachtrag.schluessel == quelle), None)


def _read(schluessel: str, wert: Any, stelle: Stelle) -> tuple[Any, ...]:
    eintraege: tuple[Any, ...] = _adapter(schluessel).validate_python(_locate(wert, stelle))
    return eintraege


@functools.cache
def _adapter(schluessel: str) -> TypeAdapter[Any]:
    """Return the reader of that key of fall.yaml, or of what is added to its entries, with all its checks."""
    if schluessel in ERGAENZUNGEN:
        satz: Any = ERGAENZUNGEN[schluessel][0]
        return TypeAdapter(tuple[satz, ...])
    return TypeAdapter(typing.get_type_hints(Falldatei, include_extras=True)[schluessel])


def _locate(wert: Any, stelle: Stelle) -> Any:
    if isinstance(wert, list):
        return [_locate(eintrag, stelle) for eintrag in wert]
    if isinstance(wert, dict):
        return {STELLE_SCHLUESSEL: stelle, **{name: _locate(teil, stelle) for name, teil in wert.items()}}
    return wert


def _explain(fehler: ErrorDetails, schluessel: str, vorgang: Vorgang, stelle: Stelle) -> Befund:
    weg = [
        schluessel,
        *(str(t + 1) if isinstance(t, int) else t for t in fehler["loc"] if t != STELLE_SCHLUESSEL),
    ]
    if fehler["type"] == "mahnakte":
        grund = fehler["ctx"]["text"]
    elif fehler["type"] == "missing":
        grund = "die Angabe fehlt"
    else:
        grund = f"{fehler['input']!r:.60} ist hier nicht erlaubt"
    return sperre(
        "NACHTRAG_UNLESBAR",
        f"Vorgang {vorgang.nr:04d} ({vorgang.art}), {'.'.join(weg)}: {json_safe(grund)}.",
        "Vielleicht stammt der Vorgang aus einer neueren Version von mahnakte; sonst stornieren und neu erfassen.",
        stelle,
    )
