"""What the step says that records an Akte for the hand-over."""

import dataclasses

from mahnakte.fall.vorgangsdaten.form import ANZAHL, TEXT, angabe
from mahnakte.fall.vorgangsdaten.satz import Vorgangsdaten


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Aktedaten(Vorgangsdaten):
    """An Akte was put together; its manifest lies in the step."""

    ordner: str | None = dataclasses.field(default=None, metadata=angabe(TEXT, "Name des Ordners der Akte"))
    manifest: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "SHA-256 ihres Verzeichnisses")
    )
    blaetter: int | None = dataclasses.field(default=None, metadata=angabe(ANZAHL, "Blätter in akte.pdf"))
    unterlagen: int | None = dataclasses.field(default=None, metadata=angabe(ANZAHL, "Zahl der Unterlagen"))
