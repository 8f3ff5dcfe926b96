"""`mahnakte titel` over folders: the JSON of the contract, the list for the clerk, broken and paid cases."""

import datetime as dt
import pathlib
import shutil

import pytest

from fallbau import FAELLE
from mahnakte.befehle.titel import BREITE, list_titel
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 11, 16)
TITEL = """
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    schuldner: max
    gericht: Amtsgericht Aschersleben
    geschaeftszeichen: 26-1234567-0-0
    erlassen_am: 10.08.2021
    zugestellt_am: 14.08.2021
    betraege:
      hauptforderung: 1.190,00
      zinsen:
        punkte: 5
        ab: 11.08.2021
"""


@pytest.fixture
def lage():
    with WorkerPool(1) as werkstatt:
        yield Lage(STICHTAG, werkstatt)


@pytest.fixture
def bestand(tmp_path):
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    return tmp_path


def add_case(bestand: pathlib.Path, aktenzeichen: str, zusatz: str = TITEL) -> pathlib.Path:
    ordner = bestand / aktenzeichen
    ordner.mkdir()
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8").replace("2026-0042", aktenzeichen)
    (ordner / "fall.yaml").write_text(text + zusatz, encoding="utf-8")
    return ordner


def test_titles_of_all_cases_in_one_list_what_lapses_first_at_the_top(bestand, lage):
    add_case(bestand, "2026-0001", TITEL.replace("2021", "2024"))
    add_case(bestand, "2026-0002")
    add_case(bestand, "2026-0003", "")
    ergebnis = list_titel([bestand], lage)
    erster, zweiter = ergebnis.as_json()["titel"]
    assert (erster["aktenzeichen"], erster["kennung"], erster["schuldner"]) == ("2026-0002", "vb-1", "max")
    # Saturday 14 August 2021 plus two weeks is Saturday the 28th: Monday the 30th (§ 222 (2) ZPO)
    assert erster["hauptforderung_bis"] == "2051-08-30"
    assert erster["erlischt_zuerst"] == "2026-12-31"
    assert [(z["jahr"], z["bis"]) for z in erster["zinsen"]][2] == (2023, "2026-12-31")
    assert zweiter["aktenzeichen"] == "2026-0001"
    assert ergebnis.exit_code == 1
    assert {"TITELZINSEN_LAUFEN_AB", "TITELZINSEN_VERJAEHRT"} <= {
        b["code"] for b in ergebnis.as_json()["befunde"]
    }


def test_the_list_fits_a_window_and_names_what_a_clerk_needs(bestand, lage):
    add_case(bestand, "A" * 40)
    zeilen = list_titel([bestand], lage).zeilen
    assert max(map(len, zeilen)) <= BREITE
    text = " ".join(" ".join(zeilen).split())
    for teil in (
        "31.12.2026",
        "A" * 40,
        "Max Schuldner",
        "30.08.2051",
        "2021 bis 2022 verjährt",
        "Offen im ganzen Fall",
    ):
        assert teil in text


def test_a_case_that_cannot_be_read_is_named_and_the_others_are_listed(bestand, lage):
    add_case(bestand, "2026-0001")
    kaputt = add_case(bestand, "2026-0002")
    (kaputt / "fall.yaml").write_text("aktenzeichen: [", encoding="utf-8")
    ergebnis = list_titel([bestand], lage)
    assert [eintrag["aktenzeichen"] for eintrag in ergebnis.daten["titel"]] == ["2026-0001"]
    assert ergebnis.exit_code == 3


def test_a_paid_title_is_listed_last_and_warns_no_more(bestand, lage):
    bezahlt = "\nzahlungen:\n  - am: 01.09.2026\n    betrag: 9.000,00\n"
    add_case(bestand, "2026-0001", TITEL + bezahlt)
    add_case(bestand, "2026-0002", TITEL.replace("2021", "2024"))
    ergebnis = list_titel([bestand], lage)
    assert [eintrag["aktenzeichen"] for eintrag in ergebnis.daten["titel"]] == ["2026-0002", "2026-0001"]
    assert "TITELZINSEN_LAUFEN_AB" not in {befund.code for befund in ergebnis.befunde}
    assert any(zeile.startswith("bezahlt") for zeile in ergebnis.zeilen)


def test_a_finding_that_was_accepted_does_not_come_back(bestand, lage):
    quittung = "\nquittiert:\n  - code: TITELZINSEN_LAUFEN_AB\n    grund: Schuldner mittellos\n    von: K. Beispiel\n    am: 01.10.2026\n"
    add_case(bestand, "2026-0001", TITEL + quittung)
    assert "TITELZINSEN_LAUFEN_AB" not in {befund.code for befund in list_titel([bestand], lage).befunde}


def test_no_title_is_said(bestand, lage):
    ergebnis = list_titel([add_case(bestand, "2026-0001", "")], lage)
    assert (ergebnis.daten["titel"], ergebnis.exit_code) == ([], 0)
    assert "kein Titel" in ergebnis.zeilen[0]
