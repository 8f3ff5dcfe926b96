"""From template and values to a letter: the door of this room. Bytes in, bytes out, all work in a worker.

Templates are user files: they are opened, compiled and rendered only in a child process with limits of
time and memory. Nothing here touches a path of the Bestand.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, has_sperre, sperre
from mahnakte.grund.worker import WorkerError, WorkerPool, WorkerRaised
from mahnakte.satz.druckbild import Druckbild
from mahnakte.satz.gestaltung import OHNE_VORGABE, Gestaltung
from mahnakte.satz.libreoffice import run_libreoffice
from mahnakte.satz.schrift import fontconfig_file
from mahnakte.satz.variablen import Variable, Werte, build_example, build_sparse

if TYPE_CHECKING:
    from mahnakte.satz.wortvergleich import Worttext

LOAD_SECONDS = 10.0
SET_SECONDS = 20.0
_WOERTER_GEZEIGT = 12

_Ts = TypeVarTuple("_Ts")
_R = TypeVar("_R")


class Maschine(enum.StrEnum):
    """Which program makes the PDF; chosen in mahnakte.yaml, never changed by the program on its own."""

    EINGEBAUT = "eingebaut"
    LIBREOFFICE = "libreoffice"


@dataclasses.dataclass(frozen=True, slots=True)
class Vorlage:
    """A template that has passed all checks; `hinweise` are findings that do not stop it."""

    name: str
    inhalt: bytes
    hinweise: tuple[Befund, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class Satz:
    """A finished letter: both files, the text of the DOCX and what was read back from the PDF.

    `befunde` is what is wrong with the pages whatever they say: with one of them no letter leaves the house.
    """

    docx: bytes
    pdf: bytes
    docx_text: str
    druckbild: Druckbild
    befunde: tuple[Befund, ...] = ()


def load_vorlage(
    pool: WorkerPool, inhalt: bytes, name: str, variablen: tuple[Variable, ...]
) -> Vorlage | tuple[Befund, ...]:
    """Check the bytes of a template; return it, or the findings that forbid its use.

    `name` is what the findings call it (the file name); `variablen` are the names it may use.
    """
    beispiel = build_example(variablen)
    try:
        befunde = _call(
            pool, _check, inhalt, name, beispiel, build_sparse(beispiel), seconds=LOAD_SECONDS, name=name
        )
    except Ablehnung as ablehnung:
        return (ablehnung.befund,)
    return befunde if has_sperre(befunde) else Vorlage(name, inhalt, befunde)


def set_letter(
    pool: WorkerPool,
    vorlage: Vorlage,
    werte: Werte,
    bilder: Mapping[str, bytes],
    datum: dt.date,
    maschine: Maschine = Maschine.EINGEBAUT,
    gestaltung: Gestaltung = OHNE_VORGABE,
) -> Satz:
    """Set one letter. Same template, values, pictures, date, engine and look: same bytes. Raises Ablehnung.

    `werte` hold only str, Decimal, date, bool, int, lists and mappings; `bilder` PNGs by name
    (zahlcode, logo, unterschrift); `datum` is the date of the letter, used for the file's properties.
    """
    name = vorlage.name
    auftrag = (vorlage.inhalt, name, dict(werte), dict(bilder), datum, gestaltung)
    if maschine is Maschine.EINGEBAUT:
        return _call(pool, _set, *auftrag, fontconfig_file(), seconds=SET_SECONDS, name=name)
    docx = _call(pool, _fill_in, *auftrag, seconds=SET_SECONDS, name=name)
    return _call(pool, _finish, docx, run_libreoffice(docx, name), name, seconds=SET_SECONDS, name=name)


def docx_to_pdf(pool: WorkerPool, docx: bytes, name: str) -> bytes:
    """Convert a finished DOCX to PDF. Raises Ablehnung."""
    return _call(pool, _convert, docx, name, fontconfig_file(), seconds=SET_SECONDS, name=name)


def read_pages(pool: WorkerPool, pdf: bytes, name: str) -> tuple[str, ...]:
    """Return the text of each page of a finished PDF. Raises Ablehnung."""
    return _call(pool, _read_pages, pdf, seconds=SET_SECONDS, name=name)


def compare_word(
    pool: WorkerPool, alt: bytes, neu: bytes, name: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what differs in a letter saved in Word though it may not, and its free paragraphs that are new."""
    return _call(pool, _compare_word, alt, neu, name, seconds=SET_SECONDS, name=name)


def _call(pool: WorkerPool, function: Callable[[*_Ts], _R], *args: *_Ts, seconds: float, name: str) -> _R:
    try:
        return pool.call(function, *args, seconds=seconds)
    except WorkerRaised as fehler:
        abhilfe = "Die mitgelieferte Vorlage verwenden und diese Datei mit der Fehlermeldung aufheben."
        raise Ablehnung(sperre("VORLAGE_FEHLER", str(fehler), abhilfe, Stelle(name))) from fehler
    except WorkerError as fehler:
        abhilfe = "Verschachtelte Schleifen und sehr große Bilder aus der Vorlage entfernen."
        raise Ablehnung(sperre("VORLAGE_GRENZE", str(fehler), abhilfe, Stelle(name))) from fehler


# --- in the worker: heavy imports belong there ------------------------------------------------------


def _check(inhalt: bytes, name: str, beispiel: Werte, knapp: Werte) -> tuple[Befund, ...]:
    from mahnakte.satz.vorlage import check_vorlage

    return tuple(check_vorlage(inhalt, name, beispiel, knapp))


def _fill_in(
    inhalt: bytes,
    name: str,
    werte: Werte,
    bilder: Mapping[str, bytes],
    datum: dt.date,
    gestaltung: Gestaltung,
) -> bytes:
    from mahnakte.satz.vorlage import compile_vorlage, render

    return render(compile_vorlage(inhalt, name), werte, bilder, datum, gestaltung)


def _set(
    inhalt: bytes,
    name: str,
    werte: Werte,
    bilder: Mapping[str, bytes],
    datum: dt.date,
    gestaltung: Gestaltung,
    fontconfig: str,
) -> Satz:
    from mahnakte.satz.pdf import convert

    docx = _fill_in(inhalt, name, werte, bilder, datum, gestaltung)
    return _read_back(docx, convert(docx, name, fontconfig), name)


def _finish(docx: bytes, roh: bytes, name: str) -> Satz:
    """Describe what another engine has set, and read it back."""
    from mahnakte.satz.pdf import read_beschreibung
    from mahnakte.satz.pdfa import finish_pdf, read_producer

    return _read_back(docx, finish_pdf(roh, read_beschreibung(docx, name, read_producer(roh)), docx), name)


def _read_back(docx: bytes, pdf: bytes, name: str) -> Satz:
    from mahnakte.satz.druckbild import read_druckbild
    from mahnakte.satz.wortvergleich import read_worttext

    worttext, druckbild = read_worttext(docx, name), read_druckbild(pdf)
    return Satz(docx, pdf, worttext.hauptteil, druckbild, tuple(_compare(worttext, druckbild, name)))


def _compare(worttext: "Worttext", druckbild: Druckbild, name: str) -> Iterator[Befund]:
    from mahnakte.satz.wortvergleich import find_missing_letters, find_missing_words

    if fehlende := find_missing_letters(worttext, druckbild):
        yield sperre("ZEICHEN_FEHLT", f"Diese Zeichen stehen im Text, aber nicht im PDF: {' '.join(fehlende)}",
                     "Sie in fall.yaml oder in der Vorlage anders schreiben; die Schrift hat sie nicht.",
                     Stelle(name))  # fmt: skip
    elif woerter := find_missing_words(worttext, druckbild):
        yield sperre("WORT_FEHLT", f"Diese Wörter des Word-Dokuments stehen nicht im PDF: {_quote(woerter)}.",
                     "Die Stelle in der Vorlage als gewöhnlichen Absatz neu schreiben; Text über den Seitenrand "
                     "hinaus und hohe Kopf- und Fußzeilen kürzen; „Nicht vom nächsten Absatz trennen“ nur bei "
                     "Überschriften verwenden.",
                     Stelle(name))  # fmt: skip


def _quote(woerter: tuple[str, ...]) -> str:
    gezeigt = " ".join(woerter[:_WOERTER_GEZEIGT])[:200]
    return f"„{gezeigt}“" if len(woerter) <= _WOERTER_GEZEIGT else f"„{gezeigt} …“ ({len(woerter)} Wörter)"


def _read_pages(pdf: bytes) -> tuple[str, ...]:
    from mahnakte.satz.druckbild import read_druckbild

    return read_druckbild(pdf).seiten


def _compare_word(alt: bytes, neu: bytes, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from mahnakte.satz.wordfassung import compare_wordfassungen, read_wordfassung

    vorher, nachher = read_wordfassung(alt, name), read_wordfassung(neu, name)
    neue = tuple(absatz for absatz in nachher.freie if absatz not in vorher.freie)
    return tuple(compare_wordfassungen(vorher, nachher)), neue


def _convert(docx: bytes, name: str, fontconfig: str) -> bytes:
    from mahnakte.satz.pdf import convert

    return convert(docx, name, fontconfig)
