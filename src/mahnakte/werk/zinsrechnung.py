"""Interest on one amount without a case, as the calculator shows it: the lines and their sum."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

from mahnakte.grund.befund import sperre
from mahnakte.grund.betrag import json_betrag, json_zahl
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, Zinszeile, interest_lines, sum_exact, sum_lines
from mahnakte.werk.ergebnis import NichtBegonnen


@dataclasses.dataclass(frozen=True, slots=True)
class Zinsrechnung:
    """Interest in euro and the lines it is the sum of; `rundung` is `zeile` (each line) or `ende` (once)."""

    zeilen: tuple[Zinszeile, ...]
    zinsen: Decimal
    zinssatz: Zinssatz
    methode: Tageszaehlung
    rundung: str

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document of the contract without `befunde`."""
        return {
            "zinsen": json_betrag(self.zinsen),
            "abschnitte": [_abschnitt(zeile) for zeile in self.zeilen],
            "methode": self.methode.value,
            "rundung": self.rundung,
        }


def compute_zinsrechnung(
    recht: Rechtsstand,
    betrag: Decimal,
    von: dt.date,
    bis: dt.date,
    zinssatz: Zinssatz,
    methode: Tageszaehlung = Tageszaehlung.ACT_ACT,
    rundung: str = "zeile",
) -> Zinsrechnung:
    """Return the interest on an amount in euro; `von` and `bis` are both interest days. Raises Ablehnung."""
    zeilen = tuple(interest_lines(recht, betrag, von, bis, zinssatz, methode))
    summe = sum_exact(zeilen) if rundung == "ende" else sum_lines(zeilen)
    return Zinsrechnung(zeilen, summe, zinssatz, methode, rundung)


def one_rate(punkte: Decimal | None, satz: Decimal | None) -> Zinssatz:
    """Return the rate that points or a fixed rate mean; raise NichtBegonnen unless exactly one is given."""
    if punkte is not None and satz is None:
        return Zinssatz.ueber_basis(punkte)
    if satz is not None and punkte is None:
        return Zinssatz.fest(satz)
    raise NichtBegonnen(
        [
            sperre(
                "ZINSSATZ_FEHLT",
                "Es muss genau ein Zinssatz angegeben sein.",
                "Entweder --punkte (über dem Basiszinssatz) oder --satz (fest) angeben.",
            )
        ]
    )


def _abschnitt(zeile: Zinszeile) -> dict[str, Any]:
    return {
        "von": zeile.von.isoformat(),
        "bis": zeile.bis.isoformat(),
        "tage": zeile.tage,
        "teiler": zeile.teiler,
        "satz": json_zahl(zeile.satz, 2),
        "basiszins": None if zeile.basiszins is None else json_zahl(zeile.basiszins, 2),
        "zinsen": json_betrag(zeile.zinsen),
    }
