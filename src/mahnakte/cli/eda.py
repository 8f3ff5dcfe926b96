"""`mahnakte eda …`: files exchanged with the dunning courts."""

import datetime as dt
import pathlib

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    DATUM,
    PFAD,
    bearbeiter_option,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
    today,
)

_DATEI = click.argument("datei", type=PFAD, metavar="DATEI")
_ZIEL = click.option("--ziel", type=PFAD, required=True, metavar="DATEI", help="Wohin geschrieben wird.")


@click.group("eda", options_metavar="[OPTIONEN]", subcommand_metavar="BEFEHL …")
def command() -> None:
    """Dateien des elektronischen Datenaustauschs mit den Mahngerichten: zeigen, prüfen, umwandeln, einlesen."""


@command.command("zeigen", options_metavar="[OPTIONEN]")
@_DATEI
@click.option("--pdf", type=PFAD, metavar="DATEI", help="Statt auf den Bildschirm als PDF schreiben.")
@ersetzen_option
@json_option
def zeigen(datei: pathlib.Path, pdf: pathlib.Path | None, ersetzen: bool, als_json: bool) -> None:
    """Jeden Satz einer EDA-Datei lesbar zeigen, Anträge wie Nachrichten; Unbekanntes steht, wie es ist."""
    from mahnakte.befehle.eda import show_eda

    lage = make_lage(today())
    deliver(lambda: show_eda(datei, lage, pdf, ersetzen), als_json)


@command.command("pruefen", options_metavar="[OPTIONEN]")
@_DATEI
@click.option("--regeln", is_flag=True, help="Auch prüfen, was ein Gericht beanstanden würde.")
@json_option
def pruefen(datei: pathlib.Path, regeln: bool, als_json: bool) -> None:
    """Eine EDA-Datei mit Anträgen streng prüfen: Rahmen, Sätze, Felder, Reihenfolge, Summen."""
    from mahnakte.befehle.eda import check_eda

    lage = make_lage(today())
    deliver(lambda: check_eda(datei, lage, regeln), als_json)


@command.command("lesen", options_metavar="[OPTIONEN]")
@_DATEI
@_ZIEL
@ersetzen_option
@json_option
def lesen(datei: pathlib.Path, ziel: pathlib.Path, ersetzen: bool, als_json: bool) -> None:
    """Eine EDA-Datei mit Mahnanträgen ohne Verlust in XML umwandeln."""
    from mahnakte.befehle.eda import eda_to_xml

    lage = make_lage(today())
    deliver(lambda: eda_to_xml(datei, ziel, lage, ersetzen), als_json)


@command.command("schreiben", options_metavar="[OPTIONEN]")
@click.argument("datei", type=PFAD, metavar="X.xml")
@_ZIEL
@click.option(
    "--nummer",
    type=click.IntRange(1, 999),
    metavar="ZAHL",
    help="Für XML ohne Dateikopf: Nummer der Datei; das Übrige steht in mahnakte.yaml.",
)
@click.option(
    "--probe",
    is_flag=True,
    help="Datei für den Test beim Gericht: auch Sätze, deren Feldlage nicht amtlich bestätigt ist. Nicht einreichen.",
)
@einstellungen_option
@stichtag_option
@ersetzen_option
@json_option
def schreiben(
    datei: pathlib.Path,
    ziel: pathlib.Path,
    nummer: int | None,
    probe: bool,
    einstellungen: pathlib.Path | None,
    stichtag: dt.date,
    ersetzen: bool,
    als_json: bool,
) -> None:
    """XML mit Mahnanträgen in eine EDA-Datei umwandeln; was die Sätze nicht fassen, wird beim Namen abgelehnt."""
    from mahnakte.befehle.eda import xml_to_eda

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: xml_to_eda(datei, ziel, lage, ersetzen, nummer, probe), als_json)


@command.command("aufbauen", options_metavar="[OPTIONEN]")
@click.argument("ordner", type=PFAD, metavar="ORDNER")
@_ZIEL
@ersetzen_option
@json_option
def aufbauen(ordner: pathlib.Path, ziel: pathlib.Path, ersetzen: bool, als_json: bool) -> None:
    """Eine Sammeldatei noch einmal erzeugen, aus ihrem Verzeichnis und den Vorgängen. ORDNER: antraege/ABC021."""
    from mahnakte.befehle.eda import rebuild_eda

    deliver(lambda: rebuild_eda(ordner, ziel, ersetzen), als_json)


@command.command("nachrichten", options_metavar="[OPTIONEN]")
@_DATEI
@pfade_argument
@click.option("--uebernehmen", is_flag=True, help="Die vorgeschlagenen Ereignisse als Vorgänge ablegen.")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def nachrichten(
    datei: pathlib.Path,
    pfade: tuple[pathlib.Path, ...],
    uebernehmen: bool,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Nachrichten des Mahngerichts lesen und zeigen, was sie für die Fälle bedeuten.

    Zugeordnet wird nach unserem Geschäftszeichen. Ohne --uebernehmen wird nichts geschrieben; fall.yaml bleibt immer,
    wie es ist.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.eda_nachrichten import take_nachrichten

    lage = make_lage(stichtag, einstellungen)
    herkunft = identify(bearbeiter) if uebernehmen else None
    deliver(lambda: take_nachrichten(datei, pfade, lage, herkunft), als_json)


@command.command("eingereicht", options_metavar="[OPTIONEN]")
@click.argument("ordner", type=PFAD, metavar="ORDNER")
@click.option("--am", type=DATUM, metavar="JJJJ-MM-TT", help="Tag der Einreichung; sonst der Stichtag.")
@stichtag_option
@einstellungen_option
@bearbeiter_option
@json_option
def eingereicht(
    ordner: pathlib.Path,
    am: dt.date | None,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    als_json: bool,
) -> None:
    """Festhalten, dass eine Sammeldatei eingereicht ist: je Fall das Ereignis dazu. ORDNER: antraege/ABC021."""
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.eda_eingereicht import record_eingereicht

    lage = make_lage(stichtag, einstellungen)
    deliver(lambda: record_eingereicht(ordner, am or stichtag, lage, identify(bearbeiter)), als_json)


@command.command("folge", options_metavar="[OPTIONEN]")
@click.argument("art", metavar="ART")
@click.argument("fall", type=PFAD, metavar="FALL")
@click.option(
    "--ziel", type=PFAD, required=True, metavar="DATEI", help=".EDA oder .pdf (Blatt zum Senden von Hand)."
)
@click.option("--schuldner", metavar="KENNUNG", help="Gegen wen, bei mehreren Schuldnern.")
@click.option("--nachricht", type=PFAD, metavar="DATEI", help="Datei des Gerichts mit der Monierung.")
@click.option(
    "--nummer",
    type=click.IntRange(1, 999),
    default=1,
    metavar="ZAHL",
    help="Nummer der EDA-Datei.",
    show_default=True,
)
@stichtag_option
@einstellungen_option
@ersetzen_option
@json_option
def folge(
    art: str,
    fall: pathlib.Path,
    ziel: pathlib.Path,
    schuldner: str | None,
    nachricht: pathlib.Path | None,
    nummer: int,
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    ersetzen: bool,
    als_json: bool,
) -> None:
    """Folgeantrag eines Falls als EDA-Datei oder Blatt.

    ART: neuzustellung, ruecknahme, erledigung, abgabe oder monierung (Antwort). Gesendet und vermerkt wird nichts.
    """
    from mahnakte.befehle.eda_folge import ARTEN, write_folge

    if art not in ARTEN:
        raise click.UsageError(f"ART ist eine von: {', '.join(ARTEN)}.")
    lage = make_lage(stichtag, einstellungen)
    deliver(
        lambda: write_folge(
            art, fall, ziel, lage, schuldner=schuldner, nummer=nummer, nachricht=nachricht, ersetzen=ersetzen
        ),
        als_json,
    )
