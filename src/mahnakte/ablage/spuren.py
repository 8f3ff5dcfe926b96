"""Has a case changed since somebody last looked? Told by listings alone: names, sizes, times."""

import dataclasses
import hashlib
import pathlib
import time
from collections.abc import Callable, Iterable

from mahnakte.ablage.platte import PLATTE, Platte, Spur
from mahnakte.ablage.reste import STAGING

# A file changed in the same tick of the disk's clock shows the same time: FAT counts in steps of two seconds.
FRISCH_NS = 3_000_000_000

_Listen = dict[str, list[Spur] | str]  # by folder, or why it cannot be listed


@dataclasses.dataclass(frozen=True, slots=True)
class Spuren:
    """What the listings of a case's folders say: `summe` changes when a name, size or time does.

    `frisch`: something changed a moment ago, so that a later change within the same tick could not be seen.
    `unfertig`: somebody writes there, or has broken off; which of the two, no listing tells.
    """

    summe: str
    frisch: bool
    unfertig: bool = False


def trace_fall(fallordner: pathlib.Path, ordner: Iterable[str], platte: Platte = PLATTE) -> Spuren:
    """Return the traces of a case: of its folder itself and of the folders in it that are named.

    One listing each. A folder that is missing or cannot be listed leaves that as its trace. Raises OSError when the
    case folder itself cannot be listed.
    """
    jetzt = time.time_ns()
    listen: _Listen = {"": platte.scan_spuren(fallordner)}
    for name in sorted(set(ordner) - {""}):
        listen[name] = _list(platte.scan_spuren, fallordner / name)
    return _judge(listen, jetzt)


def trace_schritte(vorgaenge: pathlib.Path, platte: Platte = PLATTE) -> Spuren:
    """Return the traces of the steps of a case from one listing of its `vorgaenge/`.

    A document added to a step, removed or put in place of another one moves the time of its folder; one that is
    written over where it lies does not show.
    """
    jetzt = time.time_ns()
    return _judge({"": _list(platte.scan_schritte, vorgaenge)}, jetzt)


def _list(scan: Callable[[pathlib.Path], list[Spur]], ordner: pathlib.Path) -> list[Spur] | str:
    try:
        return scan(ordner)
    except OSError as fehler:
        return f"errno {fehler.errno}"


def _judge(listen: _Listen, jetzt: int) -> Spuren:
    spuren = [spur for liste in listen.values() if isinstance(liste, list) for spur in liste]
    spitze = max((spur.geaendert_ns for spur in spuren), default=0)
    unfertig = any(spur.name.startswith(STAGING) for spur in spuren)
    return Spuren(_digest(listen), spitze > jetzt - FRISCH_NS, unfertig)


def _digest(listen: _Listen) -> str:
    zeilen = [
        (name, liste if isinstance(liste, str) else [_row(spur) for spur in liste])
        for name, liste in listen.items()
    ]
    return hashlib.sha256(ascii(zeilen).encode()).hexdigest()


def _row(spur: Spur) -> tuple[str, str, int, int, int, int]:
    return spur.name, spur.kind.name, spur.groesse, spur.geaendert_ns, spur.vermerkt_ns, spur.nummer
