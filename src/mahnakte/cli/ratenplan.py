"""`mahnakte ratenplan`."""

import datetime as dt
import pathlib
from decimal import Decimal

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    befehl,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)
from mahnakte.cli.rechnen import betrag


@befehl("ratenplan")
@fall_argument
@click.option("--rate", type=betrag, metavar="EURO", help="So viel im Monat, zum Beispiel 50,00.")
@click.option("--anzahl", type=click.IntRange(min=1), metavar="ZAHL", help="So viele Raten, statt --rate.")
@click.option("--ab", type=DATUM, required=True, metavar="JJJJ-MM-TT", help="Tag der ersten Rate.")
@click.option(
    "--zinsen",
    type=click.Choice(["keine", "danach", "eingerechnet"]),
    help="Zinsen während des Plans; ohne Angabe bei Verbrauchern keine, sonst danach.",
)
@stichtag_option
@einstellungen_option
@json_option
def command(
    pfad: pathlib.Path,
    rate: Decimal | None,
    anzahl: int | None,
    ab: dt.date,
    zinsen: str | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Einen Ratenplan ausrechnen: Tage, Raten, letzte Rate.

    Geschrieben wird nichts; die Zeilen für fall.yaml stehen am Ende.
    """
    from mahnakte.befehle.ratenplan import show_ratenplan

    if (rate is None) == (anzahl is None):
        raise click.UsageError("Entweder --rate oder --anzahl angeben.")
    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: show_ratenplan(pfad, lage, ab, rate, anzahl, zinsen), als_json)
