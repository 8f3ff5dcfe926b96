"""Technical terms: allowed when, at one place, the sentence, the one before or the one after explains them."""

import re
from collections.abc import Iterator, Sequence

from mahnakte.briefe.ton.anlass import Anlass
from mahnakte.briefe.ton.text import Satz
from mahnakte.briefe.ton.treffer import make_befund
from mahnakte.briefe.ton.woerter import Eintrag, read_eintraege, read_muster
from mahnakte.grund.befund import Befund

_KLAMMER = re.compile(r"\s*\(\s*[^\W\d]\S*(?:\s+\S+){2,}\s*\)")  # three words or more right behind the term
MIN_DAVOR = 3  # so many words before the bracket can be an explanation


def check_fachwoerter(datei: str, saetze: Sequence[Satz], anlass: Anlass) -> Iterator[Befund]:
    """Yield a finding for each technical term that a private person is not told; once a term, at its first place.

    `saetze` are all sentences of the letter in the order of reading. A term explained at one place is explained.
    """
    stufe = anlass.stufe
    if not anlass.verbraucher or (
        stufe is not None and (stufe.brief.nur_gewerblich or not stufe.brief.an_schuldner)
    ):
        return
    for eintrag in read_eintraege("fachwort"):
        gefunden = [
            (stelle, treffer)
            for stelle, satz in enumerate(saetze)
            if (treffer := eintrag.muster.search(satz.sichtbar))
        ]
        if gefunden and not any(_is_explained(eintrag, saetze, *wo) for wo in gefunden):
            stelle, treffer = gefunden[0]
            worte = saetze[stelle].text[slice(*treffer.span())]
            text = f"{eintrag.warum}; hier fehlt eine Erklärung in einfachen Worten."
            yield make_befund(
                datei, saetze[stelle], eintrag.code, eintrag.schwere, worte, text, f"Besser: {eintrag.besser}"
            )


def _is_explained(eintrag: Eintrag, saetze: Sequence[Satz], stelle: int, treffer: re.Match[str]) -> bool:
    satz = saetze[stelle].text
    if _KLAMMER.match(satz[treffer.end() :]) or _stands_in_brackets(satz, treffer.start()):
        return True
    ohne_wort = f"{satz[: treffer.start()]} | {satz[treffer.end() :]}"
    umgebung = [ohne_wort, *(einer.text for einer in _neighbours(saetze, stelle))]
    allgemein = read_muster("fachwort", "allgemein")
    return any(eintrag.erklaert.search(text) or allgemein.search(text) for text in umgebung)


def _stands_in_brackets(satz: str, stelle: int) -> bool:
    """Tell whether the term is added in brackets to what it means: „… erst am 30.06. zahlen (Stundung)“."""
    davor = satz[:stelle]
    return davor.rfind("(") > davor.rfind(")") and len(davor[: davor.rfind("(")].split()) >= MIN_DAVOR


def _neighbours(saetze: Sequence[Satz], stelle: int) -> Iterator[Satz]:
    """Yield the sentences before and after, where they stand in the same paragraph."""
    for andere in (stelle - 1, stelle + 1):
        if 0 <= andere < len(saetze) and saetze[andere].absatz is saetze[stelle].absatz:
            yield saetze[andere]
