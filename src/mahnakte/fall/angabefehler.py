"""What is wrong with one value of fall.yaml or mahnakte.yaml, before its line is known: code, sentence, remedy."""

import dataclasses

from pydantic_core import PydanticCustomError

from mahnakte.grund.befund import Befund, Stelle, sperre


@dataclasses.dataclass(frozen=True, slots=True)
class Angabefehler:
    """A refusal by its code. `text` is a German sentence or, for a validator, what follows the name of the key."""

    code: str
    text: str
    abhilfe: str = ""

    def as_error(self) -> PydanticCustomError:
        """Return it as a validator raises it; the reader of the file adds key and line (lesen.py)."""
        return PydanticCustomError("mahnakte", "{text}", dataclasses.asdict(self))

    def as_befund(self, stelle: Stelle) -> Befund:
        """Return it as the finding about a place of the file."""
        return sperre(self.code, self.text, self.abhilfe, stelle)


def missing_angabe(text: str, abhilfe: str) -> Angabefehler:
    """Return that something is left out which the rest of the file needs."""
    return Angabefehler("ANGABE_FEHLT", text, abhilfe)


def wrong_value(text: str, abhilfe: str = "") -> Angabefehler:
    """Return that a value cannot be what its key means."""
    return Angabefehler("WERT_FALSCH", text, abhilfe)


def wrong_structure(text: str, abhilfe: str) -> Angabefehler:
    """Return that a list, a group of keys or a single value stands where another of them belongs."""
    return Angabefehler("AUFBAU_FALSCH", text, abhilfe)
