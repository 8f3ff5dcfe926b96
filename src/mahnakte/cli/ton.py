"""`mahnakte ton`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import PFAD, befehl, einstellungen_option, json_option, make_lage, stichtag_option


@befehl("ton")
@click.argument("pfad", type=PFAD, metavar="DATEI|FALL")
@click.option(
    "--stufe", metavar="ART", help="Stufe des Briefs, wenn der Dateiname sie nicht sagt, etwa mahnung-1."
)
@stichtag_option
@einstellungen_option
@json_option
def command(
    pfad: pathlib.Path,
    stufe: str | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Den Ton einer Vorlage oder eines Briefs prüfen: Drohung, Vorwurf, Fachwörter, Lesbarkeit.

    DATEI ist eine Vorlage oder ein Brief (DOCX, PDF); bei einem FALL werden die Briefe seiner Vorgänge geprüft.
    Rückgabewert 3: etwas steht darin, das in keinem Brief stehen darf.
    """
    from mahnakte.befehle.ton import check_ton

    deliver(lambda: check_ton(pfad, make_lage(stichtag, einstellungen), stufe), als_json)
