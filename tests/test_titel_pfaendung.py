"""The attachment is served on the third-party debtor: the series rests, and his declaration has a date (§ 840 ZPO)."""

import datetime as dt

import pytest

from fallbau import build_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.akte.auswahl import select_verweise
from mahnakte.akte.modell import Gruppe
from mahnakte.fall.fall import Fall
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.fristeintrag import Fristeintrag
from mahnakte.uhren.fristenliste import compute_fristen
from mahnakte.uhren.uhr import compute_titeluhren

TITEL = "titel:\n  - {kennung: urteil-1, art: urteil, erlassen_am: 01.06.2026, rechtskraft_am: 01.07.2026}\n"
STICHTAG = dt.date(2026, 11, 30)


def attached(am: str = "17.11.2026", *, dazu: str = "", titel: str = "") -> Fall:
    return build_fall(
        f"ereignisse:\n  - {{am: {am}, art: pfaendung_zugestellt, titel: urteil-1, umfang: alles{dazu}}}\n{titel}"
    )


def declaration(fall: Fall, stichtag: dt.date = STICHTAG) -> Fristeintrag:
    eintraege = compute_fristen(Sachstand(fall, stichtag), compute_konto(Sachstand(fall, stichtag))).eintraege
    (eintrag,) = (einer for einer in eintraege if einer.art == "drittschuldnererklaerung")
    return eintrag


def test_without_it_a_reminder_goes_out() -> None:
    assert [schritt.art for schritt in plan_fall(Sachstand(build_fall(), STICHTAG)).schritte] == [
        "zahlungserinnerung"
    ]


def test_no_reminder_goes_out_after_it_even_where_no_title_is_entered() -> None:
    plan = plan_fall(Sachstand(attached(), STICHTAG))
    assert not plan.schritte
    assert plan.gruende[0].code == "BEI_GERICHT"
    assert "Zustellung der Pfändung an den Drittschuldner am 17.11.2026" in plan.gruende[0].text


def test_before_its_day_it_holds_nothing() -> None:
    assert plan_fall(Sachstand(attached("17.12.2026"), STICHTAG)).schritte


@pytest.mark.parametrize(
    ("zugestellt", "ende"),
    [
        ("17.11.2026", dt.date(2026, 12, 1)),  # a Tuesday, two weeks later a Tuesday (§ 188 (2) BGB)
        (
            "11.12.2026",
            dt.date(2026, 12, 28),
        ),  # 25 December, the second holiday and Sunday behind it (§ 222 (2) ZPO)
    ],
)
def test_the_declaration_is_due_two_weeks_after_service(zugestellt: str, ende: dt.date) -> None:
    eintrag = declaration(attached(zugestellt), dt.date(2026, 12, 15))
    assert eintrag.ende == ende
    assert "§ 840 Abs. 1 ZPO" in eintrag.grund
    assert not eintrag.erledigt


def test_it_is_past_until_somebody_says_that_the_declaration_came() -> None:
    assert declaration(attached(), dt.date(2026, 12, 2)).is_past(dt.date(2026, 12, 2))
    erklaert = declaration(attached(dazu=", bis: 25.11.2026"))
    assert erklaert.erledigt == "beendet am 25.11.2026"


@pytest.mark.parametrize("tag", ["20.11.2026", "30.11.2026"])
def test_a_lifted_attachment_leaves_nothing_to_declare(tag: str) -> None:
    assert declaration(attached(dazu=f", aufgehoben_am: {tag}")).erledigt == f"beendet am {tag}"


def test_its_proof_stands_with_the_papers_of_the_court() -> None:
    fall = attached(dazu=", beleg: belege/zustellung.pdf")
    (verweis,) = select_verweise(Sachstand(fall, STICHTAG), ["belege/zustellung.pdf"])
    assert verweis.gruppe is Gruppe.GERICHT


def test_the_title_begins_anew_as_by_every_act_of_enforcement() -> None:
    """§ 212 (1) no. 2 BGB: thirty years from 17 November 2026."""
    (uhr,) = compute_titeluhren(Sachstand(attached(titel=TITEL), STICHTAG))
    assert uhr.hauptforderung_bis == dt.date(2056, 11, 17)
