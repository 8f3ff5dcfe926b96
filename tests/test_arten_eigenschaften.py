"""What a record says is what the program does: asked of every member of a vocabulary, one by one."""

import datetime as dt
import typing

import pytest

from fallbau import build_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.akte.auswahl import select_verweise
from mahnakte.akte.modell import Gruppe
from mahnakte.arten import ereignis, grundart, kosten, partei, titel, vorgang
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.arten.ereignis import EREIGNISARTEN, GERICHTSAKTE, Ereignisart, Verjaehrungsfolge
from mahnakte.arten.grundart import GRUENDE, Bereich, Grundart, Grundgruppe, Loeser
from mahnakte.fall.fall import Fall
from mahnakte.stand.sachstand import Sachstand
from mahnakte.uhren.neubeginn import collect_neubeginne
from mahnakte.uhren.umstaende import collect_umstaende

TAG = dt.date(2026, 11, 30)
# One value for each key that some kind requires, so that an event of any kind can be written down.
WERTE = {
    "stufe": "mahnung-1", "grund": "Ware mangelhaft", "bis": "15.12.2026", "betrag": "'500,00'", "von": "E. Beispiel",
    "raten": "[{am: 15.12.2026, betrag: '1.190,00'}]", "titel": "vb-1",
}  # fmt: skip
MEHR = {
    "kontakt": {"zusage_am": "15.12.2026"},
    "vollstreckung": {"umfang": "alles"},
    "pfaendung_zugestellt": {"umfang": "alles"},
}
TITEL = "titel:\n  - {kennung: vb-1, art: urteil, erlassen_am: 01.06.2026, rechtskraft_am: 01.07.2026}\n"
ALLE = pytest.mark.parametrize("art", EREIGNISARTEN.values(), ids=lambda art: art.wort)


def event_line(art: Ereignisart, **weiteres: str) -> str:
    """Return an event of 10 November with what its kind requires, as a person writes it."""
    angaben = {key: WERTE[key] for key in art.pflicht} | MEHR.get(art.wort, {}) | weiteres
    return f"  - {{am: 10.11.2026, art: {art.wort}{''.join(f', {k}: {w}' for k, w in angaben.items())}}}\n"


def with_event(art: Ereignisart, titel_dazu: str = "", **weiteres: str) -> Fall:
    return build_fall(f"ereignisse:\n{event_line(art, **weiteres)}{titel_dazu}")


@ALLE
def test_what_a_kind_says_that_it_holds_is_the_reason_of_the_plan(art: Ereignisart) -> None:
    plan = plan_fall(Sachstand(with_event(art), TAG))
    codes = {grund.code for grund in plan.gruende}
    ganze = {einer.code for einer in GRUENDE.values() if einer.bereich is Bereich.FALL}
    assert codes & ganze == ({art.haelt.code} if art.haelt else set())
    assert not (art.haelt and plan.schritte)


@ALLE
def test_every_kind_has_its_place_in_the_akte(art: Ereignisart) -> None:
    if "beleg" not in (*art.pflicht, *art.erlaubt):
        assert art is ereignis.FREIGABE  # a decision of one's own: nothing to show to others
        return
    (verweis,) = select_verweise(
        Sachstand(with_event(art, beleg="belege/nachweis.pdf"), TAG), ["belege/nachweis.pdf"]
    )
    gericht = art.wort in GERICHTSAKTE or art.akte == "gericht"
    assert verweis.gruppe is (Gruppe.GERICHT if gericht else Gruppe.SCHREIBEN)
    assert verweis.titel.startswith(art.name)


@ALLE
def test_what_a_kind_says_about_limitation_is_what_the_clock_does(art: Ereignisart) -> None:
    ohne, mit = build_fall(), with_event(art)

    def umstaende(fall: Fall) -> tuple[object, ...]:
        return collect_umstaende(Sachstand(fall, TAG), fall.forderungen[0], "max", None).alle

    if art.verjaehrung is Verjaehrungsfolge.NEUBEGINN and art.abschnitt:
        neu = collect_neubeginne(
            Sachstand(with_event(art, TITEL), TAG), with_event(art, TITEL).titel[0], "max"
        )
        assert [einer.am for einer in neu.hauptforderung] == [dt.date(2026, 11, 10)]
    else:
        assert bool(len(umstaende(mit)) - len(umstaende(ohne))) is (art.verjaehrung is not None)


@pytest.mark.parametrize("art", GRUENDE.values(), ids=lambda art: art.code)
def test_every_reason_has_a_meaning_and_a_way_on(art: Grundart) -> None:
    assert art.bedeutung
    assert art.abhilfe.endswith(".")
    assert art.brief is None or art.brief in BRIEFARTEN
    if art.gruppe is not Grundgruppe.SONST:
        assert art.bereich is Bereich.FALL


def test_a_letter_that_is_meant_for_a_reason_can_say_that_it_is_missing() -> None:
    gemeint = {art.nur_bei for art in BRIEFARTEN.values() if art.nur_bei}
    assert gemeint == {art.code for art in GRUENDE.values() if art.fehlt}


def test_what_letters_are_written_in_spite_of_are_groups_of_reasons() -> None:
    """docs/briefe.md, third table: the four groups of briefe/arten.py, spelled out once."""
    assert {
        "BESTRITTEN", "MAHNSPERRE", "STUNDUNG", "RATENPLAN", "RATENPLAN_ERFUELLT", "RATE_AUSGEBLIEBEN", "VERGLEICH",
        "VERGLEICH_ERFUELLT", "VERGLEICH_AUSGEBLIEBEN", "ZUSAGE", "POSTENFRAGE", "POSTENSPERRE", "ZAHLUNG_UNGEKLAERT",
    } == grundart.RUHE  # fmt: skip
    assert {"TITEL_VORHANDEN", "BEI_GERICHT"} == grundart.GERICHT
    assert {"BEZAHLT", "VERLANGTES_GEZAHLT", "NUR_NEBENFORDERUNG"} == grundart.AUSGLEICH
    assert {art.code for art in GRUENDE.values() if art.loeser is Loeser.ZEIT} == {
        "MAHNSPERRE", "STUNDUNG", "RATENPLAN", "VERGLEICH", "ZUSAGE", "NICHTS_FAELLIG", "NOCH_NICHT", "FRIST_LAEUFT",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wort", "arten"),
    [
        (kosten.Kostenwort, kosten.KOSTENARTEN),
        (titel.Titelwort, titel.TITELARTEN),
        (titel.Umfangwort, titel.UMFAENGE),
        (partei.Parteiwort, partei.PARTEIARTEN),
    ],
)
def test_what_fall_yaml_takes_is_what_has_a_record(wort: object, arten: dict[str, object]) -> None:
    assert list(typing.get_args(wort)) == list(arten)


@pytest.mark.parametrize(
    ("modul", "arten"),
    [(ereignis, EREIGNISARTEN), (grundart, GRUENDE), (kosten, kosten.KOSTENARTEN), (titel, titel.TITELARTEN),
     (partei, partei.PARTEIARTEN), (vorgang, vorgang.VORGANGSARTEN)],
)  # fmt: skip
def test_each_record_is_called_as_its_word_is_spelled(modul: object, arten: dict[str, object]) -> None:
    for wort, art in arten.items():
        assert getattr(modul, wort.upper().replace("-", "_")) is art


def test_costs_by_what_the_law_says_of_them() -> None:
    """§§ 280, 286, 288 (5) BGB, § 13e RDG, § 13a (1) no. 5 RDG; the application: the courts' form."""
    assert {"inkasso", "rvg-2300"} == kosten.GEBUEHREN
    assert {"mahnkosten", "auskunft", "inkasso", "rvg-2300"} == kosten.VERZUGSSCHADEN
    assert {"mahnkosten", "inkasso", "rvg-2300", "verzugspauschale"} == kosten.NUR_BEI_VERZUG
    assert {"verzugspauschale", "inkasso", "rvg-2300"} == kosten.NUR_EINMAL
    assert {"gericht", "vollstreckung"} == kosten.VERFAHRENSKOSTEN
    assert {
        "ruecklastschrift", "mahnkosten", "gericht", "vollstreckung", "verzugspauschale",
    } == kosten.SELBSTERKLAEREND  # fmt: skip


def test_steps_by_what_rests_on_them() -> None:
    arten = vorgang.VORGANGSARTEN.values()
    assert {art.wort for art in arten if art.akte == "gericht"} == {"antrag", "vb-antrag"}
    assert {art.wort for art in arten if art.akte is None} == {"akte", "storno"}
    assert {art.wort for art in arten if art.baut_auf} == {"antrag", "vb-antrag", "akte", "nachtrag"}
    assert vorgang.find_vorgangsart("mahnung-1").baut_auf
    assert {"nachtrag", "zahlung_erfasst"} == vorgang.NACHTRAEGE
    assert vorgang.EINGEREICHT == {"antrag": "antrag_eingereicht", "vb-antrag": "vb_beantragt"}
