"""What a Monierung objects to, as a place in the case: the court's short field name to the key that filled it.

The layouts (20KS, 20MO) are known with confidence B. What the two indexes of 20MO count is not known; of several
debtors or invoices the one whose value the court repeats is meant, else each of them is named.
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from mahnakte.antrag.eda.layout import SATZART_01
from mahnakte.antrag.eda.nachrichten import Beanstandung
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Befund, Stelle, warnung
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datendatei import read_datendatei
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe

FindeZeile = Callable[[Stelle, str], Stelle]  # the record's place and a key of it to the place of the key


@dataclasses.dataclass(frozen=True, slots=True)
class Fundort:
    """Where a field of the application comes from: the record, its key, its value as fall.yaml spells it."""

    stelle: Stelle
    schluessel: str
    wert: str


@functools.cache
def _read_felder() -> Mapping[str, tuple[str, str]]:
    felder = read_datendatei("mahnakte.eingang", "monierungsfelder.yaml").children("felder")
    return {name: (knoten.text("wo"), knoten.text("schluessel")) for name, knoten in felder}


@functools.cache
def _bedeutungen() -> Mapping[str, str]:
    return {
        feld.name: f"{satz.bedeutung}: {feld.bedeutung}"
        for satz in SATZART_01.values()
        for feld in satz.felder
    }


def find_fundorte(beanstandung: Beanstandung, fall: Fall) -> tuple[Fundort, ...]:
    """Return the places that may have filled the field; empty for a field that no key of ours fills."""
    wo, schluessel = _read_felder().get(beanstandung.feld, ("", ""))
    if wo == "fall":
        return (Fundort(Stelle("fall.yaml"), schluessel, _spell(getattr(fall, schluessel))),)
    if wo == "kosten":
        angaben = [(angabe, "betrag") for angabe in fall.kosten if angabe.art == schluessel]
    else:
        angaben = [(angabe, schluessel) for angabe in _records(wo, fall)]
    orte = [
        (Fundort(a.stelle, s, _spell(getattr(a, s, None))), _plain(getattr(a, s, None))) for a, s in angaben
    ]
    genannt = _plain(beanstandung.inhalt)
    gleiche = tuple(ort for ort, wert in orte if genannt and wert == genannt)
    return gleiche or tuple(ort for ort, _ in orte)


def _records(wo: str, fall: Fall) -> list[Any]:
    """Return the records of the case of one kind, as monierungsfelder.yaml calls it."""
    einstellungen = fall.einstellungen
    alle: Mapping[str, Callable[[], Any]] = {
        "schuldner": lambda: fall.schuldner,
        "schuldnervertreter": lambda: [v for s in fall.schuldner for v in s.vertreter],
        "streitgericht": lambda: [s.streitgericht for s in fall.schuldner],
        "glaeubiger": lambda: [fall.glaeubiger],
        "glaeubigervertreter": lambda: fall.glaeubiger.vertreter,
        "absender": lambda: [einstellungen.absender],
        "bevollmaechtigter": lambda: [einstellungen.bevollmaechtigter],
        "antrag": lambda: [fall.antrag],
        "anspruch": lambda: [fall.anspruch],
        "objekt": lambda: [fall.anspruch.objekt],
        "abtretung": lambda: [fall.abtretung],
        "rechnung": lambda: fall.forderungen,
    }  # fmt: skip
    return [angabe for angabe in alle[wo]() if angabe is not None] if wo else []


def explain_beanstandung(
    beanstandung: Beanstandung, fall: Fall, find_zeile: FindeZeile
) -> tuple[Befund, ...]:
    """Return a finding for each place that may be meant, with the line and what to do; one without, if none is."""
    name = json_safe(beanstandung.feld)
    sinn = _bedeutungen().get(beanstandung.feld, "Bedeutung nicht bekannt")
    inhalt = f"; gelesen wurde „{json_safe(beanstandung.inhalt)}“" if beanstandung.inhalt else ""
    text = (
        f"{fall.aktenzeichen}: Das Gericht beanstandet das Feld {name} ({sinn}), "
        f"Fehlerschlüssel {json_safe(beanstandung.schluessel) or 'nicht genannt'}{inhalt}."
    )
    unmittelbar = "Das Feld füllt keine Angabe des Falls unmittelbar: das Schreiben des Gerichts lesen."
    stellen = [
        (_mend(ort), find_zeile(ort.stelle, ort.schluessel)) for ort in find_fundorte(beanstandung, fall)
    ]
    return tuple(
        warnung("MONIERUNG_FELD", text, abhilfe, stelle)
        for abhilfe, stelle in stellen or [(unmittelbar, beanstandung.stelle)]
    )


def _mend(ort: Fundort) -> str:
    jetzt = f"jetzt „{ort.wert}“" if ort.wert else "noch nicht angegeben"
    return (
        f"„{ort.schluessel}:“ ({jetzt}) mit dem Schreiben des Gerichts vergleichen und berichtigen; dann antworten, "
        "auf dem Vordruck des Gerichts oder: mahnakte eda folge monierung FALL --nachricht DATEI --ziel ANTWORT.EDA"
    )


def _spell(wert: object) -> str:
    """Write a value as fall.yaml has it."""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, Decimal):
        return format_betrag(wert)
    if isinstance(wert, dt.date):
        return format_datum(wert)
    return "" if wert is None or not isinstance(wert, str | int) else str(wert)


def _plain(wert: object) -> str:
    """Return a value in one spelling for the comparison with a court's field."""
    if isinstance(wert, dt.date):
        return wert.isoformat()[2:].replace("-", "")
    if isinstance(wert, Decimal):
        return str(int(wert.scaleb(2)))
    text = " ".join(str(wert or "").split()).casefold()
    return text.lstrip("0") if text.isdigit() and len(text) > 5 else text
