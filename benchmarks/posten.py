"""What it costs to read a list of open items, per row, from CSV and from XLSX, and whether it grows linearly.

    python benchmarks/posten.py [ROWS]        default 50000

Made-up lists of each form: the process reads them itself (CPU and peak of memory), then the bounded worker once, as
the command does. Prints figures, asserts nothing.
"""

import datetime as dt
import io
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from mahnakte.eingang.posten.lesen import read_postenliste
from mahnakte.eingang.posten.zuordnung import Zuordnung
from mahnakte.grund.worker import Worker

LISTE = [
    "Konto",
    "Rechnungsnummer",
    "Datum",
    "Fälligkeit",
    "Sollbetrag",
    "Habenbetrag",
    "Saldo",
    "Gegenkonto",
    "Buchungstext",
]
FREI = [
    "Kd-Nr",
    "Kunde",
    "Straße",
    "PLZ",
    "Ort",
    "Rg.-Nr.",
    "Rechnungsdatum",
    "Zahlbar bis",
    "Brutto",
    "Bezahlt",
    "Offen",
]
ZUORDNUNG = Zuordnung(
    spalten={
        "kundennummer": "Kd-Nr", "name": "Kunde", "strasse": "Straße", "plz": "PLZ", "ort": "Ort",
        "nummer": "Rg.-Nr.", "datum": "Rechnungsdatum", "faellig": "Zahlbar bis", "betrag": "Brutto",
        "bezahlt": "Bezahlt", "offen": "Offen",
    }
)  # fmt: skip
KOPF = '"EXTF";700;21;"Buchungsstapel";13;20261130120000000;;"RE";"";"";1001;456;20260101;4;20260101;20261231;"D"'


def make_rows(zahl: int, frei: bool) -> list[list[Any]]:
    """Return the cells of a made-up list: numbers in cents as (cents,), days as days."""
    zeilen: list[list[Any]] = []
    for nummer in range(zahl):
        tag = dt.date(2026, 1, 1) + dt.timedelta(days=nummer % 300)
        betrag, bezahlt = 1_000 + nummer * 37 % 900_000, nummer % 1_000
        geld = [(betrag,), (bezahlt,), (betrag - bezahlt,)]
        kunde, rechnung, tage = (
            f"{10_001 + nummer % 9_000}",
            f"RE-2026-{nummer}",
            [tag, tag + dt.timedelta(days=14)],
        )
        if frei:
            zeilen.append(
                [
                    kunde,
                    "Müller & Söhne GmbH",
                    f"Weg {nummer % 90}",
                    "01067",
                    "Dresden",
                    rechnung,
                    *tage,
                    *geld,
                ]
            )
        else:
            zeilen.append([kunde, rechnung, *tage, *geld, "8400", "Wartung der Anlage"])
    return zeilen


def as_text(wert: Any) -> str:
    if isinstance(wert, tuple):
        return f"{wert[0] / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    return wert.strftime("%d.%m.%Y") if isinstance(wert, dt.date) else wert


def build_csv(kopf: Sequence[str], zeilen: Sequence[Sequence[Any]]) -> bytes:
    return "\r\n".join(";".join(map(as_text, zeile)) for zeile in (kopf, *zeilen)).encode("cp1252") + b"\r\n"


def build_xlsx(kopf: Sequence[str], zeilen: Sequence[Sequence[Any]], formeln: bool = False) -> bytes:
    ziel = io.BytesIO()
    mappe = xlsxwriter.Workbook(ziel, {"constant_memory": True})
    tag = mappe.add_format({"num_format": "dd.mm.yyyy"})
    seite = mappe.add_worksheet()
    seite.write_row(0, 0, kopf)
    for nummer, zeile in enumerate(zeilen, start=1):
        for spalte, wert in enumerate(zeile):
            if isinstance(wert, dt.date):
                seite.write_datetime(nummer, spalte, wert, tag)
            elif isinstance(wert, tuple) and formeln:
                seite.write_formula(nummer, spalte, "=1+1", None, wert[0] / 100)
            elif isinstance(wert, tuple):
                seite.write_number(nummer, spalte, wert[0] / 100)
            else:
                seite.write_string(nummer, spalte, wert)
    mappe.close()
    return ziel.getvalue()


def build_stapel(zahl: int) -> bytes:
    spalten = [
        "Umsatz",
        "S/H",
        "WKZ",
        "Kurs",
        "Basis-Umsatz",
        "WKZ",
        "Konto",
        "Gegenkonto",
        "BU",
        "Belegdatum",
    ]
    spalten += [
        "Belegfeld 1",
        "Belegfeld 2",
        "Skonto",
        "Buchungstext",
        *(f"Feld {nummer}" for nummer in range(15, 126)),
    ]
    zeilen = [
        f'{nummer % 900 + 1},50;"S";;;;;{10_001 + nummer % 9_000};8400;;{nummer % 28 + 1:02d}09;"RE-{nummer}";;;"W"'
        + ";" * 102 + "15112026" + ";" * 9
        for nummer in range(zahl)
    ]  # fmt: skip
    return "\r\n".join((KOPF, ";".join(spalten), *zeilen)).encode("cp1252") + b"\r\n"


def measure(was: str, inhalt: bytes, zuordnung: Zuordnung | None, zahl: int) -> None:
    """Read once and print what it took; runs in a process of its own, so that the peak of memory is its own."""
    vorher = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu = time.process_time()
    liste = read_postenliste(inhalt, "liste", zuordnung)
    cpu = time.process_time() - cpu
    spitze = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(liste.offene) == zahl, (len(liste.offene), liste.befunde[:3])
    print(f"{was:<30} {zahl:>7} Zeilen, {len(inhalt) / 1e6:4.1f} MB: CPU {cpu:6.2f} s = {cpu / zahl * 1e6:4.0f} µs "
          f"je Zeile; Speicher {vorher / 1024:.0f} -> {spitze / 1024:.0f} MB", flush=True)  # fmt: skip


def main(zahl: int) -> None:
    """Print the figures."""
    print(f"Last {os.getloadavg()[0]:.0f}")
    for anzahl in (zahl // 4, zahl):
        liste, frei = make_rows(anzahl, frei=False), make_rows(anzahl, frei=True)
        dateien: list[tuple[str, bytes, Zuordnung | None]] = [
            ("CSV, DATEV OPOS-Liste", build_csv(LISTE, liste), None),
            ("CSV, Zuordnung, 11 Spalten", build_csv(FREI, frei), ZUORDNUNG),
            ("DATEV Buchungsstapel", build_stapel(anzahl), None),
            ("XLSX, DATEV OPOS-Liste", build_xlsx(LISTE, liste), None),
            ("XLSX, Zuordnung, 11 Spalten", build_xlsx(FREI, frei), ZUORDNUNG),
            ("XLSX, Beträge als Formeln", build_xlsx(LISTE, liste, formeln=True), None),
        ]
        for was, inhalt, zuordnung in dateien:
            kind = multiprocessing.get_context("spawn").Process(
                target=measure, args=(was, inhalt, zuordnung, anzahl)
            )
            kind.start()
            kind.join()
    arbeiter = Worker()
    wand = time.perf_counter()
    arbeiter.call(read_postenliste, dateien[4][1], "liste", ZUORDNUNG, seconds=120.0)
    print(f"XLSX im Arbeiter, mit seinem Start: {time.perf_counter() - wand:.1f} s")
    arbeiter.close()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
