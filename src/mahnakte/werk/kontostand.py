"""The account of a loaded case with everything that is to be said about it, or why there is none."""

import dataclasses
import datetime as dt
from typing import Any

from mahnakte.ablauf.verlangtes import check_verlangtes
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre, sperre
from mahnakte.konto.konto import compute_konto, compute_konto_gegen
from mahnakte.konto.modell import Konto
from mahnakte.stand.pruefung import without_quittierte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, NichtBegonnen
from mahnakte.werk.laden import GeladenerFall, name_fall


@dataclasses.dataclass(frozen=True, slots=True)
class Kontostand:
    """One case on a Stichtag: its account (None: refused, `befunde` say why), whole or against one `schuldner`."""

    aktenzeichen: str | None
    stichtag: dt.date
    schuldner: str | None
    konto: Konto | None
    befunde: tuple[Befund, ...]
    rueckgabe: int

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document of the contract without `befunde`; null where nothing could be counted."""
        if self.konto is not None:
            return {**self.konto.as_json(), "schuldner": self.schuldner}
        leer: dict[str, Any] = dict.fromkeys(
            (
                "hauptforderung",
                "kosten",
                "zinsen",
                "gesamt",
                "zinsen_bis",
                "zinsen_je_tag",
                "zinsen_je_tag_bis",
            )
        )
        listen: dict[str, Any] = {name: [] for name in ("forderungen", "abschnitte", "zahlungen")}
        return {"aktenzeichen": self.aktenzeichen, "stichtag": self.stichtag.isoformat(), **leer, **listen}


def compute_kontostand(geladen: GeladenerFall, stichtag: dt.date, schuldner: str | None = None) -> Kontostand:
    """Return the account of a case as of the day it was loaded for; raise NichtBegonnen for an unknown debtor."""
    sachstand = geladen.sachstand
    if sachstand is None or not geladen.benutzbar:
        return _refused(geladen, stichtag, schuldner, geladen.befunde)
    try:
        konto = _compute(sachstand, schuldner)
        eigene = (*konto.befunde, *check_verlangtes(sachstand.fall, konto))
        befunde = name_fall((*geladen.befunde, *without_quittierte(eigene, sachstand.fall)), geladen.pfad)
    except Ablehnung as ablehnung:
        return _refused(geladen, stichtag, schuldner, (*geladen.befunde, ablehnung.befund))
    if has_sperre(befunde):
        return _refused(geladen, stichtag, schuldner, befunde)
    return Kontostand(geladen.aktenzeichen, stichtag, schuldner, konto, befunde, FERTIG)


def _compute(sachstand: Sachstand, schuldner: str | None) -> Konto:
    if schuldner is None:
        return compute_konto(sachstand)
    bekannte = [einer.kennung for einer in sachstand.fall.schuldner]
    if schuldner not in bekannte:
        raise NichtBegonnen(
            [
                sperre(
                    "SCHULDNER_UNBEKANNT",
                    f"Einen Schuldner „{schuldner}“ gibt es in diesem Fall nicht.",
                    f"Bekannt sind: {', '.join(bekannte)}.",
                )
            ]
        )
    return compute_konto_gegen(sachstand, schuldner)


def _refused(
    geladen: GeladenerFall, stichtag: dt.date, schuldner: str | None, befunde: tuple[Befund, ...]
) -> Kontostand:
    benannt = name_fall(befunde, geladen.pfad)
    rueckgabe = max(geladen.rueckgabe, ABGELEHNT)
    return Kontostand(geladen.aktenzeichen, stichtag, schuldner, None, benannt, rueckgabe)
