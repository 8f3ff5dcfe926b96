"""Limitation of one claim against one debtor, as a timeline (§§ 194 to 213 BGB).

The period is laid down first, then every suspension, restart and waiver known on the Stichtag is applied in the
order of time, each as one line with its paragraph. It all counts for one debtor only (§ 425 BGB).
"""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator

from mahnakte.grund.datum import format_datum
from mahnakte.recht.hemmung import Ablaufhemmung, Hemmung, Neubeginn, Verzicht
from mahnakte.recht.kalender import add_frist, move_to_workday, shift_ende
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.verjaehrungsfrist import Frist, Fristlauf, dauer_of, start_frist, start_hoechstfrist
from mahnakte.recht.werte import Rechtswert

_EIN_TAG = dt.timedelta(days=1)

Umstand = Hemmung | Neubeginn | Ablaufhemmung | Verzicht


@dataclasses.dataclass(frozen=True, slots=True)
class Verjaehrungstatsachen:
    """What is known about one claim against one debtor.

    `entstanden_am` is the day on which the claim fell due (an invoice alone does not make it arise); for a title
    the day of its finality, making or establishment. `kenntnis_am` None: known when it arose. `beginn_am` is the
    delivery (freight) or the return of the flat. `umstaende` in any order. `land` is that of the court.
    """

    entstanden_am: dt.date
    kenntnis_am: dt.date | None = None
    frist: Frist = Frist.REGEL
    beginn_am: dt.date | None = None
    umstaende: tuple[Umstand, ...] = ()
    land: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Verjaehrungszeile:
    """One line: from when to when, days added to the period, the raw end afterwards, the reason in German."""

    art: str
    von: dt.date
    bis: dt.date
    tage: int
    ende: dt.date
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Verjaehrung:
    """The result; dates are last days.

    `ablauf` is the raw end, `letzter_tag` the last filing day (§ 193, BGH III ZR 146/07), `sicher_bis` the last
    working day on or before the raw end. While a suspension goes on (`gehemmt`) they hold as if it ended on the
    Stichtag.
    """

    beginn: dt.date
    ablauf: dt.date
    letzter_tag: dt.date
    sicher_bis: dt.date
    gehemmt: bool
    zeilen: tuple[Verjaehrungszeile, ...]
    werte: tuple[Rechtswert, ...]


def compute_verjaehrung(
    recht: Rechtsstand, tatsachen: Verjaehrungstatsachen, stichtag: dt.date
) -> Verjaehrung:
    """Compute the timeline; what happened after the Stichtag is ignored.

    Raises Ablehnung for a claim older than the tables and for a special period whose starting day is missing.
    """
    laeufe = [
        start_frist(
            recht, tatsachen.frist, tatsachen.entstanden_am, tatsachen.kenntnis_am, tatsachen.beginn_am
        )
    ]
    if tatsachen.frist is Frist.REGEL and tatsachen.kenntnis_am is not None:
        laeufe.append(start_hoechstfrist(recht, tatsachen.entstanden_am))  # § 199 (4): the earlier end counts
    ergebnisse = (_compute(recht, lauf, tatsachen, stichtag) for lauf in laeufe)
    return min(ergebnisse, key=lambda ergebnis: ergebnis.ablauf)


def _compute(
    recht: Rechtsstand, lauf: Fristlauf, tatsachen: Verjaehrungstatsachen, stichtag: dt.date
) -> Verjaehrung:
    stand = _Stand(lauf.beginn, lauf.ende, dt.date.min, gehemmt_bis=dt.date.min)
    zeilen = [Verjaehrungszeile("beginn", lauf.beginn, lauf.ende, 0, lauf.ende, lauf.text)]
    werte = [lauf.wert]
    for umstand in _in_order(tatsachen.umstaende, stichtag):
        stand, zeile = _apply(umstand, stand, _Rahmen(recht, lauf, tatsachen.land, stichtag))
        zeilen.append(zeile)
        werte.extend(umstand.werte if isinstance(umstand, Hemmung) else ())
    ende = shift_ende(stand.ende, tatsachen.land)
    if ende.grund:
        text = f"{ende.grund}: letzter Tag für einen Antrag ist der {format_datum(ende.ende)} (§ 193 BGB)."
        zeilen.append(Verjaehrungszeile("ende", ende.roh, ende.ende, 0, ende.roh, text))
    return Verjaehrung(
        lauf.beginn,
        ende.roh,
        ende.ende,
        ende.sicher_bis,
        stand.gehemmt_bis >= stichtag,
        tuple(zeilen),
        tuple(werte),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Stand:
    """Where the period stands: first running day, end of the period counted out, earliest end, last suspended day.

    § 209 takes days out of the period; a waiver (§ 202), the three months of § 203 sentence 2 and the six of § 211
    only say that limitation does not set in before a day. So the two are kept apart: days of a suspension go to
    the period, never on top of the earliest end, and the claim lapses with the later of both.
    """

    laeuft_ab: dt.date
    fristende: dt.date
    untergrenze: dt.date
    gehemmt_bis: dt.date

    @property
    def ende(self) -> dt.date:
        return max(self.fristende, self.untergrenze)

    def hold(self, fruehestens: dt.date) -> "_Stand":
        return dataclasses.replace(self, untergrenze=max(self.untergrenze, fruehestens))


@dataclasses.dataclass(frozen=True, slots=True)
class _Rahmen:
    recht: Rechtsstand
    lauf: Fristlauf
    land: str | None
    stichtag: dt.date


def _in_order(umstaende: tuple[Umstand, ...], stichtag: dt.date) -> Iterator[Umstand]:
    yield from sorted((eines for eines in umstaende if _day(eines) <= stichtag), key=_day)


def _day(umstand: Umstand) -> dt.date:
    return umstand.von if isinstance(umstand, Hemmung | Ablaufhemmung) else umstand.am


@functools.singledispatch
def _apply(umstand: Umstand, stand: _Stand, rahmen: _Rahmen) -> tuple[_Stand, Verjaehrungszeile]:
    """Apply one circumstance; return the new state and its line."""
    raise TypeError(f"unknown circumstance: {type(umstand).__name__}, {stand}, {rahmen}")


@_apply.register
def _suspend(hemmung: Hemmung, stand: _Stand, rahmen: _Rahmen) -> tuple[_Stand, Verjaehrungszeile]:
    """§ 209: the days of the suspension that lie inside the running period are added, each day once.

    Once the period has been counted out and only an earliest end holds the claim, no day is left to be taken out:
    the suspension then keeps limitation from setting in while it lasts, and nothing runs after it.
    """
    bis = hemmung.bis or rahmen.stichtag
    ende, fristende = (
        move_to_workday(tag, rahmen.land) if hemmung.fristwahrend else tag
        for tag in (stand.ende, stand.fristende)
    )
    if hemmung.hindernis:
        return _no_effect(hemmung.von, bis, stand, hemmung.text, hemmung.hindernis)
    if bis < stand.laeuft_ab:
        return _no_effect(hemmung.von, bis, stand, hemmung.text, "liegt vor dem Beginn der Frist")
    if hemmung.von > ende:
        return _no_effect(
            hemmung.von, bis, stand, hemmung.text, f"die Frist war am {format_datum(ende)} abgelaufen"
        )
    dauert_an = "" if hemmung.bis else ", dauert am Stichtag an"
    if hemmung.von > fristende:
        tage, neu = 0, stand.hold(bis)
        wirkung = (
            f"die Frist selbst endete am {format_datum(stand.fristende)}; solange gehemmt ist, tritt keine "
        )
        wirkung += f"Verjährung ein{dauert_an}"
    else:
        erster = max(hemmung.von, stand.laeuft_ab, stand.gehemmt_bis + _EIN_TAG)
        tage = max(0, (bis - erster).days + 1)
        # A filing on the day to which § 193 moved the end found the period still running.
        basis = fristende if hemmung.von > stand.fristende else stand.fristende
        neu = dataclasses.replace(stand, fristende=basis + dt.timedelta(days=tage))
        wirkung = f"{tage} {'Tag' if tage == 1 else 'Tage'} gehemmt (§ 209 BGB){dauert_an}"
    neu = dataclasses.replace(neu, gehemmt_bis=max(stand.gehemmt_bis, bis))
    neu = neu.hold(hemmung.untergrenze or stand.untergrenze)
    text = f"{hemmung.text}: {wirkung}; bis {format_datum(neu.ende)}."
    return neu, Verjaehrungszeile("hemmung", hemmung.von, bis, tage, neu.ende, text)


@_apply.register
def _restart(neubeginn: Neubeginn, stand: _Stand, rahmen: _Rahmen) -> tuple[_Stand, Verjaehrungszeile]:
    """§ 212: the whole period anew from the next day; no effect before it began (BGH VIII ZR 344/12)."""
    am = neubeginn.am
    if neubeginn.entfallen:
        return _no_effect(am, am, stand, neubeginn.text, neubeginn.entfallen)
    if am < stand.laeuft_ab:
        return _no_effect(
            am, am, stand, neubeginn.text, "liegt vor dem Beginn der Frist (BGH VIII ZR 344/12)"
        )
    if am > stand.ende:
        grund = f"die Frist war am {format_datum(stand.ende)} abgelaufen"
        return _no_effect(am, am, stand, neubeginn.text, grund)
    # A suspension that still goes on holds up the new period as well (§ 209).
    rest = max(dt.timedelta(0), stand.gehemmt_bis - am)
    neu = dataclasses.replace(
        stand, laeuft_ab=am + _EIN_TAG, fristende=add_frist(am, rahmen.lauf.dauer) + rest
    )
    text = f"{neubeginn.text}: die ganze Frist beginnt neu; bis {format_datum(neu.ende)}."
    return neu, Verjaehrungszeile("neubeginn", am, am, 0, neu.ende, text)


@_apply.register
def _hold_end(ablauf: Ablaufhemmung, stand: _Stand, rahmen: _Rahmen) -> tuple[_Stand, Verjaehrungszeile]:
    """§ 211: the period does not end before a day; while the obstacle stands, that day moves with the Stichtag."""
    if ablauf.von > stand.ende:
        grund = f"die Frist war am {format_datum(stand.ende)} abgelaufen"
        return _no_effect(ablauf.von, ablauf.von, stand, ablauf.text, grund)
    fruehestens = ablauf.fruehestens or add_frist(rahmen.stichtag, ablauf.dauer)
    neu = stand.hold(fruehestens)
    text = f"{ablauf.text}: Ende frühestens am {format_datum(fruehestens)}; bis {format_datum(neu.ende)}."
    return neu, Verjaehrungszeile("ablaufhemmung", ablauf.von, fruehestens, 0, neu.ende, text)


@_apply.register
def _waive(verzicht: Verzicht, stand: _Stand, rahmen: _Rahmen) -> tuple[_Stand, Verjaehrungszeile]:
    """§ 202: at most thirty years from the statutory start."""
    hoechst = rahmen.recht.wert_am("verjaehrung_vereinbart_hoechst", verzicht.am)
    bis = min(verzicht.bis, add_frist(rahmen.lauf.beginn - _EIN_TAG, dauer_of(hoechst)))
    neu = stand.hold(bis)
    text = f"{verzicht.text} bis {format_datum(bis)} (§ 202 BGB); bis {format_datum(neu.ende)}."
    return neu, Verjaehrungszeile("verzicht", verzicht.am, bis, 0, neu.ende, text)


def _no_effect(
    von: dt.date, bis: dt.date, stand: _Stand, text: str, grund: str
) -> tuple[_Stand, Verjaehrungszeile]:
    return stand, Verjaehrungszeile(
        "ohne_wirkung", von, bis, 0, stand.ende, f"{text}: ohne Wirkung, {grund}."
    )
