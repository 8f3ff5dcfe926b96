"""`mahnakte eda …`: EDA files and application XML of any origin, read in a child process with limits."""

import pathlib
from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

import mahnakte
from mahnakte.ablage.lesen import Datei, read_datei
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.antrag.angabenblatt import eda_werte
from mahnakte.antrag.aus_fall.entwurf import derive_dateikopf
from mahnakte.antrag.eda.befunde import unreadable
from mahnakte.antrag.eda.rueckprobe import write_verified
from mahnakte.antrag.eda.verify import read_eda, verify_eda
from mahnakte.antrag.eda.verify_folge import is_folgedatei, verify_folgeantraege
from mahnakte.antrag.eda.view import Satzsicht, format_view, view_eda
from mahnakte.antrag.eda.write import find_obstacles
from mahnakte.antrag.modell import Dateikopf
from mahnakte.antrag.regeln.pruefung import check_sammelantrag
from mahnakte.antrag.regeln.register import Pruefrahmen
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import read_xml, validate_xml
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, as_warnungen, has_sperre, sperre
from mahnakte.grund.worker import WorkerError
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.werk.ausgaben import refuse_standing
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import FERTIG, NICHT_BEGONNEN, Ergebnis, NichtBegonnen, weigh
from mahnakte.werk.laden import Lage
from mahnakte.werk.sammeldatei import rebuild_sammeldatei

MAX_SAETZE_PDF = 1000
_SEKUNDEN = 120.0  # 10,000 applications take ten on a slow machine

_Ts = TypeVarTuple("_Ts")
_R = TypeVar("_R")
# What a reader in the child returns: the other form of the file (None: refused), how many applications (0: it could
# not even be read), findings.
_Umgewandelt = tuple[bytes | None, int, tuple[Befund, ...]]


def show_eda(
    datei: pathlib.Path, lage: Lage, pdf: pathlib.Path | None = None, ersetzen: bool = False
) -> Ergebnis:
    """Show every record of a file, whatever it holds; with `pdf` as a sheet. Exit code 2 when its frame is broken."""
    gelesen = _open(datei)
    refuse_standing([pdf], ersetzen=ersetzen)
    daten: dict[str, Any] = {"datei": show(datei), "saetze": [], "pdf": None}
    saetze, befunde = _view(lage, gelesen)
    rueckgabe = NICHT_BEGONNEN if has_sperre(befunde) else FERTIG
    try:
        if pdf is not None and not rueckgabe:
            _write(pdf, _set_view(saetze, gelesen, lage), ersetzen)
    except Ablehnung as ablehnung:
        return Ergebnis(daten, (), (ablehnung.befund,), weigh([ablehnung.befund]))
    daten |= {"saetze": [_record_as_json(satz) for satz in saetze]}
    if pdf is not None and not rueckgabe:
        return Ergebnis({**daten, "pdf": show(pdf)}, (f"Geschrieben: {show(pdf)}",), befunde)
    return Ergebnis(daten, tuple(format_view(saetze).splitlines()), befunde, rueckgabe)


def _set_view(saetze: tuple[Satzsicht, ...], datei: Datei, lage: Lage) -> bytes:
    if len(saetze) > MAX_SAETZE_PDF:
        raise Ablehnung(
            sperre("EDA_PDF_ZU_LANG", f"Die Datei hat {len(saetze)} Sätze; ein PDF entsteht bis {MAX_SAETZE_PDF}.",
                   "Ohne --pdf ansehen.", Stelle(show(datei.pfad)))
        )  # fmt: skip
    return make_set_blatt(lage)("angabenblatt", eda_werte(saetze, datei.verweis))


def _record_as_json(satz: Satzsicht) -> dict[str, Any]:
    return {
        "nummer": satz.nummer,
        "schluessel": satz.schluessel,
        "bedeutung": satz.bedeutung,
        "felder": [
            {"name": f.name, "bedeutung": f.bedeutung, "wert": f.wert, "fehler": f.fehler or None}
            for f in satz.felder
        ],
    }


def check_eda(datei: pathlib.Path, lage: Lage, regeln: bool = False) -> Ergebnis:
    """Check a file strictly: every record, field and sum, and that it can be written again byte for byte.

    `regeln` asks also for what a court would object to, as of the day in the file's head.
    """
    gelesen = _open(datei)
    _, unlesbar = _view(lage, gelesen)
    befunde = _try(lage, gelesen, _verify, regeln)
    satz = f"{show(datei)}: " + ("so nicht einreichen." if has_sperre(befunde) else "in Ordnung.")
    daten = {"datei": show(datei), "gueltig": not has_sperre(befunde)}
    return Ergebnis(daten, (satz,), befunde, NICHT_BEGONNEN if has_sperre(unlesbar) else weigh(befunde))


def _verify(inhalt: bytes, name: str, regeln: bool) -> tuple[Befund, ...]:
    """Check applications of either kind; runs in the child."""
    if is_folgedatei(inhalt):
        return verify_folgeantraege(inhalt, name)
    if not regeln:
        return verify_eda(inhalt, name)
    sammel, befunde = read_eda(inhalt, name)
    if sammel is None or sammel.dateikopf is None:
        return befunde
    rahmen = Pruefrahmen(sammel.dateikopf.erstellt_am, shipped_recht())
    return (*befunde, *check_sammelantrag(sammel.antraege, rahmen))


def eda_to_xml(datei: pathlib.Path, ziel: pathlib.Path, lage: Lage, ersetzen: bool = False) -> Ergebnis:
    """Turn an EDA file of applications into our XML; nothing is written unless it was read without loss."""
    gelesen = _open(datei)
    refuse_standing([ziel], ersetzen=ersetzen)
    return _deliver(gelesen, ziel, ersetzen, _convert(lage, gelesen, _read_to_xml))


def _read_to_xml(inhalt: bytes, name: str) -> _Umgewandelt:
    """Read, write, validate; runs in the child."""
    sammel, befunde = read_eda(inhalt, name)
    if sammel is None:
        return None, 0, befunde
    xml = write_xml(sammel.antraege, sammel.dateikopf)
    fehler = validate_xml(xml, name)
    return (None if fehler else xml), len(sammel.antraege), (*befunde, *fehler)


def xml_to_eda(
    datei: pathlib.Path,
    ziel: pathlib.Path,
    lage: Lage,
    ersetzen: bool = False,
    nummer: int | None = None,
    probe: bool = False,
) -> Ergebnis:
    """Turn application XML into an EDA file.

    The head comes from the XML; `nummer` makes one from the settings of the Lage for an XML that has none. `probe`
    writes a file for the court's test, with records that nobody has confirmed yet.
    """
    gelesen = _open(datei)
    refuse_standing([ziel], ersetzen=ersetzen)
    kopf = None if nummer is None else _make_head(datei, lage, nummer)
    getestet = nummer is not None and _is_tested(datei, lage)
    return _deliver(gelesen, ziel, ersetzen, _convert(lage, gelesen, _read_to_eda, kopf, getestet, probe))


def _is_tested(datei: pathlib.Path, lage: Lage) -> bool:
    tag = lage.einstellungen_for(datei)[0].eda.getestet_am
    return tag is not None and tag <= lage.stichtag


def _make_head(datei: pathlib.Path, lage: Lage, nummer: int) -> Dateikopf:
    einstellungen, _ = lage.einstellungen_for(datei)
    return derive_dateikopf(einstellungen, nummer, lage.stichtag, mahnakte.__version__)


def _read_to_eda(
    inhalt: bytes, name: str, kopf: Dateikopf | None, getestet: bool, probe: bool
) -> _Umgewandelt:
    """Read, write, read back; runs in the child."""
    sammel, befunde = read_xml(inhalt, name)
    if sammel is None:
        return None, 0, befunde
    eigener = sammel.dateikopf or kopf
    if eigener is None:
        text = "Dem XML fehlt der Dateikopf: Kennziffer des Teilnehmers, Kennung und Tag der EDA-Datei."
        abhilfe = "Mit --nummer und --einstellungen angeben; Sammeldateien schreibt „mahnakte antrag“."
        return None, len(sammel.antraege), (sperre("EDA_KOPF_FEHLT", text, abhilfe, Stelle(name)),)
    try:
        eda = write_verified(sammel.antraege, eigener, name, getestet=getestet or probe)
    except Ablehnung as ablehnung:
        return None, len(sammel.antraege), (ablehnung.befund,)
    offen = [befund for antrag in sammel.antraege for befund in find_obstacles(antrag)] if probe else ()
    return eda, len(sammel.antraege), as_warnungen(dict.fromkeys(offen))


def rebuild_eda(ordner: pathlib.Path, ziel: pathlib.Path, ersetzen: bool = False) -> Ergebnis:
    """Make the EDA file of a folder under antraege/ again, from its index and the published steps."""
    refuse_standing([ziel], ersetzen=ersetzen)
    daten: dict[str, Any] = {"ordner": show(ordner), "ziel": None, "antraege": 0}
    try:
        inhalt, datei = rebuild_sammeldatei(ordner)
    except Ablehnung as ablehnung:
        return Ergebnis(daten, ("Nichts geschrieben.",), (ablehnung.befund,), weigh([ablehnung.befund]))
    _write(ziel, inhalt, ersetzen)
    zahl = len(datei.verzeichnis.schritte)
    satz = f"{datei.verzeichnis.datei} noch einmal erzeugt, Byte für Byte wie im Verzeichnis: {show(ziel)}"
    return Ergebnis({**daten, "ziel": show(ziel), "antraege": zahl}, (satz,))


# --- reading in the child, writing when all is well -----------------------------------------------------


def _open(datei: pathlib.Path) -> Datei:
    try:
        return read_datei(datei)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None


def _call(lage: Lage, datei: Datei, function: Callable[[bytes, str, *_Ts], _R], *weitere: *_Ts) -> _R:
    """Run a reader in the child; raise Ablehnung when it is too slow, too large or falls over."""
    name = show(datei.pfad)
    try:
        return lage.werkstatt.call(function, datei.inhalt, name, *weitere, seconds=_SEKUNDEN)
    except WorkerError as fehler:
        raise Ablehnung(unreadable(fehler, name)) from fehler


def _view(lage: Lage, datei: Datei) -> tuple[tuple[Satzsicht, ...], tuple[Befund, ...]]:
    """Return the records of a file; with a `sperre` the single DATEI is unreadable, and nothing can start."""
    try:
        return _call(lage, datei, view_eda)
    except Ablehnung as ablehnung:
        return (), ablehnung.befunde


def _try(
    lage: Lage, datei: Datei, function: Callable[[bytes, str, *_Ts], tuple[Befund, ...]], *weitere: *_Ts
) -> tuple[Befund, ...]:
    try:
        return _call(lage, datei, function, *weitere)
    except Ablehnung as ablehnung:
        return (ablehnung.befund,)


def _convert(
    lage: Lage, datei: Datei, function: Callable[[bytes, str, *_Ts], _Umgewandelt], *weitere: *_Ts
) -> _Umgewandelt:
    try:
        return _call(lage, datei, function, *weitere)
    except Ablehnung as ablehnung:
        return None, 0, (ablehnung.befund,)


def _deliver(datei: Datei, ziel: pathlib.Path, ersetzen: bool, umgewandelt: _Umgewandelt) -> Ergebnis:
    inhalt, zahl, befunde = umgewandelt
    daten = {"datei": show(datei.pfad), "ziel": None, "antraege": zahl}
    if inhalt is None:
        rueckgabe = weigh(befunde) if zahl else NICHT_BEGONNEN
        return Ergebnis(daten, ("Nichts geschrieben.",), befunde, rueckgabe)
    _write(ziel, inhalt, ersetzen)
    anzahl = "1 Antrag" if zahl == 1 else f"{zahl} Anträge"
    return Ergebnis({**daten, "ziel": show(ziel)}, (f"{anzahl} geschrieben: {show(ziel)}",), befunde)


def _write(ziel: pathlib.Path, inhalt: bytes, ersetzen: bool) -> None:
    (replace_output if ersetzen else create_file)(ziel, inhalt)
