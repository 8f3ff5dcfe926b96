"""The courts' answers as EDA files: what they report, and which events that proposes for the case.

Read are the records 03, 05, 16, 18, 20, 22 and 90 (layout_gericht.py). Records without a known layout are kept whole
and shown; nothing is decided on them. A person accepts a proposal, the program never does. What starts a period
needs its own day: a message that has none proposes nothing and asks.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from mahnakte.antrag.eda.befunde import unknown_record, wrong_field
from mahnakte.antrag.eda.feld import parse_record
from mahnakte.antrag.eda.frame import Rohsatz, split_records
from mahnakte.antrag.eda.layout import AA
from mahnakte.antrag.eda.layout_gericht import BELEGARTEN, G02, NACHRICHTEN
from mahnakte.antrag.eda.view import Satzsicht, view_records
from mahnakte.arten.ereignis import (
    ABGABE,
    MB_ERLASSEN,
    MB_NICHT_ZUGESTELLT,
    MB_ZUGESTELLT,
    MONIERUNG,
    VB_ERLASSEN,
    VB_ZUGESTELLT,
    WIDERSPRUCH,
)
from mahnakte.grund.befund import Befund, Stelle, as_warnungen, hinweis, sperre, warnung

_ERLASS, _ZUSTELLUNG, _ABGABE, _WIDERSPRUCH = "03", "05", "16", "18"
_MONIERUNG, _VB_ERLASS, _QUITTUNG = "20", "22", "90"
_NAM = {"05": MB_ZUGESTELLT.wort, "06": MB_NICHT_ZUGESTELLT.wort, "08": VB_ZUGESTELLT.wort}
_VB_NICHT_ZUGESTELLT = "09"
_ANTRAEGE = ("01", "07", "08", "10", "25", "29", "30")
# The day that each message must have of its own, by its field; a failed service has none, its message's day counts.
_TAGE = {_ERLASS: "ELD", _VB_ERLASS: "ELD", _ZUSTELLUNG: "ZUD", _WIDERSPRUCH: "WIEFD", _MONIERUNG: "MOD"}
_DATEINAME = re.compile(r"\b([A-Z]{3}[0-9]{3})(?:QU)?(?:\.EDA)?\b")
_GRUND_FELDER = 3


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
    betrag: Decimal | None = None  # of an objection: the part of the main claims that it is about


@dataclasses.dataclass(frozen=True, slots=True)
class Beanstandung:
    """One field that a Monierung objects to: key of the fault, the court's short name of the field, its content."""

    schluessel: str
    feld: str
    inhalt: str
    stelle: Stelle


@dataclasses.dataclass(frozen=True, slots=True)
class Nachricht:
    """One message: its records for people, the proposals, and what a person must look at.

    `beanstandungen` are those of a Monierung. `dateien` are the files that a receipt names (ABC021).
    """

    satzart: str
    geschaeftszeichen: str
    saetze: tuple[Satzsicht, ...]
    vorschlaege: tuple[Ereignisvorschlag, ...]
    befunde: tuple[Befund, ...]
    beanstandungen: tuple[Beanstandung, ...] = ()
    dateien: tuple[str, ...] = ()


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
        if gruppe and (satz.text[2:9] == "KS   00" or (satz.text[:2] != gruppe[-1].text[:2])):
            yield tuple(gruppe)
            gruppe = []
        gruppe.append(satz)
    if gruppe:
        yield tuple(gruppe)


def _read_one(saetze: tuple[Rohsatz, ...], erstellt: dt.date, datei: str) -> Nachricht:
    werte: dict[str, Any] = {}
    befunde = []
    beanstandungen: list[Beanstandung] = []
    texte: list[str] = []
    for satz in saetze:
        layout = NACHRICHTEN.get(satz.schluessel)
        stelle = Stelle(datei, satz.nummer)
        if layout is None:
            text = f"Satz {satz.nummer} („{satz.schluessel}“) ist nicht bekannt; er wird nur angezeigt."
            befunde.append(unknown_record(text, "Den Inhalt lesen und selbst eintragen.", stelle))
            continue
        gelesen, fehler = parse_record(layout, satz.text)
        werte.update(gelesen)
        if layout is G02:
            beanstandungen.append(_objection(gelesen, stelle))
        texte.append(str(gelesen.get("TEXT", "")))
        for feld, grund in fehler:
            text = f"Satz {satz.nummer} ({layout.bedeutung}), Feld {feld.name}: {grund}."
            befunde.append(
                wrong_field(text, "Die Angabe mit dem Schreiben des Gerichts vergleichen.", stelle)
            )
    bemerkt = [*as_warnungen(befunde)]  # what a court wrote is shown all the same
    satzart = saetze[0].text[:2]
    zeichen = str(werte.get("ASGZ", ""))
    vorschlaege = tuple(_propose(satzart, werte, erstellt, beanstandungen))
    dateien = tuple(dict.fromkeys(_DATEINAME.findall(" ".join(texte)))) if satzart == _QUITTUNG else ()
    if not vorschlaege and not dateien:
        bemerkt.append(_no_proposal(satzart, werte, saetze[0], datei))
    return Nachricht(
        satzart, zeichen, view_records(saetze), vorschlaege, tuple(bemerkt), tuple(beanstandungen), dateien
    )


def _objection(werte: Mapping[str, Any], stelle: Stelle) -> Beanstandung:
    schluessel, feld, inhalt = (str(werte.get(name, "")).strip() for name in ("FSCHL", "FELDN", "INHALT"))
    return Beanstandung(schluessel, feld, inhalt, stelle)


def _no_proposal(satzart: str, werte: Mapping[str, Any], satz: Rohsatz, datei: str) -> Befund:
    stelle = Stelle(datei, satz.nummer)
    if werte.get("NAM") == _VB_NICHT_ZUGESTELLT:
        text = f"Der Vollstreckungsbescheid zum Geschäftszeichen {werte.get('ASGZ')} ist nicht zugestellt worden."
        return warnung(
            "VB_NICHT_ZUGESTELLT", text, "Die Anschrift ermitteln und neu zustellen lassen.", stelle
        )
    if art := _undated(satzart, werte):
        return _ask_day(art, werte, stelle)
    text = f"Aus der Nachricht (Art {satzart}) folgt kein Ereignis, das sich vorschlagen lässt."
    wie = f", etwa mit „art: {ABGABE.wort}“" if satzart == _ABGABE else ""
    return hinweis("EDA_OHNE_VORSCHLAG", text, f"Die Nachricht lesen und selbst eintragen{wie}.", stelle)


def _event_of(satzart: str, werte: Mapping[str, Any]) -> str | None:
    """Return the event that a message reports, whatever its day."""
    if satzart == _ZUSTELLUNG:
        return _NAM.get(werte.get("NAM", ""))
    return {
        _ERLASS: MB_ERLASSEN.wort, _VB_ERLASS: VB_ERLASSEN.wort, _WIDERSPRUCH: WIDERSPRUCH.wort,
        _MONIERUNG: MONIERUNG.wort,
    }.get(satzart)  # fmt: skip


def _day_of(satzart: str, werte: Mapping[str, Any], erstellt: dt.date) -> dt.date | None:
    """Return the day of what is reported; of a failed service the day of the message, from which nothing runs."""
    tag: dt.date | None = werte.get(_TAGE.get(satzart, ""))
    if tag is None and _event_of(satzart, werte) == MB_NICHT_ZUGESTELLT.wort:
        return erstellt
    return tag


def _undated(satzart: str, werte: Mapping[str, Any]) -> str | None:
    """Return the event that a message reports without saying when."""
    return None if werte.get(_TAGE.get(satzart, "")) else _event_of(satzart, werte)


def _ask_day(art: str, werte: Mapping[str, Any], stelle: Stelle) -> Befund:
    nummer = str(werte.get("GNR") or werte.get("GNR1") or "")
    text = (
        f"Die Nachricht zum Geschäftszeichen {werte.get('ASGZ') or '(keines)'} meldet „{art}“, nennt aber keinen "
        "Tag; vorgeschlagen wird nichts."
    )
    zeilen = f"  - am:    # Tag, der im Schreiben des Gerichts steht\n    art: {art}"
    if nummer:
        zeilen += f"\n    geschaeftszeichen: {nummer}"
    abhilfe = "Den Tag dem Schreiben des Gerichts entnehmen und in fall.yaml unter „ereignisse:“ eintragen:"
    abhilfe = f"{abhilfe}\n{zeilen}"
    return warnung("EDA_OHNE_TAG", text, abhilfe, stelle)


def _propose(
    satzart: str, werte: Mapping[str, Any], erstellt: dt.date, beanstandungen: list[Beanstandung]
) -> Iterator[Ereignisvorschlag]:
    art, am = _event_of(satzart, werte), _day_of(satzart, werte, erstellt)
    if art is None or am is None:
        return
    nummern = [str(werte[feld]) for feld in ("GNR", *(f"GNR{i}" for i in range(1, 6))) if werte.get(feld)]
    if satzart == _ZUSTELLUNG:
        grund = " ".join(teil for teil in (werte.get("NZUG1", ""), werte.get("NZUG2", "")) if teil)
        yield _build(art, am, "".join(nummern[:1]), werte, grund)
    elif satzart == _WIDERSPRUCH:
        vorschlag = _build(art, am, "".join(nummern[:1]), werte, "")
        yield dataclasses.replace(vorschlag, betrag=werte.get("WIHFBET"))
    elif satzart == _MONIERUNG:
        felder = ", ".join(b.feld for b in beanstandungen[:_GRUND_FELDER] if b.feld)
        weitere = (
            f" und {len(beanstandungen) - _GRUND_FELDER} weitere"
            if len(beanstandungen) > _GRUND_FELDER
            else ""
        )
        yield _build(
            art, am, "".join(nummern[:1]), werte, f"beanstandet: {felder}{weitere}" if felder else ""
        )
    else:
        for nummer in nummern:
            yield _build(art, am, nummer, werte, "")


def _build(art: str, am: dt.date, nummer: str, werte: Mapping[str, Any], grund: str) -> Ereignisvorschlag:
    namen = (werte.get(feld, "") for feld in ("AGN1", "AGN2", "AGN3", "AGN4"))
    wen = " ".join(name for name in namen if name)
    zeichen = str(werte.get("ASGZ", ""))
    return Ereignisvorschlag(zeichen, art, am, nummer, wen, grund, f"{nummer}:{art}:{am.isoformat()}")
