"""`mahnakte konto`: the claim account with its derivation, as lines, JSON, PDF and XLSX."""

import pathlib
from collections.abc import Callable

from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.blatt.kontotext import konto_lines
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.konto.aufstellung import compute_aufstellung
from mahnakte.konto.modell import Konto
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen
from mahnakte.werk.kontostand import compute_kontostand
from mahnakte.werk.laden import Lage, find_fallordner, load_fall


def show_konto(
    pfad: pathlib.Path,
    lage: Lage,
    schuldner: str | None = None,
    pdf: pathlib.Path | None = None,
    xlsx: pathlib.Path | None = None,
    ersetzen: bool = False,
) -> Ergebnis:
    """Compute the account of one case and write the files asked for.

    `schuldner` asks for the account against one of several debtors. Exit code 3 when the case or its account
    is refused, then no file is written; also 3 when a file cannot be written, then the account still stands.
    """
    _check_ziele(pdf, xlsx)
    geladen = load_fall(read_fallordner(find_fallordner(pfad)), lage)
    stand = compute_kontostand(geladen, lage.stichtag, schuldner)
    if geladen.fall is None or stand.konto is None:
        return Ergebnis(
            stand.as_json(), ("Für diesen Fall gibt es kein Konto.",), stand.befunde, stand.rueckgabe
        )
    fall, konto, befunde = geladen.fall, stand.konto, stand.befunde
    daten = {**stand.as_json(), "dateien": []}
    zeilen = konto_lines(fall, compute_aufstellung(konto))
    try:
        dateien = _write_files(fall, konto, lage, {"pdf": pdf, "xlsx": xlsx}, ersetzen)
    except Ablehnung as ablehnung:
        zeilen = (*zeilen, "Keine Datei geschrieben.")
        return Ergebnis(daten, zeilen, (*befunde, ablehnung.befund), ABGELEHNT)
    return Ergebnis(
        daten={**daten, "dateien": [show(datei) for datei in dateien]},
        zeilen=(*zeilen, *(f"Geschrieben: {show(datei)}" for datei in dateien)),
        befunde=befunde,
        rueckgabe=FERTIG,
    )


def _check_ziele(pdf: pathlib.Path | None, xlsx: pathlib.Path | None) -> None:
    if pdf and xlsx and pdf.absolute() == xlsx.absolute():
        raise NichtBegonnen([
            sperre("ZIEL_DOPPELT", "Für PDF und Excel-Mappe ist dieselbe Datei genannt.",
                   "Zwei verschiedene Namen angeben.", Stelle(show(pdf)))
        ])  # fmt: skip


def _write_files(
    fall: Fall, konto: Konto, lage: Lage, ziele: dict[str, pathlib.Path | None], ersetzen: bool
) -> list[pathlib.Path]:
    """Make all files first, then write them: a refusal leaves nothing half done."""
    if not any(ziele.values()):
        return []
    from mahnakte.blatt.forderungsaufstellung import aufstellung_werte
    from mahnakte.blatt.kontomappe import write_kontomappe
    from mahnakte.werk.blaetter import make_set_blatt

    erzeuger: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: make_set_blatt(lage)("forderungsaufstellung", aufstellung_werte(fall, konto)),
        "xlsx": lambda: write_kontomappe(fall, compute_aufstellung(konto)),
    }
    fertige = [(ziel, erzeuger[art]()) for art, ziel in ziele.items() if ziel is not None]
    for ziel, inhalt in fertige:
        (replace_output if ersetzen else create_file)(ziel, inhalt)
    return [ziel for ziel, _ in fertige]
