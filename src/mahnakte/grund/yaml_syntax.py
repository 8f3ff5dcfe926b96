"""Why a YAML file cannot be parsed, as a person sees it: each cause with its own code, line and remedy.

The parser says where it stopped and what it was doing; what went wrong is read from the lines themselves, because its
words are English and differ between its two builds.
"""

import dataclasses
import re

import yaml


@dataclasses.dataclass(frozen=True, slots=True)
class Ursache:
    """One cause: code, sentence, remedy, and the line (1 = first) that a person must change."""

    code: str
    text: str
    abhilfe: str
    zeile: int


_GANZ_IN_ANFUEHRUNG = "Den ganzen Wert in einfache Anführungszeichen setzen: '…'."
_ANFUEHRUNG = "YAML_ANFUEHRUNG"  # quotes that do not pair: one meaning, and two things to do about it
_SAETZE = {
    "offen": (_ANFUEHRUNG, "Das Anführungszeichen in dieser Zeile wird nicht geschlossen.",
              "Dasselbe Zeichen am Ende des Werts ergänzen oder am Anfang löschen."),
    "danach": (_ANFUEHRUNG, "Nach dem schließenden Anführungszeichen steht noch Text.",
               "Den ganzen Wert in einfache Anführungszeichen setzen; ein ' darin verdoppeln."),
    "rueckstrich": ("YAML_RUECKSTRICH", "In doppelten Anführungszeichen hat der Rückstrich \\ eine eigene Bedeutung.",
                    "Einfache Anführungszeichen verwenden ('…') oder / statt \\ schreiben."),
    "tabulator": ("YAML_TABULATOR", "Die Zeile ist mit einem Tabulator eingerückt.",
                  "Den Tabulator durch Leerzeichen ersetzen."),
    "klammer": ("YAML_KLAMMER", "Eine Klammer [ oder { wird hier nicht richtig geschlossen.",
                "Die Klammer mit ] oder } schließen; ist es Text, den Wert in einfache Anführungszeichen setzen."),
    "doppelpunkt": ("YAML_DOPPELPUNKT", "In dieser Zeile fehlt der Doppelpunkt oder das Leerzeichen danach.",
                    "„schlüssel: wert“ schreiben; gehört die Zeile zum Wert darüber, sie dort anfügen."),
    "im_text": ("YAML_DOPPELPUNKT_IM_TEXT", "Im Wert steht noch ein Doppelpunkt mit Leerzeichen.",
                _GANZ_IN_ANFUEHRUNG),
    "anfang": ("YAML_ANFANG", "Mit diesem Zeichen darf ein Wert nicht beginnen.", _GANZ_IN_ANFUEHRUNG),
    "zeile": ("YAML_ZEILE", "Eine Zeile, die mit % oder ... beginnt, gehört nicht in diese Datei.",
              "Die Zeile löschen; eine Bemerkung beginnt mit #."),
    "liste": ("YAML_LISTE", "Die Liste ist hier nicht richtig aufgebaut.",
              "Jeden Eintrag auf einer eigenen Zeile mit „- “ (Strich und Leerzeichen) beginnen, alle gleich weit "
              "eingerückt."),
    "einrueckung": ("YAML_EINRUECKUNG", "Die Zeile ist anders eingerückt, als es an dieser Stelle passt.",
                    "So weit einrücken wie die anderen Schlüssel derselben Gruppe; ein neuer Eintrag einer Liste "
                    "beginnt mit „- “."),
    "unklar": ("YAML_AUFBAU", "Der Aufbau der Datei ist hier nicht zu verstehen.",
               "Mit dem Beispiel in docs/fall-yaml.md vergleichen."),
}  # fmt: skip
_NICHT_AM_ANFANG = tuple("@`%,]}*&!|>")
_ZEILE_FREMD = ("...", "%")
_SCHLUESSEL = re.compile(r"\s*(?:- )*[^:]*:\s+")
_NOCH_EIN_DOPPELPUNKT = re.compile(r"\s*(?:- )*[^'\"\[{#][^#]*?:\s+\S[^#]*?:(?:\s|$)")
_NUR_WORTE = re.compile(r"\s*[^\W\d_][^:#\[\]{}\"']*")


def explain_syntax(fehler: yaml.YAMLError, zeilen: list[str]) -> Ursache:
    """Return what is wrong where the parser stopped; `zeilen` are the lines of the file."""
    marke = getattr(fehler, "problem_mark", None)
    if marke is None or not zeilen:
        return _cause("unklar", 0)
    beginn = getattr(fehler, "context_mark", None) or marke
    kontext = getattr(fehler, "context", None) or ""
    zeile, anfang = (min(stelle.line, len(zeilen) - 1) for stelle in (marke, beginn))
    text, davor = zeilen[zeile], zeilen[zeile - 1] if zeile else ""
    if "\t" in text[: len(text) - len(text.lstrip())]:
        return _cause("tabulator", zeile)
    if "quoted scalar" in kontext:
        gleiche_zeile = zeile == anfang and "\\" in text
        return _cause("rueckstrich" if gleiche_zeile else "offen", anfang)
    if "flow" in kontext:
        return _cause("klammer", anfang)
    if "simple key" in kontext:
        return _cause("doppelpunkt", anfang)
    if text.startswith(_ZEILE_FREMD):
        return _cause("zeile", zeile)
    if davor.startswith(_ZEILE_FREMD):
        return _cause("zeile", zeile - 1)
    if _NUR_WORTE.fullmatch(davor):
        return _cause("doppelpunkt", zeile - 1)
    return _cause(_look(text, marke.column), zeile)


def _look(text: str, spalte: int) -> str:
    """Return the cause that shows in the line at which the parser stopped."""
    if text[:spalte].rstrip().endswith(("'", '"')):
        return "danach"
    if re.search(r":\s+-\s", text):
        return "liste"
    if _SCHLUESSEL.sub("", text, count=1).startswith(_NICHT_AM_ANFANG):
        return "anfang"
    if _NOCH_EIN_DOPPELPUNKT.match(text):
        return "im_text"
    return "liste" if text.lstrip().startswith("-") else "einrueckung"


def _cause(name: str, zeile: int) -> Ursache:
    return Ursache(*_SAETZE[name], zeile + 1)
