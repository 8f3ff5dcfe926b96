"""`mahnakte konto`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    befehl,
    einstellungen_option,
    ersetzen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("konto")
@fall_argument
@stichtag_option
@click.option("--schuldner", metavar="KENNUNG", help="Nur gegen einen von mehreren Schuldnern.")
@click.option("--pdf", type=PFAD, metavar="DATEI", help="Die Forderungsaufstellung als PDF schreiben.")
@click.option(
    "--xlsx", type=PFAD, metavar="DATEI", help="Die Forderungsaufstellung als Excel-Mappe schreiben."
)
@ersetzen_option
@einstellungen_option
@json_option
def command(
    pfad: pathlib.Path,
    stichtag: dt.date,
    schuldner: str | None,
    pdf: pathlib.Path | None,
    xlsx: pathlib.Path | None,
    ersetzen: bool,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Zeigen, was der Schuldner schuldet, auf den Cent und mit Herleitung.

    FALL ist ein Fallordner. Der Stichtag ist der letzte gerechnete Zinstag.
    """
    from mahnakte.befehle.konto import show_konto

    lage = make_lage(stichtag, einstellungen)
    deliver(
        lambda: show_konto(pfad, lage, schuldner, pdf, xlsx, ersetzen),
        als_json,
        dateien=(pdf, xlsx),
        ersetzen=ersetzen,
    )
