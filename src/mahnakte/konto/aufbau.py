"""From the facts of a case to the debts of its account, as of a Stichtag; what cannot be right is refused."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator

from mahnakte.fall.fall import Fall, Forderung
from mahnakte.fall.modell import Kostenposten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, hinweis, sperre, warnung
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.posten import Posten, Zinslauf
from mahnakte.konto.zinsgrund import (
    Schuldnerakte,
    Zinsgrund,
    agreed_rate,
    due_on,
    find_zinsgrund,
    open_akten,
)
from mahnakte.recht.zinsen import Tageszaehlung


@dataclasses.dataclass(frozen=True, slots=True)
class Forderungsposten:
    """A claim of the case, the interest it bears and why, and its running debt."""

    forderung: Forderung
    grund: Zinsgrund
    posten: Posten


@dataclasses.dataclass(frozen=True, slots=True)
class Kostenkonto:
    """A cost item of the case and its running debt."""

    angabe: Kostenposten
    posten: Posten


@dataclasses.dataclass(frozen=True, slots=True)
class Grundstock:
    """The debts of a case as of a Stichtag, before anything was booked on them."""

    forderungen: tuple[Forderungsposten, ...]
    kosten: tuple[Kostenkonto, ...]
    befunde: tuple[Befund, ...]


def build_grundstock(fall: Fall, stichtag: dt.date) -> Grundstock:
    """Return the debts that exist on the Stichtag.

    Raises Ablehnung for a claim number that stands twice, an amount that is not positive, or a rate that is
    not stated.
    """
    _refuse_doubles(fall.forderungen)
    zaehlung = Tageszaehlung(fall.konto.tageszaehlung)
    akten = open_akten(fall, stichtag)
    forderungen = tuple(
        _open_forderung(fall, forderung, akten, stichtag, zaehlung)
        for forderung in fall.forderungen
        if arisen_on(forderung) <= stichtag
    )
    befunde: list[Befund] = []
    kosten = tuple(
        Kostenkonto(angabe, _open_kosten(angabe, zaehlung, befunde))
        for angabe in fall.kosten
        if angabe.am <= stichtag
    )
    for eintrag in forderungen:
        befunde += eintrag.grund.befunde
    befunde += _later_than(fall, stichtag)
    return Grundstock(forderungen, kosten, tuple(befunde))


def arisen_on(forderung: Forderung) -> dt.date:
    """Return the first day on which a claim is known to exist: performance, invoice or due date."""
    tage = (forderung.datum, forderung.leistung_am, forderung.faellig_am)
    return min(tag for tag in tage if tag is not None)


def _refuse_doubles(forderungen: Iterable[Forderung]) -> None:
    for nummer, zahl in Counter(forderung.nummer for forderung in forderungen).items():
        if zahl > 1:
            doppelt = next(forderung for forderung in forderungen if forderung.nummer == nummer)
            raise Ablehnung(
                sperre(
                    "RECHNUNG_DOPPELT",
                    f"Die Rechnung {nummer} steht {zahl}-mal im Fall.",
                    "Den doppelten Eintrag streichen.",
                    doppelt.stelle,
                )
            )


def _open_forderung(
    fall: Fall,
    forderung: Forderung,
    akten: tuple[Schuldnerakte, ...],
    stichtag: dt.date,
    zaehlung: Tageszaehlung,
) -> Forderungsposten:
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
    grund = find_zinsgrund(fall, forderung, akten, stichtag)
    entstanden_am = arisen_on(forderung)
    posten = Posten(
        art="hauptforderung",
        rechnung=forderung.nummer,
        betrag=forderung.betrag,
        entstanden_am=entstanden_am,
        faellig_am=due_on(forderung) or entstanden_am,
        alter_am=forderung.datum,
        lauf=grund.lauf,
        zaehlung=zaehlung,
    )
    return Forderungsposten(forderung, grund, posten)


def _open_kosten(angabe: Kostenposten, zaehlung: Tageszaehlung, befunde: list[Befund]) -> Posten:
    lauf = None
    if angabe.zinsen is not None:
        zinssatz = agreed_rate(angabe.zinsen, f"Kosten vom {format_datum(angabe.am)}")
        if angabe.zinsen.ab is None:
            befunde.append(
                warnung(
                    "KOSTEN_ZINSEN_OHNE_BEGINN",
                    f"Kosten vom {format_datum(angabe.am)}: „zinsen:“ ohne „ab:“; es werden keine gerechnet.",
                    "„ab:“ ergänzen: den ersten Zinstag, zum Beispiel den Eingang des Festsetzungsantrags "
                    "(§ 104 Abs. 1 ZPO).",
                    angabe.zinsen.stelle,
                )
            )
        else:
            lauf = Zinslauf(max(angabe.zinsen.ab, angabe.am), zinssatz)
    return Posten(
        art="kosten",
        rechnung=None,
        betrag=angabe.betrag,
        entstanden_am=angabe.am,
        faellig_am=angabe.am,
        alter_am=angabe.am,
        lauf=lauf,
        zaehlung=zaehlung,
    )


def _later_than(fall: Fall, stichtag: dt.date) -> Iterator[Befund]:
    """Facts later than the Stichtag are ignored, and a clerk should know that they are there."""
    tage: list[tuple[str, dt.date, Stelle]] = [
        *((f"Rechnung {f.nummer}", arisen_on(f), f.stelle) for f in fall.forderungen),
        *(("Zahlung", zahlung.am, zahlung.stelle) for zahlung in fall.zahlungen),
        *(("Gutschrift", gutschrift.am, gutschrift.stelle) for gutschrift in fall.gutschriften),
        *(("Verzicht", verzicht.am, verzicht.stelle) for verzicht in fall.verzicht),
        *(("Kostenposten", posten.am, posten.stelle) for posten in fall.kosten),
        *(("Ereignis", ereignis.am, ereignis.stelle) for ereignis in fall.ereignisse),
        *(("Rückgabe der Zahlung", z.zurueck_am, z.stelle) for z in fall.zahlungen if z.zurueck_am),
    ]
    for name, am, stelle in tage:
        if am > stichtag:
            yield hinweis(
                "NACH_STICHTAG",
                f"{name} vom {format_datum(am)} liegt nach dem Stichtag {format_datum(stichtag)} "
                "und zählt noch nicht.",
                "",
                stelle,
            )
