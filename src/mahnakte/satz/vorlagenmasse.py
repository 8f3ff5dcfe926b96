"""Measures of a template that no letter has and that keep an engine busy or push the text off the page.

Looked at before anything is set: a page without size, margins that leave no room, hundreds of columns, tables
without end, numbers that count from a billion. Lengths in twips (1/20 point) as in the file.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.satz.bauteile import W, near
from mahnakte.satz.paket import parse_xml

_MM = 56.7
MIN_SEITE, MAX_SEITE = 280, 31680  # 5 mm, a label; Word's own limit, 558.8 mm
MIN_ANTEIL = 10  # at least a tenth of width and height is left for the text
MAX_SPALTEN = 6
MIN_SPALTE = 1134  # 20 mm
MAX_GITTER = 63  # Word's own limit of table columns
MAX_ZEILEN = 500
MAX_TIEFE = 6
MAX_ABSAETZE = 5000
MAX_SCHRIFT = 288  # half points: 144 pt
MAX_ABSTAND = 15840  # 279 mm, before, after or between lines
MAX_TEXTFELDER = 50
MAX_ZAHL = 9999
MAX_ZAHLTEXT = 200

_SEITE = "In Word: Layout → Seite einrichten → Papierformat A4 und Seitenränder von 20 bis 30 mm wählen."
_TABELLE = "Die Tabelle in Word löschen und mit wenigen Spalten neu anlegen."
_NUMMER = "Die Nummerierung entfernen und neu anlegen."


def check_masse(inhalte: Mapping[str, etree._Element], teile: Mapping[str, bytes], name: str) -> list[Befund]:
    """Return the findings about page, columns, tables, lengths and numbering; each kind once a part."""
    weitere = {
        teil: parse_xml(teile[teil], teil, name)
        for teil in ("word/styles.xml", "word/numbering.xml")
        if teil in teile
    }
    befunde: dict[tuple[str, str], Befund] = {}
    for teil, wurzel in {**inhalte, **weitere}.items():
        stelle = Stelle(f"{name}, {teil.rpartition('/')[2]}")
        funde = (*_sections(wurzel), *_tables(wurzel), *_lengths(wurzel), *_numbering(wurzel))
        for text, abhilfe, element in funde:
            befund = sperre("VORLAGE_MASS", f"{text}{near(element)}.", abhilfe, stelle)
            befunde.setdefault((teil, abhilfe), befund)
    return list(befunde.values())


_Fund = tuple[str, str, etree._Element]


def _sections(wurzel: etree._Element) -> Iterator[_Fund]:
    for abschnitt in wurzel.iter(f"{W}sectPr"):
        seite, rand = abschnitt.find(f"{W}pgSz"), abschnitt.find(f"{W}pgMar")
        breite, hoehe = (_number(seite, mass, vorgabe) for mass, vorgabe in (("w", 11906), ("h", 16838)))
        if not all(MIN_SEITE <= mass <= MAX_SEITE for mass in (breite, hoehe)):
            yield f"Eine Seite ist {breite / _MM:.0f} × {hoehe / _MM:.0f} mm groß", _SEITE, abschnitt
            continue
        raender = {name: _number(rand, name, 0) for name in ("left", "right", "gutter", "top", "bottom")}
        if min(raender.values()) < 0:
            yield "Ein Seitenrand ist kleiner als null", _SEITE, abschnitt
        raum_breit = breite - raender["left"] - raender["right"] - raender["gutter"]
        raum_hoch = hoehe - raender["top"] - raender["bottom"]
        if raum_breit * MIN_ANTEIL < breite or raum_hoch * MIN_ANTEIL < hoehe:
            yield "Die Seitenränder lassen keinen Platz für den Text", _SEITE, abschnitt
        spalten = abschnitt.find(f"{W}cols")
        anzahl, abstand = _number(spalten, "num", 1), _number(spalten, "space", 0)
        if anzahl > 1 and (anzahl > MAX_SPALTEN or raum_breit - (anzahl - 1) * abstand < anzahl * MIN_SPALTE):
            yield (
                f"Der Text hat {anzahl} Spalten nebeneinander, für die kein Platz ist",
                "In Word: Layout → Spalten → „Eine“ wählen.",
                abschnitt,
            )


def _tables(wurzel: etree._Element) -> Iterator[_Fund]:
    for tabelle in wurzel.iter(f"{W}tbl"):
        breiteste = max(
            (len(list(zeile.iterchildren(f"{W}tc"))) for zeile in tabelle.iterchildren(f"{W}tr")), default=0
        )
        spannen = (_number(spanne, "val", 1) for spanne in tabelle.iter(*_SPANNEN))
        gitter = sum(1 for _ in tabelle.iterfind(f"{W}tblGrid/{W}gridCol"))
        if max(breiteste, gitter, *spannen) > MAX_GITTER:
            yield f"Eine Tabelle hat mehr als {MAX_GITTER} Spalten", _TABELLE, tabelle
        if sum(1 for _ in tabelle.iterchildren(f"{W}tr")) > MAX_ZEILEN:
            yield (
                f"Eine Tabelle hat mehr als {MAX_ZEILEN} Zeilen",
                "Zeilen mit {%tr for … %} wiederholen.",
                tabelle,
            )
        if sum(1 for _ in tabelle.iterancestors(f"{W}tbl")) >= MAX_TIEFE:
            yield (
                f"Mehr als {MAX_TIEFE} Tabellen stecken ineinander",
                "Die inneren Tabellen auflösen (Layout → In Text konvertieren).",
                tabelle,
            )


_SPANNEN = (f"{W}gridSpan", f"{W}gridBefore", f"{W}gridAfter")


def _lengths(wurzel: etree._Element) -> Iterator[_Fund]:
    if sum(1 for _ in wurzel.iter(f"{W}p")) > MAX_ABSAETZE:
        yield f"Die Vorlage hat mehr als {MAX_ABSAETZE} Absätze", "Die leeren Absätze löschen.", wurzel
    if (
        sum(1 for _ in wurzel.iter(f"{W}txbxContent")) > 2 * MAX_TEXTFELDER
    ):  # each has a twin for old programs
        yield f"Die Vorlage hat mehr als {MAX_TEXTFELDER} Textfelder", "Textfelder löschen.", wurzel
    for groesse in wurzel.iter(f"{W}sz"):
        if not 0 < _number(groesse, "val", 1) <= MAX_SCHRIFT:
            yield (
                f"Eine Schriftgröße liegt nicht zwischen 0,5 und {MAX_SCHRIFT // 2} Punkt",
                "Die Stelle markieren und 10 bis 12 Punkt wählen.",
                groesse,
            )
    for abstand in wurzel.iter(f"{W}spacing"):
        if any(abs(_number(abstand, mass, 0)) > MAX_ABSTAND for mass in ("before", "after", "line", "val")):
            yield (
                "Ein Abstand ist größer als eine Seite",
                "Absatz → Abstand vor, nach und Zeilenabstand verkleinern.",
                abstand,
            )


def _numbering(wurzel: etree._Element) -> Iterator[_Fund]:
    for beginn in (*wurzel.iter(f"{W}start"), *wurzel.iter(f"{W}startOverride")):
        if not 0 <= _number(beginn, "val", 0) <= MAX_ZAHL:
            yield f"Eine Nummerierung beginnt nicht zwischen 0 und {MAX_ZAHL}", _NUMMER, beginn
    for text in wurzel.iter(f"{W}lvlText"):
        if len(text.get(f"{W}val") or "") > MAX_ZAHLTEXT:
            yield f"Der Text einer Nummerierung hat mehr als {MAX_ZAHLTEXT} Zeichen", _NUMMER, text


def _number(element: etree._Element | None, name: str, vorgabe: int) -> int:
    """Return a length or count; what is no number (`12.5pt`) counts by its digits, as Word rounds it."""
    roh = element.get(f"{W}{name}") if element is not None else None
    treffer = re.match(r"-?\d{1,15}", roh or "")
    return int(treffer.group()) if treffer else vorgabe
