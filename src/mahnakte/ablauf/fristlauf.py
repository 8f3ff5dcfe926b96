"""Periods that letters granted: until they end no demand sets an earlier day, and nothing is filed.

Whoever is told „bis zum 24.06.“ may rely on it, whatever the letter was about. The period for accepting an offer
(settlement, instalments) binds the offer alone; what was agreed holds the series by its own event. A payment period
does not suspend limitation, a deferral does (§ 205 BGB).
"""

import dataclasses
import datetime as dt
from collections.abc import Collection

from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.fall.bezeichnung import SCHREIBEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import effective_vorgaenge, genannte_rechnungen, list_schreiben
from mahnakte.stand.zahltag import move_zahltag
from mahnakte.uhren.anspruchsuhr import compute_anspruchsuhren


@dataclasses.dataclass(frozen=True, slots=True)
class Fristlauf:
    """A period that a letter granted until a day, that day included, and the invoices it is about."""

    bis: dt.date
    schreiben: str
    am: dt.date
    rechnungen: frozenset[str]

    @property
    def worte(self) -> str:
        """Return what was granted by which letter."""
        name = SCHREIBEN.get(self.schreiben, f"„{self.schreiben}“")
        return f"Frist bis {format_datum(self.bis)} aus: {name} vom {format_datum(self.am)}"


@once
def laufende_fristen(sachstand: Sachstand) -> tuple[Fristlauf, ...]:
    """Return the periods that still run on the Stichtag, the longest last; letters of other systems count."""
    eigene = (
        Fristlauf(
            move_zahltag(sachstand.fall, bis), vorgang.art, vorgang.stichtag, _about(sachstand.fall, vorgang)
        )
        for vorgang in effective_vorgaenge(sachstand)
        if (bis := granted_until(vorgang))
    )
    fremde = (
        Fristlauf(move_zahltag(sachstand.fall, brief.frist_bis), brief.stufe, brief.am, brief.rechnungen)
        for brief in list_schreiben(sachstand)
        if brief.vorgang_nr is None and brief.frist_bis
    )
    laufende = (frist for frist in (*eigene, *fremde) if frist.bis >= sachstand.stichtag)
    return tuple(sorted(laufende, key=lambda frist: frist.bis))


def granted_until(vorgang: Vorgang) -> dt.date | None:
    """Return the day until which a letter gave time: to pay, else to answer. None: it gave none."""
    sagt = vorgang.brief
    if sagt.raten is not None:  # its own event holds the series, and frees it when the plan is terminated
        return None
    tag = sagt.frist_bis or sagt.betrag_gilt_bis
    art = BRIEFARTEN.get(vorgang.art)
    if tag is None and not (art is not None and art.angebot):
        tag = sagt.antwort_bis
    return tag


def _about(fall: Fall, vorgang: Vorgang) -> frozenset[str]:
    """A letter that lists no invoices is about all there were on its day."""
    genannte = genannte_rechnungen(fall, vorgang)
    return genannte or frozenset(f.nummer for f in fall.forderungen if f.datum <= vorgang.stichtag)


def binding_frist(sachstand: Sachstand, rechnungen: Collection[str]) -> Fristlauf | None:
    """Return the longest running period about one of these invoices, or None."""
    treffer = [f for f in laufende_fristen(sachstand) if not f.rechnungen.isdisjoint(rechnungen)]
    return treffer[-1] if treffer else None


def lapses_within(sachstand: Sachstand, konto: Konto, frist: Fristlauf) -> str:
    """Say which claim lapses before such a period has been over for a while; an empty text: none does.

    How long a while is stands in `schwellen: eilig_tage`. The first safe end of each claim's clock counts.
    """
    return _first_lapse(sachstand, konto, frist.bis, frist.rechnungen)


def lapses_soon(sachstand: Sachstand, konto: Konto) -> str:
    """Say which claim lapses within `schwellen: eilig_tage` of the Stichtag; an empty text: none does."""
    return _first_lapse(sachstand, konto, sachstand.stichtag, [f.nummer for f in sachstand.fall.forderungen])


def _first_lapse(sachstand: Sachstand, konto: Konto, tag: dt.date, rechnungen: Collection[str]) -> str:
    grenze = tag + dt.timedelta(days=sachstand.fall.einstellungen.schwellen.eilig_tage)
    for uhr in compute_anspruchsuhren(sachstand, konto):
        ende = uhr.verjaehrung
        if uhr.erledigt or ende is None or uhr.forderung.nummer not in rechnungen:
            continue
        if ende.sicher_bis <= grenze and sachstand.stichtag <= ende.letzter_tag:
            return f"Rechnung {uhr.forderung.nummer} verjährt mit Ablauf des {format_datum(ende.letzter_tag)}"
    return ""
