"""What a scheduler is given starts just the run that was meant, whatever the paths are called."""

import datetime as dt
import json
import pathlib
import shlex
import subprocess
import sys

import pytest
from click.testing import CliRunner
from lxml import etree

from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.werk.zeitplan import Zeitplan, write_aufgabe, write_cronzeile

NS = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
NAMEN = ["Bestand", "mein Bestand", "50% Rabatt", "O'Neil & Söhne", 'a"b', "$HOME", "; rm", "-x"]


def make(name: str, ordner: pathlib.Path) -> Zeitplan:
    return Zeitplan(
        dt.time(6, 5),
        dt.date(2026, 11, 16),
        ordner,
        (sys.executable, "-c", "import sys; print(sys.argv[1:])", name),
    )


@pytest.mark.parametrize("name", NAMEN)
def test_a_shell_runs_the_cron_line_as_meant(tmp_path: pathlib.Path, name: str) -> None:
    zeile = write_cronzeile(make(name, tmp_path))
    felder = zeile.split(" ", 5)
    assert felder[:5] == ["5", "6", "*", "*", "1-5"]
    befehl = felder[5].rstrip("\n").replace("\\%", "%")  # what cron hands to the shell (crontab(5))
    assert "%" not in felder[5].replace("\\%", "")
    ausgabe = subprocess.run(
        ["/bin/sh", "-c", befehl], capture_output=True, text=True, check=True, timeout=60
    )
    assert ausgabe.stdout.strip() == str([name])


@pytest.mark.parametrize("name", NAMEN)
def test_the_task_holds_the_command_and_its_arguments(tmp_path: pathlib.Path, name: str) -> None:
    inhalt = write_aufgabe(make(name, tmp_path))
    assert inhalt[:2] in (b"\xff\xfe", b"\xfe\xff")
    aufgabe = etree.fromstring(inhalt)
    assert aufgabe.findtext("t:Actions/t:Exec/t:Command", namespaces=NS) == sys.executable
    angaben = aufgabe.findtext("t:Actions/t:Exec/t:Arguments", namespaces=NS)
    assert _split_windows(angaben) == ["-c", "import sys; print(sys.argv[1:])", name]
    assert aufgabe.findtext("t:Actions/t:Exec/t:WorkingDirectory", namespaces=NS) == str(tmp_path)
    assert (
        aufgabe.findtext("t:Triggers/t:CalendarTrigger/t:StartBoundary", namespaces=NS)
        == "2026-11-16T06:05:00"
    )
    tage = aufgabe.find("t:Triggers/t:CalendarTrigger/t:ScheduleByWeek/t:DaysOfWeek", namespaces=NS)
    assert [etree.QName(tag).localname for tag in tage] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
    ]


def _split_windows(zeile: str) -> list[str]:
    """Take a command line apart by the rules of the Microsoft C runtime, written down once more."""
    teile: list[str] = []
    teil, offen, begonnen, schraege = "", False, False, 0
    for zeichen in f"{zeile} ":
        if zeichen == "\\":
            schraege += 1
            begonnen = True
            continue
        if zeichen == '"':
            teil += "\\" * (schraege // 2)
            if schraege % 2:
                teil += '"'
            else:
                offen = not offen
            begonnen = True
        else:
            teil += "\\" * schraege
            if zeichen in " \t" and not offen:
                if begonnen:
                    teile.append(teil)
                teil, begonnen = "", False
            else:
                teil += zeichen
                begonnen = True
        schraege = 0
    return teile


def test_the_command_line_of_the_program_is_a_run(tmp_path: pathlib.Path, fixtures: pathlib.Path) -> None:
    """The call that is printed is made: it runs this program on that Bestand."""
    ergebnis = CliRunner().invoke(
        mahnakte_cli, ["zeitplan", str(fixtures / "demo"), "--system", "cron", "--um", "5.45", "--json"]
    )
    daten = json.loads(ergebnis.output)
    assert daten["aufruf"][:5] == [sys.executable, "-P", "-m", "mahnakte", "lauf"]
    hilfe = subprocess.run(
        [*daten["aufruf"][:5], "--help"], capture_output=True, text=True, check=True, timeout=60
    )
    assert "PFAD" in hilfe.stdout
    assert daten["inhalt"].startswith("45 5 * * 1-5 ")
    assert shlex.split(daten["inhalt"])[-1] == str((fixtures / "demo").absolute())


@pytest.mark.parametrize("um", ["24:00", "6", "06:60", "halb sieben", ""])
def test_what_is_no_time_is_refused(fixtures: pathlib.Path, um: str) -> None:
    ergebnis = CliRunner().invoke(
        mahnakte_cli, ["zeitplan", str(fixtures / "demo"), "--um", um], prog_name="mahnakte"
    )
    assert ergebnis.exit_code == 2
    assert "keine Uhrzeit" in ergebnis.output
