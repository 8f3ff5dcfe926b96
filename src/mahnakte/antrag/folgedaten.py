"""The application for the Vollstreckungsbescheid as what a step says, and back."""

from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag, Zahlung
from mahnakte.fall.vorgangsdaten.antrag import Folgeangabe, Zahlungsangabe


def write_folgedaten(schuldner: str, antrag: Vollstreckungsbescheidsantrag) -> Folgeangabe:
    """Return what a step keeps of an application against this debtor."""
    return Folgeangabe(
        schuldner=schuldner,
        geschaeftsnummer=antrag.geschaeftsnummer,
        geschaeftszeichen=antrag.geschaeftszeichen,
        antrag_am=antrag.antrag_am,
        zahlungen=tuple(Zahlungsangabe(am=zahlung.am, betrag=zahlung.betrag) for zahlung in antrag.zahlungen),
    )


def read_folgedaten(angabe: Folgeangabe) -> Vollstreckungsbescheidsantrag:
    """Return the application that a step keeps."""
    return Vollstreckungsbescheidsantrag(
        geschaeftsnummer=angabe.geschaeftsnummer,
        geschaeftszeichen=angabe.geschaeftszeichen,
        antrag_am=angabe.antrag_am,
        zahlungen=tuple(Zahlung(zahlung.am, zahlung.betrag) for zahlung in angabe.zahlungen),
    )
