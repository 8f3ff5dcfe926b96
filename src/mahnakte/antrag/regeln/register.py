"""The register of cross rules: each with code, weight, meaning, source and remedy.

A rule is a generator over one application that yields one German sentence per fault. The table in
docs/mahnantrag.md is held equal to this register by a test.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from mahnakte.antrag.modell import Mahnantrag
from mahnakte.grund.befund import Ablehnung, Befund, Schwere
from mahnakte.recht.rechtsstand import Rechtsstand


@dataclasses.dataclass(frozen=True, slots=True)
class Pruefrahmen:
    """What the rules need beside the application.

    `recht` is the law in force. `land` and `olg_bezirk` are those of the applicant's seat (None: not stated).
    `offen` is what the account says is still open, by invoice number (None: no account at hand).
    """

    stichtag: dt.date
    recht: Rechtsstand
    land: str | None = None
    olg_bezirk: str | None = None
    offen: Mapping[str, Decimal] | None = None


Pruefung = Callable[[Mahnantrag, Pruefrahmen], Iterator[str]]


@dataclasses.dataclass(frozen=True, slots=True)
class Regel:
    """One rule. `quelle` is a paragraph, a judgment or a field of the courts' records."""

    code: str
    schwere: Schwere
    bedeutung: str
    quelle: str
    abhilfe: str
    pruefe: Pruefung


REGELN: dict[str, Regel] = {}


def regel(
    code: str, bedeutung: str, quelle: str, abhilfe: str, schwere: Schwere = Schwere.SPERRE
) -> Callable[[Pruefung], Pruefung]:
    """Register a rule."""

    def register(pruefe: Pruefung) -> Pruefung:
        REGELN[code] = Regel(code, schwere, bedeutung, quelle, abhilfe, pruefe)
        return pruefe

    return register


def apply_regeln(regeln: Iterable[Regel], antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[Befund]:
    """Yield the findings of the given rules on one application.

    A rule that needs a legal value outside its table yields the refusal of that table instead.
    """
    for eine in regeln:
        try:
            for text in eine.pruefe(antrag, rahmen):
                yield Befund(eine.code, eine.schwere, f"{text} ({eine.quelle}).", eine.abhilfe)
        except Ablehnung as ablehnung:
            yield ablehnung.befund
