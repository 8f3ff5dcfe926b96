"""The one way of everything that comes in: bytes, messages, the case meant, a proposal, a step.

A kind of post has a reader (bytes to messages, run in a bounded worker) and its kind of Nachricht. Matching, showing,
publishing once and the proof beside the events are the same for all (werk/posteingang.py).
"""

import dataclasses
from collections.abc import Mapping
from typing import Protocol, TypeVar

from mahnakte.grund.befund import Befund
from mahnakte.stand.sachstand import Sachstand

_T = TypeVar("_T")


@dataclasses.dataclass(frozen=True, slots=True)
class Vorschlag:
    """What a message amounts to for a case: events as fall.yaml spells them, and what a person must look at.

    `schluessel` is the same for the same message however often it comes in: its step is published once. `raten` are
    the options of `mahnakte ratenplan` where the debtor asks for instalments.
    """

    schluessel: str
    ereignisse: tuple[Mapping[str, str], ...]
    befunde: tuple[Befund, ...] = ()
    raten: str | None = None


class Nachricht(Protocol):
    """One message as read. `aktenzeichen` is the reference it carries, `anlass` why its step is published."""

    @property
    def aktenzeichen(self) -> str:
        """Return our reference as the message has it; empty where it has none."""

    @property
    def anlass(self) -> str:
        """Return the occasion of the step in words."""

    def propose(self, sachstand: Sachstand) -> tuple[Vorschlag, ...]:
        """Return what the message amounts to for a case; raise Ablehnung when it does not belong to it."""


def match_faelle(nachricht: Nachricht, faelle: Mapping[str, tuple[_T, ...]]) -> tuple[_T, ...]:
    """Return the cases of that reference: one, none, or the several that share it. Keys are folded."""
    return faelle.get(nachricht.aktenzeichen.casefold(), ()) if nachricht.aktenzeichen else ()
