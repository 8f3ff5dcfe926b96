"""CSV for Excel: UTF-8 with BOM, semicolons, dates dd.mm.yyyy; text never becomes a formula."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe

Feld = str | int | Decimal | dt.date | None

_FORMELZEICHEN = ("=", "+", "-", "@")


def write_csv(kopf: Sequence[str], zeilen: Iterable[Sequence[Feld]]) -> bytes:
    """Return the table; same rows, same bytes."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(kopf)
    for zeile in zeilen:
        schreiber.writerow([_write_cell(feld) for feld in zeile])
    return puffer.getvalue().encode("utf-8-sig")


def _write_cell(feld: Feld) -> str:
    """A spreadsheet takes a text that begins like a formula for one; an apostrophe keeps it text."""
    if isinstance(feld, dt.date):
        return format_datum(feld)
    if isinstance(feld, Decimal):
        return format_betrag(feld).replace(".", "")
    if feld is None or isinstance(feld, int):
        return "" if feld is None else str(feld)
    text = strip_unsafe(feld)
    return f"'{text}" if text.startswith(_FORMELZEICHEN) else text
