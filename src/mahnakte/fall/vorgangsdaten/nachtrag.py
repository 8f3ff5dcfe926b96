"""What a step adds to the case: lists under the keys of fall.yaml, written as there."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from mahnakte.fall.vorgangsdaten.form import (
    BETRAG,
    EINTRAEGE,
    ERGAENZUNGEN,
    JA_NEIN,
    TAG,
    TEXT,
    Form,
    angabe,
    liste,
)
from mahnakte.fall.vorgangsdaten.satz import Satz, Vorgangsdaten, als_satz

ERFASST = "erfasst:"  # how the keys of facts begin that a person recorded
BANK = "bank:"  # and of what came from a bank statement
# The lists that a first edition adds to the case; any other it would pass over.
_ERSTE_AUSGABE = ("ereignisse", "zahlungen", "gutschriften", "kosten", "verzicht")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Postenangabe(Satz):
    """What a list of open items said about one invoice; `offen` 0: the list does not have it any more."""

    nummer: str = dataclasses.field(metadata=angabe(TEXT, "Rechnungsnummer"))
    offen: Decimal = dataclasses.field(
        metadata=angabe(BETRAG, "was die Liste offen hat; 0.00: nicht mehr da")
    )
    betrag: Decimal | None = dataclasses.field(
        default=None, metadata=angabe(BETRAG, "Rechnungsbetrag der Liste")
    )
    bezahlt: Decimal | None = dataclasses.field(
        default=None, metadata=angabe(BETRAG, "was nach der Liste gezahlt ist, ohne Tag")
    )
    mahnstufe: str | None = dataclasses.field(default=None, metadata=angabe(TEXT, "Mahnstufe der Liste"))
    mahnung_am: dt.date | None = dataclasses.field(
        default=None, metadata=angabe(TAG, "Tag der letzten Mahnung der Liste")
    )
    gesperrt: bool | None = dataclasses.field(default=None, metadata=angabe(JA_NEIN, "Mahnsperre der Liste"))


_POSTEN = liste(
    als_satz(Postenangabe, "Posten"),
    "Liste von Posten (`nummer`, `offen`, `betrag`, `bezahlt`, `mahnstufe`, `mahnung_am`, `gesperrt`)",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Nachtragsdaten(Vorgangsdaten):
    """Entries for fall.yaml and the source they were taken from, so that it is taken once.

    The lists are read by the reader of fall.yaml (fall/nachtrag.py), which names what is wrong with an entry.
    """

    ereignisse: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Ereignisse"))
    zahlungen: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Zahlungen"))
    gutschriften: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Gutschriften"))
    kosten: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Kosten"))
    verzicht: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Verzichte"))
    rechnungen: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Rechnungen"))
    titel: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "Vollstreckungstitel"))
    quittiert: Any = dataclasses.field(default=None, metadata=angabe(EINTRAEGE, "angenommene Befunde"))
    massnahmen: Any = dataclasses.field(
        default=None,
        metadata=angabe(
            ERGAENZUNGEN, "Maßnahmen aus einem Titel, der schon da ist; `titel` ist seine Kennung"
        ),
    )
    rueckgaben: Any = dataclasses.field(
        default=None,
        metadata=angabe(
            ERGAENZUNGEN, "`am` ging die Zahlung vom Tag `zahlung_vom` über `betrag` zurück, wie `zurueck_am`"
        ),
    )
    posten: tuple[Postenangabe, ...] | None = dataclasses.field(
        default=None,
        metadata=angabe(_POSTEN, "was eine Liste offener Posten sagte, als sie eingelesen wurde"),
    )
    schluessel: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "die Quelle; dieselbe wird nicht zweimal übernommen")
    )

    def entries(self, liste: str) -> Any:
        """Return the entries under one of the keys of `list_keys` as they stand in the step."""
        wert = getattr(self, liste)
        return [] if wert is None else wert

    @property
    def erfasst(self) -> bool:
        """Tell whether it is a fact that a person recorded or the bank told: it presupposes no letter."""
        return (self.schluessel or "").startswith((ERFASST, BANK))

    def _is_new(self) -> bool:
        """A list that a first edition does not know would be facts that it passes over."""
        alle = (*_lists(type(self), EINTRAEGE), *_lists(type(self), ERGAENZUNGEN))
        return any(self.entries(name) for name in alle if name not in _ERSTE_AUSGABE)


def list_keys() -> tuple[str, ...]:
    """Return the keys of fall.yaml that a step can add to."""
    return _lists(Nachtragsdaten, EINTRAEGE)


def _lists(satz: type[Nachtragsdaten], form: Form) -> tuple[str, ...]:
    felder = dataclasses.fields(satz)
    return tuple(feld.name for feld in felder if feld.metadata and feld.metadata["form"] is form)
