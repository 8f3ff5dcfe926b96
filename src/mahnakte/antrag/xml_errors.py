"""Schema errors of libxml2 as German sentences without namespaces and patterns.

libxml2 gives a kind of error and an English text; the kind decides the sentence, the text only
supplies values. A kind that is not in the table keeps its text, so nothing is lost.
"""

import re
from typing import Any

from lxml import etree

from mahnakte.antrag.zeichen import describe_foreign, find_foreign, propose
from mahnakte.grund.text import json_safe

_NAMENSRAUM = re.compile(r"\{[^}]*\}")
_ERWARTET = re.compile(r"Expected is(?: one of)? \( (.*) \)")
_WERT = re.compile(
    r"^Element '[^']*'(?:, attribute '([^']*)')?: (?:\[facet '(\w+)'\] )?(?:The value )?'?(.*?)'? (?:is |has )",
    re.DOTALL,
)
_LAENGE = re.compile(r"allowed maximum length of '(\d+)'")
_HOECHSTENS = 60

_MUSTER_SAETZE = {
    "plz": "verlangt werden fünf Ziffern",
    "staat": "verlangt wird das Kennzeichen des Staates in Großbuchstaben",
    "kennziffer": "verlangt werden acht Ziffern",
    "antragsteller_kennziffer": "verlangt werden acht Ziffern",
    "einreicher": "verlangt werden acht Ziffern",
    "teilnehmer": "verlangt werden acht Ziffern oder Großbuchstaben",
    "kennung": "verlangt werden drei Großbuchstaben und drei Ziffern",
    "geschaeftsnummer": "verlangt werden elf Ziffern",
    "iban": "das ist keine IBAN ohne Leerzeichen",
    "bic": "das ist kein BIC",
    "satz": "verlangt werden Prozent mit genau drei Stellen hinter dem Punkt, unter 100",
    "effektivzins": "verlangt werden Prozent mit genau drei Stellen hinter dem Punkt, unter 100",
} | dict.fromkeys(
    ("betrag", "wert", "auslagen", "anrechnung", "verguetung", "vordruck_porto", "sonstige"),
    "verlangt werden Euro ohne Vorzeichen mit genau zwei Stellen hinter dem Punkt, so weit das EDA-Feld reicht",
)


def sentence(fehler: Any, feld: str, inhalt: str) -> tuple[str, str, str]:
    """Return code, sentence and remedy for one entry of lxml's error log.

    `feld` is the path of element names, `inhalt` the text of the element.
    """
    gezeigt = json_safe(inhalt if len(inhalt) <= _HOECHSTENS else inhalt[:_HOECHSTENS] + "…")
    bau = _SAETZE.get(fehler.type, _other)
    return bau(fehler.message, feld, gezeigt, inhalt)


def misplaced(text: str, abhilfe: str) -> tuple[str, str, str]:
    """Return code, sentence and remedy for an element that must not stand where it stands."""
    return "XML_UNERWARTET", text, abhilfe


def missing(text: str, abhilfe: str) -> tuple[str, str, str]:
    """Return code, sentence and remedy for an element that is not there."""
    return "XML_FEHLT", text, abhilfe


def unknown_attribute(text: str) -> tuple[str, str, str]:
    """Return code, sentence and remedy for an attribute that the schema does not know."""
    return "XML_ATTRIBUT", text, "Das Attribut streichen."


def stray_text(text: str) -> tuple[str, str, str]:
    """Return code, sentence and remedy for text where only elements may stand."""
    return "XML_TEXT", text, "Den Text streichen."


def _expected(meldung: str) -> str:
    treffer = _ERWARTET.search(meldung)
    return _NAMENSRAUM.sub("", treffer.group(1)) if treffer else ""


def _unexpected(meldung: str, feld: str, _gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    if "Missing child" in meldung:
        return missing(f"In „{feld}“ fehlt {_expected(meldung)}.", "Das Fehlende ergänzen.")
    erwartet = _expected(meldung)
    if not erwartet:
        return misplaced(f"„{feld}“ ist an dieser Stelle zu viel.", "Das Überzählige streichen.")
    return misplaced(
        f"„{feld}“ steht hier nicht richtig; erwartet wird: {erwartet}.",
        "Fehlendes ergänzen oder die Reihenfolge ändern.",
    )


def _too_long(meldung: str, feld: str, gezeigt: str, inhalt: str) -> tuple[str, str, str]:
    treffer = _LAENGE.search(meldung)
    grenze = treffer.group(1) if treffer else "?"
    return (
        "XML_ZU_LANG",
        f"„{feld}“ hat {len(inhalt)} Zeichen, erlaubt sind {grenze}: „{gezeigt}“.",
        "Den Text kürzen oder auf die Teile des Feldes verteilen; abgeschnitten wird nichts.",
    )


def _pattern(_meldung: str, feld: str, gezeigt: str, inhalt: str) -> tuple[str, str, str]:
    if not inhalt:
        return "XML_LEER", f"„{feld}“ ist leer.", "Einen Wert eintragen oder das Element streichen."
    fremd = find_foreign(inhalt)
    if fremd:
        return (
            "XML_ZEICHEN",
            f"„{feld}“ enthält Zeichen, die EDA nicht kennt: {describe_foreign(fremd)}.",
            f"Vorschlag: „{propose(inhalt)}“.",
        )
    if inhalt != inhalt.strip():
        return "XML_RAND", f"„{feld}“ beginnt oder endet mit einem Leerzeichen.", "Das Leerzeichen streichen."
    regel = _MUSTER_SAETZE.get(feld.rpartition("/")[2], "die Form stimmt nicht")
    return "XML_FORM", f"„{feld}“ hat den Wert „{gezeigt}“; {regel}.", "Den Wert berichtigen."


def _enumeration(meldung: str, feld: str, gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    menge = re.search(r"set \{(.*)\}", meldung)
    erlaubt = menge.group(1).replace("'", "") if menge else ""
    return (
        "XML_WERT",
        f"„{feld}“ hat den Wert „{gezeigt}“, den das Schema nicht kennt.",
        f"Erlaubt: {erlaubt}." if erlaubt else "",
    )


def _datatype(meldung: str, feld: str, gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    if "Datum'" in meldung:
        return (
            "XML_DATUM",
            f"„{feld}“: „{gezeigt}“ ist kein Datum.",
            "Als JJJJ-MM-TT schreiben, zum Beispiel 2026-04-20.",
        )
    return (
        "XML_ZAHL",
        f"„{feld}“: „{gezeigt}“ ist keine Zahl.",
        "Mit Dezimalpunkt schreiben, zum Beispiel 1440.00.",
    )


def _range(_meldung: str, feld: str, gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    return (
        "XML_BEREICH",
        f"„{feld}“: „{gezeigt}“ liegt außerhalb des erlaubten Bereichs.",
        "Bei Daten: 1970 bis 2069, weil EDA das Jahr zweistellig schreibt.",
    )


def _attribute(meldung: str, feld: str, _gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    treffer = _WERT.search(meldung)
    name = treffer.group(1) if treffer and treffer.group(1) else "?"
    return unknown_attribute(f"„{feld}“ trägt das unbekannte Attribut „{name}“.")


def _stray_text(_meldung: str, feld: str, _gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    return stray_text(f"In „{feld}“ steht Text zwischen den Elementen.")


def _nested(_meldung: str, feld: str, _gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    return misplaced(f"„{feld}“ enthält Elemente, erlaubt ist nur Text.", "Die Elemente streichen.")


def _other(meldung: str, feld: str, _gezeigt: str, _inhalt: str) -> tuple[str, str, str]:
    klartext = json_safe(_NAMENSRAUM.sub("", meldung))
    return (
        "XML_SCHEMA",
        f"„{feld}“ entspricht nicht dem Schema ({klartext}).",
        "Den Aufbau mit dem Schema vergleichen.",
    )


_SAETZE = {
    etree.ErrorTypes.SCHEMAV_ELEMENT_CONTENT: _unexpected,
    etree.ErrorTypes.SCHEMAV_CVC_MAXLENGTH_VALID: _too_long,
    etree.ErrorTypes.SCHEMAV_CVC_PATTERN_VALID: _pattern,
    etree.ErrorTypes.SCHEMAV_CVC_ENUMERATION_VALID: _enumeration,
    etree.ErrorTypes.SCHEMAV_CVC_DATATYPE_VALID_1_2_1: _datatype,
    etree.ErrorTypes.SCHEMAV_CVC_MININCLUSIVE_VALID: _range,
    etree.ErrorTypes.SCHEMAV_CVC_MAXINCLUSIVE_VALID: _range,
    etree.ErrorTypes.SCHEMAV_CVC_TYPE_3_1_1: _attribute,
    etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_3_2_1: _attribute,
    etree.ErrorTypes.SCHEMAV_CVC_COMPLEX_TYPE_2_3: _stray_text,
    etree.ErrorTypes.SCHEMAV_CVC_TYPE_3_1_2: _nested,
}


def path_of(element: etree._Element, wurzel: etree._Element) -> str:
    """Return the names from below the application down to the element: antragsteller/anschrift/plz."""
    namen: list[str] = []
    stand: etree._Element | None = element
    while stand is not None and stand is not wurzel:
        namen.append(etree.QName(stand).localname)
        stand = stand.getparent()
    return "/".join(reversed(namen)) or etree.QName(wurzel).localname
