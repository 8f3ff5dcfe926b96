"""Apply all rules: to one application, and to a collective file."""

import dataclasses
import functools
from collections.abc import Iterable, Iterator

from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.regeln import forderungen, gericht, kosten, parteien, vertretung, zinsen
from mahnakte.antrag.regeln.register import REGELN, Pruefrahmen, Regel, apply_regeln
from mahnakte.grund.befund import Befund, Schwere

# Importing a module registers its rules; this is their order in the table, whoever was imported first.
_MODULE = (parteien, vertretung, gericht, forderungen, zinsen, kosten)

SAMMELREGELN = (
    ("GESCHAEFTSZEICHEN_DOPPELT", "Dasselbe Geschäftszeichen in zwei Anträgen einer Datei", "EDA C01, TGZ"),
    ("MAHNGERICHTE_GEMISCHT", "Verschiedene Mahngerichte in einer Datei", "§ 689 Abs. 2, 3 ZPO"),
)


@functools.cache
def list_regeln() -> tuple[Regel, ...]:
    """Return all rules over one application, in the order of the table in the docs."""
    namen = [modul.__name__ for modul in _MODULE]
    return tuple(sorted(REGELN.values(), key=lambda regel: namen.index(regel.pruefe.__module__)))


def check_antrag(antrag: Mahnantrag, rahmen: Pruefrahmen) -> tuple[Befund, ...]:
    """Return what a court would object to in one application."""
    return tuple(dict.fromkeys(apply_regeln(list_regeln(), antrag, rahmen)))


def check_sammelantrag(antraege: Iterable[Mahnantrag], rahmen: Pruefrahmen) -> Iterator[Befund]:
    """Yield the findings of each application of a file, named by number, and those of the file as a whole."""
    zeichen: dict[str, int] = {}
    gerichte: dict[str, int] = {}
    for nummer, antrag in enumerate(antraege, start=1):
        wer = f"Antrag {nummer}" + (f" ({antrag.geschaeftszeichen})" if antrag.geschaeftszeichen else "")
        for befund in check_antrag(antrag, rahmen):
            yield dataclasses.replace(befund, text=f"{wer}: {befund.text}")
        if antrag.geschaeftszeichen and antrag.geschaeftszeichen in zeichen:
            erster = zeichen[antrag.geschaeftszeichen]
            text = f"{wer} hat dasselbe Geschäftszeichen wie Antrag {erster}"
            yield _whole_file(0, text, "Jedem Antrag ein eigenes Geschäftszeichen geben.")
        zeichen.setdefault(antrag.geschaeftszeichen, nummer)
        gerichte.setdefault(f"{antrag.mahngericht.plz} {antrag.mahngericht.ort}", nummer)
    if len(gerichte) > 1:
        yield _whole_file(1, f"Die Datei enthält Anträge an verschiedene Mahngerichte: {', '.join(gerichte)}",
                          "Je Mahngericht eine eigene Datei schreiben.")  # fmt: skip


def _whole_file(welche: int, text: str, abhilfe: str) -> Befund:
    code, _, quelle = SAMMELREGELN[welche]
    return Befund(code, Schwere.SPERRE, f"{text} ({quelle}).", abhilfe)
