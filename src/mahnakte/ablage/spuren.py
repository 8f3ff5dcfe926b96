"""Has a case changed since somebody last looked? Told by listings alone: names, sizes, times."""

import dataclasses
import hashlib
import pathlib
import time
from collections.abc import Iterable

from mahnakte.ablage.platte import PLATTE, Kind, Platte, Spur

# A file changed in the same tick of the disk's clock shows the same time: FAT counts in steps of two seconds.
FRISCH_NS = 3_000_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Spuren:
    """What the listings of a case's folders say: `summe` changes when a name, size or time does.

    `frisch`: something changed a moment ago, so that a later change within the same tick could not be seen.
    """

    summe: str
    frisch: bool


def trace_fall(fallordner: pathlib.Path, ordner: Iterable[str], platte: Platte = PLATTE) -> Spuren:
    """Return the traces of a case: of its folder itself and of the folders in it that are named.

    One listing each. A folder that is missing or cannot be listed leaves that as its trace. Raises OSError when the
    case folder itself cannot be listed.
    """
    jetzt = time.time_ns()
    listen: dict[str, list[Spur] | str] = {"": platte.scan_spuren(fallordner)}
    for name in sorted(set(ordner) - {""}):
        try:
            listen[name] = platte.scan_spuren(fallordner / name)
        except OSError as fehler:
            listen[name] = f"errno {fehler.errno}"
    dateien = [
        s for liste in listen.values() if isinstance(liste, list) for s in liste if s.kind is Kind.FILE
    ]
    spitze = max((datei.geaendert_ns for datei in dateien), default=0)
    return Spuren(_digest(listen), spitze > jetzt - FRISCH_NS)


def _digest(listen: dict[str, list[Spur] | str]) -> str:
    zeilen = [
        (name, liste if isinstance(liste, str) else [_row(spur) for spur in liste])
        for name, liste in listen.items()
    ]
    return hashlib.sha256(ascii(zeilen).encode()).hexdigest()


def _row(spur: Spur) -> tuple[str, str, int, int, int, int]:
    return spur.name, spur.kind.name, spur.groesse, spur.geaendert_ns, spur.vermerkt_ns, spur.nummer
