"""`mahnakte vorgang …`: what can be done about published steps."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    bearbeiter_option,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)


@click.group("vorgang", options_metavar="[OPTIONEN]", subcommand_metavar="BEFEHL …")
def command() -> None:
    """Abgelegte Vorgänge: einen in Word geänderten Brief übernehmen."""


@command.command("uebernehmen", options_metavar="[OPTIONEN]")
@fall_argument
@click.argument("nr", type=click.IntRange(1, 9999), metavar="NR")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def uebernehmen(
    pfad: pathlib.Path,
    nr: int,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen unversandten Brief, dessen Word-Datei geändert wurde, als neuen Vorgang ablegen.

    Worte dürfen anders sein; Beträge, Konto, Tage, Anschrift und Pflichttexte nicht. Der alte Vorgang gilt
    dann nicht mehr.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.uebernehmen import take_over

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: take_over(pfad, nr, lage, identify(bearbeiter)), als_json)
