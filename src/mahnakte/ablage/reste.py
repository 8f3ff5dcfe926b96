"""What interrupted runs left behind, told apart from what another clerk is writing at this moment.

The name of a staging folder says which host and process made it. On the same host the process is asked for; on
another one a young folder counts as work in progress. In doubt nobody is told to delete anything.
"""

import hashlib
import os
import pathlib
import platform
import re
import secrets
import time
from collections.abc import Iterable

from mahnakte.ablage.platte import Platte
from mahnakte.ablage.stoerung import show
from mahnakte.grund.befund import Befund, Stelle, warnung

STAGING = ".neu-"
# A step takes a second, an Akte minutes; the clocks of two machines on one share may be this far apart.
JUNG_SEKUNDEN = 3600.0

_NAME = re.compile(re.escape(STAGING) + r"([0-9a-f]{4})([0-9a-f]{6})[0-9a-f]{4}")
_PID = 0xFFFFFF


def name_staging() -> str:
    """Return a new name: host (4 hex digits of its hash), process (6), chance (4)."""
    return f"{STAGING}{_host()}{os.getpid() & _PID:06x}{secrets.token_hex(2)}"


def report_reste(ordner: pathlib.Path, namen: Iterable[str], platte: Platte) -> tuple[Befund, ...]:
    """Name what interrupted runs left in a folder; nobody but their owner may delete them."""
    return tuple(
        warnung(
            "STAGING_REST",
            "Ein abgebrochener Lauf hat hier etwas Unfertiges hinterlassen; es zählt nirgends mit.",
            "Wenn gerade niemand in diesem Bestand arbeitet, löschen.",
            Stelle(show(ordner / name)),
        )
        for name in namen
        if name.startswith(STAGING) and not _is_live(ordner / name, platte)
    )


def _is_live(pfad: pathlib.Path, platte: Platte) -> bool:
    treffer = _NAME.fullmatch(pfad.name)
    if treffer is None:
        return False  # the name does not say whose it is
    if treffer[1] == _host() and os.name != "nt":
        return _runs(int(treffer[2], 16))
    try:
        alter = time.time() - platte.changed(pfad)
    except OSError:
        return True  # gone since the listing: somebody has just finished
    return alter < JUNG_SEKUNDEN


def _runs(prozess: int) -> bool:
    """Tell whether another process of this host has the number (POSIX: signal 0 asks and does nothing)."""
    if prozess == os.getpid() & _PID:
        return False  # what this process is not writing any more, it has failed to remove
    try:
        os.kill(prozess, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another person's
    return True


def _host() -> str:
    return hashlib.sha256(platform.node().encode("utf-8", "surrogatepass")).hexdigest()[:4]
