"""The sheet of the Antwortbogen: whose address, which notices; and the check of the finished form.

The sheet is the same for all letters of one sender to one kind of debtor, so it is set once; what belongs to a
letter stands in fields (felder.py). The wording acknowledges nothing and says so.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from mahnakte.briefe.antwort.felder import FELDER, make_werte
from mahnakte.fall.einstellungen import Absender
from mahnakte.fall.partei import Schuldner, find_privatperson
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.text import squeeze
from mahnakte.satz.druckbild import Druckbild
from mahnakte.satz.variablen import Variable

VORLAGE = "antwortbogen.docx"
TITEL = "Antwortbogen"
ENDUNG = "_antwortbogen.pdf"

VARIABLEN = (
    Variable("absender.name", "Name oder Firma des Absenders", "Möbelhaus Übersee GmbH"),
    Variable("absender.zeilen[]", "wohin die Antwort geht, Zeile für Zeile", "Möbelhaus Übersee GmbH"),
    Variable("absender.telefon", "Telefonnummer (leer, wenn keine)", "0351 1234560"),
    Variable("absender.email", "E-Mail-Adresse (leer, wenn keine)", "forderung@moebelhaus.example"),
    Variable("absender.pflicht", "Pflichtangaben und Aufsicht, ein Text", "Sitz Dresden, AG Dresden HRB 12345"),
    Variable("hinweise", "ja, wenn die Hinweise nach § 13a RDG oder § 43d BRAO dastehen müssen", True),
    Variable("norm.kosten", "Vorschrift des Hinweises auf Kosten", "§ 13a Abs. 3 RDG"),
    Variable("norm.anerkenntnis", "Vorschrift des Hinweises auf das Anerkenntnis", "§ 13a Abs. 4 RDG"),
)  # fmt: skip

# § 13a (3), (4) RDG; for lawyers the same duties of § 43d BRAO.
_NORMEN = {
    "inkasso": {"kosten": "§ 13a Abs. 3 RDG", "anerkenntnis": "§ 13a Abs. 4 RDG"},
    "anwalt": {"kosten": "§ 43d BRAO", "anerkenntnis": "§ 43d BRAO"},
}
_OHNE_NORM = {"kosten": "", "anerkenntnis": ""}
_ZEILENLAENGE = 44
_HINWEISWORTE = ("erkennen Sie nichts an", "kein Anerkenntnis")


@dataclasses.dataclass(frozen=True, slots=True)
class Bogenentwurf:
    """One form before setting: values of the sheet, of the fields, the lines that must stand in the window."""

    werte: Mapping[str, Any]
    eintraege: Mapping[str, str]
    anschrift: tuple[str, ...]
    erwartet: tuple[str, ...]


def compute_bogen(
    absender: Absender, empfaenger: Sequence[Schuldner], aktenzeichen: str, schreiben: str, datum: dt.date
) -> Bogenentwurf:
    """Return the form that goes with one letter; `schreiben` is the letter's file name without ending."""
    hinweise = needs_hinweise(absender.rolle, empfaenger)
    zeilen = _lines(absender)
    normen = _NORMEN[absender.rolle] if hinweise else _OHNE_NORM
    werte = {
        "absender": {
            "name": absender.name,
            "zeilen": zeilen,
            "telefon": absender.telefon or "",
            "email": absender.email or "",
            "pflicht": " · ".join(
                teil for teil in (absender.name, absender.pflichtangaben, absender.aufsicht) if teil
            ),
        },
        "hinweise": hinweise,
        "norm": normen,
    }
    namen = ", ".join(einer.voller_name for einer in empfaenger)
    kennungen = ",".join(einer.kennung for einer in empfaenger)
    return Bogenentwurf(
        werte=werte,
        eintraege=make_werte(aktenzeichen, schreiben, datum, namen, kennungen),
        anschrift=tuple(zeilen),
        erwartet=(*_HINWEISWORTE, *dict.fromkeys(norm for norm in normen.values() if norm)),
    )


def needs_hinweise(rolle: str, empfaenger: Sequence[Schuldner]) -> bool:
    """Tell whether the notices must stand: agency or lawyer towards a private person (§ 13a (5) RDG)."""
    return rolle in _NORMEN and find_privatperson(empfaenger) is not None


def check_seite(druck: Druckbild, entwurf: Bogenentwurf) -> None:
    """Raise Ablehnung when the set sheet is not what it must be: one page, our address in the window, the notices."""
    text, fenster = (squeeze(teil) for teil in ("".join(druck.seiten), druck.fenster))
    maengel = [f"„{satz}“ fehlt" for satz in entwurf.erwartet if squeeze(satz) not in text]
    if not all(squeeze(zeile) in fenster for zeile in entwurf.anschrift):
        maengel.append("die Anschrift steht nicht vollständig im Fenster")
    if len(druck.seiten) != 1:
        maengel.append(f"er hat {len(druck.seiten)} Seiten statt einer")
    if druck.fremde_schriften:
        maengel.append(f"nicht eingebettete Schriften: {', '.join(druck.fremde_schriften)}")
    if maengel:
        raise _refuse(
            f"Der Antwortbogen stimmt nicht: {'; '.join(maengel)}.",
            "In mahnakte.yaml Namen, Anschrift und Pflichtangaben des Absenders kürzen oder "
            "„versand: antwortbogen: nein“ setzen.",
        )


def check_felder(gelesen: Mapping[str, str], entwurf: Bogenentwurf) -> None:
    """Raise Ablehnung when the finished form, read back, does not carry the fields and values of the draft."""
    if dict(gelesen) != {**{feld.name: "" for feld in FELDER}, **entwurf.eintraege}:
        raise _refuse(
            "Der Antwortbogen trägt nicht die Felder, die er tragen soll.",
            "„versand: antwortbogen: nein“ setzen und diesen Fall melden.",
        )


def _refuse(text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre("ANTWORTBOGEN_UNVOLLSTAENDIG", text, abhilfe))


def _lines(absender: Absender) -> list[str]:
    """Return the address of the reply; a long name is broken at its spaces."""
    zeilen = [""]
    for wort in absender.name.split():
        if zeilen[-1] and len(zeilen[-1]) + 1 + len(wort) > _ZEILENLAENGE:
            zeilen.append(wort)
        else:
            zeilen[-1] = f"{zeilen[-1]} {wort}".strip()
    return [*zeilen, absender.strasse, f"{absender.plz} {absender.ort}"]
