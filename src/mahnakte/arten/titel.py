"""The kinds of enforceable titles (§ 794 ZPO, § 201 (2) InsO) and of measures out of them. Nobody else lists them."""

import dataclasses
import enum
from typing import Literal

Titelwort = Literal["vollstreckungsbescheid", "urteil", "kfb", "vergleich", "urkunde", "insolvenztabelle"]
Umfangwort = Literal["alles", "hauptforderung", "zinsen", "kosten"]


class Beginnt(enum.Enum):
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
    beginnt: Beginnt = Beginnt.RECHTSKRAFT
    nur_kosten: bool = False


VOLLSTRECKUNGSBESCHEID = Titelart(
    wort="vollstreckungsbescheid", name="Vollstreckungsbescheid", beginnt=Beginnt.EINSPRUCHSFRIST
)
URTEIL = Titelart(wort="urteil", name="Urteil")
KFB = Titelart(wort="kfb", name="Kostenfestsetzungsbeschluss", nur_kosten=True)
VERGLEICH = Titelart(wort="vergleich", name="gerichtlicher Vergleich", beginnt=Beginnt.ERRICHTUNG)
URKUNDE = Titelart(wort="urkunde", name="vollstreckbare Urkunde", beginnt=Beginnt.ERRICHTUNG)
INSOLVENZTABELLE = Titelart(
    wort="insolvenztabelle", name="Auszug aus der Insolvenztabelle", beginnt=Beginnt.FESTSTELLUNG
)

TITELARTEN: dict[str, Titelart] = {
    art.wort: art for art in (VOLLSTRECKUNGSBESCHEID, URTEIL, KFB, VERGLEICH, URKUNDE, INSOLVENZTABELLE)
}


class Wirkung(enum.Enum):
    """What a measure does to the limitation of a title (§ 212 BGB)."""

    VOLLSTRECKUNG = "Neubeginn, solange sie nicht aufgehoben ist (§ 212 Abs. 1 Nr. 2, Abs. 2 BGB)"
    ANERKENNTNIS = "Neubeginn als Anerkenntnis (§ 212 Abs. 1 Nr. 1 BGB)"
    KEINE = "keine: Geld, das genommen und nicht gegeben wird, erkennt nichts an"


# Kinds of measures are free text; these words mean something else than an act of enforcement.
_WIRKUNGEN = {
    "anerkenntnis": Wirkung.ANERKENNTNIS,
    "teilzahlung": Wirkung.ANERKENNTNIS,
    "ratenzahlung": Wirkung.ANERKENNTNIS,
    "zahlung": Wirkung.ANERKENNTNIS,
    "zahlung-gv": Wirkung.KEINE,
    "zahlung-drittschuldner": Wirkung.KEINE,
}


def find_wirkung(massnahme: str) -> Wirkung:
    """Return what a measure does to the limitation of the title it was taken under."""
    return _WIRKUNGEN.get(massnahme, Wirkung.VOLLSTRECKUNG)


@dataclasses.dataclass(frozen=True, slots=True)
class Umfang:
    """What a measure covered: the main claim, interest, costs; only that begins anew."""

    wort: Umfangwort
    hauptforderung: bool = False
    zinsen: bool = False
    kosten: bool = False


UMFAENGE: dict[str, Umfang] = {
    umfang.wort: umfang
    for umfang in (
        Umfang("alles", hauptforderung=True, zinsen=True, kosten=True),
        Umfang("hauptforderung", hauptforderung=True),
        Umfang("zinsen", zinsen=True),
        Umfang("kosten", kosten=True),
    )
}
HAUPTFORDERUNG = UMFAENGE["hauptforderung"]
