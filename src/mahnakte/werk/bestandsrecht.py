"""The law in force for a Bestand: what the program ships, and the files of `recht/` beside mahnakte.yaml."""

import dataclasses
import pathlib
from collections.abc import Mapping

from mahnakte.ablage.stoerung import show
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.recht.rechtsnachtrag import Rechtsnachtrag, extend_recht, read_rechtsnachtrag
from mahnakte.recht.rechtsstand import Rechtsstand, shipped_recht
from mahnakte.werk.ergebnis import NichtBegonnen


@dataclasses.dataclass(frozen=True, slots=True)
class Bestandsrecht:
    """The law of one Bestand, and the SHA-256 of the files it was read from, as steps name them."""

    stand: Rechtsstand
    eingaben: Mapping[str, str] = dataclasses.field(default_factory=dict)


def load_bestandsrecht(bestand: pathlib.Path) -> Bestandsrecht:
    """Return the law of the Bestand in a folder; raise NichtBegonnen with every file that cannot be taken.

    A faulty file stops all cases, as a faulty mahnakte.yaml does: what it says might concern each of them.
    """
    from mahnakte.ablage.lesen import read_recht  # a calculator as shipped reads no folder

    nachtraege: list[Rechtsnachtrag] = []
    befunde: list[Befund] = []
    try:
        dateien = read_recht(bestand)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    for datei in dateien:
        try:
            nachtraege.append(read_rechtsnachtrag(datei.inhalt, show(datei.pfad)))
        except Ablehnung as ablehnung:
            befunde.append(ablehnung.befund)
    stand, widersprueche = extend_recht(shipped_recht(), nachtraege)
    if befunde or widersprueche:
        raise NichtBegonnen([*befunde, *widersprueche])
    return Bestandsrecht(stand, {datei.verweis: datei.sha256 for datei in dateien})


def find_recht(einstellungen: pathlib.Path | None) -> Rechtsstand:
    """Return the law for a calculator: of the Bestand whose mahnakte.yaml is named, else as shipped."""
    if einstellungen is None:
        return shipped_recht()
    from mahnakte.ablage.lesen import read_einstellungen

    try:
        read_einstellungen(einstellungen)  # a path that is mistyped must not mean "as shipped"
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    return load_bestandsrecht(einstellungen.absolute().parent).stand
