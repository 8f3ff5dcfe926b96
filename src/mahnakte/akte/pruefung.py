"""Is an Akte still what was handed over? Works on bytes: a folder or a ZIP that was read.

Needs nothing but manifest.json and the files; `sha256sum -c pruefsummen.sha256` says the same in any shell.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pypdfium2

from mahnakte.akte.manifest import AKTE_PDF, MANIFEST, PRUEFSUMMEN, SCHEMA
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.text import json_safe

_ZEILE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_NEU = "Die Akte neu erstellen oder beim Absender neu anfordern."


def verify_akte(dateien: Mapping[str, bytes]) -> tuple[Befund, ...]:
    """Compare every file with the manifest: missing, extra, changed, wrong number of pages. Empty: intact.

    `dateien` maps the paths within the folder, `/` between their parts, to the bytes. The PDF of a stranger
    is opened: call it in a bounded worker.
    """
    try:
        erwartet, seiten = _read_manifest(dateien)
    except _Falsch as grund:
        return (report_damage(MANIFEST, str(grund)),)
    return (
        *_compare_names(erwartet, dateien),
        *_compare_bytes(erwartet, dateien),
        *_compare_list(erwartet, dateien),
        *_compare_pages(seiten, dateien),
    )


def read_manifest(inhalt: bytes) -> Mapping[str, Any]:
    """Return the manifest of an Akte; raise Ablehnung when it is none of this schema."""
    try:
        return _parse(inhalt)
    except _Falsch as grund:
        raise Ablehnung(report_damage(MANIFEST, str(grund))) from None


class _Falsch(Exception):  # noqa: N818 - a reason in German, turned into a Befund
    pass


def _parse(inhalt: bytes) -> dict[str, Any]:
    try:
        felder = json.loads(inhalt.decode("utf-8"))
    except (ValueError, RecursionError):
        raise _Falsch("Das Verzeichnis der Akte ist nicht lesbar.") from None
    if not isinstance(felder, dict) or felder.get("schema") != SCHEMA:
        raise _Falsch("Das Verzeichnis der Akte hat ein unbekanntes Format.")
    return felder


def _read_manifest(dateien: Mapping[str, bytes]) -> tuple[dict[str, tuple[object, object]], object]:
    """Return size and hash by path, and the number of sheets of akte.pdf."""
    if MANIFEST not in dateien:
        raise _Falsch("Das Verzeichnis der Akte fehlt.")
    felder = _parse(dateien[MANIFEST])
    try:
        akte = felder["akte"]
        erwartet = {
            eintrag["datei"]: (eintrag["bytes"], eintrag["sha256"])
            for eintrag in (akte, *felder["unterlagen"])
            if eintrag["datei"] is not None
        }
        seiten = akte["seiten"]
    except (KeyError, TypeError):
        raise _Falsch("Im Verzeichnis der Akte fehlen Angaben.") from None
    if AKTE_PDF not in erwartet or not all(isinstance(name, str) for name in erwartet):
        raise _Falsch("Im Verzeichnis der Akte fehlen Angaben.")
    return erwartet, seiten


def _compare_names(erwartet: Mapping[str, object], dateien: Mapping[str, bytes]) -> Iterator[Befund]:
    eigene = {*erwartet, MANIFEST, PRUEFSUMMEN}
    for name in sorted(eigene - dateien.keys()):
        yield report_damage(name, "Diese Datei der Akte fehlt.")
    for name in sorted(dateien.keys() - eigene):
        yield report_damage(name, "Diese Datei gehört nicht zur Akte.", "Sie an einen anderen Ort legen.")


def _compare_bytes(
    erwartet: Mapping[str, tuple[object, object]], dateien: Mapping[str, bytes]
) -> Iterator[Befund]:
    for name in sorted(erwartet.keys() & dateien.keys()):
        if erwartet[name] != (len(dateien[name]), sha256(dateien[name])):
            yield report_damage(name, "Diese Datei wurde nach dem Erstellen der Akte geändert.")


def _compare_list(erwartet: Mapping[str, object], dateien: Mapping[str, bytes]) -> Iterator[Befund]:
    """The list for `sha256sum -c` must say the same as the manifest, and name the manifest itself."""
    if PRUEFSUMMEN not in dateien:
        return
    zeilen = dateien[PRUEFSUMMEN].decode("utf-8", "replace").splitlines()
    treffer = [_ZEILE.fullmatch(zeile) for zeile in zeilen]
    genannt = {t[2]: t[1] for t in treffer if t}
    if None in treffer or genannt.keys() != {*erwartet, MANIFEST}:
        yield report_damage(PRUEFSUMMEN, "Die Prüfsummenliste passt nicht zum Verzeichnis der Akte.")
        return
    for name in sorted(genannt.keys() & dateien.keys()):
        if genannt[name] != sha256(dateien[name]):
            yield report_damage(name, "Die Prüfsumme in pruefsummen.sha256 stimmt nicht.")


def _compare_pages(seiten: object, dateien: Mapping[str, bytes]) -> Iterator[Befund]:
    if AKTE_PDF not in dateien:
        return
    try:
        dokument = pypdfium2.PdfDocument(dateien[AKTE_PDF])
    except pypdfium2.PdfiumError:
        yield report_damage(AKTE_PDF, "Die Datei lässt sich nicht öffnen.")
        return
    gezaehlt = len(dokument)
    dokument.close()
    if gezaehlt != seiten:
        yield report_damage(
            AKTE_PDF, f"Die Datei hat {gezaehlt} Seiten, das Verzeichnis nennt {json_safe(str(seiten))[:20]}."
        )


def report_damage(name: str, text: str, abhilfe: str = _NEU) -> Befund:
    """Return the finding that a file of an Akte (its path within) is not what was handed over."""
    return sperre("AKTE_BESCHAEDIGT", text, abhilfe, Stelle(json_safe(name)))
