"""Read and validate a file of applications record by record: small memory, true lines, all errors.

The file may come from anywhere. DOCTYPE, foreign encodings and deep nesting are refused before
anything of it is used.
"""

import dataclasses
import functools
import io
import itertools
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from mahnakte.antrag.modell import Dateikopf, Mahnantrag, Sammelantrag
from mahnakte.antrag.xml_errors import (
    misplaced,
    missing,
    path_of,
    sentence,
    stray_text,
    unknown_attribute,
)
from mahnakte.antrag.xml_form import ANTRAG, DATEIKOPF, NAMENSRAUM, WURZEL, read_antrag, read_dateikopf
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.text import json_safe

MAX_BYTES = 64_000_000
MAX_BEFUNDE = 500

_KODIERUNG = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]{0,80}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclasses.dataclass(frozen=True, slots=True)
class Gelesen:
    """One record of the file: what it says, or what is wrong with it. `nummer` counts from 1."""

    satz: Mahnantrag | Dateikopf | None
    nummer: int
    befunde: tuple[Befund, ...]


_Verarbeitung = Callable[[etree._Element, int, str], Gelesen]


@functools.cache
def schema() -> etree.XMLSchema:
    """Return the compiled schema of the application."""
    return etree.XMLSchema(etree.fromstring(read_beigabe("schemas", "mahnantrag.xsd")))


def read_xml(inhalt: bytes, datei: str) -> tuple[Sammelantrag | None, tuple[Befund, ...]]:
    """Return the applications of a file, or None and everything that is wrong with it."""
    kopf: Dateikopf | None = None
    antraege: list[Mahnantrag] = []
    befunde: list[Befund] = []
    for gelesen in iter_xml(inhalt, datei):
        befunde.extend(gelesen.befunde)
        if isinstance(gelesen.satz, Dateikopf):
            kopf = gelesen.satz
        elif gelesen.satz is not None:
            antraege.append(gelesen.satz)
    if befunde:
        return None, tuple(befunde)
    return Sammelantrag(kopf, tuple(antraege)), ()


def validate_xml(inhalt: bytes, datei: str) -> tuple[Befund, ...]:
    """Return everything in which the file differs from the schema; empty means valid."""
    return tuple(
        befund for gelesen in _iter_checked(inhalt, datei, _check_record) for befund in gelesen.befunde
    )


def iter_antraege(inhalt: bytes, datei: str) -> Iterator[Mahnantrag]:
    """Yield the applications of a file one by one; raise Ablehnung at the first fault."""
    for gelesen in iter_xml(inhalt, datei):
        if gelesen.befunde:
            raise Ablehnung(gelesen.befunde[0])
        if isinstance(gelesen.satz, Mahnantrag):
            yield gelesen.satz


def iter_xml(inhalt: bytes, datei: str) -> Iterator[Gelesen]:
    """Yield head and applications one after the other, each validated, with its findings.

    A finding about the file as a whole comes in a record of its own with number 0.
    """
    return _iter_checked(inhalt, datei, _read_record)


def _iter_checked(inhalt: bytes, datei: str, handle: _Verarbeitung) -> Iterator[Gelesen]:
    if fehler := _refuse_container(inhalt, datei):
        yield Gelesen(None, 0, (fehler,))
        return
    zahl = 0
    for gelesen in _parse(inhalt, datei, handle):
        zahl += len(gelesen.befunde)
        yield gelesen
        if zahl >= MAX_BEFUNDE:
            text = f"Die Prüfung endet nach {MAX_BEFUNDE} Fehlern."
            yield Gelesen(
                None,
                0,
                (sperre("XML_ABBRUCH", text, "Die Fehler beheben und erneut prüfen.", Stelle(datei)),),
            )
            return


def _refuse_container(inhalt: bytes, datei: str) -> Befund | None:
    stelle = Stelle(datei)
    if len(inhalt) > MAX_BYTES:
        grenze = MAX_BYTES // 1_000_000
        return sperre(
            "XML_ZU_GROSS", f"Die Datei ist größer als {grenze} MB.", "Auf mehrere Dateien verteilen.", stelle
        )
    if not inhalt.strip():
        return _malformed("Die Datei ist leer.", "Die richtige Datei angeben.", stelle)
    kodierung = _KODIERUNG.search(inhalt)
    # Only UTF-8 without zero bytes: then the search for DOCTYPE below cannot be evaded.
    if b"\0" in inhalt[:200] or (kodierung and kodierung.group(1).upper() not in (b"UTF-8", b"US-ASCII")):
        return _wrong_encoding(stelle)
    if (ort := inhalt.find(b"<!DOCTYPE")) >= 0:
        zeile = inhalt.count(b"\n", 0, ort) + 1
        return sperre("XML_DOCTYPE", "Die Datei enthält eine DOCTYPE-Angabe; solche Dateien werden nicht gelesen.",
                      "Die DOCTYPE-Angabe entfernen.", Stelle(datei, zeile))  # fmt: skip
    return None


def _parse(inhalt: bytes, datei: str, handle: _Verarbeitung) -> Iterator[Gelesen]:
    ereignisse = etree.iterparse(
        io.BytesIO(inhalt), events=("end",), tag=(ANTRAG, DATEIKOPF), remove_comments=True, remove_pis=True,
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
    )  # fmt: skip
    nummer = 0
    kopf_gesehen = False
    vorher: etree._Element | None = None
    try:
        for _, element in ereignisse:
            eltern = element.getparent()
            if eltern is None or eltern.getparent() is not None:
                continue  # nested deeper: the record around it is refused by the schema
            yield from _discard(vorher, datei)
            vorher = element
            if element.tag == ANTRAG:
                nummer += 1
                yield handle(element, nummer, datei)
            else:
                zu_spaet = (_misplaced_head(element, datei),) if nummer or kopf_gesehen else ()
                kopf_gesehen = True
                gelesen = handle(element, 0, datei)
                yield dataclasses.replace(gelesen, befunde=gelesen.befunde + zu_spaet)
    except etree.XMLSyntaxError as fehler:
        yield Gelesen(None, 0, (_syntax_error(fehler, datei),))
        return
    yield from _discard(vorher, datei)
    rest = _check_shell(ereignisse.root, nummer, datei)
    if rest:
        yield Gelesen(None, 0, rest)


def _discard(element: etree._Element | None, datei: str) -> Iterator[Gelesen]:
    """Take a finished record out of the tree; only now is the text behind it known."""
    if element is None:
        return
    if element.tail and element.tail.strip():
        befund = sperre(*stray_text("Hinter einem Antrag steht Text."), _place(datei, element))
        yield Gelesen(None, 0, (befund,))
    eltern = element.getparent()
    if eltern is not None:
        eltern.remove(element)


def _place(datei: str, element: Any) -> Stelle:
    return Stelle(datei, element.sourceline)


def _misplaced_head(element: etree._Element, datei: str) -> Befund:
    text = "Der Dateikopf steht nicht als Einziger vor den Anträgen."
    return sperre(*misplaced(text, "Genau einen Dateikopf an den Anfang stellen."), _place(datei, element))


def _read_record(element: etree._Element, nummer: int, datei: str) -> Gelesen:
    if befunde := tuple(validate_antrag(element, nummer, datei)):
        return Gelesen(None, nummer, befunde)
    return Gelesen(read_antrag(element) if nummer else read_dateikopf(element), nummer, ())


def _check_record(element: etree._Element, nummer: int, datei: str) -> Gelesen:
    return Gelesen(None, nummer, tuple(validate_antrag(element, nummer, datei)))


def validate_antrag(element: etree._Element, nummer: int, datei: str) -> Iterator[Befund]:
    """Yield in what one application (`nummer` from 1) or file head (0) differs from the schema."""
    if not schema().validate(element):
        yield from _translate(element, nummer, datei)


def _translate(element: etree._Element, nummer: int, datei: str) -> Iterator[Befund]:
    zeichen = element.findtext(f"{{{NAMENSRAUM}}}geschaeftszeichen")
    wer = f"Antrag {nummer}" + (f" ({json_safe(zeichen[:35])})" if zeichen else "") if nummer else "Dateikopf"
    zeilen: set[tuple[int, str]] = set()
    meldungen: Any = schema().error_log
    for fehler in itertools.islice(meldungen, MAX_BEFUNDE):
        ziel = _find(element, fehler.path)
        code, text, abhilfe = sentence(fehler, path_of(ziel, element), ziel.text or "")
        if (fehler.line, path_of(ziel, element)) in zeilen:
            continue  # libxml2 reports a second error that only follows from the first
        zeilen.add((fehler.line, path_of(ziel, element)))
        yield sperre(code, f"{wer}: {text}", abhilfe, Stelle(datei, fehler.line or None))


def _find(element: etree._Element, pfad: str | None) -> etree._Element:
    """Follow libxml2's positional path (/*/*[5]/*[2]) down from the record."""
    for stufe in re.findall(r"/\*(?:\[(\d+)\])?", pfad or "")[1:]:
        element = element[int(stufe or 1) - 1]
    return element


def _syntax_error(fehler: Any, datei: str) -> Befund:
    stelle = Stelle(datei, fehler.lineno or None)
    meldung = json_safe(fehler.msg or "")
    if "depth" in meldung.lower():
        return sperre(
            "XML_TIEFE",
            "Die Datei ist zu tief verschachtelt.",
            "Nur Anträge nach dem Schema verwenden.",
            stelle,
        )
    if "encoding" in meldung.lower() or "UTF-8" in meldung:
        return _wrong_encoding(stelle)
    return _malformed(
        "Die Datei ist kein wohlgeformtes XML oder sie ist abgeschnitten.",
        "Die Datei neu erzeugen oder den Aufbau an dieser Stelle berichtigen.",
        stelle,
    )


def _wrong_encoding(stelle: Stelle) -> Befund:
    return sperre(
        "XML_KODIERUNG", "Die Datei ist nicht als UTF-8 gespeichert.", "Als UTF-8 speichern.", stelle
    )


def _malformed(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    return sperre("XML_AUFBAU", text, abhilfe, stelle)


def _check_shell(wurzel: Any, zahl: int, datei: str) -> tuple[Befund, ...]:
    """Check what is left when all records are taken out: the root alone."""
    stelle = _place(datei, wurzel)
    if wurzel.tag != WURZEL:
        text = f"Die Datei ist kein Mahnantrag; sie beginnt mit „{_name(wurzel)}“."
        abhilfe = f"Erwartet wird „mahnantraege“ im Namensraum {NAMENSRAUM}."
        return (sperre("XML_WURZEL", text, abhilfe, stelle),)
    befunde = []
    for kind in itertools.islice(wurzel.iterchildren(tag=etree.Element), MAX_BEFUNDE):
        text = f"„{_name(kind)}“ steht hier nicht richtig."
        abhilfe = "Erlaubt sind „dateikopf“ und „antrag“."
        befunde.append(sperre(*misplaced(text, abhilfe), _place(datei, kind)))
    if any(not name.startswith(_XSI) for name in wurzel.attrib):
        text = "„mahnantraege“ trägt ein unbekanntes Attribut."
        befunde.append(sperre(*unknown_attribute(text), stelle))
    if wurzel.text and wurzel.text.strip():
        befunde.append(sperre(*stray_text("Vor dem ersten Antrag steht Text."), stelle))
    if zahl == 0:
        text = "Die Datei enthält keinen Antrag."
        befunde.append(sperre(*missing(text, "Mindestens einen Antrag aufnehmen."), stelle))
    return tuple(befunde)


def _name(element: Any) -> str:
    return json_safe(str(etree.QName(element).localname))[:60]
