"""`mahnakte versand`."""

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


@befehl("versand")
@click.argument("angaben", nargs=-1, required=True, metavar="FALL NR | PFAD…")
@click.option(
    "--alle", is_flag=True, help="Alle Briefe unter PFAD…, die geschrieben und nicht vermerkt sind."
)
@click.option(
    "--seit",
    type=DATUM,
    metavar="JJJJ-MM-TT",
    help="Bei --alle auch Briefe ab diesem Tag; sonst die der letzten sieben Tage.",
)
@click.option("--am", type=DATUM, metavar="JJJJ-MM-TT", help="Tag des Versands; sonst der Stichtag.")
@click.option(
    "--weg",
    type=click.Choice(["post", "einschreiben", "bote", "fax", "email", "portal"]),
    default="post",
    show_default=True,
    help="Wie es verschickt wurde.",
)
@click.option(
    "--trotzdem",
    metavar="GRUND",
    help="Festhalten, obwohl das Schreiben heute nicht mehr stimmt; der Grund wird gespeichert.",
)
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def command(
    angaben: tuple[str, ...],
    alle: bool,
    seit: dt.date | None,
    am: dt.date | None,
    weg: str,
    trotzdem: str | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Festhalten, dass ein Vorgang verschickt wurde. NR ist die Nummer des Ordners unter vorgaenge/.

    Vorher wird er mit dem Fall verglichen, wie er am Tag des Versands steht: Was heute nicht mehr stimmt, wird nur
    mit --trotzdem vermerkt; ein vergangener Tag immer, mit einem Befund und dem Schreiben, das es richtigstellt.

    Mit --alle werden viele auf einmal vermerkt; was an diesem Tag nicht mehr stimmt, bleibt liegen und wird genannt.

    Der Versand ist noch kein Zugang: Den hält das Ereignis „mahnung_zugegangen“ in fall.yaml fest.
    """
    from mahnakte.ablage.herkunft import identify

    lage = make_lage(stichtag, einstellungen)
    tag = am or stichtag
    if alle:
        from mahnakte.befehle.vermerk import Versandwunsch, send_all

        if trotzdem:
            raise click.UsageError("--trotzdem gilt für einen einzelnen Vorgang, nicht für --alle.")
        pfade = [pathlib.Path(angabe) for angabe in angaben]
        deliver(lambda: send_all(pfade, Versandwunsch(tag, weg, seit), lage, identify(bearbeiter)), als_json)
    pfad, nr = fall_und_nummer(angaben)
    from mahnakte.befehle.vermerk import record_versand

    deliver(
        lambda: record_versand(pfad, nr, tag, weg, lage, identify(bearbeiter), trotzdem=trotzdem),
        als_json,
    )
