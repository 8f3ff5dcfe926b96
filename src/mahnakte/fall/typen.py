"""The value types of fall.yaml and mahnakte.yaml: text in, money, date, yes/no and codes out.

Each type carries its reader (German notation, German messages) and its JSON Schema. The schema is made
for editors: there a scalar may look like a number or a boolean (`plz: 01067`, `land: NO`), so the types
accept those too, while the reader sees nothing but text.
"""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

import schwifty
from pydantic import BeforeValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from mahnakte.fall.angabefehler import wrong_value
from mahnakte.grund.betrag import KeinBetrag, parse_betrag, parse_zahl
from mahnakte.grund.datum import KeinDatum, parse_datum
from mahnakte.grund.text import fold, means

MAX_TEXT = 2000
_LAENDERNAMEN = {
    "BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen", "HE": "Hessen",
    "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen", "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt",
    "TH": "Thüringen",
}  # fmt: skip
_LAENDER = tuple(_LAENDERNAMEN)
_LAND_JE_NAME = {fold(name): kurz for kurz, name in _LAENDERNAMEN.items()} | {"nrw": "NW"}
_STAAT_JE_NAME = {
    "deutschland": "DE",
    "oesterreich": "AT",
    "schweiz": "CH",
    "d": "DE",
    "a": "AT",
    "brd": "DE",
}
_AKTENZEICHEN = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}", re.IGNORECASE | re.ASCII)
_GERAETENAMEN = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)", re.IGNORECASE)
_KENNUNG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}", re.ASCII)


def _fail(text: str, abhilfe: str = "") -> PydanticCustomError:
    return wrong_value(text, abhilfe).as_error()


def _require_text(wert: Any) -> str:
    if not isinstance(wert, str):
        raise _fail("hier wird ein einzelner Wert erwartet, keine Liste und keine weiteren Schlüssel")
    return wert.strip()


def _text(wert: Any) -> str:
    text = _require_text(wert)
    if not text:
        raise _fail("der Wert fehlt")
    if len(text) > MAX_TEXT:
        raise _fail(f"der Text ist länger als {MAX_TEXT} Zeichen")
    return text


def _betrag(wert: Any) -> Decimal:
    try:
        return parse_betrag(_text(wert))
    except KeinBetrag as fehler:
        raise _fail(str(fehler)) from None


def _positiver_betrag(wert: Any) -> Decimal:
    betrag = _betrag(wert)
    if betrag <= 0:
        raise _fail(f"„{wert}“: der Betrag muss größer als null sein")
    return betrag


def _zahl(wert: Any) -> Decimal:
    try:
        return parse_zahl(_text(wert))
    except KeinBetrag as fehler:
        raise _fail(str(fehler)) from None


def _ganzzahl(wert: Any) -> int:
    text = _text(wert)
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise _fail(f"„{text}“ ist keine ganze Zahl")
    return int(text)


def _datum(wert: Any) -> dt.date:
    try:
        return parse_datum(_text(wert))
    except KeinDatum as fehler:
        raise _fail(str(fehler)) from None


def _ja_nein(wert: Any) -> bool:
    text = _text(wert)
    if text.lower() not in ("ja", "nein"):
        raise _fail(f"„{text}“: erlaubt sind ja und nein")
    return text.lower() == "ja"


def _plz(wert: Any) -> str:
    text = _text(wert)
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z -]{2,9}", text, re.ASCII):
        raise _fail(f"„{text}“ ist keine Postleitzahl")
    return text


def _land(wert: Any) -> str:
    text = _text(wert).upper()
    if text not in _LAENDER:
        kurz = _LAND_JE_NAME.get(fold(text))
        raise _fail(
            f"„{text}“ ist kein Land; erlaubt sind {', '.join(_LAENDER)}", means(kurz) if kurz else ""
        )
    return text


def _staat(wert: Any) -> str:
    text = _text(wert).upper()
    if not re.fullmatch(r"[A-Z]{2}", text):
        kurz = _STAAT_JE_NAME.get(fold(text))
        abhilfe = means(kurz) if kurz else "Das Kennzeichen des Staates nach ISO 3166 angeben."
        raise _fail(f"„{text}“ ist kein Staat; erwartet werden zwei Buchstaben wie DE oder AT", abhilfe)
    return text


def _iban(wert: Any) -> str:
    text = _text(wert)
    try:
        return str(schwifty.IBAN(text))
    except schwifty.exceptions.SchwiftyException:
        raise _fail(f"„{text}“ ist keine gültige IBAN (Länge oder Prüfziffer stimmt nicht)") from None


def _email(wert: Any) -> str:
    text = _text(wert)
    if not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]+", text):
        raise _fail(f"„{text}“ ist keine E-Mail-Adresse")
    return text


def _farbe(wert: Any) -> str:
    text = _text(wert).lstrip("#").upper()
    if not re.fullmatch(r"[0-9A-F]{6}", text):
        raise _fail(f"„{wert}“ ist keine Farbe; erwartet werden sechs Stellen wie 1F4E79")
    return text


def _aktenzeichen(wert: Any) -> str:
    text = _text(wert)
    if not _AKTENZEICHEN.fullmatch(text) or _GERAETENAMEN.fullmatch(text):
        raise _fail(
            f"„{text}“: ein Aktenzeichen besteht aus Buchstaben (ohne Umlaute), Ziffern, - und _, "
            "höchstens 40 Zeichen, und beginnt mit Buchstabe oder Ziffer; Gerätenamen wie CON sind vergeben"
        )
    return text


def _kennung(wert: Any) -> str:
    text = _text(wert)
    if not _KENNUNG.fullmatch(text):
        raise _fail(
            f"„{text}“: eine Kennung besteht aus kleinen Buchstaben (ohne Umlaute), Ziffern, - und _",
            "Den kurzen Namen angeben, unter dem die Angaben stehen, nicht den vollen.",
        )
    return text


def _pfad(wert: Any) -> str:
    text = _text(wert).replace("\\", "/").removeprefix("./")
    teile = text.split("/")
    if text.startswith("/") or ":" in text or any(teil in ("", ".", "..") for teil in teile):
        raise _fail(f"„{text}“: der Pfad muss innerhalb des Fallordners liegen, etwa rechnungen/RE-1.pdf")
    return text


_ZEICHENKETTE = {"type": ["string", "number", "boolean"]}
_EURO = r"(\s*(€|[Ee][Uu][Rr][Oo]?)\s*)?"
_CENT = r",(\d{1,2}|--?|[\u2012-\u2015])"
_BETRAG_SCHEMA = {
    "type": ["string", "number"],
    "pattern": rf"^\s*{_EURO}-?(\d{{1,3}}(\.\d{{3}})+{_CENT}|\d+({_CENT})?){_EURO}\s*$",
    "examples": ["1.250,00", "49,90"],
}
_ZAHL_SCHEMA = {"type": ["string", "number"], "pattern": r"^\s*-?\d+(,\d+)?\s*$", "examples": ["6,00", "9"]}
_DATUM_SCHEMA = {
    "type": "string",
    "pattern": r"^\s*(\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?(\d{4}|\d{2}))\s*$",
    "examples": ["20.04.2026", "2026-04-20"],
}
_JA_NEIN_SCHEMA = {"type": ["string", "boolean"], "pattern": r"^\s*([Jj][Aa]|[Nn][Ee][Ii][Nn])\s*$"}

Text = Annotated[str, BeforeValidator(_text), WithJsonSchema(_ZEICHENKETTE)]
Betrag = Annotated[Decimal, BeforeValidator(_betrag), WithJsonSchema(_BETRAG_SCHEMA)]
PositiverBetrag = Annotated[Decimal, BeforeValidator(_positiver_betrag), WithJsonSchema(_BETRAG_SCHEMA)]
Zahl = Annotated[Decimal, BeforeValidator(_zahl), WithJsonSchema(_ZAHL_SCHEMA)]
Ganzzahl = Annotated[
    int,
    BeforeValidator(_ganzzahl),
    WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\s*\d{1,4}\s*$"}),
]
Datum = Annotated[dt.date, BeforeValidator(_datum), WithJsonSchema(_DATUM_SCHEMA)]
JaNein = Annotated[bool, BeforeValidator(_ja_nein), WithJsonSchema(_JA_NEIN_SCHEMA)]
Plz = Annotated[str, BeforeValidator(_plz), WithJsonSchema({"type": ["string", "integer"]})]
Land = Annotated[str, BeforeValidator(_land), WithJsonSchema({"enum": list(_LAENDER)})]
Staat = Annotated[str, BeforeValidator(_staat), WithJsonSchema({"type": ["string", "boolean"]})]
Iban = Annotated[str, BeforeValidator(_iban), WithJsonSchema({"type": "string"})]
Email = Annotated[str, BeforeValidator(_email), WithJsonSchema({"type": "string", "pattern": "@"})]
Farbe = Annotated[str, BeforeValidator(_farbe), WithJsonSchema(_ZEICHENKETTE)]
Aktenzeichen = Annotated[str, BeforeValidator(_aktenzeichen), WithJsonSchema(_ZEICHENKETTE)]
Kennung = Annotated[str, BeforeValidator(_kennung), WithJsonSchema(_ZEICHENKETTE)]
Pfad = Annotated[str, BeforeValidator(_pfad), WithJsonSchema({"type": "string"})]
