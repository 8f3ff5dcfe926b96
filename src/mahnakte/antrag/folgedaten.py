"""The application for the Vollstreckungsbescheid as data of a step, and back: amounts are texts, dates ISO."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung
from mahnakte.grund.betrag import json_betrag


def write_folgedaten(antrag: Vollstreckungsbescheidsantrag) -> dict[str, Any]:
    """Return what an eintrag.json keeps of an application."""
    return {
        "geschaeftsnummer": antrag.geschaeftsnummer,
        "geschaeftszeichen": antrag.geschaeftszeichen,
        "antrag_am": antrag.antrag_am.isoformat(),
        "zahlungen": [
            {"am": zahlung.am.isoformat(), "betrag": json_betrag(zahlung.betrag)}
            for zahlung in antrag.zahlungen
        ],
    }


def read_folgedaten(daten: Mapping[str, Any]) -> Vollstreckungsbescheidsantrag:
    """Return the application that a step keeps; raise KeyError, TypeError or ValueError when it is none."""
    zahlungen = tuple(
        Zahlung(dt.date.fromisoformat(zahlung["am"]), Decimal(zahlung["betrag"]))
        for zahlung in daten["zahlungen"]
    )
    return Vollstreckungsbescheidsantrag(
        geschaeftsnummer=str(daten["geschaeftsnummer"]),
        geschaeftszeichen=str(daten["geschaeftszeichen"]),
        antrag_am=dt.date.fromisoformat(daten["antrag_am"]),
        zahlungen=zahlungen,
    )
