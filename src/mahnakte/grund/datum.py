"""Calendar dates as people write them: ISO or dd.mm.yyyy in, dd.mm.yyyy out."""

import datetime as dt
import re

MONATE = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DEUTSCH = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", re.ASCII)
_FRUEHESTES_JAHR = 1900
_SPAETESTES_JAHR = 2199
# Two digits mean the century that a paper of a claim can come from; between them either may be meant.
_BIS_HEUTIGES_JAHRHUNDERT = 49
_AB_VORIGES_JAHRHUNDERT = 70


class KeinDatum(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The text is not a calendar date; the message says in German why."""


def parse_datum(text: str) -> dt.date:
    """Read `2026-04-20`, `20.04.2026` or `20.4.26`; raise KeinDatum for anything else, also for 30.02."""
    roh = text.strip()
    if treffer := _ISO.fullmatch(roh):
        jahr, monat, tag = (int(teil) for teil in treffer.groups())
    elif treffer := _DEUTSCH.fullmatch(roh):
        tag, monat = int(treffer[1]), int(treffer[2])
        jahr = _full_year(treffer[3], roh)
    else:
        raise KeinDatum(f"„{roh}“ ist kein Datum; erwartet wird 20.04.2026 oder 2026-04-20")
    if not _FRUEHESTES_JAHR <= jahr <= _SPAETESTES_JAHR:
        raise KeinDatum(f"„{roh}“: das Jahr {jahr} ist nicht glaubhaft")
    try:
        return dt.date(jahr, monat, tag)
    except ValueError:
        raise KeinDatum(f"„{roh}“ gibt es im Kalender nicht") from None


def _full_year(ziffern: str, roh: str) -> int:
    jahr = int(ziffern)
    if len(ziffern) > 2:
        return jahr
    if _BIS_HEUTIGES_JAHRHUNDERT < jahr < _AB_VORIGES_JAHRHUNDERT:
        raise KeinDatum(
            f"„{roh}“ kann 19{ziffern} oder 20{ziffern} heißen; das Jahr mit vier Ziffern schreiben"
        )
    return jahr + (2000 if jahr <= _BIS_HEUTIGES_JAHRHUNDERT else 1900)


def format_datum(tag: dt.date) -> str:
    """Write a date the German way: 20.04.2026."""
    return f"{tag.day:02d}.{tag.month:02d}.{tag.year}"
