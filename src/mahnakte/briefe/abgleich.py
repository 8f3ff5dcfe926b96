"""A letter that a person changed in Word, held against the letter as it was: words may differ, facts may not.

Compared is the text of the pages. Facts are sums, accounts, days, and every sentence that cites a paragraph: what the
law has a letter say stands in those.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from mahnakte.briefe.ton.text import find_betraege, normalize_text, split_text
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import MONATE

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_TAG = re.compile(r"\b(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b")
_LANGER_TAG = re.compile(rf"\b(\d{{1,2}})\. ?({'|'.join(MONATE)}) (\d{{4}})\b")
_TRENNUNG = re.compile(r"(?<=\w)[\u00ad\ufffe-]\s*\n\s*(?=[a-zäöüß])")


def compare_facts(vorher: Iterable[str], nachher: Iterable[str]) -> Iterator[str]:
    """Yield each fact of the pages `vorher` that `nachher` lacks, and the reverse, as the end of a sentence."""
    alt, neu = join_seiten(vorher), join_seiten(nachher)
    for was, find in _TATSACHEN.items():
        davor, danach = find(alt), find(neu)
        for wert in sorted(davor - danach):
            yield f"{was} {wert} fehlt"
        for wert in sorted(danach - davor):
            yield f"{was} {wert} stand nicht darin"
    eng = _squeeze(neu)
    for satz in split_text(normalize_text(alt)):
        if "§" in satz and _squeeze(satz) not in eng:
            yield f"der Satz „{satz}“ fehlt oder ist geändert"


def find_days(text: str) -> set[tuple[int, int, int]]:
    """Return the days a text names, in figures or with the month's name, as (year, month, day)."""
    genannt = {(int(jahr), int(monat), int(tag)) for tag, monat, jahr in _TAG.findall(text)}
    genannt |= {
        (int(jahr), MONATE.index(monat) + 1, int(tag)) for tag, monat, jahr in _LANGER_TAG.findall(text)
    }
    return {tag for tag in genannt if _is_day(tag)}


def _is_day(tag: tuple[int, int, int]) -> bool:
    try:
        dt.date(*tag)
    except ValueError:
        return False
    return True


def find_sums(text: str) -> set[Decimal]:
    """Return the amounts of money a text names."""
    return {betrag for _, betrag in find_betraege(text)}


def find_ibans(text: str) -> set[str]:
    """Return the accounts a text names, without spaces."""
    return {treffer.replace(" ", "") for treffer in _IBAN.findall(text)}


_TATSACHEN: dict[str, Callable[[str], set[str]]] = {
    "der Betrag": lambda text: {format_euro(betrag) for betrag in find_sums(text)},
    "das Konto": find_ibans,
    "der Tag": lambda text: {f"{tag:02d}.{monat:02d}.{jahr:04d}" for jahr, monat, tag in find_days(text)},
}


def join_seiten(seiten: Iterable[str]) -> str:
    """Return the text in one run: where a line ends depends on the words before it."""
    text = "\n".join(seiten).replace("\r\n", "\n")
    return normalize_text(_TRENNUNG.sub("", text))


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)
