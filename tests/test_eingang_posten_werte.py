"""Cells of lists: each spelling that is sure is read, each doubt refused by name."""

import datetime as dt
import random
from decimal import Decimal

import pytest

from mahnakte.eingang.posten.werte import Zelle, parse_geld, parse_tag, parse_tage, parse_text
from mahnakte.eingang.zeilen import KeinWert


@pytest.mark.parametrize(
    ("text", "betrag"),
    [
        ("1.190,00", "1190.00"), ("1190,00", "1190.00"), ("1190.00", "1190.00"), ("1,190.00", "1190.00"),
        ("1190", "1190.00"), ("1190,5", "1190.50"), ("1'190.00", "1190.00"), ("1 190,00", "1190.00"),
        ("1\u00a0190,00 €", "1190.00"), ("EUR 12,50", "12.50"), ("12,50 Euro", "12.50"), ("400,00-", "-400.00"),
        ("(400,00)", "-400.00"), ("-400,00", "-400.00"), ("\u2212400,00", "-400.00"), ("+400,00", "400.00"),
        ("1.190.000", "1190000.00"), ("1.190.000,5", "1190000.50"), ("0,00", "0.00"), ("-0,00", "0.00"),
        ("1190,000", "1190.00"), ("1190.0000", "1190.00"), ("0,01", "0.01"),
    ],
)  # fmt: skip
def test_amounts(text: str, betrag: str) -> None:
    assert str(parse_geld(text)) == betrag


@pytest.mark.parametrize("text", ["", " ", "-", "€"])
def test_no_amount_is_none(text: str) -> None:
    assert parse_geld(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "1.190", "1,190", "-1.190", "0.190", "999.999", "1190,005", "1190,001", "1.19,00", "1.1900,00", "12.34.56", "1,2,3",
        "=1+1", "@A1", "+A1", "--5", "5--", "(5", "5)", "1e3", "1,19E+05", "abc", "USD 5", "5 $", "12:30", "²", "٣,00",
        "12345678901234", "1.190,00,", "..", ",50 ,",
    ],
)  # fmt: skip
def test_a_doubtful_amount_is_refused(text: str) -> None:
    with pytest.raises(KeinWert):
        parse_geld(text)


def test_every_amount_is_read_back_exactly() -> None:
    zufall = random.Random(3)
    for _ in range(5_000):
        cent = zufall.randint(-(10**11), 10**11)
        betrag = Decimal(cent).scaleb(-2)
        deutsch = f"{betrag:,.2f}".translate(str.maketrans(",.", ".,"))
        assert parse_geld(deutsch) == parse_geld(f"{betrag:.2f}") == parse_geld(f"{betrag:,.2f}") == betrag


@pytest.mark.parametrize(
    ("zelle", "tag"),
    [
        ("01.09.2026", "2026-09-01"), ("1.9.26", "2026-09-01"), ("2026-09-01", "2026-09-01"), ("01092026", "2026-09-01"),
        ("1092026", "2026-09-01"), (Decimal(1092026), "2026-09-01"), ("20260901", "2026-09-01"),
        (Decimal(20260901), "2026-09-01"), ("2026-09-01T00:00:00", "2026-09-01"), ("01.09.2026 00:00", "2026-09-01"),
        ("20102026", "2026-10-20"), ("20112011", "2011-11-20"), (dt.date(2026, 9, 1), "2026-09-01"),
    ],
)  # fmt: skip
def test_days(zelle: Zelle, tag: str) -> None:
    assert parse_tag(zelle) == dt.date.fromisoformat(tag)


@pytest.mark.parametrize("text", ["", "-", "0", "00000000", "00.00.0000", "0001-01-01"])
def test_no_day_is_none(text: str) -> None:
    assert parse_tag(text) is None


@pytest.mark.parametrize(
    ("zelle", "grund"),
    [
        ("31.02.2026", "gibt es im Kalender nicht"), ("31022026", "den es im Kalender gibt"), ("46266", "ohne Datumsformat"),
        (Decimal(46266), "ohne Datumsformat"), ("14", "eine Zahl von Tagen"), (Decimal(30), "eine Zahl von Tagen"),
        ("09/01/2026", "vertauscht"), ("1/9/26", "vertauscht"), ("9-1-2026", "kein Datum"), ("010926", "kein Tag"),
        (Decimal("46266.5"), "statt eines Tages"), ("01.09.1899", "nicht glaubhaft"), (dt.date(1899, 12, 31), "glaubhaft"),
        ("sofort", "kein Datum"), ("1" * 40, "kein Tag"), ("٠١٠٩٢٠٢٦", "kein Datum"),
    ],
)  # fmt: skip
def test_a_doubtful_day_is_refused_by_name(zelle: Zelle, grund: str) -> None:
    with pytest.raises(KeinWert, match=grund):
        parse_tag(zelle)


def test_no_day_has_two_readings_without_points() -> None:
    """TTMMJJJJ and JJJJMMTT never name two days of our time."""
    tag = dt.date(1901, 1, 1)
    while tag.year < 2200:
        assert parse_tag(tag.strftime("%d%m%Y")) == parse_tag(tag.strftime("%Y%m%d")) == tag
        tag += dt.timedelta(days=7)


@pytest.mark.parametrize(
    ("zelle", "tage"),
    [("14", 14), ("14 Tage", 14), (Decimal(30), 30), ("0", 0), ("30 days", 30), ("", None), ("-", None)],
)
def test_counts_of_days(zelle: Zelle, tage: int | None) -> None:
    assert parse_tage(zelle) == tage


@pytest.mark.parametrize("zelle", ["366", "-1", "1,5", "bald", Decimal("1.5"), dt.date(2026, 9, 1)])
def test_no_count_of_days(zelle: Zelle) -> None:
    with pytest.raises(KeinWert):
        parse_tage(zelle)


@pytest.mark.parametrize(
    ("zelle", "text"),
    [
        ("  RE  1 ", "RE 1"),
        ("007", "007"),
        ('="007"', "007"),
        (Decimal(7), "7"),
        ("-", ""),
        ("#12", "#12"),
        ("u\u0308", "ü"),
    ],
)
def test_texts(zelle: Zelle, text: str) -> None:
    assert parse_text(zelle, "Nr") == text


@pytest.mark.parametrize(
    "zelle",
    [
        "=A1",
        "+1",
        "-x",
        "@SUM(1)",
        '="=A1"',
        "#NV",
        "#BEZUG!",
        "MÃ¼ller",
        "M„ller",
        "M\ufffdller",
        "#NAME?",
        "a\u202eb",
        "1,2E+15",
        "x" * 201,
        dt.date(2026, 9, 1),
    ],
)
def test_what_names_nothing_is_refused(zelle: Zelle) -> None:
    with pytest.raises(KeinWert, match="Nr"):
        parse_text(zelle, "Nr")
