"""PDF/A: what the hull adds, and when a file may say what it is. veraPDF itself judges in CI: werkzeuge/verapdf."""

import io
import pathlib
import shutil
import sys

import pytest
from lxml import etree
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, docx_to_pdf, set_letter
from mahnakte.satz.pdfa import Beschreibung, claims_pdfa, drop_claim, finish_pdf, may_claim, read_names
from satzbau import CODE, TAG, WURZEL, example_of, small_docx

VORLAGEN = sorted((WURZEL / "templates").rglob("*.docx"))
BESCHREIBUNG = Beschreibung("Mahnung <1> & 2", "Möbelhaus Übersee GmbH", "de-DE", "Maschine 1")
XMP = {"dc": "http://purl.org/dc/elements/1.1/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1) as begrenzt:
        yield begrenzt


@pytest.fixture(scope="module")
def anderer():
    """Another process, for the same bytes."""
    with WorkerPool(1) as begrenzt:
        yield begrenzt


@pytest.fixture(scope="module")
def blatt(pool):
    return docx_to_pdf(pool, small_docx(), "probe")


def set_vorlage(pool, vorlage: pathlib.Path):
    bilder = {"zahlcode": CODE.png, "unterschrift": CODE.png}
    return set_letter(
        pool, Vorlage(vorlage.name, vorlage.read_bytes()), example_of(vorlage.stem), bilder, TAG
    )


@pytest.mark.parametrize("vorlage", VORLAGEN, ids=lambda vorlage: vorlage.stem)
def test_every_shipped_template_gives_a_file_that_may_say_so_and_the_same_bytes(pool, anderer, vorlage):
    satz = set_vorlage(pool, vorlage)
    assert claims_pdfa(satz.pdf)
    assert satz.befunde == ()
    assert set_vorlage(anderer, vorlage) == satz


def test_the_description_says_the_same_in_both_places(blatt):
    fertig = finish_pdf(blatt, BESCHREIBUNG, b"docx")
    leser = PdfReader(io.BytesIO(fertig), strict=True)
    wurzel = leser.trailer["/Root"]
    xmp = etree.fromstring(wurzel["/Metadata"].get_data())
    assert leser.metadata.title == xmp.findtext(".//dc:title//{*}li", namespaces=XMP) == BESCHREIBUNG.titel
    assert (
        leser.metadata.author
        == xmp.findtext(".//dc:creator//{*}li", namespaces=XMP)
        == BESCHREIBUNG.verfasser
    )
    assert wurzel["/Lang"] == xmp.findtext(".//dc:language//{*}li", namespaces=XMP) == "de-DE"
    assert (
        xmp.findtext(".//pdfaid:part", namespaces=XMP),
        xmp.findtext(".//pdfaid:conformance", namespaces=XMP),
    ) == (
        "2",
        "B",
    )
    assert "/CreationDate" not in leser.metadata
    assert "/JavaScript" not in str(wurzel.get("/Names"))
    (absicht,) = wurzel["/OutputIntents"]
    profil = absicht["/DestOutputProfile"].get_data()
    assert absicht["/S"] == "/GTS_PDFA1"
    assert (profil[16:20], profil[36:40], profil[8]) == (b"RGB ", b"acsp", 4)  # ICC.1, 7.2


def test_the_identifier_follows_from_the_document(blatt):
    def kennung(herkunft: bytes) -> bytes:
        paar = PdfReader(io.BytesIO(finish_pdf(blatt, BESCHREIBUNG, herkunft))).trailer["/ID"]
        assert paar[0] == paar[1]
        return paar[0].original_bytes

    assert kennung(b"a") == kennung(b"a") != kennung(b"b")


def test_characters_that_xml_forbids_do_not_break_the_description(blatt):
    fertig = finish_pdf(blatt, Beschreibung("a\x00b\x1f]]>", "", "de-DE", "M"), b"")
    etree.fromstring(PdfReader(io.BytesIO(fertig)).trailer["/Root"]["/Metadata"].get_data())


def test_what_ci_has_not_seen_does_not_say_so(blatt):
    schreiber = PdfWriter(clone_from=io.BytesIO(blatt))
    assert may_claim(schreiber)
    schreiber.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript")}
    )
    assert {"/OpenAction", "/JavaScript"} <= read_names(schreiber)
    assert not may_claim(schreiber)
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    assert not claims_pdfa(finish_pdf(ausgabe.getvalue(), BESCHREIBUNG, b""))


@pytest.mark.parametrize("text", ["漢字", "Zahlen Sie 😀", "مرحبا"])
def test_a_letter_that_the_font_lacks_is_named_and_takes_the_marker(pool, text):
    vorlage = next(vorlage for vorlage in VORLAGEN if vorlage.stem == "nicht_lesbar")
    werte = {**example_of("nicht_lesbar"), "titel": text}
    satz = set_letter(pool, Vorlage(vorlage.name, vorlage.read_bytes()), werte, {}, TAG)
    assert [befund.code for befund in satz.befunde] == ["ZEICHEN_FEHLT"]
    assert text[-1] in satz.befunde[0].text
    assert not claims_pdfa(satz.pdf)


@pytest.mark.parametrize("text", ["Łódź, Şanlıurfa, Київ, Brăila", "½ m² – „so“ … ✓"[:-2], "eﬃzient"])
def test_letters_of_our_debtors_languages_are_all_there(pool, text):
    vorlage = next(vorlage for vorlage in VORLAGEN if vorlage.stem == "nicht_lesbar")
    werte = {**example_of("nicht_lesbar"), "titel": text}
    satz = set_letter(pool, Vorlage(vorlage.name, vorlage.read_bytes()), werte, {}, TAG)
    assert satz.befunde == ()
    assert claims_pdfa(satz.pdf)


def test_a_changed_file_loses_the_description(blatt):
    schreiber = PdfWriter(clone_from=io.BytesIO(blatt))
    drop_claim(schreiber)
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    assert not claims_pdfa(ausgabe.getvalue())


@pytest.mark.umfang
@pytest.mark.timeout(600)
@pytest.mark.skipif(
    not (shutil.which("java") and shutil.which("mvn")), reason="Java oder Maven ist nicht installiert"
)
def test_verapdf_tells_a_sound_file_from_one_without_colour_profile(blatt, tmp_path, monkeypatch):
    """The judge can say no: without that a yes is worth nothing."""
    monkeypatch.setattr(sys, "path", [str(WURZEL / "werkzeuge/verapdf"), *sys.path])
    import pruefen

    schreiber = PdfWriter(clone_from=io.BytesIO(blatt))
    del schreiber.root_object["/OutputIntents"]
    schreiber.write(tmp_path / "ohne.pdf")
    (tmp_path / "mit.pdf").write_bytes(blatt)
    maengel = pruefen.validate([tmp_path / "mit.pdf", tmp_path / "ohne.pdf"])
    assert maengel[tmp_path / "mit.pdf"] == []
    assert any("6.2.4.3" in mangel for mangel in maengel[tmp_path / "ohne.pdf"])
