"""`mahnakte plan`."""

import datetime as dt
import pathlib

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    alles_pruefen_option,
    befehl,
    einstellungen_option,
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
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    alles_pruefen: bool,
    als_json: bool,
) -> None:
    """Zeigen, was heute fällig ist und was nicht, mit Gründen. Schreibt nichts.

    PFAD ist ein Fallordner oder ein Bestand; mehrere sind möglich.
    """
    from mahnakte.befehle.plan import plan_faelle

    deliver(
        lambda: plan_faelle(pfade, make_lage(stichtag, einstellungen, alles_pruefen=alles_pruefen)), als_json
    )
