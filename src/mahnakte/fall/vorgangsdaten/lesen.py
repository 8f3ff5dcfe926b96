"""Which record belongs to which kind of step, and the one place that reads it."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from mahnakte.arten.vorgang import AKTE, ANTRAG, NACHTRAG, STORNO, VB_ANTRAG, VERSAND, ZAHLUNG_ERFASST
from mahnakte.fall.vorgangsdaten.akte import Aktedaten
from mahnakte.fall.vorgangsdaten.antrag import Antragsdaten, Folgeantragsdaten
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.fall.vorgangsdaten.form import KeinVorgang
from mahnakte.fall.vorgangsdaten.nachtrag import Nachtragsdaten
from mahnakte.fall.vorgangsdaten.satz import SCHEMA_2, Vorgangsdaten
from mahnakte.fall.vorgangsdaten.vermerk import Stornodaten, Versanddaten

# Every other kind is a letter, also one that a newer program or a user has named.
SAETZE: Mapping[str, type[Vorgangsdaten]] = {
    VERSAND.wort: Versanddaten,
    STORNO.wort: Stornodaten,
    NACHTRAG.wort: Nachtragsdaten,
    ZAHLUNG_ERFASST.wort: Nachtragsdaten,
    ANTRAG.wort: Antragsdaten,
    VB_ANTRAG.wort: Folgeantragsdaten,
    AKTE.wort: Aktedaten,
}


def read_daten(art: str, felder: Mapping[str, Any], schema: str) -> Vorgangsdaten:
    """Return what a step of this kind says; raise KeinVorgang when a key is of the wrong form."""
    try:
        daten = SAETZE.get(art, Briefdaten).read(felder)
    except KeinVorgang as grund:
        raise KeinVorgang(f"daten: {grund}") from None
    if isinstance(daten, Stornodaten):
        return dataclasses.replace(daten, versand=schema == SCHEMA_2)
    return daten
