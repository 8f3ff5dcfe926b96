"""Which case folders there are: one listing of each given path, one level deep."""

import dataclasses
import os
import pathlib
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from mahnakte.ablage.platte import PLATTE, Entry, Kind, Platte
from mahnakte.ablage.reste import report_reste
from mahnakte.ablage.stoerung import describe, show, unreadable_folder
from mahnakte.ablage.suche import near_names, there_is
from mahnakte.ablage.verifizieren import VORGAENGE
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre

FALL_YAML = "fall.yaml"
EINSTELLUNGEN = "mahnakte.yaml"
RECHNUNGEN = "rechnungen"
VORLAGEN = "vorlagen"
RECHT = "recht"
EIGENE_ORDNER = ("laeufe", "antraege", VORLAGEN)


@dataclasses.dataclass(frozen=True, slots=True)
class Entdeckung:
    """The case folders below the given paths, in order, and what could not be one."""

    ordner: tuple[pathlib.Path, ...]
    befunde: tuple[Befund, ...]


def discover(pfade: Iterable[pathlib.Path], platte: Platte = PLATTE) -> Entdeckung:
    """Find the case folders: each path is a case folder or a Bestand (one level deep).

    Raises Ablehnung for a path that is missing or no folder: then the call as a whole is wrong.
    """
    gefundene: list[pathlib.Path] = []
    befunde: list[Befund] = []
    for pfad in pfade:
        gefunden, bemerkt = _discover_one(pfad, platte)
        gefundene.extend(gefunden)
        befunde.extend(bemerkt)
    return Entdeckung(distinct(gefundene, platte), tuple(befunde))


def list_geschwister(fallordner: pathlib.Path, platte: Platte = PLATTE) -> Entdeckung:
    """Return the folders beside a case folder that may be cases of the same Bestand, itself among them.

    A link among them is a Befund: nobody looks behind it. Raises Ablehnung when the Bestand cannot be listed.
    """
    bestand = fallordner.parent if fallordner.name not in ("", "..") else _absolute(fallordner).parent
    ordner, befunde = _discover_bestand(bestand, _scan_given(bestand, platte), platte)
    return Entdeckung(
        tuple(ordner), tuple(befund for befund in befunde if befund.code == "FALL_VERKNUEPFUNG")
    )


def distinct(ordner: Iterable[pathlib.Path], platte: Platte = PLATTE) -> tuple[pathlib.Path, ...]:
    """Return the case folders, each once: of several paths to one folder the first."""
    funde = _Funde(platte)
    for fall in ordner:
        funde.add(fall)
    return funde.ordner


class _Funde:
    """Case folders, each once, however its path was written: link, capital letters, slash at the end.

    A folder is told by its Bestand and its name; only where two names differ in nothing but their spelling is the
    disk asked, so that a Bestand of thousands costs no question more.
    """

    def __init__(self, platte: Platte) -> None:
        self._platte = platte
        self._bestaende: dict[str, str] = {}
        self._gefunden: dict[tuple[str, str], list[pathlib.Path]] = {}

    @property
    def ordner(self) -> tuple[pathlib.Path, ...]:
        return tuple(pfad for gleiche in self._gefunden.values() for pfad in gleiche)

    def add(self, fall: pathlib.Path) -> None:
        bestand, name = _split(fall)
        gleiche = self._gefunden.setdefault((self._bestand(bestand), _folded(name)), [])
        if not any(self._is_same(fall, anderer) for anderer in gleiche):
            gleiche.append(fall)

    def _bestand(self, ordner: str) -> str:
        if ordner not in self._bestaende:
            self._bestaende[ordner] = self._identity(pathlib.Path(ordner))
        return self._bestaende[ordner]

    def _is_same(self, fall: pathlib.Path, anderer: pathlib.Path) -> bool:
        if _split(fall)[1] == _split(anderer)[1]:
            return True
        return self._identity(fall) == self._identity(anderer)

    def _identity(self, ordner: pathlib.Path) -> str:
        try:
            return self._platte.identity(ordner)
        except OSError:  # vanished or closed meanwhile: reading it says so, here the path must do
            return os.path.normcase(_absolute(ordner))


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def einstellungen_of(fallordner: pathlib.Path) -> pathlib.Path:
    """Return where the mahnakte.yaml of a case folder is looked for: in its parent."""
    return bestand_of(fallordner) / EINSTELLUNGEN


def bestand_of(fallordner: pathlib.Path) -> pathlib.Path:
    """Return the folder in which a case folder lies, also that of `.` and `..`, otherwise as the clerk spells it."""
    benannt = fallordner if fallordner.name not in ("", "..") else _absolute(fallordner)
    return benannt.parent


def folder_name(fallordner: pathlib.Path) -> str:
    """Return the name of a case folder, also of `.` and `..`."""
    return fallordner.name if fallordner.name not in ("", "..") else _absolute(fallordner).name


def place_of(fallordner: pathlib.Path) -> tuple[str, str]:
    """Return the names of Bestand and case folder: by them a case is known again on a machine with other drives."""
    return _absolute(bestand_of(fallordner)).name, folder_name(fallordner)


def _split(fallordner: pathlib.Path) -> tuple[str, str]:
    """Return Bestand and name; for thousands of cases pathlib would cost more than the listings."""
    return os.path.split(os.path.abspath(fallordner))  # noqa: PTH100 - resolve() would follow links


def _absolute(pfad: pathlib.Path) -> pathlib.Path:
    return pathlib.Path(os.path.abspath(pfad))  # noqa: PTH100 - resolve() would follow links


def _discover_one(pfad: pathlib.Path, platte: Platte) -> tuple[list[pathlib.Path], list[Befund]]:
    namen = _scan_given(pfad, platte)
    kinds = {eintrag.name: eintrag.kind for eintrag in namen}
    if FALL_YAML in kinds and EINSTELLUNGEN in kinds:
        return [], [
            sperre("PFAD_ZWEIDEUTIG", "In diesem Ordner liegen mahnakte.yaml und fall.yaml nebeneinander.",
                   "fall.yaml in einen eigenen Fallordner darunter verschieben.", Stelle(show(pfad)))
        ]  # fmt: skip
    if FALL_YAML in kinds:
        if platte.kind(pfad) is Kind.LINK:
            return [], [_linked_case(pfad)]
        return [pfad], []
    if EINSTELLUNGEN not in kinds and not _holds_cases(pfad, namen, platte):
        return [pfad], []  # a case folder without fall.yaml: reading it says so
    return _discover_bestand(pfad, namen, platte)


def _scan_given(pfad: pathlib.Path, platte: Platte) -> list[Entry]:
    try:
        return platte.scan(pfad)
    except FileNotFoundError:
        nahe = near_names(_absolute(pfad).name, _names_beside(pfad, platte))
        befund = sperre("PFAD_FEHLT", f"Diesen Ordner gibt es nicht{there_is(nahe)}.",
                        "Den Ordner angeben, der gemeint ist." if nahe else "Schreibweise und Laufwerk prüfen.",
                        Stelle(show(pfad)))  # fmt: skip
    except NotADirectoryError:
        befund = sperre("PFAD_KEIN_ORDNER", "Das ist eine Datei; gemeint ist ein Fallordner oder ein Bestand.",
                        f"Den Ordner angeben, in dem die Datei liegt: {show(_absolute(pfad).parent)}",
                        Stelle(show(pfad)))  # fmt: skip
    except OSError as fehler:
        befund = describe(fehler, "PFAD_UNLESBAR", pfad)
    raise Ablehnung(befund)


def _names_beside(pfad: pathlib.Path, platte: Platte) -> list[str]:
    try:
        return [
            eintrag.name for eintrag in platte.scan(_absolute(pfad).parent) if eintrag.kind is Kind.FOLDER
        ]
    except OSError:
        return []  # only for the suggestion of near names; the missing folder itself is reported


def _holds_cases(pfad: pathlib.Path, namen: Sequence[Entry], platte: Platte) -> bool:
    """Decide for a folder with neither YAML file whether it is a Bestand with its settings elsewhere."""
    if platte.kind(einstellungen_of(pfad)) is not None:
        return False
    return any(
        platte.kind(pfad / eintrag.name / FALL_YAML) is not None
        for eintrag in namen
        if eintrag.kind is Kind.FOLDER and not is_skipped(eintrag.name)
    )


def _discover_bestand(
    pfad: pathlib.Path, namen: Sequence[Entry], platte: Platte
) -> tuple[list[pathlib.Path], list[Befund]]:
    gezaehlt = [e for e in namen if not is_skipped(e.name) and not _is_recht(pfad, e.name, platte)]
    ordner = [pfad / eintrag.name for eintrag in gezaehlt if eintrag.kind is Kind.FOLDER]
    verknuepft = [_linked_case(pfad / e.name) for e in gezaehlt if e.kind is Kind.LINK]
    return ordner, [*verknuepft, *report_reste(pfad, (e.name for e in namen), platte)]


def _is_recht(bestand: pathlib.Path, name: str, platte: Platte) -> bool:
    """Tell whether a folder holds legal values; a case of that name, from before there were any, stays a case."""
    return name == RECHT and platte.kind(bestand / name / FALL_YAML) is None


def is_skipped(name: str) -> bool:
    """Tell whether a name in a Bestand is left alone: `_…`, `.…` and the folders mahnakte itself makes."""
    return name.startswith(("_", ".")) or name in EIGENE_ORDNER


def _linked_case(pfad: pathlib.Path) -> Befund:
    return sperre(
        "FALL_VERKNUEPFUNG", "Das ist eine Verknüpfung; Verknüpfungen werden nicht verfolgt.",
        "Den Ordner selbst hier ablegen oder dort aufrufen, wo er wirklich liegt.", Stelle(show(pfad)),
    )  # fmt: skip


def list_rechnungen(fallordner: pathlib.Path, platte: Platte = PLATTE) -> tuple[str, ...]:
    """Return the PDF and XML files in rechnungen/ as references, by name; none when there is no such folder.

    Raises Ablehnung when the folder cannot be read.
    """
    return _list_files(fallordner, RECHNUNGEN, _PAPIERE, platte)


def list_papiere(
    fallordner: pathlib.Path, ausser: Collection[str] = (), platte: Platte = PLATTE
) -> tuple[str, ...]:
    """Return the PDF and XML files outside rechnungen/ as references: beside fall.yaml and one folder down.

    Folders named in `ausser`, the steps, `_…` and `.…` are left alone. Raises Ablehnung when a folder cannot be read.
    """
    try:
        eintraege = platte.scan(fallordner)
    except FileNotFoundError:
        return ()
    except OSError as fehler:
        raise Ablehnung(unreadable_folder(fehler, fallordner)) from fehler
    ordner = [
        eintrag.name
        for eintrag in eintraege
        if eintrag.kind is Kind.FOLDER
        and not is_skipped(eintrag.name)
        and eintrag.name not in (RECHNUNGEN, VORGAENGE, *ausser)
    ]
    lose = tuple(e.name for e in eintraege if e.kind is Kind.FILE and _is_papier(e.name))
    return (*lose, *(name for einer in ordner for name in _list_files(fallordner, einer, _PAPIERE, platte)))


_PAPIERE = (".pdf", ".xml")


def _is_papier(name: str) -> bool:
    return name.lower().endswith(_PAPIERE) and not name.startswith(("_", "."))


def list_vorlagen(bestand: pathlib.Path, platte: Platte = PLATTE) -> tuple[str, ...]:
    """Return the Word files in vorlagen/ beside mahnakte.yaml as references; none when there is no such folder.

    Word's own lock files (~$…) are no templates. Raises Ablehnung when the folder cannot be read.
    """
    namen = _list_files(bestand, VORLAGEN, (".docx", ".dotx", ".docm"), platte)
    return tuple(name for name in namen if not name.startswith(f"{VORLAGEN}/~$"))


def _list_files(
    wurzel: pathlib.Path, ordner: str, endungen: tuple[str, ...], platte: Platte
) -> tuple[str, ...]:
    try:
        namen = platte.scan(wurzel / ordner)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as fehler:
        raise Ablehnung(unreadable_folder(fehler, wurzel / ordner)) from fehler
    return tuple(
        f"{ordner}/{eintrag.name}"
        for eintrag in namen
        if eintrag.kind is Kind.FILE and eintrag.name.lower().endswith(endungen)
    )
