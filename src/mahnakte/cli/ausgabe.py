"""How results reach people and machines: lines or one JSON document, findings, exit code."""

import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from mahnakte.befehle.ausgaben import refuse_standing
from mahnakte.befehle.ergebnis import NICHT_BEGONNEN, Ergebnis, NichtBegonnen
from mahnakte.befehle.panne import report_panne
from mahnakte.grund.befund import Ablehnung, Befund, Schwere

_WORT = {Schwere.HINWEIS: "Hinweis", Schwere.WARNUNG: "Warnung", Schwere.SPERRE: "Sperre"}


def deliver(
    command: Callable[[], Ergebnis],
    als_json: bool,
    *,
    dateien: Iterable[pathlib.Path | None] = (),
    ersetzen: bool = False,
) -> NoReturn:
    """Run a command, print what it returns, and end the process with its exit code.

    `dateien` are outputs that the call names: one that stands makes it a wrong call, unless it may be replaced.
    """
    try:
        refuse_standing(dateien, ersetzen=ersetzen)
        ergebnis = command()
    except NichtBegonnen as abbruch:
        give_up(abbruch.befunde, als_json)
    except Ablehnung as ablehnung:
        give_up((ablehnung.befund,), als_json)
    except Exception as fehler:
        if os.environ.get("MAHNAKTE_DEBUG"):
            raise
        give_up((report_panne(fehler),), als_json)
    if als_json:
        write_json(ergebnis.as_json())
    else:
        write_lines((*ergebnis.zeilen, *befund_lines(ergebnis.befunde)))
    sys.exit(ergebnis.exit_code)


def give_up(befunde: Iterable[Befund], als_json: bool) -> NoReturn:
    """Say why nothing could start, and end with exit code 2."""
    alle = tuple(befunde)
    if als_json:
        write_json({"befunde": [befund.as_json() for befund in alle]})
    else:
        for zeile in befund_lines(alle, heading=False):
            print(zeile, file=sys.stderr)  # noqa: T201 - the command line speaks
    sys.exit(NICHT_BEGONNEN)


def befund_lines(befunde: tuple[Befund, ...], *, heading: bool = True) -> list[str]:
    """Return the findings as lines: severity, place, what is wrong; below it, what to do."""
    zeilen = ["", f"Befunde ({len(befunde)}):"] if heading and befunde else []
    for befund in befunde:
        ort = f"{befund.stelle}: " if befund.stelle else ""
        zeilen.append(f"  {_WORT[befund.schwere]}: {ort}{befund.text} [{befund.code}]")
        for nummer, zeile in enumerate(befund.abhilfe.splitlines()):
            zeilen.append(f"      {'→' if nummer == 0 else ' '} {zeile}")
    return zeilen


def write_json(dokument: Mapping[str, Any]) -> None:
    """Write exactly one UTF-8 JSON document to stdout, whatever the console's code page is."""
    text = json.dumps(dokument, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def write_lines(zeilen: Iterable[str]) -> None:
    """Write lines for a person; a console that lacks a character shows a substitute."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    for zeile in zeilen:
        print(zeile)  # noqa: T201 - the command line speaks
