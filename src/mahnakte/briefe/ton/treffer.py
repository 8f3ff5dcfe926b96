"""Find the words of the lists in the sentences of a letter: threats, blame, exaggeration, the hard list."""

import re
from collections.abc import Iterable, Iterator, Sequence

from mahnakte.arten.brief import TONLAGEN
from mahnakte.briefe.ton.anlass import Anlass
from mahnakte.briefe.ton.text import Ort, Satz
from mahnakte.briefe.ton.woerter import LISTEN, Eintrag, read_eintraege, read_muster
from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.text import json_safe

NAHE = 4  # words left and right of a hit within which a negation belongs to it
MAX_WORTE = 80

_GRENZE = re.compile(r"[,;:–—()]")
_ANFUEHRUNG = re.compile(r"[„“\"»«][^„“”\"»«]*[“”\"«»]")


def make_befund(
    datei: str, satz: Satz, code: str, schwere: Schwere, worte: str, text: str, abhilfe: str
) -> Befund:
    """Return a finding: `zeile` is the number of the paragraph, `text` begins with the words meant."""
    ort = "" if satz.absatz.ort is Ort.TEXT else f", {satz.absatz.ort}"
    worte = json_safe(worte)
    kurz = worte if len(worte) <= MAX_WORTE else f"{worte[:MAX_WORTE].rstrip()} …"
    stelle = Stelle(f"{datei}{ort}", satz.absatz.nummer)
    return Befund(code, schwere, f"Absatz {satz.absatz.nummer}, „{kurz}“: {text}", abhilfe, stelle, kurz)


def check_woerter(datei: str, saetze: Iterable[Satz], anlass: Anlass) -> Iterator[Befund]:
    """Yield a finding for each entry of the lists that speaks in a sentence."""
    eintraege = [
        eintrag for liste in LISTEN for eintrag in read_eintraege(liste) if _concerns(eintrag, anlass)
    ]
    for satz in saetze:
        sichtbar = hide_quotes(satz.sichtbar)
        for eintrag in eintraege:
            worte = _find(eintrag, sichtbar, satz.text)
            if worte is not None:
                text = f"{_say_register(eintrag, anlass)}{eintrag.warum}."
                yield make_befund(
                    datei, satz, eintrag.code, eintrag.schwere, worte, text, _say_better(eintrag)
                )


def _concerns(eintrag: Eintrag, anlass: Anlass) -> bool:
    stufe = anlass.stufe
    if eintrag.nur_vor_titel and stufe is not None and stufe.brief.nach_titel:
        return False
    if eintrag.ab is None and eintrag.bis is None:
        return True
    if stufe is None:
        return False
    # A Mahnung in a friendly register is still a Mahnung and may say so.
    zu_frueh = eintrag.ab is not None and max(stufe.register, stufe.grundregister) < eintrag.ab
    return zu_frueh or (eintrag.bis is not None and stufe.register > eintrag.bis)


def _say_register(eintrag: Eintrag, anlass: Anlass) -> str:
    if anlass.stufe is None or (eintrag.ab is None and eintrag.bis is None):
        return ""
    return f"passt nicht in den Ton „{TONLAGEN[anlass.stufe.register]}“. "


def _say_better(eintrag: Eintrag) -> str:
    return f"Besser: {eintrag.besser}"


def _find(eintrag: Eintrag, sichtbar: str, ganz: str) -> str | None:
    """Return the words of a sentence that an entry speaks about, or None."""
    for treffer in eintrag.muster.finditer(sichtbar):
        if not eintrag.verneinung_egal and is_negated(sichtbar, *treffer.span()):
            continue
        rest = f"{sichtbar[: treffer.start()]}|{sichtbar[treffer.end() :]}"
        if eintrag.mit is not None and not eintrag.mit.search(rest):
            continue
        if eintrag.ohne.search(ganz):
            continue
        return ganz[slice(*treffer.span())]
    return None


def is_negated(satz: str, anfang: int, ende: int) -> bool:
    """Tell whether the words at [anfang:ende] are denied: a negation close by, in the same clause.

    „Noch keine Strafanzeige“ denies nothing, nor does „wir zögern nicht“.
    """
    if read_muster("sprache", "keine_verneinung").search(satz):
        return False
    links = _GRENZE.split(satz[:anfang])[-1].split()[-NAHE:]
    rechts = _GRENZE.split(satz[ende:])[0].split()[:NAHE]
    nahe = " ".join((*links, satz[anfang:ende], *rechts))
    return read_muster("sprache", "verneinung").search(nahe) is not None


def hide_quotes(satz: str) -> str:
    """Blank what the letter quotes from the other side („Sie schreiben: „…““); other quotation marks hide nothing."""
    zitat = read_muster("sprache", "zitat").search(satz)
    if zitat is None:
        return satz
    kopf, rest = satz[: zitat.end()], satz[zitat.end() :]
    return kopf + _ANFUEHRUNG.sub(lambda treffer: " " * len(treffer.group()), rest)


def search_words(muster: re.Pattern[str], saetze: Sequence[Satz]) -> Satz | None:
    """Return the first sentence in which a pattern occurs, or None."""
    return next((satz for satz in saetze if muster.search(satz.text)), None)
