"""How wide a text is: our reader of the font against the widths that fontTools wrote down, and against a set page."""

import pytest

from mahnakte.satz.formularschrift import text_width
from mahnakte.satz.textbreite import measure_mm

WINANSI = [
    zeichen
    for code in range(32, 256)
    if code not in (0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D)
    for zeichen in bytes([code]).decode("cp1252")
]


@pytest.mark.parametrize("zeichen", WINANSI)
def test_each_letter_is_as_wide_as_the_second_reader_says(zeichen: str) -> None:
    assert measure_mm(zeichen, 1000) * 72 / 25.4 == pytest.approx(text_width(zeichen) * 1000, abs=0.5)


def test_letters_beyond_winansi_have_their_own_width() -> None:
    """Arial's metrics, in thousandths of an em: ł is as wide as l (222), ć as c (500), Ł as L (556)."""
    for zeichen, breite in (("ł", 222), ("ć", 500), ("Ł", 556)):
        assert measure_mm(zeichen, 72 / 25.4 * 1000) == pytest.approx(breite, abs=1)


def test_a_text_is_as_wide_as_its_letters() -> None:
    assert measure_mm("", 10) == 0
    assert measure_mm("Max Muster", 10) == pytest.approx(sum(measure_mm(z, 10) for z in "Max Muster"))
