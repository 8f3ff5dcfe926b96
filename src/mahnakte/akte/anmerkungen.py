"""Comments and form fields that the bound page does not show: what a reader draws only on the screen, or not at all.

An annotation without an appearance of its own (`/AP`) is drawn by some programs and by others not; the text of a
note stands in a small window. Neither comes along when annotations are set into the page, so a person must know.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PageObject
from pypdf.generic import ArrayObject, DictionaryObject

from mahnakte.grund.text import squeeze

_HIDDEN = 1 << 1  # ISO 32000-1, table 165: shown by no program
_PASSWORD = 1 << 13  # table 228
_NOTHING_TO_SEE = ("/Link", "/Popup", "/TrapNet", "/PrinterMark")


def loses_anmerkung(seiten: Sequence[PageObject], texte: Sequence[str | None]) -> bool:
    """Tell whether a page had an annotation or a filled field that the bound page (its text) does not show."""
    return any(
        _is_lost(anmerkung, squeeze(text or ""))
        for seite, text in zip(seiten, texte, strict=True)
        for anmerkung in _annotations(seite)
    )


def _annotations(seite: PageObject) -> Iterator[DictionaryObject]:
    liste = seite.get("/Annots")
    liste = liste.get_object() if liste is not None else None
    for verweis in liste if isinstance(liste, ArrayObject) else ():
        anmerkung = verweis.get_object()
        if isinstance(anmerkung, DictionaryObject) and not _flags(anmerkung, "/F") & _HIDDEN:
            yield anmerkung


def _is_lost(anmerkung: DictionaryObject, text: str) -> bool:
    art = anmerkung.get("/Subtype")
    if art in _NOTHING_TO_SEE:
        return False
    if art == "/Widget":
        return _is_lost_field(anmerkung, text)
    inhalt = anmerkung.get("/Contents")
    steht_da = squeeze(str(inhalt)) in text if inhalt else False
    return not steht_da and (bool(inhalt) or "/AP" not in anmerkung)


def _is_lost_field(feld: DictionaryObject, text: str) -> bool:
    """A field holds its value itself or in its parent; a tick without appearance is drawn by no reader we know."""
    art, wert = _inherited(feld, "/FT"), _inherited(feld, "/V")
    if art in ("/Tx", "/Ch"):
        geheim = _flags(feld, "/Ff") & _PASSWORD
        return isinstance(wert, str) and not geheim and squeeze(wert) not in text
    return art == "/Btn" and "/AP" not in feld and wert not in (None, "/Off")


def _inherited(feld: DictionaryObject, name: str) -> Any:
    eltern = feld.get("/Parent")
    wert = feld.get(name)
    if wert is None and eltern is not None:
        wert = eltern.get_object().get(name)
    return wert.get_object() if wert is not None else None


def _flags(anmerkung: DictionaryObject, name: str) -> int:
    wert = anmerkung.get(name)
    return wert if isinstance(wert, int) else 0
