"""Text that Word, XML and EDA can hold: NFC, no control characters, no direction tricks."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Word drops NUL and vertical tab silently, a lone surrogate swallows the rest of the text,
# direction marks make a sum read differently from what is stored, characters without width tell two names apart.
_VERBOTEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2060\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
# PDFium writes U+FFFE (older versions U+0002) for a hyphen at the end of a line, whether it belongs to the word or
# only breaks it.
_ZEILENENDE = re.compile("[\\s\u00ad\u2010\u2011\ufffe\u0002-]+")

_UMSCHRIFT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})  # casefold has made ss of ß
_KURZES_WORT = 4  # in shorter words one letter makes another word
_LANGES_WORT = 8  # in longer ones two slips are still the same word
_MAX_TIPPFEHLER = 2


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


def fold(wort: str) -> str:
    """Return what is the same in all spellings of a word: case, umlauts, and what joins its parts."""
    klein = unicodedata.normalize("NFKC", wort).casefold().translate(_UMSCHRIFT)
    return re.sub(r"[\s._-]+", "_", klein).strip("_: ")


def propose(wort: str, bekannte: Sequence[str], rat: Mapping[str, str] | None = None) -> str:
    """Return the remedy for an unknown word: what people mean by it, the word itself misspelt, or all allowed.

    `rat` says for folded words of everyday language what to write instead. Only a slip of the keys is put right:
    a word of another meaning is never guessed from its letters, nor a number from another number.
    """
    rat = rat or {}
    gefaltet = fold(wort)
    namen = {fold(name): name for name in bekannte}
    if gefaltet in rat and gefaltet not in namen:
        return rat[gefaltet]
    if gemeint := _nearest(gefaltet, namen):
        return means(*(namen[name] for name in gemeint))
    if gemeint := _nearest(gefaltet, rat):
        return rat[gemeint[0]]
    return f"Erlaubt sind: {', '.join(bekannte)}." if bekannte else "Die Zeile streichen."


def means(*namen: str) -> str:
    """Return the sentence that proposes one name, or leaves the choice between several."""
    return f"Gemeint ist wohl {' oder '.join(f'„{name}“' for name in namen)}."


def _nearest(wort: str, namen: Iterable[str]) -> list[str]:
    """Return the names of which the word is a slip of the keys; none when it may be another word."""
    abstand = {name: _count_slips(wort, name) for name in namen if _may_be_slip(wort, name)}
    kleinster = min(abstand.values(), default=_MAX_TIPPFEHLER + 1)
    grenze = _MAX_TIPPFEHLER if len(wort) >= _LANGES_WORT else 1
    return [name for name, zahl in abstand.items() if zahl == kleinster <= grenze]


def _may_be_slip(wort: str, name: str) -> bool:
    """Another number is another thing, another beginning (`un…`, `ab…`, `mb_` and `vb_`) another meaning."""
    if wort == name:
        return True
    gleiche_ziffern = re.findall(r"\d", wort) == re.findall(r"\d", name)
    return gleiche_ziffern and len(wort) >= _KURZES_WORT and wort[:1] == name[:1]


def _count_slips(wort: str, name: str) -> int:
    """Count letters added, left out, changed or swapped with their neighbour (optimal string alignment)."""
    if abs(len(wort) - len(name)) > _MAX_TIPPFEHLER:
        return _MAX_TIPPFEHLER + 1
    davor: list[int] = []
    zeile = list(range(len(name) + 1))
    for i, a in enumerate(wort, start=1):
        neu = [i]
        for j, b in enumerate(name, start=1):
            neu.append(min(zeile[j] + 1, neu[j - 1] + 1, zeile[j - 1] + (a != b)))
            if i > 1 and j > 1 and a == name[j - 2] and wort[i - 2] == b:
                neu[j] = min(neu[j], davor[j - 2] + 1)
        davor, zeile = zeile, neu
    return zeile[-1]
