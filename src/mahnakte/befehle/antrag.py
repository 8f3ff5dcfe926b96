"""`mahnakte antrag` as a whole: the steps of the cases, then the collective EDA file they go into."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.werk.antragslauf import ARTEN, prepare_art
from mahnakte.werk.ergebnis import Ergebnis
from mahnakte.werk.laden import Lage


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
    return prepare_art(pfade, ARTEN[art], lage, herkunft, erneut=erneut, sammeln=sammeln, nummer=nummer)
