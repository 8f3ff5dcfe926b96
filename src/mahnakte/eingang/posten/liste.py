"""The rows below a header line, read as open items: what is none is counted or named, the others go in."""

import collections
import dataclasses
from collections.abc import Iterable, Iterator, Sequence

from mahnakte.eingang.posten.befunde import credit, leave_out, name_missing_due, refuse_datei
from mahnakte.eingang.posten.bewegung import Bewegung, Gruppe, Schluessel, join_bewegungen, key_of
from mahnakte.eingang.posten.postenliste import Offener, Postenliste
from mahnakte.eingang.posten.werte import Zelle
from mahnakte.eingang.posten.zeilenleser import KeinPosten, Zeilenleser
from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.befund import Befund, Stelle

MAX_ZEILEN = 200_000
Tabellenzeile = tuple[int, Sequence[Zelle]]


@dataclasses.dataclass
class Ergebnis:
    """What is gathered while rows are read.

    `verdorben`: items with a row that nobody can read, and its line. `zeilen`: the rows so far by their hash.
    """

    datei: str
    offene: list[Offener] = dataclasses.field(default_factory=list)
    befunde: list[Befund] = dataclasses.field(default_factory=list)
    gezaehlt: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    verdorben: dict[Schluessel, int] = dataclasses.field(default_factory=dict)
    zeilen: dict[int, int] = dataclasses.field(default_factory=dict)
    unsichere: set[str] = dataclasses.field(default_factory=set)

    def leave_out(self, grund: str, zeilen: Sequence[int], nummer: str = "") -> None:
        """Name the rows of one item that stay out; its `nummer` where it is known."""
        self.unsichere |= {nummer} - {""}
        wo = f" (Zeilen {', '.join(str(zeile) for zeile in zeilen[:8])})" if len(zeilen) > 1 else ""
        satz = f"{grund[:-1]}{wo}." if wo else grund
        self.befunde.append(leave_out(satz, Stelle(self.datei, zeilen[0])))

    def check_repeated(self, zeile: int, zellen: Sequence[Zelle]) -> None:
        """Raise KeinWert for a movement that stands there twice, cell by cell: its sum would count double."""
        erste = self.zeilen.setdefault(hash(tuple(zellen)), zeile)
        if erste != zeile:
            raise KeinWert(f"Die Zeile wiederholt Zeile {erste}.")

    def spoil(self, kundennummer: str, vertrag: str, nummern: Iterable[str], zeile: int) -> None:
        """Remember that an item has a row that could not be read: its sum would be wrong."""
        for nummer in nummern:
            self.unsichere.add(nummer)
            self.verdorben.setdefault((kundennummer, vertrag, nummer), zeile)

    def finish(self, profil: str) -> Postenliste:
        """Return the list, all in the order of the file."""
        ohne = sum(posten.faellig is None for posten in self.offene)
        befunde = sorted(self.befunde, key=lambda befund: befund.stelle.zeile or 0 if befund.stelle else 0)
        if ohne:
            befunde.append(name_missing_due(ohne, Stelle(self.datei)))
        return Postenliste(
            profil=profil,
            offene=tuple(sorted(self.offene, key=lambda posten: posten.zeile)),
            befunde=tuple(befunde),
            gezaehlt=tuple(sorted(self.gezaehlt.items())),
            unsichere=frozenset(self.unsichere),
        )

    def add_gruppe(self, gruppe: Gruppe) -> None:
        """Take what the movements of one item come to."""
        erste = gruppe.bewegungen[0].posten
        offen = gruppe.offen
        if (kaputt := self.verdorben.get(key_of(erste))) is not None:
            self.leave_out(
                f"Zu {erste.nummer} ist Zeile {kaputt} nicht lesbar; der Saldo wäre falsch.",
                gruppe.zeilen,
                erste.nummer,
            )
        elif offen < 0 or (offen > 0 and not gruppe.has_claim):
            self.befunde.append(
                credit(offen, erste.nummer, erste.kundennummer, Stelle(self.datei, erste.zeile))
            )
        else:
            try:
                posten = gruppe.summarise() if gruppe.has_claim else erste
            except KeinWert as grund:
                self.leave_out(f"{erste.nummer}: {grund}", gruppe.zeilen, erste.nummer)
                return
            if offen == 0:
                self.gezaehlt["ausgeglichene Posten"] += 1
            else:
                self.offene.append(posten)


def read_liste(leser: Zeilenleser, zeilen: Iterable[Tabellenzeile], datei: str) -> Postenliste:
    """Return the open items of the rows below a header line; raise Ablehnung when there is no row at all."""
    ergebnis = Ergebnis(datei)
    gefuellt = _iter_filled(leser, zeilen, ergebnis)
    if leser.form.bewegungen:
        _join_rows(leser, gefuellt, ergebnis)
    else:
        _take_rows(leser, gefuellt, ergebnis)
    if not (ergebnis.offene or ergebnis.befunde or ergebnis.gezaehlt):
        raise refuse_datei("Unter der Kopfzeile steht keine einzige Zeile.", Stelle(datei))
    return ergebnis.finish(leser.form.name)


def _iter_filled(
    leser: Zeilenleser, zeilen: Iterable[Tabellenzeile], ergebnis: Ergebnis
) -> Iterator[Tabellenzeile]:
    """Yield the rows that say something and do not repeat the header line."""
    gelesen = 0
    for nummer, zellen in zeilen:
        if not any(zellen):
            continue
        gelesen += 1
        if gelesen > MAX_ZEILEN:
            raise refuse_datei(
                f"Die Liste hat mehr als {MAX_ZEILEN} Zeilen.".replace("000", ".000"), Stelle(ergebnis.datei),
                "Die Liste nach Kunden oder Zeitraum teilen.",
            )  # fmt: skip
        if tuple(zellen) == leser.kopf:
            ergebnis.gezaehlt["wiederholte Kopfzeilen"] += 1
        else:
            yield nummer, zellen


def _take_rows(leser: Zeilenleser, zeilen: Iterable[Tabellenzeile], ergebnis: Ergebnis) -> None:
    """Each row is an item; a number that stands twice is neither."""
    gleiche: dict[Schluessel, list[Offener]] = collections.defaultdict(list)
    for nummer, zellen in zeilen:
        try:
            posten = leser.read_posten(nummer, zellen)
        except KeinPosten as art:
            ergebnis.gezaehlt[str(art)] += 1
        except KeinWert as grund:
            _refuse_row(leser, nummer, zellen, str(grund), ergebnis)
        else:
            gleiche[key_of(posten)].append(posten)
    for schluessel, mehrere in gleiche.items():
        _take_one(schluessel, mehrere, ergebnis)


def _take_one(schluessel: Schluessel, mehrere: Sequence[Offener], ergebnis: Ergebnis) -> None:
    posten = mehrere[0]
    zeilen = [einer.zeile for einer in mehrere]
    if schluessel in ergebnis.verdorben:
        zeilen = sorted({*zeilen, ergebnis.verdorben[schluessel]})
    if len(zeilen) > 1:
        ergebnis.leave_out(f"{posten.nummer} steht mehrmals in der Liste.", zeilen, posten.nummer)
    elif posten.offen < 0:
        ergebnis.befunde.append(
            credit(posten.offen, posten.nummer, posten.kundennummer, Stelle(ergebnis.datei, posten.zeile))
        )
    else:
        ergebnis.offene.append(posten)


def _join_rows(leser: Zeilenleser, zeilen: Iterable[Tabellenzeile], ergebnis: Ergebnis) -> None:
    """An invoice and what was paid on it are rows of the same number."""
    bewegungen: list[Bewegung] = []
    for nummer, zellen in zeilen:
        try:
            bewegung = leser.read_bewegung(nummer, zellen)
            ergebnis.check_repeated(nummer, zellen)
            bewegungen.append(bewegung)
        except KeinPosten as art:
            ergebnis.gezaehlt[str(art)] += 1
        except KeinWert as grund:
            _refuse_row(leser, nummer, zellen, str(grund), ergebnis)
    for gruppe in join_bewegungen(bewegungen):
        ergebnis.add_gruppe(gruppe)


def _refuse_row(
    leser: Zeilenleser, nummer: int, zellen: Sequence[Zelle], grund: str, ergebnis: Ergebnis
) -> None:
    ergebnis.leave_out(grund, (nummer,))
    ergebnis.spoil(*leser.name_key(zellen), nummer)
