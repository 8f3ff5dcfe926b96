"""Which part of the case a letter is about, and the account that belongs to it. No letter shows another sum."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.arten.brief import Briefart, Gegenstand
from mahnakte.arten.ereignis import RATENPLAN_GEKUENDIGT
from mahnakte.briefe.sache import refuse, refuse_without_event
from mahnakte.fall.fall import Forderung
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Stelle
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.pruefung import offene_fragen
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import ereignisse_bis


def compute_gegenstand(sachstand: Sachstand, art: Briefart) -> tuple[Sachstand, Konto]:
    """Return the part of the case that the letter is about, with its receivers, and its account. Raises Ablehnung.

    The account is not always that of the part: an agreement is about its own day, a cancellation about its effect.
    """
    if art.gegenstand is Gegenstand.MAHNBAR:
        mahnbar = mahnbarer_fall(sachstand)
        _need_undoubted(sachstand, mahnbar.fall.forderungen)
        konto = compute_konto(_as_cancelled(mahnbar.sachstand, art))
        return sachstand.mit(dataclasses.replace(mahnbar.fall, schuldner=mahnbar.an)), konto
    if art.gegenstand is Gegenstand.KUENFTIG:
        return _not_yet_due(sachstand)
    if art.gegenstand is Gegenstand.VEREINBART:
        return sachstand, compute_konto(sachstand.am(_day_of_agreement(sachstand, art)))
    return sachstand, compute_konto(sachstand)


def _need_undoubted(sachstand: Sachstand, forderungen: Sequence[Forderung]) -> None:
    """Refuse with the question where nothing but questionable invoices is left to write about."""
    fragen = offene_fragen(sachstand)
    if fragen and not forderungen:
        raise refuse(
            "BRIEF_RECHNUNGSFRAGE",
            f"Über Rechnung {fragen[0].gegenstand} wird noch nicht geschrieben: eine Frage zu ihr ist offen.",
            f"Die Frage klären [{fragen[0].code}]; wie, steht bei ihr.",
            fragen[0].stelle,
        )


def _as_cancelled(sachstand: Sachstand, art: Briefart) -> Sachstand:
    """The letter that cancels a plan asks for what is owed once it is cancelled: interest by the agreement."""
    if not art.kuendigt:
        return sachstand
    kuendigung = Ereignis(am=sachstand.stichtag, art=RATENPLAN_GEKUENDIGT.wort, stelle=Stelle("fall.yaml"))
    fall = sachstand.fall
    return sachstand.mit(dataclasses.replace(fall, ereignisse=(*fall.ereignisse, kuendigung)))


def _not_yet_due(sachstand: Sachstand) -> tuple[Sachstand, Konto]:
    """Return the invoices that are not due yet; what was paid on them must be beyond doubt."""
    fraglich = {frage.gegenstand for frage in offene_fragen(sachstand)}
    kuenftig = [
        f
        for f in sachstand.fall.forderungen
        if f.faellig_am is not None and f.faellig_am >= sachstand.stichtag and f.nummer not in fraglich
    ]
    _need_undoubted(sachstand, kuenftig)
    nummern = {forderung.nummer for forderung in kuenftig}
    fall = dataclasses.replace(
        sachstand.fall,
        forderungen=tuple(kuenftig),
        kosten=(),
        gutschriften=tuple(
            gutschrift for gutschrift in sachstand.fall.gutschriften if gutschrift.auf in nummern
        ),
        zahlungen=tuple(zahlung for zahlung in sachstand.fall.zahlungen if zahlung.auf in nummern),
        verzicht=tuple(verzicht for verzicht in sachstand.fall.verzicht if verzicht.auf in nummern),
        titel=(),
    )
    teil = sachstand.mit(fall)
    konto = compute_konto(teil)
    ganzes = {zeile.rechnung: zeile.offen for zeile in compute_konto(sachstand).forderungen}
    if any(ganzes[zeile.rechnung] != zeile.offen for zeile in konto.forderungen):
        raise refuse(
            "BRIEF_HINWEIS_UNKLAR", "Auf eine noch nicht fällige Rechnung wurde schon gezahlt, ohne sie zu nennen.",
            "Bei der Zahlung „auf:“ mit der Rechnungsnummer ergänzen."
        )  # fmt: skip
    return teil, konto


def _day_of_agreement(sachstand: Sachstand, art: Briefart) -> dt.date:
    ereignis = art.ereignis or ""
    absprachen = ereignisse_bis(sachstand, ereignis)
    if not absprachen:
        raise refuse_without_event(
            art.art,
            "die Absprache",
            f"In fall.yaml unter „ereignisse:“ ein Ereignis „{ereignis}“ eintragen.",
        )
    return absprachen[-1].am
