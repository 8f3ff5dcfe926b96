"""The block `antrag:` of fall.yaml: what a person decides and knows about the court application of one case."""

import dataclasses
from typing import Annotated

from mahnakte.arten.trotz import Trotz
from mahnakte.fall.angabefehler import missing_angabe
from mahnakte.fall.partei import Angabe, doc
from mahnakte.fall.typen import Betrag, Datum, JaNein, Kennung, PositiverBetrag, Text


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Bescheidangabe(Angabe):
    """What is asked for with the Vollstreckungsbescheid beside the order itself (§§ 104, 699 ZPO)."""

    kosten_verzinsen: Annotated[
        JaNein, doc("Zinsen auf die festgesetzten Kosten beantragen, § 104 (1) Satz 2 ZPO")
    ] = True
    selbst_zustellen: Annotated[JaNein, doc("der Gläubiger lässt selbst zustellen, § 699 (4) ZPO")] = False
    porto: Annotated[PositiverBetrag | None, doc("Porto und Vordruck seit dem Mahnantrag")] = None
    sonstige_kosten: Annotated[
        PositiverBetrag | None, doc("andere Kosten des Verfahrens seit dem Mahnantrag")
    ] = None
    sonstige_kosten_grund: Annotated[Text | None, doc("wofür die anderen Kosten entstanden")] = None
    kosten_gegen: Annotated[
        Kennung | None, doc("bei mehreren Schuldnern: in wessen Antrag die Kosten stehen")
    ] = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Antragsangabe(Angabe):
    """`trotz` names the obstacles that are overridden; the mandate is that of the lawyer or agency who applies."""

    trotz: Annotated[
        tuple[Trotz, ...],
        doc("Hindernisse, die jemand in Kauf nimmt"),
    ] = ()
    grund: Text | None = None
    freigegeben_von: Annotated[Text | None, doc("wer das entschieden hat")] = None
    streitverfahren: Annotated[JaNein, doc("bei Widerspruch gleich an das Streitgericht abgeben")] = False
    beauftragt_am: Annotated[Datum | None, doc("Tag des Auftrags an Anwalt oder Inkasso, § 60 RVG")] = None
    anrechnung: Annotated[
        Betrag | None, doc("was von Nr. 2300 VV RVG auf Nr. 3305 angerechnet wird, § 15a (3) RVG")
    ] = None
    umfangreich: Annotated[JaNein, doc("Tätigkeit umfangreich oder schwierig, Nr. 2300 VV RVG")] = False
    verguetung: Annotated[Betrag | None, doc("statt der gesetzlichen Vergütung; 0,00 ist Verzicht")] = None
    auslagen: Annotated[Betrag | None, doc("statt der Pauschale Nr. 7002 VV RVG; 0,00 ist Verzicht")] = None
    vb: Annotated[Bescheidangabe | None, doc("was mit dem Vollstreckungsbescheid beantragt wird")] = None


def need_reason(angabe: Antragsangabe) -> Antragsangabe:
    """Refuse an override that nobody has reasoned and signed."""
    if angabe.trotz and not (angabe.grund and angabe.freigegeben_von):
        raise missing_angabe(
            "zu „trotz“ gehören „grund“ und „freigegeben_von“", "Beide Schlüssel mit Wert ergänzen."
        ).as_error()
    return angabe
