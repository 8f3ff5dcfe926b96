"""Address field and salutation: DIN 5008, six lines, nobody greeted wrongly."""

import contextlib
import random

import pytest

from mahnakte.briefe.anschrift import ANSCHRIFT_ZEILEN, group_by_anschrift, write_anrede, write_anschrift
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung
from mahnakte.satz.textbreite import measure_mm


def person(name="Schuldner", vorname="Max", anrede="Herr", **anders) -> Schuldner:
    werte = {"kennung": name.lower(), "art": "person", "anrede": anrede, "vorname": vorname, "name": name,
             "strasse": "Bahnhofstr. 12", "plz": "04109", "ort": "Leipzig"}  # fmt: skip
    return Schuldner(**{**werte, **anders})


def firma(name="Beispiel Bau", rechtsform="GmbH") -> Schuldner:
    return person(name, None, None, art="gesellschaft", rechtsform=rechtsform, kennung="firma")


@pytest.mark.parametrize(
    ("schuldner", "zeilen", "anrede"),
    [
        ([person()], ["Herrn Max Schuldner", "Bahnhofstr. 12", "04109 Leipzig"], "Sehr geehrter Herr Schuldner,"),
        ([person("Beispiel", "Eva", "Frau")], ["Frau Eva Beispiel", "Bahnhofstr. 12", "04109 Leipzig"],
         "Sehr geehrte Frau Beispiel,"),
        ([person(anrede=None)], ["Max Schuldner", "Bahnhofstr. 12", "04109 Leipzig"], "Guten Tag Max Schuldner,"),
        ([firma()], ["Beispiel Bau GmbH", "Bahnhofstr. 12", "04109 Leipzig"], "Sehr geehrte Damen und Herren,"),
        ([person(), person("Beispiel", "Eva", "Frau")],
         ["Herrn Max Schuldner", "Frau Eva Beispiel", "Bahnhofstr. 12", "04109 Leipzig"],
         "Sehr geehrter Herr Schuldner, sehr geehrte Frau Beispiel,"),
        ([person(staat="AT", plz="1010", ort="Wien")],
         ["Herrn Max Schuldner", "Bahnhofstr. 12", "1010 Wien", "ÖSTERREICH"], "Sehr geehrter Herr Schuldner,"),
        ([firma("Erste Norddeutsche Immobilienverwaltungs und Beteiligungs", "GmbH & Co. KG")],
         ["Erste Norddeutsche Immobilienverwaltungs und", "Beteiligungs GmbH & Co. KG", "Bahnhofstr. 12", "04109 Leipzig"],
         "Sehr geehrte Damen und Herren,"),
    ],
)  # fmt: skip
def test_address_and_salutation(schuldner, zeilen, anrede):
    assert write_anschrift(schuldner) == zeilen
    assert write_anrede(schuldner) == anrede


def test_eight_debtors_at_one_address_fit_into_six_lines():
    alle = [person(f"Schuldner{nummer}") for nummer in range(8)]
    zeilen = write_anschrift(alle)
    assert len(zeilen) == ANSCHRIFT_ZEILEN
    assert zeilen[:4] == [
        "Herrn Max Schuldner0",
        "Herrn Max Schuldner1",
        "Herrn Max Schuldner2",
        "und weitere",
    ]
    assert zeilen[4:] == ["Bahnhofstr. 12", "04109 Leipzig"]
    assert write_anrede(alle) == "Sehr geehrte Damen und Herren,"


def test_one_letter_for_each_address():
    gruppen = group_by_anschrift(
        [person("A"), person("B", strasse="Ring 1"), person("C", strasse="bahnhofstr. 12")]
    )
    assert [[einer.name for einer in gruppe] for gruppe in gruppen] == [["A", "C"], ["B"]]


@pytest.mark.parametrize(
    ("anders", "code"),
    [
        ({"strasse": "W" * 24}, "ANSCHRIFT_ZU_LANG"),  # 9,44 units of 10 pt each: 80 mm are 24,02 of them
        ({"zusatz": ("c/o A", "Hof 1", "Haus 2", "3. OG")}, "ANSCHRIFT_ZU_LANG"),
        ({"name": "N" * 50}, "ANSCHRIFT_ZU_LANG"),
        ({"name": " ".join(["Wort"] * 60)}, "ANSCHRIFT_ZU_LANG"),
        ({"staat": "XX"}, "ANSCHRIFT_STAAT"),
    ],
)
def test_what_does_not_fit_the_window_is_refused(anders, code):
    with pytest.raises(Ablehnung) as gefangen:
        write_anschrift([person(**anders)])
    assert gefangen.value.befund.code == code
    assert gefangen.value.befund.abhilfe


@pytest.mark.parametrize(
    ("anders", "zeilen"),
    [
        ({"zusatz": ("c/o Meier",)}, ["Herrn Max Schuldner", "c/o Meier", "Bahnhofstr. 12", "04109 Leipzig"]),
        (
            {"zusatz": ("Hinterhaus", "3. OG links")},
            ["Herrn Max Schuldner", "Hinterhaus", "3. OG links", "Bahnhofstr. 12", "04109 Leipzig"],
        ),
        (
            {"zusatz": ("c/o Meier",), "staat": "AT", "plz": "1010", "ort": "Wien"},
            ["Herrn Max Schuldner", "c/o Meier", "Bahnhofstr. 12", "1010 Wien", "ÖSTERREICH"],
        ),
        (  # 52 letters, but broken where the window ends, not at a count
            {"strasse": "Straße des Friedens und der Freundschaft aller Völker 12"},
            [
                "Herrn Max Schuldner",
                "Straße des Friedens und der Freundschaft aller",
                "Völker 12",
                "04109 Leipzig",
            ],
        ),
        (  # 44 narrow letters fit into one line
            {"strasse": "Willi-Illi-Allee im filligen Tilli-Lill-Tal 1"},
            ["Herrn Max Schuldner", "Willi-Illi-Allee im filligen Tilli-Lill-Tal 1", "04109 Leipzig"],
        ),
        (  # a word wider than the window is broken behind its hyphens
            {
                "name": "Mustermann-Wintergartenstein-Hohenzollernmeyer-Wunderlich",
                "vorname": None,
                "anrede": None,
            },
            [
                "Mustermann-Wintergartenstein-",
                "Hohenzollernmeyer-Wunderlich",
                "Bahnhofstr. 12",
                "04109 Leipzig",
            ],
        ),
    ],
)
def test_additions_stand_above_the_street_and_lines_break_where_the_window_ends(anders, zeilen):
    geschrieben = write_anschrift([person(**anders)])
    assert geschrieben == zeilen
    assert all(measure_mm(zeile, 10) <= 80 for zeile in geschrieben)


def test_nothing_of_an_address_is_lost_whatever_its_width():
    """A property: all words stand there in their order, and no line is wider than the window."""
    wuerfel = random.Random(5008)
    gesetzt = 0
    for _ in range(300):
        worte = [
            "".join(wuerfel.choices("abcilmWÄß-", k=wuerfel.randint(1, 12))).strip("-") or "x"
            for _ in range(8)
        ]
        strasse = " ".join(worte[: wuerfel.randint(1, 8)])
        with contextlib.suppress(Ablehnung):  # too many lines, or one word too wide: refused, not cut
            zeilen = write_anschrift([person(strasse=strasse)])
            gesetzt += 1
            assert "".join(zeilen[1:-1]).replace(" ", "") == strasse.replace(" ", "")
            assert all(measure_mm(zeile, 10) <= 80 for zeile in zeilen)
    assert gesetzt > 200


def test_who_lives_on_another_floor_gets_a_letter_of_his_own():
    gruppen = group_by_anschrift(
        [person("A"), person("B", zusatz=("3. OG",)), person("C", zusatz=("3. og",))]
    )
    assert [[einer.name for einer in gruppe] for gruppe in gruppen] == [["A"], ["B", "C"]]


@pytest.mark.parametrize(
    ("name", "rechtsform", "voll"),
    [
        ("Mustermann", "GmbH", "Mustermann GmbH"),
        ("Mustermann GmbH", "GmbH", "Mustermann GmbH"),
        ("Mustermann gmbh", "GmbH", "Mustermann gmbh"),
        ("AG Mitte", "AG", "AG Mitte"),
        ("Möbel GmbH Nord", "GmbH", "Möbel GmbH Nord"),
        ("Nord GmbH & Co. KG", "GmbH & Co KG", "Nord GmbH & Co. KG"),
        ("Nord GmbH und Co. KG", "GmbH & Co. KG", "Nord GmbH und Co. KG"),
        ("Nord GmbH & Co KG", "GmbH & Co. KG", "Nord GmbH & Co KG"),
        ("Nord", "GmbH & Co. KG", "Nord GmbH & Co. KG"),
        ("Bau Gesellschaft mit beschränkter Haftung", "GmbH", "Bau Gesellschaft mit beschränkter Haftung"),
        ("Start UG (haftungsbeschränkt)", "UG (haftungsbeschränkt)", "Start UG (haftungsbeschränkt)"),
        ("Start UG", "UG (haftungsbeschränkt)", "Start UG (haftungsbeschränkt)"),
        ("Nord GmbH", "GmbH & Co. KG", "Nord GmbH & Co. KG"),
        ("Turnverein Süd e. V.", "e.V.", "Turnverein Süd e. V."),
        ("Max Muster e.K.", "e. K.", "Max Muster e.K."),
        ("Agentur", "AG", "Agentur AG"),
        ("Magdeburg Handels", "AG", "Magdeburg Handels AG"),
        ("Verwaltungs-GmbH Ost", "GmbH", "Verwaltungs-GmbH Ost"),
    ],
)
def test_the_legal_form_stands_once(name, rechtsform, voll):
    assert firma(name, rechtsform).voller_name == voll
