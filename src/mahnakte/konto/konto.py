"""The claim account: one case, one Stichtag, everything counted anew from the facts.

Facts are walked in the order of their days. Interest is written up to the day before each change; the Stichtag
itself is an interest day, so the balance of day D, credited on D+1, closes the account.
"""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.arten.kosten import GEBUEHREN
from mahnakte.fall.fall import Fall
from mahnakte.grund.betrag import NULL
from mahnakte.konto.abschluss import close_konto
from mahnakte.konto.aufbau import build_grundstock
from mahnakte.konto.buchung import open_buchhaltung
from mahnakte.konto.inkassogrenze import cut_to_ceiling
from mahnakte.konto.kosten import check_kosten, settle_pauschale
from mahnakte.konto.modell import Konto
from mahnakte.konto.ordnung import find_ordnung
from mahnakte.konto.titelteil import find_titel
from mahnakte.konto.zinserlass import settle_abreden
from mahnakte.konto.zinsgrenzen import find_grenzen
from mahnakte.stand.sachstand import Sachstand, once

__all__ = ["Konto", "compute_konto", "compute_konto_gegen"]


@once
def compute_konto(sachstand: Sachstand) -> Konto:
    """Return the account of a case as of the Stichtag, which is itself an interest day.

    With several debtors it is the common account: what all of them owe. Facts later than the Stichtag are ignored.
    Raises Ablehnung where the account cannot be counted: outside a table, a rate not stated, an amount that is
    not positive, a number that stands twice or points nowhere, an order of payments the law does not allow.
    """
    geregelt, befunde = settle_abreden(sachstand, _count)
    konto = _count(sachstand.mit(geregelt))
    return dataclasses.replace(konto, befunde=(*konto.befunde, *befunde))


def _count(sachstand: Sachstand) -> Konto:
    """Return the account of a case whose agreements are settled (zinserlass.py)."""
    ordnung = find_ordnung(sachstand.fall)
    grenzen = find_grenzen(sachstand)
    grundstock = build_grundstock(sachstand, grenzen)
    titel, titelbefunde = find_titel(sachstand, grenzen)
    gekappt = tuple(
        cut_to_ceiling(sachstand, grundstock.kosten, titel, lambda tag: _principal_due(sachstand.fall, tag))
    )
    pauschale, kostenbefunde = settle_pauschale(grundstock)
    buchhaltung = open_buchhaltung(sachstand, grundstock, ordnung, titel)
    buchhaltung.book_all(sachstand.fall)
    befunde = (
        *grundstock.befunde,
        *grenzen.befunde,
        *titelbefunde,
        *gekappt,
        *kostenbefunde,
        *check_kosten(grundstock, sachstand),
    )
    return close_konto(sachstand.fall, grundstock, buchhaltung, pauschale, befunde)


def _principal_due(fall: Fall, tag: dt.date) -> Decimal:
    """Return the principal that was due and open at the end of a day: the value of the fee for collecting it."""
    ohne_gebuehren = tuple(angabe for angabe in fall.kosten if angabe.art not in GEBUEHREN)
    konto = _count(Sachstand(dataclasses.replace(fall, kosten=ohne_gebuehren), tag))
    faellige = (zeile for zeile in konto.forderungen if zeile.faellig_am is None or zeile.faellig_am <= tag)
    return sum((zeile.offen for zeile in faellige), NULL)


@once
def compute_konto_gegen(sachstand: Sachstand, kennung: str) -> Konto:
    """Return the account against one of several joint debtors: his default, his titles, his insolvency.

    Payments work for all (§ 422 BGB), whoever made them; everything else for one only (§ 425 BGB).
    """
    return compute_konto(
        sachstand.mit(
            dataclasses.replace(
                sachstand.fall,
                schuldner=(sachstand.fall.schuldner_mit(kennung),),
                ereignisse=tuple(e for e in sachstand.fall.ereignisse if e.schuldner in (None, kennung)),
                titel=tuple(titel for titel in sachstand.fall.titel if titel.schuldner in (None, kennung)),
            )
        )
    )
