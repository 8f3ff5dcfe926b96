"""A list of open items against the cases: what is new, known, contradicted, gone. Pure; nothing is decided silently.

An item is creditor, customer (or contract) and invoice number. A name never brings two debtors together. What cannot
be told is listed for a person and touches no case.
"""

import dataclasses
import enum
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from mahnakte.bestand.postenfall import Fallnachtrag, compare_fall
from mahnakte.bestand.postenkarte import Postenkarte, Postenrechnung, key_of
from mahnakte.bestand.postenvorschlag import Lage, Vorschlag
from mahnakte.eingang.posten.postenliste import Offener, Postenliste
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe


class Teilung(enum.Enum):
    """What makes one case: the customer, or each of his contracts."""

    KUNDE = "kunde"
    VERTRAG = "vertrag"


@dataclasses.dataclass(frozen=True, slots=True)
class Neufall:
    """Items of one debtor that no case has: they become one. `kunde` may be empty: then each item is its own."""

    kunde: str
    vertrag: str
    posten: tuple[Offener, ...]
    faelle_davor: int = 0  # cases of the same customer that take no more invoices


@dataclasses.dataclass(frozen=True, slots=True)
class Abgleich:
    """What a list means: new cases, what comes into standing ones by folder, and a line for each item.

    `verteilt` are the items of each standing case, `genannte` the numbers about which nothing certain is said.
    """

    neue: tuple[Neufall, ...]
    nachtraege: Mapping[str, Fallnachtrag]
    vorschlaege: tuple[Vorschlag, ...]
    verteilt: Mapping[str, Sequence[Offener]] = dataclasses.field(default_factory=dict)
    genannte: frozenset[str] = frozenset()


@dataclasses.dataclass(frozen=True, slots=True)
class Bestandsblick:
    """The cases as seen: cards by folder, and the bare text of those that could not be read."""

    karten: Mapping[str, Postenkarte]
    ungelesene: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Auftrag:
    """How a list is compared.

    `glaeubiger` is whose items they are (key in mahnakte.yaml), `quelle` how the list is called in texts, `ganz`
    whether it has all that is open, so that what it lacks is gone. `stufe_of` tells the letter that a list's word
    for it means, or None.
    """

    glaeubiger: str
    quelle: str
    ganz: bool = True
    teilung: Teilung = Teilung.KUNDE
    stufe_of: Callable[[str], str | None] = lambda _: None


def match_liste(liste: Postenliste, blick: Bestandsblick, auftrag: Auftrag) -> Abgleich:
    """Return what a list means for the cases. The order of its rows does not matter."""
    verteilung = _Verteilung(blick, auftrag)
    vorschlaege: list[Vorschlag] = []
    guthaben = [posten for posten in _sorted(liste.offene) if posten.offen <= NULL]
    vorschlaege += [_credit(posten, verteilung.home_of(posten)) for posten in guthaben]
    einzelne, doppelte = _apart([p for p in liste.offene if p.offen > NULL])
    vorschlaege += doppelte
    for posten in einzelne:
        if problem := verteilung.place(posten):
            vorschlaege.append(problem)
    genannte = {key_of(v.nummer) for v in vorschlaege} | {key_of(nummer) for nummer in liste.unsichere}
    nachtraege: dict[str, Fallnachtrag] = {}
    for ordner, karte in verteilung.karten.items():
        nachtrag = compare_fall(karte, verteilung.je_fall.get(ordner, ()), ordner, auftrag, genannte)
        vorschlaege += nachtrag.vorschlaege
        if nachtrag.eintraege:
            nachtraege[ordner] = nachtrag
    neue = tuple(verteilung.list_neue())
    vorschlaege += [
        Vorschlag(Lage.NEUER_FALL, posten.nummer, neu.kunde, posten=posten)
        for neu in neue
        for posten in neu.posten
    ]
    return Abgleich(
        neue, nachtraege, tuple(sorted(vorschlaege, key=_order)), verteilung.je_fall, frozenset(genannte)
    )


def _order(vorschlag: Vorschlag) -> tuple[object, ...]:
    return list(Lage).index(vorschlag.lage), vorschlag.kunde, vorschlag.nummer, vorschlag.ordner or ""


def _sorted(posten: Iterable[Offener]) -> list[Offener]:
    """Return items in an order that does not depend on the rows."""
    return sorted(
        posten, key=lambda p: (customer_key(p.kundennummer), p.vertrag, key_of(p.nummer), repr(_bare(p)))
    )


def _bare(posten: Offener) -> Offener:
    return dataclasses.replace(posten, zeile=0)


def customer_key(nummer: str) -> str:
    """Return a customer number so that its spellings agree; leading zeros count, they may tell two customers."""
    return " ".join(nummer.split()).casefold()


def _apart(posten: Sequence[Offener]) -> tuple[list[Offener], list[Vorschlag]]:
    """Return each item once; two rows of one item that differ are for a person."""
    gruppen: dict[tuple[str, str], list[Offener]] = defaultdict(list)
    for einer in _sorted(posten):
        gruppen[customer_key(einer.kundennummer) or einer.name.casefold(), key_of(einer.nummer)].append(einer)
    einzelne, vorschlaege = [], []
    for gruppe in gruppen.values():
        if len({repr(_bare(einer)) for einer in gruppe}) == 1:
            einzelne.append(min(gruppe, key=lambda einer: einer.zeile))
            continue
        zeilen = ", ".join(str(zeile) for zeile in sorted(einer.zeile for einer in gruppe))
        text = f"steht in der Liste mehrmals und verschieden (Zeilen {zeilen})"
        vorschlaege.append(
            Vorschlag(Lage.UNKLAR, gruppe[0].nummer, gruppe[0].kundennummer, text, posten=gruppe[0])
        )
    return einzelne, vorschlaege


def _credit(posten: Offener, ordner: str | None) -> Vorschlag:
    text = (
        f"ein Guthaben von {format_euro(-posten.offen)}: mit den Rechnungen verrechnen (§ 387 BGB) und als "
        "„gutschrift“ erfassen, oder auszahlen"
        if posten.offen
        else "nichts offen"
    )
    return Vorschlag(Lage.GUTHABEN, posten.nummer, posten.kundennummer, text, ordner, posten)


class _Verteilung:
    """Finds the case of each item: by customer and number, else by the number alone where no customer is named."""

    def __init__(self, blick: Bestandsblick, auftrag: Auftrag) -> None:
        self._auftrag = auftrag
        self._ungelesene = blick.ungelesene
        self.karten = {
            ordner: karte
            for ordner, karte in sorted(blick.karten.items())
            if karte.glaeubiger in (auftrag.glaeubiger, None)
        }
        self._nach_kunde: dict[str, list[str]] = defaultdict(list)
        self._nach_nummer: dict[str, list[str]] = defaultdict(list)
        for ordner, karte in self.karten.items():
            for kunde in karte.kundennummern:
                self._nach_kunde[customer_key(kunde)].append(ordner)
            for nummer in {*(key_of(r.nummer) for r in karte.rechnungen), *karte.frueher}:
                self._nach_nummer[nummer].append(ordner)
        self.je_fall: dict[str, list[Offener]] = defaultdict(list)
        self._neue: dict[tuple[str, str, str], list[Offener]] = defaultdict(list)
        self._davor: dict[tuple[str, str, str], int] = {}

    def home_of(self, posten: Offener) -> str | None:
        """Return the one case of the customer, if there is just one."""
        eigene = self._nach_kunde.get(customer_key(posten.kundennummer), [])
        return eigene[0] if len(eigene) == 1 else None

    def place(self, posten: Offener) -> Vorschlag | None:
        """Put an item to its case or to the new ones; return why a person must look instead."""
        kunde = customer_key(posten.kundennummer)
        eigene = self._nach_kunde.get(kunde, []) if kunde else []
        kennende = self._nach_nummer.get(key_of(posten.nummer), [])
        eigene_kennende = [ordner for ordner in kennende if ordner in eigene]
        if eigene_kennende:
            return self._to_one(posten, eigene_kennende, "die Rechnung")
        if kennende:
            return self._known_elsewhere(posten, kennende)
        if fundort := next((o for o, text in self._ungelesene.items() if posten.nummer in text), None):
            return self._ask(posten, f"{fundort} nennt diese Nummer, lässt sich aber nicht lesen", fundort)
        offene = [ordner for ordner in eigene if self._takes(self.karten[ordner], posten)]
        if offene:
            return self._to_one(posten, offene, "der Kunde")
        schluessel = (kunde, self._contract(posten), "" if kunde else key_of(posten.nummer))
        self._neue[schluessel].append(posten)
        self._davor[schluessel] = len(eigene)
        return None

    def list_neue(self) -> Iterable[Neufall]:
        """Yield the new cases in their order."""
        for schluessel, posten in sorted(self._neue.items()):
            kunde, vertrag = posten[0].kundennummer, self._contract(posten[0])
            yield Neufall(" ".join(kunde.split()), vertrag, tuple(_sorted(posten)), self._davor[schluessel])

    def _contract(self, posten: Offener) -> str:
        return " ".join(posten.vertrag.split()) if self._auftrag.teilung is Teilung.VERTRAG else ""

    def _takes(self, karte: Postenkarte, posten: Offener) -> bool:
        """A title ends the dunning of its case: later invoices have one of their own."""
        vertrag = self._contract(posten)
        return not karte.tituliert and (not vertrag or karte.vertragsnummer == vertrag)

    def _to_one(self, posten: Offener, ordner: Sequence[str], was: str) -> Vorschlag | None:
        if len(ordner) > 1:
            return self._ask(posten, f"{was} steht in mehreren Fällen: {', '.join(map(json_safe, ordner))}")
        self.je_fall[ordner[0]].append(posten)
        return None

    def _known_elsewhere(self, posten: Offener, kennende: Sequence[str]) -> Vorschlag | None:
        """A case that names no customer number may have the same invoice; another customer's must be looked at."""
        ordner = kennende[0]
        karte = self.karten[ordner]
        rechnung = karte.demands(posten.nummer)
        if len(kennende) > 1:
            return self._ask(posten, f"die Nummer steht in {', '.join(map(json_safe, kennende))}")
        if posten.kundennummer and karte.kundennummern:
            return self._ask(
                posten, f"die Nummer steht schon in {json_safe(ordner)}, bei einem anderen Kunden", ordner
            )
        if rechnung is not None and not _same_day(rechnung, posten):
            tag = format_datum(rechnung.datum) if rechnung.datum else "ohne Datum"
            return self._ask(posten, f"die Nummer steht schon in {json_safe(ordner)}, vom {tag}", ordner)
        self.je_fall[ordner].append(posten)
        return None

    def _ask(self, posten: Offener, text: str, ordner: str | None = None) -> Vorschlag:
        return Vorschlag(Lage.UNKLAR, posten.nummer, posten.kundennummer, text, ordner, posten)


def _same_day(rechnung: Postenrechnung, posten: Offener) -> bool:
    return rechnung.datum is None or posten.datum is None or rechnung.datum == posten.datum
