"""`mahnakte lauf`."""

import datetime as dt
import pathlib
from typing import TYPE_CHECKING

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import (
    PFAD,
    alles_pruefen_option,
    bearbeiter_option,
    befehl,
    einstellungen_option,
    ersetzen_option,
    json_option,
    make_lage,
    pfade_argument,
    stichtag_option,
)

if TYPE_CHECKING:
    from mahnakte.werk.anteil import Anteil


def _anteil(wert: str) -> "Anteil":
    from mahnakte.werk.anteil import KeinAnteil, parse_anteil

    try:
        return parse_anteil(wert)
    except KeinAnteil as fehler:
        raise click.BadParameter(str(fehler)) from None


_ANTEIL = _anteil


@befehl("lauf")
@pfade_argument
@stichtag_option
@einstellungen_option
@bearbeiter_option
@alles_pruefen_option
@click.option(
    "--plan",
    "plandatei",
    type=PFAD,
    metavar="DATEI",
    help="Nur ausführen, was „mahnakte plan --speichern“ abgelegt hat; was sich seither geändert hat, bleibt liegen.",
)
@click.option(
    "--anteil",
    type=_ANTEIL,
    metavar="K/N",
    help="Nur den K-ten von N Teilen des Bestands, etwa 2/5; auf jedem Rechner dasselbe N angeben.",
)
@click.option(
    "--dask", metavar="URL", help="Auf den Rechnern eines Dask-Clusters arbeiten: tls://RECHNER:PORT."
)
@click.option("--pdf", type=PFAD, metavar="DATEI", help="Einen Bericht über den Lauf zum Abheften schreiben.")
@click.option("--xlsx", type=PFAD, metavar="DATEI", help="Denselben Bericht als Excel-Mappe schreiben.")
@click.option(
    "--eml", type=PFAD, metavar="DATEI", help="Eine Meldung an sich selbst schreiben, ohne Namen und Beträge."
)
@ersetzen_option
@json_option
def command(
    pfade: tuple[pathlib.Path, ...],
    stichtag: dt.date,
    einstellungen: pathlib.Path | None,
    bearbeiter: str | None,
    alles_pruefen: bool,
    plandatei: pathlib.Path | None,
    anteil: "Anteil | None",
    dask: str | None,
    pdf: pathlib.Path | None,
    xlsx: pathlib.Path | None,
    eml: pathlib.Path | None,
    ersetzen: bool,
    als_json: bool,
) -> None:
    """Die fälligen Briefe schreiben, als DOCX und PDF unter vorgaenge/.

    Derselbe Lauf am selben Stichtag schreibt nichts Neues. Vorher ansehen: mahnakte plan.
    """
    from mahnakte.ablage.herkunft import identify
    from mahnakte.befehle.lauf import Umfang, run_faelle
    from mahnakte.werk.ergebnis import Ergebnis
    from mahnakte.werk.laufbericht import Laufausgaben

    def run() -> Ergebnis:
        lage = make_lage(stichtag, einstellungen, alles_pruefen=alles_pruefen)
        ausgaben = Laufausgaben(pdf, xlsx, eml, ersetzen)
        return run_faelle(pfade, lage, identify(bearbeiter), Umfang(plandatei, anteil), ausgaben)

    def run_on_cluster() -> Ergebnis:
        from mahnakte.befehle.lauf_verteilt import run_verteilt

        weiter = (
            ("--stichtag", stichtag.isoformat()),
            *((("--einstellungen", str(einstellungen.absolute())),) if einstellungen else ()),
            *((("--bearbeiter", bearbeiter),) if bearbeiter else ()),
            *((("--plan", str(plandatei.absolute())),) if plandatei else ()),
            *((("--alles-pruefen",),) if alles_pruefen else ()),
        )
        lage = make_lage(stichtag, einstellungen)
        return run_verteilt(pfade, lage, dask or "", [teil for teile in weiter for teil in teile])

    if dask and (anteil or pdf or xlsx or eml):
        raise click.UsageError("--dask geht nicht zusammen mit --anteil, --pdf, --xlsx und --eml.")
    deliver(run_on_cluster if dask else run, als_json, dateien=(pdf, xlsx, eml), ersetzen=ersetzen)
