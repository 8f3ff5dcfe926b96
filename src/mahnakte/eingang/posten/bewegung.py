"""Movements of open items: an invoice, its payments and credits in rows of their own, joined to what is open."""

import collections
import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum

Schluessel = tuple[str, str, str]  # customer, contract, number


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bewegung:
    """One row. `posten` says whose and which invoice (its `offen` means nothing), `soll` and `haben` what moved.

    `saldo` is what the list says is open after it. `zuordnung` is the number of the invoice that a credit belongs to.
    `vortrag`: the rest of an earlier year, whose day and sum are not those of the invoice.
    """

    posten: Offener
    soll: Decimal
    haben: Decimal
    saldo: Decimal | None = None
    zuordnung: str = ""
    vortrag: bool = False

    @property
    def schluessel(self) -> Schluessel:
        """Return whose and which invoice it is by its own number."""
        return key_of(self.posten)

    @property
    def is_claim(self) -> bool:
        """Tell a movement that opens or raises an item."""
        return self.soll > 0


def key_of(posten: Offener) -> Schluessel:
    """Return customer, contract and number: what makes two rows the same item."""
    return posten.kundennummer, posten.vertrag, posten.nummer


def check_due(posten: Offener) -> None:
    """Raise KeinWert for an invoice that was due before it was written: one of the two days is wrong."""
    if posten.faellig is not None and posten.datum is not None and posten.faellig < posten.datum:
        raise KeinWert(
            f"Die Fälligkeit {format_datum(posten.faellig)} liegt vor dem Rechnungsdatum "
            f"{format_datum(posten.datum)}."
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Gruppe:
    """All movements of one item, in the order of days and lines."""

    bewegungen: tuple[Bewegung, ...]

    @property
    def offen(self) -> Decimal:
        """Return debit less credit; negative: a credit."""
        return sum((eine.soll - eine.haben for eine in self.bewegungen), NULL)

    @property
    def zeilen(self) -> tuple[int, ...]:
        """Return the lines in the file."""
        return tuple(sorted(eine.posten.zeile for eine in self.bewegungen))

    @property
    def has_claim(self) -> bool:
        """Tell whether there is an invoice among them."""
        return any(eine.is_claim for eine in self.bewegungen)

    def summarise(self) -> Offener:
        """Return the open item; raise KeinWert where the balance of the list says something else.

        The rows of the first day are the invoice; a later debit (a returned payment) opens it again, but never above
        what was invoiced: such a sum holds more than the invoice, for example fees.
        """
        self._check_saldo()
        forderungen = [eine for eine in self.bewegungen if eine.is_claim]
        erste = forderungen[0]
        betrag = None
        if not any(eine.vortrag for eine in forderungen):
            betrag = sum((eine.soll for eine in forderungen if eine.posten.datum == erste.posten.datum), NULL)
            if self.offen > betrag:
                raise KeinWert(
                    f"Offen sind mit {format_betrag(self.offen)} mehr, als berechnet wurde ({format_betrag(betrag)})."
                )
        posten = dataclasses.replace(
            erste.posten,
            offen=self.offen,
            betrag=betrag,
            bezahlt=None if betrag is None else betrag - self.offen,
            datum=None if erste.vortrag else erste.posten.datum,
            faellig=next((eine.posten.faellig for eine in forderungen if eine.posten.faellig), None),
            mahnsperre=any(eine.posten.mahnsperre for eine in self.bewegungen),
        )
        check_due(posten)
        return posten

    def _check_saldo(self) -> None:
        """Hold the sum against the balance of the last day: a row that is missing shows there."""
        gesagt = [eine for eine in self.bewegungen if eine.saldo is not None]
        if not gesagt:
            return
        letzter = max(_day(eine) for eine in gesagt)
        salden = [eine.saldo for eine in gesagt if _day(eine) == letzter and eine.saldo is not None]
        if self.offen not in salden:
            raise KeinWert(
                f"Soll weniger Haben ergibt {format_betrag(self.offen)}, die Liste nennt als Saldo "
                f"{format_betrag(salden[-1])}."
            )


def join_bewegungen(bewegungen: Iterable[Bewegung]) -> Iterator[Gruppe]:
    """Yield the movements of each item. A credit goes to the invoice that it names, if the list has that one."""
    alle = list(bewegungen)
    rechnungen = {eine.schluessel for eine in alle if eine.is_claim}
    gruppen: dict[Schluessel, list[Bewegung]] = collections.defaultdict(list)
    for eine in alle:
        gruppen[find_key(eine, rechnungen)].append(eine)
    for gruppe in gruppen.values():
        yield Gruppe(tuple(sorted(gruppe, key=lambda eine: (_day(eine), eine.posten.zeile))))


def find_key(bewegung: Bewegung, rechnungen: set[Schluessel]) -> Schluessel:
    """Return the item that a movement belongs to."""
    eigener = bewegung.schluessel
    anderer = (*eigener[:2], bewegung.zuordnung)
    return anderer if not bewegung.is_claim and anderer in rechnungen else eigener


def _day(bewegung: Bewegung) -> str:
    return bewegung.posten.datum.isoformat() if bewegung.posten.datum else ""
