"""The payment code against EPC069-12 and another reader."""

import io
from decimal import Decimal

import pytest
import zxingcpp
from PIL import Image

from mahnakte.grund.befund import Ablehnung
from mahnakte.satz.zahlcode import Ueberweisung, compute_epc, draw_zahlcode

IBAN = "DE02120300000000202051"


def transfer(**anders) -> Ueberweisung:
    werte = {
        "empfaenger": "Möbelhaus Übersee GmbH",
        "iban": IBAN,
        "betrag": Decimal("1190.00"),
        "verwendungszweck": "2026-0042",
    }
    return Ueberweisung(**{**werte, **anders})


def test_another_reader_reads_the_lines_of_the_standard():
    bild = Image.open(io.BytesIO(draw_zahlcode(transfer()).png))
    gelesen = zxingcpp.read_barcode(bild)
    assert gelesen.text.split("\n") == [
        "BCD", "002", "1", "SCT", "", "Möbelhaus Übersee GmbH", IBAN, "EUR1190.00", "", "", "2026-0042",
    ]  # fmt: skip
    assert gelesen.extra["ECLevel"] == "M"
    assert bild.mode == "1"  # no alpha channel: it would cost the engine time


@pytest.mark.parametrize(
    "anders",
    [
        {"betrag": Decimal("0.01")},
        {"betrag": Decimal("999999999.99")},
        {"empfaenger": "Ü" * 70},
        {"verwendungszweck": "x" * 140},
        {"verwendungszweck": "ä" * 100},
        {"iban": "DE02 1203 0000 0000 2020 51"},
        {"iban": "AT611904300234573201"},
        {"empfaenger": "Größe & Söhne „Fein“"},
    ],
)
def test_what_fits_is_read_back(anders):
    ueberweisung = transfer(**anders)
    gelesen = zxingcpp.read_barcode(Image.open(io.BytesIO(draw_zahlcode(ueberweisung).png)))
    assert gelesen.text == compute_epc(ueberweisung)
    assert len(gelesen.bytes) <= 331


@pytest.mark.parametrize(
    ("anders", "wort"),
    [
        ({"betrag": Decimal("0.00")}, "0,00"),
        ({"betrag": Decimal("-5.00")}, "5,00"),
        ({"betrag": Decimal("1000000000.00")}, "1.000.000.000,00"),
        ({"empfaenger": ""}, "Empfängers"),
        ({"empfaenger": "M" * 71}, "70"),
        ({"verwendungszweck": "x" * 141}, "140"),
        ({"verwendungszweck": "ü" * 140}, "331"),
        ({"iban": "12345"}, "IBAN"),
        ({"iban": ""}, "IBAN"),
        ({"empfaenger": "Max\u202eMuster"}, "U+202E"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(anders, wort):
    with pytest.raises(Ablehnung) as gefangen:
        draw_zahlcode(transfer(**anders))
    assert gefangen.value.befund.code == "ZAHLCODE_NICHT_MOEGLICH"
    assert wort in gefangen.value.befund.text
    assert gefangen.value.befund.abhilfe


def test_a_line_break_cannot_add_a_line():
    assert compute_epc(transfer(verwendungszweck="A\nEUR9999.00\n")).split("\n")[-1] == "A EUR9999.00"


def test_same_transfer_same_picture():
    assert draw_zahlcode(transfer()) == draw_zahlcode(transfer())
    assert draw_zahlcode(transfer()).png != draw_zahlcode(transfer(betrag=Decimal("1190.01"))).png


def test_the_picture_shows_the_modules_and_nothing_else():
    """Read by Pillow: our own PNG, dot for dot."""
    code = draw_zahlcode(
        Ueberweisung("Anna Beispiel", "DE02120300000000202051", Decimal("1.00"), "2026-0042")
    )
    bild = Image.open(io.BytesIO(code.png))
    bild.verify()
    bild = Image.open(io.BytesIO(code.png))
    assert (bild.mode, bild.size) == ("1", (4 * len(code.module),) * 2)
    for zeile, reihe in enumerate(code.module):
        for spalte, schwarz in enumerate(reihe):
            feld = bild.crop((4 * spalte, 4 * zeile, 4 * spalte + 4, 4 * zeile + 4))
            assert set(feld.tobytes()) == ({0} if schwarz else {0xF0})
