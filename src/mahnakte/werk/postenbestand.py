"""The cards of all cases of a Bestand for a list of open items; an unchanged case costs a listing, no reading."""

import concurrent.futures
import dataclasses
import functools
import json
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

from mahnakte.ablage.entdecken import FALL_YAML, folder_name
from mahnakte.ablage.lesen import read_dateien, read_fallangaben
from mahnakte.ablage.spuren import trace_fall
from mahnakte.ablage.verifizieren import VORGAENGE, read_vorgaenge
from mahnakte.ablage.zwischenspeicher import POSTEN, keep, read_gemerkt
from mahnakte.bestand.postenabgleich import Bestandsblick
from mahnakte.bestand.postenkarte import Postenkarte, Postenrechnung, make_postenkarte, read_postenkarte
from mahnakte.bestand.postenkarte import write_postenkarte as _write
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.strict_yaml import YamlFehler, parse_yaml
from mahnakte.werk.laden import Lage
from mahnakte.werk.rechnungsdateien import read_rechnungsdatei

_ZUGLEICH = 32  # as umschau.py
Merk = Mapping[str, Any]


def look_at_bestand(bestand: pathlib.Path, ordner: Sequence[pathlib.Path], lage: Lage) -> Bestandsblick:
    """Return the cards of these cases by the name of their folder, and the text of what could not be read."""
    gemerkte = {} if lage.alles_pruefen else _recall(bestand)
    karten: dict[str, Postenkarte] = {}
    ungelesene: dict[str, str] = {}
    neue: dict[str, Merk] = {}
    with concurrent.futures.ThreadPoolExecutor(_ZUGLEICH) as pool:
        gesehene = pool.map(functools.partial(_look, gemerkte=gemerkte, lage=lage), ordner)
        for fall, (karte, text, merk) in zip(ordner, gesehene, strict=True):
            if karte is not None:
                karten[folder_name(fall)] = karte
            elif text is not None:
                ungelesene[folder_name(fall)] = text
            if merk is not None:
                neue[folder_name(fall)] = merk
    if neue != gemerkte:
        keep(bestand, json.dumps(neue, ensure_ascii=True, separators=(",", ":")).encode(), POSTEN)
    return Bestandsblick(karten, ungelesene)


def _recall(bestand: pathlib.Path) -> dict[str, Merk]:
    inhalt = read_gemerkt(bestand, POSTEN)
    try:
        gemerkte = json.loads(inhalt) if inhalt else {}
    except ValueError:
        return {}
    return gemerkte if isinstance(gemerkte, dict) else {}


def _look(
    fall: pathlib.Path, gemerkte: Mapping[str, Merk], lage: Lage
) -> tuple[Postenkarte | None, str | None, Merk | None]:
    try:
        spuren = trace_fall(fall, [VORGAENGE])
        gemerkt = gemerkte.get(folder_name(fall))
        if gemerkt is not None and gemerkt["spuren"] == spuren.summe:
            return read_postenkarte(gemerkt["karte"]), None, gemerkt
    except (OSError, KeyError, TypeError, ValueError):
        spuren = None
    karte, text = read_postenfall(fall, lage)
    merkbar = karte is not None and spuren is not None and not spuren.frisch and not spuren.unfertig
    if karte is None or spuren is None or not merkbar or any(r.datei for r in karte.rechnungen):
        return karte, text, None  # what an invoice file says shows in no listing of these two folders
    return karte, None, {"spuren": spuren.summe, "karte": _write(karte)}


def read_postenfall(fall: pathlib.Path, lage: Lage) -> tuple[Postenkarte | None, str | None]:
    """Return the card of a case read anew; where it cannot be read the bare text of its fall.yaml; else nothing."""
    inhalt, _, ist_fall = read_fallangaben(fall)
    if not ist_fall:
        return None, None
    if inhalt is None:
        return None, ""
    vorgaenge: tuple[Vorgang, ...] = ()
    if (fall / VORGAENGE).is_dir():
        vorgaenge = read_vorgaenge(fall).vorgaenge
    try:
        karte = make_postenkarte(parse_yaml(inhalt, FALL_YAML), vorgaenge)
    except YamlFehler:
        return None, inhalt.decode(errors="replace")
    return dataclasses.replace(karte, rechnungen=_ask_files(fall, karte.rechnungen, lage)), None


def _ask_files(
    fall: pathlib.Path, rechnungen: tuple[Postenrechnung, ...], lage: Lage
) -> tuple[Postenrechnung, ...]:
    """Complete invoices from their files, where the lines do not say number, day and amount."""
    fragliche = [r.datei for r in rechnungen if r.datei and not (r.nummer and r.datum and r.betrag)]
    dateien, _ = read_dateien(fall, fragliche)

    def complete(eine: Postenrechnung) -> Postenrechnung:
        datei = dateien.get(eine.datei or "")
        gelesen = read_rechnungsdatei(datei, lage.werkstatt).rechnung if datei else None
        if gelesen is None:
            return eine
        return dataclasses.replace(
            eine,
            nummer=eine.nummer or gelesen.nummer or "",
            datum=eine.datum or gelesen.datum,
            betrag=gelesen.zahlbetrag if eine.betrag is None else eine.betrag,
        )

    return tuple(eine for eine in map(complete, rechnungen) if eine.nummer)
