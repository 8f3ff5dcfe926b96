"""`mahnakte rechnen …`: the calculators."""

import datetime as dt
import pathlib
from decimal import Decimal

import click

from mahnakte.cli.ausgabe import deliver
from mahnakte.cli.optionen import DATUM, einstellungen_option, json_option, today
from mahnakte.grund.betrag import KeinBetrag, parse_betrag, parse_zahl


def betrag(wert: str | Decimal) -> Decimal:
    """Read an amount of the command line: 1500,00."""
    if isinstance(wert, Decimal):
        return wert
    try:
        return parse_betrag(wert)
    except KeinBetrag as fehler:
        raise click.BadParameter(str(fehler)) from None


def zahl(wert: str | Decimal) -> Decimal:
    """Read a number with decimal comma: 1,3."""
    if isinstance(wert, Decimal):
        return wert
    try:
        return parse_zahl(wert)
    except KeinBetrag as fehler:
        raise click.BadParameter(str(fehler)) from None


_TAG = "JJJJ-MM-TT"
_LAND = "Land (BW, BY, …, TH): Feiertage des Gerichts oder Leistungsorts; ohne Angabe nur bundesweite."


@click.group("rechnen", options_metavar="[OPTIONEN]", subcommand_metavar="RECHNER …")
def command() -> None:
    """Ohne Fall rechnen: Zinsen, Gebühren, Inkassokosten, Fristen, Verjährung, Basiszinssatz.

    Zahlen mit Dezimalkomma (1500,00), Daten als 2026-04-20 oder 20.04.2026.
    """


@command.command("zinsen", options_metavar="[OPTIONEN]")
@click.option(
    "--betrag", "grundbetrag", type=betrag, required=True, metavar="EURO", help="Zu verzinsender Betrag."
)
@click.option("--von", type=DATUM, required=True, metavar=_TAG, help="Erster Zinstag.")
@click.option("--bis", type=DATUM, required=True, metavar=_TAG, help="Letzter Zinstag.")
@click.option("--punkte", type=zahl, metavar="ZAHL", help="Prozentpunkte über dem Basiszinssatz.")
@click.option("--satz", type=zahl, metavar="ZAHL", help="Fester Zinssatz in Prozent, statt --punkte.")
@click.option(
    "--methode", type=click.Choice(["act/act", "act/365", "30e/360"]), default="act/act", show_default=True,
    help="Tageszählung.",
)  # fmt: skip
@click.option(
    "--rundung", type=click.Choice(["zeile", "ende"]), default="zeile", show_default=True,
    help="Je Zeile runden oder einmal am Ende.",
)  # fmt: skip
@einstellungen_option
@json_option
def zinsen(
    grundbetrag: Decimal,
    von: dt.date,
    bis: dt.date,
    punkte: Decimal | None,
    satz: Decimal | None,
    methode: str,
    rundung: str,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Zinsen eines Betrags mit Herleitung; --von und --bis sind beide Zinstage."""
    from mahnakte.befehle.rechnen import calculate_zinsen
    from mahnakte.recht.zinsen import Tageszaehlung
    from mahnakte.werk.bestandsrecht import find_recht

    deliver(
        lambda: calculate_zinsen(
            find_recht(einstellungen), grundbetrag, von, bis, punkte, satz, Tageszaehlung(methode), rundung
        ),
        als_json,
    )


@command.command("gebuehr", options_metavar="[OPTIONEN]")
@click.option(
    "--tabelle", type=click.Choice(["rvg", "gkg"]), required=True, help="Anwalt (rvg) oder Gericht (gkg)."
)
@click.option("--wert", type=betrag, required=True, metavar="EURO", help="Gegenstands- oder Streitwert.")
@click.option("--satz", type=zahl, default="1,0", metavar="ZAHL", show_default=True, help="Gebührensatz.")
@click.option(
    "--am", type=DATUM, default=today, metavar=_TAG, show_default="heute",
    help="Tag des Auftrags (rvg) oder der Anhängigkeit (gkg).",
)  # fmt: skip
@einstellungen_option
@json_option
def gebuehr(
    tabelle: str,
    wert: Decimal,
    satz: Decimal,
    am: dt.date,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Gebühr aus der Tabelle des RVG oder GKG, die an dem Tag galt."""
    from mahnakte.befehle.rechnen import calculate_gebuehr
    from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz
    from mahnakte.werk.bestandsrecht import find_recht

    deliver(
        lambda: calculate_gebuehr(find_recht(einstellungen), Gebuehrengesetz(tabelle), wert, satz, am),
        als_json,
    )


@command.command("inkassokosten", options_metavar="[OPTIONEN]")
@click.option("--wert", type=betrag, required=True, metavar="EURO", help="Fällige und offene Hauptforderung.")
@click.option(
    "--am", type=DATUM, default=today, metavar=_TAG, show_default="heute", help="Tag des Auftrags (§ 60 RVG)."
)
@click.option(
    "--durch", type=click.Choice(["inkasso", "anwalt"]), default="inkasso", show_default=True,
    help="Wer beauftragt ist.",
)  # fmt: skip
@click.option(
    "--fall", "fallart", type=click.Choice(["einfach", "unbestritten", "bestritten"]), default="unbestritten",
    show_default=True, help="Satz 0,5 (auf das erste Schreiben gezahlt), 0,9 oder 1,3.",
)  # fmt: skip
@click.option(
    "--umsatzsteuer",
    is_flag=True,
    help="Der Gläubiger zieht keine Vorsteuer ab; die Umsatzsteuer kommt hinzu.",
)
@click.option(
    "--auftraggeber", type=click.IntRange(min=1), default=1, metavar="ZAHL", show_default=True,
    help="Gläubiger, die gemeinsam beauftragen (Nr. 1008 VV RVG); mehrere Schuldner ändern nichts.",
)  # fmt: skip
@einstellungen_option
@json_option
def inkassokosten(
    wert: Decimal,
    am: dt.date,
    durch: str,
    fallart: str,
    umsatzsteuer: bool,
    auftraggeber: int,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Was ein Schuldner für Inkasso oder Anwalt vor Gericht höchstens erstattet."""
    from mahnakte.befehle.rechnen import calculate_inkassokosten
    from mahnakte.recht.gebuehren import Inkassofall, Rechtsdienst
    from mahnakte.werk.bestandsrecht import find_recht

    deliver(
        lambda: calculate_inkassokosten(
            find_recht(einstellungen), wert, am, Rechtsdienst(durch), Inkassofall(fallart), not umsatzsteuer,
            auftraggeber,
        ),
        als_json,
    )  # fmt: skip


@command.command("frist", options_metavar="[OPTIONEN]")
@click.option(
    "--ab", type=DATUM, required=True, metavar=_TAG, help="Tag des Ereignisses; er zählt nicht mit."
)
@click.option(
    "--dauer", required=True, metavar="DAUER", help="30t (Tage), 2w (Wochen), 6m (Monate), 30j (Jahre)."
)
@click.option("--land", metavar="LAND", help=_LAND)
@json_option
def frist(ab: dt.date, dauer: str, land: str | None, als_json: bool) -> None:
    """Ende einer Frist nach §§ 187, 188, 193 BGB, § 222 ZPO."""
    from mahnakte.befehle.rechnen import calculate_frist

    deliver(lambda: calculate_frist(ab, dauer, land), als_json)


@command.command("verjaehrung", options_metavar="[OPTIONEN]")
@click.option(
    "--entstanden", type=DATUM, required=True, metavar=_TAG, help="Tag, an dem der Anspruch fällig wurde."
)
@click.option("--kenntnis", type=DATUM, metavar=_TAG, help="Tag der Kenntnis; sonst der Entstehung.")
@click.option("--land", metavar="LAND", help=_LAND)
@click.option(
    "--frist", "fristart", default="regel", show_default=True,
    type=click.Choice(["regel", "titel", "titelzinsen", "fracht", "mietschaden", "grundstueck"]),
    help="Welche Verjährungsfrist.",
)  # fmt: skip
@click.option("--beginn", type=DATUM, metavar=_TAG, help="Ablieferung (fracht) oder Rückgabe (mietschaden).")
@einstellungen_option
@json_option
def verjaehrung(
    entstanden: dt.date,
    kenntnis: dt.date | None,
    land: str | None,
    fristart: str,
    beginn: dt.date | None,
    einstellungen: pathlib.Path | None,
    als_json: bool,
) -> None:
    """Ende der Verjährung ohne Hemmung und Neubeginn."""
    from mahnakte.befehle.rechnen import calculate_verjaehrung
    from mahnakte.recht.verjaehrungsfrist import Frist
    from mahnakte.werk.bestandsrecht import find_recht

    deliver(
        lambda: calculate_verjaehrung(
            find_recht(einstellungen), entstanden, kenntnis, land, Frist(fristart), beginn
        ),
        als_json,
    )


@command.command("basiszins", options_metavar="[OPTIONEN]")
@click.option("--am", type=DATUM, default=today, metavar=_TAG, show_default="heute", help="Für diesen Tag.")
@einstellungen_option
@json_option
def basiszins(am: dt.date, einstellungen: pathlib.Path | None, als_json: bool) -> None:
    """Basiszinssatz eines Tages (§ 247 BGB)."""
    from mahnakte.befehle.rechnen import show_basiszins
    from mahnakte.werk.bestandsrecht import find_recht

    deliver(lambda: show_basiszins(find_recht(einstellungen), am), als_json)
