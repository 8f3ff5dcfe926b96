"""What an invoice file says. BT numbers are those of EN 16931-1; what is not stated is None."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any, Literal

from mahnakte.grund.befund import Befund
from mahnakte.grund.betrag import json_betrag

Format = Literal["UBL", "CII", "ZF1"]


@dataclasses.dataclass(frozen=True, slots=True)
class Rechnungspartei:
    """Seller (BG-4) or buyer (BG-7) as the invoice names them.

    `anschrift` holds every line above postcode and town; which of them is the street no field says for certain.
    """

    name: str | None = None
    handelsname: str | None = None
    strasse: str | None = None
    zusatz: str | None = None
    anschrift: tuple[str, ...] = ()
    plz: str | None = None
    ort: str | None = None
    land: str | None = None
    ust_id: str | None = None
    kontakt: str | None = None
    email: str | None = None
    telefon: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Vorrechnung:
    """An earlier invoice that this one refers to (BG-3): what it corrects, credits or settles in the end."""

    nummer: str  # BT-25
    datum: dt.date | None = None  # BT-26


@dataclasses.dataclass(frozen=True, slots=True)
class ERechnung:
    """The facts of an e-invoice that matter for a claim.

    Amounts are in the invoice currency with two decimals. `faelligkeiten` holds every due date stated;
    `zahlungstext` (BT-20) is for people and never turned into a date.
    """

    format: Format
    profil: str | None  # BT-24
    art: str | None  # BT-3, UNTDID 1001
    nummer: str | None  # BT-1
    datum: dt.date | None  # BT-2
    faelligkeiten: tuple[dt.date, ...]  # BT-9
    zahlungstext: str | None  # BT-20
    leistung_am: dt.date | None  # BT-72
    leistung_von: dt.date | None  # BT-73
    leistung_bis: dt.date | None  # BT-74
    waehrung: str | None  # BT-5
    netto: Decimal | None  # BT-109
    steuer: Decimal | None  # BT-110
    brutto: Decimal | None  # BT-112
    vorausgezahlt: Decimal | None  # BT-113
    rundung: Decimal | None  # BT-114
    drittbetraege: Decimal | None  # sum of BT-DEX-002: claims of third parties inside the payable amount
    zahlbetrag: Decimal | None  # BT-115
    iban: tuple[str, ...]  # BT-84
    verwendungszweck: tuple[str, ...]  # BT-83
    vorrechnungen: tuple[Vorrechnung, ...]  # BG-3, also those of advance payments and single lines
    verkaeufer: Rechnungspartei
    kaeufer: Rechnungspartei

    @property
    def faellig_am(self) -> dt.date | None:
        """Return the due date when there is exactly one."""
        return self.faelligkeiten[0] if len(self.faelligkeiten) == 1 else None

    @property
    def bezug(self) -> tuple[str, ...]:
        """Return the numbers of the earlier invoices (BT-25), each once."""
        return tuple(dict.fromkeys(vorrechnung.nummer for vorrechnung in self.vorrechnungen))

    def as_json(self) -> dict[str, Any]:
        """Return the form of the JSON contract: amounts as text with two decimals, dates ISO, absent null."""
        roh = {feld.name: getattr(self, feld.name) for feld in dataclasses.fields(self)}
        roh |= {"faellig_am": self.faellig_am, "bezug": self.bezug}
        return {name: _json(wert) for name, wert in roh.items()}


def _json(wert: Any) -> Any:
    if isinstance(wert, Decimal):
        return json_betrag(wert)
    if isinstance(wert, dt.date):
        return wert.isoformat()
    if isinstance(wert, tuple):
        return [_json(teil) for teil in wert]
    if dataclasses.is_dataclass(wert):
        return {feld.name: _json(getattr(wert, feld.name)) for feld in dataclasses.fields(wert)}
    return wert


@dataclasses.dataclass(frozen=True, slots=True)
class Pdftext:
    """What the visible pages of a PDF hold: number of pages, non-blank characters, and whether it is a scan."""

    seiten: int
    zeichen: int
    scan: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Leseergebnis:
    """The outcome of reading one file.

    `rechnung` is None when the file is no e-invoice or cannot be read (the findings say which);
    `text` describes the pages of a PDF that carries no invoice data.
    """

    rechnung: ERechnung | None
    text: Pdftext | None
    befunde: tuple[Befund, ...]
