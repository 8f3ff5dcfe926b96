"""The ceiling of § 13e RDG against a second count, written by the text of the law and sharing nothing with the code.

The tables are those of annex 2 RVG as `../shared/wissen/recht/rvg_*.csv` holds them; cents are whole numbers.
"""

import csv
import datetime as dt
import pathlib
import random
import shutil
from decimal import Decimal

import pytest
from click.testing import CliRunner

from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.gebuehren import Inkassofall, Rechtsdienst, anrechnung, geschaeftsgebuehr, inkassokosten
from mahnakte.recht.rechtsstand import shipped_recht

RECHT = shipped_recht()
SHARED = pathlib.Path(__file__).resolve().parents[2] / "shared"
TABELLEN = SHARED / "wissen" / "recht"
D05 = SHARED / "maengel" / "gericht"
braucht_tabellen = pytest.mark.skipif(
    not TABELLEN.is_dir(), reason="../shared/wissen/recht liegt nicht daneben"
)
braucht_maengel = pytest.mark.skipif(not D05.is_dir(), reason="../shared/maengel/gericht liegt nicht daneben")
TAGE = [dt.date(2021, 1, 1), dt.date(2021, 9, 30), dt.date(2021, 10, 1), dt.date(2025, 5, 31), dt.date(2025, 6, 1),
        dt.date(2026, 11, 30)]  # fmt: skip


def _half_up(zaehler: int, nenner: int) -> int:
    return (2 * zaehler + nenner) // (2 * nenner)


def _brackets(am: dt.date) -> list[tuple[int, int]]:
    name = "rvg_2025.csv" if am >= dt.date(2025, 6, 1) else "rvg_2021.csv"
    with (TABELLEN / name).open(encoding="utf-8") as datei:
        zeilen = [z for z in csv.DictReader(datei) if z["value_up_to"] and z["fee_1_0"]]
    return [(int(Decimal(z["value_up_to"]) * 100), int(Decimal(z["fee_1_0"]) * 100)) for z in zeilen]


def _table(wert: int, am: dt.date) -> int:
    """§ 13 (1) RVG: the bracket; above 500,000 Euro 175 (before 01.06.2025: 165) for each started 50,000."""
    stufen = _brackets(am)
    for bis, gebuehr in stufen:
        if wert <= bis:
            return gebuehr
    bis, gebuehr = stufen[-1]
    return gebuehr + -((bis - wert) // 5_000_000) * (17_500 if am >= dt.date(2025, 6, 1) else 16_500)


def _naive(wert: int, am: dt.date, fall: str, anwalt: bool, steuer: bool, auftraggeber: int) -> int | None:
    """Return the ceiling in cents, None where nobody has read the law of that day."""
    zehntel = {"einfach": 5, "unbestritten": 9, "bestritten": 13}[fall]
    einfach = _table(wert, am)
    if am < dt.date(2021, 10, 1):  # Nr. 2300 without note (2)
        if not anwalt:
            return None
        zehntel = 13
    elif fall != "bestritten" and wert <= 5_000:  # § 13 (2)
        einfach = 3_150 if am >= dt.date(2025, 6, 1) else 3_000
    zehntel += min(3 * (auftraggeber - 1), 20)  # Nr. 1008
    gebuehr = max(_half_up(einfach * zehntel, 10), 1_500)
    netto = gebuehr + min(_half_up(gebuehr * 20, 100), 2_000)  # Nr. 7002
    return netto + (_half_up(netto * 19, 100) if steuer else 0)  # Nr. 7008


def _compare(anzahl: int) -> None:
    zufall = random.Random(20261130)
    for _ in range(anzahl):
        wert = zufall.choice([zufall.randint(1, 10_000), zufall.randint(1, 1_000_000), zufall.randint(1, 90_000_000),
                              zufall.choice([5_000, 5_001, 50_000, 50_001, 100_000, 50_000_000, 50_000_001])])  # fmt: skip
        am, fall, anwalt = zufall.choice(TAGE), zufall.choice(list(Inkassofall)), zufall.random() < 0.5
        steuer, auftraggeber = zufall.random() < 0.5, zufall.choice([1, 1, 2, 3, 7, 8, 30])
        erwartet = _naive(wert, am, fall.value, anwalt, steuer, auftraggeber)
        wer = Rechtsdienst.ANWALT if anwalt else Rechtsdienst.INKASSO
        lage = (wert, am, fall, wer, steuer, auftraggeber)
        if erwartet is None:
            with pytest.raises(Ablehnung) as abgelehnt:
                inkassokosten(RECHT, Decimal(wert) / 100, am, fall, not steuer, wer, auftraggeber)
            assert abgelehnt.value.befund.code == "INKASSO_ALTES_RECHT", lage
        else:
            summe = inkassokosten(RECHT, Decimal(wert) / 100, am, fall, not steuer, wer, auftraggeber).summe
            assert summe * 100 == erwartet, lage


@braucht_tabellen
def test_five_hundred_ceilings_agree_with_the_text_of_the_law() -> None:
    _compare(500)


@braucht_tabellen
@pytest.mark.umfang
def test_twenty_thousand_ceilings_agree_with_the_text_of_the_law() -> None:
    _compare(20_000)


@pytest.mark.parametrize(
    ("wert_2300", "wert_3305", "satz", "angerechnet"),
    [
        ("5000", "5000", "1.3", "-230.43"),  # 1,3 × 354,50 = 460,85; / 2 (recht.md, amount method)
        ("5000", "9000", "1.3", "-230.43"),  # more went to court than was worked on before
        ("5000", "1000", "1.3", "-60.45"),  # 0,65 × 93,00
        ("1000", "1000", "0.9", "-41.85"),
        ("50", "50", "0.9", "-14.18"),  # half of 0,9 × 31,50 = 28,35; not half of the table's fee
    ],
)
def test_set_off_is_half_of_the_fee_on_the_value_that_went_to_court(
    wert_2300: str, wert_3305: str, satz: str, angerechnet: str
) -> None:
    fall = Inkassofall.BESTRITTEN if satz == "1.3" else Inkassofall.UNBESTRITTEN
    fee = geschaeftsgebuehr(RECHT, Decimal(wert_2300), TAGE[-1], fall)
    assert anrechnung(RECHT, fee, Decimal(wert_3305), TAGE[-1]).betrag == Decimal(angerechnet)


def test_set_off_never_exceeds_three_quarters_of_a_fee() -> None:
    fee = geschaeftsgebuehr(RECHT, Decimal(1000), TAGE[-1], Inkassofall.BESTRITTEN, auftraggeber=3)  # 1,9
    assert anrechnung(RECHT, fee, Decimal(1000), TAGE[-1]).betrag == Decimal("-69.75")  # 0,75 × 93,00


def test_the_calculator_shows_each_line_and_refuses_old_mandates_of_agencies() -> None:
    ruf = ["rechnen", "inkassokosten", "--wert", "1000,00", "--am", "05.04.2026"]
    gezeigt = CliRunner().invoke(mahnakte_cli, ruf)
    assert gezeigt.exit_code == 0
    assert "Geschäftsgebühr 0,9" in gezeigt.output
    assert "Summe: 100,44" in gezeigt.output
    assert "119,52" in CliRunner().invoke(mahnakte_cli, [*ruf, "--umsatzsteuer"]).output
    alt = CliRunner().invoke(mahnakte_cli, [*ruf[:-1], "30.09.2021"])
    assert alt.exit_code != 0
    assert "INKASSO_ALTES_RECHT" in alt.output
    assert CliRunner().invoke(mahnakte_cli, [*ruf[:-1], "30.09.2021", "--durch", "anwalt"]).exit_code == 0


def _apply(ordner: pathlib.Path, mangel: str, *aenderungen: tuple[str, str]) -> tuple[int, str]:
    kopie = shutil.copytree(D05 / mangel, ordner / "bestand")
    (fall,) = kopie.glob("*/fall.yaml")
    text = fall.read_text("utf-8")
    for alt, neu in aenderungen:
        assert alt in text
        text = text.replace(alt, neu)
    fall.write_text(text, "utf-8")
    ruf = CliRunner().invoke(mahnakte_cli, ["antrag", str(fall.parent), "--stichtag", "2026-11-30"])
    return ruf.exit_code, ruf.output


@braucht_maengel
@pytest.mark.parametrize(
    ("mangel", "code"),
    [
        ("D05-inkasso-900", "ANTRAG_KOSTEN_UEBER_GRENZE"),
        ("D05-kleinforderung", "ANTRAG_KOSTEN_UEBER_GRENZE"),
        ("D05-umsatzsteuer", "ANTRAG_KOSTEN_UEBER_GRENZE"),
        ("D05-anrechnung-1-cent", "ANTRAG_KOSTEN_UEBER_GRENZE"),
    ],
)
def test_no_application_above_the_ceiling(mangel: str, code: str, tmp_path: pathlib.Path) -> None:
    rueckgabe, text = _apply(tmp_path, mangel)
    assert rueckgabe == 3
    assert code in text


@braucht_maengel
def test_a_set_off_of_one_cent_stops_the_application(tmp_path: pathlib.Path) -> None:
    rueckgabe, text = _apply(tmp_path, "D05-anrechnung-1-cent", ("480,85", "339,05"))
    assert rueckgabe == 3
    assert "ANRECHNUNG_ZU_NIEDRIG" in text
    assert "159,52" in text  # 0,9 × 354,50 = 319,05; / 2 = 159,525


@braucht_maengel
@pytest.mark.parametrize(
    ("mangel", "aenderungen"),
    [
        ("D05-inkasso-900", [("900,00", "100,44")]),
        ("D05-kleinforderung", [("55,62", "34,02")]),
        ("D05-umsatzsteuer", [("119,52", "100,44"), ("umsatzsteuer: ja", "umsatzsteuer: nein")]),
        ("D05-anrechnung-1-cent", [("480,85", "339,05"), ("anrechnung: 0,01", "anrechnung: 159,53")]),
        ("D05-anrechnung-1-cent", [("480,85", "339,05"), ("anrechnung: 0,01", "anrechnung: 159,52")]),
        ("D05-anrechnung-1-cent", [("480,85", "120,00"), ("anrechnung: 0,01", "anrechnung: 50,00")]),
    ],
)
def test_what_the_law_allows_is_applied_for(
    mangel: str, aenderungen: list[tuple[str, str]], tmp_path: pathlib.Path
) -> None:
    rueckgabe, text = _apply(tmp_path, mangel, *aenderungen)
    assert rueckgabe in (0, 1), text
    assert "erstellt als Vorgang" in text
