"""A Word template: read with distrust, compiled once, rendered many times.

The template language is docxtpl's (`{{ name }}`, `{%p if … %}`, `{%tr for … %}`); its `patch_xml` is used
here and nowhere else. docxtpl's own rendering stays the oracle in the tests: it opens, parses and packs
the whole document for each letter, which costs a hundred times as much.

Everything here runs in a worker process with limits: templates come from outside (see druck.py).
"""

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template, TemplateSyntaxError
from jinja2.exceptions import TemplateError
from lxml import etree

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.satz.ausdruck import (
    WEICHER_TRENNSTRICH,
    Pruefer,
    clean_werte,
    make_environment,
    refuse_expression,
)
from mahnakte.satz.bilder import BILDER, find_target, prepare_bild, read_masse
from mahnakte.satz.gestaltung import HAUSFARBE, OHNE_VORGABE, Gestaltung
from mahnakte.satz.huellen import unwrap
from mahnakte.satz.paket import Teil, pack, parse_xml, read_paket, write_paket
from mahnakte.satz.variablen import Werte
from mahnakte.satz.vorlagenpruefung import check_teile

KERN = "docProps/core.xml"
MAX_XML = 8 * 1024 * 1024

_DYNAMIC = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml|docProps/core\.xml")
_WHOLE_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)
_GERADE = str.maketrans(dict.fromkeys("„“”‟", '"') | dict.fromkeys("‚‘’‛", "'"))
_SPITZE = str.maketrans(dict.fromkeys("«»", '"') | dict.fromkeys("‹›", "'"))
# `{% tr for … %}`: the brace, the sign and the word may stand in different runs of Word.
_BLANK = re.compile(r"(\{(?:<[^>]*>)*%(?:<[^>]*>)*)\s+((?:<[^>]*>)*(?:tr|p)(?:<[^>]*>)*\s)")
_PARAGRAPH = re.compile(r"<w:p([ >])")
_ZEITEN = re.compile(r"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_VERFASSER = re.compile(r"(<cp:lastModifiedBy>)[^<]*")

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMU_JE_MM = 36000


@dataclasses.dataclass(frozen=True, slots=True)
class Bildplatz:
    """A picture of the template: alternative text, media part, size (EMU) that is left for it."""

    art: str
    teil: str
    breite: int
    hoehe: int


@dataclasses.dataclass(frozen=True, slots=True)
class Satzform:
    """A compiled template: parts that stay, parts with tags, places for pictures."""

    name: str
    fest: Mapping[str, Teil]
    beweglich: Mapping[str, Template]
    bilder: Mapping[str, Bildplatz]


@functools.lru_cache(maxsize=64)
def compile_vorlage(inhalt: bytes, name: str) -> Satzform:
    """Compile the bytes of a template. Raises Ablehnung; names are checked by `check_vorlage`, not here."""
    teile = read_paket(inhalt, name)
    fest, beweglich = {}, {}
    plaetze: list[Bildplatz] = []
    for teil, roh in teile.items():
        if _DYNAMIC.fullmatch(teil):
            wurzel = _read_part(roh, teil, name)
            plaetze += _find_bilder(wurzel, teil, teile, name)
            _mark_colour(wurzel)
            beweglich[teil] = _compile(_patch(wurzel, teil), teil, name)
        else:
            fest[teil] = pack(teil, roh)
    return Satzform(name, fest, beweglich, _name_bilder(plaetze, name))


def check_vorlage(inhalt: bytes, name: str, beispiel: Werte, knapp: Werte) -> list[Befund]:
    """Return everything that is wrong with a template: package, constructs, names, trial rendering.

    `beispiel` is a tree with all documented names, `knapp` the same with nothing optional.
    """
    try:
        teile = read_paket(inhalt, name)
        befunde = check_teile(teile, name)
        for teil, roh in teile.items():
            if _DYNAMIC.fullmatch(teil):
                befunde += _check_namen(_read_part(roh, teil, name), teil, name, beispiel)
        if not befunde:
            form = compile_vorlage(inhalt, name)
            for werte in (beispiel, knapp):
                _render_parts(form, _add_design(form, werte, {}, OHNE_VORGABE))
    except Ablehnung as ablehnung:
        return [ablehnung.befund]
    return befunde


def render(
    form: Satzform,
    werte: Werte,
    bilder: Mapping[str, bytes],
    datum: dt.date,
    gestaltung: Gestaltung = OHNE_VORGABE,
) -> bytes:
    """Return the DOCX; same template, values, pictures and design, same bytes. Raises Ablehnung.

    `bilder` are PNGs or JPEGs by the names of BILDER; `datum` becomes the date of creation in the properties.
    """
    mit_massen = _add_design(form, werte, bilder, gestaltung)
    gerendert = _render_parts(form, mit_massen)
    _check_shown(gerendert, bilder, form.name)
    gerendert[KERN] = _set_core(gerendert[KERN], datum) if KERN in gerendert else b""
    neu = [pack(teil, inhalt) for teil, inhalt in gerendert.items() if inhalt]
    for art, bild in bilder.items():
        if art in form.bilder:
            mass = mit_massen["bildmass"][art]
            neu.append(pack(form.bilder[art].teil, prepare_bild(bild, art, mass["breite"], mass["hoehe"])))
    return write_paket({**form.fest, **{teil.name: teil for teil in neu}}.values())


def _render_parts(form: Satzform, werte: Werte) -> dict[str, bytes]:
    sauber = clean_werte(werte)
    gerendert = {}
    for teil, vorlage in form.beweglich.items():
        try:
            text = vorlage.render(sauber)
        except TemplateError as fehler:
            raise _refuse(form.name, teil, f"Beim Ausfüllen: {fehler}.",
                          "Die Variable an dieser Stelle mit docs/vorlagen.md vergleichen.") from None  # fmt: skip
        except TypeError as fehler:  # comparing a text with a number
            raise _refuse(form.name, teil, f"Ein Vergleich passt nicht zu den Angaben ({fehler}).",
                          "Nur Gleiches mit Gleichem vergleichen.") from None  # fmt: skip
        if len(text) > MAX_XML:
            raise _refuse(form.name, teil, "Der Brief wird zu groß.", "Verschachtelte Schleifen auflösen.")
        gerendert[teil] = _check_xml(text.replace("\n<w:p", "<w:p").encode(), teil, form.name)
    return gerendert


def _check_xml(inhalt: bytes, teil: str, name: str) -> bytes:
    try:
        parse_xml(inhalt, teil, name)
    except Ablehnung:
        raise _refuse(name, teil, "Mit „if“ oder „for“ wird ein Absatz oder eine Tabellenzeile zerschnitten.",
                      "Ganze Absätze mit {%p … %}, ganze Zeilen mit {%tr … %} steuern.") from None  # fmt: skip
    return inhalt


def _set_core(kern: bytes, datum: dt.date) -> bytes:
    text = _ZEITEN.sub(rf"\g<1>{datum.isoformat()}T00:00:00Z", kern.decode())
    return _VERFASSER.sub(r"\g<1>", text).encode()


# --- compiling --------------------------------------------------------------------------------------


def _read_part(roh: bytes, teil: str, name: str) -> etree._Element:
    wurzel = parse_xml(roh, teil, name)
    unwrap(wurzel)
    return wurzel


def _patch(wurzel: etree._Element, teil: str) -> str:
    """Return the part as Jinja source, one paragraph a line, so that findings can name the paragraph.

    What Word's AutoCorrect makes of a tag is undone: curly quotes, a blank before `tr`. A soft hyphen as a letter
    is a hint that Word and the engine take for a hyphen; it goes.
    """
    quelle = etree.tostring(wurzel, encoding="unicode").replace(WEICHER_TRENNSTRICH, "")
    if teil != KERN:
        quelle = DocxTemplate("").patch_xml(_BLANK.sub(r"\1\2", quelle))
    return _PARAGRAPH.sub(r"\n<w:p\1", _WHOLE_TAG.sub(_straighten, quelle))


def _straighten(tag: re.Match[str]) -> str:
    gerade = tag.group().translate(_GERADE)
    return gerade if '"' in gerade or "'" in gerade else gerade.translate(_SPITZE)


def _compile(quelle: str, teil: str, name: str) -> Template:
    try:
        return make_environment().from_string(quelle)
    except TemplateSyntaxError as fehler:
        raise _syntax_error(fehler, quelle, teil, name) from None


def _check_namen(wurzel: etree._Element, teil: str, name: str, beispiel: Werte) -> list[Befund]:
    quelle = _patch(wurzel, teil)
    try:
        baum = make_environment().parse(quelle)
    except TemplateSyntaxError as fehler:
        return [_syntax_error(fehler, quelle, teil, name).befund]
    namen = {**beispiel, "bildmass": {art: {"breite": 0, "hoehe": 0} for art in BILDER}}
    return Pruefer(namen, _plain_lines(quelle), Stelle(f"{name}, {place_name(teil)}")).check(baum)


def _plain_lines(quelle: str) -> list[str]:
    return [re.sub(r"<[^>]*>", "", zeile).strip()[:120] for zeile in quelle.split("\n")]


def place_name(teil: str) -> str:
    """Return what a clerk calls a part: Text, Kopfzeile, Fußzeile, Fußnote, Dokumenteigenschaften."""
    namen = {
        "document": "Text", "header": "Kopfzeile", "footer": "Fußzeile", "footnotes": "Fußnote",
        "endnotes": "Endnote",
    }  # fmt: skip
    stamm = re.sub(r"\d*\.xml$", "", teil.rpartition("/")[2])
    return namen.get(stamm, "Dokumenteigenschaften")


def _syntax_error(fehler: TemplateSyntaxError, quelle: str, teil: str, name: str) -> Ablehnung:
    zeilen = _plain_lines(quelle)
    absatz = zeilen[fehler.lineno - 1] if 0 < fehler.lineno <= len(zeilen) else ""
    was = "Ein Platzhalter ist falsch geschrieben oder nicht geschlossen"
    return _refuse(name, teil, f"{was} (Absatz: „{absatz}“; {fehler}).",
                   "Zu jedem {% if %} gehört ein {% endif %}, zu jedem {% for %} ein {% endfor %}.")  # fmt: skip


def _refuse(name: str, teil: str, text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(refuse_expression(text, abhilfe, Stelle(f"{name}, {place_name(teil)}")))


# --- pictures ---------------------------------------------------------------------------------------


def _find_bilder(wurzel: etree._Element, teil: str, teile: Mapping[str, bytes], name: str) -> list[Bildplatz]:
    """Find all pictures; those named by their alternative text get their size as a variable."""
    plaetze = []
    for zeichnung in (*wurzel.iter(f"{_WP}inline"), *wurzel.iter(f"{_WP}anchor")):
        eigenschaft, rahmen = zeichnung.find(f"{_WP}docPr"), zeichnung.find(f"{_WP}extent")
        blip = zeichnung.find(f".//{_A}blip")
        if eigenschaft is None or blip is None or rahmen is None:
            continue
        art = (eigenschaft.get("descr") or "").strip().lower()
        ziel = _target(teile, teil, blip.get(f"{_R}embed") or "", name)
        plaetze.append(Bildplatz(art, ziel, int(rahmen.get("cx") or 0), int(rahmen.get("cy") or 0)))
        if art in BILDER:
            for mass in (rahmen, *(mass for mass in zeichnung.iter(f"{_A}ext") if mass.get("cx"))):
                mass.set("cx", f"{{{{ bildmass.{art}.breite }}}}")
                mass.set("cy", f"{{{{ bildmass.{art}.hoehe }}}}")
    return plaetze


def _name_bilder(plaetze: Iterable[Bildplatz], name: str) -> dict[str, Bildplatz]:
    """Return the named places. Word stores equal pictures once: replacing one would replace the other."""
    benannt = {platz.art: platz for platz in plaetze if platz.art in BILDER}
    for platz in benannt.values():
        if any(anderer.teil == platz.teil and anderer.art != platz.art for anderer in plaetze):
            raise Ablehnung(
                sperre("VORLAGE_BILD", f"Das Bild „{platz.art}“ der Vorlage dient noch für eine andere Stelle.",
                       "Für jede Stelle ein eigenes Platzhalterbild einfügen.", Stelle(name))
            )  # fmt: skip
    return benannt


def _target(teile: Mapping[str, bytes], teil: str, kennung: str, name: str) -> str:
    if ziel := find_target(teile, teil, kennung, name):
        return ziel
    raise _refuse(name, teil, "Ein Bild der Vorlage fehlt in der Datei.", "Das Bild in Word neu einfügen.")


def _mark_colour(wurzel: etree._Element) -> None:
    """Turn the house colour into a variable; in Word it is an ordinary colour."""
    for element in wurzel.iter():
        for name, wert in element.attrib.items():
            if wert == HAUSFARBE:
                element.set(name, "{{ hausfarbe }}")


def _add_design(
    form: Satzform, werte: Werte, bilder: Mapping[str, bytes], gestaltung: Gestaltung
) -> dict[str, Any]:
    masse = {}
    for art, platz in form.bilder.items():
        bild = bilder.get(art)
        if art == "logo" and gestaltung.logo is not None:
            breite, hoehe = (mm * _EMU_JE_MM for mm in gestaltung.logo)
            platz = dataclasses.replace(platz, breite=breite, hoehe=hoehe)  # noqa: PLW2901 - the room is what changes
        breite, hoehe = _fit(bild, art, platz) if bild is not None else (platz.breite, platz.hoehe)
        masse[art] = {"breite": breite, "hoehe": hoehe}
    return {**werte, "bildmass": masse, "hausfarbe": gestaltung.farbe or HAUSFARBE}


def _fit(bild: bytes, art: str, platz: Bildplatz) -> tuple[int, int]:
    """Return the largest size within the place that keeps the picture's proportions."""
    breite, hoehe = read_masse(bild, art)
    faktor = min(platz.breite / breite, platz.hoehe / hoehe)
    return round(breite * faktor), round(hoehe * faktor)


def _check_shown(gerendert: Mapping[str, bytes], bilder: Mapping[str, bytes], name: str) -> None:
    """A placeholder must not leave the house: who shows a picture must have been given one."""
    text = b"".join(gerendert.values()).lower()
    for art in BILDER:
        if f'descr="{art}"'.encode() in text and art not in bilder:
            raise Ablehnung(
                sperre("BILD_FEHLT", f"Die Vorlage zeigt das Bild „{art}“, aber es gibt keines.",
                       "Das Bild in der Vorlage mit {%p if … %} nur zeigen, wenn es da ist.", Stelle(name))
            )  # fmt: skip
