"""The findings of the clocks: each has an input that raises just it."""

import functools
from collections.abc import Iterable

import pytest

from fallbau import build_fall, with_fall
from fristbau import case, day, event, with_erika
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Befund
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristenliste import compute_fristen, drohende_fristen
from meldungsbau import Beweise

beweist = Beweise("uhren")
HEUTE = "2026-11-16"
TITEL = "titel:\n  - kennung: t-1\n    art: urteil\n    schuldner: max\n    rechtskraft_am: {}\n    betraege: {}\n"
OHNE_ZINSEN = "{hauptforderung: '1.190,00'}"
MIT_ZINSEN = "{{hauptforderung: '1.190,00', zinsen: {{punkte: '5', ab: {}}}}}"


def dates(fall: Fall, stichtag: str = HEUTE) -> Iterable[Befund]:
    return compute_fristen(
        Sachstand(fall, day(stichtag)), compute_konto(Sachstand(fall, day(stichtag)))
    ).befunde


def title(rechtskraft: str, massnahme: str = "", betraege: str = OHNE_ZINSEN) -> Iterable[Befund]:
    zusatz = TITEL.format(rechtskraft, betraege)
    if massnahme:
        zusatz += f"    massnahmen: [{{am: 01.02.2026, {massnahme}}}]\n"
    return dates(build_fall(zusatz))


def after(*ereignisse: Ereignis, leistung_am: str = "2026-02-27", stichtag: str = HEUTE) -> Iterable[Befund]:
    """Return the findings of one claim after these events; it lapses at the end of 2029 unless it is older."""
    return dates(case(leistung_am, *ereignisse), stichtag)


TITELANGABEN = {
    "TITELZINSEN_LAUFEN_AB": ("10.01.2022", "", MIT_ZINSEN.format("01.01.2023")),
    "TITELZINSEN_VERJAEHRT": (
        "10.01.2022",
        "art: pfaendung, umfang: zinsen",
        MIT_ZINSEN.format("11.01.2022"),
    ),
    "TITEL_DATUM_FEHLT": ("", ""),
    "TITEL_HANDLUNG_OHNE_WIRKUNG": ("10.01.2022", "art: zahlung-gv, umfang: alles"),
    "TITEL_UMFANG_FEHLT": ("10.01.2022", "art: pfaendung"),
}
EREIGNISSE = {
    "FRIST_DROHT": (
        event("antrag_eingereicht", "2026-03-01"),
        event("mb_erlassen", "2026-03-03"),
        event("mb_zugestellt", "2026-06-05"),
    ),
    "FRIST_VERSTRICHEN": (event("antrag_eingereicht", "2026-03-01"), event("mb_zugestellt", "2026-03-05")),
    "TITEL_NICHT_EINGETRAGEN": (event("vb_zugestellt", "2026-10-14"), event("rechtskraft", "2026-10-29")),
    "VERJAEHRUNG_ANMELDUNG_FEHLT": (event("insolvenz", "2026-09-01"),),
    "VERJAEHRUNG_ANNAHME_FEHLT": (event("verstorben", "2026-08-01"),),
    "VERJAEHRUNG_ANTRAG_FEHLT": (event("mb_zugestellt", "2026-10-08"),),
    "VERJAEHRUNG_ENDE_FEHLT": (event("verhandlung", "2026-06-01"),),
    "VERJAEHRUNG_UMFANG_FEHLT": (event("anerkenntnis", "2026-06-01", betrag=100),),
}
for _code, _titel in TITELANGABEN.items():
    beweist(_code)(functools.partial(title, *_titel))
for _code, _ereignisse in EREIGNISSE.items():
    beweist(_code)(functools.partial(after, *_ereignisse))


@beweist("TITEL_ALTES_RECHT")
def a_title_of_2000() -> Iterable[Befund]:
    return title("20.12.2000")


@beweist("TITEL_SCHULDNER_FEHLT")
def an_act_against_nobody_in_particular() -> Iterable[Befund]:
    zusatz = TITEL.replace("    schuldner: max\n", "").format("10.01.2022", OHNE_ZINSEN)
    fall = build_fall(zusatz + "    massnahmen: [{am: 01.09.2025, art: pfaendung, umfang: alles}]\n")
    return dates(with_erika(fall))


def thirty_years_old(stichtag: str) -> Iterable[Befund]:
    """A title of 2003, alone: older ones are of the old law and have a second finding."""
    return dates(with_fall(build_fall(TITEL.format("10.01.2003", OHNE_ZINSEN)), forderungen=()), stichtag)


@beweist("TITEL_LAEUFT_AB")
def a_title_in_its_last_year() -> Iterable[Befund]:
    return thirty_years_old("2032-06-01")


@beweist("TITEL_VERJAEHRT")
def a_title_whose_thirty_years_are_over() -> Iterable[Befund]:
    return thirty_years_old("2033-02-01")


@beweist("VERJAEHRUNG_ANGABE_FEHLT")
def a_claim_without_the_day_of_performance() -> Iterable[Befund]:
    return dates(case(None, datum=day("2026-03-01")))


@beweist("VERJAEHRUNG_DROHT")
def a_claim_that_lapses_this_year() -> Iterable[Befund]:
    return after(leistung_am="2023-05-01")


@beweist("VERJAEHRUNG_EINGETRETEN")
def a_claim_that_has_lapsed() -> Iterable[Befund]:
    return after(leistung_am="2022-06-01")


@beweist("VERJAEHRUNG_SCHULDNER_FEHLT")
def an_acknowledgement_of_nobody_in_particular() -> Iterable[Befund]:
    return dates(with_erika(case("2026-02-27", event("anerkenntnis", "2026-06-01"))))


@beweist("VERJAEHRUNG_UNGEKLAERT")
def a_claim_that_may_have_lapsed() -> Iterable[Befund]:
    """As a warning beside other work: the full list asks for the missing day as well."""
    fall = case(None, datum=day("2022-06-01"))
    return drohende_fristen(Sachstand(fall, day(HEUTE)), compute_konto(Sachstand(fall, day(HEUTE))))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
