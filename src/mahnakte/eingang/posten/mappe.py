"""Workbooks (XLSX): measured before they are opened, then read by calamine as numbers, days and texts.

calamine unpacks whatever the archive holds and keeps a whole sheet as a grid, so both are bounded here first: it gets
an archive of our own with only what was measured. Formulas count by the result that Excel stored with them; where
there is none, or an error, calamine would show an empty cell, so it is made a text that no column accepts.
"""

import datetime as dt
import io
import itertools
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

import python_calamine

from mahnakte.eingang.posten.befunde import refuse_datei
from mahnakte.eingang.posten.werte import Zelle
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.zip_faults import ZIP_FAULTS

MAX_AUSGEPACKT = 150_000_000
_MAX_EINTRAEGE = 1_000
_MAX_TEXT = 200_000_000
_MAX_FELDER = 12_000_000  # cells of the grid, empty ones too
_ZELLE = rb"<(?P<vorsatz>(?:\w{1,20}:)?)c(?P<angaben>\s[^>]{0,300}"  # the group is closed where it is used
_ORT = re.compile(rb"""\br\s{0,9}=\s{0,9}["']([A-Z]{1,3})(\d{1,7})["']""")
_ORTLOS = re.compile(rb"""<(?:\w{1,20}:)?c(?:>|/|\s(?![^>]{0,300}\br\s{0,9}=))""")
_FEHLER = re.compile(_ZELLE + rb"""?\bt\s{0,9}=\s{0,9}["'])e(?=["'])""")
_OHNE_ERGEBNIS = re.compile(
    _ZELLE + rb")>\s{0,9}<(?P=vorsatz)f\b(?:[^>]{0,300}/>|[^>]{0,300}>[^<]{0,8200}</(?P=vorsatz)f>)\s{0,9}"
    rb"(?:<(?P=vorsatz)v\s{0,9}/>|<(?P=vorsatz)v></(?P=vorsatz)v>)?\s{0,9}</(?P=vorsatz)c>"
)
_TEXTENDE = re.compile(rb"</(?:\w{1,20}:)?si>")
_VERWEIS = re.compile(rb"""\bt\s{0,9}=\s{0,9}["']s["'][^>]{0,300}>\s{0,9}<(?:\w{1,20}:)?v>\s{0,9}(\d{1,9})""")
_ALS_TEXT = re.compile(rb"\bt\s{0,9}=")
_SPEICHERN = (
    "Die Datei in Excel öffnen, als „Excel-Arbeitsmappe (*.xlsx)“ oder CSV speichern und diese verwenden."
)
_LEERE = "Leere, aber formatierte Zeilen und Spalten unter und neben der Liste löschen und neu speichern."

Blattzeile = tuple[int, Sequence[Zelle]]


def read_mappe(inhalt: bytes, datei: str) -> dict[str, Callable[[], Iterator[Blattzeile]]]:
    """Return the rows of each visible sheet that has any, by its name; raise Ablehnung when it is no workbook."""
    gemessen = _measure(inhalt, datei)
    try:
        mappe = python_calamine.load_workbook(io.BytesIO(gemessen))
        blaetter = {
            blatt.name: mappe.get_sheet_by_name(blatt.name)
            for blatt in mappe.sheets_metadata
            if blatt.visible is python_calamine.SheetVisibleEnum.Visible
            and blatt.typ is python_calamine.SheetTypeEnum.WorkSheet
        }
    except (python_calamine.CalamineError, OSError, ValueError):
        raise refuse_datei("Die Excel-Datei ist beschädigt.", Stelle(datei), _SPEICHERN) from None
    gefuellt = {name: blatt for name, blatt in blaetter.items() if blatt.height}
    if not gefuellt:
        raise refuse_datei("Die Excel-Datei hat kein sichtbares Blatt mit Zeilen.", Stelle(datei))
    return {name: _reader(blatt) for name, blatt in gefuellt.items()}


def _reader(blatt: python_calamine.CalamineSheet) -> Callable[[], Iterator[Blattzeile]]:
    def rows() -> Iterator[Blattzeile]:
        for nummer, zeile in enumerate(blatt.iter_rows(), start=1):
            yield nummer, tuple(map(_to_cell, zeile))

    return rows


def _to_cell(wert: object) -> Zelle:
    if isinstance(wert, str):
        return wert.strip(" \t\r\n")
    if isinstance(wert, bool):
        return "Ja" if wert else "Nein"
    if isinstance(wert, int):
        return Decimal(wert)
    if isinstance(wert, float) and math.isfinite(wert):
        return Decimal(format(wert, ".15g"))  # as Excel shows it: 0.1 + 0.2 is 0.3
    if isinstance(wert, dt.datetime):
        return wert.date()
    return wert if isinstance(wert, dt.date) else str(wert)


def _measure(inhalt: bytes, datei: str) -> bytes:
    """Return an archive of the XML files, none of which is larger than allowed; raise Ablehnung."""
    teile = {name: _prepare(teil, datei) for name, teil in _unpack(inhalt, datei).items()}
    if _count_text(teile) > _MAX_TEXT:
        raise refuse_datei("Die Excel-Datei wiederholt sehr lange Texte sehr oft.", Stelle(datei), _SPEICHERN)
    ziel = io.BytesIO()
    with zipfile.ZipFile(ziel, "w") as archiv:
        for name, teil in teile.items():
            archiv.writestr(zipfile.ZipInfo(name), teil)
    return ziel.getvalue()


def _unpack(inhalt: bytes, datei: str) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name; raise Ablehnung when they are too large, or it is none."""
    teile: dict[str, bytes] = {}
    rest = MAX_AUSGEPACKT
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            namen = archiv.namelist()
            _check_kind(namen, datei)
            for name in namen:
                if not name.endswith((".xml", ".rels")):
                    continue
                with archiv.open(name) as strom:
                    teile[name] = strom.read(rest + 1)
                rest -= len(teile[name])
                if rest < 0:
                    raise refuse_datei(
                        f"Die Excel-Datei ist ausgepackt größer als {MAX_AUSGEPACKT // 1_000_000} MB.",
                        Stelle(datei),
                        _LEERE,
                    )
    except Ablehnung:
        raise
    except ZIP_FAULTS:
        raise refuse_datei("Die Excel-Datei ist beschädigt.", Stelle(datei), _SPEICHERN) from None
    return teile


def _count_text(teile: Mapping[str, bytes]) -> int:
    """Return at most how many bytes the cells hold that share texts: calamine copies a text for each of them."""
    laengen: list[int] = []
    for teil in teile.values():
        if b"</sst>" in teil or b":sst>" in teil:
            enden = [0, *(treffer.end() for treffer in _TEXTENDE.finditer(teil))]
            laengen += [ende - anfang for anfang, ende in itertools.pairwise(enden)]
    blaetter = [teil for teil in teile.values() if b"sheetData" in teil]
    zellen = sum(blatt.count(b'"s"') + blatt.count(b"'s'") for blatt in blaetter)
    hoechstens = max(laengen, default=0) * zellen
    if hoechstens <= _MAX_TEXT:
        return hoechstens
    verweise = (int(treffer[1]) for blatt in blaetter for treffer in _VERWEIS.finditer(blatt))
    return sum(laengen[nummer] for nummer in verweise if nummer < len(laengen))


def _check_kind(namen: Sequence[str], datei: str) -> None:
    if len(namen) > _MAX_EINTRAEGE or len(set(namen)) < len(namen):
        raise refuse_datei("Die Excel-Datei ist beschädigt.", Stelle(datei), _SPEICHERN)
    if "xl/workbook.xml" in namen:
        return
    for kennzeichen, was in (
        ("xl/workbook.bin", "eine binäre Excel-Datei (.xlsb)"),
        ("word/document.xml", "ein Word-Dokument"),
        ("content.xml", "eine Datei von LibreOffice"),
    ):
        if kennzeichen in namen:
            raise refuse_datei(f"Das ist {was}, keine Excel-Arbeitsmappe (.xlsx).", Stelle(datei), _SPEICHERN)
    raise refuse_datei(
        "Das ist ein ZIP-Archiv, keine Liste.", Stelle(datei), "Die Liste selbst angeben, ausgepackt."
    )


def _prepare(teil: bytes, datei: str) -> bytes:
    """Bound the grid of a sheet, and make errors and formulas without a result show; other parts stay as they are."""
    if b"\0" in teil:
        raise refuse_datei("Die Excel-Datei ist in einer Kodierung geschrieben, die Excel nicht verwendet.",
                           Stelle(datei), _SPEICHERN)  # fmt: skip
    if b"sheetData" not in teil:
        return teil
    if _ORTLOS.search(teil):
        raise refuse_datei("Die Excel-Datei hat Zellen ohne Adresse.", Stelle(datei), _SPEICHERN)
    spalten = zeilen = 0
    for treffer in _ORT.finditer(teil):
        spalte, zeile = treffer.groups()
        spalten = max(spalten, _column(spalte))
        zeilen = max(zeilen, int(zeile))
    if spalten * zeilen > _MAX_FELDER:
        raise refuse_datei(
            f"Ein Blatt der Excel-Datei reicht über {zeilen} Zeilen und {spalten} Spalten.",
            Stelle(datei),
            _LEERE,
        )
    if _FEHLER.search(teil):
        teil = _FEHLER.sub(rb"<\g<vorsatz>c\g<angaben>str", teil)
    return _OHNE_ERGEBNIS.sub(_show_formula, teil) if b"<f" in teil or b":f" in teil else teil


def _show_formula(zelle: re.Match[bytes]) -> bytes:
    if _ALS_TEXT.search(zelle["angaben"]):
        return zelle.group()  # an empty text is a result
    vorsatz = zelle["vorsatz"]
    return (
        b"<" + vorsatz + b"c" + zelle["angaben"] + b' t="str"><' + vorsatz + b"v>=Formel ohne Ergebnis</" + vorsatz
        + b"v></" + vorsatz + b"c>"
    )  # fmt: skip


def _column(buchstaben: bytes) -> int:
    zahl = 0
    for zeichen in buchstaben:
        zahl = 26 * zahl + zeichen - 64
    return zahl
