"""Calendar dates as people write them: ISO or dd.mm.yyyy in, dd.mm.yyyy out."""

import datetime as dt
import re

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_DEUTSCH = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_FRUEHESTES_JAHR = 1900
_SPAETESTES_JAHR = 2199


class KeinDatum(ValueError):  # noqa: N818 - a value, not an accident: the reader turns it into a Befund
    """The text is not a calendar date; the message says in German why."""


def parse_datum(text: str) -> dt.date:
    """Read `2026-04-20` or `20.04.2026`; raise KeinDatum for anything else, also for 30.02."""
    roh = text.strip()
    if treffer := _ISO.fullmatch(roh):
        jahr, monat, tag = (int(teil) for teil in treffer.groups())
    elif treffer := _DEUTSCH.fullmatch(roh):
        tag, monat, jahr = (int(teil) for teil in treffer.groups())
    else:
        raise KeinDatum(f"„{roh}“ ist kein Datum; erwartet wird 20.04.2026 oder 2026-04-20")
    if not _FRUEHESTES_JAHR <= jahr <= _SPAETESTES_JAHR:
        raise KeinDatum(f"„{roh}“: das Jahr {jahr} ist nicht glaubhaft")
    try:
        return dt.date(jahr, monat, tag)
    except ValueError:
        raise KeinDatum(f"„{roh}“ gibt es im Kalender nicht") from None


def format_datum(tag: dt.date) -> str:
    """Write a date the German way: 20.04.2026."""
    return f"{tag.day:02d}.{tag.month:02d}.{tag.year}"
