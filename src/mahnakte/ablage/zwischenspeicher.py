"""The user's cache folder: what was found out about the cases, so that it need not be read again.

Only a help: missing, old, spoilt or forbidden it changes no result, only the time. It lies in the user's own cache
folder, never in a Bestand, nobody else may look into it, and it can be deleted at any time.
"""

import contextlib
import hashlib
import os
import pathlib
import secrets
import stat
import sys

import mahnakte
from mahnakte.ablage.platte import PLATTE, Kind, Platte, UnreadableFile

# Three files for each Bestand: one letter needs the cards of the other cases, not what they say on a day; a list of
# open items needs others.
KARTEN = "karten-2"
TAGE = "tage-2"
POSTEN = "posten-1"
MAX_BYTES = 200_000_000


def read_gemerkt(bestand: pathlib.Path, sorte: str = KARTEN, platte: Platte = PLATTE) -> bytes | None:
    """Return what was kept about a Bestand (KARTEN, TAGE), whole and unchanged, or None."""
    ordner = _find_folder(bestand)
    if ordner is None or not _is_private(ordner):
        return None
    try:
        inhalt = platte.read(ordner / _name(bestand, sorte, platte), MAX_BYTES)
    except (OSError, UnreadableFile):
        return None  # not there, or not to be trusted: then everything is read anew
    kopf, _, rest = inhalt.partition(b"\n")
    return rest if kopf == _head(rest, sorte) else None


def keep(bestand: pathlib.Path, inhalt: bytes, sorte: str = KARTEN, platte: Platte = PLATTE) -> bool:
    """Keep something about a Bestand (KARTEN, TAGE) for the next time; tell whether that was possible."""
    ordner = _find_folder(bestand)
    if ordner is None:
        return False
    try:
        _make_private(ordner, platte)
        if not _is_private(ordner):
            return False
        _replace(ordner / _name(bestand, sorte, platte), _head(inhalt, sorte) + b"\n" + inhalt, platte)
    except OSError:
        return False  # a full or write-protected cache folder costs time, no result
    return True


def cache_folder() -> pathlib.Path | None:
    """Return where this user's programs keep what can be found out again; None when the system names no place."""
    try:
        heim = pathlib.Path.home()
    except RuntimeError:
        return None
    if os.name == "nt":
        grund = pathlib.Path(os.environ.get("LOCALAPPDATA") or heim / "AppData" / "Local")
    elif sys.platform == "darwin":
        grund = heim / "Library" / "Caches"
    else:
        grund = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or heim / ".cache")
    return grund / "mahnakte" if grund.is_absolute() else None


def _find_folder(bestand: pathlib.Path) -> pathlib.Path | None:
    """Never inside the Bestand: there only people and published steps write."""
    ordner = cache_folder()
    if ordner is None or ordner.resolve().is_relative_to(bestand.resolve()):
        return None
    return ordner


def _name(bestand: pathlib.Path, sorte: str, platte: Platte) -> str:
    """One file of a sort for each Bestand and program version, named by a hash: a name says nothing about anybody."""
    ort = f"{platte.identity(bestand)}|{os.path.realpath(bestand)}|{mahnakte.__version__}"
    return f"{sorte}-{hashlib.sha256(ort.encode(errors='surrogateescape')).hexdigest()[:32]}"


def _head(inhalt: bytes, sorte: str) -> bytes:
    return f"{sorte} {hashlib.sha256(inhalt).hexdigest()}".encode()


def _is_private(ordner: pathlib.Path) -> bool:
    """A folder that others may write to could tell us anything."""
    try:
        zustand = os.lstat(ordner)
    except OSError:
        return False
    if not stat.S_ISDIR(zustand.st_mode):
        return False
    return os.name == "nt" or (zustand.st_uid == os.geteuid() and not stat.S_IMODE(zustand.st_mode) & 0o077)


def _make_private(ordner: pathlib.Path, platte: Platte) -> None:
    if platte.kind(ordner) is Kind.FOLDER:
        return
    ordner.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        platte.mkdir_private(ordner)


def _replace(ziel: pathlib.Path, inhalt: bytes, platte: Platte) -> None:
    neu = ziel.with_name(f".neu-{secrets.token_hex(8)}")
    handle = platte.open_new(neu)
    try:
        try:
            platte.write(handle, inhalt)
        finally:
            platte.close(handle)
        platte.replace(neu, ziel)
    except OSError:
        with contextlib.suppress(OSError):
            platte.unlink(neu)
        raise
