"""`mahnakte titel`: which titles there are and until when they last, what lapses first at the top."""

import dataclasses
import datetime as dt
import pathlib
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from mahnakte.arten.titel import TITELARTEN
from mahnakte.grund.befund import Ablehnung, Befund, has_sperre
from mahnakte.grund.betrag import NULL, format_euro, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.pruefung import without_quittierte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.modell import Titeluhr, Zinsuhr
from mahnakte.uhren.uhr import compute_titeluhren, format_jahre, order_of
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis
from mahnakte.werk.laden import GeladenerFall, Lage, find_ordner, load_faelle

BREITE = 100
_EINZUG = " " * 12


@dataclasses.dataclass(frozen=True, slots=True)
class Titelzeile:
    """One title of one debtor; `offen` is what the whole case still owes (None: the account gave no answer).

    Interest in it is counted to `zinsen_bis`.
    """

    aktenzeichen: str
    schuldner: str
    uhr: Titeluhr
    offen: Decimal | None
    zinsen_bis: dt.date | None

    @property
    def bezahlt(self) -> bool:
        """Tell whether the account shows nothing open: then no clock needs watching."""
        return self.offen is not None and self.offen <= NULL

    def as_json(self) -> dict[str, Any]:
        """Return the entry of the JSON contract, with `offen` added."""
        offen = None if self.offen is None else json_betrag(self.offen)
        return {"aktenzeichen": self.aktenzeichen, **self.uhr.as_json(), "offen": offen}


def list_titel(pfade: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """List the titles of all cases below the given paths. Writes nothing."""
    ordner, befunde = find_ordner(pfade, lage)
    return list_geladene(load_faelle(ordner, lage), lage, befunde)


def list_geladene(faelle: Iterable[GeladenerFall], lage: Lage, befunde: Sequence[Befund] = ()) -> Ergebnis:
    """List the titles of cases that are loaded already; a case that cannot be read is named and the others go on."""
    zeilen: list[Titelzeile] = []
    alle = [*befunde]
    rueckgabe = ABGELEHNT if has_sperre(befunde) else FERTIG
    for geladen in faelle:
        alle += geladen.befunde
        rueckgabe = max(rueckgabe, geladen.rueckgabe)
        if geladen.sachstand is None:
            continue
        try:
            neue = _lines_of(geladen.sachstand)
        except Ablehnung as ablehnung:
            alle.append(ablehnung.befund)
            rueckgabe = max(rueckgabe, ABGELEHNT)
            continue
        zeilen += neue
        alle += without_quittierte(
            tuple(befund for zeile in neue if not zeile.bezahlt for befund in zeile.uhr.befunde),
            geladen.sachstand.fall,
        )
    zeilen.sort(key=lambda zeile: (zeile.bezahlt, order_of(zeile.uhr), zeile.aktenzeichen))
    return Ergebnis(
        daten={"stichtag": lage.stichtag.isoformat(), "titel": [zeile.as_json() for zeile in zeilen]},
        zeilen=tuple(_text(zeilen, lage)),
        befunde=tuple(dict.fromkeys(alle)),
        rueckgabe=rueckgabe,
    )


def _lines_of(sachstand: Sachstand) -> list[Titelzeile]:
    uhren = compute_titeluhren(sachstand)
    if not uhren:
        return []
    try:
        konto = compute_konto(sachstand)
        offen, bis = konto.gesamt, konto.zinsen_bis
    except Ablehnung:  # `mahnakte konto` says why; the clocks run all the same
        offen, bis = None, None
    fall = sachstand.fall
    return [
        Titelzeile(fall.aktenzeichen, fall.schuldner_mit(uhr.schuldner).voller_name, uhr, offen, bis)
        for uhr in uhren
    ]


# --- for the clerk ------------------------------------------------------------------------------------


def _text(zeilen: Sequence[Titelzeile], lage: Lage) -> Iterator[str]:
    if not zeilen:
        yield f"Am {format_datum(lage.stichtag)} ist kein Titel eingetragen."
        return
    yield f"Titel am {format_datum(lage.stichtag)}; oben steht, was als Nächstes erlischt."
    for zeile in zeilen:
        yield ""
        yield from _describe(zeile, lage.stichtag)


def _describe(zeile: Titelzeile, stichtag: dt.date) -> Iterator[str]:
    uhr = zeile.uhr
    art = TITELARTEN[uhr.art].name
    yield from _wrap(
        f"{zeile.aktenzeichen}, {uhr.kennung} ({art}) gegen {zeile.schuldner}",
        _head(zeile).ljust(len(_EINZUG)),
    )
    if zeile.bezahlt:
        yield from _wrap(
            "Nach dem Konto ist nichts mehr offen; die Fristen laufen, müssen aber nicht überwacht werden."
        )
    elif zeile.offen is not None:
        bis = zeile.zinsen_bis if zeile.zinsen_bis and zeile.zinsen_bis < stichtag else None
        gerechnet = f", Zinsen nur bis {format_datum(bis)} gerechnet" if bis else ""
        yield from _wrap(f"Offen im ganzen Fall: {format_euro(zeile.offen)}{gerechnet}")
    if uhr.hauptforderung_bis is None:
        yield from _wrap(f"Keine Frist berechnet: {uhr.grund}.")
        return
    stand = "verjährt seit Ablauf des" if uhr.verjaehrt else "bis"
    yield from _wrap(f"Hauptforderung {stand} {format_datum(uhr.hauptforderung_bis)}: {uhr.grund}.")
    if uhr.zinsen:
        yield from _wrap(f"Zinsen nach dem Titel: {'; '.join(_interest(uhr.zinsen))}.")


def _head(zeile: Titelzeile) -> str:
    if zeile.bezahlt:
        return "bezahlt"
    if zeile.uhr.erlischt_zuerst is None:
        return "verjährt" if zeile.uhr.verjaehrt else "unklar"
    return format_datum(zeile.uhr.erlischt_zuerst)


def _interest(zinsen: Sequence[Zinsuhr]) -> Iterator[str]:
    """Lapsed years in a few words, the others each with their day."""
    alte = [zins.jahr for zins in zinsen if zins.verjaehrt]
    if alte:
        yield f"{format_jahre(alte)} verjährt"
    for zins in zinsen:
        if not zins.verjaehrt:
            yield f"{zins.jahr} bis {format_datum(zins.bis)}"


def _wrap(text: str, anfang: str = _EINZUG) -> list[str]:
    return textwrap.wrap(
        text, BREITE, initial_indent=anfang, subsequent_indent=_EINZUG, break_on_hyphens=False
    )
