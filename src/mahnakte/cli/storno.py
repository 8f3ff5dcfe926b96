"""`mahnakte storno`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    bearbeiter_option,
    befehl,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("storno")
@fall_argument
@click.argument("nr", type=click.IntRange(1, 9999), metavar="NR")
@click.option("--grund", required=True, metavar="TEXT", help="Warum storniert wird; wird festgehalten.")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfad: pathlib.Path,
    nr: int,
    grund: str,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen Vorgang stornieren, der noch nicht verschickt ist. Gelöscht wird nichts.

    Auch ein irrtümlich vermerkter Versand lässt sich stornieren (NR ist dann die Nummer des Vermerks), solange kein
    Zugang, späteres Schreiben oder Antrag auf ihm beruht.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.vermerk import record_storno

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: record_storno(pfad, nr, grund, lage, identify(bearbeiter)), als_json)
