"""Checking a finished Akte, its folder or the ZIP of it: the part of `mahnakte pruefen` that knows Akten."""

import io
import pathlib
import zipfile
from collections.abc import Mapping

from mahnakte.ablage.baum import read_tree
from mahnakte.ablage.lesen import read_datei
from mahnakte.ablage.platte import PLATTE, Kind
from mahnakte.ablage.stoerung import show
from mahnakte.akte.manifest import AKTE_PDF, MANIFEST
from mahnakte.akte.pruefung import report_damage, verify_akte
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.worker import WorkerError
from mahnakte.grund.zip_faults import ZIP_FAULTS
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis
from mahnakte.werk.laden import Lage

MAX_DATEIEN = 10_000
MAX_BYTES = 1_000_000_000
_STUECK = 1_000_000
_PRUEFZEIT = 120.0


def is_akte(pfad: pathlib.Path) -> bool:
    """Tell whether a path is to be checked as an Akte: a folder with manifest.json and akte.pdf, or a ZIP file."""
    if PLATTE.kind(pfad) is Kind.FOLDER:
        return all(PLATTE.kind(pfad / name) is Kind.FILE for name in (MANIFEST, AKTE_PDF))
    return pfad.suffix.lower() == ".zip" and PLATTE.kind(pfad) is Kind.FILE


def check_akte(pfad: pathlib.Path, lage: Lage) -> Ergebnis:
    """Check one Akte, folder or ZIP, against its manifest. Exit code 4 for every difference."""
    try:
        dateien = (
            unzip_akte(read_datei(pfad, hoechstens=MAX_BYTES).inhalt)
            if pfad.suffix.lower() == ".zip"
            else read_tree(pfad)
        )
    except Ablehnung as ablehnung:
        return _answer(pfad, (ablehnung.befund,), ABGELEHNT)
    befunde = tuple(_locate(befund, pfad) for befund in verify_dateien(dateien, lage))
    return _answer(pfad, befunde, SCHADEN if befunde else FERTIG)


def verify_dateien(dateien: Mapping[str, bytes], lage: Lage) -> tuple[Befund, ...]:
    """Verify in a bounded worker: the PDF may be a stranger's."""
    try:
        return lage.werkstatt.call(verify_akte, dict(dateien), seconds=_PRUEFZEIT)
    except WorkerError as fehler:
        return (report_damage(AKTE_PDF, f"Die Akte ließ sich nicht prüfen: {fehler}"),)


def _answer(pfad: pathlib.Path, befunde: tuple[Befund, ...], rueckgabe: int) -> Ergebnis:
    zustand = "unverändert" if not befunde else f"{len(befunde)} Befund{'' if len(befunde) == 1 else 'e'}"
    return Ergebnis(
        {"akten": [{"pfad": show(pfad), "zahl": len(befunde)}]},
        (f"Akte {show(pfad)}: {zustand}",),
        befunde,
        rueckgabe,
    )


def _locate(befund: Befund, pfad: pathlib.Path) -> Befund:
    datei = befund.stelle.datei if befund.stelle else ""
    return Befund(befund.code, befund.schwere, befund.text, befund.abhilfe, Stelle(show(pfad / datei)))


def unzip_akte(inhalt: bytes) -> dict[str, bytes]:
    """Return the files of a zipped Akte folder; the folder itself may be the only thing at the top.

    Raises Ablehnung for what is no ZIP, is encrypted or faulty, or grows beyond all measure.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
            dateien = _unpack(archiv)
    except ZIP_FAULTS:
        raise Ablehnung(
            _zip("Die ZIP-Datei ist beschädigt, verschlüsselt oder ungewöhnlich gepackt.")
        ) from None
    oben = {name.split("/", 1)[0] for name in dateien}
    if MANIFEST not in dateien and len(oben) == 1:
        return {name.split("/", 1)[-1]: teil for name, teil in dateien.items()}
    return dateien


def _unpack(archiv: zipfile.ZipFile) -> dict[str, bytes]:
    eintraege = [eintrag for eintrag in archiv.infolist() if not eintrag.is_dir()]
    namen = {eintrag.filename for eintrag in eintraege}
    if len(eintraege) > MAX_DATEIEN or len(namen) < len(eintraege):
        raise Ablehnung(_zip("Die ZIP-Datei enthält zu viele Dateien oder einen Namen mehrfach."))
    dateien: dict[str, bytes] = {}
    rest = MAX_BYTES
    for eintrag in eintraege:
        teile = []
        with archiv.open(eintrag) as strom:
            while stueck := strom.read(
                _STUECK
            ):  # the directory of a ZIP may lie about sizes: count what comes
                rest -= len(stueck)
                if rest < 0:
                    raise Ablehnung(
                        _zip(f"Die ZIP-Datei ist entpackt größer als {MAX_BYTES // 1_000_000} MB.")
                    )
                teile.append(stueck)
        dateien[eintrag.filename] = b"".join(teile)
    return dateien


def _zip(text: str) -> Befund:
    return sperre("AKTE_ZIP", text, "Den Ordner der Akte neu packen oder unverpackt prüfen.")
