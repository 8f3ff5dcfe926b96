"""The questionnaire on satisfaction: its questions, its fields, what must stand on the sheet.

It exists apart: a question about satisfaction in an e-mail is advertising (BGH VI ZR 225/17), and a reminder is no
place for it either. So nothing that writes letters or e-mails knows this module. It is anonymous: no field for a name
or a reference, nothing hidden. The sheet is templates/blaetter/zufriedenheit.docx, made by
werkzeuge/zufriedenheit_bauen.py from the same places; millimetres from the upper left corner of the page.
"""

from collections.abc import Mapping
from typing import Any

from mahnakte.fall.einstellungen import Absender
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.text import squeeze
from mahnakte.satz.druckbild import Druckbild
from mahnakte.satz.formular import Feld, Feldart
from mahnakte.satz.variablen import Variable

VORLAGE = "zufriedenheit.docx"
TITEL = "Fragebogen zur Zufriedenheit"

LINKS, RECHTS = 25.0, 190.0
STUFEN = (1, 2, 3, 4, 5)
STUFEN_LINKS, SCHRITT = 140.0, 10.0  # first column of boxes, width of each
HAKEN = 4.4
REIHE = 13.0  # height of a question: two lines of words

# upper edges of the blocks
OBEN, EINLEITUNG, ANLEITUNG, ZIFFERN, FRAGEN_OBEN = 20.0, 32.0, 66.0, 80.0, 86.0
FREITEXT, FREITEXT_FELD, FREITEXT_HOEHE, RUECKGABE = 156.0, 164.0, 42.0, 212.0
MAX_TEXT = 1500

# In the order of the sheet; the name is that of the fields: `briefe_1` to `briefe_5`.
FRAGEN: Mapping[str, str] = {
    "briefe": "Die Briefe waren für mich klar und verständlich.",
    "betrag": "Ich konnte nachvollziehen, wie sich der Betrag zusammensetzt.",
    "erreichbar": "Wenn ich Fragen hatte, habe ich jemanden erreicht.",
    "ton": "Der Ton mir gegenüber war fair und höflich.",
    "loesung": "Wir haben eine Lösung gefunden, die für mich machbar ist.",
}
FREIE_FRAGE = "Was war gut? Was sollen wir besser machen?"
ZUSAGEN = (
    "Ihre Teilnahme ist freiwillig.",
    "Auf Ihren Fall hat sie keinen Einfluss, auch nicht, wenn Sie nicht antworten.",
    "Bitte schreiben Sie keinen Namen und kein Aktenzeichen dazu.",
)

VARIABLEN = (
    Variable("absender.name", "Name oder Firma des Absenders", "Möbelhaus Übersee GmbH"),
    Variable("absender.anschrift", "wohin der Bogen geht, in einer Zeile", "Industriestr. 7, 01067 Dresden"),
    Variable(
        "absender.pflicht", "Pflichtangaben und Aufsicht, ein Text", "Sitz Dresden, AG Dresden HRB 12345"
    ),
)


def _box(name: str, reihe: int, stufe: int) -> Feld:
    return Feld(
        name=f"{name}_{stufe}",
        art=Feldart.HAKEN,
        hinweis=f"{FRAGEN[name]} {stufe} von {STUFEN[-1]}",
        links=STUFEN_LINKS + (stufe - 1) * SCHRITT + (SCHRITT - HAKEN) / 2,
        oben=FRAGEN_OBEN + reihe * REIHE + (REIHE - HAKEN) / 2,
        breite=HAKEN,
        hoehe=HAKEN,
    )


FELDER = (
    *(_box(name, reihe, stufe) for reihe, name in enumerate(FRAGEN) for stufe in STUFEN),
    Feld(
        name="freitext", art=Feldart.TEXT, hinweis=FREIE_FRAGE, links=LINKS, oben=FREITEXT_FELD,
        breite=RECHTS - LINKS, hoehe=FREITEXT_HOEHE, zeichen=MAX_TEXT,
    ),
)  # fmt: skip


def fill_fragebogen(absender: Absender) -> dict[str, Any]:
    """Return the values of the sheet: the sender only, nothing of any case."""
    pflicht = (absender.name, absender.pflichtangaben, absender.aufsicht)
    return {
        "absender": {
            "name": absender.name,
            "anschrift": f"{absender.strasse}, {absender.plz}\N{NO-BREAK SPACE}{absender.ort}",
            "pflicht": " · ".join(teil for teil in pflicht if teil),
        }
    }


def check_seite(druck: Druckbild) -> None:
    """Raise Ablehnung when the set sheet is not what it must be: one page, every question, what it promises."""
    text = squeeze("".join(druck.seiten))
    saetze = (*FRAGEN.values(), FREIE_FRAGE, *ZUSAGEN)
    maengel = [f"„{satz}“ fehlt" for satz in saetze if squeeze(satz) not in text]
    if len(druck.seiten) != 1:
        maengel.append(f"er hat {len(druck.seiten)} Seiten statt einer")
    if druck.fremde_schriften:
        maengel.append(f"nicht eingebettete Schriften: {', '.join(druck.fremde_schriften)}")
    if maengel:
        raise _refuse(
            f"Der Fragebogen stimmt nicht: {'; '.join(maengel)}.",
            "In mahnakte.yaml Namen, Anschrift und Pflichtangaben des Absenders kürzen.",
        )


def check_felder(gelesen: Mapping[str, str]) -> None:
    """Raise Ablehnung when the finished form, read back, has other fields than ours or carries a value."""
    if dict(gelesen) != {feld.name: "" for feld in FELDER}:
        raise _refuse(
            "Der Fragebogen trägt nicht die Felder, die er tragen soll.",
            "Den Bogen nicht ausgeben und diesen Fall melden.",
        )


def _refuse(text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre("FRAGEBOGEN_UNVOLLSTAENDIG", text, abhilfe))
