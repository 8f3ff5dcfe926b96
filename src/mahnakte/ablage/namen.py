"""Which names may become part of a path: the same answer on Linux, macOS and Windows."""

import pathlib
import re

from mahnakte.ablage.stoerung import show
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.text import find_unsafe, json_safe

MAX_PFAD = 240
EINTRAG_MAX = 255

_AKTENZEICHEN = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}", re.ASCII)
_DOKUMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}", re.ASCII)
_GERAETE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
_FENSTER_VERBOTEN = re.compile(r'[<>:"|?*\\]')


def is_aktenzeichen(text: str) -> bool:
    """Tell whether an Aktenzeichen can be a folder name everywhere: A-Z, 0-9, _ and -, at most 40."""
    return _AKTENZEICHEN.fullmatch(text.upper()) is not None and text.isascii() and not is_geraet(text)


def is_dokumentname(name: str) -> bool:
    """Tell whether a document of a step may have this name: our own vocabulary, no part of a path."""
    return _DOKUMENT.fullmatch(name) is not None and not name.endswith(".") and not is_geraet(name)


def is_geraet(name: str) -> bool:
    """Tell whether Windows takes the name for a device (CON, NUL, COM1 …), also with an ending."""
    return _GERAETE.fullmatch(name.split(".", 1)[0].rstrip(" ")) is not None


def explain_verweis(verweis: str) -> str | None:
    """Say in German why a file reference of a case must not be followed; None when it may.

    A reference is relative, with `/` between its parts, and stays inside the folder.
    """
    if not verweis:
        return "die Angabe ist leer"
    if zeichen := find_unsafe(verweis):
        return f"sie enthält das Steuerzeichen {zeichen}"
    if "\\" in verweis:
        return f"bitte mit Schrägstrich schreiben: {verweis.replace(chr(92), '/')}"
    if verweis.startswith("/") or re.match(r"[A-Za-z]:", verweis):
        return "sie muss innerhalb des Ordners liegen und ohne Laufwerk angegeben werden"
    return next(filter(None, map(_explain_part, verweis.split("/"))), None)


def _explain_part(teil: str) -> str | None:
    if teil == "..":
        return "sie muss innerhalb des Ordners liegen; „..“ ist nicht erlaubt"
    if teil in ("", "."):
        return "sie enthält einen leeren Teil zwischen zwei Schrägstrichen"
    if treffer := _FENSTER_VERBOTEN.search(teil):
        return f"das Zeichen {treffer.group()} ist in Dateinamen nicht erlaubt"
    if teil[-1] in ". ":
        return f"„{teil}“ endet mit Punkt oder Leerzeichen"
    if is_geraet(teil):
        return f"„{teil}“ ist unter Windows ein Gerätename"
    return f"„{teil[:40]}…“ ist zu lang" if len(teil.encode()) > EINTRAG_MAX else None


def refuse_name(name: str, grund: str, abhilfe: str, ziel: pathlib.Path) -> Befund:
    """Return the Befund for a name that no file of ours may have; `grund` is empty or says why."""
    text = f"„{json_safe(name)}“ ist als Dateiname nicht zulässig{grund and f': {grund}'}."
    return sperre("DATEINAME_UNZULAESSIG", text, abhilfe, Stelle(show(ziel)))


def refuse_length(name: str, abhilfe: str, ziel: pathlib.Path) -> Befund:
    """Return the Befund for a file whose path Windows could not open."""
    text = f"Der Pfad zu {json_safe(name)} wäre länger als {MAX_PFAD} Zeichen."
    return sperre("PFAD_ZU_LANG", text, abhilfe, Stelle(show(ziel)))


def refuse_twins(was: str, abhilfe: str, ziel: pathlib.Path) -> Befund:
    """Return the Befund for two files that are one on Windows and macOS."""
    text = f"Zwei {was} unterscheiden sich nur in Groß- und Kleinschreibung."
    return sperre("DATEINAME_DOPPELT", text, abhilfe, Stelle(show(ziel)))


def length_of(pfad: pathlib.Path) -> int:
    """Return the length of the absolute path as Windows counts it (UTF-16 units)."""
    return len(str(pfad.absolute()).encode("utf-16-le", "surrogatepass")) // 2
