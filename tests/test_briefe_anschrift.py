"""Address field and salutation: DIN 5008, six lines, nobody greeted wrongly."""

import pytest

from mahnakte.briefe.anschrift import ANSCHRIFT_ZEILEN, group_by_anschrift, write_anrede, write_anschrift
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung


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
         ["Erste Norddeutsche Immobilienverwaltungs", "und Beteiligungs GmbH & Co. KG", "Bahnhofstr. 12", "04109 Leipzig"],
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
        ({"strasse": "S" * 41}, "ANSCHRIFT_ZU_LANG"),
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
