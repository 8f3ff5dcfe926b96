"""Created and sent are two facts; a created letter can be cancelled, a sent one never; what is untrue is not sent."""

import dataclasses
import datetime as dt
import json
import pathlib
import shutil
from collections.abc import Iterator

import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.befehle.vermerk import record_storno, record_versand
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

FAELLE = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle"
HERKUNFT = Herkunft("test", "test", "lauf", "2026-04-10T08:00:00Z", "0")
TAG = dt.date(2026, 4, 10)


@pytest.fixture(scope="module")
def lage() -> Iterator[Lage]:
    with WorkerPool(1) as werkstatt:
        yield Lage(TAG, werkstatt)


@pytest.fixture
def fall(tmp_path: pathlib.Path, lage: Lage) -> pathlib.Path:
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    assert run_faelle([ordner], lage, HERKUNFT).daten["zahl"]["briefe"] == 1
    return ordner


def test_a_cancelled_letter_is_written_anew(fall: pathlib.Path, lage: Lage) -> None:
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).daten["nr"] == 2
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).daten["nr"] is None  # once is enough
    neu = run_faelle([fall], lage, HERKUNFT).daten["geschrieben"]
    assert [(eintrag["nr"], eintrag["art"]) for eintrag in neu] == [(3, "zahlungserinnerung")]
    assert check([fall], lage).exit_code == 0


def test_a_sent_letter_is_never_cancelled(fall: pathlib.Path, lage: Lage) -> None:
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] == 2
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] is None
    ergebnis = record_storno(fall, 1, "zu spät", lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert "versandt am 10.04.2026 (post)" in ergebnis.befunde[0].text


@pytest.mark.parametrize(("nr", "rueckgabe"), [(2, 3), (7, 2)])
def test_only_standing_steps_can_be_meant(fall: pathlib.Path, lage: Lage, nr: int, rueckgabe: int) -> None:
    """Step 2 is itself a note: refused. There is no step 7: a wrong call."""
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    ergebnis = record_versand(fall, nr, TAG, "bote", lage, HERKUNFT)
    assert ergebnis.exit_code == rueckgabe
    assert ergebnis.befunde[0].code == "VORGANG_NICHT_DA"


def test_sending_does_not_stop_the_series(fall: pathlib.Path, lage: Lage) -> None:
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    spaeter = dataclasses.replace(lage, stichtag=dt.date(2026, 4, 23))
    assert run_faelle([fall], spaeter, HERKUNFT).daten["geschrieben"][0]["art"] == "mahnung-1"


@pytest.mark.parametrize(
    ("am", "wort"),
    [(TAG - dt.timedelta(days=1), "vor dem Schreiben"), (TAG + dt.timedelta(days=1), "nach dem Stichtag")],
)
def test_nothing_is_sent_before_it_is_written_or_after_today(
    fall: pathlib.Path, lage: Lage, am: dt.date, wort: str
) -> None:
    ergebnis = record_versand(fall, 1, am, "post", lage, HERKUNFT)
    assert (ergebnis.exit_code, ergebnis.befunde[0].code) == (3, "VERSANDTAG_FALSCH")
    assert wort in ergebnis.befunde[0].text


def test_the_sentence_says_what_happened_to_the_step(fall: pathlib.Path, lage: Lage) -> None:
    assert record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT).zeilen == (
        "Vorgang 0001 storniert (falsche Anschrift); vermerkt als Vorgang 0002.",
    )
    texte = [
        record_versand(fall, 1, TAG, "post", lage, HERKUNFT).befunde[0].text,
        record_storno(fall, 2, "doch nicht", lage, HERKUNFT).befunde[0].text,
    ]
    assert texte == [
        "Vorgang 0001 ist storniert; er lässt sich nicht mehr versenden.",
        "Vorgang 0002 ist selbst ein Vermerk (storno); er lässt sich nicht stornieren.",
    ]


# --- what is no longer true is not sent silently --------------------------------------------------------

BEZAHLT = "zahlungen:\n  - am: 12.04.2026\n    betrag: 1.190,00\n"
STRITTIG = "ereignisse:\n  - am: 11.04.2026\n    art: bestritten\n    grund: nicht geliefert\n"
UMZUG = ("Bahnhofstr. 12", "Neuer Weg 99")


def add(fall: pathlib.Path, zusatz: str) -> None:
    with (fall / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write(zusatz)


def later(lage: Lage, tag: int, monat: int = 4) -> Lage:
    return dataclasses.replace(lage, stichtag=dt.date(2026, monat, tag))


def change(fall: pathlib.Path, alt: str, neu: str) -> None:
    text = (fall / "fall.yaml").read_text(encoding="utf-8")
    assert alt in text
    (fall / "fall.yaml").write_text(text.replace(alt, neu), encoding="utf-8")


@pytest.mark.parametrize(
    ("was", "wort"),
    [
        (lambda fall: add(fall, BEZAHLT), "ausgeglichen"),
        (lambda fall: add(fall, STRITTIG), "Bestritten seit 11.04.2026"),
        (lambda fall: change(fall, *UMZUG), "Neuer Weg 99"),
        (lambda fall: change(fall, "betrag: 1.190,00", "betrag: 1.090,00"), "1.090,00"),
    ],
    ids=["bezahlt", "bestritten", "umgezogen", "falscher Betrag"],
)
def test_what_is_overtaken_is_stopped_today_and_recorded_with_a_reason(fall, lage, was, wort) -> None:
    was(fall)
    heute = later(lage, 13)
    gestoppt = record_versand(fall, 1, heute.stichtag, "post", heute, HERKUNFT)
    (befund,) = gestoppt.befunde
    assert (gestoppt.exit_code, befund.code, gestoppt.daten["nr"]) == (3, "BRIEF_UEBERHOLT", None)
    assert wort in befund.text
    assert "mahnakte storno" in befund.abhilfe
    trotzdem = record_versand(
        fall, 1, heute.stichtag, "post", heute, HERKUNFT, trotzdem="mit dem Schuldner vereinbart"
    )
    assert (trotzdem.exit_code, trotzdem.daten["nr"]) == (1, 2)
    eintrag = json.loads((fall / "vorgaenge/0002/eintrag.json").read_text(encoding="utf-8"))
    assert eintrag["daten"] == {
        "vorgang": 1, "am": "2026-04-13", "weg": "post", "trotzdem": "mit dem Schuldner vereinbart"
    }  # fmt: skip
    assert (
        record_versand(fall, 1, heute.stichtag, "post", heute, HERKUNFT).daten["nr"] is None
    )  # once is enough


def test_a_past_day_is_always_recorded_with_the_letter_that_mends_it(fall, lage) -> None:
    """It happened, and default may hang on it; the letter it proposes is written."""
    add(fall, BEZAHLT)
    heute = later(lage, 20)
    ergebnis = record_versand(fall, 1, dt.date(2026, 4, 13), "post", heute, HERKUNFT)
    (befund,) = ergebnis.befunde
    assert (ergebnis.exit_code, ergebnis.daten["nr"], befund.code) == (1, 2, "BRIEF_UEBERHOLT")
    art = befund.abhilfe.split()[-1]
    assert write_brief(fall, Wunsch(art), heute, HERKUNFT).daten["nr"] == 3


def test_facts_after_the_day_of_sending_do_not_count(fall, lage) -> None:
    add(fall, BEZAHLT)
    ergebnis = record_versand(fall, 1, dt.date(2026, 4, 11), "post", later(lage, 20), HERKUNFT)
    assert (ergebnis.exit_code, ergebnis.daten["nr"], ergebnis.befunde) == (0, 2, ())


def test_a_true_letter_is_recorded_as_before(fall, lage) -> None:
    """Byte for byte as the first edition wrote it, but for time and origin."""
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).exit_code == 0
    eintrag = json.loads((fall / "vorgaenge/0002/eintrag.json").read_text(encoding="utf-8"))
    assert (eintrag["schema"], eintrag["daten"], eintrag["ersetzt"]) == (
        "mahnakte/vorgang/1", {"vorgang": 1, "am": "2026-04-10", "weg": "post"}, None
    )  # fmt: skip


def test_an_email_draft_that_is_overtaken_is_named(tmp_path, lage) -> None:
    ordner = tmp_path / "2026-0042"
    ordner.mkdir()
    (tmp_path / "mahnakte.yaml").write_text(
        (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + "versand:\n  email: ja\n", encoding="utf-8"
    )
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
    text = text.replace("    verbraucher: ja\n", "    verbraucher: ja\n    email: max@schuldner.example\n")
    (ordner / "fall.yaml").write_text(text, encoding="utf-8")
    assert any(
        name.endswith(".eml")
        for name in run_faelle([ordner], lage, HERKUNFT).daten["geschrieben"][0]["dateien"]
    )
    codes = lambda tag: [b.code for b in check([ordner], later(lage, tag)).befunde]  # noqa: E731
    assert "BRIEF_UEBERHOLT" not in codes(13)
    add(ordner, BEZAHLT)
    assert "BRIEF_UEBERHOLT" in codes(13)
    assert "BRIEF_UEBERHOLT" not in codes(11)  # nothing paid yet
    record_versand(ordner, 1, dt.date(2026, 4, 11), "email", later(lage, 13), HERKUNFT)
    assert "BRIEF_UEBERHOLT" not in codes(13)


# --- a sending recorded by mistake ----------------------------------------------------------------------


def test_a_sending_recorded_by_mistake_is_taken_back(fall, lage) -> None:
    assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] == 2
    abgelehnt = record_storno(fall, 1, "nie verschickt", lage, HERKUNFT)
    assert (abgelehnt.exit_code, abgelehnt.befunde[0].code) == (3, "SCHON_VERSANDT")
    assert " 2 --grund" in abgelehnt.befunde[0].abhilfe
    assert record_storno(fall, 2, "lag noch im Ausgang", lage, HERKUNFT).daten["nr"] == 3
    assert record_storno(fall, 2, "lag noch im Ausgang", lage, HERKUNFT).daten["nr"] is None
    eintrag = json.loads((fall / "vorgaenge/0003/eintrag.json").read_text(encoding="utf-8"))
    assert (eintrag["schema"], eintrag["ersetzt"]) == ("mahnakte/vorgang/2", 2)
    assert record_storno(fall, 1, "nie verschickt", lage, HERKUNFT).daten["nr"] == 4  # a call of its own
    assert check([fall], lage).exit_code == 0


def test_the_same_sending_can_be_recorded_anew(fall, lage) -> None:
    for nr in (2, 4):
        assert record_versand(fall, 1, TAG, "post", lage, HERKUNFT).daten["nr"] == nr
        assert record_storno(fall, nr, "Irrtum", lage, HERKUNFT).daten["nr"] == nr + 1


@pytest.mark.parametrize(
    "zugang",
    ["    stufe: zahlungserinnerung\n", "    vorgang: 1\n"],
    ids=["Stufe", "Nummer"],
)
def test_a_receipt_rests_on_the_sending(fall, lage, zugang) -> None:
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    add(fall, f"ereignisse:\n  - am: 12.04.2026\n    art: mahnung_zugegangen\n{zugang}")
    ergebnis = record_storno(fall, 2, "Irrtum", later(lage, 13), HERKUNFT)
    assert (ergebnis.exit_code, ergebnis.befunde[0].code) == (3, "VERSAND_TRAEGT")
    assert "Zugang am 12.04.2026" in ergebnis.befunde[0].text


def test_a_later_letter_rests_on_the_sending(fall, lage) -> None:
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    spaeter = later(lage, 23)
    assert run_faelle([fall], spaeter, HERKUNFT).daten["geschrieben"][0]["art"] == "mahnung-1"
    ergebnis = record_storno(fall, 2, "Irrtum", spaeter, HERKUNFT)
    assert (ergebnis.exit_code, ergebnis.befunde[0].code) == (3, "VERSAND_TRAEGT")
    assert "mahnung-1" in ergebnis.befunde[0].text
    assert record_storno(fall, 3, "erst klären", spaeter, HERKUNFT).daten["nr"] == 4
    assert (
        record_storno(fall, 2, "Irrtum", spaeter, HERKUNFT).daten["nr"] == 5
    )  # nothing rests on it any more


def test_a_storno_of_a_storno_stays_impossible(fall, lage) -> None:
    record_storno(fall, 1, "falsche Anschrift", lage, HERKUNFT)
    assert record_storno(fall, 2, "doch nicht", lage, HERKUNFT).befunde[0].code == "VORGANG_NICHT_DA"


def test_the_first_edition_refuses_the_step_that_it_would_overlook(fall, lage) -> None:
    """Its reader knew one schema (git 954afde, fall/vorgang.py): anything else is no step, and the case stops."""
    record_versand(fall, 1, TAG, "post", lage, HERKUNFT)
    record_storno(fall, 2, "Irrtum", lage, HERKUNFT)
    schemata = [
        json.loads((fall / f"vorgaenge/{nr:04d}/eintrag.json").read_text(encoding="utf-8"))["schema"]
        for nr in (1, 2, 3)
    ]
    assert schemata == ["mahnakte/vorgang/1", "mahnakte/vorgang/1", "mahnakte/vorgang/2"]
