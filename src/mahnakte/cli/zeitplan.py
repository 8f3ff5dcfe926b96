"""`mahnakte zeitplan`."""

import datetime as dt
import os
import pathlib
import re

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import PFAD, befehl, ersetzen_option, json_option, pfade_argument, stichtag_option

_UHRZEIT = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)


def _uhrzeit(wert: str | dt.time) -> dt.time:
    if isinstance(wert, dt.time):
        return wert
    if gelesen := _UHRZEIT.fullmatch(wert.strip()):
        return dt.time(int(gelesen[1]), int(gelesen[2]))
    raise click.BadParameter(f"„{wert}“ ist keine Uhrzeit; gemeint ist zum Beispiel 06:30.")


UHRZEIT = _uhrzeit


@befehl("zeitplan")
@pfade_argument
@click.option(
    "--um", type=UHRZEIT, default="06:30", metavar="HH:MM", show_default=True, help="Wann der Lauf beginnt."
)
@click.option(
    "--system",
    type=click.Choice(["windows", "cron"]),
    default="windows" if os.name == "nt" else "cron",
    show_default="dieses Rechners",
    help="Für die Aufgabenplanung von Windows oder für cron.",
)
@click.option(
    "--eml", type=PFAD, metavar="DATEI", help="Diese E-Mail schreibt jeder Lauf neu (siehe mahnakte lauf)."
)
@click.option(
    "--datei", type=PFAD, metavar="DATEI", help="In diese Datei schreiben statt auf den Bildschirm."
)
@ersetzen_option
@stichtag_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    um: dt.time,
    system: str,
    eml: pathlib.Path | None,
    datei: pathlib.Path | None,
    ersetzen: bool,
    stichtag: dt.date,
    als_json: bool,
) -> None:
    """Den täglichen Lauf vorbereiten: eine Aufgabe für Windows oder eine Zeile für cron.

    Montag bis Freitag; am Feiertag schreibt der Lauf dasselbe, was er sonst am nächsten Werktag schriebe. Geändert
    wird an der Aufgabenplanung nichts; wie man die Aufgabe übernimmt, steht darunter.
    """
    from mahnakte.befehle.zeitplan import Terminwunsch, write_zeitplan

    wunsch = Terminwunsch(um, system, stichtag, eml, datei, ersetzen)
    deliver(lambda: write_zeitplan(pfade, wunsch), als_json, dateien=(datei,), ersetzen=ersetzen)
