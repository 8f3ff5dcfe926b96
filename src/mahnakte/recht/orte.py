"""Where a German postcode lies (Länder, OLG district of Cologne, places) and which courts sit at it.

The lists stand in `listen/`, each with source and licence in its first line; they are read when first asked for.
A straddling postcode has several Länder, an unknown number none: who is not in them gets no answer, never a guess.
"""

import functools
import importlib.resources
from collections import defaultdict
from collections.abc import Iterator, Mapping

from mahnakte.recht.kalender import LAENDER

_OLG_LAND = "NW"


def find_laender(plz: str) -> frozenset[str]:
    """Return the Länder (two letters) a postcode may lie in; empty where the lists do not know the number.

    Delivery postcodes by their rows, large recipients by theirs, all other numbers by the range of three digits.
    """
    if plz in (zustellung := _read_laender()):
        return zustellung[plz]
    bereich = _read_bereiche().get(plz[:3], frozenset())
    return _read_grossempfaenger().get(plz, frozenset()) | bereich


def find_olg_bezirk(plz: str) -> str | None:
    """Return `koeln` or `sonst` for a postcode in NW, None outside it or where its range is mixed."""
    if _OLG_LAND not in find_laender(plz):
        return None
    if plz in _read_laender():
        return "koeln" if plz in _read_olg_koeln() else "sonst"
    bezirk = _read_olg_bereiche().get(plz[:3])
    return bezirk if bezirk in ("koeln", "sonst") else None


def sits_at(art: str, plz: str, ort: str) -> bool:
    """Say whether a court of this kind (`AG` | `LG`) may have its seat at this postcode of this place.

    Yes at every delivery postcode of the court's place, at its house postcode, and at a large recipient's own
    number, behind which any court may stand. A place spelled unlike the list is judged by its postcode alone.
    """
    if plz in _read_grossempfaenger():
        return True
    sitze = _read_gerichte()[art]
    gemeint = [nummern for sitz, nummern in sitze.items() if _fits(sitz, _fold(ort))]
    return any(plz in nummern for nummern in gemeint or sitze.values())


def _fits(sitz: str, ort: str) -> bool:
    """Compare folded places: the same, or one with a by-name („frankfurt am main“, „berlin kreuzberg“)."""
    return sitz == ort or sitz.startswith(f"{ort} ") or ort.startswith(f"{sitz} ")


def _fold(ort: str) -> str:
    text = ort.casefold()
    for umlaut, ersatz in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("-", " ")):
        text = text.replace(umlaut, ersatz)
    return " ".join(text.split())


@functools.cache
def _read_laender() -> Mapping[str, frozenset[str]]:
    laender: dict[str, set[str]] = defaultdict(set)
    for plz, _, land, *_ in _rows("plz", 6):
        if land in LAENDER:  # 87491 is Jungholz in Austria; its range answers
            laender[plz].add(land)
    return {plz: frozenset(menge) for plz, menge in laender.items()}


@functools.cache
def _read_bereiche() -> Mapping[str, frozenset[str]]:
    return {bereich: frozenset(laender.split()) for bereich, laender, _ in _rows("plz_bereich", 3)}


@functools.cache
def _read_grossempfaenger() -> Mapping[str, frozenset[str]]:
    """A row that contradicts its range (`nein`) counts beside the range: from memory nothing is refused."""
    return {plz: frozenset(land.split()) for plz, land, _, _ in _rows("plz_grossempfaenger", 4)}


@functools.cache
def _read_olg_koeln() -> frozenset[str]:
    return frozenset(plz for plz, *_ in _rows("olg_koeln", 4))


@functools.cache
def _read_olg_bereiche() -> Mapping[str, str]:
    return {bereich: bezirk for bereich, bezirk, _ in _rows("olg_koeln_bereich", 3)}


@functools.cache
def _read_gerichte() -> Mapping[str, Mapping[str, frozenset[str]]]:
    """Kind of court to folded place to postcodes; branches and doubtful courts count, so that less is refused."""
    sitze: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for _, art, _, ort, _, _, haus, _, orte, _ in _rows("gerichte", 10):
        sitze[art][_fold(ort)].update(orte.split(), {haus} - {""})
    return {
        art: {ort: frozenset(nummern) for ort, nummern in je_ort.items()} for art, je_ort in sitze.items()
    }


def _rows(name: str, breite: int) -> Iterator[list[str]]:
    """Yield the rows of a list below comment and head, cut to its number of columns."""
    text = importlib.resources.files("mahnakte.recht").joinpath("listen", f"{name}.csv").read_text("utf-8")
    for zeile in text.splitlines()[2:]:
        yield zeile.split(";")[:breite]
