"""Output files: refused before the work begins, in every command alike, because the call is what is wrong."""

import pathlib
from collections.abc import Iterable

from mahnakte.ablage.stoerung import show, standing
from mahnakte.grund.befund import Befund, Stelle, sperre
from mahnakte.werk.ergebnis import NichtBegonnen


def refuse_standing(ziele: Iterable[pathlib.Path | None], *, ersetzen: bool) -> None:
    """Raise NichtBegonnen for an output that stands already, or whose folder is missing.

    `ablage.ziel` refuses both again when it writes: somebody else may have been there in the meantime.
    """
    befunde = [befund for ziel in ziele if ziel is not None if (befund := _object(ziel, ersetzen))]
    if befunde:
        raise NichtBegonnen(befunde)


def _object(ziel: pathlib.Path, ersetzen: bool) -> Befund | None:
    if (ziel.exists() or ziel.is_symlink()) and not (ersetzen and ziel.is_file()):
        return standing(
            f"{ziel.name} gibt es schon", "Einen anderen Namen wählen oder --ersetzen angeben.", ziel
        )
    if not ziel.absolute().parent.is_dir():
        return sperre(
            "ZIEL_ORDNER_FEHLT", f"Den Ordner {show(ziel.parent)} gibt es nicht.",
            "Den Ordner anlegen oder einen anderen angeben.", Stelle(show(ziel))
        )  # fmt: skip
    return None
