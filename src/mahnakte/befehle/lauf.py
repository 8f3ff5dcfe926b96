"""`mahnakte lauf`: write the letters that are due. The same run on the same Stichtag again writes nothing."""

import concurrent.futures
import dataclasses
import functools
import json
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablage.ziel import write_laufbericht
from mahnakte.ablauf.halt import angeschriebene
from mahnakte.ablauf.plan import Fallplan, Schritt
from mahnakte.befehle.ergebnis import Ergebnis, NichtBegonnen, weigh
from mahnakte.befehle.laden import Lage, find_doppelte, find_ordner, load_fall, name_fall, refuse_doppelte
from mahnakte.befehle.plan import Planzeile, count_faelle, describe_zeile, plan_geladen, refuse, refuse_panne
from mahnakte.befehle.schreiben import Auftrag, Druckerei
from mahnakte.befehle.tabellenende import warn_before_end
from mahnakte.briefe.arten import BRIEFARTEN, find_art
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum

_ZUGLEICH = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Laufzeile:
    """One case of a run: what was planned, and the step that was published (None: nothing)."""

    zeile: Planzeile
    vorgang: Vorgang | None

    def as_json(self) -> dict[str, Any] | None:
        """Return the entry of `geschrieben`, or None."""
        if self.vorgang is None:
            return None
        return {
            "aktenzeichen": self.vorgang.aktenzeichen,
            "nr": self.vorgang.nr,
            "art": self.vorgang.art,
            "dateien": sorted(self.vorgang.dateien),
        }


def run_faelle(pfade: Iterable[pathlib.Path], lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Write what is due in every case below the given paths; one broken case never stops the run."""
    ordner, befunde = find_ordner(pfade)
    run = functools.partial(
        _run_fall, lage=lage, herkunft=herkunft, druckerei=Druckerei(lage), doppelte=find_doppelte(ordner)
    )
    # More threads than cores: on a share they wait most of the time; the work itself is bounded by the workers.
    with concurrent.futures.ThreadPoolExecutor(_ZUGLEICH) as pool:
        zeilen = tuple(pool.map(run, ordner))
    daten = _as_json(zeilen, lage)
    alle = (*befunde, *(befund for zeile in zeilen for befund in zeile.zeile.befunde))
    berichte = [_report(bestand, teil, lage) for bestand, teil in _by_bestand(zeilen).items()]
    alle += tuple(befund for befund in berichte if befund)
    alle += warn_before_end((zeile.zeile.plan.konto for zeile in zeilen if zeile.zeile.plan), lage.stichtag)
    return Ergebnis(
        daten,
        tuple(_lines(zeilen, lage)),
        alle,
        max((weigh(befunde), *(zeile.zeile.rueckgabe for zeile in zeilen))),
    )


def _run_fall(
    pfad: pathlib.Path,
    lage: Lage,
    herkunft: Herkunft,
    druckerei: Druckerei,
    doppelte: Mapping[str, tuple[pathlib.Path, ...]],
) -> Laufzeile:
    letzte: list[Planzeile] = []

    def plan_once(gelesen: Fallordner) -> Vorgangsentwurf | None:
        geladen = refuse_doppelte(load_fall(gelesen, lage), doppelte)
        zeile = plan_geladen(geladen, lage)
        letzte.append(zeile)
        if zeile.plan is None or geladen.fall is None:
            return None
        brief = next((schritt for schritt in zeile.schritte if schritt.frist_bis), None)
        if brief is None:
            return None
        entwurf, befunde = druckerei.draft(geladen, as_auftrag(geladen.fall, zeile.plan, brief))
        letzte[-1] = dataclasses.replace(zeile, befunde=(*zeile.befunde, *name_fall(befunde, geladen.pfad)))
        return entwurf

    gelesen = read_fallordner(pfad)
    try:
        vorgang = publish_next(gelesen, plan_once, herkunft)
    except Ablehnung as ablehnung:
        geladen = letzte[-1].geladen if letzte else load_fall(gelesen, lage)
        bekannte = letzte[-1].befunde if letzte else geladen.befunde
        return Laufzeile(refuse(geladen, tuple(dict.fromkeys((*bekannte, ablehnung.befund)))), None)
    except NichtBegonnen:
        raise
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not stop thousands of others
        return Laufzeile(refuse_panne(gelesen, fehler), None)
    return Laufzeile(letzte[-1], vorgang)


def as_auftrag(fall: Fall, plan: Fallplan, schritt: Schritt) -> Auftrag:
    """Return the letter that a step of the plan asks for."""
    stufe = next(stufe for stufe in fall.einstellungen.mahnplan if stufe.art == schritt.art)
    if schritt.frist_bis is None:
        raise ValueError(f"{schritt.art} ist kein Brief")
    if not find_art(stufe.art).stufe:
        raise Ablehnung(
            sperre("BRIEF_KEINE_STUFE", f"Der Brief „{stufe.art}“ gehört nicht in einen Mahnplan.",
                   f"Im Mahnplan nur: {', '.join(art.art for art in BRIEFARTEN.values() if art.stufe)}.",
                   stufe.stelle)
        )  # fmt: skip
    empfaenger = dataclasses.replace(fall, schuldner=angeschriebene(fall, plan.konto.stichtag))
    return Auftrag(empfaenger, plan.konto, stufe, schritt.frist_bis, schritt.dann, schritt.anlass)


def _as_json(zeilen: tuple[Laufzeile, ...], lage: Lage) -> dict[str, Any]:
    geschrieben = [eintrag for zeile in zeilen if (eintrag := zeile.as_json())]
    abgelehnt = sum(zeile.zeile.plan is None for zeile in zeilen)
    return {
        "stichtag": lage.stichtag.isoformat(),
        "faelle": [zeile.zeile.as_json() for zeile in zeilen],
        "geschrieben": geschrieben,
        "zahl": {
            "faelle": len(zeilen),
            "briefe": sum(name.endswith(".docx") for eintrag in geschrieben for name in eintrag["dateien"]),
            "ausgelassen": len(zeilen) - len(geschrieben) - abgelehnt,
            "abgelehnt": abgelehnt,
        },
    }


def _by_bestand(zeilen: tuple[Laufzeile, ...]) -> dict[pathlib.Path, tuple[Laufzeile, ...]]:
    """Group the cases by the Bestand they lie in, where at least one got a letter: else there is nothing new."""
    gruppen: dict[pathlib.Path, tuple[Laufzeile, ...]] = {}
    for zeile in zeilen:
        bestand = zeile.zeile.geladen.pfad.absolute().parent
        gruppen[bestand] = (*gruppen.get(bestand, ()), zeile)
    return {bestand: teil for bestand, teil in gruppen.items() if any(zeile.vorgang for zeile in teil)}


def _report(bestand: pathlib.Path, zeilen: tuple[Laufzeile, ...], lage: Lage) -> Befund | None:
    """Lay the report of a run under laeufe/; the letters stand whether or not it can be written."""
    befunde = [befund.as_json() for zeile in zeilen for befund in zeile.zeile.befunde]
    inhalt = (
        json.dumps(
            {**_as_json(zeilen, lage), "befunde": befunde}, ensure_ascii=False, indent=2, sort_keys=True
        )
        + "\n"
    )
    try:
        write_laufbericht(bestand, {"lauf.json": inhalt.encode()})
    except Ablehnung as ablehnung:
        return ablehnung.befund
    return None


def _lines(zeilen: tuple[Laufzeile, ...], lage: Lage) -> list[str]:
    briefe = sum(zeile.vorgang is not None for zeile in zeilen)
    text = [
        f"Lauf zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, {briefe} mit neuem Brief"
    ]
    if not briefe:
        text.append("Nichts Neues geschrieben.")
    text.append("")
    for zeile in zeilen:
        if zeile.vorgang is None:
            text += describe_zeile(zeile.zeile)
            continue
        text.append(f"{zeile.vorgang.aktenzeichen}")
        text.append(
            f"  ✓ {zeile.vorgang.art} als Vorgang {zeile.vorgang.nr:04d}: {', '.join(sorted(zeile.vorgang.dateien))}"
        )
        text += [f"  – {grund.text} [{grund.code}]" for grund in zeile.zeile.gruende]
    return text
