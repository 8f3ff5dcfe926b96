"""The kinds of creditors and debtors under `art:` of fall.yaml. Nobody else lists them."""

import dataclasses
from typing import Literal

Parteiwort = Literal["person", "einzelfirma", "gesellschaft", "weg", "behoerde", "amtspartei"]
Amtwort = Literal[
    "insolvenzverwalter",
    "sonderinsolvenzverwalter",
    "nachlassinsolvenzverwalter",
    "nachlassverwalter",
    "testamentsvollstrecker",
    "zwangsverwalter",
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parteiart:
    """One kind of party.

    `natuerlich`: a human being is liable, so that names are compared as people's and § 13a (5) RDG can protect.
    `firma`: it appears under a firm or another name than a human being's. `vertreten`: it acts through somebody
    whom § 690 (1) no. 1 ZPO wants named. `rechtsform`: the court wants its legal form.
    """

    wort: Parteiwort
    natuerlich: bool = False
    firma: bool = True
    vertreten: bool = False
    rechtsform: bool = False


PERSON = Parteiart(wort="person", natuerlich=True, firma=False)
EINZELFIRMA = Parteiart(wort="einzelfirma", natuerlich=True)
GESELLSCHAFT = Parteiart(wort="gesellschaft", vertreten=True, rechtsform=True)
WEG = Parteiart(wort="weg", vertreten=True)
BEHOERDE = Parteiart(wort="behoerde", vertreten=True)
AMTSPARTEI = Parteiart(wort="amtspartei")

PARTEIARTEN: dict[str, Parteiart] = {
    art.wort: art for art in (PERSON, EINZELFIRMA, GESELLSCHAFT, WEG, BEHOERDE, AMTSPARTEI)
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Amt:
    """An office by which somebody is a party for another's assets (§ 80 InsO, §§ 1985, 2212 BGB, § 152 ZVG).

    `name` is how letters call it; `rechtsform` how the courts' list of legal forms spells it
    (state 26.02.2024, key 90).
    """

    wort: Amtwort
    name: str
    rechtsform: str


AEMTER: dict[str, Amt] = {
    amt.wort: amt
    for amt in (
        Amt(wort="insolvenzverwalter", name="Insolvenzverwalter", rechtsform="INSOLVENZVERWALTER"),
        Amt(
            wort="sonderinsolvenzverwalter",
            name="Sonderinsolvenzverwalter",
            rechtsform="SONDERINSOLVENZVERWALTER",
        ),
        Amt(
            wort="nachlassinsolvenzverwalter",
            name="Nachlassinsolvenzverwalter",
            rechtsform="NACHLASSINSOLVENZVERWALTER",
        ),
        Amt(wort="nachlassverwalter", name="Nachlassverwalter", rechtsform="NACHLAßVERWALTER"),
        Amt(
            wort="testamentsvollstrecker", name="Testamentsvollstrecker", rechtsform="TESTAMENTSVOLLSTRECKER"
        ),
        Amt(wort="zwangsverwalter", name="Zwangsverwalter", rechtsform="ZWANGSVERWALTER"),
    )
}
AMTSBEZEICHNUNGEN = frozenset(amt.rechtsform for amt in AEMTER.values())
