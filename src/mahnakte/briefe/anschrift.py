"""Address lines and salutation of a letter: DIN 5008, six lines of the address field."""

import re
from collections.abc import Iterator, Sequence

from mahnakte.arten.partei import PARTEIARTEN
from mahnakte.fall.partei import Anschrift, Schuldner
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.satz.textbreite import measure_mm

ANSCHRIFT_ZEILEN = 6
FENSTER_MM = 79.5  # the templates leave 80; half a millimetre for the rounding of the engines
SCHRIFT_PUNKT = 10.0  # paragraph style „Anschrift“ of the templates
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
        ort = (*einer.zusatz, einer.strasse, einer.plz, einer.ort, einer.staat)
        gruppen.setdefault(tuple(teil.casefold() for teil in ort), []).append(einer)
    return [tuple(gruppe) for gruppe in gruppen.values()]


def write_anschrift(schuldner: Sequence[Schuldner]) -> list[str]:
    """Return the lines of the address field for one or several people at one address; raise Ablehnung."""
    erster = schuldner[0]
    ort = _place_lines(erster)
    if erster.staat != "DE":
        ort.append(_state(erster.staat))
    namen = [_wrap(_address_name(einer), erster) for einer in schuldner]
    frei = ANSCHRIFT_ZEILEN - len(ort)
    zeilen = [zeile for name in namen for zeile in name]
    if len(namen) > 1 and len(zeilen) > frei:
        zeilen = [zeile for name in namen[: max(1, frei - len(namen[0]))] for zeile in name][: frei - 1]
        zeilen.append("und weitere")
    return _fit([*zeilen, *ort], erster)


def write_fremde_anschrift(anschrift: Anschrift) -> list[str]:
    """Return the address lines of somebody who is no debtor; raise Ablehnung when they do not fit."""
    return _fit([*_wrap(anschrift.name, anschrift), *_place_lines(anschrift)], anschrift)


def _place_lines(einer: Schuldner | Anschrift) -> list[str]:
    """Return what stands below the name: c/o, building, floor; street; postcode and town."""
    zeilen = (*einer.zusatz, einer.strasse, f"{einer.plz} {einer.ort}")
    return [teil for zeile in zeilen for teil in _wrap(zeile, einer)]


def _fit(zeilen: list[str], einer: Schuldner | Anschrift) -> list[str]:
    if len(zeilen) > ANSCHRIFT_ZEILEN:
        raise _too_long(
            f"Die Anschrift von {_name(einer)} braucht {len(zeilen)} Zeilen, im Fenster ist Platz für "
            f"{ANSCHRIFT_ZEILEN}.",
            "Namen, Straße oder „zusatz:“ kürzer schreiben, bis weniger Zeilen umbrechen.",
            einer,
        )
    return zeilen


def _too_long(text: str, abhilfe: str, einer: Schuldner | Anschrift) -> Ablehnung:
    return Ablehnung(sperre("ANSCHRIFT_ZU_LANG", text, abhilfe, einer.stelle))


def _name(einer: Schuldner | Anschrift) -> str:
    return einer.voller_name if isinstance(einer, Schuldner) else einer.name


def _address_name(schuldner: Schuldner) -> str:
    vorsatz = {"Herr": "Herrn ", "Frau": "Frau "}.get(schuldner.anrede or "", "")
    return f"{vorsatz}{schuldner.voller_name}"


def _wrap(text: str, einer: Schuldner | Anschrift) -> list[str]:
    """Break what is wider than the window at its spaces, a long word behind its hyphens; raise Ablehnung else."""
    zeilen = [""]
    for stueck in _pieces(text):
        versuch = f"{zeilen[-1]}{stueck}".lstrip()
        if zeilen[-1] and not _fits(versuch):
            zeilen.append(stueck.lstrip())
        else:
            zeilen[-1] = versuch
    for zeile in zeilen:
        if not _fits(zeile):
            breite = round(measure_mm(zeile, SCHRIFT_PUNKT))
            raise _too_long(
                f"In der Anschrift ist „{zeile}“ {breite} mm breit, Platz ist für {FENSTER_MM:.0f} mm; "
                "umbrechen lässt sich nur an Leerzeichen und Bindestrichen.",
                "Das lange Wort abkürzen oder trennen.",
                einer,
            )
    return zeilen


def _pieces(text: str) -> Iterator[str]:
    """Yield the words, each with the space before it; a word wider than the window in its parts."""
    for wort in text.split():
        anfang, *rest = [wort] if _fits(wort) else re.findall(r"[^-]*-+|[^-]+", wort)
        yield f" {anfang}"
        yield from rest


def _fits(zeile: str) -> bool:
    return measure_mm(zeile, SCHRIFT_PUNKT) <= FENSTER_MM


def _state(staat: str) -> str:
    if name := _STAATEN.get(staat):
        return name
    raise Ablehnung(
        sperre("ANSCHRIFT_STAAT", f"Für Anschriften im Staat {staat} kennt das Programm keine letzte Zeile.",
               "Das Schreiben außerhalb von mahnakte erstellen und als Ereignis „mahnung_versandt“ eintragen.")
    )  # fmt: skip


def write_anrede(schuldner: Sequence[Schuldner]) -> str:
    """Return the salutation with its comma."""
    if len(schuldner) > _ANREDE_BIS or any(PARTEIARTEN[einer.art].firma for einer in schuldner):
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
