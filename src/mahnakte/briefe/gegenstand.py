"""Which part of the case a letter is about, and the account that belongs to it. No letter shows another sum."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.arten.brief import Briefart, Gegenstand
from mahnakte.briefe.sache import refuse
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.pruefung import offene_fragen
from mahnakte.fall.verlauf import ereignisse_bis
from mahnakte.grund.befund import Stelle
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto


def compute_gegenstand(fall: Fall, art: Briefart, stichtag: dt.date) -> tuple[Fall, Konto]:
    """Return the part of the case that the letter is about, with its receivers, and its account. Raises Ablehnung."""
    if art.gegenstand is Gegenstand.MAHNBAR:
        mahnbar = mahnbarer_fall(fall, stichtag)
        _need_undoubted(fall, mahnbar.fall.forderungen, stichtag)
        konto = compute_konto(_as_cancelled(mahnbar.fall, art, stichtag), stichtag)
        return dataclasses.replace(mahnbar.fall, schuldner=mahnbar.an), konto
    if art.gegenstand is Gegenstand.KUENFTIG:
        return _not_yet_due(fall, stichtag)
    if art.gegenstand is Gegenstand.VEREINBART:
        return fall, compute_konto(fall, _day_of_agreement(fall, art, stichtag))
    return fall, compute_konto(fall, stichtag)


def _need_undoubted(fall: Fall, forderungen: Sequence[Forderung], stichtag: dt.date) -> None:
    """Refuse with the question where nothing but questionable invoices is left to write about."""
    fragen = offene_fragen(fall, stichtag)
    if fragen and not forderungen:
        raise refuse(
            "BRIEF_RECHNUNGSFRAGE",
            f"Über Rechnung {fragen[0].gegenstand} wird noch nicht geschrieben: eine Frage zu ihr ist offen.",
            f"Die Frage klären [{fragen[0].code}]; wie, steht bei ihr.",
            fragen[0].stelle,
        )


def _as_cancelled(fall: Fall, art: Briefart, stichtag: dt.date) -> Fall:
    """The letter that cancels a plan asks for what is owed once it is cancelled: interest by the agreement."""
    if not art.kuendigt:
        return fall
    kuendigung = Ereignis(am=stichtag, art="ratenplan_gekuendigt", stelle=Stelle("fall.yaml"))
    return dataclasses.replace(fall, ereignisse=(*fall.ereignisse, kuendigung))


def _not_yet_due(fall: Fall, stichtag: dt.date) -> tuple[Fall, Konto]:
    """Return the invoices that are not due yet; what was paid on them must be beyond doubt."""
    fraglich = {frage.gegenstand for frage in offene_fragen(fall, stichtag)}
    kuenftig = [
        f
        for f in fall.forderungen
        if f.faellig_am is not None and f.faellig_am >= stichtag and f.nummer not in fraglich
    ]
    _need_undoubted(fall, kuenftig, stichtag)
    nummern = {forderung.nummer for forderung in kuenftig}
    teil = dataclasses.replace(
        fall,
        forderungen=tuple(kuenftig),
        kosten=(),
        gutschriften=tuple(gutschrift for gutschrift in fall.gutschriften if gutschrift.auf in nummern),
        zahlungen=tuple(zahlung for zahlung in fall.zahlungen if zahlung.auf in nummern),
        verzicht=tuple(verzicht for verzicht in fall.verzicht if verzicht.auf in nummern),
        titel=(),
    )
    konto = compute_konto(teil, stichtag)
    ganzes = {zeile.rechnung: zeile.offen for zeile in compute_konto(fall, stichtag).forderungen}
    if any(ganzes[zeile.rechnung] != zeile.offen for zeile in konto.forderungen):
        raise refuse(
            "BRIEF_HINWEIS_UNKLAR", "Auf eine noch nicht fällige Rechnung wurde schon gezahlt, ohne sie zu nennen.",
            "Bei der Zahlung „auf:“ mit der Rechnungsnummer ergänzen."
        )  # fmt: skip
    return teil, konto


def _day_of_agreement(fall: Fall, art: Briefart, stichtag: dt.date) -> dt.date:
    ereignis = art.ereignis or ""
    absprachen = ereignisse_bis(fall, stichtag, ereignis)
    if not absprachen:
        raise refuse(
            "BRIEF_EREIGNIS_FEHLT", f"Für den Brief „{art.art}“ fehlt die Absprache.",
            f"In fall.yaml unter „ereignisse:“ ein Ereignis „{ereignis}“ eintragen."
        )  # fmt: skip
    return absprachen[-1].am
