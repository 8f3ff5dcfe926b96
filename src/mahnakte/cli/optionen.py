"""Options and arguments that many commands share. Loads nothing heavy: every help text passes here."""

import datetime as dt
import os
import pathlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mahnakte.grund.datum import KeinDatum, parse_datum

if TYPE_CHECKING:
    from mahnakte.werk.laden import Lage

_F = TypeVar("_F", bound=Callable[..., Any])


def datum(wert: str | dt.date) -> dt.date:
    """Read a date of the command line: 2026-11-16 or 16.11.2026."""
    if isinstance(wert, dt.date):
        return wert
    try:
        return parse_datum(wert)
    except KeinDatum as fehler:
        raise click.BadParameter(str(fehler)) from None


DATUM = datum
PFAD = click.Path(path_type=pathlib.Path)


def befehl(name: str, hilfe: str | None = None) -> Callable[[Callable[..., None]], click.Command]:
    """Return the decorator that makes a function the command of that name; its help is its docstring or `hilfe`."""
    return click.command(name, help=hilfe, options_metavar="[OPTIONEN]")


def today() -> dt.date:
    """Return today's date in Germany; the only clock that reaches a computation, and only as a default."""
    import zoneinfo

    return dt.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")).date()


def stichtag_option(command: _F) -> _F:
    """Add `--stichtag`."""
    return click.option(
        "--stichtag",
        type=DATUM,
        default=today,
        metavar="JJJJ-MM-TT",
        show_default="heute",
        help="Für diesen Tag rechnen; Späteres zählt nicht.",
    )(command)


def json_option(command: _F) -> _F:
    """Add `--json`."""
    return click.option("--json", "als_json", is_flag=True, help="Ein JSON-Dokument ausgeben.")(command)


def einstellungen_option(command: _F) -> _F:
    """Add `--einstellungen`."""
    return click.option(
        "--einstellungen",
        type=PFAD,
        metavar="DATEI",
        help="Diese mahnakte.yaml verwenden statt der neben den Fallordnern.",
    )(command)


def alles_pruefen_option(command: _F) -> _F:
    """Add `--alles-pruefen`."""
    return click.option(
        "--alles-pruefen",
        is_flag=True,
        help="Auch unveränderte Fälle ganz lesen, statt dem Zwischenspeicher zu glauben.",
    )(command)


def bearbeiter_option(command: _F) -> _F:
    """Add `--bearbeiter`."""
    return click.option(
        "--bearbeiter",
        metavar="NAME",
        help="Wer schreibt; sonst MAHNAKTE_BEARBEITER oder der angemeldete Benutzer.",
    )(command)


def ersetzen_option(command: _F) -> _F:
    """Add `--ersetzen`."""
    return click.option("--ersetzen", is_flag=True, help="Eine vorhandene Ausgabedatei überschreiben.")(
        command
    )


def pfade_argument(command: _F) -> _F:
    """Add PFAD…: case folders or a Bestand."""
    return click.argument("pfade", type=PFAD, nargs=-1, required=True, metavar="PFAD…")(command)


def fall_argument(command: _F) -> _F:
    """Add FALL: one case folder."""
    return click.argument("pfad", type=PFAD, metavar="FALL")(command)


def fall_und_nummer(angaben: tuple[str, ...]) -> tuple[pathlib.Path, int]:
    """Read FALL NR: one case folder and the number of a step in it."""
    if len(angaben) != 2:
        raise click.UsageError("Gemeint sind ein Fallordner und die Nummer eines Vorgangs: FALL NR.")
    pfad, nr = angaben
    if not (nr.isascii() and nr.isdigit() and 1 <= int(nr) <= 9999):
        raise click.UsageError(f"„{nr}“ ist keine Nummer eines Vorgangs (1 bis 9999).")
    return pathlib.Path(pfad), int(nr)


def make_lage(
    stichtag: dt.date, einstellungen: pathlib.Path | None = None, *, alles_pruefen: bool = False
) -> "Lage":
    """Return what a run works with; the child processes end with the program."""
    from mahnakte.cli.fortschritt import make_fortschritt
    from mahnakte.grund.worker import WorkerPool
    from mahnakte.werk.laden import Lage

    return Lage(stichtag, WorkerPool(os.cpu_count() or 1), einstellungen, alles_pruefen, make_fortschritt())
