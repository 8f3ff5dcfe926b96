"""`mahnakte titel`."""

import datetime as dt
import pathlib

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("titel")
@pfade_argument
@stichtag_option
@einstellungen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...], stichtag: dt.date, einstellungen: pathlib.Path | None, als_json: bool
) -> None:
    """Die Titel zeigen und bis wann sie gelten; oben, was zuerst verjährt.

    Zwei Uhren je Titel: 30 Jahre für die Hauptforderung, 3 Jahre zum Jahresende für Zinsen danach (§ 197 BGB).
    """
    from mahnakte.befehle.titel import list_titel

    deliver(lambda: list_titel(pfade, make_lage(stichtag, einstellungen)), als_json)
