"""`mahnakte ratenplan`: an instalment plan for one case, as a table and as the lines to paste. Writes nothing."""

import datetime as dt
import pathlib
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablauf.ratenplan import Ratenplan, Zinsweg, as_ereignis, compute_ratenplan
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.werk.ergebnis import ABGELEHNT, SCHADEN, Ergebnis
from mahnakte.werk.laden import GeladenerFall, Lage, find_fallordner, load_fall
from mahnakte.werk.yamlzeilen import yaml_lines

_ZINSEN = {
    Zinsweg.KEINE: "Zinsen während des Plans: keine. Wird er eingehalten, bleibt es bei dieser Summe; nach einer "
    "Kündigung laufen wieder Zinsen, ab dem Tag danach.",
    Zinsweg.DANACH: "Zinsen während des Plans: laufen weiter und werden nach der letzten Rate abgerechnet.",
    Zinsweg.EINGERECHNET: "Zinsen während des Plans: in den Raten enthalten",
}


def show_ratenplan(
    pfad: pathlib.Path,
    lage: Lage,
    ab: dt.date,
    rate: Decimal | None = None,
    anzahl: int | None = None,
    zinsen: str | None = None,
) -> Ergebnis:
    """Compute a plan for the whole debt of the Stichtag. Exit code 3 when the case or the plan is refused."""
    geladen = load_fall(read_fallordner(find_fallordner(pfad)), lage)
    if geladen.sachstand is None or not geladen.benutzbar:
        return _refused(geladen, lage, geladen.befunde)
    try:
        plan = compute_ratenplan(
            geladen.sachstand,
            ab,
            rate=rate,
            anzahl=anzahl,
            zinsweg=Zinsweg(zinsen) if zinsen else None,
        )
    except Ablehnung as ablehnung:
        return _refused(geladen, lage, (*geladen.befunde, ablehnung.befund))
    zeilen = yaml_lines("ereignisse", [as_ereignis(plan)])
    return Ergebnis(
        daten={
            "pfad": show(geladen.pfad),
            "aktenzeichen": geladen.aktenzeichen,
            **plan.as_json(),
            "yaml": list(zeilen),
        },
        zeilen=(
            *_lines(geladen.sachstand.fall, plan),
            "",
            "Zum Einfügen in fall.yaml, sobald der Plan vereinbart ist:",
            "",
            *zeilen,
        ),
        befunde=(*geladen.befunde, *plan.befunde),
    )


def _lines(fall: Fall, plan: Ratenplan) -> Iterator[str]:
    yield f"Ratenplan zu {fall.aktenzeichen}, offen am {format_datum(plan.stichtag)}: {format_euro(plan.schuld)}"
    yield ""
    yield f"{'Nr.':>4}  {'fällig am':<10}  {'Rate':>14}  {'danach offen':>14}"
    offen = plan.summe
    for rate in plan.raten:
        offen -= rate.betrag
        verlegt = f"  statt {format_datum(rate.kalendertag)}" if rate.am != rate.kalendertag else ""
        betraege = f"{format_euro(rate.betrag):>14}  {format_euro(offen):>14}"
        yield f"{rate.nr:>4}  {format_datum(rate.am)}  {betraege}{verlegt}"
    yield f"      {'Summe':<10}  {format_euro(plan.summe):>14}"
    yield ""
    yield _say_interest(plan)
    yield (
        "Bleibt eine Rate aus, meldet der Plan RATE_AUSGEBLIEBEN; geschrieben wird erst wieder, wenn ein Mensch "
        "„ratenplan_gekuendigt“ einträgt."
    )


def _say_interest(plan: Ratenplan) -> str:
    satz = _ZINSEN[plan.zinsweg]
    if plan.zinsweg is Zinsweg.EINGERECHNET:
        return f"{satz} ({format_euro(plan.zinsen_im_plan)})."
    if not plan.rest_danach or plan.zinsweg is Zinsweg.KEINE:
        return satz
    return f"{satz} Bei pünktlicher Zahlung sind das {format_euro(plan.rest_danach)}."


def _refused(geladen: GeladenerFall, lage: Lage, befunde: tuple[Befund, ...]) -> Ergebnis:
    leer = dict.fromkeys(("schuld", "zinsen", "zinsen_im_plan", "rest_danach", "summe"))
    kopf = {
        "pfad": show(geladen.pfad),
        "aktenzeichen": geladen.aktenzeichen,
        "stichtag": lage.stichtag.isoformat(),
    }
    return Ergebnis(
        daten={**kopf, **leer, "raten": [], "yaml": []},
        zeilen=("Kein Ratenplan.",),
        befunde=befunde,
        rueckgabe=SCHADEN if geladen.schaden else ABGELEHNT,
    )
