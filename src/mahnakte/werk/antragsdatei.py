"""The applications of a published step, read back from its documents."""

import pathlib

from mahnakte.ablage.lesen import read_dateien
from mahnakte.ablage.stoerung import show
from mahnakte.ablage.verifizieren import BESCHAEDIGT
from mahnakte.antrag.folgedaten import read_folgedaten
from mahnakte.antrag.sammeldatei import Antrag
from mahnakte.antrag.xml_read import read_xml
from mahnakte.fall.vorgang import Vorgang
from mahnakte.fall.vorgangsdaten.antrag import Folgeantragsdaten
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre

XML = "_mahnantrag.xml"


def read_antraege(pfad: pathlib.Path, vorgang: Vorgang) -> tuple[Antrag, ...]:
    """Return the applications of a published step; raise Ablehnung when its document is not what it was."""
    ort = Stelle(show(pfad / "vorgaenge" / f"{vorgang.nr:04d}"))
    if isinstance(vorgang.daten, Folgeantragsdaten):
        return tuple(map(read_folgedaten, vorgang.daten.antraege))
    name = next((name for name in vorgang.dateien if name.endswith(XML)), None)
    verweis = f"vorgaenge/{vorgang.nr:04d}/{name}"
    dateien, befunde = read_dateien(pfad, [verweis])
    if befunde:
        raise Ablehnung(befunde[0])
    if name is None or dateien[verweis].sha256 != vorgang.dateien[name]:
        raise Ablehnung(_damaged(vorgang, "das XML ist nicht das, das geschrieben wurde", ort))
    gelesen, befunde = read_xml(dateien[verweis].inhalt, verweis)
    if gelesen is None:
        raise Ablehnung(befunde[0])
    return gelesen.antraege


def _damaged(vorgang: Vorgang, was: str, ort: Stelle) -> Befund:
    return sperre(BESCHAEDIGT, f"Vorgang {vorgang.nr:04d} ist beschädigt: {was}.",
                  "Den Ordner aus der Datensicherung wiederherstellen.", ort)  # fmt: skip
