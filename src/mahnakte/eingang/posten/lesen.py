"""Which list of open items it is, and its rows: a known profile by its header, or the mapping of a person."""

from mahnakte.eingang.posten.postenliste import Postenliste
from mahnakte.eingang.posten.zuordnung import Zuordnung, Zuordnungsvorschlag


def read_postenliste(inhalt: bytes, name: str, zuordnung: Zuordnung | None = None) -> Postenliste:
    """Return the open items of a list. `name` is the file as the clerk sees it; a `zuordnung` goes before profiles.

    Raises Ablehnung, which says what the file is instead; with the code POSTENSPALTEN_UNBESTAETIGT when it is a table
    that no profile knows: then `draft_zuordnung` says what its columns may mean. Hostile files may take long or much
    memory, so it is called in the bounded worker.
    """
    raise NotImplementedError


def draft_zuordnung(inhalt: bytes, name: str) -> Zuordnungsvorschlag:
    """Return what the columns of an unknown list probably mean, for a person to confirm; in the bounded worker, too.

    Raises Ablehnung when it is no list of single open items.
    """
    raise NotImplementedError
