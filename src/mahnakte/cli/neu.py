"""`mahnakte neu`."""

import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import PFAD, befehl, einstellungen_option, json_option, make_lage, today


@befehl("neu")
@click.argument("ordner", type=PFAD, metavar="ORDNER")
@click.option("--bestand", is_flag=True, help="Einen Bestand anlegen: eine mahnakte.yaml zum Ausfüllen.")
@click.option(
    "--rechnung",
    "rechnungen",
    type=PFAD,
    multiple=True,
    metavar="DATEI",
    help="Rechnung zum Fall; mehrmals möglich.",
)
@einstellungen_option
@json_option
def command(
    ordner: pathlib.Path,
    bestand: bool,
    rechnungen: tuple[pathlib.Path, ...],
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Einen Fall anlegen: fall.yaml, ausgefüllt, soweit die Rechnungen es sagen.

    Der Ordner darf schon Papiere enthalten; Rechnungen darin werden gefunden. Entweder entsteht alles
    oder nichts. Eine vorhandene fall.yaml wird nie angefasst.
    """
    from mahnakte.befehle.neu import create_bestand, create_fall

    if bestand and (rechnungen or einstellungen):
        raise click.UsageError("--bestand steht allein; Rechnungen gehören zu einem Fall.")
    lage = make_lage(today(), einstellungen)
    deliver(lambda: create_bestand(ordner) if bestand else create_fall(ordner, rechnungen, lage), als_json)
