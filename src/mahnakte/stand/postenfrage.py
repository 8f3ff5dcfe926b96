"""What the bookkeeping's list of open items says against demanding: an item gone or smaller, a customer blocked.

A list says what is open, never when and how it was paid. So nothing is booked from it; the case waits until somebody
books what explains it, a later list has it again, or a person answers (`posten_geklaert`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from mahnakte.arten.ereignis import POSTEN_GEKLAERT, POSTENFRAGE, POSTENSPERRE
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.betrag import NULL
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import ereignisse_bis

# A payment designated to these leaves the invoices as they are; to the main claim it may be meant for any of them.
_NEBEN = ("zinsen", "kosten")
_HAUPT = "hauptforderung"

Minderung = tuple[str | None, Decimal]  # what it is designated to, and its sum


def compare_posten(
    rechnungen: Mapping[str, Decimal], gesagt: Mapping[str, Decimal], minderungen: Iterable[Minderung]
) -> dict[str, Decimal]:
    """Return by how much the case asks for more (above zero) or less of an invoice than the list has open.

    `rechnungen` are the amounts by number, the oldest first; `gesagt` what the list has open. Bookkeeping knows no
    § 367 BGB: there each payment reduces its invoice in full. What names no invoice explains the oldest first, and
    nothing is said about an invoice whose difference the bookings explain.
    """
    bestimmt: dict[str, Decimal] = defaultdict(lambda: NULL)
    frei = NULL
    for auf, betrag in minderungen:
        if auf in rechnungen:
            bestimmt[auf or ""] += betrag
        elif auf is None or auf == _HAUPT:
            frei += betrag
    abweichungen = {}
    for nummer, betrag in rechnungen.items():
        if nummer not in gesagt:
            continue
        rest = betrag - bestimmt[nummer] - gesagt[nummer]
        if NULL < rest <= frei:
            frei -= rest
        elif rest:
            abweichungen[nummer] = rest
    return abweichungen


def list_minderungen(eintraege: Iterable[tuple[str | None, Decimal]]) -> tuple[Minderung, ...]:
    """Return what reduces invoices, without what is designated to interest or costs."""
    return tuple((auf, betrag) for auf, betrag in eintraege if auf not in _NEBEN)


@once
def offene_postenfragen(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return the questions of a list that neither a person, a later list nor a booking has answered."""
    rechnungen = {f.nummer: f.betrag for f in sorted(sachstand.fall.forderungen, key=lambda f: f.datum)}
    fragen = _standing(sachstand, POSTENFRAGE.wort)
    gesagt = {frage.rechnung: frage.betrag or NULL for frage in fragen if frage.rechnung}
    zuviel = compare_posten(rechnungen, gesagt, list_minderungen(_reductions(sachstand)))
    return tuple(f for f in fragen if f.rechnung is None or zuviel.get(f.rechnung, NULL) > NULL)


@once
def laufende_postensperren(sachstand: Sachstand) -> tuple[Ereignis, ...]:
    """Return the holds of the bookkeeping that nobody has lifted."""
    return _standing(sachstand, POSTENSPERRE.wort)


def _standing(sachstand: Sachstand, art: str) -> tuple[Ereignis, ...]:
    """Return the latest event of a kind about each invoice, unless an answer about it came after."""
    letzte: dict[str | None, Ereignis] = {}
    for ereignis in ereignisse_bis(sachstand, art, POSTEN_GEKLAERT.wort):
        if ereignis.art == art:
            letzte[ereignis.rechnung] = ereignis
        elif ereignis.rechnung is None:
            letzte.clear()
        else:
            letzte.pop(ereignis.rechnung, None)
    return tuple(letzte.values())


def _reductions(sachstand: Sachstand) -> Iterator[tuple[str | None, Decimal]]:
    fall, tag = sachstand.fall, sachstand.stichtag
    for zahlung in fall.zahlungen:
        if zahlung.am <= tag and (zahlung.zurueck_am is None or zahlung.zurueck_am > tag):
            yield zahlung.auf, zahlung.betrag
    for gutschrift in fall.gutschriften:
        if gutschrift.am <= tag:
            yield gutschrift.auf, gutschrift.betrag
    for verzicht in fall.verzicht:
        if verzicht.am <= tag:
            yield verzicht.auf, verzicht.betrag
    for mit in fall.mitzahlungen:
        if mit.am <= tag:
            yield None, mit.wirkung
