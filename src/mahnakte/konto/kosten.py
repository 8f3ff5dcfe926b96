"""Costs as damage of the default: which are doubtful, and the lump sum of § 288 (5) BGB that covers part of them.

The lump sum is owed by law once per late claim, but it is asked for only where a person lists it under `kosten:`
(`art: verzugspauschale`). It is then set off against the costs of legal pursuit (§ 288 (5) sentence 3).
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.arten.kosten import GEBUEHREN, MAHNKOSTEN, VERZUGSPAUSCHALE, VERZUGSSCHADEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Kostenposten
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, sperre, warnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.aufbau import Grundstock
from mahnakte.konto.modell import Pauschalenstand
from mahnakte.konto.posten import Posten
from mahnakte.konto.zinsabrede import Zinsabrede, list_stundungen
from mahnakte.konto.zinsgrund import Zinsgrund
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.stand.sachstand import Sachstand


def settle_pauschale(grundstock: Grundstock) -> tuple[Pauschalenstand, tuple[Befund, ...]]:
    """Set the lump sums that are asked for off against the costs of legal pursuit, the oldest first."""
    verlangte = [(a, p) for a, p in grundstock.kosten if a.art == VERZUGSPAUSCHALE.wort]
    verlangt = sum((posten.betrag for _, posten in verlangte), NULL)
    geschuldet = sum((_owed(eintrag.grund) for eintrag in grundstock.forderungen), NULL)
    rest = min(verlangt, geschuldet)
    angerechnet = NULL
    for angabe, posten in sorted(grundstock.kosten, key=lambda paar: paar[0].am):
        if angabe.art in GEBUEHREN and rest:
            teil = min(rest, posten.offen)
            posten.remove("anrechnung", "kosten", posten.entstanden_am, teil)
            rest -= teil
            angerechnet += teil
    texte = tuple(
        f"{eintrag.forderung.nummer}: {lage.pauschale.text}"
        for eintrag in grundstock.forderungen
        for lage in eintrag.grund.lagen
    )
    befunde = tuple(_not_owed(verlangte, geschuldet)) if verlangt > geschuldet else ()
    return Pauschalenstand(geschuldet, verlangt, angerechnet, texte), befunde


def _owed(grund: Zinsgrund) -> Decimal:
    """Return what all debtors of the claim owe in common."""
    if grund.verzug_ab is None:
        return NULL
    return min((lage.pauschale.betrag for lage in grund.lagen), default=NULL)


def _not_owed(verlangte: Sequence[tuple[Kostenposten, Posten]], geschuldet: Decimal) -> Iterator[Befund]:
    angabe = verlangte[-1][0]
    yield sperre(
        "PAUSCHALE_NICHT_GESCHULDET",
        f"Verzugspauschalen über {format_euro(sum((p.betrag for _, p in verlangte), NULL))} sind eingetragen, "
        f"geschuldet sind {format_euro(geschuldet)} (§ 288 Abs. 5 BGB: Entgeltforderung, kein Verbraucher als "
        "Schuldner, einmal je verspäteter Forderung).",
        "Den Kostenposten streichen oder berichtigen.",
        angabe.stelle,
    )


def check_kosten(grundstock: Grundstock, sachstand: Sachstand) -> Iterator[Befund]:
    """Yield what is doubtful about the cost items: damage of default while there was none, high reminder charges."""
    yield from _before_default(grundstock, sachstand)
    for angabe, _ in grundstock.kosten:
        if angabe.art == MAHNKOSTEN.wort:
            yield from _high_charge(angabe, sachstand.recht)


def _high_charge(angabe: Kostenposten, recht: Rechtsstand) -> Iterator[Befund]:
    """Only what the letter cost can be recovered; nothing is cut, a person looks at it."""
    try:
        schwelle = recht.wert_am("mahnkosten_schwelle", angabe.am)
    except Ablehnung as ablehnung:  # a question that nobody has looked up stops no account
        yield dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG, stelle=angabe.stelle)
        return
    if angabe.betrag > schwelle.wert:
        yield warnung(
            "MAHNKOSTEN_HOCH",
            f"Mahnkosten vom {format_datum(angabe.am)} über {format_euro(angabe.betrag)}: mehr als "
            f"{format_euro(schwelle.wert)} je Schreiben erkennen Gerichte selten an ({schwelle.fundstelle}).",
            "Nur Papier, Druck, Umschlag und Porto ansetzen, kein Personal und keine EDV, und den Beleg nennen; "
            "mehrere Schreiben einzeln eintragen.",
            angabe.stelle,
        )


def _before_default(grundstock: Grundstock, sachstand: Sachstand) -> Iterator[Befund]:
    """The letter that puts into default may cost nothing, nor what came before it, nor what a deferral covers."""
    beginne = [e.grund.verzug_ab for e in grundstock.forderungen if e.grund.verzug_ab]
    verzug_ab = min(beginne, default=None)
    stundungen = [a for a in list_stundungen(sachstand) if _covers_all(a, sachstand.fall)]
    for angabe, _ in grundstock.kosten:
        if angabe.art not in VERZUGSSCHADEN or not grundstock.forderungen:
            continue
        stundung = next((a for a in stundungen if _falls_into(angabe, a)), None)
        if stundung is None and not _too_early(angabe, verzug_ab):
            continue
        seit = f"erst seit {format_datum(verzug_ab)}" if verzug_ab else "noch nicht"
        yield warnung(
            "KOSTEN_VOR_VERZUG",
            f"Kosten vom {format_datum(angabe.am)} ({angabe.art}, {format_euro(angabe.betrag)}): Verzug besteht "
            f"{_during(stundung) if stundung else seit}; das Schreiben, das in Verzug setzt, darf nichts kosten "
            "(§§ 280, 286 BGB).",
            "Den Posten streichen, oder belegen, dass der Verzug früher begann.",
            angabe.stelle,
        )


def _covers_all(stundung: Zinsabrede, fall: Fall) -> bool:
    return stundung.ereignis.schuldner is None or len(fall.schuldner) == 1


def _falls_into(angabe: Kostenposten, stundung: Zinsabrede) -> bool:
    return stundung.ende is not None and stundung.ereignis.am < angabe.am <= stundung.ende


def _during(stundung: Zinsabrede) -> str:
    bis = format_datum(stundung.ende) if stundung.ende else "?"
    return f"nicht, solange gestundet ist ({stundung.name}, bis {bis})"


def _too_early(angabe: Kostenposten, verzug_ab: dt.date | None) -> bool:
    return verzug_ab is None or angabe.am < verzug_ab
