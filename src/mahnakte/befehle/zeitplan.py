"""`mahnakte zeitplan`: what a scheduler needs so that the run happens by itself. Changes no scheduler."""

import dataclasses
import datetime as dt
import pathlib
import sys
from collections.abc import Sequence

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.grund.befund import Ablehnung
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import find_ordner
from mahnakte.werk.zeitplan import Zeitplan, write_aufgabe, write_cronzeile

WINDOWS = "windows"
CRON = "cron"
AUFGABE = "mahnakte"


@dataclasses.dataclass(frozen=True, slots=True)
class Terminwunsch:
    """When and for which scheduler; `eml`: the message that each run writes; `datei`: where the result goes."""

    um: dt.time
    system: str
    ab: dt.date
    eml: pathlib.Path | None = None
    datei: pathlib.Path | None = None
    ersetzen: bool = False


def write_zeitplan(pfade: Sequence[pathlib.Path], wunsch: Terminwunsch) -> Ergebnis:
    """Return the task or the line; raise NichtBegonnen where a path is missing or the file cannot be written."""
    ordner, befunde = find_ordner(pfade)
    plan = Zeitplan(wunsch.um, wunsch.ab, pathlib.Path.cwd(), _command_line(pfade, wunsch))
    inhalt = write_aufgabe(plan) if wunsch.system == WINDOWS else write_cronzeile(plan).encode()
    text = inhalt.decode("utf-16" if wunsch.system == WINDOWS else "utf-8")
    if wunsch.datei:
        try:
            (replace_output if wunsch.ersetzen else create_file)(wunsch.datei, inhalt)
        except Ablehnung as ablehnung:
            raise NichtBegonnen([ablehnung.befund]) from None
    return Ergebnis(
        {"system": wunsch.system, "aufruf": list(plan.angaben), "inhalt": text, "faelle": len(ordner)},
        (
            *((f"Geschrieben: {show(wunsch.datei)}",) if wunsch.datei else text.splitlines()),
            "",
            *_how(wunsch),
        ),
        befunde,
    )


def _command_line(pfade: Sequence[pathlib.Path], wunsch: Terminwunsch) -> tuple[str, ...]:
    """Return the run with this very program; -P: no code from the folder it is started in."""
    eml = ("--eml", str(wunsch.eml.absolute()), "--ersetzen") if wunsch.eml else ()
    return (sys.executable, "-P", "-m", "mahnakte", "lauf", *(str(pfad.absolute()) for pfad in pfade), *eml)


def _how(wunsch: Terminwunsch) -> tuple[str, ...]:
    if wunsch.system == CRON:
        return ("Diese Zeile mit „crontab -e“ einfügen.",)
    datei = quote_pfad(wunsch.datei, windows=True) if wunsch.datei else "DATEI"
    speichern = () if wunsch.datei else ("Mit --datei DATEI speichern; die Aufgabenplanung will UTF-16.",)
    return (
        *speichern,
        f"Übernehmen: schtasks /create /xml {datei} /tn {AUFGABE}",
        "Die Aufgabe läuft, solange der Benutzer angemeldet ist; ein verpasster Lauf wird nachgeholt.",
    )
