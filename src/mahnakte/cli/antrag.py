"""`mahnakte antrag`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    bearbeiter_option,
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("antrag")
@pfade_argument
@stichtag_option
@click.option(
    "--erneut",
    metavar="GRUND",
    help="Noch einmal erstellen, obwohl ein Antrag da ist; der Grund wird festgehalten.",
)
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    erneut: str | None,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Den Antrag auf Erlass eines Mahnbescheids vorbereiten, geprüft gegen unser Schema.

    Fehlt etwas für das Gericht, wird es aufgezählt und nichts geschrieben. Eingereicht wird nichts; dass der
    Antrag eingereicht ist, hält das Ereignis „antrag_eingereicht“ in fall.yaml fest.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.antrag import write_antraege

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: write_antraege(pfade, lage, identify(bearbeiter), erneut), als_json)
