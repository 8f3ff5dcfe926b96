"""The languages: sprachen/*.yaml, read strictly; each says how it writes sums and days, and who has checked it."""

import dataclasses
import datetime as dt
import functools
import importlib.resources
from collections.abc import Mapping
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import round_cent
from mahnakte.grund.datendatei import Wertknoten
from mahnakte.grund.strict_yaml import parse_yaml

DEUTSCH = "de"
SPRACHEN = ("en", "pl", "tr", "uk", "ru", "ro")
# Languages that fall.yaml may name and that are refused here, with the reason.
ZURUECKGESTELLT = {
    "ar": "Arabisch wird von rechts nach links gesetzt und verbindet seine Buchstaben; ob das PDF sie richtig zeigt, "
    "ist noch nicht angesehen worden."
}
_LEER = "\u00a0"  # sums and days are never broken over two lines


@dataclasses.dataclass(frozen=True, slots=True)
class Sprache:
    """One language: its sentences by key, who has checked them (empty: nobody), how it writes sums and days.

    Only German has `anker` (what the letter must say for a sentence) and `nicht` (what it must not say).
    """

    kennung: str
    name: str
    sprachkennung: str
    geprueft_von: str
    saetze: Mapping[str, str]
    anker: Mapping[str, tuple[str, ...]]
    nicht: Mapping[str, tuple[str, ...]]
    tausender: str
    dezimal: str
    betragsform: str
    tagform: str
    monate: tuple[str, ...]

    def write_betrag(self, betrag: Decimal) -> str:
        """Write an amount with EUR: `EUR 1,190.00`, `1 190,00 EUR`."""
        ganz, cent = f"{round_cent(betrag):,.2f}".split(".")
        zahl = ganz.replace(",", self.tausender) + self.dezimal + cent
        return self.betragsform.replace("{zahl}", zahl).replace(" ", _LEER)

    def write_tag(self, tag: dt.date) -> str:
        """Write a day with its month as a word, so that day and month cannot be mixed up."""
        text = self.tagform.replace("{tag}", str(tag.day)).replace("{jahr}", str(tag.year))
        return text.replace("{monat}", self.monate[tag.month - 1]).replace(" ", _LEER)


def load_sprache(kennung: str) -> Sprache:
    """Return a language; raise Ablehnung for one that there is not, or not yet."""
    if kennung in ZURUECKGESTELLT:
        raise _refuse(
            f"Eine Verständnishilfe in der Sprache „{kennung}“ gibt es noch nicht: {ZURUECKGESTELLT[kennung]}"
        )
    if kennung not in SPRACHEN:
        raise _refuse(f"Eine Verständnishilfe in der Sprache „{kennung}“ gibt es nicht.")
    return read_sprache(kennung)


def _refuse(text: str) -> Ablehnung:
    return Ablehnung(
        sperre("SPRACHHILFE_SPRACHE", text,
               f"Der deutsche Brief geht ohne sie hinaus. Es gibt sie in: {', '.join(SPRACHEN)}; bei „sprache:“ "
               "eintragen, was der Schuldner außerdem liest.")
    )  # fmt: skip


def read_datei(kennung: str) -> bytes:
    """Return the bytes of a language's file, which the entry of the step names by hash."""
    return importlib.resources.files(__package__).joinpath("sprachen", f"{kennung}.yaml").read_bytes()


@functools.cache
def read_sprache(kennung: str) -> Sprache:
    """Return the language of sprachen/<kennung>.yaml; a faulty file raises Ablehnung (damaged installation)."""
    datei = f"sprachen/{kennung}.yaml"
    wurzel = parse_yaml(read_datei(kennung), datei)
    knoten = Wertknoten(datei, wurzel, wurzel)
    betrag = knoten.mapping("betrag")
    return Sprache(
        kennung=kennung,
        name=knoten.text("name"),
        sprachkennung=knoten.text("sprachkennung"),
        geprueft_von=knoten.find_text("geprueft_von") or "",
        saetze=dict(knoten.mapping("saetze").scalars()),
        anker=_read_wendungen(knoten, "anker") if kennung == DEUTSCH else {},
        nicht=_read_wendungen(knoten, "nicht") if kennung == DEUTSCH else {},
        tausender=betrag.text("tausender"),
        dezimal=betrag.text("dezimal"),
        betragsform=betrag.text("form"),
        tagform=knoten.text("tag"),
        monate=knoten.texts("monate"),
    )


def _read_wendungen(knoten: Wertknoten, schluessel: str) -> dict[str, tuple[str, ...]]:
    wendungen = knoten.mapping(schluessel)
    return {satz: wendungen.texts(satz) for satz in wendungen.knoten.werte}
