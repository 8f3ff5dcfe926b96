"""What a template may be made of: the parts of Word that the engine sets, and no others.

The engine passes over what it does not know without an error: formulas, symbols, grouped text boxes. So this is a
list of what is known, place by place; anything else is refused with its remedy in Word's words.
"""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from mahnakte.grund.befund import Befund, Stelle
from mahnakte.satz.huellen import has_two_texts
from mahnakte.satz.verbot import Verbot, forbid_objekt, refuse

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"

_TAG = re.compile(r"\{[{%#].*?[}%#]\}")


def _forbid_bauteil(was: str) -> Verbot:
    return Verbot("VORLAGE_BAUTEIL", was, _NEU_SCHREIBEN)


def _forbid_zeichnung(was: str, abhilfe: str) -> Verbot:
    return Verbot("VORLAGE_ZEICHNUNG", was, abhilfe)


_NEU_SCHREIBEN = "Die Stelle löschen und als gewöhnlichen Text neu schreiben."
_AENDERUNG = Verbot(
    "VORLAGE_AENDERUNG", "eine nachverfolgte Änderung", "Überprüfen → alle Änderungen annehmen."
)
_FORMEL = Verbot(
    "VORLAGE_FORMEL",
    "eine Formel; sie fehlte im PDF",
    "Die Formel als gewöhnlichen Text schreiben oder als Bild einfügen.",
)
_RICHTUNG = Verbot("VORLAGE_RICHTUNG", "Text, der von rechts nach links läuft", _NEU_SCHREIBEN)
_VERBOTE = {
    f"{W}framePr": Verbot("VORLAGE_RAHMEN", "einen Positionsrahmen (alter Textrahmen, Initiale)",
                          "Den Text in eine Tabellenzelle mit fester Höhe oder in ein Textfeld setzen."),
    f"{W}tblpPr": Verbot("VORLAGE_TABELLE_FREI", "eine frei schwebende Tabelle",
                         "Tabelleneigenschaften → Textumbruch „Ohne“ wählen."),
    f"{W}object": forbid_objekt("ein eingebettetes Objekt", "Es löschen oder als Bild einfügen."),
    f"{W}altChunk": forbid_objekt("ein eingebettetes Fremddokument", "Es löschen."),
    f"{W}subDoc": forbid_objekt("ein Unterdokument", "Gliederung → Filialdokument auflösen."),
    f"{W}ins": _AENDERUNG,
    f"{W}del": _AENDERUNG,
    f"{W}moveFrom": _AENDERUNG,
    f"{W}moveTo": _AENDERUNG,
    f"{W}commentReference": Verbot("VORLAGE_KOMMENTAR", "einen Kommentar; er ginge mit dem Brief hinaus",
                                   "Überprüfen → alle Kommentare löschen."),
    f"{W}pict": _forbid_zeichnung("eine Zeichnung im alten Format (VML)",
                                  "Sie löschen und über „Einfügen“ neu anlegen."),
    f"{_M}oMath": _FORMEL,
    f"{_M}oMathPara": _FORMEL,
    f"{W}sym": Verbot("VORLAGE_SYMBOL", "ein Sonderzeichen aus einer Symbolschrift; es fehlte im PDF",
                      "Es löschen und über Einfügen → Symbol aus der Schrift Arial nehmen."),
    f"{W}bdo": _RICHTUNG,
    f"{W}dir": _RICHTUNG,
    f"{W}ruby": _forbid_bauteil("eine Aussprachehilfe über dem Text"),
}  # fmt: skip


def _list(namen: str) -> frozenset[str]:
    return frozenset(f"{W}{name}" for name in namen.split())


_TEXTRAUM = _list("p tbl")
_ERLAUBT = {
    f"{W}document": _list("background body"),
    f"{W}body": _TEXTRAUM | _list("sectPr"),
    f"{W}hdr": _TEXTRAUM,
    f"{W}ftr": _TEXTRAUM,
    f"{W}footnote": _list("p"),
    f"{W}endnote": _list("p"),
    f"{W}txbxContent": _TEXTRAUM,
    f"{W}tbl": _list("tblPr tblGrid tr"),
    f"{W}tr": _list("tblPrEx trPr tc"),
    f"{W}tc": _TEXTRAUM | _list("tcPr"),
    f"{W}p": _list("pPr r hyperlink fldSimple"),
    f"{W}hyperlink": _list("r fldSimple"),
    f"{W}fldSimple": _list("fldData r"),
    f"{W}r": {f"{_MC}AlternateContent"} | _list("""
        rPr t delText tab ptab br cr softHyphen noBreakHyphen lastRenderedPageBreak drawing fldChar instrText
        footnoteReference footnoteRef endnoteReference endnoteRef separator continuationSeparator
    """),
}  # fmt: skip
# Character formats by which text disappears from the page.
_VERBORGEN = (f"{W}vanish", f"{W}specVanish")
_AUS = ("0", "false", "off")
_BILD = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_TEXTFELD = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def check_alternativen(wurzel: etree._Element, stelle: Stelle) -> list[Befund]:
    """Return the findings about parts that say one thing to new programs and another to old ones."""
    verbot = _forbid_bauteil("eine Stelle, die je nach Programm anderes zeigt")
    return [
        refuse(verbot, stelle, near(element))
        for element in wurzel.iter(f"{_MC}AlternateContent")
        if has_two_texts(element)
    ]


def check_bauteile(wurzel: etree._Element, stelle: Stelle) -> list[Befund]:
    """Return the findings about what the engine does not set, each kind once. The hulls have been taken off."""
    gefunden: dict[tuple[str, str], Befund] = {}
    for element in walk(wurzel):
        if (verbot := _find_verbot(element)) is not None:
            gefunden.setdefault((verbot.code, verbot.was), refuse(verbot, stelle, near(element)))
    return list(gefunden.values())


def walk(wurzel: etree._Element) -> Iterator[etree._Element]:
    """Walk over all elements except the old drawings that Word keeps beside its text boxes as a fallback."""
    for kind in wurzel:
        if isinstance(kind.tag, str) and kind.tag != f"{_MC}Fallback":
            yield kind
            yield from walk(kind)


def near(element: etree._Element) -> str:
    """Return the text of the paragraph around an element, to find it in Word."""
    absatz: etree._Element | None = element
    while absatz is not None and absatz.tag not in (f"{W}p", f"{W}tbl"):
        absatz = absatz.getparent()
    text = "" if absatz is None else "".join(t.text or "" for t in absatz.iter(f"{W}t")).strip()
    return f" bei „{text[:60]}“" if text else ""


def _find_verbot(element: etree._Element) -> Verbot | None:
    if element.tag in _VERBOTE:
        return _VERBOTE[element.tag]
    eltern = element.getparent()
    erlaubt = _ERLAUBT.get(eltern.tag) if eltern is not None else None
    if erlaubt is not None and element.tag not in erlaubt and not _is_mark(element.tag):
        name = etree.QName(element).localname
        return _forbid_bauteil(f"ein Bauteil („{name}“), das im PDF fehlte")
    pruefung = _PRUEFUNGEN.get(element.tag)
    return pruefung(element) if pruefung is not None else None


def _is_mark(tag: str) -> bool:
    """Tell whether an element only marks a place: bookmarks, ranges of comments and changes, spelling."""
    return tag.startswith(W) and tag.endswith(("Start", "End", "proofErr"))


def _object_to_drawing(grafik: etree._Element) -> Verbot | None:
    """A picture and an anchored text box are set; a group, a chart or a text box in the line is not."""
    art = grafik.get("uri") or ""
    if art == _BILD:
        return None
    if art != _TEXTFELD:
        return _forbid_zeichnung(
            "ein Diagramm, eine Gruppe oder SmartArt",
            "Eine Gruppe auflösen („Gruppierung aufheben“), alles andere als Bild einfügen.",
        )
    im_text = next(grafik.iterancestors(f"{_WP}inline"), None) is not None
    if im_text and next(grafik.iter(f"{_WPS}txbx"), None) is not None:
        return _forbid_zeichnung("ein Textfeld „mit Text in Zeile“; sein Text fehlte im PDF",
                                 "Layoutoptionen des Textfelds → „Vor den Text“ wählen.")  # fmt: skip
    return None


def _object_to_hidden(lauf: etree._Element) -> Verbot | None:
    eigenschaften = lauf.find(f"{W}rPr")
    schalter = [] if eigenschaften is None else [e for e in eigenschaften if e.tag in _VERBORGEN]
    text = _TAG.sub("", "".join(t.text or "" for t in lauf.iter(f"{W}t")))
    if not text.strip() or all(s.get(f"{W}val") in _AUS for s in schalter):
        return None
    return Verbot("VORLAGE_VERBORGEN", "ausgeblendeten Text; er fehlte im PDF",
                  "Den Text löschen oder Schriftart → „Ausgeblendet“ ausschalten.")  # fmt: skip


def _object_to_covered(zelle: etree._Element) -> Verbot | None:
    """Text in a cell that another one covers (joined downwards) is shown by no program."""
    verbund = zelle.find(f"{W}tcPr/{W}vMerge")
    verdeckt = verbund is not None and verbund.get(f"{W}val") != "restart"
    if not verdeckt or not any((t.text or "").strip() for t in zelle.iter(f"{W}t")):
        return None
    return Verbot("VORLAGE_ZELLE", "Text in einer verdeckten Tabellenzelle; er fehlte im PDF",
                  "Tabelle → Zellen teilen, den Text in die obere Zelle setzen.")  # fmt: skip


def _object_to_note(verweis: etree._Element) -> Verbot | None:
    if next(verweis.iterancestors(f"{W}tc"), None) is None:
        return None
    return Verbot("VORLAGE_FUSSNOTE", "eine Fußnote in einer Tabelle; ihr Text fehlte im PDF",
                  "Die Fußnote in den Text unter der Tabelle setzen.")  # fmt: skip


_PRUEFUNGEN = {
    f"{A}graphicData": _object_to_drawing,
    f"{W}r": _object_to_hidden,
    f"{W}tc": _object_to_covered,
    f"{W}footnoteReference": _object_to_note,
}
