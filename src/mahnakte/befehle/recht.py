"""`mahnakte recht`: all legal values with validity, source and history."""

import datetime as dt
from typing import Any

from mahnakte.grund.befund import Ablehnung, Befund, Schwere
from mahnakte.grund.betrag import format_euro, json_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz, Gebuehrentabelle, find_tabelle
from mahnakte.recht.gerichte import read_mahngerichte
from mahnakte.recht.katalog import read_katalog
from mahnakte.recht.rechtsstand import Rechtsstand
from mahnakte.recht.ungeprueft import read_ungeprueft
from mahnakte.recht.verzeichnis import (
    Verzeichniseintrag,
    find_eintrag,
    list_rechtswerte,
)
from mahnakte.recht.werte import Rechtswert, uncovered
from mahnakte.werk.ergebnis import Ergebnis


def list_recht(recht: Rechtsstand, am: dt.date) -> Ergebnis:
    """List every series and table with the value that holds on a day, where one is known."""
    eintraege = list_rechtswerte(recht)
    offen = read_ungeprueft().values()
    heutige = {eintrag.name: _find_wert(recht, eintrag, am) for eintrag in eintraege}
    daten = {
        "am": am.isoformat(),
        "fingerabdruck": recht.fingerabdruck,
        "eingetragen": [{"name": wert.name, **_value_json(wert)} for wert in recht.eingetragene],
        "rechtswerte": [{**_entry_json(e), "wert": _json_wert(heutige[e.name])} for e in eintraege],
        "ungeprueft": [
            {"thema": u.thema, "titel": u.titel, "ab": u.ab.isoformat(), "grund": u.grund} for u in offen
        ],
    }
    kopf = f"Rechtswerte am {format_datum(am)} (Näheres: mahnakte recht NAME)"
    zeilen = [_list_line(eintrag, heutige[eintrag.name]) for eintrag in eintraege]
    zeilen += ["Im Bestand eingetragen:"] if recht.eingetragene else []
    zeilen += [f"  {recht.describe(wert)}" for wert in recht.eingetragene]
    zeilen += [
        "Nicht geprüft und deshalb abgelehnt:",
        *(f"  {eines.titel}: {eines.grund}" for eines in offen),
    ]
    return Ergebnis(daten, (kopf, *zeilen))


def _list_line(eintrag: Verzeichniseintrag, wert: Rechtswert | None) -> str:
    stand = "Tabelle" if eintrag.tabelle else "kein Wert"
    if wert is not None:
        stand = wert.worte
    gedeckt = f"gedeckt bis {format_datum(eintrag.gedeckt_bis)}"
    return f"  {eintrag.name:<31} {stand}: {eintrag.titel} ({eintrag.fundstelle}; {gedeckt})"


def show_recht(recht: Rechtsstand, name: str, am: dt.date | None, heute: dt.date) -> Ergebnis:
    """Show one series or table: value on a day, validity, source, history.

    A day that the caller names must be covered (Ablehnung); for today an uncovered series only says so.
    """
    eintrag = find_eintrag(recht, name)
    tag = am or heute
    kopf = _head_lines(eintrag)
    if eintrag.tabelle:
        if not eintrag.ab <= tag <= eintrag.gedeckt_bis:
            raise Ablehnung(uncovered(eintrag.titel, tag, eintrag.ab, eintrag.gedeckt_bis))
        daten, zeilen = _show_table(eintrag, tag)
        return Ergebnis({**_entry_json(eintrag), **daten}, (*kopf, *zeilen))
    werte = recht.find_reihe(eintrag.name).werte
    wert, befunde = _current(recht, eintrag.name, tag, explicit=am is not None)
    daten = {
        "am": tag.isoformat(),
        "wert": _json_wert(wert),
        "wert_ab": wert.ab.isoformat() if wert else None,
        "wert_bis": wert.bis.isoformat() if wert else None,
        "verlauf": [_value_json(eines) for eines in werte],
    }
    aktuell = f"  Am {format_datum(tag)}: {wert.worte if wert else 'kein Wert'}"
    verlauf = (
        f"    {format_datum(w.ab)} bis {format_datum(w.bis)}  {w.zahl:>13}  {w.herkunft}" for w in werte
    )
    return Ergebnis({**_entry_json(eintrag), **daten}, (*kopf, aktuell, "  Verlauf:", *verlauf), befunde)


def _current(
    recht: Rechtsstand, name: str, tag: dt.date, *, explicit: bool
) -> tuple[Rechtswert | None, tuple[Befund, ...]]:
    try:
        return recht.wert_am(name, tag), ()
    except Ablehnung as ablehnung:
        if explicit:
            raise
        befund = ablehnung.befund
        return None, (Befund(befund.code, Schwere.WARNUNG, befund.text, befund.abhilfe),)


def _find_wert(recht: Rechtsstand, eintrag: Verzeichniseintrag, am: dt.date) -> Rechtswert | None:
    return None if eintrag.tabelle else _current(recht, eintrag.name, am, explicit=False)[0]


def _show_table(eintrag: Verzeichniseintrag, tag: dt.date) -> tuple[dict[str, Any], list[str]]:
    if eintrag.name == "katalog":
        return _show_katalog()
    if eintrag.name == "mahngerichte":
        return _show_mahngerichte()
    return _show_gebuehren(find_tabelle(Gebuehrengesetz(eintrag.name), tag))


def _show_gebuehren(tabelle: Gebuehrentabelle) -> tuple[dict[str, Any], list[str]]:
    stufen = list(zip(tabelle.grenzen, tabelle.gebuehren, strict=True))
    daten = {
        "tabelle_ab": tabelle.ab.isoformat(),
        "tabelle_bis": tabelle.bis.isoformat(),
        "stufen": [{"bis": json_betrag(bis), "gebuehr": json_betrag(gebuehr)} for bis, gebuehr in stufen],
        "schritt": json_betrag(tabelle.schritt),
        "zuschlag": json_betrag(tabelle.zuschlag),
    }
    zeilen = [f"  Fassung ab {format_datum(tabelle.ab)} ({tabelle.quelle}), einfache Gebühr:"]
    zeilen += [f"    bis {format_euro(bis):>14}  {format_euro(gebuehr):>12}" for bis, gebuehr in stufen]
    zeilen.append(
        f"    darüber je angefangene {format_euro(tabelle.schritt)} weitere {format_euro(tabelle.zuschlag)}"
    )
    return daten, zeilen


def _show_katalog() -> tuple[dict[str, Any], list[str]]:
    eintraege = read_katalog().values()
    daten = {
        "katalog": [
            {"nummer": e.nummer, "text": e.text, "entgeltforderung": e.entgeltforderung,
             "zusatzangaben": list(e.zusatzangaben), "hinweis": e.hinweis or None}
            for e in eintraege
        ]
    }  # fmt: skip
    zeilen = [f"  {e.nummer:>3}  {e.text}{f' ({e.hinweis})' if e.hinweis else ''}" for e in eintraege]
    return daten, zeilen


def _show_mahngerichte() -> tuple[dict[str, Any], list[str]]:
    gerichte = read_mahngerichte().gerichte
    daten = {
        "mahngerichte": [
            {"name": g.name, "plz": g.plz, "ort": g.ort, "plz_post": g.plz_post, "laender": list(g.laender),
             "olg_bezirk": g.olg_bezirk or None, "xjustiz": g.xjustiz}
            for g in gerichte
        ]
    }  # fmt: skip
    zeilen = [
        f"  {', '.join(g.laender):<12} {g.plz} {g.ort:<12} {g.name} (Briefe: {g.plz_post}; XJustiz {g.xjustiz})"
        for g in gerichte
    ]
    return daten, zeilen


def _head_lines(eintrag: Verzeichniseintrag) -> list[str]:
    gedeckt = f"  Gedeckt vom {format_datum(eintrag.ab)} bis {format_datum(eintrag.gedeckt_bis)}"
    if eintrag.endet_weil:
        gedeckt += f": {eintrag.endet_weil}"
    return [
        f"{eintrag.titel} ({eintrag.fundstelle}); Einheit: {eintrag.einheit}",
        gedeckt,
        f"  Quelle: {eintrag.quelle}; zuletzt geprüft am {format_datum(eintrag.geprueft_am)}",
    ]


def _entry_json(eintrag: Verzeichniseintrag) -> dict[str, Any]:
    return {
        "name": eintrag.name,
        "titel": eintrag.titel,
        "einheit": eintrag.einheit,
        "fundstelle": eintrag.fundstelle,
        "ab": eintrag.ab.isoformat(),
        "gedeckt_bis": eintrag.gedeckt_bis.isoformat(),
        "geprueft_am": eintrag.geprueft_am.isoformat(),
        "quelle": eintrag.quelle,
    }


def _value_json(wert: Rechtswert) -> dict[str, Any]:
    return {
        "ab": wert.ab.isoformat(),
        "bis": wert.bis.isoformat(),
        "wert": _json_wert(wert),
        "quelle": wert.quelle,
        "geprueft_von": wert.geprueft_von or None,
    }


def _json_wert(wert: Rechtswert | None) -> str | None:
    return f"{wert.wert:f}" if wert else None
