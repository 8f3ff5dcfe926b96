"""The Antwortbogen: its words and notices, fields where the words are, filled by another program, same bytes."""

import dataclasses
import datetime as dt
import io
import itertools
import re

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pypdf import PdfReader

from fallbau import build_fall, letter
from mahnakte.akte.auswahl import select_verweise
from mahnakte.briefe.antwort import felder
from mahnakte.briefe.antwort.bogen import (
    TITEL,
    VARIABLEN,
    VORLAGE,
    check_felder,
    check_seite,
    compute_bogen,
    needs_hinweise,
)
from mahnakte.briefe.antwort.felder import FELDER
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.druckbild import read_druckbild
from mahnakte.satz.formular import AN, Feld, Feldart, read_werte, set_formular
from mahnakte.satz.pdfa import claims_pdfa
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.beilagen import Beilagen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 4, 20)
MM = 72 / 25.4
FALL = build_fall()
ABSENDER = FALL.einstellungen.absender
INKASSO = dataclasses.replace(
    ABSENDER, rolle="inkasso", aufsicht="Bundesamt für Justiz, 53094 Bonn, rdg@bfj.example"
)
ANWALT = dataclasses.replace(ABSENDER, rolle="anwalt", aufsicht="Rechtsanwaltskammer Sachsen")


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


@pytest.fixture(scope="module")
def vorlage(pool):
    geladen = load_vorlage(pool, read_beigabe("templates", f"blaetter/{VORLAGE}"), VORLAGE, VARIABLEN)
    assert isinstance(geladen, Vorlage), geladen
    assert geladen.hinweise == ()
    return geladen


def plan(absender=ABSENDER, empfaenger=FALL.schuldner, aktenzeichen="2026-0042"):
    return compute_bogen(absender, empfaenger, aktenzeichen, "2026-04-20_mahnung-1", TAG)


def page(pool, vorlage, entwurf) -> bytes:
    satz = set_letter(pool, vorlage, entwurf.werte, {}, TAG)
    check_seite(satz.druckbild, entwurf)
    return satz.pdf


def words(pdf: bytes) -> str:
    return " ".join(" ".join(read_druckbild(pdf).seiten).split())


_SEITEN: dict[str, bytes] = {}


def form(pool, vorlage, absender=ABSENDER, aktenzeichen="2026-0042") -> bytes:
    entwurf = plan(absender, aktenzeichen=aktenzeichen)
    seite = _SEITEN.get(absender.rolle) or _SEITEN.setdefault(absender.rolle, page(pool, vorlage, entwurf))
    pdf = set_formular(seite, FELDER, TITEL).fill(entwurf.eintraege)
    check_felder(read_werte(pdf), entwurf)
    return pdf


# --- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("absender", [ABSENDER, INKASSO, ANWALT], ids=lambda a: a.rolle)
def test_the_form_acknowledges_nothing_and_says_so(pool, vorlage, absender) -> None:
    text = words(form(pool, vorlage, absender))
    assert "Mit diesem Bogen erkennen Sie nichts an." in text
    assert not re.search(r"ich (erkenne|schulde|verpflichte)|anerkenne ich|verzichte", text, re.IGNORECASE)
    for satz in ("Ich zahle am", "Ich bitte um Raten von", "Ich habe schon gezahlt", "Ich bin nicht einverstanden, weil",
                 "Meine Anschrift hat sich geändert"):  # fmt: skip
        assert satz in text


@pytest.mark.parametrize(
    ("absender", "norm"), [(INKASSO, ("§ 13a Abs. 3 RDG", "§ 13a Abs. 4 RDG")), (ANWALT, ("§ 43d BRAO",))]
)
def test_agency_and_lawyer_give_their_notices(pool, vorlage, absender, norm) -> None:
    """§ 13a (3): costs of a plan, in text form, before it. (4): defences usually lost, which parts, the three examples."""
    text = words(form(pool, vorlage, absender))
    for paragraph in norm:
        assert paragraph in text
    assert "Welche das wären, teilen wir Ihnen in Textform mit, bevor Sie etwas vereinbaren." in text
    for beispiel in (
        "nicht besteht",
        "schon erfüllt",
        "verjährt ist",
        "erfasst deshalb keinen Teil der Forderung",
    ):
        assert beispiel in text
    assert absender.aufsicht.split(",")[0] in text


def test_the_creditor_himself_owes_no_such_notice(pool, vorlage) -> None:
    text = words(form(pool, vorlage))
    assert "RDG" not in text
    assert "BRAO" not in text


@pytest.mark.parametrize(
    ("rolle", "art", "verbraucher", "noetig"),
    [
        ("glaeubiger", "person", True, False),
        ("inkasso", "person", True, True),
        ("anwalt", "person", True, True),
        ("inkasso", "person", False, False),  # § 13a (5): claim linked to his own business
        ("inkasso", "person", None, True),
        ("inkasso", "einzelfirma", None, True),
        ("inkasso", "einzelfirma", False, False),
        ("anwalt", "gesellschaft", False, False),
    ],
)
def test_who_needs_the_notices(rolle, art, verbraucher, noetig) -> None:
    schuldner = dataclasses.replace(FALL.schuldner[0], art=art, verbraucher=verbraucher)
    assert needs_hinweise(rolle, [schuldner]) is noetig


def test_one_private_person_among_several_is_enough() -> None:
    firma = dataclasses.replace(FALL.schuldner[0], art="gesellschaft", verbraucher=False)
    assert needs_hinweise("inkasso", [firma, FALL.schuldner[0]])


def test_no_satisfaction_question_and_no_sum(pool, vorlage) -> None:
    text = words(form(pool, vorlage, INKASSO)).lower()
    assert not re.search(r"zufrieden|bewerten|umfrage|newsletter", text)
    assert not re.search(r"\d+,\d\d", text)


# --- places -------------------------------------------------------------------------------------------


def test_our_address_stands_in_the_window_for_the_reply(pool, vorlage) -> None:
    """DIN 5008 form B: address zone from 62.7 mm to 90 mm, from 20 mm to 105 mm."""
    seite = pdfium.PdfDocument(form(pool, vorlage))[0]
    ebene = seite.get_textpage()
    zone = ebene.get_text_bounded(
        left=20 * MM, right=105 * MM, top=seite.get_height() - 62.7 * MM, bottom=seite.get_height() - 90 * MM
    )
    assert zone.split("\r\n") == ["Möbelhaus Übersee GmbH", "Industriestr. 7", "01067 Dresden"]
    davor = ebene.get_text_bounded(
        left=20 * MM, right=105 * MM, top=seite.get_height() - 45 * MM, bottom=seite.get_height() - 62.7 * MM
    )
    assert davor.strip() == ""


@pytest.mark.parametrize(
    ("wort", "feld"),
    [
        ("Ich zahle am", "zahlen_am"),
        ("Ich bitte um Raten von", "raten_betrag"),
        ("€ im Monat, ab", "raten_ab"),
        ("Ich habe schon gezahlt", "gezahlt_am"),
        ("Telefon oder E-Mail (freiwillig)", "erreichbar"),
        ("Datum", "datum"),
        ("Ich zahle am", "zahlen"),
        ("Ich bin nicht einverstanden", "einwand"),
        ("Meine Anschrift hat sich", "anschrift"),
    ],
)
def test_words_and_fields_stand_in_one_line(pool, vorlage, wort, feld) -> None:
    pdf = form(pool, vorlage)
    seite = pdfium.PdfDocument(pdf)[0]
    ebene = seite.get_textpage()
    stelle, anzahl = ebene.search(wort).get_next()
    kaesten = [ebene.get_charbox(zeichen) for zeichen in range(stelle, stelle + anzahl)]
    wort_mitte = (min(k[1] for k in kaesten) + max(k[3] for k in kaesten)) / 2
    links, unten, rechts, oben = rects_of(pdf)[feld]
    assert wort_mitte == pytest.approx((unten + oben) / 2, abs=1.3 * MM)
    wort_links, wort_rechts = kaesten[0][0], kaesten[-1][2]
    assert wort_rechts <= links or rechts <= wort_links  # words do not run under the field


def rects_of(pdf: bytes) -> dict[str, list[float]]:
    annotationen = (a.get_object() for a in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"])
    return {a["/T"]: [float(zahl) for zahl in a["/Rect"]] for a in annotationen}


def test_no_field_covers_words_or_another_field(pool, vorlage) -> None:
    pdf = form(pool, vorlage, INKASSO)
    seite = pdfium.PdfDocument(pdf)[0]
    ebene = seite.get_textpage()
    sichtbar = [feld for feld in FELDER if feld.sichtbar]
    orte = rects_of(pdf)
    for feld in sichtbar:
        links, unten, rechts, oben = orte[feld.name]
        assert 20 * MM < links < rechts <= 190.5 * MM, feld.name
        assert not ebene.get_text_bounded(left=links, bottom=unten, right=rechts, top=oben).strip(), feld.name
    for einer, anderer in itertools.combinations(sichtbar, 2):
        a, b = orte[einer.name], orte[anderer.name]
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (einer.name, anderer.name)


# --- fields -------------------------------------------------------------------------------------------


def test_every_field_has_name_tooltip_and_appearance(pool, vorlage) -> None:
    leser = PdfReader(io.BytesIO(form(pool, vorlage)))
    seite = leser.pages[0]
    annotationen = [a.get_object() for a in seite["/Annots"]]
    assert len({a["/T"] for a in annotationen}) == len(annotationen) == len(FELDER)
    for a in annotationen:
        assert len(a["/TU"]) > 5
        if int(a["/F"]) == 2:  # hidden
            continue
        assert int(a["/F"]) == 4  # prints
        bilder = a["/AP"]["/N"]
        assert {"/Off", f"/{AN}"} == set(bilder) if a["/FT"] == "/Btn" else bilder["/BBox"]
    assert seite["/Tabs"] == "/R"
    formular = leser.trailer["/Root"]["/AcroForm"]
    assert "/XFA" not in formular
    assert not formular["/NeedAppearances"].value
    assert b"/JavaScript" not in form(pool, vorlage)


def test_fields_follow_the_reading_order() -> None:
    """Viewers go by rows (/Tabs /R): what has its middle in one line is one row."""
    orte = [(round(f.oben + f.hoehe / 2), f.links) for f in FELDER if f.sichtbar and not f.fest]
    assert orte == sorted(orte)


def test_all_fonts_are_embedded_title_and_language_set(pool, vorlage) -> None:
    leser = PdfReader(io.BytesIO(form(pool, vorlage)))
    schrift = leser.trailer["/Root"]["/AcroForm"]["/DR"]["/Font"]["/Arimo"]
    assert schrift["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\0\1\0\0"
    assert len(schrift["/Widths"]) == schrift["/LastChar"] - schrift["/FirstChar"] + 1 == 224
    assert schrift["/Widths"][ord("0") - 32] == 556  # Arial's figures are 556/1000 wide
    assert leser.metadata.title == "Antwortbogen"
    assert leser.metadata.author == "Möbelhaus Übersee GmbH"
    assert leser.trailer["/Root"]["/Lang"] == "de-DE"
    assert not claims_pdfa(
        form(pool, vorlage)
    )  # fields were added: what the sheet claimed is not true of the form


def test_the_case_is_known_by_fields_that_do_not_show(pool, vorlage) -> None:
    werte = read_werte(form(pool, vorlage))
    assert werte["aktenzeichen"] == werte["unser_zeichen"] == "2026-0042"
    assert werte["schreiben"] == "2026-04-20_mahnung-1"
    assert werte["schuldner"] == "max"
    assert werte["ihr_name"] == "Max Schuldner"
    assert not any(
        werte[name] for name in ("zahlen", "raten", "gezahlt", "einwand", "anschrift", "einwand_grund")
    )


def test_names_outside_the_font_of_the_fields_stay_empty(pool, vorlage) -> None:
    """A field font that every viewer can type with holds only WinAnsi; better empty than wrong."""
    pole = dataclasses.replace(FALL.schuldner[0], vorname="Łukasz", name="Żak")
    leer = set_formular(page(pool, vorlage, plan()), FELDER, TITEL)
    assert read_werte(leer.fill(plan(empfaenger=[pole]).eintraege))["ihr_name"] == ""
    assert read_werte(leer.fill({"notiz": "Żak"}))["notiz"] == ""


def test_a_long_reference_stays_in_its_place(pool, vorlage) -> None:
    lang = "AZ-" + "1234567890" * 3 + "WWWWWWW"
    pdf = form(pool, vorlage, aktenzeichen=lang)
    anzeige = next(
        a.get_object()
        for a in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]
        if a.get_object()["/T"] == "unser_zeichen"
    )
    groesse = float(re.search(r"/Arimo ([\d.]+) Tf", anzeige["/DA"])[1])
    assert 5 < groesse < 10


def test_filling_appends_and_two_readers_agree(pool, vorlage) -> None:
    """An incremental update: the empty form stays at the front, strict pypdf and PDFium read the same values."""
    entwurf = plan(INKASSO)
    leer = set_formular(page(pool, vorlage, entwurf), FELDER, TITEL)
    werte = {**entwurf.eintraege, "notiz": "Grüße (a\\b) \n zweite Zeile", "ihr_name": "Ö" * 80}
    fertig = leer.fill(werte)
    assert fertig.startswith(leer.pdf)
    pypdf = {
        name: str(f.value or "")
        for name, f in PdfReader(io.BytesIO(fertig), strict=True).get_fields().items()
    }
    gelesen = read_werte(fertig)
    for name, wert in werte.items():
        assert pypdf[name] == gelesen[name] == wert, name
    assert leer.fill({}).startswith(leer.pdf)
    assert read_werte(leer.fill({})) == read_werte(leer.pdf) == {feld.name: "" for feld in FELDER}


def test_same_input_same_bytes(pool, vorlage) -> None:
    entwurf = plan(INKASSO)
    einmal, nochmal = (
        set_formular(page(pool, vorlage, entwurf), FELDER, TITEL).fill(entwurf.eintraege) for _ in range(2)
    )
    assert einmal == nochmal


def test_another_program_types_and_ticks(pool, vorlage) -> None:
    """PDFium (Chrome, Edge) fills the form; pypdf reads what was typed."""
    dokument = pdfium.PdfDocument(form(pool, vorlage))
    dokument.init_forms()
    seite = dokument[0]
    click(dokument, seite, 27.2, felder.ZAHLEN + 4.4)
    click(dokument, seite, 90, felder.ZAHLEN + 4.4)
    write(dokument, seite, "15.05.2026")
    click(dokument, seite, 90, felder.EINWAND + 15)
    write(dokument, seite, "Es fehlten zwei Stühle – für 50 € mehr.")
    raw.FORM_ForceToKillFocus(dokument.formenv.raw)
    ausgabe = io.BytesIO()
    dokument.save(ausgabe)
    werte = read_werte(ausgabe.getvalue())
    assert werte["zahlen"] == AN
    assert werte["zahlen_am"] == "15.05.2026"
    assert werte["einwand_grund"] == "Es fehlten zwei Stühle – für 50 € mehr."
    assert werte["gezahlt"] == ""
    assert werte["aktenzeichen"] == "2026-0042"


def click(dokument, seite, links: float, oben: float) -> None:
    x, y = links * MM, seite.get_height() - oben * MM
    for ruf in (raw.FORM_OnMouseMove, raw.FORM_OnLButtonDown, raw.FORM_OnLButtonUp):
        ruf(dokument.formenv.raw, seite.raw, 0, x, y)


def write(dokument, seite, text: str) -> None:
    for zeichen in text:
        raw.FORM_OnChar(dokument.formenv.raw, seite.raw, ord(zeichen), 0)


def test_an_empty_form_prints_its_boxes(pool, vorlage) -> None:
    """Printed by another program, the frame of each field is there to write into."""
    dokument = pdfium.PdfDocument(form(pool, vorlage))
    dokument.init_forms()
    bild = dokument[0].render(scale=3, may_draw_forms=True).to_pil().convert("L")
    for feld in FELDER:
        if feld.sichtbar and not feld.fest:
            x, y = ((feld.links + feld.breite / 2) * MM * 3, feld.oben * MM * 3)
            rand = min(bild.getpixel((round(x), round(y) + versatz)) for versatz in range(-1, 4))
            assert rand < 215, feld.name


# --- what must not happen -----------------------------------------------------------------------------


def test_a_sheet_with_two_pages_or_without_address_is_refused(pool, vorlage) -> None:
    viel = dataclasses.replace(INKASSO, pflichtangaben="Sitz Dresden, AG Dresden HRB 12345, " * 60)
    entwurf = plan(viel)
    with pytest.raises(Ablehnung) as gefangen:
        check_seite(set_letter(pool, vorlage, entwurf.werte, {}, TAG).druckbild, entwurf)
    assert gefangen.value.befund.code == "ANTWORTBOGEN_UNVOLLSTAENDIG"
    fremd = dataclasses.replace(plan(), anschrift=("Anderer Name",))
    with pytest.raises(Ablehnung, match="Fenster"):
        check_seite(set_letter(pool, vorlage, plan().werte, {}, TAG).druckbild, fremd)


def test_a_form_that_lost_a_value_is_refused(pool, vorlage) -> None:
    entwurf = plan()
    with pytest.raises(Ablehnung, match="Felder"):
        check_felder({**read_werte(form(pool, vorlage)), "aktenzeichen": "2026-0043"}, entwurf)


def test_a_long_sender_name_is_broken(pool, vorlage) -> None:
    lang = dataclasses.replace(
        ABSENDER, name="Wohnungsbaugenossenschaft Ostsächsische Heimstätten und Siedlerverein eG Verwaltung"
    )
    entwurf = plan(lang)
    page(pool, vorlage, entwurf)
    assert len(entwurf.anschrift) == 4


def test_read_werte_and_shape_of_a_field() -> None:
    feld = Feld(name="x", art=Feldart.TEXT, hinweis="Hinweis", links=20, oben=20, breite=50, hoehe=10)
    assert feld.sichtbar
    assert not dataclasses.replace(feld, breite=0).sichtbar


# --- beside a letter ------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Brief:
    """What Beilagen needs of a letter's draft."""

    stamm: str = "2026-04-20_mahnung-1"
    antwortbogen: bool = True
    datum: dt.date = TAG
    daten: Briefdaten = dataclasses.field(default_factory=lambda: Briefdaten(empfaenger=("max",)))


@pytest.mark.parametrize(
    ("versand", "namen"),
    [
        ("", ["2026-04-20_mahnung-1_antwortbogen.pdf"]),
        ("versand:\n  antwortbogen: nein\n", []),
    ],
)
def test_the_form_joins_every_letter_unless_the_settings_say_no(pool, versand, namen) -> None:
    fall = build_fall(mahnakte=versand)
    beilage = Beilagen(Lage(TAG, pool)).enclose(fall, Brief(), b"%PDF-")
    assert list(beilage.dokumente) == namen
    assert list(beilage.eingaben) == [f"templates/blaetter/{VORLAGE}"] * len(namen)
    assert beilage.befunde == ()


def test_the_akte_takes_neither_the_empty_form_nor_the_draft() -> None:
    namen = ("2026-04-20_mahnung-1.docx", "2026-04-20_mahnung-1.eml", "2026-04-20_mahnung-1.pdf",
             "2026-04-20_mahnung-1_antwortbogen.pdf")  # fmt: skip
    vorgang = dataclasses.replace(
        letter(1, "mahnung-1", "2026-04-20", "2026-04-30"), dateien=dict.fromkeys(namen, "0" * 64)
    )
    verweise = select_verweise(Sachstand(build_fall(vorgaenge=(vorgang,)), TAG), [])
    assert [verweis.pfad for verweis in verweise] == ["vorgaenge/0001/2026-04-20_mahnung-1.pdf"]


def test_a_letter_without_form_is_still_a_letter(pool) -> None:
    fall = build_fall()
    viel = dataclasses.replace(ABSENDER, pflichtangaben="Sitz Dresden, AG Dresden HRB 12345, " * 60)
    fall = dataclasses.replace(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=viel))
    beilage = Beilagen(Lage(TAG, pool)).enclose(fall, Brief(), b"%PDF-")
    assert beilage.dokumente == {}
    assert [(b.code, b.schwere) for b in beilage.befunde] == [("ANTWORTBOGEN_UNVOLLSTAENDIG", "warnung")]
