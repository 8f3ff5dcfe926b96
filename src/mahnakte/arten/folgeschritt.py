"""What may follow a series of letters: the steps that a last letter announces (`dann:` in mahnakte.yaml)."""

import dataclasses
from typing import Final, Literal

Dann = Literal["mahnbescheid", "uebergabe"]
MAHNBESCHEID: Final = "mahnbescheid"
UEBERGABE: Final = "uebergabe"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Folgeschritt:
    """One step after the last letter.

    `vorgang` is the kind of step that prepares it, `kommando` what a clerk types for it, `satz` how a letter says it.
    """

    wort: Dann
    vorgang: str
    kommando: str
    satz: str


FOLGESCHRITTE: dict[str, Folgeschritt] = {
    schritt.wort: schritt
    for schritt in (
        Folgeschritt(wort=MAHNBESCHEID, vorgang="antrag", kommando="mahnakte antrag {pfad}",
                     satz="„Danach beantragen wir beim Amtsgericht einen Mahnbescheid.“"),
        Folgeschritt(wort=UEBERGABE, vorgang="akte", kommando="mahnakte akte {pfad} --ziel ORDNER",
                     satz="„Danach geben wir die Forderung an … ab.“"),
    )
}  # fmt: skip
