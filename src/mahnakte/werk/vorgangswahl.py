"""The step that a call names by its number: it is not there, or it is out of the house already."""

from mahnakte.grund.befund import Befund, Stelle, sperre


def missing_step(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding that no step that could be meant stands under the number; `text` says why."""
    return sperre("VORGANG_NICHT_DA", text, abhilfe, stelle)


def already_sent(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding that the step was sent and cannot be changed any more; `text` says what was asked."""
    return sperre("SCHON_VERSANDT", text, abhilfe, stelle)
