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
        durch_partei=antrag.durch_partei or None,
        porto=antrag.porto,
        sonstige_kosten=antrag.sonstige_kosten,
        sonstige_kosten_grund=antrag.sonstige_kosten_grund or None,
        kosten_verzinsen=antrag.kosten_verzinsen or None,
    )


def read_folgedaten(angabe: Folgeangabe) -> Vollstreckungsbescheidsantrag:
    """Return the application that a step keeps; one of the first edition asked for nothing beside the order."""
    return Vollstreckungsbescheidsantrag(
        geschaeftsnummer=angabe.geschaeftsnummer,
        geschaeftszeichen=angabe.geschaeftszeichen,
        antrag_am=angabe.antrag_am,
        zahlungen=tuple(Zahlung(zahlung.am, zahlung.betrag) for zahlung in angabe.zahlungen),
        durch_partei=bool(angabe.durch_partei),
        porto=angabe.porto,
        sonstige_kosten=angabe.sonstige_kosten,
        sonstige_kosten_grund=angabe.sonstige_kosten_grund or "",
        kosten_verzinsen=bool(angabe.kosten_verzinsen),
    )
