"""A fault of the program itself, as a finding: one case that trips over it must not cost the others their letters."""

import pathlib
import traceback

from mahnakte.ablage.stoerung import show
from mahnakte.grund.befund import Befund, Stelle, sperre


def report_panne(fehler: Exception, pfad: pathlib.Path | None = None) -> Befund:
    """Return the Befund for an unexpected exception: where in the program, never with data of the case."""
    letzte = traceback.extract_tb(fehler.__traceback__)[-1]
    ort = f"{pathlib.PurePath(letzte.filename).name}:{letzte.lineno}"
    worueber = "über diesen Fall " if pfad else ""
    return sperre(
        "PROGRAMMFEHLER",
        f"Das Programm ist {worueber}gestolpert ({type(fehler).__name__} in {ort}).",
        "Bitte diese Zeile mit der Version (mahnakte --version) an die Entwickler melden.",
        Stelle(show(pfad)) if pfad else None,
    )
