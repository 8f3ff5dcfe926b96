"""Tables to XLSX: numbers as numbers, dates as dates, text always as text. Same tables, same bytes.

A spreadsheet computes what looks like a formula and follows what looks like a link; so text goes only the path
that stores a string, whatever it begins with (`=`, `+`, `@` …).
"""

import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mahnakte.grund.befund import Ablehnung, sperre

Zelle = str | Decimal | int | dt.date | None

_DATUM = "dd.mm.yyyy"
_GELD = '#,##0.00\\ "€"'
_ALS_TEXT = "@"
_EINGABEFARBE = "#FFF8E1"
_MAX_BREITE = 70


@dataclasses.dataclass(frozen=True, slots=True)
class Spalte:
    """One column: its heading, and `euro` where its numbers are amounts (others are shown as they are).

    `eingabe`: people write here, and what they write stays text (a number with a dash becomes no date);
    `auswahl` are the words that Excel offers them.
    """

    titel: str
    euro: bool = False
    umbruch: bool = False
    eingabe: bool = False
    auswahl: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Blatt:
    """One sheet: heading lines, columns, rows; rows listed in `fett` (from 0) are sums."""

    name: str
    kopf: tuple[str, ...]
    spalten: tuple[Spalte, ...]
    zeilen: tuple[tuple[Zelle, ...], ...]
    fett: frozenset[int] = frozenset()


def write_xlsx(blaetter: Sequence[Blatt], titel: str, verfasser: str, datum: dt.date) -> bytes:
    """Return a workbook. `datum` is its date of creation, so that the same tables give the same bytes.

    Raises Ablehnung where a text is longer than a cell can hold: nothing is cut off in silence.
    """
    puffer = io.BytesIO()
    optionen = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    import xlsxwriter  # loaded for whoever writes a file, not for whoever looks at an account

    mappe = xlsxwriter.Workbook(puffer, optionen)
    mappe.set_properties(
        {"title": titel, "author": verfasser, "created": dt.datetime.combine(datum, dt.time())}
    )
    formate = _Formate(mappe)
    for blatt in blaetter:
        _write_sheet(mappe.add_worksheet(blatt.name), blatt, formate)
    mappe.close()
    return puffer.getvalue()


class _Formate:
    """The cell formats of a workbook, each made once."""

    def __init__(self, mappe: Any) -> None:
        self._mappe = mappe
        self._fertige: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **angaben: Any) -> Any:
        schluessel = tuple(sorted(angaben.items()))
        if schluessel not in self._fertige:
            self._fertige[schluessel] = self._mappe.add_format(dict(angaben))
        return self._fertige[schluessel]


def _write_sheet(seite: Any, blatt: Blatt, formate: _Formate) -> None:
    for nr, text in enumerate(blatt.kopf):
        _write_text(seite, nr, 0, text, formate.get(bold=nr == 0))
    kopfzeile = len(blatt.kopf) + 1 if blatt.kopf else 0
    for nr, spalte in enumerate(blatt.spalten):
        _write_text(seite, kopfzeile, nr, spalte.titel, formate.get(bold=True, bottom=1, text_wrap=True))
    for nr, zeile in enumerate(blatt.zeilen):
        for spalte_nr, (spalte, zelle) in enumerate(zip(blatt.spalten, zeile, strict=True)):
            _write_cell(seite, kopfzeile + 1 + nr, spalte_nr, zelle, spalte, nr in blatt.fett, formate)
    for nr, spalte in enumerate(blatt.spalten):
        seite.set_column(nr, nr, _width(spalte, [zeile[nr] for zeile in blatt.zeilen]))
        if spalte.auswahl and blatt.zeilen:
            worte = {"validate": "list", "source": [*spalte.auswahl], "error_type": "warning"}
            seite.data_validation(kopfzeile + 1, nr, kopfzeile + len(blatt.zeilen), nr, worte)
    seite.freeze_panes(kopfzeile + 1, 0)
    seite.autofilter(kopfzeile, 0, kopfzeile + _count_filtered(blatt), len(blatt.spalten) - 1)
    seite.set_landscape()
    seite.set_paper(9)  # A4
    seite.fit_to_pages(1, 0)
    seite.repeat_rows(kopfzeile)
    seite.set_footer("&L&F&R&P von &N")


def _count_filtered(blatt: Blatt) -> int:
    """Sums at the end stay outside the filter: they are about all rows."""
    zahl = len(blatt.zeilen)
    while zahl - 1 in blatt.fett:
        zahl -= 1
    return zahl


def _write_cell(
    seite: Any, reihe: int, nr: int, zelle: Zelle, spalte: Spalte, fett: bool, formate: _Formate
) -> None:
    stil: dict[str, Any] = {"bold": fett, "top": 1 if fett else 0, "valign": "top"}
    if spalte.eingabe:
        stil |= {"num_format": _ALS_TEXT, "bg_color": _EINGABEFARBE}
    if zelle is None:
        seite.write_blank(reihe, nr, None, formate.get(**stil))
    elif isinstance(zelle, dt.date):
        mittag = dt.datetime.combine(zelle, dt.time())
        seite.write_datetime(reihe, nr, mittag, formate.get(**stil, num_format=_DATUM, align="left"))
    elif isinstance(zelle, str):
        _write_text(seite, reihe, nr, zelle, formate.get(**stil, text_wrap=spalte.umbruch))
    else:
        zahlformat = {"num_format": _GELD} if spalte.euro else {}
        seite.write_number(reihe, nr, zelle, formate.get(**stil, **zahlformat))


def _write_text(seite: Any, reihe: int, nr: int, text: str, stil: Any) -> None:
    if seite.write_string(reihe, nr, text, stil) < 0:
        raise Ablehnung(
            sperre(
                "XLSX_TEXT_ZU_LANG",
                f"Ein Text mit {len(text)} Zeichen passt in keine Zelle der Tabelle.",
                "Den Text in fall.yaml kürzen.",
            )
        )


def _width(spalte: Spalte, zellen: Sequence[Zelle]) -> int:
    """Return a column width that shows its figures whole; long text is wrapped instead."""
    if spalte.umbruch:
        return _MAX_BREITE
    laengen = [
        len(zelle) if isinstance(zelle, str) else len(f"{zelle}") + 4 for zelle in zellen if zelle is not None
    ]
    return min(max([len(spalte.titel), 8, *laengen]) + 2, _MAX_BREITE)
