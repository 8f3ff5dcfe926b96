"""`mahnakte brief`."""

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


@befehl("brief")
@fall_argument
@click.argument("art", metavar="ART")
@stichtag_option
@click.option(
    "--erneut",
    metavar="GRUND",
    help="Noch einmal schreiben, obwohl es den Brief schon gibt; der Grund wird festgehalten.",
)
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfad: pathlib.Path,
    art: str,
    stichtag: dt.date,
    erneut: str | None,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen einzelnen Brief schreiben, außerhalb des Mahnplans.

    ART: zahlungserinnerung, mahnung-1, mahnung-letzte.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.brief import write_brief

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: write_brief(pfad, art, lage, identify(bearbeiter), erneut), als_json)
