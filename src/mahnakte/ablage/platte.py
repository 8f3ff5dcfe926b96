"""Every touch of the disk, one small method each, so that a faulty twin can stand in for it in tests.

Nothing else in the project opens, writes, renames or deletes a file of a Bestand or a ZIEL.
"""

import dataclasses
import enum
import errno
import os
import pathlib
import stat
import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

_NUR_LESEN = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a FIFO slipped in after the listing must not hang the run
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NEU_SCHREIBEN = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_SCHREIBRECHTE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
# Virus scanners and indexers hold a new file for a moment: access denied, sharing or lock violation.
_KURZ_GESPERRT = (5, 32, 33)
_PAUSEN_WINDOWS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6)
# Network file systems that cannot harden a directory say so with these; EIO is never among them.
_ORDNER_OHNE_FSYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


class Kind(enum.Enum):
    """What a name in a folder stands for, without following it."""

    FILE = enum.auto()
    FOLDER = enum.auto()
    LINK = enum.auto()
    OTHER = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One name in a folder."""

    name: str
    kind: Kind


@dataclasses.dataclass(frozen=True, slots=True)
class Spur:
    """One name in a folder with what tells whether a file has changed: size, times of content and of entry, number.

    `nummer` is that of the file in its file system; 0 where a listing does not give it (Windows).
    """

    name: str
    kind: Kind
    groesse: int
    geaendert_ns: int
    vermerkt_ns: int
    nummer: int


class UnreadableFile(Exception):  # noqa: N818 - a reason, turned into a Befund by the reader
    """The opened file must not be read; the code and the German sentence say why."""

    def __init__(self, code: str, text: str, abhilfe: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.abhilfe = abhilfe


def no_file(abhilfe: str = "Den Namen einer Datei angeben oder den Eintrag entfernen.") -> UnreadableFile:
    """Return the refusal of a folder, device or pipe where a file is meant."""
    return UnreadableFile(
        "DATEI_KEINE_DATEI",
        "Das ist keine gewöhnliche Datei (Ordner, Gerät oder Leitung); sie wird nicht geöffnet.",
        abhilfe,
    )


def changing_file(text: str, abhilfe: str) -> UnreadableFile:
    """Return the refusal of a file that somebody is writing just now; `text` says how that shows."""
    return UnreadableFile("DATEI_IN_ARBEIT", text, abhilfe)


def linked_file() -> UnreadableFile:
    """Return the refusal of a link."""
    return UnreadableFile(
        "DATEI_VERKNUEPFUNG",
        "Das ist eine Verknüpfung; Verknüpfungen werden nicht verfolgt.",
        "Die Datei selbst in den Ordner kopieren.",
    )


class Platte:
    """The real disk. All methods raise OSError; umask and inherited rights are left to the system."""

    def __init__(self, pausen: tuple[float, ...] = _PAUSEN_WINDOWS if os.name == "nt" else ()) -> None:
        self._pausen = pausen

    def scan(self, ordner: pathlib.Path) -> list[Entry]:
        """List a folder once, sorted by name; the kinds come with the listing, without a stat each."""
        with os.scandir(ordner) as namen:
            return sorted((Entry(eintrag.name, _kind_of(eintrag)) for eintrag in namen), key=_by_name)

    def scan_spuren(self, ordner: pathlib.Path) -> list[Spur]:
        """List a folder with sizes and times, sorted by name; only files have them: folders change with each step."""
        with os.scandir(ordner) as namen:
            return sorted((_spur_of(eintrag) for eintrag in namen), key=_by_name)

    def scan_schritte(self, ordner: pathlib.Path) -> list[Spur]:
        """List a folder as `scan_spuren` does, the folders in it with their times too: each name there moves them."""
        with os.scandir(ordner) as namen:
            return sorted((_spur_with_times(eintrag) for eintrag in namen), key=_by_name)

    def identity(self, ordner: pathlib.Path) -> str:
        """Return what tells a folder from all others, by whatever path it was named (links followed)."""
        zustand = ordner.stat()
        if zustand.st_ino:
            return f"{zustand.st_dev}:{zustand.st_ino}"
        return os.path.normcase(os.path.realpath(ordner))  # file systems without numbers for their files

    def kind(self, pfad: pathlib.Path) -> Kind | None:
        """Say what lies at the path itself (links not followed), None when nothing does."""
        try:
            zustand = os.lstat(pfad)
        except (FileNotFoundError, NotADirectoryError):
            return None
        if stat.S_ISLNK(zustand.st_mode) or _is_junction(zustand):
            return Kind.LINK
        if stat.S_ISDIR(zustand.st_mode):
            return Kind.FOLDER
        return Kind.FILE if stat.S_ISREG(zustand.st_mode) else Kind.OTHER

    def read(self, pfad: pathlib.Path, hoechstens: int) -> bytes:
        """Return the bytes of a regular file with one name and at most `hoechstens` bytes.

        Raises UnreadableFile for every other kind. The checks are made on the open handle, so that
        nobody can exchange the file between check and reading.
        """
        handle = self._patiently(lambda: os.open(pfad, _NUR_LESEN))
        with os.fdopen(handle, "rb") as datei:
            zustand = os.fstat(handle)
            _check_readable(zustand, hoechstens)
            inhalt = datei.read(hoechstens + 1)
        if len(inhalt) != zustand.st_size:
            raise changing_file(
                "Die Datei wurde während des Lesens geändert.",
                "Speichern abwarten und den Befehl wiederholen.",
            )
        return inhalt

    def changed(self, pfad: pathlib.Path) -> float:
        """Return when a name was last changed, in seconds of the clock that keeps it (on a share: the server's)."""
        return os.lstat(pfad).st_mtime

    def open_new(self, pfad: pathlib.Path) -> int:
        """Create a file that must not exist yet and return its handle."""
        return os.open(pfad, _NEU_SCHREIBEN, 0o666)

    def write(self, handle: int, inhalt: bytes) -> None:
        """Write all bytes to the handle."""
        rest = memoryview(inhalt)
        while rest:
            rest = rest[os.write(handle, rest) :]

    def sync_file(self, handle: int) -> None:
        """Force the bytes of the file to the disk."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Close the handle; network file systems may report a failed write only here."""
        os.close(handle)

    def sync_folder(self, ordner: pathlib.Path) -> None:
        """Force the names in the folder to the disk, where the system can (Windows cannot be asked)."""
        if os.name == "nt":
            return
        handle = os.open(ordner, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        except OSError as fehler:
            if fehler.errno not in _ORDNER_OHNE_FSYNC:
                raise
        finally:
            os.close(handle)

    def mkdir(self, ordner: pathlib.Path) -> None:
        """Create one folder that must not exist yet."""
        ordner.mkdir()

    def mkdir_private(self, ordner: pathlib.Path) -> None:
        """Create one folder that must not exist yet and that nobody else may look into."""
        ordner.mkdir(mode=0o700)

    def rename(self, von: pathlib.Path, nach: pathlib.Path) -> None:
        """Rename a folder; fails when a folder with content has the new name."""
        self._patiently(lambda: os.rename(von, nach))  # noqa: PTH104 - Path.rename would build a new Path

    def replace(self, von: pathlib.Path, nach: pathlib.Path) -> None:
        """Put one file in the place of another."""
        self._patiently(lambda: os.replace(von, nach))  # noqa: PTH105

    def link(self, von: pathlib.Path, nach: pathlib.Path) -> None:
        """Give a file a second name that must not exist yet (not every file system can)."""
        nach.hardlink_to(von)

    def protect(self, pfad: pathlib.Path) -> None:
        """Take the right to write away from a file: Word then asks for another name instead of saving over it."""
        pfad.chmod(stat.S_IMODE(os.lstat(pfad).st_mode) & ~_SCHREIBRECHTE)

    def unlink(self, pfad: pathlib.Path) -> None:
        """Delete one file, also a protected one."""
        if os.name == "nt":  # elsewhere the right to delete is the folder's
            pfad.chmod(stat.S_IWRITE)
        self._patiently(pfad.unlink)

    def rmdir(self, ordner: pathlib.Path) -> None:
        """Delete one empty folder."""
        self._patiently(ordner.rmdir)

    def _patiently(self, effekt: Callable[[], _T]) -> _T:
        for pause in self._pausen:
            try:
                return effekt()
            except PermissionError as fehler:
                if getattr(fehler, "winerror", None) not in _KURZ_GESPERRT:
                    raise
            time.sleep(pause)
        return effekt()


PLATTE = Platte()


def _by_name(eintrag: Entry | Spur) -> str:
    return eintrag.name


def _spur_of(eintrag: "os.DirEntry[str]") -> Spur:
    kind = _kind_of(eintrag)
    if kind is not Kind.FILE:
        return Spur(eintrag.name, kind, 0, 0, 0, 0)
    return _measured(eintrag, kind)


def _spur_with_times(eintrag: "os.DirEntry[str]") -> Spur:
    kind = _kind_of(eintrag)
    return _measured(eintrag, kind) if kind is Kind.FOLDER else _spur_of(eintrag)


def _measured(eintrag: "os.DirEntry[str]", kind: Kind) -> Spur:
    zustand = eintrag.stat(follow_symlinks=False)
    return Spur(eintrag.name, kind, zustand.st_size, zustand.st_mtime_ns, zustand.st_ctime_ns, zustand.st_ino)


def _kind_of(eintrag: "os.DirEntry[str]") -> Kind:
    if eintrag.is_symlink() or (os.name == "nt" and _is_junction(eintrag.stat(follow_symlinks=False))):
        return Kind.LINK
    if eintrag.is_dir(follow_symlinks=False):
        return Kind.FOLDER
    return Kind.FILE if eintrag.is_file(follow_symlinks=False) else Kind.OTHER


def _is_junction(zustand: os.stat_result) -> bool:
    """Tell a Windows junction, a folder link that is no symbolic link for Python 3.11."""
    return getattr(zustand, "st_reparse_tag", 0) == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)


def _check_readable(zustand: os.stat_result, hoechstens: int) -> None:
    if not stat.S_ISREG(zustand.st_mode):
        raise no_file("Den Eintrag entfernen und die gemeinte Datei an seine Stelle kopieren.")
    if zustand.st_nlink > 1:
        raise UnreadableFile(
            "DATEI_MEHRERE_NAMEN",
            "Dieselbe Datei hat an anderer Stelle einen zweiten Namen (harte Verknüpfung); "
            "sie kann von dort unbemerkt geändert werden.",
            "Die Datei durch eine eigene Kopie ersetzen.",
        )
    if zustand.st_size > hoechstens:
        raise UnreadableFile(
            "DATEI_ZU_GROSS",
            f"Die Datei ist größer als {hoechstens // 1_000_000} MB.",
            "Die Datei verkleinern oder teilen.",
        )
