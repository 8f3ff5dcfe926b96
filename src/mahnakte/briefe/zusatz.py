"""A paragraph of one's own in a letter: what a clerk may add, and what the letter's own facts must not be joined by.

Words are free. Sums, accounts and days to come are the letter's own: a second sum, another account or another
deadline beside them would be a demand that no account derives. The tone is checked with the whole letter.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from mahnakte.briefe.abgleich import find_days, find_ibans, find_sums, join_seiten
from mahnakte.grund.befund import Befund, sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum

MAX_ZEICHEN = 1500  # about a third of a page
_ZAHLWORT = (
    r"(?:ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|[a-zäöüß]*(?:zehn|zig|ßig|hundert|tausend))"
    r"[a-zäöüß]*"
)
_BETRAG_IN_WORTEN = re.compile(rf"\b{_ZAHLWORT}\s+(?:euro|cent|prozent)", re.IGNORECASE)
_KONTO_ANDERS = re.compile(
    r"\b(?:iban|blz|bic|kontonummer|paypal)\b|\b(?-i:[a-z]{2})\d{2}(?: ?[a-z0-9]){11,30}\b"
    r"|\b[a-z]{2}\d{2}(?:[.\-][a-z0-9]+){3,}\b",
    re.IGNORECASE,
)
_TAG_ANDERS = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.(?:\d{2})?(?!\s?\d)|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
    r"|\b(?:binnen|innerhalb|in spätestens)\s+(?:von\s+)?\S+\s+(?:tag|woche|monat|stunde)\w*"
    r"|\bbis\s+(?:spätestens\s+)?(?:heute|morgen|übermorgen|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch)\b",
    re.IGNORECASE,
)
_ABSATZ = re.compile(r"\n\s*\n")

_WORTE = {
    "einen Betrag": _BETRAG_IN_WORTEN,
    "ein Konto oder einen Zahlungsweg": _KONTO_ANDERS,
    "eine Frist": _TAG_ANDERS,
}


def split_zusatz(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text: an empty line ends one, a line break within one is a space."""
    return tuple(" ".join(absatz.split()) for absatz in _ABSATZ.split(text) if absatz.strip())


def check_zusatz(absaetze: Iterable[str], seiten: Iterable[str], datum: dt.date) -> Iterator[Befund]:
    """Yield what the paragraphs say beside the facts of the letter; `seiten` are its pages without them."""
    eigenes, brief = "\n\n".join(absaetze), join_seiten(seiten)
    if len(eigenes) > MAX_ZEICHEN:
        yield sperre("ZUSATZ_ZU_LANG", f"Der eigene Absatz hat {len(eigenes)} Zeichen; Platz ist für {MAX_ZEICHEN}.",
                     "Kürzen, oder dem Brief ein eigenes Schreiben beilegen.")  # fmt: skip
    if "{{" in eigenes or "{%" in eigenes:
        yield sperre("ZUSATZ_PLATZHALTER", "Im eigenen Absatz steht ein Platzhalter; ausgefüllt wird er nicht.",
                      "Den Wert ausschreiben oder die Vorlage ändern (docs/vorlagen.md).")  # fmt: skip
    for was, muster in _WORTE.items():
        for treffer in muster.findall(eigenes):
            if " ".join(treffer.split()) not in brief:
                yield sperre("ZUSATZ_IN_WORTEN", f"Der eigene Absatz nennt {was}: „{treffer}“.",
                              "Die Stelle streichen; was gilt, steht im Brief.")  # fmt: skip
    for betrag in sorted(find_sums(eigenes) - find_sums(brief)):
        yield sperre("ZUSATZ_BETRAG", f"Im eigenen Absatz stehen {format_euro(betrag)}, im Brief sonst nicht.",
                     "Den Betrag streichen, oder die Forderung in fall.yaml erfassen.")  # fmt: skip
    for iban in sorted(find_ibans(eigenes) - find_ibans(brief)):
        yield sperre("ZUSATZ_KONTO", f"Im eigenen Absatz steht das Konto {iban}; der Brief nennt ein anderes.",
                     "Das Konto streichen; das richtige steht im Brief.")  # fmt: skip
    for tag in sorted(find_days(eigenes) - find_days(brief)):
        if tag > (datum.year, datum.month, datum.day):
            yield sperre("ZUSATZ_TAG", f"Im eigenen Absatz steht der {_format(tag)}, im Brief sonst nicht.",
                         "Den Tag streichen, oder die Absprache als Ereignis erfassen.")  # fmt: skip


def _format(tag: tuple[int, int, int]) -> str:
    return format_datum(dt.date(*tag))
