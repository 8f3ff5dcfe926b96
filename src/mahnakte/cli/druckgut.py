"""`mahnakte druckgut`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    PFAD,
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("druckgut")
@pfade_argument
@click.option("--ziel", type=PFAD, required=True, metavar="ORDNER", help="Der neue Ordner.")
@click.option(
    "--seit",
    type=DATUM,
    metavar="JJJJ-MM-TT",
    help="Auch Briefe ab diesem Tag; sonst die der letzten sieben Tage.",
)
@stichtag_option
@einstellungen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    ziel: pathlib.Path,
    seit: dt.date | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Die bereitliegenden Briefe zum Drucken zusammenstellen, in Postordnung, je Umschlag ein PDF.

    Dazu alle in einem PDF und die Anschriften als anschriften.csv. Jeder Brief und jede Beilage beginnt auf einem
    eigenen Blatt (beidseitiger Druck). Was nicht mehr stimmt, bleibt draußen und wird genannt. Als versandt
    vermerkt wird nichts.
    """
    from mahnakte.befehle.druckgut import make_druckgut

    deliver(lambda: make_druckgut(pfade, ziel, seit, make_lage(stichtag, einstellungen)), als_json)
