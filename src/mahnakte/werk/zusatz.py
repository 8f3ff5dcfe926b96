"""`mahnakte brief --zusatz`: a paragraph of one's own joins a letter after the checks of any letter."""

import pathlib

from mahnakte.ablage.lesen import read_datei
from mahnakte.briefe.ton.schritt import ANGEKUENDIGT
from mahnakte.briefe.zusatz import check_zusatz, split_zusatz
from mahnakte.fall.uebernahme import WORD
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, sperre
from mahnakte.satz.druck import read_pages
from mahnakte.werk.briefpruefung import anlass_of_step, check_letter
from mahnakte.werk.laden import GeladenerFall, Lage
from mahnakte.werk.schreiben import Auftrag, Druckerei

_LAENGSTER_PFAD = 240
_MAX_DATEI = 100_000
# Beside what is always refused: words that announce a step the plan will not take, or a sum that nothing derives.
_NICHT_IM_ZUSATZ = (*ANGEKUENDIGT, "TON_SUMME_")


def read_zusatz(angabe: str) -> tuple[str, ...]:
    """Return the paragraphs of the option: the text itself, or that of the file it names. Raises Ablehnung."""
    if "\n" in angabe or len(angabe) > _LAENGSTER_PFAD or not pathlib.Path(angabe).is_file():
        return split_zusatz(angabe)
    datei = read_datei(pathlib.Path(angabe), hoechstens=_MAX_DATEI)
    try:
        return split_zusatz(datei.inhalt.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Ablehnung(
            sperre("ZUSATZ_KEIN_TEXT", "Die Datei mit dem eigenen Absatz ist kein Text in UTF-8.",
                   "Als Textdatei (UTF-8) speichern, oder den Text selbst hinter --zusatz schreiben.",
                   Stelle(angabe))
        ) from None  # fmt: skip


def add_zusatz(
    druckerei: Druckerei, geladen: GeladenerFall, auftrag: Auftrag, ohne: Vorgangsentwurf, lage: Lage
) -> tuple[Vorgangsentwurf, tuple[Befund, ...]]:
    """Return the letter of `auftrag` with its paragraphs; `ohne` is the same without them. Raises Ablehnung."""
    seiten = [
        seite
        for name in _letters(ohne)
        for seite in read_pages(lage.werkstatt, ohne.dokumente[f"{name.removesuffix(WORD)}.pdf"], name)
    ]
    for befund in check_zusatz(auftrag.zusatz, seiten, ohne.stichtag):
        raise Ablehnung(befund)
    mit, befunde = druckerei.draft(geladen, auftrag)
    bekannt = {(befund.code, befund.gegenstand) for befund in _list_tone(geladen, ohne, lage)}
    neue = [b for b in _list_tone(geladen, mit, lage) if (b.code, b.gegenstand) not in bekannt]
    for befund in neue:
        if befund.schwere is Schwere.SPERRE or befund.code.startswith(_NICHT_IM_ZUSATZ):
            raise Ablehnung(befund)
    return mit, (*befunde, *neue)


def _letters(entwurf: Vorgangsentwurf) -> list[str]:
    return [name for name in entwurf.dokumente if name.endswith(WORD)]


def _list_tone(geladen: GeladenerFall, entwurf: Vorgangsentwurf, lage: Lage) -> list[Befund]:
    if geladen.fall is None:
        raise ValueError("ohne Fall gibt es keinen Brief")
    anlass = anlass_of_step(geladen.fall, entwurf)
    return [
        befund
        for name in _letters(entwurf)
        for befund in check_letter(entwurf.dokumente[name], name, anlass, lage).befunde
    ]
