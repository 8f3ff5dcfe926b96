"""Which invoices the debtor has been asked for, and which are too young for that.

An invoice that no letter named must not meet the debtor in court: he acknowledges it at once, and the creditor bears
the costs (§ 93 ZPO). It is different where he was in default without a letter (§ 286 (2), (3) BGB).
"""

import datetime as dt

from mahnakte.fall.fall import Fall
from mahnakte.konto.modell import Kontoforderung
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verlauf import list_schreiben


@once
def angemahnte_rechnungen(sachstand: Sachstand) -> frozenset[str]:
    """Return the invoices that some letter asked for, whoever wrote it."""
    return frozenset(nummer for brief in list_schreiben(sachstand) for nummer in brief.rechnungen)


def was_demanded(sachstand: Sachstand, zeile: Kontoforderung) -> bool:
    """Tell whether the debtor gave cause for a lawsuit: he was asked for it, or is in default anyway.

    Default without a letter: a calendar date, 30 days after due date and invoice, or a refusal.
    """
    in_verzug = zeile.verzug_ab is not None and zeile.verzug_ab <= sachstand.stichtag
    return in_verzug or zeile.rechnung in angemahnte_rechnungen(sachstand)


def patience(fall: Fall) -> int:
    """Return how many days later each step comes for a customer whom one wants to keep."""
    return fall.einstellungen.schwellen.behalten_tage if fall.behalten else 0


def grace_over_on(fall: Fall, zahltag: dt.date) -> dt.date:
    """Return the day from which the first stage of the plan may ask for an invoice."""
    return zahltag + dt.timedelta(days=fall.einstellungen.mahnplan[0].tage + patience(fall))
