"""The program `mahnakte`: one group, one module per command, click's own words in German."""

import gettext
import importlib
import os
import pathlib
import sys

# Before click is imported: its modules fetch their words from gettext when they speak.
_SPRACHE = pathlib.Path(__file__).resolve().parent / "sprache"
gettext.bindtextdomain("click", str(_SPRACHE))
gettext.textdomain("click")
os.environ["LANGUAGE"] = "de"

import click  # noqa: E402

import mahnakte  # noqa: E402
from mahnakte.cli.ausgabe import give_up, guard_output  # noqa: E402
from mahnakte.grund.befund import sperre  # noqa: E402
from mahnakte.werk.ergebnis import FERTIG, NICHT_BEGONNEN  # noqa: E402

# In the order of the work; each module cli/NAME.py holds the command of that name.
BEFEHLE = (
    "demo",
    "neu",
    "pruefen",
    "konto",
    "plan",
    "lauf",
    "brief",
    "antwort",
    "zahlungen",
    "ratenplan",
    "zufriedenheit",
    "versand",
    "storno",
    "vorgang",
    "antrag",
    "eda",
    "akte",
    "titel",
    "fristen",
    "ton",
    "rechnung",
    "rechnen",
    "recht",
)


class Befehlsgruppe(click.Group):
    """Loads a command's module only when it is called or its help is shown."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the commands in the order of the work."""
        return list(BEFEHLE)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name."""
        if cmd_name not in BEFEHLE:
            return None
        module = importlib.import_module(f"mahnakte.cli.{cmd_name}")
        command: click.Command = module.command
        return command


@click.group(
    cls=Befehlsgruppe,
    options_metavar="[OPTIONEN]",
    subcommand_metavar="BEFEHL …",
    context_settings={"help_option_names": ["--help"], "max_content_width": 100},
    epilog="Rückgabewerte: 0 fertig · 1 fertig mit Befunden · 2 nicht begonnen · 3 mindestens ein Fall "
    "abgelehnt · 4 Schaden.",
)
@click.version_option(mahnakte.__version__, prog_name="mahnakte")
def mahnakte_cli() -> None:
    """Forderungsmanagement auf einfachen Fallordnern: von der Rechnung bis zum Titel."""


_ARBEITSORDNER_FEHLT = sperre(
    "ARBEITSORDNER_FEHLT",
    "Der Ordner, in dem der Befehl aufgerufen wurde, ist nicht mehr da.",
    "In einen vorhandenen Ordner wechseln und den Befehl wiederholen.",
)


def main() -> None:
    """Run the program; also a wrong call ends with exit code 2 and, with --json, with a JSON document."""
    als_json = "--json" in sys.argv[1:]
    try:
        pathlib.Path.cwd()
    except OSError:
        give_up((_ARBEITSORDNER_FEHLT,), als_json)
    try:
        with guard_output(FERTIG):
            rueckgabe = mahnakte_cli.main(prog_name="mahnakte", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as hilfe:
        hilfe.show()
        sys.exit(NICHT_BEGONNEN)
    except click.ClickException as fehler:
        if not als_json:
            fehler.show()
            sys.exit(NICHT_BEGONNEN)
        give_up((sperre("AUFRUF_FALSCH", fehler.format_message(), "Hilfe: mahnakte --help"),), als_json)
    except click.Abort:
        give_up((sperre("ABGEBROCHEN", "Abgebrochen.", "Derselbe Befehl setzt fort."),), als_json)
    sys.exit(rueckgabe or 0)


if __name__ == "__main__":
    main()
