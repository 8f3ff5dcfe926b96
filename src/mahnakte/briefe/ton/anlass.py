"""What is known about a letter besides its text."""

import dataclasses
import re
from collections.abc import Mapping

from mahnakte.arten.brief import BRIEFARTEN, TONLAGEN, Briefart
from mahnakte.briefe.ton.woerter import read_woerter

_DATEINAME = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}_)?(?P<art>[a-zäöüß0-9-]+?)(?:_(?P<zusatz>[\w-]+))?\.(?:docx|pdf)", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, slots=True)
class Stufe:
    """How a letter speaks: its kind, and the register in which it was written (index of TONLAGEN)."""

    brief: Briefart
    register: int

    @property
    def grundregister(self) -> int:
        """Return the register in which its kind speaks unless somebody decides otherwise."""
        return TONLAGEN.index(self.brief.ton)


STUFEN: Mapping[str, Stufe] = {name: Stufe(art, TONLAGEN.index(art.ton)) for name, art in BRIEFARTEN.items()}


@dataclasses.dataclass(frozen=True, slots=True)
class Anlass:
    """The stage of a letter (None: not known) and, for a letter of a case, what the dunning plan says.

    `aus_fall`: the plan is known; then `dann` is the step it takes after this stage, None for none.
    `verbraucher`: technical terms are explained to private people, not to firms.
    """

    stufe: Stufe | None = None
    aus_fall: bool = False
    dann: str | None = None
    verbraucher: bool = True


def find_stufe(dateiname: str) -> Stufe | None:
    """Return the stage that a file name tells (`mahnung-1.docx`, `2026-11-16_mahnung-1_max.pdf`), or None."""
    treffer = _DATEINAME.fullmatch(dateiname)
    if treffer is None or is_beilage(dateiname):
        return None
    return STUFEN.get(treffer["art"].lower())


def is_beilage(dateiname: str) -> bool:
    """Tell whether a file lies beside a letter without being one: a reply form, an account."""
    stamm = dateiname.rpartition(".")[0].lower()
    return any(stamm.endswith(f"_{beilage}") for beilage in read_woerter("beilagen").texts("beilagen"))
