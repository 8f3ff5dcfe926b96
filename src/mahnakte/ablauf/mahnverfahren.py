"""What closes the dunning procedure to a claim for good (§§ 688, 703d ZPO): nothing that a missing entry would mend.

The application refuses by it, and no letter announces an application that would be refused.
"""

from collections.abc import Iterator

from mahnakte.fall.fall import Fall
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Befund
from mahnakte.recht.gerichte import check_schuldner_inland


def find_ausschluss(fall: Fall) -> Iterator[Befund]:
    """Yield a finding for each debtor against whom no Mahnbescheid can be had."""
    for schuldner in fall.schuldner:
        if befund := check_schuldner(schuldner):
            yield befund


def check_schuldner(schuldner: Schuldner) -> Befund | None:
    """Return why there is no Mahnbescheid against this debtor, or None."""
    return check_schuldner_inland(schuldner.staat)
