"""The finished letter: places to the millimetre, fonts inside, code readable, page breaks, same bytes."""

import copy
import datetime as dt
import io
import pathlib
import sys
from decimal import Decimal

import docx as python_docx
import pypdfium2 as pdfium
import pytest
import zxingcpp
from pypdf import PdfReader

from mahnakte.briefe.variablen import BRIEF
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import druck, pdf, schrift
from mahnakte.satz.druck import Vorlage, docx_to_pdf, load_vorlage, set_letter
from mahnakte.satz.druckbild import read_druckbild, shows_module
from mahnakte.satz.variablen import build_example
from mahnakte.satz.zahlcode import Ueberweisung, compute_epc, draw_zahlcode
from vorlagenbau import change, read_letter

TAG = dt.date(2026, 4, 20)
UEBERWEISUNG = Ueberweisung(
    "Möbelhaus Übersee GmbH", "DE02120300000000202051", Decimal("940.00"), "2026-0042"
)
CODE = draw_zahlcode(UEBERWEISUNG)
MM = 72 / 25.4


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


@pytest.fixture
def werte():
    beispiel = build_example(BRIEF)
    beispiel["absender"]["logo"] = False
    beispiel["empfaenger"]["zeilen"] = ["Herrn Max Schuldner", "Bahnhofstr. 12", "04109 Leipzig"]
    return beispiel


def print_letter(pool, werte, art="mahnung-1"):
    vorlage = load_vorlage(pool, read_letter(art), f"{art}.docx", BRIEF)
    assert isinstance(vorlage, Vorlage), vorlage
    return set_letter(pool, vorlage, werte, {"zahlcode": CODE.png}, TAG)


def place(pdf_bytes: bytes, text: str, seite: int = 0) -> tuple[float, float]:
    """Return left edge and upper edge of a text in mm from the upper left corner of the page."""
    dokument = pdfium.PdfDocument(pdf_bytes)
    blatt = dokument[seite]
    ebene = blatt.get_textpage()
    treffer = ebene.search(text).get_next()
    assert treffer, text
    kaesten = [ebene.get_charbox(treffer[0] + nummer, loose=True) for nummer in range(treffer[1])]
    links, oben = min(k[0] for k in kaesten), max(k[3] for k in kaesten)
    return links / MM, (blatt.get_height() - oben) / MM


@pytest.mark.parametrize("art", ["zahlungserinnerung", "mahnung-1", "mahnung-letzte"])
def test_places_of_din_5008_form_b(pool, werte, art):
    brief = print_letter(pool, werte, art).pdf
    links, oben = place(brief, "Herrn Max Schuldner")
    assert links == pytest.approx(25, abs=0.5)
    assert 62.6 <= oben <= 66  # address zone: 27.3 mm from 62.7 on
    assert place(brief, "04109 Leipzig")[1] < 90 - 4
    assert 45 < place(brief, "Industriestr. 7 · ")[1] < 62.7  # return address above it
    links, oben = place(brief, "Aktenzeichen")
    assert links == pytest.approx(125, abs=0.5)
    assert oben == pytest.approx(50, abs=1)
    links, oben = place(
        brief, "ahnung zu Rechnung" if art != "zahlungserinnerung" else "Zahlungserinnerung zu"
    )
    assert oben == pytest.approx(98.5, abs=1.5)
    assert place(brief, "Sitz Dresden")[1] > 260


def test_fold_and_punch_marks(pool, werte):
    """Found on the page's picture: dark points at the left edge."""
    bild = pdfium.PdfDocument(print_letter(pool, werte).pdf)[0].render(scale=300 / 72).to_pil().convert("L")
    dicht = 300 / 25.4
    spalte = [bild.getpixel((round(6 * dicht), zeile)) for zeile in range(bild.height)]
    marken = sorted({round(zeile / dicht) for zeile, grau in enumerate(spalte) if grau < 200})
    assert marken == [pytest.approx(105, abs=1), pytest.approx(148.5, abs=1), pytest.approx(210, abs=1)]


@pytest.mark.parametrize("art", ["zahlungserinnerung", "mahnung-1", "mahnung-letzte"])
def test_payment_code_is_read_from_the_page_at_150_dpi(pool, werte, art):
    satz = print_letter(pool, werte, art)
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=150 / 72).to_pil()
    assert zxingcpp.read_barcode(seite).text == compute_epc(UEBERWEISUNG)
    assert any(shows_module(bild, CODE.module) for bild in satz.druckbild.bilder)
    falsch = draw_zahlcode(Ueberweisung("X", UEBERWEISUNG.iban, Decimal("941.00"), "2026-0042"))
    assert not any(shows_module(bild, falsch.module) for bild in satz.druckbild.bilder)


def test_the_densest_code_is_still_read_at_150_dpi(pool, werte):
    dicht = Ueberweisung("Möbelhaus Übersee Handelsgesellschaft mbH & Co. Kommanditgesellschaft"[:70],
                         UEBERWEISUNG.iban, Decimal("123456789.99"), "x" * 140)  # fmt: skip
    vorlage = load_vorlage(pool, read_letter(), "mahnung-1.docx", BRIEF)
    satz = set_letter(pool, vorlage, werte, {"zahlcode": draw_zahlcode(dicht).png}, TAG)
    seite = pdfium.PdfDocument(satz.pdf)[0].render(scale=150 / 72).to_pil()
    assert zxingcpp.read_barcode(seite).text == compute_epc(dicht)


def test_forty_invoices_and_eight_debtors(pool, werte):
    erste = werte["forderungen"][0]
    werte["forderungen"] = [{**erste, "nummer": f"RE-2026-{nummer}"} for nummer in range(100, 140)]
    werte["schuldner"] = [
        {"name": f"Anna-Lena von der Hohenstein-{nummer}", "ort": "Leipzig"} for nummer in range(8)
    ]
    werte["gesamtschuldner"] = True
    seiten = print_letter(pool, werte).druckbild.seiten
    assert len(seiten) == 3
    for nummer, seite in enumerate(seiten, start=1):
        assert f"Seite {nummer} von {len(seiten)}" in seite
    assert all("fällig am" in seite for seite in seiten[:2])  # repeated table head
    assert "Aktenzeichen 2026-0042" in seiten[1]  # header of the following pages
    text = "".join(seiten)
    assert all(f"RE-2026-{nummer}" in text for nummer in range(100, 140))
    assert "Hohenstein-7" in text.replace("\r\n", "").replace("\n", "") or "Hohenstein-\r\n7" in text
    assert "Zu zahlen" in text


def test_six_pages_stay_in_the_frame(pool, werte):
    werte["forderungen"] = werte["forderungen"] * 160
    satz = print_letter(pool, werte)
    assert len(satz.druckbild.seiten) == 6
    dokument = pdfium.PdfDocument(satz.pdf)
    for seite in dokument:
        for objekt in seite.get_objects():
            links, unten, rechts, oben = objekt.get_bounds()
            assert links >= 3 * MM
            assert rechts <= 205 * MM
            assert unten >= 5 * MM
            assert oben <= seite.get_height()


def test_pdf_says_what_it_is_and_holds_its_fonts(pool, werte):
    satz = print_letter(pool, werte)
    leser = PdfReader(io.BytesIO(satz.pdf), strict=True)
    assert leser.metadata.title == "Mahnung 2026-0042"
    assert leser.metadata.author == "Möbelhaus Übersee GmbH"
    assert leser.trailer["/Root"]["/Lang"] == "de-DE"
    assert "/CreationDate" not in leser.metadata
    schriften = {name["/BaseFont"] for seite in leser.pages for name in seite["/Resources"]["/Font"].values()}
    assert {name.rpartition("+")[2] for name in schriften} == {"Arimo-Regular", "Arimo-Bold"}
    assert satz.druckbild.fremde_schriften == ()
    assert leser.pages[0].mediabox.width == pytest.approx(210 * MM, abs=0.5)


def test_same_input_same_bytes_in_another_process(pool, werte):
    erste = print_letter(pool, werte)
    with WorkerPool(1) as anderer:
        assert print_letter(anderer, copy.deepcopy(werte)) == erste


def test_word_opens_what_was_set(pool, werte):
    dokument = python_docx.Document(io.BytesIO(print_letter(pool, werte).docx))
    assert dokument.core_properties.title == "Mahnung 2026-0042"
    assert any("Bitte überweisen Sie" in absatz.text for absatz in dokument.paragraphs)
    assert dokument.tables[1].rows[0].cells[0].text == "Rechnung"


def test_embedding_gives_the_same_page(pool, werte):
    """What Windows and macOS get: Arimo inside the DOCX instead of a private font configuration."""
    satz = print_letter(pool, werte)
    eingebettet = schrift.embed_fonts(satz.docx)
    assert schrift.embed_fonts(satz.docx) == eingebettet
    assert python_docx.Document(io.BytesIO(eingebettet))
    pdf_bytes = docx_to_pdf(pool, eingebettet, "probe")
    bild = read_druckbild(pdf_bytes)
    assert bild.seiten == satz.druckbild.seiten
    assert bild.fremde_schriften == ()
    for text in ("Herrn Max Schuldner", "Zu zahlen", "Mit freundlichen"):
        assert place(pdf_bytes, text) == pytest.approx(place(satz.pdf, text), abs=0.1)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="betrifft fontconfig")
def test_no_font_of_the_machine_is_looked_at(pool, werte, tmp_path):
    """Only the private folder is named; it lies in the temporary folder and holds the shipped files."""
    einstellung = pathlib.Path(schrift.fontconfig_file())
    assert "/usr/share/fonts" not in einstellung.read_text(encoding="utf-8")
    assert {datei.name for datei in (einstellung.parent / "schriften").glob("*.ttf")} == {
        "Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf", "Arimo-BoldItalic.ttf",
    }  # fmt: skip
    assert not list((pathlib.Path(schrift.__file__).parent / "schriften").glob(".uuid*"))


@pytest.mark.parametrize("muell", [b"", b"kein Word", b"PK\3\4" + b"x" * 100])
def test_what_cannot_be_set_is_refused(pool, muell):
    with pytest.raises(Ablehnung) as gefangen:
        docx_to_pdf(pool, muell, "probe.docx")
    assert gefangen.value.befund.abhilfe


def test_a_crash_in_the_engine_is_one_finding(pool, werte, monkeypatch):
    """Killed from outside in the middle: the next letter is set by a new child."""
    monkeypatch.setattr(druck, "SET_SECONDS", 0.0)
    vorlage = load_vorlage(pool, read_letter(), "mahnung-1.docx", BRIEF)
    with pytest.raises(Ablehnung) as gefangen:
        set_letter(pool, vorlage, werte, {"zahlcode": CODE.png}, TAG)
    assert gefangen.value.befund.code == "VORLAGE_GRENZE"
    monkeypatch.undo()
    assert print_letter(pool, werte).pdf


def test_an_address_outside_the_window_is_seen(pool, werte):
    hoch = change(read_letter(), "word/document.xml", '<w:trHeight w:val="1020" w:hRule="exact"/>',
                  '<w:trHeight w:val="3000" w:hRule="exact"/>')  # fmt: skip
    vorlage = load_vorlage(pool, hoch, "verschoben.docx", BRIEF)
    satz = set_letter(pool, vorlage, werte, {"zahlcode": CODE.png}, TAG)
    assert "Max Schuldner" in satz.druckbild.seiten[0]
    assert "Leipzig" not in satz.druckbild.fenster


def test_engine_version_is_the_pinned_one():
    from importlib.metadata import version

    assert f"dxpdf {version('dxpdf')}" == pdf.ENGINE
