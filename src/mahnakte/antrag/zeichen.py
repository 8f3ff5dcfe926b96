"""The characters that a court record can hold, and what to write instead of the others.

Allowed is printable ASCII with äöüÄÖÜß and §, a subset of code page 850. The code page has more
letters (é, ñ, ø), but the courts' list does not name them, so they count as foreign.
"""

import re
import unicodedata

UMLAUTE = "äöüÄÖÜß§"
ERLAUBT = frozenset([*map(chr, range(0x20, 0x7F)), *UMLAUTE])

_FREMD = re.compile(f"[^ -~{UMLAUTE}]")

# What people see as the same sign. Replacing these changes no name and no meaning.
_SATZZEICHEN = {
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "„": '"', "“": '"', "”": '"', "«": '"', "»": '"',
    "’": "'", "‘": "'", "‚": "'", "´": "'", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ",
    "\t": " ", "\n": " ", "×": "x", "•": "-", "·": "-",
}  # fmt: skip

# Letters without a decomposition, and signs with a usual spelling.
_BUCHSTABEN = {
    "€": "EUR", "ẞ": "SS", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "Æ": "AE", "æ": "ae",
    "Œ": "OE", "œ": "oe", "ı": "i", "Þ": "Th", "þ": "th", "Ð": "D", "ð": "d", "№": "Nr.", "²": "2", "³": "3",
    "½": "1/2", "°": " Grad",
}  # fmt: skip


def is_allowed(text: str) -> bool:
    """Tell whether a court record can hold every character of the text as it stands."""
    if (
        text.isascii() and text.isprintable()
    ):  # blank to tilde: most records, and much quicker than the search
        return True
    return _FREMD.search(text) is None


def find_foreign(text: str) -> tuple[str, ...]:
    """Return the characters that no court record can hold, each once, in order of appearance."""
    return tuple(dict.fromkeys(_FREMD.findall(unicodedata.normalize("NFC", text))))


def plain_punctuation(text: str) -> str:
    """Replace dashes, quotes and special blanks by their plain forms; letters stay as they are."""
    return "".join(_SATZZEICHEN.get(zeichen, zeichen) for zeichen in unicodedata.normalize("NFC", text))


def propose(text: str) -> str:
    """Return the text with allowed characters only, as a proposal that a person must confirm."""
    vorschlag = _FREMD.sub(lambda treffer: _substitute(treffer.group()), plain_punctuation(text))
    return " ".join(vorschlag.split())


def _substitute(zeichen: str) -> str:
    if zeichen in _BUCHSTABEN:
        return _BUCHSTABEN[zeichen]
    zerlegt = unicodedata.normalize("NFKD", zeichen)
    return "".join(teil for teil in zerlegt if teil in ERLAUBT)


def describe_foreign(zeichen: tuple[str, ...]) -> str:
    """Name characters for a sentence: „ń“ (U+0144), invisible ones by their number only."""
    return ", ".join(
        f"„{einzeln}“ (U+{ord(einzeln):04X})" if einzeln.isprintable() else f"U+{ord(einzeln):04X}"
        for einzeln in zeichen
    )
