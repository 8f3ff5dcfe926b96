"""`mahnakte lauf`: write the letters that are due. The same run on the same Stichtag again writes nothing."""

import concurrent.futures
import dataclasses
import functools
import json
import pathlib
from collections.abc import Iterable
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.ablage.ziel import write_laufbericht
from mahnakte.fall.vorgang import Vorgang, Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.datum import format_datum
from mahnakte.werk.anteil import Anteil
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage, find_ordner, load_fall
from mahnakte.werk.planbild import EINZELN_BIS, sum_up
from mahnakte.werk.plandatei import Planung, read_planung
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.tabellenende import warn_before_end
from mahnakte.werk.tagebuch import Tagebuch
from mahnakte.werk.vorschau import (
    ZUGLEICH,
    Planzeile,
    Ruhezeile,
    Vorschau,
    count_faelle,
    describe_zeile,
    refuse,
    refuse_panne,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Laufzeile:
    """One case of a run: what was planned, and the steps that were published, as a rule one or none."""

    zeile: Planzeile | Ruhezeile
    vorgaenge: tuple[Vorgang, ...] = ()

    def as_json(self) -> list[dict[str, Any]]:
        """Return the entries of `geschrieben`."""
        return [
            {
                "aktenzeichen": vorgang.aktenzeichen,
                "nr": vorgang.nr,
                "art": vorgang.art,
                "dateien": sorted(vorgang.dateien),
            }
            for vorgang in self.vorgaenge
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class Umfang:
    """Which of the cases a run treats: those of a kept plan, or one share of several; otherwise all."""

    plandatei: pathlib.Path | None = None
    anteil: Anteil | None = None


def run_faelle(
    pfade: Iterable[pathlib.Path], lage: Lage, herkunft: Herkunft, umfang: Umfang | None = None
) -> Ergebnis:
    """Write what is due in every case below the given paths; one broken case never stops the run."""
    umfang = umfang or Umfang()
    planung = read_planung(umfang.plandatei) if umfang.plandatei else None
    if planung and umfang.plandatei:
        planung.refuse_other(lage.stichtag, umfang.plandatei)
    alle_ordner, befunde = find_ordner(pfade, lage)
    umschau = lage.look_around(alle_ordner, befunde)
    befunde = (*befunde, *umschau.befunde, *(planung.list_missing(alle_ordner) if planung else ()))
    ordner = tuple(
        pfad
        for pfad in alle_ordner
        if (planung is None or pfad in planung)
        and (umfang.anteil is None or umfang.anteil.holds(pfad, umschau))
    )
    vorschau = Vorschau(lage, Druckerei(lage), umschau)
    tagebuch = Tagebuch(vorschau, ordner)
    werk = _Schreibwerk(vorschau, herkunft, planung)
    run = functools.partial(_run_fall, werk=werk, tagebuch=tagebuch)
    with concurrent.futures.ThreadPoolExecutor(ZUGLEICH) as pool:
        zeilen = tuple(pool.map(run, ordner))
    tagebuch.keep()
    daten = _as_json(zeilen, lage)
    alle = (*befunde, *(befund for zeile in zeilen for befund in zeile.zeile.befunde))
    berichte = [_report(bestand, teil, lage) for bestand, teil in _by_bestand(zeilen).items()]
    alle += tuple(befund for befund in berichte if befund)
    alle += warn_before_end((zeile.zeile.bedarf for zeile in zeilen if zeile.zeile.bedarf), lage.stichtag)
    return Ergebnis(
        daten,
        tuple(_lines(zeilen, lage)),
        tuple(dict.fromkeys(alle)),
        max((weigh(befunde), *(zeile.zeile.rueckgabe for zeile in zeilen))),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Schreibwerk:
    """What letters are written with. With a `planung` only as it was seen."""

    vorschau: Vorschau
    herkunft: Herkunft
    planung: Planung | None


def _run_fall(pfad: pathlib.Path, werk: _Schreibwerk, tagebuch: Tagebuch) -> Laufzeile:
    """Write what is due in one case. One that is unchanged and said today that nothing is due is not read again."""
    geschrieben: list[Vorgang] = []

    def write(fall: pathlib.Path) -> Planzeile:
        zeile, vorgaenge = _write_due(fall, werk)
        geschrieben.extend(vorgaenge)
        return zeile

    return Laufzeile(tagebuch.ask(pfad, write), tuple(geschrieben))


def _write_due(pfad: pathlib.Path, werk: _Schreibwerk) -> tuple[Planzeile, tuple[Vorgang, ...]]:
    """Write what is due; each letter is a step of its own, planned anew on the case as it then stands."""
    zeile, vorgaenge = _write_next(pfad, werk)
    for _ in [schritt for schritt in zeile.schritte if schritt.frist_bis][1:]:
        naechste, weitere = _write_next(pfad, werk)
        if naechste.abgelehnt:
            return naechste, vorgaenge
        vorgaenge += weitere
    return zeile, vorgaenge


def _write_next(pfad: pathlib.Path, werk: _Schreibwerk) -> tuple[Planzeile, tuple[Vorgang, ...]]:
    letzte: list[Planzeile] = []

    def plan_once(gelesen: Fallordner) -> Vorgangsentwurf | None:
        vorhaben = werk.vorschau.draw_up(gelesen)
        letzte.append(vorhaben.zeile)
        if werk.planung:
            werk.planung.check(vorhaben)
        return vorhaben.entwurf

    gelesen = read_fallordner(pfad)
    try:
        vorgang = publish_next(gelesen, plan_once, werk.herkunft)
    except Ablehnung as ablehnung:
        geladen = letzte[-1].geladen if letzte else load_fall(gelesen, werk.vorschau.lage)
        bekannte = letzte[-1].befunde if letzte else geladen.befunde
        return refuse(geladen, tuple(dict.fromkeys((*bekannte, *ablehnung.befunde)))), ()
    except NichtBegonnen:
        raise
    except Exception as fehler:  # noqa: BLE001 - a fault of ours in one case must not stop thousands of others
        return refuse_panne(gelesen, fehler), ()
    return letzte[-1], (vorgang,) if vorgang else ()


def _as_json(zeilen: tuple[Laufzeile, ...], lage: Lage) -> dict[str, Any]:
    geschrieben = [eintrag for zeile in zeilen for eintrag in zeile.as_json()]
    abgelehnt = sum(zeile.zeile.abgelehnt for zeile in zeilen)
    return {
        "stichtag": lage.stichtag.isoformat(),
        "faelle": [zeile.zeile.as_json() for zeile in zeilen],
        "geschrieben": geschrieben,
        "zahl": {
            "faelle": len(zeilen),
            "briefe": sum(name.endswith(".docx") for eintrag in geschrieben for name in eintrag["dateien"]),
            "ausgelassen": sum(not z.vorgaenge and not z.zeile.abgelehnt for z in zeilen),
            "abgelehnt": abgelehnt,
        },
    }


def _by_bestand(zeilen: tuple[Laufzeile, ...]) -> dict[pathlib.Path, tuple[Laufzeile, ...]]:
    """Group the cases by the Bestand they lie in, where at least one got a letter: else there is nothing new."""
    gruppen: dict[pathlib.Path, list[Laufzeile]] = {}
    for zeile in zeilen:
        gruppen.setdefault(zeile.zeile.pfad.absolute().parent, []).append(zeile)
    return {b: tuple(teil) for b, teil in gruppen.items() if any(zeile.vorgaenge for zeile in teil)}


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
    briefe = sum(bool(zeile.vorgaenge) for zeile in zeilen)
    text = [
        f"Lauf zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, {briefe} mit neuem Brief"
    ]
    if not briefe:
        text.append("Nichts Neues geschrieben.")
    text.append("")
    if len(zeilen) > EINZELN_BIS:
        ruhende = [zeile.zeile for zeile in zeilen if not zeile.vorgaenge]
        text += [*sum_up(ruhende), "Die übrigen Fälle einzeln zeigt „mahnakte plan --einzeln“.", ""]
    for zeile in zeilen:
        if not zeile.vorgaenge:
            text += describe_zeile(zeile.zeile) if len(zeilen) <= EINZELN_BIS else ()
            continue
        text.append(f"{zeile.vorgaenge[0].aktenzeichen}")
        text += [
            f"  ✓ {vorgang.art} als Vorgang {vorgang.nr:04d}: {', '.join(sorted(vorgang.dateien))}"
            for vorgang in zeile.vorgaenge
        ]
        text += [f"  – {grund.text} [{grund.code}]" for grund in zeile.zeile.gruende]
    return text
