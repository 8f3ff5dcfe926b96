"""`mahnakte zufriedenheit`."""

import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import PFAD, befehl, ersetzen_option, json_option, make_lage, today


@befehl("zufriedenheit")
@click.option("--pdf", type=PFAD, required=True, metavar="DATEI", help="Wohin der Bogen geschrieben wird.")
@click.option(
    "--einstellungen",
    type=PFAD,
    default="mahnakte.yaml",
    metavar="DATEI",
    help="Diese mahnakte.yaml verwenden statt der im aktuellen Ordner.",
)
@ersetzen_option
@json_option
def command(pdf: pathlib.Path, einstellungen: pathlib.Path, ersetzen: bool, als_json: bool) -> None:
    """Einen anonymen Fragebogen zur Zufriedenheit schreiben, als ausfüllbares PDF.

    Nur auf Wunsch und für sich allein weitergeben: Er liegt keinem Brief und keiner E-Mail bei.
    """
    from mahnakte.befehle.zufriedenheit import write_fragebogen

    lage = make_lage(today(), einstellungen)
    deliver(lambda: write_fragebogen(pdf, lage, ersetzen), als_json)
