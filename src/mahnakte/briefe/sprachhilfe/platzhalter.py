"""What the sentences may name: each placeholder has a type and its place among the values of the letter."""

import dataclasses
import datetime as dt
import enum
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mahnakte.briefe.sprachhilfe.sprache import Sprache
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum


class Art(enum.Enum):
    """The type of a value; it decides how a language writes it."""

    TEXT = str
    BETRAG = Decimal
    TAG = dt.date


@dataclasses.dataclass(frozen=True, slots=True)
class Platzhalter:
    """A type and a path into the values of the letter, as its template names them."""

    art: Art
    pfad: str


PLATZHALTER: Mapping[str, Platzhalter] = {
    "betrag": Platzhalter(Art.BETRAG, "zahlung.betrag"),
    "frist": Platzhalter(Art.TAG, "brief.frist"),
    "gilt_bis": Platzhalter(Art.TAG, "zahlung.gilt_bis"),
    "je_tag": Platzhalter(Art.BETRAG, "zinsen.je_tag"),
    "zinsen_ab": Platzhalter(Art.TAG, "zinsen.ab"),
    "zinsen_bis": Platzhalter(Art.TAG, "zinsen.bis"),
    "eingang": Platzhalter(Art.BETRAG, "eingang.betrag"),
    "eingang_am": Platzhalter(Art.TAG, "eingang.am"),
    "uebernehmer": Platzhalter(Art.TEXT, "uebergabe.name"),
    "aktenzeichen": Platzhalter(Art.TEXT, "brief.aktenzeichen"),
    "empfaenger": Platzhalter(Art.TEXT, "zahlung.empfaenger"),
    "iban": Platzhalter(Art.TEXT, "zahlung.iban"),
    "zweck": Platzhalter(Art.TEXT, "zahlung.verwendungszweck"),
    "absender": Platzhalter(Art.TEXT, "absender.name"),
    "auftraggeber": Platzhalter(Art.TEXT, "glaeubiger.name"),
    "telefon": Platzhalter(Art.TEXT, "absender.telefon"),
    "email": Platzhalter(Art.TEXT, "absender.email"),
    "pruefer": Platzhalter(Art.TEXT, "pruefer"),
}
_KLAMMER = re.compile(r"\{([a-z_]+)\}")


def list_namen(satz: str) -> tuple[str, ...]:
    """Return the placeholders of a sentence in their order."""
    return tuple(_KLAMMER.findall(satz))


def find_wert(werte: Mapping[str, Any], pfad: str) -> Any:
    """Return the value at a path (`zahlung.betrag`); what a letter does not have is None."""
    wert: Any = werte
    for schritt in pfad.split("."):
        wert = wert.get(schritt) if isinstance(wert, Mapping) else None
    return wert


def fill(satz: str, werte: Mapping[str, Any], sprache: Sprache) -> str:
    """Return the sentence with its values as the language writes them; TypeError for a value of another type."""
    return _KLAMMER.sub(lambda treffer: write(treffer[1], werte, sprache), satz)


def write(name: str, werte: Mapping[str, Any], sprache: Sprache) -> str:
    """Return one value as the language writes it."""
    wert = _typed(name, werte)
    if isinstance(wert, Decimal):
        return sprache.write_betrag(wert)
    return sprache.write_tag(wert) if isinstance(wert, dt.date) else wert


def write_deutsch(name: str, werte: Mapping[str, Any]) -> str:
    """Return one value as the German letter writes it, to be found there again."""
    wert = _typed(name, werte)
    if isinstance(wert, Decimal):
        return format_euro(wert)
    return format_datum(wert) if isinstance(wert, dt.date) else wert


def _typed(name: str, werte: Mapping[str, Any]) -> str | Decimal | dt.date:
    platzhalter = PLATZHALTER[name]
    wert = find_wert(werte, platzhalter.pfad)
    if not isinstance(wert, platzhalter.art.value):
        raise TypeError(f"{platzhalter.pfad}: {type(wert).__name__} instead of {platzhalter.art.name}")
    return wert
