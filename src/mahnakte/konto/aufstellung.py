"""The statement of a claim account (Forderungsaufstellung) in rows, for screen and spreadsheet.

Nothing is computed here but subtotals: every figure stands in the account, and every line can be checked by hand.
"""

import dataclasses
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.grund.betrag import NULL, format_zahl
from mahnakte.konto.modell import Konto, Kontobuchung, Verlauf
from mahnakte.recht.zinsen import Tageszaehlung, Zinszeile

METHODE = {
    Tageszaehlung.ACT_ACT: "act/act: Tage nach dem Kalender, Teiler 365, im Schaltjahr 366",
    Tageszaehlung.ACT_365: "act/365: Tage nach dem Kalender, Teiler immer 365",
    Tageszaehlung.DREISSIG_360: "30E/360: Monate zu 30, Jahre zu 360 Tagen",
}
FORMEL = "Zinsen = Betrag × Satz × Tage / (100 × Teiler), jede Zeile kaufmännisch auf den Cent gerundet"


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsblock:
    """All interest of one claim or cost item: its lines, what a title adds, and what became of the sum.

    Σ lines + tituliert = verlauf.entstanden; `tituliert` is interest that a title has already computed.
    """

    name: str
    zeilen: tuple[Zinszeile, ...]
    tituliert: Decimal
    verlauf: Verlauf


@dataclasses.dataclass(frozen=True, slots=True)
class Aufstellung:
    """The account in the order in which it is read; `buchungen` by day."""

    konto: Konto
    zinsbloecke: tuple[Zinsblock, ...]
    buchungen: tuple[Kontobuchung, ...]
    zinsen_entstanden: Decimal
    zinsen_erledigt: Decimal


def compute_aufstellung(konto: Konto) -> Aufstellung:
    """Arrange an account as a statement."""
    bloecke = tuple(_interest_blocks(konto))
    entstanden = sum((block.verlauf.entstanden for block in bloecke), NULL)
    buchungen = sorted((*konto.abzuege, *konto.zahlungen), key=lambda buchung: buchung.am)
    return Aufstellung(konto, bloecke, tuple(buchungen), entstanden, entstanden - konto.zinsen)


def _interest_blocks(konto: Konto) -> Iterator[Zinsblock]:
    posten = [(zeile.rechnung, "hauptforderung", zeile.zinsen) for zeile in konto.forderungen]
    posten += [(zeile.name, "kosten", zeile.zinsen) for zeile in konto.kostenposten]
    for name, art, verlauf in posten:
        zeilen = tuple(a.zeile for a in konto.abschnitte if (a.name, a.art) == (name, art))
        if verlauf.entstanden or zeilen:
            summe = sum((zeile.zinsen for zeile in zeilen), NULL)
            yield Zinsblock(name, zeilen, verlauf.entstanden - summe, verlauf)


def describe_satz(zeile: Zinszeile) -> str:
    """Write the rate of a line with its derivation: `1,27 + 5 = 6,27 %`, a fixed one `6,00 %`."""
    if zeile.basiszins is None or zeile.punkte is None:
        return f"{_zahl(zeile.satz)}\u00a0%"
    punkte = format_zahl(zeile.punkte, 0 if zeile.punkte == int(zeile.punkte) else 2)
    return f"{_zahl(zeile.basiszins)} + {punkte} = {_zahl(zeile.satz)}\u00a0%"


def _zahl(zahl: Decimal) -> str:
    return format_zahl(zahl).replace("-", "\u2212")
