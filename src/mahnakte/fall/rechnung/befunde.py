"""What a finding about an invoice file means for the case: does it hold letters, and has a person settled it?"""

from collections.abc import Collection, Iterable

from mahnakte.fall.rechnung import dateimuster, inhaltsmuster
from mahnakte.fall.rechnung.muster import Muster
from mahnakte.grund.befund import Befund

MUSTER = {
    wert.code: wert
    for modul in (dateimuster, inhaltsmuster)
    for wert in vars(modul).values()
    if isinstance(wert, Muster)
}


def is_frage(befund: Befund) -> bool:
    """Tell whether nobody is written to about the invoice until a person has settled the finding."""
    muster = MUSTER.get(befund.code)
    return muster is not None and muster.fragt


def without_settled(befunde: Iterable[Befund], angegeben: Collection[str]) -> tuple[Befund, ...]:
    """Drop the findings that a person has settled by what the entry in fall.yaml states.

    `angegeben` are the keys with a value in that entry of `rechnungen:`; the other findings stay.
    """
    return tuple(befund for befund in befunde if not _is_settled(befund, angegeben))


def _is_settled(befund: Befund, angegeben: Collection[str]) -> bool:
    muster = MUSTER.get(befund.code)
    noetig = muster.geklaert_durch if muster else ()
    return bool(noetig) and set(noetig) <= set(angegeben)
