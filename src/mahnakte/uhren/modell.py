"""The clocks of one title against one debtor: until when main claim and interest can be enforced."""

import dataclasses
import datetime as dt
from typing import Any

from mahnakte.grund.befund import Befund


@dataclasses.dataclass(frozen=True, slots=True)
class Uhrzeile:
    """One line of the derivation: the day, and what happened with its paragraph."""

    am: dt.date
    text: str

    def as_json(self) -> dict[str, str]:
        """Return the form in the JSON document."""
        return {"am": self.am.isoformat(), "text": self.text}


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsuhr:
    """The interest that accrued in one year after the title: last day, and whether that has passed."""

    jahr: int
    bis: dt.date
    verjaehrt: bool
    herleitung: tuple[Uhrzeile, ...] = dataclasses.field(default=(), compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract, with `verjaehrt` added."""
        return {"jahr": self.jahr, "bis": self.bis.isoformat(), "verjaehrt": self.verjaehrt}


@dataclasses.dataclass(frozen=True, slots=True)
class Titeluhr:
    """Both clocks of a title against one debtor. All days are raw ends, without the shift of § 193 BGB.

    `hauptforderung_bis` is None when a date is missing without which the law gives no answer; `grund` says what
    the clock counts from, with the act that started it anew (§ 212), or what is missing. `zinsen` are the years
    since the title, lapsed ones marked. `erlischt_zuerst` is the next day on which something lapses (None: nothing
    left, or unknown).
    """

    kennung: str
    art: str
    schuldner: str
    hauptforderung_bis: dt.date | None
    grund: str
    zinsen: tuple[Zinsuhr, ...]
    erlischt_zuerst: dt.date | None
    verjaehrt: bool
    herleitung: tuple[Uhrzeile, ...] = dataclasses.field(default=(), compare=False)
    befunde: tuple[Befund, ...] = dataclasses.field(default=(), compare=False)

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON contract without `aktenzeichen`; derivation and `verjaehrt` are added."""
        return {
            "kennung": self.kennung,
            "art": self.art,
            "schuldner": self.schuldner,
            "hauptforderung_bis": self.hauptforderung_bis.isoformat() if self.hauptforderung_bis else None,
            "grund": self.grund,
            "zinsen": [zins.as_json() for zins in self.zinsen],
            "erlischt_zuerst": self.erlischt_zuerst.isoformat() if self.erlischt_zuerst else None,
            "verjaehrt": self.verjaehrt,
            "herleitung": [zeile.as_json() for zeile in self.herleitung],
        }
