"""The vocabulary of lists as data (wortschatz.yaml): our fields, and the words by which columns are headed."""

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Mapping

from mahnakte.grund.datendatei import read_datendatei

PAKET = "mahnakte.eingang.posten"
_UMSCHRIFT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclasses.dataclass(frozen=True, slots=True)
class Feld:
    """What a row may say. `art` tells how its cell is read; `worte` are usual headings, folded, the best first."""

    name: str
    art: str
    sinn: str
    worte: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Wortschatz:
    """All fields, the words of rows that are sums, and the headings of lists condensed by age."""

    felder: Mapping[str, Feld]
    summen: frozenset[str]
    altersklasse: re.Pattern[str]
    keine_sperre: frozenset[str]


@functools.cache
def read_wortschatz() -> Wortschatz:
    """Return the vocabulary."""
    wurzel = read_datendatei(PAKET, "wortschatz.yaml")
    felder = {
        name: Feld(name, knoten.text("art"), knoten.text("sinn"), knoten.texts("worte"))
        for name, knoten in wurzel.children("felder")
    }
    return Wortschatz(
        felder,
        frozenset(wurzel.texts("summen")),
        re.compile(wurzel.text("altersklassen"), re.IGNORECASE),
        frozenset(wurzel.texts("keine_sperre")),
    )


@functools.lru_cache(maxsize=4096)
def fold_kopf(kopf: str) -> str:
    """Return what all spellings of a heading share: letters and digits in small, ä as ae."""
    klein = unicodedata.normalize("NFKC", kopf[:200]).casefold().translate(_UMSCHRIFT)
    return re.sub(r"[^0-9a-z]", "", klein)
