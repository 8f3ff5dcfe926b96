"""`mahnakte recht`."""

import datetime as dt

import click

from mahnakte.befehle.ergebnis import Ergebnis
from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import DATUM, befehl, json_option, today
from mahnakte.recht.rechtsstand import shipped_recht


@befehl("recht")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--am", type=DATUM, metavar="JJJJ-MM-TT", show_default="heute", help="Wert an diesem Tag.")
@json_option
def command(name: str | None, am: dt.date | None, als_json: bool) -> None:
    """Rechtswerte zeigen: Wert, Geltung, Quelle, Verlauf. Ohne NAME die ganze Liste.

    Auch rvg, gkg, katalog und mahngerichte sind Namen.
    """
    from mahnakte.befehle.recht import list_recht, show_recht

    def show() -> Ergebnis:
        return (
            show_recht(shipped_recht(), name, am, today())
            if name
            else list_recht(shipped_recht(), am or today())
        )

    deliver(show, als_json)
