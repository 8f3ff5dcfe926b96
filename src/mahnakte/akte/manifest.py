"""What lies in an Akte folder: manifest.json for programs, pruefsummen.sha256 for `sha256sum -c`."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from mahnakte.akte.modell import Aktenkopf, Art, Stueck
from mahnakte.akte.namen import ORDNER
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.text import json_safe

SCHEMA = "mahnakte/akte/1"
AKTE_PDF = "akte.pdf"
MANIFEST = "manifest.json"
PRUEFSUMMEN = "pruefsummen.sha256"


def list_dateien(akte_pdf: bytes, stuecke: Sequence[Stueck]) -> dict[str, bytes]:
    """Return the files that the manifest describes: the PDF and the originals, byte for byte."""
    originale = {
        f"{ORDNER}/{stueck.name}": stueck.unterlage.inhalt
        for stueck in stuecke
        if stueck.name and stueck.unterlage.inhalt is not None
    }
    return {AKTE_PDF: akte_pdf, **originale}


def write_manifest(
    kopf: Aktenkopf, stuecke: Sequence[Stueck], dateien: Mapping[str, bytes], blaetter: int
) -> bytes:
    """Return the bytes of manifest.json: sorted keys, UTF-8, LF. Keys: docs/akte.md."""
    felder = {
        "schema": SCHEMA,
        "aktenzeichen": kopf.aktenzeichen,
        "stichtag": kopf.stichtag.isoformat(),
        "grundlage": dict(kopf.grundlage),
        "akte": {**_describe(dateien[AKTE_PDF]), "datei": AKTE_PDF, "seiten": blaetter},
        "unterlagen": [_entry(stueck) for stueck in stuecke],
    }
    return (json.dumps(felder, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def write_pruefsummen(dateien: Mapping[str, bytes]) -> bytes:
    """Return the list that `sha256sum -c pruefsummen.sha256` reads: binary mode, sorted, LF."""
    return "".join(f"{sha256(dateien[name])} *{name}\n" for name in sorted(dateien)).encode()


def _entry(stueck: Stueck) -> dict[str, Any]:
    unterlage = stueck.unterlage
    inhalt = unterlage.inhalt
    return {
        "nummer": stueck.nummer,
        "titel": json_safe(unterlage.verweis.titel),
        "gruppe": unterlage.verweis.gruppe.value,
        "datum": unterlage.verweis.datum.isoformat() if unterlage.verweis.datum else None,
        "vorgang": unterlage.verweis.vorgang,
        "quelle": None if unterlage.erzeugt else json_safe(unterlage.verweis.pfad),
        "datei": f"{ORDNER}/{stueck.name}" if stueck.name else None,
        "art": stueck.art.value,
        "ab_blatt": stueck.ab_blatt,
        "blaetter": stueck.seiten,
        "seiten": stueck.seiten if stueck.art is Art.SEITEN else None,
        "bemerkung": json_safe(stueck.bemerkung),
        **({"bytes": None, "sha256": None} if inhalt is None else _describe(inhalt)),
    }


def _describe(inhalt: bytes) -> dict[str, Any]:
    return {"bytes": len(inhalt), "sha256": sha256(inhalt)}
