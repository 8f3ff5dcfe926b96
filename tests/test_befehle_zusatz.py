"""A clerk adds words to a letter, never a sum, an account, a deadline or a threat."""

import dataclasses
import datetime as dt
import json
import pathlib
import shutil
import zipfile

import pytest

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.briefe.zusatz import MAX_ZEICHEN, check_zusatz, split_zusatz
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import read_pages
from mahnakte.werk.laden import Lage
from mahnakte.werk.zusatz import read_zusatz

DEMO = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "demo"
HERKUNFT = Herkunft("K. Beispiel", "pc-1", "lauf-1", "2026-11-16T08:00:00Z", "0.2.0")
TAG = dt.date(2026, 11, 16)
SEITEN = ("Zahlen Sie 2.705,65 € bis Donnerstag, 26. November 2026 auf DE02 1203 0000 0000 2020 51.",)


@pytest.fixture(scope="module")
def lage():
    with WorkerPool(1) as pool:
        yield Lage(TAG, pool)


@pytest.fixture
def fall(tmp_path) -> pathlib.Path:
    return shutil.copytree(DEMO, tmp_path / "bestand") / "2026-0087"


@pytest.mark.parametrize(
    ("absatz", "code"),
    [
        ("Vielen Dank für das Gespräch am 12.11.2026.", None),
        ("Wie besprochen gilt der 26.11.2026.", None),
        ("Die 2.705,65 € stehen in der Rechnung.", None),
        ("Bitte auf DE02120300000000202051.", None),
        ("Es sind 3 Stühle und 2 Tische.", None),
        ("Zahlen Sie 2.705,66 €.", "ZUSATZ_BETRAG"),
        ("Zahlen Sie EUR 40.", "ZUSATZ_BETRAG"),
        ("Zahlen Sie 1.000,- Euro an.", "ZUSATZ_BETRAG"),
        ("Bis zum 27.11.2026 warten wir.", "ZUSATZ_TAG"),
        ("Bis zum 3. Dezember 2026 warten wir.", "ZUSATZ_TAG"),
        ("Bitte auf DE88 1009 0000 1234 5678 92.", "ZUSATZ_KONTO"),
        ("{{ summe.betrag }}", "ZUSATZ_PLATZHALTER"),
        ("{% if 1 %}", "ZUSATZ_PLATZHALTER"),
        ("x" * (MAX_ZEICHEN + 1), "ZUSATZ_ZU_LANG"),
    ],
)
def test_words_are_free_facts_are_not(absatz, code):
    gefunden = [befund.code for befund in check_zusatz([absatz], SEITEN, TAG)]
    assert gefunden == ([] if code is None else [code])


def test_an_empty_line_ends_a_paragraph():
    assert split_zusatz("Eins\nnoch eins\n\n \nZwei\n") == ("Eins noch eins", "Zwei")


def test_the_paragraphs_stand_on_the_page_and_in_the_entry(fall, lage):
    wunsch = Wunsch("zahlungserinnerung", zusatz=("Vielen Dank für das freundliche Gespräch.", "Bis bald."))
    ergebnis = write_brief(fall, wunsch, lage, HERKUNFT)
    assert ergebnis.exit_code == 0
    schritt = fall / "vorgaenge" / "0001"
    assert json.loads((schritt / "eintrag.json").read_text("utf-8"))["daten"]["zusatz"] == list(wunsch.zusatz)
    pdf = schritt / "2026-11-16_zahlungserinnerung.pdf"
    text = " ".join(" ".join(read_pages(lage.werkstatt, pdf.read_bytes(), "x")).split())
    assert f"{' '.join(wunsch.zusatz)} Mit freundlichen Grüßen" in text


@pytest.mark.parametrize(
    ("satz", "code"),
    [
        ("Sonst kommt der Gerichtsvollzieher.", "TON_SPERRE_VOLLSTRECKUNG"),
        ("Wenn Sie nicht zahlen, beantragen wir einen Mahnbescheid.", "TON_SCHRITT_STUFE"),
        ("Danach übergeben wir an ein Inkassounternehmen.", "TON_SCHRITT_STUFE"),
        ("Sonst melden wir Sie der SCHUFA.", "TON_SPERRE_AUSKUNFTEI"),
    ],
)
def test_no_threat_and_no_step_that_will_not_follow(fall, lage, satz, code):
    ergebnis = write_brief(fall, Wunsch("zahlungserinnerung", zusatz=(satz,)), lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    assert code in {befund.code for befund in ergebnis.befunde}
    assert not (fall / "vorgaenge").exists()


def test_an_own_template_without_the_place_is_refused_not_silent(fall, lage):
    """What is asked for and not on the page stops the letter: nothing is left out without a word."""
    vorlagen = fall.parent / "vorlagen"
    vorlagen.mkdir()
    quelle = DEMO.parent.parent / "templates" / "letters" / "zahlungserinnerung.docx"
    without_place(quelle, vorlagen / "zahlungserinnerung.docx")
    ergebnis = write_brief(fall, Wunsch("zahlungserinnerung", zusatz=("Bis bald.",)), lage, HERKUNFT)
    assert ergebnis.exit_code == 3
    befund = next(befund for befund in ergebnis.befunde if "Bis bald." in befund.text)
    assert befund.code == "BRIEF_UNVOLLSTAENDIG"


def without_place(quelle: pathlib.Path, ziel: pathlib.Path) -> None:
    """Write a template that has no place for paragraphs of one's own, as those of the first edition."""
    with zipfile.ZipFile(quelle) as alt, zipfile.ZipFile(ziel, "w") as neu:
        for name in alt.namelist():
            inhalt = alt.read(name)
            if name == "word/document.xml":
                assert b"in brief.zusatz" in inhalt
                inhalt = inhalt.replace(b"in brief.zusatz", b"in briefkopf.spalte_3")
            neu.writestr(name, inhalt)


def test_text_or_file(tmp_path):
    datei = tmp_path / "absatz.txt"
    datei.write_text("\ufeffEins\n\nZwei\n", encoding="utf-8")
    assert read_zusatz(str(datei)) == ("Eins", "Zwei")
    assert read_zusatz("Eins, zwei.") == ("Eins, zwei.",)
    datei.write_bytes("Grüße".encode("utf-16"))
    with pytest.raises(Ablehnung) as gefangen:
        read_zusatz(str(datei))
    assert gefangen.value.befund.code == "ZUSATZ_KEIN_TEXT"


def test_written_once(fall, lage):
    wunsch = Wunsch("zahlungserinnerung", zusatz=("Bis bald.",))
    assert write_brief(fall, wunsch, lage, HERKUNFT).daten["nr"] == 1
    assert write_brief(fall, dataclasses.replace(wunsch), lage, HERKUNFT).daten["nr"] is None
