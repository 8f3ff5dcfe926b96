"""`mahnakte siegeln`: the hashes of the last steps, to be kept outside the Bestand."""

import dataclasses
import pathlib
from collections.abc import Callable, Iterable

from mahnakte.ablage.stoerung import show
from mahnakte.ablage.ziel import create_file, replace_output
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.datum import format_datum
from mahnakte.werk.blaetter import make_set_blatt
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, SCHADEN, Ergebnis
from mahnakte.werk.laden import Lage, find_ordner
from mahnakte.werk.siegel import Siegel, seal, write_siegel
from mahnakte.werk.siegelpost import siegelblatt_werte, write_siegelmail


@dataclasses.dataclass(frozen=True, slots=True)
class Siegelziele:
    """The files asked for: the seal itself, the sheet to print, the e-mail to oneself."""

    datei: pathlib.Path | None = None
    pdf: pathlib.Path | None = None
    eml: pathlib.Path | None = None
    ersetzen: bool = False


def seal_faelle(pfade: Iterable[pathlib.Path], lage: Lage, ziele: Siegelziele) -> Ergebnis:
    """Seal every case below the given paths; a damaged one is named and left out."""
    ordner, befunde = find_ordner(pfade, lage)
    siegel, schaden = seal(ordner, lage.stichtag)
    geschrieben, gescheitert = _write(siegel, ordner, lage, ziele)
    return Ergebnis(
        {**siegel.as_json(), "dateien": [show(datei) for datei in geschrieben]},
        (
            f"Siegel vom {format_datum(siegel.am)} über {len(siegel.faelle)} von {len(ordner)} Fällen "
            "(ohne die, zu denen es noch keinen Vorgang gibt)",
            f"Prüfsumme: {siegel.pruefsumme}",
            *(f"Geschrieben: {show(datei)}" for datei in geschrieben),
        ),
        (*befunde, *schaden, *gescheitert),
        max(SCHADEN if schaden else FERTIG, ABGELEHNT if gescheitert or befunde else FERTIG),
    )


def _write(
    siegel: Siegel, ordner: tuple[pathlib.Path, ...], lage: Lage, ziele: Siegelziele
) -> tuple[list[pathlib.Path], list[Befund]]:
    """Make all files first, then write them; a refusal is a finding, the sum is shown all the same."""
    erzeuger: tuple[tuple[pathlib.Path | None, Callable[[], bytes]], ...] = (
        (ziele.datei, lambda: write_siegel(siegel)),
        (ziele.pdf, lambda: make_set_blatt(lage)("angabenblatt", siegelblatt_werte(siegel))),
        (ziele.eml, lambda: write_siegelmail(siegel, lage.einstellungen_for(ordner[0])[0].absender)),
    )
    put = replace_output if ziele.ersetzen else create_file
    geschrieben: list[pathlib.Path] = []
    try:
        for ziel, inhalt in [(ziel, make()) for ziel, make in erzeuger if ziel is not None and ordner]:
            put(ziel, inhalt)
            geschrieben.append(ziel)
    except Ablehnung as ablehnung:
        return geschrieben, [*ablehnung.befunde]
    return geschrieben, []
