"""`mahnakte recht`, `mahnakte recht eintragen`."""

import datetime as dt
import pathlib
from decimal import Decimal

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import DATUM, befehl, einstellungen_option, json_option, today
from mahnakte.cli.rechnen import zahl
from mahnakte.werk.ergebnis import Ergebnis

_TAG = "JJJJ-MM-TT"


class _NameOrCommand(click.Group):
    """A group whose first word may also be the name of a value: `mahnakte recht basiszinssatz`."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name; any other word is the NAME that `zeigen` takes."""
        return super().get_command(ctx, cmd_name) or self.commands["zeigen"]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what is no command of the group as call of `zeigen`."""
        if not args or (args[0] not in self.commands and args[0] not in ctx.help_option_names):
            args = ["zeigen", *args]
        return super().parse_args(ctx, args)


@click.group(
    "recht", cls=_NameOrCommand, options_metavar="[OPTIONEN]", subcommand_metavar="[NAME | BEFEHL …]"
)
def command() -> None:
    """Rechtswerte zeigen (mahnakte recht, mahnakte recht NAME) und im Bestand eintragen."""


@befehl("zeigen")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--am", type=DATUM, metavar=_TAG, show_default="heute", help="Wert an diesem Tag.")
@einstellungen_option
@json_option
def show(name: str | None, am: dt.date | None, einstellungen: pathlib.Path | None, als_json: bool) -> None:
    """Rechtswerte zeigen: Wert, Geltung, Quelle, Verlauf. Ohne NAME die ganze Liste.

    Auch rvg, gkg, katalog und mahngerichte sind Namen. „mahnakte recht NAME“ ist dasselbe.
    """
    from mahnakte.befehle.recht import list_recht, show_recht
    from mahnakte.werk.bestandsrecht import find_recht

    def tell() -> Ergebnis:
        recht = find_recht(einstellungen)
        return show_recht(recht, name, am, today()) if name else list_recht(recht, am or today())

    deliver(tell, als_json)


@befehl("eintragen")
@click.argument("name", metavar="NAME")
@click.option("--ab", type=DATUM, required=True, metavar=_TAG, help="Erster Tag, für den der Wert gilt.")
@click.option(
    "--bis", type=DATUM, metavar=_TAG,
    help="Letzter Tag; sonst bis zum nächsten gesetzlichen Wechsel oder zum Ende des Jahres nach der Prüfung.",
)  # fmt: skip
@click.option("--satz", "wert", type=zahl, required=True, metavar="WERT", help="Der Wert, mit Dezimalkomma.")
@click.option("--quelle", required=True, metavar="TEXT", help="Wo der Wert amtlich steht.")
@click.option("--geprueft-von", required=True, metavar="NAME", help="Wer ihn dort nachgesehen hat.")
@click.option("--geprueft-am", type=DATUM, default=today, metavar=_TAG, show_default="heute", help="Wann.")
@click.option(
    "--einstellungen", type=click.Path(path_type=pathlib.Path), default="mahnakte.yaml", metavar="DATEI",
    show_default="mahnakte.yaml", help="Für diesen Bestand; die Datei entsteht daneben in recht/.",
)  # fmt: skip
@json_option
def enter(
    name: str,
    ab: dt.date,
    bis: dt.date | None,
    wert: Decimal,
    quelle: str,
    geprueft_von: str,
    geprueft_am: dt.date,
    einstellungen: pathlib.Path,
    als_json: bool,
) -> None:
    """Einen Rechtswert eintragen, der neuer ist als das Programm: eine neue Datei recht/NAME-TAG.yaml.

    Nur ab dem Tag, an dem die Tabelle endet; Bekanntes wird nie geändert. Bringt das Programm den Wert später
    selbst mit, gilt seiner; sagt es etwas anderes, ruht der Bestand, bis ein Mensch entscheidet.
    """
    from mahnakte.befehle.recht_eintragen import Eintrag, enter_recht

    eintrag = Eintrag(name, ab, bis, wert, quelle, geprueft_von, geprueft_am)
    deliver(lambda: enter_recht(einstellungen, eintrag), als_json)


command.add_command(show)
command.add_command(enter)
