"""`mahnakte versand`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("versand")
@fall_argument
@click.argument("nr", type=click.IntRange(1, 9999), metavar="NR")
@click.option("--am", type=DATUM, metavar="JJJJ-MM-TT", help="Tag des Versands; sonst der Stichtag.")
@click.option(
    "--weg",
    type=click.Choice(["post", "einschreiben", "bote", "fax", "email", "portal"]),
    default="post",
    show_default=True,
    help="Wie es verschickt wurde.",
)
@click.option(
    "--trotzdem",
    metavar="GRUND",
    help="Festhalten, obwohl das Schreiben heute nicht mehr stimmt; der Grund wird gespeichert.",
)
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfad: pathlib.Path,
    nr: int,
    am: dt.date | None,
    weg: str,
    trotzdem: str | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Festhalten, dass ein Vorgang verschickt wurde. NR ist die Nummer des Ordners unter vorgaenge/.

    Vorher wird er mit dem Fall verglichen, wie er am Tag des Versands steht: Was heute nicht mehr stimmt, wird nur
    mit --trotzdem vermerkt; ein vergangener Tag immer, mit einem Befund und dem Schreiben, das es richtigstellt.

    Der Versand ist noch kein Zugang: Den hält das Ereignis „mahnung_zugegangen“ in fall.yaml fest.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.vermerk import record_versand

    lage = make_lage(stichtag, einstellungen)
    deliver(
        lambda: record_versand(pfad, nr, am or stichtag, weg, lage, identify(bearbeiter), trotzdem=trotzdem),
        als_json,
    )
