"""`mahnakte storno`."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    fall_und_nummer,
    json_option,
    make_lage,
    stichtag_option,
)


@befehl("storno")
@click.argument("angaben", nargs=-1, required=True, metavar="FALL NR | PFAD…")
@click.option("--grund", metavar="TEXT", help="Warum storniert wird; wird festgehalten.")
@click.option(
    "--ueberholt",
    is_flag=True,
    help="Alle Briefe unter PFAD…, die nicht vermerkt sind und nicht mehr stimmen.",
)
@click.option(
    "--seit",
    type=DATUM,
    metavar="JJJJ-MM-TT",
    help="Bei --ueberholt auch Briefe ab diesem Tag; sonst die der letzten sieben Tage.",
)
@click.option(
    "--lauf",
    "lauf_id",
    metavar="KENNUNG",
    help="Alles unter PFAD…, was ein Lauf geschrieben hat und noch im Haus ist.",
)
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    angaben: tuple[str, ...],
    grund: str | None,
    ueberholt: bool,
    seit: dt.date | None,
    lauf_id: str | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Einen Vorgang stornieren, der noch nicht verschickt ist. Gelöscht wird nichts.

    Mit --ueberholt alle Briefe, die nicht als versandt vermerkt sind und heute nicht mehr stimmen: nur für Büros, die
    jeden Versand vermerken. Mit --lauf alles, was ein Lauf geschrieben hat; Verschicktes und Eingereichtes bleibt.

    Auch ein irrtümlich vermerkter Versand lässt sich stornieren (NR ist dann die Nummer des Vermerks), solange kein
    Zugang, späteres Schreiben oder Antrag auf ihm beruht.
    """
    from mahnakte.ablage.herkunft import identify

    lage = make_lage(stichtag, einstellungen)
    pfade = [pathlib.Path(angabe) for angabe in angaben]
    if ueberholt:
        from mahnakte.befehle.vermerk import cancel_ueberholte

        if grund or lauf_id:
            raise click.UsageError(
                "--ueberholt geht nicht zusammen mit --grund und --lauf; der Grund steht im Fall."
            )
        deliver(lambda: cancel_ueberholte(pfade, seit, lage, identify(bearbeiter)), als_json)
    if not grund:
        raise click.UsageError("Die Option --grund fehlt: warum storniert wird.")
    if lauf_id:
        from mahnakte.befehle.vermerk import undo_lauf

        deliver(lambda: undo_lauf(pfade, lauf_id, grund, lage, identify(bearbeiter)), als_json)
    pfad, nr = fall_und_nummer(angaben)
    from mahnakte.befehle.vermerk import record_storno

    deliver(lambda: record_storno(pfad, nr, grund, lage, identify(bearbeiter)), als_json)
