"""`mahnakte neu`: a new case in a folder that may already hold papers, or a new Bestand."""

import dataclasses
import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping

from mahnakte.ablage.entdecken import EINSTELLUNGEN, FALL_YAML, RECHNUNGEN, list_papiere, list_rechnungen
from mahnakte.ablage.lesen import Datei, read_datei, read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_files, create_folder
from mahnakte.akte.auswahl import BELEGE
from mahnakte.fall import lesen
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.jsonschema import EINSTELLUNGEN_SCHEMA, FALL_SCHEMA
from mahnakte.fall.neu import Papiere, Vorlagerechnung, sort_papiere, write_einstellungen, write_fall
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.grund.befund import Ablehnung, Befund, Schwere, Stelle, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.text import json_safe, normalize
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.befehlszeile import quote_pfad
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.neuaufnahme import check_aufnahme
from mahnakte.werk.rechnungsdateien import LESEZEIT, refuse_rechnung

SCHEMAORDNER = "_schema"  # discovery skips names that begin with _


def create_bestand(ordner: pathlib.Path) -> Ergebnis:
    """Write a working, commented mahnakte.yaml (and the schemas for editors) into a new or existing folder."""
    ziel = ordner / EINSTELLUNGEN
    try:
        _refuse_existing(ziel, _BESTAND_VORHANDEN)
        create_files(ordner, {EINSTELLUNGEN: write_einstellungen(f"{SCHEMAORDNER}/{EINSTELLUNGEN_SCHEMA}")})
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return Ergebnis(
        {"bestand": show(ordner), "geschrieben": [EINSTELLUNGEN]},
        (
            f"Neuer Bestand: {show(ziel)}",
            "Die Angaben darin sind erfunden. Bitte Absender und Gläubiger eintragen, dann einen Fall anlegen:",
            f"  mahnakte neu {quote_pfad(ordner / 'AKTENZEICHEN')} --rechnung DATEI",
        ),
        _ensure_schema(ordner),
    )


def create_fall(ordner: pathlib.Path, rechnungen: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Write a first fall.yaml, filled from the invoices named or lying in the folder: all of it or nothing.

    Everything is read and checked before the first file is written; fall.yaml is the last.
    """
    try:
        _refuse_existing(ordner / FALL_YAML, _FALL_VORHANDEN)
        genannte, kopien = _take_in(ordner, tuple(rechnungen))
        papiere, befunde = _collect(ordner, genannte, kopien, lage)
        text = write_fall(
            _aktenzeichen(ordner),
            _find_einstellungen(ordner, lage),
            papiere,
            f"../{SCHEMAORDNER}/{FALL_SCHEMA}",
        )
        create_files(ordner, {**kopien, FALL_YAML: text})
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    befunde = (*befunde, *_check_aufnahme(ordner, papiere, lage))
    return Ergebnis(
        {
            "pfad": show(ordner),
            "aktenzeichen": _aktenzeichen(ordner),
            "rechnungen": [vorlage.datei for vorlage in papiere.rechnungen],
            "gutschriften": [vorlage.datei for vorlage in papiere.gutschriften],
            "nicht_uebernommen": [datei for datei, _ in papiere.uebrige],
        },
        tuple(_lines(ordner, papiere)),
        (*befunde, *_ensure_schema(ordner.absolute().parent)),
    )


def _check_aufnahme(ordner: pathlib.Path, papiere: Papiere, lage: Lage) -> Iterator[Befund]:
    """Yield what the other cases of the Bestand say against the new one's invoices."""
    dateien, _ = read_dateien(ordner, [vorlage.datei for vorlage in papiere.rechnungen])
    rechnungen = [
        (vorlage.rechnung, dateien[vorlage.datei].inhalt)
        for vorlage in papiere.rechnungen
        if vorlage.rechnung and vorlage.datei in dateien
    ]
    return check_aufnahme(ordner, rechnungen, _find_einstellungen(ordner, lage), lage)


def _lines(ordner: pathlib.Path, papiere: Papiere) -> Iterator[str]:
    yield f"Neuer Fall: {show(ordner / FALL_YAML)}"
    yield f"Rechnungen: {_names(papiere.rechnungen) or 'keine'}"
    if papiere.gutschriften:
        yield f"Gutschriften: {_names(papiere.gutschriften)}"
    for datei, grund in papiere.uebrige:
        yield f"Nicht übernommen: {json_safe(datei)} ({grund})"
    yield "Bitte die leeren Angaben ergänzen, dann prüfen:"
    yield f"  mahnakte pruefen {quote_pfad(ordner)}"


def _names(vorlagen: Iterable[Vorlagerechnung]) -> str:
    return ", ".join(json_safe(vorlage.datei) for vorlage in vorlagen)


# Code and remedy where a case or a Bestand stands already.
_FALL_VORHANDEN = (
    "FALL_VORHANDEN",
    "Die vorhandene Datei bearbeiten oder einen anderen Ordner angeben.",
)
_BESTAND_VORHANDEN = (
    "BESTAND_VORHANDEN",
    "Die vorhandene Datei bearbeiten; einen Fall darin legt „mahnakte neu“ ohne --bestand an.",
)


def _refuse_existing(datei: pathlib.Path, vorhanden: tuple[str, str]) -> None:
    """Stop before anything is copied to where a case or a Bestand already is."""
    try:
        read_datei(datei)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code == "DATEI_FEHLT":
            return
        raise
    text = f"In diesem Ordner liegt schon eine {datei.name}; daran wurde nichts geändert."
    code, abhilfe = vorhanden
    raise Ablehnung(sperre(code, text, abhilfe, Stelle(show(datei))))


def _take_in(
    ordner: pathlib.Path, rechnungen: tuple[pathlib.Path, ...]
) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """Return references to the named invoices, and the copies to make of those that lie outside the folder."""
    verweise: list[str] = []
    kopien: dict[str, bytes] = {}
    for pfad in rechnungen:
        datei = read_datei(pfad)
        innen = _inside(pfad, ordner)
        if innen is None:
            innen = f"{RECHNUNGEN}/{normalize(pfad.name)}"
            if not _lies_there(ordner, innen, datei, kopien):
                kopien[innen] = datei.inhalt
        verweise.append(innen)
    return tuple(verweise), kopien


def _lies_there(ordner: pathlib.Path, verweis: str, datei: Datei, kopien: Mapping[str, bytes]) -> bool:
    """Tell whether the same file is there under that name already; raise Ablehnung when it is another one."""
    namen = {name.casefold(): inhalt for name, inhalt in kopien.items()}
    vorhandene, _ = read_dateien(ordner, [verweis]) if ordner.is_dir() else ({}, ())
    namen |= {verweis.casefold(): vorhanden.inhalt for vorhanden in vorhandene.values()}
    if verweis.casefold() not in namen:
        return False
    if namen[verweis.casefold()] == datei.inhalt:
        return True
    raise Ablehnung(
        sperre(
            "RECHNUNG_NAME_VERGEBEN",
            f"Zwei verschiedene Rechnungen hießen dann {json_safe(verweis)}; es wurde nichts angelegt.",
            "Eine der beiden Dateien umbenennen, etwa nach der Rechnungsnummer, und den Befehl wiederholen.",
            Stelle(show(datei.pfad)),
        )
    )


def _inside(pfad: pathlib.Path, ordner: pathlib.Path) -> str | None:
    try:
        return pfad.resolve().relative_to(ordner.resolve()).as_posix()
    except ValueError:
        return None


def _collect(
    ordner: pathlib.Path, genannte: tuple[str, ...], kopien: Mapping[str, bytes], lage: Lage
) -> tuple[Papiere, tuple[Befund, ...]]:
    """Read what was named and what lies in the folder; outside rechnungen/ only an e-invoice says that it is one."""
    abgelegt = dict.fromkeys((*list_rechnungen(ordner), *genannte))
    lose = [name for name in list_papiere(ordner, (BELEGE,)) if name not in abgelegt]
    dateien, befunde = read_dateien(ordner, [name for name in (*abgelegt, *lose) if name not in kopien])
    inhalte = {name: datei.inhalt for name, datei in dateien.items()} | dict(kopien)
    vorlagen: list[Vorlagerechnung] = []
    uebrige: list[tuple[str, str]] = []
    bemerkt = list(befunde)
    for name in (*abgelegt, *lose):
        if name not in inhalte:
            continue
        vorlage, gefunden = _read(name, inhalte[name], ordner, lage)
        if name in abgelegt or vorlage.rechnung is not None:
            vorlagen.append(vorlage)
            bemerkt += [befund for befund in gefunden if not _is_gutschrift(befund)]
        else:
            uebrige.append((name, _why_not(gefunden)))
    return sort_papiere(vorlagen, uebrige), tuple(bemerkt)


def _why_not(befunde: Iterable[Befund]) -> str:
    """Say of a file beside fall.yaml why it was not taken for an invoice."""
    fehler = next((befund.text for befund in befunde if befund.schwere is Schwere.SPERRE), "keine E-Rechnung")
    return f"{fehler.rstrip('.')}; ist es eine Rechnung, unten eintragen"


def _is_gutschrift(befund: Befund) -> bool:
    """What is said of a file under `rechnungen:`: here it goes to `gutschriften:`."""
    return befund.code == "RECHNUNG_GUTSCHRIFT"


def _read(
    verweis: str, inhalt: bytes, ordner: pathlib.Path, lage: Lage
) -> tuple[Vorlagerechnung, tuple[Befund, ...]]:
    name = show(ordner / verweis)
    try:
        gelesen = lage.werkstatt.call(read_rechnung, inhalt, name, seconds=LESEZEIT)
    except WorkerError as fehler:
        abhilfe = "Die Datei ansehen und ihre Angaben in fall.yaml eintragen, oder sie beim Aussteller neu anfordern."
        return Vorlagerechnung(verweis, None), (refuse_rechnung(str(fehler), abhilfe, name),)
    gutschrift = any(map(_is_gutschrift, gelesen.befunde))
    return Vorlagerechnung(verweis, gelesen.rechnung, gutschrift), gelesen.befunde


def _find_einstellungen(ordner: pathlib.Path, lage: Lage) -> Einstellungen | None:
    """Return the settings if they can be read: a new case is also welcome where there are none yet."""
    pfad = lage.einstellungen_datei or ordner.absolute().parent / EINSTELLUNGEN
    try:
        return lesen.read_einstellungen(read_datei(pfad).inhalt, show(pfad))[0]
    except Ablehnung:
        return None


def _aktenzeichen(ordner: pathlib.Path) -> str:
    """Propose the folder's name, with what an Aktenzeichen cannot hold replaced."""
    name = normalize(ordner.absolute().name).translate(_UMSCHRIFT)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-_")[:40] or "AKTENZEICHEN"


_UMSCHRIFT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
)  # fmt: skip


def _ensure_schema(bestand: pathlib.Path) -> tuple[Befund, ...]:
    """Lay the JSON Schemas beside the cases once, so that editors complete and check while typing.

    Without them the case works all the same: a failure is a warning.
    """
    namen = (FALL_SCHEMA, EINSTELLUNGEN_SCHEMA)
    try:
        create_folder(bestand / SCHEMAORDNER, {name: read_beigabe("schemas", name) for name in namen})
    except Ablehnung as ablehnung:
        if ablehnung.befund.code != "ZIEL_VORHANDEN":
            return (dataclasses.replace(ablehnung.befund, schwere=Schwere.WARNUNG),)
    return ()
