"""A period that a letter granted binds the plan, single letters and the application, whatever letter it was."""

import datetime as dt

import pytest

from fallbau import build_fall, build_vorgang
from mahnakte.ablauf.fristlauf import granted_until, laufende_fristen
from mahnakte.ablauf.plan import plan_fall
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.arten.brief import ARTEN, BRIEFARTEN
from mahnakte.fall.fall import Fall
from mahnakte.stand.sachstand import Sachstand

RECHNUNG = "RE-2026-131"  # due on 31.03.2026, reminded from 07.04.2026 on
VERZUG = "ereignisse:\n  - {am: 02.04.2026, art: zahlung_verweigert}\n"
FREI = "antrag:\n  trotz: [frist]\n  grund: Verjährung\n  freigegeben_von: K. Beispiel\n"
ANGEBOTE = {"teilzahlungsvergleich", "ratenzahlungsvereinbarung"}  # „binds the offer, not the claim“


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def granted(art: str, bis: str, *, am: str = "2026-06-10") -> dict:
    """Return what a step of this kind says: demands `frist_bis`, answers `antwort_bis` (briefe/brief.py)."""
    schluessel = "frist_bis" if BRIEFARTEN[art].fordert else "antwort_bis"
    return {schluessel: bis, "rechnungen": [RECHNUNG] if BRIEFARTEN[art].fordert else []}


def with_letter(art: str, bis: str, zusatz: str = "") -> Fall:
    return build_fall(zusatz, vorgaenge=(build_vorgang(1, art, "2026-06-10", granted(art, bis)),))


MIT_FRIST = [art for art in ARTEN if BRIEFARTEN[art].frist_tage is not None]


@pytest.mark.parametrize("art", MIT_FRIST)
@pytest.mark.parametrize("stichtag", ["2026-06-11", "2026-06-24"])
def test_every_letter_with_a_period_makes_the_plan_wait(art: str, stichtag: str) -> None:
    plan = plan_fall(Sachstand(with_letter(art, "2026-06-24"), day(stichtag)))
    if art in ANGEBOTE:
        assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
        return
    assert not plan.schritte
    assert plan.gruende[0].code in ("FRIST_LAEUFT", "NOCH_NICHT")
    tage = ("24.06.2026", "25.06.2026", "27.06.2026")  # the period, the day after, three days after
    assert any(tag in plan.gruende[0].text for tag in tage)


@pytest.mark.parametrize(
    "art", [art for art in MIT_FRIST if not BRIEFARTEN[art].stufe and art not in ANGEBOTE]
)
def test_the_day_after_the_series_goes_on(art: str) -> None:
    assert plan_fall(Sachstand(with_letter(art, "2026-06-24"), day("2026-06-25"))).schritte


@pytest.mark.parametrize("art", MIT_FRIST)
def test_no_application_before_the_period_ends_unless_somebody_answers_for_it(art: str) -> None:
    vorher = with_letter(art, "2026-06-24", VERZUG)
    codes = {b.code for b in derive_antrag(Sachstand(vorher, day("2026-06-24"))).befunde}
    assert ("ANTRAG_FRIST" in codes) is (art not in ANGEBOTE)
    nachher = {b.code for b in derive_antrag(Sachstand(vorher, day("2026-06-25"))).befunde}
    assert "ANTRAG_FRIST" not in nachher
    frei = with_letter(art, "2026-06-24", VERZUG + FREI)
    codes = {b.code for b in derive_antrag(Sachstand(frei, day("2026-06-24"))).befunde}
    assert "ANTRAG_FRIST" not in codes
    assert ("ANTRAG_TROTZ_FRIST" in codes) is (art not in ANGEBOTE)


@pytest.mark.parametrize(
    ("stichtag", "bis", "vorgeschlagen"),
    [
        ("2029-12-10", "2029-12-24", True),  # 31.12.2029 falls within 14 days after
        ("2029-12-10", "2029-12-17", True),  # the 14th day
        ("2029-12-10", "2029-12-16", True),  # a Sunday: it runs until the 17th (§ 193 BGB)
        ("2029-12-10", "2029-12-14", False),  # 28.12. is the 14th
        ("2029-06-10", "2029-06-24", False),
    ],
)
def test_the_exception_is_proposed_when_the_claim_would_lapse(
    stichtag: str, bis: str, vorgeschlagen: bool
) -> None:
    """Due in 2026: limitation ends with 2029 (§§ 195, 199 BGB); 31.12.2029 is a Monday."""
    brief = build_vorgang(
        1, "einwand-zurueckgewiesen", stichtag, {"frist_bis": bis, "rechnungen": [RECHNUNG]}
    )
    fall = build_fall(vorgaenge=(brief,))
    entwurf = derive_antrag(Sachstand(fall, day(stichtag)))
    assert any("trotz: [frist]" in b.abhilfe for b in entwurf.befunde) is vorgeschlagen
    assert ("freigibt" in plan_fall(Sachstand(fall, day(stichtag))).gruende[0].text) is vorgeschlagen


def test_other_invoices_are_not_bound() -> None:
    zweite = "  - {nummer: B, datum: 01.04.2026, betrag: '500,00', faellig_am: 20.04.2026, faelligkeit: vereinbart}\n"
    brief = build_vorgang(
        1, "einwand-zurueckgewiesen", "2026-06-10", {"frist_bis": "2026-06-24", "rechnungen": ["A"]}
    )
    assert plan_fall(Sachstand(build_fall(zweite, vorgaenge=(brief,)), day("2026-06-11"))).schritte


def test_a_cancelled_letter_grants_nothing() -> None:
    brief = build_vorgang(
        1, "einwand-zurueckgewiesen", "2026-06-10", granted("einwand-zurueckgewiesen", "2026-06-24")
    )
    storno = build_vorgang(2, "storno", "2026-06-10", ersetzt=1)
    assert plan_fall(Sachstand(build_fall(vorgaenge=(brief, storno)), day("2026-06-11"))).schritte


def test_an_agreed_day_of_payment_is_a_period_too_but_a_plan_frees_it_when_it_ends() -> None:
    """A deferral says until when its sum suffices; instalments are held by their own event."""
    stundung = build_vorgang(1, "stundung", "2026-06-10", {"betrag_gilt_bis": "2026-08-01", "rechnungen": []})
    raten = build_vorgang(
        2, "ratenplan-bestaetigung", "2026-06-10", {"betrag_gilt_bis": "2026-08-01", "raten": []}
    )
    assert (granted_until(stundung), granted_until(raten)) == (day("2026-08-01"), None)


def test_another_systems_letter_grants_its_period() -> None:
    fremd = (
        "ereignisse:\n  - {am: 10.06.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 24.06.2026}\n"
    )
    fall = build_fall(fremd)
    assert [frist.bis for frist in laufende_fristen(Sachstand(fall, day("2026-06-24")))] == [
        day("2026-06-24")
    ]
    assert not laufende_fristen(Sachstand(fall, day("2026-06-25")))
