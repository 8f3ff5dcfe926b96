"""Limitation of untitled claims per debtor: the vectors through a case, then each circumstance from its event."""

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from fallbau import build_fall, build_vorgang, with_fall
from fristbau import case, day, event, paid, with_erika
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Rate
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.gerichte import read_mahngerichte
from mahnakte.recht.verjaehrung import Verjaehrung
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.anspruchsuhr import Anspruchsuhr, compute_anspruchsuhren
from mahnakte.uhren.fristenliste import compute_fristen, drohende_fristen
from mahnakte.uhren.gerichtsland import find_gerichtsland
from vektorbau import read_vektoren

HEUTE = day("2026-11-16")


def clocks(fall: Fall, stichtag: dt.date = HEUTE) -> dict[str, Anspruchsuhr]:
    return {
        uhr.schuldner.kennung: uhr
        for uhr in compute_anspruchsuhren(Sachstand(fall, stichtag), compute_konto(Sachstand(fall, stichtag)))
    }


def limit(fall: Fall, stichtag: dt.date = HEUTE, wen: str = "max") -> Verjaehrung:
    verjaehrung = clocks(fall, stichtag)[wen].verjaehrung
    assert verjaehrung is not None
    return verjaehrung


def codes(fall: Fall, stichtag: dt.date = HEUTE) -> set[str]:
    return {
        befund.code
        for befund in drohende_fristen(Sachstand(fall, stichtag), compute_konto(Sachstand(fall, stichtag)))
    }


# --- fixtures/vektoren/verjaehrung.yaml, each as a case -------------------------------------------------------------------

VEKTOREN: dict[str, tuple[Callable[[], Fall], str]] = {
    "L01": (lambda: case("2023-03-10"), "2026-11-16"),
    "L03": (lambda: case("2019-05-20"), "2022-06-01"),
    # service in December 2023, but due on 5 January 2024 by agreement
    "L05": (lambda: case("2023-12-10", faelligkeit="vereinbart", faellig_am=day("2024-01-05")), "2026-11-16"),
    # the court's demand for costs of 9 January 2024 comes with the notice of the Widerspruch
    "L07": (
        lambda: case(
            "2020-06-01", event("antrag_eingereicht", "2023-12-30"), event("mb_zugestellt", "2024-01-05"),
            event("widerspruch", "2024-01-09"),
        ),
        "2024-02-01",
    ),
    "L09": (lambda: case("2023-05-01", event("verhandlung", "2026-10-01", bis=day("2026-11-30"))), "2026-12-01"),
    "L11": (lambda: case("2023-05-01", event("stundung", "2026-02-01", bis=day("2026-07-31"))), "2026-11-16"),
}  # fmt: skip
ERWARTET = {
    "L01": ("2026-12-31", "2026-12-31"),
    "L03": ("2022-12-31", "2023-01-02"),
    "L05": ("2027-12-31", "2027-12-31"),
    "L07": ("2024-07-11", "2024-07-11"),
    "L09": ("2027-03-02", "2027-03-02"),
    "L11": ("2027-06-30", "2027-06-30"),
}


@pytest.mark.parametrize("nr", VEKTOREN)
def test_vectors_of_limitation(nr: str) -> None:
    bauen, stichtag = VEKTOREN[nr]
    ergebnis = limit(bauen(), day(stichtag))
    assert (ergebnis.ablauf.isoformat(), ergebnis.letzter_tag.isoformat()) == ERWARTET[nr]


def test_the_expected_days_are_those_of_the_reference() -> None:
    zeilen = read_vektoren("verjaehrung")
    for nr, (ablauf, letzter) in ERWARTET.items():
        assert zeilen[nr]["ablauf"] == ablauf
        assert zeilen[nr]["letzter_tag"] == letzter


def test_the_safe_day_lies_before_a_weekend() -> None:
    """31.12.2022 is a Saturday: filing on Monday, 2 January, is in time, planned is Friday, 30 December."""
    assert limit(case("2019-05-20"), day("2022-06-01")).sicher_bis == day("2022-12-30")


# --- when the claim arose ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("art", ["gesetzlich", "unbestimmt"])
def test_a_due_date_that_nobody_agreed_moves_nothing(art: str) -> None:
    fall = case("2023-12-10", datum=day("2024-01-02"), faelligkeit=art, faellig_am=day("2024-01-16"))
    assert limit(fall).ablauf == day("2026-12-31")


def test_a_period_shorter_than_the_ladder_has_fewer_prewarnings() -> None:
    """Freight delivered on 3 March 2026 lapses a year later: the warning of twelve months would be its first day."""
    fall = case("2026-03-03")
    fall = with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, katalog=34))
    (eintrag,) = compute_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))).eintraege
    assert [tag.isoformat() for tag in eintrag.vorfristen] == ["2026-09-03", "2026-12-03", "2027-02-03"]


def test_without_performance_the_earliest_stated_day_counts_and_the_gap_is_named() -> None:
    fall = case(None, datum=day("2024-01-15"))
    uhr = clocks(fall)["max"]
    assert uhr.verjaehrung is not None
    assert uhr.verjaehrung.ablauf == day("2027-12-31")
    assert "leistung_am" in uhr.fehlt[0]
    aelter = with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, vertragsdatum=day("2023-11-20")))
    assert limit(aelter).ablauf == day("2026-12-31")
    assert "Vertragsdatum" in clocks(aelter)["max"].entstehung.grund


def test_an_end_that_rests_on_a_guess_is_never_called_lapsed() -> None:
    fall = case(None, datum=day("2022-06-01"))
    assert codes(fall) == {"VERJAEHRUNG_UNGEKLAERT"}
    assert codes(case("2022-06-01")) == {"VERJAEHRUNG_EINGETRETEN"}


def test_a_period_of_performance_over_new_year_counts_from_its_beginning_and_asks() -> None:
    uhr = clocks(case("2023-12-01", leistung_bis=day("2024-02-29")))["max"]
    assert uhr.verjaehrung is not None
    assert uhr.verjaehrung.ablauf == day("2026-12-31")
    assert "fällig" in uhr.fehlt[0]
    assert clocks(case("2023-05-01", leistung_bis=day("2023-06-30")))["max"].fehlt == ()


def test_a_claim_that_does_not_exist_yet_has_no_clock() -> None:
    assert compute_anspruchsuhren(Sachstand(case("2026-12-01"), HEUTE), None) == ()


def test_freight_lapses_within_a_year_of_delivery() -> None:
    """§ 439 HGB: delivered on 3 March 2026, one year to the day."""
    fall = case("2026-03-03")
    fracht = with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, katalog=34))
    assert limit(fracht).ablauf == day("2027-03-03")


@pytest.mark.parametrize(
    ("katalog", "leistung_am", "code"),
    [(34, None, "VERJAEHRUNG_BEGINN_FEHLT"), (30, "2026-03-03", "RECHT_NICHT_GEPRUEFT")],
)
def test_what_the_law_tables_do_not_answer_is_said_and_stops_nothing(katalog, leistung_am, code) -> None:
    fall = case(leistung_am)
    fall = with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, katalog=katalog))
    # The account of a bill cannot be counted either; the clock then stands without one.
    konto = None if katalog == 30 else compute_konto(Sachstand(fall, HEUTE))
    (uhr,) = compute_anspruchsuhren(Sachstand(fall, HEUTE), konto)
    assert uhr.verjaehrung is None
    befund = uhr.befunde[0]
    assert befund.schwere.value == "warnung"
    assert befund.code == code
    assert befund.stelle is not None


def test_the_doubtful_short_period_is_asked_for() -> None:
    fall = case("2026-03-03")
    fall = with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, katalog=20))
    assert "VERJAEHRUNG_KURZ_MOEGLICH" in {befund.code for befund in clocks(fall)["max"].befunde}


# --- payments and acknowledgements ------------------------------------------------------------------------------


def test_a_part_payment_restarts_the_period_to_the_day() -> None:
    """Paid on 12 March 2025: three years run from the 13th and end on Sunday, 12 March 2028; Monday is in time."""
    fall = with_fall(case("2023-05-01"), zahlungen=(paid("2025-03-12", "100.00"),))
    ergebnis = limit(fall)
    assert ergebnis.ablauf == day("2028-03-12")
    assert ergebnis.letzter_tag == day("2028-03-13")
    assert ergebnis.sicher_bis == day("2028-03-10")
    assert "§ 212 Abs. 1 Nr. 1" in ergebnis.zeilen[1].text


def test_a_payment_in_the_year_itself_changes_nothing() -> None:
    """The period has not begun before the end of the year (BGH VIII ZR 344/12)."""
    fall = with_fall(case("2023-05-01"), zahlungen=(paid("2023-09-01", "100.00"),))
    assert limit(fall).ablauf == day("2026-12-31")
    assert limit(fall).zeilen[1].art == "ohne_wirkung"


def test_a_payment_on_costs_does_not_acknowledge_the_claim() -> None:
    kosten = "\nkosten:\n  - am: 01.06.2023\n    art: auskunft\n    betrag: 30,00\n"
    fall = with_fall(
        case("2023-05-01", zusatz=kosten), zahlungen=(paid("2025-03-12", "20.00", auf="kosten"),)
    )
    assert limit(fall).ablauf == day("2026-12-31")


def test_interest_that_is_still_open_keeps_the_clock() -> None:
    """Refused on 1 June 2023, so in default from the 2nd; the principal was paid on 1 June 2026, the interest not."""
    fall = case("2023-05-01", event("zahlung_verweigert", "2023-06-01"), faellig_am=day("2023-05-20"))
    fall = with_fall(fall, zahlungen=(paid("2026-06-01", "1190.00", auf="hauptforderung"),))
    konto = compute_konto(Sachstand(fall, HEUTE))
    assert (konto.hauptforderung, konto.zinsen > 0) == (0, True)
    assert clocks(fall)["max"].erledigt == ""


def test_a_returned_payment_acknowledges_nothing() -> None:
    zahlung = paid("2025-03-12", "100.00", zurueck_am=day("2025-03-20"))
    fall = with_fall(case("2023-05-01"), zahlungen=(zahlung,))
    assert limit(fall).ablauf == day("2026-12-31")
    assert limit(fall, day("2025-03-15")).ablauf == day("2028-03-12")  # on that day nobody knew


def test_a_payment_on_one_invoice_acknowledges_that_one() -> None:
    fall = case("2023-05-01")
    zweite = dataclasses.replace(fall.forderungen[0], nummer="RE-2")
    fall = with_fall(
        fall, forderungen=(*fall.forderungen, zweite), zahlungen=(paid("2025-03-12", "100.00", auf="RE-2"),)
    )
    enden = {
        uhr.forderung.nummer: uhr.verjaehrung.ablauf
        for uhr in compute_anspruchsuhren(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE)))
        if uhr.verjaehrung
    }
    assert enden == {"RE-2026-131": day("2026-12-31"), "RE-2": day("2028-03-12")}


@pytest.mark.parametrize(
    ("auf", "rechnungen", "ablauf"),
    [
        (None, 1, "2028-03-12"),
        ("kosten", 1, "2026-12-31"),
        (None, 2, "2026-12-31"),
        ("RE-2026-131", 2, "2028-03-12"),
        ("RE-2", 2, "2026-12-31"),
    ],
)
def test_without_an_account_a_payment_counts_where_its_claim_is_certain(auf, rechnungen, ablauf) -> None:
    """The table of interest ends one day; the dates go on."""
    fall = case("2023-05-01")
    zweite = dataclasses.replace(fall.forderungen[0], nummer="RE-2")
    fall = with_fall(
        fall,
        forderungen=(*fall.forderungen, zweite)[:rechnungen],
        zahlungen=(
            paid("2025-03-12", "100.00", auf=auf),
            paid("2025-06-01", "1.00", zurueck_am=day("2025-06-05")),
        ),
    )
    uhr = compute_anspruchsuhren(Sachstand(fall, HEUTE), None)[0]
    assert uhr.verjaehrung is not None
    assert uhr.verjaehrung.ablauf == day(ablauf)


@pytest.mark.parametrize(
    ("weiteres", "ablauf"),
    [
        ({}, "2028-06-01"),
        ({"rechnung": "RE-2026-131"}, "2028-06-01"),
        ({"rechnung": "RE-2"}, "2026-12-31"),
        ({"betrag": 50}, "2026-12-31"),
        ({"betrag": 1190}, "2028-06-01"),
    ],
)
def test_an_acknowledgement_counts_for_what_it_covers(weiteres, ablauf) -> None:
    fall = case("2023-05-01", event("anerkenntnis", "2025-06-01", **weiteres))
    assert limit(fall).ablauf == day(ablauf)


# --- per debtor ---------------------------------------------------------------------------------------------------


def test_two_debtors_two_histories() -> None:
    """Max paid in part, Erika was sued; each act works for one only (§ 425 BGB).

    Max: restart on 12 March 2025, end 12 March 2028. Erika: filed on 1 October 2026, served on the 8th, no later act:
    suspended from 1 October 2026 to 8 April 2027, 190 days (31 + 30 + 31 + 31 + 28 + 31 + 8); 31 December 2026 + 190
    days = 9 July 2027.
    """
    fall = with_fall(
        with_erika(case("2023-05-01")),
        zahlungen=(paid("2025-03-12", "100.00", von="max"),),
        ereignisse=(
            event("antrag_eingereicht", "2026-10-01", schuldner="erika"),
            event("mb_zugestellt", "2026-10-08", schuldner="erika"),
        ),
    )
    assert limit(fall, wen="max").ablauf == day("2028-03-12")
    assert limit(fall, wen="erika").ablauf == day("2027-07-09")


@pytest.mark.parametrize(
    "ereignis",
    [
        event("anerkenntnis", "2025-06-01"),
        event("verhandlung", "2026-10-01", bis=day("2026-10-31")),
        event("stundung", "2026-10-01", bis=day("2026-10-31")),
        event("mb_zugestellt", "2026-10-01"),
    ],
    ids=lambda ereignis: ereignis.art,
)
def test_among_several_debtors_an_act_without_a_name_counts_for_none(ereignis) -> None:
    fall = with_erika(case("2023-05-01", ereignis))
    for wen in ("max", "erika"):
        assert limit(fall, wen=wen).ablauf == day("2026-12-31")
        assert any(ereignis.art in angabe for angabe in clocks(fall)[wen].fehlt)
    befunde = compute_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))).befunde
    assert [befund.code for befund in befunde].count("VERJAEHRUNG_SCHULDNER_FEHLT") == 1


def test_a_payment_of_unknown_origin_restarts_for_nobody_but_pays_for_all() -> None:
    fall = with_fall(with_erika(case("2023-05-01")), zahlungen=(paid("2025-03-12", "100.00"),))
    assert limit(fall, wen="max").ablauf == limit(fall, wen="erika").ablauf == day("2026-12-31")
    bezahlt = with_fall(fall, zahlungen=(paid("2023-05-20", "1190.00", von="max"),))
    assert {uhr.erledigt for uhr in clocks(bezahlt).values()} == {"ausgeglichen"}
    assert codes(bezahlt) == set()


TITEL = """
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    schuldner: max
    erlassen_am: 06.03.2025
    rechtskraft_am: 25.03.2025
    betraege:
      hauptforderung: 1.190,00
"""


def test_a_title_takes_over_for_the_debtor_it_binds() -> None:
    fall = with_erika(case("2023-05-01", zusatz=TITEL))
    assert clocks(fall)["max"].erledigt.startswith("tituliert")
    assert clocks(fall)["erika"].erledigt == ""
    assert codes(fall) == {"VERJAEHRUNG_DROHT"}
    allein = case("2023-05-01", zusatz=TITEL)
    assert clocks(allein)["max"].erledigt.startswith("tituliert")
    assert codes(allein) == set()


# --- suspensions ---------------------------------------------------------------------------------------------------


def test_talks_without_an_end_count_one_day_and_three_months() -> None:
    """§ 203: one suspended day gives 1 January 2027, the floor of 15 December 2026 + 3 months is later."""
    fall = case("2023-05-01", event("verhandlung", "2026-12-15"))
    ergebnis = limit(fall, day("2027-02-01"))
    assert ergebnis.ablauf == day("2027-03-15")
    assert any("bis" in angabe for angabe in clocks(fall, day("2027-02-01"))["max"].fehlt)


def test_talks_that_go_on_count_up_to_the_stichtag() -> None:
    """From 1 November to 16 November 2026 are 16 days: 31 December 2026 + 16 days."""
    ergebnis = limit(case("2023-05-01", event("verhandlung", "2026-11-01", bis=day("2027-05-01"))))
    assert ergebnis.gehemmt
    assert ergebnis.ablauf == day("2027-01-16")


@pytest.mark.parametrize(
    ("zahlungen", "kuendigung", "ablauf"),
    [
        # kept to the end on 1 June 2026: 1 March to 1 June are 93 days (31 + 30 + 31 + 1)
        (("2026-04-01", "2026-05-01", "2026-06-01"), None, 93),
        # the second instalment was missed: 1 March to 1 May are 62 days
        (("2026-04-01",), None, 62),
        # given notice on 10 April: 41 days
        (("2026-04-01",), "2026-04-10", 41),
    ],
)
def test_a_plan_of_instalments_suspends_while_it_is_kept(zahlungen, kuendigung, ablauf) -> None:
    raten = tuple(
        Rate(am=day(f"2026-0{monat}-01"), betrag=paid("2026-01-01", "50.00").betrag) for monat in (4, 5, 6)
    )
    ereignisse = [event("ratenplan", "2026-03-01", raten=raten)]
    if kuendigung:
        ereignisse.append(event("ratenplan_gekuendigt", kuendigung))
    fall = case("2023-05-01", *ereignisse)
    # whoever paid is not stated to be Max: with one debtor it is; so take the payments out of limitation by a second
    fall = with_fall(with_erika(fall), zahlungen=tuple(paid(am, "50.00") for am in zahlungen))
    ereignisse = [dataclasses.replace(ereignis, schuldner="max") for ereignis in fall.ereignisse]
    fall = with_fall(fall, ereignisse=tuple(ereignisse))
    ergebnis = limit(fall)
    assert ergebnis.zeilen[1].tage == ablauf
    assert ergebnis.ablauf == day("2026-12-31") + dt.timedelta(days=ablauf)
    assert "§ 205" in ergebnis.zeilen[1].text


def test_an_application_without_service_does_not_help() -> None:
    fall = case("2023-05-01", event("antrag_eingereicht", "2026-11-02"))
    assert limit(fall).ablauf == day("2026-12-31")
    assert "noch nicht zugestellt" in limit(fall).zeilen[1].text


def test_service_long_after_filing_is_not_dated_back() -> None:
    """Filed on 29 December 2023, served on 15 March 2024: nobody confirmed „demnächst“, so it came too late."""
    fall = case("2020-06-01", event("antrag_eingereicht", "2023-12-29"), event("mb_zugestellt", "2024-03-15"))
    ergebnis = limit(fall, day("2024-06-01"))
    assert ergebnis.ablauf == day("2023-12-31")
    assert "§ 167 ZPO" in ergebnis.zeilen[1].text


def test_service_without_a_filing_day_counts_from_service_and_asks() -> None:
    fall = case("2023-05-01", event("mb_zugestellt", "2026-10-08"))
    ergebnis = limit(fall)
    # 8 October 2026 to 8 April 2027: 183 days
    assert ergebnis.ablauf == day("2026-12-31") + dt.timedelta(days=183)
    assert "VERJAEHRUNG_ANTRAG_FEHLT" in {befund.code for befund in clocks(fall)["max"].befunde}
    spaeter = case("2023-05-01", event("mb_zugestellt", "2026-10-08"), datum=day("2026-10-09"))
    assert limit(spaeter).ablauf == day("2026-12-31")


def test_an_application_covers_what_its_step_lists() -> None:
    ereignisse = (event("antrag_eingereicht", "2026-10-01", vorgang=3), event("mb_zugestellt", "2026-10-08"))
    fall = case("2023-05-01", *ereignisse)
    ohne = with_fall(fall, vorgaenge=(build_vorgang(3, "antrag", "2026-10-01", {"rechnungen": ["RE-9"]}),))
    assert limit(ohne).ablauf == day("2026-12-31")
    mit = with_fall(
        fall, vorgaenge=(build_vorgang(3, "antrag", "2026-10-01", {"rechnungen": ["RE-2026-131"]}),)
    )
    assert limit(mit).ablauf == day("2026-12-31") + dt.timedelta(days=190)


def test_a_claim_that_came_later_is_in_no_application() -> None:
    ereignisse = (event("antrag_eingereicht", "2026-10-01"), event("mb_zugestellt", "2026-10-08"))
    spaeter = case("2023-12-01", *ereignisse, datum=day("2026-10-02"))
    assert limit(spaeter).ablauf == day("2026-12-31")
    am_tag = case("2023-12-01", *ereignisse, datum=day("2026-10-01"))
    assert limit(am_tag).ablauf == day("2026-12-31") + dt.timedelta(days=190)


def test_the_last_act_is_that_of_the_same_proceedings() -> None:
    """Served on 5 February 2025, nothing more: suspended from 3 February to 5 August 2025, 184 days; the second from
    1 October 2026 (served on the 8th) to 8 April 2027, 190 days.
    """
    fall = case(
        "2023-05-01", event("antrag_eingereicht", "2025-02-03"), event("mb_zugestellt", "2025-02-05"),
        event("antrag_eingereicht", "2026-10-01"), event("mb_zugestellt", "2026-10-08"),
    )  # fmt: skip
    assert [zeile.tage for zeile in limit(fall).zeilen if zeile.art == "hemmung"] == [184, 190]


def test_a_second_application_has_its_own_service() -> None:
    fall = case(
        "2023-05-01", event("antrag_eingereicht", "2025-02-03"), event("mb_nicht_zugestellt", "2025-02-20"),
        event("antrag_eingereicht", "2026-10-01"), event("mb_zugestellt", "2026-10-08"),
    )  # fmt: skip
    zeilen = limit(fall).zeilen
    assert [zeile.art for zeile in zeilen] == ["beginn", "ohne_wirkung", "hemmung"]


def test_insolvency_suspends_only_what_was_filed() -> None:
    fall = case("2023-05-01", event("insolvenz", "2026-09-01"))
    assert limit(fall).ablauf == day("2026-12-31")
    assert "VERJAEHRUNG_ANMELDUNG_FEHLT" in {befund.code for befund in clocks(fall)["max"].befunde}
    angemeldet = case(
        "2023-05-01", event("insolvenz", "2026-09-01"), event("insolvenz_angemeldet", "2026-10-01")
    )
    # 1 October to 16 November 2026 are 47 days and it goes on
    assert limit(angemeldet).ablauf == day("2026-12-31") + dt.timedelta(days=47)
    assert limit(angemeldet).gehemmt
    assert clocks(angemeldet)["max"].fehlt == ()


def test_death_holds_up_the_end_for_six_months() -> None:
    """§ 211: accepted on 20 September 2026, not before 20 March 2027; unknown: counted from the death."""
    fall = case("2023-05-01", event("verstorben", "2026-08-01", bis=day("2026-09-20")))
    assert limit(fall).ablauf == day("2027-03-20")
    unbekannt = case("2023-05-01", event("verstorben", "2026-08-01"))
    assert limit(unbekannt).ablauf == day("2027-02-01")
    assert "VERJAEHRUNG_ANNAHME_FEHLT" in {befund.code for befund in clocks(unbekannt)["max"].befunde}


def test_a_waiver_of_the_defence_lasts_until_its_day() -> None:
    fall = case("2023-05-01", event("verjaehrungsverzicht", "2026-11-01", bis=day("2027-12-31")))
    assert limit(fall).ablauf == day("2027-12-31")
    assert "§ 202" in limit(fall).zeilen[1].text


def test_the_events_of_limitation_are_read_from_fall_yaml() -> None:
    fall = build_fall(
        "\nereignisse:\n  - am: 01.02.2027\n    art: verjaehrungsverzicht\n    bis: 31.12.2035\n"
        "  - am: 02.02.2027\n    art: insolvenz_angemeldet\n    gericht: Amtsgericht Leipzig\n"
        "  - am: 03.02.2027\n    art: antrag_zurueckgewiesen\n  - am: 04.02.2027\n    art: anspruchsbegruendung\n"
    )
    (uhr,) = compute_anspruchsuhren(Sachstand(fall, day("2027-03-01")), None)
    assert uhr.verjaehrung is not None
    assert [zeile.art for zeile in uhr.verjaehrung.zeilen] == ["beginn", "verzicht", "hemmung"]


def test_what_happened_after_the_stichtag_is_ignored() -> None:
    ereignisse = [
        event("anerkenntnis", "2026-12-01"),
        event("verhandlung", "2026-12-01", bis=day("2026-12-10")),
    ]
    fall = with_fall(case("2023-05-01", *ereignisse), zahlungen=(paid("2026-12-02", "10.00"),))
    assert limit(fall).ablauf == day("2026-12-31")
    assert len(limit(fall).zeilen) == 1


# --- the ladder -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stichtag", "stufe"),
    [
        ("2025-12-30", None),
        ("2025-12-31", "höchstens noch 12 Monate"),
        ("2026-06-29", "höchstens noch 12 Monate"),
        ("2026-06-30", "höchstens noch 6 Monate"),
        ("2026-09-30", "höchstens noch 3 Monate"),
        ("2026-11-30", "höchstens noch 1 Monat:"),
        ("2026-12-31", "höchstens noch 1 Monat:"),
    ],
)
def test_the_ladder_names_the_nearest_stage(stichtag, stufe) -> None:
    fall = case("2023-05-01")
    befunde = drohende_fristen(Sachstand(fall, day(stichtag)), compute_konto(Sachstand(fall, day(stichtag))))
    if stufe is None:
        assert befunde == ()
        return
    (befund,) = befunde
    assert (befund.code, befund.schwere.value, befund.gegenstand) == (
        "VERJAEHRUNG_DROHT",
        "warnung",
        "RE-2026-131",
    )
    assert stufe.rstrip(":") in befund.text
    assert "31.12.2026" in befund.text
    assert "mahnakte antrag" in befund.abhilfe


def test_between_the_safe_day_and_the_last_day_it_still_says_so() -> None:
    fall = case("2019-05-20")
    assert codes(fall, day("2023-01-02")) == {"VERJAEHRUNG_DROHT"}
    assert codes(fall, day("2023-01-03")) == {"VERJAEHRUNG_EINGETRETEN"}


def test_an_accepted_warning_does_not_come_back() -> None:
    quittung = (
        "\nquittiert:\n  - code: VERJAEHRUNG_DROHT\n    rechnung: RE-2026-131\n    grund: mittellos\n    von: K. Beispiel\n"
        "    am: 01.10.2026\n"
    )
    assert codes(case("2023-05-01", zusatz=quittung)) == set()


def test_prewarnings_are_working_days_before_the_safe_day() -> None:
    """31 December 2026 minus 12, 6, 3, 1 months: Wednesday, Tuesday, Wednesday, Monday."""
    fall = case("2023-05-01")
    (eintrag,) = compute_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))).eintraege
    tage = ["2025-12-31", "2026-06-30", "2026-09-30", "2026-11-30"]
    assert [tag.isoformat() for tag in eintrag.vorfristen] == tage


# --- whose holidays -------------------------------------------------------------------------------------------------


def test_the_first_land_of_a_court_is_that_of_its_place() -> None:
    """Seats: Staßfurt, Hamburg, Mayen, Berlin for the courts of several Länder."""
    mehrere = {g.kurzname: g.laender[0] for g in read_mahngerichte().gerichte if len(g.laender) > 1}
    assert mehrere == {"Aschersleben": "ST", "Hamburg-Altona": "HH", "Mayen": "RP", "Wedding": "BE"}


@pytest.mark.parametrize(
    ("gericht", "land"),
    [
        (None, "ST"),
        ("Amtsgericht Hagen", "NW"),
        ("AG Coburg - Mahngericht", "BY"),
        ("Amtsgericht Leipzig", None),
    ],
)
def test_the_court_an_event_names_decides_else_the_creditors(gericht, land) -> None:
    gefunden = find_gerichtsland(Sachstand(build_fall(), HEUTE), gericht)
    assert gefunden.land == land
    assert ("bundesweite" in gefunden.text) is (land is None)


def test_a_creditor_without_land_means_nationwide_holidays_and_it_says_so() -> None:
    fall = case("2023-05-01")
    fall = with_fall(fall, glaeubiger=dataclasses.replace(fall.glaeubiger, land=None))
    (eintrag,) = compute_fristen(Sachstand(fall, HEUTE), compute_konto(Sachstand(fall, HEUTE))).eintraege
    assert "nur bundesweite Feiertage" in eintrag.grund.replace("Nur", "nur")
