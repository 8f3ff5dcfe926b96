"""The questionnaire on satisfaction: anonymous, voluntary, one page; and that nothing of ours ever encloses it."""

import ast
import dataclasses
import datetime as dt
import email
import email.policy
import io
import itertools
import json
import pathlib
import re
import shutil
import subprocess
import sys

import docx
import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from antwortbau import blank_page
from fallbau import FAELLE, build_fall
from mahnakte.ablage.herkunft import identify
from mahnakte.befehle.antwort import take_antwort
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.zufriedenheit import write_fragebogen
from mahnakte.briefe.begleitmail import write_begleitmail
from mahnakte.briefe.zufriedenheit import (
    FELDER,
    FRAGEN,
    FREIE_FRAGE,
    TITEL,
    ZUSAGEN,
    check_felder,
    check_seite,
    fill_fragebogen,
)
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druckbild import read_druckbild
from mahnakte.satz.formular import AN, Feldart, read_werte
from mahnakte.satz.pdfa import claims_pdfa
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage

WURZEL = pathlib.Path(__file__).resolve().parent.parent
TAG = dt.date(2026, 4, 20)
MM = 72 / 25.4
ABSENDER = build_fall().einstellungen.absender
VERRAETERISCH = re.compile(r"zufrieden|umfrage|fragebogen|bewerten|feedback|stimmt genau", re.IGNORECASE)


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


@pytest.fixture(scope="module")
def pdf(pool, tmp_path_factory) -> bytes:
    ziel = tmp_path_factory.mktemp("bogen") / "fragebogen.pdf"
    ergebnis = write_fragebogen(ziel, Lage(TAG, pool, FAELLE / "mahnakte.yaml"), ersetzen=False)
    assert ergebnis.exit_code == 0
    return ziel.read_bytes()


def words(inhalt: bytes) -> str:
    return " ".join(" ".join(read_druckbild(inhalt).seiten).split())


def annotations(inhalt: bytes):
    return [
        verweis.get_object() for verweis in PdfReader(io.BytesIO(inhalt), strict=True).pages[0]["/Annots"]
    ]


def write_bestand(ordner: pathlib.Path) -> pathlib.Path:
    """Write a Bestand whose letters go out with everything that can join them: form, translation, e-mail."""
    fall = ordner / "2026-0042"
    fall.mkdir(parents=True)
    einstellungen = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")
    assert "versand:" not in einstellungen
    (ordner / "mahnakte.yaml").write_text(f"{einstellungen}\nversand:\n  email: ja\n", encoding="utf-8")
    text = (FAELLE / "reihe.yaml").read_text(encoding="utf-8")
    assert text.count("    land: SN\n") == 1
    (fall / "fall.yaml").write_text(
        text.replace("    land: SN\n", "    land: SN\n    sprache: en\n"), encoding="utf-8"
    )
    return fall


# --- what it says ---------------------------------------------------------------------------------------


def test_it_asks_about_letters_reachability_tone_and_solution_and_is_voluntary(pdf) -> None:
    text = words(pdf)
    for satz in (
        "Die Briefe waren für mich klar und verständlich.",
        "Wenn ich Fragen hatte, habe ich jemanden erreicht.",
        "Der Ton mir gegenüber war fair und höflich.",
        "Wir haben eine Lösung gefunden, die für mich machbar ist.",
        "Ihre Teilnahme ist freiwillig.",
        "Auf Ihren Fall hat sie keinen Einfluss, auch nicht, wenn Sie nicht antworten.",
    ):
        assert satz in text
    assert len(FRAGEN) == 5
    assert "Möbelhaus Übersee GmbH, Industriestr. 7, 01067 Dresden" in text


def test_it_is_anonymous_nothing_hidden_nothing_filled_no_field_for_a_name(pdf) -> None:
    felder = annotations(pdf)
    assert len(felder) == 5 * 5 + 1
    assert {int(feld["/F"]) for feld in felder} == {4}  # all print, none is hidden
    assert not any(read_werte(pdf).values())
    namen = " ".join(f"{feld['/T']} {feld['/TU']}" for feld in felder).lower()
    assert not re.search(r"aktenzeichen|schuldner|ihr name|anschrift|telefon|e-mail|datum", namen)
    assert not re.search(r"\d{4}-\d{4}|\d+,\d\d", words(pdf))  # no reference, no sum


def test_one_sender_one_form_byte_for_byte(pool, pdf, tmp_path) -> None:
    """A form that differs from person to person could be told apart when it comes back."""
    ziel = tmp_path / "zweiter.pdf"
    lage = Lage(dt.date(2027, 1, 31), pool, FAELLE / "mahnakte.yaml")
    write_fragebogen(ziel, lage, ersetzen=False)
    assert ziel.read_bytes() == pdf


def test_title_language_and_no_claim_of_pdfa(pdf) -> None:
    leser = PdfReader(io.BytesIO(pdf))
    assert leser.metadata.title == "Fragebogen zur Zufriedenheit"
    assert leser.metadata.author == "Möbelhaus Übersee GmbH"
    assert leser.trailer["/Root"]["/Lang"] == "de-DE"
    assert len(leser.pages) == 1
    assert not claims_pdfa(pdf)
    assert b"/JavaScript" not in pdf


# --- places ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FRAGEN)
def test_the_boxes_stand_beside_their_question_and_under_their_number(pdf, name) -> None:
    orte = {feld["/T"]: [float(zahl) for zahl in feld["/Rect"]] for feld in annotations(pdf)}
    ebene = pdfium.PdfDocument(pdf)[0].get_textpage()
    stelle, anzahl = ebene.search(FRAGEN[name]).get_next()
    kaesten = [ebene.get_charbox(zeichen) for zeichen in range(stelle, stelle + anzahl)]
    mitte = (min(k[1] for k in kaesten) + max(k[3] for k in kaesten)) / 2
    for stufe in "12345":
        links, unten, rechts, oben = orte[f"{name}_{stufe}"]
        assert mitte == pytest.approx((unten + oben) / 2, abs=1.3 * MM)
        assert max(k[2] for k in kaesten) < links
        ueber = ebene.get_text_bounded(left=links, right=rechts, bottom=842 - 88 * MM, top=842 - 79 * MM)
        assert ueber.strip() == stufe


def test_no_field_covers_words_or_another_field(pdf) -> None:
    ebene = pdfium.PdfDocument(pdf)[0].get_textpage()
    orte = {feld["/T"]: [float(zahl) for zahl in feld["/Rect"]] for feld in annotations(pdf)}
    for name, (links, unten, rechts, oben) in orte.items():
        assert not ebene.get_text_bounded(left=links, bottom=unten, right=rechts, top=oben).strip(), name
    for a, b in itertools.combinations(orte.values(), 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_every_box_says_its_question_and_takes_a_tick(pdf) -> None:
    for feld in annotations(pdf):
        assert feld["/TU"] == FREIE_FRAGE or re.search(r"\. [1-5] von 5$", feld["/TU"])
        if feld["/FT"] == "/Btn":
            assert set(feld["/AP"]["/N"]) == {"/Off", f"/{AN}"}
    assert [feld.art for feld in FELDER].count(Feldart.HAKEN) == 25


# --- what the finished form must be ---------------------------------------------------------------------


@pytest.mark.parametrize("satz", [*ZUSAGEN, FREIE_FRAGE])
def test_a_sheet_without_one_of_its_sentences_is_refused(pdf, satz) -> None:
    druck = read_druckbild(pdf)
    check_seite(druck)
    ohne = tuple(re.sub(r"\s+", "", seite).replace(re.sub(r"\s+", "", satz), "") for seite in druck.seiten)
    with pytest.raises(Ablehnung) as gefangen:
        check_seite(dataclasses.replace(druck, seiten=ohne))
    assert satz in gefangen.value.befund.text


def test_two_pages_are_refused(pdf) -> None:
    druck = read_druckbild(pdf)
    with pytest.raises(Ablehnung, match="2 Seiten"):
        check_seite(dataclasses.replace(druck, seiten=(*druck.seiten, "noch eine")))


@pytest.mark.parametrize("zu_viel", [{"aktenzeichen": ""}, {"freitext": "2026-0042"}])
def test_another_field_or_a_value_in_one_is_refused(pdf, zu_viel) -> None:
    gelesen = read_werte(pdf)
    check_felder(gelesen)
    with pytest.raises(Ablehnung):
        check_felder({**gelesen, **zu_viel})


def test_agencies_name_their_supervision() -> None:
    inkasso = dataclasses.replace(ABSENDER, rolle="inkasso", aufsicht="Bundesamt für Justiz, 53094 Bonn")
    assert fill_fragebogen(inkasso)["absender"]["pflicht"].endswith("Bundesamt für Justiz, 53094 Bonn")


# --- never enclosed -------------------------------------------------------------------------------------


def test_no_letter_step_and_no_email_contains_it(pool, tmp_path) -> None:
    """The whole series with form, translation and e-mail: no document, attachment or text asks how satisfied one is."""
    fall = write_bestand(tmp_path / "bestand")
    for monat, tag in ((4, 20), (5, 11), (6, 1), (6, 22), (7, 13)):
        run_faelle([fall], Lage(dt.date(2026, monat, tag), pool), identify("test"))
    dateien = [pfad for pfad in fall.rglob("*") if pfad.is_file()]
    endungen = [pfad.suffix for pfad in dateien]
    assert endungen.count(".eml") >= 3
    assert sum(pfad.name.endswith("_antwortbogen.pdf") for pfad in dateien) >= 3
    for pfad in dateien:
        assert not VERRAETERISCH.search(pfad.name)
        for text in texts_of(pfad):
            assert not VERRAETERISCH.search(text), pfad.name


def texts_of(pfad: pathlib.Path):
    """Yield what a person can read in a file of a step, also in the attachments of an e-mail."""
    if pfad.suffix == ".eml":
        mail = email.message_from_bytes(pfad.read_bytes(), policy=email.policy.default)
        yield f"{mail['Subject']} {mail.get_body().get_content()}"
        anlagen = list(mail.iter_attachments())
        assert anlagen
        for anlage in anlagen:
            yield f"{anlage.get_filename()} {read_pdf(anlage.get_content())}"
    elif pfad.suffix == ".pdf":
        yield read_pdf(pfad.read_bytes())
    elif pfad.suffix == ".docx":
        yield "\n".join(absatz.text for absatz in docx.Document(str(pfad)).paragraphs)
    else:
        yield pfad.read_text(encoding="utf-8")


def read_pdf(inhalt: bytes) -> str:
    leser = PdfReader(io.BytesIO(inhalt))
    return f"{leser.metadata.title} {words(inhalt)} {' '.join(leser.get_fields() or {})}"


def test_the_search_would_find_it(pdf, tmp_path) -> None:
    """As a letter's document, and in an e-mail in the place of the Antwortbogen."""
    brief, mail = tmp_path / "brief.pdf", tmp_path / "brief.eml"
    brief.write_bytes(pdf)
    max_ = dataclasses.replace(build_fall().schuldner[0], email="max@schuldner.example")
    mail.write_bytes(write_begleitmail(ABSENDER, (max_,), "2026-0042", TAG, blank_page(), pdf))
    for datei, stellen in ((brief, 1), (mail, 1)):
        assert sum(bool(VERRAETERISCH.search(text)) for text in texts_of(datei)) == stellen


def test_only_its_own_command_knows_it() -> None:
    """Whoever writes letters or e-mails cannot enclose what he does not import."""
    kennt = set()
    for modul in (WURZEL / "src" / "mahnakte").rglob("*.py"):
        for knoten in ast.walk(ast.parse(modul.read_text(encoding="utf-8"))):
            if isinstance(knoten, ast.ImportFrom) and "zufriedenheit" in (knoten.module or ""):
                kennt.add(modul.relative_to(WURZEL / "src" / "mahnakte").as_posix())
    assert kennt == {"befehle/zufriedenheit.py", "cli/zufriedenheit.py"}


@pytest.mark.parametrize(
    "vorlage", sorted((WURZEL / "templates" / "letters").glob("*.docx")), ids=lambda p: p.stem
)
def test_no_letter_asks_for_it(vorlage) -> None:
    dokument = docx.Document(str(vorlage))
    text = "".join(teil.text or "" for teil in dokument.element.iter() if isinstance(teil.tag, str))
    assert len(text) > 200
    assert not VERRAETERISCH.search(text)


# --- the command ----------------------------------------------------------------------------------------


def test_it_is_never_written_into_a_case(pool, tmp_path) -> None:
    fall = write_bestand(tmp_path / "bestand")
    lage = Lage(TAG, pool, fall.parent / "mahnakte.yaml")
    (fall / "papiere").mkdir()
    for ziel in (fall / "bogen.pdf", fall / "papiere" / "bogen.pdf"):
        with pytest.raises(NichtBegonnen) as gefangen:
            write_fragebogen(ziel, lage, ersetzen=True)
        assert [befund.code for befund in gefangen.value.befunde] == ["FRAGEBOGEN_IM_FALL"]
        assert not ziel.exists()


def test_it_replaces_only_when_told(pool, tmp_path, pdf) -> None:
    ziel = tmp_path / "bogen.pdf"
    ziel.write_bytes(b"meins")
    lage = Lage(TAG, pool, FAELLE / "mahnakte.yaml")
    with pytest.raises(NichtBegonnen) as gefangen:
        write_fragebogen(ziel, lage, ersetzen=False)
    assert [befund.code for befund in gefangen.value.befunde] == ["ZIEL_VORHANDEN"]
    assert ziel.read_bytes() == b"meins"
    write_fragebogen(ziel, lage, ersetzen=True)
    assert ziel.read_bytes() == pdf


def test_a_returned_one_belongs_to_no_case(pool, tmp_path, pdf) -> None:
    fall = write_bestand(tmp_path / "bestand")
    datei = tmp_path / "zurueck.pdf"
    datei.write_bytes(pdf)
    ergebnis = take_antwort(datei, fall, Lage(TAG, pool), identify("test"))
    assert [befund.code for befund in ergebnis.befunde] == ["ANTWORT_FREMD"]
    assert not (fall / "vorgaenge").exists()


def call(ordner: pathlib.Path, *angaben: str) -> tuple[int, dict]:
    lauf = subprocess.run(
        [sys.executable, "-P", "-m", "mahnakte", "zufriedenheit", "--pdf", "bogen.pdf", "--json", *angaben],
        capture_output=True, text=True, encoding="utf-8", timeout=60, check=False, cwd=ordner,
        env={"PATH": "", "PYTHONPATH": str(WURZEL / "src"), "SYSTEMROOT": ""},
    )  # fmt: skip
    return lauf.returncode, json.loads(lauf.stdout)


def test_the_command_takes_the_settings_of_the_current_folder(tmp_path, pdf) -> None:
    rueckgabe, daten = call(tmp_path)
    assert rueckgabe == 2
    assert daten["befunde"]
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    assert call(tmp_path) == (0, {"pdf": "bogen.pdf", "absender": "Möbelhaus Übersee GmbH", "befunde": []})
    assert (tmp_path / "bogen.pdf").read_bytes() == pdf
    assert PdfReader(tmp_path / "bogen.pdf").metadata.title == TITEL
