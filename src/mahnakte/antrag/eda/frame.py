"""The frame of an EDA file: bytes to records of 128 characters, whatever separates them."""

import dataclasses
import re

from mahnakte.antrag.eda.befunde import empty_file, foreign_characters
from mahnakte.antrag.eda.layout import LAENGE
from mahnakte.antrag.zeichen import describe_foreign, find_foreign, is_allowed
from mahnakte.grund.befund import Befund, Stelle, sperre

MAX_BYTES = 64_000_000

_TRENNER = re.compile(rb"\r\n|\r|\n")
_RAHMEN = ("AA", "BB")
_EOF = b"\x1a"  # old DOS programs close a text file with it


@dataclasses.dataclass(frozen=True, slots=True)
class Rohsatz:
    """One record as it stands in the file; `nummer` counts from 1 (AA).

    `schluessel` are positions 1 to 9; of AA and BB only 1 and 2.
    """

    nummer: int
    text: str
    schluessel: str


def split_records(inhalt: bytes, datei: str) -> tuple[tuple[Rohsatz, ...], tuple[Befund, ...]]:
    """Return the records of a file and what is wrong with its frame.

    Accepted: no separators, CR or CR LF after 128 bytes, CR LF as the last two of 128 bytes.
    """
    if len(inhalt) > MAX_BYTES:
        grenze = MAX_BYTES // 1_000_000
        return (), (sperre("EDA_ZU_GROSS", f"Die Datei ist größer als {grenze} MB.", "Auf mehrere Dateien verteilen.",
                           Stelle(datei)),)  # fmt: skip
    stuecke = _split(inhalt.removesuffix(_EOF))
    saetze = []
    befunde = []
    fremde: list[Rohsatz] = []
    falsche: list[tuple[int, int]] = []
    for nummer, stueck in enumerate(stuecke, start=1):
        if len(stueck) != LAENGE:
            falsche.append((nummer, len(stueck)))
            continue
        text = stueck.decode("cp850")
        satz = Rohsatz(nummer, text, text[:2] if text[:2] in _RAHMEN else text[:9])
        saetze.append(satz)
        if not is_allowed(satz.text):
            fremde.append(satz)
    if fremde:  # a file saved in another code page is longer as well: one sentence is enough
        befunde.append(_wrong_characters(fremde, datei))
    elif falsche:
        befunde.append(_wrong_length(falsche, len(stuecke), datei))
    if not stuecke:
        befunde.append(empty_file("Die Datei ist leer.", "Die richtige Datei angeben.", Stelle(datei)))
    return tuple(saetze), tuple(befunde)


def _split(inhalt: bytes) -> list[bytes]:
    if not _TRENNER.search(inhalt):
        return [inhalt[anfang : anfang + LAENGE] for anfang in range(0, len(inhalt), LAENGE)]
    zeilen = _TRENNER.split(inhalt)
    if zeilen and not zeilen[-1]:
        zeilen.pop()
    innen = LAENGE - 2
    if zeilen and all(len(zeile) == innen for zeile in zeilen):
        return [zeile.ljust(LAENGE) for zeile in zeilen]
    return zeilen


def _wrong_length(falsche: list[tuple[int, int]], zahl: int, datei: str) -> Befund:
    """Say it once; the last record alone too short means that the file was cut off."""
    nummer, laenge = falsche[0]
    text = f"Satz {nummer} hat {laenge} statt {LAENGE} Byte."
    if nummer == zahl and laenge < LAENGE:
        text = f"Die Datei ist abgeschnitten: Satz {nummer}, der letzte, hat {laenge} statt {LAENGE} Byte."
    elif len(falsche) > 1:
        text = f"{len(falsche)} von {zahl} Sätzen haben nicht {LAENGE} Byte, zuerst Satz {nummer} ({laenge} Byte)."
    return sperre(
        "EDA_LAENGE", text, "Die Datei neu erzeugen oder vollständig übertragen.", Stelle(datei, nummer)
    )


def _wrong_characters(saetze: list[Rohsatz], datei: str) -> Befund:
    """Say it once: a file in a foreign code page has the same trouble in many records."""
    erster = saetze[0]
    wo = (
        f"Satz {erster.nummer} enthält"
        if len(saetze) == 1
        else f"{len(saetze)} Sätze, zuerst Satz {erster.nummer}, enthalten"
    )
    text = f"{wo} Zeichen, die EDA nicht kennt: {describe_foreign(find_foreign(erster.text)[:5])}."
    abhilfe = "Die Datei muss in der Zeichentabelle CP850 stehen; vermutlich wurde sie in einer anderen gespeichert."
    return foreign_characters(text, abhilfe, Stelle(datei, erster.nummer))
