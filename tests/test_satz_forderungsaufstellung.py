"""The statement: every printed line can be checked by hand, and the lines add up to the totals."""

import datetime as dt
import pathlib
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from fallbau import build_fall
from mahnakte.blatt.forderungsaufstellung import FORDERUNGSAUFSTELLUNG, VORLAGE, aufstellung_werte
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.variablen import build_example
from mahnakte.stand.sachstand import Sachstand

TAG = dt.date(2026, 7, 20)
VORLAGEN = pathlib.Path(__file__).resolve().parent.parent / "templates" / "blaetter"
ZUSATZ = """  - nummer: RE-2025-900
    datum: 01.03.2025
    betrag: 2.500,00
    leistung_am: 01.03.2025
    faellig_am: 31.03.2025
    faelligkeit: vereinbart
kosten:
  - am: 12.04.2025
    art: ruecklastschrift
    betrag: 4,30
gutschriften:
  - am: 05.04.2026
    betrag: 50,00
    auf: RE-2026-131
zahlungen:
  - am: 02.05.2025
    betrag: 250,00
"""


@pytest.fixture(scope="module")
def werte():
    fall = build_fall(ZUSATZ)
    return aufstellung_werte(fall, compute_konto(Sachstand(fall, TAG)))


def test_each_interest_line_is_its_own_proof(werte):
    """Zinsen = Betrag × Satz × Tage ÷ (100 × Teiler), and the rate is Basiszinssatz plus points."""
    assert len(werte["abschnitte"]) > 4
    for zeile in werte["abschnitte"]:
        basis, punkte, satz = (
            Decimal(zahl.replace(",", ".")) for zahl in re.findall(r"\d+(?:,\d+)?", zeile["satz"])
        )
        assert basis + punkte == satz
        assert zeile["tage"] == (zeile["bis"] - zeile["von"]).days + 1
        gerechnet = zeile["betrag"] * satz * zeile["tage"] / (100 * zeile["teiler"])
        assert zeile["zinsen"] == gerechnet.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert werte["zinsen"]["summe"] == sum(zeile["zinsen"] for zeile in werte["abschnitte"])


def test_the_columns_add_up(werte):
    summe = werte["summe"]
    assert sum(forderung["offen"] for forderung in werte["forderungen"]) == summe["hauptforderung"]
    assert sum(posten["offen"] for posten in werte["kosten"]) == summe["kosten"]
    assert werte["zinsen"]["summe"] - werte["zinsen"]["gezahlt"] == summe["zinsen"]
    assert summe["hauptforderung"] + summe["zinsen"] + summe["kosten"] == summe["gesamt"]


def test_bookings_stand_in_order_with_their_rule(werte):
    assert [(b["was"], str(b["betrag"])) for b in werte["buchungen"]] == [
        ("Zahlung", "250.00"),
        ("Gutschrift", "50.00"),
    ]
    assert "§ 367" in werte["buchungen"][0]["regel"]


def shape(baum):
    if isinstance(baum, dict):
        return {name: shape(wert) for name, wert in sorted(baum.items())}
    return [shape(baum[0])] if isinstance(baum, list) else None


def test_the_values_are_exactly_the_documented_ones(werte):
    assert shape(werte) == shape(build_example(FORDERUNGSAUFSTELLUNG))


def test_the_sheet_shows_every_line_and_repeats_the_head(werte):
    """Eighty interest lines: several pages, each with the head of the table and its number."""
    viele = {**werte, "abschnitte": werte["abschnitte"] * 20}
    with WorkerPool(1) as pool:
        vorlage = load_vorlage(pool, (VORLAGEN / VORLAGE).read_bytes(), VORLAGE, FORDERUNGSAUFSTELLUNG)
        assert isinstance(vorlage, Vorlage), vorlage
        satz = set_letter(pool, vorlage, viele, {}, TAG)
        einfach = set_letter(pool, vorlage, werte, {}, TAG)
        assert set_letter(pool, vorlage, werte, {}, TAG) == einfach
    seiten = satz.druckbild.seiten
    assert len(seiten) >= 3
    assert all(f"Seite {nummer} von {len(seiten)}" in seite for nummer, seite in enumerate(seiten, start=1))
    assert "Tage / Teiler" in seiten[1]
    assert sum(seite.count("1,27 + 5 = 6,27") for seite in seiten) == 20 * sum(
        "1,27" in z["satz"] for z in werte["abschnitte"]
    )
    text = "".join(einfach.druckbild.seiten)
    for stueck in (
        "RE-2025-900",
        "Rücklastschrift",
        "§ 367 Abs. 1 BGB",
        "Offen am 20.07.2026",
        "Für jeden weiteren Tag",
    ):
        assert stueck in text
    assert einfach.druckbild.fremde_schriften == ()


def test_an_account_without_interest_has_no_table_for_it():
    fall = build_fall()
    werte = aufstellung_werte(fall, compute_konto(Sachstand(fall, dt.date(2026, 4, 10))))
    with WorkerPool(1) as pool:
        vorlage = load_vorlage(pool, (VORLAGEN / VORLAGE).read_bytes(), VORLAGE, FORDERUNGSAUFSTELLUNG)
        text = "".join(set_letter(pool, vorlage, werte, {}, fall.forderungen[0].datum).druckbild.seiten)
    assert "Teiler" not in text
    assert "Zahlungen" not in text
    assert "1.190,00\u00a0€" in text
