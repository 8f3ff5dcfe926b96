"""The vectors are those of the tables they were copied from, figure by figure; only where those lie beside the project."""

import csv
import pathlib
import re

import pytest

from vektorbau import VEKTOREN, read_tabelle, read_vektoren


def rows(shared: pathlib.Path, name: str) -> list[dict[str, str]]:
    with (shared / "wissen" / "recht" / f"{name}.csv").open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei))


# our file: their file, our key -> their column
SPALTEN = {
    "zinsen": ("vectors_interest", {
        "betrag": "principal", "von": "first_interest_day", "bis": "last_interest_day", "tage": "days",
        "zaehlung": "day_count", "zinsen": "expected_interest",
    }),
    "verjaehrung": ("vectors_limitation", {
        "ablauf": "limitation_ends_with_expiry_of", "letzter_tag": "last_filing_day_after_193",
    }),
    "fristen": ("vectors_deadlines", {"tag": "expected_date"}),
    "gebuehren": ("vectors_fees", {"wert": "value", "betrag": "expected"}),
}  # fmt: skip


@pytest.mark.parametrize("unsere", SPALTEN)
def test_same_figures(shared: pathlib.Path, unsere: str) -> None:
    datei, spalten = SPALTEN[unsere]
    dort = {
        zeile["id"]: {wort: zeile[spalte] for wort, spalte in spalten.items()}
        for zeile in rows(shared, datei)
    }
    assert {
        nr: {wort: zeile[wort] for wort in spalten} for nr, zeile in read_vektoren(unsere).items()
    } == dort


def test_same_rates_of_interest(shared: pathlib.Path) -> None:
    def theirs(zeile: dict[str, str]) -> dict[str, str]:
        prozent, basis = zeile["margin_or_rate_percent"], zeile["base_rate_source"]
        if zeile["rate_kind"] == "fixed":
            return {"fest": prozent}
        return {"punkte": prozent} if basis == "basiszinssatz.csv" else {"punkte": prozent, "basis": basis}

    unsere = {
        nr: (zeile["satz"], zeile["gerundet"] == "am Ende") for nr, zeile in read_vektoren("zinsen").items()
    }
    assert unsere == {z["id"]: (theirs(z), z["rounding"] == "end") for z in rows(shared, "vectors_interest")}


def test_same_allocation(shared: pathlib.Path) -> None:
    worte = {"costs": "kosten", "interest": "zinsen", "principal": "hauptforderung"}
    for zeile in rows(shared, "vectors_allocation"):
        unsere = read_vektoren("tilgung")[zeile["id"]]
        betrag, _, am = zeile["payment"].partition(" on ")
        assert (unsere["zahlung"]["betrag"], unsere["zahlung"].get("am", "")) == (betrag, am)
        ohne_klammern = re.sub(r"\([^)]*\)", "", zeile["allocation"])
        teile = re.findall(r"(costs|interest|principal) (\d+\.\d\d)", ohne_klammern)
        assert unsere["deckt"] == {worte[wort]: zahl for wort, zahl in teile}
        assert all(zahl in zeile["after"] for zahl in unsere["danach"].values())


def test_same_base_rates(shared: pathlib.Path) -> None:
    dort = [
        {"ab": zeile["valid_from"], "satz": zeile["rate_percent"]} for zeile in rows(shared, "basiszinssatz")
    ]
    assert read_tabelle("basiszinssatz") == dort


def test_same_limits_of_garnishment(shared: pathlib.Path) -> None:
    spalten = {
        "ab": "valid_from", "bis": "valid_to", "grundbetrag": "monthly_basic", "erste_person": "first_dependant",
        "weitere_person": "second_to_fifth_dependant_each", "hoechstbetrag": "upper_limit",
    }  # fmt: skip
    dort = [
        {wort: zeile[spalte] for wort, spalte in spalten.items()}
        for zeile in rows(shared, "pfaendungsfreigrenzen")
    ]
    assert read_tabelle("pfaendungsfreigrenzen") == dort


@pytest.mark.parametrize("name", ["rvg_2021", "rvg_2025", "gkg_2021", "gkg_2025"])
def test_same_tables_of_fees(shared: pathlib.Path, name: str) -> None:
    *stufen, oben = rows(shared, name)
    unsere = read_tabelle("gebuehrentabellen")[name]
    assert unsere["stufen"] == [[zeile["value_up_to"], zeile["fee_1_0"]] for zeile in stufen]
    assert unsere["darueber"] == {"je": oben["step_over_500000"], "mehr": oben["increment_over_500000"]}


def test_same_courts(shared: pathlib.Path) -> None:
    """Place, name and mailing postcode; the postcode of the house and the XJustiz number come from the court files."""
    dort = {
        (zeile["land_code"], zeile["olg_district"] == "Köln"): (zeile["court"], zeile["city"], zeile["plz"])
        for zeile in rows(shared, "mahngerichte")
        if re.fullmatch(r"[A-Z]{2}", zeile["land_code"])
    }
    unsere = {
        (zeile["land"], zeile.get("olg") == "koeln"): (zeile["gericht"], zeile["ort"], zeile["plz_post"])
        for zeile in read_tabelle("mahngerichte")
    }
    assert unsere == {schluessel: dort[schluessel] for schluessel in unsere}
    text = (shared / "formate/formate.md").read_text(encoding="utf-8")
    assert all(
        f"| {z['plz']} {z['ort']} |" in text and z["xjustiz"] in text for z in read_tabelle("mahngerichte")
    )


def test_same_catalogue(shared: pathlib.Path) -> None:
    text = (shared / "formate/formate.md").read_text(encoding="utf-8")
    abschnitt = text[text.index("## E. Hauptforderungs-Katalog") : text.index("## F. Content")]
    assert read_tabelle("katalog") == dict(
        re.findall(r"^\| (\d+)(?: \*)? \| (.*?) \|", abschnitt, re.MULTILINE)
    )


def test_every_file_is_named_in_the_readme() -> None:
    text = (VEKTOREN / "README.md").read_text(encoding="utf-8")
    assert {datei.stem for datei in VEKTOREN.glob("*.yaml")} == set(re.findall(r"`(\w+)\.yaml`", text))
