"""The CSV dialects of online banking as data (mundarten/*.yaml): how each is recognised and where its columns are."""

import dataclasses
import functools
import importlib.resources
import re
from collections.abc import Mapping, Sequence

from mahnakte.grund.datendatei import Wertknoten, read_datendatei

_PAKET = "mahnakte.eingang.bank"
OHNE_NAMEN = "leer"  # a column whose heading is blank


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mundart:
    """One dialect. `kopf` are columns that its header line has (each with its spellings); none: it has no header.

    `spalten` maps our field to spellings of its column. `zahl`: deutsch, punkt or beides. `vorgemerkt` is the word
    in column `stand` of a row that is not booked yet; rows with a word of `fuss` are no bookings. `muster` takes one
    text apart. `anfang` and `ende` begin the rows that name the balance before the first booking and after the last.
    `ablehnen` says why a known file is no statement.
    """

    name: str
    trenner: str
    datum: str
    zahl: str
    kopf: tuple[tuple[str, ...], ...]
    kopflos: re.Pattern[str] | None
    spalten: Mapping[str, tuple[str, ...]]
    vorgemerkt: str
    fuss: tuple[str, ...]
    muster: re.Pattern[str] | None
    eref: re.Pattern[str] | None
    anfang: str
    ende: str
    ablehnen: str

    def matches(self, zeile: Sequence[str]) -> bool:
        """Tell whether a row is the header line of this dialect."""
        zellen = set(zeile)
        return bool(self.kopf) and all(any(wort in zellen for wort in worte) for worte in self.kopf)

    def locate(self, kopfzeile: Sequence[str]) -> Mapping[str, int]:
        """Return the index of each field's column; the first where a heading stands twice."""
        if self.kopflos is not None:
            return {feld: int(worte[0]) for feld, worte in self.spalten.items()}
        orte: dict[str, int] = {}
        for feld, worte in self.spalten.items():
            gesucht = ("",) if worte == (OHNE_NAMEN,) else worte
            ort = next((kopfzeile.index(wort) for wort in gesucht if wort in kopfzeile), None)
            if ort is not None:
                orte[feld] = ort
        return orte


@functools.cache
def read_mundarten() -> tuple[Mundart, ...]:
    """Return all dialects, those with the longest header first: the more exact one wins."""
    ordner = importlib.resources.files(_PAKET).joinpath("mundarten")
    namen = sorted(datei.name for datei in ordner.iterdir() if datei.name.endswith(".yaml"))
    gelesen = [_read(read_datendatei(_PAKET, f"mundarten/{name}")) for name in namen]
    return tuple(sorted(gelesen, key=lambda mundart: -len(mundart.kopf)))


def _read(knoten: Wertknoten) -> Mundart:
    spalten = dict(knoten.mapping("spalten").scalars()) if "spalten" in knoten.knoten.werte else {}
    return Mundart(
        name=knoten.text("name"),
        trenner=knoten.text("trenner"),
        datum=knoten.find_text("datum") or "",
        zahl=knoten.find_text("zahl") or "deutsch",
        kopf=tuple(_spellings(wort) for wort in knoten.texts("kopf")),
        kopflos=_pattern(knoten, "kopflos"),
        spalten={feld: _spellings(text) for feld, text in spalten.items()},
        vorgemerkt=knoten.find_text("vorgemerkt") or "",
        fuss=knoten.texts("fuss"),
        muster=_pattern(knoten, "muster"),
        eref=_pattern(knoten, "eref"),
        anfang=knoten.find_text("anfang") or "",
        ende=knoten.find_text("ende") or "",
        ablehnen=knoten.find_text("ablehnen") or "",
    )


def _spellings(text: str) -> tuple[str, ...]:
    return tuple(text.split(" | "))


def _pattern(knoten: Wertknoten, schluessel: str) -> re.Pattern[str] | None:
    text = knoten.find_text(schluessel)
    return re.compile(text, re.DOTALL) if text else None
