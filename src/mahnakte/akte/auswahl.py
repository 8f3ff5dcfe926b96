"""Which papers belong into the Akte: what the claim needs, and nothing else (Art. 5 (1) (c) GDPR).

In: invoices and proofs that fall.yaml names, the folder belege/, the documents of the steps. Not in: fall.yaml and
the entries of the steps themselves, cancelled letters, the Word version of a letter that is there as PDF, what
only later facts name, names that begin with `_` or `.`, and everything else in the case folder.
"""

import collections
import dataclasses
import datetime as dt
import itertools
import pathlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from mahnakte.akte.modell import Gruppe, Verweis
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.arten.kosten import KOSTENARTEN
from mahnakte.arten.vorgang import find_vorgangsart
from mahnakte.fall.bezeichnung import SCHREIBEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import effective_vorgaenge

BELEGE = "belege"
_UMLAUTE = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_GRUPPEN = {"schreiben": Gruppe.SCHREIBEN, "gericht": Gruppe.GERICHT}


def select_verweise(sachstand: Sachstand, belege: Iterable[str]) -> tuple[Verweis, ...]:
    """Return the papers of the Akte in their order, each path once.

    `belege` are the paths of the files below belege/, as they stand on the disk. A paper is its exact path: names
    that only look alike are two papers (`find_aehnliche` says so).
    """
    vorhanden = frozenset(belege)
    genannte = list(_named(sachstand.fall))
    bekannte = [
        verweis for verweis in genannte if verweis.datum is None or verweis.datum <= sachstand.stichtag
    ]
    spaetere = {verweis.pfad for verweis in genannte} - {verweis.pfad for verweis in bekannte}
    uebrige = (
        Verweis(pfad, Gruppe.BELEGE, _describe_file(pfad))
        for pfad in sorted(vorhanden - spaetere)
        if not _is_held_back(pfad)
    )
    schritte = itertools.chain.from_iterable(_documents(v) for v in effective_vorgaenge(sachstand))
    einmal: dict[str, Verweis] = {}
    for verweis in (*bekannte, *schritte, *uebrige):
        pfad = _find_meant(verweis.pfad, vorhanden)
        einmal.setdefault(pfad, dataclasses.replace(verweis, pfad=pfad))
    return _name_apart(sorted(einmal.values(), key=_order))


def find_aehnliche(fall: Fall, belege: Iterable[str]) -> tuple[Befund, ...]:
    """Return a warning for every group of paths that somebody, or another file system, takes for one."""
    gruppen: dict[str, dict[str, None]] = {}
    for pfad in (*(verweis.pfad for verweis in _named(fall)), *sorted(belege)):
        gruppen.setdefault(fold_pfad(pfad), {})[pfad] = None
    return tuple(
        Befund(
            "AKTE_NAMEN_AEHNLICH",
            Schwere.WARNUNG,
            f"{_list_names(pfade)} unterscheiden sich nur in Groß- und Kleinschreibung, Umlauten, ß oder Punkten am "
            "Ende; jeder vorhandene Name ist als eigene Unterlage aufgenommen.",
            "Sind es zwei Unterlagen, eine davon umbenennen; ist dieselbe gemeint, den Namen in fall.yaml genauso "
            "schreiben wie den der Datei.",
            Stelle(json_safe(min(pfade))),
            gegenstand=min(pfade),
        )
        for pfade in gruppen.values()
        if len(pfade) > 1
    )


def fold_pfad(pfad: str) -> str:
    """Return what is left of a path when all is taken away in which file systems and readers tell names apart."""
    gefaltet = _nfc(pfad).casefold().translate(_UMLAUTE)
    return "/".join(teil.rstrip(". ") for teil in gefaltet.split("/"))


def _find_meant(pfad: str, vorhanden: Collection[str]) -> str:
    """Return the path of the file that will be read for a reference: exactly it, else the only one spelled so."""
    if pfad in vorhanden:
        return pfad
    for gleich in (_nfc, lambda text: _nfc(text).casefold()):
        treffer = [anderer for anderer in vorhanden if gleich(anderer) == gleich(pfad)]
        if treffer:
            return treffer[0] if len(treffer) == 1 else pfad
    return pfad


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _list_names(pfade: Iterable[str]) -> str:
    *anfang, letzter = (f"„{json_safe(pfad)}“{_spell_out(pfad)}" for pfad in pfade)
    return f"{', '.join(anfang)} und {letzter}"


def _spell_out(pfad: str) -> str:
    """Two names that look the same on paper need a word."""
    return "" if pfad == _nfc(pfad) else " (Umlaute aus zwei Zeichen)"


def _named(fall: Fall) -> Iterator[Verweis]:
    """Everything that fall.yaml names as a file, with the day of the fact that names it."""
    for forderung in fall.forderungen:
        if forderung.datei:
            titel = f"Rechnung {forderung.nummer} vom {format_datum(forderung.datum)}"
            yield Verweis(forderung.datei, Gruppe.RECHNUNGEN, titel, forderung.datum)
    for kosten in fall.kosten:
        if kosten.beleg:
            titel = f"Beleg {KOSTENARTEN[kosten.art].name} vom {format_datum(kosten.am)}"
            yield Verweis(kosten.beleg, Gruppe.BELEGE, titel, kosten.am)
    for ereignis in fall.ereignisse:
        if ereignis.beleg:
            yield _proof_of(ereignis, ereignis.beleg)
    for titel_ in fall.titel:
        for massnahme in titel_.massnahmen:
            if massnahme.beleg:
                text = f"Maßnahme {massnahme.art} aus {titel_.kennung} vom {format_datum(massnahme.am)}"
                yield Verweis(massnahme.beleg, Gruppe.GERICHT, text, massnahme.am)


def _proof_of(ereignis: Ereignis, beleg: str) -> Verweis:
    art = EREIGNISARTEN[ereignis.art]
    naeher = SCHREIBEN.get(ereignis.stufe, ereignis.stufe) if ereignis.stufe else ereignis.massnahme
    teile = (art.name, naeher, f"vom {format_datum(ereignis.am)}")
    return Verweis(beleg, _GRUPPEN[art.akte], " ".join(teil for teil in teile if teil), ereignis.am)


def _documents(vorgang: Vorgang) -> Iterator[Verweis]:
    """The documents of one step: the letter as it went out; its Word version only where there is no PDF."""
    platz = find_vorgangsart(vorgang.art).akte
    if platz is None:
        return
    gruppe = _GRUPPEN[platz]
    titel = f"{SCHREIBEN.get(vorgang.art, vorgang.art)} vom {format_datum(vorgang.stichtag)}"
    for name in sorted(vorgang.dateien):
        datei = pathlib.PurePosixPath(name)
        if datei.suffix == ".docx" and datei.with_suffix(".pdf").name in vorgang.dateien:
            continue
        if datei.suffix == ".eml" or datei.stem.endswith(
            "_antwortbogen"
        ):  # a copy of the letter, an empty form
            continue
        yield Verweis(f"vorgaenge/{vorgang.nr:04d}/{name}", gruppe, titel, vorgang.stichtag, vorgang.nr)


def _name_apart(verweise: Sequence[Verweis]) -> tuple[Verweis, ...]:
    """Add the file name where two papers would stand under the same title."""
    anzahl = collections.Counter(fold_pfad(verweis.titel) for verweis in verweise)
    return tuple(
        dataclasses.replace(verweis, titel=f"{verweis.titel}: {pathlib.PurePosixPath(verweis.pfad).name}")
        if anzahl[fold_pfad(verweis.titel)] > 1
        else verweis
        for verweis in verweise
    )


def _describe_file(pfad: str) -> str:
    return pathlib.PurePosixPath(pfad).stem.replace("_", " ")


def _is_held_back(pfad: str) -> bool:
    """Names that begin with `_` or `.` stay at home, and so do the traces of file managers and office programs."""
    teile = pathlib.PurePosixPath(pfad).parts
    return any(teil.startswith(("_", ".", "~$")) for teil in teile) or teile[-1].casefold() in (
        "thumbs.db",
        "desktop.ini",
    )


def _order(verweis: Verweis) -> tuple[int, dt.date, list[tuple[int, str]], str]:
    return verweis.gruppe.nummer, verweis.datum or dt.date.min, _natural(verweis.pfad), verweis.pfad


def _natural(pfad: str) -> list[tuple[int, str]]:
    """Order `Anlage 2` before `Anlage 10`."""
    return [
        (int(teil), "") if teil.isdecimal() else (-1, teil)
        for teil in re.split(r"(\d{1,9})", pfad.casefold())
        if teil
    ]
