"""`mahnakte brief`."""

import datetime as dt
import pathlib
import textwrap

import click

from mahnakte.arten.brief import BRIEFGRUPPEN
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
from mahnakte.werk.ergebnis import Ergebnis

# Wrapped here: click would break „mahnung-letzte“ after its hyphen.
_BRIEFE = "\n".join(
    textwrap.fill(f"{gruppe}: {', '.join(art.art for art in arten)}.", 76, break_on_hyphens=False)
    for gruppe, arten in BRIEFGRUPPEN.items()
)
_HILFE = f"""Einen einzelnen Brief schreiben, außerhalb des Mahnplans.

\b
{_BRIEFE}

Wer wem was schreiben darf, steht in docs/briefe.md.
"""


@befehl("brief", _HILFE)
@fall_argument
@click.argument("art", metavar="ART")
@stichtag_option
@click.option(
    "--erneut",
    metavar="GRUND",
    help="Noch einmal schreiben, obwohl es den Brief schon gibt; der Grund wird festgehalten.",
)
@click.option("--bis", type=DATUM, metavar="JJJJ-MM-TT", help="Zum Verjährungsverzicht: bis zu welchem Tag.")
@click.option(
    "--anlage", type=click.Choice(["aufstellung"]), help="Die Forderungsaufstellung als Anlage dazulegen."
)
@click.option(
    "--zusatz", metavar="TEXT|DATEI", help="Eigene Absätze vor dem Gruß; ohne neue Beträge und Fristen."
)
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    pfad: pathlib.Path,
    art: str,
    stichtag: dt.date,
    erneut: str | None,
    bis: dt.date | None,
    anlage: str | None,
    zusatz: str | None,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Write one letter; the help lists all there are."""
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.brief import Wunsch, write_brief
    from mahnakte.werk.zusatz import read_zusatz

    lage = make_lage(stichtag, einstellungen)

    def write() -> Ergebnis:
        eigenes = read_zusatz(zusatz) if zusatz else ()
        wunsch = Wunsch(art, erneut, bis, anlage == "aufstellung", eigenes)
        return write_brief(pfad, wunsch, lage, identify(bearbeiter))

    deliver(write, als_json)
