"""Many letters at once: recorded as sent, cancelled, taken back by run, put together for the printer."""

import csv
import datetime as dt
import io
import pathlib
import shutil

import pypdf
import pypdfium2
import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle.druckgut import make_druckgut
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.vermerk import (
    Versandwunsch,
    cancel_ueberholte,
    record_storno,
    record_versand,
    send_all,
    undo_lauf,
)
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 11, 16)
MORGEN = dt.date(2026, 11, 17)
HERKUNFT = Herkunft("test", "rechner", "lauf-1", "2026-11-16T08:00:00Z", "0")
ZAHLUNG = "  - am: 17.11.2026\n    betrag: 10,00\n"  # the file ends with its payments


@pytest.fixture
def bestand(fixtures: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool) -> pathlib.Path:
    """Two cases with a letter each written today, one of them to a couple at one address, and one on hold."""
    ordner = tmp_path / "bestand"
    ordner.mkdir()
    shutil.copy(fixtures / "demo" / "mahnakte.yaml", ordner)
    for name in ("2026-0087", "2026-0092", "2026-0093"):
        shutil.copytree(fixtures / "demo" / name, ordner / name)
    assert run_faelle([ordner], Lage(TAG, werkstatt), HERKUNFT).daten["lauf_id"] == "lauf-1"
    return ordner


@pytest.fixture
def morgen(werkstatt: WorkerPool) -> Lage:
    return Lage(MORGEN, werkstatt)


def pay(bestand: pathlib.Path, name: str = "2026-0087") -> None:
    datei = bestand / name / "fall.yaml"
    datei.write_text(datei.read_text("utf-8") + ZAHLUNG, encoding="utf-8")


def steps(bestand: pathlib.Path, name: str) -> list[str]:
    return [vorgang.art for vorgang in read_fallordner(bestand / name).vorgaenge.vorgaenge]


# --- recorded as sent ------------------------------------------------------------------------------------------


def test_all_are_recorded_once(bestand: pathlib.Path, morgen: Lage) -> None:
    wunsch = Versandwunsch(MORGEN, "post")
    erster = send_all([bestand], wunsch, morgen, HERKUNFT)
    assert [(v["aktenzeichen"], v["vorgang"]) for v in erster.daten["vermerkt"]] == [
        ("2026-0087", 1),
        ("2026-0092", 1),
    ]
    assert erster.exit_code == 0
    assert send_all([bestand], wunsch, morgen, HERKUNFT).daten["vermerkt"] == []
    assert steps(bestand, "2026-0087")[1:] == ["versand"]


def test_many_at_once_are_what_one_by_one_would_be(
    bestand: pathlib.Path, morgen: Lage, tmp_path: pathlib.Path
) -> None:
    einzeln = tmp_path / "einzeln" / "bestand"
    shutil.copytree(bestand, einzeln)
    send_all([bestand], Versandwunsch(MORGEN, "post"), morgen, HERKUNFT)
    for name in ("2026-0087", "2026-0092"):
        record_versand(einzeln / name, 1, MORGEN, "post", morgen, HERKUNFT)
        gleich = [(o / name / "vorgaenge" / "0002" / "eintrag.json").read_bytes() for o in (bestand, einzeln)]
        assert gleich[0] == gleich[1]


def test_what_is_no_longer_true_is_left_and_named(bestand: pathlib.Path, morgen: Lage) -> None:
    pay(bestand)
    ergebnis = send_all([bestand], Versandwunsch(MORGEN, "post"), morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0092"]
    assert [b.code for b in ergebnis.befunde] == ["BRIEF_UEBERHOLT"]
    assert steps(bestand, "2026-0087")[1:] == []


def test_recorded_as_of_the_day_of_sending(bestand: pathlib.Path, morgen: Lage) -> None:
    """The payment came after the letters had gone."""
    pay(bestand)
    ergebnis = send_all([bestand], Versandwunsch(TAG, "post"), morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0087", "2026-0092"]


def test_old_letters_without_a_note_are_counted_not_recorded(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    spaeter = dt.date(2026, 11, 24)
    ergebnis = send_all([bestand], Versandwunsch(spaeter, "post"), Lage(spaeter, werkstatt), HERKUNFT)
    assert (ergebnis.daten["vermerkt"], ergebnis.daten["aeltere"]) == ([], 2)
    mit = Versandwunsch(TAG, "post", seit=TAG)
    assert len(send_all([bestand], mit, Lage(spaeter, werkstatt), HERKUNFT).daten["vermerkt"]) == 2


def test_a_broken_case_does_not_stop_the_others(bestand: pathlib.Path, morgen: Lage) -> None:
    (bestand / "2026-0087" / "fall.yaml").write_text("aktenzeichen: [\n", encoding="utf-8")
    ergebnis = send_all([bestand], Versandwunsch(MORGEN, "post"), morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0092"]
    assert ergebnis.exit_code == 3


# --- cancelled ---------------------------------------------------------------------------------------------------


def test_only_what_is_overtaken_is_cancelled_each_with_its_reason(
    bestand: pathlib.Path, morgen: Lage
) -> None:
    pay(bestand)
    ergebnis = cancel_ueberholte([bestand], None, morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0087"]
    storno = read_fallordner(bestand / "2026-0087").vorgaenge.vorgaenge[-1]
    assert storno.ersetzt == 1
    assert "10,00" in storno.anlass
    assert cancel_ueberholte([bestand], None, morgen, HERKUNFT).daten["vermerkt"] == []


def test_what_was_sent_is_not_cancelled_though_overtaken(bestand: pathlib.Path, morgen: Lage) -> None:
    send_all([bestand], Versandwunsch(TAG, "post"), morgen, HERKUNFT)
    pay(bestand)
    assert cancel_ueberholte([bestand], None, morgen, HERKUNFT).daten["vermerkt"] == []


# --- a run taken back ----------------------------------------------------------------------------------------------


def test_a_run_is_taken_back_by_its_id_and_the_next_one_writes_again(
    bestand: pathlib.Path, morgen: Lage
) -> None:
    ergebnis = undo_lauf([bestand], "lauf-1", "falsche Vorlage", morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0087", "2026-0092"]
    assert undo_lauf([bestand], "lauf-1", "falsche Vorlage", morgen, HERKUNFT).daten["vermerkt"] == []
    assert run_faelle([bestand], morgen, HERKUNFT).daten["zahl"]["briefe"] == 2


def test_what_was_sent_since_stays_and_is_named(bestand: pathlib.Path, morgen: Lage) -> None:
    record_versand(bestand / "2026-0087", 1, MORGEN, "post", morgen, HERKUNFT)
    ergebnis = undo_lauf([bestand], "lauf-1", "Versehen", morgen, HERKUNFT)
    assert [v["aktenzeichen"] for v in ergebnis.daten["vermerkt"]] == ["2026-0092"]
    assert [b.code for b in ergebnis.befunde] == ["SCHON_VERSANDT"]
    assert ergebnis.exit_code == 3


def test_the_id_comes_from_the_entries_not_from_the_reports(bestand: pathlib.Path, morgen: Lage) -> None:
    shutil.rmtree(bestand / "laeufe")
    assert len(undo_lauf([bestand], "lauf-1", "Versehen", morgen, HERKUNFT).daten["vermerkt"]) == 2
    with pytest.raises(NichtBegonnen):
        undo_lauf([bestand], "lauf-2", "Versehen", morgen, HERKUNFT)


# --- for the printer -------------------------------------------------------------------------------------------------


def test_the_folder_holds_every_copy_in_the_order_of_the_post(
    bestand: pathlib.Path, morgen: Lage, tmp_path: pathlib.Path
) -> None:
    ziel = tmp_path / "druck"
    ergebnis = make_druckgut([bestand], ziel, None, morgen)
    namen = sorted(pfad.name for pfad in (ziel / "sendungen").iterdir())
    zeilen = list(csv.reader(io.StringIO((ziel / "anschriften.csv").read_text("utf-8-sig")), delimiter=";"))[
        1:
    ]
    assert [zeile[0] for zeile in zeilen] == namen
    assert [zeile[11] for zeile in zeilen] == sorted(zeile[11] for zeile in zeilen)
    assert len(namen) == 2
    for zeile in zeilen:
        text = pypdf.PdfReader(ziel / "sendungen" / zeile[0]).pages[0].extract_text()
        for anschrift in filter(None, zeile[5:11]):
            assert anschrift in text, "die Anschrift im Fenster"
    assert not any(art == "versand" for name in ("2026-0087", "2026-0092") for art in steps(bestand, name))
    assert ergebnis.exit_code == 0


def test_every_document_begins_on_a_sheet_of_its_own(
    bestand: pathlib.Path, morgen: Lage, tmp_path: pathlib.Path
) -> None:
    """Counted with another library: the words of each page, in the joined file as in the originals, nothing lost."""
    ziel = tmp_path / "druck"
    make_druckgut([bestand], ziel, None, morgen)
    alle = pypdfium2.PdfDocument(ziel / "alle.pdf")
    seiten = [alle[nr].get_textpage().get_text_bounded().split() for nr in range(len(alle))]
    assert len(seiten) % 2 == 0
    originale = [pypdfium2.PdfDocument(datei) for datei in sorted(bestand.glob("*/vorgaenge/0001/*.pdf"))]
    for original in originale:
        woerter = [original[nr].get_textpage().get_text_bounded().split() for nr in range(len(original))]
        assert [seiten.index(woerter[0]) % 2] == [0]
        von = seiten.index(woerter[0])
        assert seiten[von : von + len(woerter)] == woerter
    assert sum(map(bool, seiten)) == sum(map(len, originale))


def test_made_anew_it_is_the_same_and_another_folder_is_not_touched(
    bestand: pathlib.Path, morgen: Lage, tmp_path: pathlib.Path
) -> None:
    make_druckgut([bestand], tmp_path / "a", None, morgen)
    make_druckgut([bestand], tmp_path / "b", None, morgen)
    erste, zweite = (
        {str(p.relative_to(o)): p.read_bytes() for p in o.rglob("*") if p.is_file()}
        for o in (tmp_path / "a", tmp_path / "b")
    )
    assert erste == zweite
    assert "unverändert" in "".join(make_druckgut([bestand], tmp_path / "a", None, morgen).zeilen)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "x").write_text("meins")
    with pytest.raises(NichtBegonnen):
        make_druckgut([bestand], tmp_path / "c", None, morgen)
    assert [p.name for p in (tmp_path / "c").iterdir()] == ["x"]


def test_overtaken_letters_are_left_out_and_sent_ones_gone(
    bestand: pathlib.Path, morgen: Lage, tmp_path: pathlib.Path
) -> None:
    pay(bestand)
    ergebnis = make_druckgut([bestand], tmp_path / "a", None, morgen)
    assert [e["aktenzeichen"] for e in ergebnis.daten["ausgelassen"]] == ["2026-0087"]
    assert {e["aktenzeichen"] for e in ergebnis.daten["sendungen"]} == {"2026-0092"}
    send_all([bestand], Versandwunsch(MORGEN, "post"), morgen, HERKUNFT)
    leer = make_druckgut([bestand], tmp_path / "b", None, morgen)
    assert leer.daten["sendungen"] == []
    assert not (tmp_path / "b").exists()


# --- said before -------------------------------------------------------------------------------------------------------


def codes(bestand: pathlib.Path, lage: Lage) -> list[str]:
    return [
        b.code
        for b in plan_faelle([bestand / "2026-0087"], lage).befunde
        if b.code.startswith("BRIEF_WARTET")
    ]


def test_the_plan_names_what_waits_and_what_is_overtaken(
    bestand: pathlib.Path, werkstatt: WorkerPool
) -> None:
    heute, morgen = Lage(TAG, werkstatt), Lage(MORGEN, werkstatt)
    assert codes(bestand, heute) == []  # just being sent
    assert codes(bestand, morgen) == ["BRIEF_WARTET"]
    assert codes(bestand, Lage(MORGEN, werkstatt)) == ["BRIEF_WARTET"]  # from the card
    pay(bestand)
    assert codes(bestand, Lage(MORGEN, werkstatt)) == ["BRIEF_WARTET_UEBERHOLT"]
    record_storno(bestand / "2026-0087", 1, "bezahlt", morgen, HERKUNFT)
    assert codes(bestand, Lage(MORGEN, werkstatt)) == []
    assert codes(bestand, Lage(dt.date(2026, 12, 24), werkstatt)) == []  # its deadline has passed
