"""Address lines and salutation of a letter: DIN 5008, six lines of the address field."""

import re
from collections.abc import Sequence

from mahnakte.fall.partei import Anschrift, Schuldner
from mahnakte.grund.befund import Ablehnung, sperre

ANSCHRIFT_ZEILEN = 6
MAX_ZEICHEN = 40  # 80 mm hold about 42 letters of 10 pt Arial on average
_ANREDE_BIS = 3

# Last line of a letter abroad, in capitals (rules of the post). Others are refused rather than guessed.
_STAATEN = {
    "AT": "ÖSTERREICH", "BE": "BELGIEN", "BG": "BULGARIEN", "CH": "SCHWEIZ", "CY": "ZYPERN", "CZ": "TSCHECHIEN",
    "DK": "DÄNEMARK", "EE": "ESTLAND", "ES": "SPANIEN", "FI": "FINNLAND", "FR": "FRANKREICH",
    "GB": "VEREINIGTES KÖNIGREICH", "GR": "GRIECHENLAND", "HR": "KROATIEN", "HU": "UNGARN", "IE": "IRLAND",
    "IS": "ISLAND", "IT": "ITALIEN", "LI": "LIECHTENSTEIN", "LT": "LITAUEN", "LU": "LUXEMBURG", "LV": "LETTLAND",
    "MT": "MALTA", "NL": "NIEDERLANDE", "NO": "NORWEGEN", "PL": "POLEN", "PT": "PORTUGAL", "RO": "RUMÄNIEN",
    "SE": "SCHWEDEN", "SI": "SLOWENIEN", "SK": "SLOWAKEI", "TR": "TÜRKEI", "UA": "UKRAINE",
}  # fmt: skip


def group_by_anschrift(schuldner: Sequence[Schuldner]) -> list[tuple[Schuldner, ...]]:
    """Put together who lives at one address: they get one letter, the others one each."""
    gruppen: dict[tuple[str, ...], list[Schuldner]] = {}
    for einer in schuldner:
        ort = (einer.strasse, einer.plz, einer.ort, einer.staat)
        gruppen.setdefault(tuple(teil.casefold() for teil in ort), []).append(einer)
    return [tuple(gruppe) for gruppe in gruppen.values()]


def write_anschrift(schuldner: Sequence[Schuldner]) -> list[str]:
    """Return the lines of the address field for one or several people at one address; raise Ablehnung."""
    erster = schuldner[0]
    ort = [erster.strasse, f"{erster.plz} {erster.ort}"]
    if erster.staat != "DE":
        ort.append(_state(erster.staat))
    namen = [_wrap(_address_name(einer)) for einer in schuldner]
    frei = ANSCHRIFT_ZEILEN - len(ort)
    zeilen = [zeile for name in namen for zeile in name]
    if len(zeilen) > frei:
        zeilen = [zeile for name in namen[: max(1, frei - len(namen[0]))] for zeile in name][: frei - 1]
        zeilen.append("und weitere")
    zeilen += ort
    if any(len(zeile) > MAX_ZEICHEN for zeile in zeilen) or (len(namen) == 1 and len(namen[0]) > frei):
        raise Ablehnung(
            sperre("ANSCHRIFT_ZU_LANG", f"Die Anschrift von {erster.voller_name} passt nicht in das Fenster.",
                   f"Zeilen von höchstens {MAX_ZEICHEN} Zeichen verwenden und den Namen abkürzen.", erster.stelle)
        )  # fmt: skip
    return zeilen


def write_fremde_anschrift(anschrift: Anschrift) -> list[str]:
    """Return the address lines of somebody who is no debtor; raise Ablehnung when they do not fit."""
    zeilen = [*_wrap(anschrift.name), anschrift.strasse, f"{anschrift.plz} {anschrift.ort}"]
    if len(zeilen) > ANSCHRIFT_ZEILEN or any(len(zeile) > MAX_ZEICHEN for zeile in zeilen):
        raise Ablehnung(
            sperre("ANSCHRIFT_ZU_LANG", f"Die Anschrift „{anschrift.name}“ passt nicht in das Fenster.",
                   f"Zeilen von höchstens {MAX_ZEICHEN} Zeichen verwenden und den Namen abkürzen.", anschrift.stelle)
        )  # fmt: skip
    return zeilen


def _address_name(schuldner: Schuldner) -> str:
    vorsatz = {"Herr": "Herrn ", "Frau": "Frau "}.get(schuldner.anrede or "", "")
    return f"{vorsatz}{schuldner.voller_name}"


def _wrap(name: str) -> list[str]:
    """Break a long name at its spaces."""
    zeilen = [""]
    for wort in re.split(r"\s+", name.strip()):
        if zeilen[-1] and len(zeilen[-1]) + 1 + len(wort) > MAX_ZEICHEN:
            zeilen.append(wort)
        else:
            zeilen[-1] = f"{zeilen[-1]} {wort}".strip()
    return zeilen


def _state(staat: str) -> str:
    if name := _STAATEN.get(staat):
        return name
    raise Ablehnung(
        sperre("ANSCHRIFT_STAAT", f"Für Anschriften im Staat {staat} kennt das Programm keine letzte Zeile.",
               "Das Schreiben außerhalb von mahnakte erstellen und als Ereignis „mahnung_versandt“ eintragen.")
    )  # fmt: skip


def write_anrede(schuldner: Sequence[Schuldner]) -> str:
    """Return the salutation with its comma."""
    if len(schuldner) > _ANREDE_BIS or any(einer.art != "person" for einer in schuldner):
        return "Sehr geehrte Damen und Herren,"
    teile = [_greet(einer) for einer in schuldner]
    weitere = [teil[0].lower() + teil[1:] for teil in teile[1:]]
    return f"{', '.join([teile[0], *weitere])},"


def _greet(schuldner: Schuldner) -> str:
    if schuldner.anrede == "Herr":
        return f"Sehr geehrter Herr {schuldner.name}"
    if schuldner.anrede == "Frau":
        return f"Sehr geehrte Frau {schuldner.name}"
    return f"Guten Tag {schuldner.voller_name}"
