"""What `mahnakte zahlungen` says: each booking with what became of it, and what waits for a person."""

import dataclasses
import pathlib
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mahnakte.ablage.lesen import Datei
from mahnakte.ablage.stoerung import show
from mahnakte.eingang.bank.abgleich import Stufe, Zuordnung
from mahnakte.eingang.bank.datei import Bankdatei
from mahnakte.eingang.bank.einzelauszug import join_zweck
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import format_betrag, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.werk.ergebnis import FERTIG
from mahnakte.werk.laden import Lage

_BREITE = 100
_EINZUG = " " * 6
_ZWECK = 90  # characters of the purpose in a line for people
_VON_HAND = (
    "Vorschläge und Unklares werden nicht gebucht. Mit --liste DATEI.xlsx als Liste ausgeben, dort in der Spalte "
    "„Entscheidung“ entscheiden und mit --entscheidung DATEI.xlsx --uebernehmen zurückgeben. Bis dahin ruhen nach "
    "--uebernehmen die Fälle, die eine solche Buchung betreffen kann."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Zeile:
    """One booking and what became of it: `vorgang` is the step that holds it, `neu` whether this call made it.

    `entschieden`: a person has said that it is not booked. `haelt` are the cases that wait because of it.
    """

    zuordnung: Zuordnung
    ordner: pathlib.Path | None = None
    aktenzeichen: str | None = None
    vorgang: int | None = None
    neu: bool = False
    entschieden: bool = False
    haelt: tuple[str, ...] = ()
    befunde: tuple[Befund, ...] = ()
    rueckgabe: int = FERTIG

    @property
    def wort(self) -> str:
        """Return what became of the booking, in one word."""
        if self.vorgang is not None:
            return "uebernommen" if self.neu else "schon_da"
        if self.entschieden:
            return "entschieden"
        return self.zuordnung.stufe.value

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document."""
        buchung = self.zuordnung.posten.buchung
        return {
            "schluessel": self.zuordnung.posten.schluessel,
            "stand": self.wort,
            "buchungstag": buchung.tag.isoformat(),
            "wertstellung": buchung.wert.isoformat(),
            "betrag": json_betrag(buchung.betrag),
            "waehrung": json_safe(buchung.waehrung),
            "name": json_safe(buchung.name),
            "zweck": json_safe(join_zweck(buchung)),
            "faelle": list(self.zuordnung.sachen),
            "aktenzeichen": self.aktenzeichen,
            "auf": self.zuordnung.auf,
            "von": self.zuordnung.von,
            "punkte": self.zuordnung.punkte,
            "gruende": list(self.zuordnung.gruende),
            "nr": self.vorgang,
            "haelt": list(self.haelt),
        }

    def lines(self) -> list[str]:
        """Return what the clerk reads about a booking."""
        buchung = self.zuordnung.posten.buchung
        kopf = (
            f"{format_datum(buchung.wert)}  {format_betrag(buchung.betrag)} {json_safe(buchung.waehrung[:3])}"
        )
        wer = json_safe(buchung.name[:60]) or "(ohne Namen)"
        zweck = json_safe(join_zweck(buchung))
        wohin = self.aktenzeichen or f"{len(self.zuordnung.sachen)} Fälle"
        auf = f", auf {self.zuordnung.auf}" if self.zuordnung.auf else ""
        punkte = f" ({self.zuordnung.punkte} von 100)" if self.zuordnung.stufe is Stufe.VORSCHLAG else ""
        stand = f"; Vorgang {self.vorgang:04d}" if self.vorgang is not None else ""
        text = f"{wohin}{auf}{punkte}: {'; '.join(self.zuordnung.gruende)}{stand}"
        return [
            f"  {kopf}  {wer}{': ' if zweck else ''}{zweck[:_ZWECK]}",
            *textwrap.wrap(
                text, _BREITE, initial_indent=_EINZUG, subsequent_indent=_EINZUG, break_on_hyphens=False
            ),
        ]


_GRUPPEN: Mapping[str, str] = {
    "uebernommen": "Übernommen",
    "sicher": "Sicher",
    "vorschlag": "Vorschläge, die ein Mensch entscheidet",
    "unklar": "Unklar",
    "schon_da": "Schon übernommen",
    "entschieden": "Entschieden: wird nicht gebucht",
}


def describe(datei: Datei, bank: Bankdatei, zeilen: Sequence[Zeile], geschrieben: bool) -> Iterable[str]:
    """Yield what a clerk reads about the statement: each booking in its group, the others counted."""
    offen = sum(auszug.offen for auszug in bank.auszuege)
    vorgemerkt = f"; vorgemerkt und nicht gezählt: {offen}" if offen else ""
    yield f"{show(datei.pfad)} ({bank.form}): {_count(len(zeilen))}{vorgemerkt}."
    zahl = Counter(zeile.wort for zeile in zeilen)
    for wort, titel in _GRUPPEN.items():
        if zahl[wort]:
            yield ""
            yield f"{titel}: {zahl[wort]}"
            for zeile in zeilen:
                if zeile.wort == wort:
                    yield from zeile.lines()
    yield ""
    yield f"Ohne Bezug zu einem Fall: {zahl['fremd']}; davon bleibt nichts zurück."
    if zahl["vorschlag"] or zahl["unklar"]:
        yield from textwrap.wrap(_VON_HAND, _BREITE)
    if zahl["sicher"] and not geschrieben:
        yield "Die sicheren übernehmen: derselbe Befehl mit --uebernehmen"


def describe_ueberholte(ueberholte: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    """Yield the letters that must not go out any more."""
    for einer in ueberholte:
        yield f"Nicht mehr verschicken, durch die Zahlung überholt: {einer['pfad']}, Vorgang {einer['nr']:04d}"


def _count(zahl: int) -> str:
    return "1 Buchung" if zahl == 1 else f"{zahl} Buchungen"


def as_json(datei: Datei, lage: Lage, bank: Bankdatei, zeilen: Sequence[Zeile]) -> dict[str, Any]:
    """Return the JSON document; bookings that concern no case leave only their key."""
    eigene = [zeile for zeile in zeilen if zeile.wort != "fremd"]
    return {
        "datei": show(datei.pfad),
        "sha256": datei.sha256,
        "form": bank.form,
        "stichtag": lage.stichtag.isoformat(),
        "vorgemerkt": sum(auszug.offen for auszug in bank.auszuege),
        "buchungen": [zeile.as_json() for zeile in eigene],
        "fremde": [zeile.zuordnung.posten.schluessel for zeile in zeilen if zeile.wort == "fremd"],
    }
