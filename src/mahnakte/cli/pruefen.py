"""`mahnakte pruefen`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("pruefen")
@pfade_argument
@stichtag_option
@einstellungen_option
@click.option(
    "--siegel",
    type=PFAD,
    metavar="DATEI",
    help="Die Fälle mit einem Siegel von „mahnakte siegeln“ vergleichen.",
)
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    siegel: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Prüfen, was fehlt, sich widerspricht, unzulässig oder beschädigt ist. Schreibt nichts.

    PFAD ist ein Fallordner, ein Bestand oder eine fertige Akte (Ordner oder ZIP); mehrere sind möglich.
    """
    from mahnakte.befehle.pruefen import check

    deliver(lambda: check(pfade, make_lage(stichtag, einstellungen), siegel), als_json)
