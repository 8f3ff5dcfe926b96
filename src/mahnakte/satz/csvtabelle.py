"""Tables to CSV as a German Excel opens them: UTF-8 with BOM, semicolons, dates dd.mm.yyyy, decimal commas."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mahnakte.grund.datum import format_datum
from mahnakte.satz.xlsx import Spalte, Zelle

_FORMELZEICHEN = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(spalten: Sequence[Spalte], zeilen: Iterable[Sequence[Zelle]]) -> bytes:
    """Return the table; text never becomes a formula."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow([spalte.titel for spalte in spalten])
    for zeile in zeilen:
        schreiber.writerow([_csv_cell(zelle) for zelle in zeile])
    return puffer.getvalue().encode("utf-8-sig")


def strip_apostrophe(text: str) -> str:
    """Return a text as it was before `write_csv` kept it from being a formula."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMELZEICHEN) else text


def _csv_cell(zelle: Zelle) -> str:
    """A spreadsheet takes text that begins like a formula for one; an apostrophe keeps it text. A number is one."""
    if isinstance(zelle, dt.date):
        return format_datum(zelle)
    if isinstance(zelle, Decimal | int):
        return str(zelle).replace(".", ",")
    text = zelle or ""
    return f"'{text}" if text.startswith(_FORMELZEICHEN) else text
