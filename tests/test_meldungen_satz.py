"""Each finding about templates, pictures and set pages: the input that raises just it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable

import pytest

from mahnakte.briefe.variablen import BRIEF
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import druck, libreoffice
from mahnakte.satz.ausdruck import MAX_TEXT, clean_werte
from mahnakte.satz.bilder import read_masse
from mahnakte.satz.druck import Vorlage, docx_to_pdf, set_letter
from mahnakte.satz.libreoffice import run_libreoffice
from mahnakte.satz.paket import MAX_BYTES
from mahnakte.satz.schrift import on_temporary_disk
from mahnakte.satz.variablen import build_example, build_sparse
from mahnakte.satz.vorlage import check_vorlage, compile_vorlage, render
from mahnakte.satz.xlsx import Blatt, Spalte, write_xlsx
from mahnakte.satz.zahlcode import Ueberweisung, compute_epc
from meldungsbau import Beweise
from satzbau import TAG, UEBERWEISUNG
from vorlagenbau import change, inject, pack, parts_of, read_letter, small_letter
from wordbau import RAND, absatz, dokument, hinweis, run, tabelle, zeile, zelle

beweist = Beweise("satz")
BEISPIEL = build_example(BRIEF)
P = absatz(run())
NAME = "brief.docx"


def check(docx: bytes) -> list[Befund]:
    return check_vorlage(docx, NAME, BEISPIEL, build_sparse(BEISPIEL))


def check_body(koerper: str) -> list[Befund]:
    return check(dokument(koerper))


def add_part(name: str, inhalt: bytes = b"x") -> bytes:
    return pack({**parts_of(small_letter()), name: inhalt})


def set_body(werkstatt: WorkerPool, koerper: str) -> Iterable[Befund]:
    return set_letter(werkstatt, Vorlage(NAME, dokument(koerper)), BEISPIEL, {}, TAG).befunde


# --- the package ------------------------------------------------------------------------------------


@beweist("VORLAGE_ZU_GROSS")
def too_large(*_: object) -> Iterable[Befund]:
    return check(b"PK" + bytes(MAX_BYTES))


@beweist("VORLAGE_KEIN_DOCX")
def no_word(*_: object) -> Iterable[Befund]:
    return check(b"%PDF-1.7")


@beweist("VORLAGE_BOMBE")
def a_name_that_leads_out(*_: object) -> Iterable[Befund]:
    return check(add_part("../boese.txt"))


@beweist("VORLAGE_VERSCHLUESSELT")
def encrypted(*_: object) -> Iterable[Befund]:
    roh = bytearray(small_letter())
    roh[roh.index(b"PK\1\2") + 8] |= 1
    return check(bytes(roh))


@beweist("VORLAGE_MAKRO")
def macros(*_: object) -> Iterable[Befund]:
    return check(add_part("word/vbaProject.bin"))


@beweist("VORLAGE_OBJEKT")
def a_sheet_inside(*_: object) -> Iterable[Befund]:
    return check(add_part("word/embeddings/oleObject1.bin"))


@beweist("VORLAGE_STRIKT")
def strict(*_: object) -> Iterable[Befund]:
    gewoehnlich = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strikt = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    return check(change(dokument(P), "word/document.xml", gewoehnlich, strikt))


@beweist("VORLAGE_LINK")
def a_link(*_: object) -> Iterable[Befund]:
    verweis = '<Relationship Id="rId77" Target="https://beispiel.example/" TargetMode="External"/>'
    ende = "</Relationships>"
    return check(change(small_letter(), "word/_rels/document.xml.rels", ende, verweis + ende))


@beweist("VORLAGE_XML")
def a_cut_part(*_: object) -> Iterable[Befund]:
    return check(change(small_letter(), "word/document.xml", "</w:body>", ""))


# --- what Word put in -------------------------------------------------------------------------------

W = run("Zahlung")
KOERPER = {
    "VORLAGE_AENDERUNG": absatz(f'<w:ins w:id="1">{W}</w:ins>'),
    "VORLAGE_BAUTEIL": absatz(f"<w:r><w:dayLong/></w:r>{W}"),
    "VORLAGE_FORMEL": absatz(f"{W}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"),
    "VORLAGE_KOMMENTAR": absatz(f'{W}<w:r><w:commentReference w:id="1"/></w:r>'),
    "VORLAGE_RAHMEN": absatz(W, '<w:framePr w:w="2000"/>'),
    "VORLAGE_RICHTUNG": absatz(f'<w:bdo w:val="rtl">{W}</w:bdo>'),
    "VORLAGE_SCHRIFT": absatz(run(eigenschaften='<w:rFonts w:ascii="Comic Sans MS"/>')),
    "VORLAGE_SYMBOL": absatz('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + W),
    "VORLAGE_TABELLE_FREI": tabelle(zeile(zelle(P))).replace(
        "<w:tblPr/>", '<w:tblPr><w:tblpPr w:tblpX="1"/></w:tblPr>'
    ),
    "VORLAGE_VERBORGEN": absatz(run("nur intern", "<w:vanish/>")),
    "VORLAGE_ZEICHNUNG": absatz(f"{W}<w:r><w:pict/></w:r>"),
    "VORLAGE_ZELLE": tabelle(
        zeile(zelle(absatz(run("A")), '<w:vMerge w:val="restart"/>')) + zeile(zelle(absatz(W), "<w:vMerge/>"))
    ),
    "VORLAGE_FELD": absatz('<w:r><w:instrText xml:space="preserve"> DATE </w:instrText></w:r>'),
}
for _code, _koerper in KOERPER.items():
    beweist(_code)(lambda *_, koerper=_koerper: check_body(koerper + absatz()))


@beweist("VORLAGE_FUSSNOTE")
def a_note_in_a_table(*_: object) -> Iterable[Befund]:
    koerper, teile = hinweis(tabelle(zeile(zelle(absatz(run("Betrag") + "NOTE")))) + absatz(), P)
    return check(dokument(koerper, teile=teile))


@beweist("VORLAGE_MASS")
def a_page_without_size(*_: object) -> Iterable[Befund]:
    return check(dokument(P, f'<w:pgSz w:w="0" w:h="0"/>{RAND}'))


@beweist("VORLAGE_KOMPATIBEL")
def old_mode(*_: object) -> Iterable[Befund]:
    teile = parts_of(small_letter())
    del teile["word/settings.xml"]
    return check(pack(teile))


@beweist("VORLAGE_SPRACHE")
def english(*_: object) -> Iterable[Befund]:
    return check(change(small_letter(), "word/styles.xml", 'w:val="de-DE"', 'w:val="en-US"'))


@beweist("VORLAGE_ORT")
def a_tag_that_stays(*_: object) -> Iterable[Befund]:
    eigenschaften = b"<Properties><Company>{{ absender.name }}</Company></Properties>"
    return check(add_part("docProps/app.xml", eigenschaften))


@beweist("VORLAGE_AUSDRUCK")
def a_forbidden_tag(*_: object) -> Iterable[Befund]:
    return check(inject("text", "{{r brief.datum }}"))


@beweist("VORLAGE_VARIABLE")
def a_misspelt_name(*_: object) -> Iterable[Befund]:
    return check(inject("text", "{{ brief.aktenzeihen }}"))


@beweist("VORLAGE_BILD")
def one_picture_twice(*_: object) -> Iterable[Befund]:
    return check(change(read_letter(), "word/_rels/header1.xml.rels", "media/logo.png", "media/zahlcode.png"))


# --- filling in and setting -------------------------------------------------------------------------


@beweist("BILD_FEHLT")
def no_logo(*_: object) -> Iterable[Befund]:
    zahlcode = parts_of(read_letter())["word/media/zahlcode.png"]
    render(compile_vorlage(read_letter(), NAME), BEISPIEL, {"zahlcode": zahlcode}, TAG)
    return ()


@beweist("BILD_KEIN_PNG")
def a_gif(*_: object) -> Iterable[Befund]:
    read_masse(b"GIF89a", "logo")
    return ()


@beweist("BRIEF_ZEICHEN")
def a_hidden_sign(*_: object) -> Iterable[Befund]:
    clean_werte({"empfaenger": {"name": "Max\u202eMuster"}})
    return ()


@beweist("BRIEF_TEXT_LANG")
def a_long_text(*_: object) -> Iterable[Befund]:
    clean_werte({"forderungen": [{"grund": "x" * (MAX_TEXT + 1)}]})
    return ()


@beweist("ZEICHEN_FEHLT")
def a_sign_without_glyph(werkstatt: WorkerPool, *_: object) -> Iterable[Befund]:
    return set_body(werkstatt, absatz(run("漢字")))


@beweist("WORT_FEHLT")
def beside_the_page(werkstatt: WorkerPool, *_: object) -> Iterable[Befund]:
    return set_body(werkstatt, absatz(run("Sprechzeiten montags"), '<w:ind w:left="20000"/>'))


@beweist("PDF_NICHT_GESETZT")
def nothing_to_set(werkstatt: WorkerPool, *_: object) -> Iterable[Befund]:
    docx_to_pdf(werkstatt, pack({"a.txt": b"x"}), NAME)
    return ()


@beweist("VORLAGE_FEHLER")
def no_package(werkstatt: WorkerPool, *_: object) -> Iterable[Befund]:
    docx_to_pdf(werkstatt, b"kein Word", NAME)
    return ()


@beweist("VORLAGE_GRENZE")
def no_end(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    monkeypatch.setattr(druck, "SET_SECONDS", 1.0)
    schleifen = "{% for a in forderungen %}" * 7 + "x" + "{% endfor %}" * 7
    werte = {**BEISPIEL, "forderungen": BEISPIEL["forderungen"] * 40}
    with WorkerPool(1) as pool:
        return set_letter(pool, Vorlage(NAME, inject("text", schleifen)), werte, {}, TAG).befunde


@beweist("TEMP_ORDNER")
def full_disk(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    def fail(*_: object, **__: object) -> str:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(tempfile, "mkdtemp", fail)
    with on_temporary_disk():
        tempfile.mkdtemp()
    return ()


@beweist("LIBREOFFICE_FEHLT")
def no_office(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    run_libreoffice(b"PK", NAME)
    return ()


@beweist("LIBREOFFICE_FEHLER")
def office_breaks_off(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    """Python knows none of the switches and ends with 2."""
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: sys.executable)
    run_libreoffice(small_letter(), NAME)
    return ()


@beweist("LIBREOFFICE_ZEIT")
def office_hangs(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    warte = subprocess.Popen.wait

    def hang(prozess: "subprocess.Popen[bytes]", timeout: float | None = None) -> int:
        if timeout is not None:
            raise subprocess.TimeoutExpired("soffice", timeout)
        return warte(prozess)

    monkeypatch.setattr(libreoffice, "find_soffice", lambda: sys.executable)
    monkeypatch.setattr(subprocess.Popen, "wait", hang)
    run_libreoffice(small_letter(), NAME)
    return ()


@beweist("XLSX_TEXT_ZU_LANG")
def a_long_cell(*_: object) -> Iterable[Befund]:
    write_xlsx([Blatt("Konto", (), (Spalte("Text"),), (("x" * 32_768,),))], "Konto", "Büro", TAG)
    return ()


@beweist("ZAHLCODE_NICHT_MOEGLICH")
def a_wrong_iban(*_: object) -> Iterable[Befund]:
    compute_epc(Ueberweisung(UEBERWEISUNG.empfaenger, "12345", UEBERWEISUNG.betrag, "2026-0042"))
    return ()


@pytest.mark.timeout(60)
@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(
    code: str, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    beweist.check(code, werkstatt, monkeypatch)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
