"""fall.yaml is read strictly: each broken file of fixtures/kaputt says in its head what a clerk must be told."""

import datetime as dt
import pathlib
import re
from decimal import Decimal

import pytest

from mahnakte.fall.lesen import read_einstellungen, read_falldatei

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
KAPUTT = sorted((FIXTURES / "kaputt").glob("*.yaml"))
ERWARTET = re.compile(r"# erwartet: (\w+) \| (\d+|-) \| (.+)")


@pytest.mark.parametrize("datei", KAPUTT, ids=lambda datei: datei.stem)
def test_broken_files_give_the_expected_sentence(datei: pathlib.Path) -> None:
    inhalt = datei.read_bytes()
    falldatei, befunde = read_falldatei(inhalt, "fall.yaml")
    assert falldatei is None
    erwartet = ERWARTET.findall(inhalt.decode())
    assert erwartet, "die Datei sagt nicht, was erwartet wird"
    assert len(befunde) == len(erwartet)
    for code, zeile, worte in erwartet:
        passende = [b for b in befunde if b.code == code and worte in f"{b.text} {b.abhilfe}"]
        assert passende, f"kein Befund {code} mit „{worte}“ in {befunde}"
        if zeile != "-":
            assert int(zeile) in {b.stelle.zeile for b in passende if b.stelle}


def test_there_are_enough_broken_files() -> None:
    assert len(KAPUTT) >= 30


def test_reads_a_plain_case_as_text() -> None:
    falldatei, befunde = read_falldatei((FIXTURES / "faelle" / "einfach.yaml").read_bytes(), "fall.yaml")
    assert not befunde
    assert falldatei is not None
    assert falldatei.schuldner[0].plz == "04109"
    rechnung = falldatei.rechnungen[0]
    assert rechnung.betrag == Decimal("1190.00")
    assert rechnung.faellig_am == dt.date(2026, 3, 31)
    assert rechnung.stelle.zeile == 19


def test_postcodes_and_country_codes_survive() -> None:
    text = (FIXTURES / "faelle" / "einfach.yaml").read_text(encoding="utf-8")
    text = text.replace("plz: 04109", "plz: 01067").replace("land: SN", "staat: NO")
    falldatei, _ = read_falldatei(text.encode(), "fall.yaml")
    assert falldatei is not None
    assert (falldatei.schuldner[0].plz, falldatei.schuldner[0].staat) == ("01067", "NO")


def test_keys_left_empty_are_absent() -> None:
    text = (FIXTURES / "faelle" / "einfach.yaml").read_text(encoding="utf-8")
    falldatei, befunde = read_falldatei((text + "verzicht:\nzahlungen:\ntitel: []\n").encode(), "fall.yaml")
    assert not befunde
    assert falldatei is not None
    assert falldatei.verzicht == falldatei.zahlungen == falldatei.titel == ()


def test_settings_have_lawful_defaults() -> None:
    einstellungen, befunde = read_einstellungen(
        (FIXTURES / "faelle" / "mahnakte.yaml").read_bytes(), "mahnakte.yaml"
    )
    assert not befunde
    assert einstellungen is not None
    assert [stufe.art for stufe in einstellungen.mahnplan] == [
        "zahlungserinnerung",
        "mahnung-1",
        "mahnung-letzte",
    ]
    assert einstellungen.mahnplan[-1].dann == "mahnbescheid"


def test_a_wrong_iban_is_refused() -> None:
    text = (FIXTURES / "faelle" / "mahnakte.yaml").read_text(encoding="utf-8").replace("202051", "202052")
    einstellungen, befunde = read_einstellungen(text.encode(), "mahnakte.yaml")
    assert einstellungen is None
    assert "keine gültige IBAN" in befunde[0].text
