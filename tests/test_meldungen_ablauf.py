"""The findings of the dunning plan: each has an input that raises just it. Reasons of the plan stand in arten/."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pytest

from fallbau import build_fall, build_vorgang
from mahnakte.ablauf.kostenvorschlag import propose_kosten
from mahnakte.ablauf.ratenplan import compute_ratenplan
from mahnakte.ablauf.verlangtes import check_verlangtes
from mahnakte.grund.befund import Befund
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from meldungsbau import Beweise

beweist = Beweise("ablauf")
STICHTAG, AB = dt.date(2026, 4, 30), dt.date(2026, 6, 1)


def plan(zusatz: str = "", betrag: str = "1190.00", ab: dt.date = AB, **angaben: Any) -> Iterable[Befund]:
    fall = build_fall(zusatz)
    forderung = dataclasses.replace(fall.forderungen[0], betrag=Decimal(betrag))
    fall = dataclasses.replace(fall, forderungen=(forderung,))
    return compute_ratenplan(Sachstand(fall, STICHTAG), ab, **(angaben or {"anzahl": 3})).befunde


def event(angaben: str) -> str:
    return f"ereignisse:\n  - {{am: 20.04.2026, {angaben}}}\n"


PLAENE: dict[str, dict[str, Any]] = {
    "RATENPLAN_ANGABE": {"rate": Decimal("50.00"), "anzahl": 3},
    "RATENPLAN_BEGINN": {"ab": STICHTAG},
    "RATENPLAN_BESTRITTEN": {"zusatz": event("art: bestritten, grund: Die Ware war mangelhaft")},
    "RATENPLAN_LAEUFT": {
        "zusatz": event("art: ratenplan, zinsen: keine, raten: [{am: 01.05.2026, betrag: '50,00'}]")
    },
    "RATENPLAN_NICHTS_OFFEN": {"zusatz": "zahlungen:\n  - {am: 01.04.2026, betrag: '1.190,00'}\n"},
    "RATENPLAN_NICHT_MOEGLICH": {"zusatz": event("art: insolvenz")},
    "RATENPLAN_RATE": {"rate": Decimal("0.00")},
    "RATENPLAN_ZU_LANG": {"rate": Decimal("9.00")},
    "RATENPLAN_ZU_VIELE": {"betrag": "0.05", "anzahl": 12},
}
for _code, _angaben in PLAENE.items():
    beweist(_code)(functools.partial(plan, **_angaben))


@beweist("VERLANGTES_GEZAHLT")
def a_letter_paid_as_it_asked() -> Iterable[Befund]:
    """Paid within the days of the letter, while interest of a few cents has come on top."""
    daten = {"frist_bis": "2026-05-15", "betrag": "1190.00", "betrag_gilt_bis": "2026-05-15"}
    brief = build_vorgang(1, "mahnung-1", "2026-05-01", daten)
    verweigert = "ereignisse:\n  - {am: 20.04.2026, art: zahlung_verweigert}\n"
    zahlung = "zahlungen:\n  - {am: 08.05.2026, betrag: '1.190,00'}\n"
    fall = build_fall(verweigert + zahlung, vorgaenge=(brief,))
    return check_verlangtes(fall, compute_konto(Sachstand(fall, dt.date(2026, 5, 20))))


@beweist("KOSTEN_VORSCHLAG")
def an_agency_instructed_after_default_without_its_costs() -> Iterable[Befund]:
    verweigert = "ereignisse:\n  - {am: 01.04.2026, art: zahlung_verweigert}\n"
    fall = build_fall(verweigert + "antrag: {beauftragt_am: 05.04.2026}\n")
    absender = dataclasses.replace(
        fall.einstellungen.absender, rolle="inkasso", name="Nordfuchs Inkasso GmbH"
    )
    einstellungen = dataclasses.replace(fall.einstellungen, absender=absender)
    sachstand = Sachstand(dataclasses.replace(fall, einstellungen=einstellungen), STICHTAG)
    return propose_kosten(sachstand, compute_konto(sachstand))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
