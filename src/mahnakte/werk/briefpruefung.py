"""The tone of a letter of a case: what its step announces, and what the words of the finished file say."""

import dataclasses
from typing import Any

from mahnakte.arten.brief import TONLAGEN
from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.briefe.ton.anlass import STUFEN, Anlass, Stufe
from mahnakte.briefe.ton.lesbarkeit import Index
from mahnakte.briefe.ton.lesen import unreadable
from mahnakte.briefe.ton.pruefung import Tonpruefung, check_datei
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.text import propose
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

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
            "stufe": self.stufe.brief.art if self.stufe else None,
            "index": self.index.as_json() if self.index else None,
        }


def find_genannte_stufe(name: str | None) -> Stufe | None:
    """Return the stage that the call names; raise Ablehnung for a word that is none."""
    if name is None:
        return None
    if name not in STUFEN:
        raise NichtBegonnen(
            [sperre("TON_STUFE_UNBEKANNT", f"Die Stufe „{name}“ gibt es nicht.", propose(name, list(STUFEN)))]
        )
    return STUFEN[name]


def with_plan(anlass: Anlass, einstellungen: Einstellungen, art: str) -> Anlass:
    """Return the occasion with the step that the dunning plan puts after this letter."""
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
            unreadable(
                name,
                f"Die Datei konnte nicht gelesen werden: {fehler}",
                "Den Brief in Word öffnen und neu speichern.",
            )
        ) from fehler
    return Briefpruefung(name, anlass.stufe, ergebnis.index, ergebnis.befunde)


def anlass_of_step(fall: Fall, vorgang: Vorgang | Vorgangsentwurf) -> Anlass:
    """Return what a step says about its letter: stage and register, to whom, and what the plan does next."""
    empfaenger = vorgang.brief.empfaenger or ()
    verbraucher = any(
        not PARTEIARTEN[einer.art].firma and einer.verbraucher is not False
        for einer in fall.schuldner
        if einer.kennung in empfaenger or not empfaenger
    )
    anlass = Anlass(_stufe_of_step(vorgang), verbraucher=verbraucher)
    return with_plan(anlass, fall.einstellungen, vorgang.art)


def _stufe_of_step(vorgang: Vorgang | Vorgangsentwurf) -> Stufe | None:
    """Return the stage of a letter, in the register in which it was written."""
    stufe, ton = STUFEN.get(vorgang.art), vorgang.brief.ton
    if stufe is None or ton not in TONLAGEN:
        return stufe
    return dataclasses.replace(stufe, register=TONLAGEN.index(ton))
