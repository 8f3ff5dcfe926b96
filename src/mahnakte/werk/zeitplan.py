"""The run on every working day, as the schedulers want it: a task for Windows, a line for cron.

Windows: Task Scheduler schema 1.2 (learn.microsoft.com, „Task Scheduler Schema“); taken over with
`schtasks /create /xml DATEI /tn NAME`.
"""

import dataclasses
import datetime as dt
import pathlib
import shlex
import subprocess
from collections.abc import Sequence

from lxml import etree

_NAMENSRAUM = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_WERKTAGE = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_BESCHREIBUNG = "mahnakte: die fälligen Briefe schreiben"


@dataclasses.dataclass(frozen=True, slots=True)
class Zeitplan:
    """A run from Monday to Friday at `um`. `angaben` is the command line, each path absolute."""

    um: dt.time
    ab: dt.date
    ordner: pathlib.Path
    angaben: Sequence[str]


def write_cronzeile(plan: Zeitplan) -> str:
    """Return the line for `crontab -e`; cron takes a bare % for the end of the command."""
    aufruf = f"cd {shlex.quote(str(plan.ordner))} && {shlex.join(plan.angaben)}"
    return f"{plan.um.minute} {plan.um.hour} * * 1-5 {aufruf.replace('%', chr(92) + '%')}\n"


def write_aufgabe(plan: Zeitplan) -> bytes:
    """Return the file for the Task Scheduler: UTF-16, as it exports and takes them.

    A run that the sleeping machine missed is made up for; two never run at once.
    """
    aufgabe = etree.fromstring(f'<Task xmlns="{_NAMENSRAUM}" version="1.2"/>')
    _add(_add(aufgabe, "RegistrationInfo"), "Description", _BESCHREIBUNG)
    ausloeser = _add(_add(aufgabe, "Triggers"), "CalendarTrigger")
    _add(ausloeser, "StartBoundary", dt.datetime.combine(plan.ab, plan.um).isoformat())
    _add(ausloeser, "Enabled", "true")
    woche = _add(ausloeser, "ScheduleByWeek")
    tage = _add(woche, "DaysOfWeek")
    for tag in _WERKTAGE:
        _add(tage, tag)
    _add(woche, "WeeksInterval", "1")
    einstellungen = _add(aufgabe, "Settings")
    for name, wert in (
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("DisallowStartIfOnBatteries", "false"),
        ("StopIfGoingOnBatteries", "false"),
        ("StartWhenAvailable", "true"),
        ("ExecutionTimeLimit", "PT12H"),
    ):
        _add(einstellungen, name, wert)
    programm, *angaben = plan.angaben
    aufruf = _add(_add(aufgabe, "Actions"), "Exec")
    _add(aufruf, "Command", programm)
    _add(aufruf, "Arguments", subprocess.list2cmdline(angaben))
    _add(aufruf, "WorkingDirectory", str(plan.ordner))
    text = etree.tostring(aufgabe, encoding="unicode", pretty_print=True)
    return f'<?xml version="1.0" encoding="UTF-16"?>\n{text}'.encode("utf-16")


def _add(eltern: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(eltern, f"{{{_NAMENSRAUM}}}{name}")
    element.text = text
    return element
