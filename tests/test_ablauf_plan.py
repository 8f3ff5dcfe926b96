"""The dunning plan: each case gets a step or a reason. Dates are counted by hand from the plan in mahnakte.yaml.

The plain case: 1.190,00 due on 31.03.2026 (Tuesday); reminder 7 days after the due date, then each stage
3 days after the deadline of the letter before; deadlines of 10 days moved to working days.
"""

import dataclasses
import datetime as dt

import pytest

from fallbau import build_fall, build_vorgang, letter
from mahnakte.ablauf.plan import plan_fall
from mahnakte.stand.sachstand import Sachstand

ERINNERT = letter(1, "zahlungserinnerung", "2026-04-07", "2026-04-17")
GEMAHNT = letter(2, "mahnung-1", "2026-04-20", "2026-04-30")
ZULETZT = letter(3, "mahnung-letzte", "2026-05-04", "2026-05-15")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("vorgaenge", "stichtag", "art", "frist_bis"),
    [
        ((), "2026-04-07", "zahlungserinnerung", "2026-04-17"),
        ((), "2026-04-08", "zahlungserinnerung", "2026-04-20"),  # 18 April is a Saturday
        ((ERINNERT,), "2026-04-20", "mahnung-1", "2026-04-30"),
        (
            (ERINNERT,),
            "2026-09-01",
            "mahnung-1",
            "2026-09-11",
        ),  # a missed run is caught up, one stage at a time
        ((ERINNERT, GEMAHNT), "2026-05-03", "mahnung-letzte", "2026-05-13"),
        ((ERINNERT, GEMAHNT), "2026-05-04", "mahnung-letzte", "2026-05-15"),  # 14 May 2026: Ascension Day
        ((ERINNERT, GEMAHNT, ZULETZT), "2026-05-16", "mahnbescheid", None),
    ],
)
def test_the_series_goes_on_stage_by_stage(
    vorgaenge: tuple, stichtag: str, art: str, frist_bis: str | None
) -> None:
    plan = plan_fall(Sachstand(build_fall(vorgaenge=vorgaenge), day(stichtag)))
    assert [(s.art, s.frist_bis) for s in plan.schritte] == [(art, day(frist_bis) if frist_bis else None)]


ERIKA = (
    "  - {kennung: erika, vorname: Erika, name: Muster, strasse: Weg 1, plz: 70173, ort: Stuttgart, land: %s, "
    "verbraucher: ja}\n"
)


@pytest.mark.parametrize(
    ("land_glaeubiger", "land_schuldner", "zweiter", "frist_bis"),
    [
        ("SN", "BW", "", "2026-11-18"),  # Buß- und Bettag is a holiday of the creditor's Land only
        ("BW", "SN", "", "2026-11-19"),
        ("BW", "BW", ERIKA % "SN", "2026-11-19"),  # a working day for both
    ],
)
def test_a_deadline_moves_by_the_holidays_of_the_debtors(
    land_glaeubiger: str, land_schuldner: str, zweiter: str, frist_bis: str
) -> None:
    """Zehn Tage nach dem 08.11.2026 ist der 18.11.; gezahlt wird am Sitz des Schuldners (§§ 269, 270 Abs. 4 BGB)."""
    fall = build_fall(schuldner_dazu=zweiter)
    fall = dataclasses.replace(
        fall,
        glaeubiger=dataclasses.replace(fall.glaeubiger, land=land_glaeubiger),
        schuldner=(dataclasses.replace(fall.schuldner[0], land=land_schuldner), *fall.schuldner[1:]),
        gesamtschuldner=bool(zweiter),
    )
    assert [schritt.frist_bis for schritt in plan_fall(Sachstand(fall, day("2026-11-08"))).schritte] == [
        day(frist_bis)
    ]


@pytest.mark.parametrize(
    ("vorgaenge", "stichtag", "worte"),
    [
        ((), "2026-04-06", "zahlungserinnerung ab 07.04.2026"),
        ((ERINNERT,), "2026-04-07", "mahnung-1 ab 20.04.2026"),
        ((ERINNERT,), "2026-04-19", "mahnung-1 ab 20.04.2026"),
        ((ERINNERT, GEMAHNT, ZULETZT), "2026-05-15", "mahnbescheid ab 16.05.2026"),
    ],
)
def test_before_its_day_nothing_is_written(vorgaenge: tuple, stichtag: str, worte: str) -> None:
    plan = plan_fall(Sachstand(build_fall(vorgaenge=vorgaenge), day(stichtag)))
    assert not plan.schritte
    assert plan.gruende[0].code == "NOCH_NICHT"
    assert worte in plan.gruende[0].text


BESTRITTEN = "ereignisse:\n  - art: bestritten\n    am: 05.04.2026\n    grund: Ware beschädigt\n"
SPERRE = "ereignisse:\n  - art: mahnsperre\n    am: 05.04.2026\n    bis: 30.06.2026\n    grund: Ratenzahlung angefragt\n"


@pytest.mark.parametrize(
    ("zusatz", "stichtag", "code"),
    [
        (BESTRITTEN, "2026-04-10", "BESTRITTEN"),
        (BESTRITTEN + "  - art: bestritten_erledigt\n    am: 09.04.2026\n", "2026-04-10", None),
        (BESTRITTEN, "2026-04-04", "NOCH_NICHT"),
        (SPERRE, "2026-06-30", "MAHNSPERRE"),
        (SPERRE, "2026-07-01", None),
        ("zahlungen:\n  - am: 02.04.2026\n    betrag: 1.190,00\n", "2026-04-10", "BEZAHLT"),
        ("zahlungen:\n  - am: 12.04.2026\n    betrag: 1.190,00\n", "2026-04-10", None),
        (
            "ereignisse:\n  - art: stundung\n    am: 01.04.2026\n    bis: 01.06.2026\n",
            "2026-04-10",
            "STUNDUNG",
        ),
        ("ereignisse:\n  - art: insolvenz\n    am: 01.04.2026\n", "2026-04-10", "INSOLVENZ"),
        ("ereignisse:\n  - art: verstorben\n    am: 01.04.2026\n", "2026-04-10", "VERSTORBEN"),
        (
            "ereignisse:\n  - art: unbekannt_verzogen\n    am: 01.04.2026\n",
            "2026-04-10",
            "UNBEKANNT_VERZOGEN",
        ),
        ("ereignisse:\n  - art: mb_zugestellt\n    am: 01.04.2026\n", "2026-04-10", "BEI_GERICHT"),
        (
            "ereignisse:\n  - art: kontakt\n    am: 01.04.2026\n    zusage_am: 15.04.2026\n    zusage_betrag: 1.190,00\n",
            "2026-04-10",
            "ZUSAGE",
        ),
        (
            "titel:\n  - kennung: vb-1\n    art: vollstreckungsbescheid\n    erlassen_am: 01.04.2026\n",
            "2026-04-10",
            "TITEL_VORHANDEN",
        ),
    ],
)
def test_what_stops_the_series(zusatz: str, stichtag: str, code: str | None) -> None:
    plan = plan_fall(Sachstand(build_fall(zusatz), day(stichtag)))
    if code is None:
        assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    else:
        assert not plan.schritte
        assert plan.gruende[0].code == code


RATEN = """ereignisse:
  - art: ratenplan
    am: 01.04.2026
    raten:
      - am: 15.04.2026
        betrag: 600,00
      - am: 15.05.2026
        betrag: 590,00
"""


@pytest.mark.parametrize(
    ("zusatz", "stichtag", "code"),
    [
        (RATEN, "2026-04-15", "RATENPLAN"),
        (RATEN, "2026-04-16", "RATE_AUSGEBLIEBEN"),
        (RATEN + "zahlungen:\n  - am: 15.04.2026\n    betrag: 600,00\n", "2026-04-16", "RATENPLAN"),
        (RATEN + "zahlungen:\n  - am: 15.04.2026\n    betrag: 600,00\n", "2026-05-16", "RATE_AUSGEBLIEBEN"),
    ],
)
def test_no_pressure_while_a_plan_is_kept(zusatz: str, stichtag: str, code: str) -> None:
    assert plan_fall(Sachstand(build_fall(zusatz), day(stichtag))).gruende[0].code == code


def test_a_disputed_part_stays_out_and_the_rest_goes_on() -> None:
    teil = BESTRITTEN + "    betrag: 190,00\n    rechnung: RE-2026-131\n"
    plan = plan_fall(Sachstand(build_fall(teil), day("2026-04-10")))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    assert str(plan.konto.hauptforderung) == "1000.00"
    assert plan.gruende[0].code == "AUSGEKLAMMERT"
    assert "190,00" in plan.gruende[0].text


def test_letters_of_another_system_count() -> None:
    fremd = "ereignisse:\n  - art: mahnung_versandt\n    am: 10.04.2026\n    stufe: mahnung-1\n"
    plan = plan_fall(Sachstand(build_fall(fremd), day("2026-04-23")))  # 10 April + 10 days + 3 days
    assert [s.art for s in plan.schritte] == ["mahnung-letzte"]


def test_a_cancelled_letter_is_written_again() -> None:
    storno = build_vorgang(2, "storno", "2026-04-08", ersetzt=1)
    plan = plan_fall(Sachstand(build_fall(vorgaenge=(ERINNERT, storno)), day("2026-04-08")))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]


def test_nothing_is_slipped_in_before_the_last_step() -> None:
    plan = plan_fall(Sachstand(build_fall(vorgaenge=(ERINNERT, GEMAHNT)), day("2026-04-19")))
    assert plan.gruende[0].code == "STICHTAG_ZU_FRUEH"


def test_small_sums_and_large_sums() -> None:
    klein = "schwellen:\n  mindestbetrag: 2.000,00\n"
    assert (
        plan_fall(Sachstand(build_fall(mahnakte=klein), day("2026-04-10"))).gruende[0].code
        == "UNTER_MINDESTBETRAG"
    )
    gross = "schwellen:\n  nur_mit_freigabe_ab: 1.000,00\n"
    assert (
        plan_fall(Sachstand(build_fall(mahnakte=gross), day("2026-04-10"))).gruende[0].code
        == "FREIGABE_FEHLT"
    )
    frei = "ereignisse:\n  - art: freigabe\n    am: 09.04.2026\n    von: K. Beispiel\n    schritt: zahlungserinnerung\n"
    assert plan_fall(Sachstand(build_fall(frei, mahnakte=gross), day("2026-04-10"))).schritte


BEHALTEN = "kundenklasse: behalten\n"


def release(schritt: str, am: str) -> str:
    return f"ereignisse:\n  - art: freigabe\n    am: {am}\n    von: K. Beispiel\n    schritt: {schritt}\n"


def test_a_customer_to_keep_hears_later_and_only_with_a_sign_off() -> None:
    """Due 31 March + 7 days + 7 days of patience = 14 April; the plain case is written to on 7 April."""
    assert "14.04.2026" in plan_fall(Sachstand(build_fall(BEHALTEN), day("2026-04-13"))).gruende[0].text
    (grund,) = plan_fall(Sachstand(build_fall(BEHALTEN), day("2026-04-14"))).gruende
    assert (grund.code, "behalten" in grund.text) == ("FREIGABE_FEHLT", True)
    frei = build_fall(BEHALTEN + release("zahlungserinnerung", "14.04.2026"))
    assert plan_fall(Sachstand(frei, day("2026-04-14"))).schritte[0].art == "zahlungserinnerung"
    # the deadline of 17 April + 3 days + 7 days = 27 April; the release was for the stage before
    naechste = build_fall(BEHALTEN + release("zahlungserinnerung", "14.04.2026"), vorgaenge=(ERINNERT,))
    assert "27.04.2026" in plan_fall(Sachstand(naechste, day("2026-04-26"))).gruende[0].text
    assert plan_fall(Sachstand(naechste, day("2026-04-27"))).gruende[0].code == "FREIGABE_FEHLT"


def test_patience_is_a_setting() -> None:
    sofort = "schwellen:\n  behalten_tage: 0\n"
    fall = build_fall(BEHALTEN + release("zahlungserinnerung", "07.04.2026"), mahnakte=sofort)
    assert plan_fall(Sachstand(fall, day("2026-04-07"))).schritte


def test_a_customer_to_keep_is_handed_over_later_and_only_with_a_sign_off() -> None:
    """Deadline 15 May + 1 day + 7 days = 23 May."""
    fall = build_fall(BEHALTEN, vorgaenge=(ERINNERT, GEMAHNT, ZULETZT))
    assert "23.05.2026" in plan_fall(Sachstand(fall, day("2026-05-22"))).gruende[0].text
    assert plan_fall(Sachstand(fall, day("2026-05-23"))).gruende[0].code == "FREIGABE_FEHLT"


def test_hand_over_waits_for_the_threshold() -> None:
    spaet = "schwellen:\n  uebergabe_nach_tagen: 60\n"  # 31 March + 60 days = 30 May
    fall = build_fall(vorgaenge=(ERINNERT, GEMAHNT, ZULETZT), mahnakte=spaet)
    assert "30.05.2026" in plan_fall(Sachstand(fall, day("2026-05-29"))).gruende[0].text
    assert plan_fall(Sachstand(fall, day("2026-05-30"))).schritte[0].kommando == "mahnakte antrag {pfad}"


def test_prepared_steps_are_not_due_again() -> None:
    antrag = build_vorgang(4, "antrag", "2026-05-20")
    plan = plan_fall(Sachstand(build_fall(vorgaenge=(ERINNERT, GEMAHNT, ZULETZT, antrag)), day("2026-05-21")))
    assert plan.gruende[0].code == "SCHON_ERSTELLT"


def test_who_pays_what_the_letter_asked_for_in_time_hears_no_more() -> None:
    mahnung = build_vorgang(
        1,
        "mahnung-1",
        "2026-04-20",
        {"frist_bis": "2026-04-30", "betrag": "1193.10", "betrag_gilt_bis": "2026-04-30"},
    )
    verzug = "ereignisse:\n  - art: zahlung_verweigert\n    am: 01.04.2026\n"
    gezahlt = "zahlungen:\n  - am: {}\n    betrag: 1.193,10\n"
    rechtzeitig = build_fall(verzug + gezahlt.format("30.04.2026"), vorgaenge=(mahnung,))
    zu_spaet = build_fall(verzug + gezahlt.format("04.05.2026"), vorgaenge=(mahnung,))
    assert plan_fall(Sachstand(rechtzeitig, day("2026-05-10"))).gruende[0].code == "VERLANGTES_GEZAHLT"
    # paid four days late: § 367 (1) takes the interest first, so a little of the claim itself stays open
    assert [s.art for s in plan_fall(Sachstand(zu_spaet, day("2026-05-10"))).schritte] == ["mahnung-letzte"]


ZWEITE = "  - nummer: RE-2026-150\n    datum: 20.04.2026\n    betrag: 400,00\n    faellig_am: 04.05.2026\n"
ERSTE_GEZAHLT = "zahlungen:\n  - am: 27.04.2026\n    betrag: 1.190,00\n    auf: RE-2026-131\n"
FREMDE = (
    "ereignisse:\n"
    "  - {am: 07.04.2026, art: mahnung_versandt, stufe: zahlungserinnerung, frist_bis: 17.04.2026}\n"
    "  - {am: 20.04.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 30.04.2026}\n"
)


@pytest.mark.parametrize(
    ("fremde", "vorgaenge"),
    [
        (FREMDE, ()),
        ("", (ERINNERT, GEMAHNT)),
        ("", tuple(build_vorgang(v.nr, v.art, v.stichtag.isoformat(), {**v.daten.as_daten(), "rechnungen": ["RE-2026-131"]}) for v in (ERINNERT, GEMAHNT))),
    ],
)  # fmt: skip
def test_a_new_invoice_begins_its_own_series_when_the_dunned_one_is_paid(
    fremde: str, vorgaenge: tuple
) -> None:
    """Nobody may get a last Mahnung, nor the court, as the first word about an invoice."""
    fall = build_fall(ZWEITE + ERSTE_GEZAHLT + fremde, vorgaenge=vorgaenge)
    (schritt,) = plan_fall(Sachstand(fall, day("2026-05-11"))).schritte  # 7 days after 4 May
    assert (schritt.art, schritt.frist_bis) == ("zahlungserinnerung", day("2026-05-21"))


def test_a_new_invoice_joins_the_series_while_the_dunned_one_is_open() -> None:
    fall = build_fall(ZWEITE + FREMDE)
    (schritt,) = plan_fall(Sachstand(fall, day("2026-05-11"))).schritte
    assert schritt.art == "mahnung-letzte"
