"""Whole trees of files: the papers of a case, and a finished folder that is to be checked."""

import pathlib
from collections.abc import Iterator

from mahnakte.ablage.platte import PLATTE, Entry, Kind, Platte, UnreadableFile, linked_file, no_file
from mahnakte.ablage.stoerung import show, unreadable_file, unreadable_folder
from mahnakte.ablage.suche import refused
from mahnakte.ablage.verifizieren import is_trace
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre

MAX_TIEFE = 10
MAX_DATEIEN = 10_000
MAX_BYTES = 1_000_000_000


def list_unterlagen(
    fallordner: pathlib.Path, unter: str, platte: Platte = PLATTE
) -> tuple[tuple[str, ...], tuple[Befund, ...]]:
    """List the files below one folder of a case (`belege`, `rechnungen`) as references, sorted.

    Names that begin with `_` or `.` and what file managers leave behind are skipped; a link, a device
    or an unreadable folder is a Befund. No such folder: nothing.
    """
    namen: list[str] = []
    befunde: list[Befund] = []
    kind = platte.kind(fallordner / unter)
    if kind is None:
        return (), ()
    if kind is not Kind.FOLDER:
        return (), (refused(linked_file() if kind is Kind.LINK else no_file(), fallordner / unter),)
    for verweis, ergebnis in _walk(fallordner, unter, platte, 1):
        if _is_hidden(verweis):
            continue
        if isinstance(ergebnis, Befund):
            befunde.append(ergebnis)
        else:
            namen.append(verweis)
    return tuple(namen), tuple(befunde)


def read_tree(ordner: pathlib.Path, platte: Platte = PLATTE) -> dict[str, bytes]:
    """Read every file of a folder, by its path within the folder with `/`: all, or Ablehnung.

    For checking a finished folder (an Akte) against its own list, so nothing is skipped or forgiven.
    """
    dateien: dict[str, bytes] = {}
    rest = MAX_BYTES
    for verweis, ergebnis in _walk(ordner, "", platte, 0):
        if isinstance(ergebnis, Befund):
            raise Ablehnung(ergebnis)
        dateien[verweis] = _read(ergebnis, rest, platte)
        rest -= len(dateien[verweis])
        if len(dateien) > MAX_DATEIEN:
            raise Ablehnung(
                sperre("ORDNER_ZU_GROSS", f"Der Ordner enthält mehr als {MAX_DATEIEN} Dateien.",
                       "Einen kleineren Ordner angeben.", Stelle(show(ordner)))
            )  # fmt: skip
    return dateien


def _read(pfad: pathlib.Path, hoechstens: int, platte: Platte) -> bytes:
    try:
        return platte.read(pfad, hoechstens)
    except UnreadableFile as grund:
        raise Ablehnung(refused(grund, pfad)) from None
    except OSError as fehler:
        raise Ablehnung(unreadable_file(fehler, pfad)) from fehler


def _walk(
    wurzel: pathlib.Path, unter: str, platte: Platte, tiefe: int
) -> Iterator[tuple[str, pathlib.Path | Befund]]:
    """Yield each name below a folder with its path, or with the Befund that says why it is none of ours."""
    ordner = wurzel / unter
    try:
        eintraege = platte.scan(ordner)
    except OSError as fehler:
        yield unter, unreadable_folder(fehler, ordner)
        return
    for eintrag in eintraege:
        verweis = f"{unter}/{eintrag.name}" if unter else eintrag.name
        if eintrag.kind is Kind.FOLDER and tiefe < MAX_TIEFE:
            yield from _walk(wurzel, verweis, platte, tiefe + 1)
        else:
            yield verweis, _accept(wurzel / verweis, eintrag)


def _accept(pfad: pathlib.Path, eintrag: Entry) -> pathlib.Path | Befund:
    if eintrag.kind is Kind.FILE:
        return pfad
    if eintrag.kind is Kind.FOLDER:
        return sperre("ORDNER_ZU_TIEF", f"Unterordner werden nur {MAX_TIEFE} Stufen tief gelesen.",
                      "Die Dateien weiter oben ablegen.", Stelle(show(pfad)))  # fmt: skip
    return refused(linked_file() if eintrag.kind is Kind.LINK else no_file(), pfad)


def _is_hidden(verweis: str) -> bool:
    return any(teil.startswith(("_", ".")) or is_trace(teil) for teil in verweis.split("/")[1:])
