"""How results reach people and machines: lines or one JSON document, findings, exit code."""

import contextlib
import errno
import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NoReturn

from mahnakte.grund.befund import Ablehnung, Befund, Schwere, sperre
from mahnakte.werk.ausgaben import refuse_standing
from mahnakte.werk.ergebnis import MIT_BEFUNDEN, NICHT_BEGONNEN, Ergebnis, NichtBegonnen
from mahnakte.werk.panne import report_panne

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
    with guard_output(ergebnis.exit_code):
        if als_json:
            write_json(ergebnis.as_json())
        else:
            write_lines((*ergebnis.zeilen, *befund_lines(ergebnis.befunde)))
    sys.exit(ergebnis.exit_code)


def give_up(befunde: Iterable[Befund], als_json: bool) -> NoReturn:
    """Say why nothing could start, and end with exit code 2."""
    alle = tuple(befunde)
    with guard_output(NICHT_BEGONNEN):
        if als_json:
            write_json({"befunde": [befund.as_json() for befund in alle]})
        else:
            _write_errors(alle)
    sys.exit(NICHT_BEGONNEN)


@contextlib.contextmanager
def guard_output(rueckgabe: int) -> Iterator[None]:
    """End the process when its output cannot be written, after the work is done.

    Whoever closes the pipe (`| head`) has seen enough: `rueckgabe` stands, without a word. A full or closed
    output is said on stderr and needs a look: at least 1.
    """
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        sys.exit(rueckgabe)
    except (OSError, _NoOutput) as fehler:
        if isinstance(fehler, OSError) and fehler.errno not in _OUTPUT_LOST:
            raise
        _drop_output()
        _write_errors((_AUSGABE_VERLOREN,))
        sys.exit(max(rueckgabe, MIT_BEFUNDEN))


_OUTPUT_LOST = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EINVAL)


class _NoOutput(Exception):  # noqa: N818 - says what happened
    """The process was started with its output closed."""


_AUSGABE_VERLOREN = sperre(
    "AUSGABE_VERLOREN",
    "Das Ergebnis lässt sich nicht ausgeben: Die Ausgabe ist geschlossen oder ihr Datenträger voll. Was der Befehl "
    "geschrieben hat, steht.",
    "Platz schaffen oder in eine andere Datei ausgeben und den Befehl wiederholen; nichts entsteht doppelt.",
)


def _write_errors(befunde: tuple[Befund, ...]) -> None:
    if sys.stderr is not None:
        with contextlib.suppress(OSError):  # there is nowhere left to say it; the exit code does
            for zeile in befund_lines(befunde, heading=False):
                print(zeile, file=sys.stderr)  # noqa: T201 - the command line speaks
            sys.stderr.flush()


def _drop_output() -> None:
    """Let the interpreter flush its output into nothing at exit, instead of failing once more."""
    if sys.stdout is not None:
        nirgends = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nirgends, sys.stdout.fileno())
        os.close(nirgends)


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
    if sys.stdout is None:
        raise _NoOutput
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()


def write_lines(zeilen: Iterable[str]) -> None:
    """Write lines for a person; a console that lacks a character shows a substitute."""
    if sys.stdout is None:
        raise _NoOutput
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    for zeile in zeilen:
        print(zeile)  # noqa: T201 - the command line speaks
