"""The case as of a day: each question is answered once, and what happens later is not known yet."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest

from briefbau import stage_of
from fallbau import build_fall, letter, with_fall
from fristbau import event, with_erika
from mahnakte.ablauf.anmahnung import angemahnte_rechnungen
from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.ablauf.fristlauf import laufende_fristen
from mahnakte.ablauf.halt import (
    angeschriebene,
    laufende_schicksale,
    laufende_sperren,
    list_halte,
    offene_einwaende,
)
from mahnakte.ablauf.plan import plan_fall
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.antrag.aus_fall.folgeantrag import derive_folgeantraege
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.arten.ereignis import EREIGNISARTEN, GERICHTSAKTE
from mahnakte.briefe.brief import compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Rate
from mahnakte.grund.befund import Ablehnung, Stelle, sperre
from mahnakte.konto.konto import compute_konto, compute_konto_gegen
from mahnakte.stand.pruefung import offene_fragen
from mahnakte.stand.rechnungsfragen import list_fragen
from mahnakte.stand.sachstand import Sachstand, once
from mahnakte.stand.verfahren import list_verfahren
from mahnakte.stand.verlauf import effective_vorgaenge, ereignisse_bis, list_schreiben
from mahnakte.uhren.fristenliste import drohende_fristen

TAG = dt.date(2026, 6, 10)
MORGEN = TAG + dt.timedelta(days=1)
STELLE = Stelle("fall.yaml")


@pytest.fixture
def sachstand() -> Sachstand:
    return Sachstand(build_fall(), TAG)


# --- one answer to one question -----------------------------------------------------------------------


def test_a_question_is_answered_once(sachstand: Sachstand) -> None:
    gefragt: list[dt.date] = []

    @once
    def ask(sachstand: Sachstand) -> tuple[str, ...]:
        gefragt.append(sachstand.stichtag)
        return ("Antwort",)

    assert ask(sachstand) is ask(sachstand)
    assert gefragt == [TAG]
    assert ask(sachstand.am(MORGEN)) == ("Antwort",)
    assert gefragt == [TAG, MORGEN]


def test_no_answer_is_an_answer_too(sachstand: Sachstand) -> None:
    gefragt: list[str] = []

    @once
    def find(sachstand: Sachstand) -> str | None:
        gefragt.append("einmal")
        return None

    assert find(sachstand) is None
    assert find(sachstand) is None
    assert gefragt == ["einmal"]


def test_other_arguments_are_another_question(sachstand: Sachstand) -> None:
    gefragt: list[tuple[str, int]] = []

    @once
    def ask(sachstand: Sachstand, wort: str, zahl: int = 1) -> str:
        gefragt.append((wort, zahl))
        return f"{wort}{zahl}"

    antworten = [ask(sachstand, "a"), ask(sachstand, "b"), ask(sachstand, "a", zahl=2), ask(sachstand, "a")]
    assert antworten == ["a1", "b1", "a2", "a1"]
    assert gefragt == [("a", 1), ("b", 1), ("a", 2)]


def test_two_questions_with_the_same_arguments_are_kept_apart(sachstand: Sachstand) -> None:
    @once
    def first(sachstand: Sachstand) -> str:
        return "eins"

    @once
    def second(sachstand: Sachstand) -> str:
        return "zwei"

    assert (first(sachstand), second(sachstand)) == ("eins", "zwei")


def test_a_refusal_is_raised_anew_each_time(sachstand: Sachstand) -> None:
    gefragt: list[str] = []

    @once
    def refuse(sachstand: Sachstand) -> str:
        gefragt.append("wieder")
        raise Ablehnung(sperre("NEIN", "Nein.", "Anders."))

    for _ in range(2):
        with pytest.raises(Ablehnung, match="Nein"):
            refuse(sachstand)
    assert gefragt == ["wieder", "wieder"]


def test_an_answer_that_runs_dry_is_refused(sachstand: Sachstand) -> None:
    @once
    def yield_days(sachstand: Sachstand) -> Iterator[dt.date]:
        yield sachstand.stichtag

    with pytest.raises(TypeError, match="yield_days"):
        yield_days(sachstand)


def test_the_account_is_counted_once(sachstand: Sachstand) -> None:
    assert compute_konto(sachstand) is compute_konto(sachstand)
    assert compute_konto(sachstand) is not compute_konto(Sachstand(sachstand.fall, TAG))


# --- another day, another case ------------------------------------------------------------------------


def test_the_same_day_and_the_same_case_are_the_same_object(sachstand: Sachstand) -> None:
    assert sachstand.am(TAG) is sachstand
    assert sachstand.mit(sachstand.fall) is sachstand


def test_another_day_keeps_the_case_and_another_case_the_day(sachstand: Sachstand) -> None:
    morgen = sachstand.am(MORGEN)
    assert (morgen.fall, morgen.stichtag) == (sachstand.fall, MORGEN)
    anderer = with_fall(sachstand.fall, zahlungen=())
    teil = sachstand.mit(anderer)
    assert teil.fall is anderer
    assert teil.stichtag == TAG
    assert teil.recht is anderer.recht


def test_two_of_the_same_case_are_not_equal(sachstand: Sachstand) -> None:
    """Each keeps its own answers; equal ones would share a place in a set."""
    assert sachstand != Sachstand(sachstand.fall, TAG)


# --- what happens later -------------------------------------------------------------------------------


def _later(art: str, am: dt.date) -> Ereignis:
    """Return an event of a kind with everything that such an event can say."""
    return Ereignis(
        art=art, am=am, stelle=STELLE, schuldner="max", grund="Test", bis=am + dt.timedelta(days=60),
        betrag=Decimal("40.00"), raten=(Rate(am=am + dt.timedelta(days=20), betrag=Decimal("40.00"), stelle=STELLE),),
        zinsen="keine", bei_verzug="rueckwirkend", zinsen_bisher="erlassen", zusage_am=am + dt.timedelta(days=9),
        zusage_betrag=Decimal("40.00"), gericht="Amtsgericht Coburg", aktenzeichen="1 IN 2/26",
        geschaeftszeichen="26-1234567-0-1", stufe="mahnung-1", frist_bis=am + dt.timedelta(days=14),
        schritt="mahnbescheid", von="A. Beispiel", umfang="ganz",
    )  # fmt: skip


def _letters(sachstand: Sachstand) -> object:
    art = BRIEFARTEN["mahnung-1"]
    teil, konto = compute_gegenstand(sachstand, art)
    stufe = stage_of("mahnung-1")
    briefe = compute_briefe(teil, konto, stufe, sachstand.stichtag + dt.timedelta(days=12), stufe.dann)
    return [(brief.werte, brief.daten, brief.anschrift) for brief in briefe]


ANTWORTEN: dict[str, Callable[[Sachstand], object]] = {
    "angemahnte_rechnungen": angemahnte_rechnungen,
    "angeschriebene": angeschriebene,
    "compute_konto": compute_konto,
    "compute_konto_gegen": lambda sachstand: compute_konto_gegen(sachstand, "max"),
    "derive_antrag": derive_antrag,
    "derive_folgeantraege": derive_folgeantraege,
    "drohende_fristen": lambda sachstand: drohende_fristen(sachstand, compute_konto(sachstand)),
    "effective_vorgaenge": effective_vorgaenge,
    "ereignisse_bis": lambda sachstand: ereignisse_bis(sachstand, *EREIGNISARTEN),
    "laufende_fristen": laufende_fristen,
    "laufende_schicksale": laufende_schicksale,
    "laufende_sperren": laufende_sperren,
    "list_fragen": list_fragen,
    "list_halte": lambda sachstand: list_halte(sachstand, compute_konto(sachstand)),
    "list_schreiben": list_schreiben,
    "list_verfahren": list_verfahren,
    "mahnbarer_fall": lambda sachstand: (mahnbarer_fall(sachstand).ausgeklammert, mahnbarer_fall(sachstand).an),
    "mahnung-1": _letters,
    "offene_einwaende": offene_einwaende,
    "offene_fragen": offene_fragen,
    "plan_fall": plan_fall,
}  # fmt: skip
VORHER: dict[str, tuple[Ereignis, ...]] = {
    "nur gemahnt": (),
    "bestritten und erledigt": (
        event("bestritten", "2026-05-20", grund="Ware fehlt"),
        event("bestritten_erledigt", "2026-05-28", grund="Geliefert"),
    ),
    "beim Gericht": (
        event("antrag_eingereicht", "2026-05-20"),
        event("mb_erlassen", "2026-05-24", geschaeftszeichen="26-1234567-0-1"),
        event("mb_zugestellt", "2026-05-26", geschaeftszeichen="26-1234567-0-1"),
    ),
}


def _case(vorher: tuple[Ereignis, ...]) -> Fall:
    fall = with_erika(build_fall(vorgaenge=(letter(1, "zahlungserinnerung", "2026-04-20", "2026-05-05"),)))
    return with_fall(fall, ereignisse=(*fall.ereignisse, *vorher))


def _ask(frage: Callable[[Sachstand], object], sachstand: Sachstand) -> object:
    """Return the answer, or the findings of a refusal: that is an answer as well."""
    try:
        return frage(sachstand)
    except Ablehnung as ablehnung:
        return ablehnung.befunde


@pytest.mark.parametrize("name", ANTWORTEN)
@pytest.mark.parametrize("vorher", VORHER)
def test_what_happens_after_the_day_is_in_no_answer(vorher: str, name: str) -> None:
    fall = _case(VORHER[vorher])
    danach = tuple(_later(art, MORGEN) for art in EREIGNISARTEN)
    spaeter = with_fall(fall, ereignisse=(*danach, *fall.ereignisse))
    frage = ANTWORTEN[name]
    assert _ask(frage, Sachstand(spaeter, TAG)) == _ask(frage, Sachstand(fall, TAG))


@pytest.mark.parametrize("art", EREIGNISARTEN)
def test_an_event_counts_from_its_own_day_on(art: str) -> None:
    fall = with_fall(_case(()), ereignisse=(_later(art, MORGEN),))
    heute = Sachstand(fall, TAG)
    assert ereignisse_bis(heute, art) == ()
    assert ereignisse_bis(heute.am(MORGEN), art) == fall.ereignisse


def test_the_later_events_would_change_the_answers() -> None:
    """Else the test above would prove nothing."""
    fall = with_fall(_case(()), ereignisse=tuple(_later(art, MORGEN) for art in EREIGNISARTEN))
    heute = Sachstand(fall, TAG)
    morgen = heute.am(MORGEN)
    assert list_verfahren(heute) == ()
    assert {eines.letzter.art for eines in list_verfahren(morgen) if eines.letzter} <= set(GERICHTSAKTE)
    assert list_verfahren(morgen)
    for frage in (laufende_schicksale, laufende_sperren, list_schreiben):
        assert len(frage(morgen)) > len(frage(heute)), frage
    assert plan_fall(heute).gruende != plan_fall(morgen).gruende
