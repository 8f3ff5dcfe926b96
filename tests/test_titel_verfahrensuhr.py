"""Dates after filing, per debtor: the vectors, the holidays of the court, what settles a date, who entered it when."""

import dataclasses
from decimal import Decimal
from typing import Any

import pytest

from fallbau import build_fall, build_vorgang, letter, with_fall
from fristbau import case, day, event, paid, with_erika
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Rate
from mahnakte.fall.vorgang import Vorgang
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristeintrag import FRISTARTEN, Fristeintrag
from mahnakte.uhren.fristenliste import compute_fristen, drohende_fristen
from mahnakte.uhren.verfahrensuhr import compute_verfahrensfristen
from vektorbau import read_vektoren

HEUTE = day("2026-11-16")


def dates(fall: Fall, art: str, stichtag: str = "2026-11-16") -> list[Fristeintrag]:
    am = day(stichtag)
    return [
        eintrag
        for eintrag in compute_fristen(Sachstand(fall, am), compute_konto(Sachstand(fall, am))).eintraege
        if eintrag.art == art
    ]


def one(fall: Fall, art: str, stichtag: str = "2026-11-16") -> Fristeintrag:
    (eintrag,) = dates(fall, art, stichtag)
    return eintrag


def served(am: str, *danach, **weiteres) -> Fall:
    return case(
        "2026-02-27",
        event("antrag_eingereicht", "2026-01-02"),
        event("mb_zugestellt", am, **weiteres),
        *danach,
    )


# --- fixtures/vektoren/fristen.yaml ---------------------------------------------------------------------------------------

VEKTOREN = {
    "M01": ("widerspruch", event("mb_zugestellt", "2026-11-02"), "2026-11-16"),
    "M03": ("widerspruch", event("mb_zugestellt", "2026-12-11"), "2026-12-28"),
    "M05": ("vb_antrag", event("mb_zugestellt", "2026-03-05"), "2026-09-07"),
    "M07": ("einspruch", event("vb_zugestellt", "2026-10-14"), "2026-10-28"),
    "M09": ("anspruchsbegruendung", event("abgabe", "2026-10-14"), "2026-10-28"),
}


@pytest.mark.parametrize("nr", VEKTOREN)
def test_vectors_of_court_periods(nr: str) -> None:
    art, ereignis, ende = VEKTOREN[nr]
    assert one(case("2026-02-27", ereignis), art, "2026-12-30").ende == day(ende)


def test_the_expected_days_are_those_of_the_reference() -> None:
    zeilen = {nr: zeile["tag"] for nr, zeile in read_vektoren("fristen").items()}
    assert {nr: zeilen[nr] for nr in VEKTOREN} == {nr: ende for nr, (_, _, ende) in VEKTOREN.items()}


def test_raw_end_moved_end_and_safe_day() -> None:
    """Served on 5 March 2026: six months end on Saturday, 5 September; Monday is in time, Friday is safe."""
    eintrag = one(served("2026-03-05"), "vb_antrag")
    assert (eintrag.roh, eintrag.ende, eintrag.sicher_bis) == (
        day("2026-09-05"),
        day("2026-09-07"),
        day("2026-09-04"),
    )
    assert eintrag.tag == day("2026-09-04")
    assert "§ 701 ZPO" in eintrag.grund
    assert "Samstag" in eintrag.grund
    # three months, one month, two weeks, two days before Friday, 4 September, each a working day
    tage = ["2026-06-04", "2026-08-04", "2026-08-21", "2026-09-02"]
    assert [tag.isoformat() for tag in eintrag.vorfristen] == tage


# --- whose holidays -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gericht", "ende", "text"),
    [
        (
            None,
            "2027-01-07",
            "Sachsen-Anhalt",
        ),  # the creditor's court sits in Staßfurt: Epiphany is a holiday there
        ("Amtsgericht Hagen", "2027-01-06", "Nordrhein-Westfalen"),
        ("Amtsgericht Irgendwo", "2027-01-06", "nur bundesweite Feiertage"),
    ],
)
def test_the_holidays_of_the_courts_place_count(gericht, ende, text) -> None:
    """Served on Wednesday, 23 December 2026: two weeks end on 6 January 2027."""
    eintrag = one(served("2026-12-23", gericht=gericht), "widerspruch", "2026-12-30")
    assert eintrag.ende == day(ende)
    assert text.lower() in eintrag.grund.lower()


def test_a_day_that_may_be_a_holiday_somewhere_is_not_called_safe() -> None:
    assert one(
        served("2026-12-23", gericht="Amtsgericht Irgendwo"), "widerspruch", "2026-12-30"
    ).sicher_bis == day("2027-01-05")


def test_service_abroad_gives_a_month_for_the_einspruch() -> None:
    fall = case("2026-02-27", event("vb_zugestellt", "2026-10-14"))
    wien = dataclasses.replace(fall.schuldner[0], staat="AT", plz="1010", ort="Wien")
    fall = with_fall(fall, schuldner=(wien,))
    # one month ends on Saturday, 14 November; Monday, 16 November
    eintrag = one(fall, "einspruch")
    assert (eintrag.roh, eintrag.ende) == (day("2026-11-14"), day("2026-11-16"))
    assert "§ 339 Abs. 2 ZPO" in eintrag.grund


def test_service_abroad_warns_that_the_widerspruch_may_take_longer() -> None:
    fall = served("2026-11-02")
    fall = with_fall(fall, schuldner=(dataclasses.replace(fall.schuldner[0], staat="AT", plz="1010"),))
    assert "AVAG" in one(fall, "widerspruch").grund


# --- what settles what ---------------------------------------------------------------------------------------------


def test_the_way_to_the_vollstreckungsbescheid() -> None:
    fall = served("2026-11-02")
    assert one(fall, "widerspruch").erledigt == ""
    ab = one(fall, "vb_antrag_ab")
    assert (ab.roh, ab.ende, ab.erledigt) == (day("2026-11-17"), day("2026-11-17"), "")
    assert "§ 699" in ab.grund
    assert not one(fall, "vb_antrag_ab", "2026-12-01").is_past(day("2026-12-01"))  # it opens, it does not end
    assert one(fall, "widerspruch", "2026-11-17").erledigt == "abgelaufen am 16.11.2026"
    beantragt = served("2026-11-02", event("vb_beantragt", "2026-11-18"))
    for art in ("vb_antrag_ab", "vb_antrag"):
        assert (
            one(beantragt, art, "2026-11-20").erledigt == "Antrag auf Vollstreckungsbescheid vom 18.11.2026"
        )
        assert one(beantragt, art, "2026-11-17").erledigt == ""  # not yet known on that day


def test_a_widerspruch_opens_the_way_to_the_court() -> None:
    """Objected on 9 November 2026: the suspension ends six months later, on Sunday, 9 May 2027."""
    fall = served("2026-11-02", event("widerspruch", "2026-11-09"))
    assert one(fall, "vb_antrag").erledigt == "Widerspruch vom 09.11.2026"
    eintrag = one(fall, "abgabe")
    assert (eintrag.roh, eintrag.ende, eintrag.sicher_bis) == (
        day("2027-05-09"),
        day("2027-05-10"),
        day("2027-05-07"),
    )
    assert "§ 204 Abs. 2 BGB" in eintrag.grund
    assert "§ 12 Abs. 3 GKG" in eintrag.grund
    assert one(
        served("2026-11-02", event("widerspruch", "2026-11-09"), event("abgabe", "2026-11-12")), "abgabe"
    ).erledigt


def test_a_partial_widerspruch_leaves_the_rest_for_the_vollstreckungsbescheid() -> None:
    fall = served("2026-11-02", event("widerspruch", "2026-11-09", umfang="teil"))
    assert one(fall, "vb_antrag").erledigt == ""
    assert one(fall, "abgabe").erledigt == ""


def test_a_monierung_with_and_without_a_day() -> None:
    genannt = one(case("2026-02-27", event("monierung", "2026-11-02", bis=day("2026-11-21"))), "monierung")
    assert (genannt.roh, genannt.ende) == (day("2026-11-21"), day("2026-11-23"))
    ohne = one(case("2026-02-27", event("monierung", "2026-11-02")), "monierung")
    assert ohne.ende == day("2026-12-02")
    assert "§ 167" in ohne.grund
    beantwortet = case("2026-02-27", event("monierung", "2026-11-02"), event("mb_erlassen", "2026-11-10"))
    assert one(beantwortet, "monierung").erledigt == "Mahnbescheid vom 10.11.2026"


def test_an_order_that_was_not_served_needs_a_new_service() -> None:
    fall = case("2026-02-27", event("mb_nicht_zugestellt", "2026-11-02"))
    assert one(fall, "neuzustellung").ende == day("2026-12-02")
    zugestellt = case(
        "2026-02-27", event("mb_nicht_zugestellt", "2026-11-02"), event("mb_zugestellt", "2026-11-12")
    )
    assert one(zugestellt, "neuzustellung").erledigt == "Zustellung des Mahnbescheids vom 12.11.2026"


def test_a_rejected_application_leaves_a_month_to_sue() -> None:
    eintrag = one(case("2026-02-27", event("antrag_zurueckgewiesen", "2026-11-02")), "klage")
    assert eintrag.ende == day("2026-12-02")
    assert "1 Monat (§ 691 Abs. 2 ZPO)" in eintrag.grund


def test_the_substantiation_is_settled_by_its_event() -> None:
    fall = case("2026-02-27", event("abgabe", "2026-11-02"), event("anspruchsbegruendung", "2026-11-10"))
    assert one(fall, "anspruchsbegruendung").erledigt == "Anspruchsbegründung vom 10.11.2026"


def test_an_einspruch_settles_the_wait_for_finality() -> None:
    fall = case("2026-02-27", event("vb_zugestellt", "2026-11-10"), event("einspruch", "2026-11-12"))
    assert one(fall, "einspruch").erledigt == "Einspruch vom 12.11.2026"


def test_a_paid_case_has_nothing_open() -> None:
    fall = with_fall(served("2026-11-02"), zahlungen=(paid("2026-11-03", "2000.00"),))
    assert {eintrag.erledigt for eintrag in dates(fall, "vb_antrag")} == {"ausgeglichen"}


def test_each_debtor_has_his_own_procedure() -> None:
    fall = with_erika(
        case(
            "2026-02-27", event("mb_zugestellt", "2026-11-02", schuldner="max"),
            event("mb_zugestellt", "2026-11-09", schuldner="erika"), event("widerspruch", "2026-11-10", schuldner="max"),
        )
    )  # fmt: skip
    stand = {
        eintrag.schuldner: (eintrag.ende, bool(eintrag.erledigt)) for eintrag in dates(fall, "widerspruch")
    }
    assert stand == {"max": (day("2026-11-16"), True), "erika": (day("2026-11-23"), False)}


def test_a_second_order_has_its_own_dates_and_the_first_keeps_its_name() -> None:
    zwei = served("2026-03-05", event("mb_zugestellt", "2026-10-20"))
    assert [eintrag.gegenstand for eintrag in dates(zwei, "vb_antrag")] == ["max/1", "max/2"]
    assert one(served("2026-03-09"), "vb_antrag").gegenstand == "max/1"  # a corrected day is the same date


def test_a_final_order_that_is_no_title_yet_is_reported() -> None:
    fall = case("2026-02-27", event("vb_zugestellt", "2026-10-14"), event("rechtskraft", "2026-10-29"))
    befunde = compute_verfahrensfristen(Sachstand(fall, HEUTE), None).befunde
    assert [befund.code for befund in befunde] == ["TITEL_NICHT_EINGETRAGEN"]


def test_an_event_before_the_tables_is_said_and_stops_nothing() -> None:
    fall = case("2026-02-27", event("vb_zugestellt", "1999-10-14"), event("mb_zugestellt", "2026-11-02"))
    fristen = compute_verfahrensfristen(Sachstand(fall, HEUTE), None)
    assert {befund.schwere.value for befund in fristen.befunde} == {"warnung"}
    assert any(eintrag.art == "vb_antrag" for eintrag in fristen.eintraege)


# --- urgent --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stichtag", "codes"),
    [
        ("2026-06-03", set()),
        ("2026-06-04", {"FRIST_DROHT"}),  # the first warning
        ("2026-09-07", {"FRIST_DROHT"}),
        ("2026-09-08", {"FRIST_VERSTRICHEN"}),
    ],
)
def test_a_date_of_ours_before_the_court_becomes_urgent(stichtag, codes) -> None:
    fall = served("2026-03-05")
    assert one(fall, "vb_antrag_ab", stichtag).erledigt == (
        "abgelaufen am 07.09.2026" if "09-08" in stichtag else ""
    )
    befunde = drohende_fristen(Sachstand(fall, day(stichtag)), compute_konto(Sachstand(fall, day(stichtag))))
    assert {befund.code for befund in befunde} == codes
    assert all("§ 701" in befund.text for befund in befunde)


def test_periods_of_the_debtor_and_promises_are_not_urgent() -> None:
    fall = case(
        "2026-02-27",
        event("vb_zugestellt", "2026-11-10"),
        event("kontakt", "2026-11-10", zusage_am=day("2026-11-12")),
    )
    assert drohende_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))) == ()


# --- when it was entered ---------------------------------------------------------------------------------------------


def test_a_step_tells_when_a_date_was_entered_a_line_of_the_file_does_not() -> None:
    daten = {"ereignisse": [{"am": "02.11.2026", "art": "mb_zugestellt"}], "schluessel": "x"}
    fall = build_fall(vorgaenge=(build_vorgang(1, "nachtrag", "2026-11-03", daten),))
    assert one(fall, "vb_antrag").eingetragen_am == "2026-11-03T08:00:00Z"
    assert one(served("2026-11-02"), "vb_antrag").eingetragen_am is None


# --- dates that people set -------------------------------------------------------------------------------------------


def test_the_deadline_of_each_letter_until_the_next_one() -> None:
    briefe = (
        letter(1, "zahlungserinnerung", "2026-04-07", "2026-04-17"),
        letter(2, "mahnung-1", "2026-04-20", "2026-04-30"),
    )
    erste, zweite = sorted(dates(build_fall(vorgaenge=briefe), "schreiben"), key=lambda e: e.roh)
    assert (erste.roh, erste.erledigt) == (day("2026-04-17"), "1. Mahnung vom 20.04.2026")
    assert (zweite.roh, zweite.erledigt) == (day("2026-04-30"), "")
    assert zweite.eingetragen_am == "2026-04-20T08:00:00Z"
    assert "1. Mahnung vom 20.04.2026" in zweite.grund


def test_letters_of_other_systems_count_and_the_court_ends_the_series() -> None:
    versandt = event("mahnung_versandt", "2026-04-07", stufe="Stufe für Max", frist_bis=day("2026-04-17"))
    fall = case("2026-02-27", versandt)
    assert one(fall, "schreiben").grund == "Frist aus: Schreiben vom 07.04.2026."
    assert one(fall, "schreiben").notiz == "Stufe für Max"
    bei_gericht = case("2026-02-27", versandt, event("antrag_eingereicht", "2026-05-04"))
    assert one(bei_gericht, "schreiben").erledigt == "Einreichung des Mahnantrags vom 04.05.2026"


def test_a_promise_is_moved_to_a_working_day_and_kept_by_a_payment() -> None:
    """21 November 2026 is a Saturday (§ 193 BGB: Monday)."""
    zusage = event(
        "kontakt",
        "2026-11-10",
        zusage_am=day("2026-11-21"),
        zusage_betrag=paid("2026-01-01", "100.00").betrag,
    )
    fall = case("2026-02-27", zusage)
    assert (one(fall, "zusage").roh, one(fall, "zusage").ende) == (day("2026-11-21"), day("2026-11-23"))
    assert "100" not in one(fall, "zusage").grund
    assert "100,00" in one(fall, "zusage").notiz
    teilweise = with_fall(fall, zahlungen=(paid("2026-11-12", "99.99"),))
    assert one(teilweise, "zusage").erledigt == ""
    gezahlt = with_fall(fall, zahlungen=(paid("2026-11-12", "100.00"),))
    assert one(gezahlt, "zusage").erledigt == "Zahlung eingegangen"
    neu = with_fall(fall, ereignisse=(zusage, event("kontakt", "2026-11-25")))
    assert one(neu, "zusage", "2026-11-26").erledigt == "Kontakt vom 25.11.2026"


def test_instalments_are_covered_from_the_first() -> None:
    raten = tuple(
        Rate(am=day(f"2026-{monat}-01"), betrag=paid("2026-01-01", "50.00").betrag) for monat in (10, 11, 12)
    )
    plan = event("ratenplan", "2026-09-15", raten=raten)
    fall = with_fall(case("2026-02-27", plan), zahlungen=(paid("2026-10-01", "50.00"),))
    eintraege = sorted(dates(fall, "rate"), key=lambda eintrag: eintrag.roh)
    assert [eintrag.erledigt for eintrag in eintraege] == ["Zahlung eingegangen", "", ""]
    assert [eintrag.gegenstand for eintrag in eintraege] == ["1/1", "1/2", "1/3"]
    # All Saints is a Sunday in 2026 and no holiday in Saxony: Monday, 2 November
    assert eintraege[1].ende == day("2026-11-02")
    gekuendigt = with_fall(fall, ereignisse=(plan, event("ratenplan_gekuendigt", "2026-11-10")))
    stand = sorted(dates(gekuendigt, "rate"), key=lambda eintrag: eintrag.roh)
    assert stand[1].erledigt == "Kündigung des Ratenplans vom 10.11.2026"


def test_a_settlement_is_kept_by_its_sum() -> None:
    """14 November 2026 is a Saturday: payable on Monday."""
    vergleich = event(
        "vergleich", "2026-10-01", bis=day("2026-11-14"), betrag=paid("2026-01-01", "500.00").betrag
    )
    fall = case("2026-02-27", vergleich)
    assert (one(fall, "vergleich").ende, one(fall, "vergleich").erledigt) == (day("2026-11-16"), "")
    gezahlt = with_fall(fall, zahlungen=(paid("2026-11-16", "500.00"),))
    assert one(gezahlt, "vergleich").erledigt == "Zahlung eingegangen"


def test_holds_and_deferrals_end_by_themselves() -> None:
    fall = case(
        "2026-02-27", event("mahnsperre", "2026-11-02", bis=day("2026-11-21"), grund="Raten angefragt"),
        event("stundung", "2026-10-01", bis=day("2026-11-15")),
    )  # fmt: skip
    sperre = one(fall, "mahnsperre")
    assert (sperre.ende, sperre.erledigt, sperre.notiz) == (day("2026-11-21"), "", "Raten angefragt")
    assert "Raten" not in sperre.grund
    assert one(fall, "stundung", "2026-11-17").erledigt == "beendet am 16.11.2026"
    assert one(fall, "stundung", "2026-11-16").erledigt == ""  # 15 November 2026 is a Sunday (§ 193 BGB)


# --- the contract -----------------------------------------------------------------------------------------------------


def test_the_title_clocks_are_in_the_list() -> None:
    titel = """
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    schuldner: max
    erlassen_am: 06.03.2023
    rechtskraft_am: 25.03.2023
    betraege:
      hauptforderung: 1.190,00
      zinsen:
        punkte: 5
        ab: 07.03.2023
"""
    fall = case("2022-05-01", zusatz=titel)
    assert one(fall, "titel_hauptforderung").roh == day("2053-03-25")
    zinsen = {eintrag.gegenstand: eintrag.roh for eintrag in dates(fall, "titel_zinsen")}
    assert zinsen["vb-1/max/2023"] == day("2026-12-31")  # L19
    assert one(fall, "verjaehrung").erledigt.startswith("tituliert")


def test_every_entry_has_the_keys_of_the_contract_and_a_unique_name() -> None:
    fall = served(
        "2026-03-05", event("widerspruch", "2026-03-12", umfang="teil"), event("mb_zugestellt", "2026-10-20")
    )
    eintraege = compute_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))).eintraege
    vertrag = {"art", "roh", "ende", "vorfristen", "grund", "eingetragen_am", "erledigt"}
    assert all(vertrag <= eintrag.as_json().keys() for eintrag in eintraege)
    namen = [(eintrag.art, eintrag.gegenstand) for eintrag in eintraege]
    assert len(namen) == len(set(namen)) >= 8
    assert {eintrag.art for eintrag in eintraege} <= FRISTARTEN.keys()
    for eintrag in eintraege:
        assert eintrag.sicher_bis <= eintrag.ende
        assert eintrag.roh <= eintrag.ende
        assert all(tag < eintrag.sicher_bis for tag in eintrag.vorfristen)


# --- when the deadline of a letter ends ------------------------------------------------------------------------------


def demand(
    nr: int, art: str, am: str, frist_bis: str, *rechnungen: str, betrag: str = "1190.00", **weitere: Any
) -> Vorgang:
    daten = {
        "frist_bis": frist_bis,
        "betrag": betrag,
        "rechnungen": list(rechnungen) or ["RE-2026-131"],
        **weitere,
    }
    return build_vorgang(nr, art, am, daten)


MAHNUNG = demand(1, "mahnung-1", "2026-04-20", "2026-04-30")


def test_a_deadline_that_was_met_is_settled_though_a_rest_is_open() -> None:
    """The sum of the letter came in time; a few cents of interest keep the case open."""
    fall = with_fall(build_fall(vorgaenge=(MAHNUNG,)), zahlungen=(paid("2026-04-28", "1190.00"),),
                     ereignisse=(event("mahnung_zugegangen", "2026-04-10", stufe="x"),))  # fmt: skip
    assert one(fall, "schreiben").erledigt in ("Zahlung eingegangen", "ausgeglichen")
    teil = with_fall(fall, zahlungen=(paid("2026-04-28", "1189.99"),))
    assert one(teil, "schreiben").erledigt == ""


def two_invoices(*vorgaenge: Vorgang) -> Fall:
    fall = build_fall(vorgaenge=vorgaenge)
    zweite = dataclasses.replace(fall.forderungen[0], nummer="RE-2026-132")
    return with_fall(fall, forderungen=(*fall.forderungen, zweite))


def test_a_paid_invoice_ends_the_deadline_of_its_letter_only() -> None:
    andere = demand(2, "mahnung-1", "2026-04-21", "2026-05-04", "RE-2026-132")
    fall = with_fall(
        two_invoices(MAHNUNG, andere), zahlungen=(paid("2026-04-28", "1190.00", auf="RE-2026-131"),)
    )
    stand = {eintrag.roh.isoformat(): eintrag.erledigt for eintrag in dates(fall, "schreiben")}
    assert stand == {"2026-04-30": "Zahlung eingegangen", "2026-05-04": ""}


def test_a_letter_about_another_invoice_replaces_nothing() -> None:
    andere = demand(2, "mahnung-1", "2026-04-21", "2026-05-04", "RE-2026-132")
    assert [e.erledigt for e in dates(two_invoices(MAHNUNG, andere), "schreiben")] == ["", ""]
    dieselbe = demand(3, "mahnung-letzte", "2026-05-05", "2026-05-15", "RE-2026-131", "RE-2026-132")
    stand = {
        e.roh.isoformat(): e.erledigt for e in dates(two_invoices(MAHNUNG, andere, dieselbe), "schreiben")
    }
    assert stand == {
        "2026-04-30": "Letzte Mahnung vom 05.05.2026", "2026-05-04": "Letzte Mahnung vom 05.05.2026", "2026-05-15": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("art", "weitere", "erwartet"),
    [
        (
            "ratenplan",
            {"raten": (Rate(am=day("2026-12-01"), betrag=Decimal("1190.00")),)},
            "Ratenplan vom 25.04.2026",
        ),
        ("stundung", {"bis": day("2026-12-01")}, "Stundung vom 25.04.2026"),
        ("vergleich", {"bis": day("2026-12-01"), "betrag": Decimal("900.00")}, "Vergleich vom 25.04.2026"),
        ("antrag_eingereicht", {}, "Einreichung des Mahnantrags vom 25.04.2026"),
        ("mb_erlassen", {}, "Mahnbescheid vom 25.04.2026"),
        ("vb_erlassen", {}, "Vollstreckungsbescheid vom 25.04.2026"),
        ("widerspruch", {}, "Widerspruch vom 25.04.2026"),
    ],
)
def test_an_agreement_or_the_court_replaces_the_deadline(
    art: str, weitere: dict[str, Any], erwartet: str
) -> None:
    danach = with_fall(build_fall(vorgaenge=(MAHNUNG,)), ereignisse=(event(art, "2026-04-25", **weitere),))
    davor = with_fall(build_fall(vorgaenge=(MAHNUNG,)), ereignisse=(event(art, "2026-04-15", **weitere),))
    assert one(danach, "schreiben").erledigt == erwartet
    assert one(davor, "schreiben").erledigt == ""


# --- what is to be recorded of a letter ------------------------------------------------------------------------------


def test_sending_and_receipt_are_asked_for_where_interest_hangs_on_them() -> None:
    """Due by law, no date agreed: only a Mahnung that arrived puts into default (§ 286 (1) BGB)."""
    fall = build_fall(vorgaenge=(MAHNUNG,))
    assert [(one(fall, art).ende, one(fall, art).erledigt) for art in ("versand", "zugang")] == [
        (day("2026-04-20"), ""), (day("2026-04-30"), "")
    ]  # fmt: skip
    versandt = build_vorgang(2, "versand", "2026-04-21", {"vorgang": 1, "am": "2026-04-21", "weg": "post"})
    mit = build_fall(vorgaenge=(MAHNUNG, versandt))
    assert (one(mit, "versand").erledigt, one(mit, "zugang").erledigt) == ("Test", "")
    angekommen = with_fall(mit, ereignisse=(event("mahnung_zugegangen", "2026-04-23", vorgang=1),))
    assert one(angekommen, "zugang").erledigt == "zugegangen am 23.04.2026"


def test_nobody_is_reminded_where_nothing_hangs_on_it() -> None:
    erinnerung = demand(1, "zahlungserinnerung", "2026-04-07", "2026-04-17")
    assert dates(build_fall(vorgaenge=(erinnerung,)), "versand") == []
    kalender = build_fall(vorgaenge=(MAHNUNG,))
    verzug = with_fall(
        kalender,
        forderungen=tuple(dataclasses.replace(f, faelligkeit="vereinbart") for f in kalender.forderungen),
    )
    assert one(verzug, "zugang").erledigt == "Verzug auch ohne diesen Zugang"
    bezahlt = with_fall(kalender, zahlungen=(paid("2026-04-21", "1190.00"),))
    assert [one(bezahlt, art).erledigt for art in ("versand", "zugang")] == ["ausgeglichen", "ausgeglichen"]


def test_the_letter_that_announces_the_next_step_is_asked_for_whatever_the_default() -> None:
    letzte = demand(1, "mahnung-letzte", "2026-05-04", "2026-05-14", dann="mahnbescheid")
    assert one(build_fall(vorgaenge=(letzte,)), "versand").erledigt == ""
    storniert = build_vorgang(2, "storno", "2026-05-05", {"vorgang": 1, "grund": "x"}, ersetzt=1)
    assert dates(build_fall(vorgaenge=(letzte, storniert)), "versand") == []
