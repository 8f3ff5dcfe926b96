"""Calendar rules: periods (§§ 187, 188 BGB), working days and the moved end (§ 193 BGB, § 222 (2) ZPO).

Two readings of a holiday. *Certain*: public in the whole Land; only such a day moves an end, because relying on a
moved end that does not move costs the claim. *Possible*: also municipal ones (15 August in Bavaria, Corpus
Christi in parts of Saxony and Thuringia, 8 August in Augsburg) and, where the Land is not known, those of any
Land; such a day is never called a safe last day.
"""

import calendar
import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.datum import format_datum

if TYPE_CHECKING:
    import holidays

LAENDER: Mapping[str, str] = {
    "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BB": "Brandenburg", "HB": "Bremen",
    "HH": "Hamburg", "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz", "SL": "Saarland", "SN": "Sachsen",
    "ST": "Sachsen-Anhalt", "SH": "Schleswig-Holstein", "TH": "Thüringen",
}  # fmt: skip
KALENDER_NICHT_GEDECKT = "KALENDER_NICHT_GEDECKT"
_EIN_TAG = dt.timedelta(days=1)
_SAMSTAG, _SONNTAG = 5, 6
_DAUER = re.compile(r"(\d{1,4})([twmj])", re.ASCII)
_EINHEITEN = {"t": "Tage", "w": "Wochen", "m": "Monate", "j": "Jahre"}


@dataclasses.dataclass(frozen=True, slots=True)
class Fristende:
    """The end of a period: as counted, moved by § 193, and the last day on which acting is surely in time.

    `grund` says why the end moved (empty where it did not).
    """

    roh: dt.date
    ende: dt.date
    sicher_bis: dt.date
    grund: str


def add_frist(ab: dt.date, dauer: str) -> dt.date:
    """Return the last day of a period of `2w`, `6m`, `30t` (days) or `30j` (years) after an event on `ab`.

    The day of the event does not count (§ 187 (1)); weeks, months and years end on the day that matches the day
    of the event (§ 188 (2)), or on the last of a month that lacks it (§ 188 (3)).
    """
    treffer = _DAUER.fullmatch(dauer.strip().lower())
    if treffer is None:
        raise Ablehnung(
            sperre("FRIST_DAUER", f"„{dauer}“ ist keine Dauer.",
                   "Zahl und Buchstabe angeben: 30t (Tage), 2w (Wochen), 6m (Monate), 3j (Jahre).")
        )  # fmt: skip
    zahl, einheit = int(treffer[1]), treffer[2]
    try:
        if einheit in "tw":
            return ab + dt.timedelta(days=zahl * (7 if einheit == "w" else 1))
        return add_months(ab, zahl * (12 if einheit == "j" else 1))
    except (ValueError, OverflowError):
        raise Ablehnung(
            sperre("FRIST_ZU_LANG", f"{zahl} {_EINHEITEN[einheit]} nach dem {format_datum(ab)} "
                   "liegt außerhalb des Kalenders.", "Die Dauer prüfen.")
        ) from None  # fmt: skip


def add_months(tag: dt.date, monate: int) -> dt.date:
    """Return the same day so many months later, or the last day of that month (§ 188 (2), (3))."""
    jahr, monat0 = divmod(tag.year * 12 + tag.month - 1 + monate, 12)
    monat = monat0 + 1
    return dt.date(jahr, monat, min(tag.day, calendar.monthrange(jahr, monat)[1]))


def frist_ende(ab: dt.date, dauer: str, land: str | None = None) -> Fristende:
    """Return raw end, moved end and last safe day of a period after an event on `ab`."""
    return shift_ende(add_frist(ab, dauer), land)


def shift_ende(roh: dt.date, land: str | None = None) -> Fristende:
    """Return moved end and last safe day for a period whose last day is `roh`."""
    ende = move_to_workday(roh, land)
    grund = "" if ende == roh else f"{format_datum(roh)} ist {_name_day(roh, land)}"
    return Fristende(roh, ende, last_safe_day(roh, land), grund)


def move_to_workday(tag: dt.date, land: str | None = None) -> dt.date:
    """Return the day, or the next working day after a weekend or a holiday of the whole Land (§ 193 BGB).

    Without a Land only nationwide holidays count. Raises Ablehnung for an unknown Land.
    """
    while tag.weekday() >= _SAMSTAG or tag in certain_holidays(tag.year, land):
        tag += _EIN_TAG
    return tag


def move_to_common_workday(tag: dt.date, laender: Iterable[str | None]) -> dt.date:
    """Return the day, or the next one that is a working day in each of these Länder (§ 193 BGB).

    For a day that binds several debtors, each paying at his own seat: the later end is the careful one, no debtor
    is in default before it.
    """
    gebiete = frozenset(laender) or {None}
    while (naechster := max(move_to_workday(tag, land) for land in gebiete)) != tag:
        tag = naechster
    return tag


def last_safe_day(tag: dt.date, land: str | None = None) -> dt.date:
    """Return the last day up to `tag` that is a working day under every reading."""
    while tag.weekday() >= _SAMSTAG or tag in _possible_holidays(tag.year, land):
        tag -= _EIN_TAG
    return tag


@functools.cache
def certain_holidays(jahr: int, land: str | None) -> Mapping[dt.date, str]:
    """Return the public holidays of a whole Land, by date; without a Land the nationwide ones."""
    _check(jahr, land)
    return dict(_germany(jahr, land, "public").items())


@functools.cache
def _possible_holidays(jahr: int, land: str | None) -> frozenset[dt.date]:
    """Return every day that is a holiday in some municipality of the Land, or of any Land."""
    _check(jahr, land)
    gebiete = [land] if land else list(LAENDER)
    if "BY" in gebiete:
        gebiete.append("Augsburg")
    return frozenset(tag for gebiet in gebiete for tag in _germany(jahr, gebiet, "public", "catholic"))


def _germany(jahr: int, gebiet: str | None, *arten: str) -> "holidays.HolidayBase":
    import holidays  # loaded for whoever asks for a working day

    return holidays.country_holidays("DE", subdiv=gebiet, years=jahr, language="de", categories=arten)


def _check(jahr: int, land: str | None) -> None:
    if land is not None and land not in LAENDER:
        raise Ablehnung(
            sperre("LAND_UNBEKANNT", f"„{land}“ ist kein deutsches Land.",
                   f"Eine dieser Abkürzungen angeben: {', '.join(sorted(LAENDER))}.")
        )  # fmt: skip
    erstes, letztes = _covered_years()
    if not erstes <= jahr <= letztes:
        raise Ablehnung(
            sperre(KALENDER_NICHT_GEDECKT,
                   f"Der Feiertagskalender reicht von {erstes} bis {letztes}; "
                   f"für {jahr} lässt sich das Fristende nicht auf einen Werktag verschieben.",
                   "Das Fristende von Hand bestimmen.")
        )  # fmt: skip


@functools.cache
def _covered_years() -> tuple[int, int]:
    """Return the first and the last year that the library knows for Germany."""
    import holidays

    deutschland = holidays.country_holidays("DE")
    return deutschland.start_year, deutschland.end_year


def _name_day(tag: dt.date, land: str | None) -> str:
    feiertag = certain_holidays(tag.year, land).get(tag)
    if feiertag is not None:
        return f"Feiertag ({feiertag})"
    return "ein Sonntag" if tag.weekday() == _SONNTAG else "ein Samstag"
