"""What the court has, decided per claim and per debtor: whom a letter may still go to, and about which invoices."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from mahnakte.fall.partei import Schuldner
from mahnakte.grund.betrag import NULL
from mahnakte.konto.modell import Konto
from mahnakte.stand.verfahren import Verfahren


@dataclasses.dataclass(frozen=True, slots=True)
class Gerichtslage:
    """`an` are the debtors (kennungen) who may be written to, `frei` the open invoices that may be demanded of them.

    `verfahren` is all that is pending or titled against debtors whom letters reach.
    """

    an: tuple[str, ...]
    frei: frozenset[str]
    verfahren: tuple[Verfahren, ...]

    @property
    def hemmende(self) -> tuple[Verfahren, ...]:
        """Return the proceedings against those who are written to: they hold back what they are about."""
        return tuple(eines for eines in self.verfahren if eines.schuldner in self.an)

    @property
    def haelt_alles(self) -> bool:
        """Tell whether proceedings leave nothing that a letter could ask for."""
        return bool(self.verfahren) and not self.frei

    def holding(self, rechnung: str) -> Verfahren | None:
        """Return the latest proceedings that hold this invoice back, or None."""
        treffer = [eines for eines in self.hemmende if rechnung in eines.rechnungen]
        return max(treffer, key=lambda eines: eines.seit, default=None)


def offene_rechnungen(konto: Konto, stichtag: dt.date) -> frozenset[str]:
    """Return the invoices that are due with an open principal which no title has taken over."""
    return frozenset(
        zeile.rechnung
        for zeile in konto.forderungen
        if zeile.offen > NULL and not zeile.titel and zeile.zahlbar_bis < stichtag
    )


def compute_gerichtslage(
    verfahren: Iterable[Verfahren], offene: Iterable[str], erreichbare: Iterable[Schuldner]
) -> Gerichtslage:
    """Return what may still be demanded, of `offene` invoices and of debtors that can be reached.

    A letter or application demands the same of everybody it goes to. So first what is before no court goes to all
    of them; only if there is no such invoice, all of it to those against whom nothing is pending (§§ 421, 425 BGB).
    """
    alle = frozenset(offene)
    an = tuple(einer.kennung for einer in erreichbare)
    gegen_sie = tuple(eines for eines in verfahren if eines.schuldner in an)
    frei = alle.difference(*(eines.rechnungen for eines in gegen_sie))
    unberuehrt = tuple(wer for wer in an if not any(eines.schuldner == wer for eines in gegen_sie))
    if frei or not unberuehrt:
        return Gerichtslage(an, frei, gegen_sie)
    return Gerichtslage(unberuehrt, alle, gegen_sie)
