"""A plan is a document: kept, carried out as it was seen, compared with an earlier day, shared among machines."""

import dataclasses
import datetime as dt
import json
import pathlib
import random
import shutil
from collections.abc import Callable

import openpyxl
import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.lauf import Umfang, run_faelle
from mahnakte.befehle.plan import Planwunsch, plan_faelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.anteil import Anteil, KeinAnteil, parse_anteil
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.plandatei import read_planung

TAG = dt.date(2026, 11, 16)
HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-11-16T08:00:00Z", "0")


@pytest.fixture
def bestand(fixtures: pathlib.Path, tmp_path: pathlib.Path) -> pathlib.Path:
    """Three cases of the demo, two of them with a letter due."""
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", ordner)
    for name in ("2026-0087", "2026-0092", "2026-0093"):
        shutil.copytree(fixtures / "demo" / name, ordner / name)
    return ordner


def keep_plan(bestand: pathlib.Path, pool: WorkerPool, tag: dt.date = TAG) -> pathlib.Path:
    datei = bestand.parent / f"plan-{tag}.json"
    plan_faelle([bestand], Lage(tag, pool), Planwunsch(speichern=datei))
    return datei


def carry_out(bestand: pathlib.Path, pool: WorkerPool, plan: pathlib.Path) -> tuple[set[str], dict[str, str]]:
    """Run a kept plan; return the cases that got a letter, and the refusals by code with their texts."""
    ergebnis = run_faelle([bestand], Lage(TAG, pool), HERKUNFT, Umfang(plan))
    befunde = {befund.code: befund.text for befund in ergebnis.befunde if befund.code.startswith("PLAN")}
    return {eintrag["aktenzeichen"] for eintrag in ergebnis.daten["geschrieben"]}, befunde


# --- carried out as it was seen ----------------------------------------------------------------------------


def test_a_plan_is_carried_out_and_a_second_time_nothing_happens(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    plan = keep_plan(bestand, werkstatt)
    assert carry_out(bestand, werkstatt, plan) == ({"2026-0087", "2026-0092"}, {})
    assert carry_out(bestand, werkstatt, plan) == (set(), {})


def test_a_plan_of_only_some_cases_touches_no_other(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    plan = keep_plan(bestand, werkstatt)
    daten = json.loads(plan.read_text())
    daten["faelle"] = [fall for fall in daten["faelle"] if fall["ordner"] == "2026-0092"]
    plan.write_text(json.dumps(daten))
    assert carry_out(bestand, werkstatt, plan) == ({"2026-0092"}, {})
    assert read_fallordner(bestand / "2026-0087").vorgaenge.vorgaenge == ()


def _append(pfad: pathlib.Path, text: str) -> None:
    pfad.write_bytes(pfad.read_bytes() + text.encode())


AENDERUNGEN: dict[str, Callable[[pathlib.Path], None]] = {
    "fall.yaml": lambda b: _append(b / "2026-0087" / "fall.yaml", "# Notiz\n"),
    "../mahnakte.yaml": lambda b: _append(b / "mahnakte.yaml", "# Notiz\n"),
    "rechnungen/": lambda b: _append(next((b / "2026-0087" / "rechnungen").iterdir()), "\n"),
}


@pytest.mark.parametrize("was", AENDERUNGEN)
def test_what_changed_since_is_refused_and_names_the_file(
    bestand: pathlib.Path, werkstatt: WorkerPool, was: str
) -> None:
    plan = keep_plan(bestand, werkstatt)
    AENDERUNGEN[was](bestand)
    geschrieben, befunde = carry_out(bestand, werkstatt, plan)
    assert "2026-0087" not in geschrieben
    assert was in befunde["PLAN_VERALTET"]


def test_a_step_that_came_between_is_refused_a_letter_of_the_plan_is_not(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    plan = keep_plan(bestand, werkstatt)
    erstes = run_faelle([bestand / "2026-0087"], Lage(TAG, werkstatt), HERKUNFT)
    assert erstes.daten["zahl"]["briefe"] == 1
    assert carry_out(bestand, werkstatt, plan) == ({"2026-0092"}, {})


def test_another_letter_from_the_same_files_is_refused(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    """As after an update of the program: nothing of the case has changed, the letter would."""
    plan = keep_plan(bestand, werkstatt)
    daten = json.loads(plan.read_text())
    daten["faelle"][0]["dokumente"] = "0" * 64
    plan.write_text(json.dumps(daten))
    geschrieben, befunde = carry_out(bestand, werkstatt, plan)
    assert geschrieben == {"2026-0092"}
    assert "sähe anders aus" in befunde["PLAN_VERALTET"]


def test_a_renamed_case_is_named_as_missing(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    plan = keep_plan(bestand, werkstatt)
    (bestand / "2026-0087").rename(bestand / "anders")
    geschrieben, befunde = carry_out(bestand, werkstatt, plan)
    assert geschrieben == {"2026-0092"}
    assert "2026-0087" in befunde["PLAN_FALL_FEHLT"]


def test_the_same_share_under_another_path(
    bestand: pathlib.Path, werkstatt: WorkerPool, tmp_path: pathlib.Path
) -> None:
    plan = keep_plan(bestand, werkstatt)
    anderswo = tmp_path / "laufwerk" / "bestand"
    shutil.copytree(bestand, anderswo)
    assert carry_out(anderswo, werkstatt, plan)[0] == {"2026-0087", "2026-0092"}


@pytest.mark.parametrize(
    "inhalt",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'{"schema": "mahnakte/plan/1"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"schema": "x/9"}',
    ],
)
def test_what_is_no_plan_is_refused(bestand: pathlib.Path, werkstatt: WorkerPool, inhalt: bytes) -> None:
    datei = bestand.parent / "p.json"
    datei.write_bytes(inhalt)
    with pytest.raises(NichtBegonnen) as abbruch:
        run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT, Umfang(datei))
    assert [befund.code for befund in abbruch.value.befunde] == ["PLANDATEI_UNLESBAR"]


def test_mutants_of_a_plan_never_write_another_letter(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    plan = keep_plan(bestand, werkstatt)
    gut = plan.read_bytes()
    zufall = random.Random(7)
    for _ in range(300):
        stelle = zufall.randrange(len(gut))
        plan.write_bytes(gut[:stelle] + bytes([zufall.randrange(256)]) + gut[stelle + zufall.randrange(2) :])
        try:
            gelesen = read_planung(plan)
        except NichtBegonnen:
            continue  # test_what_is_no_plan_is_refused says with which words
        else:
            assert {fall.ordner for fall in gelesen.faelle if fall.aktenzeichen == "2026-0093"} == set()


# --- what is new ---------------------------------------------------------------------------------------------


NEUES: dict[str, tuple[str, str]] = {
    "neu fällig": ("2026-0087", ""),
    "bezahlt": ("2026-0087", "zahlungen:\n  - am: 14.11.2026\n    betrag: 9.999,00\n"),
    "weniger offen": ("2026-0087", "zahlungen:\n  - am: 14.11.2026\n    betrag: 10,00\n"),
    "angehalten": (
        "2026-0087",
        "ereignisse:\n  - art: mahnsperre\n    am: 14.11.2026\n    bis: 31.12.2026\n    grund: Absprache\n",
    ),
    "nicht mehr angehalten": (
        "2026-0087",
        "ereignisse:\n  - art: mahnsperre\n    am: 01.10.2026\n    bis: 13.11.2026\n    grund: Absprache\n",
    ),
}


@pytest.mark.parametrize("was", NEUES)
def test_what_is_new_since_a_day(bestand: pathlib.Path, werkstatt: WorkerPool, was: str) -> None:
    name, zusatz = NEUES[was]
    datei = bestand / name / "fall.yaml"
    text, schluessel = datei.read_text("utf-8"), zusatz.split(":")[0]
    vorhanden = f"\n{schluessel}:\n"
    neu = text.replace(vorhanden, f"\n{zusatz}") if schluessel and vorhanden in text else text + zusatz
    datei.write_text(neu, encoding="utf-8")
    daten = plan_faelle([bestand / name], Lage(TAG, werkstatt), Planwunsch(seit=dt.date(2026, 10, 10))).daten
    assert was in {neu["was"] for neu in daten["neu"]}, daten


def test_a_missed_run_is_named(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    spaeter = Lage(TAG + dt.timedelta(days=3), werkstatt)
    daten = plan_faelle([bestand / "2026-0087"], spaeter, Planwunsch(seit=TAG)).daten
    assert [neu["was"] for neu in daten["neu"]] == ["schon damals fällig"]


def test_what_was_written_since_is_not_due_again(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT)
    morgen = Lage(TAG + dt.timedelta(days=1), werkstatt)
    wunsch = Planwunsch(seit=TAG - dt.timedelta(days=1))
    assert [n for n in plan_faelle([bestand], morgen, wunsch).daten["neu"] if "fällig" in n["was"]] == []


# --- shown ---------------------------------------------------------------------------------------------------


def test_the_workbook_says_sum_reason_and_who_acts(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    ziel = bestand.parent / "plan.xlsx"
    ergebnis = plan_faelle([bestand], Lage(TAG, werkstatt), Planwunsch(xlsx=ziel))
    mappe = openpyxl.load_workbook(ziel)
    assert mappe.sheetnames == ["Zu tun", "Ruht"]
    zeilen = {zeile[0]: zeile for blatt in mappe for zeile in blatt.iter_rows(min_row=5, values_only=True)}
    for fall in ergebnis.daten["faelle"]:
        zeile = zeilen[fall["aktenzeichen"]]
        assert f"{zeile[2]:.2f}" == fall["offen"]
        assert zeile[1] == fall["schuldner"]
        assert zeile[5] == ("mahnakte lauf" if fall["schritte"] else "die Zeit")


def test_many_cases_are_shown_as_groups_with_sums(
    fixtures: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", tmp_path)
    vorlage = (fixtures / "demo" / "2026-0087" / "fall.yaml").read_text("utf-8")
    for nr in range(41):
        ordner = tmp_path / f"F{nr:02d}"
        shutil.copytree(fixtures / "demo" / "2026-0087", ordner)
        (ordner / "fall.yaml").write_text(vorlage.replace("2026-0087", f"F{nr:02d}"), encoding="utf-8")
    ergebnis = plan_faelle([tmp_path], Lage(TAG, werkstatt))
    assert any("41" in zeile and "zahlungserinnerung" in zeile for zeile in ergebnis.zeilen), ergebnis.zeilen
    assert not any(zeile.startswith("F07") for zeile in ergebnis.zeilen)
    einzeln = plan_faelle([tmp_path], Lage(TAG, werkstatt), Planwunsch(einzeln=True))
    assert any(zeile.startswith("F07") for zeile in einzeln.zeilen)
    assert einzeln.daten == ergebnis.daten


# --- shares --------------------------------------------------------------------------------------------------


def test_shares_are_disjoint_and_whole(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    lage = Lage(TAG, werkstatt)
    ordner = sorted(pfad for pfad in bestand.iterdir() if pfad.is_dir())
    umschau = lage.look_around(ordner)
    for teile in (1, 2, 3, 7):
        treffer = [
            sum(Anteil(nr, teile).holds(pfad, umschau) for nr in range(1, teile + 1)) for pfad in ordner
        ]
        assert treffer == [1] * len(ordner)


def test_a_share_follows_the_number_not_the_folder(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    vorher = [
        Anteil(nr, 5).holds(bestand / "2026-0087", Lage(TAG, werkstatt).look_around([bestand / "2026-0087"]))
        for nr in range(1, 6)
    ]
    (bestand / "2026-0087").rename(bestand / "umbenannt")
    umschau = Lage(TAG, werkstatt).look_around([bestand / "umbenannt"])
    assert [Anteil(nr, 5).holds(bestand / "umbenannt", umschau) for nr in range(1, 6)] == vorher


def test_two_machines_do_the_whole_run(bestand: pathlib.Path, werkstatt: WorkerPool) -> None:
    geschrieben = []
    for nr in (1, 2, 1):
        ergebnis = run_faelle([bestand], Lage(TAG, werkstatt), HERKUNFT, Umfang(anteil=Anteil(nr, 2)))
        geschrieben += [eintrag["aktenzeichen"] for eintrag in ergebnis.daten["geschrieben"]]
    assert sorted(geschrieben) == ["2026-0087", "2026-0092"]


@pytest.mark.parametrize("text", ["", "0/2", "3/2", "1", "1/0", "a/b", "1/2/3", "-1/2", "1.5/2", "١/٢"])
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(KeinAnteil):
        parse_anteil(text)


def test_umfang_has_only_these_parts() -> None:
    """A new way to choose cases must say what it does to plan documents and shares."""
    assert [feld.name for feld in dataclasses.fields(Umfang)] == ["plandatei", "anteil"]
