"""Receipts of the court (message 90) beside the collective files: antraege/ABC021/ABC021QU.EDA."""

import dataclasses
import pathlib
from collections.abc import Iterable, Iterator

from mahnakte.ablage.entdecken import einstellungen_of
from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, warnung
from mahnakte.werk.sammeldatei import Sammeldatei, read_sammeldateien

_QUITTUNG = "QU.EDA"


@dataclasses.dataclass(frozen=True, slots=True)
class Abgehakt:
    """What became of a receipt: a line for each file that it names, and what a person must look at."""

    zeilen: tuple[str, ...]
    befunde: tuple[Befund, ...]


def tick_off(
    kennungen: Iterable[str], ordner: Iterable[pathlib.Path], inhalt: bytes, stelle: Stelle, schreiben: bool
) -> Abgehakt:
    """Match the files that a receipt names to those of the Bestand; with `schreiben` put it beside each of them.

    A receipt that stands already is left as it is. Afterwards every file that still has none is named.
    """
    bestaende = dict.fromkeys(einstellungen_of(fall).parent for fall in ordner)
    dateien: list[Sammeldatei] = []
    befunde: list[Befund] = []
    for bestand in bestaende:
        try:
            gefunden, _ = read_sammeldateien(bestand)
            dateien += gefunden
        except Ablehnung as ablehnung:
            befunde.append(ablehnung.befund)
    zeilen: list[str] = []
    for kennung in kennungen:
        treffer = [datei for datei in dateien if datei.verzeichnis.kopf.kennung == kennung]
        if not treffer:
            text = f"Das Gericht bestätigt den Empfang von {kennung}; eine solche Sammeldatei gibt es hier nicht."
            abhilfe = "Den richtigen Bestand angeben, oder die Datei ist nicht mit mahnakte entstanden."
            befunde.append(warnung("QUITTUNG_OHNE_DATEI", text, abhilfe, stelle))
        for datei in treffer:
            try:
                zeilen.append(_tick(datei, inhalt, schreiben))
            except Ablehnung as ablehnung:
                befunde.append(ablehnung.befund)
    return Abgehakt((*zeilen, *_still_open(dateien)), tuple(befunde))


def _tick(datei: Sammeldatei, inhalt: bytes, schreiben: bool) -> str:
    zahl = len(datei.verzeichnis.schritte)
    was = f"{datei.verzeichnis.datei}: Empfang bestätigt ({zahl} {'Antrag' if zahl == 1 else 'Anträge'})"
    if has_quittung(datei):
        return f"{was}, war schon abgehakt."
    if not schreiben:
        return f"{was}; abhaken: derselbe Befehl mit --uebernehmen"
    ziel = datei.ordner / f"{datei.verzeichnis.kopf.kennung}{_QUITTUNG}"
    create_file(ziel, inhalt)
    return f"{was}, abgehakt: {show(ziel)}"


def has_quittung(datei: Sammeldatei) -> bool:
    """Tell whether the court's receipt stands beside a file."""
    name = f"{datei.verzeichnis.kopf.kennung}{_QUITTUNG}"
    gelesen, _ = read_dateien(datei.ordner, [name])
    return name in gelesen


def _still_open(dateien: Iterable[Sammeldatei]) -> Iterator[str]:
    offene = [datei.verzeichnis.datei for datei in dateien if not has_quittung(datei)]
    if offene:
        yield f"Noch ohne Empfangsbestätigung: {', '.join(offene)}"
