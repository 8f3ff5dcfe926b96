"""`mahnakte akte`."""

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


@befehl("akte")
@fall_argument
@click.option(
    "--ziel",
    type=PFAD,
    required=True,
    metavar="ORDNER",
    help="Neuer Ordner für die Akte, außerhalb von belege/.",
)
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfad: pathlib.Path,
    ziel: pathlib.Path,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Die digitale Akte für die Übergabe an Anwalt oder Inkasso zusammenstellen.

    Ein PDF mit Deckblatt, Inhaltsverzeichnis und allen Unterlagen; daneben die Originale und ihre Prüfsummen.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.akte import write_akte

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: write_akte(pfad, ziel, lage, identify(bearbeiter)), als_json)
