"""`mahnakte einlesen`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("einlesen")
@click.argument("datei", type=PFAD, metavar="DATEI")
@click.option("--bestand", type=PFAD, required=True, metavar="ORDNER", help="Der Ordner mit den Fallordnern.")
@click.option(
    "--zuordnung", type=PFAD, metavar="DATEI", help="Was die Spalten einer unbekannten Liste bedeuten."
)
@click.option(
    "--zuordnung-schreiben",
    type=PFAD,
    metavar="DATEI",
    help="Die vorgeschlagene Zuordnung in diese neue Datei.",
)
@click.option(
    "--rechnungen", type=PFAD, metavar="ORDNER", help="E-Rechnungen; sie kommen in die neuen Fälle."
)
@click.option("--glaeubiger", metavar="KENNUNG", help="Wessen Posten es sind, wenn der Bestand mehrere hat.")
@click.option(
    "--je",
    type=click.Choice(["kunde", "vertrag"]),
    default="kunde",
    help="Ein Fall je Kunde (Vorgabe) oder je Vertrag.",
)
@click.option(
    "--teil", is_flag=True, help="Die Liste ist ein Auszug: Nach dem, was fehlt, wird nicht gefragt."
)
@click.option(
    "--mahnstufe",
    "stufen",
    multiple=True,
    metavar="WORT=BRIEF",
    help="Welchen Brief ein Wort der Liste meint, etwa 1=zahlungserinnerung; mehrmals möglich.",
)
@click.option("--uebernehmen", is_flag=True, help="Fälle anlegen und Vorgänge ablegen.")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    datei: pathlib.Path,
    bestand: pathlib.Path,
    zuordnung: pathlib.Path | None,
    zuordnung_schreiben: pathlib.Path | None,
    rechnungen: pathlib.Path | None,
    glaeubiger: str | None,
    je: str,
    teil: bool,
    stufen: tuple[str, ...],
    uebernehmen: bool,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Eine Liste offener Posten lesen und zeigen, was daraus wird: neue Fälle, neue Rechnungen, Fragen.

    DATEI ist die Liste eines Buchhaltungsprogramms (CSV, XLSX) oder ein Buchungsstapel. Ein Kunde ist ein Fall. Ohne
    --uebernehmen wird nichts geschrieben; als bezahlt gebucht wird nie etwas.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.arten.brief import BRIEFARTEN, explain_unknown
    from mahnakte.befehle.einlesen import Wahl, take_posten

    benannte = {}
    for stufe in stufen:
        wort, _, brief = stufe.rpartition("=")
        if not wort or brief not in BRIEFARTEN:
            raise click.BadParameter(
                f"„{stufe}“: WORT=BRIEF angeben. {explain_unknown(brief)}", param_hint="--mahnstufe"
            )
        benannte[" ".join(wort.split()).casefold()] = brief
    wahl = Wahl(
        zuordnung=zuordnung, vorschlag=zuordnung_schreiben, rechnungen=rechnungen, glaeubiger=glaeubiger, je=je,
        teil=teil, stufen=benannte,
    )  # fmt: skip
    lage = make_lage(stichtag, einstellungen)
    herkunft = identify(bearbeiter) if uebernehmen else None
    deliver(lambda: take_posten(datei, bestand, wahl, lage, herkunft), als_json)
