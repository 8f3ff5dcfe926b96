"""Edges of the plan that a tester found: each one lost a letter, reached the wrong person or said the wrong thing."""

import dataclasses
import datetime as dt

import pytest

from fallbau import build_fall, build_vorgang, letter
from mahnakte.ablauf.halt import angeschriebene
from mahnakte.ablauf.plan import plan_fall
from mahnakte.fall.fall import Fall
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.pruefung import check_fall
from mahnakte.stand.sachstand import Sachstand

ZWEITE = """  - nummer: RE-2026-132
    datum: 01.04.2026
    betrag: 500,00
    leistung_am: 30.03.2026
    zugegangen_am: 03.04.2026
    faellig_am: 20.04.2026
    faelligkeit: vereinbart
"""
ZWEITER = """  - kennung: eva
    art: person
    anrede: Frau
    vorname: Eva
    name: Schuldner
    strasse: Gartenweg 3
    plz: 04109
    ort: Leipzig
    verbraucher: ja
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def erinnert(nr: int = 1) -> object:
    daten = {
        "frist_bis": "2026-04-17",
        "betrag": "1190.00",
        "betrag_gilt_bis": "2026-04-17",
        "rechnungen": ["RE-2026-131"],
    }
    return build_vorgang(nr, "zahlungserinnerung", "2026-04-07", daten)


def test_paying_one_letter_in_time_does_not_hide_the_next_invoice() -> None:
    zahlung = "zahlungen:\n  - am: 15.04.2026\n    betrag: 1.190,00\n    auf: RE-2026-131\n"
    fall = build_fall(ZWEITE + zahlung, vorgaenge=(erinnert(),))
    plan = plan_fall(Sachstand(fall, day("2026-05-04")))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    assert [z.rechnung for z in plan.konto.forderungen if z.offen] == ["RE-2026-132"]


def test_a_person_can_decide_to_demand_the_rest() -> None:
    verzug = "ereignisse:\n  - art: zahlung_verweigert\n    am: 01.04.2026\n"
    frei = "  - art: freigabe\n    am: 20.04.2026\n    von: K. Beispiel\n    schritt: mahnung-1\n"
    zahlung = "zahlungen:\n  - am: 15.04.2026\n    betrag: 1.190,00\n"
    ohne = plan_fall(Sachstand(build_fall(verzug + zahlung, vorgaenge=(erinnert(),)), day("2026-05-04")))
    mit = plan_fall(
        Sachstand(build_fall(verzug + frei + zahlung, vorgaenge=(erinnert(),)), day("2026-05-04"))
    )
    assert ohne.gruende[0].code == "VERLANGTES_GEZAHLT"
    assert [s.art for s in mit.schritte] == ["mahnung-1"]


def joint(zusatz: str = "") -> object:
    return build_fall(zusatz, schuldner_dazu=ZWEITER + "gesamtschuldner: ja\n")


@pytest.mark.parametrize(
    ("art", "name"),
    [("insolvenz", "Insolvenz"), ("verstorben", "verstorben"), ("unbekannt_verzogen", "Anschrift")],
)
def test_the_fate_of_one_debtor_stops_letters_to_him_only(art: str, name: str) -> None:
    fall = joint(f"ereignisse:\n  - art: {art}\n    am: 01.04.2026\n    schuldner: eva\n")
    plan = plan_fall(Sachstand(fall, day("2026-04-10")))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    assert [einer.kennung for einer in angeschriebene(Sachstand(fall, day("2026-04-10")))] == ["max"]
    assert any("Eva Schuldner" in grund.text and name in grund.text for grund in plan.gruende)


def test_a_found_address_lets_the_series_go_on() -> None:
    text = "ereignisse:\n  - art: unbekannt_verzogen\n    am: 01.04.2026\n    bis: 08.04.2026\n"
    assert plan_fall(Sachstand(build_fall(text), day("2026-04-08"))).gruende[0].code == "UNBEKANNT_VERZOGEN"
    assert plan_fall(Sachstand(build_fall(text), day("2026-04-09"))).schritte


def test_a_payment_that_went_to_a_disputed_invoice_is_not_taken_twice() -> None:
    streit = (
        "ereignisse:\n  - art: bestritten\n    am: 22.04.2026\n    grund: Mangel\n    rechnung: RE-2026-131\n"
    )
    zahlung = "zahlungen:\n  - am: 15.04.2026\n    betrag: 500,00\n"  # RE-2026-132 is not due yet: § 366 (2)
    fall = build_fall(ZWEITE + streit + zahlung)
    voll = compute_konto(Sachstand(fall, day("2026-05-04")))
    assert {z.rechnung: str(z.offen) for z in voll.forderungen} == {
        "RE-2026-131": "690.00",
        "RE-2026-132": "500.00",
    }
    plan = plan_fall(Sachstand(fall, day("2026-05-04")))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    assert str(plan.konto.hauptforderung) == "500.00"


def test_a_stage_nobody_knows_waits_for_a_person() -> None:
    text = "ereignisse:\n  - art: mahnung_versandt\n    am: 05.04.2026\n    stufe: 2. Mahnung\n"
    assert plan_fall(Sachstand(build_fall(text), day("2026-04-20"))).gruende[0].code == "STUFE_UNBEKANNT"


def test_a_release_of_a_step_is_no_release_of_another() -> None:
    gross = "schwellen:\n  nur_mit_freigabe_ab: 1.000,00\n"
    text = "ereignisse:\n  - art: freigabe\n    am: 06.04.2026\n    von: K. Beispiel\n    vorgang: 7\n"
    assert (
        plan_fall(Sachstand(build_fall(text, mahnakte=gross), day("2026-04-10"))).gruende[0].code
        == "FREIGABE_FEHLT"
    )


def test_an_invoice_of_tomorrow_is_not_called_paid() -> None:
    assert plan_fall(Sachstand(build_fall(), day("2026-02-01"))).gruende[0].code == "NICHTS_FAELLIG"


def test_a_dispute_beyond_the_claim_leaves_nothing_to_ask_for() -> None:
    text = "ereignisse:\n  - art: bestritten\n    am: 05.04.2026\n    grund: alles\n    betrag: 4.000,00\n    rechnung: RE-2026-131\n"
    plan = plan_fall(Sachstand(build_fall(text), day("2026-04-10")))
    assert not plan.schritte
    assert plan.konto.ueberzahlung == 0


def test_an_invoice_that_no_letter_named_is_pointed_out_before_the_court() -> None:
    reihe = (
        letter(1, "zahlungserinnerung", "2026-04-07", "2026-04-17"),
        letter(2, "mahnung-1", "2026-04-20", "2026-04-30"),
        build_vorgang(
            3, "mahnung-letzte", "2026-05-04", {"frist_bis": "2026-05-15", "rechnungen": ["RE-2026-131"]}
        ),
    )
    spaete = ZWEITE.replace("20.04.2026", "05.05.2026")
    plan = plan_fall(Sachstand(build_fall(spaete, vorgaenge=reihe), day("2026-05-18")))
    assert [s.art for s in plan.schritte] == ["mahnbescheid"]
    assert any(g.code == "NOCH_IN_KEINEM_SCHREIBEN" and "RE-2026-132" in g.text for g in plan.gruende)


def test_the_reason_tells_due_date_and_turn_apart() -> None:
    anlass = plan_fall(Sachstand(build_fall(), day("2026-04-10"))).schritte[0].anlass
    assert anlass == "7 Tage nach Fälligkeit am 31.03.2026 ohne Ausgleich"


EIGENE_REIHE = """mahnplan:
  - art: erstschreiben
    nach: faelligkeit
    tage: 7
    frist_tage: 14
  - art: folgeschreiben
    nach: frist
    tage: 3
    frist_tage: 10
"""
VORHER = "ereignisse:\n  - art: mahnung_versandt\n    am: 05.04.2026\n    stufe: {stufe}\n    frist_bis: 15.04.2026\n"


def handed_over(rolle: str, stufe: str) -> Fall:
    """Return a case that an agency or lawyer runs by a plan of their own, after a letter of that stage."""
    fall = build_fall(VORHER.format(stufe=stufe), mahnakte=EIGENE_REIHE)
    absender = dataclasses.replace(fall.einstellungen.absender, rolle=rolle)
    return dataclasses.replace(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))


@pytest.mark.parametrize("rolle", ["inkasso", "anwalt"])
@pytest.mark.parametrize(
    "stufe",
    [
        "hinweis",
        "zahlungserinnerung",
        "mahnung-1",
        "mahnung-2",
        "mahnung-3",
        "mahnung-4",
        "mahnung-letzte",
        "uebergabe-ankuendigung",
    ],
)
def test_what_the_creditor_sent_before_does_not_stop_the_agency(rolle: str, stufe: str) -> None:
    """Entered as `erstschreiben` instead, it would suppress the letter that § 13a (1) RDG demands."""
    fall = handed_over(rolle, stufe)
    assert [schritt.art for schritt in plan_fall(Sachstand(fall, day("2026-04-20"))).schritte] == [
        "erstschreiben"
    ]
    assert "STUFE_UNBEKANNT" not in [befund.code for befund in check_fall(Sachstand(fall, day("2026-04-20")))]


@pytest.mark.parametrize(("rolle", "stufe"), [("glaeubiger", "mahnung-1"), ("inkasso", "2. Mahnung")])
def test_only_letters_of_the_creditor_before_a_handover_are_outside_the_series(
    rolle: str, stufe: str
) -> None:
    fall = handed_over(rolle, stufe)
    assert plan_fall(Sachstand(fall, day("2026-04-20"))).gruende[0].code == "STUFE_UNBEKANNT"
    assert "STUFE_UNBEKANNT" in [befund.code for befund in check_fall(Sachstand(fall, day("2026-04-20")))]


@pytest.mark.parametrize("rolle", ["inkasso", "anwalt"])
def test_without_a_plan_of_their_own_agencies_and_lawyers_begin_with_the_erstschreiben(rolle: str) -> None:
    """The creditor's reminder would be refused to them, and the case would go round in circles."""
    einstellungen = build_fall().einstellungen
    absender = dataclasses.replace(einstellungen.absender, rolle=rolle)
    fremd = dataclasses.replace(einstellungen, absender=absender, mahnplan=())
    assert [stufe.art for stufe in fremd.mahnplan] == [
        "erstschreiben",
        "folgeschreiben",
        "letzte-aufforderung",
    ]


def test_without_a_plan_of_his_own_the_creditor_begins_with_the_reminder() -> None:
    einstellungen = dataclasses.replace(build_fall().einstellungen, mahnplan=())
    assert [stufe.art for stufe in einstellungen.mahnplan] == [
        "zahlungserinnerung",
        "mahnung-1",
        "mahnung-letzte",
    ]


BESTRITTEN = "  - {am: 13.04.2026, art: bestritten, grund: fehlt, rechnung: RE-2026-131, betrag: '400,00'}\n"


@pytest.mark.parametrize(
    ("angaben", "verlangt"),
    [
        ("ereignisse:\n" + BESTRITTEN, "790.00"),  # 1.190,00 less 400,00
        ("ereignisse:\n" + BESTRITTEN + "  - {am: 20.04.2026, art: bestritten_erledigt, betrag: '150,00'}\n", "940.00"),
        (ZWEITE + "zahlungen:\n  - {am: 31.03.2026, betrag: '900,00', auf: RE-2026-131}\nereignisse:\n" + BESTRITTEN,
         "500.00"),  # of the first 290,00 are open, all of it disputed; the second is owed in full
    ],
)  # fmt: skip
def test_a_disputed_part_takes_nothing_from_the_rest(angaben: str, verlangt: str) -> None:
    plan = plan_fall(Sachstand(build_fall(angaben), day("2026-05-04")))
    assert str(plan.konto.hauptforderung) == verlangt
    assert "UEBERZAHLUNG" not in {befund.code for befund in plan.konto.befunde}
