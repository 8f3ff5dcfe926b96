"""An open-item list as read, whatever its format: the open items, and each row that is none, with its reason."""

import dataclasses
import datetime as dt
from decimal import Decimal

from mahnakte.grund.befund import Befund


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offener:
    """One open invoice of a list, in Euro. `offen` is what counts; `betrag` and `bezahlt` only where the list says.

    Where they stand, `betrag` less `bezahlt` less `gutschrift` is `offen`. A list that does not tell payments from
    credit notes counts both as `bezahlt`.

    `zeile` is the line in the file, for messages. `kundennummer` and `vertrag` are the list's own spelling. A
    `mahnstufe` without its day is a note; `mahnsperre` is the list's mark that the customer is not to be reminded.
    """

    zeile: int
    nummer: str
    offen: Decimal
    betrag: Decimal | None = None
    bezahlt: Decimal | None = None
    gutschrift: Decimal | None = None
    datum: dt.date | None = None
    faellig: dt.date | None = None
    kundennummer: str = ""
    vertrag: str = ""
    name: str = ""
    strasse: str = ""
    plz: str = ""
    ort: str = ""
    email: str = ""
    mahnstufe: str = ""
    mahnung_am: dt.date | None = None
    mahnsperre: bool = False
    text: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Postenliste:
    """What a list says. `profil` names the format it was recognised as; `befunde` name every row left out, and why.

    `gezaehlt` counts what was passed over without a finding of its own, by reason (subtotals, cleared items).
    `unsichere` are the numbers of rows left out: the list names them, so they are not missing from it.
    """

    profil: str
    offene: tuple[Offener, ...]
    befunde: tuple[Befund, ...] = ()
    gezaehlt: tuple[tuple[str, int], ...] = ()
    unsichere: frozenset[str] = frozenset()
