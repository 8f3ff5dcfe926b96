"""`mahnakte siegeln`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    befehl,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("siegeln")
@pfade_argument
@click.option(
    "--datei", type=PFAD, metavar="DATEI", help="Das Siegel als JSON schreiben, für pruefen --siegel."
)
@click.option(
    "--pdf", type=PFAD, metavar="DATEI", help="Ein Blatt mit der Prüfsumme zum Ausdrucken schreiben."
)
@click.option(
    "--eml",
    type=PFAD,
    metavar="DATEI",
    help="Einen E-Mail-Entwurf an sich selbst schreiben, das Siegel als Anlage.",
)
@ersetzen_option
@stichtag_option
@einstellungen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    datei: pathlib.Path | None,
    pdf: pathlib.Path | None,
    eml: pathlib.Path | None,
    ersetzen: bool,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Die Vorgänge aller Fälle versiegeln: Prüfsummen, die außerhalb der Datenablage aufbewahrt werden.

    Wer später einen Fall samt allen Prüfsummen umschreibt, fällt mit „mahnakte pruefen --siegel DATEI“ auf.
    """
    from mahnakte.befehle.siegeln import Siegelziele, seal_faelle

    deliver(
        lambda: seal_faelle(
            pfade, make_lage(stichtag, einstellungen), Siegelziele(datei, pdf, eml, ersetzen)
        ),
        als_json,
        dateien=(datei, pdf, eml),
        ersetzen=ersetzen,
    )
