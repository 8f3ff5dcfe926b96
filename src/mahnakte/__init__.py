"""mahnakte: Forderungsmanagement auf einfachen Fallordnern. Aufbau: docs/aufbau.md.

This is also the library's one public door (docs/bibliothek.md). A name is loaded when it is asked for first, so that
`import mahnakte` and the start of the program cost nothing.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mahnakte.ablauf.halt import Grund as Grund
    from mahnakte.ablauf.plan import Fallplan as Fallplan
    from mahnakte.ablauf.plan import Schritt as Schritt
    from mahnakte.bibliothek.fallzugang import Fallzugang as Fallzugang
    from mahnakte.bibliothek.fallzugang import oeffne as oeffne
    from mahnakte.bibliothek.rechner import basiszins as basiszins
    from mahnakte.bibliothek.rechner import frist as frist
    from mahnakte.bibliothek.rechner import gebuehr as gebuehr
    from mahnakte.bibliothek.rechner import verjaehrung as verjaehrung
    from mahnakte.bibliothek.rechner import zinsen as zinsen
    from mahnakte.bibliothek.rechnung import lies_rechnung as lies_rechnung
    from mahnakte.fall.rechnung.modell import ERechnung as ERechnung
    from mahnakte.fall.rechnung.modell import Leseergebnis as Leseergebnis
    from mahnakte.grund.befund import Ablehnung as Ablehnung
    from mahnakte.grund.befund import Befund as Befund
    from mahnakte.grund.befund import Schwere as Schwere
    from mahnakte.grund.worker import WorkerPool as WorkerPool
    from mahnakte.konto.modell import Konto as Konto
    from mahnakte.recht.gebuehrentabelle import Gebuehr as Gebuehr
    from mahnakte.recht.kalender import Fristende as Fristende
    from mahnakte.recht.verjaehrung import Verjaehrung as Verjaehrung
    from mahnakte.recht.werte import Rechtswert as Rechtswert
    from mahnakte.uhren.fristeintrag import Fristeintrag as Fristeintrag
    from mahnakte.werk.ergebnis import NichtBegonnen as NichtBegonnen
    from mahnakte.werk.vorschau import Planzeile as Planzeile
    from mahnakte.werk.zinsrechnung import Zinsrechnung as Zinsrechnung

# Where each name lives; the block above says the same to type checkers, and a test compares the two.
_ORTE = {
    "Ablehnung": "grund.befund",
    "Befund": "grund.befund",
    "ERechnung": "fall.rechnung.modell",
    "Fallplan": "ablauf.plan",
    "Fallzugang": "bibliothek.fallzugang",
    "Fristeintrag": "uhren.fristeintrag",
    "Fristende": "recht.kalender",
    "Gebuehr": "recht.gebuehrentabelle",
    "Grund": "ablauf.halt",
    "Konto": "konto.modell",
    "Leseergebnis": "fall.rechnung.modell",
    "NichtBegonnen": "werk.ergebnis",
    "Planzeile": "werk.vorschau",
    "Rechtswert": "recht.werte",
    "Schritt": "ablauf.plan",
    "Schwere": "grund.befund",
    "Verjaehrung": "recht.verjaehrung",
    "WorkerPool": "grund.worker",
    "Zinsrechnung": "werk.zinsrechnung",
    "basiszins": "bibliothek.rechner",
    "frist": "bibliothek.rechner",
    "gebuehr": "bibliothek.rechner",
    "lies_rechnung": "bibliothek.rechnung",
    "oeffne": "bibliothek.fallzugang",
    "verjaehrung": "bibliothek.rechner",
    "zinsen": "bibliothek.rechner",
}


def __getattr__(name: str) -> object:
    """Load a public name from where it lives, once."""
    if name not in _ORTE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    wert: object = getattr(importlib.import_module(f"{__name__}.{_ORTE[name]}"), name)
    globals()[name] = wert
    return wert


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *_ORTE})
