"""The findings about lists of open items, each made in one place."""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.text import json_safe

_ERNEUT = "Die Liste im Buchhaltungsprogramm neu ausgeben und unverändert verwenden."


def refuse_datei(text: str, stelle: Stelle, abhilfe: str = _ERNEUT) -> Ablehnung:
    """Return the refusal of a whole file that is no list of open items; the text says what it is instead."""
    return Ablehnung(sperre("POSTENDATEI_UNLESBAR", json_safe(text), abhilfe, stelle))


def refuse_unbestaetigt(stelle: Stelle) -> Ablehnung:
    """Return the refusal of a table whose columns nobody has confirmed."""
    return Ablehnung(
        sperre(
            "POSTENSPALTEN_UNBESTAETIGT",
            "Diese Spalten sind die keines bekannten Programms; was sie bedeuten, muss ein Mensch bestätigen.",
            "Die vorgeschlagene Zuordnung ansehen, berichtigen und mit --zuordnung angeben.",
            stelle,
        )
    )


def leave_out(grund: str, stelle: Stelle) -> Befund:
    """Return the finding about a row, or the rows of one invoice, that stay out; the others go in."""
    return warnung(
        "POSTENZEILE_AUSGELASSEN", json_safe(grund),
        "Im Buchhaltungsprogramm berichtigen und neu ausgeben, oder die Rechnung von Hand aufnehmen.", stelle,
    )  # fmt: skip


def credit(betrag: Decimal, nummer: str, kundennummer: str, stelle: Stelle) -> Befund:
    """Return the finding about what the creditor owes this customer; `gegenstand` is the customer's number."""
    wem = f"Kunde {kundennummer}" if kundennummer else "Der Kunde"
    womit = f" ({nummer})" if nummer else ""
    befund = hinweis(
        "POSTEN_GUTHABEN",
        json_safe(
            f"{wem} hat ein Guthaben von {format_betrag(abs(betrag))} €{womit}, das keiner Rechnung zugeordnet ist."
        ),
        "Vor der nächsten Mahnung an diesen Kunden mit einer Rechnung verrechnen oder auszahlen.",
        stelle,
    )
    return dataclasses.replace(befund, gegenstand=kundennummer or None)


def name_missing_due(zahl: int, stelle: Stelle) -> Befund:
    """Return the note that items have no due date: it is not derived from anything."""
    wie = "Bei einem Posten" if zahl == 1 else f"Bei {zahl} Posten"
    return hinweis(
        "POSTEN_OHNE_FAELLIGKEIT", f"{wie} steht keine Fälligkeit in der Liste.",
        "Die Spalte mit der Fälligkeit mit ausgeben, oder den Tag im Fall nachtragen.", stelle,
    )  # fmt: skip


def warn_stapel(zeitraum: str, stelle: Stelle) -> Befund:
    """Return the warning that a booking batch is no list of open items."""
    return warnung(
        "STAPEL_KEINE_LISTE",
        f"Das ist ein Buchungsstapel, keine Liste offener Posten: Er zeigt nur, was {zeitraum} gebucht und mit "
        "ausgegeben wurde; was seither bezahlt ist, steht nicht darin.",
        "Besser die OPOS-Liste ausgeben; sonst prüfen, ob der Stapel alle Zahlungen bis heute enthält.",
        stelle,
    )


def refuse_ausschnitt(zeilen: Sequence[int], stelle: Stelle) -> Ablehnung:
    """Return the refusal of a batch that shows payments of invoices that it does not show."""
    wo = ", ".join(str(zeile) for zeile in zeilen[:5]) + (" und weiteren" if len(zeilen) > 5 else "")
    return Ablehnung(
        sperre(
            "STAPEL_AUSSCHNITT",
            f"Der Buchungsstapel zeigt nur einen Ausschnitt: Zu der Zahlung oder Gutschrift in Zeile {wo} fehlt die "
            "Rechnung. Was offen ist, lässt sich daraus nicht lesen.",
            "Die OPOS-Liste ausgeben, oder einen Stapel ab dem Anfang des Wirtschaftsjahrs mit den Vorträgen.",
            stelle,
        )
    )
