"""The sentences of one finding about an invoice file, and how they become the finding."""

import dataclasses

from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.text import json_safe

MAX_ZITAT = 300  # characters of hostile text that a sentence quotes
HINWEIS, WARNUNG, SPERRE = Schwere.HINWEIS, Schwere.WARNUNG, Schwere.SPERRE


@dataclasses.dataclass(frozen=True, slots=True)
class Muster:
    """The sentences of one finding; {names} are filled in.

    `geklaert_durch` names the keys of an entry under `rechnungen:` that together settle the matter. `fragt`: until
    then nobody is written to about this invoice (rechnungsfragen.py).
    """

    code: str
    schwere: Schwere
    text: str
    abhilfe: str
    geklaert_durch: tuple[str, ...] = ()
    fragt: bool = False

    def finding(self, stelle: Stelle, **angaben: str) -> Befund:
        """Return the finding with its sentences filled in; quoted text is made visible and cut."""
        sicher = {name: json_safe(wert)[:MAX_ZITAT] for name, wert in angaben.items()}
        return Befund(self.code, self.schwere, self.text.format(**sicher), self.abhilfe, stelle)
