"""Instalment plans: values by hand, a naive second calculator, what the law forbids, and whether a plan is kept."""

import dataclasses
import datetime as dt
import decimal
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallbau import build_fall, known_up_to
from mahnakte.ablauf.plan import plan_fall
from mahnakte.ablauf.ratenplan import MAX_RATEN, Zinsweg, as_ereignis, compute_ratenplan
from mahnakte.ablauf.ratenstand import compute_ratenstand
from mahnakte.fall.modell import Zahlung, Zinsvereinbarung
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.kalender import move_to_common_workday
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.yamlzeilen import yaml_lines

STICHTAG = dt.date(2026, 4, 30)
AB = dt.date(2026, 6, 1)
VERWEIGERT = "ereignisse:\n  - am: 20.04.2026\n    art: zahlung_verweigert\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def euro(*betraege: str) -> list[Decimal]:
    return [Decimal(betrag) for betrag in betraege]


def with_debt(
    betrag: str, *, verbraucher: bool = True, satz: str | None = None, zinsen_ab: str = "2026-05-01"
):
    """Return a case over one sum, without interest or with contractual interest from a day on."""
    fall = build_fall()
    zinsen = (
        Zinsvereinbarung(satz=Decimal(satz), vereinbart=True, ab=day(zinsen_ab)) if satz is not None else None
    )
    forderung = dataclasses.replace(fall.forderungen[0], betrag=Decimal(betrag), zinsen=zinsen)
    schuldner = dataclasses.replace(fall.schuldner[0], verbraucher=verbraucher)
    return dataclasses.replace(fall, forderungen=(forderung,), schuldner=(schuldner,))


def refused(fall=None, stichtag=STICHTAG, ab=AB, **angaben) -> str:
    with pytest.raises(Ablehnung) as gefangen:
        compute_ratenplan(Sachstand(fall or build_fall(), stichtag), ab, **angaben)
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund.code


def betraege(plan) -> list[Decimal]:
    return [rate.betrag for rate in plan.raten]


# --- by hand ----------------------------------------------------------------------------------------------


def test_a_rate_divides_the_debt_and_the_last_one_is_smaller() -> None:
    """1.190,00 by 200,00: five and 190,00. 31.05.2026 is a Sunday; 31.10.2026 a Saturday and holiday in Saxony."""
    plan = compute_ratenplan(Sachstand(build_fall(), STICHTAG), day("2026-05-31"), rate=Decimal("200.00"))
    assert betraege(plan) == euro("200.00", "200.00", "200.00", "200.00", "200.00", "190.00")
    assert [rate.am.isoformat() for rate in plan.raten] == [
        "2026-06-01", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-11-02",
    ]  # fmt: skip
    assert [rate.kalendertag.isoformat() for rate in plan.raten][::5] == ["2026-05-31", "2026-10-31"]
    assert (plan.schuld, plan.summe, plan.zinsweg) == (Decimal("1190.00"), Decimal("1190.00"), Zinsweg.KEINE)


@pytest.mark.parametrize(
    ("schuld", "anzahl", "erwartet"),
    [
        ("100.00", 3, ("33.34", "33.34", "33.32")),
        ("100.00", 4, ("25.00",) * 4),
        ("10.00", 7, ("1.43",) * 6 + ("1.42",)),
        ("0.03", 3, ("0.01",) * 3),
        ("1190.00", 1, ("1190.00",)),
        ("1000.01", 2, ("500.01", "500.00")),
    ],
)
def test_a_number_of_rates_divides_the_debt(schuld, anzahl, erwartet) -> None:
    plan = compute_ratenplan(Sachstand(with_debt(schuld), STICHTAG), AB, anzahl=anzahl)
    assert betraege(plan) == euro(*erwartet)
    assert plan.summe == Decimal(schuld)


@pytest.mark.parametrize(
    ("ab", "tage"),
    [
        ("2027-01-31", ["2027-02-01", "2027-03-01", "2027-03-31"]),  # Sunday; 28.02. is a Sunday; Wednesday
        ("2027-12-30", ["2027-12-30", "2028-01-31", "2028-02-29"]),  # 30.01.2028 is a Sunday; leap year
        ("2026-12-25", ["2026-12-28", "2027-01-25", "2027-02-25"]),  # Christmas: Friday, holiday, weekend
    ],
)
def test_months_and_working_days(ab, tage) -> None:
    plan = compute_ratenplan(Sachstand(with_debt("30.00"), STICHTAG), day(ab), anzahl=3)
    assert [rate.am.isoformat() for rate in plan.raten] == tage


def test_a_day_counts_as_working_day_only_if_it_is_one_for_both_sides() -> None:
    """31.10.2028 (Tuesday) is a holiday in Saxony, 01.11.2028 in Bavaria: 02.11. is open in both."""
    assert move_to_common_workday(day("2028-10-31"), frozenset({"SN", "BY"})) == day("2028-11-02")
    assert move_to_common_workday(day("2028-10-31"), frozenset({"SN"})) == day("2028-11-01")
    assert move_to_common_workday(day("2028-10-31"), frozenset({None})) == day("2028-10-31")


def test_interest_counted_in_by_rate() -> None:
    """1.000,00 at 7,30 % (0,20 a day) from 01.05.: May 6,20; June 506,20 × 7,3 % × 30 / 365 = 3,04;
    01.07. to 02.08. (01.08. is a Saturday, paid on the 3rd) 9,24 × 7,3 % × 33 / 365 = 0,06.
    """
    fall = with_debt("1000.00", verbraucher=False, satz="7.30")
    plan = compute_ratenplan(
        Sachstand(fall, STICHTAG), AB, rate=Decimal("500.00"), zinsweg=Zinsweg.EINGERECHNET
    )
    assert betraege(plan) == euro("500.00", "500.00", "9.30")
    assert [rate.am.isoformat() for rate in plan.raten] == ["2026-06-01", "2026-07-01", "2026-08-03"]
    assert plan.zinsen_im_plan == Decimal("9.30")
    assert plan.rest_danach == Decimal("0.00")


def test_interest_counted_in_by_number() -> None:
    """Two rates r: (1.006,20 − r) and June's interest must fit into the second: 504,61, then 501,59 + 3,01."""
    fall = with_debt("1000.00", verbraucher=False, satz="7.30")
    plan = compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=2, zinsweg=Zinsweg.EINGERECHNET)
    assert betraege(plan) == euro("504.61", "504.60")


def test_interest_settled_afterwards_is_what_the_account_then_shows() -> None:
    """Debt 1.000,00 in two rates of 500,00: 01.06. leaves 506,20; 01.07. leaves 9,24, and 0,00 more that day."""
    fall = with_debt("1000.00", verbraucher=False, satz="7.30")
    plan = compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=2)
    assert (plan.zinsweg, plan.summe) == (Zinsweg.DANACH, Decimal("1000.00"))
    assert plan.rest_danach == Decimal("9.24")


# --- a naive second calculator -----------------------------------------------------------------------------


def naive(schuld: Decimal, satz: Decimal, rate: Decimal, tage: list[dt.date]) -> list[Decimal]:
    """Pay a debt that bears a fixed rate from 01.05.2026, costs aside: interest first, per line half up, act/365."""
    haupt, zinsen, von, gezahlt = schuld, Decimal(0), day("2026-05-01"), []
    for tag in tage:
        linie = haupt * satz / 100 * (tag - von).days / 365
        zinsen += linie.quantize(Decimal("0.01"), rounding=decimal.ROUND_HALF_UP)
        zahlung = min(rate, haupt + zinsen)
        gezahlt.append(zahlung)
        auf_zinsen = min(zahlung, zinsen)
        zinsen -= auf_zinsen
        haupt -= zahlung - auf_zinsen
        von = tag
        if haupt + zinsen == 0:
            return gezahlt
    return gezahlt


@settings(deadline=None, max_examples=40)
@given(
    schuld=st.decimals("50.00", "9000.00", places=2),
    satz=st.decimals("0.50", "14.00", places=2),
    anteil=st.integers(2, 5),
)
def test_interest_counted_in_agrees_with_a_naive_calculator(schuld, satz, anteil) -> None:
    fall = with_debt(str(schuld), verbraucher=False, satz=str(satz))
    rate = (schuld / anteil).quantize(Decimal("0.01")) + 1
    plan = compute_ratenplan(Sachstand(fall, STICHTAG), AB, rate=rate, zinsweg=Zinsweg.EINGERECHNET)
    assert plan.raten[-1].am.year == 2026  # the naive one knows no turn of the year
    assert betraege(plan) == naive(schuld, satz, rate, [r.am for r in plan.raten])
    assert plan.rest_danach == 0


@settings(deadline=None, max_examples=15)
@given(
    schuld=st.decimals("50.00", "9000.00", places=2),
    satz=st.decimals("0.50", "14.00", places=2),
    anzahl=st.integers(1, 6),
)
def test_a_number_of_rates_finds_the_smallest_rate(schuld, satz, anzahl) -> None:
    fall = with_debt(str(schuld), verbraucher=False, satz=str(satz))
    plan = compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=anzahl, zinsweg=Zinsweg.EINGERECHNET)
    rate = plan.raten[0].betrag
    assert len(plan.raten) == anzahl
    assert plan.rest_danach == 0
    tage = [r.am for r in plan.raten]
    danach = [*tage, tage[-1] + dt.timedelta(days=30)]
    assert (
        len(naive(schuld, satz, rate - Decimal("0.01"), danach)) == anzahl + 1
    )  # a cent less, and a rate more
    assert sum(naive(schuld, satz, rate, tage)) == plan.summe


@settings(deadline=None, max_examples=60)
@given(
    schuld=st.decimals("0.01", "99999.99", places=2),
    rate=st.one_of(st.none(), st.decimals("0.01", "99999.99", places=2)),
    anzahl=st.integers(1, MAX_RATEN),
    ab=st.dates(day("2026-05-01"), day("2030-12-31")),
)
def test_every_plan_adds_up_to_the_cent(schuld, rate, anzahl, ab) -> None:
    wahl = {"rate": rate} if rate is not None else {"anzahl": anzahl}
    try:
        plan = compute_ratenplan(Sachstand(with_debt(str(schuld)), STICHTAG), ab, **wahl)
    except Ablehnung as ablehnung:
        zu_lang, zu_viele = rate is not None and schuld / rate > MAX_RATEN, rate is None and schuld < anzahl
        assert ablehnung.befund.code == ("RATENPLAN_ZU_LANG" if zu_lang else "RATENPLAN_ZU_VIELE")  # noqa: PT017
        assert zu_lang or zu_viele
        return
    assert plan.summe == plan.schuld == schuld
    assert len({*betraege(plan)[:-1]}) <= 1
    assert 0 < plan.raten[-1].betrag <= plan.raten[0].betrag
    tage = [rate.am for rate in plan.raten]
    assert tage == sorted(set(tage))
    assert all(tag.weekday() < 5 for tag in tage)
    assert tage[0] >= ab


# --- what the law and the facts forbid ----------------------------------------------------------------------


@pytest.mark.parametrize("zinsweg", [Zinsweg.DANACH, Zinsweg.EINGERECHNET])
@pytest.mark.parametrize("verbraucher", [True, None])
def test_a_consumer_pays_nothing_beyond_the_contract(zinsweg, verbraucher) -> None:
    """EuGH C-127/15, § 506 BGB: refused by name, until somebody has read the law of 20.11.2026."""
    fall = build_fall()
    fall = dataclasses.replace(
        fall, schuldner=(dataclasses.replace(fall.schuldner[0], verbraucher=verbraucher),)
    )
    with pytest.raises(Ablehnung) as gefangen:
        compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=3, zinsweg=zinsweg)
    assert gefangen.value.befund.code == "RECHT_NICHT_GEPRUEFT"
    assert "Verbraucher" in gefangen.value.befund.text
    assert "C-127/15" in gefangen.value.befund.text


def test_one_consumer_among_the_debtors_is_enough() -> None:
    fall = with_debt("100.00", verbraucher=False)
    verbraucher = dataclasses.replace(fall.schuldner[0], kennung="erika", verbraucher=True)
    fall = dataclasses.replace(fall, schuldner=(*fall.schuldner, verbraucher), gesamtschuldner=True)
    assert refused(fall, anzahl=2, zinsweg=Zinsweg.DANACH) == "RECHT_NICHT_GEPRUEFT"
    assert compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=2).zinsweg is Zinsweg.KEINE


def test_interest_of_the_contract_itself_may_go_on() -> None:
    fall = with_debt("1000.00", verbraucher=True, satz="7.30")
    plan = compute_ratenplan(
        Sachstand(fall, STICHTAG), AB, rate=Decimal("500.00"), zinsweg=Zinsweg.EINGERECHNET
    )
    assert plan.zinsen_im_plan == Decimal("9.30")


def test_without_a_wish_consumers_get_it_free_and_others_settle_later() -> None:
    assert compute_ratenplan(Sachstand(with_debt("9.00"), STICHTAG), AB, anzahl=3).zinsweg is Zinsweg.KEINE
    assert (
        compute_ratenplan(Sachstand(with_debt("9.00", verbraucher=False), STICHTAG), AB, anzahl=3).zinsweg
        is Zinsweg.DANACH
    )


@pytest.mark.parametrize(
    ("angaben", "code"),
    [
        ({}, "RATENPLAN_ANGABE"),
        ({"rate": Decimal("50.00"), "anzahl": 3}, "RATENPLAN_ANGABE"),
        ({"rate": Decimal("0.00")}, "RATENPLAN_RATE"),
        ({"rate": Decimal("-5.00")}, "RATENPLAN_RATE"),
        ({"anzahl": 0}, "RATENPLAN_ZU_LANG"),
        ({"anzahl": 121}, "RATENPLAN_ZU_LANG"),
        ({"rate": Decimal("9.91")}, "RATENPLAN_ZU_LANG"),  # 1.190,00 / 9,91 = 120,08
        ({"anzahl": 3, "ab": STICHTAG}, "RATENPLAN_BEGINN"),
    ],
)
def test_plans_that_are_none(angaben, code) -> None:
    assert refused(**angaben) == code


def test_the_longest_plan_there_is() -> None:
    assert len(compute_ratenplan(Sachstand(build_fall(), STICHTAG), AB, rate=Decimal("9.92")).raten) == 120


def test_a_few_cents_are_not_divided_endlessly() -> None:
    assert refused(with_debt("0.05"), anzahl=12) == "RATENPLAN_ZU_VIELE"


def test_a_rate_that_does_not_cover_the_interest_never_ends() -> None:
    fall = with_debt("100000.00", verbraucher=False, satz="12.00")
    assert refused(fall, rate=Decimal("900.00"), zinsweg=Zinsweg.EINGERECHNET) == "RATENPLAN_ZU_LANG"


@pytest.mark.parametrize("art", ["insolvenz", "verstorben", "betreuung"])
def test_with_some_debtors_nothing_can_be_agreed(art) -> None:
    fall = build_fall(f"ereignisse:\n  - am: 01.04.2026\n    art: {art}\n")
    assert refused(fall, anzahl=3) == "RATENPLAN_NICHT_MOEGLICH"


def test_a_paid_claim_needs_no_plan() -> None:
    fall = build_fall("zahlungen:\n  - am: 01.04.2026\n    betrag: 1.190,00\n")
    assert refused(fall, anzahl=3) == "RATENPLAN_NICHTS_OFFEN"


def test_interest_beyond_the_table_is_not_guessed() -> None:
    """A base rate known up to 31.12.2026: nine months from June end in February."""
    fall = build_fall(VERWEIGERT)
    fall = dataclasses.replace(
        fall,
        schuldner=(dataclasses.replace(fall.schuldner[0], verbraucher=False),),
        recht=known_up_to(dt.date(2026, 12, 31)),
    )
    assert refused(fall, anzahl=9, zinsweg=Zinsweg.EINGERECHNET) == "RECHTSWERT_NACH_TABELLE"
    plan = compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=9, zinsweg=Zinsweg.DANACH)
    assert plan.rest_danach is None
    assert plan.summe == plan.schuld
    assert (
        compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=6, zinsweg=Zinsweg.EINGERECHNET).rest_danach
        == 0
    )


def test_facts_after_the_stichtag_are_not_known_yet() -> None:
    spaeter = build_fall(
        "zahlungen:\n  - am: 02.05.2026\n    betrag: 1.000,00\n  - am: 10.04.2026\n    betrag: 90,00\n    zurueck_am: 05.05.2026\n"
        "kosten:\n  - am: 03.05.2026\n    art: auskunft\n    betrag: 10,00\n"
    )
    assert compute_ratenplan(Sachstand(spaeter, STICHTAG), AB, anzahl=2).schuld == Decimal("1100.00")


def test_what_a_person_should_know_is_said() -> None:
    fall = build_fall(
        "ereignisse:\n  - am: 01.04.2026\n    art: bestritten\n    grund: Ware beschädigt\n    betrag: 90,00\n"
        "  - am: 02.04.2026\n    art: ratenplan\n    raten:\n      - am: 01.05.2026\n        betrag: 50,00\n"
    )
    assert [b.code for b in compute_ratenplan(Sachstand(fall, STICHTAG), AB, anzahl=2).befunde] == [
        "RATENPLAN_BESTRITTEN",
        "RATENPLAN_LAEUFT",
    ]


# --- pasted, watched ------------------------------------------------------------------------------------------


def pasted(plan, zusatz: str = ""):
    """Return the case after a person has pasted the lines into fall.yaml."""
    return build_fall("\n".join(yaml_lines("ereignisse", [as_ereignis(plan)])) + "\n" + zusatz)


def test_the_lines_to_paste_are_the_plan() -> None:
    plan = compute_ratenplan(Sachstand(build_fall(), STICHTAG), AB, rate=Decimal("95.50"))
    ereignis = pasted(plan).ereignisse[0]
    assert (ereignis.am, ereignis.art) == (STICHTAG, "ratenplan")
    assert [(r.am, r.betrag) for r in ereignis.raten] == [(r.am, r.betrag) for r in plan.raten]


@pytest.mark.parametrize("fehlt", [None, 0, 2, 3])
def test_a_kept_plan_brings_no_letters_and_a_missed_rate_is_named(fehlt) -> None:
    """Day by day from the plan to the end: quiet while kept, and the day after a missed instalment it is named."""
    plan = compute_ratenplan(Sachstand(build_fall(), STICHTAG), AB, anzahl=4)
    zahlungen = tuple(
        Zahlung(am=rate.am, betrag=rate.betrag, stelle=Stelle("fall.yaml"))
        for rate in plan.raten
        if rate.nr - 1 != fehlt
    )
    fall = dataclasses.replace(pasted(plan), zahlungen=zahlungen)
    tag, ende = STICHTAG, plan.raten[-1].am + dt.timedelta(days=5)
    nach_ausfall = plan.raten[fehlt].am + dt.timedelta(days=1) if fehlt is not None else None
    if nach_ausfall:
        assert plan_fall(Sachstand(fall, nach_ausfall)).gruende[0].code == "RATE_AUSGEBLIEBEN"
    while tag <= ende:
        ergebnis = plan_fall(Sachstand(fall, tag))
        assert not ergebnis.schritte
        verlangt = sum(rate.betrag for rate in plan.raten if rate.am < tag)
        gezahlt = sum(zahlung.betrag for zahlung in zahlungen if zahlung.am <= tag)
        if gezahlt < verlangt:
            assert ergebnis.gruende[0].code == "RATE_AUSGEBLIEBEN", tag
        elif gezahlt == plan.summe:
            assert ergebnis.gruende[0].code == "BEZAHLT", tag
        else:
            assert ergebnis.gruende[0].code == "RATENPLAN", tag
        tag += dt.timedelta(days=1)


RATEN = """ereignisse:
  - am: 01.04.2026
    art: ratenplan
    raten:
      - am: 16.05.2026
        betrag: 390,00
      - am: 18.04.2026
        betrag: 400,00
      - am: 15.06.2026
        betrag: 400,00
"""


def stand(stichtag: str, zahlungen: str = ""):
    fall = build_fall(RATEN + (f"zahlungen:\n{zahlungen}" if zahlungen else ""))
    return compute_ratenstand(Sachstand(fall, day(stichtag)), fall.ereignisse[0])


def zahlung(am: str, betrag: str, zurueck: str = "") -> str:
    return f"  - am: {am}\n    betrag: {betrag}\n" + (f"    zurueck_am: {zurueck}\n" if zurueck else "")


@pytest.mark.parametrize(
    ("stichtag", "zahlungen", "rueckstand", "seit", "naechste"),
    [
        ("2026-04-18", "", "0.00", None, "2026-04-18"),
        (
            "2026-04-20",
            "",
            "0.00",
            None,
            "2026-04-18",
        ),  # 18.04. is a Saturday: due on Monday, in time all day
        ("2026-04-21", "", "400.00", "2026-04-18", "2026-05-16"),
        ("2026-04-21", zahlung("20.04.2026", "399,99"), "0.01", "2026-04-18", "2026-05-16"),
        ("2026-04-21", zahlung("20.04.2026", "400,00"), "0.00", None, "2026-05-16"),
        (
            "2026-05-19",
            zahlung("20.04.2026", "500,00"),
            "290.00",
            "2026-05-16",
            "2026-06-15",
        ),  # Saturday again
        ("2026-05-18", zahlung("20.04.2026", "400,00"), "0.00", None, "2026-05-16"),
        ("2026-05-19", zahlung("02.04.2026", "790,00"), "0.00", None, "2026-06-15"),  # paid ahead
        (
            "2026-04-21",
            zahlung("31.03.2026", "400,00"),
            "400.00",
            "2026-04-18",
            "2026-05-16",
        ),  # before the plan
        ("2026-04-21", zahlung("20.04.2026", "400,00", "22.04.2026"), "0.00", None, "2026-05-16"),
        ("2026-04-22", zahlung("20.04.2026", "400,00", "22.04.2026"), "400.00", "2026-04-18", "2026-05-16"),
        (
            "2026-04-21",
            zahlung("22.04.2026", "400,00"),
            "400.00",
            "2026-04-18",
            "2026-05-16",
        ),  # not known yet
        ("2026-06-16", "", "1190.00", "2026-04-18", None),
    ],
)
def test_how_a_plan_stands(stichtag, zahlungen, rueckstand, seit, naechste) -> None:
    ergebnis = stand(stichtag, zahlungen)
    assert str(ergebnis.rueckstand) == rueckstand
    assert ergebnis.rueckstand_seit == (day(seit) if seit else None)
    assert (ergebnis.naechste.am if ergebnis.naechste else None) == (day(naechste) if naechste else None)
    assert (ergebnis.rueckstand == 0) == (ergebnis.rueckstand_seit is None)


def grund(zusatz: str, stichtag: str):
    return plan_fall(Sachstand(build_fall(zusatz), day(stichtag))).gruende[0]


def test_the_reason_names_the_next_instalment_or_what_is_missing_since_when() -> None:
    assert grund(RATEN, "2026-04-10").text.endswith(
        "wird eingehalten; nächste Rate 400,00\u00a0€ am 18.04.2026."
    )
    fehlt = grund(RATEN, "2026-04-21")
    assert fehlt.code == "RATE_AUSGEBLIEBEN"
    assert "400,00\u00a0€ im Rückstand seit 18.04.2026" in fehlt.text


def test_a_plan_that_is_paid_leaves_its_rest_to_a_person() -> None:
    """All instalments came, interest ran on meanwhile: no letter, and the way to close the account is named."""
    zusatz = (
        RATEN
        + "  - am: 01.04.2026\n    art: zahlung_verweigert\nzahlungen:\n"
        + zahlung("20.04.2026", "1.190,00")
    )
    rest = compute_konto(Sachstand(build_fall(zusatz), day("2026-06-20"))).gesamt
    assert Decimal("0.00") < rest < Decimal("10.00")
    ergebnis = grund(zusatz, "2026-06-20")
    assert ergebnis.code == "RATENPLAN_ERFUELLT"
    assert f"{rest}".replace(".", ",") in ergebnis.text
    assert "„zinsen: keine“" in ergebnis.text
    geregelt = zusatz.replace("art: ratenplan\n", "art: ratenplan\n    zinsen: keine\n")
    assert (
        grund(geregelt, "2026-06-20").code == "BEZAHLT"
    )  # default would begin on 02.04., when the plan holds


def test_a_plan_that_ended_lets_the_series_go_on() -> None:
    beendet = RATEN + "  - am: 22.04.2026\n    art: ratenplan_gekuendigt\n"
    assert [s.art for s in plan_fall(Sachstand(build_fall(beendet), day("2026-04-23"))).schritte] == [
        "zahlungserinnerung"
    ]
    assert plan_fall(Sachstand(build_fall(beendet), day("2026-04-21"))).gruende[0].code == "RATE_AUSGEBLIEBEN"


def test_a_new_plan_takes_the_place_of_the_old_one() -> None:
    neu = (
        RATEN
        + "  - am: 22.04.2026\n    art: ratenplan\n    raten:\n      - am: 30.06.2026\n        betrag: 1.190,00\n"
    )
    assert grund(neu, "2026-05-30").code == "RATENPLAN"
    assert "22.04.2026" in grund(neu, "2026-05-30").text
