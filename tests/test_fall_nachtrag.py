"""Facts from steps count exactly like lines of fall.yaml; a storno takes them back; nonsense is named."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from fallbau import FAELLE, build_fall, build_vorgang
from mahnakte.ablauf.halt import find_halt
from mahnakte.fall.fall import compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.nachtrag import find_quelle, merge_nachtraege, standing_nachtraege
from mahnakte.grund.befund import Stelle
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.pruefung import check_fall
from mahnakte.stand.sachstand import Sachstand

TAG = dt.date(2026, 5, 20)
YAML = """ereignisse:
  - am: 04.05.2026
    art: mahnsperre
    bis: 2026-06-30
    grund: Ratenzahlung angefragt
zahlungen:
  - am: 2026-05-06
    betrag: 1.000,00
"""
DATEN = {
    "ereignisse": [
        {"am": "04.05.2026", "art": "mahnsperre", "bis": "2026-06-30", "grund": "Ratenzahlung angefragt"}
    ],
    "zahlungen": [{"am": "2026-05-06", "betrag": "1.000,00"}],
    "schluessel": "antwort:abc",
}
SCHRITT = build_vorgang(1, "nachtrag", "2026-05-06", DATEN)


def compose(*vorgaenge):
    falldatei, _ = read_falldatei((FAELLE / "einfach.yaml").read_bytes(), "bestand/2026-0042/fall.yaml")
    einstellungen, _ = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    return compose_fall(falldatei, einstellungen, shipped_recht(), {}, vorgaenge)


def test_a_step_says_the_same_as_the_line() -> None:
    aus_datei, aus_schritt = build_fall(YAML), build_fall(vorgaenge=(SCHRITT,))
    assert aus_schritt.ereignisse == aus_datei.ereignisse
    assert aus_schritt.zahlungen == aus_datei.zahlungen
    assert compute_konto(Sachstand(aus_schritt, TAG)) == compute_konto(Sachstand(aus_datei, TAG))
    assert find_halt(Sachstand(aus_schritt, TAG), compute_konto(Sachstand(aus_schritt, TAG))) == find_halt(
        Sachstand(aus_datei, TAG), compute_konto(Sachstand(aus_datei, TAG))
    )


def test_the_place_of_an_added_fact_is_the_step() -> None:
    fall, befunde = compose(SCHRITT)
    assert befunde == ()
    ort = Stelle("bestand/2026-0042/vorgaenge/0001/eintrag.json")
    assert fall.ereignisse[0].stelle == fall.zahlungen[0].stelle == ort


def test_lines_come_first_then_steps_in_their_order() -> None:
    zweiter = build_vorgang(
        2, "zahlung_erfasst", "2026-05-10", {"zahlungen": [{"am": "2026-05-10", "betrag": "7,00"}]}
    )
    fall = build_fall("zahlungen:\n  - am: 2026-05-01\n    betrag: 5,00\n", vorgaenge=(SCHRITT, zweiter))
    assert [zahlung.betrag for zahlung in fall.zahlungen] == [
        Decimal("5.00"),
        Decimal("1000.00"),
        Decimal("7.00"),
    ]


def test_a_storno_takes_the_facts_back() -> None:
    storno = build_vorgang(2, "storno", "2026-05-07", ersetzt=1)
    fall = build_fall(vorgaenge=(SCHRITT, storno))
    assert fall.ereignisse == fall.zahlungen == ()
    assert standing_nachtraege((SCHRITT, storno)) == ()


def test_a_source_is_known_again_until_it_is_taken_back() -> None:
    storno = build_vorgang(2, "storno", "2026-05-07", ersetzt=1)
    assert find_quelle((SCHRITT,), "antwort:abc") == SCHRITT
    assert find_quelle((SCHRITT,), "antwort:abd") is None
    assert find_quelle((SCHRITT, storno), "antwort:abc") is None


@pytest.mark.parametrize("art", ["mahnung-1", "storno", "antrag", "akte"])
def test_other_steps_add_nothing(art) -> None:
    assert build_fall(vorgaenge=(dataclasses.replace(SCHRITT, art=art),)).zahlungen == ()


@pytest.mark.parametrize(
    ("daten", "worte"),
    [
        ({"ereignisse": [{"am": "2026-05-04", "art": "mahnsperre"}]}, "bis, grund"),
        ({"ereignisse": [{"am": "2026-05-04", "art": "mahnsper"}]}, "unbekannte Art „mahnsper“"),
        ({"ereignisse": [{"art": "kontakt"}]}, "ereignisse.1.am: die Angabe fehlt"),
        ({"ereignisse": [{"am": "2026-05-04", "art": "kontakt", "neu": "x"}]}, "neu"),
        ({"ereignisse": "kontakt"}, "nicht erlaubt"),
        ({"zahlungen": [{"am": "2026-05-04", "betrag": "-5,00"}]}, "größer als null"),
        ({"zahlungen": [{"am": "2026-05-04", "betrag": "5.00"}]}, "Komma"),
        ({"zahlungen": [{"am": "2026-02-30", "betrag": "5,00"}]}, "Kalender"),
        ({"zahlungen": [7]}, "nicht erlaubt"),
        ({"zahlungen": {"am": "2026-05-04"}}, "nicht erlaubt"),
        (
            {"ereignisse": [{"am": "2026-05-04", "art": "ratenplan", "raten": [{"am": "2026-06-01"}]}]},
            "raten.1.betrag",
        ),
    ],
)
def test_what_cannot_be_read_stops_the_case_with_step_and_key(daten, worte) -> None:
    _, befunde = compose(build_vorgang(3, "nachtrag", "2026-05-06", daten))
    assert befunde
    befund = befunde[0]
    assert (befund.code, befund.schwere) == ("NACHTRAG_UNLESBAR", "sperre")
    assert befund.text.startswith("Vorgang 0003 (nachtrag), ")
    assert worte in befund.text
    assert befund.stelle == Stelle("bestand/2026-0042/vorgaenge/0003/eintrag.json")


def test_references_of_added_facts_are_checked_like_the_others() -> None:
    fehler = build_vorgang(1, "zahlung_erfasst", "2026-05-06",
                           {"zahlungen": [{"am": "2026-05-06", "betrag": "5,00", "auf": "RE-FALSCH"}]})  # fmt: skip
    assert [b.code for b in check_fall(Sachstand(build_fall(vorgaenge=(fehler,)), TAG))] == [
        "VERWEIS_INS_LEERE"
    ]


def test_nothing_to_merge_changes_nothing() -> None:
    falldatei, _ = read_falldatei((FAELLE / "einfach.yaml").read_bytes(), "fall.yaml")
    assert merge_nachtraege(falldatei, ()) == (falldatei, ())
