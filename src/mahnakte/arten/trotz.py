"""The obstacles that a person may override in writing under `antrag: trotz:`; no other one gives way."""

from typing import Final, Literal

Trotz = Literal["bestritten", "mahnsperre", "verjaehrt", "rechnungsfrage", "frist", "ohne_mahnung", "doppelt"]

BESTRITTEN: Final[Trotz] = "bestritten"
MAHNSPERRE: Final[Trotz] = "mahnsperre"
VERJAEHRT: Final[Trotz] = "verjaehrt"
RECHNUNGSFRAGE: Final[Trotz] = "rechnungsfrage"
FRIST: Final[Trotz] = "frist"
OHNE_MAHNUNG: Final[Trotz] = "ohne_mahnung"
DOPPELT: Final[Trotz] = "doppelt"
