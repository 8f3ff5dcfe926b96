"""The check of one letter: the door of this package."""

import dataclasses
from collections.abc import Iterable, Iterator

from mahnakte.arten.brief import TONLAGEN
from mahnakte.briefe.ton.anlass import Anlass
from mahnakte.briefe.ton.antwortweg import check_antwortweg
from mahnakte.briefe.ton.fachwort import check_fachwoerter
from mahnakte.briefe.ton.lesbarkeit import Index, check_lesbarkeit, compute_index
from mahnakte.briefe.ton.lesen import read_brieftext
from mahnakte.briefe.ton.satzbau import check_satzbau
from mahnakte.briefe.ton.schritt import check_schritte
from mahnakte.briefe.ton.summe import check_summen
from mahnakte.briefe.ton.text import Brieftext, Ort, Satz, split_saetze
from mahnakte.briefe.ton.treffer import check_woerter
from mahnakte.grund.befund import Befund


@dataclasses.dataclass(frozen=True, slots=True)
class Tonpruefung:
    """What the check of a letter says. `index` is None for a text too short to measure."""

    index: Index | None
    befunde: tuple[Befund, ...]


def check_datei(inhalt: bytes, name: str, anlass: Anlass) -> Tonpruefung:
    """Read the bytes of a DOCX or PDF and check its tone. Runs in a worker; unreadable raises Ablehnung."""
    eigenes = TONLAGEN[anlass.stufe.register] if anlass.stufe else None
    brief = read_brieftext(inhalt, name, eigenes)
    ergebnis = check_ton(brief, anlass)
    if not brief.je_register:
        return ergebnis
    andere = (
        befund
        for nummer, register in enumerate(TONLAGEN)
        if register != eigenes
        for befund in check_ton(read_brieftext(inhalt, name, register), _in_register(anlass, nummer)).befunde
    )
    return dataclasses.replace(ergebnis, befunde=_in_order((*ergebnis.befunde, *andere)))


def _in_register(anlass: Anlass, register: int) -> Anlass:
    """Return the same letter in another register: a debtor or a stage of the plan can have its own."""
    if anlass.stufe is None:
        return anlass
    return dataclasses.replace(anlass, stufe=dataclasses.replace(anlass.stufe, register=register))


def check_ton(brief: Brieftext, anlass: Anlass) -> Tonpruefung:
    """Return all findings about a letter, in the order of its paragraphs, each once."""
    zerlegt = [split_saetze(absatz) for absatz in brief.absaetze]
    erste = [satz for varianten in zerlegt for satz in varianten[0]]
    jeder = list(dict.fromkeys(satz for varianten in zerlegt for variante in varianten for satz in variante))
    index = compute_index(erste)
    befunde = [
        *check_woerter(brief.name, jeder, anlass),
        *check_fachwoerter(brief.name, _reading_order(zerlegt), anlass),
        *check_schritte(brief.name, jeder, anlass),
        *_check_paragraphs(brief, zerlegt),
        *check_summen(brief, jeder),
        *check_antwortweg(brief.name, jeder, anlass),
        *check_lesbarkeit(brief.name, index),
    ]
    return Tonpruefung(index, _in_order(befunde))


def _reading_order(zerlegt: Iterable[tuple[tuple[Satz, ...], ...]]) -> list[Satz]:
    """Return the sentences of the text with all variants of a paragraph one after the other."""
    return [
        satz
        for varianten in zerlegt
        for variante in varianten
        for satz in variante
        if satz.absatz.ort in (Ort.TEXT, Ort.NOTE)
    ]


def _check_paragraphs(brief: Brieftext, zerlegt: Iterable[tuple[tuple[Satz, ...], ...]]) -> Iterator[Befund]:
    for varianten in zerlegt:
        for variante in varianten:
            if variante and variante[0].absatz.ort in (Ort.TEXT, Ort.NOTE):
                yield from check_satzbau(brief.name, variante)


def _in_order(befunde: Iterable[Befund]) -> tuple[Befund, ...]:
    """Drop what the variants of a template say twice; sort by place, what concerns the whole letter last."""
    einmal = {(befund.code, befund.stelle, befund.gegenstand): befund for befund in reversed(list(befunde))}
    return tuple(sorted(einmal.values(), key=_place))


def _place(befund: Befund) -> tuple[bool, int, str]:
    zeile = befund.stelle.zeile if befund.stelle else None
    return (zeile is None, zeile or 0, befund.code)
