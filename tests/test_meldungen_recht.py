"""For each finding of `recht` an input that raises just it."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

import pytest

from fallbau import known_up_to
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.recht.gebuehren import Inkassofall, geschaeftsgebuehr_nach_umfang, inkassokosten
from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz, compute_gebuehr
from mahnakte.recht.gerichte import decide_streitgericht, find_mahngericht
from mahnakte.recht.kalender import add_frist, frist_ende, move_to_workday
from mahnakte.recht.katalog import decide_frist, find_hauptforderungsart
from mahnakte.recht.rechtsnachtrag import (
    Rechtsnachtrag,
    check_joins,
    extend_recht,
    read_rechtsnachtrag,
)
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.ungeprueft import check_geprueft
from mahnakte.recht.verjaehrungsfrist import Frist, start_frist
from mahnakte.recht.verzeichnis import find_eintrag
from mahnakte.recht.zinsen import Zinssatz, interest_lines
from mahnakte.recht.zinssatz import compare_agreed
from meldungsbau import Beweise

beweist = Beweise("recht")

RECHT = shipped_recht()
HEUTE = dt.date(2026, 11, 21)
EIN_TAG = dt.timedelta(days=1)
TAUSEND = Decimal(1000)
ENDE = dt.date(2025, 12, 31)
DAMALS = known_up_to(ENDE)  # no update of a table changes what is raised here


def refused(_: object) -> Iterable[Befund]:
    """What ends in an Ablehnung returns nothing; whoever gets here was answered."""
    return ()


def interest(betrag: str, von: str, bis: str, satz: Zinssatz) -> Iterable[Befund]:
    return refused(
        interest_lines(RECHT, Decimal(betrag), dt.date.fromisoformat(von), dt.date.fromisoformat(bis), satz)
    )


def entry(name: str, ab: dt.date, bis: dt.date, wert: str) -> Rechtsnachtrag:
    return Rechtsnachtrag(
        name, ab, bis, Decimal(wert), "Bundesanzeiger", "Erika Muster", HEUTE, Stelle("recht/probe.yaml", 1)
    )


def entered(*nachtraege: Rechtsnachtrag) -> Iterable[Befund]:
    return extend_recht(DAMALS, nachtraege)[1]


@beweist("RECHT_NICHT_GEPRUEFT")
def unread() -> Iterable[Befund]:
    return refused(check_geprueft("verbraucherkredit", dt.date(2026, 11, 20)))


@beweist("INKASSO_ALTES_RECHT")
def old_mandate() -> Iterable[Befund]:
    return refused(
        inkassokosten(RECHT, TAUSEND, dt.date(2021, 9, 30), Inkassofall.UNBESTRITTEN, vorsteuerabzug=True)
    )


@beweist("RECHTSWERT_UNBEKANNT")
def unknown_name() -> Iterable[Befund]:
    return refused(find_eintrag(RECHT, "basiszins"))


@beweist("RECHTSWERT_VOR_TABELLE")
def before_the_table() -> Iterable[Befund]:
    return interest("100", "2001-12-30", "2002-01-05", Zinssatz.ueber_basis(Decimal(5)))


@beweist("RECHTSWERT_NACH_TABELLE")
def after_the_table() -> Iterable[Befund]:
    return refused(DAMALS.basiszins_am(ENDE + EIN_TAG))


@beweist("RECHTSWERT_SCHON_BEKANNT")
def known_already() -> Iterable[Befund]:
    return refused(check_joins(DAMALS.find_reihe("basiszinssatz"), ENDE))


@beweist("RECHTSWERT_WIDERSPRUCH")
def other_than_shipped() -> Iterable[Befund]:
    """§ 247 BGB: 1,27 % from 1 July 2025 (Bundesbank)."""
    return entered(entry("basiszinssatz", dt.date(2025, 7, 1), dt.date(2025, 12, 31), "1.72"))


@beweist("RECHTSNACHTRAG_FEHLERHAFT")
def incomplete() -> Iterable[Befund]:
    return refused(read_rechtsnachtrag(b"name: basiszinssatz\nab: 2027-07-01\n", "recht/probe.yaml"))


@beweist("RECHTSNACHTRAG_DOPPELT")
def entered_twice() -> Iterable[Befund]:
    eintrag = entry("basiszinssatz", ENDE + EIN_TAG, ENDE + EIN_TAG, "1.77")
    return entered(eintrag, eintrag)


@beweist("RECHTSNACHTRAG_WERT")
def half_a_day() -> Iterable[Befund]:
    ab = RECHT.find_reihe("verzug_tage").gedeckt_bis + EIN_TAG
    return entered(entry("verzug_tage", ab, ab, "30.5"))


@beweist("RECHTSNACHTRAG_ZEITRAUM")
def beyond_the_half_year() -> Iterable[Befund]:
    return entered(entry("basiszinssatz", dt.date(2026, 1, 1), dt.date(2026, 12, 31), "1.77"))


@beweist("RECHTSNACHTRAG_LUECKE")
def one_day_late() -> Iterable[Befund]:
    ab = ENDE + 2 * EIN_TAG
    return entered(entry("basiszinssatz", ab, ab, "1.77"))


@beweist("KALENDER_NICHT_GEDECKT")
def before_the_calendar() -> Iterable[Befund]:
    return refused(move_to_workday(dt.date(1949, 5, 23), "SN"))


@beweist("LAND_UNBEKANNT")
def spelt_out() -> Iterable[Befund]:
    return refused(frist_ende(HEUTE, "2w", "Sachsen"))


@beweist("FRIST_DAUER")
def in_words() -> Iterable[Befund]:
    return refused(add_frist(HEUTE, "zwei Wochen"))


@beweist("FRIST_ZU_LANG")
def beyond_the_calendar() -> Iterable[Befund]:
    return refused(add_frist(HEUTE, "9999j"))


@beweist("VERJAEHRUNG_BEGINN_FEHLT")
def without_delivery() -> Iterable[Befund]:
    return refused(start_frist(RECHT, Frist.FRACHT, dt.date(2026, 5, 20)))


@beweist("VERJAEHRUNG_KURZ_MOEGLICH")
def rent() -> Iterable[Befund]:
    return decide_frist(RECHT, 20)[1]


@beweist("KATALOG_NUMMER")
def no_such_number() -> Iterable[Befund]:
    return refused(find_hauptforderungsart(99))


@beweist("MAHNGERICHT_LAND")
def without_land() -> Iterable[Befund]:
    return refused(find_mahngericht(HEUTE, None))


@beweist("MAHNGERICHT_OLG")
def without_district() -> Iterable[Befund]:
    return refused(find_mahngericht(HEUTE, "NW"))


@beweist("MAHNGERICHT_XJUSTIZ")
def saxony() -> Iterable[Befund]:
    return find_mahngericht(HEUTE, "SN").befunde


@beweist("MAHNGERICHT_PLZ_POST")
def other_court() -> Iterable[Befund]:
    return find_mahngericht(HEUTE, "HE").befunde


@beweist("STREITGERICHT_FRAGLICH")
def ambulance() -> Iterable[Befund]:
    return decide_streitgericht(RECHT, 77, Decimal(80), HEUTE).befunde


@beweist("GEBUEHR_WERT")
def worth_nothing() -> Iterable[Befund]:
    return refused(compute_gebuehr(RECHT, Gebuehrengesetz.RVG, Decimal(0), Decimal(1), HEUTE))


@beweist("GEBUEHR_RAHMEN")
def above_the_frame() -> Iterable[Befund]:
    return refused(geschaeftsgebuehr_nach_umfang(RECHT, TAUSEND, HEUTE, Decimal("2.6")))


@beweist("ZINS_BETRAG_NEGATIV")
def credit_note() -> Iterable[Befund]:
    return interest("-20", "2026-03-01", "2026-03-03", Zinssatz.fest(Decimal(5)))


@beweist("ZINS_ZEITRAUM_VERKEHRT")
def the_wrong_way_round() -> Iterable[Befund]:
    return interest("100", "2026-03-03", "2026-03-01", Zinssatz.fest(Decimal(5)))


@beweist("ZINSSATZ_NEGATIV")
def below_zero() -> Iterable[Befund]:
    """§ 247 BGB: -0,88 % from 1 July 2016; half a point above it is less than nothing."""
    return interest("100", "2016-12-30", "2016-12-31", Zinssatz.ueber_basis(Decimal("0.5")))


@beweist("ZINS_UEBER_GESETZ")
def agreed_higher() -> Iterable[Befund]:
    befund = compare_agreed(
        RECHT, Zinssatz.fest(Decimal(12)), Zinssatz.ueber_basis(Decimal(5)), dt.date(2026, 3, 2)
    )
    return (befund,) if befund else ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
