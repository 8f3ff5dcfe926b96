"""Programs that we start: found only where the machine keeps programs, never in the current folder.

Clerks call mahnakte inside case folders, and debtors send files into those. A started Python that puts the
current folder first in its search path would run their `multiprocessing.py`; a search for `soffice` that
begins in the current folder, as Windows has it, would run their program.
"""

import contextlib
import os
import pathlib
import sys
from collections.abc import Iterator

SAFE_PATH = "PYTHONSAFEPATH"  # like `python -P`: the current folder is no place for modules
_ENDINGS = (".com", ".exe") if sys.platform == "win32" else ("",)


def find_program(*names: str) -> str | None:
    """Return the path of the first of these programs in the absolute folders of PATH, or None.

    Relative entries of PATH (`.`, an empty one) mean the current folder and are passed over.
    """
    folders = [pathlib.Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep)]
    for name in names:
        for folder in folders:
            for ending in _ENDINGS:
                program = folder / f"{name}{ending}"
                if folder.is_absolute() and program.is_file() and os.access(program, os.X_OK):
                    return str(program)
    return None


@contextlib.contextmanager
def safe_path() -> Iterator[None]:
    """While this lasts, every Python that is started leaves the current folder out of its search path.

    multiprocessing takes no environment for a child; so it is set around the start. Not for two threads at once.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before
