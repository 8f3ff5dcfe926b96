"""A new invoice: the grace of the first stage, the stage per letter or per invoice, and what no letter has named."""

import dataclasses
import datetime as dt
import json
import pathlib
from decimal import Decimal

import pytest

import briefbau
from fallbau import build_fall, build_vorgang
from gerichtsbau import make_bestand
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablauf.halt import Grund
from mahnakte.ablauf.plan import announced_step, plan_fall
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.lauf import run_faelle
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage

ALT = "RE-2026-131"  # due on 31.03.2026
JE_RECHNUNG = "schwellen:\n  stufe_je: rechnung\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def second(faellig_am: str, faelligkeit: str = "gesetzlich") -> str:
    return (
        "  - nummer: NEU\n    datum: 01.04.2026\n    betrag: 500,00\n    leistung_am: 01.04.2026\n"
        f"    zugegangen_am: 02.04.2026\n    faellig_am: {faellig_am}\n    faelligkeit: {faelligkeit}\n"
    )


def sent(nr: int, art: str, am: str, frist_bis: str, *rechnungen: str) -> Vorgang:
    daten = {"frist_bis": frist_bis, "rechnungen": list(rechnungen or [ALT]), "empfaenger": ["max"]}
    return build_vorgang(nr, art, am, daten)


REIHE = (
    sent(1, "zahlungserinnerung", "2026-04-07", "2026-04-17"),
    sent(2, "mahnung-1", "2026-04-20", "2026-04-30"),
)


@pytest.mark.parametrize("einstellung", ["", JE_RECHNUNG])
@pytest.mark.parametrize(
    ("faellig_am", "dabei"),
    [("03.05.2026", False), ("28.04.2026", False), ("27.04.2026", True), ("15.04.2026", True)],
)
def test_the_grace_of_the_first_stage_holds_for_a_new_invoice(
    einstellung: str, faellig_am: str, dabei: bool
) -> None:
    """On 4 May the last letter is due; the first stage asks 7 days after the due date, so from 27 April on."""
    fall = build_fall(second(faellig_am), mahnakte=einstellung, vorgaenge=REIHE)
    plan = plan_fall(Sachstand(fall, day("2026-05-04")))
    je_brief = {s.art: {z.rechnung for z in s.konto.forderungen} for s in plan.schritte}
    if not dabei:
        assert je_brief == {"mahnung-letzte": {ALT}}
        ab = day("2026-05-10") if faellig_am.startswith("03") else day("2026-05-05")
        text = f"NEU ist neu: gemahnt wird sie ab {ab:%d.%m.%Y}"
        assert faellig_am == "03.05.2026" or any(text in grund.text for grund in plan.gruende)
    elif einstellung:
        assert je_brief == {"mahnung-letzte": {ALT}, "zahlungserinnerung": {"NEU"}}
    else:
        assert je_brief == {"mahnung-letzte": {ALT, "NEU"}}


def test_a_customer_to_keep_has_more_grace() -> None:
    """7 days of the stage and 7 of patience."""
    frei = "kundenklasse: behalten\nereignisse:\n  - {am: 01.05.2026, art: freigabe, von: K. B., schritt: mahnung-letzte}\n"
    for faellig_am, dabei in (("28.04.2026", False), ("27.04.2026", True)):
        fall = build_fall(second(faellig_am) + frei, vorgaenge=REIHE)
        (schritt,) = plan_fall(Sachstand(fall, day("2026-05-11"))).schritte
        assert ("NEU" in {z.rechnung for z in schritt.konto.forderungen}) is dabei


def test_a_young_invoice_alone_waits_as_ever_and_a_single_letter_may_ask_for_it() -> None:
    assert "07.04.2026" in plan_fall(Sachstand(build_fall(), day("2026-04-06"))).gruende[0].text
    teil, konto = compute_gegenstand(Sachstand(build_fall(), day("2026-04-02")), BRIEFARTEN["mahnung-1"])
    assert [zeile.rechnung for zeile in konto.forderungen] == [ALT]
    assert teil.fall.schuldner


def test_a_single_letter_leaves_the_young_invoice_out_as_the_plan_does() -> None:
    fall = build_fall(second("03.05.2026"), vorgaenge=REIHE)
    _, konto = compute_gegenstand(Sachstand(fall, day("2026-05-04")), BRIEFARTEN["mahnung-letzte"])
    assert [zeile.rechnung for zeile in konto.forderungen] == [ALT]


def test_another_systems_letter_has_named_what_was_due_by_its_day() -> None:
    """The foreign letter of 1 May named the invoice due on 30 April: it is no new one on 4 May."""
    fremd = "ereignisse:\n  - {am: 01.05.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 03.05.2026}\n"  # a Sunday: until the 4th, and three days after it
    plan = plan_fall(Sachstand(build_fall(second("30.04.2026") + fremd), day("2026-05-07")))
    assert {z.rechnung for s in plan.schritte for z in s.konto.forderungen} == {ALT, "NEU"}


def test_per_invoice_each_goes_through_the_series_and_nothing_is_asked_twice() -> None:
    """Costs stand in the letter of the highest stage; payments stay where the whole account has put them."""
    dazu = (
        second("15.04.2026")
        + "kosten:\n  - {am: 21.04.2026, art: mahnkosten, betrag: '2,50'}\n"
        + "zahlungen:\n  - {am: 22.04.2026, betrag: '100,00', auf: NEU}\n  - {am: 23.04.2026, betrag: '200,00'}\n"
    )
    fall = build_fall(dazu, mahnakte=JE_RECHNUNG, vorgaenge=REIHE)
    plan = plan_fall(Sachstand(fall, day("2026-05-04")))
    assert [s.art for s in plan.schritte] == ["mahnung-letzte", "zahlungserinnerung"]
    voll = compute_konto(Sachstand(fall, day("2026-05-04")))
    assert sum((s.konto.gesamt for s in plan.schritte), Decimal(0)) == voll.gesamt
    offen = {z.rechnung: z.offen for z in voll.forderungen}
    assert {z.rechnung: z.offen for s in plan.schritte for z in s.konto.forderungen} == offen
    assert plan.schritte[1].konto.kosten == 0


@pytest.mark.parametrize(
    ("faelligkeit", "dazu", "geht_mit"),
    [
        ("gesetzlich", "", False),
        ("vereinbart", "", True),  # § 286 (2) no. 1 BGB
        ("gesetzlich", "ereignisse:\n  - {am: 20.04.2026, art: zahlung_verweigert}\n", True),  # no. 3
        ("gesetzlich", "antrag:\n  trotz: [ohne_mahnung]\n  grund: Eile\n  freigegeben_von: K. B.\n", True),
    ],
)
def test_before_the_court_goes_only_what_a_letter_named_or_default_has_reached_otherwise(
    faelligkeit: str, dazu: str, geht_mit: bool
) -> None:
    """30 days (§ 286 (3) BGB) are not over on 20 May: due on 5 May."""
    fall = build_fall(
        second("05.05.2026", faelligkeit) + dazu,
        vorgaenge=(*REIHE, sent(3, "mahnung-letzte", "2026-05-04", "2026-05-15")),
    )
    entwurf = derive_antrag(Sachstand(fall, day("2026-05-20")))
    texte = [befund.text for befund in entwurf.befunde]
    assert any("NEU stand noch in keinem Schreiben" in text for text in texte) is (
        not geht_mit or "trotz" in dazu
    )
    assert all("§ 93 ZPO" in text for text in texte if "in keinem Schreiben" in text)
    plan = plan_fall(Sachstand(fall, day("2026-05-20")))
    assert any(grund.code == "NOCH_IN_KEINEM_SCHREIBEN" and "§ 93" in grund.text for grund in plan.gruende)


def test_after_thirty_days_default_has_come_without_a_letter() -> None:
    """§ 286 (3) BGB towards a business: invoice received on 2 April, due on 5 April; 6 May is past it."""
    fall = build_fall(second("05.04.2026") + "zahlungen: []\n")
    geschaeft = briefbau.as_business(fall)
    stand = Sachstand(geschaeft, day("2026-05-20"))
    assert {befund.code for befund in derive_antrag(stand).befunde} & {"ANTRAG_OHNE_MAHNUNG"} == set()


def test_nothing_demanded_at_all_waits_for_a_person() -> None:
    fall = build_fall()
    (befund, *_) = [
        b for b in derive_antrag(Sachstand(fall, day("2026-05-20"))).befunde if "Freigabe" in b.text
    ]
    assert "trotz: [ohne_mahnung]" in befund.abhilfe


def test_in_the_letter_a_new_invoice_is_called_new() -> None:
    fall = build_fall(second("15.04.2026"), vorgaenge=REIHE)
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-letzte", tag=day("2026-05-04"))
    assert [zeile["nummer"] for zeile in entwurf.werte["forderungen"]] == [ALT, "NEU (neu)"]
    assert entwurf.daten.as_daten()["rechnungen"] == [ALT, "NEU"]
    (erste,) = briefbau.draft_letters(build_fall(second("15.04.2026")), "mahnung-1", tag=day("2026-05-04"))
    assert [zeile["nummer"] for zeile in erste.werte["forderungen"]] == [ALT, "NEU"]


@pytest.mark.parametrize("uebergabe", [False, True])
def test_a_last_letter_announces_only_what_the_program_can_do(uebergabe: bool) -> None:
    """§ 688 (3), § 703d ZPO: against a debtor in Austria the application is refused."""
    dazu = (
        "uebergabe:\n  art: inkasso\n  name: Beispiel Inkasso GmbH\n  strasse: Weg 1\n  plz: '10115'\n  ort: Berlin\n"
        if uebergabe
        else ""
    )
    fall = build_fall(mahnakte=dazu, vorgaenge=REIHE)
    fall = dataclasses.replace(
        fall, schuldner=(dataclasses.replace(fall.schuldner[0], staat="AT", land=None),)
    )
    plan = plan_fall(Sachstand(fall, day("2026-05-04")))
    if uebergabe:
        assert [(s.art, s.dann) for s in plan.schritte] == [("mahnung-letzte", "uebergabe")]
    else:
        assert not plan.schritte
        assert plan.gruende[0].code == "SCHRITT_UNMOEGLICH"
    zuletzt = dataclasses.replace(
        fall, vorgaenge=(*REIHE, sent(3, "mahnung-letzte", "2026-05-04", "2026-05-15"))
    )
    danach = plan_fall(Sachstand(zuletzt, day("2026-05-20")))
    assert [s.art for s in danach.schritte] == (["uebergabe"] if uebergabe else [])


def test_an_agency_hands_over_to_nobody() -> None:
    """`uebergabe:` is the creditor's; and its last letter may announce a Mahnbescheid only."""
    dazu = "uebergabe:\n  art: anwalt\n  name: RA B\n  strasse: Weg 1\n  plz: '10115'\n  ort: Berlin\n"
    fall = build_fall(mahnakte=dazu)
    absender = dataclasses.replace(fall.einstellungen.absender, rolle="inkasso")
    abroad = dataclasses.replace(
        fall,
        einstellungen=dataclasses.replace(fall.einstellungen, absender=absender),
        schuldner=(dataclasses.replace(fall.schuldner[0], staat="FR", land=None),),
    )
    grund = announced_step(abroad, "mahnbescheid")
    assert isinstance(grund, Grund)
    assert "Ein Mensch entscheidet" in grund.text
    assert announced_step(abroad, "uebergabe") == "uebergabe"
    assert announced_step(fall, "mahnbescheid") == "mahnbescheid"


def test_a_single_last_letter_to_a_debtor_abroad_is_refused_with_the_reason(tmp_path: pathlib.Path) -> None:
    bestand = make_bestand(tmp_path / "b", "F1", eda="")
    fall = bestand / "F1" / "fall.yaml"
    text = fall.read_text(encoding="utf-8").replace(
        "    land: SN\n    verbraucher: ja", "    staat: AT\n    verbraucher: ja"
    )
    fall.write_text(text.replace("plz: 04109", "plz: '1010'"), encoding="utf-8")
    with WorkerPool(1, memory_mb=768) as werkstatt:
        lage = Lage(day("2026-05-04"), werkstatt)
        herkunft = Herkunft("t", "r", "l", "2026-05-04T08:00:00Z", "0")
        ergebnis = write_brief(bestand / "F1", Wunsch("mahnung-letzte"), lage, herkunft)
    assert {befund.code for befund in ergebnis.befunde} >= {"SCHRITT_UNMOEGLICH"}
    assert not list((bestand / "F1").glob("vorgaenge/*"))


def test_a_run_writes_one_letter_for_each_stage_and_a_second_run_nothing(tmp_path: pathlib.Path) -> None:
    bestand = make_bestand(tmp_path / "b", "F1", eda=JE_RECHNUNG, zusatz=second("15.04.2026", "vereinbart").replace(
        "    faelligkeit: vereinbart\n", "    faelligkeit: vereinbart\nereignisse:\n  - {am: 02.04.2026, art: kontakt}\n"
    ))  # fmt: skip
    with WorkerPool(1, memory_mb=768) as werkstatt:

        def run(tag: str):
            return run_faelle(
                [bestand], Lage(day(tag), werkstatt), Herkunft("t", "r", "l", f"{tag}T08:00:00Z", "0")
            )

        erster = run("2026-04-20")  # NEU has its grace until the 22nd
        assert [(b["art"]) for b in erster.daten["geschrieben"]] == ["zahlungserinnerung"]
        zweiter = run("2026-05-04")
        assert [b["art"] for b in zweiter.daten["geschrieben"]] == ["mahnung-1", "zahlungserinnerung"]
        assert zweiter.daten["zahl"] == {"faelle": 1, "briefe": 2, "ausgelassen": 0, "abgelehnt": 0}
        assert run("2026-05-04").daten["geschrieben"] == []
    daten = [
        json.loads((bestand / f"F1/vorgaenge/{nr:04d}/eintrag.json").read_text())["daten"] for nr in (1, 2, 3)
    ]
    assert [eintrag["rechnungen"] for eintrag in daten] == [["RE-F1"], ["RE-F1"], ["NEU"]]


def test_per_invoice_the_finished_ones_do_not_take_the_others_to_court() -> None:
    """NEU has had one letter, whose period is over; it goes along only where the stage is that of the letter."""
    reihe = (*REIHE, sent(3, "mahnung-letzte", "2026-05-04", "2026-05-15"),
             sent(4, "zahlungserinnerung", "2026-05-04", "2026-05-15", "NEU"))  # fmt: skip
    for einstellung, draussen in (("", False), (JE_RECHNUNG, True)):
        fall = build_fall(second("15.04.2026"), mahnakte=einstellung, vorgaenge=reihe)
        entwurf = derive_antrag(Sachstand(fall, day("2026-05-20")))
        assert ("ANTRAG_REIHE_OFFEN" in {befund.code for befund in entwurf.befunde}) is draussen
