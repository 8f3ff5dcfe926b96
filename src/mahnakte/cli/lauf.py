"""`mahnakte lauf`."""

import datetime as dt
import pathlib

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    alles_pruefen_option,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("lauf")
@pfade_argument
@stichtag_option
@einstellungen_option
@bearbeiter_option
@alles_pruefen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    alles_pruefen: bool,
    als_json: bool,
) -> None:
    """Die fälligen Briefe schreiben, als DOCX und PDF unter vorgaenge/.

    Derselbe Lauf am selben Stichtag schreibt nichts Neues. Vorher ansehen: mahnakte plan.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.lauf import run_faelle
    from mahnakte.werk.ergebnis import Ergebnis

    def run() -> Ergebnis:
        lage = make_lage(stichtag, einstellungen, alles_pruefen=alles_pruefen)
        return run_faelle(pfade, lage, identify(bearbeiter))

    deliver(run, als_json)
