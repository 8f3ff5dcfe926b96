"""The block `kredit:` of fall.yaml: what a person states about a loan (§§ 491, 497 BGB, § 690 (1) no. 3 ZPO)."""

import dataclasses
from typing import Annotated

from mahnakte.fall.partei import Angabe, doc
from mahnakte.fall.typen import JaNein, Text, Zahl


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kredit(Angabe):
    """Whether §§ 491 ff. BGB govern the loan. Its contract is dated by `vertragsdatum` of the claim."""

    verbraucher: Annotated[JaNein, doc("Verbraucherdarlehen, §§ 491 ff. BGB")]
    effektivzins: Annotated[Zahl | None, doc("anfänglicher effektiver Jahreszins in Prozent")] = None
    immobiliar: Annotated[JaNein, doc("Immobiliar-Verbraucherdarlehen, § 497 (4) BGB")] = False
    geprueft_von: Annotated[
        Text | None, doc("wer geprüft hat, dass für den Vertrag das Recht vor dem 20.11.2026 gilt")
    ] = None
