"""A case with a step that is not published yet: what it would say, and what changes by it."""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mahnakte.ablage.lesen import Fallordner
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre
from mahnakte.grund.betrag import format_euro, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.werk.laden import GeladenerFall, Lage, load_unverified
from mahnakte.werk.vorschau import plan_geladen


def load_with(gelesen: Fallordner, entwurf: Vorgangsentwurf, lage: Lage) -> GeladenerFall:
    """Return the case as it would be with the step on top of those that stand; its documents are not looked at."""
    nr = gelesen.vorgaenge.kopf_nr + 1
    vorgang = Vorgang(
        nr=nr, aktenzeichen=entwurf.aktenzeichen, art=entwurf.art, stichtag=entwurf.stichtag,
        erzeugt_am="", lauf_id="", bearbeiter="", rechner="", version="",
        vorher=gelesen.vorgaenge.kopf_hash, eingaben=entwurf.eingaben, werte=entwurf.werte, daten=entwurf.daten,
        dateien=dict.fromkeys(entwurf.dokumente, ""), anlass=entwurf.anlass, ersetzt=entwurf.ersetzt, hash="",
    )  # fmt: skip
    stand = dataclasses.replace(gelesen.vorgaenge, vorgaenge=(*gelesen.vorgaenge.vorgaenge, vorgang))
    return load_unverified(dataclasses.replace(gelesen, vorgaenge=stand), lage)


def refuse_neue_sperren(vorher: GeladenerFall, nachher: GeladenerFall) -> tuple[Befund, ...]:
    """Return the findings that a step brings; raise Ablehnung when one of them would stop the case.

    The step is not there yet: what is said about it is said about the case.
    """
    noch_nicht = f"{VORGAENGE}/{vorher.stand.kopf_nr + 1:04d}/"
    neue = tuple(
        dataclasses.replace(befund, stelle=None)
        if befund.stelle and noch_nicht in befund.stelle.datei
        else befund
        for befund in nachher.befunde
        if befund not in vorher.befunde
    )
    sperren = [befund for befund in neue if has_sperre([befund])]
    if sperren:
        raise Ablehnung(*sperren)
    return neue


@dataclasses.dataclass(frozen=True, slots=True)
class Falllage:
    """What a clerk looks at first: the sums of the account, None where there is none, and what comes next."""

    summen: Mapping[str, Decimal] | None
    naechstes: str

    def as_json(self) -> dict[str, Any]:
        """Return the sums as in `konto`, and `naechstes` in words."""
        summen = {name: json_betrag(wert) for name, wert in (self.summen or {}).items()}
        return {**dict.fromkeys(SUMMEN), **summen, "naechstes": self.naechstes}


SUMMEN = {"hauptforderung": "Hauptforderung", "kosten": "Kosten", "zinsen": "Zinsen", "gesamt": "Gesamt"}


def look_at(geladen: GeladenerFall) -> Falllage:
    """Return the sums and the next step of a case as of its day."""
    zeile = plan_geladen(geladen)
    schritte = [
        schritt.art + (f", Frist bis {format_datum(schritt.frist_bis)}" if schritt.frist_bis else "")
        for schritt in zeile.schritte
    ]
    gruende = [f"nichts fällig: {grund.text}" for grund in zeile.gruende[:1]]
    return Falllage(_sums(geladen), "; ".join(schritte or gruende or ["nichts fällig"]))


def _sums(geladen: GeladenerFall) -> dict[str, Decimal] | None:
    if geladen.sachstand is None:
        return None
    try:
        konto = compute_konto(geladen.sachstand)
    except Ablehnung:
        return None  # the plan says why
    return {name: getattr(konto, name) for name in SUMMEN}


def compare_lines(vorher: Falllage, nachher: Falllage) -> tuple[str, ...]:
    """Return both states as a small table, and what comes next before and after."""
    zeilen = [f"{'':16}{'vorher':>16}{'nachher':>16}"]
    for name, wort in SUMMEN.items():
        spalten = [format_euro(lage.summen[name]) if lage.summen else "–" for lage in (vorher, nachher)]
        zeilen.append(f"{wort:16}{spalten[0]:>16}{spalten[1]:>16}")
    if vorher.naechstes == nachher.naechstes:
        return (*zeilen, f"Nächster Schritt: unverändert ({nachher.naechstes})")
    return (
        *zeilen,
        f"Nächster Schritt vorher: {vorher.naechstes}",
        f"Nächster Schritt nachher: {nachher.naechstes}",
    )
