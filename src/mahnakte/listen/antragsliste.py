"""The list beside a collective filing: which cases are in it, which are not and why. XLSX, CSV or text."""

import csv
import dataclasses
import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import strip_unsafe
from mahnakte.satz.xlsx import Blatt, Spalte, Zelle, write_xlsx

_FORMELZEICHEN = ("=", "+", "-", "@")
_NAMEN = (
    "aktenzeichen", "freigegeben_von", "besteht", "gegenleistung", "im_fall", "drin", "grund", "weg", "mahngericht",
    "verjaehrt_mit_ablauf", "schuldner", "hauptforderung", "gerichtskosten", "vorgang", "datei",
)  # fmt: skip
_GELD = ("hauptforderung", "gerichtskosten")
_LANG = ("grund", "weg", "schuldner")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Antragszeile:
    """One case. `drin`: an application stands, made now or before; `grund` why not. `weg`: EDA, or sheet and why.

    `im_fall` is the declaration on the counter-performance that fall.yaml makes, `gegenleistung` that of the list.
    """

    aktenzeichen: str
    freigegeben_von: str = ""
    besteht: str = ""
    gegenleistung: str = ""
    im_fall: str = ""
    drin: str = "nein"
    grund: str = ""
    weg: str = ""
    mahngericht: str = ""
    verjaehrt_mit_ablauf: dt.date | None = None
    schuldner: str = ""
    hauptforderung: Decimal | None = None
    gerichtskosten: Decimal | None = None
    vorgang: int | None = None
    datei: str = ""

    def as_json(self) -> dict[str, str | int | None]:
        """Return the entry of the JSON document."""
        return {name: _json(getattr(self, name)) for name in _NAMEN}


def _json(wert: Zelle) -> str | int | None:
    return wert if wert is None or isinstance(wert, int) else str(wert)


def write_antragsliste(zeilen: Sequence[Antragszeile], form: str, stichtag: dt.date) -> bytes:
    """Return the list; `form` is xlsx, csv (the one that can be filled in and read again) or txt."""
    if form == "xlsx":
        drin = sum(zeile.drin == "ja" for zeile in zeilen)
        titel = f"Sammelantrag, Stand {format_datum(stichtag)}"
        spalten = tuple(Spalte(name, euro=name in _GELD, umbruch=name in _LANG) for name in _NAMEN)
        kopf = (titel, f"{drin} drin, {len(zeilen) - drin} nicht")
        return write_xlsx([Blatt("Anträge", kopf, spalten, tuple(map(_row, zeilen)))], titel, "", stichtag)
    if form == "csv":
        puffer = io.StringIO()
        schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
        schreiber.writerow(_NAMEN)
        schreiber.writerows([_csv_cell(zelle) for zelle in _row(zeile)] for zeile in zeilen)
        return puffer.getvalue().encode("utf-8-sig")
    return "".join(f"{text}\n" for zeile in zeilen for text in describe_zeile(zeile)).encode()


def _row(zeile: Antragszeile) -> tuple[Zelle, ...]:
    werte: list[Zelle] = [getattr(zeile, name) for name in _NAMEN]
    return tuple(strip_unsafe(wert) if isinstance(wert, str) else wert for wert in werte)


def _csv_cell(zelle: Zelle) -> str:
    """A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it text."""
    text = format_datum(zelle) if isinstance(zelle, dt.date) else "" if zelle is None else str(zelle)
    return f"'{text}" if text.startswith(_FORMELZEICHEN) else text


def describe_zeile(zeile: Antragszeile) -> tuple[str, ...]:
    """Return what a clerk reads about one case."""
    ende = zeile.verjaehrt_mit_ablauf
    angaben = (
        f"verjährt mit Ablauf des {format_datum(ende)}" if ende else "",
        f"Hauptforderung {format_euro(zeile.hauptforderung)}" if zeile.hauptforderung is not None else "",
        f"Gerichtskosten {format_euro(zeile.gerichtskosten)}" if zeile.gerichtskosten is not None else "",
        zeile.weg,
    )
    stand = f"in {zeile.datei}" if zeile.datei else "Antrag erstellt" if zeile.drin == "ja" else "nicht drin"
    kopf = f"{zeile.aktenzeichen}: {stand}" + (f" – {zeile.grund}" if zeile.grund else "")
    return (kopf, *(f"    {angabe}" for angabe in angaben if angabe))
