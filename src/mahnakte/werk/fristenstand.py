"""The dates of a loaded case with everything that is to be said about them."""

import dataclasses

from mahnakte.grund.befund import Ablehnung, Befund, Schwere
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristeintrag import Fristeintrag
from mahnakte.uhren.fristenliste import compute_fristen
from mahnakte.werk.ergebnis import ABGELEHNT
from mahnakte.werk.laden import GeladenerFall
from mahnakte.werk.panne import report_panne


@dataclasses.dataclass(frozen=True, slots=True)
class Fristenstand:
    """The dates of one case, open ones first, the findings of case and dates, and the exit code they ask for.

    `berechnet` is False where they could not be counted; a case may also have none.
    """

    eintraege: tuple[Fristeintrag, ...]
    befunde: tuple[Befund, ...]
    rueckgabe: int
    berechnet: bool = False


def compute_fristenstand(geladen: GeladenerFall) -> Fristenstand:
    """Return the dates of a case as of the day it was loaded for.

    A refused case still has its dates: they do not wait until its invoice is in order.
    """
    sachstand = geladen.sachstand
    if sachstand is None:
        return Fristenstand((), geladen.befunde, geladen.rueckgabe)
    bekannt = geladen.befunde
    try:
        konto, ohne_konto = _konto(sachstand)
        bekannt = (*bekannt, *ohne_konto)
        liste = compute_fristen(sachstand, konto)
    except Ablehnung as ablehnung:
        return Fristenstand((), (*bekannt, ablehnung.befund), max(geladen.rueckgabe, ABGELEHNT))
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not hide the dates of the others
        panne = report_panne(fehler, geladen.pfad)
        return Fristenstand((), (*bekannt, panne), max(geladen.rueckgabe, ABGELEHNT))
    return Fristenstand(liste.eintraege, (*bekannt, *liste.befunde), geladen.rueckgabe, berechnet=True)


def _konto(sachstand: Sachstand) -> tuple[Konto | None, tuple[Befund, ...]]:
    """Without an account the dates run all the same, and everything counts as open."""
    try:
        return compute_konto(sachstand), ()
    except Ablehnung as ablehnung:
        return None, (dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG),)
