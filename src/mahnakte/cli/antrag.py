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
@click.option(
    "--vb",
    is_flag=True,
    help="Den Vollstreckungsbescheid beantragen, mit den Zahlungen seit dem Mahnantrag.",
)
@stichtag_option
@click.option(
    "--erneut",
    metavar="GRUND",
    help="Noch einmal erstellen, obwohl ein Antrag da ist; der Grund wird festgehalten.",
)
@click.option(
    "--ohne-sammeldatei",
    is_flag=True,
    help="Noch keine EDA-Sammeldatei schreiben; die Anträge kommen in die nächste.",
)
@click.option(
    "--nummer",
    type=click.IntRange(1, 999),
    metavar="ZAHL",
    help="Mit dieser Nummer der EDA-Dateien beginnen, wenn frühere anderswo entstanden sind.",
)
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    vb: bool,
    stichtag: dt.date,
    erneut: str | None,
    ohne_sammeldatei: bool,
    nummer: int | None,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Den Antrag auf den Mahnbescheid vorbereiten: XML, Eingabeblatt und, wo möglich, eine EDA-Sammeldatei.

    Fehlt etwas für das Gericht, wird es aufgezählt und nichts geschrieben. Die Sammeldatei entsteht unter antraege/,
    wenn mahnakte.yaml unter „eda:“ nennt, was das Gericht vergeben hat. Eingereicht wird nichts; das hält erst das
    Ereignis „antrag_eingereicht“ fest.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.antrag import prepare_antraege

    lage = make_lage(stichtag, einstellungen)
    art = "vollstreckungsbescheid" if vb else "mahnbescheid"
    deliver(
        lambda: prepare_antraege(
            pfade, art, lage, identify(bearbeiter), erneut=erneut, sammeln=not ohne_sammeldatei, nummer=nummer
        ),
        als_json,
    )
