"""Applications of one kind for many cases: the steps, then the collective EDA files they go into."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.arten.folgeschritt import MAHNBESCHEID
from mahnakte.arten.trotz import DOPPELT
from mahnakte.werk import mahnbescheid
from mahnakte.werk.antragsschritt import Antragsart, write_antraege
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import GeladenerFall, Lage
from mahnakte.werk.sammeldatei import write_sammeldateien
from mahnakte.werk.vollstreckungsbescheid import VOLLSTRECKUNGSBESCHEID
from mahnakte.werk.vorschau import plan_geladen


def why_not_due(geladen: GeladenerFall) -> str | None:
    """The plan decides, or somebody who has decided so (`antrag: trotz:` in fall.yaml).

    That a claim stands in two cases says nothing about the time: then the plan still decides.
    """
    fall = geladen.fall
    if fall is None or (fall.antrag is not None and set(fall.antrag.trotz) - {DOPPELT}):
        return None
    plan = plan_geladen(geladen)
    if plan.plan is None or any(schritt.art == MAHNBESCHEID for schritt in plan.schritte):
        return None  # also a refused case: trying it says why
    naechste = [schritt.art for schritt in plan.schritte]
    return plan.gruende[0].text if plan.gruende else f"Zuerst ist {', '.join(naechste)} fällig."


ARTEN = {
    "mahnbescheid": Antragsart(
        mahnbescheid.ART, "Antrag auf den Mahnbescheid", mahnbescheid.draft, why_not_due
    ),
    "vollstreckungsbescheid": VOLLSTRECKUNGSBESCHEID,
}


def prepare_art(
    pfade: Iterable[pathlib.Path],
    art: Antragsart,
    lage: Lage,
    herkunft: Herkunft,
    *,
    erneut: str | None = None,
    sammeln: bool = True,
    nummer: int | None = None,
) -> Ergebnis:
    """Prepare applications of this kind and put all waiting ones into collective files.

    `sammeln` False leaves them waiting for a later file.
    """
    ordner, ergebnis = write_antraege(pfade, art, lage, herkunft, erneut)
    if not sammeln or not ordner:
        return Ergebnis(
            {**ergebnis.daten, "sammeldateien": []}, ergebnis.zeilen, ergebnis.befunde, ergebnis.rueckgabe
        )
    sammlung = write_sammeldateien(ordner, lage, nummer)
    return Ergebnis(
        {**ergebnis.daten, **sammlung.daten},
        (*ergebnis.zeilen, *sammlung.zeilen),
        (*ergebnis.befunde, *sammlung.befunde),
        max(ergebnis.rueckgabe, sammlung.rueckgabe),
    )
