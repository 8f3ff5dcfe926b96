"""Proceedings: every act stops letters and applications, alone and in order, per claim and per debtor."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from fallbau import build_fall, build_vorgang, letter
from mahnakte.ablauf.halt import list_halte
from mahnakte.ablauf.plan import plan_fall
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.arten.brief import ARTEN, BRIEFARTEN, Gegenstand
from mahnakte.arten.ereignis import EREIGNISARTEN, GERICHTSAKTE
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.briefe.zulassung import check_halte
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.stand.verfahren import list_verfahren

TAG = dt.date(2026, 11, 30)
ZWEITE = """  - nummer: RE-2026-999
    datum: 01.10.2026
    betrag: 500,00
    leistung_am: 30.09.2026
    zugegangen_am: 02.10.2026
    faellig_am: 31.10.2026
    faelligkeit: vereinbart
"""
EVA = """  - kennung: eva
    vorname: Eva
    name: Muster
    strasse: Gartenweg 3
    plz: 04109
    ort: Leipzig
    land: SN
    verbraucher: ja
gesamtschuldner: ja
"""
# The orders in which the acts really happen (§§ 688 to 703d ZPO).
FOLGEN = (
    ("antrag_eingereicht", "monierung", "mb_erlassen", "mb_zugestellt", "vb_beantragt", "vb_erlassen",
     "vb_zugestellt", "rechtskraft", "vollstreckung"),
    ("antrag_eingereicht", "mb_erlassen", "mb_nicht_zugestellt", "mb_zugestellt", "widerspruch", "abgabe",
     "anspruchsbegruendung"),
    ("antrag_eingereicht", "mb_erlassen", "mb_zugestellt", "vb_beantragt", "vb_erlassen", "vb_zugestellt",
     "einspruch", "abgabe", "anspruchsbegruendung", "rechtskraft"),
    ("antrag_eingereicht", "monierung", "antrag_zurueckgewiesen"),
    ("antrag_eingereicht", "antrag_zurueckgewiesen", "antrag_eingereicht", "mb_erlassen", "mb_zugestellt",
     "widerspruch"),
)  # fmt: skip
ANFAENGE = sorted({folge[: n + 1] for folge in FOLGEN for n in range(len(folge))}, key=lambda f: (len(f), f))
TITEL = "titel:\n  - kennung: vb-1\n    art: vollstreckungsbescheid\n    erlassen_am: 01.07.2026\n"


def akte(*arten: str, schuldner: str = "") -> str:
    """Return the events, one a day from 1 July 2026 on."""
    wer = f"\n    schuldner: {schuldner}" if schuldner else ""
    return "ereignisse:\n" + "".join(
        f"  - am: {tag:02}.07.2026\n    art: {art}{wer}"
        + ("\n    titel: vb-1" if "titel" in EREIGNISARTEN[art].pflicht else "")
        + "\n"
        for tag, art in enumerate(arten, start=1)
    )


def demands(fall: Fall) -> set[str]:
    """Return the demands that `mahnakte brief` would write on TAG."""
    halte = list_halte(Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG)))
    moegliche = set()
    for art in ARTEN:
        try:
            check_halte(BRIEFARTEN[art], halte)
        except Ablehnung:
            continue
        if BRIEFARTEN[art].fordert:
            moegliche.add(art)
    return moegliche


@pytest.mark.parametrize("folge", [(art,) for art in GERICHTSAKTE] + ANFAENGE, ids="-".join)
def test_every_act_stops_letters_and_applications(folge: tuple[str, ...]) -> None:
    fall = build_fall(akte(*folge))
    plan = plan_fall(Sachstand(fall, TAG))
    assert not plan.schritte
    assert plan.gruende[0].code == "BEI_GERICHT"
    assert EREIGNISARTEN[folge[-1]].name in plan.gruende[0].text
    assert demands(fall) <= {"angebot-aus-titel"}
    entwurf = derive_antrag(Sachstand(fall, TAG))
    codes = {befund.code for befund in entwurf.befunde}
    if folge[-1] == "antrag_zurueckgewiesen":  # § 691 ZPO: a new application is free, a person decides
        assert not codes & {"ANTRAG_BEI_GERICHT", "ANTRAG_TITULIERT"}
    else:
        assert entwurf.antrag is None
        assert codes & {"ANTRAG_BEI_GERICHT", "ANTRAG_TITULIERT"}


@pytest.mark.parametrize("folge", ANFAENGE, ids="-".join)
def test_a_later_invoice_outside_the_proceedings_is_still_reminded(folge: tuple[str, ...]) -> None:
    fall = build_fall(ZWEITE + akte(*folge))
    plan = plan_fall(Sachstand(fall, TAG))
    assert [schritt.art for schritt in plan.schritte] == ["zahlungserinnerung"]
    assert [zeile.rechnung for zeile in plan.schritte[0].konto.forderungen] == ["RE-2026-999"]
    assert any("RE-2026-131 ist bei Gericht" in grund.text for grund in plan.gruende)


def test_a_later_invoice_beside_a_title_is_still_reminded_and_its_balance_is_that_of_the_whole_account() -> (
    None
):
    """1.190,00 are titled; 300,00 went to costs and the title, so the new invoice is open in full."""
    titel = TITEL + "    betraege:\n      hauptforderung: 1.190,00\n      kosten: 80,00\n"
    dazu = (
        "kosten:\n  - {am: 01.06.2026, art: mahnkosten, betrag: '5,00'}\n"
        "  - {am: 01.08.2026, art: gericht, betrag: '40,00'}\n  - {am: 20.11.2026, art: auskunft, betrag: '6,00'}\n"
        "zahlungen:\n  - {am: 15.11.2026, betrag: '300,00'}\n"
    )
    fall = build_fall(ZWEITE + titel + dazu)
    voll = {zeile.rechnung: zeile for zeile in compute_konto(Sachstand(fall, TAG)).forderungen}
    (schritt,) = plan_fall(Sachstand(fall, TAG)).schritte
    (zeile,) = schritt.konto.forderungen
    assert (zeile.rechnung, zeile.offen) == ("RE-2026-999", voll["RE-2026-999"].offen)
    assert schritt.konto.zinsen == voll["RE-2026-999"].zinsen.offen
    assert schritt.konto.kosten == Decimal("6.00")


def test_the_filed_step_says_which_invoices_are_in() -> None:
    """The second invoice is older than the filing, but the application did not have it."""
    antrag = build_vorgang(1, "antrag", "2026-11-20", {"rechnungen": ["RE-2026-131"]})
    ereignis = "ereignisse:\n  - {am: 21.11.2026, art: antrag_eingereicht, vorgang: 1}\n"
    fall = build_fall(ZWEITE + ereignis, vorgaenge=(antrag,))
    assert [sorted(eines.rechnungen) for eines in list_verfahren(Sachstand(fall, TAG))] == [["RE-2026-131"]]
    assert [z.rechnung for s in plan_fall(Sachstand(fall, TAG)).schritte for z in s.konto.forderungen] == [
        "RE-2026-999"
    ]


def test_proceedings_against_one_joint_debtor_leave_letters_to_the_other() -> None:
    fall = build_fall(akte("mb_zugestellt", schuldner="max"), schuldner_dazu=EVA)
    plan = plan_fall(Sachstand(fall, TAG))
    assert [s.art for s in plan.schritte] == ["zahlungserinnerung"]
    assert [einer.kennung for einer in plan.an] == ["eva"]
    assert any("Max Schuldner bekommt keinen Brief" in grund.text for grund in plan.gruende)


def test_what_one_joint_debtor_has_before_the_court_is_asked_of_none_in_a_common_letter() -> None:
    fall = build_fall(ZWEITE + akte("mb_zugestellt", schuldner="max"), schuldner_dazu=EVA)
    plan = plan_fall(Sachstand(fall, TAG))
    assert [einer.kennung for einer in plan.an] == ["max", "eva"]
    assert [zeile.rechnung for zeile in plan.schritte[0].konto.forderungen] == ["RE-2026-999"]


@pytest.mark.parametrize("art", [art for art in ARTEN if BRIEFARTEN[art].gegenstand is Gegenstand.MAHNBAR])
def test_a_single_letter_asks_for_the_same_as_the_plan(art: str) -> None:
    fall = build_fall(ZWEITE + akte("mb_zugestellt"))
    teil, konto = compute_gegenstand(Sachstand(fall, TAG), BRIEFARTEN[art])
    assert [zeile.rechnung for zeile in konto.forderungen] == ["RE-2026-999"]
    assert teil.fall.schuldner == fall.schuldner


def test_a_second_application_has_only_what_the_first_had_not() -> None:
    fall = build_fall(ZWEITE + akte("antrag_eingereicht", "mb_zugestellt"))
    entwurf = derive_antrag(Sachstand(fall, TAG))
    codes = {befund.code for befund in entwurf.befunde}
    assert "ANTRAG_TEIL_BEI_GERICHT" in codes
    assert "ANTRAG_BEI_GERICHT" not in codes


VERGLEICH = "ereignisse:\n  - {am: 20.11.2026, art: vergleich, betrag: '500,00', bis: %s, grund: Einigung}\n"


@pytest.mark.parametrize(
    ("bis", "zahlung", "code"),
    [
        ("15.12.2026", "", "VERGLEICH"),
        ("29.11.2026", "", "VERGLEICH"),  # a Sunday: § 193 BGB, the 30th is still in time
        ("27.11.2026", "", "VERGLEICH_AUSGEBLIEBEN"),
        ("27.11.2026", "25.11.2026", "VERGLEICH_ERFUELLT"),
        ("25.11.2026", "27.11.2026", "VERGLEICH_AUSGEBLIEBEN"),
        ("15.12.2026", "25.11.2026", "VERGLEICH_ERFUELLT"),
    ],
)
def test_a_settlement_holds_the_series(bis: str, zahlung: str, code: str) -> None:
    gezahlt = f"zahlungen:\n  - {{am: {zahlung}, betrag: '500,00'}}\n" if zahlung else ""
    fall = build_fall(VERGLEICH % bis + gezahlt)
    plan = plan_fall(Sachstand(fall, TAG))
    assert not plan.schritte
    assert plan.gruende[0].code == code
    assert not demands(fall)
    entwurf = derive_antrag(Sachstand(fall, TAG))
    if code == "VERGLEICH":
        assert entwurf.antrag is None
        assert any("trotz: [frist" in befund.abhilfe for befund in entwurf.befunde)
    else:
        assert any(befund.code == "ANTRAG_VERGLEICH" for befund in entwurf.befunde)


def test_after_a_broken_settlement_a_person_lets_the_series_go_on() -> None:
    frei = "  - {am: 30.11.2026, art: freigabe, von: K. Beispiel, schritt: zahlungserinnerung}\n"
    assert plan_fall(Sachstand(build_fall(VERGLEICH % "27.11.2026" + frei), TAG)).schritte


def test_default_is_not_lost_with_the_other_invoices() -> None:
    """Nothing of the series changes where no court has anything: the same plan with and without the question."""
    fall = build_fall(ZWEITE, vorgaenge=(letter(1, "zahlungserinnerung", "2026-04-07", "2026-04-17"),))
    plan = plan_fall(Sachstand(fall, TAG))
    assert [s.art for s in plan.schritte] == ["mahnung-1"]
    assert {zeile.rechnung for zeile in plan.konto.forderungen} == {"RE-2026-131", "RE-2026-999"}
    assert plan.an == dataclasses.replace(fall).schuldner


BEZAHLT_WIE_VERLANGT = build_vorgang(
    1,
    "mahnung-1",
    "2026-11-10",
    {
        "frist_bis": "2026-11-20",
        "betrag": "1190.00",
        "betrag_gilt_bis": "2026-11-20",
        "rechnungen": ["RE-2026-131"],
    },
)
# One case for every reason that holds a whole case; the last day of each is TAG or later.
HALTE = {
    "BEZAHLT": ("zahlungen:\n  - {am: 02.04.2026, betrag: '2.000,00'}\n", ()),
    "VERLANGTES_GEZAHLT": (
        "ereignisse:\n  - {am: 02.04.2026, art: zahlung_verweigert}\nzahlungen:\n  - {am: 20.11.2026, betrag: '1.190,00'}\n",
        (BEZAHLT_WIE_VERLANGT,),
    ),
    "STICHTAG_ZU_FRUEH": ("", (letter(1, "mahnung-1", "2026-12-01", "2026-12-11"),)),
    "INSOLVENZ": ("ereignisse:\n  - {am: 02.05.2026, art: insolvenz}\n", ()),
    "VERSTORBEN": ("ereignisse:\n  - {am: 02.05.2026, art: verstorben}\n", ()),
    "UNBEKANNT_VERZOGEN": ("ereignisse:\n  - {am: 02.05.2026, art: unbekannt_verzogen}\n", ()),
    "BETREUUNG": ("ereignisse:\n  - {am: 02.05.2026, art: betreuung}\n", ()),
    "TITEL_VORHANDEN": (TITEL, ()),
    "BEI_GERICHT": (akte("widerspruch"), ()),
    "BESTRITTEN": ("ereignisse:\n  - {am: 02.05.2026, art: bestritten, grund: alles}\n", ()),
    "MAHNSPERRE": ("ereignisse:\n  - {am: 02.05.2026, art: mahnsperre, bis: 30.11.2026, grund: Nachfrage}\n", ()),
    "STUNDUNG": ("ereignisse:\n  - {am: 02.05.2026, art: stundung, bis: 30.11.2026}\n", ()),
    "RATENPLAN": (
        "ereignisse:\n  - {am: 02.05.2026, art: ratenplan, raten: [{am: 01.12.2026, betrag: '1.190,00'}]}\n", (),
    ),
    "RATE_AUSGEBLIEBEN": (
        "ereignisse:\n  - {am: 02.05.2026, art: ratenplan, raten: [{am: 01.06.2026, betrag: '1.190,00'}]}\n", (),
    ),
    "VERGLEICH": (VERGLEICH % "15.12.2026", ()),
    "VERGLEICH_ERFUELLT": (VERGLEICH % "27.11.2026" + "zahlungen:\n  - {am: 25.11.2026, betrag: '500,00'}\n", ()),
    "ZUSAGE": ("ereignisse:\n  - {am: 29.11.2026, art: kontakt, zusage_am: 05.12.2026}\n", ()),
}  # fmt: skip


@pytest.mark.parametrize("code", HALTE)
def test_what_stops_the_series_stops_the_application(code: str) -> None:
    """The only reasons missing here say that a person decides (rests, broken settlements): he may decide to apply."""
    zusatz, vorgaenge = HALTE[code]
    fall = build_fall(zusatz, vorgaenge=vorgaenge)
    assert plan_fall(Sachstand(fall, TAG)).gruende[0].code == code
    entwurf = derive_antrag(Sachstand(fall, TAG))
    assert entwurf.antrag is None
    andere = "Gericht für einen Rechtsstreit", "trotz: [ohne_mahnung]"  # what this plain case lacks anyway
    sperren = [f"{b.text} {b.abhilfe}" for b in entwurf.befunde if b.schwere is Schwere.SPERRE]
    assert [text for text in sperren if not any(wort in text for wort in andere)]


def test_a_disputed_part_of_what_the_court_has_takes_nothing_from_the_rest() -> None:
    streit = "  - {am: 02.08.2026, art: bestritten, grund: Mangel, rechnung: RE-2026-131, betrag: '100,00'}\n"
    (schritt,) = plan_fall(Sachstand(build_fall(ZWEITE + akte("mb_zugestellt") + streit), TAG)).schritte
    assert schritt.konto.hauptforderung == Decimal("500.00")


def test_a_waiver_of_interest_stays_a_waiver_of_interest() -> None:
    """10,00 of interest on the new invoice are waived: its principal stays whole."""
    dazu = akte("mb_zugestellt") + "verzicht:\n  - {am: 29.11.2026, betrag: '2,00', auf: zinsen}\n"
    fall = build_fall(ZWEITE + dazu)
    voll = compute_konto(Sachstand(fall, TAG))
    (schritt,) = plan_fall(Sachstand(fall, TAG)).schritte
    neu = next(zeile for zeile in voll.forderungen if zeile.rechnung == "RE-2026-999")
    assert schritt.konto.hauptforderung == neu.offen == Decimal("500.00")
    assert schritt.konto.zinsen == neu.zinsen.offen
