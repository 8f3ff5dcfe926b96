"""What the checks of a case and its account both refuse or remark about a fact: one sentence each.

The checks come first and name everything at once; the account asks again, because it must not rest on them.
"""

import datetime as dt
from collections.abc import Sequence

from mahnakte.grund.befund import Befund, Stelle, hinweis, sperre
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose

_WO_EINTRAGEN = {
    "rechnung": "Zuerst die Rechnung unter „rechnungen:“ eintragen.",
    "titel": "Zuerst den Titel unter „titel:“ mit dieser „kennung:“ eintragen.",
}


def later_than(name: str, am: dt.date, stichtag: dt.date, stelle: Stelle) -> Befund:
    """Return the finding for a fact later than the Stichtag: ignored, and a clerk should know."""
    return hinweis(
        "NACH_STICHTAG",
        f"{name} vom {format_datum(am)} liegt nach dem Stichtag {format_datum(stichtag)} und zählt noch nicht.",
        "",
        stelle,
    )


def doubled_invoice(nummer: str, zahl: int, stelle: Stelle) -> Befund:
    """Return the finding for a number under which several invoices stand: money for it has no address."""
    return sperre(
        "RECHNUNG_DOPPELT",
        f"Die Rechnung {nummer} steht {zahl}-mal im Fall.",
        "Die Einträge zusammenführen oder beim überzähligen „gilt: nein“ ergänzen; sind es zwei Rechnungen, "
        "unter „nummer:“ so benennen, dass man sie unterscheidet.",
        stelle,
    )


def unclear_rate(wovon: str, stelle: Stelle) -> Befund:
    """Return the finding for interest that is stated twice or not at all; `wovon` names the claim or title."""
    return sperre(
        "ZINSANGABE_UNKLAR",
        f"{wovon}: „zinsen:“ braucht entweder „satz“ oder „punkte“.",
        "Genau eine der beiden Angaben machen.",
        stelle,
    )


def unknown_reference(schluessel: str, wert: str, bekannte: Sequence[str], stelle: Stelle) -> Befund:
    """Return the finding for a key that names an invoice, debtor or title which the case does not have."""
    return sperre(
        "VERWEIS_INS_LEERE",
        f"„{schluessel}: {wert}“ gibt es in diesem Fall nicht.",
        propose(wert, bekannte) if bekannte else _WO_EINTRAGEN[schluessel],
        stelle,
    )
