"""The strict YAML reader: every scalar stays text, every node knows its line.

Built on PyYAML's event parser, because the typed loaders turn `plz: 01067` into 567 and `NO` into
False, let the last of two equal keys win, and can be blown up by aliases and nesting. Duplicate keys,
anchors, aliases, tags, merge keys and depth are refused in the same pass.
"""

import dataclasses
from collections.abc import Mapping

import yaml

from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.text import find_unsafe, json_safe, normalize
from mahnakte.grund.yaml_syntax import explain_syntax

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_NODES = 20_000

_LOADER = getattr(yaml, "CLoader", yaml.Loader)


@dataclasses.dataclass(frozen=True, slots=True)
class Skalar:
    """A text and its line. A bare `key:` gives the empty text."""

    text: str
    zeile: int


@dataclasses.dataclass(frozen=True, slots=True)
class Folge:
    """A list and the line on which it starts."""

    eintraege: tuple["Knoten", ...]
    zeile: int


@dataclasses.dataclass(frozen=True, slots=True)
class Abbildung:
    """A mapping: key -> node, with the line of each key and of the first key."""

    werte: Mapping[str, "Knoten"]
    zeilen: Mapping[str, int]
    zeile: int


Knoten = Skalar | Folge | Abbildung


class YamlFehler(Exception):  # noqa: N818 - carries a Befund, like Ablehnung
    """The file is no YAML that this reader accepts; carries the Befund with file and line."""

    def __init__(self, befund: Befund) -> None:
        super().__init__(befund.text)
        self.befund = befund


def parse_yaml(inhalt: bytes, datei: str) -> Abbildung:
    """Read one YAML document whose top is a mapping; raise YamlFehler with file, line and remedy."""
    return _Leser(_decode(inhalt, datei), datei).read()


def _decode(inhalt: bytes, datei: str) -> str:
    if len(inhalt) > MAX_BYTES:
        raise YamlFehler(
            sperre("YAML_ZU_GROSS", f"Die Datei ist größer als {MAX_BYTES // 1000} kB.",
                   "Nur die Angaben zum Fall gehören in diese Datei.", Stelle(datei))
        )  # fmt: skip
    try:
        text = inhalt.decode("utf-8-sig")
    except UnicodeDecodeError as fehler:
        zeile = inhalt[: fehler.start].count(b"\n") + 1
        raise YamlFehler(
            sperre("YAML_KEIN_UTF8", "Die Datei ist nicht als UTF-8 gespeichert.",
                   "Im Editor „Speichern unter“ mit der Kodierung UTF-8 wählen.", Stelle(datei, zeile))
        ) from None  # fmt: skip
    zeilen = text.splitlines() or [""]
    for nummer, zeile_text in enumerate(zeilen, start=1):
        if zeichen := find_unsafe(zeile_text):
            raise YamlFehler(
                sperre("YAML_ZEICHEN", f"Unerlaubtes Steuerzeichen {zeichen}.",
                       "Das unsichtbare Zeichen löschen; meist stammt es aus einer kopierten Zeile.",
                       Stelle(datei, nummer))
            )  # fmt: skip
    return normalize(text)


def _line(ereignis: yaml.Event) -> int:
    return ereignis.start_mark.line + 1 if ereignis.start_mark else 1


class _Leser:
    """One pass over the parser's events. Recursion is bounded by MAX_DEPTH."""

    def __init__(self, text: str, datei: str) -> None:
        self._datei = datei
        self._zeilen = text.splitlines() or [""]
        self._knoten = 0
        self._ereignisse = yaml.parse(text, Loader=_LOADER)

    def read(self) -> Abbildung:
        try:
            wurzel = self._read_document()
        except yaml.YAMLError as fehler:
            raise self._syntax_error(fehler) from None
        except RecursionError:
            raise self._too_deep(1) from None
        if not isinstance(wurzel, Abbildung):
            raise self._refuse(
                "YAML_LEER" if wurzel is None else "YAML_KEINE_ANGABEN",
                "Die Datei ist leer." if wurzel is None else "Die Datei beginnt nicht mit „schlüssel: wert“.",
                wurzel.zeile if wurzel else 1,
                "Die Angaben eintragen (docs/fall-yaml.md), oder die Datei löschen und „mahnakte neu“ aufrufen.",
            )
        return wurzel

    def _read_document(self) -> Knoten | None:
        wurzel: Knoten | None = None
        for ereignis in self._ereignisse:
            if isinstance(ereignis, yaml.DocumentStartEvent):
                if wurzel is not None:
                    raise self._refuse("YAML_MEHRERE", "Die Datei enthält mehrere Dokumente (---).",
                                       _line(ereignis), "Je Fall eine eigene Datei anlegen.")  # fmt: skip
            elif isinstance(ereignis, yaml.NodeEvent):
                wurzel = self._read_node(ereignis, depth=1)
        return wurzel

    def _read_node(self, ereignis: yaml.Event, depth: int) -> Knoten:
        zeile = _line(ereignis)
        self._check(ereignis, depth, zeile)
        if isinstance(ereignis, yaml.ScalarEvent):
            return Skalar(ereignis.value, zeile)
        if isinstance(ereignis, yaml.SequenceStartEvent):
            return self._read_sequence(zeile, depth)
        return self._read_mapping(zeile, depth)

    def _check(self, ereignis: yaml.Event, depth: int, zeile: int) -> None:
        self._knoten += 1
        if self._knoten > MAX_NODES:
            raise self._refuse(
                "YAML_ZU_VIEL",
                f"Die Datei hat mehr als {MAX_NODES} Angaben.",
                zeile,
                "Den Fall auf mehrere Ordner aufteilen; ein Fall hat so viele Angaben nicht.",
            )
        if depth > MAX_DEPTH:
            raise self._too_deep(zeile)
        if isinstance(ereignis, yaml.AliasEvent) or getattr(ereignis, "anchor", None) is not None:
            raise self._refuse(
                "YAML_VERWEIS", "Verweise (& und *) sind nicht erlaubt.", zeile,
                "Den Wert ausschreiben; einen Text, der mit & oder * beginnt, in Anführungszeichen setzen.",
            )  # fmt: skip
        if tag := getattr(ereignis, "tag", None):
            raise self._refuse(
                "YAML_TYP", f"Typangaben (hier {json_safe(str(tag))}) sind nicht erlaubt.", zeile,
                "Das Ausrufezeichen streichen oder den Text in Anführungszeichen setzen.",
            )  # fmt: skip

    def _read_sequence(self, zeile: int, depth: int) -> Folge:
        eintraege: list[Knoten] = []
        for ereignis in self._ereignisse:
            if isinstance(ereignis, yaml.SequenceEndEvent):
                break
            eintraege.append(self._read_node(ereignis, depth + 1))
        return Folge(tuple(eintraege), zeile)

    def _read_mapping(self, zeile: int, depth: int) -> Abbildung:
        werte: dict[str, Knoten] = {}
        zeilen: dict[str, int] = {}
        for ereignis in self._ereignisse:
            if isinstance(ereignis, yaml.MappingEndEvent):
                break
            schluessel = self._read_node(ereignis, depth + 1)
            if not isinstance(schluessel, Skalar) or schluessel.text in ("", "<<"):
                raise self._refuse("YAML_SCHLUESSEL", "Hier fehlt ein Schlüssel vor dem Doppelpunkt.",
                                   schluessel.zeile, "Vor den Doppelpunkt einen Schlüssel schreiben.")  # fmt: skip
            if schluessel.text in werte:
                raise self._refuse(
                    "YAML_DOPPELT",
                    f"Der Schlüssel „{schluessel.text}“ steht zweimal (zuerst in Zeile {zeilen[schluessel.text]}).",
                    schluessel.zeile, "Beide zusammenführen: was unter dem zweiten steht, zum ersten verschieben.",
                )  # fmt: skip
            werte[schluessel.text] = self._read_node(next(self._ereignisse), depth + 1)
            zeilen[schluessel.text] = schluessel.zeile
        return Abbildung(werte, zeilen, zeile)

    def _too_deep(self, zeile: int) -> YamlFehler:
        return self._refuse(
            "YAML_TIEFE", "Die Datei ist zu tief verschachtelt.", zeile,
            "Klammern und Einrückungen mit dem Beispiel in docs/fall-yaml.md vergleichen.",
        )  # fmt: skip

    def _refuse(self, code: str, text: str, zeile: int, abhilfe: str = "") -> YamlFehler:
        return YamlFehler(sperre(code, text, abhilfe, Stelle(self._datei, zeile)))

    def _syntax_error(self, fehler: yaml.YAMLError) -> YamlFehler:
        ursache = explain_syntax(fehler, self._zeilen)
        return self._refuse(ursache.code, ursache.text, ursache.zeile, ursache.abhilfe)
