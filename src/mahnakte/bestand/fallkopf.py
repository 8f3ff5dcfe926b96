"""What a line about a case begins with in every list: who owes how much, and what was last written to him."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from mahnakte.grund.betrag import json_betrag
from mahnakte.konto.konto import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import list_schreiben


@dataclasses.dataclass(frozen=True, slots=True)
class Fallkopf:
    """One case in a list. `offen` is all that is owed in Euro, also what a letter would leave out.

    `letztes` is the last letter of the series, ours or another system's, with its day.
    """

    schuldner: str
    offen: Decimal
    letztes: tuple[str, dt.date] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the keys that every list of cases has."""
        letztes = {"art": self.letztes[0], "am": self.letztes[1].isoformat()} if self.letztes else None
        return {"schuldner": self.schuldner, "offen": json_betrag(self.offen), "letztes_schreiben": letztes}


OHNE_KOPF = {"schuldner": None, "offen": None, "letztes_schreiben": None}


def head_of(sachstand: Sachstand, konto: Konto) -> Fallkopf:
    """Return the head of a case; `konto` is its full account on the day."""
    schreiben = list_schreiben(sachstand)
    letztes = (schreiben[-1].stufe, schreiben[-1].am) if schreiben else None
    return Fallkopf("; ".join(einer.voller_name for einer in sachstand.fall.schuldner), konto.gesamt, letztes)
