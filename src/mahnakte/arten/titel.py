"""The kinds of enforceable titles (§ 794 ZPO, § 201 (2) InsO) and of measures out of them. Nobody else lists them."""

import dataclasses
import enum
from typing import Literal

Titelwort = Literal["vollstreckungsbescheid", "urteil", "kfb", "vergleich", "urkunde", "insolvenztabelle"]
Umfangwort = Literal["alles", "hauptforderung", "zinsen", "kosten"]


class Titelbeginn(enum.Enum):
    """The day with whose end the thirty years of a title begin (§§ 197 (1), 201 BGB)."""

    RECHTSKRAFT = "Rechtskraft"
    EINSPRUCHSFRIST = "Rechtskraft, sonst Ende der Einspruchsfrist"
    ERRICHTUNG = "Errichtung"
    FESTSTELLUNG = "Feststellung zur Tabelle"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Titelart:
    """One kind of title. `nur_kosten`: it awards costs alone, its main sum counts as costs."""

    wort: Titelwort
    name: str
    beginnt: Titelbeginn = Titelbeginn.RECHTSKRAFT
    nur_kosten: bool = False


VOLLSTRECKUNGSBESCHEID = Titelart(
    wort="vollstreckungsbescheid", name="Vollstreckungsbescheid", beginnt=Titelbeginn.EINSPRUCHSFRIST
)
URTEIL = Titelart(wort="urteil", name="Urteil")
KFB = Titelart(wort="kfb", name="Kostenfestsetzungsbeschluss", nur_kosten=True)
VERGLEICH = Titelart(wort="vergleich", name="gerichtlicher Vergleich", beginnt=Titelbeginn.ERRICHTUNG)
URKUNDE = Titelart(wort="urkunde", name="vollstreckbare Urkunde", beginnt=Titelbeginn.ERRICHTUNG)
INSOLVENZTABELLE = Titelart(
    wort="insolvenztabelle", name="Auszug aus der Insolvenztabelle", beginnt=Titelbeginn.FESTSTELLUNG
)

TITELARTEN: dict[str, Titelart] = {
    art.wort: art for art in (VOLLSTRECKUNGSBESCHEID, URTEIL, KFB, VERGLEICH, URKUNDE, INSOLVENZTABELLE)
}


class Massnahmenwirkung(enum.Enum):
    """What a measure does to the limitation of a title (§ 212 BGB)."""

    VOLLSTRECKUNG = "Neubeginn, solange sie nicht aufgehoben ist (§ 212 Abs. 1 Nr. 2, Abs. 2 BGB)"
    ANERKENNTNIS = "Neubeginn als Anerkenntnis (§ 212 Abs. 1 Nr. 1 BGB)"
    KEINE = "keine: Geld, das genommen und nicht gegeben wird, erkennt nichts an"


# Kinds of measures are free text; these words mean something else than an act of enforcement.
_WIRKUNGEN = {
    "anerkenntnis": Massnahmenwirkung.ANERKENNTNIS,
    "teilzahlung": Massnahmenwirkung.ANERKENNTNIS,
    "ratenzahlung": Massnahmenwirkung.ANERKENNTNIS,
    "zahlung": Massnahmenwirkung.ANERKENNTNIS,
    "zahlung-gv": Massnahmenwirkung.KEINE,
    "zahlung-drittschuldner": Massnahmenwirkung.KEINE,
}


def find_wirkung(massnahme: str) -> Massnahmenwirkung:
    """Return what a measure does to the limitation of the title it was taken under."""
    return _WIRKUNGEN.get(massnahme, Massnahmenwirkung.VOLLSTRECKUNG)


@dataclasses.dataclass(frozen=True, slots=True)
class Massnahmenumfang:
    """What a measure covered: the main claim, interest, costs; only that begins anew."""

    wort: Umfangwort
    hauptforderung: bool = False
    zinsen: bool = False
    kosten: bool = False


UMFAENGE: dict[str, Massnahmenumfang] = {
    umfang.wort: umfang
    for umfang in (
        Massnahmenumfang("alles", hauptforderung=True, zinsen=True, kosten=True),
        Massnahmenumfang("hauptforderung", hauptforderung=True),
        Massnahmenumfang("zinsen", zinsen=True),
        Massnahmenumfang("kosten", kosten=True),
    )
}
HAUPTFORDERUNG = UMFAENGE["hauptforderung"]
