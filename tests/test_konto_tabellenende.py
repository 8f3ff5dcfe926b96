"""What goes on and what stops after the table of the Basiszinssatz ends: one row for each kind of case.

All days count from the end of the table, so the rows hold with every later value.
"""

import dataclasses
import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

import pytest

from briefbau import draft_letters, sound_case
from fallbau import build_fall, known_up_to, with_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.ablauf.ratenplan import compute_ratenplan
from mahnakte.antrag.aus_fall.forderungen import derive_forderungen
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.konto.zinsluecke import describe_counted, describe_uncounted
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

RECHT = shipped_recht()
ENDE = RECHT.find_reihe("basiszinssatz").gedeckt_bis


def day(tage: int) -> dt.date:
    """Return the day so many days after the last one whose rate is known."""
    return ENDE + dt.timedelta(days=tage)


def de(tage: int) -> str:
    return day(tage).strftime("%d.%m.%Y")


STICHTAG = day(2)


def case(zusatz: str = "", faellig: int = -60, art: str = "vereinbart", rechnung: str = "") -> Fall:
    """Return the usual consumer case with one invoice of 1.190,00, due so many days after the end of the table."""
    fall = build_fall(zusatz)
    forderung = dataclasses.replace(
        fall.forderungen[0],
        datum=day(min(faellig - 30, -30)),
        leistung_am=day(min(faellig - 31, -31)),
        zugegangen_am=None,
        faellig_am=day(faellig),
        faelligkeit=art,
    )
    return dataclasses.replace(fall, forderungen=(forderung,))


def counted(fall: Fall) -> Konto:
    return compute_konto(Sachstand(fall, STICHTAG))


def codes(konto: Konto) -> list[str]:
    return [befund.code for befund in konto.befunde]


def reasons(fall: Fall) -> list[str]:
    return [grund.code for grund in plan_fall(Sachstand(fall, STICHTAG)).gruende]


def by_hand(ab: dt.date, bis: dt.date, betrag: str = "1190.00", punkte: int = 5) -> Decimal:
    """Interest within one half-year, written out: the second reader of the account."""
    satz = RECHT.basiszins_am(bis).wert + punkte
    tage = (bis - ab).days + 1
    jahr = 366 if dt.date(bis.year, 12, 31).timetuple().tm_yday == 366 else 365
    return (Decimal(betrag) * satz * tage / (100 * jahr)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def default_day(fall: Fall) -> dt.date:
    return next(zeile.verzug_ab for zeile in counted(fall).forderungen if zeile.verzug_ab)


# --- what goes on ---------------------------------------------------------------------------------------


def test_interest_is_exact_up_to_the_last_known_day_and_says_so() -> None:
    fall = case()
    konto = counted(fall)
    assert konto.zinsen == by_hand(default_day(fall), ENDE)
    assert (konto.zinsen_bis, konto.ungerechnet_ab) == (ENDE, day(1))
    assert konto.as_json()["zinsen_bis"] == ENDE.isoformat()
    assert codes(konto) == ["ZINSEN_NICHT_GERECHNET"]
    assert f"recht eintragen basiszinssatz --ab {day(1)}" in konto.befunde[0].abhilfe
    assert konto.zinsen_je_tag is None
    assert describe_uncounted(konto.forderungen, STICHTAG) == (
        f"ab dem {de(1)} Zinsen von 5 Prozentpunkten über dem Basiszinssatz auf 1.190,00\u00a0€"
    )


def test_on_the_last_known_day_nothing_is_missing() -> None:
    konto = compute_konto(Sachstand(case(), ENDE))
    assert (konto.zinsen_bis, konto.ungerechnet_ab, codes(konto)) == (ENDE, None, ["ZINSEN_JE_TAG_UNBEKANNT"])


ALLES_GEZAHLT = "zahlungen:\n  - am: {am}\n    betrag: 1.190,00\n    auf: hauptforderung\n"
EREIGNIS = "ereignisse:\n  - am: {am}\n    art: {art}\n"


@pytest.mark.parametrize(
    ("fall", "grund"),
    [
        (case(f"zahlungen:\n  - am: {de(-70)}\n    betrag: 1.190,00\n"), "BEZAHLT"),
        (
            case(EREIGNIS.format(am=de(-5), art="mahnsperre") + f"    bis: {de(40)}\n    grund: Kulanz\n"),
            "MAHNSPERRE",
        ),
        (case(EREIGNIS.format(am=de(-5), art="bestritten") + "    grund: Mangel\n"), "BESTRITTEN"),
        (case(EREIGNIS.format(am=de(-5), art="insolvenz")), "INSOLVENZ"),
        (case(EREIGNIS.format(am=de(-5), art="verstorben")), "VERSTORBEN"),
        (case(EREIGNIS.format(am=de(-5), art="stundung") + f"    bis: {de(40)}\n"), "STUNDUNG"),
        (case(EREIGNIS.format(am=de(-5), art="kontakt") + f"    zusage_am: {de(9)}\n"), "ZUSAGE"),
        (case(EREIGNIS.format(am=de(-5), art="mb_zugestellt")), "BEI_GERICHT"),
        (
            case(
                f"titel:\n  - kennung: vb-1\n    art: vollstreckungsbescheid\n    erlassen_am: {de(1)}\n"
                "    betraege:\n      hauptforderung: 1.190,00\n"
            ),
            "TITEL_VORHANDEN",
        ),
        (case(faellig=20), "NICHTS_FAELLIG"),
        (case(faellig=400), "NICHTS_FAELLIG"),
        (case(faellig=-1), "NOCH_NICHT"),
    ],
)
def test_the_reason_that_holds_a_case_is_found_first(fall: Fall, grund: str) -> None:
    assert grund in reasons(fall)


@pytest.mark.parametrize(
    ("ereignis", "grund"),
    [
        (f"mahnsperre\n    bis: {de(40)}\n    grund: Kulanz\n", "MAHNSPERRE"),
        ("bestritten\n    grund: Mangel\n", "BESTRITTEN"),
        ("verstorben\n", "VERSTORBEN"),
        (f"stundung\n    bis: {de(40)}\n", "STUNDUNG"),
        (f"kontakt\n    zusage_am: {de(9)}\n", "ZUSAGE"),
        ("mb_zugestellt\n", "BEI_GERICHT"),
    ],
)
def test_a_case_that_rests_rests_although_a_payment_waits_for_the_rate(ereignis: str, grund: str) -> None:
    fall = case(
        f"ereignisse:\n  - am: {de(-5)}\n    art: {ereignis}zahlungen:\n  - am: {de(2)}\n    betrag: 500,00\n"
    )
    plan = plan_fall(Sachstand(fall, STICHTAG))
    assert ([eins.code for eins in plan.gruende], plan.schritte) == ([grund], ())
    assert plan.konto.zinsen_bis >= ENDE  # the last exact account


def test_without_such_a_reason_the_waiting_payment_stops_the_case() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        plan_fall(Sachstand(case(f"zahlungen:\n  - am: {de(2)}\n    betrag: 500,00\n"), STICHTAG))
    assert gefangen.value.befund.code == "RECHTSWERT_NACH_TABELLE"


def test_a_letter_of_the_series_is_due_as_always() -> None:
    (schritt,) = plan_fall(Sachstand(case(), STICHTAG)).schritte
    assert schritt.art == "zahlungserinnerung"


@pytest.mark.parametrize("faellig", [3, 20, 400, 365 * 2])
def test_a_claim_due_later_needs_no_rate(faellig: int) -> None:
    konto = counted(case(faellig=faellig))
    assert (konto.gesamt, konto.zinsen_bis) == (Decimal("1190.00"), STICHTAG)
    assert "ZINSEN_NICHT_GERECHNET" not in codes(konto)


@pytest.mark.parametrize("jahr", [2028, 2031, 2060, 2099, 2100])
@pytest.mark.parametrize("art", ["vereinbart", "ereignis", "unbestimmt"])
def test_a_claim_due_after_every_table_is_simply_not_due(jahr: int, art: str) -> None:
    fall = case()
    forderung = dataclasses.replace(
        fall.forderungen[0],
        faellig_am=dt.date(jahr, 12, 31),
        faelligkeit=art,
        hinweis_30_tage=True,
        zugegangen_am=day(-20),
    )
    fall = dataclasses.replace(fall, forderungen=(forderung,))
    konto = counted(fall)
    assert konto.forderungen[0].verzug_ab is None
    assert "NICHTS_FAELLIG" in reasons(fall)


def test_a_fixed_rate_is_counted_to_the_stichtag() -> None:
    fall = case()
    zinsen = build_fall("    zinsen: {satz: '4,00', vereinbart: ja, ab: 01.04.2026}\n").forderungen[0].zinsen
    forderung = dataclasses.replace(fall.forderungen[0], zinsen=zinsen)
    konto = counted(dataclasses.replace(fall, forderungen=(forderung,)))
    assert (konto.zinsen_bis, konto.abschnitte[-1].zeile.bis) == (STICHTAG, STICHTAG)
    assert describe_counted(konto) == de(2)


def test_a_payment_of_the_day_after_the_end_needs_no_missing_rate() -> None:
    """Interest runs to the day before a payment: on the first unknown day it is still known."""
    konto = counted(case(f"zahlungen:\n  - am: {de(1)}\n    betrag: 500,00\n"))
    (buchung,) = konto.zahlungen
    assert [teil.art for teil in buchung.auf] == ["zinsen", "hauptforderung"]


def test_a_payment_that_only_costs_take_needs_no_rate() -> None:
    kosten = f"kosten:\n  - am: {de(-10)}\n    art: ruecklastschrift\n    betrag: 4,30\n"
    konto = counted(case(f"{kosten}zahlungen:\n  - am: {de(2)}\n    betrag: 4,30\n"))
    assert [teil.art for teil in konto.zahlungen[0].auf] == ["kosten"]


def test_a_payment_on_the_principal_needs_no_rate() -> None:
    konto = counted(case(f"zahlungen:\n  - am: {de(2)}\n    betrag: 190,00\n    auf: hauptforderung\n"))
    assert (konto.hauptforderung, konto.zinsen_bis) == (Decimal("1000.00"), ENDE)
    points = "Zinsen von 5 Prozentpunkten über dem Basiszinssatz auf"
    assert describe_uncounted(konto.forderungen, STICHTAG) == (
        f"vom {de(1)} bis {de(1)} {points} 1.190,00\u00a0€ und ab dem {de(2)} {points} 1.000,00\u00a0€"
    )
    with pytest.raises(Ablehnung):  # an application claims one running sum; the days before need a figure
        derive_forderungen(case(), konto, Maengelliste("den Mahnantrag"))


def test_the_application_states_running_interest_in_points() -> None:
    fall = case()
    teil = derive_forderungen(fall, counted(fall), Maengelliste("den Mahnantrag"))
    ((zins,), rest) = teil.hauptforderungen[0].zinsen, teil.ausgerechnet
    assert (zins.satz, zins.ab, rest) == (Decimal("5.000"), default_day(fall), ())


def test_after_a_part_payment_computed_interest_ends_with_the_table() -> None:
    fall = case(f"zahlungen:\n  - am: {de(-20)}\n    betrag: 500,00\n")
    konto = counted(fall)
    teil = derive_forderungen(fall, konto, Maengelliste("den Mahnantrag"))
    (rest,) = teil.ausgerechnet
    assert (rest.bis, rest.betrag) == (ENDE, konto.zinsen)
    assert teil.hauptforderungen[0].zinsen[0].ab == day(1)


# --- what stops, and why --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "zusatz",
    [
        f"zahlungen:\n  - am: {de(2)}\n    betrag: 500,00\n",
        f"zahlungen:\n  - am: {de(2)}\n    betrag: 2.000,00\n",
        f"zahlungen:\n  - am: {de(2)}\n    betrag: 0,01\n    auf: zinsen\n",
        f"zahlungen:\n  - am: {de(2)}\n    betrag: 1.000,00\n    auf: RE-2026-131\n",
        f"verzicht:\n  - am: {de(2)}\n    betrag: 1,00\n    auf: zinsen\n    grund: Kulanz\n",
        f"gutschriften:\n  - am: {de(1)}\n    betrag: 1.190,00\n",  # is anything left? only the rate tells
    ],
)
def test_what_must_be_set_against_unknown_interest_stops_with_the_reason(zusatz: str) -> None:
    fall = case(zusatz, faellig=-1) if "gutschriften" in zusatz else case(zusatz)
    if "gutschriften" in zusatz:
        fall = case(zusatz.replace(de(1), de(2)), faellig=0)
    with pytest.raises(Ablehnung) as gefangen:
        counted(fall)
    befund = gefangen.value.befund
    assert befund.code == "RECHTSWERT_NACH_TABELLE"
    assert "mahnakte recht eintragen basiszinssatz" in befund.abhilfe


def test_a_plan_of_instalments_needs_the_whole_debt() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        compute_ratenplan(Sachstand(case(), STICHTAG), day(30), anzahl=3)
    assert gefangen.value.befund.code == "RECHTSWERT_NACH_TABELLE"


# --- every letter ---------------------------------------------------------------------------------------

BEKANNT_BIS = dt.date(2026, 5, 10)  # ten days before the day of the example letters
ABSPRACHEN = {"ratenzahlungsvereinbarung", "stundung", "teilzahlungsvergleich", "ratenplan-bestaetigung"}
BEZAHLT_DANACH = {"zahlungseingang"}  # its example pays on interest eight days after the end


@pytest.mark.parametrize("art", BRIEFARTEN)
def test_every_letter_states_interest_only_as_far_as_it_is_known(art: str) -> None:
    fall = with_fall(sound_case(art), recht=known_up_to(BEKANNT_BIS))
    if art in ABSPRACHEN | BEZAHLT_DANACH:
        with pytest.raises(Ablehnung) as gefangen:
            draft_letters(fall, art)
        assert gefangen.value.befund.code == "RECHTSWERT_NACH_TABELLE"
        return
    for entwurf in draft_letters(fall, art):
        worte = str(entwurf.werte)
        mit_zinsen = "Verzugszinsen bis" in worte or "offene Zinsen" in worte or "Zinsen vom" in worte
        assert "insen bis 20.05.2026" not in worte
        if (
            mit_zinsen and art != "forderungsanmeldung"
        ):  # its interest ends before the insolvency, on a known day
            assert "bis 10.05.2026" in worte
            assert re.search(r"(ab dem|vom) 11\.05\.2026.* Zinsen von \d Prozentpunkten", worte), worte


# --- the value comes: nothing else has to be done ---------------------------------------------------------


def test_with_the_next_value_the_account_is_whole_again() -> None:
    reihe = RECHT.find_reihe("basiszinssatz")
    letzter = reihe.last_day_from(day(1))
    assert letzter is not None
    neu = dataclasses.replace(reihe.werte[-1], wert=Decimal("1.77"), ab=day(1), bis=letzter)
    laenger = dataclasses.replace(
        reihe, gedeckt_bis=letzter, werte=(*reihe.werte, neu), ab_tage=(*reihe.ab_tage, day(1))
    )
    recht = dataclasses.replace(RECHT, reihen={**RECHT.reihen, "basiszinssatz": laenger})
    fall = dataclasses.replace(case(), recht=recht)
    konto = counted(fall)
    teiler = dt.date(day(1).year, 12, 31).timetuple().tm_yday
    zwei_tage = (Decimal("1190.00") * Decimal("6.77") * 2 / (100 * teiler)).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )
    assert konto.zinsen == counted(case()).zinsen + zwei_tage
    assert (konto.zinsen_bis, codes(konto)) == (STICHTAG, [])
