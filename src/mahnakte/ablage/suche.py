"""Finds the files a case refers to by listings alone, and says what is near when one is missing."""

import difflib
import pathlib
import unicodedata
from collections.abc import Iterable, Sequence

from mahnakte.ablage.namen import explain_verweis
from mahnakte.ablage.platte import Entry, Kind, Platte, UnreadableFile, linked_file, no_file
from mahnakte.ablage.stoerung import show, unreadable_file
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import json_safe

FEHLT = "DATEI_FEHLT"
AUSSERHALB = "DATEI_AUSSERHALB"


class Suche:
    """Finds references below one folder by listings, each folder listed once."""

    def __init__(self, wurzel: pathlib.Path, platte: Platte) -> None:
        self._wurzel = wurzel
        self._platte = platte
        self._listen: dict[pathlib.Path, list[Entry]] = {}

    def find(self, verweis: str) -> pathlib.Path:
        """Return the path of the file as it is really written; raise Ablehnung when there is none."""
        if grund := explain_verweis(verweis):
            raise Ablehnung(
                sperre(AUSSERHALB, f"Die Angabe „{json_safe(verweis)}“ ist kein Dateiname: {grund}.",
                       "Den Pfad vom Fallordner aus angeben, zum Beispiel rechnungen/RE-1.pdf.",
                       Stelle(show(self._wurzel)))
            )  # fmt: skip
        pfad = self._wurzel
        teile = verweis.split("/")
        for stufe, teil in enumerate(teile, start=1):
            eintrag = self._pick(pfad, teil, verweis)
            pfad = pfad / eintrag.name
            if eintrag.kind is Kind.LINK:
                raise Ablehnung(refused(linked_file(), pfad))
            _check_kind(eintrag.kind, Kind.FILE if stufe == len(teile) else Kind.FOLDER, pfad)
        return pfad

    def _pick(self, ordner: pathlib.Path, teil: str, verweis: str) -> Entry:
        """Match a name: exactly, by its letters, then without regard to case as Windows does, if only one fits."""
        namen = self._list(ordner)
        genau = [e for e in namen if e.name == teil]
        gleich = genau or [e for e in namen if _nfc(e.name) == _nfc(teil)]
        treffer = gleich or [e for e in namen if _nfc(e.name).casefold() == _nfc(teil).casefold()]
        if len(treffer) > 1:
            raise Ablehnung(
                sperre("DATEI_MEHRDEUTIG", f"Auf „{json_safe(verweis)}“ passen mehrere Dateien, deren Namen sich nur "
                       "in Groß- und Kleinschreibung oder in der Kodierung der Umlaute unterscheiden.",
                       "Eine davon umbenennen.", Stelle(show(ordner / teil)))
            )  # fmt: skip
        if not treffer:
            raise Ablehnung(missing(self._wurzel / verweis, near_names(teil, [e.name for e in namen])))
        return treffer[0]

    def _list(self, ordner: pathlib.Path) -> list[Entry]:
        if ordner not in self._listen:
            try:
                self._listen[ordner] = self._platte.scan(ordner)
            except OSError as fehler:
                raise Ablehnung(unreadable_file(fehler, ordner)) from fehler
        return self._listen[ordner]


def _check_kind(kind: Kind, erwartet: Kind, pfad: pathlib.Path) -> None:
    if kind is erwartet:
        return
    if erwartet is Kind.FOLDER:
        raise Ablehnung(missing(pfad, []))
    raise Ablehnung(refused(no_file(), pfad))


def refused(grund: UnreadableFile, pfad: pathlib.Path) -> Befund:
    """Return the Befund for a file that must not be read."""
    return sperre(grund.code, grund.text, grund.abhilfe, Stelle(show(pfad)))


def missing(pfad: pathlib.Path, nahe: Sequence[str]) -> Befund:
    """Return the Befund for a file that is not there, with the near names that are."""
    return sperre(
        FEHLT, f"Die Datei {json_safe(pfad.name)} fehlt{there_is(nahe)}.",
        f"Die Angabe berichtigen oder die Datei umbenennen; sonst „{json_safe(pfad.name)}“ dort ablegen."
        if nahe
        else "Die Datei dort ablegen oder die Angabe berichtigen.",
        Stelle(show(pfad)),
    )  # fmt: skip


def there_is(nahe: Sequence[str]) -> str:
    """Return the half sentence that names what is there instead; empty when nothing is near."""
    return "; es gibt dort " + ", ".join(f"„{json_safe(name)}“" for name in nahe) if nahe else ""


def near_names(name: str, namen: Iterable[str]) -> list[str]:
    """Return up to three of the names that look like the one that was meant."""
    klein = {_nfc(anderer).casefold(): anderer for anderer in namen}
    return [klein[treffer] for treffer in difflib.get_close_matches(_nfc(name).casefold(), klein, n=3)]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
