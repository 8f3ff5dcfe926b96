"""The fee tables of RVG and GKG: one simple fee for each value, the right table by date (§ 60 RVG, § 71 GKG)."""

import bisect
import dataclasses
import datetime as dt
import enum
import functools
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import NULL, format_betrag, format_zahl, round_cent
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.werte import Rechtswert, uncovered


class Gebuehrengesetz(enum.StrEnum):
    """Whose fees: the lawyer's or the court's."""

    RVG = "rvg"
    GKG = "gkg"


@dataclasses.dataclass(frozen=True, slots=True)
class Gebuehrentabelle:
    """One version of a table: `grenzen` are the upper ends of the brackets in euro, `gebuehren` their fees."""

    gesetz: Gebuehrengesetz
    titel: str
    fundstelle: str
    ab: dt.date
    bis: dt.date
    quelle: str
    geprueft_am: dt.date
    grenzen: tuple[Decimal, ...]
    gebuehren: tuple[Decimal, ...]
    schritt: Decimal
    zuschlag: Decimal

    def simple_fee(self, wert: Decimal) -> Decimal:
        """Return the 1.0 fee for a value; above the last bracket the addition for each started step."""
        stufe = bisect.bisect_left(self.grenzen, wert)
        if stufe < len(self.grenzen):
            return self.gebuehren[stufe]
        schritte = ((wert - self.grenzen[-1]) / self.schritt).to_integral_value(ROUND_CEILING)
        return self.gebuehren[-1] + schritte * self.zuschlag

    def as_rechtswert(self, einfach: Decimal) -> Rechtswert:
        """Return the fee taken from the table as a dated value with its source."""
        return Rechtswert(
            self.gesetz.value,
            einfach,
            self.ab,
            self.bis,
            "Euro (einfache Gebühr)",
            self.quelle,
            self.geprueft_am,
            self.fundstelle,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Gebuehr:
    """One fee: simple fee of the table × rate, half up, at least the minimum fee. Amounts in euro."""

    wert: Decimal
    satz: Decimal
    einfach: Decimal
    betrag: Decimal
    werte: tuple[Rechtswert, ...]


def compute_gebuehr(
    recht: Rechtsstand, gesetz: Gebuehrengesetz, wert: Decimal, satz: Decimal, am: dt.date
) -> Gebuehr:
    """Compute table fee × rate, half up, at least the minimum fee (§ 13 (2) RVG, § 34 (2) GKG).

    The value counts up to the highest one (§ 22 (2) RVG, § 39 (2) GKG). `am` is the day of the unconditional
    mandate (RVG) or of pendency (GKG). Raises Ablehnung outside the tables and for a value or rate of zero.
    """
    if wert <= NULL or satz <= NULL:
        raise Ablehnung(
            sperre("GEBUEHR_WERT", f"Wert {format_betrag(wert)} und Satz {format_zahl(satz)} ergeben keine Gebühr.",
                   "Einen Gegenstandswert und einen Gebührensatz über null angeben.")
        )  # fmt: skip
    tabelle = find_tabelle(gesetz, am)
    hoechst = recht.wert_am(f"hoechstwert_{gesetz.value}", am)
    mindest = recht.wert_am(f"mindestgebuehr_{gesetz.value}", am)
    wert = min(wert, hoechst.wert)
    einfach = tabelle.simple_fee(wert)
    betrag = max(round_cent(einfach * satz), mindest.wert)
    return Gebuehr(wert, satz, einfach, betrag, (tabelle.as_rechtswert(einfach), mindest, hoechst))


def find_tabelle(gesetz: Gebuehrengesetz, am: dt.date) -> Gebuehrentabelle:
    """Return the table in force on a day; raise Ablehnung outside the covered period."""
    fassungen = read_tabellen()[gesetz]
    for tabelle in fassungen:
        if tabelle.ab <= am <= tabelle.bis:
            return tabelle
    raise Ablehnung(uncovered(fassungen[0].titel, am, fassungen[0].ab, fassungen[-1].bis))


@functools.cache
def read_tabellen() -> Mapping[Gebuehrengesetz, tuple[Gebuehrentabelle, ...]]:
    """Return all versions of both tables, oldest first, read once per process."""
    return {
        Gebuehrengesetz(name): tuple(
            _read_fassung(Gebuehrengesetz(name), knoten, fassung) for fassung in knoten.entries("fassungen")
        )
        for name, knoten in read_datendatei("mahnakte.recht", "werte/gebuehrentabellen.yaml").children(
            "tabellen"
        )
    }


def _read_fassung(gesetz: Gebuehrengesetz, knoten: Wertknoten, fassung: Wertknoten) -> Gebuehrentabelle:
    stufen = [(fassung.parse_number(bis), fassung.parse_amount(gebuehr)) for bis, gebuehr in
              fassung.mapping("stufen").scalars()]  # fmt: skip
    return Gebuehrentabelle(
        gesetz,
        knoten.text("titel"),
        knoten.text("fundstelle"),
        fassung.date("ab"),
        fassung.date("gedeckt_bis"),
        fassung.text("quelle"),
        fassung.date("geprueft_am"),
        tuple(bis for bis, _ in stufen),
        tuple(gebuehr for _, gebuehr in stufen),
        fassung.number("schritt"),
        fassung.number("zuschlag"),
    )
