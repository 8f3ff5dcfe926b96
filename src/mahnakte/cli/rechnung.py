"""`mahnakte rechnung`."""

import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import PFAD, befehl, json_option, make_lage, today


@befehl("rechnung")
@click.argument("datei", type=PFAD, metavar="DATEI")
@json_option
def command(datei: pathlib.Path, als_json: bool) -> None:
    """Zeigen, was eine Rechnungsdatei sagt (ZUGFeRD, XRechnung, PDF)."""
    from mahnakte.befehle.rechnung import show_rechnung

    deliver(lambda: show_rechnung(datei, make_lage(today())), als_json)
