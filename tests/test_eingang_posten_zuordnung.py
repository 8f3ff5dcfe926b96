"""Mappings: proposed from the words of a list, kept as a file, and every mistake in the file named at once."""

import dataclasses
import pathlib
import re
from decimal import Decimal

import pytest

from mahnakte.eingang.posten.lesen import draft_zuordnung, read_postenliste
from mahnakte.eingang.posten.listenform import read_profile
from mahnakte.eingang.posten.postenliste import Offener
from mahnakte.eingang.posten.wortschatz import fold_kopf, read_wortschatz
from mahnakte.eingang.posten.zuordnung import (
    Zuordnung,
    Zuordnungsvorschlag,
    list_felder,
    read_zuordnung,
    write_zuordnung,
)
from mahnakte.grund.befund import Ablehnung
from postenbau import FREI_KOPF, FREI_ZEILE, build_xlsx, lines

SEITE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "einlesen.md"


def draft(*zeilen: str) -> Zuordnungsvorschlag:
    return draft_zuordnung(lines(*zeilen), "liste.csv")


def mistakes(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(Ablehnung) as ablehnung:
        read_zuordnung(text.encode(), "z.yaml")
    return [
        (befund.stelle.zeile if befund.stelle else None, befund.text) for befund in ablehnung.value.befunde
    ]


def test_a_mapping_is_read_as_it_was_written() -> None:
    zuordnung = Zuordnung(
        spalten={"nummer": 'Rg: "Nr" #1', "offen": "Noch\\offen – €", "datum": "- Tag"},
        zeilen="posten",
        blatt="Blatt: 1",
    )
    assert read_zuordnung(write_zuordnung(zuordnung), "z.yaml") == zuordnung


def test_every_field_can_be_mapped_and_is_read() -> None:
    """A field that the reader forgets would be a column that a person assigned for nothing."""
    felder = {feld for zeilen in ("posten", "bewegungen") for feld in list_felder(zeilen)}
    assert felder | {"erledigt", "belegart"} == set(read_wortschatz().felder)
    eigene = {feld.name for feld in dataclasses.fields(Offener)} - {"zeile"}
    assert eigene <= felder


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("spalten:\n  numer: A\n  offen: B\n", [(2, "Das Feld „numer“ gibt es hier nicht.")]),
        ("spalten:\n  nummer: A\n", [(1, "Die Spalte mit dem offenen Betrag")]),
        ("spalten:\n  nummer: A\n  betrag: B\n", [(1, "Die Spalte mit dem offenen Betrag")]),
        ("spalten:\n  offen: A\n", [(1, "Die Spalte mit der Rechnungsnummer")]),
        ("spalten:\n  nummer: A\n  offen: B\n  soll: C\n", [(4, "Das Feld „soll“ gibt es hier nicht.")]),
        ("zeilen: bewegungen\nspalten:\n  nummer: A\n  soll: C\n", [(2, "fehlen „soll“ und „haben“")]),
        ("zeilen: egal\nspalten:\n  nummer: A\n  offen: B\n", [(1, "„egal“ sagt nicht, was eine Zeile ist")]),
        ("blatt: [1]\nspalten:\n  nummer:\n  offen: '  '\n", [(1, "„blatt“ muss ein einfacher Wert"), (3, "fehlt die Überschrift"), (4, "fehlt die Überschrift")]),
        ("spalte:\n  nummer: A\n", [(1, "Unter „spalten“ steht nicht"), (1, "„spalte“ kennt eine Zuordnung nicht")]),
        ("spalten:\n  erledigt: A\n  nummer: B\n  offen: C\n", [(2, "Das Feld „erledigt“ gibt es hier nicht.")]),
        ("spalten:\n  nummer: &a A\n", [(2, "Verweise")]),
    ],
)  # fmt: skip
def test_every_mistake_of_a_mapping_is_named_with_its_line(
    text: str, erwartet: list[tuple[int, str]]
) -> None:
    gefunden = sorted(mistakes(text))
    assert [zeile for zeile, _ in gefunden] == [zeile for zeile, _ in erwartet]
    for (_, satz), (_, teil) in zip(gefunden, erwartet, strict=True):
        assert teil in satz


def test_a_list_without_a_column_of_its_mapping_is_refused() -> None:
    zuordnung = Zuordnung(spalten={"nummer": "Rg.-Nr.", "offen": "Rest"})
    with pytest.raises(Ablehnung, match=r"alle Spalten der Zuordnung: „Rg\.-Nr\.“, „Rest“"):
        read_postenliste(lines(FREI_KOPF, FREI_ZEILE), "liste.csv", zuordnung)


# --- guessing ---------------------------------------------------------------------------------------------------


def test_the_words_are_folded_and_mean_one_field() -> None:
    felder = read_wortschatz().felder.values()
    worte = [wort for feld in felder for wort in feld.worte]
    assert [wort for wort in worte if wort != fold_kopf(wort)] == []
    assert len(worte) == len(set(worte))


def test_the_words_know_the_columns_of_a_program() -> None:
    """A list of a known program with one column renamed is still understood, as a proposal."""
    kopf = "Voucher No,Customer,Posting Date,Due Date,Invoiced Amount,Paid Amount,Outstanding Amount"
    vorschlag = draft(kopf, "RE-1,K1,2026-09-01,2026-09-15,10.00,0.00,10.00")
    assert set(vorschlag.zuordnung.spalten) == {
        "nummer", "kundennummer", "datum", "faellig", "betrag", "bezahlt", "offen",
    }  # fmt: skip


def test_days_are_told_from_dates_by_the_rows() -> None:
    kopf = "Kundennummer;Rechnungsnummer;Rechnungsdatum;Zahlungsziel;Offen"
    tage = draft(kopf, "K1;RE-1;01.09.2026;14;100,00", "K1;RE-2;01.09.2026;30 Tage;100,00")
    assert tage.zuordnung.spalten["ziel_tage"] == "Zahlungsziel"
    assert "faellig" not in tage.zuordnung.spalten
    assert "stehen Tage statt eines Datums" in tage.fragen[0]
    liste = read_postenliste(lines(kopf, "K1;RE-1;01.09.2026;14;100,00"), "liste.csv", tage.zuordnung)
    assert str(liste.offene[0].faellig) == "2026-09-15"
    datum = draft(kopf, "K1;RE-1;01.09.2026;15.09.2026;100,00")
    assert datum.zuordnung.spalten["faellig"] == "Zahlungsziel"


def test_doubts_are_asked() -> None:
    vorschlag = draft(
        "Kunde;Rechnungsnummer;Belegnummer;Belegdatum;Buchungsdatum;Betrag;Notiz",
        "Muster;RE-1;4711;01.09.2026;02.09.2026;100,00;-",
        "Muster;RE-1;4712;01.09.2026;02.09.2026;100,00;-",
    )
    fragen = " ".join(vorschlag.fragen)
    assert "Rechnungsnummer: „Rechnungsnummer“ oder „Belegnummer“?" in fragen
    assert "Rechnungsdatum: „Belegdatum“ oder „Buchungsdatum“?" in fragen
    assert "Steht in einer Spalte, was noch offen ist" in fragen
    assert "Keine Spalte nennt die Fälligkeit" in fragen
    assert "Die Nummer „RE-1“ steht mehrmals" in fragen
    assert set(vorschlag.ungelesen) == {"Belegnummer", "Buchungsdatum", "Notiz"}


def test_a_mapping_of_amounts_alone_gives_no_item() -> None:
    zuordnung = Zuordnung(spalten={"nummer": "Rg.-Nr.", "betrag": "Brutto"})
    liste = read_postenliste(lines(FREI_KOPF, FREI_ZEILE), "liste.csv", zuordnung)
    assert not liste.offene
    assert "Der offene Betrag fehlt." in liste.befunde[0].text


def test_movements_can_be_mapped_too() -> None:
    zuordnung = Zuordnung(
        spalten={"nummer": "Nr", "datum": "Tag", "soll": "S", "haben": "H"}, zeilen="bewegungen"
    )
    inhalt = lines("Nr;Tag;S;H", "RE-1;01.09.2026;100,00;", "RE-1;10.09.2026;;40,00", "RE-2;01.09.2026;5,00;")
    liste = read_postenliste(inhalt, "liste.csv", zuordnung)
    assert [(posten.nummer, posten.offen) for posten in liste.offene] == [
        ("RE-1", Decimal("60.00")),
        ("RE-2", Decimal("5.00")),
    ]


def test_a_workbook_is_proposed_with_its_sheet() -> None:
    inhalt = build_xlsx([FREI_KOPF.split(";"), FREI_ZEILE.split(";")], blatt="Offene Posten")
    assert draft_zuordnung(inhalt, "liste.xlsx").zuordnung.blatt == "Offene Posten"


@pytest.mark.parametrize(
    "kopf",
    [
        "Kunde;Ort;Telefon",
        "Rechnungsnummer;Kunde;Ort",
        "Betrag;Kunde;Ort",
        "Kunde;Nicht fällig;0-30;31-60;Summe",
    ],
)
def test_a_list_of_other_things_gets_no_proposal(kopf: str) -> None:
    with pytest.raises(Ablehnung, match=r"keine Liste offener Posten|Altersklassen"):
        draft(kopf, "1;2;3")


def test_every_field_and_profile_stands_in_the_page() -> None:
    text = SEITE.read_text(encoding="utf-8")
    felder = {feld for zeilen in ("posten", "bewegungen") for feld in list_felder(zeilen)}
    assert felder <= set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    for form in read_profile():
        assert form.name in text
