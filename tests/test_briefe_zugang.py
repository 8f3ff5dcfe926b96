"""Postal facts reach every room: additional address lines, and a copy for each joint debtor whom a letter must reach."""

import dataclasses
import datetime as dt

import pytest

from briefbau import TAG, draft_letters, sound_case, stage_of
from fallbau import with_fall
from mahnakte.akte.blaetter import make_aktenkopf
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.aus_fall.parteien import derive_antragsgegner
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.briefe.begleitmail import write_begleitmail
from mahnakte.briefe.brief import compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.fall import Fall
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand

# From § 286 (1), § 425 (2), § 410 BGB, § 13a RDG: every demand, for it puts into default, gives notice or sets the
# period on which notice rests, but for the reminder, which is no Mahnung, and the offer after a title. And what gives
# notice of an assignment or tells stored data.
JEDEM = {art.art for art in BRIEFARTEN.values() if art.fordert} - {
    "zahlungserinnerung",
    "angebot-aus-titel",
} | {
    "abtretungsanzeige",
    "auskunft-dsgvo",
}
AN_SCHULDNER = [art for art, eintrag in BRIEFARTEN.items() if eintrag.an_schuldner]


def with_spouse(fall: Fall, **anders: object) -> Fall:
    """Return the case with a second joint debtor, living with the first unless told otherwise."""
    erster = fall.schuldner[0]
    zweite = dataclasses.replace(erster, kennung="eva", anrede="Frau", vorname="Eva", **anders)
    return with_fall(fall, schuldner=(erster, zweite), gesamtschuldner=True)


@pytest.mark.parametrize("art", AN_SCHULDNER)
def test_each_joint_debtor_gets_his_own_copy_where_the_letter_must_reach_him(art):
    fall = sound_case(art)
    if fall.titel:
        fall = with_fall(fall, titel=tuple(dataclasses.replace(t, schuldner=None) for t in fall.titel))
    briefe = draft_letters(with_spouse(fall), art)
    assert len(briefe) == (2 if art in JEDEM else 1)
    empfaenger = [brief.daten.as_daten()["empfaenger"] for brief in briefe]
    assert empfaenger == ([["max"], ["eva"]] if art in JEDEM else [["max", "eva"]])
    assert len({brief.stamm for brief in briefe}) == len(briefe)
    if art in JEDEM:
        assert briefe[0].anschrift[0] == "Herrn Max Schuldner"
        assert briefe[1].anschrift[0] == "Frau Eva Schuldner"
        assert briefe[1].werte["empfaenger"]["anrede"] == "Sehr geehrte Frau Schuldner,"


def test_the_stage_decides_too_which_letter_puts_into_default():
    """`setzt_in_verzug` makes a friendly reminder a Mahnung (§ 286 (1) BGB): then it must reach each of them."""
    fall = with_spouse(sound_case("zahlungserinnerung"))
    _, konto = compute_gegenstand(Sachstand(fall, TAG), BRIEFARTEN["zahlungserinnerung"])
    stufe = stage_of("zahlungserinnerung")
    frist = TAG + dt.timedelta(days=12)
    for setzt, anzahl in ((False, 1), (True, 2)):
        stufe = dataclasses.replace(stufe, setzt_in_verzug=setzt)
        assert len(compute_briefe(Sachstand(fall, TAG), konto, stufe, frist, None)) == anzahl


def test_eight_debtors_each_find_their_name_on_a_letter_that_must_reach_them():
    fall = sound_case("mahnung-1")
    alle = tuple(
        dataclasses.replace(fall.schuldner[0], kennung=f"s{nr}", name=f"Schuldner{nr}") for nr in range(8)
    )
    briefe = draft_letters(with_fall(fall, schuldner=alle, gesamtschuldner=True), "mahnung-1")
    assert [brief.anschrift[0] for brief in briefe] == [f"Herrn Max Schuldner{nr}" for nr in range(8)]
    assert all("und weitere" not in brief.anschrift for brief in briefe)


def with_zusatz(fall: Fall, *zusatz: str) -> Fall:
    return with_fall(fall, schuldner=(dataclasses.replace(fall.schuldner[0], zusatz=zusatz),))


@pytest.mark.parametrize("art", AN_SCHULDNER)
def test_additional_lines_stand_in_the_window_of_every_letter(art):
    (brief,) = draft_letters(with_zusatz(sound_case(art), "c/o Meier", "Hinterhaus"), art)
    assert brief.anschrift == (
        "Herrn Max Schuldner",
        "c/o Meier",
        "Hinterhaus",
        "Bahnhofstr. 12",
        "04109 Leipzig",
    )


@pytest.mark.parametrize("art", ["adressanfrage", "nachlassanfrage", "forderungsanmeldung"])
def test_letters_to_others_name_them_and_have_their_own(art):
    fall = with_zusatz(sound_case(art), "c/o Meier")
    ereignisse = tuple(
        dataclasses.replace(e, empfaenger=dataclasses.replace(e.empfaenger, zusatz=("Zimmer 12",)))
        if e.empfaenger
        else e
        for e in fall.ereignisse
    )
    (brief,) = draft_letters(with_fall(fall, ereignisse=ereignisse), art)
    assert "Zimmer 12" in brief.anschrift
    assert "c/o Meier, Bahnhofstr. 12, 04109 Leipzig" in str(brief.werte)


def test_what_is_stored_about_a_person_holds_the_additional_line():
    (brief,) = draft_letters(with_zusatz(sound_case("auskunft-dsgvo"), "c/o Meier"), "auskunft-dsgvo")
    assert "c/o Meier, Bahnhofstr. 12, 04109 Leipzig" in str(brief.werte["daten"])


def test_the_sheets_of_the_akte_hold_it():
    fall = with_zusatz(sound_case("mahnung-1"), "c/o Meier")
    kopf = make_aktenkopf(fall, compute_konto(Sachstand(fall, TAG)))
    assert "c/o Meier, Bahnhofstr. 12, 04109 Leipzig" in str(kopf)


def test_the_application_says_that_it_has_no_field_for_it():
    liste = Maengelliste("den Antrag")
    derive_antragsgegner(with_zusatz(sound_case("mahnung-1"), "c/o Meier").schuldner[0], "amtsgericht", liste)
    (befund,) = [befund for befund in liste.befunde if befund.code == "ANTRAG_ZUSATZ"]
    assert "c/o Meier" in befund.text
    assert befund.abhilfe


def test_the_draft_e_mail_goes_to_each_by_itself():
    fall = with_spouse(sound_case("mahnung-1"), email="eva@schuldner.example")
    absender = fall.einstellungen.absender
    mails = [
        write_begleitmail(absender, [einer], fall.aktenzeichen, TAG, b"%PDF-1.7") for einer in fall.schuldner
    ]
    assert mails[1] is not None
    assert b"Eva Schuldner" in mails[1]
