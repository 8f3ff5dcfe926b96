"""`mahnakte antrag` as a whole: the steps of the cases, then the collective EDA file they go into."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.antrag import write_antraege
from mahnakte.befehle.ergebnis import Ergebnis
from mahnakte.befehle.laden import Lage
from mahnakte.befehle.mahnbescheid import MAHNBESCHEID
from mahnakte.befehle.sammeldatei import write_sammeldateien
from mahnakte.befehle.vollstreckungsbescheid import VOLLSTRECKUNGSBESCHEID

ARTEN = {"mahnbescheid": MAHNBESCHEID, "vollstreckungsbescheid": VOLLSTRECKUNGSBESCHEID}


def prepare_antraege(
    pfade: Iterable[pathlib.Path],
    art: str,
    lage: Lage,
    herkunft: Herkunft,
    *,
    erneut: str | None = None,
    sammeln: bool = True,
    nummer: int | None = None,
) -> Ergebnis:
    """Prepare applications of one kind (a key of ARTEN) and put all waiting ones into collective files.

    `sammeln` False leaves them waiting for a later file.
    """
    ordner, ergebnis = write_antraege(pfade, ARTEN[art], lage, herkunft, erneut)
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
