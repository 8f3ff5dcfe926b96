"""The items of a list against one standing case: which facts a step would add. Pure.

What a list says is compared with what it said last, so that the same list asks nothing twice and what a person has
answered stays answered.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from mahnakte.arten.ereignis import MAHNUNG_VERSANDT, POSTEN_GEKLAERT, POSTENFRAGE, POSTENSPERRE
from mahnakte.bestand.postenkarte import Postenkarte, Postenrechnung, key_of
from mahnakte.bestand.postenvorschlag import Lage, Vorschlag
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.fall.vorgangsdaten.nachtrag import Postenangabe
from mahnakte.grund.betrag import NULL, format_betrag, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.stand.postenfrage import compare_posten

RECHNUNGEN = "rechnungen"
EREIGNISSE = "ereignisse"

Eintrag = Mapping[str, str]  # one entry as fall.yaml spells it; an event without its day


class Vergleichsweise(Protocol):
    """What the comparison of one case must know of the list (postenabgleich.Auftrag)."""

    @property
    def quelle(self) -> str:
        """Return how the list is called in texts."""

    @property
    def ganz(self) -> bool:
        """Tell whether the list has all that is open."""

    @property
    def stufe_of(self) -> Callable[[str], str | None]:
        """Return who tells the letter that a word of the list means."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fallnachtrag:
    """What a list adds to a case: entries by list, what it said of the items concerned, and a line for each item.

    Events carry no `am` yet: it is the day on which they are written, but for letters of others.
    """

    eintraege: Mapping[str, tuple[Eintrag, ...]]
    posten: tuple[Postenangabe, ...]
    vorschlaege: tuple[Vorschlag, ...]
    neue: tuple[Offener, ...] = ()


def compare_fall(
    karte: Postenkarte,
    offene: Sequence[Offener],
    ordner: str,
    weise: Vergleichsweise,
    genannte: Collection[str],
) -> Fallnachtrag:
    """Return what the items of one case mean for it.

    `genannte` are numbers that the list names without saying anything certain of them: those have not vanished.
    """
    return _Vergleich(karte, offene, ordner, weise, genannte).run()


class _Vergleich:
    def __init__(
        self, karte: Postenkarte, offene: Sequence[Offener], ordner: str, weise: Vergleichsweise,
        genannte: Collection[str],
    ) -> None:  # fmt: skip
        self._karte = karte
        self._ordner = ordner
        self._weise = weise
        self._neue: list[Offener] = []
        self._bekannte: dict[str, Offener] = {}
        self._vorschlaege: list[Vorschlag] = []
        self._ereignisse: list[Eintrag] = []
        self._posten: list[Postenangabe] = []
        for posten in offene:
            self._sort(posten)
        erwaehnt = {*genannte, *self._bekannte, *(key_of(p.nummer) for p in self._neue)}
        self._fehlende = [
            r for r in karte.rechnungen if self._is_expected(r) and key_of(r.nummer) not in erwaehnt
        ]

    def _sort(self, posten: Offener) -> None:
        if self._karte.demands(posten.nummer):
            self._bekannte[key_of(posten.nummer)] = posten
        elif self._karte.knew(posten.nummer):
            text = (
                "stand in diesem Fall und wurde herausgenommen; soll sie wieder hinein: "
                "„mahnakte erfassen FALL rechnung“"
            )
            self._say(Lage.ENTFERNT, posten.nummer, text, posten)
        elif posten.datum is None:
            self._say(Lage.UNKLAR, posten.nummer, "das Rechnungsdatum fehlt", posten)
        else:
            self._neue.append(posten)

    def _is_expected(self, rechnung: Postenrechnung) -> bool:
        """A list has what it had before, and what a case that follows the bookkeeping demands."""
        if not self._weise.ganz:
            return False
        return bool(self._karte.kundennummern) or key_of(rechnung.nummer) in self._karte.gesagt

    def run(self) -> Fallnachtrag:
        abweichungen = self._compare()
        for posten in self._neue:
            self._say(Lage.WEITERE, posten.nummer, "", posten)
            self._posten.append(quote_posten(posten))
            if posten.mahnsperre:
                self._block(posten.nummer)
        for rechnung in self._karte.rechnungen:
            key = key_of(rechnung.nummer)
            if key in self._bekannte or rechnung in self._fehlende:
                self._judge(rechnung, self._bekannte.get(key), abweichungen.get(key, NULL))
        self._note_letter()
        eintraege = {
            RECHNUNGEN: tuple(write_rechnung(posten) for posten in self._neue),
            EREIGNISSE: tuple(self._ereignisse),
        }
        return Fallnachtrag(
            {name: werte for name, werte in eintraege.items() if werte},
            tuple(self._posten),
            tuple(self._vorschlaege),
            tuple(self._neue),
        )

    def _compare(self) -> dict[str, Decimal]:
        """Return by how much the case asks for more or less of each invoice than the list."""
        alt = sorted(self._karte.rechnungen, key=lambda r: (r.datum or dt.date.max, key_of(r.nummer)))
        betraege = {key_of(r.nummer): r.betrag for r in alt if r.betrag is not None}
        gesagt = {key: posten.offen for key, posten in self._bekannte.items()}
        gesagt |= {key_of(rechnung.nummer): NULL for rechnung in self._fehlende}
        minderungen = [
            (key_of(auf) if auf and self._karte.demands(auf) else auf, b)
            for auf, b in self._karte.minderungen
        ]
        return compare_posten(betraege, gesagt, minderungen)

    def _judge(self, rechnung: Postenrechnung, posten: Offener | None, zuviel: Decimal) -> None:
        """Say how one invoice of the case stands, and add what follows from it."""
        nummer, key = rechnung.nummer, key_of(rechnung.nummer)
        offen = posten.offen if posten else NULL
        zuletzt = self._karte.gesagt.get(key)
        gefragt = self._karte.gefragt.get(key)
        neu_gesagt = zuletzt is None or zuletzt.offen != offen
        if posten and rechnung.datum and posten.datum and rechnung.datum != posten.datum:
            text = f"die Liste hat sie vom {format_datum(posten.datum)}, der Fall vom {format_datum(rechnung.datum)}"
            self._say(Lage.WIDERSPRUCH, nummer, text, posten)
            return
        fragt = zuviel > NULL and (gefragt != offen or (neu_gesagt and zuletzt is not None))
        antwortet = zuviel <= NULL and gefragt is not None and gefragt < offen and neu_gesagt
        gesperrt, war_gesperrt = bool(posten and posten.mahnsperre), bool(zuletzt and zuletzt.gesperrt)
        entsperrt = posten is not None and war_gesperrt and not gesperrt
        if antwortet or entsperrt:
            grund = (
                f"{self._weise.quelle}: {'wieder offen' if antwortet else 'die Mahnsperre ist aufgehoben'}"
            )
            self._ereignisse.append({"art": POSTEN_GEKLAERT.wort, "rechnung": nummer, "grund": grund})
            self._say(Lage.WIEDER_DA if antwortet else Lage.ENTSPERRT, nummer, "", posten)
        if fragt or (entsperrt and zuviel > NULL):
            self._ask(nummer, posten, zuviel)
        if gesperrt and (not war_gesperrt or antwortet):
            self._block(nummer)
            self._say(Lage.GESPERRT, nummer, "Mahnsperre in der Buchhaltung", posten)
        if fragt or antwortet or entsperrt or (gesperrt != war_gesperrt and posten is not None):
            self._posten.append(quote_posten(posten) if posten else Postenangabe(nummer=nummer, offen=NULL))
        elif zuviel > NULL:
            self._say(Lage.GEFRAGT, nummer, "die Antwort fehlt noch", posten)
        elif zuviel < NULL:
            text = f"die Liste hat {format_euro(-zuviel)} mehr offen als der Fall; fehlt dort eine Zahlung?"
            self._say(Lage.MEHR, nummer, text, posten)
        elif posten is not None:
            self._say(Lage.BEKANNT, nummer, "", posten)

    def _ask(self, nummer: str, posten: Offener | None, zuviel: Decimal) -> None:
        frage: dict[str, str] = {"art": POSTENFRAGE.wort, "rechnung": nummer}
        if posten is None:
            frage["grund"] = f"{nummer} steht nicht mehr in {self._weise.quelle}. Bezahlt oder ausgebucht?"
            self._say(Lage.VERSCHWUNDEN, nummer, "nicht mehr in der Liste: bezahlt oder ausgebucht?", None)
        else:
            frage["betrag"] = format_betrag(posten.offen)
            frage["grund"] = (
                f"{nummer} ist in {self._weise.quelle} nur noch mit {format_euro(posten.offen)} offen, "
                f"{format_euro(zuviel)} weniger als hier. Ist gezahlt?"
            )
            self._say(
                Lage.WENIGER, nummer, f"{format_euro(zuviel)} weniger offen als im Fall: ist gezahlt?", posten
            )
        self._ereignisse.append(frage)

    def _block(self, nummer: str) -> None:
        grund = f"Mahnsperre für {nummer} in {self._weise.quelle}"
        self._ereignisse.append({"art": POSTENSPERRE.wort, "rechnung": nummer, "grund": grund})

    def _note_letter(self) -> None:
        """Take a letter of another system over where it is certain which invoices it asked for."""
        alle = [*self._bekannte.values(), *self._neue]
        brief = common_letter(alle, self._weise.stufe_of)
        if brief is None or self._karte.eigene_briefe or brief in self._karte.gemahnt:
            return
        stufe, am = brief
        ungenannte = [r for r in self._karte.rechnungen if key_of(r.nummer) not in self._bekannte]
        if any(rechnung.datum is None or rechnung.datum <= am for rechnung in ungenannte):
            return
        self._ereignisse.append({"am": am.isoformat(), "art": MAHNUNG_VERSANDT.wort, "stufe": stufe})
        self._say(Lage.GEMAHNT, alle[0].nummer, f"{stufe} vom {format_datum(am)}", alle[0])

    def _say(self, lage: Lage, nummer: str, text: str, posten: Offener | None) -> None:
        kunde = posten.kundennummer if posten else next(iter(self._karte.kundennummern), "")
        self._vorschlaege.append(Vorschlag(lage, nummer, kunde, text, self._ordner, posten))


def common_letter(
    posten: Iterable[Offener], stufe_of: Callable[[str], str | None]
) -> tuple[str, dt.date] | None:
    """Return kind and day of the letter that asked for all of these items, or None.

    The event names no invoices: whatever was due by its day counts as asked for. So it is taken only where each item
    from before that day bears the same kind and day; a bare level or a bare day is a note.
    """
    alle = tuple(posten)
    briefe = {
        (stufe, p.mahnung_am)
        for p in alle
        if p.mahnung_am is not None and (stufe := stufe_of(p.mahnstufe)) is not None
    }
    if len(briefe) != 1:
        return None
    (brief,) = briefe
    betroffene = [p for p in alle if p.datum is None or p.datum <= brief[1]]
    einig = all((stufe_of(p.mahnstufe), p.mahnung_am) == brief for p in betroffene)
    return brief if einig and betroffene else None


def write_rechnung(posten: Offener) -> dict[str, str]:
    """Return the invoice as fall.yaml spells it.

    Claimed is what the list has open: what was paid has no day there, and on a part that may be paid already no
    interest must run. `faelligkeit` stays `unbestimmt`: a due date of a list is not one agreed by the calendar.
    """
    return dict(_invoice_lines(posten))


def _invoice_lines(posten: Offener) -> Iterator[tuple[str, str]]:
    yield "nummer", posten.nummer
    if posten.datum:
        yield "datum", format_datum(posten.datum)
    yield "betrag", format_betrag(posten.offen)
    if posten.faellig:
        yield "faellig_am", format_datum(posten.faellig)


def quote_posten(posten: Offener) -> Postenangabe:
    """Return what the list said about an item, for the step."""
    return Postenangabe(
        nummer=posten.nummer,
        offen=posten.offen,
        betrag=posten.betrag,
        bezahlt=posten.bezahlt,
        mahnstufe=posten.mahnstufe or None,
        mahnung_am=posten.mahnung_am,
        gesperrt=posten.mahnsperre or None,
    )


def as_entry(eintrag: Eintrag, am: dt.date) -> dict[str, Any]:
    """Return an entry with its day, if it is an event that has none yet."""
    return {"am": am.isoformat(), **eintrag} if "art" in eintrag else dict(eintrag)
