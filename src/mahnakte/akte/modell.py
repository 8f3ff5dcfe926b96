"""What an Akte is made of: the papers that belong in, the pieces they become, the finished folder."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Mapping
from typing import Any

from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import Worker, WorkerPool

SetBlatt = Callable[[str, Mapping[str, Any]], bytes]
"""Sets one of our own sheets: name of the template and its values in, PDF out."""

Werkstatt = Worker | WorkerPool
"""Where hostile files are opened: a bounded child process."""


class Gruppe(enum.Enum):
    """The parts of an Akte in their order; the value is the heading."""

    AUFSTELLUNG = "Forderungsaufstellung"
    BELEGE = "Vertrag und Belege"
    RECHNUNGEN = "Rechnungen"
    SCHREIBEN = "Schreiben"
    GERICHT = "Gericht und Titel"

    @property
    def nummer(self) -> int:
        """Return the place of the group, from 1."""
        return list(Gruppe).index(self) + 1


@dataclasses.dataclass(frozen=True, slots=True)
class Verweis:
    """A paper that belongs into the Akte: its path in the case folder and what it is.

    `vorgang` is the number of the step it stems from; `datum` the day of the paper, if known.
    """

    pfad: str
    gruppe: Gruppe
    titel: str
    datum: dt.date | None = None
    vorgang: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Unterlage:
    """A paper with its bytes. `inhalt` None: it could not be read from the disk, `grund` says why.

    `lesefassung` is a PDF that shows a file which is none (an XML invoice), made by us.
    `erzeugt` marks what mahnakte made for this Akte; it has no path in the case folder.
    """

    verweis: Verweis
    inhalt: bytes | None
    grund: str = ""
    lesefassung: bytes | None = None
    erzeugt: bool = False


class Art(enum.StrEnum):
    """How a paper appears in akte.pdf."""

    SEITEN = "seiten"  # all its pages
    LESEFASSUNG = "lesefassung"  # pages that show its content; the file itself lies beside
    BEILAGE = "beilage"  # only named; the file lies beside
    UNLESBAR = "unlesbar"  # one page that says so; the file lies beside
    FEHLT = "fehlt"  # one page that says so; there is no file


@dataclasses.dataclass(frozen=True, slots=True)
class Stueck:
    """A paper in its place: number, file name beside the PDF, and the clean pages that are bound.

    `ab_blatt` is the sheet of akte.pdf on which it begins (None for a BEILAGE). `bemerkung` stands on
    the contents page; `befunde` are about this paper.
    """

    nummer: str
    name: str | None
    unterlage: Unterlage
    art: Art
    pdf: bytes | None
    seiten: int
    bemerkung: str = ""
    befunde: tuple[Befund, ...] = ()
    ab_blatt: int | None = None

    @property
    def titel(self) -> str:
        """Return number and title as they stand in the bookmarks."""
        return f"{self.nummer} {self.unterlage.verweis.titel}"


@dataclasses.dataclass(frozen=True, slots=True)
class Aktenkopf:
    """What the cover says. `deckblatt` are the values of its template; `grundlage` the hashes of what it rests on."""

    aktenzeichen: str
    stichtag: dt.date
    glaeubiger: str
    deckblatt: Mapping[str, Any]
    grundlage: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Akte:
    """The finished Akte: every file of its folder by relative path, and what a person should know."""

    dateien: Mapping[str, bytes]
    blaetter: int
    stuecke: tuple[Stueck, ...]
    befunde: tuple[Befund, ...]
