"""The program `mahnakte`: one group, one module per command, click's own words in German."""

import gettext
import importlib
import os
import pathlib
import sys
from collections.abc import Mapping

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

# In the order of the work; each module cli/NAME.py holds the command of that name. Beside it the first sentence of
# its help, so that the list of commands loads none of them.
BEFEHLE: Mapping[str, str] = {
    "demo": "Einen kleinen Bestand mit echten Rechnungen anlegen und den ganzen Weg darauf gehen.",
    "neu": "Einen Fall anlegen: fall.yaml, ausgefüllt, soweit die Rechnungen es sagen.",
    "pruefen": "Prüfen, was fehlt, sich widerspricht, unzulässig oder beschädigt ist.",
    "konto": "Zeigen, was der Schuldner schuldet, auf den Cent und mit Herleitung.",
    "plan": "Zeigen, was heute fällig ist und was nicht, mit Gründen.",
    "lauf": "Die fälligen Briefe schreiben, als DOCX und PDF unter vorgaenge/.",
    "brief": "Einen einzelnen Brief schreiben, außerhalb des Mahnplans.",
    "erfassen": "Festhalten, was jemand erfahren hat: Zahlung, Kosten, Einwand, Titel, Maßnahme.",
    "antwort": "Einen zurückgekommenen Antwortbogen lesen und zeigen, was er bedeutet.",
    "einlesen": "Eine Liste offener Posten lesen und zeigen, was daraus wird: neue Fälle, neue Rechnungen, Fragen.",
    "zahlungen": "Einen Kontoauszug lesen und zeigen, welche Buchung zu welchem Fall gehört.",
    "ratenplan": "Einen Ratenplan ausrechnen: Tage, Raten, letzte Rate.",
    "zufriedenheit": "Einen anonymen Fragebogen zur Zufriedenheit schreiben, als ausfüllbares PDF.",
    "druckgut": "Die bereitliegenden Briefe zum Drucken zusammenstellen, in Postordnung, je Umschlag ein PDF.",
    "versand": "Festhalten, dass ein Vorgang verschickt wurde.",
    "storno": "Einen Vorgang stornieren, der noch nicht verschickt ist.",
    "vorgang": "Abgelegte Vorgänge: einen in Word geänderten Brief übernehmen.",
    "antrag": "Den Antrag auf den Mahnbescheid vorbereiten: XML, Eingabeblatt und, wo möglich, eine EDA-Sammeldatei.",
    "eda": "Dateien des elektronischen Datenaustauschs mit den Mahngerichten: zeigen, prüfen, umwandeln, einlesen.",
    "akte": "Die digitale Akte für die Übergabe an Anwalt oder Inkasso zusammenstellen.",
    "titel": "Die Titel zeigen und bis wann sie gelten; oben, was zuerst verjährt.",
    "fristen": "Alle Fristen zeigen, die nächste zuerst: Verjährung, Gericht, Titel, Zusagen, Raten, Schreiben.",
    "zeitplan": "Den täglichen Lauf vorbereiten: eine Aufgabe für Windows oder eine Zeile für cron.",
    "siegeln": "Die Vorgänge aller Fälle versiegeln: Prüfsummen, die außerhalb der Datenablage aufbewahrt werden.",
    "ton": "Den Ton einer Vorlage oder eines Briefs prüfen: Drohung, Vorwurf, Fachwörter, Lesbarkeit.",
    "rechnung": "Zeigen, was eine Rechnungsdatei sagt (ZUGFeRD, XRechnung, PDF).",
    "rechnen": "Ohne Fall rechnen: Zinsen, Gebühren, Fristen, Verjährung, Basiszinssatz.",
    "recht": "Rechtswerte zeigen (mahnakte recht, mahnakte recht NAME) und im Bestand eintragen.",
    "hilfe": "Erklären, was der Code eines Befunds oder eines Grundes bedeutet und was hilft.",
}


class Befehlsgruppe(click.Group):
    """Loads a command's module only when that command is called or its own help is shown."""

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

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands as click does, from the sentences in BEFEHLE."""
        breite = formatter.width - 6 - max(map(len, BEFEHLE))
        zeilen = [
            (name, click.Command(name, help=satz).get_short_help_str(breite))
            for name, satz in BEFEHLE.items()
        ]
        with formatter.section(gettext.gettext("Commands")):
            formatter.write_dl(zeilen)


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
