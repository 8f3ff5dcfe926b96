"""A payment that nobody has placed yet holds the case: letters and applications, but no limitation."""

import datetime as dt

import pytest

from fallbau import build_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.antrag.aus_fall.folgeantrag import derive_folgeantraege
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.hindernisse import check_hindernisse
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Befund
from mahnakte.stand.sachstand import Sachstand

HALT = "ereignisse:\n  - {am: 20.11.2026, art: zahlung_ungeklaert, betrag: '100,00', bis: 08.12.2026, buchung: bank:1}\n"


def decided(am: str, buchung: str = "") -> str:
    schluessel = f", buchung: {buchung}" if buchung else ""
    return f"{HALT}  - {{am: {am}, art: zahlung_entschieden{schluessel}}}\n"


def reasons(fall: Fall, tag: str) -> list[str]:
    return [grund.code for grund in plan_fall(Sachstand(fall, dt.date.fromisoformat(tag))).gruende]


def obstacles(fall: Fall, tag: str) -> list[Befund]:
    liste = Maengelliste()
    sachstand = Sachstand(fall, dt.date.fromisoformat(tag))
    check_hindernisse(sachstand, Freigabe(fall.antrag), liste)
    return [befund for befund in liste.befunde if befund.code == "ANTRAG_ZAHLUNG_UNGEKLAERT"]


@pytest.mark.parametrize(
    ("zusatz", "tag", "haelt"),
    [
        (HALT, "2026-11-19", False),  # before it came
        (HALT, "2026-11-20", True),
        (HALT, "2026-12-08", True),
        (HALT, "2026-12-09", False),  # longer than the setting nothing waits
        (decided("25.11.2026", "bank:1"), "2026-11-24", True),  # the decision is of tomorrow
        (decided("25.11.2026", "bank:1"), "2026-11-25", False),
        (decided("25.11.2026", "bank:2"), "2026-11-25", True),  # another booking was decided
        (decided("25.11.2026"), "2026-11-25", False),
        (decided("19.11.2026"), "2026-11-25", True),  # decided before it came: not about this one
    ],
)
def test_it_holds_until_it_is_decided_and_never_longer_than_its_last_day(
    zusatz: str, tag: str, haelt: bool
) -> None:
    fall = build_fall(zusatz)
    assert ("ZAHLUNG_UNGEKLAERT" in reasons(fall, tag)) is haelt
    assert not (haelt and plan_fall(Sachstand(fall, dt.date.fromisoformat(tag))).schritte)


def test_limitation_stands_above_the_hold_and_the_application_goes() -> None:
    """The claim of 2026 lapses at the end of 2029 (§§ 195, 199 (1) BGB): 14 days before, it comes first."""
    spaet = HALT.replace("20.11.2026", "10.12.2029").replace("08.12.2026", "31.12.2029")
    fall = build_fall(spaet)
    assert reasons(fall, "2029-12-16")[:1] == ["ZAHLUNG_UNGEKLAERT"]
    assert reasons(fall, "2029-12-18")[:2] == ["VERJAEHRUNG_EILT", "ZAHLUNG_UNGEKLAERT"]
    assert [befund.schwere.value for befund in obstacles(fall, "2029-12-16")] == ["sperre"]
    assert [befund.schwere.value for befund in obstacles(fall, "2029-12-18")] == ["warnung"]


@pytest.mark.parametrize(("tag", "antrag"), [("2026-11-30", False), ("2026-12-02", True)])
def test_the_follow_up_waits_but_not_past_the_six_months(tag: str, antrag: bool) -> None:
    """§ 701 ZPO: served on 15 June, the effect ends on 15 December; 14 days before, nothing waits any more."""
    ereignisse = HALT + (
        "  - {am: 01.06.2026, art: antrag_eingereicht}\n"
        "  - {am: 15.06.2026, art: mb_zugestellt, geschaeftszeichen: '26-1234567-0-0'}\n"
    )
    (folge,) = derive_folgeantraege(Sachstand(build_fall(ereignisse), dt.date.fromisoformat(tag)))
    assert "VB_ZAHLUNG_UNGEKLAERT" in {befund.code for befund in folge.befunde}
    assert (folge.antrag is not None) is antrag, folge.befunde
