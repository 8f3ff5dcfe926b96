"""Befunde: errors and warnings as values, shown together, in German, with file, line and remedy."""

import dataclasses
import enum
from collections.abc import Callable, Iterable
from typing import TypeVar

_T = TypeVar("_T")


class Schwere(enum.StrEnum):
    """How much a Befund weighs: `sperre` stops the case, the others only want to be read."""

    HINWEIS = "hinweis"
    WARNUNG = "warnung"
    SPERRE = "sperre"


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Stelle:
    """Where something stands: a path as the clerk sees it and a line (1 = first; None = the whole file)."""

    datei: str
    zeile: int | None = None

    def __str__(self) -> str:
        return self.datei if self.zeile is None else f"{self.datei}:{self.zeile}"


@dataclasses.dataclass(frozen=True, slots=True)
class Befund:
    """One finding.

    `code` is stable and machine readable (GROSS_MIT_UNTERSTRICH), `text` says what is wrong,
    `abhilfe` what to do about it. `gegenstand` names the thing meant (an invoice number, a step),
    so that `quittiert:` in fall.yaml can accept exactly this finding.
    """

    code: str
    schwere: Schwere
    text: str
    abhilfe: str = ""
    stelle: Stelle | None = None
    gegenstand: str | None = None

    def as_json(self) -> dict[str, str | int | None]:
        """Return the form of the JSON contract."""
        return {
            "code": self.code,
            "schwere": self.schwere.value,
            "datei": self.stelle.datei if self.stelle else None,
            "zeile": self.stelle.zeile if self.stelle else None,
            "text": self.text,
            "abhilfe": self.abhilfe or None,
        }


def hinweis(code: str, text: str, abhilfe: str = "", stelle: Stelle | None = None) -> Befund:
    """Return a Befund that only informs."""
    return Befund(code, Schwere.HINWEIS, text, abhilfe, stelle)


def warnung(code: str, text: str, abhilfe: str = "", stelle: Stelle | None = None) -> Befund:
    """Return a Befund that a person should look at; the case goes on."""
    return Befund(code, Schwere.WARNUNG, text, abhilfe, stelle)


def sperre(code: str, text: str, abhilfe: str = "", stelle: Stelle | None = None) -> Befund:
    """Return a Befund that stops the case."""
    return Befund(code, Schwere.SPERRE, text, abhilfe, stelle)


def has_sperre(befunde: Iterable[Befund]) -> bool:
    """Tell whether any of the findings stops the case."""
    return any(befund.schwere is Schwere.SPERRE for befund in befunde)


def as_warnungen(befunde: Iterable[Befund]) -> tuple[Befund, ...]:
    """Return findings as warnings: what will stop a case one day, told while it does not stop it yet."""
    return tuple(dataclasses.replace(befund, schwere=Schwere.WARNUNG) for befund in befunde)


class Ablehnung(Exception):  # noqa: N818 - the German noun says it; it ends a computation with a Befund
    """A computation that must not go on: carries the Befund that says why and what to do, and any further ones.

    `befunde` are all of them: who must add three facts learns of three at once (`gather`).
    """

    def __init__(self, befund: Befund, *weitere: Befund) -> None:
        super().__init__(befund.text)
        self.befund = befund
        self.befunde = (befund, *weitere)


def gather(fragen: Iterable[Callable[[], _T]]) -> tuple[_T, ...]:
    """Return the answers to all questions; raise one Ablehnung with what each of them refused, none left out."""
    antworten: list[_T] = []
    befunde: list[Befund] = []
    for frage in fragen:
        try:
            antworten.append(frage())
        except Ablehnung as ablehnung:
            befunde += ablehnung.befunde
    if befunde:
        raise Ablehnung(*dict.fromkeys(befunde))
    return tuple(antworten)
