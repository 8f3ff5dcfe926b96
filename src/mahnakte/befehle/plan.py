"""`mahnakte plan`: what is due in each case and what is not, with reasons. Writes only the files it is asked for."""

import concurrent.futures
import dataclasses
import datetime as dt
import functools
import pathlib
from collections.abc import Callable, Iterable

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import (
    Lage,
    find_ordner,
)
from mahnakte.werk.planbild import EINZELN_BIS, list_posten, sum_up
from mahnakte.werk.plandatei import Planfall, note_fall, write_planung
from mahnakte.werk.planvergleich import describe_neues, list_neues
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.tabellenende import warn_before_end
from mahnakte.werk.tagebuch import Tagebuch
from mahnakte.werk.vorschau import ZUGLEICH, Planzeile, Ruhezeile, Vorschau, count_faelle, describe_zeile


@dataclasses.dataclass(frozen=True, slots=True)
class Planwunsch:
    """What is asked for beside the plan: a document to carry out, a workbook, what is new since a day, every case."""

    speichern: pathlib.Path | None = None
    xlsx: pathlib.Path | None = None
    ersetzen: bool = False
    seit: dt.date | None = None
    einzeln: bool = False


def plan_faelle(pfade: Iterable[pathlib.Path], lage: Lage, wunsch: Planwunsch | None = None) -> Ergebnis:
    """Plan every case below the given paths, the due letters set and checked as the run would."""
    wunsch = wunsch or Planwunsch()
    _check_seit(wunsch.seit, lage)
    ordner, befunde = find_ordner(pfade, lage)
    umschau = lage.look_around(ordner, befunde)
    befunde = (*befunde, *umschau.befunde)
    leser = _Leser(Vorschau(lage, Druckerei(lage), umschau))
    zeilen = _read(ordner, leser, lage, wunsch)
    neues = list_neues((z for z in zeilen if isinstance(z, Planzeile)), wunsch.seit) if wunsch.seit else []
    dateien, gescheitert = _write(zeilen, leser.geplante, lage, wunsch)
    alle = (*befunde, *(befund for zeile in zeilen for befund in zeile.befunde), *gescheitert)
    return Ergebnis(
        daten={
            "stichtag": lage.stichtag.isoformat(),
            "faelle": [zeile.as_json() for zeile in zeilen],
            **({"seit": wunsch.seit.isoformat(), "neu": [n.as_json() for n in neues]} if wunsch.seit else {}),
            **({"dateien": [show(datei) for datei in dateien]} if wunsch.speichern or wunsch.xlsx else {}),
        },
        zeilen=(
            *_heading(zeilen, lage),
            *([*describe_neues(neues, wunsch.seit), ""] if wunsch.seit else ()),
            *_lines(zeilen, wunsch.einzeln),
            *(f"Geschrieben: {show(datei)}" for datei in dateien),
        ),
        befunde=(
            *dict.fromkeys(alle),
            *warn_before_end((zeile.bedarf for zeile in zeilen if zeile.bedarf), lage.stichtag),
        ),
        rueckgabe=max(
            (weigh(befunde), *(zeile.rueckgabe for zeile in zeilen), ABGELEHNT if gescheitert else FERTIG)
        ),
    )


def _check_seit(seit: dt.date | None, lage: Lage) -> None:
    if seit is not None and seit >= lage.stichtag:
        text = f"Der {format_datum(seit)} liegt nicht vor dem Stichtag {format_datum(lage.stichtag)}."
        raise NichtBegonnen([sperre("PLAN_SEIT", text, "Mit --seit einen früheren Tag angeben.")])


class _Leser:
    """Draws up cases and keeps of each what a plan document needs. For several threads, each with its own cases."""

    def __init__(self, vorschau: Vorschau) -> None:
        self.vorschau = vorschau
        self.geplante: dict[pathlib.Path, Planfall] = {}

    def read(self, pfad: pathlib.Path) -> Planzeile:
        """Return the line of a case folder, its documents noted and let go."""
        vorhaben = self.vorschau.look(pfad)
        if geplant := note_fall(vorhaben):
            self.geplante[pfad] = geplant
        return vorhaben.zeile


def _read(
    ordner: tuple[pathlib.Path, ...], leser: _Leser, lage: Lage, wunsch: Planwunsch
) -> tuple[Planzeile | Ruhezeile, ...]:
    """Ask the cases; whether something is new tells only the case itself, not what is remembered of it."""
    tagebuch = Tagebuch(leser.vorschau, ordner)
    ask: Callable[[pathlib.Path], Planzeile | Ruhezeile] = functools.partial(tagebuch.ask, read=leser.read)
    with concurrent.futures.ThreadPoolExecutor(ZUGLEICH) as pool:
        fragen = pool.map(leser.read if wunsch.seit else ask, ordner)
        zeilen = tuple(lage.report(fragen, len(ordner)))
    tagebuch.keep()
    return zeilen


def _write(
    zeilen: tuple[Planzeile | Ruhezeile, ...],
    geplante: dict[pathlib.Path, Planfall],
    lage: Lage,
    wunsch: Planwunsch,
) -> tuple[list[pathlib.Path], list[Befund]]:
    """Write the files asked for; the plan is shown whether or not that succeeds."""
    from mahnakte.listen.plantafel import write_planmappe

    put = replace_output if wunsch.ersetzen else create_file
    geschrieben: list[pathlib.Path] = []
    try:
        if wunsch.speichern:
            faelle = [geplante[zeile.pfad] for zeile in zeilen if zeile.pfad in geplante]
            put(wunsch.speichern, write_planung(lage.stichtag, faelle))
            geschrieben.append(wunsch.speichern)
        if wunsch.xlsx:
            verfasser = lage.einstellungen_for(zeilen[0].pfad)[0].absender.name if zeilen else ""
            put(wunsch.xlsx, write_planmappe(list_posten(zeilen), lage.stichtag, verfasser))
            geschrieben.append(wunsch.xlsx)
    except Ablehnung as ablehnung:
        return geschrieben, [*ablehnung.befunde]
    return geschrieben, []


def _heading(zeilen: tuple[Planzeile | Ruhezeile, ...], lage: Lage) -> list[str]:
    faellig = sum(len(zeile.schritte) for zeile in zeilen)
    return [
        f"Plan zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, "
        f"{faellig} {'Schritt' if faellig == 1 else 'Schritte'} fällig",
        "",
    ]


def _lines(zeilen: tuple[Planzeile | Ruhezeile, ...], einzeln: bool) -> list[str]:
    if len(zeilen) > EINZELN_BIS and not einzeln:
        return [*sum_up(zeilen), "Jeden Fall einzeln zeigt --einzeln, als Tabelle --xlsx DATEI."]
    return [text for zeile in zeilen for text in describe_zeile(zeile)]
