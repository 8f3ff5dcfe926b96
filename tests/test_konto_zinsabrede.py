"""What a plan or a deferral says about interest, in the account and in every room that shows it.

By hand: 1.200,00 in default since 13.03.2026, 5 points over 1,27 (from 01.07. over 1,52). Up to the plan of 01.04.:
1.200,00 × 6,27 % × 20 / 365 = 4,12. Three instalments: 400,00, 400,00, 404,12.
"""

import dataclasses
import datetime as dt
import pathlib
import shutil
from decimal import Decimal

import pytest

from fallbau import build_fall, build_vorgang
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablauf.plan import plan_fall
from mahnakte.ablauf.ratenplan import Ratenplan, Zinsweg, as_ereignis, compute_ratenplan
from mahnakte.antrag.aus_fall.forderungen import derive_forderungen
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.arten.brief import find_art
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.ratenplan import show_ratenplan
from mahnakte.blatt.forderungsaufstellung import aufstellung_werte
from mahnakte.briefe.brief import compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Zahlung, Zinsvereinbarung
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage
from mahnakte.werk.yamlzeilen import yaml_lines

ZAHLUNGEN = "zahlungen:\n  - {am: 04.05.2026, betrag: '400,00'}\n  - {am: 01.06.2026, betrag: '400,00'}\n"
LETZTE = "  - {am: 01.07.2026, betrag: '404,12'}\n"
GEMAHNT = """ereignisse:
  - {am: 01.03.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 12.03.2026}
  - {am: 03.03.2026, art: mahnung_zugegangen, stufe: mahnung-1}
"""
PLAN = """  - am: 01.04.2026
    art: ratenplan
    raten:
      - {am: 04.05.2026, betrag: "400,00"}
      - {am: 01.06.2026, betrag: "400,00"}
      - {am: 01.07.2026, betrag: "404,12"}
"""
GEKUENDIGT = "  - {am: 15.06.2026, art: ratenplan_gekuendigt}\n"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def plan(**keys: str) -> str:
    return PLAN + "".join(f"    {name}: {wert}\n" for name, wert in keys.items())


def stundung(**keys: str) -> str:
    return "  - am: 01.04.2026\n    art: stundung\n    bis: 30.04.2026\n" + "".join(
        f"    {name}: {wert}\n" for name, wert in keys.items()
    )


def bau(
    ereignisse: str, rest: str = ZAHLUNGEN, vorgaenge: tuple[Vorgang, ...] = (), **schuldner: object
) -> Fall:
    """Return the case: one invoice over 1.200,00, due by law on 15.02.2026, a consumer unless said otherwise."""
    fall = build_fall(GEMAHNT + ereignisse + rest, vorgaenge=vorgaenge)
    (forderung,) = fall.forderungen
    tage = {"datum": day("2026-02-01"), "leistung_am": day("2026-02-01"), "faellig_am": day("2026-02-15")}
    neu = dataclasses.replace(
        forderung, betrag=Decimal("1200.00"), zugegangen_am=day("2026-02-03"), leistung_bis=None, **tage
    )
    eigene = tuple(dataclasses.replace(einer, **schuldner) for einer in fall.schuldner)
    return dataclasses.replace(fall, forderungen=(neu,), schuldner=eigene)


def gesamt(fall: Fall, tag: str) -> str:
    return str(compute_konto(Sachstand(fall, day(tag))).gesamt)


def codes(konto: Konto) -> set[str]:
    return {befund.code for befund in konto.befunde} - {"NACH_STICHTAG"}


def bestaetigung(daten: dict[str, str] | None = None, art: str = "ratenplan-bestaetigung") -> Vorgang:
    """Return a published letter about the plan, as edition 0.1.0 wrote it unless `daten` says more."""
    alt = {"anlass_schluessel": "ratenplan 2026-04-01", "betrag": "1204.12", "betrag_gilt_bis": "2026-07-01"}
    return build_vorgang(1, art, "2026-04-01", {**alt, "rechnungen": []} if daten is None else daten)


# --- kept, cancelled, replaced ---------------------------------------------------------------------------


def test_ein_zinsfreier_plan_bleibt_zinsfrei_und_endet_bei_null() -> None:
    fall = bau(plan(zinsen="keine"))
    konto = compute_konto(Sachstand(fall, day("2026-06-02")))
    assert (str(konto.gesamt), konto.zinsen_je_tag, codes(konto)) == ("404.12", Decimal("0.00"), set())
    assert [a.zeile.bis for a in konto.abschnitte] == [day("2026-04-01")]
    assert "Zinsfrei ab 02.04.2026 (Ratenplan vom 01.04.2026)" in konto.forderungen[0].zinssatz_grund
    fertig = bau(plan(zinsen="keine"), ZAHLUNGEN + LETZTE)
    assert gesamt(fertig, "2026-12-01") == "0.00"
    assert plan_fall(Sachstand(fertig, day("2026-12-01"))).gruende[0].code == "BEZAHLT"


def test_eine_verspaetete_rate_allein_kostet_nichts() -> None:
    spaet = ZAHLUNGEN.replace("01.06.2026", "20.06.2026")
    assert gesamt(bau(plan(zinsen="keine"), spaet), "2026-06-25") == "404.12"


def test_nach_der_kuendigung_laufen_zinsen_ab_dem_naechsten_tag() -> None:
    konto = compute_konto(Sachstand(bau(plan(zinsen="keine") + GEKUENDIGT), day("2026-06-30")))
    # 404,12 × 6,27 % × 15 / 365 = 1,04 (16.06. to 30.06.)
    assert (str(konto.zinsen), str(konto.gesamt)) == ("1.04", "405.16")
    assert "ab 16.06.2026 laufen wieder Zinsen, weil der Plan am 15.06.2026 gekündigt wurde" in (
        konto.forderungen[0].zinssatz_grund
    )


def test_rueckwirkend_nur_wenn_es_vereinbart_ist() -> None:
    rueckwirkend = bau(plan(zinsen="keine", bei_verzug="rueckwirkend") + GEKUENDIGT)
    konto = compute_konto(Sachstand(rueckwirkend, day("2026-06-30")))
    # as if there had been no plan: 10,72 + 3,90 paid; 414,62 × 6,27 % × 30 / 365 = 2,14
    assert (str(konto.zinsen), str(konto.gesamt)) == ("2.14", "416.76")
    assert gesamt(rueckwirkend, "2026-06-30") == gesamt(bau(""), "2026-06-30")
    assert "rückwirkend" in konto.forderungen[0].zinssatz_grund
    gehalten = bau(plan(zinsen="keine", bei_verzug="rueckwirkend"))
    assert gesamt(gehalten, "2026-06-02") == "404.12"  # not cancelled: nothing has lapsed
    ausdruecklich = bau(plan(zinsen="keine", bei_verzug="ab_kuendigung") + GEKUENDIGT)
    assert gesamt(ausdruecklich, "2026-06-30") == "405.16"


def test_ein_neuer_plan_loest_den_alten_ab() -> None:
    neu = "  - {am: 15.06.2026, art: ratenplan, zinsen: %s, raten: [{am: 01.08.2026, betrag: '404,12'}]}\n"
    firma = {"verbraucher": False}
    weiter = compute_konto(Sachstand(bau(plan(zinsen="keine") + neu % "keine", **firma), day("2026-06-30")))
    # a business owes 9 points: 1.200,00 × 10,27 % × 20 / 365 = 6,75; 406,75 × 10,27 % × 15 / 365 = 1,72
    assert str(weiter.gesamt) == "406.75"
    danach = compute_konto(Sachstand(bau(plan(zinsen="keine") + neu % "danach", **firma), day("2026-06-30")))
    assert str(danach.gesamt) == "408.47"
    assert "gilt der neue Ratenplan" in danach.forderungen[0].zinssatz_grund


def test_eine_spaetere_rechnung_gehoert_nicht_zum_plan() -> None:
    fall = bau(plan(zinsen="keine"))
    spaeter = dataclasses.replace(
        fall.forderungen[0], nummer="RE-2", datum=day("2026-04-10"), leistung_am=day("2026-04-10"),
        faellig_am=day("2026-05-04"), faelligkeit="vereinbart", betrag=Decimal("1000.00"),
    )  # fmt: skip
    konto = compute_konto(
        Sachstand(dataclasses.replace(fall, forderungen=(*fall.forderungen, spaeter)), day("2026-05-03"))
    )
    assert konto.ausblick is not None
    assert konto.ausblick.ab == day("2026-05-05")  # 04.05. is its agreed day of payment
    assert konto.ausblick.je_tag == Decimal("0.17")  # 1.000,00 × 6,27 % / 365


# --- interest of before, and waivers ---------------------------------------------------------------------


def test_bisherige_zinsen_bleiben_oder_sind_erlassen() -> None:
    assert gesamt(bau(plan(zinsen="keine", zinsen_bisher="bleibt"), ""), "2026-04-01") == "1204.12"
    erlassen = compute_konto(
        Sachstand(bau(plan(zinsen="keine", zinsen_bisher="erlassen"), ""), day("2026-04-20"))
    )
    assert str(erlassen.gesamt) == "1200.00"
    (nachlass,) = erlassen.abzuege
    assert (nachlass.art, str(nachlass.betrag), nachlass.am) == ("verzicht", "4.12", day("2026-04-01"))
    beide = bau(plan(zinsen="keine", zinsen_bisher="erlassen", bei_verzug="rueckwirkend") + GEKUENDIGT)
    assert gesamt(beide, "2026-06-30") == "416.76"  # with the plan the waiver lapses


@pytest.mark.parametrize(
    ("verzicht", "erwartet", "schon"),
    [
        ("{am: 02.06.2026, betrag: '10,64', auf: zinsen}", "404.12", True),  # 414,76 − 404,12
        ("{am: 02.06.2026, betrag: '10,64'}", "404.12", True),
        ("{am: 02.06.2026, betrag: '15,00'}", "399.76", True),  # 4,36 more than that interest
        ("{am: 02.06.2026, betrag: '10,64', auf: hauptforderung}", "393.48", False),  # said to be principal
        (
            "{am: 31.03.2026, betrag: '2,00', auf: zinsen}",
            "402.13",
            False,
        ),  # of before the plan: 3,92 + 0,21 − 2,00
    ],
)
def test_ein_verzicht_auf_diese_zinsen_wird_nicht_zweimal_abgezogen(
    verzicht: str, erwartet: str, schon: bool
) -> None:
    konto = compute_konto(
        Sachstand(bau(plan(zinsen="keine"), f"{ZAHLUNGEN}verzicht:\n  - {verzicht}\n"), day("2026-06-02"))
    )
    assert str(konto.gesamt) == erwartet
    assert ("VERZICHT_SCHON_ENTHALTEN" in codes(konto)) is schon


def test_ein_verzicht_nach_der_letzten_rate_ist_kein_befund() -> None:
    rest = f"{ZAHLUNGEN}{LETZTE}verzicht:\n  - {{am: 02.07.2026, betrag: '10,66', auf: zinsen}}\n"
    alt = compute_konto(Sachstand(bau(PLAN, f"{ZAHLUNGEN}{LETZTE}"), day("2026-07-02")))
    konto = compute_konto(
        Sachstand(
            bau(plan(zinsen="keine"), rest.replace("10,66", str(alt.gesamt).replace(".", ","))),
            day("2026-07-20"),
        )
    )
    assert (str(konto.gesamt), codes(konto)) == ("0.00", {"VERZICHT_SCHON_ENTHALTEN"})


# --- who may agree on what -------------------------------------------------------------------------------


@pytest.mark.parametrize("zinsen", ["danach", "eingerechnet"])
def test_von_verbrauchern_keine_zinsen_ausser_denen_des_vertrags(zinsen: str) -> None:
    verbraucher = compute_konto(Sachstand(bau(plan(zinsen=zinsen)), day("2026-06-02")))
    assert (str(verbraucher.gesamt), codes(verbraucher)) == ("404.12", {"ZINSABREDE_VERBRAUCHER"})
    unbekannt = compute_konto(Sachstand(bau(plan(zinsen=zinsen), verbraucher=None), day("2026-06-02")))
    assert "ZINSABREDE_VERBRAUCHER" in codes(unbekannt)
    firma = compute_konto(Sachstand(bau(plan(zinsen=zinsen), verbraucher=False), day("2026-06-02")))
    ohne = compute_konto(Sachstand(bau("", verbraucher=False), day("2026-06-02")))
    assert (firma.gesamt, codes(firma)) == (ohne.gesamt, set())


def with_contract(fall: Fall) -> Fall:
    """Return the case with interest of the contract: 5 percent from 01.03.2026."""
    zinsen = Zinsvereinbarung(
        satz=Decimal("5.00"), vereinbart=True, ab=day("2026-03-01"), stelle=fall.forderungen[0].stelle
    )
    return dataclasses.replace(
        fall, forderungen=tuple(dataclasses.replace(f, zinsen=zinsen) for f in fall.forderungen)
    )


def test_vertragszinsen_laufen_weiter_oder_ruhen_wie_vereinbart() -> None:
    # 1.200,00 × 5 % × 32 / 365 = 5,26 (01.03. to 01.04.); to 30.04. 61 days = 10,03
    assert gesamt(with_contract(bau(plan(zinsen="keine"), "")), "2026-04-30") == "1205.26"
    danach = compute_konto(Sachstand(with_contract(bau(plan(zinsen="danach"), "")), day("2026-04-30")))
    assert (str(danach.gesamt), codes(danach)) == ("1210.03", set())


# --- events without the key, letters of ours ------------------------------------------------------------


def test_ein_alter_plan_ohne_schluessel_rechnet_wie_bisher_und_fragt() -> None:
    konto = compute_konto(Sachstand(bau(PLAN), day("2026-06-02")))
    assert (str(konto.gesamt), codes(konto)) == ("414.76", {"RATENPLAN_ZINSEN_UNGEKLAERT"})


@pytest.mark.parametrize("art", ["ratenplan-bestaetigung", "ratenzahlungsvereinbarung"])
def test_unser_brief_bindet(art: str) -> None:
    konto = compute_konto(Sachstand(bau(PLAN, vorgaenge=(bestaetigung(art=art),)), day("2026-06-02")))
    assert (str(konto.gesamt), codes(konto)) == ("404.12", {"ZINSABREDE_NACH_BRIEF"})
    anders = compute_konto(
        Sachstand(bau(plan(zinsen="danach"), vorgaenge=(bestaetigung(art=art),)), day("2026-06-02"))
    )
    assert (str(anders.gesamt), codes(anders)) == ("404.12", {"ZINSABREDE_WIDERSPRUCH"})
    gleich = compute_konto(
        Sachstand(bau(plan(zinsen="keine"), vorgaenge=(bestaetigung(art=art),)), day("2026-06-02"))
    )
    assert (str(gleich.gesamt), codes(gleich)) == ("404.12", set())


def test_rueckwirkend_steht_auch_im_brief_oder_gilt_nicht() -> None:
    schluessel = plan(zinsen="keine", bei_verzug="rueckwirkend") + GEKUENDIGT
    ohne = bau(schluessel, vorgaenge=(bestaetigung(),))
    assert gesamt(ohne, "2026-06-30") == "405.16"
    daten = {"anlass_schluessel": "ratenplan 2026-04-01", "zinsen": "keine", "bei_verzug": "rueckwirkend"}
    assert gesamt(bau(schluessel, vorgaenge=(bestaetigung(daten),)), "2026-06-30") == "416.76"


def test_ein_brief_zu_einem_anderen_plan_oder_ein_stornierter_bindet_nicht() -> None:
    fremd = bestaetigung(
        {"anlass_schluessel": "ratenplan 2026-03-01", "betrag_gilt_bis": "2026-07-01", "betrag": "1.00"}
    )
    storno = build_vorgang(2, "storno", "2026-04-02", ersetzt=1)
    for vorgaenge in ((fremd,), (bestaetigung(), storno)):
        konto = compute_konto(Sachstand(bau(PLAN, vorgaenge=vorgaenge), day("2026-06-02")))
        assert (str(konto.gesamt), codes(konto)) == ("414.76", {"RATENPLAN_ZINSEN_UNGEKLAERT"})


def test_ein_alter_brief_ohne_zusage_beantwortet_die_frage() -> None:
    """To a business edition 0.1.0 wrote that interest is settled afterwards, and left `betrag_gilt_bis` out."""
    brief = bestaetigung({"anlass_schluessel": "ratenplan 2026-04-01"})
    konto = compute_konto(Sachstand(bau(PLAN, vorgaenge=(brief,), verbraucher=False), day("2026-06-02")))
    assert codes(konto) == {"ZINSABREDE_NACH_BRIEF"}
    assert konto.gesamt == compute_konto(Sachstand(bau("", verbraucher=False), day("2026-06-02"))).gesamt


# --- deferral --------------------------------------------------------------------------------------------

# 13.03. to 31.03.: 19 days = 3,92; 01.05. to 31.05.: 31 days = 6,39; 13.03. to 31.05.: 80 days = 16,49


@pytest.mark.parametrize(
    ("keys", "erwartet", "befunde"),
    [
        ({}, "1210.31", {"STUNDUNG_OHNE_VERZUGSZINSEN"}),
        ({"zinsen": "keine"}, "1210.31", set()),
        ({"zinsen": "keine", "bei_verzug": "rueckwirkend"}, "1216.49", set()),
        ({"zinsen": "danach"}, "1210.31", {"ZINSABREDE_VERBRAUCHER"}),
    ],
)
def test_stundung(keys: dict[str, str], erwartet: str, befunde: set[str]) -> None:
    konto = compute_konto(Sachstand(bau(stundung(**keys), ""), day("2026-05-31")))
    assert (str(konto.gesamt), codes(konto)) == (erwartet, befunde)


def test_stundung_gegenueber_einer_firma_danach_und_erlassen() -> None:
    firma = {"verbraucher": False}
    danach = compute_konto(Sachstand(bau(stundung(zinsen="danach"), "", **firma), day("2026-05-31")))
    assert danach.gesamt == compute_konto(Sachstand(bau("", "", **firma), day("2026-05-31"))).gesamt
    erlassen = bau(stundung(zinsen="keine", zinsen_bisher="erlassen"), "")
    assert gesamt(erlassen, "2026-05-31") == "1206.39"


def test_eine_eingehaltene_stundung_faellt_nicht_weg() -> None:
    puenktlich = "zahlungen:\n  - {am: 30.04.2026, betrag: '1.203,92'}\n"
    fall = bau(stundung(zinsen="keine", bei_verzug="rueckwirkend"), puenktlich)
    assert gesamt(fall, "2026-05-31") == "0.00"
    zu_wenig = bau(
        stundung(zinsen="keine", bei_verzug="rueckwirkend"), puenktlich.replace("1.203,92", "1.203,91")
    )
    assert Decimal(gesamt(zu_wenig, "2026-05-31")) > Decimal("5.00")


def test_der_stundungsbrief_bindet_auch_fuer_vertragszinsen() -> None:
    brief = build_vorgang(1, "stundung", "2026-04-01", {"anlass_schluessel": "stundung 2026-04-30",
                          "betrag": "1205.10", "betrag_gilt_bis": "2026-04-30"})  # fmt: skip
    ohne = with_contract(bau(stundung(), ""))
    mit = with_contract(bau(stundung(), "", (brief,)))
    # 1.200,00 × 5 % × 31 / 365 = 5,10 (01.03. to 31.03.); with April 61 days = 10,03
    assert (gesamt(ohne, "2026-04-30"), gesamt(mit, "2026-04-30")) == ("1210.03", "1205.10")


# --- every room ------------------------------------------------------------------------------------------


def test_aufstellung_zeigt_wann_wieder_zinsen_laufen() -> None:
    fall = bau(plan(zinsen="keine") + GEKUENDIGT)
    (zeile,) = aufstellung_werte(fall, compute_konto(Sachstand(fall, day("2026-06-30"))))["forderungen"]
    assert "ab 16.06.2026 laufen wieder Zinsen" in zeile["grund"]


def test_die_kuendigung_verlangt_was_nach_ihr_geschuldet_ist() -> None:
    art = find_art("ratenplan-kuendigung")
    for keys, summe in (
        ({"zinsen": "keine"}, "404.12"),
        ({"zinsen": "keine", "bei_verzug": "rueckwirkend"}, "416.76"),
    ):
        _, konto = compute_gegenstand(Sachstand(bau(plan(**keys)), day("2026-06-30")), art)
        assert str(konto.gesamt) == summe, keys
        assert konto.ausblick is not None  # from the next day on interest runs again
        assert konto.ausblick.ab == day("2026-07-01")


def test_der_antrag_verlangt_keine_zinsen_fuer_die_zeit_des_plans() -> None:
    fall = bau(plan(zinsen="keine") + GEKUENDIGT, "")
    konto = compute_konto(Sachstand(fall, day("2026-06-30")))
    teil = derive_forderungen(fall, konto, Maengelliste())
    (ausgerechnet,) = teil.ausgerechnet
    # 4,12 and 1.200,00 × 6,27 % × 15 / 365 = 3,09
    assert (ausgerechnet.betrag, ausgerechnet.von) == (Decimal("7.21"), day("2026-03-13"))
    assert teil.hauptforderungen[0].zinsen[0].ab == day("2026-07-01")
    ohne = derive_forderungen(
        bau("", ""), compute_konto(Sachstand(bau("", ""), day("2026-06-30"))), Maengelliste()
    )
    assert (ohne.ausgerechnet, ohne.hauptforderungen[0].zinsen[0].ab) == ((), day("2026-03-13"))
    gestundet = compute_konto(Sachstand(bau(stundung(), ""), day("2026-05-31")))  # the same gap without a key
    assert derive_forderungen(bau(stundung(), ""), gestundet, Maengelliste()).ausgerechnet[
        0
    ].betrag == Decimal("10.31")


@pytest.fixture
def lage(werkstatt):
    return lambda tag: Lage(day(tag), werkstatt)


def test_die_gedruckten_zeilen_sind_ohne_befund(tmp_path: pathlib.Path, fixtures: pathlib.Path, lage) -> None:
    """What `mahnakte ratenplan` prints goes into fall.yaml as it is; a person enters it on the day of the plan."""
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(fixtures / "faelle" / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    text = (fixtures / "faelle" / "einfach.yaml").read_text(encoding="utf-8")
    (ordner / "fall.yaml").write_text(text, encoding="utf-8")
    plan = show_ratenplan(ordner, lage("2026-04-30"), day("2026-06-01"), anzahl=3)
    (ordner / "fall.yaml").write_text(text + "\n".join(plan.daten["yaml"]) + "\n", encoding="utf-8")
    konto = show_konto(ordner, lage("2026-05-04"))
    assert [befund.code for befund in konto.befunde] == []


def test_mangel_zinsfreier_plan(tmp_path: pathlib.Path, shared: pathlib.Path, lage) -> None:
    quelle = shared / "maengel" / "ablauf" / "raten"
    if not quelle.is_dir():
        pytest.skip("die Eingaben mit Mängeln liegen hier nicht")
    bestand = tmp_path / "raten"
    shutil.copytree(quelle, bestand, copy_function=shutil.copyfile)
    herkunft = Herkunft("test", "test", "0" * 32, "2026-11-30T08:00:00Z", "0")
    geschrieben = write_brief(bestand / "R1", Wunsch("ratenplan-bestaetigung"), lage("2026-04-01"), herkunft)
    assert geschrieben.daten["nr"] == 1
    assert show_konto(bestand / "R1", lage("2026-06-02")).daten["gesamt"] == "404.12"
    eingang = write_brief(bestand / "R1", Wunsch("zahlungseingang"), lage("2026-06-02"), herkunft)
    assert eingang.daten["nr"] == 2


# --- a plan as it is computed, entered, written and paid -------------------------------------------------


def entered(fall: Fall, plan: Ratenplan) -> Fall:
    """Return the case with the printed event, read as fall.yaml reads it."""
    text = "\n".join(yaml_lines("ereignisse", [as_ereignis(plan)]))
    (ereignis,) = build_fall(text).ereignisse
    return dataclasses.replace(fall, ereignisse=(*fall.ereignisse, ereignis))


@pytest.mark.parametrize("weg", list(Zinsweg))
def test_ein_plan_endet_wo_er_gerechnet_ist(weg: Zinsweg) -> None:
    fall = bau("", "", verbraucher=False)
    plan = compute_ratenplan(Sachstand(fall, day("2026-04-01")), day("2026-05-04"), anzahl=4, zinsweg=weg)
    vereinbart = entered(fall, plan)
    zahlungen = tuple(
        Zahlung(am=rate.am, betrag=rate.betrag, stelle=fall.forderungen[0].stelle) for rate in plan.raten
    )
    konto = compute_konto(Sachstand(dataclasses.replace(vereinbart, zahlungen=zahlungen), plan.raten[-1].am))
    assert (konto.gesamt, codes(konto)) == (plan.rest_danach, set())
    assert (konto.gesamt == 0) is (weg is not Zinsweg.DANACH)


@pytest.mark.parametrize(
    ("weg", "satz"),
    [
        (Zinsweg.KEINE, {"zinsen": "keine", "bei_verzug": "ab_kuendigung"}),
        (Zinsweg.DANACH, {"zinsen": "danach"}),
        (Zinsweg.EINGERECHNET, {"zinsen": "eingerechnet"}),
    ],
)
def test_der_brief_sagt_was_das_ereignis_sagt(weg: Zinsweg, satz: dict[str, str]) -> None:
    fall = bau("", "", verbraucher=False)
    plan = compute_ratenplan(Sachstand(fall, day("2026-04-01")), day("2026-05-04"), anzahl=4, zinsweg=weg)
    vereinbart = entered(fall, plan)
    art = find_art("ratenzahlungsvereinbarung")
    teil, konto = compute_gegenstand(Sachstand(vereinbart, day("2026-04-01")), art)
    stufe = Mahnstufe(art=art.art, frist_tage=14, dann=None)
    (brief,) = compute_briefe(teil.am(konto.stichtag), konto, stufe, day("2026-04-15"), None)
    assert {
        name: brief.daten.as_daten()[name]
        for name in ("zinsen", "bei_verzug")
        if name in brief.daten.as_daten()
    } == satz
    werte = brief.werte["ratenplan"]
    assert (werte["zinsfrei"], werte["eingerechnet"]) == (weg is Zinsweg.KEINE, weg is Zinsweg.EINGERECHNET)
    assert werte["zinsen"] == plan.zinsen_im_plan
    assert ("betrag_gilt_bis" in brief.daten.as_daten()) is (weg is not Zinsweg.DANACH)
    spaeter = dataclasses.replace(
        vereinbart, vorgaenge=(build_vorgang(1, art.art, "2026-04-01", brief.daten),)
    )
    ohne_schluessel = dataclasses.replace(
        spaeter,
        ereignisse=tuple(dataclasses.replace(e, zinsen=None, bei_verzug=None) for e in spaeter.ereignisse),
    )
    assert (
        gesamt(ohne_schluessel, "2026-06-30")
        == gesamt(spaeter, "2026-06-30")
        == gesamt(vereinbart, "2026-06-30")
    )


def test_ein_brief_ueber_bezahlte_stundung_geht_an_keinen_verbraucher() -> None:
    art = find_art("stundung")
    for zinsen in ("danach", "eingerechnet"):
        teil, konto = compute_gegenstand(Sachstand(bau(stundung(zinsen=zinsen), ""), day("2026-04-01")), art)
        with pytest.raises(Ablehnung, match="EuGH"):
            compute_briefe(
                teil.am(konto.stichtag), konto, Mahnstufe(art=art.art, frist_tage=0, dann=None), None, None
            )


def test_der_stundungsbrief_verlangt_was_am_neuen_tag_geschuldet_ist() -> None:
    """To a business with interest counted in: 13.03. to 29.04., 48 days of 10,27 % on 1.200,00 = 16,21."""
    art = find_art("stundung")
    summen = {
        "keine": "1206.42",
        "danach": "1206.75",
        "eingerechnet": "1216.21",
    }  # free from 01.04. on: 19 days, 6,42
    for zinsen, summe in summen.items():
        teil, konto = compute_gegenstand(
            Sachstand(bau(stundung(zinsen=zinsen), "", verbraucher=False), day("2026-04-01")), art
        )
        (brief,) = compute_briefe(
            teil.am(konto.stichtag), konto, Mahnstufe(art=art.art, frist_tage=0, dann=None), None, None
        )
        assert str(brief.werte["zahlung"]["betrag"]) == summe, zinsen
        assert brief.werte["stundung"]["zinsfrei"] is (zinsen == "keine")
