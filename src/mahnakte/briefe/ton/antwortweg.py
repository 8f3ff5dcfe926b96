"""A way to answer: the letter says how to reach the sender, and invites to do so."""

import re
from collections.abc import Iterator, Sequence

from mahnakte.briefe.ton.anlass import Anlass
from mahnakte.briefe.ton.text import Satz
from mahnakte.briefe.ton.treffer import search_words
from mahnakte.briefe.ton.woerter import read_muster
from mahnakte.grund.befund import Befund, Schwere, Stelle, warnung

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_ORT = re.compile(r"(?<!\d)\d{5} [A-ZÄÖÜ][\w.-]+")


def check_antwortweg(datei: str, saetze: Sequence[Satz], anlass: Anlass) -> Iterator[Befund]:
    """Yield a finding when the letter leaves no way to answer, or does not invite to one."""
    if anlass.stufe is not None and not (anlass.stufe.brief.an_schuldner and anlass.stufe.brief.einladung):
        return
    if not _has_contact(saetze):
        yield warnung(
            "TON_KEIN_KONTAKT",
            "Der Brief nennt weder Telefon noch E-Mail noch Anschrift noch einen Antwortbogen.",
            "Besser: Telefon und E-Mail des Ansprechpartners in den Informationsblock setzen.",
            Stelle(datei),
        )
    if not search_words(read_muster("antwortweg", "einladung"), saetze):
        schwere = Schwere.HINWEIS if anlass.stufe is None else Schwere.WARNUNG
        yield Befund(
            "TON_KEINE_EINLADUNG",
            schwere,
            "Der Brief lädt nicht zu einer Antwort ein.",
            "Besser: „Stimmt etwas nicht, oder passt Ihnen der Termin nicht? Dann melden Sie sich bitte unter …“",
            Stelle(datei),
        )


def _has_contact(saetze: Sequence[Satz]) -> bool:
    """Tell whether a phone, an e-mail address, a reply form or a second postal address stands in the letter.

    The first postal address is that of the person who gets the letter.
    """
    if search_words(read_muster("antwortweg", "kontakt"), saetze) or search_words(_EMAIL, saetze):
        return True
    return len({ort for satz in saetze for ort in _ORT.findall(satz.text)}) > 1
