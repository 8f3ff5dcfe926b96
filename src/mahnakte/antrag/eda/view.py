"""A readable view of any EDA file: every record, every field with its meaning, unknown bytes as they are."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mahnakte.antrag.eda import schluessel
from mahnakte.antrag.eda.feld import Wert, find_unknown, parse_record
from mahnakte.antrag.eda.frame import Rohsatz, split_records
from mahnakte.antrag.eda.layout import AA, BB, SATZART_01, UNBELEGT, Feld, Feldart, Satz
from mahnakte.antrag.eda.layout_gericht import BELEGARTEN, FOLGEANTRAG, FOLGESAETZE, NACHRICHTEN
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe

ALLE_SAETZE: Mapping[str, Satz] = {
    "AA": AA, "BB": BB, **SATZART_01, **NACHRICHTEN, **FOLGEANTRAG, **FOLGESAETZE
}  # fmt: skip

_ANREDEN = {
    zeichen: str(wert)
    for tafel in (schluessel.ANREDE, schluessel.FIRMENART)
    for wert, zeichen in tafel.items()
}

_SCHLUESSEL: Mapping[str, Mapping[str, str]] = {
    "ASANR": _ANREDEN,
    "AGANR": _ANREDEN,
    "ASPVANR": {zeichen: str(wert) for wert, zeichen in schluessel.VERTRETUNGSART.items()},
    "PGM": {zeichen: str(wert) for wert, zeichen in schluessel.GERICHTSART.items()},
    "ZISAM": {"F": "fester Zinssatz", "B": "Prozentpunkte über dem Basiszinssatz"},
    "ZIARTM": {"1": "jährlich", "2": "monatlich", "3": "täglich"},
    "BELART": BELEGARTEN,
    "NAM": {
        "05": "Mahnbescheid zugestellt",
        "06": "Mahnbescheid nicht zugestellt",
        "08": "Vollstreckungsbescheid zugestellt",
        "09": "Vollstreckungsbescheid nicht zugestellt",
    },
}


@dataclasses.dataclass(frozen=True, slots=True)
class Feldsicht:
    """One field for people: name, meaning, value in German notation; `fehler` when it is malformed."""

    name: str
    bedeutung: str
    wert: str
    fehler: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Satzsicht:
    """One record for people; an unknown one has its whole text as its only field."""

    nummer: int
    schluessel: str
    bedeutung: str
    felder: tuple[Feldsicht, ...]


def view_eda(inhalt: bytes, datei: str) -> tuple[tuple[Satzsicht, ...], tuple[Befund, ...]]:
    """Return all records of a file for people, and what is wrong with its frame."""
    saetze, befunde = split_records(inhalt, datei)
    return view_records(saetze), befunde


def view_records(saetze: tuple[Rohsatz, ...]) -> tuple[Satzsicht, ...]:
    """Return records for people; control characters of a hostile file are made visible."""
    return tuple(_view_record(satz) for satz in saetze)


def _view_record(roh: Rohsatz) -> Satzsicht:
    satz = ALLE_SAETZE.get(roh.schluessel)
    if satz is None:
        _, name = UNBELEGT.get(roh.schluessel, ("", "unbekannter Satz"))
        felder = (Feldsicht("", "Inhalt", json_safe(roh.text[9:].rstrip())),)
        return Satzsicht(roh.nummer, json_safe(roh.schluessel), f"{name} (Felder nicht belegt)", felder)
    return Satzsicht(roh.nummer, satz.schluessel, satz.bedeutung, tuple(_view_fields(satz, roh.text)))


def _view_fields(satz: Satz, zeile: str) -> Iterator[Feldsicht]:
    werte, fehler = parse_record(satz, zeile)
    gruende = {feld.name: grund for feld, grund in fehler}
    for feld in satz.felder:
        roh = zeile[feld.von - 1 : feld.von - 1 + feld.laenge]
        if feld.name in gruende:
            yield Feldsicht(feld.name, feld.bedeutung, json_safe(roh.strip()), json_safe(gruende[feld.name]))
        elif roh.strip():
            yield Feldsicht(feld.name, feld.bedeutung, json_safe(_show(feld, werte[feld.name])))
    for stelle, text in find_unknown(satz, zeile):
        yield Feldsicht("", f"ab Stelle {stelle}, Bedeutung unbekannt", json_safe(text))


def _show(feld: Feld, wert: Wert) -> str:
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, dt.date):
        return format_datum(wert)
    if isinstance(wert, Decimal):
        return f"{format_zahl(wert, 3)}\u00a0%" if feld.art is Feldart.PROZENT else format_euro(wert)
    text = str(wert)
    if feld.name == "SUASP":
        return format_euro(Decimal(text).scaleb(-2))
    if feld.art is Feldart.ZIFFERN:
        text = text.lstrip("0") or "0"
    sinn = _SCHLUESSEL.get(feld.name, {}).get(text)
    return f"{text} ({sinn})" if sinn else text


def format_view(saetze: tuple[Satzsicht, ...]) -> str:
    """Return the view as plain lines for a terminal: a heading for each record, its fields below."""
    zeilen = []
    for satz in saetze:
        zeilen.append(f"{satz.nummer:>4}  {satz.schluessel:9}  {satz.bedeutung}")
        for feld in satz.felder:
            fehler = f"   <- {feld.fehler}" if feld.fehler else ""
            zeilen.append(f"{'':17}{feld.bedeutung}: {feld.wert}{fehler}")
    return "\n".join(zeilen) + "\n"
