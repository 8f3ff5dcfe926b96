"""`mahnakte plan`: what is due in each case and what is not, with reasons. Writes nothing."""

import concurrent.futures
import pathlib
from collections.abc import Iterable

from mahnakte.grund.datum import format_datum
from mahnakte.werk.ergebnis import Ergebnis, weigh
from mahnakte.werk.laden import (
    Lage,
    find_ordner,
)
from mahnakte.werk.schreiben import Druckerei
from mahnakte.werk.tabellenende import warn_before_end
from mahnakte.werk.tagebuch import Tagebuch
from mahnakte.werk.vorschau import ZUGLEICH, Planzeile, Ruhezeile, Vorschau, count_faelle, describe_zeile


def plan_faelle(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Plan every case below the given paths, the due letters set and checked as the run would; writes nothing."""
    ordner, befunde = find_ordner(pfade, lage)
    umschau = lage.look_around(ordner, befunde)
    befunde = (*befunde, *umschau.befunde)
    vorschau = Vorschau(lage, Druckerei(lage), umschau)
    tagebuch = Tagebuch(vorschau, ordner)
    with concurrent.futures.ThreadPoolExecutor(ZUGLEICH) as pool:
        zeilen = tuple(pool.map(lambda pfad: tagebuch.ask(pfad, vorschau.show), ordner))
    tagebuch.keep()
    alle = (*befunde, *(befund for zeile in zeilen for befund in zeile.befunde))
    return Ergebnis(
        daten={
            "stichtag": lage.stichtag.isoformat(),
            "faelle": [zeile.as_json() for zeile in zeilen],
        },
        zeilen=tuple(_lines(zeilen, lage)),
        befunde=(
            *dict.fromkeys(alle),
            *warn_before_end((zeile.bedarf for zeile in zeilen if zeile.bedarf), lage.stichtag),
        ),
        rueckgabe=max((weigh(befunde), *(zeile.rueckgabe for zeile in zeilen))),
    )


def _lines(zeilen: tuple[Planzeile | Ruhezeile, ...], lage: Lage) -> list[str]:
    faellig = sum(len(zeile.schritte) for zeile in zeilen)
    text = [
        f"Plan zum Stichtag {format_datum(lage.stichtag)}: {count_faelle(len(zeilen))}, "
        f"{faellig} {'Schritt' if faellig == 1 else 'Schritte'} fällig",
        "",
    ]
    for zeile in zeilen:
        text += describe_zeile(zeile)
    return text
