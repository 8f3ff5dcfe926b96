"""The kinds of costs under `kosten:` of fall.yaml: what each one is by law. Nobody else lists them."""

import dataclasses
from collections.abc import Callable
from typing import Literal

Kostenwort = Literal[
    "mahnkosten",
    "ruecklastschrift",
    "auskunft",
    "inkasso",
    "rvg-2300",
    "gericht",
    "vollstreckung",
    "verzugspauschale",
    "sonstige",
]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Kostenart:
    """One kind of costs; `name` in letters and lists, `kurz` as an item of the statement of claim.

    `verzugsschaden`: owed only for what was done after default began (§§ 280 (2), 286 BGB). `nur_bei_verzug`: the
    application asks for it only from who is in default. `gebuehr`: a fee for collecting, limited by § 13e RDG.
    `einmal`: owed once for one claim, whoever of the debtors is written to. `verfahren`: only proceedings cause it;
    it belongs into no letter on what is beside them. `selbsterklaerend`: its name says how it came about, § 13a (1)
    no. 5 RDG asks for nothing more. `nebenforderung`: the kind of ancillary claim in the courts' form (their word),
    None: not applied for, the court adds it itself or it follows the title.
    """

    wort: Kostenwort
    name: str
    kurz: str
    verzugsschaden: bool = False
    nur_bei_verzug: bool = False
    gebuehr: bool = False
    einmal: bool = False
    verfahren: bool = False
    selbsterklaerend: bool = False
    nebenforderung: str | None = None


MAHNKOSTEN = Kostenart(
    wort="mahnkosten", name="Mahnkosten", kurz="Mahnkosten", verzugsschaden=True, nur_bei_verzug=True,
    selbsterklaerend=True, nebenforderung="mahnkosten",
)  # fmt: skip
RUECKLASTSCHRIFT = Kostenart(
    wort="ruecklastschrift", name="Rücklastschrift", kurz="Rücklastschrift", selbsterklaerend=True,
    nebenforderung="bankruecklast",
)  # fmt: skip
AUSKUNFT = Kostenart(
    wort="auskunft", name="Auskunft", kurz="Auskunft", verzugsschaden=True, nebenforderung="auskuenfte",
)  # fmt: skip
INKASSO = Kostenart(
    wort="inkasso", name="Inkassokosten", kurz="Inkasso", verzugsschaden=True, nur_bei_verzug=True, gebuehr=True,
    einmal=True, nebenforderung="inkasso",
)  # fmt: skip
RVG_2300 = Kostenart(
    wort="rvg-2300", name="Anwaltskosten", kurz="Geschäftsgebühr", verzugsschaden=True, nur_bei_verzug=True,
    gebuehr=True, einmal=True, nebenforderung="anwaltsverguetung",
)  # fmt: skip
GERICHT = Kostenart(
    wort="gericht", name="Gerichtskosten", kurz="Gericht", verfahren=True, selbsterklaerend=True,
)  # fmt: skip
VOLLSTRECKUNG = Kostenart(
    wort="vollstreckung", name="Vollstreckungskosten", kurz="Vollstreckung", verfahren=True, selbsterklaerend=True,
)  # fmt: skip
VERZUGSPAUSCHALE = Kostenart(  # § 288 (5) BGB: owed only where a person claims it
    wort="verzugspauschale", name="Verzugspauschale", kurz="Verzugspauschale", nur_bei_verzug=True, einmal=True,
    selbsterklaerend=True, nebenforderung="sonstige",
)  # fmt: skip
SONSTIGE = Kostenart(wort="sonstige", name="sonstige Kosten", kurz="Sonstige", nebenforderung="sonstige")

KOSTENARTEN: dict[str, Kostenart] = {
    art.wort: art
    for art in (
        MAHNKOSTEN, RUECKLASTSCHRIFT, AUSKUNFT, INKASSO, RVG_2300, GERICHT, VOLLSTRECKUNG, VERZUGSPAUSCHALE, SONSTIGE,
    )
}  # fmt: skip


def _worte(trifft: Callable[[Kostenart], object]) -> frozenset[str]:
    return frozenset(art.wort for art in KOSTENARTEN.values() if trifft(art))


GEBUEHREN = _worte(lambda art: art.gebuehr)
VERZUGSSCHADEN = _worte(lambda art: art.verzugsschaden)
NUR_BEI_VERZUG = _worte(lambda art: art.nur_bei_verzug)
NUR_EINMAL = _worte(lambda art: art.einmal)
VERFAHRENSKOSTEN = _worte(lambda art: art.verfahren)
SELBSTERKLAEREND = _worte(lambda art: art.selbsterklaerend)
