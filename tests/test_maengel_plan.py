"""The cases of ../shared/maengel that strangers brought: proceedings, settlements, granted periods. Read where they lie."""

import json
import pathlib
import shutil

import pytest
from click.testing import CliRunner

from mahnakte.cli.haupt import mahnakte_cli

MAENGEL = pathlib.Path(__file__).resolve().parents[2] / "shared" / "maengel"
if not MAENGEL.is_dir():
    pytest.skip("../shared/maengel liegt nicht neben dem Quellbaum", allow_module_level=True)

STICHTAG = "2026-11-30"


def call(*worte: str) -> dict:
    ergebnis = CliRunner().invoke(mahnakte_cli, [*worte, "--json"])
    return {**json.loads(ergebnis.stdout), "rc": ergebnis.exit_code}


def take(ordner: pathlib.Path, fall: str) -> str:
    """Copy one case with its settings: a command may write, and its siblings carry the same invoice (number 6)."""
    quelle = MAENGEL / "haus" / fall
    shutil.copy(quelle.parent / "mahnakte.yaml", ordner)
    return str(shutil.copytree(quelle, ordner / quelle.name))


def codes(antwort: dict) -> set[str]:
    return {befund["code"] for befund in antwort["befunde"]}


@pytest.mark.parametrize("nr", range(1, 14))
def test_no_stage_of_proceedings_is_reminded_demanded_or_filed_again(nr: int, tmp_path: pathlib.Path) -> None:
    fall = take(tmp_path, f"gerichtsereignisse/f{nr:02}")
    (zeile,) = call("plan", fall, "--stichtag", STICHTAG)["faelle"]
    erwartet = {11: "VERWEIS_INS_LEERE", 12: "VERGLEICH_AUSGEBLIEBEN"}  # no such title; a settlement not paid
    assert not zeile["schritte"]
    assert zeile["gruende"][0]["code"] == erwartet.get(nr, "BEI_GERICHT")
    assert call("brief", fall, "mahnung-1", "--stichtag", STICHTAG)["rc"] == 3
    antrag = call("antrag", fall, "--stichtag", STICHTAG)
    verfahren = codes(antrag) & {"ANTRAG_BEI_GERICHT", "ANTRAG_TITULIERT"}
    assert antrag["rc"] == 3
    assert bool(verfahren) is (nr not in (4, 11, 12))  # 4: rejected, a new application is free (§ 691 ZPO)


@pytest.mark.parametrize(
    ("fall", "code"),
    [
        ("antrag-trotz-vb/R3", "ANTRAG_TITULIERT"),
        ("antrag-trotz-vb/R4", "ANTRAG_BEI_GERICHT"),
        ("gericht-vergleich/R1", "ANTRAG_TITULIERT"),
    ],
)
def test_after_the_order_no_second_application(fall: str, code: str, tmp_path: pathlib.Path) -> None:
    antrag = call("antrag", take(tmp_path, fall), "--stichtag", STICHTAG)
    assert antrag["rc"] == 3
    assert code in codes(antrag)


@pytest.mark.parametrize(
    ("fall", "code"), [("V1", "VERGLEICH"), ("Z1", "BEI_GERICHT"), ("R1", "BEI_GERICHT")]
)
def test_a_settlement_and_a_rejection_hold_the_series(fall: str, code: str, tmp_path: pathlib.Path) -> None:
    plan = call("plan", take(tmp_path, f"gericht-vergleich/{fall}"), "--stichtag", STICHTAG)
    assert not plan["faelle"][0]["schritte"]
    assert plan["faelle"][0]["gruende"][0]["code"] == code


def bestand_of(tmp_path: pathlib.Path, name: str) -> pathlib.Path:
    shutil.copy(MAENGEL / "ablauf" / "mahnakte.yaml", tmp_path)
    (tmp_path / name).mkdir()
    shutil.copy(MAENGEL / "ablauf" / "frist" / f"{name}-fall.yaml", tmp_path / name / "fall.yaml")
    return tmp_path / name


def test_the_answer_to_an_objection_grants_its_period(tmp_path: pathlib.Path) -> None:
    """X1: answered on 10 June with 14 days; before, the plan demanded on the 11th until the 22nd."""
    fall = str(bestand_of(tmp_path, "X1"))
    assert call("brief", fall, "einwand-zurueckgewiesen", "--stichtag", "2026-06-10")["rc"] == 0
    plan = call("plan", fall, "--stichtag", "2026-06-11")
    assert not plan["faelle"][0]["schritte"]
    assert plan["faelle"][0]["gruende"][0]["code"] == "FRIST_LAEUFT"
    assert "FRIST_LAEUFT" in codes(call("brief", fall, "mahnung-1", "--stichtag", "2026-06-11"))
    assert "ANTRAG_FRIST" in codes(call("antrag", fall, "--stichtag", "2026-06-11"))
    assert call("plan", fall, "--stichtag", "2026-06-25")["faelle"][0]["schritte"]


def test_a_settlement_offered_holds_until_its_day(tmp_path: pathlib.Path) -> None:
    """X2: 400 euro until 15 June."""
    fall = str(bestand_of(tmp_path, "X2"))
    assert call("brief", fall, "teilzahlungsvergleich", "--stichtag", "2026-05-22")["rc"] == 0
    for tag in ("2026-05-26", "2026-06-15"):
        plan = call("plan", fall, "--stichtag", tag)
        assert plan["faelle"][0]["gruende"][0]["code"] == "VERGLEICH"
        assert call("brief", fall, "mahnung-1", "--stichtag", tag)["rc"] == 3
        assert call("antrag", fall, "--stichtag", tag)["rc"] == 3
