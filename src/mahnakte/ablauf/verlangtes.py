"""Who has paid what a letter of ours asked for is not asked for the interest of the days between.

Every letter says until when its sum suffices, and what is added for each day after that: in euros up to a day, then
at the rate of that time. A payment that keeps to any of these settles what the letter asked for, also where the
account, which counts to the day, still shows a few cents.
A person may demand them all the same by releasing a further step.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.arten.ereignis import FREIGABE
from mahnakte.fall.fall import Fall
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund, hinweis
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis
from mahnakte.stand.zahltag import move_zahltag

_TAG = dt.timedelta(days=1)


@dataclasses.dataclass(frozen=True, slots=True)
class Verlangtes:
    """A letter that was paid as it asked, with the invoices it named (None: all that were there)."""

    vorgang: Vorgang
    rechnungen: frozenset[str] | None

    def covers(self, rechnung: str) -> bool:
        """Tell whether the letter asked for this invoice."""
        return self.rechnungen is None or rechnung in self.rechnungen


def list_verlangtes(sachstand: Sachstand) -> Iterator[Verlangtes]:
    """Yield the letters that were paid as printed, unless a person has released a further step since."""
    freigegeben = {e.am for e in ereignisse_bis(sachstand, FREIGABE.wort) if e.schritt}
    for vorgang in effective_vorgaenge(sachstand):
        if vorgang.brief.betrag_gilt_bis is None or any(am > vorgang.stichtag for am in freigegeben):
            continue
        if _is_paid(sachstand, vorgang):
            yield Verlangtes(vorgang, vorgang.rechnungen)


def _is_paid(sachstand: Sachstand, vorgang: Vorgang) -> bool:
    gezahlt = NULL
    eigene = [(zahlung.am, zahlung.betrag) for zahlung in sachstand.fall.zahlungen if not zahlung.zurueck_am]
    gemeinsame = [(zahlung.am, zahlung.wirkung) for zahlung in sachstand.fall.mitzahlungen]  # § 422 BGB
    for am, betrag in sorted(eigene + gemeinsame):
        if not vorgang.stichtag <= am <= sachstand.stichtag:
            continue
        gezahlt += betrag
        genug = _enough_on(sachstand.fall, vorgang, am)
        if genug is not None and gezahlt >= genug:
            return True
    return False


def _enough_on(fall: Fall, vorgang: Vorgang, tag: dt.date) -> Decimal | None:
    """Return what suffices on a day by the words of the letter; None where they give no sum for that day."""
    betrag, gilt_bis, danach = (
        vorgang.brief.betrag,
        vorgang.brief.betrag_gilt_bis,
        vorgang.brief.zinsen_danach,
    )
    if betrag is None or gilt_bis is None:
        return None
    if tag <= move_zahltag(fall, gilt_bis):
        return betrag
    if danach is None:
        return None
    letzter = tag - _TAG
    genannt_bis = min(letzter, danach.bis or letzter)
    tage = (genannt_bis - danach.ab).days + 1
    weitere = _accrued_between(fall, vorgang, genannt_bis, letzter) if genannt_bis < letzter else NULL
    return None if weitere is None else betrag + danach.je_tag * max(tage, 0) + weitere


def _accrued_between(fall: Fall, vorgang: Vorgang, nach: dt.date, bis: dt.date) -> Decimal | None:
    """Return the interest of the days after the named ones, „in der dann geltenden Höhe“.

    None while it is not known, or where costs have come since: the words of the letter speak of interest only.
    """
    ende = compute_konto(Sachstand(fall, bis))
    if ende.ungerechnet_ab or any(vorgang.stichtag < kosten.am <= bis for kosten in fall.kosten):
        return None
    anfang = compute_konto(Sachstand(fall, nach))
    gefordert = vorgang.rechnungen or [zeile.rechnung for zeile in ende.forderungen]
    return sum((_accrued(ende, rechnung) - _accrued(anfang, rechnung) for rechnung in gefordert), NULL)


def find_whole(sachstand: Sachstand, konto: Konto) -> Verlangtes | None:
    """Return the letter that settles all that is still open on the full account, or None."""
    offene = {zeile.rechnung for zeile in konto.forderungen if zeile.offen > NULL}
    return next((v for v in list_verlangtes(sachstand) if all(map(v.covers, offene))), None)


def list_settled(sachstand: Sachstand) -> dict[str, Verlangtes]:
    """Return the invoices that need not be asked for beside others, each with the letter that was paid.

    What is left of them is no more than the interest since that letter: payments that went elsewhere settle nothing.
    """
    bezahlte = list(list_verlangtes(sachstand))
    if not bezahlte:
        return {}
    jetzt = compute_konto(sachstand)
    if find_whole(sachstand, jetzt):
        return {}  # then the case as a whole rests
    return {
        zeile.rechnung: verlangtes
        for verlangtes in bezahlte
        for zeile in jetzt.forderungen
        if verlangtes.rechnungen and verlangtes.covers(zeile.rechnung) and zeile.offen > NULL
        if zeile.offen + zeile.zinsen.offen <= _since(zeile.rechnung, jetzt, sachstand.fall, verlangtes)
    }


def _since(rechnung: str, jetzt: Konto, fall: Fall, verlangtes: Verlangtes) -> Decimal:
    """Return the interest on an invoice that was not in the sum of the letter."""
    damals = compute_konto(Sachstand(fall, verlangtes.vorgang.stichtag))
    mit_zinsen = damals.hauptforderung < (verlangtes.vorgang.brief.betrag or NULL)
    enthalten = _accrued(damals, rechnung) if mit_zinsen else NULL
    return _accrued(jetzt, rechnung) - enthalten


def _accrued(konto: Konto, rechnung: str) -> Decimal:
    return sum((zeile.zinsen.entstanden for zeile in konto.forderungen if zeile.rechnung == rechnung), NULL)


def describe_whole(verlangtes: Verlangtes, konto: Konto) -> str:
    """Say what was paid, what the account still shows, and what a person can do about it."""
    vorgang = verlangtes.vorgang
    return (
        f"Der mit {vorgang.art} vom {format_datum(vorgang.stichtag)} verlangte Betrag ist rechtzeitig eingegangen; "
        f"rechnerisch bleiben {format_euro(konto.gesamt)}. Ein Mensch entscheidet: den Rest unter „verzicht“ "
        "erlassen oder mit dem Ereignis „freigabe“ und „schritt“ weiter mahnen."
    )


def check_verlangtes(fall: Fall, konto: Konto) -> tuple[Befund, ...]:
    """Return the finding of an account that shows a rest although all that was asked for is paid."""
    verlangtes = find_whole(Sachstand(fall, konto.stichtag), konto) if konto.gesamt > NULL else None
    if verlangtes is None:
        return ()
    return (
        hinweis(
            "VERLANGTES_GEZAHLT",
            describe_whole(verlangtes, konto),
            "Unter „verzicht:“ den Rest eintragen; bis dahin wird nichts verlangt.",
        ),
    )
