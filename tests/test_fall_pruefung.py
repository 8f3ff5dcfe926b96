"""Checks of a composed case: each finding has its code and its remedy."""

import dataclasses
import datetime as dt

import pytest

from fallbau import build_fall, letter, with_fall
from mahnakte.fall.modell import Quittung
from mahnakte.grund.befund import Befund, Schwere
from mahnakte.stand.pruefung import check_fall, without_quittierte
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verlauf import list_schreiben

STICHTAG = dt.date(2026, 4, 10)


def codes(fall_zusatz: str) -> list[str]:
    return [befund.code for befund in check_fall(Sachstand(build_fall(fall_zusatz), STICHTAG))]


def test_a_plain_case_has_no_finding() -> None:
    assert codes("") == []


@pytest.mark.parametrize(
    ("zusatz", "code"),
    [
        ("zahlungen:\n  - am: 01.04.2026\n    betrag: 5,00\n    auf: RE-2026-132\n", "VERWEIS_INS_LEERE"),
        ("zahlungen:\n  - am: 01.04.2026\n    betrag: 5,00\n    von: moritz\n", "VERWEIS_INS_LEERE"),
        ("gutschriften:\n  - am: 01.04.2026\n    betrag: 5,00\n    auf: RE-1\n", "VERWEIS_INS_LEERE"),
        ("ereignisse:\n  - art: insolvenz\n    am: 01.04.2026\n    schuldner: moritz\n", "VERWEIS_INS_LEERE"),
        ("titel:\n  - kennung: vb\n    art: urteil\n    schuldner: moritz\n", "VERWEIS_INS_LEERE"),
        (
            "ereignisse:\n  - art: mahnsperre\n    am: 05.04.2026\n    bis: 01.04.2026\n    grund: x\n",
            "ZEITRAUM_VERKEHRT",
        ),
        ("ereignisse:\n  - art: mahnung_zugegangen\n    am: 05.04.2026\n", "ANGABE_FEHLT"),
        (
            "ereignisse:\n  - art: mahnung_zugegangen\n    am: 05.04.2026\n    stufe: mahnung-1\n",
            "ZUGANG_OHNE_SCHREIBEN",
        ),
        (
            "ereignisse:\n  - art: mahnung_versandt\n    am: 05.04.2026\n    stufe: mahnung-9\n",
            "STUFE_UNBEKANNT",
        ),
        ("zahlungen:\n  - am: 11.04.2026\n    betrag: 5,00\n", "NACH_STICHTAG"),
    ],
)
def test_findings(zusatz: str, code: str) -> None:
    assert codes(zusatz) == [code]


def test_near_names_are_proposed() -> None:
    (befund,) = check_fall(
        Sachstand(
            build_fall("zahlungen:\n  - am: 01.04.2026\n    betrag: 5,00\n    auf: RE-2026-132\n"), STICHTAG
        )
    )
    assert "re-2026-131" in befund.abhilfe.lower()


def test_several_debtors_must_be_joint() -> None:
    fall = build_fall()
    zweiter = with_fall(fall, schuldner=(*fall.schuldner, fall.schuldner[0]))
    gefunden = {befund.code for befund in check_fall(Sachstand(zweiter, STICHTAG))}
    assert gefunden == {"KENNUNG_DOPPELT", "GESAMTSCHULD_UNGEKLAERT"}


def test_accepted_findings_neither_repeat_nor_count() -> None:
    fall = with_fall(
        build_fall(),
        quittiert=(
            Quittung(code="X", rechnung="RE-2026-131", grund="geprüft", von="K. Beispiel", am=STICHTAG),
        ),
    )
    warnung = Befund("X", Schwere.WARNUNG, "t", gegenstand="RE-2026-131")
    andere = Befund("X", Schwere.WARNUNG, "t", gegenstand="RE-2026-132")
    gesperrt = Befund("X", Schwere.SPERRE, "t", gegenstand="RE-2026-131")
    assert without_quittierte((warnung, andere, gesperrt), fall) == (andere, gesperrt)


def test_a_letter_is_received_only_when_an_event_says_so() -> None:
    mahnung = letter(1, "mahnung-1", "2026-04-07", "2026-04-17")
    zugang = "ereignisse:\n  - art: mahnung_zugegangen\n    am: 09.04.2026\n    vorgang: 1\n"
    (ohne,) = list_schreiben(Sachstand(build_fall(vorgaenge=(mahnung,)), STICHTAG))
    (mit,) = list_schreiben(Sachstand(build_fall(zugang, vorgaenge=(mahnung,)), STICHTAG))
    (frueher,) = list_schreiben(Sachstand(build_fall(zugang, vorgaenge=(mahnung,)), dt.date(2026, 4, 8)))
    assert (ohne.zugegangen_am, mit.zugegangen_am, frueher.zugegangen_am) == (None, dt.date(2026, 4, 9), None)


def test_the_right_invoice_in_the_right_case() -> None:
    from mahnakte.fall.rechnung.modell import Rechnungspartei
    from test_fall_fall import E_RECHNUNG  # the e-invoice of the plain case

    def found(kaeufer: str, verkaeufer: str, iban: str) -> set[str]:
        rechnung = dataclasses.replace(
            E_RECHNUNG,
            kaeufer=Rechnungspartei(name=kaeufer),
            verkaeufer=Rechnungspartei(name=verkaeufer),
            iban=(iban,),
        )
        fall = build_fall()
        mit = with_fall(fall, forderungen=(dataclasses.replace(fall.forderungen[0], rechnung=rechnung),))
        return {befund.code for befund in check_fall(Sachstand(mit, STICHTAG))}

    eigene = "DE02120300000000202051"
    assert found("Max Schuldner", "Möbelhaus Übersee GmbH", eigene) == set()
    assert found("SCHULDNER, MAX", "Moebel GmbH / Möbelhaus Übersee", eigene) == set()
    assert found("Max Schuldner", "MOEBELHAUS UEBERSEE MBH", eigene) == set()
    assert found("Kontor Nordlicht GmbH", "Möbelhaus Übersee GmbH", eigene) == {"RECHNUNG_KAEUFER_ABWEICHEND"}
    assert found("Max Schuldner", "Andere Firma GmbH", eigene) == {"RECHNUNG_VERKAEUFER_ABWEICHEND"}
    gleiche_form = "Andere Gesellschaft mit beschränkter Haftung"
    assert found("Max Schuldner", gleiche_form, eigene) == {"RECHNUNG_VERKAEUFER_ABWEICHEND"}
    assert found("Max Schuldner", "Möbelhaus Übersee GmbH", "DE02500105170137075030") == {
        "RECHNUNG_IBAN_ABWEICHEND"
    }


def test_the_invented_sender_signs_no_letter() -> None:
    fall = build_fall()
    absender = dataclasses.replace(fall.einstellungen.absender, name="Muster Handel GmbH")
    muster = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))
    (befund,) = check_fall(Sachstand(muster, STICHTAG))
    assert (befund.code, befund.schwere) == ("EINSTELLUNGEN_MUSTER", "sperre")


@pytest.mark.parametrize(
    ("zusatz", "code"),
    [
        (
            "ereignisse:\n  - art: freigabe\n    am: 05.04.2026\n    von: K. B.\n    schritt: zahlungserinerung\n",
            "SCHRITT_UNBEKANNT",
        ),
        (
            "ereignisse:\n  - art: mahnung_versandt\n    am: 07.04.2026\n    stufe: mahnung-1\n"
            "  - art: mahnung_zugegangen\n    am: 06.04.2026\n    stufe: mahnung-1\n",
            "ZUGANG_OHNE_SCHREIBEN",
        ),
    ],
)
def test_findings_a_tester_missed(zusatz: str, code: str) -> None:
    assert codes(zusatz) == [code]


def test_a_firm_without_kind_is_asked_for_it() -> None:
    fall = build_fall()
    firma = dataclasses.replace(fall.schuldner[0], rechtsform="GmbH")
    assert [b.code for b in check_fall(Sachstand(with_fall(fall, schuldner=(firma,)), STICHTAG))] == [
        "ART_WIDERSPRICHT"
    ]


@pytest.mark.parametrize(
    ("faellig", "gefragt"),
    [("31.03.2062", True), ("03.03.2027", True), ("01.03.2027", False), ("01.04.2026", False)],
)
def test_a_due_date_far_ahead_is_asked_about_and_can_be_accepted(faellig: str, gefragt: bool) -> None:
    fall = build_fall()
    (forderung,) = fall.forderungen
    tag = dt.datetime.strptime(faellig, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no time zone
    fall = with_fall(fall, forderungen=(dataclasses.replace(forderung, faellig_am=tag),))
    befunde = check_fall(Sachstand(fall, STICHTAG))
    assert [befund.code for befund in befunde] == ["FAELLIGKEIT_FERN"] * gefragt
    quittung = Quittung(
        code="FAELLIGKEIT_FERN", rechnung=forderung.nummer, grund="vereinbart", von="K.", am=STICHTAG
    )
    assert without_quittierte(befunde, with_fall(fall, quittiert=(quittung,))) == ()


def test_a_lost_leading_zero_is_named() -> None:
    fall = build_fall()
    schuldner = dataclasses.replace(fall.schuldner[0], plz="4109")
    (befund,) = check_fall(Sachstand(with_fall(fall, schuldner=(schuldner,)), STICHTAG))
    assert befund.code == "PLZ_FALSCH"
    assert "„plz: 04109“" in befund.abhilfe
    assert schuldner.voller_name in befund.text
