"""The clocks of titles. Expected days come from the statute (in the comments) and the shared limitation vectors."""

import csv
import dataclasses
import datetime as dt

import pytest

from fallbau import build_fall
from mahnakte.grund.befund import Schwere
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.uhr import compute_titeluhren, format_jahre

STICHTAG = dt.date(2026, 11, 16)
ZINSEN = """
    betraege:
      hauptforderung: 1.440,00
      zinsen:
        punkte: 5
"""


def day(text):
    return dt.date.fromisoformat(text)


def clocks(titel, ereignisse="", stichtag=STICHTAG):
    zusatz = f"titel:\n{titel.rstrip()}\n"
    if ereignisse:
        zusatz += f"ereignisse:\n{ereignisse}\n"
    return compute_titeluhren(Sachstand(build_fall(zusatz), stichtag))


def clock(titel, ereignisse="", stichtag=STICHTAG):
    (uhr,) = clocks(titel, ereignisse, stichtag)
    return uhr


def title(art="urteil", **tage):
    zeilen = "".join(f"    {name}: {wert}\n" for name, wert in tage.items())
    return f"  - kennung: t-1\n    art: {art}\n    schuldner: max\n{zeilen}".rstrip("\n")


def interest(uhr):
    return {zins.jahr: zins.bis.isoformat() for zins in uhr.zinsen}


def codes(uhr):
    return [befund.code for befund in uhr.befunde]


# --- the thirty years -----------------------------------------------------------------------------------

# id of the vector, its inputs as fall.yaml has them, and the same day again for where the vectors are absent
VEKTOREN = [
    ("L13", title(rechtskraft_am="2005-06-16"), "2035-06-16"),
    ("L15", title("vollstreckungsbescheid", zugestellt_am="2010-03-19"), "2040-04-06"),
    ("L17", title("urkunde", erlassen_am="2004-02-29"), "2034-02-28"),
    ("L23", title("insolvenztabelle", erlassen_am="2018-06-20"), "2048-06-20"),
]


@pytest.mark.parametrize(("nummer", "titel", "bis"), VEKTOREN)
def test_the_main_claim_ends_with_the_day_of_the_vector(nummer, titel, bis):
    assert clock(titel).hauptforderung_bis == day(bis)


def test_the_days_above_are_those_of_the_shared_vectors(shared):
    with (shared / "wissen/recht/vectors_limitation.csv").open(encoding="utf-8") as datei:
        erwartet = {zeile["id"]: zeile["limitation_ends_with_expiry_of"] for zeile in csv.DictReader(datei)}
    assert {nummer: bis for nummer, _, bis in VEKTOREN} == {
        nummer: erwartet[nummer] for nummer, _, _ in VEKTOREN
    }
    assert (erwartet["L19"], erwartet["L21"]) == ("2026-12-31", "2028-09-01")


@pytest.mark.parametrize(
    ("titel", "bis"),
    [
        # § 339 ZPO: two weeks from service on Friday 14 August 2026 end on Friday 28 August
        (title("vollstreckungsbescheid", zugestellt_am="2026-08-14"), "2056-08-28"),
        # finality as stated goes before what service would give
        (
            title("vollstreckungsbescheid", zugestellt_am="2026-08-14", rechtskraft_am="2026-09-01"),
            "2056-09-01",
        ),
        # served on Saturday 12 December 2020: the 26th is Boxing Day, a Saturday; Monday the 28th (§ 222 (2) ZPO)
        (title("vollstreckungsbescheid", zugestellt_am="2020-12-12"), "2050-12-28"),
        (title("vergleich", erlassen_am="2019-05-02"), "2049-05-02"),  # § 201: from creation
        (title("kfb", rechtskraft_am="2021-01-31"), "2051-01-31"),
        (
            title("insolvenztabelle", rechtskraft_am="2020-02-29"),
            "2050-02-28",
        ),  # § 188 (3): no 29 February in 2050
    ],
)
def test_thirty_years_from_finality_creation_or_establishment(titel, bis):
    assert clock(titel).hauptforderung_bis == day(bis)


def test_service_abroad_leaves_one_month_for_the_einspruch():
    """§ 339 (2) ZPO: one month from 14 August 2026 ends on Monday 14 September."""
    fall = build_fall("titel:\n" + title("vollstreckungsbescheid", zugestellt_am="2026-08-14"))
    in_wien = dataclasses.replace(fall.schuldner[0], staat="AT")
    (uhr,) = compute_titeluhren(Sachstand(dataclasses.replace(fall, schuldner=(in_wien,)), STICHTAG))
    assert uhr.hauptforderung_bis == day("2056-09-14")


@pytest.mark.parametrize(
    ("titel", "ereignisse", "wort"),
    [
        (title("urteil", erlassen_am="2026-01-05", zugestellt_am="2026-01-09"), "", "rechtskraft_am"),
        (title("vollstreckungsbescheid", erlassen_am="2026-08-10"), "", "zugestellt_am"),
        (title("vergleich"), "", "erlassen_am"),
        (title("insolvenztabelle"), "", "erlassen_am"),
        (title("vollstreckungsbescheid", zugestellt_am="1999-03-01"), "", "rechtskraft_am"),
        (title("vollstreckungsbescheid", zugestellt_am="2026-08-14"),
         "  - am: 2026-08-20\n    art: einspruch", "Einspruch"),
        (title("kfb", rechtskraft_am="2026-11-17"), "", "rechtskraft_am"),  # tomorrow is not known today
    ],
)  # fmt: skip
def test_without_the_deciding_day_there_is_no_clock_but_a_question(titel, ereignisse, wort):
    uhr = clock(titel, ereignisse)
    assert (uhr.hauptforderung_bis, uhr.erlischt_zuerst, uhr.zinsen) == (None, None, ())
    assert wort in uhr.grund
    (befund,) = uhr.befunde
    assert (befund.code, befund.schwere, befund.gegenstand) == ("TITEL_DATUM_FEHLT", Schwere.WARNUNG, "t-1")
    assert befund.stelle.zeile


def test_an_einspruch_of_another_debtor_or_before_service_does_not_matter():
    ereignisse = "  - am: 2026-08-01\n    art: einspruch"
    assert clock(title("vollstreckungsbescheid", zugestellt_am="2026-08-14"), ereignisse).hauptforderung_bis


def test_a_title_of_later_than_the_stichtag_is_ignored():
    assert clocks(title("urkunde", erlassen_am="2026-11-17")) == ()


# --- interest -------------------------------------------------------------------------------------------


def test_interest_of_each_year_ends_three_years_after_that_year():
    """§ 197 (2), § 199 (1): vector L19, and its neighbours."""
    uhr = clock(title(rechtskraft_am="2021-06-16") + ZINSEN)
    assert interest(uhr) == {
        2021: "2024-12-31", 2022: "2025-12-31", 2023: "2026-12-31",
        2024: "2027-12-31", 2025: "2028-12-31", 2026: "2029-12-31",
    }  # fmt: skip
    assert [zins.jahr for zins in uhr.zinsen if zins.verjaehrt] == [2021, 2022]
    assert uhr.erlischt_zuerst == day("2026-12-31")


def test_the_last_day_itself_is_still_in_time():
    titel = title(rechtskraft_am="2021-06-16") + ZINSEN
    assert clock(titel, stichtag=day("2026-12-31")).erlischt_zuerst == day("2026-12-31")
    assert clock(titel, stichtag=day("2027-01-01")).erlischt_zuerst == day("2027-12-31")


def test_interest_up_to_finality_belongs_to_the_main_claim():
    """Final with the end of 31 December 2023: the first year of later interest is 2024."""
    assert min(interest(clock(title(rechtskraft_am="2023-12-31") + ZINSEN))) == 2024


def test_interest_begins_where_the_title_says():
    titel = title("vergleich", erlassen_am="2022-03-01") + ZINSEN + "        ab: 2024-05-01\n"
    assert min(interest(clock(titel))) == 2024


def test_a_title_without_running_interest_has_one_clock():
    titel = title(rechtskraft_am="2021-06-16") + "\n    betraege:\n      hauptforderung: 500,00\n"
    assert clock(titel).zinsen == ()


def test_interest_never_outlives_the_main_claim():
    """§ 217: main claim from 16 June 1997, interest of 2025 would last until the end of 2028."""
    uhr = clock(title(rechtskraft_am="1997-06-16") + ZINSEN)
    assert uhr.hauptforderung_bis == day("2027-06-16")
    assert interest(uhr)[2025] == interest(uhr)[2024] == "2027-06-16"
    assert interest(uhr)[2023] == "2026-12-31"


# --- restarts -------------------------------------------------------------------------------------------


def measures(*eintraege):
    return "\n    massnahmen:\n" + "".join(f"      - {eintrag}\n" for eintrag in eintraege)


def test_the_reason_names_what_the_end_rests_on():
    """Final 2023, enforced for the whole in 2025, lifted once more in 2026: the end counts from 2025 (§ 212)."""
    uhr = clock(
        title(rechtskraft_am="2023-03-25")
        + measures(
            "{am: 2024-05-02, art: pfaendung, umfang: alles}",
            "{am: 2025-09-02, art: pfaendung, umfang: alles}",
            "{am: 2026-02-03, art: pfaendung, umfang: alles, aufgehoben_am: 2026-03-01}",
            "{am: 2026-04-03, art: pfaendung, umfang: zinsen}",
        )
    )
    assert uhr.hauptforderung_bis == day("2055-09-02")
    assert uhr.grund == (
        "rechtskräftig mit Ablauf des 25.03.2023 (§ 197 Abs. 1 Nr. 3, § 201 BGB); neu begonnen am 02.09.2025: "
        "Vollstreckungshandlung oder ihr Antrag (§ 212 Abs. 1 Nr. 2 BGB)"
    )
    assert uhr.as_json()["grund"] == uhr.grund
    assert "neu begonnen" not in clock(title(rechtskraft_am="2023-03-25")).grund


def test_the_reason_of_an_old_title_names_its_last_act():
    uhr = clock(
        title(rechtskraft_am="1999-03-25") + measures("{am: 2010-09-02, art: anerkenntnis, umfang: alles}")
    )
    assert uhr.hauptforderung_bis == day("2040-09-02")
    assert uhr.grund.endswith("; neu begonnen am 02.09.2010: Anerkenntnis (§ 212 Abs. 1 Nr. 1 BGB)")


def measure(am, art="antrag", umfang="alles", **mehr):
    felder = {"am": am, "art": art, "umfang": umfang, **mehr}
    return "{" + ", ".join(f"{name}: {wert}" for name, wert in felder.items() if wert) + "}"


def test_enforcement_of_interest_restarts_what_already_runs_to_the_day():
    """Vector L21: application on 1 September 2025; interest of 2025 itself had not begun to run."""
    uhr = clock(
        title(rechtskraft_am="2022-01-10") + ZINSEN + measures(measure("2025-09-01", umfang="zinsen"))
    )
    assert interest(uhr) == {
        2022: "2028-09-01", 2023: "2028-09-01", 2024: "2028-09-01", 2025: "2028-12-31", 2026: "2029-12-31",
    }  # fmt: skip
    assert uhr.hauptforderung_bis == day("2052-01-10")


@pytest.mark.parametrize(
    ("massnahme", "haupt", "zins_2023"),
    [
        (measure("2025-09-01", "pfaendung", "hauptforderung"), "2055-09-01", "2026-12-31"),
        (measure("2025-09-01", "pfaendung", "zinsen"), "2052-01-10", "2028-09-01"),
        (measure("2025-09-01", "pfaendung", "alles"), "2055-09-01", "2028-09-01"),
        (measure("2025-09-01", "pfaendung", "kosten"), "2052-01-10", "2026-12-31"),
        (measure("2025-09-01", "anerkenntnis", "alles"), "2055-09-01", "2028-09-01"),
        # § 212 (2): lifted, it counts as not done; lifted after the Stichtag nobody knows it yet
        (measure("2025-09-01", "pfaendung", "alles", aufgehoben_am="2026-02-01"), "2052-01-10", "2026-12-31"),
        (measure("2025-09-01", "pfaendung", "alles", aufgehoben_am="2026-12-01"), "2055-09-01", "2028-09-01"),
        (measure("2026-11-17", "pfaendung", "alles"), "2052-01-10", "2026-12-31"),  # after the Stichtag
        (measure("2024-02-29", "antrag", "hauptforderung"), "2054-02-28", "2026-12-31"),
        (measure("2025-09-01", "zahlung-gv", "alles"), "2052-01-10", "2026-12-31"),  # money taken, not given
        (measure("2025-09-01", "pfaendung", None), "2052-01-10", "2026-12-31"),  # scope not stated
    ],
)
def test_only_what_an_act_covered_starts_anew(massnahme, haupt, zins_2023):
    uhr = clock(title(rechtskraft_am="2022-01-10") + ZINSEN + measures(massnahme))
    assert (uhr.hauptforderung_bis, interest(uhr)[2023]) == (day(haupt), zins_2023)


def test_a_cost_order_is_restarted_by_enforcing_its_costs():
    uhr = clock(title("kfb", rechtskraft_am="2022-01-10") + measures(measure("2025-09-01", umfang="kosten")))
    assert uhr.hauptforderung_bis == day("2055-09-01")


def test_an_act_after_the_end_revives_nothing():
    """Interest of 2020 lapsed with the end of 2023; the application of 2025 comes too late for it."""
    uhr = clock(title(rechtskraft_am="2020-01-10") + ZINSEN + measures(measure("2025-09-01")))
    assert interest(uhr)[2020] == "2023-12-31"
    assert interest(uhr)[2022] == "2028-09-01"


def test_two_acts_in_a_row():
    uhr = clock(
        title(rechtskraft_am="2015-01-10") + ZINSEN + measures(measure("2019-05-02"), measure("2022-05-01"))
    )
    assert uhr.hauptforderung_bis == day("2052-05-01")
    # 2016 ran until 2019-12-31, restarted until 2022-05-02, restarted again on the last day but one
    assert interest(uhr)[2016] == "2025-05-01"
    assert interest(uhr)[2015] == "2018-12-31"


def test_events_of_enforcement_count_for_the_title_they_name():
    titel = title(rechtskraft_am="2022-01-10") + ZINSEN
    eigenes = "  - am: 2025-09-01\n    art: vollstreckung\n    titel: t-1\n    umfang: alles"
    fremdes = eigenes.replace("t-1", "t-2")
    assert clock(titel, eigenes).hauptforderung_bis == day("2055-09-01")
    assert clock(titel, fremdes).hauptforderung_bis == day("2052-01-10")


def test_an_acknowledgement_covers_the_main_claim_unless_it_names_a_sum():
    titel = title(rechtskraft_am="2022-01-10") + ZINSEN
    ganz = "  - am: 2025-09-01\n    art: anerkenntnis"
    teil = ganz + "\n    betrag: 100,00"
    assert clock(titel, ganz).hauptforderung_bis == day("2055-09-01")
    assert interest(clock(titel, ganz))[2023] == "2026-12-31"
    assert clock(titel, teil).hauptforderung_bis == day("2052-01-10")
    assert "TITEL_UMFANG_FEHLT" in codes(clock(titel, teil))


# --- several debtors ----------------------------------------------------------------------------------------


def joint(titel, ereignisse=""):
    text = f"titel:\n{titel}\n" + (f"ereignisse:\n{ereignisse}\n" if ereignisse else "")
    fall = build_fall(text)
    erika = dataclasses.replace(fall.schuldner[0], kennung="erika", vorname="Erika")
    return compute_titeluhren(
        Sachstand(dataclasses.replace(fall, schuldner=(*fall.schuldner, erika)), STICHTAG)
    )


def test_each_debtor_has_a_clock_and_restarts_of_one_do_not_touch_the_other():
    titel = title(rechtskraft_am="2022-01-10").replace("    schuldner: max\n", "")
    ereignisse = "  - am: 2025-09-01\n    art: anerkenntnis\n    schuldner: max"
    assert {uhr.schuldner: uhr.hauptforderung_bis for uhr in joint(titel, ereignisse)} == {
        "max": day("2055-09-01"),
        "erika": day("2052-01-10"),
    }


def test_an_act_that_names_nobody_counts_against_nobody():
    titel = title(rechtskraft_am="2022-01-10").replace("    schuldner: max\n", "")
    uhren = joint(titel + measures(measure("2025-09-01")))
    assert {uhr.hauptforderung_bis for uhr in uhren} == {day("2052-01-10")}
    assert all("TITEL_SCHULDNER_FEHLT" in codes(uhr) for uhr in uhren)


# --- old law, findings, order ---------------------------------------------------------------------------------


def test_a_title_from_before_2002_keeps_its_clock_and_is_marked():
    """Art. 229 § 6 EGBGB: titles of 1996 lapse in 2026; an act in 2010 gives thirty years from then."""
    uhr = clock(title(rechtskraft_am="1996-12-20") + ZINSEN)
    assert uhr.hauptforderung_bis == day("2026-12-20")
    assert min(interest(uhr)) == 2002
    assert {"TITEL_ALTES_RECHT", "TITEL_LAEUFT_AB"} <= set(codes(uhr))
    spaeter = clock(
        title(rechtskraft_am="1996-12-20") + measures(measure("2010-03-01"), measure("1990-01-01"))
    )
    assert spaeter.hauptforderung_bis == day("2040-03-01")


@pytest.mark.parametrize(
    ("rechtskraft", "erwartet"),
    [
        ("1996-11-15", {"TITEL_VERJAEHRT", "TITEL_ALTES_RECHT"}),  # lapsed yesterday
        ("1996-11-16", {"TITEL_LAEUFT_AB", "TITEL_ALTES_RECHT"}),  # today is the last day
        ("1997-11-16", {"TITEL_LAEUFT_AB", "TITEL_ALTES_RECHT"}),  # twelve months from now
        ("1997-11-17", {"TITEL_ALTES_RECHT"}),
    ],
)
def test_warning_twelve_months_ahead(rechtskraft, erwartet):
    titel = title(rechtskraft_am=rechtskraft) + "\n    betraege:\n      hauptforderung: 500,00\n"
    assert set(codes(clock(titel))) == erwartet


def test_interest_that_runs_out_within_a_year_is_named_with_year_and_day():
    uhr = clock(title(rechtskraft_am="2021-06-16") + ZINSEN)
    texte = {befund.code: befund for befund in uhr.befunde}
    assert "2023" in texte["TITELZINSEN_LAUFEN_AB"].text
    assert "31.12.2026" in texte["TITELZINSEN_LAUFEN_AB"].text
    assert texte["TITELZINSEN_VERJAEHRT"].schwere is Schwere.HINWEIS
    assert "2021 bis 2022" in texte["TITELZINSEN_VERJAEHRT"].text


def test_every_step_of_the_clock_is_told_with_its_paragraph():
    uhr = clock(title("vollstreckungsbescheid", zugestellt_am="2010-03-19") + measures(measure("2020-05-04")))
    text = " ".join(f"{zeile.am} {zeile.text}" for zeile in uhr.herleitung)
    for teil in ("19.03.2010", "06.04.2010", "§ 222 Abs. 2 ZPO", "§ 197", "2020-05-04", "§ 212 Abs. 1 Nr. 2"):
        assert teil in text


def test_what_lapses_first_stands_first_and_the_unknown_before_all():
    def named(kennung, titel):
        return titel.replace("t-1", kennung)

    uhren = clocks(
        "\n".join([
            named("spaet", title("urkunde", erlassen_am="2020-01-01") + "\n    betraege:\n      hauptforderung: 1,00"),
            named("bald", title(rechtskraft_am="2021-06-16")),
            named("weg", title(rechtskraft_am="1990-01-01")),
            named("unklar", title("urteil")),
        ])
    )  # fmt: skip
    assert [uhr.kennung for uhr in uhren] == ["unklar", "bald", "spaet", "weg"]


def test_json_is_that_of_the_contract():
    daten = clock(title("vollstreckungsbescheid", zugestellt_am="2026-08-14") + ZINSEN).as_json()
    assert {
        "kennung",
        "art",
        "schuldner",
        "hauptforderung_bis",
        "grund",
        "zinsen",
        "erlischt_zuerst",
    } <= daten.keys()
    assert daten["hauptforderung_bis"] == "2056-08-28"
    assert daten["zinsen"] == [{"jahr": 2026, "bis": "2029-12-31", "verjaehrt": False}]
    assert daten["erlischt_zuerst"] == "2029-12-31"


@pytest.mark.parametrize(
    ("jahre", "text"), [([2019], "2019"), ([2019, 2020], "2019 bis 2020"), ([2019, 2021], "2019, 2021")]
)
def test_years_are_written_short(jahre, text):
    assert format_jahre(jahre) == text
