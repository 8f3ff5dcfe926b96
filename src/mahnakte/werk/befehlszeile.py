"""Commands that the program prints: to be pasted as they stand, in cmd.exe and in a POSIX shell."""

import os
import pathlib
import re
import shlex
import subprocess
from collections.abc import Sequence

from mahnakte.ablage.stoerung import show

_OHNE_ANFUEHRUNG = re.compile(r"[\w./:@+][\w./:@+-]*")
_OHNE_ANFUEHRUNG_WINDOWS = re.compile(r"[\w./:@+\\][\w./:@+\\-]*")
_IN_ANFUEHRUNG_SICHER = re.compile(
    r"[^\"$`\\!]*"
)  # what double quotes keep as it is in a POSIX shell as well


def quote_pfad(pfad: pathlib.Path, *, windows: bool = os.name == "nt") -> str:
    """Return a path as one argument of a command line; double quotes where they do, for both shells know them."""
    text = show(pfad)
    if text.startswith("-"):
        text = f"./{text}"  # else an option
    if windows:
        return _quote_windows(text)
    if _OHNE_ANFUEHRUNG.fullmatch(text):
        return text
    return f'"{text}"' if _IN_ANFUEHRUNG_SICHER.fullmatch(text) else shlex.quote(text)


def join_posix(angaben: Sequence[str]) -> str:
    """Return a command line that a POSIX shell takes apart into just these arguments."""
    return shlex.join(angaben)


def join_windows(angaben: Sequence[str]) -> str:
    """Return a command line that Windows programs take apart into just these arguments."""
    return subprocess.list2cmdline(angaben)


def _quote_windows(text: str) -> str:
    """Windows names hold no quotes; a backslash before the closing one would make it part of the name."""
    if _OHNE_ANFUEHRUNG_WINDOWS.fullmatch(text):
        return text
    return f'"{text}\\"' if text.endswith("\\") else f'"{text}"'
