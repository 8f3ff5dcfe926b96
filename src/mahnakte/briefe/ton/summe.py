"""Sums: each amount of the letter is a line of its account, and interest shows rate and period."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mahnakte.briefe.ton.text import Brieftext, Ort, Satz, find_betraege
from mahnakte.briefe.ton.treffer import make_befund, search_words
from mahnakte.briefe.ton.woerter import read_muster
from mahnakte.grund.befund import Befund, Schwere

_NUMMER_ODER_DATUM = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{2,4}|(?<!\w)[A-Z]{1,4}[-/ ]?\d[\d/-]+|\d{4,}[-/]\d+|Nr\.?\s*\S*\d"
)
_DATUM = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}\.\s*\w+\s+\d{4}|‹[^›]*›")


def check_summen(brief: Brieftext, saetze: Sequence[Satz]) -> Iterator[Befund]:
    """Yield a finding for each amount that no line of the letter derives, and for interest without rate or period."""
    hergeleitet = _derived(brief, saetze)
    for satz in saetze:
        for worte, betrag in _claimed(satz):
            if betrag not in hergeleitet:
                yield _not_derived(brief, satz, worte)
    if not brief.vorlage:
        yield from _check_zinsen(brief, saetze)


def _derived(brief: Brieftext, saetze: Sequence[Satz]) -> set[Decimal]:
    """Collect the amounts of the account's lines and of invoices that a sentence names by number or date."""
    betraege = {zeile.betrag for zeile in brief.aufstellung if zeile.betrag is not None}
    beleg = read_muster("summe", "beleg")
    for satz in saetze:
        if beleg.search(satz.text) and _NUMMER_ODER_DATUM.search(satz.text):
            betraege |= {betrag for _, betrag in find_betraege(satz.text)}
    return betraege


def _claimed(satz: Satz) -> Iterator[tuple[str, Decimal]]:
    if satz.absatz.ort is Ort.TEXT and not read_muster("summe", "frei").search(satz.text):
        yield from find_betraege(satz.sichtbar)


def _not_derived(brief: Brieftext, satz: Satz, worte: str) -> Befund:
    if brief.vorlage:
        text = "Ein fester Betrag in einer Vorlage stimmt nur zufällig mit dem Konto überein."
        abhilfe = "Besser: Den Platzhalter nehmen, etwa {{ summe.betrag }} oder {{ zahlung.betrag }}."
    elif brief.aufstellung:
        text = (
            "Dieser Betrag steht in keiner Zeile der Aufstellung; der Brief zeigt nicht, woraus er entsteht."
        )
        abhilfe = "Besser: Den Betrag als Zeile aufführen, mit Grund und Tag, oder ihn streichen."
    else:
        text = "Der Brief nennt einen Betrag, aber nicht, woraus er entsteht."
        abhilfe = "Besser: Rechnungsnummer, Datum und Betrag aufführen; Zinsen und Kosten als eigene Zeilen."
    return make_befund(brief.name, satz, "TON_SUMME_OHNE_HERLEITUNG", Schwere.WARNUNG, worte, text, abhilfe)


# --- interest ---------------------------------------------------------------------------------------


def _check_zinsen(brief: Brieftext, saetze: Sequence[Satz]) -> Iterator[Befund]:
    """One finding at most: where interest is claimed in euro, rate and period stand in the letter or its annex."""
    zins = read_muster("summe", "zins")
    zeile = next((zeile.text for zeile in brief.aufstellung if zins.search(zeile.text)), None)
    gefordert = [satz for satz in saetze if zins.search(satz.text) and (zeile or any(_claimed(satz)))]
    if not gefordert or search_words(read_muster("summe", "anlage"), saetze):
        return
    fehlt = [was for was, da in _shown(saetze, zeile).items() if not da]
    if fehlt:
        yield make_befund(
            brief.name, gefordert[0], "TON_ZINS_OHNE_HERLEITUNG", Schwere.WARNUNG, zeile or gefordert[0].text,
            f"Die Zinsen lassen sich nicht nachrechnen; es fehlt {' und '.join(fehlt)}.",
            "Besser: „Verzugszinsen von 6,52 % im Jahr auf 1.190,00 € vom 03.03. bis 20.04.2026“ – oder eine Anlage.",
        )  # fmt: skip


def _shown(saetze: Sequence[Satz], zeile: str | None) -> dict[str, bool]:
    zins, zinssatz = read_muster("summe", "zins"), read_muster("summe", "zinssatz")
    zeitraum = read_muster("summe", "zinszeitraum")
    texte = [satz.text for satz in saetze if zins.search(satz.text)] + ([zeile] if zeile else [])
    return {
        "der Zinssatz": any(zinssatz.search(text) for text in texte),
        "der Zeitraum": any(zeitraum.search(text) and _DATUM.search(text) for text in texte),
    }
