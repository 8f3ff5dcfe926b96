"""Cross rules: each has a file that breaks just it, an expected sentence and a line in the docs."""

import dataclasses
import datetime as dt
import json
import pathlib
import re
from decimal import Decimal
from typing import Any

import pytest

from mahnakte.antrag.eda.verify import read_eda
from mahnakte.antrag.modell import Gericht, Mahnantrag
from mahnakte.antrag.regeln.pruefung import SAMMELREGELN, check_antrag, check_sammelantrag, list_regeln
from mahnakte.antrag.regeln.register import Pruefrahmen
from mahnakte.antrag.xml_read import read_xml
from mahnakte.recht.rechtsstand import shipped_recht

STICHTAG = dt.date(2026, 11, 16)
ORDNER = pathlib.Path(__file__).resolve().parent.parent
FAELLE: dict[str, dict[str, Any]] = json.loads(
    (ORDNER / "fixtures" / "antrag" / "regeln" / "erwartet.json").read_text("utf-8")
)
CODES = [regel.code for regel in list_regeln()]


def _read(datei: pathlib.Path) -> Mahnantrag:
    gelesen, befunde = read_xml(datei.read_bytes(), datei.name)
    assert befunde == ()
    assert gelesen is not None
    return gelesen.antraege[0]


def _rahmen(fall: dict[str, Any]) -> Pruefrahmen:
    offen = {nummer: Decimal(betrag) for nummer, betrag in fall["offen"].items()} if "offen" in fall else None
    return Pruefrahmen(STICHTAG, shipped_recht(), fall.get("land", "SN"), offen=offen)


def test_there_are_enough_rules_and_each_has_its_file() -> None:
    assert len(CODES) == len(set(CODES)) >= 60
    assert set(FAELLE) == set(CODES)
    dateien = {datei.stem for datei in (ORDNER / "fixtures" / "antrag" / "regeln").glob("*.xml")}
    assert dateien == set(CODES)


def test_the_base_case_breaks_no_rule(fixtures: pathlib.Path) -> None:
    assert (
        check_antrag(
            _read(fixtures / "antrag" / "grundfall.xml"), Pruefrahmen(STICHTAG, shipped_recht(), "SN")
        )
        == ()
    )


@pytest.mark.parametrize("code", CODES)
def test_a_rule_breaks_alone_and_says_so(code: str, fixtures: pathlib.Path) -> None:
    fall = FAELLE[code]
    antrag = _read(fixtures / "antrag" / "regeln" / f"{code}.xml")
    befunde = [
        befund for befund in check_antrag(antrag, _rahmen(fall)) if befund.code not in fall.get("dazu", [])
    ]
    assert [befund.code for befund in befunde] == [code]
    assert befunde[0].text == fall["satz"]
    assert befunde[0].abhilfe.endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_sentences_are_whole_and_name_their_source(code: str) -> None:
    satz = FAELLE[code]["satz"]
    regel = next(regel for regel in list_regeln() if regel.code == code)
    assert satz.endswith(f"({regel.quelle}).")
    assert not re.search(r"None|\.\.| {2}|\{", satz)


def test_the_table_in_the_docs_is_the_register() -> None:
    tabelle = re.findall(
        r"^\| `([A-Z_]+)` \| (\w+) \| (.*?) \| (.*?) \|$",
        (ORDNER / "docs" / "mahnantrag.md").read_text("utf-8"),
        re.MULTILINE,
    )
    erwartet = [(regel.code, regel.schwere.value, regel.bedeutung, regel.quelle) for regel in list_regeln()]
    erwartet += [(code, "sperre", bedeutung, quelle) for code, bedeutung, quelle in SAMMELREGELN]
    assert tabelle == erwartet


def test_a_file_with_two_courts_and_one_reference_twice(fixtures: pathlib.Path) -> None:
    antrag = _read(fixtures / "antrag" / "grundfall.xml")
    anders = dataclasses.replace(antrag, mahngericht=Gericht("96450", "Coburg"))
    texte = {
        befund.code: befund.text
        for befund in check_sammelantrag([antrag, anders], Pruefrahmen(STICHTAG, shipped_recht(), "SN"))
    }
    assert set(texte) == {"MAHNGERICHT_UNZUSTAENDIG", "GESCHAEFTSZEICHEN_DOPPELT", "MAHNGERICHTE_GEMISCHT"}
    assert texte["MAHNGERICHT_UNZUSTAENDIG"].startswith("Antrag 2 (2026-0042): ")
    assert "wie Antrag 1" in texte["GESCHAEFTSZEICHEN_DOPPELT"]
    assert "39418 Staßfurt, 96450 Coburg" in texte["MAHNGERICHTE_GEMISCHT"]


@pytest.mark.parametrize(
    ("land", "bezirk", "gericht"),
    [
        ("SN", None, ("39418", "Staßfurt")), ("ST", None, ("39418", "Staßfurt")), ("TH", None, ("39418", "Staßfurt")),
        ("HB", None, ("28195", "Bremen")), ("BY", None, ("96450", "Coburg")), ("NW", "koeln", ("53879", "Euskirchen")),
        ("NW", "sonst", ("58099", "Hagen")), ("HH", None, ("22765", "Hamburg")), ("MV", None, ("22765", "Hamburg")),
        ("HE", None, ("36088", "Hünfeld")), ("RP", None, ("56727", "Mayen")), ("SL", None, ("56727", "Mayen")),
        ("SH", None, ("24837", "Schleswig")), ("BW", None, ("70190", "Stuttgart")), ("NI", None, ("29525", "Uelzen")),
        ("BE", None, ("13357", "Berlin")), ("BB", None, ("13357", "Berlin")),
    ],
)  # fmt: skip
def test_the_competent_court_of_every_land(
    fixtures: pathlib.Path, land: str, bezirk: str | None, gericht: tuple[str, str]
) -> None:
    antrag = _read(fixtures / "antrag" / "grundfall.xml")
    richtig = dataclasses.replace(antrag, mahngericht=Gericht(*gericht))
    falsch = dataclasses.replace(antrag, mahngericht=Gericht("28195" if land != "HB" else "29525", "Bremen"))
    rahmen = Pruefrahmen(STICHTAG, shipped_recht(), land, bezirk)
    assert check_antrag(richtig, rahmen) == ()
    assert [befund.code for befund in check_antrag(falsch, rahmen)] == ["MAHNGERICHT_UNZUSTAENDIG"]


def test_the_portal_files_pass_the_rules(shared: pathlib.Path) -> None:
    """The courts' own files carry no application reference; nothing else may be wrong with them."""
    for datei in sorted((shared / "formate" / "eda").glob("*.eda")):
        gelesen, _ = read_eda(datei.read_bytes(), datei.name)
        assert gelesen is not None
        befunde = check_antrag(gelesen.antraege[0], Pruefrahmen(STICHTAG, shipped_recht(), "SN"))
        sperren = [befund.text for befund in befunde if befund.schwere == "sperre"]
        assert sperren == [], datei.name


def test_a_day_outside_the_tables_is_refused_not_guessed(fixtures: pathlib.Path) -> None:
    antrag = _read(fixtures / "antrag" / "grundfall.xml")
    befunde = check_antrag(antrag, Pruefrahmen(dt.date(2035, 1, 1), shipped_recht(), "SN"))
    assert befunde
    assert any("endet am" in befund.text for befund in befunde)
    assert len(befunde) == len(set(befunde))
