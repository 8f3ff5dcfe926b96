"""One field and one record: values to text of fixed width, and back.

Reading is strict: only the spelling that writing would produce is accepted, so a record that was read
is written again byte for byte.
"""

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from decimal import Decimal

from mahnakte.antrag.eda.layout import LAENGE, Feld, Feldart, Satz

Wert = str | bool | int | Decimal | dt.date | None

# Two-digit years: 70 to 99 are 1970 to 1999. The schema refuses dates outside 1970 to 2069.
_JAHRHUNDERTWECHSEL = 70
_FRUEHESTES_JAHR = 1970
_SPAETESTES_JAHR = 2069


class Feldfehler(ValueError):  # noqa: N818 - a value, not an accident: the caller turns it into a Befund
    """The field does not hold what its kind allows, or a value does not fit; the message is German."""


@functools.cache
def _stretches(satz: Satz) -> tuple[tuple[Feld | None, int, int], ...]:
    """Return the record as fields and gaps (None) with first and last index, without holes."""
    stuecke: list[tuple[Feld | None, int, int]] = []
    stand = len(satz.schluessel)
    for feld in satz.felder:
        if feld.von - 1 > stand:
            stuecke.append((None, stand, feld.von - 1))
        stand = feld.von - 1 + feld.laenge
        stuecke.append((feld, feld.von - 1, stand))
    if stand < LAENGE:
        stuecke.append((None, stand, LAENGE))
    return tuple(stuecke)


@functools.cache
def _form(satz: Satz) -> tuple[tuple[str, ...], Mapping[str, tuple[int, Feld]], frozenset[str]]:
    """Return a record as blank pieces, the place of each field among them, and the fields that are never blank."""
    stuecke = _stretches(satz)
    leer = (satz.schluessel, *(" " * (ende - anfang) for _, anfang, ende in stuecke))
    orte = {feld.name: (ort, feld) for ort, (feld, _, _) in enumerate(stuecke, start=1) if feld}
    return leer, orte, frozenset(name for name, (_, feld) in orte.items() if feld.art is Feldart.ZIFFERN)


def format_record(satz: Satz, werte: Mapping[str, Wert]) -> str:
    """Return the 128 characters of a record; fields that are not named stay blank: most of them do."""
    leer, orte, nie_leer = _form(satz)
    teile = list(leer)
    for name, wert in werte.items():
        if wert is not None and wert != "" and wert is not False:
            ort, feld = orte[name]
            teile[ort] = format_field(feld, wert)
    for name in nie_leer:
        if werte.get(name) is None:
            raise Feldfehler(f"{orte[name][1].bedeutung}: die Zahl fehlt")
    return "".join(teile)


def format_field(feld: Feld, wert: Wert) -> str:
    """Return the text of one field in its full width; raise Feldfehler when the value does not fit."""
    if wert is None or wert == "" or wert is False:
        return " " * feld.laenge
    text = wert if isinstance(wert, str) else _spell(feld, wert)
    if len(text) > feld.laenge:
        raise Feldfehler(f"{feld.bedeutung}: „{text}“ hat {len(text)} Zeichen, Platz ist für {feld.laenge}")
    return text.rjust(feld.laenge, "0") if feld.art.rechts else text.ljust(feld.laenge)


def _spell(feld: Feld, wert: Wert) -> str:
    if isinstance(wert, Decimal):
        return _spell_decimal(feld, wert)
    if isinstance(wert, dt.date):
        if not _FRUEHESTES_JAHR <= wert.year <= _SPAETESTES_JAHR:
            raise Feldfehler(f"{feld.bedeutung}: das Jahr {wert.year} lässt sich nicht zweistellig schreiben")
        return wert.isoformat()[2:].replace("-", "")
    return "X" if wert is True else str(wert)


def _spell_decimal(feld: Feld, wert: Decimal) -> str:
    geschoben = wert.scaleb(3 if feld.art is Feldart.PROZENT else 2)
    ganz = int(geschoben)
    if geschoben != ganz or ganz < 0:
        raise Feldfehler(f"{feld.bedeutung}: {wert} ist nicht darstellbar")
    return str(ganz)


def parse_record(satz: Satz, zeile: str) -> tuple[dict[str, Wert], list[tuple[Feld, str]]]:
    """Return the values of a record and what is wrong with its fields."""
    werte: dict[str, Wert] = {}
    fehler: list[tuple[Feld, str]] = []
    for feld, anfang, ende, parse in _parsers(satz):
        roh = zeile[anfang:ende]
        if roh.isspace() and feld.art is not Feldart.ZIFFERN:
            werte[feld.name] = _LEER.get(feld.art, "")
            if feld.pflicht:
                fehler.append((feld, "das Feld ist leer"))
            continue
        try:
            werte[feld.name] = parse(roh)
        except ValueError as grund:
            fehler.append((feld, str(grund)))
    return werte, fehler


@functools.cache
def _parsers(satz: Satz) -> tuple[tuple[Feld, int, int, Callable[[str], Wert]], ...]:
    return tuple((feld, anfang, ende, _PARSER[feld.art]) for feld, anfang, ende in _stretches(satz) if feld)


def _parse_text(roh: str) -> str:
    if roh[0] == " " and not roh.isspace():
        raise Feldfehler(f"„{roh.rstrip()}“ beginnt mit einem Leerzeichen")
    return roh.rstrip(" ")


def _parse_gross(roh: str) -> str:
    if roh != roh.upper():
        raise Feldfehler(f"„{roh.rstrip()}“ enthält Kleinbuchstaben")
    return _parse_text(roh)


def _parse_digits(roh: str) -> str:
    if not (roh.isascii() and roh.isdigit()):
        raise Feldfehler(f"„{roh}“ besteht nicht aus {len(roh)} Ziffern")
    return roh


def _parse_digits_or_blank(roh: str) -> str:
    return "" if roh.isspace() else _parse_digits(roh)


def _parse_mark(roh: str) -> bool:
    if roh not in (" ", "X"):
        raise Feldfehler(f"„{roh}“ ist weder X noch leer")
    return roh == "X"


def _parse_date(roh: str) -> dt.date | None:
    if roh.isspace():
        return None
    ziffern = _parse_digits(roh)
    kurz = int(ziffern[:2])
    jahr = kurz + (1900 if kurz >= _JAHRHUNDERTWECHSEL else 2000)
    try:
        return dt.date(jahr, int(ziffern[2:4]), int(ziffern[4:]))
    except ValueError:
        raise Feldfehler(f"„{roh}“ ist kein Tag in der Form JJMMTT") from None


def _parse_scaled(roh: str, stellen: int) -> Decimal | None:
    return None if roh.isspace() else Decimal(_parse_digits(roh)).scaleb(-stellen)


_LEER: Mapping[Feldart, Wert] = {
    Feldart.MARKE: False, Feldart.DATUM: None, Feldart.BETRAG: None, Feldart.PROZENT: None,
}  # fmt: skip

_PARSER: Mapping[Feldart, Callable[[str], Wert]] = {
    Feldart.TEXT: _parse_text,
    Feldart.FORTSETZUNG: lambda roh: roh.rstrip(" "),
    Feldart.GROSS: _parse_gross,
    Feldart.ZIFFERN: _parse_digits,
    Feldart.ZIFFERN_LEER: _parse_digits_or_blank,
    Feldart.MARKE: _parse_mark,
    Feldart.DATUM: _parse_date,
    Feldart.BETRAG: lambda roh: _parse_scaled(roh, 2),
    Feldart.PROZENT: lambda roh: _parse_scaled(roh, 3),
}


@functools.cache
def _gaps(satz: Satz) -> tuple[tuple[int, int], ...]:
    return tuple((anfang, ende) for feld, anfang, ende in _stretches(satz) if feld is None)


def find_unknown(satz: Satz, zeile: str) -> list[tuple[int, str]]:
    """Return position and text of each non-blank stretch that no field of the record covers."""
    gefunden = []
    for anfang, ende in _gaps(satz):
        luecke = zeile[anfang:ende]
        if not luecke.isspace():
            gefunden.append((anfang + len(luecke) - len(luecke.lstrip(" ")) + 1, luecke.strip(" ")))
    return gefunden


def overlay(satz: Satz, zeile: str, stelle: int, text: str) -> str:
    """Put text of unknown meaning back at its position (1 to 128); known fields are never overwritten."""
    ende = stelle - 1 + len(text)
    frei = stelle > len(satz.schluessel) and ende <= LAENGE
    if not frei or any(feld.von <= ende and stelle < feld.von + feld.laenge for feld in satz.felder):
        raise Feldfehler(f"Stelle {stelle} bis {ende} ist nicht frei für „{text}“")
    return zeile[: stelle - 1] + text + zeile[ende:]
