"""A letter that a person saved in Word, held against the letter as it was set: free are paragraphs of words alone.

Tables, paragraphs with a figure, a paragraph of law or an address of the net, headers, footers and notes stay
word for word, pictures byte for byte, and no type may come in that hides what is written. Both files are read as Word
prints them, independent of where a page ends.
"""

import collections
import dataclasses
import hashlib
import unicodedata
from collections.abc import Iterator, Mapping

from lxml import etree

from mahnakte.satz.bauteile import W
from mahnakte.satz.paket import parse_xml, read_own_paket
from mahnakte.satz.wortvergleich import print_text

_HAUPTTEIL = "word/document.xml"
_STILE = "word/styles.xml"
_RAENDER = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
_FEST = ("§", "@", "://", "www.")
_SCHALTER = frozenset(
    f"{W}{name}" for name in ("strike", "dstrike", "outline", "emboss", "imprint", "shadow")
)
_MIT_WERT = frozenset(f"{W}{name}" for name in ("color", "highlight", "w", "position"))
_GROESSE = f"{W}sz"
_ZEICHNUNG = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_UNAUFFAELLIG = frozenset({(f"{W}color", "auto"), (f"{W}color", "000000"), (f"{W}highlight", "none"),
                           (f"{W}w", "100"), (f"{W}position", "0")})  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Wordfassung:
    """What may not change in a letter, and its free paragraphs."""

    feste: tuple[str, ...]
    freie: tuple[str, ...]
    raender: tuple[str, ...]
    bilder: tuple[tuple[str, ...], ...]
    schrift: frozenset[tuple[str, str]]
    groessen: tuple[int, int]


def read_wordfassung(docx: bytes, name: str) -> Wordfassung:
    """Read a finished DOCX of ours, or one that passed the checks of a template."""
    teile = read_own_paket(docx)
    wurzel = parse_xml(teile[_HAUPTTEIL], _HAUPTTEIL, name)
    raender = [parse_xml(teile[teil], teil, name) for teil in sorted(teile) if _is_rand(teil)]
    stile = [parse_xml(teile[_STILE], _STILE, name)] if _STILE in teile else []
    absaetze = [(_is_fest(absatz), _print(absatz)) for absatz in wurzel.iter(f"{W}p")]
    alle = (wurzel, *raender, *stile)
    return Wordfassung(
        tuple(text for fest, text in absaetze if fest and text),
        tuple(text for fest, text in absaetze if not fest and text),
        tuple(sorted(text for rand in raender for absatz in rand.iter(f"{W}p") if (text := _print(absatz)))),
        _list_bilder(teile, (wurzel, *raender)),
        frozenset(zug for teil in alle for zug in _list_schrift(teil)) - _UNAUFFAELLIG,
        _range([_groesse(e) for teil in alle for e in teil.iter(_GROESSE)]),
    )


def compare_wordfassungen(alt: Wordfassung, neu: Wordfassung) -> Iterator[str]:
    """Yield what differs though it may not, as the end of a sentence."""
    for vorher, nachher in ((alt.feste, neu.feste), (alt.raender, neu.raender)):
        if vorher != nachher:
            yield _name_difference(vorher, nachher)
    if alt.bilder != neu.bilder:
        yield "ein Bild (Logo, Zahlcode) ist ausgetauscht, verschoben, anders groß oder dazugekommen"
    if neu.schrift - alt.schrift or neu.groessen[0] < alt.groessen[0] or neu.groessen[1] > alt.groessen[1]:
        yield "Schrift ist gestaltet wie sonst nirgends im Brief (Farbe, Strich, Markierung, Größe)"


def _is_rand(teil: str) -> bool:
    return teil.startswith(_RAENDER) and teil.endswith(".xml")


def _is_fest(absatz: etree._Element) -> bool:
    text = print_text(absatz)
    return (
        any(unicodedata.category(zeichen)[0] == "N" for zeichen in text)
        or any(zeichen in text.casefold() for zeichen in _FEST)
        or next(absatz.iterancestors(f"{W}tbl"), None) is not None
    )


def _print(absatz: etree._Element) -> str:
    return " ".join(print_text(absatz).split())


def _list_bilder(
    teile: Mapping[str, bytes], wurzeln: tuple[etree._Element, ...]
) -> tuple[tuple[str, ...], ...]:
    """Return the pictures by their bytes, how often one is shown, and every size and place of a drawing."""
    inhalte = sorted(
        hashlib.sha256(b).hexdigest() for name, b in teile.items() if name.startswith("word/media/")
    )
    gezeigt = str(sum(1 for wurzel in wurzeln for _ in wurzel.iter(_BLIP)))
    masse = sorted(
        f"{e.get('cx')} {e.get('cy')}" if e.tag.endswith("extent") else e.text or ""
        for wurzel in wurzeln
        for e in wurzel.iter(f"{_ZEICHNUNG}extent", f"{_ZEICHNUNG}posOffset")
    )
    return (tuple(inhalte), (gezeigt,), tuple(masse))


def _list_schrift(wurzel: etree._Element) -> Iterator[tuple[str, str]]:
    for element in wurzel.iter(*_SCHALTER, *_MIT_WERT, f"{W}shd"):
        wert = element.get(f"{W}val") or ""
        if element.tag in _SCHALTER:
            if wert not in ("0", "false", "off"):
                yield element.tag, "an"
        elif element.tag in _MIT_WERT:
            yield element.tag, wert.upper() if element.tag == f"{W}color" and wert != "auto" else wert
        elif (fuellung := (element.get(f"{W}fill") or "auto").upper()) != "AUTO" or wert not in (
            "clear",
            "nil",
        ):
            yield element.tag, f"{wert} {fuellung}"


def _range(groessen: list[int]) -> tuple[int, int]:
    return (min(groessen), max(groessen)) if groessen else (0, 0)


def _groesse(element: etree._Element) -> int:
    wert = element.get(f"{W}val") or ""
    return int(wert) if wert.isdecimal() else 0


def _name_difference(vorher: tuple[str, ...], nachher: tuple[str, ...]) -> str:
    fehlt = next(iter(collections.Counter(vorher) - collections.Counter(nachher)), None)
    if fehlt is not None:
        return f"„{fehlt}“ fehlt oder ist geändert"
    neu = next(iter(collections.Counter(nachher) - collections.Counter(vorher)), None)
    return f"„{neu}“ stand nicht darin" if neu is not None else "Zeilen stehen in anderer Reihenfolge"
