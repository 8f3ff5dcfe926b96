"""What can be wrong with a file of the courts: one function for each code that several modules raise.

Each takes the sentence and the remedy of who found it, and the place, if it has one.
"""

from mahnakte.grund.befund import Befund, Schwere, Stelle, sperre
from mahnakte.grund.worker import WorkerError


def wrong_field(text: str, abhilfe: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding about a field that holds what it cannot hold."""
    return sperre("EDA_FELD", text, abhilfe, stelle)


def foreign_characters(text: str, abhilfe: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding about characters that the code page of the courts lacks."""
    return sperre("EDA_ZEICHEN", text, abhilfe, stelle)


def empty_file(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about a file in which nothing stands, or no application."""
    return sperre("EDA_LEER", text, abhilfe, stelle)


def unknown_record(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about a record whose key no description has."""
    return sperre("EDA_SATZ_UNBEKANNT", text, abhilfe, stelle)


def wrong_order(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about a record that stands where it must not stand."""
    return sperre("EDA_REIHENFOLGE", text, abhilfe, stelle)


def unproven(text: str, abhilfe: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding about a record whose fields nobody outside the courts has described."""
    return sperre("EDA_NICHT_BELEGT", text, abhilfe, stelle)


def untested(text: str, abhilfe: str, schwere: Schwere, stelle: Stelle | None = None) -> Befund:
    """Return the finding about a record whose positions no official text confirms: written only after a test."""
    return Befund("EDA_FELDLAGE", schwere, text, abhilfe, stelle)


def unknown_bytes(text: str, abhilfe: str, stelle: Stelle, schwere: Schwere = Schwere.HINWEIS) -> Befund:
    """Return the finding about bytes outside all fields: kept where XML has room for them, else refused."""
    return Befund("EDA_UNBEKANNTE_STELLE", schwere, text, abhilfe, stelle)


def lossy(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about an application or record that does not come back as it went in."""
    return sperre("EDA_VERLUST", text, abhilfe, stelle)


def wrong_head(text: str, abhilfe: str, stelle: Stelle | None = None) -> Befund:
    """Return the finding about the first record, AA."""
    return sperre("EDA_KOPF", text, abhilfe, stelle)


def wrong_tail(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about the last record, BB."""
    return sperre("EDA_SCHLUSS", text, abhilfe, stelle)


def wrong_sum(was: str, genannt: object, gezaehlt: object, stelle: Stelle) -> Befund:
    """Return the finding about a sum in BB that the records do not give."""
    text = f"{was}: Satz BB nennt {genannt}, gezählt sind {gezaehlt}."
    return sperre("EDA_SUMME", text, "Die Datei neu erzeugen; sie wurde verändert oder gekürzt.", stelle)


def unreadable(fehler: WorkerError, name: str) -> Befund:
    """Return the finding about a file that the bounded reader gave up."""
    text = f"Die Datei konnte nicht gelesen werden: {fehler}"
    return sperre("EDA_UNLESBAR", text, "Die richtige Datei angeben.", Stelle(name))
