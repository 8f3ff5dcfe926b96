"""Court proceedings as of a Stichtag: which claims are in them, against which debtor, and how far they have come.

A case may know proceedings by a single act, because somebody else applied or an entry is missing: then they count
from that act. Against one debtor each application begins proceedings of its own.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from mahnakte.arten.ereignis import (
    EINSPRUCH,
    EREIGNISARTEN,
    GERICHTSAKTE,
    VB_ERLASSEN,
    VB_ZUGESTELLT,
    WIDERSPRUCH,
    Ereignisart,
)
from mahnakte.arten.titel import VOLLSTRECKUNGSBESCHEID
from mahnakte.arten.vorgang import ANTRAG
from mahnakte.fall.modell import Ereignis, Titel
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis

_ERLASS = (VB_ERLASSEN.wort, VB_ZUGESTELLT.wort)


@dataclasses.dataclass(frozen=True, slots=True)
class Verfahren:
    """Proceedings against one debtor (his kennung) about some invoices (their numbers), from a day on.

    `letzter` is the last act; `titel` a title that fall.yaml has, then there need be no act.
    """

    schuldner: str
    rechnungen: frozenset[str]
    seit: dt.date
    letzter: Ereignis | None = None
    titel: Titel | None = None

    @property
    def art(self) -> Ereignisart | None:
        """Return the kind of the last act."""
        return EREIGNISARTEN[self.letzter.art] if self.letzter else None

    @property
    def gescheitert(self) -> bool:
        """Tell whether the application was rejected: the claim is before no court then (§ 691 ZPO)."""
        return self.art is not None and self.art.scheitert

    @property
    def tituliert(self) -> bool:
        """Tell whether there is a title, entered as such or known from an act."""
        return self.titel is not None or (self.art is not None and self.art.tituliert)

    @property
    def worte(self) -> str:
        """Return how far it has come: `Widerspruch am 12.11.2026`, `Titel vb-1`."""
        if self.letzter is not None and self.art is not None:
            return f"{self.art.name} am {format_datum(self.letzter.am)}"
        return f"Titel {self.titel.kennung}" if self.titel else ""


@once
def list_verfahren(sachstand: Sachstand) -> tuple[Verfahren, ...]:
    """Return the proceedings against each debtor up to the Stichtag, one for each application and each title.

    An act that names no debtor, and a title that names none, concern all of them.
    """
    return tuple(
        verfahren
        for schuldner in sachstand.fall.schuldner
        for verfahren in (
            *_from_acts(sachstand, schuldner.kennung),
            *_from_titles(sachstand, schuldner.kennung),
        )
    )


@once
def list_gerichtsakte(sachstand: Sachstand, schuldner: str) -> tuple[Ereignis, ...]:
    """Return the court's and the parties' acts against one debtor (his kennung) up to the Stichtag, the oldest first.

    A Widerspruch that comes when the Vollstreckungsbescheid is issued is an Einspruch (§ 694 (2) ZPO). On one day the
    order in fall.yaml decides.
    """
    bescheide = [
        titel.erlassen_am
        for titel in sachstand.fall.titel
        if titel.art == VOLLSTRECKUNGSBESCHEID.wort
        and titel.schuldner in (None, schuldner)
        and titel.erlassen_am
    ]
    akte: list[Ereignis] = []
    erlassen = False
    for akt in ereignisse_bis(sachstand, *GERICHTSAKTE):
        if akt.schuldner not in (None, schuldner):
            continue
        erlassen = (erlassen or akt.art in _ERLASS) and not EREIGNISARTEN[akt.art].beginnt
        zu_spaet = erlassen or any(_seit(akte) <= tag < akt.am for tag in bescheide)
        einspruch = akt.art == WIDERSPRUCH.wort and zu_spaet
        akte.append(dataclasses.replace(akt, art=EINSPRUCH.wort) if einspruch else akt)
    return tuple(akte)


def _seit(akte: Sequence[Ereignis]) -> dt.date:
    """Return the day from which the latest proceedings count."""
    beginne = (akt.am for akt in akte if EREIGNISARTEN[akt.art].beginnt)
    return max(beginne, default=dt.date.min)


def _from_acts(sachstand: Sachstand, schuldner: str) -> Iterator[Verfahren]:
    handlungen: list[Ereignis] = []
    for akt in list_gerichtsakte(sachstand, schuldner):
        if EREIGNISARTEN[akt.art].beginnt and handlungen:
            yield _gather(sachstand, schuldner, handlungen)
            handlungen = []
        handlungen.append(akt)
    if handlungen:
        yield _gather(sachstand, schuldner, handlungen)


def _gather(sachstand: Sachstand, schuldner: str, handlungen: Sequence[Ereignis]) -> Verfahren:
    return Verfahren(
        schuldner, rechnungen_im_antrag(sachstand, handlungen[0]), handlungen[0].am, handlungen[-1]
    )


def rechnungen_im_antrag(sachstand: Sachstand, akt: Ereignis) -> frozenset[str]:
    """Return the invoices that proceedings are about whose first known act this is.

    The step that was filed lists them; without one it is every invoice of that day.
    """
    antraege = [v for v in effective_vorgaenge(sachstand.am(akt.am)) if v.rechnungen is not None]
    gemeint = [v for v in antraege if v.nr == akt.vorgang] or [v for v in antraege if v.art == ANTRAG.wort]
    if gemeint:
        return gemeint[-1].rechnungen or frozenset()
    return frozenset(f.nummer for f in sachstand.fall.forderungen if f.datum <= akt.am)


def _from_titles(sachstand: Sachstand, schuldner: str) -> Iterator[Verfahren]:
    for titel in sachstand.fall.titel:
        erlassen_am = titel.erlassen_am or sachstand.stichtag
        if titel.schuldner in (None, schuldner) and erlassen_am <= sachstand.stichtag:
            rechnungen = frozenset(f.nummer for f in sachstand.fall.forderungen if f.datum <= erlassen_am)
            yield Verfahren(schuldner, rechnungen, erlassen_am, titel=titel)
