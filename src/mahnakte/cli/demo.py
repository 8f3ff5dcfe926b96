"""`mahnakte demo`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import DATUM, PFAD, befehl, json_option, make_lage


def last_day() -> dt.date:
    """Return the day on which the demonstration ends, where none is given."""
    from mahnakte.befehle.demo import STICHTAG

    return STICHTAG


@befehl("demo")
@click.argument("ziel", type=PFAD, default="mahnakte-demo", metavar="[ZIEL]")
@click.option(
    "--stichtag", type=DATUM, default=last_day, metavar="JJJJ-MM-TT", show_default="2026-11-16",
    help="Letzter Tag der Vorführung.",
)  # fmt: skip
@json_option
def command(ziel: pathlib.Path, stichtag: dt.date, als_json: bool) -> None:
    """Einen kleinen Bestand mit echten Rechnungen anlegen und den ganzen Weg darauf gehen.

    ZIEL ist ein neuer oder leerer Ordner, sonst ./mahnakte-demo. Ein zweiter Aufruf ändert nichts.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.demo import run_demo

    deliver(lambda: run_demo(ziel, make_lage(stichtag), identify("Vorführung")), als_json)
