"""Which of several dunning plans holds: its own word, its creditor's, that for such debtors, or the first.

Everything later asks `fall.einstellungen.mahnplan`; that there are others, only this module knows.
"""

import dataclasses
from collections.abc import Iterator

from mahnakte.fall.einstellungen import Einstellungen, Mahnstufe
from mahnakte.fall.modell import Falldatei
from mahnakte.fall.partei import Glaeubiger
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.text import propose


def choose_mahnplan(
    falldatei: Falldatei, glaeubiger: Glaeubiger, einstellungen: Einstellungen, befunde: list[Befund]
) -> Einstellungen | None:
    """Return the settings with the plan of this case; None with a finding where its name is unknown or uncertain."""
    namen: list[str | None] = [falldatei.mahnplan or glaeubiger.mahnplan]
    if namen == [None]:
        namen = list(
            dict.fromkeys(einstellungen.mahnplan_fuer.get(einer.art) for einer in falldatei.schuldner)
        )
    name = namen[0]
    if len(namen) > 1:
        genannte = ", ".join(einer or "der ohne Namen" for einer in namen)
        text = (
            f"Für die Schuldner dieses Falls gelten nach „mahnplan_fuer:“ verschiedene Mahnpläne: {genannte}."
        )
        abhilfe = "In fall.yaml „mahnplan:“ mit dem Namen des Plans angeben."
        befunde.append(sperre("MAHNPLAN_UNKLAR", text, abhilfe, falldatei.stelle))
        return None
    if name is None:
        return einstellungen
    if name not in einstellungen.mahnplaene:
        befunde.append(
            _unknown(einstellungen, name, falldatei.stelle if falldatei.mahnplan else einstellungen.stelle)
        )
        return None
    return dataclasses.replace(einstellungen, mahnplan=einstellungen.mahnplaene[name])


def check_namen(einstellungen: Einstellungen) -> Iterator[Befund]:
    """Yield, before any case comes to it, each name in mahnakte.yaml that no plan has."""
    genannte = [(name, einstellungen.stelle) for name in einstellungen.mahnplan_fuer.values()]
    genannte += [(g.mahnplan, g.stelle) for g in einstellungen.glaeubiger.values() if g.mahnplan is not None]
    for name, stelle in dict.fromkeys(genannte):
        if name not in einstellungen.mahnplaene:
            yield _unknown(einstellungen, name, stelle)


def all_plans(einstellungen: Einstellungen) -> tuple[tuple[Mahnstufe, ...], ...]:
    """Return the unnamed plan and the named ones."""
    return einstellungen.mahnplan, *einstellungen.mahnplaene.values()


def _unknown(einstellungen: Einstellungen, name: str, stelle: Stelle) -> Befund:
    namen = list(einstellungen.mahnplaene)
    abhilfe = propose(name, namen) if namen else "In mahnakte.yaml unter „mahnplaene:“ diesen Plan anlegen."
    return sperre(
        "MAHNPLAN_UNBEKANNT", f"Einen Mahnplan „{name}“ gibt es in mahnakte.yaml nicht.", abhilfe, stelle
    )
