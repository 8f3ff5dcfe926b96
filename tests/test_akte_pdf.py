"""Hostile PDFs and binding: no page silently missing, no traceback, sheet numbers where they belong."""

import datetime as dt
import io
import random
import re

import pypdfium2
import pytest
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from aktebau import (
    add_attachment,
    add_layers,
    add_script,
    add_signature,
    add_xfa,
    annotation,
    edit,
    hide_last_page,
    make_pdf,
    protect,
    texts,
    with_appearance,
)
from mahnakte.akte.bemerkungen import remark
from mahnakte.akte.heftung import Teil, bind
from mahnakte.akte.lesbarkeit import Merkmal, prepare_pdf
from mahnakte.grund.worker import Worker, WorkerError

STICHTAG = dt.date(2026, 11, 16)
SATZ = [f"Beleg Seite {nummer} von 4" for nummer in range(1, 5)]


def labels(anzahl):
    """Return a PDF of small pages, like the one our own engine sets."""
    return make_pdf(
        [f"Blatt {n} von {anzahl}" for n in range(1, anzahl + 1)], groesse=(120, 18), links=2, unter=14
    )


# --- what a readable PDF becomes ----------------------------------------------------------------------


def test_all_pages_are_copied_and_nothing_is_remarked():
    stand = prepare_pdf(make_pdf(SATZ))
    assert (stand.seiten, stand.merkmale, stand.grund) == (4, (), "")
    assert texts(stand.pdf) == SATZ


def test_same_input_same_bytes():
    assert prepare_pdf(make_pdf(SATZ)) == prepare_pdf(make_pdf(SATZ))


@pytest.mark.parametrize(
    ("aendern", "merkmal"),
    [
        (add_script, Merkmal.SKRIPT),
        (add_attachment, Merkmal.ANHAENGE),
        (add_xfa, Merkmal.XFA),
        (add_layers, Merkmal.EBENEN),
        (add_signature, Merkmal.SIGNIERT),
        (protect, Merkmal.GESCHUETZT),
        (lambda schreiber: schreiber.add_blank_page(), Merkmal.LEERE_SEITE),
    ],
)
def test_what_a_person_should_know_is_remarked(aendern, merkmal):
    stand = prepare_pdf(edit(make_pdf(SATZ), aendern))
    assert merkmal in stand.merkmale
    assert stand.seiten >= 4
    assert texts(stand.pdf)[:4] == SATZ


def test_nothing_active_is_copied():
    def hostile(schreiber):
        add_script(schreiber)
        add_attachment(schreiber)
        schreiber.pages[0][NameObject("/AA")] = DictionaryObject(
            {NameObject("/O"): DictionaryObject({NameObject("/S"): NameObject("/JavaScript"),
                                                 NameObject("/JS"): TextStringObject("app.alert(1)")})}
        )  # fmt: skip

    kopie = prepare_pdf(edit(make_pdf(SATZ), hostile)).pdf
    for spur in (b"JavaScript", b"app.alert", b"EmbeddedFile", b"/AA", b"daten.xml"):
        assert spur not in kopie


def test_a_filled_form_field_stays_visible():
    def fill(schreiber):
        aussehen = DecodedStreamObject()
        aussehen.set_data(b"BT /F1 12 Tf 2 4 Td (Ausgefuellt) Tj ET")
        aussehen.update({
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 200, 20))),
            NameObject("/Resources"): schreiber.pages[0]["/Resources"],
        })  # fmt: skip
        feld = DictionaryObject({
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/T"): TextStringObject("Name"),
            NameObject("/V"): TextStringObject("Ausgefuellt"),
            NameObject("/F"): NumberObject(4),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (72, 500, 272, 520))),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): schreiber._add_object(aussehen)}),
        })  # fmt: skip
        verweis = schreiber._add_object(feld)
        schreiber.pages[0][NameObject("/Annots")] = ArrayObject([verweis])
        schreiber.root_object[NameObject("/AcroForm")] = DictionaryObject(
            {NameObject("/Fields"): ArrayObject([verweis])}
        )

    stand = prepare_pdf(edit(make_pdf(SATZ), fill))
    assert Merkmal.ANMERKUNGEN in stand.merkmale
    assert "Ausgefuellt" in texts(stand.pdf)[0]
    assert b"/Annots" not in stand.pdf


TEXT = TextStringObject
STRICH = ArrayObject(map(FloatObject, (100, 300, 300, 350)))
ANMERKUNGEN = {
    "Freitext": annotation("FreeText", Contents=TEXT("anerkannt"), DA=TEXT("/Helv 12 Tf 0 g")),
    "Notiz": annotation("Text", Contents=TEXT("bitte nicht zahlen")),
    "Stempel": annotation("Stamp", Contents=TEXT("BEZAHLT"), Name=NameObject("/Approved")),
    "Hervorhebung": annotation("Highlight", QuadPoints=STRICH),
    "Hervorhebung mit Notiz": annotation("Highlight", Contents=TEXT("stimmt nicht")),
    "Durchstreichung": annotation("StrikeOut", QuadPoints=STRICH),
    "Unterstreichung": annotation("Underline", QuadPoints=STRICH),
    "Freihand": annotation("Ink", InkList=ArrayObject([STRICH])),
    "Linie": annotation("Line", L=STRICH),
    "Rechteck": annotation("Square"),
    "Ellipse": annotation("Circle"),
    "Vieleck": annotation("Polygon"),
    "Einfügemarke": annotation("Caret", Contents=TEXT("hier fehlt etwas")),
    "Feld ohne Aussehen": annotation("Widget", FT=NameObject("/Tx"), V=TEXT("Ausgefuellt"), T=TEXT("n")),
    "Haken ohne Aussehen": annotation("Widget", FT=NameObject("/Btn"), V=NameObject("/Ja"), T=TEXT("n")),
}


@pytest.mark.parametrize("art", ANMERKUNGEN)
def test_an_annotation_that_is_not_shown_is_remarked(art):
    stand = prepare_pdf(edit(make_pdf(SATZ), ANMERKUNGEN[art]))
    shown = "Ausgefuellt" in "".join(texts(stand.pdf))  # PDFium may draw the field itself
    assert shown or Merkmal.ANMERKUNG_FEHLT in stand.merkmale
    kurz, befunde = remark(stand.merkmale, "belege/x.pdf")
    assert shown or ("Anmerkungen" in kurz and befunde[-1].abhilfe)


@pytest.mark.parametrize(
    "harmlos",
    [
        annotation("Link"),
        annotation("Popup", Contents=TEXT("Fenster")),
        annotation("Text", Contents=TEXT("verborgen"), F=NumberObject(2)),
        annotation("Widget", FT=NameObject("/Tx"), T=TEXT("leer")),
        annotation("Widget", FT=NameObject("/Btn"), V=NameObject("/Off"), T=TEXT("n")),
        annotation("Widget", FT=NameObject("/Tx"), V=TEXT("geheim"), Ff=NumberObject(1 << 13), T=TEXT("n")),
    ],
)
def test_what_nobody_sees_is_not_remarked(harmlos):
    assert Merkmal.ANMERKUNG_FEHLT not in prepare_pdf(edit(make_pdf(SATZ), harmlos)).merkmale


def test_an_annotation_with_an_appearance_comes_along():
    stand = prepare_pdf(edit(make_pdf(SATZ), with_appearance("anerkannt")))
    assert "anerkannt" in texts(stand.pdf)[0]
    assert Merkmal.ANMERKUNG_FEHLT not in stand.merkmale


# --- what cannot be read ------------------------------------------------------------------------------


def with_password():
    return edit(make_pdf(SATZ), lambda schreiber: schreiber.encrypt("geheim"))


def wrong_count():
    return make_pdf(SATZ).replace(b"/Count 4", b"/Count 3")


def doubled_page():
    """The tree names page 1 twice and page 4 never: the number of pages is right, a page is missing."""
    pdf = make_pdf(SATZ)
    kinder = pdf[pdf.index(b"/Kids [") :].split(b"]")[0]
    verweise = kinder.split(b"[")[1].split(b" 0 R")
    return pdf.replace(kinder, kinder.replace(verweise[3].strip() + b" 0 R", verweise[0].strip() + b" 0 R"))


@pytest.mark.parametrize(
    ("pdf", "grund"),
    [
        (b"", "leer"),
        (b"<html>kein PDF</html>", "kein PDF"),
        (with_password(), "Kennwort"),
        (make_pdf(SATZ)[:900], ""),
        (b"%PDF-1.7\n" + bytes(range(256)) * 8, ""),
        (wrong_count(), "Seiten"),
        (doubled_page(), "Seitenverzeichnis"),
    ],
)
def test_unreadable_has_a_reason_and_no_pages(pdf, grund):
    stand = prepare_pdf(pdf)
    assert (stand.pdf, stand.seiten) == (None, 0)
    assert grund in stand.grund
    assert stand.grund.endswith(".")


def test_two_pages_with_one_content_are_remarked():
    pdf = make_pdf(SATZ)
    verweise = re.findall(rb"/Contents (\d+) 0 R", pdf)
    falsch = pdf.replace(b"/Contents " + verweise[1], b"/Contents " + verweise[0].rjust(len(verweise[1])))
    stand = prepare_pdf(falsch)
    assert stand.seiten == 4
    assert Merkmal.DOPPELTER_INHALT in stand.merkmale


def test_a_page_of_an_earlier_revision_is_remarked():
    stand = prepare_pdf(edit(make_pdf(SATZ), hide_last_page))
    assert stand.seiten == 3
    assert Merkmal.VERBORGENE_SEITEN in stand.merkmale


def test_a_stream_that_breaks_off_is_remarked():
    pdf = make_pdf(SATZ, flate=True)
    anfang = pdf.index(b"stream\n") + 7
    kaputt = pdf[: anfang + 20] + bytes([pdf[anfang + 20] ^ 255]) + pdf[anfang + 21 :]
    stand = prepare_pdf(kaputt)
    assert stand.pdf is None or Merkmal.BESCHAEDIGT in stand.merkmale


# --- mutants ------------------------------------------------------------------------------------------


def seeds():
    def with_extras(schreiber):
        add_attachment(schreiber)
        schreiber.add_outline_item(title="Anfang", page_number=0)

    yield make_pdf(SATZ)
    yield make_pdf(SATZ, flate=True)
    yield edit(make_pdf(SATZ, flate=True), protect)
    yield edit(make_pdf(SATZ), with_extras)


def mutate(wuerfel, pdf):
    teile = bytearray(pdf)
    art = wuerfel.random()
    if art < 0.5:
        for _ in range(wuerfel.choice([1, 1, 1, 2, 4, 8])):
            teile[wuerfel.randrange(len(teile))] = wuerfel.randrange(256)
    elif art < 0.6:
        del teile[wuerfel.randrange(len(teile)) :]
    elif art < 0.75:
        ab = wuerfel.randrange(len(teile))
        del teile[ab : ab + wuerfel.choice([1, 2, 10, 100, 1000])]
    elif art < 0.9:
        ab, von, laenge = (
            wuerfel.randrange(len(teile)),
            wuerfel.randrange(len(teile)),
            wuerfel.choice([1, 8, 64, 256]),
        )
        teile[ab:ab] = teile[von : von + laenge]
    else:
        ziffern = [stelle for stelle, zeichen in enumerate(teile) if chr(zeichen).isdigit()]
        teile[wuerfel.choice(ziffern)] = wuerfel.choice(b"0123456789")
    return bytes(teile)


def check_mutants(anzahl, saat):
    """Every mutant is refused with a reason, or all four pages are there."""
    wuerfel, vorlagen = random.Random(saat), list(seeds())
    gebunden = 0
    with_worker = Worker(512)
    try:
        for nummer in range(anzahl):
            mutant = mutate(wuerfel, vorlagen[nummer % len(vorlagen)])
            try:
                stand = with_worker.call(prepare_pdf, mutant, seconds=10.0)
            except WorkerError as fehler:
                pytest.fail(f"Mutant {nummer}: {fehler}")
            if stand.pdf is None:
                assert stand.grund, nummer
                continue
            assert stand.seiten == len(texts(stand.pdf)) == 4, nummer
            gebunden += 1
    finally:
        with_worker.close()
    return gebunden


def test_mutants_lose_no_page():
    assert 10 < check_mutants(60, saat=1) < 60


@pytest.mark.umfang
@pytest.mark.timeout(600)
def test_many_mutants_lose_no_page():
    assert 500 < check_mutants(4000, saat=2) < 4000


# --- binding ------------------------------------------------------------------------------------------


def part(titel, gruppe="", **art):
    return Teil(gruppe, titel, prepare_pdf(make_pdf([f"{titel} 1", f"{titel} 2"], **art)).pdf, 2)


def bind_parts(teile, anzahl=None):
    anzahl = anzahl or sum(teil.seiten for teil in teile)
    return bind(teile, labels(anzahl), "Akte 2026-0042", "Möbelhaus Übersee GmbH", STICHTAG)


@pytest.mark.parametrize(
    "art",
    [
        {},
        {"drehung": 90},
        {"drehung": 180},
        {"drehung": 270},
        {"groesse": (842, 595)},
        {"groesse": (160, 300)},
        {"flate": True},
    ],
)
def test_every_sheet_carries_its_number_in_the_corner(art):
    heftung = bind_parts([part("A", **art)])
    assert heftung.ohne_blattzahl == ()
    for nummer, text in enumerate(texts(heftung.pdf), start=1):
        assert f"Blatt {nummer} von 2" in text
        assert f"A {nummer}" in text


@pytest.mark.parametrize("drehung", [0, 90, 180, 270])
def test_the_number_stands_upright_at_the_lower_right(drehung):
    """Looked at as a picture: ink in the lower right corner, and it is wider than high."""
    teil = Teil(
        "", "leer", prepare_pdf(make_pdf(["x"], drehung=drehung, groesse=(500, 700), unter=300)).pdf, 1
    )
    bild = pypdfium2.PdfDocument(bind([teil], labels(1), "t", "v", STICHTAG).pdf)[0].render(scale=1).to_pil()
    breite, hoehe = bild.size
    dunkel = [
        (x, y)
        for x in range(breite // 2, breite)
        for y in range(hoehe - 130, hoehe)
        if sum(bild.getpixel((x, y))[:3]) < 300
    ]
    assert dunkel
    (x0, x1), (y0, y1) = ((min(achse), max(achse)) for achse in zip(*dunkel, strict=True))
    assert x1 - x0 > 3 * (y1 - y0)
    assert x1 > breite - 100


BOXEN = {
    "rechts oben zuerst": (595, 842, 0, 0),
    "links oben zuerst": (0, 842, 595, 0),
    "rechts unten zuerst": (595, 0, 0, 842),
    "verschoben": (700, 900, 105, 58),
    "unter null": (0, 0, -595, -842),
}


@pytest.mark.parametrize("ort", ["/MediaBox", "/CropBox"])
@pytest.mark.parametrize("box", BOXEN)
def test_a_box_may_begin_at_any_corner(box, ort):
    """The number stands in the lower right of what is shown, wherever the box begins (ISO 32000-1, 7.9.5)."""
    ecken = BOXEN[box]
    links, unten = min(ecken[0], ecken[2]), min(ecken[1], ecken[3])

    def turn(schreiber):
        seite = schreiber.pages[0]
        seite[NameObject("/MediaBox")] = ArrayObject(map(FloatObject, ecken))
        if ort == "/CropBox":
            seite[NameObject("/MediaBox")] = ArrayObject(
                map(FloatObject, (links, unten, links + 595, unten + 842))
            )
            seite[NameObject("/CropBox")] = ArrayObject(map(FloatObject, ecken))

    stand = prepare_pdf(edit(make_pdf(["x"], links=links + 72, groesse=(595, unten + 842)), turn))
    heftung = bind([Teil("", "A", stand.pdf, 1)], labels(1), "t", "v", STICHTAG)
    assert heftung.ohne_blattzahl == ()
    bild = pypdfium2.PdfDocument(heftung.pdf)[0].render(scale=1).to_pil()
    assert bild.size == (595, 842)
    dunkel = [
        (x, y) for x in range(400, 595) for y in range(780, 842) if sum(bild.getpixel((x, y))[:3]) < 300
    ]
    assert dunkel


def test_content_that_leaves_the_graphics_state_open_is_reported():
    heftung = bind_parts([part("Offen", schliessen=False)])
    assert heftung.ohne_blattzahl == (1, 2)
    assert [text.split("\r\n")[0] for text in texts(heftung.pdf)] == ["Offen 1", "Offen 2"]


def test_bookmarks_and_page_labels_lead_to_the_sheets():
    heftung = bind_parts(
        [part("Deckblatt"), part("R1", "3 Rechnungen"), part("R2", "3 Rechnungen"), part("B", "4 Schreiben")]
    )
    leser = PdfReader(io.BytesIO(heftung.pdf), strict=True)
    umriss = [
        (eintrag.title, leser.get_destination_page_number(eintrag)) if not isinstance(eintrag, list)
        else [(kind.title, leser.get_destination_page_number(kind)) for kind in eintrag]
        for eintrag in leser.outline
    ]  # fmt: skip
    assert umriss == [
        ("Deckblatt", 0), ("3 Rechnungen", 2), [("R1", 2), ("R2", 4)], ("4 Schreiben", 6), [("B", 6)],
    ]  # fmt: skip
    assert leser.page_labels == [str(nummer) for nummer in range(1, 9)]


def test_title_author_and_language_are_set_and_no_clock_is_read():
    heftung = bind_parts([part("A")])
    leser = PdfReader(io.BytesIO(heftung.pdf), strict=True)
    assert leser.metadata.title == "Akte 2026-0042"
    assert leser.metadata.author == "Möbelhaus Übersee GmbH"
    assert leser.metadata.creation_date.date() == STICHTAG
    assert leser.root_object["/Lang"] == "de-DE"
    assert bind_parts([part("A")]) == heftung


def test_a_part_with_other_pages_than_said_stops_the_binding():
    teil = Teil("", "A", make_pdf(["eins"]), 2)
    with pytest.raises(ValueError, match="1 statt 2 Seiten"):
        bind_parts([teil])


def test_pages_that_share_resources_get_numbers_of_their_own():
    def share(schreiber):
        gemeinsam = schreiber._add_object(schreiber.pages[0]["/Resources"])
        for seite in schreiber.pages:
            seite[NameObject("/Resources")] = gemeinsam

    pdf = prepare_pdf(edit(make_pdf(SATZ), share)).pdf
    heftung = bind([Teil("", "A", pdf, 4)], labels(4), "t", "v", STICHTAG)
    assert heftung.ohne_blattzahl == ()
    assert [f"Blatt {n} von 4" in text for n, text in enumerate(texts(heftung.pdf), 1)] == [True] * 4


def draw(befehle):
    """Return a PDF whose only page is drawn by these operators."""

    def replace(schreiber):
        strom = DecodedStreamObject()
        strom.set_data(befehle)
        schreiber.pages[0][NameObject("/Contents")] = schreiber._add_object(strom)

    return edit(make_pdf(["x"]), replace)


@pytest.mark.parametrize(
    ("befehle", "leer"),
    [
        (b"BT /F1 14 Tf 900 900 Td (neben dem Blatt) Tj ET", False),  # a reader still finds the text
        (b"BT /Fehlt 14 Tf 72 700 Td () Tj ET", True),
        (b"1 g 0 0 595 842 re f", True),  # white on white
        (b"0 g 72 72 200 200 re f", False),
        (b"", True),
    ],
)
def test_a_page_that_shows_nothing_is_remarked(befehle, leer):
    stand = prepare_pdf(draw(befehle))
    assert stand.seiten == 1
    assert (Merkmal.LEERE_SEITE in stand.merkmale) is leer
