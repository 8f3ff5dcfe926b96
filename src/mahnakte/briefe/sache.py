"""What one letter is about, and what a group of its values contributes. Shared by all that fill letters."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from mahnakte.arten.brief import Briefart
from mahnakte.arten.titel import TITELARTEN
from mahnakte.briefe.aufstellung import Aufstellung
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Titel
from mahnakte.fall.partei import Anschrift, Partei, Schuldner
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.grund.datum import MONATE, format_datum
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis

_WOCHENTAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sache:
    """One letter: kind, case as of the date of the letter, account, dates, who receives it.

    `konto` is the account the letter shows; its Stichtag may lie before the date of the letter.
    `aufstellung` is the claim table of letters that show one. `dann` is the announced step, `bis` a day that
    the command named,
    `ereignis` the event that a letter to somebody else rests on, `zusatz` paragraphs that a clerk adds.
    """

    sachstand: Sachstand
    art: Briefart
    stufe: Mahnstufe
    konto: Konto
    aufstellung: Aufstellung | None
    frist_bis: dt.date | None
    dann: str | None
    bis: dt.date | None
    empfaenger: tuple[Schuldner, ...]
    ereignis: Ereignis | None = None
    zusatz: tuple[str, ...] = ()

    @property
    def fall(self) -> Fall:
        """Return the case, with the debtors that the letter is about."""
        return self.sachstand.fall

    @property
    def datum(self) -> dt.date:
        """Return the date of the letter."""
        return self.sachstand.stichtag

    @property
    def schuldner(self) -> tuple[Schuldner, ...]:
        """The debtors the letter is about: who receives it, or whom its event concerns."""
        return self.empfaenger or self.fall.schuldner

    def last_event(self, *arten: str) -> Ereignis | None:
        """Return the latest event of these kinds up to the date of the letter, or None."""
        ereignisse = ereignisse_bis(self.sachstand, *arten)
        return ereignisse[-1] if ereignisse else None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Teil:
    """What one group adds: values, the sum to pay and until when it suffices, texts that must be on the page.

    `schluessel` tells one occasion from the next, so that the same letter is not written twice; `daten` go into the
    entry of the step.
    """

    werte: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    betrag: Decimal | None = None
    gilt_bis: dt.date | None = None
    erwartet: tuple[str, ...] = ()
    schluessel: str = ""
    daten: Briefdaten = dataclasses.field(default_factory=Briefdaten)


def refuse(code: str, text: str, abhilfe: str, stelle: Stelle | None = None) -> Ablehnung:
    """Return the refusal of a letter."""
    return Ablehnung(sperre(code, text, abhilfe, stelle))


def refuse_without_event(brief: str, was: str, abhilfe: str) -> Ablehnung:
    """Return the refusal of a letter that rests on an event nobody has entered; `was` names it: „der Einwand“."""
    return refuse("BRIEF_EREIGNIS_FEHLT", f"Für den Brief „{brief}“ fehlt {was}.", abhilfe)


def refuse_settled(text: str, abhilfe: str) -> Ablehnung:
    """Return the refusal of a letter that would ask for nothing."""
    return refuse("BRIEF_NICHTS_OFFEN", text, abhilfe)


def write_long_date(tag: dt.date) -> str:
    """Write a date with its weekday: Donnerstag, 30. April 2026."""
    return f"{_WOCHENTAGE[tag.weekday()]}, {tag.day}. {MONATE[tag.month - 1]} {tag.year}"


def write_iban(iban: str) -> str:
    """Write an IBAN in groups of four."""
    eng = re.sub(r"\s", "", iban)
    return " ".join(eng[stelle : stelle + 4] for stelle in range(0, len(eng), 4))


def write_ort(einer: Partei | Anschrift) -> str:
    """Write c/o or building, street and town in one line."""
    return ", ".join((*einer.zusatz, einer.strasse, f"{einer.plz} {einer.ort}"))


def write_titel(titel: Titel) -> str:
    """Write a title so that the debtor knows which: kind, court, file number, day."""
    tag = titel.erlassen_am or titel.zugestellt_am
    teile = [TITELARTEN[titel.art].name]
    teile += [f"des {titel.gericht}".replace("des Amtsgericht ", "des Amtsgerichts ").replace(
        "des Landgericht ", "des Landgerichts ")] if titel.gericht else []  # fmt: skip
    teile += [f"vom {format_datum(tag)}"] if tag else []
    teile += [f"(Geschäftszeichen {titel.geschaeftszeichen})"] if titel.geschaeftszeichen else []
    return " ".join(teile)


def list_titel(sachstand: Sachstand, schuldner: Iterable[Schuldner] | None = None) -> Iterator[Titel]:
    """Yield the titles that exist on the Stichtag, all or those against some of the debtors (§ 425 BGB)."""
    kennungen = None if schuldner is None else {einer.kennung for einer in schuldner}
    for titel in sachstand.fall.titel:
        besteht = titel.erlassen_am is None or titel.erlassen_am <= sachstand.stichtag
        if besteht and (kennungen is None or titel.schuldner is None or titel.schuldner in kennungen):
            yield titel
