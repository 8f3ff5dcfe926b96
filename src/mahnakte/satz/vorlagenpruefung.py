"""Lints of a Word template: what the PDF engine would set wrongly or what must not leave the house.

Which parts of Word may stand in one says bauteile.py, which measures vorlagenmasse.py; here are tags, fields,
settings and fonts. Each finding names the place and the remedy in Word's words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from mahnakte.grund.befund import Befund, Stelle, sperre, warnung
from mahnakte.satz.ausdruck import refuse_expression
from mahnakte.satz.bauteile import A, W, check_alternativen, check_bauteile, near, walk
from mahnakte.satz.huellen import unwrap
from mahnakte.satz.paket import parse_xml
from mahnakte.satz.schrift import ERSETZT
from mahnakte.satz.vorlagenmasse import check_masse

_CONTENT = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_RENDERED = re.compile(rf"{_CONTENT.pattern}|docProps/core\.xml")
_TAG = re.compile(rb"\{[{%#]")
_SPECIAL_TAG = re.compile(r"\{\{(?:r|p|tr|tc)\s|\{%-?\s*(?:cellbg|colspan|vm|hm)\b")
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"}
COMPATIBILITY = "15"  # Word 2013 and later; without it tables sit 2 mm further left


def check_teile(teile: Mapping[str, bytes], name: str) -> list[Befund]:
    """Return the findings about constructs, fields, fonts, settings and misplaced tags of a template."""
    inhalte = {teil: parse_xml(roh, teil, name) for teil, roh in teile.items() if _CONTENT.fullmatch(teil)}
    befunde: list[Befund] = []
    for teil, wurzel in inhalte.items():
        stelle = Stelle(f"{name}, {teil.rpartition('/')[2]}")
        befunde += check_alternativen(wurzel, stelle)
        unwrap(wurzel)
        befunde += check_bauteile(wurzel, stelle)
        befunde += _check_tags(wurzel, stelle)
        befunde += _check_fields(wurzel, stelle)
    befunde += check_masse(inhalte, teile, name)
    befunde += _check_settings(teile, name)
    befunde += _check_fonts(teile, inhalte, name)
    befunde += _check_misplaced(teile, name)
    return befunde


def _check_tags(wurzel: etree._Element, stelle: Stelle) -> list[Befund]:
    for absatz in walk(wurzel):
        text = "".join(t.text or "" for t in absatz.iter(f"{W}t")) if absatz.tag == f"{W}p" else ""
        if treffer := _SPECIAL_TAG.search(text):
            text = f"Der Platzhalter „{treffer.group()}…“ ist nicht erlaubt{near(absatz)}."
            abhilfe = "Nur {{ name }}, {%p … %} und {%tr … %} verwenden."
            return [refuse_expression(text, abhilfe, stelle)]
    return []


def _check_fields(wurzel: etree._Element, stelle: Stelle) -> list[Befund]:
    """Refuse fields that fetch or run something when Word opens the letter, and data inside field codes."""
    befunde = []
    for element in walk(wurzel):
        if element.tag == f"{W}fldSimple":
            befehl = element.get(f"{W}instr") or ""
        elif element.tag == f"{W}p":
            befehl = "".join(code.text or "" for code in element.iter(f"{W}instrText"))
        else:
            continue
        if befehl.strip() and ("{" in befehl or not set(_commands(befehl)) <= _FIELDS):
            text = f"Das Feld „{befehl.strip()[:40]}“ ist in Vorlagen nicht erlaubt{near(element)}."
            abhilfe = "Das Feld in Text umwandeln (Strg+Umschalt+F9); erlaubt sind Seitenzahlen."
            befunde.append(sperre("VORLAGE_FELD", text, abhilfe, stelle))
    return befunde


def _commands(befehl: str) -> list[str]:
    """Return the field names: everything that is no switch (`\\* MERGEFORMAT`)."""
    return re.sub(r"\\[*#@]\s*\S+", " ", befehl).upper().split()


def _check_settings(teile: Mapping[str, bytes], name: str) -> list[Befund]:
    roh = teile.get("word/settings.xml")
    einstellungen = parse_xml(roh, "word/settings.xml", name) if roh else None
    modi = [] if einstellungen is None else [
        s.get(f"{W}val") for s in einstellungen.iter(f"{W}compatSetting")
        if s.get(f"{W}name") == "compatibilityMode"
    ]  # fmt: skip
    befunde = []
    if modi != [COMPATIBILITY]:
        text = "Die Vorlage ist im alten Kompatibilitätsmodus gespeichert."
        abhilfe = "In Word: Datei → Informationen → Konvertieren, dann speichern."
        befunde.append(sperre("VORLAGE_KOMPATIBEL", text, abhilfe, Stelle(name)))
    stile = _read_styles(teile, name)
    sprache = stile.find(f"{W}docDefaults//{W}lang") if stile is not None else None
    if sprache is None or not (sprache.get(f"{W}val") or "").startswith("de"):
        text = "Die Standardsprache der Vorlage ist nicht Deutsch."
        abhilfe = "In Word: Überprüfen → Sprache → Deutsch → Als Standard festlegen."
        befunde.append(warnung("VORLAGE_SPRACHE", text, abhilfe, Stelle(name)))
    return befunde


def _read_styles(teile: Mapping[str, bytes], name: str) -> etree._Element | None:
    roh = teile.get("word/styles.xml")
    return None if roh is None else parse_xml(roh, "word/styles.xml", name)


# --- fonts --------------------------------------------------------------------------------------------


def _check_fonts(
    teile: Mapping[str, bytes], inhalte: Mapping[str, etree._Element], name: str
) -> list[Befund]:
    stile = _read_styles(teile, name)
    thema = _read_theme(teile, name)
    genannt: dict[str, Stelle] = {}
    for teil, wurzel in inhalte.items():
        for element in walk(wurzel):
            if element.tag == f"{W}rFonts":
                for schrift in _families(element, thema):
                    genannt.setdefault(schrift, Stelle(f"{name}, {teil.rpartition('/')[2]}"))
    if stile is not None:
        for element in _used_style_fonts(stile, inhalte.values()):
            for schrift in _families(element, thema):
                genannt.setdefault(schrift, Stelle(f"{name}, Formatvorlagen"))
    return [
        sperre("VORLAGE_SCHRIFT", f"Die Schrift „{schrift}“ liegt dem Programm nicht bei.",
               "In Word alles markieren (Strg+A) und Arial wählen, auch in Kopf- und Fußzeile.", stelle)
        for schrift, stelle in genannt.items() if schrift.lower() not in ERSETZT
    ]  # fmt: skip


def _read_theme(teile: Mapping[str, bytes], name: str) -> dict[str, str]:
    roh = teile.get("word/theme/theme1.xml")
    if roh is None:
        return {}
    wurzel = parse_xml(roh, "word/theme/theme1.xml", name)
    thema = {}
    for art in ("major", "minor"):
        latein = wurzel.find(f".//{A}{art}Font/{A}latin")
        if latein is not None:
            thema[art] = latein.get("typeface") or ""
    return thema


def _families(element: etree._Element, thema: Mapping[str, str]) -> Iterator[str]:
    """Return the families for Latin text; those for Asian and right-to-left script are not used."""
    for attribut in ("ascii", "hAnsi"):
        aus_thema = element.get(f"{W}{attribut}Theme")
        genannt = element.get(f"{W}{attribut}") or ""
        schrift = genannt if aus_thema is None else thema.get(aus_thema[:5], "")
        if schrift:
            yield schrift


def _used_style_fonts(stile: etree._Element, inhalte: Iterable[etree._Element]) -> Iterator[etree._Element]:
    yield from stile.iterfind(f"{W}docDefaults//{W}rFonts")
    nach_kennung = {stil.get(f"{W}styleId"): stil for stil in stile.iterfind(f"{W}style")}
    offen = {stil.get(f"{W}styleId") for stil in nach_kennung.values() if stil.get(f"{W}default") == "1"}
    for wurzel in inhalte:
        for art in ("pStyle", "rStyle", "tblStyle"):
            offen |= {element.get(f"{W}val") for element in wurzel.iter(f"{W}{art}")}
    gesehen: set[str | None] = set()
    while offen:
        kennung = offen.pop()
        if kennung in gesehen or kennung not in nach_kennung:
            continue
        gesehen.add(kennung)
        stil = nach_kennung[kennung]
        yield from stil.iter(f"{W}rFonts")
        offen |= {
            element.get(f"{W}val") for art in ("basedOn", "link") for element in stil.iterfind(f"{W}{art}")
        }


def _check_misplaced(teile: Mapping[str, bytes], name: str) -> list[Befund]:
    return [
        sperre("VORLAGE_ORT", f"Platzhalter in „{teil}“ werden nicht ausgefüllt.",
               "Platzhalter nur in Text, Kopf- und Fußzeile, Fußnoten und Dokumenteigenschaften setzen.",
               Stelle(name))
        for teil, roh in teile.items()
        if teil.endswith(".xml") and not _RENDERED.fullmatch(teil) and _TAG.search(_text_only(roh))
    ]  # fmt: skip


def _text_only(roh: bytes) -> bytes:
    # Word's customXml and themes hold JSON-like braces in attributes at times; tags stand in text.
    return re.sub(rb"<[^>]*>", b"", roh)
