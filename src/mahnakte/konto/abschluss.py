"""From the walked books to the finished account: sums, claims, cost items, interest lines."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import NULL
from mahnakte.konto.aufbau import Forderungsposten, Grundstock
from mahnakte.konto.buchung import Buchhaltung
from mahnakte.konto.jetag import interest_per_day, look_ahead
from mahnakte.konto.modell import (
    Bestandteil,
    Konto,
    Kontoforderung,
    Kontokosten,
    Pauschalenstand,
    Verlauf,
    Zinsabschnitt,
)
from mahnakte.konto.posten import EIN_TAG, Posten, Zinslauf
from mahnakte.konto.titelteil import Kontotitel
from mahnakte.konto.zinsgrund import describe_rate
from mahnakte.konto.zinsluecke import find_luecke
from mahnakte.recht.zinsen import Tageszaehlung, sum_lines


def close_konto(
    fall: Fall,
    grundstock: Grundstock,
    buchhaltung: Buchhaltung,
    pauschale: Pauschalenstand,
    befunde: Iterable[Befund],
) -> Konto:
    """Return the account as the books stand."""
    alle = [*buchhaltung.forderungen, *buchhaltung.kosten]
    hauptforderung = _sum(posten.offen for posten in buchhaltung.forderungen)
    kosten = _sum(posten.offen for posten in buchhaltung.kosten)
    zinsen = _sum(posten.zinsen_offen for posten in alle)
    luecke = find_luecke(alle)
    if luecke and hauptforderung + kosten + zinsen <= NULL:
        luecke.refuse()  # whether anything is left to pay depends on the missing value
    je_tag = interest_per_day(alle, buchhaltung.stichtag)
    return Konto(
        aktenzeichen=fall.aktenzeichen,
        stichtag=buchhaltung.stichtag,
        tageszaehlung=Tageszaehlung(fall.konto.tageszaehlung),
        tilgung=buchhaltung.ordnung.regel,
        hauptforderung=hauptforderung,
        kosten=kosten,
        zinsen=zinsen,
        gesamt=hauptforderung + kosten + zinsen,
        ueberzahlung=_sum(eine.ueberzahlt for eine in (*buchhaltung.zahlungen, *buchhaltung.abzuege)),
        zinsen_bis=luecke.ab - EIN_TAG if luecke else buchhaltung.stichtag,
        zinsen_je_tag=je_tag.betrag,
        zinsen_je_tag_bis=je_tag.bis,
        ausblick=look_ahead(alle, buchhaltung.stichtag),
        forderungen=tuple(_show_forderungen(grundstock, buchhaltung)),
        kostenposten=tuple(_show_kosten(grundstock, buchhaltung)),
        abschnitte=tuple(Zinsabschnitt(p.name, p.art, p.rechnung, zeile) for p in alle for zeile in p.zeilen),
        zahlungen=tuple(buchhaltung.zahlungen),
        abzuege=tuple(buchhaltung.abzuege),
        pauschale=pauschale,
        befunde=(*befunde, *buchhaltung.befunde, *(luecke.befunde if luecke else je_tag.befunde)),
        recht=fall.recht,
    )


def _show_forderungen(grundstock: Grundstock, buchhaltung: Buchhaltung) -> Iterator[Kontoforderung]:
    for eintrag in grundstock.forderungen:
        yield _show_rechnung(eintrag, buchhaltung.stichtag)
    titel = {einer.name: einer for einer in buchhaltung.titel}
    for posten in buchhaltung.forderungen:
        if posten.titel:
            yield _show_titel(posten, titel[posten.name], buchhaltung.stichtag)


def _show_rechnung(eintrag: Forderungsposten, stichtag: dt.date) -> Kontoforderung:
    posten, grund = eintrag.posten, eintrag.grund
    return Kontoforderung(
        rechnung=eintrag.forderung.nummer,
        titel=False,
        haupt=_principal(posten),
        zinsen=_interest(posten),
        faellig_am=posten.faellig_am,
        zahlbar_bis=eintrag.zahlbar_bis,
        verzug_ab=grund.verzug_ab,
        verzug_grund=grund.verzug_grund,
        verzug=grund.lagen,
        zinsen_ab=posten.lauf.ab if posten.lauf else None,
        zinssatz=posten.lauf.zinssatz if posten.lauf else None,
        zinssatz_grund=_join(grund.zinssatz_grund, posten.lauf),
        zinsen_bis=_counted_to(posten, stichtag),
        ungerechnet=tuple(posten.ungerechnet),
    )


def _show_titel(posten: Posten, titel: Kontotitel, stichtag: dt.date) -> Kontoforderung:
    return Kontoforderung(
        rechnung=posten.name,
        titel=True,
        haupt=_principal(posten),
        zinsen=_interest(posten),
        faellig_am=posten.faellig_am,
        zahlbar_bis=posten.faellig_am,
        verzug_ab=posten.lauf.ab if posten.lauf else None,
        verzug_grund=titel.text,
        verzug=(),
        zinsen_ab=posten.lauf.ab if posten.lauf else None,
        zinssatz=posten.lauf.zinssatz if posten.lauf else None,
        zinssatz_grund=_join(f"{describe_rate(posten.lauf.zinssatz)}, laut Titel.", posten.lauf)
        if posten.lauf
        else "",
        zinsen_bis=_counted_to(posten, stichtag),
        ungerechnet=tuple(posten.ungerechnet),
    )


def _counted_to(posten: Posten, stichtag: dt.date) -> dt.date:
    return posten.ungerechnet[0].von - EIN_TAG if posten.ungerechnet else stichtag


def _join(grund: str, lauf: Zinslauf | None) -> str:
    """Say after the rate from when to when interest rests."""
    return f"{grund} {lauf.vermerk}" if lauf and lauf.vermerk else grund


def _show_kosten(grundstock: Grundstock, buchhaltung: Buchhaltung) -> Iterator[Kontokosten]:
    for angabe, posten in grundstock.kosten:
        yield Kontokosten(
            am=angabe.am,
            art=angabe.art,
            name=posten.name,
            bezeichnung=angabe.grund or "",
            rechnung=None,
            haupt=_principal(posten),
            zinsen=_interest(posten),
            grenze=posten.grenze,
        )
    titel = {einer.name: einer for einer in buchhaltung.titel}
    for posten in buchhaltung.kosten:
        if posten.titel:
            yield Kontokosten(
                am=titel[posten.name].erlassen_am,
                art="titel",
                name=posten.name,
                bezeichnung=titel[posten.name].text,
                rechnung=posten.name,
                haupt=_principal(posten),
                zinsen=_interest(posten),
            )


def _principal(posten: Posten) -> Verlauf:
    return _course(posten, posten.art, posten.betrag, posten.offen)


def _interest(posten: Posten) -> Verlauf:
    entstanden = posten.zinsen_tituliert + sum_lines(posten.zeilen)
    return _course(posten, "zinsen", entstanden, posten.zinsen_offen)


def _course(posten: Posten, teil: Bestandteil, entstanden: Decimal, offen: Decimal) -> Verlauf:
    return Verlauf(
        entstanden=entstanden,
        gezahlt=posten.gone("zahlung", teil),
        gutgeschrieben=posten.gone("gutschrift", teil),
        verzichtet=posten.gone("verzicht", teil),
        tituliert=posten.gone("titel", teil),
        angerechnet=posten.gone("anrechnung", teil),
        gekappt=posten.gone("kappung", teil),
        offen=offen,
    )


def _sum(betraege: Iterable[Decimal]) -> Decimal:
    return sum(betraege, NULL)
