"""What the operating system reports, as one German sentence with a remedy."""

import errno
import os
import pathlib

from mahnakte.grund.befund import Befund, Schwere, Stelle, sperre
from mahnakte.grund.text import json_safe

_NETZ = (
    "Die Verbindung zum Netzlaufwerk ist unterbrochen.",
    "Verbindung prüfen, dann den Befehl wiederholen.",
)
_RECHT = (
    "Für diese Datei oder diesen Ordner fehlt die Berechtigung.",
    "Rechte prüfen lassen, dann wiederholen.",
)
_OFFEN = ("Die Datei ist in einem anderen Programm geöffnet.", "Dort schließen, dann den Befehl wiederholen.")
_IN_BENUTZUNG = (32, 33)  # Windows: sharing violation, lock violation
# Windows says EACCES for both: its C library does not pass on that a file is open in Excel, and renaming onto an open
# file is „access denied“.
_OFFEN_ODER_RECHT = (
    "Die Datei ist in einem anderen Programm geöffnet, oder es fehlt die Berechtigung.",
    "In Excel, Word oder PDF-Betrachter schließen, dann wiederholen; hilft das nicht, die Rechte prüfen lassen.",
)
_RECHT_ODER_OFFEN = (errno.EACCES, errno.EPERM)
_WINDOWS = os.name == "nt"
_SAETZE = {
    errno.ENOSPC: ("Der Datenträger ist voll.", "Platz schaffen, dann den Befehl wiederholen."),
    errno.EDQUOT: ("Das Speicherkontingent ist erschöpft.", "Platz schaffen, dann den Befehl wiederholen."),
    errno.EACCES: _RECHT,
    errno.EPERM: _RECHT,
    errno.EROFS: ("Der Datenträger ist schreibgeschützt.", "Einen beschreibbaren Ordner wählen."),
    errno.EIO: ("Der Datenträger meldet einen Lese- oder Schreibfehler.",
                "Datenträger und Netz prüfen lassen; danach den Fall mit „mahnakte pruefen“ ansehen."),
    errno.ESTALE: _NETZ,
    errno.ETIMEDOUT: _NETZ,
    errno.ENOTCONN: _NETZ,
    errno.EHOSTDOWN: _NETZ,
    errno.EHOSTUNREACH: _NETZ,
    errno.ENOENT: ("Datei oder Ordner ist nicht (mehr) da.", "Pfad prüfen, dann den Befehl wiederholen."),
    errno.ENOTDIR: ("An dieser Stelle liegt eine Datei, wo ein Ordner erwartet wird.", "Die Datei wegräumen."),
    errno.ELOOP: ("Das ist eine Verknüpfung; Verknüpfungen werden nicht verfolgt.",
                  "Die Datei selbst in den Ordner kopieren."),
    errno.EXDEV: ("Der Ordner reicht über mehrere Datenträger; so kann nichts in einem Zug sichtbar werden.",
                  "Den Fallordner auf einem einzigen Laufwerk ablegen."),
    errno.ENAMETOOLONG: ("Der Pfad ist für dieses Laufwerk zu lang.", "Kürzere Ordnernamen wählen."),
    errno.EMFILE: ("Es sind zu viele Dateien zugleich offen.", "Andere Programme schließen und wiederholen."),
}  # fmt: skip


_ZEILENUMBRUCH = str.maketrans({"\n": "\\n", "\r": "\\r", "\t": "\\t"})


def describe(fehler: OSError, code: str, pfad: pathlib.Path, schwere: Schwere = Schwere.SPERRE) -> Befund:
    """Return the Befund for a failed effect at a path, without any word of the operating system's own."""
    if getattr(fehler, "winerror", None) in _IN_BENUTZUNG:
        return Befund(code, schwere, *_OFFEN, Stelle(show(pfad)))
    if _WINDOWS and fehler.errno in _RECHT_ODER_OFFEN:
        return Befund(code, schwere, *_OFFEN_ODER_RECHT, Stelle(show(pfad)))
    text, abhilfe = _SAETZE.get(
        int(fehler.errno or 0),
        (
            f"Das Betriebssystem meldet Fehler {_name(fehler)}.",
            "Den Befehl wiederholen; bleibt es dabei, Laufwerk und Rechte prüfen lassen.",
        ),
    )
    return Befund(code, schwere, text, abhilfe, Stelle(show(pfad)))


def unreadable_file(fehler: OSError, pfad: pathlib.Path) -> Befund:
    """Return the Befund for a file that could not be read."""
    return describe(fehler, "DATEI_UNLESBAR", pfad)


def unreadable_folder(fehler: OSError, pfad: pathlib.Path) -> Befund:
    """Return the Befund for a folder that could not be listed."""
    return describe(fehler, "ORDNER_UNLESBAR", pfad)


def not_written(fehler: OSError, pfad: pathlib.Path) -> Befund:
    """Return the Befund for an output that the disk refused; nothing of it stands."""
    return describe(fehler, "SCHREIBEN_FEHLGESCHLAGEN", pfad)


def unconfirmed(was_steht: str, abhilfe: str, pfad: pathlib.Path) -> Befund:
    """Return the Befund for what stands although the disk did not confirm it; `was_steht` says what."""
    text = f"{was_steht}, aber der Datenträger hat das Speichern nicht bestätigt."
    return sperre("SCHREIBEN_UNGEWISS", text, abhilfe, Stelle(show(pfad)))


def show(pfad: pathlib.Path) -> str:
    """Return a path as messages print it: hostile characters made visible."""
    return json_safe(str(pfad)).translate(_ZEILENUMBRUCH)


def _name(fehler: OSError) -> str:
    nummer = int(fehler.errno or 0)
    return str(errno.errorcode.get(nummer, nummer))


def standing(was_steht: str, abhilfe: str, ziel: pathlib.Path) -> Befund:
    """Return the Befund for a ZIEL where something stands already; `was_steht` says what."""
    return sperre("ZIEL_VORHANDEN", f"{was_steht}; daran wurde nichts geändert.", abhilfe, Stelle(show(ziel)))
