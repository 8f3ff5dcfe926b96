"""`mahnakte erfassen FALL ART …`: the kinds of facts as commands, their keys as options, both read from fall.yaml."""

import datetime as dt
import pathlib
import re
from typing import Any

import click

from mahnakte.arten.alltagsworte import EREIGNISWORTE, find_key
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    bearbeiter_option,
    einstellungen_option,
    fall_argument,
    json_option,
    make_lage,
    stichtag_option,
)
from mahnakte.fall.erfassung import TATSACHENARTEN, Tatsachenart
from mahnakte.fall.erfassungsfelder import Feld, as_angaben, list_felder
from mahnakte.grund.text import fold, propose

_SAETZE = {
    "zahlung": "Eine Zahlung, mit dem Tag der Gutschrift",
    "rueckgabe": "Die Rückgabe einer erfassten Zahlung",
    "gutschrift": "Eine Gutschrift",
    "kosten": "Kosten, die der Schuldner ersetzen soll",
    "verzicht": "Ein Verzicht auf einen Teil",
    "titel": "Ein Vollstreckungstitel",
    "massnahme": "Eine Maßnahme aus einem erfassten Titel",
    "rechnung": "Eine weitere Rechnung",
    "quittung": "Dass ein Befund gesehen und angenommen ist",
}


class _Tatsachengruppe(click.Group):
    """Makes the command of a kind of fact when it is asked for; knows its everyday word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; the help on a kind needs no case."""
        if len(args) > 1 and args[1] == "--help" and _find_art(args[0]):
            args = ["FALL", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Return the kinds of facts: money and titles first, then the events."""
        return list(TATSACHENARTEN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """Return the command of a kind; a word that is none is explained. Raises UsageError."""
        art = _find_art(cmd_name)
        if art is None:
            rat = _as_command(propose(cmd_name, list(TATSACHENARTEN), EREIGNISWORTE))
            raise click.UsageError(f"Unbekannte ART „{cmd_name}“. {rat}", ctx)
        return _make_command(art)


class _Tatsache(click.Command):
    """Takes an option by the everyday name of its key as well: `--datum` for `--am`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments."""
        bekannte = {option for param in self.params for option in param.opts}
        schluessel = [option.removeprefix("--").replace("-", "_") for option in bekannte]
        return super().parse_args(ctx, [_as_known(wort, bekannte, schluessel) for wort in args])


def _as_command(rat: str) -> str:
    """Return a remedy that names keys of fall.yaml in the words of this command."""
    rat = re.sub(r" (?:steht|stehen) nicht hier, sondern unter", ":", rat)
    rat = re.sub(r"„art: (\w+)“", r"„\1“", rat)
    for art in TATSACHENARTEN.values():
        rat = rat.replace(f"„{art.liste}:“", f"„{art.wort}“")
    return re.sub(r"„([a-z_]+):“", lambda treffer: f"--{treffer[1].replace('_', '-')}", rat)


def _as_known(wort: str, bekannte: set[str], schluessel: list[str]) -> str:
    option, gleich, wert = wort.partition("=")
    if not option.startswith("--") or option in bekannte:
        return wort
    gemeint = find_key(fold(option), schluessel)
    return f"--{gemeint.replace('_', '-')}{gleich}{wert}" if gemeint else wort


def _find_art(wort: str) -> Tatsachenart | None:
    gefaltet = fold(wort)
    if gefaltet in TATSACHENARTEN:
        return TATSACHENARTEN[gefaltet]
    liste = find_key(gefaltet, {art.liste for art in TATSACHENARTEN.values()}) or gefaltet
    return next((art for art in TATSACHENARTEN.values() if art.liste == liste and not art.fest), None)


def _make_command(art: Tatsachenart) -> click.Command:
    felder = list_felder(art)

    @click.option(
        "--beleg", type=PFAD, metavar="DATEI", help="Der Nachweis; er kommt in den Ordner des Vorgangs."
    )
    @click.option(
        "--weitere",
        is_flag=False,
        flag_value=2,
        type=click.IntRange(2, 999),
        metavar="[N]",
        help="Eine zweite (N-te) gleiche Tatsache erfassen, die schon einmal dasteht.",
    )
    @click.option("--nur-zeigen", is_flag=True, help="Zeigen, was sich ändert; nichts schreiben.")
    @stichtag_option
    @einstellungen_option
    @bearbeiter_option
    @json_option
    @click.pass_context
    def record(
        ctx: click.Context,
        /,
        beleg: pathlib.Path | None,
        weitere: int | None,
        nur_zeigen: bool,
        stichtag: dt.date,
        einstellungen: pathlib.Path | None,
        bearbeiter: str | None,
        als_json: bool,
        **werte: Any,
    ) -> None:
        from mahnakte.ablage.herkunft import identify
        from mahnakte.befehle.erfassen import Auftrag, record_tatsache

        angaben = as_angaben(felder, {feld.name: werte[_parameter(feld)] for feld in felder})
        auftrag = Auftrag(art, angaben, beleg, weitere or 1)
        lage, herkunft = make_lage(stichtag, einstellungen), None if nur_zeigen else identify(bearbeiter)
        pfad = ctx.obj
        deliver(lambda: record_tatsache(pfad, auftrag, lage, herkunft), als_json)

    command = click.command(art.wort, cls=_Tatsache, help=describe(art), options_metavar="[OPTIONEN]")(record)
    command.params[:0] = [_make_option(feld) for feld in felder]
    return command


def _make_option(feld: Feld) -> click.Option:
    noetig = " (nötig)" if feld.noetig else ""
    mehrfach = " Mehrmals möglich." if feld.mehrfach else ""
    return click.Option(
        [f"--{feld.name}", _parameter(feld)],
        metavar=feld.form,
        multiple=feld.mehrfach,
        help=f"{feld.sinn[:1].upper()}{feld.sinn[1:]}{noetig}.{mehrfach}",
    )


def _parameter(feld: Feld) -> str:
    """Return a name that no other option has."""
    return f"feld_{feld.name.replace('-', '_')}"


def describe(art: Tatsachenart) -> str:
    """Return what a kind of fact is, in a sentence."""
    satz = _SAETZE.get(art.wort) or f"Ereignis: {EREIGNISARTEN[art.wort].name}"
    return f"{satz}."


@click.group("erfassen", cls=_Tatsachengruppe, options_metavar="[OPTIONEN]", subcommand_metavar="ART …")
@fall_argument
@click.pass_context
def command(ctx: click.Context, pfad: pathlib.Path) -> None:
    """Festhalten, was jemand erfahren hat: Zahlung, Kosten, Einwand, Titel, Maßnahme.

    ART ist, was geschehen ist; „mahnakte erfassen ART --help“ zeigt seine Angaben. Geprüft wird wie bei fall.yaml,
    mit dem ganzen Fall, bevor etwas geschrieben wird; gezeigt wird, was sich ändert. Es entsteht ein Vorgang, der
    zählt wie dieselben Zeilen in fall.yaml; fall.yaml selbst bleibt, wie es ist. „mahnakte storno“ nimmt ihn zurück.
    """
    ctx.obj = pfad
