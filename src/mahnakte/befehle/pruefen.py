"""`mahnakte pruefen`: everything that is missing, contradictory, unlawful or damaged. Writes nothing."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT, verify_dokumente
from mahnakte.befehle.akte_pruefen import check_akte, is_akte
from mahnakte.befehle.ergebnis import SCHADEN, Ergebnis, weigh
from mahnakte.befehle.laden import GeladenerFall, Lage, find_ordner, load_faelle, name_fall
from mahnakte.befehle.tabellenende import warn_before_end
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.titel.fristenliste import drohende_fristen


def check(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Check Akten (known by their manifest) and cases; the heaviest outcome decides the exit code."""
    alle = tuple(pfade)
    akten = [check_akte(pfad, lage) for pfad in alle if is_akte(pfad)]
    faelle = [pfad for pfad in alle if not is_akte(pfad)]
    ergebnisse = [*akten, *([check_faelle(faelle, lage)] if faelle or not akten else [])]
    return Ergebnis(
        {
            "faelle": [fall for e in ergebnisse for fall in e.daten.get("faelle", ())],
            "akten": [akte for e in ergebnisse for akte in e.daten.get("akten", ())],
        },
        tuple(zeile for e in ergebnisse for zeile in e.zeilen),
        tuple(befund for e in ergebnisse for befund in e.befunde),
        max(e.rueckgabe for e in ergebnisse),
    )


def check_faelle(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Check every case below the given paths, each document of each step included."""
    ordner, befunde = find_ordner(pfade)
    zeilen: list[str] = []
    faelle = []
    konten: list[Konto] = []
    rueckgabe = weigh(befunde)
    for geladen in load_faelle(ordner, lage):
        schaden = verify_dokumente(geladen.pfad, geladen.stand.vorgaenge)
        eigene = name_fall((*geladen.befunde, *schaden, *_check_konto(geladen, lage, konten)), geladen.pfad)
        beschaedigt = any(befund.code == BESCHAEDIGT for befund in schaden)
        rueckgabe = max(rueckgabe, SCHADEN if beschaedigt else geladen.rueckgabe, weigh(eigene))
        befunde = (*befunde, *eigene)
        name = geladen.aktenzeichen or show(geladen.pfad)
        zeilen.append(f"{name}: {_describe(eigene)}")
        faelle.append({"pfad": show(geladen.pfad), "aktenzeichen": geladen.aktenzeichen, "zahl": len(eigene)})
    kopf = f"{len(faelle)} {'Fall' if len(faelle) == 1 else 'Fälle'} geprüft"
    befunde = (*befunde, *warn_before_end(konten, lage.stichtag))
    return Ergebnis({"faelle": faelle}, (kopf, "", *zeilen), befunde, rueckgabe)


def _check_konto(geladen: GeladenerFall, lage: Lage, konten: list[Konto]) -> tuple[Befund, ...]:
    if geladen.fall is None or not geladen.benutzbar:
        return ()
    try:
        konto = compute_konto(geladen.fall, lage.stichtag)
        konten.append(konto)
        return (*konto.befunde, *drohende_fristen(geladen.fall, konto, lage.stichtag))
    except Ablehnung as ablehnung:
        return (ablehnung.befund,)


def _describe(befunde: tuple[Befund, ...]) -> str:
    if not befunde:
        return "in Ordnung"
    return f"{len(befunde)} {'Befund' if len(befunde) == 1 else 'Befunde'}"
