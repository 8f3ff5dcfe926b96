"""The kinds of creditors and debtors under `art:` of fall.yaml. Nobody else lists them."""

import dataclasses
from typing import Literal

Parteiwort = Literal["person", "einzelfirma", "gesellschaft", "weg", "behoerde"]


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

PARTEIARTEN: dict[str, Parteiart] = {
    art.wort: art for art in (PERSON, EINZELFIRMA, GESELLSCHAFT, WEG, BEHOERDE)
}
