"""The letters: each one is known by its record alone, and every record keeps what the other rooms rely on."""

import ast
import dataclasses
import datetime as dt
import pathlib
import re
import typing

import pytest

from fallbau import build_fall, build_vorgang, letter, with_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.akte.auswahl import select_verweise
from mahnakte.akte.modell import Gruppe
from mahnakte.arten.alltagsworte import BRIEFWORTE
from mahnakte.arten.brief import (
    ARTEN,
    BRIEFARTEN,
    BRIEFGRUPPEN,
    BRIEFNAMEN,
    TONLAGEN,
    Briefart,
    Empfaenger,
    Gegenstand,
    explain_unknown,
    is_stufe_des_glaeubigers,
    rests_on,
)
from mahnakte.arten.ereignis import EREIGNISARTEN
from mahnakte.arten.folgeschritt import FOLGESCHRITTE, Dann
from mahnakte.arten.grundart import GRUENDE, Grundgruppe
from mahnakte.briefe.ton.woerter import read_woerter
from mahnakte.briefe.variablen import FORDERUNG
from mahnakte.briefe.zulassung import check_mahnplan
from mahnakte.fall.einstellungen import FREMDER_MAHNPLAN, MAHNPLAN, Mahnstufe
from mahnakte.fall.lesen import read_einstellungen
from mahnakte.fall.neu import write_einstellungen
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.text import fold
from mahnakte.stand.sachstand import Sachstand
from wortbau import GETEILTE_WORTE, MODULE, find_decisions, name_of

WURZEL = pathlib.Path(__file__).resolve().parent.parent
WORTE = {*ARTEN, *FOLGESCHRITTE}
TAG = dt.date(2026, 12, 31)
VORHER = "zahlungserinnerung"
jede_art = pytest.mark.parametrize("art", BRIEFARTEN.values(), ids=lambda art: art.art)


# --- nobody else lists them ------------------------------------------------------------------------------


@pytest.mark.parametrize("modul", MODULE, ids=name_of)
def test_nobody_decides_by_the_name_of_a_letter(modul: pathlib.Path) -> None:
    """Ask an attribute of the record instead; a new letter must not need this module."""
    assert not find_decisions(modul.read_text(encoding="utf-8"), WORTE - set(GETEILTE_WORTE))


@pytest.mark.parametrize("wort", sorted(WORTE & set(GETEILTE_WORTE)))
def test_each_shared_word_is_still_used_for_something_else(wort: str) -> None:
    assert any(find_decisions(modul.read_text(encoding="utf-8"), {wort}) for modul in MODULE)


@pytest.mark.parametrize(
    "quelltext",
    [
        "a == 'mahnung-1'",
        "'mahnung-1' != a",
        "a in ('mahnung-1',)",
        "a in 'mahnung-1'",
        "LISTE = ['mahnung-1', x]",
        "MENGE = frozenset({'mahnung-1'})",
        "NAMEN = {'mahnung-1': 'x'}",
        "BRIEF = {'x': 'mahnung-1'}",
        "x = namen['mahnung-1']",
        "x = namen.get('mahnung-1')",
        "Art = Literal['mahnung-1']",
        "Art = Literal['x', 'mahnung-1']",
        "PLAN = (x, 'mahnung-1' if y else None)",
        "match a:\n    case 'mahnung-1': pass",
        "match a:\n    case 'x' | 'mahnung-1': pass",
        "MUSTER = re.compile(r'x|mahnung-1')",
        "LISTE = 'x mahnung-1'.split()",
        "a.startswith('mahnung-1')",
    ],
)
def test_the_search_finds_a_planted_list(quelltext: str) -> None:
    assert find_decisions(quelltext, WORTE) == {"mahnung-1"}


@pytest.mark.parametrize(
    "quelltext",
    [
        "write(art='mahnung-1')",
        "ERSTE = 'mahnung-1'",
        "a == art.art",
        "text = 'Zuerst „mahnung-1“ schreiben, dann „mahnung-letzte“.'",
        "def f(art: str = 'mahnung-1') -> str:\n    'Return mahnung-1.'\n    return art",
        "a == 'mahnung'",
    ],
)
def test_the_search_leaves_alone_what_decides_nothing(quelltext: str) -> None:
    assert find_decisions(quelltext, WORTE) == set()


def test_the_search_reads_every_module() -> None:
    assert len(MODULE) > 200
    assert not [modul for modul in MODULE if name_of(modul).startswith("arten/")]
    assert all(ast.parse(modul.read_text(encoding="utf-8")) for modul in MODULE)


# --- every record ----------------------------------------------------------------------------------------


@jede_art
def test_a_letter_has_its_names(art: Briefart) -> None:
    artikel, _, rest = art.dativ.partition(" ")
    assert artikel in {"dem", "der"}
    assert rest
    assert art.titel
    assert art.ton in TONLAGEN
    assert sum(art in gruppe for gruppe in BRIEFGRUPPEN.values()) == 1


def test_everyday_words_mean_one_letter() -> None:
    worte = [wort for art in BRIEFARTEN.values() for wort in art.alltagsworte]
    assert len(worte) == len(set(worte))
    assert not set(worte) & ({*BRIEFWORTE, *ARTEN} - {"insolvenz"})
    for art in BRIEFARTEN.values():
        for wort in art.alltagsworte:
            assert fold(wort) == wort
            assert explain_unknown(wort) == f"Gemeint ist wohl „{art.art}“."


@jede_art
def test_a_letter_stands_in_the_docs(art: Briefart) -> None:
    seite = (WURZEL / "docs" / "briefe.md").read_text(encoding="utf-8")
    assert f"| `{art.art}` | {art.titel} |" in seite
    assert (WURZEL / "templates" / "letters" / f"{art.art}.docx").is_file()


def test_every_letter_has_its_wording_in_one_maker() -> None:
    quellen = [datei.read_text(encoding="utf-8") for datei in (WURZEL / "werkzeuge").glob("vorlagen_*.py")]
    gefunden = [art for quelle in quellen for art in re.findall(r'^@brief\("([\w-]+)"', quelle, re.MULTILINE)]
    assert sorted(gefunden) == sorted(ARTEN)


def step(art: Briefart) -> Vorgang:
    stamm = f"2026-10-05_{art.art}"
    dateien = {f"{stamm}.{endung}": "0" * 64 for endung in ("docx", "pdf")}
    return dataclasses.replace(build_vorgang(1, art.art, "2026-10-05"), dateien=dateien)


@jede_art
def test_a_letter_has_its_place_in_the_akte(art: Briefart) -> None:
    fall = build_fall("", vorgaenge=[step(art)])
    (verweis,) = [v for v in select_verweise(Sachstand(fall, TAG), ()) if v.pfad.startswith("vorgaenge/")]
    assert verweis.gruppe is Gruppe.SCHREIBEN
    assert verweis.pfad.endswith(f"{art.art}.pdf")
    assert verweis.titel == f"{BRIEFNAMEN.get(art.art, art.art)} vom 05.10.2026"


def test_lists_call_the_series_by_its_names() -> None:
    assert BRIEFNAMEN == {
        "hinweis": "Zahlungshinweis",
        "zahlungserinnerung": "Zahlungserinnerung",
        "mahnung-1": "1. Mahnung",
        "mahnung-2": "2. Mahnung",
        "mahnung-3": "3. Mahnung",
        "mahnung-letzte": "Letzte Mahnung",
        "uebergabe-ankuendigung": "Ankündigung der Übergabe",
        "erstschreiben": "Erstes Schreiben",
    }


@jede_art
def test_what_a_letter_rests_on_is_an_event_with_what_it_takes_from_it(art: Briefart) -> None:
    """§ 44 BMG, §§ 1958, 1967 BGB, § 174 InsO: the address of who is asked stands in the event."""
    assert (art.ereignis is not None) == (not art.an_schuldner or art.gegenstand is Gegenstand.VEREINBART)
    if art.ereignis is None:
        return
    ereignis = EREIGNISARTEN[art.ereignis]
    assert rests_on(art.art, ereignis.wort)
    if art.an_schuldner:
        assert ereignis.absprache
    else:
        assert "empfaenger" in (*ereignis.pflicht, *ereignis.erlaubt)
        assert ereignis.schicksal is not None


@jede_art
def test_a_stage_can_be_written_by_the_plan(art: Briefart) -> None:
    if art.regelstufe is not None:
        assert art.stufe
        assert art.regelstufe.dann is None or art.regelstufe.dann in art.kuendigt_an
        assert bool(art.kuendigt_an) == (art.regelstufe.dann is not None)
    if art.stufe:
        assert art.fordert
        assert art.frist_tage
        assert art.gegenstand is Gegenstand.MAHNBAR
        assert art.hilfsblatt is not None
        assert not art.trotz
    if art.des_glaeubigers:
        assert "glaeubiger" in art.rollen
        assert is_stufe_des_glaeubigers(art.art)


STUFEN = [art for art in BRIEFARTEN.values() if art.stufe]


@pytest.mark.parametrize("rolle", ["glaeubiger", "inkasso", "anwalt"])
@pytest.mark.parametrize("art", STUFEN, ids=lambda art: art.art)
def test_any_stage_may_come_second_in_a_plan(art: Briefart, rolle: str) -> None:
    """Due three days after the deadline of the first one; the settings say who may not send it."""
    dann = art.kuendigt_an[0] if art.kuendigt_an else None
    plan = (Mahnstufe(art=VORHER, nach="faelligkeit"), Mahnstufe(art=art.art, frist_tage=12, dann=dann))
    fall = build_fall("", vorgaenge=[letter(1, VORHER, "2026-04-20", "2026-05-04")])
    absender = dataclasses.replace(fall.einstellungen.absender, rolle=rolle)
    einstellungen = dataclasses.replace(fall.einstellungen, absender=absender, mahnplan=plan)
    assert bool([b for b in check_mahnplan(einstellungen) if art.art in b.text]) == (rolle not in art.rollen)
    if art.art == VORHER:
        return
    sachstand = Sachstand(with_fall(fall, einstellungen=einstellungen), dt.date(2026, 5, 7))
    (schritt,) = plan_fall(sachstand).schritte
    assert (schritt.art, schritt.dann) == (art.art, dann)
    assert schritt.frist_bis == dt.date(2026, 5, 19)
    assert not plan_fall(sachstand.am(dt.date(2026, 5, 6))).schritte


@jede_art
def test_what_a_letter_announces_it_can_say(art: Briefart) -> None:
    assert set(art.kuendigt_an) <= set(FOLGESCHRITTE)
    assert not art.kuendigt_an or art.stufe


@jede_art
def test_a_letter_that_asks_for_no_answer_brings_no_form_for_one(art: Briefart) -> None:
    assert art.einladung or not art.antwortbogen
    assert not (art.fordert and not art.einladung)


@jede_art
def test_an_offer_sets_a_day_to_accept_and_asks_for_nothing(art: Briefart) -> None:
    if art.angebot:
        assert art.frist_tage
        assert not art.fordert


@jede_art
def test_what_a_letter_is_meant_for_can_be_explained(art: Briefart) -> None:
    assert art.nur_bei is None or GRUENDE[art.nur_bei].fehlt


def test_the_way_out_of_a_reason_is_a_letter_that_the_reason_does_not_stop() -> None:
    for grund in GRUENDE.values():
        if grund.brief is not None and grund.gruppe is not Grundgruppe.SONST:
            assert grund.code in BRIEFARTEN[grund.brief].trotz, grund.code


def test_third_parties_are_told_apart() -> None:
    """Each of them is asked by one letter alone."""
    andere = [art.an for art in BRIEFARTEN.values() if not art.an_schuldner]
    assert sorted(andere, key=lambda an: an.name) == [
        Empfaenger.MELDEBEHOERDE,
        Empfaenger.NACHLASSGERICHT,
        Empfaenger.VERWALTER,
    ]


def test_one_letter_opens_for_agencies_and_lawyers() -> None:
    """The eight items of § 13a (1) RDG, § 43d BRAO."""
    (art,) = [art for art in BRIEFARTEN.values() if art.eroeffnet]
    assert (art.art, set(art.rollen), len(art.pflichten)) == ("erstschreiben", {"inkasso", "anwalt"}, 8)


# --- the plan of who wrote none --------------------------------------------------------------------------


def test_the_lawful_default_is_the_one_of_the_docs() -> None:
    """docs/mahnakte-yaml.md: reminder 7 days after the due date, then 3 days after each deadline."""
    zeilen = [(s.art, s.nach, s.tage, s.frist_tage, s.setzt_in_verzug, s.dann) for s in MAHNPLAN]
    assert zeilen == [
        ("zahlungserinnerung", "faelligkeit", 7, 10, False, None),
        ("mahnung-1", "frist", 3, 10, True, None),
        ("mahnung-letzte", "frist", 3, 10, False, "mahnbescheid"),
    ]
    zeilen = [(s.art, s.nach, s.tage, s.frist_tage, s.setzt_in_verzug, s.dann) for s in FREMDER_MAHNPLAN]
    assert zeilen == [
        ("erstschreiben", "faelligkeit", 7, 14, True, None),
        ("folgeschreiben", "frist", 3, 10, False, None),
        ("letzte-aufforderung", "frist", 3, 10, False, "mahnbescheid"),
    ]


def test_the_settings_of_a_new_bestand_write_that_default_out() -> None:
    einstellungen, befunde = read_einstellungen(write_einstellungen("x.json"), "mahnakte.yaml")
    assert einstellungen is not None
    assert not befunde
    assert einstellungen.mahnplan == MAHNPLAN


@pytest.mark.parametrize(
    ("stufe", "eigene"),
    [
        ("hinweis", True),
        ("mahnung-1", True),
        ("mahnung-3", True),  # other systems count on
        ("mahnung-12", True),
        ("mahnung-123", False),
        ("mahnung-letzte", True),
        ("uebergabe-ankuendigung", True),
        ("erstschreiben", False),
        ("restforderung", False),
        ("", False),
    ],
)
def test_the_stages_of_a_creditor_before_somebody_else_takes_over(stufe: str, eigene: bool) -> None:
    assert is_stufe_des_glaeubigers(stufe) is eigene


# --- what follows the series -----------------------------------------------------------------------------


@pytest.mark.parametrize("wort", FOLGESCHRITTE)
def test_what_follows_is_known_to_settings_templates_and_tone(wort: str) -> None:
    assert set(typing.get_args(Dann)) == set(FOLGESCHRITTE)
    assert f"schritt.{wort}" in {variable.name for variable in FORDERUNG}
    assert wort in read_woerter("schritt").mapping("dann").texts(wort)
    assert any(wort in art.kuendigt_an for art in BRIEFARTEN.values())
    assert FOLGESCHRITTE[wort].kommando.startswith("mahnakte ")
