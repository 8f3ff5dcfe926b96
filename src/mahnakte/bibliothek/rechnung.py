"""What an invoice file says, from its bytes."""

import contextlib

from mahnakte.fall.rechnung import Leseergebnis, read_rechnung
from mahnakte.grund.worker import WorkerError, WorkerPool
from mahnakte.werk.rechnungsdateien import LESEZEIT, unreadable


def lies_rechnung(
    inhalt: bytes, *, name: str = "Rechnung", werkstatt: WorkerPool | None = None
) -> Leseergebnis:
    """Return what an invoice file says (ZUGFeRD, XRechnung; a plain PDF says nothing), with findings.

    Read in a bounded child process: whoever sends an invoice may mean harm. A pool handed in is used and left open;
    without one a child is started and ended here. `name` stands in the findings. Never raises for what the file is.
    """
    with contextlib.nullcontext(werkstatt) if werkstatt else WorkerPool(1) as pool:
        try:
            return pool.call(read_rechnung, inhalt, name, seconds=LESEZEIT)
        except WorkerError as fehler:
            return Leseergebnis(None, False, (unreadable(fehler, name),))
