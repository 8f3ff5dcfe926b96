"""`mahnakte fristen` over folders: the contract's JSON, the list for the clerk, files, broken cases, the demo."""

import datetime as dt
import json
import pathlib
import shutil
import subprocess
import sys

import pytest

from fallbau import FAELLE
from mahnakte.befehle.fristen import BREITE, Ausgaben, list_fristen
from mahnakte.grund.beigaben import beigaben_ordner
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 11, 16)
VERTRAG = {"aktenzeichen", "art", "roh", "ende", "vorfristen", "grund", "eingetragen_am", "erledigt"}
ALT = {"leistung_am: 27.02.2026": "leistung_am: 10.03.2023", "datum: 01.03.2026": "datum: 12.03.2023",
       "zugegangen_am: 04.03.2026": "zugegangen_am: 14.03.2023", "faellig_am: 31.03.2026": "faellig_am: 31.03.2023"}  # fmt: skip


@pytest.fixture
def lage(werkstatt):
    return Lage(STICHTAG, werkstatt)


@pytest.fixture
def bestand(tmp_path):
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", ordner / "mahnakte.yaml")
    return ordner


def add_case(
    bestand: pathlib.Path, aktenzeichen: str, zusatz: str = "", aendern: dict[str, str] = ALT
) -> pathlib.Path:
    ordner = bestand / aktenzeichen
    ordner.mkdir()
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8").replace("2026-0042", aktenzeichen)
    for alt, neu in aendern.items():
        assert alt in text
        text = text.replace(alt, neu)
    (ordner / "fall.yaml").write_text(text + zusatz, encoding="utf-8")
    return ordner


def test_the_json_of_the_contract_soonest_first(bestand, lage):
    add_case(bestand, "2026-0001", aendern={})
    add_case(bestand, "2026-0002")
    daten = list_fristen([bestand], lage).as_json()
    assert [(f["aktenzeichen"], f["art"], f["roh"]) for f in daten["fristen"]] == [
        ("2026-0002", "verjaehrung", "2026-12-31"),
        ("2026-0001", "verjaehrung", "2029-12-31"),
    ]
    frist = daten["fristen"][0]
    assert frist.keys() >= VERTRAG
    assert (frist["ende"], frist["sicher_bis"], frist["erledigt"], frist["eingetragen_am"]) == (
        "2026-12-31", "2026-12-31", False, None,
    )  # fmt: skip
    assert frist["vorfristen"] == ["2025-12-31", "2026-06-30", "2026-09-30", "2026-11-30"]
    assert "§§ 195, 199 Abs. 1 BGB" in frist["grund"]
    assert json.loads(json.dumps(daten)) == daten
    assert "VERJAEHRUNG_DROHT" in {befund["code"] for befund in daten["befunde"]}


def test_the_list_fits_a_window_and_says_what_to_do(bestand, lage):
    events = (
        "\nereignisse:\n  - am: 02.11.2026\n    art: antrag_eingereicht\n  - am: 06.11.2026\n    art: mb_zugestellt\n"
        "  - am: 09.11.2026\n    art: mahnsperre\n    bis: 30.11.2026\n    grund: "
        + "sehr lange Begründung " * 20
        + "\n"
    )
    add_case(bestand, "A" * 40, events)
    ergebnis = list_fristen([bestand], lage)
    assert max(map(len, ergebnis.zeilen)) <= BREITE
    text = " ".join(" ".join(ergebnis.zeilen).split())
    for teil in (
        "20.11.2026",
        "A" * 40,
        "Widerspruchsfrist",
        "06.05.2027",
        "§ 701 ZPO",
        "wirkt auf die Einreichung am 02.11.2026",
    ):
        assert teil in text
    tage = [dt.datetime.strptime(z[:10], "%d.%m.%Y").date() for z in ergebnis.zeilen if z[:1].isdigit()]  # noqa: DTZ007
    assert tage == sorted(tage)


def test_a_date_gone_by_stands_at_the_top_and_is_called_so(bestand, lage):
    add_case(bestand, "2026-0001", "\nereignisse:\n  - am: 05.03.2026\n    art: mb_zugestellt\n")
    ergebnis = list_fristen([bestand], lage)
    kopf = next(zeile for zeile in ergebnis.zeilen if zeile.startswith("04.09.2026"))
    assert "VERSTRICHEN" in kopf
    assert "FRIST_VERSTRICHEN" in {befund.code for befund in ergebnis.befunde}
    assert ergebnis.exit_code == 1


def test_a_broken_case_is_named_and_the_others_are_listed(bestand, lage):
    add_case(bestand, "2026-0001")
    kaputt = add_case(bestand, "2026-0002")
    (kaputt / "fall.yaml").write_text("aktenzeichen: [", encoding="utf-8")
    ergebnis = list_fristen([bestand], lage)
    assert {frist["aktenzeichen"] for frist in ergebnis.daten["fristen"]} == {"2026-0001"}
    assert ergebnis.exit_code == 3


def test_a_refused_case_keeps_its_dates(bestand, lage):
    """A `sperre` stops the letters, not the clock."""
    add_case(bestand, "2026-0001", aendern={**ALT, "    verbraucher: ja\n": ""})
    ergebnis = list_fristen([bestand], lage)
    assert [frist["art"] for frist in ergebnis.daten["fristen"]] == ["verjaehrung"]
    assert ergebnis.exit_code == 3


def test_a_table_that_ends_stops_no_date(bestand):
    """After its end a payment that must be set against interest refuses the account; the dates go on."""
    ende = shipped_recht().find_reihe("basiszinssatz").gedeckt_bis
    zugestellt, gezahlt = (f"{ende + dt.timedelta(days=tage):%d.%m.%Y}" for tage in (2, 40))
    ereignis = f"\nereignisse:\n  - am: {zugestellt}\n    art: mb_zugestellt\n"
    add_case(
        bestand, "2026-0001", f"{ereignis}zahlungen:\n  - am: {gezahlt}\n    betrag: 50,00\n", aendern={}
    )
    with WorkerPool(1) as werkstatt:
        ergebnis = list_fristen([bestand], Lage(ende + dt.timedelta(days=60), werkstatt))
    assert {"verjaehrung", "vb_antrag"} <= {frist["art"] for frist in ergebnis.daten["fristen"]}
    assert (ergebnis.exit_code, "RECHTSWERT_NACH_TABELLE" in {b.code for b in ergebnis.befunde}) == (1, True)


def test_files_are_written_whole_and_not_over_others(bestand, lage, tmp_path):
    add_case(bestand, "2026-0001")
    ziele = {art: tmp_path / f"fristen.{art}" for art in ("ics", "xlsx", "html", "csv")}
    ergebnis = list_fristen([bestand], lage, Ausgaben(ziele))
    assert len(ergebnis.daten["dateien"]) == 4
    vorher = {art: ziel.read_bytes() for art, ziel in ziele.items()}
    nochmal = list_fristen([bestand], lage, Ausgaben(ziele))
    assert nochmal.exit_code == 3
    assert "ZIEL_VORHANDEN" in {befund.code for befund in nochmal.befunde}
    assert nochmal.daten["fristen"]
    ersetzt = list_fristen([bestand], lage, Ausgaben(ziele, ersetzen=True))
    assert ersetzt.exit_code == 1
    assert {art: ziel.read_bytes() for art, ziel in ziele.items()} == vorher


def test_nothing_open_is_said(bestand, lage):
    add_case(bestand, "2026-0001", "\nzahlungen:\n  - am: 31.03.2026\n    betrag: 1.190,00\n", aendern={})
    ergebnis = list_fristen([bestand], lage)
    assert ergebnis.zeilen[0] == "Am 16.11.2026 ist keine Frist offen; erledigt sind 1."
    assert ergebnis.exit_code == 0
    assert [frist["erledigt"] for frist in ergebnis.daten["fristen"]] == [True]


def test_the_demo_cases(lage, tmp_path):
    """Each claim of 2026 lapses with 2029, the interest of 2023 with 2026; two spouses have a clock each."""
    shutil.copytree(beigaben_ordner("demo"), tmp_path / "demo")
    fristen = list_fristen([tmp_path / "demo"], lage).daten["fristen"]
    offen = [frist for frist in fristen if not frist["erledigt"]]
    assert {f["roh"] for f in offen if f["art"] == "verjaehrung"} == {"2029-12-31"}
    eheleute = [f for f in offen if f["aktenzeichen"] == "2026-0092" and f["art"] == "verjaehrung"]
    assert sorted(f["schuldner"] for f in eheleute) == ["holger", "karin"]
    titel = [f for f in offen if f["aktenzeichen"] == "2022-0417"]
    assert (titel[0]["art"], titel[0]["roh"]) == ("titel_zinsen", "2026-12-31")
    # enforcement of 2 September 2025 covered the main claim: thirty years from then
    assert ("titel_hauptforderung", "2055-09-02") in {(f["art"], f["roh"]) for f in titel}
    assert ("mahnsperre", "2026-11-30") in {
        (f["art"], f["ende"]) for f in offen if f["aktenzeichen"] == "2026-0093"
    }


def test_the_command_line(bestand, tmp_path):
    add_case(bestand, "2026-0001")
    befehl = [sys.executable, "-P", "-m", "mahnakte", "fristen", str(bestand), "--stichtag", "2026-11-16", "--json",
              "--ics", str(tmp_path / "f.ics")]  # fmt: skip
    ergebnis = subprocess.run(
        befehl, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
    )
    daten = json.loads(ergebnis.stdout)
    assert (ergebnis.returncode, daten["stichtag"]) == (1, "2026-11-16")
    assert (tmp_path / "f.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


# --- the horizon ----------------------------------------------------------------------------------------


def test_a_horizon_shows_what_comes_up_by_then_and_counts_the_rest(bestand, lage, tmp_path):
    add_case(bestand, "2026-0001", aendern={})
    add_case(bestand, "2026-0002")
    ziel = tmp_path / "fristen.csv"
    ergebnis = list_fristen([bestand], lage, Ausgaben({"csv": ziel}), dt.date(2026, 12, 31))
    daten = ergebnis.as_json()
    assert [frist["aktenzeichen"] for frist in daten["fristen"]] == ["2026-0002"]
    assert (daten["bis"], daten["spaetere"]) == ("2026-12-31", 1)
    assert ergebnis.zeilen[0].startswith(
        "Fristen am 16.11.2026 bis 31.12.2026, 1 spätere nicht gezeigt: 1 offen"
    )
    assert "2026-0001" not in ziel.read_text(encoding="utf-8-sig")
    assert {b.code for b in ergebnis.befunde} == {b.code for b in list_fristen([bestand], lage).befunde}


def test_a_horizon_on_the_last_safe_day_includes_it_the_day_before_does_not(bestand, lage):
    add_case(bestand, "2026-0002")
    for tag, zahl in ((30, 0), (31, 1)):
        assert len(list_fristen([bestand], lage, bis=dt.date(2026, 12, tag)).daten["fristen"]) == zahl


def test_a_horizon_before_the_stichtag_is_a_wrong_call(bestand, lage):
    add_case(bestand, "2026-0002")
    with pytest.raises(NichtBegonnen) as abbruch:
        list_fristen([bestand], lage, bis=STICHTAG - dt.timedelta(days=1))
    assert abbruch.value.befunde[0].code == "FRISTEN_BIS"
