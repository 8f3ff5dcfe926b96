"""Finds our numbers in what a payer wrote: across lines that the bank has cut, never inside a longer number.

A number is found `fest` where it stands by itself: nothing before it that could belong to it, no further digits after
it (`RE-2026-117/118` names two invoices). Anything less is only a trace.
"""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

_STUECK = re.compile(r"[^\W_]+")
_ZWISCHEN = r"[\s./_–-]{0,2}"
# Left of a number: the beginning, white space or a sign that introduces it; `Nr.` and `Az.` before it are words.
_FREI_DAVOR = re.compile(r"(?:^|[\s+:;,(#\"'„=]|\b(?:NR|AZ|RG|RNR|RENR|RGNR|RECHNR)\.)$")
_WEITER = re.compile(
    r"\s*[-/+&,;._–]\s*[^\W\d_]{0,6}\d|\s*(?:U|UND|BIS|O|ODER|SOWIE)\b\.?\s*(?:[^\W\d_]+\W*)?\d|[^\W_]"
)
_MIN_ZEICHEN = 5  # a shorter number may stand in a text by chance
_MIN_ZIFFERN = 3
_BLOSSE_ZIFFERN = (
    6  # without a letter or a dash: shorter ones are days, postcodes, customer numbers of others
)


@dataclasses.dataclass(frozen=True, slots=True)
class Fund:
    """A number found in a text, and whether it stands there by itself."""

    nummer: str
    fest: bool


def squeeze_nummer(nummer: str) -> str:
    """Return what is the same in all spellings of a number."""
    return "".join(_STUECK.findall(nummer)).upper()


class Nummernsuche:
    """An index over all numbers: the time of a search does not grow with how many there are."""

    def __init__(self, nummern: Iterable[str]) -> None:
        self._nach_stueck: dict[str, set[str]] = defaultdict(set)
        self._muster: dict[str, re.Pattern[str]] = {}
        self._gestalt: dict[str, re.Pattern[str]] = {}
        self._nach_form: dict[str, set[str]] = defaultdict(set)
        for nummer in nummern:
            stuecke = _STUECK.findall(nummer.upper())
            if is_telling(nummer):
                self._nach_stueck[_key_piece(stuecke)].add(nummer)
                kern = _ZWISCHEN.join(map(re.escape, stuecke))
                self._muster[nummer] = re.compile(rf"(?<!\d){kern}(?!\d)")
                gestalt = _ZWISCHEN.join(map(_shape, stuecke))
                self._gestalt[nummer] = re.compile(rf"(?<![^\W_]){gestalt}(?!\d)")
                self._nach_form[squeeze_nummer(nummer)].add(nummer)
        self._laengen = {len(stueck) for stueck in self._nach_stueck}

    def find_equal(self, referenz: str) -> frozenset[str]:
        """Return the numbers that a reference is as a whole; an RF reference (ISO 11649) is unpacked."""
        form = squeeze_nummer(referenz)
        gefunden = set(self._nach_form.get(form, ()))
        if form.startswith("RF") and _is_rf(form):
            gefunden |= self._nach_form.get(form[4:], set())
        return frozenset(gefunden)

    def search(self, zeilen: Sequence[str]) -> frozenset[Fund]:
        """Return what the lines hold, joined without and with a blank; `fest` in every reading that has it."""
        if not zeilen:
            return frozenset()
        lesarten = {"".join(zeilen).upper(), " ".join(zeile.strip() for zeile in zeilen).upper()}
        feste: dict[str, bool] = {}
        for text in lesarten:
            for nummer, fest in self._search(text):
                feste[nummer] = feste.get(nummer, True) and fest
        return frozenset(Fund(nummer, fest) for nummer, fest in feste.items())

    def _candidates(self, text: str) -> set[str]:
        """Return the numbers of which the text holds the longest piece, wherever it stands."""
        teile = (
            text[ort : ort + laenge] for laenge in self._laengen for ort in range(len(text) - laenge + 1)
        )
        return {nummer for teil in teile for nummer in self._nach_stueck.get(teil, ())}

    def _search(self, text: str) -> list[tuple[str, bool]]:
        treffer: list[tuple[int, int, str]] = []
        for nummer in self._candidates(text):
            treffer += [(t.start(), t.end(), nummer) for t in self._muster[nummer].finditer(text)]
        # What lies inside a longer number of ours is that number.
        aeussere = [
            t for t in treffer
            if not any(a[0] <= t[0] and t[1] <= a[1] and a[1] - a[0] > t[1] - t[0] for a in treffer)
        ]  # fmt: skip
        return [
            (nummer, _stands_alone(text, von, bis) and not self._has_sister(nummer, text, von, bis))
            for von, bis, nummer in aeussere
        ]

    def _has_sister(self, nummer: str, text: str, von: int, bis: int) -> bool:
        """Tell whether the text names another number of the same form, ours or not: then two were paid."""
        genannt = squeeze_nummer(text[von:bis])
        andere = self._gestalt[nummer].finditer(text)
        return any(squeeze_nummer(treffer.group()) != genannt for treffer in andere)


def is_telling(nummer: str) -> bool:
    """Tell whether a number is long enough not to stand in a text by chance."""
    form = squeeze_nummer(nummer)
    ziffern = sum(zeichen.isdigit() for zeichen in form)
    genug = _MIN_ZIFFERN if ziffern < len(form) or len(_STUECK.findall(nummer)) > 1 else _BLOSSE_ZIFFERN
    return len(form) >= _MIN_ZEICHEN and ziffern >= genug


def _shape(stueck: str) -> str:
    """Return a pattern for a piece with other digits; without letters with as many of them, else days would match."""
    if stueck.isdigit():
        return rf"\d{{{len(stueck)}}}" if len(stueck) >= _MIN_ZIFFERN else r"\d+"
    return re.sub(r"\d+", r"\\d+", stueck)


def _key_piece(stuecke: Sequence[str]) -> str:
    """Return the piece of a number by which it is looked up: the longest, of equal ones the last."""
    return max(reversed(stuecke), key=len)


def _stands_alone(text: str, von: int, bis: int) -> bool:
    return _FREI_DAVOR.search(text[max(0, von - 10) : von]) is not None and not _WEITER.match(text, bis)


def _is_rf(form: str) -> bool:
    """Check the two digits of a creditor reference (ISO 11649): modulo 97 of the turned text is 1."""
    gedreht = form[4:] + form[:4]
    if not gedreht.isascii() or not gedreht.isalnum():
        return False
    return int("".join(str(int(zeichen, 36)) for zeichen in gedreht)) % 97 == 1
