"""Text that Word, XML and EDA can hold: NFC, no control characters, no direction tricks."""

import difflib
import re
import unicodedata
from collections.abc import Sequence

# Word drops NUL and vertical tab silently, a lone surrogate swallows the rest of the text,
# direction marks make a sum read differently from what is stored, characters without width tell two names apart.
_VERBOTEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2060\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
# PDFium writes U+FFFE (older versions U+0002) for a hyphen at the end of a line, whether it belongs to the word or
# only breaks it.
_ZEILENENDE = re.compile("[\\s\u00ad\u2010\u2011\ufffe\u0002-]+")


def find_unsafe(text: str) -> str | None:
    """Return the first character that must not appear in a document, named (`U+202E`), or None."""
    treffer = _VERBOTEN.search(text)
    return f"U+{ord(treffer.group()):04X}" if treffer else None


def normalize(text: str) -> str:
    """Return the text in NFC, so that the same name is the same bytes on every system."""
    return unicodedata.normalize("NFC", text)


def strip_unsafe(text: str) -> str:
    """Return the text as one line without the characters that must not appear in a document."""
    return " ".join(_VERBOTEN.sub("", text).split())


def squeeze(text: str) -> str:
    """Return a text without white space and hyphens, to compare it with a page: lines end where the engine likes."""
    return _ZEILENENDE.sub("", text)


def json_safe(text: str) -> str:
    """Return the text with unsafe characters made visible, for messages that quote hostile input."""
    return _VERBOTEN.sub(lambda treffer: f"\\u{ord(treffer.group()):04x}", text)


def propose(wort: str, bekannte: Sequence[str]) -> str:
    """Return the remedy for a misspelt word: the nearest known one, else all that are allowed."""
    nahe = difflib.get_close_matches(wort.lower(), [name.lower() for name in bekannte], n=1, cutoff=0.6)
    if nahe:
        return f"Gemeint ist wohl „{nahe[0]}“."
    return f"Erlaubt sind: {', '.join(bekannte)}." if bekannte else "Den Schlüssel streichen."
