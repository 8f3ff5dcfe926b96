"""The statement of a claim account as lines of at most 100 columns, for a terminal."""

import textwrap
from collections.abc import Iterator
from decimal import Decimal

from mahnakte.fall.fall import Fall
from mahnakte.grund.betrag import format_betrag, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.konto.aufstellung import FORMEL, METHODE, Aufstellung, Zinsblock, describe_satz
from mahnakte.konto.modell import Konto, Verlauf
from mahnakte.konto.zinsluecke import describe_uncounted

BREITE = 100
_ABGAENGE = (
    ("gezahlt", "gezahlt"),
    ("gutgeschrieben", "gutgeschrieben"),
    ("verzichtet", "erlassen"),
    ("tituliert", "durch einen Titel ersetzt"),
    ("angerechnet", "durch die Verzugspauschale gedeckt (§ 288 Abs. 5 BGB)"),
    ("gekappt", "über der Grenze, wird nicht verlangt (§ 13e RDG)"),
)


def konto_lines(fall: Fall, aufstellung: Aufstellung) -> tuple[str, ...]:
    """Return the lines a clerk reads: every sum with its derivation."""
    konto = aufstellung.konto
    return tuple(
        zeile.rstrip()
        for zeile in (
            *_head(fall, konto),
            *_claims(konto),
            *_interest(aufstellung),
            *_costs(konto),
            *_bookings(aufstellung),
            *_total(konto),
        )
    )


def _head(fall: Fall, konto: Konto) -> Iterator[str]:
    schuldner = "; ".join(json_safe(einer.voller_name) for einer in fall.schuldner)
    yield f"Forderungskonto {konto.aktenzeichen} zum {format_datum(konto.stichtag)}"
    yield from _wrap(f"{json_safe(fall.glaeubiger.voller_name)} gegen {schuldner}", 0)
    if konto.ungerechnet_ab:
        yield f"Der letzte gerechnete Zinstag ist der {format_datum(konto.zinsen_bis)}."
    else:
        yield "Der Stichtag ist der letzte gerechnete Zinstag."


def _claims(konto: Konto) -> Iterator[str]:
    yield from _section("Forderungen", "Betrag", "offen")
    for zeile in konto.forderungen:
        faellig = f", fällig {format_datum(zeile.faellig_am)}" if zeile.faellig_am and not zeile.titel else ""
        yield _money_line(f"{json_safe(zeile.rechnung)}{faellig}", zeile.betrag, zeile.offen)
        yield from _course(zeile.haupt)
        yield from _wrap(f"{zeile.verzug_grund} {zeile.zinssatz_grund if zeile.zinssatz else ''}", 4)


def _interest(aufstellung: Aufstellung) -> Iterator[str]:
    if not aufstellung.zinsbloecke:
        return
    yield ""
    yield "Zinsen"
    yield from _wrap(f"{FORMEL}. {METHODE[aufstellung.konto.tageszaehlung]}.", 2)
    yield f"    {'aus':>14}  {'von':<10}  {'bis':<10}  {'Tage':>5}  {'Teiler':>6}  {'Satz':<29}{'Zinsen':>12}"
    for block in aufstellung.zinsbloecke:
        yield from _block(block)
    yield _sum_line("Zinsen insgesamt", aufstellung.zinsen_entstanden)
    if aufstellung.zinsen_erledigt:
        yield _sum_line("davon gezahlt, erlassen oder ersetzt", -aufstellung.zinsen_erledigt)
        yield _sum_line("Zinsen offen", aufstellung.konto.zinsen)


def _block(block: Zinsblock) -> Iterator[str]:
    yield f"  {json_safe(block.name)}"
    if block.tituliert:
        yield _sum_line("im Titel ausgerechnet", block.tituliert, 4)
    for zeile in block.zeilen:
        yield (
            f"    {format_betrag(zeile.betrag):>14}  {format_datum(zeile.von)}  {format_datum(zeile.bis)}  "
            f"{zeile.tage:>5}  {zeile.teiler:>6}  {describe_satz(zeile):<29}{format_betrag(zeile.zinsen):>12}"
        )
    if len(block.zeilen) + bool(block.tituliert) > 1:
        yield _sum_line("Summe", block.verlauf.entstanden, 4)


def _costs(konto: Konto) -> Iterator[str]:
    if not konto.kostenposten:
        return
    yield from _section("Kosten", "Betrag", "offen")
    for posten in konto.kostenposten:
        name = posten.name if posten.rechnung else f"{format_datum(posten.am)}  {posten.art}"
        yield _money_line(json_safe(name), posten.haupt.entstanden, posten.haupt.offen)
        if posten.bezeichnung:
            yield from _wrap(posten.bezeichnung, 4)
        yield from _course(posten.haupt)
        if posten.grenze:
            yield from _wrap(posten.grenze, 4)
    for text in konto.pauschale.texte if konto.pauschale.verlangt else ():
        yield from _wrap(text, 4)


def _course(verlauf: Verlauf) -> Iterator[str]:
    for feld, wort in _ABGAENGE:
        betrag = getattr(verlauf, feld)
        if betrag and feld != "gezahlt":
            yield f"    {wort}: {format_betrag(betrag)}"


def _bookings(aufstellung: Aufstellung) -> Iterator[str]:
    if not aufstellung.buchungen:
        return
    yield ""
    yield "Zahlungen, Gutschriften, Verzicht"
    for buchung in aufstellung.buchungen:
        yield from _wrap(buchung.text, 2)


def _total(konto: Konto) -> Iterator[str]:
    yield ""
    yield "Offen"
    yield _sum_line("Hauptforderung", konto.hauptforderung)
    yield _sum_line("Zinsen", konto.zinsen)
    yield _sum_line("Kosten", konto.kosten)
    yield _sum_line(f"Gesamt am {format_datum(konto.stichtag)}", konto.gesamt)
    if konto.ueberzahlung:
        yield _sum_line("Überzahlung (zu erstatten oder aufzurechnen)", konto.ueberzahlung)
    if konto.gesamt and not konto.hauptforderung:
        yield "Die Hauptforderung ist bezahlt; Zinsen und Kosten sind noch offen."
    if konto.pauschale.geschuldet > konto.pauschale.verlangt:
        rest = format_euro(konto.pauschale.geschuldet - konto.pauschale.verlangt)
        yield from _wrap(
            f"Nicht verlangt: {rest} Verzugspauschale (§ 288 Abs. 5 BGB); sie zählt erst, wenn sie unter „kosten:“ "
            "als „verzugspauschale“ steht.", 0,
        )  # fmt: skip
    yield ""
    yield _per_day(konto)
    yield from _law(konto)


def _law(konto: Konto) -> Iterator[str]:
    """Up to which day the account is exact, what comes on top, and which values the Bestand has entered itself."""
    if konto.ungerechnet_ab:
        offen = describe_uncounted(konto.forderungen, konto.stichtag)
        hinzu = f" Hinzu kommen {offen}; ihre Höhe ist noch nicht bekannt." if offen else ""
        yield from _wrap(
            f"Zinsen sind bis einschließlich {format_datum(konto.zinsen_bis)} gerechnet und bis dahin genau.{hinzu}",
            0,
        )
    for text in konto.eingetragene():
        yield from _wrap(f"Rechtswert dieses Bestands: {text}.", 0)


def _per_day(konto: Konto) -> str:
    if konto.zinsen_je_tag is None:
        return "Zinsen je weiterem Tag: nicht bekannt, der Zinssatz ist noch nicht veröffentlicht."
    if not konto.zinsen_je_tag:
        return "Zinsen je weiterem Tag: keine."
    bis = f", bis einschließlich {format_datum(konto.zinsen_je_tag_bis)}" if konto.zinsen_je_tag_bis else ""
    return f"Zinsen je weiterem Tag: {format_euro(konto.zinsen_je_tag)}{bis}."


def _section(name: str, *spalten: str) -> Iterator[str]:
    yield ""
    yield f"{name:<{BREITE - 14 * len(spalten)}}" + "".join(f"{spalte:>14}" for spalte in spalten)


def _money_line(name: str, *betraege: Decimal) -> str:
    platz = BREITE - 14 * len(betraege)
    gekuerzt = f"  {name}" if len(name) + 2 <= platz else f"  {name[: platz - 4]}… "
    return f"{gekuerzt:<{platz}}" + "".join(f"{format_betrag(betrag):>14}" for betrag in betraege)


def _sum_line(name: str, betrag: Decimal, einzug: int = 2) -> str:
    return f"{' ' * einzug}{name:<{BREITE - 14 - einzug}}{format_betrag(betrag):>14}"


def _wrap(text: str, einzug: int) -> Iterator[str]:
    leer = " " * einzug
    yield from textwrap.wrap(
        json_safe(text), BREITE, initial_indent=leer, subsequent_indent=leer, break_on_hyphens=False
    )
