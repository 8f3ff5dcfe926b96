"""Which column of a list means what, where no profile knows it: proposed, confirmed by a person, kept as a file."""

import dataclasses
from collections.abc import Mapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zuordnung:
    """The columns of one kind of list as a person confirmed them. `spalten` maps our field to the column's heading.

    `zeilen`: `posten` where each row is one invoice, `bewegungen` where an invoice, its payments and credits are rows
    of the same number. `blatt` is the sheet of a workbook; empty: the only one that has these columns.
    """

    spalten: Mapping[str, str]
    zeilen: str = "posten"
    blatt: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Zuordnungsvorschlag:
    """A guessed mapping, to be shown and confirmed. `zeile` is the line of the headings `kopf`.

    `beispiele` are the first rows below it as text, `ungelesen` the headings that mean nothing to us, `fragen` what a
    person must look at, as sentences.
    """

    zuordnung: Zuordnung
    zeile: int
    kopf: tuple[str, ...]
    beispiele: tuple[tuple[str, ...], ...]
    ungelesen: tuple[str, ...]
    fragen: tuple[str, ...]


def read_zuordnung(inhalt: bytes, datei: str) -> Zuordnung:
    """Read a mapping file; raise Ablehnung with everything that is wrong with it."""
    raise NotImplementedError


def write_zuordnung(zuordnung: Zuordnung) -> bytes:
    """Return the mapping file, as `read_zuordnung` reads it."""
    raise NotImplementedError
