"""Dates as an iCalendar file (RFC 5545): one all-day entry each, known again by its UID.

No state is kept. The UID comes from Aktenzeichen, kind and subject, hashed, because the subject may hold a name.
SEQUENCE comes from the Stichtag and, on one day, from the number of facts in the case: whoever exports later, or
knows more, outranks an earlier file. Settled dates stay in the file as cancelled, or their alarms would go on.
Nothing in it names a person: Aktenzeichen, kind of date, day, paragraph.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator

from mahnakte.grund.datum import format_datum
from mahnakte.listen.modell import Fristblatt, Fristzeile, describe_ende
from mahnakte.uhren.fristeintrag import Fristeintrag

_ANFANG = dt.date(2020, 1, 1)
_FASSUNGEN = 1000  # facts told apart within one day
_ZEILE = 75  # octets, RFC 5545 section 3.1
_UHRZEIT = 9  # o'clock, when a warning appears
_EIN_TAG = dt.timedelta(days=1)


def write_ics(blatt: Fristblatt) -> bytes:
    """Return the calendar; the same dates on the same Stichtag give the same bytes."""
    zeilen = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//mahnakte//Fristen//DE",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Fristen (mahnakte)",
        *(zeile for frist in blatt.zeilen for zeile in _event(frist, blatt.stichtag)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_fold(zeile)}\r\n" for zeile in zeilen).encode()


def make_uid(aktenzeichen: str, art: str, gegenstand: str) -> str:
    """Return the identity of a date, the same in every run and without the subject in clear."""
    kern = f"{aktenzeichen}\n{art}\n{gegenstand}"
    return f"{hashlib.sha256(kern.encode()).hexdigest()[:32]}@mahnakte"


def make_sequence(stichtag: dt.date, fassung: int) -> int:
    """Return a number that grows with the Stichtag and, within one day, with the facts known."""
    return max((stichtag - _ANFANG).days, 0) * _FASSUNGEN + min(fassung, _FASSUNGEN - 1)


def _event(zeile: Fristzeile, stichtag: dt.date) -> Iterator[str]:
    eintrag = zeile.eintrag
    yield "BEGIN:VEVENT"
    yield f"UID:{make_uid(zeile.aktenzeichen, eintrag.art, eintrag.gegenstand)}"
    yield f"DTSTAMP:{stichtag:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{make_sequence(stichtag, zeile.fassung)}"
    yield f"DTSTART;VALUE=DATE:{eintrag.tag:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{eintrag.tag + _EIN_TAG:%Y%m%d}"
    yield f"SUMMARY:{_escape(_title(zeile))}"
    yield f"DESCRIPTION:{_escape(_description(eintrag))}"
    yield f"STATUS:{'CANCELLED' if eintrag.erledigt else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    if not eintrag.erledigt:
        for tag in (*eintrag.vorfristen, eintrag.tag):
            yield from _alarm(zeile, tag)
    yield "END:VEVENT"


def _alarm(zeile: Fristzeile, am: dt.date) -> Iterator[str]:
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escape(_title(zeile))}"
    yield f"TRIGGER:{_trigger((zeile.eintrag.tag - am).days)}"
    yield "END:VALARM"


def _trigger(tage: int) -> str:
    """Return the offset from midnight of the day itself to nine o'clock so many days before."""
    if tage == 0:
        return f"PT{_UHRZEIT}H"
    return f"-P{tage - 1}DT{24 - _UHRZEIT}H"


def _title(zeile: Fristzeile) -> str:
    eintrag = zeile.eintrag
    fuer = f" ({eintrag.fuer})" if eintrag.fuer else ""
    vorsatz = "Erledigt: " if eintrag.erledigt else ""
    return f"{vorsatz}{zeile.aktenzeichen}: {eintrag.fristart.name}{fuer}"


def _description(eintrag: Fristeintrag) -> str:
    """`grund` holds dates and paragraphs only; what people wrote stays out."""
    if eintrag.erledigt:
        return "Diese Frist ist erledigt."
    teile = [eintrag.fristart.zu_tun, eintrag.grund]
    if ende := describe_ende(eintrag):
        teile.append(f"Frist: {ende}; eingetragen ist der {format_datum(eintrag.tag)}.")
    if eintrag.fehlt:
        teile.append("Es fehlen Angaben; gerechnet ist das früheste Ende.")
    return "\n".join(teile)


def _escape(text: str) -> str:
    for zeichen, ersatz in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(zeichen, ersatz)
    return text


def _fold(zeile: str) -> str:
    """Break a line after at most 75 octets, never inside a character."""
    teile, laenge = [""], 0
    for zeichen in zeile:
        breite = len(zeichen.encode())
        if laenge + breite > _ZEILE:
            teile.append(" ")
            laenge = 1
        teile[-1] += zeichen
        laenge += breite
    return "\r\n".join(teile)
