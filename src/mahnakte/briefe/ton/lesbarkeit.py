"""Readability: the Wiener Sachtextformel and the Flesch index in Amstad's German version, both from `textstat`.

The only module that knows the library. It counts syllables with enclosed German patterns and reaches for nothing on
the net: its English dictionary is not used. Runs in the worker, because the library takes a second to load.
"""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from mahnakte.briefe.ton.text import Ort, Satz
from mahnakte.briefe.ton.woerter import read_grenze
from mahnakte.grund.befund import Befund, Schwere, Stelle

_ZEHNTEL = Decimal("0.1")
_VARIANTE = 1  # of the four Wiener Sachtextformeln: the one with all four counts
MIN_WOERTER = 4  # fewer words are a label or a line of an address, no sentence


@dataclasses.dataclass(frozen=True, slots=True)
class Index:
    """How hard a text reads. `wiener`: school year (4 to 15); `amstad`: 0 hard to 100 easy."""

    wiener: Decimal
    amstad: Decimal
    woerter: int
    saetze: int

    def as_json(self) -> dict[str, str | int]:
        """Return the form of the JSON contract."""
        return {
            "wiener_sachtextformel": str(self.wiener),
            "flesch_amstad": str(self.amstad),
            "woerter": self.woerter,
            "saetze": self.saetze,
        }


def compute_index(saetze: Iterable[Satz]) -> Index | None:
    """Return the index of the sentences of the letter itself, or None when there are too few words to measure."""
    texte = [_plain(satz) for satz in saetze if satz.absatz.ort is Ort.TEXT and satz.woerter >= MIN_WOERTER]
    texte = [text for text in texte if len(text.split()) >= MIN_WOERTER]
    woerter = sum(len(text.split()) for text in texte)
    if woerter < read_grenze("index_woerter"):
        return None
    text = " ".join(f"{einer}." for einer in texte)
    rechner = _textstat()
    return Index(
        _tenth(rechner.wiener_sachtextformel(text, _VARIANTE)),
        _tenth(rechner.flesch_reading_ease(text)),
        woerter,
        len(texte),
    )


def check_lesbarkeit(datei: str, index: Index | None) -> Iterator[Befund]:
    """Yield a finding when the text is too hard for everybody to read."""
    if index is None:
        return
    for schwere, name in ((Schwere.WARNUNG, "index_warnung"), (Schwere.HINWEIS, "index_hinweis")):
        if index.wiener > read_grenze(name):
            yield Befund(
                "TON_LESBARKEIT",
                schwere,
                f"Der Brief liest sich schwer: Wiener Sachtextformel {_comma(index.wiener)} (Schulstufe), "
                f"Flesch-Index {_comma(index.amstad)}; Grenze {read_grenze(name)}.",
                "Besser: Kürzere Sätze, kürzere Wörter, Tätigkeiten statt Hauptwörter auf -ung.",
                Stelle(datei),
            )
            return


def _plain(satz: Satz) -> str:
    """Return the words of a sentence: no numbers, no dots inside; a placeholder counts as a word."""
    text = re.sub(r"‹[^›]*›", "Wert", satz.text)
    text = re.sub(r"\S+@\S+|\S*\d\S*", " ", text)
    return " ".join(re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", text))


def _tenth(wert: float) -> Decimal:
    return Decimal(str(wert)).quantize(_ZEHNTEL)


def _comma(wert: Decimal) -> str:
    return str(wert).replace(".", ",")


@functools.cache
def _textstat() -> Any:
    from textstat.textstat import textstatistics

    rechner = textstatistics()
    rechner.set_lang("de_DE")
    return rechner
