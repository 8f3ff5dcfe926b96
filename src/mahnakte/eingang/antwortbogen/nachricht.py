"""A returned form as a message: whose it is, what it proposes."""

import dataclasses

from mahnakte.eingang.antwortbogen.deuten import check_zugehoerig, propose_ereignisse
from mahnakte.eingang.antwortbogen.lesen import Antwort
from mahnakte.eingang.protokoll import Vorschlag
from mahnakte.grund.befund import Stelle
from mahnakte.stand.sachstand import Sachstand


@dataclasses.dataclass(frozen=True, slots=True)
class Bogennachricht:
    """A form as read; `stelle` is its file, `sha256` that of its bytes: the same form is taken over once."""

    antwort: Antwort
    stelle: Stelle
    sha256: str

    @property
    def aktenzeichen(self) -> str:
        """Return the reference that the form carries."""
        return self.antwort.text("aktenzeichen")

    @property
    def anlass(self) -> str:
        """Return the occasion of its step."""
        return "Antwortbogen des Schuldners übernommen"

    def propose(self, sachstand: Sachstand) -> tuple[Vorschlag, ...]:
        """Return what the form says as one proposal; raise Ablehnung when it is another case's, or tampered with."""
        check_zugehoerig(self.antwort, sachstand.fall.aktenzeichen, self.stelle)
        gedeutet = propose_ereignisse(self.antwort, sachstand.fall, sachstand.stichtag, self.stelle)
        schluessel = f"antwort:{self.sha256}"
        return (Vorschlag(schluessel, gedeutet.ereignisse, gedeutet.befunde, gedeutet.raten),)
