"""Which program this is: its version, its files, and what is installed beside it. Never printed."""

import functools
import hashlib
import pathlib
import sys
import sysconfig

import mahnakte
from mahnakte.ablage.platte import PLATTE, Kind

_GEMACHTES = "__pycache__"  # Python writes it while the program runs


def fingerprint_program() -> str:
    """Return a hash that changes with the version, with any file of the program, and with what it is installed with.

    The version alone does not tell an edited program from a released one, nor a newer library that reads a PDF
    otherwise.
    """
    return hashlib.sha256(f"{mahnakte.__version__}|{_installed()}".encode()).hexdigest()


@functools.cache
def hash_program() -> str:
    """Return a hash over the content of all files of the program: the same wherever the same program is installed."""
    wurzel = pathlib.Path(mahnakte.__file__).parent
    summe = hashlib.sha256(mahnakte.__version__.encode())
    for name, *_ in sorted(_list_files(wurzel)):
        summe.update(f"\0{name}\0".encode())
        summe.update((wurzel / str(name)).read_bytes())
    return summe.hexdigest()


@functools.cache
def _installed() -> str:
    """Listed once: a program that is exchanged while it runs has been loaded before."""
    beiwerk = pathlib.Path(sysconfig.get_path("purelib"))
    return hashlib.sha256(
        ascii(
            (sys.version, _list_files(pathlib.Path(mahnakte.__file__).parent), _list_names(beiwerk))
        ).encode()
    ).hexdigest()


def _list_files(ordner: pathlib.Path) -> list[tuple[str | int, ...]]:
    zeilen: list[tuple[str | int, ...]] = []
    for spur in PLATTE.scan_spuren(ordner):
        if spur.kind is Kind.FOLDER and spur.name != _GEMACHTES:
            zeilen += [(f"{spur.name}/{name}", *was) for name, *was in _list_files(ordner / spur.name)]
        elif spur.kind is Kind.FILE:
            zeilen.append((spur.name, spur.groesse, spur.geaendert_ns))
    return zeilen


def _list_names(ordner: pathlib.Path) -> list[str]:
    """The folders `….dist-info` bear the versions."""
    try:
        return [eintrag.name for eintrag in PLATTE.scan(ordner)]
    except OSError:
        return []
