"""`mahnakte antwort` on a case folder: shows, takes over once, never touches fall.yaml, forgets nothing."""

import datetime as dt
import json
import pathlib
import shlex
import shutil

import pytest

from antwortbau import blank_page, empty_form, fill, write_words
from fallbau import FAELLE
from mahnakte.ablage.herkunft import identify
from mahnakte.befehle import antwort as befehl
from mahnakte.befehle.antwort import take_antwort
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check_faelle
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage, load_fall

TAG = dt.date(2026, 4, 30)
RATEN = {"raten": "x", "raten_betrag": "50,00", "raten_ab": "01.06.2026"}


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


@pytest.fixture
def lage(pool):
    return Lage(TAG, pool)


@pytest.fixture
def fall(tmp_path: pathlib.Path) -> pathlib.Path:
    ordner = tmp_path / "bestand" / "2026-0042"
    ordner.mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", ordner.parent / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", ordner / "fall.yaml")
    return ordner


@pytest.fixture
def bogen(tmp_path: pathlib.Path):
    def write(werte: dict[str, str] | bytes, name: str = "antwort.pdf") -> pathlib.Path:
        datei = tmp_path / name
        datei.write_bytes(werte if isinstance(werte, bytes) else fill(werte))
        return datei

    return write


def take(datei, fall, lage, uebernehmen: bool = True):
    return take_antwort(datei, fall, lage, identify("test") if uebernehmen else None)


def codes(ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


def test_without_uebernehmen_nothing_is_written(fall, bogen, lage) -> None:
    ergebnis = take(bogen(RATEN), fall, lage, uebernehmen=False)
    assert ergebnis.exit_code == 0
    assert sorted(pfad.name for pfad in fall.iterdir()) == ["fall.yaml"]
    assert "    art: mahnsperre" in ergebnis.zeilen
    assert ergebnis.zeilen[-1] == "Übernehmen: derselbe Befehl mit --uebernehmen"
    programm, ruf, ordner, *raten = shlex.split(ergebnis.daten["kommando"])  # pasted as it is
    assert (programm, ruf, raten) == ("mahnakte", "ratenplan", ["--rate", "50,00", "--ab", "2026-06-01"])
    assert pathlib.Path(ordner).samefile(fall)
    assert ergebnis.daten["nr"] is None


def test_taken_over_it_is_a_step_with_the_form_beside_it(fall, bogen, lage) -> None:
    vorher = (fall / "fall.yaml").read_bytes()
    datei = bogen(RATEN)
    ergebnis = take(datei, fall, lage)
    assert (ergebnis.exit_code, ergebnis.daten["nr"], ergebnis.daten["geschrieben"]) == (0, 1, True)
    assert (fall / "fall.yaml").read_bytes() == vorher
    schritt = fall / "vorgaenge" / "0001"
    assert (schritt / "2026-04-30_antwort.pdf").read_bytes() == datei.read_bytes()
    eintrag = json.loads((schritt / "eintrag.json").read_text(encoding="utf-8"))
    assert eintrag["art"] == "nachtrag"
    assert eintrag["daten"]["schluessel"] == f"antwort:{sha256(datei.read_bytes())}"
    assert eintrag["daten"]["ereignisse"] == [
        {**ergebnis.daten["ereignisse"][0], "beleg": "vorgaenge/0001/2026-04-30_antwort.pdf"}
    ]
    assert check_faelle([fall], lage).exit_code == 0
    (zeile,) = plan_faelle([fall], lage).daten["faelle"]
    assert zeile["gruende"][0]["code"] == "MAHNSPERRE"


def test_the_same_file_is_taken_over_once(fall, bogen, lage) -> None:
    datei = bogen(RATEN)
    take(datei, fall, lage)
    for spaeter in (TAG, TAG + dt.timedelta(days=20)):
        ergebnis = take(datei, fall, Lage(spaeter, lage.werkstatt))
        assert (ergebnis.exit_code, ergebnis.daten["nr"], ergebnis.daten["geschrieben"]) == (0, 1, False)
        assert "Schon übernommen am 30.04.2026 (Vorgang 0001)" in ergebnis.zeilen[-1]
    assert len(list((fall / "vorgaenge").iterdir())) == 1


def test_another_answer_is_another_step(fall, bogen, lage) -> None:
    take(bogen(RATEN), fall, lage)
    ergebnis = take(bogen({"einwand": "x", "einwand_grund": "Falsche Ware"}, "zweite.pdf"), fall, lage)
    assert ergebnis.daten["nr"] == 2


def test_the_form_of_a_real_letter_comes_back(fall, bogen, lage, tmp_path) -> None:
    """From the letter through a viewer and back: what `lauf` wrote is what `antwort` reads."""
    run_faelle([fall], Lage(dt.date(2026, 4, 10), lage.werkstatt), identify("test"))
    leer = (fall / "vorgaenge" / "0001" / "2026-04-10_zahlungserinnerung_antwortbogen.pdf").read_bytes()
    datei = bogen(fill({"einwand": "x", "einwand_grund": "Es fehlten zwei Stühle."}, leer))
    ergebnis = take(datei, fall, lage)
    assert ergebnis.daten["nr"] == 2
    assert ergebnis.daten["ereignisse"] == [
        {"am": "2026-04-30", "art": "bestritten", "grund": "Es fehlten zwei Stühle."}
    ]
    (zeile,) = plan_faelle([fall], lage).daten["faelle"]
    assert [grund["code"] for grund in zeile["gruende"]] == ["BESTRITTEN"]


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (empty_form("2026-0043"), "ANTWORT_ANDERER_FALL"),
        (b"kein PDF", "ANTWORT_UNLESBAR"),
        (blank_page(), "ANTWORT_SCAN"),
        (write_words("Antwortbogen: erkennen Sie nichts an"), "ANTWORT_FLACH"),
        (write_words("Hallo"), "ANTWORT_FREMD"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(fall, bogen, lage, inhalt, code) -> None:
    ergebnis = take(bogen(inhalt), fall, lage)
    assert ergebnis.exit_code == (
        2 if code == "ANTWORT_UNLESBAR" else 3
    )  # the single DATEI cannot be read at all
    assert codes(ergebnis) == [code]
    assert ergebnis.daten["ereignisse"] == []
    assert not (fall / "vorgaenge").exists()


def test_an_empty_form_writes_no_step(fall, bogen, lage) -> None:
    ergebnis = take(bogen(empty_form()), fall, lage)
    assert codes(ergebnis) == ["ANTWORT_LEER"]
    assert ergebnis.exit_code == 0
    assert not (fall / "vorgaenge").exists()


def test_nothing_is_slipped_in_before_a_later_step(fall, bogen, lage) -> None:
    run_faelle([fall], Lage(dt.date(2026, 5, 4), lage.werkstatt), identify("test"))
    ergebnis = take(bogen(RATEN), fall, lage)
    assert (ergebnis.exit_code, codes(ergebnis)) == (3, ["STICHTAG_ZU_FRUEH"])


def test_a_case_that_stops_takes_no_answer(fall, bogen, lage) -> None:
    with (fall / "fall.yaml").open("a", encoding="utf-8") as datei:
        datei.write("unbekannt: 1\n")
    ergebnis = take(bogen(RATEN), fall, lage)
    assert ergebnis.exit_code == 3
    assert not (fall / "vorgaenge").exists()


@pytest.mark.parametrize("welche", ["datei", "fall"])
def test_what_is_missing_stops_at_once(fall, bogen, lage, welche, tmp_path) -> None:
    fehlt = tmp_path / "fehlt"
    with pytest.raises(NichtBegonnen):
        take(fehlt if welche == "datei" else bogen(RATEN), fehlt if welche == "fall" else fall, lage)


def test_a_faster_colleague_does_not_double_the_answer(fall, bogen, lage, monkeypatch) -> None:
    """Somebody takes the same form over between our reading and our publishing: one step stands."""
    datei = bogen(RATEN)

    def load_and_be_overtaken(gelesen, lage_):
        geladen = load_fall(gelesen, lage_)
        monkeypatch.setattr(befehl, "load_fall", load_fall)
        take_antwort(datei, fall, lage_, identify("kollegin"))
        return geladen

    monkeypatch.setattr(befehl, "load_fall", load_and_be_overtaken)
    ergebnis = take(datei, fall, lage)
    assert (ergebnis.daten["nr"], ergebnis.daten["geschrieben"]) == (1, False)
    assert len(list((fall / "vorgaenge").iterdir())) == 1


def test_answers_hold_no_personal_data_beyond_what_is_asked(fall, bogen, lage) -> None:
    """Findings name file and field, never the content of a free text (S14)."""
    ergebnis = take(bogen({**RATEN, "notiz": "KANARIENVOGEL", "einwand_grund": "KANARIENVOGEL"}), fall, lage)
    assert not any("KANARIENVOGEL" in befund.text for befund in ergebnis.befunde)
