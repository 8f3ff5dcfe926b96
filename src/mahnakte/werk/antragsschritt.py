"""`mahnakte antrag`: an application to the dunning court as a step, or the list of what is missing."""

import dataclasses
import pathlib
from collections.abc import Callable, Iterable
from typing import Any

from mahnakte.ablage.entdecken import FALL_YAML
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis, weigh
from mahnakte.werk.laden import (
    GeladenerFall,
    Lage,
    check_umschau,
    excuse_doppelte,
    find_doppelungen,
    find_ordner,
    load_fall,
)
from mahnakte.werk.panne import report_panne
from mahnakte.werk.umschau import Umschau


@dataclasses.dataclass(frozen=True, slots=True)
class Entwurf:
    """What came of a case: the step to publish, or the standing one, or neither with what is missing."""

    vorgang: Vorgangsentwurf | None
    befunde: tuple[Befund, ...]
    schon_da: Vorgang | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Antragsart:
    """One kind of application. `draft` gets the case as of the day, the Lage, why it is made again, if it is, and
    the folder, for what an earlier step said.

    `why_not_due` says why a case of a Bestand is left alone; None when it is due or somebody asks for it.
    """

    art: str
    name: str
    draft: Callable[[Sachstand, Lage, str | None, pathlib.Path], Entwurf]
    why_not_due: Callable[[GeladenerFall], str | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Antragszeile:
    """One case: the step that was published, or the standing one, or neither with the findings that say why.

    `grund` says why a case of a Bestand was left alone: its application is not due.
    """

    geladen: GeladenerFall
    vorgang: Vorgang | None
    neu: bool
    befunde: tuple[Befund, ...]
    rueckgabe: int
    grund: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON document."""
        return {
            "pfad": show(self.geladen.pfad),
            "aktenzeichen": self.geladen.aktenzeichen,
            "nr": self.vorgang.nr if self.vorgang else None,
            "art": self.vorgang.art if self.vorgang else None,
            "neu": self.neu,
            "grund": self.grund,
            "dateien": sorted(self.vorgang.dateien) if self.vorgang else [],
        }


def write_antraege(
    pfade: Iterable[pathlib.Path],
    art: Antragsart,
    lage: Lage,
    herkunft: Herkunft,
    erneut: str | None = None,
) -> tuple[tuple[pathlib.Path, ...], Ergebnis]:
    """Prepare the applications; nothing is filed by this program. Returns the case folders as well.

    A case folder named by the clerk is always tried; of a Bestand only the cases whose application is due.
    """
    genannte = tuple(pfade)
    ordner, befunde = find_ordner(genannte, lage)
    umschau = lage.look_around(ordner, befunde)
    befunde = (*befunde, *umschau.befunde)
    zeilen = []
    for pfad in ordner:
        gelesen = read_fallordner(pfad)
        tisch = _Antragstisch(art, lage, erneut, umschau)
        zeilen.append(_try(pfad in genannte, gelesen, tisch.load(gelesen), tisch, herkunft))
    return ordner, Ergebnis(
        {"stichtag": lage.stichtag.isoformat(), "antraege": [zeile.as_json() for zeile in zeilen]},
        tuple(text for zeile in zeilen for text in _lines(zeile, art)),
        (*befunde, *(befund for zeile in zeilen for befund in zeile.befunde)),
        max((weigh(befunde), *(zeile.rueckgabe for zeile in zeilen))),
    )


def _try(
    genannt: bool, gelesen: Fallordner, geladen: GeladenerFall, tisch: "_Antragstisch", herkunft: Herkunft
) -> Antragszeile:
    """Work on one case; one case that trips must not cost the others their applications."""
    try:
        grund = None if genannt or not geladen.benutzbar else tisch.why_not_due(geladen)
        if grund is not None:
            return Antragszeile(geladen, None, False, (), FERTIG, grund)
        return tisch.write(gelesen, geladen, herkunft)
    except Ablehnung as ablehnung:
        return Antragszeile(geladen, None, False, (*geladen.befunde, ablehnung.befund), ABGELEHNT)
    except Exception as fehler:  # noqa: BLE001 - reported with place; MAHNAKTE_DEBUG shows it for a single case
        panne = report_panne(fehler, geladen.pfad)
        return Antragszeile(geladen, None, False, (*geladen.befunde, panne), ABGELEHNT)


class _Antragstisch:
    """One application in the making: keeps what the last reading of the folder said, for the answer."""

    def __init__(self, art: Antragsart, lage: Lage, erneut: str | None, umschau: Umschau) -> None:
        self._art = art
        self._lage = lage
        self._erneut = erneut
        self._umschau = umschau
        self._schon_da: Vorgang | None = None
        self._befunde: tuple[Befund, ...] = ()

    def load(self, gelesen: Fallordner) -> GeladenerFall:
        return excuse_doppelte(check_umschau(load_fall(gelesen, self._lage), self._umschau))

    def why_not_due(self, geladen: GeladenerFall) -> str | None:
        return self._art.why_not_due(geladen)

    def write(self, gelesen: Fallordner, geladen: GeladenerFall, herkunft: Herkunft) -> Antragszeile:
        if not geladen.benutzbar:
            alle = (*geladen.befunde, *self._further_obstacles(geladen))
            return Antragszeile(geladen, None, False, alle, geladen.rueckgabe)
        try:
            vorgang = publish_next(gelesen, self._draft, herkunft)
        except Ablehnung as ablehnung:
            alle = tuple(dict.fromkeys((*geladen.befunde, *self._befunde, ablehnung.befund)))
            return Antragszeile(geladen, None, False, alle, SCHADEN if geladen.schaden else ABGELEHNT)
        alle = tuple(dict.fromkeys((*geladen.befunde, *self._befunde)))
        return Antragszeile(geladen, vorgang or self._schon_da, vorgang is not None, alle, FERTIG)

    def _further_obstacles(self, geladen: GeladenerFall) -> tuple[Befund, ...]:
        """Of a case that only another one stops, say at once what else is missing."""
        if geladen.sachstand is None or not find_doppelungen(geladen):
            return ()
        try:
            return self._art.draft(geladen.sachstand, self._lage, self._erneut, geladen.pfad).befunde
        except Ablehnung as ablehnung:
            return ablehnung.befunde

    def _draft(self, gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = self.load(gelesen)
        if geladen.sachstand is None or not geladen.benutzbar:
            raise Ablehnung(next(befund for befund in geladen.befunde if has_sperre([befund])))
        entwurf = self._art.draft(geladen.sachstand, self._lage, self._erneut, geladen.pfad)
        ort = Stelle(show(geladen.pfad / FALL_YAML))
        self._befunde = tuple(dataclasses.replace(b, stelle=b.stelle or ort) for b in entwurf.befunde)
        self._schon_da = entwurf.schon_da
        if entwurf.vorgang is None and entwurf.schon_da is None:
            raise Ablehnung(next(befund for befund in self._befunde if has_sperre([befund])))
        return entwurf.vorgang


def _lines(zeile: Antragszeile, art: Antragsart) -> list[str]:
    name = zeile.geladen.aktenzeichen or show(zeile.geladen.pfad)
    if zeile.grund is not None:
        return [f"{name}: nicht dran. {zeile.grund}"]
    if zeile.vorgang is None:
        return [f"{name}: kein {art.name}; was fehlt oder entgegensteht, steht unten."]
    ort = show(zeile.geladen.pfad / VORGAENGE / f"{zeile.vorgang.nr:04d}")
    if not zeile.neu:
        am = format_datum(zeile.vorgang.stichtag)
        return [f"{name}: schon erstellt am {am} (Vorgang {zeile.vorgang.nr:04d}); nichts Neues geschrieben."]
    return [
        f"{name}: {art.name} erstellt als Vorgang {zeile.vorgang.nr:04d}; eingereicht ist er damit noch nicht.",
        *(f"  {ort}/{datei}" for datei in sorted(zeile.vorgang.dateien)),
    ]
