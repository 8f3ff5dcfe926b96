"""What a note about another step says: that it was sent, or that it no longer counts."""

import dataclasses
import datetime as dt

from mahnakte.fall.vorgangsdaten.form import NUMMER, TAG, TEXT, angabe
from mahnakte.fall.vorgangsdaten.satz import Vorgangsdaten


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Versanddaten(Vorgangsdaten):
    """A step went out."""

    vorgang: int = dataclasses.field(metadata=angabe(NUMMER, "Nummer des verschickten Vorgangs"))
    am: dt.date = dataclasses.field(metadata=angabe(TAG, "Tag des Versands"))
    weg: str = dataclasses.field(
        metadata=angabe(TEXT, "`post`, `einschreiben`, `bote`, `fax`, `email`, `portal`")
    )
    trotzdem: str | None = dataclasses.field(
        default=None, metadata=angabe(TEXT, "warum ein überholtes Schreiben trotzdem hinausging")
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stornodaten(Vorgangsdaten):
    """A step no longer counts. `versand`: what is taken back is a note of sending; no key, the schema tells it."""

    vorgang: int = dataclasses.field(
        metadata=angabe(NUMMER, "Nummer des Vorgangs, der nicht mehr gilt; sie steht auch in `ersetzt`")
    )
    grund: str = dataclasses.field(metadata=angabe(TEXT, "warum"))
    versand: bool = False

    def _is_new(self) -> bool:
        """A first edition never takes a sending back: it would count the letter as sent, or refuse to cancel it."""
        return self.versand
