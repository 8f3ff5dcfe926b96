"""The text of a letter for the check: paragraphs, lines of its account, sentences.

Words are compared after normalization: soft hyphens and invisible characters are gone, no-break spaces are spaces,
letters set apart (S C H U F A) stand together, typographic ligatures are letters. A placeholder of a template is kept
as `‹name›` and hidden from the patterns.
"""

import dataclasses
import enum
import functools
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.briefe.ton.woerter import read_woerter
from mahnakte.grund.betrag import KeinBetrag, parse_betrag

MAX_ABSATZ = 20_000  # characters; more is no paragraph of a letter
MAX_ABSAETZE = 5_000

_UNSICHTBAR = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe]"
)
_GESPERRT = re.compile(r"(?<!\w)(?:[^\W\d_] ){3,}[^\W\d_](?!\w)")
_PLATZHALTER = re.compile(r"‹[^›]*›")
_BETRAG = re.compile(
    r"(?<![\d.,])(?:(?P<vor>€|EUR)\s?)?(?P<minus>[−-]\s?)?(?P<zahl>\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?|\d+(?:,\d{1,2})?)"
    r"(?:,[-–—]{1,2})?(?P<nach>\s?(?:€|EUR\b|Euro\b))?"
)
_SATZENDE = re.compile(r"(?<=[.!?…])[“\"»)]?\s+(?=[„\"«»(‹]?[A-ZÄÖÜ0-9‹])")
_ORDNUNGSZAHL = re.compile(r"(?<![\d.])(\d{1,2})\.(?=\s)")
_PUNKT = "\u2024"  # one dot leader: stands for a dot that ends no sentence


class Ort(enum.StrEnum):
    """Where a paragraph stands."""

    TEXT = "Text"
    KOPF = "Kopfzeile"
    FUSS = "Fußzeile"
    NOTE = "Fußnote"


@dataclasses.dataclass(frozen=True, slots=True)
class Absatz:
    """A paragraph: its number among the non-empty ones of its place, and every text it can have.

    A finished letter has one text; a template has one for each way its conditions can fall.
    """

    nummer: int
    ort: Ort
    varianten: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Kontozeile:
    """A line of an account in the letter: what it is for, and the amount at its end (None in a template)."""

    text: str
    betrag: Decimal | None


@dataclasses.dataclass(frozen=True, slots=True)
class Brieftext:
    """The text of one file. `vorlage`: it has placeholders; `je_register`: it has wording for several registers."""

    name: str
    absaetze: tuple[Absatz, ...]
    aufstellung: tuple[Kontozeile, ...] = ()
    vorlage: bool = False
    je_register: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Satz:
    """A sentence. `text` is for people, `sichtbar` has the same length with placeholders blanked."""

    absatz: Absatz
    text: str

    @property
    def sichtbar(self) -> str:
        """Return the sentence with every placeholder blanked, for the patterns."""
        return _PLATZHALTER.sub(lambda treffer: "‹" + "·" * (len(treffer.group()) - 2) + "›", self.text)

    @property
    def woerter(self) -> int:
        """Return the number of words; a placeholder counts as one."""
        return len(re.findall(r"\w+(?:[-’'.]\w+)*", _PLATZHALTER.sub("x", self.text)))


def normalize_text(text: str) -> str:
    """Return the text as a reader sees it, on one line."""
    sichtbar = _UNSICHTBAR.sub("", unicodedata.normalize("NFKC", text.replace("…", "\ue000")))
    eng = " ".join(sichtbar.replace("\ue000", "…").split())
    return _GESPERRT.sub(lambda treffer: treffer.group().replace(" ", ""), eng)


def split_saetze(absatz: Absatz) -> tuple[tuple[Satz, ...], ...]:
    """Return the sentences of each variant of a paragraph."""
    return tuple(tuple(Satz(absatz, text) for text in split_text(variante)) for variante in absatz.varianten)


def split_text(text: str) -> list[str]:
    """Cut a paragraph into sentences; dots of abbreviations, dates and ordinals end none."""
    geschuetzt = _abkuerzungen().sub(lambda treffer: treffer.group().replace(".", _PUNKT), text)
    geschuetzt = _ORDNUNGSZAHL.sub(rf"\1{_PUNKT}", geschuetzt)
    return [teil.replace(_PUNKT, ".").strip() for teil in _SATZENDE.split(geschuetzt) if teil.strip()]


@functools.cache
def _abkuerzungen() -> re.Pattern[str]:
    kurz = sorted(read_woerter("sprache").texts("abkuerzungen"), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(wort) for wort in kurz)})")


def find_betraege(text: str) -> Iterator[tuple[str, Decimal]]:
    """Yield each amount of money in a text: as written, and as euro with two decimals, without its sign."""
    for treffer in _BETRAG.finditer(text):
        if not (treffer["vor"] or treffer["nach"]):
            continue
        zahl = treffer["zahl"]
        try:
            betrag = parse_betrag(zahl if "," in zahl else zahl.replace(".", ""))
        except KeinBetrag:
            continue  # more digits than money has
        yield treffer.group().strip(), betrag


def ends_in_betrag(zeile: str) -> Decimal | None:
    """Return the amount that a line ends with, or None."""
    betraege = list(find_betraege(zeile))
    if not betraege or not zeile.rstrip().endswith(betraege[-1][0]):
        return None
    return betraege[-1][1]
