"""A new folder is built beside its place, hardened, and moved there by one rename.

Readers see nothing or all of it. The new name is the lock: a rename onto a folder with content fails.
"""

import contextlib
import pathlib
from collections.abc import Iterable, Mapping

from mahnakte.ablage.platte import Kind, Platte, UnreadableFile
from mahnakte.ablage.reste import name_staging


class NameTaken(Exception):  # noqa: N818 - not an accident: somebody else was first
    """The name already stands for something; nothing was changed."""


class NotHardened(Exception):  # noqa: N818 - says what is known, not what went wrong
    """The new name stands, but the disk did not confirm that it would survive a power loss."""


def build(eltern: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte) -> pathlib.Path:
    """Write the files, in the given order, into a new staging folder and harden each of them.

    Names may have parts separated by `/`. Cleans up after itself and raises OSError when it fails.
    """
    staging = eltern / name_staging()
    platte.mkdir(staging)
    try:
        for unterordner in _folders(dateien):
            platte.mkdir(staging / unterordner)
        for name, inhalt in dateien.items():
            write_new(staging / name, inhalt, platte)
        for unterordner in reversed(_folders(dateien)):
            platte.sync_folder(staging / unterordner)
        platte.sync_folder(staging)
    except BaseException:  # also Ctrl-C: what is not finished must not stay behind
        discard(staging, dateien, platte)
        raise
    return staging


def protect(staging: pathlib.Path, namen: Iterable[str], platte: Platte) -> None:
    """Make finished documents read-only. Only a help for people: where the disk refuses, the hashes still watch."""
    for name in namen:
        with contextlib.suppress(OSError):
            platte.protect(staging / name)


def place(staging: pathlib.Path, ziel: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte) -> None:
    """Move the finished staging folder to its name and harden the name.

    Raises NameTaken when something stands there already, OSError for any other failure; in both cases
    the staging folder is gone. Raises NotHardened when the move succeeded but not the hardening.
    """
    try:
        platte.rename(staging, ziel)
    except OSError as fehler:
        if not _has_moved(staging, ziel, dateien, platte):
            discard(staging, dateien, platte)
            if platte.kind(ziel) is not None:
                raise NameTaken(ziel.name) from fehler
            raise
    except BaseException:
        discard(staging, dateien, platte)
        raise
    try:
        platte.sync_folder(ziel.parent)
    except OSError as fehler:
        raise NotHardened(ziel.name) from fehler


def write_new(pfad: pathlib.Path, inhalt: bytes, platte: Platte) -> None:
    """Write a file that must not exist yet and harden its bytes; leaves no half file when it fails."""
    handle = platte.open_new(pfad)
    try:
        try:
            platte.write(handle, inhalt)
            platte.sync_file(handle)
        finally:
            platte.close(handle)
    except BaseException:
        remove_own(pfad, platte)
        raise


def remove_own(pfad: pathlib.Path, platte: Platte) -> None:
    """Remove a file this process has just made."""
    # The failure that led here is the one to report; the next reader names what is left over.
    with contextlib.suppress(OSError):
        platte.unlink(pfad)


def discard(staging: pathlib.Path, namen: Iterable[str], platte: Platte) -> None:
    """Remove this process's own staging folder, only by the names this process gave."""
    namen = tuple(namen)
    for name in namen:
        remove_own(staging / name, platte)
    for ordner in (*reversed([staging / unterordner for unterordner in _folders(namen)]), staging):
        with contextlib.suppress(OSError):  # see remove_own
            platte.rmdir(ordner)


def _has_moved(
    staging: pathlib.Path, ziel: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte
) -> bool:
    """Tell whether a rename that reported failure took place all the same.

    An NFS server repeats a request whose answer was lost, and then reports that the old name is gone.
    """
    try:
        return platte.kind(staging) is None and all(
            platte.kind(ziel / name) is Kind.FILE and platte.read(ziel / name, len(inhalt)) == inhalt
            for name, inhalt in dateien.items()
        )
    except (OSError, UnreadableFile):
        return False  # anything but a clear yes is a no; the first failure is the one to report


def _folders(namen: Iterable[str]) -> list[str]:
    """Return the folders that the names need, parents first."""
    return sorted(
        {
            str(eltern)
            for name in namen
            for eltern in pathlib.PurePosixPath(name).parents
            if str(eltern) != "."
        }
    )
