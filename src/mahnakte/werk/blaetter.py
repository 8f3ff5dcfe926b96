"""Sets our own sheets (templates/blaetter/): each template is checked once, then filled in a worker."""

from collections.abc import Mapping
from typing import Any

from mahnakte.akte.blaetter import VARIABLEN
from mahnakte.akte.modell import SetBlatt
from mahnakte.antrag.angabenblatt import ANGABENBLATT
from mahnakte.blatt.forderungsaufstellung import FORDERUNGSAUFSTELLUNG
from mahnakte.grund.befund import Ablehnung, has_sperre
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.werk.laden import Lage

_VARIABLEN = {**VARIABLEN, "forderungsaufstellung": FORDERUNGSAUFSTELLUNG, "angabenblatt": ANGABENBLATT}


def make_set_blatt(lage: Lage) -> SetBlatt:
    """Return the function that turns the name of a sheet and its values into a PDF; it raises Ablehnung."""
    vorlagen: dict[str, Vorlage] = {}

    def set_blatt(name: str, werte: Mapping[str, Any]) -> bytes:
        if name not in vorlagen:
            vorlagen[name] = _load(name, lage)
        return set_letter(lage.werkstatt, vorlagen[name], werte, {}, lage.stichtag).pdf

    return set_blatt


def _load(name: str, lage: Lage) -> Vorlage:
    datei = f"{name}.docx"
    geprueft = load_vorlage(
        lage.werkstatt, read_beigabe("templates", f"blaetter/{datei}"), datei, _VARIABLEN[name]
    )
    if isinstance(geprueft, Vorlage):
        return geprueft
    raise Ablehnung(next(befund for befund in geprueft if has_sperre([befund])))
