"""Tables as programs export them: bytes to text, text to rows of cells; for bank files and lists of open items."""

import csv
import io
from collections.abc import Iterator

SUCHTIEFE = 60  # lines of preamble in which the header line is looked for

Zeile = tuple[int, tuple[str, ...]]


class KeinWert(ValueError):  # noqa: N818 - a value, not an accident
    """A cell is not what its column says; the message says it in German."""


class Zeilenbruch(ValueError):  # noqa: N818 - a value, not an accident
    """From line `zeile` on the file cannot be taken apart into cells; the message says it in German."""

    def __init__(self, text: str, zeile: int) -> None:
        super().__init__(text)
        self.zeile = zeile


def decode(inhalt: bytes) -> str:
    """Return the text of a file that does not name its encoding: strict UTF-8 decides, else it is Windows-1252."""
    for kodierung in ("utf-8-sig", "cp1252"):
        try:
            return inhalt.decode(kodierung)
        except UnicodeDecodeError:
            continue
    return inhalt.decode("latin-1")


def iter_zeilen(text: str, trenner: str) -> Iterator[Zeile]:
    """Yield line number and stripped cells of each row. Raises Zeilenbruch, never swallows the rest of a file."""
    roh: list[str] = []
    leser = csv.reader(_remember(text, roh), delimiter=trenner)
    while True:
        nummer = leser.line_num + 1
        try:
            zellen = next(leser)
        except StopIteration:
            return
        except csv.Error:
            raise Zeilenbruch("Die Zeile hat eine zu lange oder beschädigte Zelle.", nummer) from None
        if len(roh) > 1 and sum(zeile.count('"') for zeile in roh) % 2:
            raise Zeilenbruch("Ein Anführungszeichen in dieser Zeile wird nicht geschlossen.", nummer)
        roh.clear()
        yield nummer, tuple(zelle.strip(" \t\r") for zelle in zellen)


def _remember(text: str, roh: list[str]) -> Iterator[str]:
    for zeile in io.StringIO(text, newline=""):
        roh.append(zeile)
        yield zeile
