"""Writing outside the steps: a new folder at a ZIEL, one output file, a first fall.yaml, a run's report.

Nothing that stands is touched; only `replace_output` puts a file in the place of an earlier one, when the
clerk said --ersetzen.
"""

import contextlib
import errno
import os
import pathlib
import re
from collections.abc import Iterator, Mapping

from mahnakte.ablage.entdecken import EINSTELLUNGEN, FALL_YAML
from mahnakte.ablage.namen import (
    MAX_PFAD,
    explain_verweis,
    length_of,
    refuse_length,
    refuse_name,
    refuse_twins,
)
from mahnakte.ablage.platte import PLATTE, Kind, Platte, UnreadableFile
from mahnakte.ablage.reste import name_staging
from mahnakte.ablage.staging import NameTaken, NotHardened, build, place, remove_own, write_new
from mahnakte.ablage.stoerung import not_written, show, standing, unconfirmed, unreadable_folder
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import json_safe

LAEUFE = "laeufe"
ANTRAEGE = "antraege"
_LAUF = re.compile(r"\d{4,}", re.ASCII)
_VERSUCHE = 20
# The file system cannot give a file a second name (SMB, exFAT, some mounts).
_OHNE_VERKNUEPFUNG = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES)


def create_folder(ziel: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte = PLATTE) -> None:
    """Make a new folder with all its files visible at once; names may have parts separated by `/`.

    Raises Ablehnung when anything stands at `ziel`, when a name is not allowed or the disk fails.
    Missing parent folders are made. The name is a lock: of two processes one is refused.
    """
    _check_output(ziel)
    _check_names(ziel, dateien)
    with _refusals(ziel):
        _make_parents(ziel.absolute().parent, platte)
        _refuse_existing(ziel, platte)
        _create(ziel, dateien, platte)


def ensure_folder(ordner: pathlib.Path, platte: Platte = PLATTE) -> None:
    """Make a folder (and those above it) unless it stands; raise Ablehnung when something else stands there."""
    with _refusals(ordner):
        _make_parents(ordner, platte)
        if platte.kind(ordner) is not Kind.FOLDER:
            raise Ablehnung(_existing(ordner))


def remove_empty_folder(ziel: pathlib.Path, platte: Platte = PLATTE) -> None:
    """Make room for `create_folder` where an empty folder stands; does nothing when nothing stands there.

    Raises Ablehnung when the folder is not empty, is no folder, or is the working directory.
    """
    with _refusals(ziel):
        if platte.kind(ziel) is None:
            return
        if ziel.resolve() == pathlib.Path.cwd().resolve():
            raise _refusal(
                "ZIEL_ARBEITSORDNER",
                "Das Ziel ist der Ordner, in dem gerade gearbeitet wird.",
                "Einen neuen Ordner darin angeben, zum Beispiel ./mahnakte-demo.",
                ziel,
            )
        if platte.kind(ziel) is not Kind.FOLDER or platte.scan(ziel):
            raise Ablehnung(_existing(ziel))
        platte.rmdir(ziel)


def create_file(ziel: pathlib.Path, inhalt: bytes, platte: Platte = PLATTE) -> None:
    """Write a new file, whole or not at all, and never over another one; raise Ablehnung when one stands.

    Also used for a first fall.yaml in a folder that already holds papers.
    """
    _check_output(ziel)
    with _refusals(ziel):
        _refuse_existing(ziel, platte)
        try:
            _write_exclusively(ziel, inhalt, platte)
        except FileExistsError:
            raise Ablehnung(_existing(ziel)) from None


def create_files(ordner: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte = PLATTE) -> None:
    """Add new files to a folder that may hold others, in their order: all of them or none.

    Names may have parts separated by `/`; missing folders are made. Raises Ablehnung when a name stands already or is
    not allowed, or the disk fails; then what this call has made is gone again.
    """
    _check_output(ordner / "x")
    _check_names(ordner, dateien)
    orte = {(ordner / name).parent for name in dateien}
    with _refusals(ordner):
        neue_ordner = sorted(
            {teil for ort in orte for teil in (*ort.parents, ort) if platte.kind(teil) is None}
        )
        try:
            for ort in orte:
                ensure_folder(ort, platte)
            _create_each(ordner, dateien, platte)
        except BaseException:  # also Ctrl-C: half a case is worse than none
            for ort in reversed(neue_ordner):
                with contextlib.suppress(OSError):  # not ours alone any more, or never made
                    platte.rmdir(ort)
            raise


def _create_each(ordner: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte) -> None:
    """Create the files one after the other; when one fails, those before it are removed."""
    fertig: list[pathlib.Path] = []
    try:
        for name, inhalt in dateien.items():
            if platte.kind(ordner / name) is None:
                fertig.append(ordner / name)
            create_file(ordner / name, inhalt, platte)
    except BaseException:
        for datei in fertig:
            if _holds(datei, dateien[datei.relative_to(ordner).as_posix()], platte):
                remove_own(datei, platte)
        raise


def _holds(datei: pathlib.Path, inhalt: bytes, platte: Platte) -> bool:
    """Tell whether a file is the one this call wrote: a name that another process took meanwhile is not ours."""
    try:
        return platte.kind(datei) is Kind.FILE and platte.read(datei, len(inhalt)) == inhalt
    except (OSError, UnreadableFile):
        return False


def replace_output(ziel: pathlib.Path, inhalt: bytes, platte: Platte = PLATTE) -> None:
    """Write an output file, in the place of an earlier one if there is one (--ersetzen).

    Readers see the old file or the new one. Never replaces fall.yaml, mahnakte.yaml, a folder or a link.
    """
    _check_output(ziel)
    if ziel.name.casefold() in (FALL_YAML, EINSTELLUNGEN):
        raise Ablehnung(_existing(ziel))
    with _refusals(ziel):
        if platte.kind(ziel) not in (None, Kind.FILE):
            raise Ablehnung(_existing(ziel))
        with _temporary(ziel, inhalt, platte) as neu:
            platte.replace(neu, ziel)
        platte.sync_folder(ziel.parent)


def write_laufbericht(
    bestand: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte = PLATTE
) -> pathlib.Path:
    """Write the report of a run as the next folder laeufe/NNNN; two runs at once get two numbers."""
    wurzel = bestand / LAEUFE
    _check_names(wurzel / "0000", dateien)
    with _refusals(wurzel):
        _make_parents(wurzel, platte)
        for _ in range(_VERSUCHE):
            nummern = (int(e.name) for e in platte.scan(wurzel) if _LAUF.fullmatch(e.name))
            ziel = wurzel / f"{max(nummern, default=0) + 1:04d}"
            with contextlib.suppress(NameTaken):
                place(build(wurzel, dateien, platte), ziel, dateien, platte)
                return ziel
    raise _refusal(
        "LAUF_KONFLIKT", "Zu viele Läufe zugleich in diesem Bestand.", "Den Befehl wiederholen.", wurzel
    )


def list_antraege(bestand: pathlib.Path, platte: Platte = PLATTE) -> tuple[str, ...]:
    """Return the names of the folders under antraege/, from which the next free number follows."""
    wurzel = bestand / ANTRAEGE
    try:
        return tuple(e.name for e in platte.scan(wurzel) if not e.name.startswith("."))
    except FileNotFoundError:
        return ()
    except OSError as fehler:
        raise Ablehnung(unreadable_folder(fehler, wurzel)) from fehler


def _create(ziel: pathlib.Path, dateien: Mapping[str, bytes], platte: Platte) -> None:
    staging = build(ziel.absolute().parent, dateien, platte)
    try:
        place(staging, ziel.absolute(), dateien, platte)
    except NameTaken:
        raise Ablehnung(_existing(ziel)) from None


def _write_exclusively(ziel: pathlib.Path, inhalt: bytes, platte: Platte) -> None:
    """Give the finished file its name, which must be free.

    Windows refuses to rename onto a name that stands; elsewhere a second name does the same. Where
    the file system knows no second names, the file is written under its own name at once.
    """
    if os.name == "nt":
        with _temporary(ziel, inhalt, platte) as neu:
            platte.rename(neu, ziel)
        return
    with _temporary(ziel, inhalt, platte) as neu:
        try:
            platte.link(neu, ziel)
        except OSError as fehler:
            if fehler.errno not in _OHNE_VERKNUEPFUNG:
                raise
            write_new(ziel, inhalt, platte)
        platte.unlink(neu)  # a second name left over would make the file unreadable for us
    platte.sync_folder(ziel.parent)


@contextlib.contextmanager
def _temporary(ziel: pathlib.Path, inhalt: bytes, platte: Platte) -> Iterator[pathlib.Path]:
    """Yield a finished, hardened file beside its place; it is removed when it cannot be put there."""
    neu = ziel.parent / name_staging()
    write_new(neu, inhalt, platte)
    try:
        yield neu
    except BaseException:
        remove_own(neu, platte)
        raise


def _make_parents(ordner: pathlib.Path, platte: Platte) -> None:
    """Make a folder and those above it, and harden each new name."""
    if platte.kind(ordner) is not None:
        return
    _make_parents(ordner.parent, platte)
    with contextlib.suppress(FileExistsError):  # another process was faster: that is what was wanted
        platte.mkdir(ordner)
    platte.sync_folder(ordner.parent)


def _check_names(ziel: pathlib.Path, dateien: Mapping[str, bytes]) -> None:
    for name in dateien:
        if grund := explain_verweis(name):
            raise Ablehnung(refuse_name(name, grund, "Die Datei umbenennen.", ziel))
        if length_of(ziel / name) > MAX_PFAD:
            raise Ablehnung(refuse_length(name, "Ein Ziel mit kürzerem Pfad wählen.", ziel))
    if len({name.casefold() for name in dateien}) < len(dateien):
        raise Ablehnung(refuse_twins("Dateien", "Eine davon umbenennen.", ziel))


def _check_output(ziel: pathlib.Path) -> None:
    """Refuse an output among the steps, where it would be damage."""
    if VORGAENGE in (teil.casefold() for teil in ziel.absolute().parts[:-1]):
        raise _refusal("ZIEL_IN_VORGAENGEN", "Im Ordner vorgaenge/ legt nur mahnakte seine Vorgänge ab.",
                "Einen anderen Ordner für die Ausgabe angeben.", ziel)  # fmt: skip


def _refuse_existing(ziel: pathlib.Path, platte: Platte) -> None:
    if platte.kind(ziel) is not None:
        raise Ablehnung(_existing(ziel))


def _existing(ziel: pathlib.Path) -> Befund:
    abhilfe = (
        "Einen anderen Namen wählen oder das Vorhandene wegräumen; eine Ausgabedatei ersetzt --ersetzen."
    )
    return standing(f"{json_safe(ziel.absolute().name)} gibt es schon", abhilfe, ziel)


@contextlib.contextmanager
def _refusals(ziel: pathlib.Path) -> Iterator[None]:
    """Turn what the disk reports into an Ablehnung."""
    try:
        yield
    except NotHardened as fehler:
        abhilfe = "Datenträger und Netz prüfen lassen und die Ausgabe ansehen."
        raise Ablehnung(unconfirmed("Die Ausgabe steht da", abhilfe, ziel)) from fehler
    except OSError as fehler:
        raise Ablehnung(not_written(fehler, ziel)) from fehler


def _refusal(code: str, text: str, abhilfe: str, pfad: pathlib.Path) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, Stelle(show(pfad))))
