"""The sums of the closing record BB, counted from the records themselves."""

import dataclasses

from mahnakte.antrag.eda.feld import Wert
from mahnakte.antrag.eda.layout import BB

SUMMENFELDER = tuple(feld for feld in BB.felder if feld.name != "TKEZI")


@dataclasses.dataclass(slots=True)
class Summen:
    """Running sums over the records between AA and BB."""

    antraege: int = 0
    saetze: int = 0
    katalognummern: int = 0
    cent: int = 0
    geschaeftsnummern: int = 0
    hauptforderungen: int = 0

    def add(self, zeile: str) -> None:
        """Count one record; fields that hold no digits count nothing (the verifier names them)."""
        self.saetze += 1
        schluessel = zeile[:9]
        if schluessel == "01KS   00":
            self.antraege += 1
            self.geschaeftsnummern += _digits(zeile[97:104])  # digits 3 to 9 of the court's file number
        elif schluessel == "01ASPK 00":
            self.hauptforderungen += 1
            self.katalognummern += _digits(zeile[9:11])
            self.cent += _digits(zeile[103:113])
        elif schluessel == "01ASPS 01":
            self.hauptforderungen += 1
            self.cent += _digits(zeile[9:19])

    def as_values(self) -> dict[str, Wert]:
        """Return the sums under the field names of BB."""
        return {
            "ANTANZ": self.antraege,
            "SANZ": self.saetze,
            "SKATNR": self.katalognummern,
            "SUASP": self.cent,
            "SUGNR": self.geschaeftsnummern,
            "ASPANZ": self.hauptforderungen,
        }


def _digits(roh: str) -> int:
    return int(roh) if roh.isascii() and roh.isdigit() else 0
