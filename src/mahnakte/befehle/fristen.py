"""`mahnakte fristen`: every date to watch, the soonest first; as lines, JSON, ICS, XLSX, HTML, CSV."""

import dataclasses
import datetime as dt
import pathlib
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe
from mahnakte.listen.modell import Fristblatt, Fristzeile, describe_ende, make_blatt, make_zeilen
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen
from mahnakte.werk.fristenstand import compute_fristenstand
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, load_faelle

BREITE = 100
_EINZUG = " " * 12


@dataclasses.dataclass(frozen=True, slots=True)
class Ausgaben:
    """The files asked for by kind (`ics`, `xlsx`, `html`, `csv`); an existing one is replaced only on request."""

    dateien: Mapping[str, pathlib.Path | None] = dataclasses.field(default_factory=dict)
    ersetzen: bool = False


@dataclasses.dataclass(slots=True)
class _Sammlung:
    """What the cases gave so far; a case that cannot be read is named and the others go on."""

    zeilen: list[Fristzeile]
    befunde: list[Befund]
    rueckgabe: int
    verfasser: str = ""


def list_fristen(
    pfade: Iterable[pathlib.Path],
    lage: Lage,
    ausgaben: Ausgaben | None = None,
    bis: dt.date | None = None,
) -> Ergebnis:
    """List the dates of all cases below the given paths and write the files asked for.

    `bis` is the last day that is shown; what comes later is counted, and its findings are told all the same.
    """
    ausgaben = ausgaben or Ausgaben()
    _check_bis(bis, lage)
    ordner, befunde = find_ordner(pfade, lage)
    sammlung = _Sammlung([], [*befunde], ABGELEHNT if has_sperre(befunde) else FERTIG)
    for geladen in load_faelle(ordner, lage):
        _collect(geladen, sammlung)
    blatt = make_blatt(lage.stichtag, sammlung.zeilen, bis)
    dateien = _write_files(blatt, sammlung, ausgaben)
    return Ergebnis(
        daten={**blatt.as_json(), "dateien": [show(datei) for datei in dateien]},
        zeilen=(*_text(blatt), *(f"Geschrieben: {show(datei)}" for datei in dateien)),
        befunde=tuple(dict.fromkeys(sammlung.befunde)),
        rueckgabe=sammlung.rueckgabe,
    )


def _check_bis(bis: dt.date | None, lage: Lage) -> None:
    if bis is not None and bis < lage.stichtag:
        text = f"Der {format_datum(bis)} liegt vor dem Stichtag {format_datum(lage.stichtag)}."
        raise NichtBegonnen([sperre("FRISTEN_BIS", text, "Mit --bis einen Tag ab dem Stichtag angeben.")])


def _collect(geladen: GeladenerFall, sammlung: _Sammlung) -> None:
    stand = compute_fristenstand(geladen)
    sammlung.befunde += stand.befunde
    sammlung.rueckgabe = max(sammlung.rueckgabe, stand.rueckgabe)
    if geladen.sachstand is not None and stand.berechnet:
        sammlung.zeilen += make_zeilen(geladen.sachstand, stand.eintraege)
        sammlung.verfasser = sammlung.verfasser or geladen.sachstand.fall.einstellungen.absender.name


def _write_files(blatt: Fristblatt, sammlung: _Sammlung, ausgaben: Ausgaben) -> list[pathlib.Path]:
    """Make all files first, then write them; a refusal is a finding, the list is shown all the same."""
    if not any(ausgaben.dateien.values()):
        return []
    from mahnakte.listen.ics import write_ics
    from mahnakte.listen.seite import write_fristseite
    from mahnakte.listen.tabelle import write_fristcsv, write_fristmappe

    erzeuger = {
        "ics": lambda: write_ics(blatt),
        "xlsx": lambda: write_fristmappe(blatt, sammlung.verfasser),
        "html": lambda: write_fristseite(blatt),
        "csv": lambda: write_fristcsv(blatt),
    }
    geschrieben: list[pathlib.Path] = []
    try:
        fertige = [(ziel, erzeuger[art]()) for art, ziel in ausgaben.dateien.items() if ziel is not None]
        for ziel, inhalt in fertige:
            (replace_output if ausgaben.ersetzen else create_file)(ziel, inhalt)
            geschrieben.append(ziel)
    except Ablehnung as ablehnung:
        sammlung.befunde.append(ablehnung.befund)
        sammlung.rueckgabe = max(sammlung.rueckgabe, ABGELEHNT)
    return geschrieben


# --- for the clerk ------------------------------------------------------------------------------------


def _text(blatt: Fristblatt) -> Iterator[str]:
    if not blatt.offene and not blatt.spaetere:
        yield f"Am {format_datum(blatt.stichtag)} ist keine Frist offen; erledigt sind {len(blatt.erledigte)}."
        return
    yield f"{blatt.ueberschrift}: {len(blatt.offene)} offen, {len(blatt.erledigte)} erledigt; oben die nächste."
    for zeile in blatt.offene:
        yield ""
        yield from _describe(zeile, blatt)


def _describe(zeile: Fristzeile, blatt: Fristblatt) -> Iterator[str]:
    eintrag = zeile.eintrag
    vorbei = "VERSTRICHEN: " if eintrag.is_past(blatt.stichtag) else ""
    worum = f", {strip_unsafe(eintrag.worum)}" if eintrag.worum else ""
    kopf = f"{zeile.aktenzeichen}  {vorbei}{eintrag.fristart.name}{worum}"
    yield from _wrap(kopf, format_datum(eintrag.tag).ljust(len(_EINZUG)))
    yield from _wrap(f"→ {eintrag.handeln}")
    ende = f" ({describe_ende(eintrag)})" if describe_ende(eintrag) else ""
    yield from _wrap(f"{eintrag.grund}{ende}")
    if eintrag.notiz:
        yield from _wrap(f"Notiz: {strip_unsafe(eintrag.notiz)}")
    for strahl in eintrag.zeitstrahl[1:]:
        yield from _wrap(f"– {strahl.text}")
    for angabe in eintrag.fehlt:
        yield from _wrap(f"Es fehlt: {angabe}")


def _wrap(text: str, anfang: str = _EINZUG) -> list[str]:
    return textwrap.wrap(
        text, BREITE, initial_indent=anfang, subsequent_indent=_EINZUG, break_on_hyphens=False
    )
