"""The courts' answers as EDA files: what they report, and which events that proposes for the case.

Read are the records of D.7 (03, 05, 18). Records without a known layout (16, 20, 22, 90 and others) are
kept whole and shown; nothing is decided on them. A person accepts a proposal, the program never does.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from mahnakte.antrag.eda.feld import parse_record
from mahnakte.antrag.eda.frame import Rohsatz, split_records
from mahnakte.antrag.eda.layout import AA
from mahnakte.antrag.eda.layout_gericht import BELEGARTEN, NACHRICHTEN
from mahnakte.antrag.eda.view import Satzsicht, view_records
from mahnakte.arten.ereignis import (
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    MB_ZUGESTELLT,
    VB_ZUGESTELLT,
    WIDERSPRUCH,
)
from mahnakte.grund.befund import Befund, Stelle, hinweis, sperre, warnung

_ERLASS, _ZUSTELLUNG, _WIDERSPRUCH = "03", "05", "18"
_NAM = {"05": MB_ZUGESTELLT.wort, "06": MB_NICHT_ZUGESTELLT.wort, "08": VB_ZUGESTELLT.wort}
_VB_NICHT_ZUGESTELLT = "09"
_ANTRAEGE = ("01", "07", "08", "10", "25", "29", "30")


@dataclasses.dataclass(frozen=True, slots=True)
class Ereignisvorschlag:
    """An event for `ereignisse:` of the case with our reference, as a court message suggests it.

    `geschaeftsnummer` is the court's file number; `wen` the debtor's name where the message carries it.
    `schluessel` is the same for the same message, so that it is not booked twice.
    """

    geschaeftszeichen: str
    art: str
    am: dt.date
    geschaeftsnummer: str
    wen: str
    grund: str
    schluessel: str


@dataclasses.dataclass(frozen=True, slots=True)
class Nachricht:
    """One message: its records for people, the proposals, and what a person must look at."""

    satzart: str
    geschaeftszeichen: str
    saetze: tuple[Satzsicht, ...]
    vorschlaege: tuple[Ereignisvorschlag, ...]
    befunde: tuple[Befund, ...]


def read_nachrichten(inhalt: bytes, datei: str) -> tuple[tuple[Nachricht, ...], tuple[Befund, ...]]:
    """Return the messages of a court's file and what is wrong with the file."""
    saetze, befunde = split_records(inhalt, datei)
    if befunde:
        return (), befunde
    kopf = parse_record(AA, saetze[0].text)[0] if saetze[0].schluessel == "AA" else {}
    erstellt = kopf.get("DATUM")
    belegart = str(kopf.get("BELART", ""))
    if not isinstance(erstellt, dt.date) or saetze[-1].schluessel != "BB":
        text = "Die Datei hat keinen vollständigen Rahmen (AA am Anfang, BB am Ende)."
        return (), (sperre("EDA_RAHMEN", text, "Die Datei vollständig vom Gericht abholen.", Stelle(datei)),)
    if belegart in _ANTRAEGE:
        text = f"Die Datei enthält keine Nachrichten des Gerichts, sondern {BELEGARTEN[belegart]}."
        return (), (sperre("EDA_KEINE_NACHRICHT", text, "Mit „mahnakte eda zeigen“ ansehen.", Stelle(datei)),)
    gruppen = _group(saetze[1:-1])
    return tuple(_read_one(gruppe, erstellt, datei) for gruppe in gruppen), ()


def _group(saetze: tuple[Rohsatz, ...]) -> Iterator[tuple[Rohsatz, ...]]:
    """Split at each Kennsatz (KS); records before the first one stay together."""
    gruppe: list[Rohsatz] = []
    for satz in saetze:
        if satz.text[2:9] == "KS   00" and gruppe:
            yield tuple(gruppe)
            gruppe = []
        gruppe.append(satz)
    if gruppe:
        yield tuple(gruppe)


def _read_one(saetze: tuple[Rohsatz, ...], erstellt: dt.date, datei: str) -> Nachricht:
    werte: dict[str, Any] = {}
    befunde = []
    for satz in saetze:
        layout = NACHRICHTEN.get(satz.schluessel)
        stelle = Stelle(datei, satz.nummer)
        if layout is None:
            text = f"Satz {satz.nummer} („{satz.schluessel}“) ist nicht bekannt; er wird nur angezeigt."
            befunde.append(
                warnung("EDA_SATZ_UNBEKANNT", text, "Den Inhalt lesen und selbst eintragen.", stelle)
            )
            continue
        gelesen, fehler = parse_record(layout, satz.text)
        werte.update(gelesen)
        for feld, grund in fehler:
            text = f"Satz {satz.nummer} ({layout.bedeutung}), Feld {feld.name}: {grund}."
            befunde.append(
                warnung("EDA_FELD", text, "Die Angabe mit dem Schreiben des Gerichts vergleichen.", stelle)
            )
    satzart = saetze[0].text[:2]
    zeichen = str(werte.get("ASGZ", ""))
    vorschlaege = tuple(_propose(satzart, werte, erstellt))
    if not vorschlaege:
        befunde.append(_no_proposal(satzart, werte, saetze[0], datei))
    return Nachricht(satzart, zeichen, view_records(saetze), vorschlaege, tuple(befunde))


def _no_proposal(satzart: str, werte: Mapping[str, Any], satz: Rohsatz, datei: str) -> Befund:
    stelle = Stelle(datei, satz.nummer)
    if werte.get("NAM") == _VB_NICHT_ZUGESTELLT:
        text = f"Der Vollstreckungsbescheid zum Geschäftszeichen {werte.get('ASGZ')} ist nicht zugestellt worden."
        return warnung(
            "VB_NICHT_ZUGESTELLT", text, "Die Anschrift ermitteln und neu zustellen lassen.", stelle
        )
    text = f"Aus der Nachricht (Art {satzart}) folgt kein Ereignis, das sich vorschlagen lässt."
    return hinweis("EDA_OHNE_VORSCHLAG", text, "Die Nachricht lesen und selbst eintragen.", stelle)


def _propose(satzart: str, werte: Mapping[str, Any], erstellt: dt.date) -> Iterator[Ereignisvorschlag]:
    if satzart == _ERLASS and werte.get("ELD"):
        for nummer in (werte.get(f"GNR{i}") for i in range(1, 6)):
            if nummer:
                yield _build(MB_ERLASSEN.wort, werte["ELD"], nummer, werte, "")
    elif satzart == _ZUSTELLUNG and werte.get("NAM") in _NAM:
        grund = " ".join(teil for teil in (werte.get("NZUG1", ""), werte.get("NZUG2", "")) if teil)
        yield _build(_NAM[werte["NAM"]], werte.get("ZUD") or erstellt, werte.get("GNR", ""), werte, grund)
    elif satzart == _WIDERSPRUCH:
        yield _build(WIDERSPRUCH.wort, werte.get("WIEFD") or erstellt, werte.get("GNR", ""), werte, "")


def _build(art: str, am: dt.date, nummer: str, werte: Mapping[str, Any], grund: str) -> Ereignisvorschlag:
    namen = (werte.get(feld, "") for feld in ("AGN1", "AGN2", "AGN3", "AGN4"))
    wen = " ".join(name for name in namen if name)
    zeichen = str(werte.get("ASGZ", ""))
    return Ereignisvorschlag(zeichen, art, am, nummer, wen, grund, f"{nummer}:{art}:{am.isoformat()}")
