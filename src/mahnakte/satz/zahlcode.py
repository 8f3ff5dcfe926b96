"""The payment code (GiroCode): EPC069-12 version 002 as a small PNG.

A fixed mask makes it the same picture every time and costs a quarter of trying all eight.
"""

import dataclasses
import re
from decimal import Decimal

import segno
from segno.encoder import DataOverflowError

from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.text import find_unsafe, normalize
from mahnakte.satz.png import GREY, write_png

# EPC069-12, section 3
MAX_NAME = 70
MAX_REMITTANCE = 140
MAX_BYTES = 331
MIN_AMOUNT = Decimal("0.01")
MAX_AMOUNT = Decimal("999999999.99")

_MASK = 4
_QUIET_ZONE = 4
_DOTS = 4  # per module: Word scales pictures of fewer dots softly
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclasses.dataclass(frozen=True, slots=True)
class Ueberweisung:
    """What the code says: whom, where, how much in euro, and the reference."""

    empfaenger: str
    iban: str
    betrag: Decimal
    verwendungszweck: str


@dataclasses.dataclass(frozen=True, slots=True)
class Zahlcode:
    """The picture and what it must show: rows of modules (1 = black) with the quiet zone."""

    png: bytes
    module: tuple[bytes, ...]


def compute_epc(ueberweisung: Ueberweisung) -> str:
    """Return the text of the code; raise Ablehnung when the payment does not fit into one."""
    iban = re.sub(r"\s", "", ueberweisung.iban).upper()
    empfaenger, zweck = (_one_line(text) for text in (ueberweisung.empfaenger, ueberweisung.verwendungszweck))
    betrag = ueberweisung.betrag
    if not _IBAN.fullmatch(iban):
        raise _refuse("Die IBAN hat keine gültige Form.", "iban in mahnakte.yaml prüfen.")
    if not MIN_AMOUNT <= betrag <= MAX_AMOUNT:
        raise _refuse(
            f"{format_euro(betrag)} lassen sich nicht als Zahlcode überweisen.", "Den Betrag prüfen."
        )
    if not empfaenger or len(empfaenger) > MAX_NAME:
        raise _refuse(
            f"Der Name des Empfängers muss 1 bis {MAX_NAME} Zeichen haben.",
            "In mahnakte.yaml bei absender: kontoinhaber: einen kürzeren Namen angeben.",
        )
    if len(zweck) > MAX_REMITTANCE:
        raise _refuse(
            f"Der Verwendungszweck hat mehr als {MAX_REMITTANCE} Zeichen.", "Das Aktenzeichen kürzen."
        )
    zeilen = ("BCD", "002", "1", "SCT", "", empfaenger, iban, f"EUR{betrag:.2f}", "", "", zweck)
    text = "\n".join(zeilen)
    if len(text.encode()) > MAX_BYTES:
        raise _refuse(f"Der Zahlcode ist länger als {MAX_BYTES} Byte.", "Namen oder Aktenzeichen kürzen.")
    return text


def _one_line(text: str) -> str:
    gerade = re.sub(r"\s+", " ", normalize(text)).strip()
    if zeichen := find_unsafe(gerade):
        raise _refuse(
            f"Das Zeichen {zeichen} kann kein Zahlcode enthalten.", "Das unsichtbare Zeichen löschen."
        )
    return gerade


def _refuse(text: str, abhilfe: str) -> Ablehnung:
    return Ablehnung(sperre("ZAHLCODE_NICHT_MOEGLICH", text, abhilfe))


def draw_zahlcode(ueberweisung: Ueberweisung) -> Zahlcode:
    """Return the code as PNG (black on white, no alpha channel); raise Ablehnung when it is impossible."""
    text = compute_epc(ueberweisung)
    try:
        code = segno.make_qr(text.encode(), error="m", mask=_MASK, encoding="utf-8", boost_error=False)
    except DataOverflowError:
        raise _refuse("Der Zahlcode wird zu groß.", "Namen oder Aktenzeichen kürzen.") from None
    module = tuple(bytes(reihe) for reihe in code.matrix_iter(border=_QUIET_ZONE))
    return Zahlcode(_write_png(module), module)


def _write_png(module: tuple[bytes, ...]) -> bytes:
    """Write the modules as a PNG of one bit per dot.

    segno can do that as well, but takes as long for it as for the code itself.
    """
    seite = len(module) * _DOTS
    return write_png(seite, seite, 1, GREY, b"".join(_pack_row(reihe, seite) * _DOTS for reihe in module))


def _pack_row(reihe: bytes, seite: int) -> bytes:
    bits = "".join("0" * _DOTS if schwarz else "1" * _DOTS for schwarz in reihe)
    laenge = -(-seite // 8)
    return int(bits.ljust(8 * laenge, "0"), 2).to_bytes(laenge, "big")
