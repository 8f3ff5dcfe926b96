"""`mahnakte neu`: a new case in a folder that may already hold papers, or a new Bestand."""

import pathlib
import re
from collections.abc import Iterable, Iterator, Mapping

from mahnakte.ablage.entdecken import EINSTELLUNGEN, FALL_YAML, RECHNUNGEN, list_rechnungen
from mahnakte.ablage.lesen import Datei, read_datei, read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, create_folder, ensure_folder
from mahnakte.befehle.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.befehle.laden import LESEZEIT, Lage
from mahnakte.befehle.neuaufnahme import check_aufnahme
from mahnakte.fall import lesen
from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.jsonschema import EINSTELLUNGEN_SCHEMA, FALL_SCHEMA
from mahnakte.fall.neu import Vorlagerechnung, write_einstellungen, write_fall
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerError

SCHEMAORDNER = "_schema"  # discovery skips names that begin with _


def create_bestand(ordner: pathlib.Path) -> Ergebnis:
    """Write a working, commented mahnakte.yaml (and the schemas for editors) into a new or existing folder."""
    ziel = ordner / EINSTELLUNGEN
    try:
        ensure_folder(ordner)
        create_file(ziel, write_einstellungen(f"{SCHEMAORDNER}/{EINSTELLUNGEN_SCHEMA}"))
        _ensure_schema(ordner)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return Ergebnis(
        {"bestand": show(ordner), "geschrieben": [EINSTELLUNGEN]},
        (
            f"Neuer Bestand: {show(ziel)}",
            "Die Angaben darin sind erfunden. Bitte Absender und Gläubiger eintragen, dann einen Fall anlegen:",
            f"  mahnakte neu {show(ordner / 'AKTENZEICHEN')} --rechnung DATEI",
        ),
    )


def create_fall(ordner: pathlib.Path, rechnungen: Iterable[pathlib.Path], lage: Lage) -> Ergebnis:
    """Write a first fall.yaml, filled from the invoices named or already lying in rechnungen/."""
    try:
        ensure_folder(ordner)
        _refuse_existing(ordner)
        verweise = _take_in(ordner, tuple(rechnungen))
        dateien, befunde = read_dateien(ordner, verweise)
        gelesen = [_read(verweis, datei, lage) for verweis, datei in dateien.items()]
        text = write_fall(
            _aktenzeichen(ordner),
            _find_einstellungen(ordner, lage),
            tuple(vorlage for vorlage, _ in gelesen),
            f"../{SCHEMAORDNER}/{FALL_SCHEMA}",
        )
        create_file(ordner / FALL_YAML, text)
        _ensure_schema(ordner.absolute().parent)
        schon_da = tuple(_check_aufnahme(ordner, gelesen, dateien, lage))
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    alle = (*befunde, *(befund for _, bemerkt in gelesen for befund in bemerkt), *schon_da)
    return Ergebnis(
        {"pfad": show(ordner), "aktenzeichen": _aktenzeichen(ordner), "rechnungen": list(dateien)},
        (
            f"Neuer Fall: {show(ordner / FALL_YAML)}",
            f"Übernommen: {', '.join(dateien) or 'keine Rechnung'}",
            "Bitte die leeren Angaben ergänzen, dann prüfen:",
            f"  mahnakte pruefen {show(ordner)}",
        ),
        alle,
    )


def _check_aufnahme(
    ordner: pathlib.Path,
    gelesen: Iterable[tuple[Vorlagerechnung, tuple[Befund, ...]]],
    dateien: Mapping[str, Datei],
    lage: Lage,
) -> Iterator[Befund]:
    rechnungen = [(v.rechnung, dateien[v.datei].inhalt) for v, _ in gelesen if v.rechnung]
    return check_aufnahme(ordner, rechnungen, _find_einstellungen(ordner, lage), lage)


def _refuse_existing(ordner: pathlib.Path) -> None:
    """Stop before any invoice is copied into a case that already exists."""
    try:
        read_datei(ordner / FALL_YAML)
    except Ablehnung as ablehnung:
        if ablehnung.befund.code == "DATEI_FEHLT":
            return
        raise
    raise Ablehnung(
        sperre(
            "FALL_VORHANDEN",
            "In diesem Ordner liegt schon eine fall.yaml; daran wurde nichts geändert.",
            "Die vorhandene Datei bearbeiten oder einen anderen Ordner angeben.",
            Stelle(show(ordner / FALL_YAML)),
        )
    )


def _take_in(ordner: pathlib.Path, rechnungen: tuple[pathlib.Path, ...]) -> tuple[str, ...]:
    """Return references to the invoices; those outside the folder are copied into rechnungen/."""
    verweise = list(list_rechnungen(ordner))
    for pfad in rechnungen:
        innen = _inside(pfad, ordner)
        if innen is None:
            datei = read_datei(pfad)
            ensure_folder(ordner / RECHNUNGEN)
            create_file(ordner / RECHNUNGEN / pfad.name, datei.inhalt)
            innen = f"{RECHNUNGEN}/{pfad.name}"
        verweise.append(innen)
    return tuple(dict.fromkeys(verweise))


def _inside(pfad: pathlib.Path, ordner: pathlib.Path) -> str | None:
    try:
        return pfad.resolve().relative_to(ordner.resolve()).as_posix()
    except ValueError:
        return None


def _read(verweis: str, datei: Datei, lage: Lage) -> tuple[Vorlagerechnung, tuple[Befund, ...]]:
    try:
        gelesen = lage.werkstatt.call(read_rechnung, datei.inhalt, show(datei.pfad), seconds=LESEZEIT)
    except WorkerError as fehler:
        befund = sperre(
            "RECHNUNG_UNLESBAR", str(fehler), "Die Datei neu anfordern.", Stelle(show(datei.pfad))
        )
        return Vorlagerechnung(verweis, None), (befund,)
    return Vorlagerechnung(verweis, gelesen.rechnung), gelesen.befunde


def _find_einstellungen(ordner: pathlib.Path, lage: Lage) -> Einstellungen | None:
    """Return the settings if they can be read: a new case is also welcome where there are none yet."""
    pfad = lage.einstellungen_datei or ordner.absolute().parent / EINSTELLUNGEN
    try:
        return lesen.read_einstellungen(read_datei(pfad).inhalt, show(pfad))[0]
    except Ablehnung:
        return None


def _aktenzeichen(ordner: pathlib.Path) -> str:
    """Propose the folder's name, with what an Aktenzeichen cannot hold replaced."""
    name = ordner.absolute().name
    sauber = re.sub(r"[^A-Za-z0-9_-]+", "-", _transcribe(name)).strip("-_")[:40]
    return sauber or "AKTENZEICHEN"


def _ensure_schema(bestand: pathlib.Path) -> None:
    """Lay the JSON Schemas beside the cases once, so that editors complete and check while typing."""
    namen = (FALL_SCHEMA, EINSTELLUNGEN_SCHEMA)
    try:
        create_folder(bestand / SCHEMAORDNER, {name: read_beigabe("schemas", name) for name in namen})
    except Ablehnung as ablehnung:
        if ablehnung.befund.code != "ZIEL_VORHANDEN":
            raise


def _transcribe(name: str) -> str:
    for umlaut, ersatz in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("Ä", "Ae"),
        ("Ö", "Oe"),
        ("Ü", "Ue"),
    ):
        name = name.replace(umlaut, ersatz)
    return name
