"""The invoice files of a case, read in bounded workers: their data, and what stands on their pages."""

import dataclasses
from collections.abc import Iterator, Mapping

from mahnakte.ablage.lesen import (
    Datei,
)
from mahnakte.ablage.stoerung import show
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.rechnung import Leseergebnis, compare_picture, dateimuster, read_rechnung, search_plain_pdf
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.grund.worker import WorkerError, WorkerPool

LESEZEIT = 10.0  # seconds for the data of one invoice file; a sound one takes milliseconds
BILDZEIT = 5.0  # seconds for looking through its pages


def read_rechnungsdatei(datei: Datei, werkstatt: WorkerPool) -> Leseergebnis:
    """Return what an invoice file says; one that the bounded worker gave up is a finding."""
    name = show(datei.pfad)
    try:
        return werkstatt.call(read_rechnung, datei.inhalt, name, seconds=LESEZEIT)
    except WorkerError as fehler:
        return Leseergebnis(None, False, (unreadable(fehler, name),))


def look_at_pages(
    fall: Fall, dateien: Mapping[str, Datei], rechnungen: Mapping[str, Leseergebnis], werkstatt: WorkerPool
) -> Iterator[Befund]:
    """Look for number and sum on the pages of the invoices, whether or not they carry data of their own."""
    for forderung in fall.forderungen:
        datei = dateien.get(forderung.datei or "")
        if datei is None or not rechnungen[datei.verweis].ist_pdf:
            continue
        for befund in _look_at(datei, forderung, werkstatt):
            yield dataclasses.replace(befund, gegenstand=forderung.nummer)


def _look_at(datei: Datei, forderung: Forderung, werkstatt: WorkerPool) -> tuple[Befund, ...]:
    """Look through one PDF. One that takes too long is only a warning: what was to be compared is known."""
    name = show(datei.pfad)
    try:
        if forderung.rechnung is not None:
            return werkstatt.call(compare_picture, datei.inhalt, forderung.rechnung, name, seconds=BILDZEIT)
        return werkstatt.call(
            search_plain_pdf, datei.inhalt, forderung.nummer, forderung.betrag, name, seconds=BILDZEIT
        ).befunde
    except WorkerError as fehler:
        return (dateimuster.TEXT_UNGELESEN.finding(Stelle(name), grund=str(fehler)),)


def unreadable(fehler: WorkerError, name: str) -> Befund:
    """Return the finding about an invoice file that the bounded worker gave up."""
    return refuse_rechnung(
        f"Die Rechnungsdatei konnte nicht gelesen werden: {fehler}",
        "Die Datei beim Aussteller neu anfordern; das Original behalten.",
        name,
    )


def refuse_rechnung(text: str, abhilfe: str, name: str) -> Befund:
    """Return the finding about an invoice file that nobody could read, in the words of who tried."""
    return sperre("RECHNUNG_UNLESBAR", text, abhilfe, Stelle(name))
