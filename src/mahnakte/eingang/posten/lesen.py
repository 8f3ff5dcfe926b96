"""Which list of open items it is, and its rows: a known profile by its header, or the mapping of a person."""

from collections.abc import Sequence

from mahnakte.eingang.posten.befunde import refuse_datei, refuse_unbestaetigt
from mahnakte.eingang.posten.datei import Tabelle, read_tabellen
from mahnakte.eingang.posten.kopfsuche import Fund, find_altersklassen, find_kopf
from mahnakte.eingang.posten.liste import read_liste
from mahnakte.eingang.posten.listenform import Listenform, make_form, read_profile
from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.eingang.posten.stapel import is_stapel, read_stapel
from mahnakte.eingang.posten.vorschlag import draft, guess_form
from mahnakte.eingang.posten.werte import Zelle
from mahnakte.eingang.posten.zuordnung import Zuordnung, Zuordnungsvorschlag
from mahnakte.grund.befund import Stelle


def read_postenliste(inhalt: bytes, name: str, zuordnung: Zuordnung | None = None) -> Postenliste:
    """Return the open items of a list. `name` is the file as the clerk sees it; a `zuordnung` goes before profiles.

    Raises Ablehnung, which says what the file is instead; with the code POSTENSPALTEN_UNBESTAETIGT when it is a table
    that no profile knows: then `draft_zuordnung` says what its columns may mean. Hostile files may take long or much
    memory, so it is called in the bounded worker.
    """
    tabellen = read_tabellen(inhalt, name)
    if zuordnung is None:
        if stapel := next(filter(is_stapel, tabellen), None):
            return read_stapel(stapel, name)
        fund = find_kopf(tabellen, _recognise, name)
    else:
        fund = _find_assigned(tabellen, zuordnung, name)
    if fund is None:
        _find_guessed(tabellen, name)
        raise refuse_unbestaetigt(Stelle(name))
    return read_liste(fund.make_leser(name), fund.rows(name), name)


def draft_zuordnung(inhalt: bytes, name: str) -> Zuordnungsvorschlag:
    """Return what the columns of an unknown list probably mean, for a person to confirm; in the bounded worker, too.

    Raises Ablehnung when it is no list of single open items.
    """
    return draft(_find_guessed(read_tabellen(inhalt, name), name), name)


def _recognise(zellen: Sequence[Zelle]) -> Listenform | None:
    return next((form for form in read_profile() if form.matches(zellen)), None)


def _find_assigned(tabellen: Sequence[Tabelle], zuordnung: Zuordnung, datei: str) -> Fund:
    """Return the header line that has every column of a mapping; raise Ablehnung, naming those that it lacks."""
    form = make_form(zuordnung)
    blaetter = [tabelle for tabelle in tabellen if zuordnung.blatt in ("", tabelle.blatt)]
    fund = find_kopf(blaetter, lambda zellen: form if form.matches(zellen) else None, datei)
    if fund is None:
        spalten = ", ".join(f"„{kopf}“" for kopf in dict.fromkeys(zuordnung.spalten.values()))
        wo = f" im Blatt „{zuordnung.blatt}“" if zuordnung.blatt else ""
        raise refuse_datei(
            f"Keine Kopfzeile der Liste{wo} hat alle Spalten der Zuordnung: {spalten}.", Stelle(datei),
            "Die Zuordnung mit den Überschriften der Liste vergleichen.",
        )  # fmt: skip
    return fund


def _find_guessed(tabellen: Sequence[Tabelle], datei: str) -> Fund:
    """Return the header line whose words mean something; raise Ablehnung, which says what the file is instead."""
    fund = find_kopf(tabellen, guess_form, datei)
    if fund is not None:
        return fund
    if zeile := find_altersklassen(tabellen):
        raise refuse_datei(
            "Das ist eine Liste nach Altersklassen: Sie nennt Summen je Kunde, keine einzelnen Rechnungen.",
            Stelle(datei, zeile),
            "Eine Liste mit einer Zeile je offener Rechnung ausgeben.",
        )
    for tabelle in tabellen:
        _look_for_damage(tabelle)
    raise refuse_datei(
        "Das ist keine Liste offener Posten: Keine Zeile nennt Spalten für Rechnungsnummer und offenen Betrag.",
        Stelle(datei),
        "Die Liste mit Kopfzeile und Semikolon zwischen den Spalten ausgeben, oder eine Zuordnung schreiben.",
    )


def _look_for_damage(tabelle: Tabelle) -> None:
    """Raise Ablehnung where the first rows cannot be taken apart: that is the better reason."""
    for _ in tabelle.head():
        pass
