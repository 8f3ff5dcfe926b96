"""Postcodes, Länder, OLG Köln and courts: held to the shared lists read anew, and to places everyone knows."""

import csv
import pathlib
import random
import time
from collections import defaultdict

import pytest

from mahnakte.recht.gerichte import find_mahngericht, read_mahngerichte
from mahnakte.recht.kalender import LAENDER
from mahnakte.recht.orte import find_laender, find_olg_bezirk, sits_at

LISTEN = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte" / "recht" / "listen"


def _rows(name: str) -> list[dict[str, str]]:
    zeilen = (LISTEN / f"{name}.csv").read_text("utf-8").splitlines()[1:]
    return list(csv.DictReader(zeilen, delimiter=";"))


def test_every_postcode_gives_its_land_and_its_dunning_court() -> None:
    am = read_mahngerichte().geprueft_am
    laender = defaultdict(set)
    for zeile in _rows("plz"):
        laender[zeile["plz"]].add(zeile["land"])
    assert len(laender) == 8326
    assert laender.pop("87491") == {"AT"}  # Jungholz: a German postcode outside Germany
    for plz, erwartet in laender.items():
        assert find_laender(plz) == erwartet <= LAENDER.keys()
        for land in erwartet:
            bezirk = find_olg_bezirk(plz) if land == "NW" else None
            assert land in find_mahngericht(am, land, bezirk).laender


def test_the_dunning_courts_lie_in_a_land_they_serve() -> None:
    for gericht in read_mahngerichte().gerichte:
        assert find_laender(gericht.plz) & set(gericht.laender), gericht.kurzname


@pytest.mark.parametrize(
    ("plz", "laender"),
    [
        ("01067", {"SN"}), ("50667", {"NW"}), ("10115", {"BE"}), ("27568", {"HB"}), ("66111", {"SL"}),
        ("60306", {"HE"}),  # a large recipient, Frankfurt
        ("89073", {"BW"}), ("89231", {"BY"}),  # Ulm and Neu-Ulm, one range
        ("00000", set()), ("87491", {"BY"}),
    ],
)  # fmt: skip
def test_known_postcodes(plz: str, laender: set[str]) -> None:
    assert find_laender(plz) == laender


def test_a_straddling_postcode_has_all_its_laender() -> None:
    laender = defaultdict(set)
    for zeile in _rows("plz"):
        laender[zeile["plz"]].add(zeile["land"])
    grenzen = [plz for plz, menge in laender.items() if len(menge) > 1]
    assert grenzen
    assert all(find_laender(plz) == laender[plz] for plz in grenzen)


@pytest.mark.parametrize(
    ("plz", "bezirk"),
    [("50667", "koeln"), ("53879", "koeln"), ("52062", "koeln"), ("41812", "sonst"), ("58095", "sonst"),
     ("40213", "sonst"), ("01067", None)],
)  # fmt: skip
def test_the_district_of_cologne_ends_before_erkelenz(plz: str, bezirk: str | None) -> None:
    assert find_olg_bezirk(plz) == bezirk


def test_every_court_of_the_list_is_accepted_at_every_postcode_of_its_place() -> None:
    """No lawful court is refused: all 778 courts without remark, each with each of its postcodes."""
    for zeile in _rows("gerichte"):
        if zeile["art"] in ("AG", "LG") and not zeile["hinweis"]:
            for plz in [*zeile["orts_plz"].split(), *filter(None, [zeile["haus_plz"]])]:
                assert sits_at(zeile["art"], plz, zeile["ort"]), zeile["name"]


@pytest.mark.parametrize(
    ("art", "plz", "ort", "gibt_es"),
    [
        ("AG", "04275", "Leipzig", True), ("AG", "60313", "Frankfurt", True), ("AG", "60313", "FRANKFURT AM MAIN", True),
        ("LG", "50939", "Koeln", True), ("AG", "99999", "Entenhausen", False), ("AG", "39104", "Leipzig", False),
        ("LG", "48653", "Coesfeld", False),  # an Amtsgericht only
        ("AG", "48653", "Coesfeld", True), ("LG", "04275", "Dresden", False),
    ],
)  # fmt: skip
def test_a_court_sits_where_the_list_has_one(art: str, plz: str, ort: str, gibt_es: bool) -> None:
    assert sits_at(art, plz, ort) is gibt_es


def test_of_a_thousand_swapped_laender_all_but_the_same_land_are_seen() -> None:
    zufall = random.Random(12)
    zeilen = _rows("plz")
    gesehen = gleich = 0
    beginn = time.perf_counter()
    for _ in range(1000):
        eine, andere = zufall.sample(zeilen, 2)
        if andere["land"] in find_laender(eine["plz"]):
            gleich += 1
            naiv = {zeile["land"] for zeile in zeilen if zeile["plz"] == eine["plz"]}
            assert andere["land"] in naiv
        else:
            gesehen += 1
            assert eine["land"] != andere["land"]
    assert gesehen + gleich == 1000
    assert gesehen > 850
    assert (time.perf_counter() - beginn) < 10
