"""The application as XML after `schemas/mahnantrag.xsd`: build and read back.

Elements are named like the fields of `modell`, in the same order, so one table derived from the records
serves both directions; it cannot forget a field in one of them.
"""

import dataclasses
import datetime as dt
import enum
import functools
import io
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from lxml import etree

from mahnakte.antrag import modell
from mahnakte.antrag.modell import Dateikopf, Gericht, Mahnantrag

NAMENSRAUM = "urn:mahnakte:mahnantrag:1"
WURZEL = f"{{{NAMENSRAUM}}}mahnantraege"
ANTRAG = f"{{{NAMENSRAUM}}}antrag"
DATEIKOPF = f"{{{NAMENSRAUM}}}dateikopf"

# Plural of the record's field -> the element, which names one of them.
_EINZAHL = {
    "hauptforderungen": "hauptforderung",
    "nebenforderungen": "nebenforderung",
    "reste": "rest",
}
# Either-or fields: the element's name says which of the two records stands there.
_ODER = {
    modell.Person: "person",
    modell.Firma: "firma",
    modell.Katalogforderung: "katalogforderung",
    modell.SonstigerAnspruch: "sonstiger_anspruch",
}


@dataclasses.dataclass(frozen=True, slots=True)
class _Zuordnung:
    """How one field becomes elements: for text a tag and two functions, for records a tag for each type."""

    feld: str
    mehrfach: bool
    tag: str = ""
    satzarten: Mapping[type, str] = dataclasses.field(default_factory=dict)
    to_text: Callable[[Any], str] = str
    from_text: Callable[[str], Any] = str


def write_xml(antraege: Iterable[Mahnantrag], dateikopf: Dateikopf | None = None) -> bytes:
    """Write applications as one UTF-8 file, two blanks a level, one after the other (small memory)."""
    ziel = io.BytesIO()
    with etree.xmlfile(ziel, encoding="UTF-8") as datei:
        datei.write_declaration()
        with datei.element(WURZEL, nsmap={None: NAMENSRAUM}):
            if dateikopf is not None:
                _write_child(datei, "dateikopf", dateikopf)
            for antrag in antraege:
                _write_child(datei, "antrag", antrag)
            datei.write("\n")
    return ziel.getvalue()


def _write_child(datei: Any, name: str, satz: object) -> None:
    element = build_element(name, satz)
    etree.indent(element, space="  ", level=1)
    datei.write("\n  ")
    datei.write(element)


def build_element(name: str, satz: object) -> etree._Element:
    """Build the element of one record of the model, for example `build_element("antrag", antrag)`."""
    element = etree.Element(f"{{{NAMENSRAUM}}}{name}", nsmap={None: NAMENSRAUM})  # type: ignore[dict-item]
    _fill(element, satz)
    return element


def _fill(element: etree._Element, satz: Any) -> None:
    satzart: Any = type(satz)
    for zuordnung in _plan(satzart):
        inhalt = getattr(satz, zuordnung.feld)
        if inhalt is None or inhalt == "" or inhalt == ():
            continue
        for wert in inhalt if zuordnung.mehrfach else (inhalt,):
            if zuordnung.tag:
                etree.SubElement(element, zuordnung.tag).text = zuordnung.to_text(wert)
            else:
                _fill(etree.SubElement(element, zuordnung.satzarten[type(wert)]), wert)


def read_antrag(element: etree._Element) -> Mahnantrag:
    """Read one application from its element, valid against the schema and without comments."""
    return typing.cast("Mahnantrag", _read(element, Mahnantrag))


def read_dateikopf(element: etree._Element) -> Dateikopf:
    """Read the file head from its element, which must be valid against the schema."""
    return typing.cast("Dateikopf", _read(element, Dateikopf))


def _read(element: etree._Element, satzart: type) -> object:
    felder: dict[str, Any] = {}
    mehrfache: set[str] = set()
    zuordnungen = _by_element(satzart)
    for kind in element:
        zuordnung, unterart = zuordnungen[kind.tag]
        wert = zuordnung.from_text(kind.text or "") if unterart is None else _read(kind, unterart)
        if zuordnung.mehrfach:
            felder.setdefault(zuordnung.feld, []).append(wert)
            mehrfache.add(zuordnung.feld)
        else:
            felder[zuordnung.feld] = wert
    for feld in mehrfache:
        felder[feld] = tuple(felder[feld])
    return satzart(**felder)


@functools.cache
def _by_element(satzart: Any) -> dict[str, tuple[_Zuordnung, type | None]]:
    gefunden: dict[str, tuple[_Zuordnung, type | None]] = {}
    for zuordnung in _plan(satzart):
        if zuordnung.tag:
            gefunden[zuordnung.tag] = (zuordnung, None)
        for unterart, tag in zuordnung.satzarten.items():
            gefunden[tag] = (zuordnung, unterart)
    return gefunden


@functools.cache
def _plan(satzart: Any) -> tuple[_Zuordnung, ...]:
    arten = typing.get_type_hints(satzart, include_extras=True)
    return tuple(_assign(feld.name, arten[feld.name]) for feld in dataclasses.fields(satzart))


def _assign(feld: str, art: Any) -> _Zuordnung:
    mehrfach = typing.get_origin(art) is tuple
    moegliche = _alternatives(typing.get_args(art)[0] if mehrfach else art)
    name = _EINZAHL.get(feld, feld)
    if len(moegliche) > 1:
        return _Zuordnung(feld, mehrfach, satzarten={teil: _tag(_ODER[teil]) for teil in moegliche})
    einzige = moegliche[0]
    if dataclasses.is_dataclass(einzige) and einzige is not Gericht:
        return _Zuordnung(feld, mehrfach, satzarten={einzige: _tag(name)})  # type: ignore[dict-item]
    to_text, from_text = _text_functions(einzige)
    return _Zuordnung(feld, mehrfach, _tag(name), to_text=to_text, from_text=from_text)


def _tag(name: str) -> str:
    return f"{{{NAMENSRAUM}}}{name}"


def _alternatives(art: Any) -> list[Any]:
    if isinstance(art, types.UnionType) or typing.get_origin(art) is typing.Union:
        return [teil for teil in typing.get_args(art) if teil is not type(None)]
    return [art]


def _text_functions(art: Any) -> tuple[Callable[[Any], str], Callable[[str], Any]]:
    if typing.get_origin(art) is typing.Annotated:
        return functools.partial(_exact, art.__metadata__[0].anzahl), Decimal
    if isinstance(art, type) and issubclass(art, enum.StrEnum):
        return str, art
    return _EINFACHE[art]


def _exact(stellen: int, zahl: Decimal) -> str:
    """Write a number with fixed decimals; a number with more of them must not be cut silently."""
    text = f"{zahl:.{stellen}f}"
    if Decimal(text) != zahl:
        raise ValueError(f"{zahl} hat mehr als {stellen} Nachkommastellen")
    return text


def _read_gericht(text: str) -> Gericht:
    plz, _, ort = text.partition(" ")
    return Gericht(plz, ort)


_EINFACHE: dict[Any, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    str: (str, str),
    int: (str, int),
    bool: (lambda ja: "ja" if ja else "nein", lambda text: text == "ja"),
    dt.date: (dt.date.isoformat, lambda text: dt.date.fromisoformat(text.strip())),
    Gericht: (lambda gericht: f"{gericht.plz} {gericht.ort}", _read_gericht),
}
