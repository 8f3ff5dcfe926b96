"""`mahnakte hilfe`."""

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import befehl, json_option
from mahnakte.werk.ergebnis import Ergebnis


@befehl("hilfe")
@click.argument("code", required=False, metavar="[CODE]")
@json_option
def command(code: str | None, als_json: bool) -> None:
    """Erklären, was der Code eines Befunds oder eines Grundes bedeutet und was hilft.

    Der Code steht in eckigen Klammern hinter jedem Befund und jedem Grund. Ohne CODE alle, eine Zeile je Code.
    """
    from mahnakte.befehle.hilfe import explain_code, list_codes

    def explain() -> Ergebnis:
        return list_codes() if code is None else explain_code(code)

    deliver(explain, als_json)
