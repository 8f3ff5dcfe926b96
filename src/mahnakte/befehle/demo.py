"""`mahnakte demo`: a small Bestand with real invoices, and the whole way on it."""

import dataclasses
import datetime as dt
import pathlib
from collections.abc import Iterator

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_folder, remove_empty_folder
from mahnakte.befehle.akte import write_akte
from mahnakte.befehle.antrag import prepare_antraege
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.titel import list_titel
from mahnakte.grund.befund import Ablehnung, Schwere, Stelle, sperre
from mahnakte.grund.beigaben import beigaben_ordner
from mahnakte.grund.datum import format_datum
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 11, 16)
REIF = "2026-0064"  # the case whose letters are all out: application and hand-over
UEBERGABE = "_uebergabe"  # discovery skips names that begin with _
_WOCHE = dt.timedelta(weeks=1)
_WOCHEN = 5  # so many runs, a week apart, show the series at different stages


def run_demo(ziel: pathlib.Path, lage: Lage, herkunft: Herkunft) -> Ergebnis:
    """Write the demo Bestand, or take the unchanged one that stands, and go the whole way on it."""
    try:
        neu = _lay_out(ziel)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    laeufe = [
        run_faelle([ziel], dataclasses.replace(lage, stichtag=tag), herkunft) for tag in _days(lage.stichtag)
    ]
    antrag = prepare_antraege([ziel / REIF], "mahnbescheid", lage, herkunft)
    akte = write_akte(ziel / REIF, ziel / UEBERGABE / REIF, lage, herkunft)
    titel = list_titel([ziel], lage)
    ergebnisse = (*laeufe, antrag, akte, titel)
    geschrieben = sum(len(lauf.daten["geschrieben"]) for lauf in laeufe)
    geschrieben += antrag.daten["antraege"][0]["neu"] + (akte.daten["nr"] is not None)
    zeilen = [
        f"{'Neuer' if neu else 'Vorhandener'} Demo-Bestand: {show(ziel)}",
        "",
        *(zeile for lauf in laeufe for zeile in _describe(lauf)),
        f"Antrag: {antrag.zeilen[0]}",
        akte.zeilen[0],
        "",
        *titel.zeilen,
        # What the title watch says belongs to the show, not to what a person must look after.
        *(f"  Warnung: {befund.text}" for befund in titel.befunde),
        "",
        *(_what_to_open(ziel) if neu else ()),
        *([] if geschrieben or neu else ["Nichts Neues: Der zweite Durchgang ändert nichts."]),
    ]
    return Ergebnis(
        {
            "ziel": show(ziel),
            "neu_angelegt": neu,
            "laeufe": [{name: lauf.daten[name] for name in ("stichtag", "geschrieben")} for lauf in laeufe],
            "antrag": antrag.daten["antraege"][0],
            "akte": akte.daten,
            "titel": titel.daten["titel"],
        },
        tuple(zeilen),
        # Hints of the earlier runs only say that later facts do not count yet; whatever weighs more is shown.
        tuple(
            dict.fromkeys(
                (
                    *(b for lauf in laeufe for b in lauf.befunde if b.schwere is not Schwere.HINWEIS),
                    *antrag.befunde,
                    *akte.befunde,
                )
            )
        ),
        max(ergebnis.rueckgabe for ergebnis in ergebnisse),
    )


def _what_to_open(ziel: pathlib.Path) -> Iterator[str]:
    """Name the files worth opening, in the order of the work."""
    yield "Zum Ansehen:"
    yield f"  {show(ziel / '2026-0087' / 'fall.yaml')}   die Angaben zu einem Fall"
    for name in ("2026-0087", "2026-0092"):
        letzter = max((ziel / name / "vorgaenge").iterdir())
        for docx in sorted(letzter.glob("*.docx")):
            yield f"  {show(docx.with_suffix('.pdf'))}   ein Brief"
    for muster, was in (
        ("*mahnantrag.xml", "der Antrag auf Erlass des Mahnbescheids"),
        ("*eingabeblatt.pdf", "dasselbe als Blatt für das Portal der Mahngerichte"),
    ):
        for datei in sorted((ziel / REIF / "vorgaenge").glob(f"*/{muster}")):
            yield f"  {show(datei)}   {was}"
    yield f"  {show(ziel / UEBERGABE / REIF / 'akte.pdf')}   die Akte für die Übergabe"
    yield "Zum Weiterprobieren:"
    yield f"  mahnakte plan {quote_pfad(ziel)} --stichtag {STICHTAG}"
    yield f"  mahnakte konto {quote_pfad(ziel / '2026-0087')} --stichtag {STICHTAG}"
    yield f"  mahnakte titel {quote_pfad(ziel)} --stichtag {STICHTAG}"
    yield ""


def _days(stichtag: dt.date) -> tuple[dt.date, ...]:
    """Return the days of the runs: so many weeks up to the Stichtag."""
    return tuple(stichtag - wochen * _WOCHE for wochen in range(_WOCHEN - 1, -1, -1))


def _lay_out(ziel: pathlib.Path) -> bool:
    """Write the Bestand where nothing stands; return False when the unchanged demo stands there already."""
    ordner = beigaben_ordner("demo")
    dateien = {
        pfad.relative_to(ordner).as_posix(): pfad.read_bytes()
        for pfad in sorted(ordner.rglob("*"))
        if pfad.is_file()
    }
    if _stands_unchanged(ziel, dateien):
        return False
    try:
        remove_empty_folder(ziel)
        create_folder(ziel, dateien)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code != "ZIEL_VORHANDEN":
            raise
        raise Ablehnung(
            sperre(
                "DEMO_VERAENDERT",
                "In diesem Ordner liegt etwas anderes als die unveränderte Demo; daran wurde nichts geändert.",
                "Einen anderen Ordner angeben: mahnakte demo ZIEL.",
                Stelle(show(ziel)),
            )
        ) from None
    return True


def _stands_unchanged(ziel: pathlib.Path, dateien: dict[str, bytes]) -> bool:
    if not (ziel / "mahnakte.yaml").is_file():
        return False
    gelesen, _ = read_dateien(ziel, dateien)
    return {verweis: datei.inhalt for verweis, datei in gelesen.items()} == dateien


def _describe(lauf: Ergebnis) -> list[str]:
    stichtag = format_datum(dt.date.fromisoformat(lauf.daten["stichtag"]))
    briefe = [f"{eintrag['art']} in {eintrag['aktenzeichen']}" for eintrag in lauf.daten["geschrieben"]]
    return [f"Lauf zum {stichtag}: {', '.join(briefe) or 'nichts Neues'}"]
