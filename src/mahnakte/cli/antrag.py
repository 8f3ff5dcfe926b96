"""`mahnakte antrag`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
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


@befehl("antrag")
@pfade_argument
@click.option(
    "--vb",
    is_flag=True,
    help="Den Vollstreckungsbescheid beantragen, mit den Zahlungen seit dem Mahnantrag.",
)
@stichtag_option
@click.option(
    "--verjaehrt-bis",
    type=DATUM,
    metavar="JJJJ-MM-TT",
    help="Nur Fälle, in denen bis zu diesem Tag etwas verjährt, der Tag eingeschlossen; zeigt sie zuerst nur.",
)
@click.option(
    "--auswahl",
    type=PFAD,
    metavar="LISTE",
    help="Nur Fälle dieser Liste (CSV), soweit jeder darin mit Namen freigegeben ist.",
)
@click.option(
    "--liste",
    type=PFAD,
    metavar="DATEI",
    help="Schreiben, was drin ist und was nicht, mit Grund: .csv (zum Freigeben), .xlsx oder .txt.",
)
@click.option(
    "--erneut",
    metavar="GRUND",
    help="Noch einmal erstellen, obwohl ein Antrag da ist; der Grund wird festgehalten.",
)
@click.option(
    "--ohne-sammeldatei",
    is_flag=True,
    help="Noch keine EDA-Sammeldatei schreiben; die Anträge kommen in die nächste.",
)
@click.option(
    "--nummer",
    type=click.IntRange(1, 999),
    metavar="ZAHL",
    help="Mit dieser Nummer der EDA-Dateien beginnen, wenn frühere anderswo entstanden sind.",
)
@einstellungen_option
@bearbeiter_option
@ersetzen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    vb: bool,
    stichtag: dt.date,
    verjaehrt_bis: dt.date | None,
    auswahl: pathlib.Path | None,
    liste: pathlib.Path | None,
    erneut: str | None,
    ohne_sammeldatei: bool,
    nummer: int | None,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    ersetzen: bool,
    als_json: bool,
) -> None:
    """Den Antrag auf den Mahnbescheid vorbereiten: XML, Eingabeblatt und, wo möglich, eine EDA-Sammeldatei.

    Fehlt etwas für das Gericht, wird es aufgezählt und nichts geschrieben. Die Sammeldatei entsteht unter antraege/,
    wenn mahnakte.yaml unter „eda:“ nennt, was das Gericht vergeben hat. Eingereicht wird nichts; das hält erst das
    Ereignis „antrag_eingereicht“ fest.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.antrag import prepare_antraege

    lage = make_lage(stichtag, einstellungen)
    if verjaehrt_bis or auswahl or liste:
        from mahnakte.befehle.antrag_sammeln import Sammelwunsch, gather_antraege

        if vb or erneut:
            raise click.UsageError(
                "--verjaehrt-bis, --auswahl und --liste gehen nicht mit --vb oder --erneut."
            )
        wunsch = Sammelwunsch(verjaehrt_bis=verjaehrt_bis, auswahl=auswahl, liste=liste, ersetzen=ersetzen)
        deliver(
            lambda: gather_antraege(
                pfade, wunsch, lage, identify(bearbeiter), sammeln=not ohne_sammeldatei, nummer=nummer
            ),
            als_json,
        )
        return
    art = "vollstreckungsbescheid" if vb else "mahnbescheid"
    deliver(
        lambda: prepare_antraege(
            pfade, art, lage, identify(bearbeiter), erneut=erneut, sammeln=not ohne_sammeldatei, nummer=nummer
        ),
        als_json,
    )
