"""Which column of a list means what, where no profile knows it: proposed, confirmed by a person, kept as a file."""

import dataclasses
import json
from collections.abc import Iterator, Mapping

from mahnakte.eingang.posten.wortschatz import fold_kopf, read_wortschatz
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.strict_yaml import Abbildung, Knoten, Skalar, YamlFehler, parse_yaml
from mahnakte.grund.text import json_safe, propose

POSTEN = "posten"
BEWEGUNGEN = "bewegungen"
_ZEILEN = (POSTEN, BEWEGUNGEN)
_SCHLUESSEL = ("zeilen", "blatt", "spalten")
_NUR_BEWEGUNGEN = ("soll", "haben", "richtung", "saldo", "saldo_richtung", "zuordnung")
# What only a profile can say, because the words in these columns differ between programs.
_NUR_PROFIL = ("erledigt", "belegart")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zuordnung:
    """The columns of one kind of list as a person confirmed them. `spalten` maps our field to the column's heading.

    `zeilen`: `posten` where each row is one invoice, `bewegungen` where an invoice, its payments and credits are rows
    of the same number. `blatt` is the sheet of a workbook; empty: the only one that has these columns.
    """

    spalten: Mapping[str, str]
    zeilen: str = POSTEN
    blatt: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zuordnungsvorschlag:
    """A guessed mapping, to be shown and confirmed. `zeile` is the line of the headings `kopf`.

    `beispiele` are the first rows below it as text, `ungelesen` the headings that mean nothing to us, `fragen` what a
    person must look at, as sentences.
    """

    zuordnung: Zuordnung
    zeile: int
    kopf: tuple[str, ...]
    beispiele: tuple[tuple[str, ...], ...]
    ungelesen: tuple[str, ...]
    fragen: tuple[str, ...]


def list_felder(zeilen: str) -> tuple[str, ...]:
    """Return the fields that a mapping may name, for rows of that kind."""
    ohne = _NUR_PROFIL if zeilen == BEWEGUNGEN else (*_NUR_PROFIL, *_NUR_BEWEGUNGEN)
    return tuple(feld for feld in read_wortschatz().felder if feld not in ohne)


def check_spalten(spalten: Mapping[str, str], zeilen: str) -> str:
    """Return what a mapping lacks to give open items, as a sentence, or an empty text."""
    if "nummer" not in spalten:
        return "Die Spalte mit der Rechnungsnummer („nummer“) fehlt."
    if zeilen == BEWEGUNGEN:
        genug = "betrag" in spalten or {"soll", "haben"} <= spalten.keys()
        return "" if genug else "Zu den Bewegungen fehlen „soll“ und „haben“, oder „betrag“ mit Vorzeichen."
    if "offen" in spalten or {"betrag", "bezahlt"} <= spalten.keys():
        return ""
    return (
        "Die Spalte mit dem offenen Betrag („offen“) fehlt; „betrag“ allein sagt nicht, was noch offen ist."
    )


def read_zuordnung(inhalt: bytes, datei: str) -> Zuordnung:
    """Read a mapping file; raise Ablehnung with everything that is wrong with it."""
    try:
        baum = parse_yaml(inhalt, datei)
    except YamlFehler as fehler:
        raise Ablehnung(fehler.befund) from None
    return _Zuordnungsleser(baum, datei).read()


class _Zuordnungsleser:
    """Reads one mapping file and gathers what is wrong with it."""

    def __init__(self, baum: Abbildung, datei: str) -> None:
        self._baum = baum
        self._datei = datei
        self._befunde: list[Befund] = []

    def read(self) -> Zuordnung:
        for schluessel in self._baum.werte:
            if schluessel not in _SCHLUESSEL:
                self._refuse(
                    f"„{json_safe(schluessel)}“ kennt eine Zuordnung nicht.",
                    self._baum.zeilen[schluessel],
                    propose(schluessel, _SCHLUESSEL),
                )
        zeilen = self._read_zeilen()
        spalten = self._read_spalten(zeilen)
        if not self._befunde and (mangel := check_spalten(spalten, zeilen)):
            self._refuse(
                mangel,
                self._baum.zeilen.get("spalten", self._baum.zeile),
                "Die Spalte unter „spalten“ nennen.",
            )
        blatt = self._text("blatt")
        if self._befunde:
            raise Ablehnung(*self._befunde)
        return Zuordnung(spalten=spalten, zeilen=zeilen, blatt=blatt)

    def _read_zeilen(self) -> str:
        zeilen = self._text("zeilen") or POSTEN
        if zeilen not in _ZEILEN:
            self._refuse(
                f"„{json_safe(zeilen[:40])}“ sagt nicht, was eine Zeile ist.",
                self._baum.werte["zeilen"].zeile,
                propose(zeilen, _ZEILEN),
            )
        return zeilen

    def _text(self, schluessel: str) -> str:
        knoten = self._baum.werte.get(schluessel)
        if knoten is None or isinstance(knoten, Skalar):
            return knoten.text if knoten else ""
        self._refuse(
            f"„{schluessel}“ muss ein einfacher Wert sein.", knoten.zeile, "Einen Text dahinter schreiben."
        )
        return ""

    def _read_spalten(self, zeilen: str) -> dict[str, str]:
        knoten = self._baum.werte.get("spalten")
        if not isinstance(knoten, Abbildung):
            self._refuse(
                "Unter „spalten“ steht nicht, welche Spalte was bedeutet.",
                knoten.zeile if knoten else self._baum.zeile,
                "Je Zeile ein Feld und die Überschrift seiner Spalte, zum Beispiel „nummer: Rechnungs-Nr.“.",
            )
            return {}
        return dict(self._iter_spalten(knoten, list_felder(zeilen)))

    def _iter_spalten(self, knoten: Abbildung, bekannt: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for feld, wert in knoten.werte.items():
            zeile = knoten.zeilen[feld]
            if feld not in bekannt:
                self._refuse(
                    f"Das Feld „{json_safe(feld[:40])}“ gibt es hier nicht.", zeile, propose(feld, bekannt)
                )
            elif not self._is_heading(wert):
                self._refuse(
                    f"Zum Feld „{feld}“ fehlt die Überschrift der Spalte.", zeile,
                    "Die Überschrift so schreiben, wie sie in der Liste steht.",
                )  # fmt: skip
            elif isinstance(wert, Skalar):
                yield feld, wert.text

    @staticmethod
    def _is_heading(wert: Knoten) -> bool:
        return isinstance(wert, Skalar) and bool(fold_kopf(wert.text))

    def _refuse(self, text: str, zeile: int, abhilfe: str) -> None:
        self._befunde.append(sperre("ZUORDNUNG_FEHLERHAFT", text, abhilfe, Stelle(self._datei, zeile)))


def write_zuordnung(zuordnung: Zuordnung) -> bytes:
    """Return the mapping file, as `read_zuordnung` reads it."""
    felder = read_wortschatz().felder
    zeilen = ["# Welche Spalte der Liste was bedeutet. Form: docs/einlesen.md", f"zeilen: {zuordnung.zeilen}"]
    if zuordnung.blatt:
        zeilen.append(f"blatt: {_quote(zuordnung.blatt)}")
    zeilen.append("spalten:")
    zeilen += [f"  {feld}: {_quote(kopf)}  # {felder[feld].sinn}" for feld, kopf in zuordnung.spalten.items()]
    return ("\n".join(zeilen) + "\n").encode()


def _quote(text: str) -> str:
    """A JSON string is a YAML string in double quotes."""
    return json.dumps(text, ensure_ascii=False)
