"""What the court will add to an application (§ 692 (1) no. 3 ZPO): its own fee and that of a representative.

The applicant must not enter these; the sheet shows them so that he knows what to pay and what will be claimed.
"""

import datetime as dt
from decimal import Decimal

from mahnakte.antrag.auswahl import Vertretungsart
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.recht.gebuehren import (
    Kosten,
    Kostenzeile,
    Verfahrensgebuehr,
    compute_angelegenheit,
    gerichtskosten_mahnverfahren,
    verfahrensgebuehr,
)
from mahnakte.recht.rechtsstand import Rechtsstand

# Representatives without a claim to the fee of Nr. 3305: a friend or relative, a consumer association.
_OHNE_GEBUEHR = frozenset({Vertretungsart.HERR_FRAU, Vertretungsart.VERBRAUCHERZENTRALE})


def compute_gerichtskosten(recht: Rechtsstand, antrag: Mahnantrag, stichtag: dt.date) -> Kosten:
    """Return the fee of the dunning court (KV 1100 GKG) on the value of the main claims."""
    return gerichtskosten_mahnverfahren(recht, streitwert(antrag), stichtag)


def compute_vertretungskosten(recht: Rechtsstand, antrag: Mahnantrag) -> Kosten | None:
    """Return the representative's statutory fee (Nr. 3305, 7002, 7008 VV RVG) less what is set off, or None.

    An agreed amount or a waiver takes its place. Without the day of the mandate there is no answer.
    """
    wer = antrag.bevollmaechtigter
    if wer is None or wer.beauftragt_am is None or wer.art in _OHNE_GEBUEHR:
        return None
    if wer.verguetung is not None:
        zeile = Kostenzeile("Vergütung wie angegeben", "EDA C10, IKUBET", wer.verguetung)
        return Kosten((zeile,), ())
    gebuehr = verfahrensgebuehr(recht, Verfahrensgebuehr.MAHNBESCHEID, streitwert(antrag), wer.beauftragt_am)
    angerechnet = wer.anrechnung or Decimal(0)
    abzug = (
        Kostenzeile("Anrechnung wie angegeben", "Vorbem. 3 Abs. 4 VV RVG", -angerechnet)
        if angerechnet
        else None
    )
    return compute_angelegenheit(recht, [gebuehr], wer.vorsteuerabzug or wer.umsatzsteuerfrei, abzug)
