"""`mahnakte plan`: what is due in each case and what is not, with reasons. Writes nothing."""

import dataclasses
import pathlib
from collections.abc import Iterable
from typing import Any

from mahnakte.ablage.lesen import Fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.halt import Grund
from mahnakte.ablauf.plan import Fallplan, Schritt, plan_fall
from mahnakte.befehle.befehlszeile import quote_pfad
from mahnakte.befehle.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis, weigh
from mahnakte.befehle.laden import GeladenerFall, Lage, find_ordner, load_faelle, name_fall, verify_geladen
from mahnakte.befehle.panne import report_panne
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.titel.fristenliste import drohende_fristen


@dataclasses.dataclass(frozen=True, slots=True)
class Planzeile:
    """One case in the plan. Without a `plan` the case was refused; `gruende` then says why."""

    geladen: GeladenerFall
    plan: Fallplan | None
    gruende: tuple[Grund, ...]
    befunde: tuple[Befund, ...]
    rueckgabe: int

    @property
    def schritte(self) -> tuple[Schritt, ...]:
        """Return the steps that are due."""
        return self.plan.schritte if self.plan else ()

    def command_of(self, schritt: Schritt) -> str | None:
        """Return the command to type for a step that is no letter, with the path of the case."""
        if schritt.kommando is None:
            return None
        return schritt.kommando.format(pfad=quote_pfad(self.geladen.pfad))

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract."""
        return {
            "pfad": show(self.geladen.pfad),
            "aktenzeichen": self.geladen.aktenzeichen,
            "schritte": [
                {**schritt.as_json(), "kommando": self.command_of(schritt)} for schritt in self.schritte
            ],
            "gruende": [grund.as_json() for grund in self.gruende],
        }


def plan_faelle(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Plan every case below the given paths."""
    ordner, befunde = find_ordner(pfade)
    zeilen = tuple(plan_geladen(geladen, lage) for geladen in load_faelle(ordner, lage))
    return Ergebnis(
        daten={
            "stichtag": lage.stichtag.isoformat(),
            "faelle": [zeile.as_json() for zeile in zeilen],
        },
        zeilen=tuple(_lines(zeilen, lage)),
        befunde=(*befunde, *(befund for zeile in zeilen for befund in zeile.befunde)),
        rueckgabe=max((weigh(befunde), *(zeile.rueckgabe for zeile in zeilen))),
    )


def plan_geladen(geladen: GeladenerFall, lage: Lage) -> Planzeile:
    """Plan one loaded case; a case with damage or a `sperre` is refused, with its first cause as the reason.

    Where a step is due, the documents of the steps before are hashed too.
    """
    fall = geladen.fall
    if fall is None or not geladen.benutzbar:
        return refuse(geladen, geladen.befunde)
    try:
        plan = plan_fall(fall, lage.stichtag)
        fristen = drohende_fristen(fall, compute_konto(fall, lage.stichtag), lage.stichtag)
    except Ablehnung as ablehnung:
        return refuse(geladen, (*geladen.befunde, ablehnung.befund))
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not hide the plan of the others
        return refuse(geladen, (*geladen.befunde, report_panne(fehler, geladen.pfad)))
    if plan.schritte and not (geladen := verify_geladen(geladen)).benutzbar:  # nothing is built on damage
        return refuse(geladen, geladen.befunde)
    befunde = name_fall((*geladen.befunde, *plan.konto.befunde, *fristen), geladen.pfad)
    if has_sperre(plan.konto.befunde):
        return refuse(geladen, befunde)
    return Planzeile(geladen, plan, plan.gruende, befunde, FERTIG)


def refuse(geladen: GeladenerFall, befunde: tuple[Befund, ...]) -> Planzeile:
    """Return the line of a case that gets nothing: the first `sperre` is its reason."""
    ursache = next((befund for befund in befunde if has_sperre([befund])), None)
    grund = Grund(ursache.code, ursache.text) if ursache else Grund("ABGELEHNT", "Der Fall ist nicht lesbar.")
    orte = name_fall(befunde, geladen.pfad)
    return Planzeile(geladen, None, (grund,), orte, SCHADEN if geladen.schaden else ABGELEHNT)


def refuse_panne(gelesen: Fallordner, fehler: Exception) -> Planzeile:
    """Return the line of a case that the program itself stumbled over."""
    befund = report_panne(fehler, gelesen.pfad)
    return refuse(GeladenerFall(gelesen.pfad, None, None, gelesen.vorgaenge, (), (befund,)), (befund,))


def _lines(zeilen: tuple[Planzeile, ...], lage: Lage) -> list[str]:
    faellig = sum(len(zeile.schritte) for zeile in zeilen)
    text = [
        f"Plan zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, "
        f"{faellig} {'Schritt' if faellig == 1 else 'Schritte'} fällig",
        "",
    ]
    for zeile in zeilen:
        text += describe_zeile(zeile)
    return text


def count_faelle(zahl: int) -> str:
    """Return a number of cases in words: 1 Fall, 2 Fälle."""
    return f"{zahl} {'Fall' if zahl == 1 else 'Fälle'}"


def describe_zeile(zeile: Planzeile) -> list[str]:
    """Return the lines for one case: its name, then each step and each reason."""
    name = zeile.geladen.aktenzeichen or show(zeile.geladen.pfad)
    text = [name]
    for schritt in zeile.schritte:
        frist = f", Frist bis {format_datum(schritt.frist_bis)}" if schritt.frist_bis else ""
        text.append(f"  → {schritt.art}{frist}  ({schritt.anlass})")
        if kommando := zeile.command_of(schritt):
            text.append(f"    {kommando}")
    text += [f"  – {grund.text} [{grund.code}]" for grund in zeile.gruende]
    return text
