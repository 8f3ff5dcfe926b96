"""From the facts of a case to the debts of its account, as of a Stichtag; what cannot be right is refused."""

import dataclasses
import datetime as dt
from collections import Counter

from mahnakte.arten.kosten import GERICHT
from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Kostenposten, Zinsvereinbarung
from mahnakte.fall.tatsachenfehler import doubled_invoice, later_than
from mahnakte.grund.befund import Ablehnung, Befund, sperre, warnung
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import Posten
from mahnakte.konto.zinsgrenzen import Zinsgrenzen
from mahnakte.konto.zinsgrund import (
    Zinsgrund,
    agreed_rate,
    arisen_on,
    due_on,
    find_zinsgrund,
    open_akten,
)
from mahnakte.recht.zinsen import Tageszaehlung
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.zahltag import zahltag_of


@dataclasses.dataclass(frozen=True, slots=True)
class Forderungsposten:
    """A claim of the case, until when paying it was in time, the interest it bears and why, and its running debt."""

    forderung: Forderung
    zahlbar_bis: dt.date
    grund: Zinsgrund
    posten: Posten


@dataclasses.dataclass(frozen=True, slots=True)
class Grundstock:
    """The debts of a case as of a Stichtag, before anything was booked on them.

    `kosten` pairs each cost item of fall.yaml with its running debt.
    """

    forderungen: tuple[Forderungsposten, ...]
    kosten: tuple[tuple[Kostenposten, Posten], ...]
    befunde: tuple[Befund, ...]


def build_grundstock(sachstand: Sachstand, grenzen: Zinsgrenzen) -> Grundstock:
    """Return the debts that exist on the Stichtag.

    Raises Ablehnung for a claim number that stands twice, an amount that is not positive, or a rate that is
    not stated.
    """
    _refuse_doubles(sachstand.fall.forderungen)
    akten = open_akten(sachstand)
    nach_leistung = all(forderung.leistung_am for forderung in sachstand.fall.forderungen)
    eintraege = []
    befunde: list[Befund] = []
    for forderung in sachstand.fall.forderungen:
        if (entstanden_am := arisen_on(forderung)) > sachstand.stichtag:
            befunde.append(
                later_than(
                    f"Rechnung {forderung.nummer}", entstanden_am, sachstand.stichtag, forderung.stelle
                )
            )
            continue
        grund = find_zinsgrund(sachstand, forderung, akten, grenzen)
        befunde += grund.befunde
        alter_am = (forderung.leistung_am if nach_leistung else None) or forderung.datum
        posten = _open_forderung(sachstand.fall, forderung, grund, alter_am)
        zahlbar_bis = zahltag_of(sachstand, forderung) or posten.faellig_am
        eintraege.append(Forderungsposten(forderung, zahlbar_bis, grund, posten))
    kosten = tuple(
        (angabe, _open_kosten(sachstand.fall, angabe, grenzen, befunde))
        for angabe in sachstand.fall.kosten
        if angabe.am <= sachstand.stichtag
    )
    return Grundstock(tuple(eintraege), kosten, tuple(befunde))


def _refuse_doubles(forderungen: tuple[Forderung, ...]) -> None:
    zahlen = Counter(forderung.nummer for forderung in forderungen)
    for forderung in reversed(forderungen):
        if zahlen[forderung.nummer] > 1:
            raise Ablehnung(doubled_invoice(forderung.nummer, zahlen[forderung.nummer], forderung.stelle))


def _open_forderung(fall: Fall, forderung: Forderung, grund: Zinsgrund, alter_am: dt.date) -> Posten:
    if forderung.betrag <= NULL:
        raise Ablehnung(
            sperre(
                "KONTO_BETRAG_NICHT_POSITIV",
                f"Rechnung {forderung.nummer}: der Betrag ist {format_betrag(forderung.betrag)} Euro; "
                "eine Forderung muss größer als null sein.",
                "Den Betrag prüfen; eine Gutschrift gehört unter „gutschriften:“.",
                forderung.stelle,
            )
        )
    entstanden_am = arisen_on(forderung)
    return Posten(
        art="hauptforderung",
        name=forderung.nummer,
        rechnung=forderung.nummer,
        betrag=forderung.betrag,
        entstanden_am=entstanden_am,
        faellig_am=due_on(forderung) or entstanden_am,
        alter_am=alter_am,
        lauf=grund.lauf,
        zaehlung=Tageszaehlung(fall.konto.tageszaehlung),
        recht=fall.recht,
    )


def _open_kosten(fall: Fall, angabe: Kostenposten, grenzen: Zinsgrenzen, befunde: list[Befund]) -> Posten:
    name = f"Kosten vom {format_datum(angabe.am)} ({angabe.art})"
    lauf = None
    if angabe.zinsen is not None:
        zinssatz = agreed_rate(angabe.zinsen, name)
        if angabe.zinsen.ab is None:
            befunde.append(_costs_without_start(angabe.zinsen, name))
        else:
            lauf = grenzen.run_owed(max(angabe.zinsen.ab, angabe.am), zinssatz, angabe.am)
    return Posten(
        art="kosten",
        name=name,
        rechnung=None,
        betrag=angabe.betrag,
        entstanden_am=angabe.am,
        faellig_am=angabe.am,
        alter_am=angabe.am,
        lauf=lauf,
        zaehlung=Tageszaehlung(fall.konto.tageszaehlung),
        recht=fall.recht,
        gerichtlich=angabe.art == GERICHT.wort,
    )


def _costs_without_start(zinsen: Zinsvereinbarung, name: str) -> Befund:
    return warnung(
        "KOSTEN_ZINSEN_OHNE_BEGINN",
        f"{name}: „zinsen:“ ohne „ab:“; es werden keine gerechnet.",
        "„ab:“ ergänzen: den ersten Zinstag, zum Beispiel den Eingang des Festsetzungsantrags (§ 104 Abs. 1 ZPO).",
        zinsen.stelle,
    )
