"""Dates as a table: XLSX with real dates, CSV for Excel (semicolon, BOM). Text never becomes a formula."""

import datetime as dt

from mahnakte.grund.text import strip_unsafe
from mahnakte.listen.csvtabelle import write_csv
from mahnakte.listen.modell import Fristblatt, Fristzeile, describe_stand
from mahnakte.satz.xlsx import Blatt, Spalte, Zelle, write_xlsx

_SPALTEN = (
    Spalte("spätestens am"), Spalte("Aktenzeichen"), Spalte("Frist"), Spalte("worum"), Spalte("Stand"),
    Spalte("rechnerisches Ende"), Spalte("Ende"), Spalte("letzter sicherer Tag"), Spalte("nächste Vorfrist"),
    Spalte("zu tun", umbruch=True), Spalte("Grund", umbruch=True), Spalte("Notiz", umbruch=True),
    Spalte("Es fehlt", umbruch=True), Spalte("eingetragen am"),
)  # fmt: skip
_STRAHL = (
    Spalte("Aktenzeichen"), Spalte("worum"), Spalte("von"), Spalte("bis"), Spalte("Tage"), Spalte("Ende danach"),
    Spalte("Umstand", umbruch=True),
)  # fmt: skip


def write_fristmappe(blatt: Fristblatt, verfasser: str) -> bytes:
    """Return the workbook: open dates, settled dates, the timelines of limitation."""
    titel = blatt.ueberschrift
    kopf = (titel, f"{len(blatt.offene)} offen, {len(blatt.erledigte)} erledigt")
    blaetter = (
        Blatt("Offen", kopf, _SPALTEN, tuple(_row(zeile, blatt.stichtag) for zeile in blatt.offene)),
        Blatt("Erledigt", kopf, _SPALTEN, tuple(_row(zeile, blatt.stichtag) for zeile in blatt.erledigte)),
        Blatt("Verjährung", kopf, _STRAHL, tuple(row for zeile in blatt.zeilen for row in _timeline(zeile))),
    )
    return write_xlsx(blaetter, titel, verfasser, blatt.stichtag)


def write_fristcsv(blatt: Fristblatt) -> bytes:
    """Return the list as CSV: UTF-8 with BOM, semicolons, dates dd.mm.yyyy, one row per date."""
    return write_csv(
        [spalte.titel for spalte in _SPALTEN], (_row(zeile, blatt.stichtag) for zeile in blatt.zeilen)
    )


def _row(zeile: Fristzeile, stichtag: dt.date) -> tuple[Zelle, ...]:
    eintrag = zeile.eintrag
    kommende = [tag for tag in eintrag.vorfristen if tag >= stichtag]
    return (
        eintrag.tag, zeile.aktenzeichen, eintrag.fristart.name, strip_unsafe(eintrag.worum),
        describe_stand(eintrag, stichtag), eintrag.roh, eintrag.ende, eintrag.sicher_bis,
        min(kommende, default=None), "" if eintrag.erledigt else eintrag.handeln, eintrag.grund,
        strip_unsafe(eintrag.notiz), "; ".join(eintrag.fehlt), eintrag.eingetragen_am or "",
    )  # fmt: skip


def _timeline(zeile: Fristzeile) -> list[tuple[Zelle, ...]]:
    return [
        (
            zeile.aktenzeichen, strip_unsafe(zeile.eintrag.worum), strahl.von, strahl.bis, strahl.tage, strahl.ende,
            strahl.text,
        )
        for strahl in zeile.eintrag.zeitstrahl
    ]  # fmt: skip
