"""`mahnakte fristen`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    PFAD,
    befehl,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("fristen")
@pfade_argument
@stichtag_option
@click.option(
    "--bis",
    type=DATUM,
    metavar="JJJJ-MM-TT",
    help="Nur was bis zu diesem Tag ansteht; Späteres wird gezählt.",
)
@click.option(
    "--ics", type=PFAD, metavar="DATEI", help="Als Kalenderdatei schreiben, ohne Namen und Beträge."
)
@click.option("--xlsx", type=PFAD, metavar="DATEI", help="Als Excel-Mappe schreiben.")
@click.option("--html", type=PFAD, metavar="DATEI", help="Als Seite zum Ansehen und Drucken schreiben.")
@click.option("--csv", type=PFAD, metavar="DATEI", help="Als CSV mit Semikolon schreiben.")
@ersetzen_option
@einstellungen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    bis: dt.date | None,
    ics: pathlib.Path | None,
    xlsx: pathlib.Path | None,
    html: pathlib.Path | None,
    csv: pathlib.Path | None,
    ersetzen: bool,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Alle Fristen zeigen, die nächste zuerst: Verjährung, Gericht, Titel, Zusagen, Raten, Schreiben.

    Jede Frist mit rechnerischem Ende, letztem Tag, letztem sicheren Tag und Paragraph.
    """
    from mahnakte.befehle.fristen import Ausgaben, list_fristen

    ausgaben = Ausgaben({"ics": ics, "xlsx": xlsx, "html": html, "csv": csv}, ersetzen)
    deliver(
        lambda: list_fristen(pfade, make_lage(stichtag, einstellungen), ausgaben, bis),
        als_json,
        dateien=ausgaben.dateien.values(),
        ersetzen=ersetzen,
    )
