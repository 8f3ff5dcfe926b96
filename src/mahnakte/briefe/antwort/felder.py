"""The fields of the Antwortbogen: names, tooltips, places. The names are what a returned form is read by.

The sheet itself is templates/blaetter/antwortbogen.docx, made by werkzeuge/antwortbogen_bauen.py from the same
places, so that words and fields stand in one line. Millimetres from the upper left corner of the page.
"""

import datetime as dt

from mahnakte.grund.datum import format_datum
from mahnakte.satz.formular import Feld, Feldart
from mahnakte.satz.formularschrift import can_show

LINKS = 25.0
TEXT_LINKS = 33.0  # beside the boxes
RECHTS = 190.0
MITTE_LINKS, MITTE = 80.0, 32.0  # first field within a sentence
WEITER_LINKS, ENDE_LINKS, ENDE = 114.0, 144.0, 32.0  # words after it, second field

TITEL, NAME_UEBERSCHRIFT, NAME = 14.0, 24.0, 30.0
RECHTE_SPALTE = 125.0  # information block of DIN 5008
ZEICHEN, VOM_UEBERSCHRIFT, VOM = 23.5, 30.0, 34.0
REIHE = 8.8  # height of a line with fields
HOEHE = 6.6  # of a field for one line: room for a pen
HAKEN = 4.4

# upper edges of the blocks
ZAHLEN, RATEN, GEZAHLT = 105.0, 113.8, 122.6
EINWAND, EINWAND_HOEHE = 131.4, 25.0
ANSCHRIFT = 167.0
NOTIZ, NOTIZ_HOEHE = 185.4, 19.0
ERREICHBAR, ERREICHBAR_LINKS = 213.4, 90.0
DATUM_WORT, DATUM_LINKS = 150.0, 163.0
HINWEISE = 226.0

UEBERSCHRIFT = 7.0  # from the upper edge of a block to the field under its words

MAX_GRUND = 900
MAX_ZEILE = 80


def _feld(
    name: str, hinweis: str, links: float, oben: float, breite: float, *, zeichen: int = MAX_ZEILE
) -> Feld:
    mittig = oben + (REIHE - HOEHE) / 2
    return Feld(
        name=name, hinweis=hinweis, links=links, oben=mittig, breite=breite, hoehe=HOEHE, zeichen=zeichen
    )


def _fest(name: str, hinweis: str, oben: float) -> Feld:
    return Feld(
        name=name, hinweis=hinweis, links=RECHTE_SPALTE, oben=oben, breite=RECHTS - RECHTE_SPALTE, hoehe=5, fest=True,
    )  # fmt: skip


def _haken(name: str, hinweis: str, oben: float) -> Feld:
    mittig = oben + (REIHE - HAKEN) / 2
    return Feld(
        name=name, art=Feldart.HAKEN, hinweis=hinweis, links=LINKS, oben=mittig, breite=HAKEN, hoehe=HAKEN
    )


def _text(name: str, hinweis: str, oben: float, hoehe: float) -> Feld:
    """Return a field of several lines under the words of its block."""
    return Feld(
        name=name, art=Feldart.TEXT, hinweis=hinweis, links=TEXT_LINKS, oben=oben + UEBERSCHRIFT,
        breite=RECHTS - TEXT_LINKS, hoehe=hoehe, zeichen=MAX_GRUND,
    )  # fmt: skip


# In the order of the tab key. The last three are not shown: by them the program knows the case again.
FELDER = (
    _feld("ihr_name", "Ihr Name", LINKS, NAME, 85),
    _fest("unser_zeichen", "Unser Aktenzeichen", ZEICHEN),
    _fest("schreiben_vom", "Datum unseres Schreibens", VOM),
    _haken("zahlen", "Ankreuzen, wenn Sie zahlen möchten", ZAHLEN),
    _feld("zahlen_am", "Tag, an dem Sie zahlen, zum Beispiel 15.05.2026", MITTE_LINKS, ZAHLEN, MITTE),
    _feld("zahlen_betrag", "Betrag in Euro, zum Beispiel 120,00", ENDE_LINKS, ZAHLEN, ENDE),
    _haken("raten", "Ankreuzen, wenn Sie in Raten zahlen möchten", RATEN),
    _feld("raten_betrag", "Höhe einer Rate in Euro, die Sie sich leisten können", MITTE_LINKS, RATEN, MITTE),
    _feld("raten_ab", "Tag der ersten Rate, zum Beispiel 01.06.2026", ENDE_LINKS, RATEN, ENDE),
    _haken("gezahlt", "Ankreuzen, wenn Sie schon gezahlt haben", GEZAHLT),
    _feld("gezahlt_am", "Tag Ihrer Zahlung", MITTE_LINKS, GEZAHLT, MITTE),
    _feld("gezahlt_betrag", "Gezahlter Betrag in Euro", ENDE_LINKS, GEZAHLT, ENDE),
    _haken("einwand", "Ankreuzen, wenn Sie nicht einverstanden sind", EINWAND),
    _text("einwand_grund", "Warum sind Sie nicht einverstanden?", EINWAND, EINWAND_HOEHE),
    _haken("anschrift", "Ankreuzen, wenn sich Ihre Anschrift geändert hat", ANSCHRIFT),
    _feld("anschrift_strasse", "Neue Straße und Hausnummer", TEXT_LINKS, ANSCHRIFT + UEBERSCHRIFT, 78),
    _feld("anschrift_ort", "Neue Postleitzahl und neuer Ort", TEXT_LINKS + 81, ANSCHRIFT + UEBERSCHRIFT, 76),
    _text("notiz", "Was Sie uns sonst noch mitteilen möchten", NOTIZ, NOTIZ_HOEHE),
    _feld("erreichbar", "Telefon oder E-Mail für Rückfragen, freiwillig", ERREICHBAR_LINKS, ERREICHBAR, 57),
    _feld("datum", "Datum Ihrer Antwort", DATUM_LINKS, ERREICHBAR, RECHTS - DATUM_LINKS, zeichen=20),
    Feld(name="aktenzeichen", hinweis="Aktenzeichen", fest=True),
    Feld(name="schreiben", hinweis="Schreiben", fest=True),
    Feld(name="schuldner", hinweis="Empfänger", fest=True),
)  # fmt: skip


def make_werte(
    aktenzeichen: str, schreiben: str, datum: dt.date, empfaenger: str, kennungen: str
) -> dict[str, str]:
    """Return what stands in the fields of one form from the start.

    `schreiben` is the file name of the letter it goes with, `empfaenger` the name shown (it may be changed),
    `kennungen` the debtors addressed, separated by commas.
    """
    return {
        "ihr_name": empfaenger if can_show(empfaenger) else "",
        "unser_zeichen": aktenzeichen,
        "schreiben_vom": format_datum(datum),
        "aktenzeichen": aktenzeichen,
        "schreiben": schreiben,
        "schuldner": kennungen,
    }
