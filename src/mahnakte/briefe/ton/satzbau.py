"""Walls of text: sentences too long, passives in a chain, paragraphs too long."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mahnakte.briefe.ton.text import Satz
from mahnakte.briefe.ton.treffer import make_befund
from mahnakte.briefe.ton.woerter import read_grenze
from mahnakte.grund.befund import Befund, Schwere

_WERDEN = re.compile(r"(?<!\w)(?:werden|wird|wurden?|worden|werde|werdet)(?!\w)", re.IGNORECASE)
# Participles: gemahnt, abgegeben, übergeben, beantragt, informiert. Infinitives on -en are none.
_PARTIZIP = re.compile(
    r"(?<!\w)(?:\w*ge[a-zäöüß]{2,}(?:t|en)|\w{2,}iert"
    r"|(?:be|ver|er|ent|zer|miss|über|unter|wider|hinter)[a-zäöüß]{2,}t)(?!\w)"
)
_KEINE = re.compile(
    r"(?<!\w)(?:gegen|gegenüber\w*|gesamt|gern|gelegen|gericht|nicht|recht|bereit|bericht|vertrag|\w*gegen)(?!\w)",
    re.IGNORECASE,
)


def check_satzbau(datei: str, absatz: Sequence[Satz]) -> Iterator[Befund]:
    """Yield the findings about the sentences of one paragraph."""
    yield from _check_length(datei, absatz)
    yield from _check_paragraph(datei, absatz)
    yield from _check_passive(datei, absatz)


def _check_length(datei: str, absatz: Iterable[Satz]) -> Iterator[Befund]:
    grenze = read_grenze("satz_woerter")
    for satz in absatz:
        if satz.woerter > grenze:
            yield make_befund(
                datei, satz, "TON_SATZ_LANG", Schwere.WARNUNG, satz.text,
                f"Der Satz hat {satz.woerter} Wörter; mehr als {grenze} liest niemand in einem Zug.",
                "Besser: Aus einem Satz zwei machen; der wichtigste Gedanke zuerst.",
            )  # fmt: skip


def _check_paragraph(datei: str, absatz: Sequence[Satz]) -> Iterator[Befund]:
    grenze = read_grenze("absatz_woerter")
    woerter = sum(satz.woerter for satz in absatz)
    if woerter > grenze:
        yield make_befund(
            datei, absatz[0], "TON_ABSATZ_LANG", Schwere.WARNUNG, absatz[0].text,
            f"Der Absatz hat {woerter} Wörter; mehr als {grenze} wirken wie eine Wand.",
            "Besser: Den Absatz nach jedem Gedanken teilen oder Nebensachen streichen.",
        )  # fmt: skip


def _check_passive(datei: str, absatz: Iterable[Satz]) -> Iterator[Befund]:
    im_satz, folge = read_grenze("passiv_im_satz"), read_grenze("passiv_folge")
    kette = 0
    for satz in absatz:
        passive = count_passives(satz.sichtbar)
        kette = kette + 1 if passive else 0
        if passive >= im_satz or kette == folge:
            viele = f"{passive} Passive in einem Satz"
            was = viele if passive >= im_satz else f"{folge} Sätze im Passiv hintereinander"
            yield make_befund(
                datei, satz, "TON_PASSIV", Schwere.WARNUNG, satz.text,
                f"{was}: Wer etwas tut, bleibt im Dunkeln.",
                "Besser: Sagen, wer handelt: „wir“, „Sie“, „das Gericht“.",
            )  # fmt: skip


def count_passives(satz: str) -> int:
    """Count the passives of a sentence: forms of „werden“ that find a participle of their own."""
    hilfsverben = len(_WERDEN.findall(satz))
    partizipien = sum(1 for treffer in _PARTIZIP.finditer(satz) if not _KEINE.fullmatch(treffer.group()))
    return min(hilfsverben, partizipien)
