"""Until when a payment is in time: every day that was promised, granted or agreed, moved by § 193 BGB.

Whoever compares such a day with the Stichtag asks here, so that plan, account, letters and lists go by one day.
"""

import dataclasses
import datetime as dt

from mahnakte.arten.ereignis import STUNDUNG
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.kalender import Fristende, move_to_common_workday, shift_ende
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis


def move_zahltag(fall: Fall, tag: dt.date, schuldner: str | None = None) -> dt.date:
    """Return the last day on which a payment meant for `tag` is in time, for one debtor (kennung) or for all.

    Raises Ablehnung where the calendar does not reach.
    """
    laender = fall.leistungslaender if schuldner is None else {fall.schuldner_mit(schuldner).land}
    return move_to_common_workday(tag, laender)


def shift_zahltag(fall: Fall, tag: dt.date, schuldner: str | None = None) -> Fristende:
    """Return that day with the reason why it moved, and the last day that is safe wherever the debtors sit."""
    laender = fall.leistungslaender if schuldner is None else {fall.schuldner_mit(schuldner).land}
    enden = [shift_ende(tag, land) for land in sorted(laender, key=str)]
    spaetestes = max(enden, key=lambda ende: ende.ende)
    return dataclasses.replace(
        spaetestes,
        ende=move_to_common_workday(tag, laender),
        sicher_bis=min(ende.sicher_bis for ende in enden),
    )


def end_of_stundung(fall: Fall, stundung: Ereignis) -> dt.date:
    """Return the last day of a deferral: its day of payment."""
    return move_zahltag(fall, stundung.bis or stundung.am, stundung.schuldner)


def zahltag_of(sachstand: Sachstand, forderung: Forderung) -> dt.date | None:
    """Return the last day on which an invoice can be paid in time; None: no due date is known.

    What is due at once (§ 271 (1) BGB) does not move. A deferral that is over has made its end the due date; one
    that runs holds the whole case by itself (ablauf/halt.py).
    """
    if forderung.faellig_am is None:
        return None
    tage = [_due_day(sachstand, forderung, forderung.faellig_am)]
    for stundung in ereignisse_bis(sachstand, STUNDUNG.wort):
        ende = end_of_stundung(sachstand.fall, stundung)
        if forderung.datum <= stundung.am and ende < sachstand.stichtag:
            tage.append(ende)
    return max(tage)


def _due_day(sachstand: Sachstand, forderung: Forderung, faellig_am: dt.date) -> dt.date:
    if forderung.faelligkeit == "gesetzlich":
        return faellig_am
    try:
        return move_zahltag(sachstand.fall, faellig_am)
    except Ablehnung:
        if faellig_am <= sachstand.stichtag:
            raise
        return faellig_am  # beyond the calendar, but far from due
