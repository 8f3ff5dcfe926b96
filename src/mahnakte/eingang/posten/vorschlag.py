"""What the columns of an unknown list probably mean: by the words of wortschatz.yaml and a look at the first rows."""

import collections
import itertools
from collections.abc import Iterator, Mapping, Sequence

from mahnakte.eingang.posten.kopfsuche import Fund
from mahnakte.eingang.posten.listenform import Listenform, make_form
from mahnakte.eingang.posten.werte import Zelle, parse_tage, show_zelle
from mahnakte.eingang.posten.wortschatz import fold_kopf, read_wortschatz
from mahnakte.eingang.posten.zuordnung import Zuordnung, Zuordnungsvorschlag, check_spalten
from mahnakte.eingang.zeilen import KeinWert
from mahnakte.grund.text import strip_unsafe

_MINDESTENS = 3  # columns that a line must have to be taken for headings
_BEISPIELE = 3
_PROBE = 2_000  # rows that are looked at


def guess_form(zellen: Sequence[Zelle]) -> Listenform | None:
    """Return the form of a line of headings: at least three known ones, among them the number and an amount."""
    spalten = _guess_spalten(zellen)
    if len(spalten) < _MINDESTENS or "nummer" not in spalten or not {"offen", "betrag"} & spalten.keys():
        return None
    return make_form(Zuordnung(spalten=spalten))


def draft(fund: Fund, datei: str) -> Zuordnungsvorschlag:
    """Return the proposal for a list whose headings were found."""
    zeilen = [zellen for _, zellen in itertools.islice(fund.rows(datei), _PROBE) if any(zellen)]
    spalten = dict(_guess_spalten(fund.kopf))
    fragen = [*_move_days(spalten, fund.kopf, zeilen), *_ask_columns(spalten, fund.kopf)]
    fragen += _ask_rows(spalten, fund.kopf, zeilen)
    gelesen = {fold_kopf(kopf) for kopf in spalten.values()}
    return Zuordnungsvorschlag(
        zuordnung=Zuordnung(spalten=spalten, blatt=fund.tabelle.blatt),
        zeile=fund.zeile,
        kopf=tuple(map(strip_unsafe, fund.kopf)),
        beispiele=tuple(
            tuple(strip_unsafe(show_zelle(zelle)) for zelle in zeile) for zeile in zeilen[:_BEISPIELE]
        ),
        ungelesen=tuple(strip_unsafe(kopf) for kopf in fund.kopf if kopf and fold_kopf(kopf) not in gelesen),
        fragen=tuple(fragen),
    )


def _guess_spalten(kopf: Sequence[Zelle]) -> Mapping[str, str]:
    """Return the heading of each field; a heading means one thing."""
    koepfe = {fold_kopf(zelle): strip_unsafe(zelle) for zelle in reversed(kopf) if isinstance(zelle, str)}
    spalten: dict[str, str] = {}
    for feld in read_wortschatz().felder.values():
        wort = next((wort for wort in feld.worte if wort in koepfe), None)
        if wort is not None:
            spalten[feld.name] = koepfe.pop(wort)
    return spalten


def _move_days(
    spalten: dict[str, str], kopf: Sequence[str], zeilen: Sequence[Sequence[Zelle]]
) -> Iterator[str]:
    """A column of days („14“) is no column of due dates, whatever its heading."""
    if "faellig" not in spalten or "ziel_tage" in spalten:
        return
    werte = [wert for wert in _column(spalten["faellig"], kopf, zeilen) if wert]
    if werte and all(map(_is_days, werte)):
        spalten["ziel_tage"] = spalten.pop("faellig")
        yield (
            f"In der Spalte „{spalten['ziel_tage']}“ stehen Tage statt eines Datums: Die Fälligkeit ist dann das "
            "Rechnungsdatum und so viele Tage. Stimmt das?"
        )


def _is_days(wert: Zelle) -> bool:
    try:
        return parse_tage(wert) is not None
    except KeinWert:
        return False


def _ask_columns(spalten: Mapping[str, str], kopf: Sequence[str]) -> Iterator[str]:
    felder = read_wortschatz().felder
    for feld, gewaehlt in spalten.items():
        andere = [zelle for zelle in kopf if fold_kopf(zelle) in felder[feld].worte and zelle != gewaehlt]
        andere = [strip_unsafe(zelle) for zelle in andere if strip_unsafe(zelle) not in spalten.values()]
        if andere:
            yield f"{felder[feld].sinn}: „{gewaehlt}“ oder „{'“ oder „'.join(andere)}“?"
    if mangel := check_spalten(spalten, "posten"):
        yield f"{mangel} Steht in einer Spalte, was noch offen ist, unter „offen“ eintragen."
    elif "offen" not in spalten:
        yield "Offen wird aus Betrag und Bezahltem gerechnet. Ist darin jede Zahlung enthalten?"
    if "faellig" not in spalten and "ziel_tage" not in spalten:
        yield "Keine Spalte nennt die Fälligkeit. Gibt es eine?"
    if "kundennummer" not in spalten:
        yield "Keine Spalte nennt die Nummer des Schuldners. Gibt es eine?"


def _ask_rows(
    spalten: Mapping[str, str], kopf: Sequence[str], zeilen: Sequence[Sequence[Zelle]]
) -> Iterator[str]:
    nummern = collections.Counter(
        show_zelle(wert) for wert in _column(spalten["nummer"], kopf, zeilen) if wert
    )
    mehrfach = [nummer for nummer, zahl in nummern.items() if zahl > 1]
    if mehrfach:
        yield (
            f"Die Nummer „{strip_unsafe(mehrfach[0])[:40]}“ steht mehrmals: Sind Zahlungen eigene Zeilen? Dann "
            "„zeilen: bewegungen“ und die Spalten „soll“ und „haben“ eintragen."
        )


def _column(ueberschrift: str, kopf: Sequence[str], zeilen: Sequence[Sequence[Zelle]]) -> Iterator[Zelle]:
    gefaltet = fold_kopf(ueberschrift)
    ort = next(nummer for nummer, zelle in enumerate(kopf) if fold_kopf(zelle) == gefaltet)
    return (zeile[ort] for zeile in zeilen if ort < len(zeile))
