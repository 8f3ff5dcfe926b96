"""The law in force as a value: what the program ships and what a Bestand has entered on top.

Whoever computes is handed the Rechtsstand; no rule looks one up by itself. So two Bestände with different values
stand side by side in one process, and a worker computes with the law of the case it was given.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping

from mahnakte.grund.befund import Ablehnung, Befund, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.recht.werte import Rechtswert, Wertreihe, read_reihen


@dataclasses.dataclass(frozen=True, slots=True)
class Rechtsstand:
    """All series of dated values by name, as they hold for one Bestand."""

    reihen: Mapping[str, Wertreihe] = dataclasses.field(repr=False)

    def find_reihe(self, name: str) -> Wertreihe:
        """Return the series of one name (`basiszinssatz`); raise Ablehnung with the known names for any other."""
        reihe = self.reihen.get(name)
        if reihe is None:
            raise Ablehnung(unknown_rechtswert(name, f"Bekannt sind: {', '.join(sorted(self.reihen))}."))
        return reihe

    def wert_am(self, name: str, tag: dt.date) -> Rechtswert:
        """Return the value of a name on a day; raise Ablehnung outside the covered period."""
        return self.find_reihe(name).am(tag)

    @property
    def eingetragene(self) -> tuple[Rechtswert, ...]:
        """The values that the Bestand has entered, by name and day."""
        return tuple(
            wert for _, reihe in sorted(self.reihen.items()) for wert in reihe.werte if wert.geprueft_von
        )

    def describe(self, wert: Rechtswert) -> str:
        """Say of a value what it is, from when to when, and on whose word."""
        titel = self.find_reihe(wert.name).titel
        return (
            f"{titel} vom {format_datum(wert.ab)} bis {format_datum(wert.bis)}: {wert.worte}, {wert.herkunft}"
        )

    @property
    def fingerabdruck(self) -> str:
        """Return the SHA-256 of all values with their days: equal where the same figures are in force."""
        zeilen = (
            f"{name} {wert.ab} {wert.bis} {wert.wert}"
            for name, reihe in sorted(self.reihen.items())
            for wert in reihe.werte
        )
        return hashlib.sha256("\n".join(zeilen).encode()).hexdigest()

    def basiszins_am(self, tag: dt.date) -> Rechtswert:
        """Return the Basiszinssatz of a day in percent per year (§ 247 BGB; may be negative)."""
        return self.wert_am("basiszinssatz", tag)


def unknown_rechtswert(name: str, abhilfe: str) -> Befund:
    """Return the finding that there is no legal value of this name; `abhilfe` says which there are."""
    return sperre("RECHTSWERT_UNBEKANNT", f"Einen Rechtswert „{json_safe(name)}“ gibt es nicht.", abhilfe)


def shipped_recht() -> Rechtsstand:
    """Return the law as the program ships it, for what belongs to no Bestand."""
    return Rechtsstand(read_reihen())
