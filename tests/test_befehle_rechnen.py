"""The calculators and the register as the command line offers them: the examples of the contract, refusals."""

import datetime as dt
import json
from typing import Any

import pytest
from click.testing import CliRunner

from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.datum import format_datum
from mahnakte.recht.rechtsstand import shipped_recht

ENDE = shipped_recht().find_reihe("basiszinssatz").gedeckt_bis
EIN_TAG = dt.timedelta(days=1)


def run(*woerter: str) -> tuple[int, str]:
    ergebnis = CliRunner().invoke(mahnakte_cli, list(woerter))
    return ergebnis.exit_code, ergebnis.stdout + ergebnis.stderr


def run_json(*woerter: str) -> tuple[int, dict[str, Any]]:
    ergebnis = CliRunner().invoke(mahnakte_cli, [*woerter, "--json"])
    return ergebnis.exit_code, json.loads(ergebnis.stdout)


def test_zinsen_wie_im_vertrag() -> None:
    code, daten = run_json(
        "rechnen", "zinsen", "--betrag", "1500,00", "--von", "2009-09-15", "--bis", "2012-02-17", "--punkte", "8"
    )  # fmt: skip
    assert (code, daten["zinsen"], len(daten["abschnitte"])) == (0, "297.50", 6)
    erster = {"von": "2009-09-15", "bis": "2009-12-31", "tage": 108, "satz": "8.12", "zinsen": "36.04"}
    assert erster.items() <= daten["abschnitte"][0].items()
    assert daten["befunde"] == []


@pytest.mark.parametrize(
    ("weitere", "zinsen"),
    [
        # I33 and I31, I17, I11 of vectors_interest.csv
        (["--betrag", "12000", "--von", "2016-05-01", "--bis", "2026-11-21", "--punkte", "9", "--methode", "act/365"],
         "11773.77"),
        (["--betrag", "800,00", "--von", "2022-06-15", "--bis", "2023-02-28", "--punkte", "5", "--methode", "act/365",
          "--rundung", "ende"], "26.62"),
        (["--betrag", "9000", "--von", "02.12.2023", "--bis", "31.01.2024", "--satz", "4", "--methode", "30e/360"],
         "59.00"),
        (["--betrag", "10000", "--von", "2023-12-02", "--bis", "2024-01-31", "--satz", "4,0"], "66.76"),
    ],
)  # fmt: skip
def test_zinsen_mit_methode_und_rundung(weitere: list[str], zinsen: str) -> None:
    code, daten = run_json("rechnen", "zinsen", *weitere)
    assert (code, daten["zinsen"]) == (0, zinsen)


def test_zinsen_zeigen_die_rechnung() -> None:
    _, text = run("rechnen", "zinsen", "--betrag", "1500,00", "--von", "15.09.2009", "--bis", "31.12.2009",
                  "--punkte", "8")  # fmt: skip
    assert "0,12 + 8 = 8,12 %: 1.500,00 × 8,12 % × 108/365 = 36,04\u00a0€" in text


@pytest.mark.parametrize(
    ("woerter", "gebuehr"),
    [
        (["--tabelle", "rvg", "--wert", "5000,00", "--satz", "1,3", "--am", "2026-01-15"], "460.85"),
        (["--tabelle", "rvg", "--wert", "10000", "--am", "2025-05-31"], "614.00"),
        (["--tabelle", "gkg", "--wert", "1.000,00", "--satz", "0,5", "--am", "2026-01-15"], "30.50"),
        (["--tabelle", "gkg", "--wert", "300", "--satz", "0,3", "--am", "2026-01-15"], "15.00"),
    ],
)
def test_gebuehr(woerter: list[str], gebuehr: str) -> None:
    code, daten = run_json("rechnen", "gebuehr", *woerter)
    assert (code, daten["gebuehr"]) == (0, gebuehr)


@pytest.mark.parametrize(
    ("woerter", "roh", "ende"),
    [
        (["--ab", "2026-04-08", "--dauer", "2w"], "2026-04-22", "2026-04-22"),
        (["--ab", "2026-03-05", "--dauer", "6m"], "2026-09-05", "2026-09-07"),
        (["--ab", "2025-10-17", "--dauer", "2w", "--land", "SN"], "2025-10-31", "2025-11-03"),
        (["--ab", "2004-02-29", "--dauer", "30j", "--land", "SN"], "2034-02-28", "2034-02-28"),
        (["--ab", "21.11.2026", "--dauer", "30t", "--land", "BE"], "2026-12-21", "2026-12-21"),
    ],
)
def test_frist(woerter: list[str], roh: str, ende: str) -> None:
    code, daten = run_json("rechnen", "frist", *woerter)
    assert (code, daten["roh"], daten["ende"]) == (0, roh, ende)
    assert [b["code"] for b in daten["befunde"]] == (
        [] if "--land" in woerter else ["KALENDER_NUR_BUNDESWEIT"]
    )


def test_verjaehrung_wie_im_vertrag() -> None:
    code, daten = run_json("rechnen", "verjaehrung", "--entstanden", "2019-05-20")
    assert code == 0
    erwartet = {"ablauf": "2022-12-31", "letzter_tag": "2023-01-02", "sicher_bis": "2022-12-30"}
    assert erwartet.items() <= daten.items()
    _, daten = run_json(
        "rechnen", "verjaehrung", "--entstanden", "2015-05-20", "--kenntnis", "2023-02-01", "--land", "SN"
    )
    assert daten["ablauf"] == "2025-05-20"
    _, daten = run_json("rechnen", "verjaehrung", "--entstanden", "2005-06-16", "--frist", "titel")
    assert daten["letzter_tag"] == "2035-06-18"


def test_basiszins_wie_im_vertrag() -> None:
    code, daten = run_json("rechnen", "basiszins", "--am", "2026-11-21")
    assert code == 0
    assert {"satz": "1.52", "ab": "2026-07-01"}.items() <= daten.items()
    assert run_json("rechnen", "basiszins", "--am", "2022-01-01")[1]["satz"] == "-0.88"


@pytest.mark.parametrize(
    ("woerter", "befund", "wort"),
    [
        (["basiszins", "--am", str(ENDE + EIN_TAG)], "RECHTSWERT_NACH_TABELLE", format_datum(ENDE)),
        (["basiszins", "--am", "2001-12-31"], "RECHTSWERT_VOR_TABELLE", "01.01.2002"),
        (["gebuehr", "--tabelle", "rvg", "--wert", "100", "--am", "2020-01-01"], "RECHTSWERT_VOR_TABELLE", "01.01.2021"),
        (["zinsen", "--betrag", "100", "--von", "2026-12-01", "--bis", str(ENDE + EIN_TAG), "--punkte", "5"],
         "RECHTSWERT_NACH_TABELLE", format_datum(ENDE)),
        (["zinsen", "--betrag", "100", "--von", "2026-12-01", "--bis", "2026-12-15"], "ZINSSATZ_FEHLT", "genau ein"),
        (["zinsen", "--betrag", "100", "--von", "2026-12-01", "--bis", "2026-12-15", "--satz", "4", "--punkte", "5"],
         "ZINSSATZ_FEHLT", "genau ein"),
        (["zinsen", "--betrag", "100", "--von", "2026-12-15", "--bis", "2026-12-01", "--satz", "4"],
         "ZINS_ZEITRAUM_VERKEHRT", "beginnt erst"),
        (["frist", "--ab", "2026-12-15", "--dauer", "drei Wochen"], "FRIST_DAUER", "keine Dauer"),
        (["frist", "--ab", "2026-12-15", "--dauer", "3w", "--land", "Sachsen"], "LAND_UNBEKANNT", "Sachsen"),
        (["verjaehrung", "--entstanden", "1999-05-20"], "RECHTSWERT_VOR_TABELLE", "01.01.2002"),
        (["verjaehrung", "--entstanden", "2026-05-20", "--frist", "fracht"], "VERJAEHRUNG_BEGINN_FEHLT", "Ablieferung"),
    ],
)  # fmt: skip
def test_ausserhalb_der_tabelle_rueckgabe_zwei(woerter: list[str], befund: str, wort: str) -> None:
    code, daten = run_json("rechnen", *woerter)
    assert (code, daten["befunde"][0]["code"]) == (2, befund)
    assert wort in daten["befunde"][0]["text"]


def test_dezimalpunkt_wird_erklaert() -> None:
    code, text = run("rechnen", "gebuehr", "--tabelle", "rvg", "--wert", "50.00")
    assert code == 2
    assert "bitte mit Komma schreiben: 50,00" in text


def test_recht_listet_alles_und_zeigt_eines() -> None:
    code, daten = run_json("recht", "--am", "2026-11-21")
    werte = {eintrag["name"]: eintrag["wert"] for eintrag in daten["rechtswerte"]}
    assert code == 0
    assert (werte["basiszinssatz"], werte["verzugspauschale"], werte["rvg"]) == ("1.52", "40.00", None)
    code, daten = run_json("recht", "basiszinssatz", "--am", "2014-07-01")
    verlauf = [wert for wert in daten["verlauf"] if wert["ab"] <= "2026-07-01"]  # later values are more
    assert (code, daten["wert"], daten["wert_ab"], len(verlauf)) == (0, "-0.73", "2014-07-01", 50)
    assert daten["quelle"]
    code, text = run("recht", "basiszinssatz", "--am", "2014-07-01")
    assert code == 0
    assert "Am 01.07.2014: -0,73" in text


@pytest.mark.parametrize("name", ["rvg", "gkg", "katalog", "mahngerichte"])
def test_recht_zeigt_tabellen(name: str) -> None:
    code, text = run("recht", name, "--am", "2026-11-21")
    assert code == 0
    assert len(text.splitlines()) > 10
    assert run("recht", name, "--am", "2031-01-01")[0] == 2


@pytest.mark.parametrize(
    ("woerter", "rueckgabe", "befund"),
    [
        (["basiszins"], 2, "RECHTSWERT_UNBEKANNT"),
        (["basiszinssatz", "--am", str(ENDE + EIN_TAG)], 2, "RECHTSWERT_NACH_TABELLE"),
        (["verbraucherkredit_abstand", "--am", "2026-11-20"], 2, "RECHT_NICHT_GEPRUEFT"),
        (
            ["ausfertigung_entbehrlich"],
            1,
            "RECHT_NICHT_GEPRUEFT",
        ),  # asked for today: history, and why no value
    ],
)
def test_recht_ohne_wert(woerter: list[str], rueckgabe: int, befund: str) -> None:
    code, daten = run_json("recht", *woerter)
    assert (code, daten["befunde"][0]["code"]) == (rueckgabe, befund)
