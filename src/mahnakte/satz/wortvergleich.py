"""Every word of the DOCX against every word of the PDF: what an engine leaves out, it leaves out in silence.

Counted are letters, digits and signs, not words: a line end breaks a word wherever the engine likes, a footer
stands between two halves of a sentence. How often a header must stand there follows from the number of pages.
The DOCX is read here by its own rules and the PDF by PDFium; neither reading knows the engine.
"""

import collections
import dataclasses
import unicodedata
from collections.abc import Iterator, Mapping

from lxml import etree

from mahnakte.grund.text import squeeze
from mahnakte.satz.bauteile import W
from mahnakte.satz.druckbild import Druckbild
from mahnakte.satz.paket import NS_RELS, parse_xml, read_own_paket

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HAUPTTEIL = "word/document.xml"
_ZEICHEN = {f"{W}p": "\n", f"{W}noBreakHyphen": "-"} | {
    f"{W}{name}": " " for name in ("tab", "ptab", "br", "cr")
}
_TEXT = (f"{W}t", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
_GELESEN = (*_TEXT, *_ZEICHEN, f"{W}fldChar")
_NICHT_GEDRUCKT = (_MC_FALLBACK, f"{W}del", f"{W}moveFrom", f"{W}fldSimple")
_NOTEN = {"footnotes": f"{W}footnoteReference", "endnotes": f"{W}endnoteReference"}
_AUS = ("0", "false", "off")


@dataclasses.dataclass(frozen=True, slots=True)
class Worttext:
    """The text of a DOCX as it must be printed: the body with its notes once, headers and footers per page.

    `raender` None: the document has several sections, and which page belongs to which only the engine knows.
    """

    hauptteil: str
    raender: "Raender | None"

    def on_pages(self, anzahl: int) -> str:
        """Return all that must stand on a number of pages."""
        raender = self.raender
        je_seite = (raender.on_page(nummer) for nummer in range(1, anzahl + 1)) if raender else ()
        return "\n".join((self.hauptteil, *je_seite))


@dataclasses.dataclass(frozen=True, slots=True)
class Raender:
    """Header and footer by kind of page: the first, those with even numbers, all others."""

    erste: str | None
    gerade: str | None
    uebrige: str

    def on_page(self, nummer: int) -> str:
        """Return what stands above and below on a page, counted from 1."""
        if nummer == 1 and self.erste is not None:
            return self.erste
        if nummer % 2 == 0 and self.gerade is not None:
            return self.gerade
        return self.uebrige


def find_missing_letters(worttext: Worttext, druckbild: Druckbild) -> tuple[str, ...]:
    """Return the letters and signs of the DOCX that are nowhere in the PDF because the font has none, in order.

    A font that lacks a letter shows a box, and the engine says nothing. Where a letter of the plain alphabet is
    missing it is not the font: then words are missing.
    """
    fehlende = (
        _count(worttext.on_pages(len(druckbild.seiten))).keys() - _count("".join(druckbild.seiten)).keys()
    )
    return () if any(zeichen.isascii() for zeichen in fehlende) else tuple(sorted(fehlende))


def find_missing_words(worttext: Worttext, druckbild: Druckbild) -> tuple[str, ...]:
    """Return the words of the DOCX that are not all on the pages, in their order; empty when nothing is missing."""
    soll, ist = worttext.on_pages(len(druckbild.seiten)), "".join(druckbild.seiten)
    fehlende = _count(soll) - _count(ist)
    if not fehlende:
        return ()
    geschrieben, gesetzt = _fold(soll), _fold(ist)
    woerter = dict.fromkeys(wort for wort in soll.split() if _count(wort))
    zu_selten = (wort for wort in woerter if gesetzt.count(_fold(wort)) < geschrieben.count(_fold(wort)))
    return tuple(zu_selten) or tuple(wort for wort in woerter if _count(wort) & fehlende)


def read_worttext(docx: bytes, name: str) -> Worttext:
    """Read the text that Word would print. `name` is what findings call the document."""
    teile = read_own_paket(docx)
    wurzel = parse_xml(teile[_HAUPTTEIL], _HAUPTTEIL, name)
    noten = (
        text for art, verweis in _NOTEN.items() for text in _read_notes(wurzel, teile, art, verweis, name)
    )
    abschnitte = list(wurzel.iter(f"{W}sectPr"))
    raender = _read_raender(abschnitte[0], teile, name) if len(abschnitte) == 1 else None
    return Worttext("\n".join((print_text(wurzel), *noten)), raender)


def _read_notes(
    wurzel: etree._Element, teile: Mapping[str, bytes], art: str, verweis: str, name: str
) -> Iterator[str]:
    roh = teile.get(f"word/{art}.xml")
    genannt = {element.get(f"{W}id") for element in wurzel.iter(verweis)}
    if roh is not None and genannt:
        for note in parse_xml(roh, f"word/{art}.xml", name):
            if note.get(f"{W}id") in genannt:
                yield print_text(note)


def _read_raender(abschnitt: etree._Element, teile: Mapping[str, bytes], name: str) -> Raender:
    """Return headers and footers of the only section (ECMA-376 part 1, 17.10)."""
    ziele = _targets(teile, name)
    texte: dict[str, str] = collections.defaultdict(str)
    for verweis in (*abschnitt.iter(f"{W}headerReference"), *abschnitt.iter(f"{W}footerReference")):
        teil = ziele[verweis.get(f"{_R}id") or ""]
        texte[verweis.get(f"{W}type") or "default"] += print_text(parse_xml(teile[teil], teil, name))
    einstellungen = (
        parse_xml(teile["word/settings.xml"], "word/settings.xml", name)
        if "word/settings.xml" in teile
        else None
    )
    gerade = einstellungen is not None and _is_on(einstellungen.find(f"{W}evenAndOddHeaders"))
    return Raender(
        erste=texte["first"] if _is_on(abschnitt.find(f"{W}titlePg")) else None,
        gerade=texte["even"] if gerade else None,
        uebrige=texte["default"],
    )


def _targets(teile: Mapping[str, bytes], name: str) -> dict[str, str]:
    teil = "word/_rels/document.xml.rels"
    verweise = parse_xml(teile[teil], teil, name).iter(f"{NS_RELS}Relationship")
    ziele = {verweis.get("Id") or "": verweis.get("Target") or "" for verweis in verweise}
    return {
        kennung: ziel.lstrip("/") if ziel.startswith("/") else f"word/{ziel}"
        for kennung, ziel in ziele.items()
    }


def _is_on(schalter: etree._Element | None) -> bool:
    return schalter is not None and schalter.get(f"{W}val") not in _AUS


def print_text(wurzel: etree._Element) -> str:
    """Return the text below an element, a paragraph a line; the results of fields are computed by the engine."""
    nicht_gedruckt = {kind for element in wurzel.iter(*_NICHT_GEDRUCKT) for kind in element.iter()}
    stuecke: list[str] = []
    tiefe = 0  # of fields; between `begin` and `end` stand the field's code and an old result
    for element in wurzel.iter(*_GELESEN):
        if element in nicht_gedruckt:
            continue
        if element.tag == f"{W}fldChar":
            tiefe += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType") or "", 0)
        elif element.tag in _ZEICHEN:
            stuecke.append(_ZEICHEN[element.tag])
        elif tiefe == 0:
            stuecke.append(element.text or "")
    return "".join(stuecke)


def _fold(text: str) -> str:
    """Return a text without what is a matter of the type: capitals, ligatures, the ends of lines."""
    return squeeze(unicodedata.normalize("NFKC", text).casefold())


def _count(text: str) -> collections.Counter[str]:
    """Count letters, digits, signs and punctuation, each in its plain form."""
    anzahl: collections.Counter[str] = collections.Counter()
    for zeichen, oft in collections.Counter(unicodedata.normalize("NFC", text)).items():
        for einfach in _fold(zeichen):
            if unicodedata.category(einfach)[0] in "LNSP":
                anzahl[einfach] += oft
    return anzahl
