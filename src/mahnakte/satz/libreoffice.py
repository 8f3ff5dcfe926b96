"""DOCX -> PDF with LibreOffice, for who asks for it in mahnakte.yaml (`satz: maschine: libreoffice`).

One process per letter, each with a profile of its own in the private temporary folder, so that neither an
open LibreOffice nor a second letter is in the way. It gets a time limit and is ended with everything it
started. Runs in the main process: a worker that is killed could not take its office program with it.
"""

import contextlib
import functools
import os
import pathlib
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.programs import SAFE_PATH, find_program
from mahnakte.satz.schrift import embed_fonts, fontconfig_file, on_temporary_disk, temporary_folder

SECONDS = 60.0  # a letter takes 2 s, the first one with a new profile 4 s

_ORTE = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
_SCHALTER = ("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard")
_FILTER = "pdf:writer_pdf_Export"

_profile: queue.SimpleQueue[pathlib.Path] = queue.SimpleQueue()  # those no process is using


@functools.cache
def find_soffice() -> str | None:
    """Return the path of LibreOffice's program, or None."""
    return find_program("soffice", "libreoffice") or next(
        (ort for ort in _ORTE if pathlib.Path(ort).is_file()), None
    )


def run_libreoffice(docx: bytes, name: str) -> bytes:
    """Return the PDF that LibreOffice makes of a DOCX. Raises Ablehnung; `name` is what the finding calls it."""
    programm = find_soffice()
    if programm is None:
        raise _refuse(
            "LIBREOFFICE_FEHLT",
            "In mahnakte.yaml ist LibreOffice als Satzmaschine gewählt, aber es ist nicht installiert.",
            "LibreOffice installieren oder in mahnakte.yaml „satz: maschine: eingebaut“ setzen.",
            name,
        )
    with _borrowed_profile() as profil, _borrowed_folder() as ordner:
        eingang, ausgang = ordner / "brief.docx", ordner / "brief.pdf"
        with on_temporary_disk():
            eingang.write_bytes(docx if sys.platform == "linux" else embed_fonts(docx))
        _run([programm, *_SCHALTER, f"-env:UserInstallation={profil.as_uri()}",
              "--convert-to", _FILTER, "--outdir", str(ordner), str(eingang)], str(ordner), name)  # fmt: skip
        if not ausgang.is_file():  # LibreOffice ends with 0 also when it could not open the file
            raise _failed("LibreOffice hat kein PDF geschrieben.", name)
        return ausgang.read_bytes()


@contextlib.contextmanager
def _borrowed_folder() -> Iterator[pathlib.Path]:
    with on_temporary_disk():
        ordner = tempfile.mkdtemp(dir=temporary_folder())
    try:
        yield pathlib.Path(ordner)
    finally:
        shutil.rmtree(ordner, ignore_errors=True)  # what stays goes with the folder of the process


@contextlib.contextmanager
def _borrowed_profile() -> Iterator[pathlib.Path]:
    """A profile serves one process at a time; used ones are kept, because a new one costs a second."""
    try:
        profil = _profile.get_nowait()
    except queue.Empty:
        with on_temporary_disk():
            profil = pathlib.Path(tempfile.mkdtemp(prefix="profil-", dir=temporary_folder()))
    yield profil  # after a failure it is not given back: it may be damaged
    _profile.put(profil)


def _run(befehl: list[str], ordner: str, name: str) -> None:
    # Linux: Arimo and nothing else. LibreOffice brings its own Python and must not look into a case folder either.
    umgebung = {**os.environ, "FONTCONFIG_FILE": fontconfig_file(), SAFE_PATH: "1"}
    prozess = subprocess.Popen(  # noqa: S603 - our own switches; names of files are ours as well
        befehl,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=umgebung,
        cwd=ordner,
        start_new_session=True,  # its own process group; Windows knows the children without it
    )
    try:
        rueckgabe = prozess.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise _refuse("LIBREOFFICE_ZEIT", f"LibreOffice wurde in {SECONDS:g} Sekunden nicht fertig.",
                      "Den Brief noch einmal schreiben; bleibt es dabei, „satz: maschine: eingebaut“ setzen.",
                      name) from None  # fmt: skip
    finally:
        _end_group(prozess)
    if rueckgabe != 0:
        raise _failed(f"LibreOffice brach ab (Code {rueckgabe}).", name)


def _end_group(prozess: subprocess.Popen[bytes]) -> None:
    """soffice is a script that starts the real program: ending the first alone would leave the second."""
    if sys.platform == "win32":
        # By its whole path: Windows looks for a bare name in the current folder first.
        taskkill = pathlib.Path(os.environ["SYSTEMROOT"], "System32", "taskkill.exe")
        beenden = [str(taskkill), "/F", "/T", "/PID", str(prozess.pid)]
        subprocess.run(beenden, capture_output=True, check=False)  # noqa: S603 - part of Windows
    else:
        with contextlib.suppress(ProcessLookupError):  # all of them ended by themselves
            os.killpg(prozess.pid, signal.SIGKILL)
    prozess.wait()


def _failed(text: str, name: str) -> Ablehnung:
    return _refuse(
        "LIBREOFFICE_FEHLER", text, "Die Datei in LibreOffice öffnen und ansehen, was es meldet.", name
    )


def _refuse(code: str, text: str, abhilfe: str, name: str) -> Ablehnung:
    return Ablehnung(sperre(code, text, abhilfe, Stelle(name)))
