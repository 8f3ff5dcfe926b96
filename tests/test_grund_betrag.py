"""German amounts and numbers; the refused spellings come from zuverlaessigkeit (YAML traps) and daily office life."""

from decimal import Decimal

import pytest

from mahnakte.grund.betrag import KeinBetrag, format_betrag, format_euro, parse_betrag, parse_zahl, round_cent


@pytest.mark.parametrize(
    ("text", "wert"),
    [
        ("1.250,00", "1250.00"),
        ("1250", "1250.00"),
        ("49,9", "49.90"),
        ("0,01", "0.01"),
        ("-3,50", "-3.50"),
        ("1.234.567,89", "1234567.89"),
        (" 5,00 ", "5.00"),
        ("1.250,-", "1250.00"),
        ("1.250,--", "1250.00"),
        ("1.250,–", "1250.00"),
        ("1250,—", "1250.00"),
        ("99 €", "99.00"),
        ("99€", "99.00"),
        ("99,50\u00a0€", "99.50"),
        ("1.250,00 EUR", "1250.00"),
        ("1.250,- Euro", "1250.00"),
        ("€ 99,5", "99.50"),
        ("EUR 5", "5.00"),
        ("-3,50 €", "-3.50"),
    ],
)
def test_reads_german_amounts(text: str, wert: str) -> None:
    assert parse_betrag(text) == Decimal(wert)


@pytest.mark.parametrize(
    ("text", "vorschlag"),
    [
        ("1.250", "1250,00"),
        ("12.50", "12,50"),
        ("1e3", "erwartet"),
        ("1_000", "erwartet"),
        ("1,234,56", "erwartet"),
        ("1.25,00", "erwartet"),
        ("12,345", "erwartet"),
        ("٣", "erwartet"),
        ("1.250 €", "1250,00"),
        ("€ 5 €", "erwartet"),
        ("99 $", "erwartet"),
        ("99 CHF", "erwartet"),
        ("99,-50", "erwartet"),
        (",-", "erwartet"),
        ("€", "erwartet"),
        ("", "erwartet"),
        ("99999999999999999999", "erwartet"),
    ],
)
def test_refuses_what_is_ambiguous_or_foreign(text: str, vorschlag: str) -> None:
    with pytest.raises(KeinBetrag, match=vorschlag):
        parse_betrag(text)


@pytest.mark.parametrize(
    ("wert", "cent"), [("2.345", "2.35"), ("2.3449", "2.34"), ("-2.345", "-2.35"), ("0.005", "0.01")]
)
def test_rounds_half_up(wert: str, cent: str) -> None:
    assert round_cent(Decimal(wert)) == Decimal(cent)


def test_writes_german_amounts() -> None:
    assert format_betrag(Decimal("1234567.8")) == "1.234.567,80"
    assert format_euro(Decimal(0)) == "0,00\u00a0€"


def test_reads_rates_and_refuses_the_dot() -> None:
    assert parse_zahl("1,3") == Decimal("1.3")
    with pytest.raises(KeinBetrag, match="1,3"):
        parse_zahl("1.3")
