"""`mahnakte antwort`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("antwort")
@click.argument("datei", type=PFAD, metavar="DATEI")
@fall_argument
@click.option("--uebernehmen", is_flag=True, help="Die vorgeschlagenen Ereignisse als Vorgang ablegen.")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    datei: pathlib.Path,
    pfad: pathlib.Path,
    uebernehmen: bool,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen zurückgekommenen Antwortbogen lesen und zeigen, was er bedeutet.

    DATEI ist der ausgefüllte Bogen (PDF). Ohne --uebernehmen wird nichts geschrieben. fall.yaml bleibt immer,
    wie es ist.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.antwort import take_antwort

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: take_antwort(datei, pfad, lage, identify(bearbeiter) if uebernehmen else None), als_json)
