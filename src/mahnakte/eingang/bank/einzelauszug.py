"""What goes from a statement into a case: its own booking alone, as a payment and as a sheet that proves it.

A statement never travels whole: it holds the bookings of others.
"""

from collections.abc import Mapping
from typing import Any

from mahnakte.antrag.angabenblatt import Abschnitt, blatt_werte
from mahnakte.eingang.bank.abgleich import Zuordnung
from mahnakte.eingang.bank.buchung import Buchung
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe

_LAENGE = 1_000  # characters of one value; banks allow less


def make_zahlung(zuordnung: Zuordnung) -> Mapping[str, str]:
    """Return the payment as fall.yaml spells it: the value date counts, and what the payer has designated."""
    buchung = zuordnung.posten.buchung
    angaben = {
        "am": buchung.wert.isoformat(),
        "betrag": format_betrag(buchung.betrag),
        "von": zuordnung.von or "",
        "auf": zuordnung.auf or "",
    }
    return {name: wert for name, wert in angaben.items() if wert}


def beleg_werte(zuordnung: Zuordnung, datei: str, sha256: str) -> dict[str, Any]:
    """Return the values of the sheet (template angabenblatt) that proves one booking; `datei` is the statement."""
    buchung = zuordnung.posten.buchung
    zeilen = (
        ("Konto", zuordnung.posten.konto),
        ("Buchungstag", format_datum(buchung.tag)),
        ("Wertstellung", format_datum(buchung.wert)),
        ("Betrag", f"{format_betrag(buchung.betrag)} {buchung.waehrung}"),
        ("Auftraggeber", buchung.name),
        ("für", buchung.wirklich),
        ("Konto des Auftraggebers", buchung.iban),
        ("Verwendungszweck", join_zweck(buchung)),
        ("Referenz des Auftraggebers", buchung.ende_zu_ende),
        ("Referenz der Bank", buchung.bankreferenz),
    )
    herkunft = (
        ("Datei", datei),
        ("Prüfsumme (SHA-256)", sha256),
        ("Schlüssel der Buchung", zuordnung.posten.schluessel),
    )
    titel = f"Zahlungseingang vom {format_datum(buchung.wert)}"
    hinweis = "Auszug einer einzelnen Buchung; der Kontoauszug selbst liegt nicht in der Akte."
    return blatt_werte(
        titel,
        "",
        hinweis,
        [Abschnitt("Buchung", _safe(zeilen), ""), Abschnitt("Herkunft", _safe(herkunft), "")],
    )


def join_zweck(buchung: Buchung) -> str:
    """Return the purpose in one line, its lines joined with a blank."""
    return " ".join(zeile.strip() for zeile in buchung.zweck if zeile.strip())


def _safe(zeilen: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((feld, json_safe(" ".join(wert.split()))[:_LAENGE]) for feld, wert in zeilen)
