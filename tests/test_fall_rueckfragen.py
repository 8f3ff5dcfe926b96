"""What looks like a slip of the pen and may be right is asked about, and settled by correcting or acknowledging."""

import datetime as dt

import pytest

from fallbau import build_fall
from mahnakte.fall.parteibild import Parteibild, fold_partei, is_same_partei
from mahnakte.fall.rechnungsbild import is_nummer
from mahnakte.stand.pruefung import check_fall, without_quittierte
from mahnakte.stand.sachstand import Sachstand

STICHTAG = dt.date(2026, 6, 1)
ZAHLUNG = "  - am: 02.05.2026\n    betrag: 250,00\n"
FRAGEN = {
    "dieselbe Zahlung zweimal": ("zahlungen:\n" + 2 * ZAHLUNG, "ZAHLUNG_DOPPELT"),
    "dreimal": ("zahlungen:\n" + 3 * ZAHLUNG, "ZAHLUNG_DOPPELT"),
    "einmal mit, einmal ohne Zahler": (
        "zahlungen:\n" + ZAHLUNG + ZAHLUNG + "    von: max\n", "ZAHLUNG_DOPPELT"
    ),
    "Mahnung vor der Rechnung": (
        "ereignisse:\n  - am: 01.02.2026\n    art: mahnung_versandt\n    stufe: mahnung-1\n", "MAHNUNG_VOR_RECHNUNG"
    ),
    "Zugang der Mahnung vor der Rechnung": (
        "ereignisse:\n  - am: 01.02.2026\n    art: mahnung_zugegangen\n    stufe: mahnung-1\n", "MAHNUNG_VOR_RECHNUNG"
    ),
}  # fmt: skip
IN_ORDNUNG = {
    "verschiedene Tage": "zahlungen:\n" + ZAHLUNG + ZAHLUNG.replace("02.05.", "03.05."),
    "verschiedene Beträge": "zahlungen:\n" + ZAHLUNG + ZAHLUNG.replace("250", "251"),
    "eine kam zurück": "zahlungen:\n" + ZAHLUNG + ZAHLUNG + "    zurueck_am: 04.05.2026\n",
}


def codes(fall) -> list[str]:
    return [befund.code for befund in without_quittierte(check_fall(Sachstand(fall, STICHTAG)), fall)]


@pytest.mark.parametrize(("zusatz", "code"), FRAGEN.values(), ids=FRAGEN)
def test_it_is_asked_about_until_somebody_acknowledges_it(zusatz: str, code: str) -> None:
    assert code in codes(build_fall(zusatz))
    quittung = f"quittiert:\n  - code: {code}\n    grund: geprüft\n    von: K. Beispiel\n    am: 01.06.2026\n"
    assert code not in codes(build_fall(zusatz + quittung))


@pytest.mark.parametrize("zusatz", IN_ORDNUNG.values(), ids=IN_ORDNUNG)
def test_what_is_in_order_is_not_asked_about(zusatz: str) -> None:
    assert "ZAHLUNG_DOPPELT" not in codes(build_fall(zusatz))


def rechnung(zeile: str) -> str:
    return f"  - nummer: RE-2\n    datum: 10.03.2026\n    betrag: 10,00\n    faellig_am: 31.03.2026\n    {zeile}\n"


@pytest.mark.parametrize(
    ("zeile", "erwartet"),
    [
        ("zugegangen_am: 09.03.2026", ["ZUGANG_VOR_RECHNUNG"]),
        ("zugegangen_am: 10.03.2026", []),
        ("zugegangen_am: 11.03.2026", []),
        ("{leistung_am: 05.03.2026, leistung_bis: 01.03.2026}", ["LEISTUNG_ENDET_VOR_BEGINN"]),
        ("{leistung_am: 05.03.2026, leistung_bis: 05.03.2026}", []),
    ],
)
def test_days_in_the_wrong_order(zeile: str, erwartet: list[str]) -> None:
    zeilen = zeile.strip("{}").replace(", ", "\n    ")
    assert codes(build_fall(rechnung(zeilen))) == erwartet


# --- names and numbers ---------------------------------------------------------------------------------

GLEICHE_NAMEN = [
    ("Kontor Nordlicht GmbH", "KONTOR NORDLICHT"),
    ("Kontor Nordlicht GmbH & Co. KG", "Kontor Nordlicht GmbH"),
    ("Müller e. K.", "Mueller e.K."),
    ("Straßenbau Groß AG", "Strassenbau Gross"),
    ("Max Schuldner", "Schuldner, Max"),
    ("Café Zoé", "Cafe Zoe\u0301"),
    ("Herr Max Schuldner", "Max Schuldner"),
    ("GmbH", "GmbH"),
]
VERSCHIEDENE = [
    ("Max Schuldner", "Erika Schuldner"),
    ("Kontor Nord", "Kontor Süd"),
    ("Weber KG", "Weberei KG"),
]


@pytest.mark.parametrize(("eine", "andere"), GLEICHE_NAMEN)
def test_spellings_of_one_name(eine: str, andere: str) -> None:
    assert is_same_partei(Parteibild(fold_partei(eine)), Parteibild(fold_partei(andere)))


@pytest.mark.parametrize(("eine", "andere"), VERSCHIEDENE)
def test_names_of_two(eine: str, andere: str) -> None:
    assert not is_same_partei(
        Parteibild(fold_partei(eine), "04109"), Parteibild(fold_partei(andere), "04109")
    )


def test_the_vat_number_decides_where_both_have_one() -> None:
    meier = fold_partei("Meier GmbH")
    assert not is_same_partei(Parteibild(meier, None, "DE1"), Parteibild(meier, None, "DE2"))
    assert is_same_partei(
        Parteibild(meier, None, "DE1"), Parteibild(fold_partei("Meier Holding"), None, "DE1")
    )


def test_a_shortened_name_needs_the_same_postcode() -> None:
    ganz, kurz = fold_partei("Max Schuldner"), fold_partei("M. Schuldner")
    assert is_same_partei(Parteibild(ganz, "04109"), Parteibild(kurz, "04109"))
    assert not is_same_partei(Parteibild(ganz, "04109"), Parteibild(kurz, "80331"))
    assert not is_same_partei(Parteibild(ganz), Parteibild(kurz))


@pytest.mark.parametrize(
    ("eine", "andere", "gleich"),
    [
        ("RE-5", "re 5", True), ("RE-5", "RE5", True), ("RE-0005", "RE-5", True), ("2026/17", "2026-17", True),
        ("1-17", "11-7", False), ("RE-5", "RE-50", False), ("RE-5", "RG-5", False), ("RE-5", "RE-5K", False),
        ("000", "0", True), ("—", "—", True), ("—", "/", False),
    ],
)  # fmt: skip
def test_spellings_of_a_number(eine: str, andere: str, gleich: bool) -> None:
    assert is_nummer(eine, andere) is gleich
