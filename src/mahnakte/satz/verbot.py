"""What a template must not contain, and the finding that says so."""

from typing import NamedTuple

from mahnakte.grund.befund import Befund, Stelle, sperre


class Verbot(NamedTuple):
    """Code, what it is (accusative), remedy in Word's words."""

    code: str
    was: str
    abhilfe: str


def forbid_objekt(was: str, abhilfe: str) -> Verbot:
    """Return the ban on what another program has put into the document: a table of Excel, a control, a document."""
    return Verbot("VORLAGE_OBJEKT", was, abhilfe)


def refuse(verbot: Verbot, stelle: Stelle, wo: str = "") -> Befund:
    """Return the finding; `wo` (" bei „…“") helps to find the place in Word."""
    return sperre(verbot.code, f"Die Vorlage enthält {verbot.was}{wo}.", verbot.abhilfe, stelle)
