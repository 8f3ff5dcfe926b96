"""A loaded case as the matching of bank bookings sees it: its numbers, its debtors, and what it owes on a day."""

import datetime as dt
import functools
from collections.abc import Callable
from decimal import Decimal

from mahnakte.bestand.karte import Fallkarte
from mahnakte.eingang.bank.abgleich import Sache, Summen
from mahnakte.fall.parteibild import fold_partei
from mahnakte.fall.uebernahme import list_ersetzte
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import NULL
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand


def make_sache(sachstand: Sachstand, schluessel: str) -> Sache:
    """Return the case for matching; `schluessel` tells it from all others."""
    fall = sachstand.fall
    return Sache(
        schluessel=schluessel,
        aktenzeichen=fall.aktenzeichen,
        rechnungen=(*(forderung.nummer for forderung in fall.forderungen), *fall.nicht_geltende),
        schuldner={schuldner.kennung: fold_partei(schuldner.voller_name) for schuldner in fall.schuldner},
        summen=functools.partial(_sum_up, sachstand),
        ibans=tuple(schuldner.iban for schuldner in fall.schuldner if schuldner.iban),
    )


def sketch_sache(karte: Fallkarte, schluessel: str, load: Callable[[], Sachstand | None]) -> Sache:
    """Return the same case from its card; it is read whole (`load`) only when somebody asks for its sums."""

    def sum_up(tag: dt.date) -> Summen | None:
        sachstand = load()
        return _sum_up(sachstand, tag) if sachstand else None

    return Sache(
        schluessel=schluessel,
        aktenzeichen=karte.aktenzeichen,
        rechnungen=tuple(rechnung.nummer for rechnung in karte.rechnungen),
        schuldner={
            kennung: bild.name for kennung, bild in zip(karte.kennungen, karte.schuldner, strict=True)
        },
        summen=sum_up,
        ibans=tuple(iban for iban in karte.ibans if iban),
    )


def _sum_up(sachstand: Sachstand, tag: dt.date) -> Summen | None:
    """Return what is open on a day, the payments of that day counted; None where the account gives no answer."""
    if tag > sachstand.stichtag:
        return None
    try:
        konto = compute_konto(sachstand.am(tag))
    except Ablehnung:
        return None  # `mahnakte konto` says why
    offene = {
        zeile.rechnung: zeile.offen for zeile in konto.forderungen if not zeile.titel and zeile.offen > NULL
    }
    gesamt = {konto.gesamt} if konto.gesamt > NULL else set()
    return Summen(offene, frozenset(gesamt | _demanded(sachstand, tag) if gesamt else ()))


def _demanded(sachstand: Sachstand, tag: dt.date) -> set[Decimal]:
    """Return the sums of letters that still hold on a day: who pays one has paid as asked."""
    fall = sachstand.fall
    aufgehoben = list_ersetzte(fall.vorgaenge)
    abzuege = [abzug.am for liste in (fall.zahlungen, fall.gutschriften, fall.verzicht) for abzug in liste]
    return {
        brief.betrag
        for vorgang in fall.vorgaenge
        if vorgang.nr not in aufgehoben and vorgang.stichtag <= tag
        and (brief := vorgang.brief) is not None
        and brief.betrag is not None and brief.betrag_gilt_bis is not None and tag <= brief.betrag_gilt_bis
        and not any(vorgang.stichtag <= am <= tag for am in abzuege)
    }  # fmt: skip
