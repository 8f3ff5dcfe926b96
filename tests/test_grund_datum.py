"""Dates as people write them."""

import datetime as dt

import pytest

from mahnakte.grund.datum import KeinDatum, format_datum, parse_datum


@pytest.mark.parametrize("text", ["2026-04-20", "20.04.2026", "20.4.2026", " 20.04.2026 "])
def test_reads_iso_and_german(text: str) -> None:
    assert parse_datum(text) == dt.date(2026, 4, 20)


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("12.1.26", dt.date(2026, 1, 12)),
        ("01.02.03", dt.date(2003, 2, 1)),
        ("31.12.98", dt.date(1998, 12, 31)),
        ("12. 1. 2026", dt.date(2026, 1, 12)),
        ("12. 1. 26", dt.date(2026, 1, 12)),
        ("29.2.24", dt.date(2024, 2, 29)),
    ],
)
def test_reads_short_years_and_spaces(text: str, tag: dt.date) -> None:
    assert parse_datum(text) == tag


@pytest.mark.parametrize(
    ("text", "grund"),
    [
        ("30.02.2026", "Kalender"),
        ("2026-02-30", "Kalender"),
        ("29.02.2025", "Kalender"),
        ("29.2.26", "Kalender"),
        ("20.04.062", "kein Datum"),
        ("20.04.62", "vier Ziffern"),
        ("26-04-20", "kein Datum"),
        ("04/20/2026", "kein Datum"),
        ("20260420", "kein Datum"),
        ("20.04.0026", "nicht glaubhaft"),
        ("٢٠.04.2026", "kein Datum"),
        ("", "kein Datum"),
    ],
)
def test_refuses_the_rest(text: str, grund: str) -> None:
    with pytest.raises(KeinDatum, match=grund):
        parse_datum(text)


def test_writes_german() -> None:
    assert format_datum(dt.date(2026, 4, 2)) == "02.04.2026"
