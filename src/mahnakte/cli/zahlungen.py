"""`mahnakte zahlungen`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)


@befehl("zahlungen")
@click.argument("datei", type=PFAD, metavar="DATEI")
@pfade_argument
@click.option(
    "--uebernehmen", is_flag=True, help="Sichere Buchungen und Entscheidungen als Vorgänge ablegen."
)
@click.option(
    "--liste",
    type=PFAD,
    metavar="DATEI",
    help="Was zu entscheiden ist, als Liste (.xlsx, .csv).",
)
@click.option("--entscheidung", type=PFAD, metavar="DATEI", help="Eine entschiedene Liste zurückgeben.")
@ersetzen_option
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    datei: pathlib.Path,
    pfade: tuple[pathlib.Path, ...],
    uebernehmen: bool,
    liste: pathlib.Path | None,
    entscheidung: pathlib.Path | None,
    ersetzen: bool,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen Kontoauszug lesen und zeigen, welche Buchung zu welchem Fall gehört.

    DATEI ist CAMT.052, 053 oder 054 (XML oder ZIP), MT940 oder die CSV-Datei einer bekannten Bank. Sicher ist eine
    Buchung nur, wenn Nummer, Betrag und Zahler passen; über die anderen entscheidet ein Mensch in einer Liste. Bis
    dahin ruhen nach --uebernehmen die Fälle, die eine solche Buchung betreffen kann. Ohne
    --uebernehmen wird nichts abgelegt; fall.yaml bleibt immer, wie es ist.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.zahlungen import Zahlungswahl, take_zahlungen

    lage = make_lage(stichtag, einstellungen)
    herkunft = identify(bearbeiter) if uebernehmen else None
    wahl = Zahlungswahl(liste, entscheidung, ersetzen)
    deliver(
        lambda: take_zahlungen(datei, pfade, lage, herkunft, wahl),
        als_json,
        dateien=(liste,),
        ersetzen=ersetzen,
    )
