"""What becomes of bookings that nobody can place with certainty: they hold their cases until a person has decided.

Another debtor's data never get into a case: it is told the key of the booking, its day and its sum, nothing else.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.arten.ereignis import ZAHLUNG_ENTSCHIEDEN, ZAHLUNG_UNGEKLAERT
from mahnakte.eingang.bank.abgleich import Zuordnung
from mahnakte.eingang.bank.einzelauszug import make_zahlung
from mahnakte.eingang.bank.entscheidung import (
    Entscheidung,
    Wort,
    check_teile,
    mark_auszug,
    refuse_entscheidung,
)
from mahnakte.fall.erfassung import EREIGNISSE
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import NULL, format_betrag, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage
from mahnakte.werk.posteingang import Nachtrag, publish_nachtrag
from mahnakte.werk.zahlungsfaelle import Zahlungsfaelle


@dataclasses.dataclass(frozen=True, slots=True)
class Gedeutet:
    """A decided row that fits: the booking as matched, and for yes the one case that it is booked in."""

    entscheidung: Entscheidung
    zuordnung: Zuordnung
    fall: str | None = None


def interpret(
    entscheidungen: Sequence[Entscheidung],
    zuordnungen: Mapping[str, Zuordnung],
    faelle: Zahlungsfaelle,
    datei: str,
    sha256: str,
) -> tuple[list[Gedeutet], list[Befund]]:
    """Return the decisions that fit the statement and the cases, and a finding with its line for each other one."""
    mehrfach = Counter(eine.buchung for eine in entscheidungen)
    gedeutete: list[Gedeutet] = []
    befunde: list[Befund] = []
    for eine in entscheidungen:
        zuordnung = zuordnungen.get(eine.buchung)
        text = _misfit(eine, zuordnung, mehrfach[eine.buchung], sha256)
        if not text and zuordnung is not None:
            fall, text = _find_case(eine, zuordnung, faelle)
            if not text:
                gedeutete.append(Gedeutet(eine, zuordnung, fall))
        if text:
            befunde.append(refuse_entscheidung(text, Stelle(datei, eine.zeile)))
    return gedeutete, befunde


def _misfit(eine: Entscheidung, zuordnung: Zuordnung | None, anzahl: int, sha256: str) -> str:
    """Return why a decision is not about this statement as it is, or an empty text."""
    if anzahl > 1:
        return "Über diese Buchung steht mehr als eine Entscheidung in der Liste."
    if eine.auszug != mark_auszug(sha256):
        return "Diese Zeile gehört zu einem anderen Kontoauszug, oder er wurde geändert."
    if zuordnung is None:
        return "Diese Buchung wartet nicht (mehr) auf eine Entscheidung."
    if eine.betrag != zuordnung.posten.buchung.betrag:
        return (
            f"In der Liste stehen {format_euro(eine.betrag)}, gebucht sind "
            f"{format_euro(zuordnung.posten.buchung.betrag)}."
        )
    return ""


def _find_case(eine: Entscheidung, zuordnung: Zuordnung, faelle: Zahlungsfaelle) -> tuple[str | None, str]:
    """Return the case that a yes is for, or why it cannot be booked."""
    if eine.wort not in (Wort.JA, Wort.WEITERE):
        return None, ""
    if zuordnung.posten.buchung.betrag <= NULL:
        return (
            None,
            "Das ist kein Geldeingang. Eine Rückgabe hält „mahnakte erfassen FALL rueckgabe“ fest; hier „nein“.",
        )
    gemeinte = faelle.find(eine.fall) if eine.fall else ()
    if len(gemeinte) != 1:
        return None, f"Den Fall „{json_safe(eine.fall)}“ gibt es hier nicht genau einmal." if eine.fall else (
            "Bei „ja“ fehlt in der Spalte „Fall“ das Aktenzeichen."
        )
    if text := check_teile(eine):
        return None, f"{text[0].upper()}{text[1:]}."
    fall = faelle.load(gemeinte[0]).fall
    if fall is None:
        return None, f"Der Fall „{json_safe(eine.fall)}“ ist so nicht lesbar."
    fremde = {t.rechnung for t in eine.teile} - {f.nummer for f in fall.forderungen}
    if fremde:
        return (
            None,
            f"Im Fall „{json_safe(eine.fall)}“ gibt es die Rechnung „{json_safe(min(fremde))}“ nicht.",
        )
    buchung = zuordnung.posten.buchung
    gleiche = [
        z for z in fall.zahlungen if z.betrag == buchung.betrag and z.am in (buchung.wert, buchung.tag)
    ]
    if gleiche and eine.wort is Wort.JA:
        return None, (
            f"Eine Zahlung von {format_euro(buchung.betrag)} am {format_datum(gleiche[0].am)} steht schon im Fall. "
            "Ist es eine zweite, „weitere“ schreiben, sonst „nein“."
        )
    return gemeinte[0], ""


def list_zahlungen(gedeutet: Gedeutet) -> tuple[Mapping[str, str], ...]:
    """Return the payments as fall.yaml spells them: one, or one for each invoice that a part is for."""
    einfach = dict(make_zahlung(gedeutet.zuordnung))
    teile = gedeutet.entscheidung.teile
    if len(teile) <= 1:
        ohne = {name: wert for name, wert in einfach.items() if name != "auf"}
        return ({**ohne, "auf": teile[0].rechnung} if teile else ohne,)
    return tuple(
        {**einfach, "betrag": format_betrag(teil.betrag or NULL), "auf": teil.rechnung} for teil in teile
    )


class Klaerung:
    """Publishes what holds a case and what ends it; each step once, whoever was faster."""

    def __init__(self, faelle: Zahlungsfaelle, lage: Lage, herkunft: Herkunft) -> None:
        self._faelle = faelle
        self._lage = lage
        self._herkunft = herkunft
        self.befunde: list[Befund] = []

    def hold(self, zuordnung: Zuordnung) -> tuple[str, ...]:
        """Let every case that a booking may concern wait for the decision; return those that wait now."""
        schluessel = zuordnung.posten.schluessel
        return tuple(
            name
            for name in zuordnung.sachen
            if not self._faelle.is_decided(name, schluessel)
            and (
                name in self._faelle.held_by(schluessel)
                or self._publish(name, zuordnung, ZAHLUNG_UNGEKLAERT.wort)
            )
        )

    def settle(self, zuordnung: Zuordnung, ausser: str | None) -> None:
        """End the waiting of every case that the booking held, but for the one in which it is booked just now."""
        schluessel = zuordnung.posten.schluessel
        for name in dict.fromkeys((*self._faelle.held_by(schluessel), *zuordnung.sachen)):
            if name != ausser and not self._faelle.is_decided(name, schluessel):
                self._publish(name, zuordnung, ZAHLUNG_ENTSCHIEDEN.wort)

    def heal(self, zuordnung: Zuordnung) -> None:
        """End what still waits for a booking that stands in a case already: the call that booked it was cut off."""
        for name in self._faelle.held_by(zuordnung.posten.schluessel):
            self._publish(name, zuordnung, ZAHLUNG_ENTSCHIEDEN.wort)

    def ending_entry(self, zuordnung: Zuordnung, fall: str) -> dict[str, Any]:
        """Return the entries that end the waiting of the case in which the booking is booked."""
        if fall not in self._faelle.held_by(zuordnung.posten.schluessel):
            return {}
        return {EREIGNISSE: (self._event(zuordnung, ZAHLUNG_ENTSCHIEDEN.wort, self._lage.stichtag),)}

    def _publish(self, name: str, zuordnung: Zuordnung, art: str) -> bool:
        def make(sachstand: Sachstand) -> Nachtrag:
            ende = self._last_day(sachstand)
            return Nachtrag(
                eintraege={EREIGNISSE: (self._event(zuordnung, art, ende),)},
                quelle=f"{zuordnung.posten.schluessel}:{art}",
                anlass="Buchung aus dem Kontoauszug: "
                + ("zu klären" if art == ZAHLUNG_UNGEKLAERT.wort else "entschieden"),
            )

        try:
            publish_nachtrag(self._faelle.pfad(name), make, self._lage, self._herkunft)
        except Ablehnung as ablehnung:
            self.befunde += ablehnung.befunde
            return False
        return True

    def _last_day(self, sachstand: Sachstand) -> dt.date:
        tage = sachstand.fall.einstellungen.schwellen.ungeklaert_tage
        return self._lage.stichtag + dt.timedelta(days=tage)

    def _event(self, zuordnung: Zuordnung, art: str, ende: dt.date) -> dict[str, str]:
        """Return the event; it is of today, since nobody knew of the booking before it was read."""
        buchung = zuordnung.posten.buchung
        angaben = {
            "art": art,
            "am": self._lage.stichtag.isoformat(),
            "betrag": format_betrag(abs(buchung.betrag)),
            "buchung": zuordnung.posten.schluessel,
        }
        if art == ZAHLUNG_UNGEKLAERT.wort:
            angaben["bis"] = ende.isoformat()
            angaben["grund"] = f"Wertstellung {format_datum(buchung.wert)}"
        return angaben
