"""The claim account: one case, one Stichtag, everything counted anew from the facts.

Facts are walked in the order of their days. Interest is written up to the day before each change; the Stichtag
itself is an interest day, so the balance of day D, credited on D+1, closes the account.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.fall.fall import Fall
from mahnakte.grund.betrag import NULL
from mahnakte.konto.aufbau import Forderungsposten, Grundstock, Kostenkonto, build_grundstock
from mahnakte.konto.buchung import Buchhaltung
from mahnakte.konto.jetag import interest_per_day
from mahnakte.konto.modell import Konto, Kontoforderung, Kontokosten, Zinsabschnitt
from mahnakte.konto.posten import Posten
from mahnakte.recht.zinsen import Tageszaehlung, sum_lines

__all__ = ["Konto", "compute_konto"]


def compute_konto(fall: Fall, stichtag: dt.date) -> Konto:
    """Return the account of a case as of the Stichtag, which is itself an interest day.

    Raises Ablehnung where the account cannot be counted: outside a table, a rate not stated, an amount that is
    not positive, a number that stands twice or points nowhere.
    """
    grundstock = build_grundstock(fall, stichtag)
    forderungen = [eintrag.posten for eintrag in grundstock.forderungen]
    kosten = [eintrag.posten for eintrag in grundstock.kosten]
    buchhaltung = Buchhaltung(forderungen, kosten)
    buchhaltung.book_all(fall, stichtag)
    return _close(fall, stichtag, grundstock, buchhaltung)


def _close(fall: Fall, stichtag: dt.date, grundstock: Grundstock, buchhaltung: Buchhaltung) -> Konto:
    alle = [*buchhaltung.forderungen, *buchhaltung.kosten]
    hauptforderung = _sum(posten.offen for posten in buchhaltung.forderungen)
    kosten = _sum(posten.offen for posten in buchhaltung.kosten)
    zinsen = _sum(posten.zinsen_offen for posten in alle)
    je_tag = interest_per_day(alle, stichtag)
    return Konto(
        aktenzeichen=fall.aktenzeichen,
        stichtag=stichtag,
        tageszaehlung=Tageszaehlung(fall.konto.tageszaehlung),
        hauptforderung=hauptforderung,
        kosten=kosten,
        zinsen=zinsen,
        gesamt=hauptforderung + kosten + zinsen,
        ueberzahlung=_sum(zahlung.rest for zahlung in buchhaltung.zahlungen),
        zinsen_je_tag=je_tag.betrag,
        zinsen_je_tag_bis=je_tag.bis,
        forderungen=tuple(_show_forderung(eintrag) for eintrag in grundstock.forderungen),
        kostenposten=tuple(_show_kosten(eintrag) for eintrag in grundstock.kosten),
        abschnitte=tuple(_show_abschnitte(alle)),
        zahlungen=tuple(buchhaltung.zahlungen),
        abzuege=tuple(buchhaltung.abzuege),
        befunde=(*grundstock.befunde, *buchhaltung.befunde, *je_tag.befunde),
    )


def _show_forderung(eintrag: Forderungsposten) -> Kontoforderung:
    posten, grund = eintrag.posten, eintrag.grund
    return Kontoforderung(
        rechnung=eintrag.forderung.nummer,
        titel=False,
        betrag=posten.betrag,
        gutgeschrieben=posten.gutgeschrieben,
        verzichtet=posten.verzichtet,
        gezahlt=posten.gezahlt,
        tituliert=posten.tituliert,
        offen=posten.offen,
        faellig_am=posten.faellig_am,
        verzug_ab=grund.verzug_ab,
        verzug_grund=grund.verzug_grund,
        verzug=grund.lagen,
        zinsen_ab=posten.lauf.ab if posten.lauf else None,
        zinssatz=posten.lauf.zinssatz if posten.lauf else None,
        zinssatz_grund=grund.zinssatz_grund,
        zinsen_entstanden=posten.zinsen_zuvor + sum_lines(posten.zeilen),
        zinsen_gezahlt=posten.zinsen_gezahlt,
        zinsen_verzichtet=posten.zinsen_verzichtet,
        zinsen_tituliert=posten.zinsen_tituliert,
        zinsen_offen=posten.zinsen_offen,
    )


def _show_kosten(eintrag: Kostenkonto) -> Kontokosten:
    angabe, posten = eintrag.angabe, eintrag.posten
    return Kontokosten(
        am=angabe.am,
        art=angabe.art,
        bezeichnung=angabe.grund or "",
        rechnung=posten.rechnung,
        betrag=posten.betrag,
        angerechnet=posten.angerechnet,
        tituliert=posten.tituliert,
        verzichtet=posten.verzichtet,
        gezahlt=posten.gezahlt,
        offen=posten.offen,
        zinsen_offen=posten.zinsen_offen,
    )


def _show_abschnitte(alle: Iterable[Posten]) -> Iterator[Zinsabschnitt]:
    for posten in alle:
        for zeile in posten.zeilen:
            yield Zinsabschnitt(posten.rechnung or "Kosten", zeile)


def _sum(betraege: Iterable[Decimal]) -> Decimal:
    return sum(betraege, NULL)
