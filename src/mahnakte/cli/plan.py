"""`mahnakte plan`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    PFAD,
    alles_pruefen_option,
    befehl,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("plan")
@pfade_argument
@stichtag_option
@einstellungen_option
@alles_pruefen_option
@click.option("--einzeln", is_flag=True, help="Jeden Fall zeigen, auch wenn es mehr als vierzig sind.")
@click.option("--seit", type=DATUM, metavar="JJJJ-MM-TT", help="Dazu zeigen, was seit diesem Tag neu ist.")
@click.option(
    "--speichern", type=PFAD, metavar="DATEI", help="Den Plan ablegen, für mahnakte lauf --plan DATEI."
)
@click.option(
    "--xlsx", type=PFAD, metavar="DATEI", help="Als Excel-Mappe schreiben: was zu tun ist und wer handelt."
)
@ersetzen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    alles_pruefen: bool,
    einzeln: bool,
    seit: dt.date | None,
    speichern: pathlib.Path | None,
    xlsx: pathlib.Path | None,
    ersetzen: bool,
    als_json: bool,
) -> None:
    """Zeigen, was heute fällig ist und was nicht, mit Gründen. Schreibt nichts in die Fälle.

    Bei mehr als vierzig Fällen eine Übersicht: oben, was zuerst zu tun ist.

    PFAD ist ein Fallordner oder ein Bestand; mehrere sind möglich.
    """
    from mahnakte.befehle.plan import Planwunsch, plan_faelle

    wunsch = Planwunsch(speichern, xlsx, ersetzen, seit, einzeln)
    deliver(
        lambda: plan_faelle(pfade, make_lage(stichtag, einstellungen, alles_pruefen=alles_pruefen), wunsch),
        als_json,
        dateien=(speichern, xlsx),
        ersetzen=ersetzen,
    )
