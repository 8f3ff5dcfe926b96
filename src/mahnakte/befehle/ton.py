"""`mahnakte ton`: what the words of a template or letter do to the person who reads them. Writes nothing."""

import dataclasses
import pathlib
from collections.abc import Iterable
from typing import Any

from mahnakte.ablage.lesen import read_datei, read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.befehle.ergebnis import FERTIG, SCHADEN, Ergebnis, NichtBegonnen, weigh
from mahnakte.befehle.laden import GeladenerFall, Lage, find_ordner, load_faelle
from mahnakte.briefe.ton.anlass import Anlass, find_stufe, is_beilage
from mahnakte.briefe.ton.lesbarkeit import Index
from mahnakte.briefe.ton.pruefung import Tonpruefung, check_datei
from mahnakte.briefe.ton.woerter import REGISTER, Stufe, read_stufen
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall
from mahnakte.fall.verlauf import effective_vorgaenge
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import propose
from mahnakte.grund.worker import WorkerError

# The announced step is not the one that the plan will take.
ANGEKUENDIGT = ("TON_SCHRITT_ANDERS", "TON_SCHRITT_STUFE", "TON_SCHRITT_FEHLT")
LESEZEIT = 30.0  # seconds for one letter; the first waits for the readability library


@dataclasses.dataclass(frozen=True, slots=True)
class Briefpruefung:
    """One checked letter: the file as shown, its stage, its index, its findings."""

    datei: str
    stufe: Stufe | None
    index: Index | None
    befunde: tuple[Befund, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "datei": self.datei,
            "stufe": self.stufe.art if self.stufe else None,
            "index": self.index.as_json() if self.index else None,
        }


def check_ton(pfad: pathlib.Path, lage: Lage, stufe: str | None = None) -> Ergebnis:
    """Check one file, or the letters of a case folder. Exit code 2: missing or unreadable; 3: a `sperre`."""
    if pfad.is_dir() and stufe is None:
        return _check_faelle(pfad, lage)
    gewaehlt = _find_stufe(stufe)
    datei = read_datei(pfad)
    anlass = _anlass_of_file(pfad, gewaehlt or find_stufe(datei.verweis), lage)
    geprueft = check_letter(datei.inhalt, show(pfad), anlass, lage)
    return Ergebnis(
        {**geprueft.as_json(), "briefe": [geprueft.as_json()]},
        (_describe(geprueft),),
        geprueft.befunde,
        weigh(geprueft.befunde),
    )


def _find_stufe(name: str | None) -> Stufe | None:
    if name is None:
        return None
    stufen = read_stufen()
    if name not in stufen:
        raise NichtBegonnen(
            [sperre("STUFE_UNBEKANNT", f"Die Stufe „{name}“ gibt es nicht.", propose(name, list(stufen)))]
        )
    return stufen[name]


def _anlass_of_file(pfad: pathlib.Path, stufe: Stufe | None, lage: Lage) -> Anlass:
    """A single file has no case; with `--einstellungen` its stage is held to that dunning plan."""
    if lage.einstellungen_datei is None or stufe is None:
        return Anlass(stufe)
    return _with_plan(Anlass(stufe), lage.einstellungen_for(pfad)[0], stufe.art)


def _with_plan(anlass: Anlass, einstellungen: Einstellungen, art: str) -> Anlass:
    for schritt in einstellungen.mahnplan:
        if schritt.art == art:
            return dataclasses.replace(anlass, aus_fall=True, dann=schritt.dann)
    return anlass


def check_letter(inhalt: bytes, name: str, anlass: Anlass, lage: Lage) -> Briefpruefung:
    """Check the bytes of a letter in a worker; raise Ablehnung when they are no letter."""
    try:
        ergebnis: Tonpruefung = lage.werkstatt.call(check_datei, inhalt, name, anlass, seconds=LESEZEIT)
    except WorkerError as fehler:
        raise Ablehnung(
            sperre("TON_UNLESBAR", f"Die Datei konnte nicht gelesen werden: {fehler}",
                   "Den Brief in Word öffnen und neu speichern.", Stelle(name))
        ) from fehler  # fmt: skip
    return Briefpruefung(name, anlass.stufe, ergebnis.index, ergebnis.befunde)


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
    if geladen.fall is None:
        return [], geladen.befunde
    briefe: list[Briefpruefung] = []
    befunde: list[Befund] = []
    for vorgang in effective_vorgaenge(geladen.fall, lage.stichtag):
        anlass = anlass_of_step(geladen.fall, vorgang)
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


def anlass_of_step(fall: Fall, vorgang: Vorgang | Vorgangsentwurf) -> Anlass:
    """Return what a step says about its letter: stage and register, to whom, and what the plan does next."""
    empfaenger = vorgang.daten.get("empfaenger", ())
    verbraucher = any(
        einer.art == "person" and einer.verbraucher is not False
        for einer in fall.schuldner
        if einer.kennung in empfaenger or not empfaenger
    )
    anlass = Anlass(_stufe_of_step(vorgang), verbraucher=verbraucher)
    return _with_plan(anlass, fall.einstellungen, vorgang.art)


def _stufe_of_step(vorgang: Vorgang | Vorgangsentwurf) -> Stufe | None:
    """Return the stage of a letter, in the register in which it was written."""
    stufe, ton = read_stufen().get(vorgang.art), vorgang.daten.get("ton")
    if stufe is None or ton not in REGISTER:
        return stufe
    return dataclasses.replace(stufe, register=REGISTER.index(ton))


# --- for the clerk ----------------------------------------------------------------------------------


def _describe(brief: Briefpruefung) -> str:
    teile = [f"Ton „{REGISTER[brief.stufe.register]}“" if brief.stufe else "Stufe unbekannt"]
    if brief.index:
        teile.append(
            f"Wiener Sachtextformel {_comma(brief.index.wiener)}, Flesch-Index {_comma(brief.index.amstad)}"
        )
    zahl = len(brief.befunde)
    teile.append("in Ordnung" if not zahl else "1 Befund" if zahl == 1 else f"{zahl} Befunde")
    return f"{brief.datei}: {'; '.join(teile)}"


def _comma(wert: object) -> str:
    return str(wert).replace(".", ",")
