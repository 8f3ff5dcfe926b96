"""Templates: docxtpl as oracle, misspelt names, constructs that must not be in, pictures, same bytes."""

import copy
import datetime as dt
import io
import re
import struct
import zipfile

import docx as python_docx
import pytest
from docxtpl import DocxTemplate
from lxml import etree
from PIL import Image

from mahnakte.briefe.variablen import BRIEF
from mahnakte.grund.befund import Ablehnung, Schwere, has_sperre
from mahnakte.satz.ausdruck import clean_werte, make_environment
from mahnakte.satz.variablen import Variable, build_example, build_sparse
from mahnakte.satz.vorlage import check_vorlage, compile_vorlage, render
from vorlagenbau import ORTE, change, inject, pack, parts_of, read_letter

BEISPIEL = build_example(BRIEF)
TAG = dt.date(2026, 4, 20)
ARTEN = ("zahlungserinnerung", "mahnung-1", "mahnung-letzte")


def findings(docx: bytes) -> list[str]:
    return [befund.code for befund in check_vorlage(docx, "probe.docx", BEISPIEL, build_sparse(BEISPIEL))]


def placeholder(name: str = "zahlcode") -> bytes:
    return parts_of(read_letter())[f"word/media/{name}.png"]


def render_letter(art: str, werte: dict) -> bytes:
    bilder = {"zahlcode": placeholder(), "logo": placeholder("logo")}
    return render(compile_vorlage(read_letter(art), f"{art}.docx"), werte, bilder, TAG)


@pytest.fixture
def viele():
    werte = copy.deepcopy(BEISPIEL)
    werte["forderungen"] = [{**werte["forderungen"][0], "nummer": f"RE & {nummer}"} for nummer in range(40)]
    werte["posten"] *= 3
    werte["schuldner"] *= 8
    werte["gesamtschuldner"] = True
    return werte


# --- against docxtpl --------------------------------------------------------------------------------


@pytest.mark.parametrize("art", ARTEN)
@pytest.mark.parametrize("welche", ["beispiel", "viele", "knapp"])
def test_rendering_equals_docxtpl(art, welche, viele):
    werte = {"beispiel": BEISPIEL, "viele": viele, "knapp": build_sparse(BEISPIEL)}[welche]
    orakel = DocxTemplate(io.BytesIO(read_letter(art)))
    orakel.render(clean_werte(werte), jinja_env=make_environment(), autoescape=True)
    ausgabe = io.BytesIO()
    orakel.save(ausgabe)
    erwartet, unsere = parts_of(ausgabe.getvalue()), parts_of(render_letter(art, werte))
    geprueft = 0
    for name, inhalt in unsere.items():
        if re.fullmatch(r"word/(document|header\d|footer\d|styles|settings)\.xml", name):
            assert canonical(inhalt) == canonical(erwartet[name]), name
            geprueft += 1
    assert geprueft == 7
    assert set(unsere) == set(erwartet)


def canonical(inhalt: bytes) -> bytes:
    wurzel = etree.fromstring(inhalt)
    for element in wurzel.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    ):
        element.set("id", "0")  # docxtpl numbers them anew
    return etree.tostring(wurzel, method="c14n")


# --- names ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("art", ARTEN)
def test_shipped_templates_are_clean(art):
    assert check_vorlage(read_letter(art), f"{art}.docx", BEISPIEL, build_sparse(BEISPIEL)) == []


def names_in(docx: bytes) -> set[tuple[str, str]]:
    """Return (part, tag text) of every expression, found by a pattern and not by Jinja."""
    gefunden = set()
    for teil, inhalt in parts_of(docx).items():
        for tag in re.findall(r"\{\{.*?\}\}|\{%.*?%\}", inhalt.decode("utf-8", "replace")):
            gefunden |= {(teil, name) for name in re.findall(r"[a-z_]+(?:\.[a-z_]+)+", tag)}
    return gefunden


def test_each_name_misspelt_once_is_an_error():
    vorlage = read_letter("mahnung-1")
    namen = names_in(vorlage)
    assert len({name for _, name in namen}) > 30
    for name, teil in {name: teil for teil, name in sorted(namen)}.items():
        falsch = f"{name[:-1]}{'x' if name[-1] != 'x' else 'y'}"
        befunde = check_vorlage(
            change(vorlage, teil, name, falsch, anzahl=10_000), "probe.docx", BEISPIEL, {}
        )
        assert [b.code for b in befunde if falsch.rpartition(".")[2] in b.text], (teil, name)
        assert all(
            befund.code == "VORLAGE_VARIABLE" and befund.schwere is Schwere.SPERRE for befund in befunde
        )


def test_a_misspelt_name_is_proposed_with_place_and_paragraph():
    docx = change(read_letter(), "word/document.xml", "{{ zahlung.betrag }}", "{{ zahlung.betarg }}")
    befund, *_ = check_vorlage(docx, "mahnung.docx", BEISPIEL, {})
    assert "zahlung.betarg" in befund.text
    assert "Bitte überweisen Sie" in befund.text
    assert "betrag" in befund.abhilfe
    assert str(befund.stelle) == "mahnung.docx, Text"


@pytest.mark.parametrize(
    ("ausdruck", "wort"),
    [
        ("{{ f.nummer }}", "f"),  # a loop's name outside its loop
        ("{{ forderungen.nummer }}", "forderungen"),
        ("{% for z in brief %}{{ z }}{% endfor %}", "Liste"),
        ("{% for z in forderungen %}{{ z.numer }}{% endfor %}", "z.numer"),
        ("{{ loop.index }}", "loop"),
        ("{{ brief.datum }", "Platzhalter"),
        ("{% if gesamtschuldner %}x", "Platzhalter"),
        ("{{r brief.datum }}", "Platzhalter"),
        ("{% colspan 2 %}", "Platzhalter"),
        ("{{ summe.betrag * 2 }}", "Rechnen"),
        ("{{ summe.betrag > 'a' }}", "Vergleich"),
    ],
)
def test_wrong_expressions_are_named(ausdruck, wort):
    befunde = check_vorlage(inject("text", ausdruck), "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
    assert any(wort in befund.text for befund in befunde), befunde


@pytest.mark.parametrize("ort", ORTE)
def test_a_correct_expression_is_rendered_everywhere(ort):
    """Also in headers, footers, footnotes and properties: the attacks there would otherwise prove nothing."""
    docx = inject(ort, "Wert {{ zahlung.verwendungszweck }}!")
    assert findings(docx) == []
    fertig = render(compile_vorlage(docx, "probe.docx"), BEISPIEL, {"logo": placeholder("logo")}, TAG)
    assert any(b"Wert 2026-0042!" in inhalt for inhalt in parts_of(fertig).values())


# --- constructs -------------------------------------------------------------------------------------

FRAME = '<w:p><w:pPr><w:framePr w:w="2000"/></w:pPr><w:r><w:t>Anschrift</w:t></w:r></w:p>'
FELD = '<w:p><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r></w:p>'
BAUTEILE = {
    "VORLAGE_RAHMEN": FRAME,
    "VORLAGE_TABELLE_FREI": '<w:tbl><w:tblPr><w:tblpPr w:tblpX="1"/></w:tblPr><w:tblGrid/></w:tbl>',
    "VORLAGE_AENDERUNG": '<w:p><w:ins w:id="1"><w:r><w:t>neu</w:t></w:r></w:ins></w:p>',
    "VORLAGE_KOMMENTAR": '<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>',
    "VORLAGE_ZEICHNUNG": "<w:p><w:r><w:pict/></w:r></w:p>",
    "VORLAGE_OBJEKT": "<w:p><w:r><w:object/></w:r></w:p>",
    "VORLAGE_SCHRIFT": '<w:p><w:r><w:rPr><w:rFonts w:ascii="Comic Sans MS"/></w:rPr><w:t>x</w:t></w:r></w:p>',
}


@pytest.mark.parametrize("teil", ["word/document.xml", "word/header2.xml", "word/footer1.xml"])
@pytest.mark.parametrize("code", BAUTEILE)
def test_constructs_that_go_wrong_are_refused(code, teil):
    anker = "<w:p>" if teil != "word/document.xml" else "<w:sectPr>"
    befunde = check_vorlage(
        change(read_letter(), teil, anker, BAUTEILE[code] + anker),
        "probe.docx",
        BEISPIEL,
        build_sparse(BEISPIEL),
    )
    assert [befund.code for befund in befunde] == [code]
    assert befunde[0].abhilfe
    assert teil.rpartition("/")[2] in str(befunde[0].stelle)


@pytest.mark.parametrize(
    "befehl",
    [
        "DDEAUTO c:\\\\x",
        "INCLUDETEXT x",
        "INCLUDEPICTURE x",
        "DATE",
        "LINK Excel",
        "PAGE {{ brief.datum }}",
        "MERGEFIELD a",
    ],
)
def test_fields_that_fetch_or_change_are_refused(befehl):
    assert "VORLAGE_FELD" in findings(
        change(read_letter(), "word/document.xml", "<w:sectPr>", FELD.format(befehl) + "<w:sectPr>")
    )


def test_word_text_boxes_keep_their_fallback():
    alt = (
        '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"/><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    assert findings(change(read_letter(), "word/document.xml", "<w:sectPr>", alt + "<w:sectPr>")) == []


@pytest.mark.parametrize("neu", ['w:val="14"', 'w:val=""'])
def test_old_compatibility_mode_is_refused(neu):
    docx = change(read_letter(), "word/settings.xml", 'w:uri="http://schemas.microsoft.com/office/word" w:val="15"',
                  f'w:uri="http://schemas.microsoft.com/office/word" {neu}')  # fmt: skip
    assert findings(docx) == ["VORLAGE_KOMPATIBEL"]
    ohne = {name: inhalt for name, inhalt in parts_of(read_letter()).items() if name != "word/settings.xml"}
    assert findings(pack(ohne)) == ["VORLAGE_KOMPATIBEL"]


def test_fonts_are_looked_up_in_used_styles_and_in_the_theme():
    stil = '<w:style w:type="paragraph" w:styleId="Neu"><w:name w:val="Neu"/><w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr></w:style>'
    vorlage = change(read_letter(), "word/styles.xml", "</w:styles>", f"{stil}</w:styles>")
    thema = (
        b'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
        b'<a:minorFont><a:latin typeface="Calibri"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    unbenutzt = pack({**parts_of(vorlage), "word/theme/theme1.xml": thema})
    assert findings(unbenutzt) == []
    benutzt = change(unbenutzt, "word/document.xml", '<w:pStyle w:val="Betreff"/>', '<w:pStyle w:val="Neu"/>')
    befunde = check_vorlage(benutzt, "probe.docx", BEISPIEL, build_sparse(BEISPIEL))
    assert [befund.code for befund in befunde] == ["VORLAGE_SCHRIFT"]
    assert "Calibri" in befunde[0].text


def test_another_language_is_only_a_warning():
    befunde = check_vorlage(
        change(read_letter(), "word/styles.xml", 'w:val="de-DE"', 'w:val="en-US"'), "x", BEISPIEL, {}
    )
    assert [befund.code for befund in befunde] == ["VORLAGE_SPRACHE"]
    assert not has_sperre(befunde)


def test_tags_where_nothing_is_filled_in_are_refused():
    fremd = pack(
        {
            **parts_of(read_letter()),
            "docProps/app.xml": b"<Properties><Company>{{ absender.name }}</Company></Properties>",
        }
    )
    assert findings(fremd) == ["VORLAGE_ORT"]


def test_a_cut_paragraph_is_named():
    docx = inject("text", "{% if gesamtschuldner %}")
    zelle = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{% endif %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
    docx = change(docx, "word/document.xml", "<w:p/>", zelle)
    assert findings(docx) == ["VORLAGE_AUSDRUCK"]


def test_a_template_saved_by_another_program_still_works():
    ausgabe = io.BytesIO()
    python_docx.Document(io.BytesIO(read_letter())).save(ausgabe)
    assert findings(ausgabe.getvalue()) == []


def test_tags_split_by_word_are_put_together():
    zerlegt = (
        '{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:t>{ empfaenger.</w:t></w:r><w:r><w:t>anrede }}'
    )
    docx = change(read_letter(), "word/document.xml", "{{ empfaenger.anrede }}", zerlegt)
    assert findings(docx) == []


# --- pictures, bytes --------------------------------------------------------------------------------


def png(breite: int, hoehe: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", breite, hoehe) + b"\x08\0\0\0\0"


def real_png(breite: int, hoehe: int) -> bytes:
    ausgabe = io.BytesIO()
    Image.new("RGB", (breite, hoehe), "navy").save(ausgabe, "PNG")
    return ausgabe.getvalue()


def test_pictures_replace_their_placeholder_and_keep_their_proportions():
    werte = copy.deepcopy(BEISPIEL)
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    logo = real_png(300, 100)  # wider than the place of 60 x 14 mm: the height decides
    teile = parts_of(render(form, werte, {"zahlcode": placeholder(), "logo": logo}, TAG))
    gezeigt, gegeben = (
        Image.open(io.BytesIO(bild)).convert("RGB") for bild in (teile["word/media/logo.png"], logo)
    )
    assert gezeigt.size == (300, 100)
    assert gezeigt.tobytes() == gegeben.tobytes()
    hoehe = 14 * 36000
    assert f'cx="{hoehe * 3}" cy="{hoehe}"'.encode() in teile["word/header1.xml"]


def test_a_shown_picture_must_be_given():
    form = compile_vorlage(read_letter(), "mahnung-1.docx")
    with pytest.raises(Ablehnung) as gefangen:
        render(form, BEISPIEL, {"logo": placeholder("logo")}, TAG)
    assert gefangen.value.befund.code == "BILD_FEHLT"
    ohne = copy.deepcopy(BEISPIEL)
    ohne["zahlung"]["zahlcode"] = ohne["absender"]["logo"] = False
    assert render(form, ohne, {}, TAG)


@pytest.mark.parametrize(
    "bild", [b"", b"GIF89a", b"\xff\xd8\xff\xe0" + b"\0" * 50, png(0, 10), png(50_000, 10)]
)
def test_only_plain_png_pictures(bild):
    with pytest.raises(Ablehnung) as gefangen:
        render(compile_vorlage(read_letter(), "m"), BEISPIEL, {"zahlcode": placeholder(), "logo": bild}, TAG)
    assert gefangen.value.befund.code == "BILD_KEIN_PNG"


def test_one_picture_for_two_places_is_refused():
    """Word stores equal pictures once; replacing one would replace the other."""
    docx = change(read_letter(), "word/_rels/header1.xml.rels", "media/logo.png", "media/zahlcode.png")
    assert findings(docx) == ["VORLAGE_BILD"]


@pytest.mark.parametrize("art", ARTEN)
def test_same_input_same_bytes(art, viele):
    erste = render_letter(art, viele)
    compile_vorlage.cache_clear()
    assert render_letter(art, copy.deepcopy(viele)) == erste
    with zipfile.ZipFile(io.BytesIO(erste)) as archiv:
        assert archiv.testzip() is None
        assert {eintrag.date_time for eintrag in archiv.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archiv.namelist()[0] == "[Content_Types].xml"
    assert python_docx.Document(io.BytesIO(erste)).core_properties.created.date() == TAG


def test_properties_name_the_sender_and_not_the_editor_of_the_template():
    docx = change(
        read_letter(),
        "docProps/core.xml",
        "<dc:language>",
        "<cp:lastModifiedBy>Karla Klick</cp:lastModifiedBy><dc:language>",
    )
    form = compile_vorlage(docx, "mahnung-1.docx")
    kern = parts_of(render(form, BEISPIEL, {"zahlcode": placeholder(), "logo": placeholder("logo")}, TAG))[
        "docProps/core.xml"
    ]
    assert b"Karla" not in kern
    assert "Möbelhaus".encode() in kern


def test_example_tree_of_variables():
    liste = (
        Variable("a.b", "", "x"),
        Variable("c[].d", "", 1),
        Variable("e[]", "", "y"),
        Variable("f", "", True),
    )
    assert build_example(liste) == {"a": {"b": "x"}, "c": [{"d": 1}], "e": ["y"], "f": True}
    assert build_sparse(build_example(liste)) == {"a": {"b": ""}, "c": [], "e": [], "f": False}
