"""Bounded reading: the bytes that lie in one case folder, and the files it refers to.

One listing per folder, no separate question whether something exists: on a network drive every
question is a round trip. Links are not followed, devices and pipes never opened.
"""

import dataclasses
import os
import pathlib
from collections.abc import Iterable, Mapping, Sequence

from mahnakte.ablage.entdecken import FALL_YAML, RECHT, folder_name, is_skipped
from mahnakte.ablage.platte import PLATTE, Kind, Platte, UnreadableFile, linked_file, no_file
from mahnakte.ablage.reste import report_reste
from mahnakte.ablage.stoerung import describe, show, unreadable_file, unreadable_folder
from mahnakte.ablage.suche import Suche, missing, near_names, refused, there_is
from mahnakte.ablage.verifizieren import BESCHAEDIGT, VORGAENGE, Vorgangsstand, read_vorgaenge
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import json_safe

MAX_YAML = 1_000_001  # one more than the YAML reader takes, so that it says what is too large
MAX_DATEI = 50_000_000


@dataclasses.dataclass(frozen=True, slots=True)
class Fallordner:
    """A case folder as read once: bytes, steps, and every Befund met on the way (damage included)."""

    pfad: pathlib.Path
    name: str
    fall_yaml: bytes | None
    vorgaenge: Vorgangsstand
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Datei:
    """One file that a case refers to: the reference as written, the path on the disk, bytes, SHA-256."""

    verweis: str
    pfad: pathlib.Path
    inhalt: bytes
    sha256: str


def read_fallordner(pfad: pathlib.Path, platte: Platte = PLATTE) -> Fallordner:
    """Read one case folder: fall.yaml and all steps. Never raises for what lies in it."""
    name = folder_name(pfad)
    try:
        namen = {eintrag.name: eintrag.kind for eintrag in platte.scan(pfad)}
    except OSError as fehler:
        unlesbar = (unreadable_folder(fehler, pfad),)
        return Fallordner(pfad, name, None, Vorgangsstand(befunde=unlesbar), unlesbar)
    inhalt, befunde = _read_fall_yaml(pfad, namen, platte)
    stand = _read_stand(pfad, namen.get(VORGAENGE), platte)
    return Fallordner(
        pfad, name, inhalt, stand, (*befunde, *report_reste(pfad, namen, platte), *stand.befunde)
    )


def read_fall_yaml(pfad: pathlib.Path, platte: Platte = PLATTE) -> bytes | None:
    """Read only the fall.yaml of a case folder, for a quick look; None where `read_fallordner` has a Befund."""
    try:
        return _read_regular(pfad / FALL_YAML, platte, MAX_YAML)
    except (OSError, UnreadableFile):
        return None  # whoever reads the folder for work is told why


def read_fallangaben(
    pfad: pathlib.Path, platte: Platte = PLATTE
) -> tuple[bytes | None, tuple[Befund, ...], bool]:
    """Read the fall.yaml of a sibling: its bytes or why not, and whether the folder is a case at all."""
    try:
        namen = {eintrag.name: eintrag.kind for eintrag in platte.scan(pfad)}
    except OSError as fehler:
        return None, (unreadable_folder(fehler, pfad),), True
    if FALL_YAML not in namen:
        return None, (), False
    return *_read_fall_yaml(pfad, namen, platte), True


def read_einstellungen(datei: pathlib.Path, platte: Platte = PLATTE) -> Datei:
    """Read a mahnakte.yaml; raise Ablehnung when it is missing or must not be read.

    For a case folder without `--einstellungen` it is `einstellungen_of(fallordner)`.
    """
    try:
        inhalt = _read_regular(datei, platte, MAX_YAML)
    except FileNotFoundError:
        nahe = near_names(datei.name, _names_in(datei.parent, platte))
        raise Ablehnung(
            sperre("EINSTELLUNGEN_FEHLEN",
                   f"Die Datei {datei.name} mit Absender und Gläubigern fehlt{there_is(nahe)}.",
                   f"„{json_safe(nahe[0])}“ in „{datei.name}“ umbenennen." if nahe else
                   "Mit „mahnakte neu --bestand ORDNER“ anlegen (ORDNER: worin die Fallordner liegen) oder mit "
                   "--einstellungen DATEI angeben.",
                   Stelle(show(datei)))
        ) from None  # fmt: skip
    except OSError as fehler:
        raise Ablehnung(describe(fehler, "EINSTELLUNGEN_UNLESBAR", datei)) from fehler
    except UnreadableFile as grund:
        raise Ablehnung(refused(grund, datei)) from None
    return Datei(datei.name, datei, inhalt, sha256(inhalt))


def read_recht(bestand: pathlib.Path, platte: Platte = PLATTE) -> tuple[Datei, ...]:
    """Read the files `recht/*.yaml` of a Bestand, by name; none where there is no such folder.

    Raises Ablehnung for a file that must not be read, and for a YAML file whose ending would be overlooked.
    """
    ordner = bestand / RECHT
    try:
        eintraege = sorted(platte.scan(ordner), key=lambda eintrag: eintrag.name)
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as fehler:
        raise Ablehnung(unreadable_folder(fehler, ordner)) from fehler
    if any(eintrag.name == FALL_YAML for eintrag in eintraege):
        return ()  # a case of that name, from before a Bestand could hold values
    gelesen = (_read_recht(ordner / e.name, e.kind, platte) for e in eintraege if not is_skipped(e.name))
    return tuple(datei for datei in gelesen if datei is not None)


def _read_recht(pfad: pathlib.Path, kind: Kind, platte: Platte) -> Datei | None:
    if pfad.suffix.lower() in (".yml", ".yaml") and pfad.suffix != ".yaml":
        raise Ablehnung(
            sperre("RECHTSNACHTRAG_ENDUNG", f"{pfad.name} endet nicht auf .yaml und würde nicht gelesen.",
                   "Die Datei in .yaml umbenennen.", Stelle(show(pfad)))
        )  # fmt: skip
    if pfad.suffix != ".yaml":
        return None  # a copy of the announcement, say
    try:
        inhalt = _read_of_kind(pfad, kind, platte, MAX_YAML)
    except OSError as fehler:
        raise Ablehnung(unreadable_file(fehler, pfad)) from fehler
    except UnreadableFile as grund:
        raise Ablehnung(refused(grund, pfad)) from None
    return Datei(f"../{RECHT}/{pfad.name}", pfad, inhalt, sha256(inhalt))


def read_dateien(
    ordner: pathlib.Path,
    verweise: Iterable[str],
    platte: Platte = PLATTE,
    hoechstens: int = MAX_DATEI,
) -> tuple[dict[str, Datei], tuple[Befund, ...]]:
    """Read the files that a case (or mahnakte.yaml) refers to, each at most `hoechstens` bytes.

    Returns the readable ones by reference, and a Befund for each of the others: outside the folder,
    missing (with near names that exist), link, device, second name, too large. Its `gegenstand` is the
    reference as written.
    """
    suche = Suche(ordner, platte)
    gelesen: dict[str, Datei] = {}
    befunde: list[Befund] = []
    for verweis in dict.fromkeys(verweise):
        try:
            gelesen[verweis] = _read_reference(suche, verweis, hoechstens, platte)
        except Ablehnung as ablehnung:
            befunde.append(dataclasses.replace(ablehnung.befund, gegenstand=verweis))
    return gelesen, tuple(befunde)


def _read_reference(suche: Suche, verweis: str, hoechstens: int, platte: Platte) -> Datei:
    pfad = suche.find(verweis)
    try:
        inhalt = platte.read(pfad, hoechstens)
    except UnreadableFile as grund:
        raise Ablehnung(refused(grund, pfad)) from None
    except OSError as fehler:
        raise Ablehnung(unreadable_file(fehler, pfad)) from fehler
    return Datei(verweis, pfad, inhalt, sha256(inhalt))


def read_datei(pfad: pathlib.Path, platte: Platte = PLATTE, hoechstens: int = MAX_DATEI) -> Datei:
    """Read the single DATEI of a command line; raise Ablehnung when it cannot be read.

    The person named it, so a link is followed; devices and oversize are refused all the same.
    """
    try:
        inhalt = _read_regular(pfad.resolve(), platte, hoechstens)
    except FileNotFoundError:
        raise Ablehnung(
            missing(pfad, near_names(pfad.name, _names_in(pfad.absolute().parent, platte)))
        ) from None
    except OSError as fehler:
        raise Ablehnung(unreadable_file(fehler, pfad)) from fehler
    except UnreadableFile as grund:
        raise Ablehnung(refused(grund, pfad)) from None
    return Datei(pfad.name, pfad, inhalt, sha256(inhalt))


def _read_fall_yaml(
    pfad: pathlib.Path, namen: Mapping[str, Kind], platte: Platte
) -> tuple[bytes | None, tuple[Befund, ...]]:
    datei = pfad / FALL_YAML
    kind = namen.get(FALL_YAML)
    if kind is None:
        nahe = near_names(FALL_YAML, namen)
        return None, (
            sperre("FALL_YAML_FEHLT", "In diesem Ordner fehlt die Datei fall.yaml" + there_is(nahe) + ".",
                   _instead_of_fall_yaml(pfad, nahe, platte), Stelle(show(pfad))),
        )  # fmt: skip
    try:
        return _read_of_kind(datei, kind, platte, MAX_YAML), ()
    except OSError as fehler:
        return None, (describe(fehler, "FALL_YAML_UNLESBAR", datei),)
    except UnreadableFile as grund:
        return None, (refused(grund, datei),)


def _instead_of_fall_yaml(pfad: pathlib.Path, nahe: Sequence[str], platte: Platte) -> str:
    """A file of another spelling is renamed; inside a case the folder above was meant."""
    if nahe:
        return f"„{json_safe(nahe[0])}“ in „{FALL_YAML}“ umbenennen."
    darueber = pathlib.Path(os.path.abspath(pfad)).parent  # noqa: PTH100 - resolve() would follow links
    if platte.kind(darueber / FALL_YAML) is not None:
        return f"Gemeint ist wohl der Ordner darüber: {show(darueber)}"
    return "Mit „mahnakte neu ORDNER“ anlegen; soll der Ordner kein Fall sein, seinen Namen mit _ beginnen."


def _read_stand(pfad: pathlib.Path, kind: Kind | None, platte: Platte) -> Vorgangsstand:
    if kind is None:
        return Vorgangsstand()
    if kind is not Kind.FOLDER:
        return Vorgangsstand(
            befunde=(
                sperre(BESCHAEDIGT, "vorgaenge ist kein Ordner, sondern eine Datei oder eine Verknüpfung.",
                       "Den Ordner vorgaenge/ aus der Datensicherung wiederherstellen.",
                       Stelle(show(pfad / VORGAENGE))),
            )
        )  # fmt: skip
    return read_vorgaenge(pfad, platte)


def _read_regular(pfad: pathlib.Path, platte: Platte, hoechstens: int) -> bytes:
    kind = platte.kind(pfad)
    if kind is None:
        raise FileNotFoundError(pfad)
    return _read_of_kind(pfad, kind, platte, hoechstens)


def _read_of_kind(pfad: pathlib.Path, kind: Kind, platte: Platte, hoechstens: int) -> bytes:
    """Read a file whose kind a listing has told, so that no FIFO and no device is ever opened."""
    if kind is Kind.LINK:
        raise linked_file()
    if kind is not Kind.FILE:
        raise no_file()
    return platte.read(pfad, hoechstens)


def _names_in(ordner: pathlib.Path, platte: Platte) -> list[str]:
    try:
        return [eintrag.name for eintrag in platte.scan(ordner)]
    except OSError:
        return []  # only for the suggestion of near names; the missing file itself is reported
