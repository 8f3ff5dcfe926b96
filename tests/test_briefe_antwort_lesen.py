"""Returned forms are hostile files: values, refusals by name, mutants; nothing but our own findings comes out."""

import random
import unicodedata

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from antwortbau import blank_page, change, empty_form, fill, write_words
from mahnakte.briefe.antwort.felder import MAX_GRUND
from mahnakte.eingang.antwortbogen import lesen
from mahnakte.eingang.antwortbogen.lesen import Antwort, read_antwort
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerError, WorkerPool


def read(pdf: bytes) -> Antwort:
    return read_antwort(pdf, "antwort.pdf")


def refused(pdf: bytes) -> str:
    with pytest.raises(Ablehnung) as gefangen:
        read(pdf)
    assert gefangen.value.befund.abhilfe
    assert gefangen.value.befund.stelle.datei == "antwort.pdf"
    return gefangen.value.befund.code


def set_field(name: str, schluessel: str, wert) -> bytes:
    def put(schreiber: PdfWriter) -> None:
        for verweis in schreiber.root_object["/AcroForm"]["/Fields"]:
            if verweis.get_object()["/T"] == name:
                verweis.get_object()[NameObject(schluessel)] = wert

    return change(empty_form(), put)


# --- values -----------------------------------------------------------------------------------------------


def test_ticks_and_texts_are_read() -> None:
    antwort = read(
        fill(
            {"zahlen": "x", "zahlen_am": "15.05.2026", "einwand_grund": "Es fehlten zwei Stühle – für 50 €."}
        )
    )
    assert antwort.angekreuzt("zahlen")
    assert not antwort.angekreuzt("raten")
    assert antwort.text("zahlen_am") == "15.05.2026"
    assert antwort.text("einwand_grund") == "Es fehlten zwei Stühle – für 50 €."
    assert antwort.text("aktenzeichen") == "2026-0042"
    assert antwort.befunde == ()


@pytest.mark.parametrize(
    "text", ["Łódź", "Größe", "Київ", "İstanbul", "日本", "e\u0301", "a\tb", "Zeile 1\rZeile 2\r\nZeile 3"]
)
def test_texts_of_all_kinds_arrive(text) -> None:
    erwartet = " ".join(unicodedata.normalize("NFC", text).split())
    assert read(fill({"notiz": text})).text("notiz") == erwartet


@pytest.mark.parametrize("zeichen", ["\x00", "\x0b", "\u202e", "\u200f", "\u2028", "\ufeff", "\x7f"])
def test_characters_that_no_document_holds_are_dropped(zeichen) -> None:
    assert read(fill({"notiz": f"a{zeichen}b"})).text("notiz") == "ab"


def test_a_flood_of_text_is_cut() -> None:
    assert len(read(fill({"notiz": "x" * 100_000})).text("notiz")) == MAX_GRUND


def test_a_value_may_be_bytes_or_a_stream() -> None:
    strom = DecodedStreamObject()
    strom.set_data("Grüße".encode())
    assert read(set_field("notiz", "/V", strom)).text("notiz") == "Grüße"
    assert read(set_field("notiz", "/V", ByteStringObject(b"\xff\xfeabc"))).text("notiz").endswith("abc")


def test_a_tick_without_value_is_seen_by_its_appearance() -> None:
    """Some viewers change only what is shown."""

    def tick(schreiber: PdfWriter) -> None:
        for verweis in schreiber.root_object["/AcroForm"]["/Fields"]:
            feld = verweis.get_object()
            if feld["/T"] == "raten":
                del feld[NameObject("/V")]
                feld[NameObject("/AS")] = NameObject("/Ja")

    assert read(change(empty_form(), tick)).angekreuzt("raten")


@pytest.mark.parametrize("wert", [FloatObject(1.5), ArrayObject(), DictionaryObject(), NullObject()])
def test_values_of_a_wrong_kind_are_empty(wert) -> None:
    assert read(set_field("notiz", "/V", wert)).text("notiz") == ""


def test_foreign_fields_are_ignored() -> None:
    def add(schreiber: PdfWriter) -> None:
        feld = DictionaryObject(
            {NameObject("/T"): TextStringObject("__class__"), NameObject("/V"): TextStringObject("x")}
        )
        schreiber.root_object["/AcroForm"]["/Fields"].append(schreiber._add_object(feld))

    assert "__class__" not in read(change(empty_form(), add)).felder


# --- what cannot be read is said to be so --------------------------------------------------------------------


def test_a_flattened_form_is_told_from_a_scan_and_from_something_else() -> None:
    assert refused(write_words("Antwortbogen. Mit diesem Bogen erkennen Sie nichts an.")) == "ANTWORT_FLACH"
    assert refused(write_words("Rechnung RE-1")) == "ANTWORT_FREMD"
    assert refused(blank_page()) == "ANTWORT_SCAN"


def test_a_form_of_somebody_else_is_foreign() -> None:
    def rename(schreiber: PdfWriter) -> None:
        for verweis in schreiber.root_object["/AcroForm"]["/Fields"]:
            verweis.get_object()[NameObject("/T")] = TextStringObject("feld")

    assert refused(write_words("Formular", change(empty_form(), rename))) == "ANTWORT_FREMD"


def test_an_encrypted_file_is_refused() -> None:
    assert (
        refused(change(empty_form(), lambda schreiber: schreiber.encrypt("geheim")))
        == "ANTWORT_VERSCHLUESSELT"
    )


def test_another_form_laid_over_ours_is_refused() -> None:
    def lay(schreiber: PdfWriter) -> None:
        schreiber.root_object["/AcroForm"][NameObject("/XFA")] = TextStringObject("<xdp/>")

    assert refused(change(empty_form(), lay)).startswith("ANTWORT_")


@pytest.mark.parametrize(
    "inhalt",
    [b"", b"%PDF-1.7", b"PK\x03\x04", b"%PDF-1.7\n" + b"[" * 5000, b"\xff\xd8\xff\xe0JFIF", b"a" * 999],
)
def test_what_is_no_pdf_is_refused(inhalt) -> None:
    assert refused(inhalt) == "ANTWORT_UNLESBAR"


def test_a_file_beyond_measure_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(lesen, "MAX_BYTES", 100)
    assert refused(empty_form()) == "ANTWORT_ZU_GROSS"


def test_fields_that_contain_themselves_end() -> None:
    def loop(schreiber: PdfWriter) -> None:
        felder = schreiber.root_object["/AcroForm"]["/Fields"]
        felder[0].get_object()[NameObject("/Kids")] = ArrayObject([felder[0]])
        felder[0].get_object()[NameObject("/Parent")] = felder[0]

    assert read(change(empty_form(), loop)).text("aktenzeichen") == "2026-0042"


def test_what_was_typed_beside_the_fields_is_pointed_out() -> None:
    def add(schreiber: PdfWriter) -> None:
        notiz = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/FreeText"),
                                  NameObject("/Contents"): TextStringObject("Ich zahle nicht")})  # fmt: skip
        schreiber.pages[0]["/Annots"].append(schreiber._add_object(notiz))
        schreiber.add_blank_page(595, 842)

    befunde = read(change(empty_form(), add)).befunde
    assert [(b.code, b.schwere) for b in befunde] == [
        ("ANTWORT_ANMERKUNGEN", "warnung"),
        ("ANTWORT_MEHRERE_SEITEN", "hinweis"),
    ]


# --- mutants ---------------------------------------------------------------------------------------------------


def mutate(zufall: random.Random, pdf: bytes) -> bytes:
    roh = bytearray(pdf)
    for _ in range(zufall.randint(1, 12)):
        stelle = zufall.randrange(len(roh))
        match zufall.randrange(4):
            case 0:
                roh[stelle] = zufall.randrange(256)
            case 1:
                del roh[stelle : stelle + zufall.randrange(1, 200)]
            case 2:
                roh[stelle:stelle] = roh[zufall.randrange(len(roh)) :][: zufall.randrange(1, 100)]
            case _:
                roh[stelle : stelle + 3] = b"999"
        if not roh:
            return b""
    return bytes(roh)


def run_mutants(anzahl: int, saat: int) -> tuple[int, int]:
    """Return how many mutants were read and refused; anything else fails the test."""
    zufall = random.Random(saat)
    seeds = (
        fill({"zahlen": "x", "zahlen_am": "15.05.2026", "notiz": "Grüße"}),
        write_words("Antwortbogen", empty_form()),
    )
    gelesen, codes = 0, []
    with WorkerPool(2, memory_mb=512) as pool:
        for nummer in range(anzahl):
            try:
                antwort = pool.call(
                    read_antwort, mutate(zufall, seeds[nummer % 2]), "antwort.pdf", seconds=10
                )
            except Ablehnung as ablehnung:
                codes.append(ablehnung.befund.code)
            except WorkerError:  # a crash or time-out of a library: the command says so
                codes.append("ANTWORT_UNLESBAR")
            else:
                assert all(len(wert) <= MAX_GRUND for wert in antwort.felder.values())
                gelesen += 1
    assert all(code.startswith("ANTWORT_") for code in codes)
    return gelesen, len(codes)


def test_damaged_forms_are_read_or_refused() -> None:
    gelesen, abgelehnt = run_mutants(150, saat=7)
    assert gelesen > 10
    assert abgelehnt > 10


@pytest.mark.umfang
@pytest.mark.timeout(900)
def test_many_damaged_forms() -> None:
    gelesen, abgelehnt = run_mutants(6000, saat=11)
    assert gelesen + abgelehnt == 6000
