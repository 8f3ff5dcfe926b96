"""`mahnakte ton`: what the words of a template or letter do to the person who reads them. Writes nothing."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.lesen import read_datei, read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.arten.brief import TONLAGEN
from mahnakte.briefe.ton.anlass import Anlass, Stufe, find_stufe, is_beilage
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.stand.verlauf import effective_vorgaenge
from mahnakte.werk.briefpruefung import (
    Briefpruefung,
    anlass_of_step,
    check_letter,
    find_genannte_stufe,
    with_plan,
)
from mahnakte.werk.ergebnis import FERTIG, SCHADEN, Ergebnis, weigh
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, load_faelle


def check_ton(pfad: pathlib.Path, lage: Lage, stufe: str | None = None) -> Ergebnis:
    """Check one file, or the letters of a case folder. Exit code 2: missing or unreadable; 3: a `sperre`."""
    if pfad.is_dir() and stufe is None:
        return _check_faelle(pfad, lage)
    gewaehlt = find_genannte_stufe(stufe)
    datei = read_datei(pfad)
    anlass = _anlass_of_file(pfad, gewaehlt or find_stufe(datei.verweis), lage)
    geprueft = check_letter(datei.inhalt, show(pfad), anlass, lage)
    return Ergebnis(
        {**geprueft.as_json(), "briefe": [geprueft.as_json()]},
        (_describe(geprueft),),
        geprueft.befunde,
        weigh(geprueft.befunde),
    )


def _anlass_of_file(pfad: pathlib.Path, stufe: Stufe | None, lage: Lage) -> Anlass:
    """A single file has no case; with `--einstellungen` its stage is held to that dunning plan."""
    if lage.einstellungen_datei is None or stufe is None:
        return Anlass(stufe)
    return with_plan(Anlass(stufe), lage.einstellungen_for(pfad)[0], stufe.brief.art)


# --- the letters of a case --------------------------------------------------------------------------


def _check_faelle(pfad: pathlib.Path, lage: Lage) -> Ergebnis:
    ordner, befunde = find_ordner([pfad])
    geprueft: list[Briefpruefung] = []
    rueckgabe = FERTIG
    for geladen in load_faelle(ordner, lage):
        schaden = geladen.schaden
        briefe, eigene = ([], schaden) if schaden else _check_fall(geladen, lage)
        geprueft += briefe
        befunde = (*befunde, *eigene, *(befund for brief in briefe for befund in brief.befunde))
        rueckgabe = max(rueckgabe, SCHADEN if schaden else FERTIG)
    kopf = f"{len(geprueft)} {'Brief' if len(geprueft) == 1 else 'Briefe'} geprüft"
    return Ergebnis(
        {
            "datei": show(pfad),
            "stufe": None,
            "index": None,
            "briefe": [brief.as_json() for brief in geprueft],
        },
        (kopf, "", *map(_describe, geprueft)),
        befunde,
        max(rueckgabe, weigh(befunde)),
    )


def _check_fall(geladen: GeladenerFall, lage: Lage) -> tuple[list[Briefpruefung], tuple[Befund, ...]]:
    """Check the letters of one undamaged case up to the Stichtag; an unreadable case says why."""
    if geladen.sachstand is None:
        return [], geladen.befunde
    briefe: list[Briefpruefung] = []
    befunde: list[Befund] = []
    for vorgang in effective_vorgaenge(geladen.sachstand):
        anlass = anlass_of_step(geladen.sachstand.fall, vorgang)
        dateien, fehlende = read_dateien(geladen.pfad, _letters(vorgang))
        befunde += fehlende
        for datei in dateien.values():
            try:
                briefe.append(check_letter(datei.inhalt, show(datei.pfad), anlass, lage))
            except Ablehnung as ablehnung:
                befunde.append(ablehnung.befund)
    return briefe, tuple(befunde)


def _letters(vorgang: Vorgang) -> Iterable[str]:
    """Return the files of a step that are letters: its Word files; the PDF beside one has the same text."""
    return [
        f"{VORGAENGE}/{vorgang.nr:04d}/{name}"
        for name in sorted(vorgang.dateien)
        if name.endswith(".docx") and not is_beilage(name)
    ]


# --- for the clerk ----------------------------------------------------------------------------------


def _describe(brief: Briefpruefung) -> str:
    teile = [f"Ton „{TONLAGEN[brief.stufe.register]}“" if brief.stufe else "Stufe unbekannt"]
    if brief.index:
        teile.append(
            f"Wiener Sachtextformel {_comma(brief.index.wiener)}, Flesch-Index {_comma(brief.index.amstad)}"
        )
    zahl = len(brief.befunde)
    teile.append("in Ordnung" if not zahl else "1 Befund" if zahl == 1 else f"{zahl} Befunde")
    return f"{brief.datei}: {'; '.join(teile)}"


def _comma(wert: object) -> str:
    return str(wert).replace(".", ",")
