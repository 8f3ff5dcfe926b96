"""`mahnakte brief` on a case folder: every kind is published whole, own templates, the statement as an enclosure."""

import datetime as dt
import io
import json
import pathlib
import re
import zipfile

import pypdfium2 as pdfium
import pytest
from PIL import Image

import briefbau
from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.arten.grundart import GRUENDE
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.ton import check_ton
from mahnakte.werk.ergebnis import ABGELEHNT, NichtBegonnen
from mahnakte.werk.laden import Lage
from vorlagenbau import change, read_letter

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-05-20T08:00:00Z", "0")


@pytest.fixture
def bestand(tmp_path):
    einstellungen = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + briefbau.EINSTELLUNGEN
    (tmp_path / "mahnakte.yaml").write_text(einstellungen, encoding="utf-8")
    (tmp_path / "2026-0042").mkdir()
    return tmp_path


def set_up(
    bestand: pathlib.Path, art: str = "", zusatz: str | None = None, mahnakte: str = ""
) -> pathlib.Path:
    text = (FAELLE / "reihe.yaml").read_text(encoding="utf-8")
    text += briefbau.ZUSATZ.get(art, "") if zusatz is None else zusatz
    if "{erste}" in text:
        text = text.format(am="20.05.2026", erste="510,23")
    (bestand / "2026-0042" / "fall.yaml").write_text(text, encoding="utf-8")
    with (bestand / "mahnakte.yaml").open("a", encoding="utf-8") as datei:
        datei.write(mahnakte)
    return bestand / "2026-0042"


def write(werkstatt, fall, art, tag=briefbau.TAG, **wunsch):
    return write_brief(fall, Wunsch(art, **wunsch), Lage(tag, werkstatt), HERKUNFT)


def codes(ergebnis) -> list[str]:
    return [befund.code for befund in ergebnis.befunde]


@pytest.mark.parametrize(
    ("art", "dateien"),
    [
        ("ratenplan-bestaetigung", {"docx", "pdf", "antwortbogen.pdf"}),
        ("zahlungseingang", {"docx", "pdf"}),
        ("forderungsanmeldung", {"docx", "pdf"}),
        ("einwand-zurueckgewiesen", {"docx", "pdf", "antwortbogen.pdf"}),
        ("angebot-aus-titel", {"docx", "pdf", "antwortbogen.pdf"}),
    ],
)
def test_a_letter_is_published_once_with_what_belongs_to_it(bestand, werkstatt, art, dateien):
    fall = set_up(bestand, art)
    ergebnis = write(werkstatt, fall, art)
    assert ergebnis.daten["nr"] == 1, ergebnis.befunde
    assert {
        name.rpartition("_" if "antwortbogen" in name else ".")[2] for name in ergebnis.daten["dateien"]
    } == dateien
    noch_einmal = write(werkstatt, fall, art)
    assert noch_einmal.daten["nr"] is None
    assert "schon erstellt" in noch_einmal.zeilen[0]
    erneut = write(werkstatt, fall, art, erneut="Rückläufer")
    assert erneut.daten["nr"] == 2


def test_a_second_payment_is_another_occasion(bestand, werkstatt):
    fall = set_up(bestand, "zahlungseingang")
    write(werkstatt, fall, "zahlungseingang")
    set_up(bestand, zusatz=briefbau.ZUSATZ["zahlungseingang"] + "  - am: 19.05.2026\n    betrag: 100,00\n")
    assert write(werkstatt, fall, "zahlungseingang").daten["nr"] == 2


def test_what_stops_a_letter_is_said_and_nothing_is_written(bestand, werkstatt):
    fall = set_up(bestand, zusatz="ereignisse:\n  - am: 04.05.2026\n    art: verstorben\n")
    ergebnis = write(werkstatt, fall, "mahnung-1")
    assert ergebnis.rueckgabe == ABGELEHNT
    assert "VERSTORBEN" in codes(ergebnis)
    assert not (fall / "vorgaenge").exists()
    with pytest.raises(NichtBegonnen):
        write(werkstatt, fall, "liebesbrief")


def test_the_day_of_a_waiver_comes_from_the_command(bestand, werkstatt):
    fall = set_up(bestand)
    text = (fall / "fall.yaml").read_text(encoding="utf-8").replace("verbraucher: ja", "verbraucher: nein")
    (fall / "fall.yaml").write_text(text, encoding="utf-8")
    assert "BRIEF_BIS_FEHLT" in codes(write(werkstatt, fall, "verjaehrungsverzicht"))
    ergebnis = write(werkstatt, fall, "verjaehrungsverzicht", bis=dt.date(2027, 12, 31))
    assert ergebnis.daten["nr"] == 1


# --- the plan writes the other stages as well -------------------------------------------------------------


def test_an_agency_runs_its_own_series(bestand, werkstatt):
    fall = set_up(
        bestand,
        "erstschreiben",
        mahnakte="mahnplan:\n  - art: erstschreiben\n    nach: faelligkeit\n    tage: 30\n    frist_tage: 14\n"
        "    setzt_in_verzug: ja\n  - art: folgeschreiben\n  - art: letzte-aufforderung\n    dann: mahnbescheid\n",
    )
    text = (bestand / "mahnakte.yaml").read_text(encoding="utf-8")
    aufsicht = f"  rolle: inkasso\n  aufsicht: {briefbau.AUFSICHT['inkasso']}\n"
    (bestand / "mahnakte.yaml").write_text(text.replace("  rolle: glaeubiger\n", aufsicht), encoding="utf-8")
    geschrieben = []
    for tag in (dt.date(2026, 5, 20), dt.date(2026, 6, 8), dt.date(2026, 6, 24)):
        ergebnis = run_faelle([bestand], Lage(tag, werkstatt), HERKUNFT)
        geschrieben += [eintrag["art"] for eintrag in ergebnis.daten["geschrieben"]]
    assert geschrieben == ["erstschreiben", "folgeschreiben", "letzte-aufforderung"], ergebnis.befunde
    assert "Mahnbescheid" in pdf_text(fall / "vorgaenge/0003/2026-06-24_letzte-aufforderung.pdf")


def test_a_letter_that_is_no_stage_has_no_place_in_the_plan(bestand, werkstatt):
    set_up(bestand, mahnakte="mahnplan:\n  - art: stundung\n    nach: faelligkeit\n    tage: 7\n")
    ergebnis = run_faelle([bestand], Lage(briefbau.TAG, werkstatt), HERKUNFT)
    assert "BRIEF_KEINE_STUFE" in codes(ergebnis)
    assert not ergebnis.daten["geschrieben"]


# --- the statement as an enclosure ----------------------------------------------------------------------


def pdf_text(pfad: pathlib.Path) -> str:
    dokument = pdfium.PdfDocument(pfad.read_bytes())
    return " ".join(seite.get_textpage().get_text_range() for seite in dokument)


@pytest.mark.parametrize("wie", ["option", "einstellung"])
def test_the_statement_goes_with_the_letter_and_shows_its_sum(bestand, werkstatt, wie):
    fall = set_up(bestand, mahnakte="versand:\n  aufstellung: ja\n" if wie == "einstellung" else "")
    ergebnis = write(werkstatt, fall, "mahnung-1", aufstellung=wie == "option")
    ordner = fall / "vorgaenge" / "0001"
    anlage = pdf_text(ordner / "2026-05-20_mahnung-1_forderungsaufstellung.pdf")
    brief = pdf_text(ordner / "2026-05-20_mahnung-1.pdf")
    assert "1.710,23" in anlage
    assert "Anlagen: Forderungsaufstellung" in brief
    assert ergebnis.exit_code == 0


def test_a_held_back_part_leaves_the_statement_at_home(bestand, werkstatt):
    fall = set_up(
        bestand,
        zusatz="ereignisse:\n  - am: 04.05.2026\n    art: bestritten\n    grund: x\n    rechnung: RE-2026-140\n    betrag: 100,00\n",
    )
    ergebnis = write(werkstatt, fall, "mahnung-1", aufstellung=True)
    assert "BRIEF_OHNE_AUFSTELLUNG" in codes(ergebnis)
    assert not any("forderungsaufstellung" in name for name in ergebnis.daten["dateien"])


# --- the user's own templates ---------------------------------------------------------------------------


def lay_template(bestand, art, inhalt):
    (bestand / "vorlagen").mkdir(exist_ok=True)
    (bestand / "vorlagen" / f"{art}.docx").write_bytes(inhalt)


def test_an_own_template_overrides_the_shipped_one(bestand, werkstatt):
    fall = set_up(bestand)
    lay_template(
        bestand,
        "mahnung-1",
        change(read_letter("mahnung-1"), "word/document.xml", "Mit freundlichen Grüßen", "Beste Grüße"),
    )
    assert write(werkstatt, fall, "mahnung-1").daten["nr"] == 1
    ordner = fall / "vorgaenge" / "0001"
    assert "Beste Grüße" in pdf_text(ordner / "2026-05-20_mahnung-1.pdf")
    eintrag = json.loads((ordner / "eintrag.json").read_text(encoding="utf-8"))
    assert "../vorlagen/mahnung-1.docx" in eintrag["eingaben"]
    assert not any(name.startswith("templates/letters") for name in eintrag["eingaben"])


@pytest.mark.parametrize(
    ("alt", "neu", "code"),
    [
        ("{{ zahlung.iban }}", "{{ zahlung.ibann }}", "VORLAGE_VARIABLE"),
        ("{{ zahlung.iban }}", "{{ raten[0].betrag }}", "VORLAGE_VARIABLE"),  # a name of another letter
        ("{{ p.betrag }}", "", None),
        ("{{ summe.betrag }}", "9,99 €", None),
    ],
)
def test_a_faulty_own_template_writes_nothing(bestand, werkstatt, alt, neu, code):
    fall = set_up(
        bestand, zusatz="kosten:\n  - am: 12.04.2026\n    art: ruecklastschrift\n    betrag: 4,30\n"
    )
    vorlage = change(read_letter("mahnung-1"), "word/document.xml", alt, neu)
    if code is None:  # passes the check of templates: only the finished letter shows it
        vorlage = change(vorlage, "word/document.xml", "{{ zahlung.betrag }}", "9,99 €", anzahl=9)
        code = "BRIEF_UNVOLLSTAENDIG"
    lay_template(bestand, "mahnung-1", vorlage)
    ergebnis = write(werkstatt, fall, "mahnung-1")
    assert codes(ergebnis)[-1] == code
    assert ergebnis.befunde[-1].abhilfe
    if code == "VORLAGE_VARIABLE":
        assert "vorlagen/mahnung-1.docx" in str(ergebnis.befunde[-1].stelle).replace("\\", "/")
    assert not (fall / "vorgaenge").exists()


def test_an_own_template_with_a_misspelt_name_is_named(bestand, werkstatt):
    fall = set_up(bestand)
    lay_template(bestand, "mahnung1", read_letter("mahnung-1"))
    lay_template(bestand, "~$mahnung1", b"lock file of Word")
    ergebnis = write(werkstatt, fall, "mahnung-1")
    (befund,) = [befund for befund in ergebnis.befunde if befund.code == "BRIEFVORLAGE_UNBENUTZT"]
    assert "mahnung-1" in befund.abhilfe
    assert ergebnis.daten["nr"] == 1  # by the shipped template, and said so


def test_the_folder_of_templates_is_no_case(bestand, werkstatt):
    set_up(bestand)
    lay_template(bestand, "mahnung-1", read_letter("mahnung-1"))
    ergebnis = run_faelle([bestand], Lage(briefbau.TAG, werkstatt), HERKUNFT)
    assert ergebnis.daten["zahl"]["faelle"] == 1
    assert ergebnis.exit_code == 0, codes(ergebnis)


def test_a_template_that_is_none_is_refused_by_name(bestand, werkstatt):
    fall = set_up(bestand)
    lay_template(bestand, "mahnung-1", b"kein Word")
    assert codes(write(werkstatt, fall, "mahnung-1"))[-1] == "VORLAGE_KEIN_DOCX"


# --- the letterhead ---------------------------------------------------------------------------------------

MM = 72 / 25.4


def place(pdf: bytes, text: str) -> tuple[float, float]:
    """Return left edge and upper edge of a text in mm from the upper left corner of the first page."""
    blatt = pdfium.PdfDocument(pdf)[0]
    ebene = blatt.get_textpage()
    anfang, laenge = ebene.search(text).get_next()
    kaesten = [ebene.get_charbox(anfang + nummer, loose=True) for nummer in range(laenge)]
    return min(k[0] for k in kaesten) / MM, (blatt.get_height() - max(k[3] for k in kaesten)) / MM


def marks(pdf: bytes) -> list[float]:
    """Return the marks at the left edge of the paper in mm from the top, found on the picture of the page."""
    bild = pdfium.PdfDocument(pdf)[0].render(scale=300 / 72).to_pil().convert("L")
    dicht = 300 / 25.4
    dunkel = [zeile for zeile in range(bild.height) if bild.getpixel((round(6 * dicht), zeile)) < 200]
    return sorted({round(zeile / dicht * 2) / 2 for zeile in dunkel})


def logo(breite=400, hoehe=100) -> bytes:
    ausgabe = io.BytesIO()
    Image.new("RGB", (breite, hoehe), "#AA0000").save(ausgabe, "PNG")
    return ausgabe.getvalue()


@pytest.mark.parametrize(
    ("form", "anschrift", "info", "betreff", "faltmarken"),
    [("A", 44.7, 32, 80.5, [87, 148.5, 192]), ("B", 62.7, 50, 98.5, [105, 148.5, 210])],
)
def test_forms_a_and_b_of_din_5008_to_the_millimetre(
    bestand, werkstatt, form, anschrift, info, betreff, faltmarken
):
    """Address zone 17.7 mm below the top of the field (27 mm in form A, 45 in B); subject 8.46 mm below the field."""
    fall = set_up(bestand, mahnakte=f"briefkopf:\n  form: {form}\n")
    assert write(werkstatt, fall, "mahnung-1").daten["nr"] == 1
    pdf = (fall / "vorgaenge/0001/2026-05-20_mahnung-1.pdf").read_bytes()
    links, oben = place(pdf, "Herrn Max Schuldner")
    assert links == pytest.approx(25, abs=0.5)
    assert anschrift - 0.1 <= oben <= anschrift + 3.3
    links, oben = place(pdf, "Aktenzeichen")
    assert (links, oben) == (pytest.approx(125, abs=0.5), pytest.approx(info, abs=1))
    assert place(pdf, "Mahnung zu")[1] == pytest.approx(betreff, abs=1.5)
    assert marks(pdf) == [pytest.approx(mm, abs=0.6) for mm in faltmarken]


def test_a_template_of_form_b_does_not_pass_as_form_a(bestand, werkstatt):
    fall = set_up(bestand, mahnakte="briefkopf:\n  form: A\n")
    fest = change(
        read_letter("mahnung-1"),
        "word/document.xml",
        "{%tr if not briefkopf.form_a %}",
        "{%tr if brief.datum %}",
    )
    lay_template(bestand, "mahnung-1", fest)
    ergebnis = write(werkstatt, fall, "mahnung-1")
    assert "Fenster" in ergebnis.befunde[-1].text


@pytest.mark.parametrize(("platz", "links"), [("links", 25), ("mitte", 107.5 - 20), ("rechts", 190 - 40)])
def test_the_logo_stands_where_the_sender_wants_it(bestand, werkstatt, platz, links):
    (bestand / "logo.png").write_bytes(logo())
    fall = set_up(
        bestand,
        mahnakte=f"briefkopf:\n  logo_platz: {platz}\n  logo_breite: 40\n  logo_hoehe: 10\n  farbe: AA0000\n",
    )
    text = (
        (bestand / "mahnakte.yaml")
        .read_text(encoding="utf-8")
        .replace("  rolle: glaeubiger\n", "  rolle: glaeubiger\n  logo: logo.png\n")
    )
    (bestand / "mahnakte.yaml").write_text(text, encoding="utf-8")
    assert write(werkstatt, fall, "mahnung-1").daten["nr"] == 1
    seite = pdfium.PdfDocument((fall / "vorgaenge/0001/2026-05-20_mahnung-1.pdf").read_bytes())[0]
    bilder = [objekt.get_bounds() for objekt in seite.get_objects() if type(objekt).__name__ == "PdfImage"]
    kopf = max(bilder, key=lambda kasten: kasten[3])
    assert kopf[0] / MM == pytest.approx(links, abs=1)
    assert (kopf[2] - kopf[0]) / MM == pytest.approx(40, abs=0.5)
    assert (seite.get_height() - kopf[1]) / MM < 27


def test_colour_and_footer_are_set_once_for_all_templates(bestand, werkstatt):
    fall = set_up(
        bestand,
        mahnakte="briefkopf:\n  farbe: aa0000\n  fusszeile:\n    - Möbelhaus Übersee GmbH | Sitz Dresden\n"
        "    - AG Dresden HRB 12345\n    - Geschäftsführerin Erika Muster | IBAN DE02 1203 0000 0000 2020 51\n",
    )
    assert write(werkstatt, fall, "mahnung-1").daten["nr"] == 1
    ordner = fall / "vorgaenge" / "0001"
    with zipfile.ZipFile(ordner / "2026-05-20_mahnung-1.docx") as archiv:
        fuss, kopf = archiv.read("word/footer1.xml").decode(), archiv.read("word/header1.xml").decode()
    assert 'w:color="AA0000"' in fuss
    assert 'w:val="AA0000"' in kopf
    assert "243B53" not in fuss + kopf
    text = pdf_text(ordner / "2026-05-20_mahnung-1.pdf")
    assert "Bankverbindung" not in text
    assert "AG Dresden HRB 12345" in text


def test_a_footer_without_the_business_details_is_refused(bestand, werkstatt):
    fall = set_up(bestand, mahnakte="briefkopf:\n  fusszeile:\n    - Möbelhaus\n")
    ergebnis = write(werkstatt, fall, "mahnung-1")
    assert codes(ergebnis)[-1] == "BRIEF_UNVOLLSTAENDIG"
    assert "Sitz Dresden" in ergebnis.befunde[-1].text


@pytest.mark.parametrize(
    "zeile", ["logo_hoehe: 30", "logo_breite: 5", "farbe: rot", "form: C", "fusszeile: [a, b, c, d]"]
)
def test_a_letterhead_that_cannot_be_set_is_refused_when_read(bestand, werkstatt, zeile):
    fall = set_up(bestand, mahnakte=f"briefkopf:\n  {zeile}\n")
    with pytest.raises(NichtBegonnen) as gefangen:
        write(werkstatt, fall, "mahnung-1")
    assert gefangen.value.befunde[0].stelle.zeile


# --- size -------------------------------------------------------------------------------------------------


def test_long_names_eight_debtors_forty_invoices(bestand, werkstatt):
    schuldner = "".join(
        f"  - kennung: s{nummer}\n    art: person\n    vorname: Maximiliane-Alexandra\n    name: von Hohenstein-Zwickau {nummer}\n"
        "    strasse: Straße des Siebzehnten Juni 123a\n    plz: 04109\n    ort: Leipzig\n    land: SN\n    verbraucher: ja\n"
        for nummer in range(8)
    )
    rechnungen = "".join(
        f"  - nummer: RE-2026-{nummer}\n    datum: 03.02.2026\n    betrag: 119,00\n    leistung_am: 03.02.2026\n"
        "    faellig_am: 03.03.2026\n    faelligkeit: vereinbart\n"
        for nummer in range(100, 140)
    )
    fall = set_up(bestand)
    (fall / "fall.yaml").write_text(
        f"aktenzeichen: 2026-0042\nglaeubiger: moebelhaus\nschuldner:\n{schuldner}gesamtschuldner: ja\n"
        f"anspruch:\n  katalog: 11\n  vertrag: Kauf\n  vertragsdatum: 10.01.2026\nrechnungen:\n{rechnungen}",
        encoding="utf-8",
    )
    for nr, art in enumerate(("mahnung-1", "schuldanerkenntnis"), start=1):
        ergebnis = write(werkstatt, fall, art)
        assert ergebnis.daten["nr"] == nr, ergebnis.befunde
        briefe = sorted((fall / f"vorgaenge/{nr:04d}").glob(f"2026-05-20_{art}*.pdf"))
        briefe = [brief for brief in briefe if "antwortbogen" not in brief.name]
        assert len(briefe) == (8 if art == "mahnung-1" else 1)  # a Mahnung must reach each of them
        text = pdf_text(briefe[-1])
        assert all(f"RE-2026-{nummer}" in text for nummer in range(100, 140))
        assert ("und weitere" in text) == (art != "mahnung-1")
        assert "Zwickau 7" in text.replace("\r\n", " ")
    unterschriften = re.findall(
        r"Ort, Datum, Maximiliane-Alexandra von Hohenstein-Zwickau (\d)", re.sub(r"\s+", " ", text)
    )
    assert unterschriften == list("01234567")


# --- what stops a letter has a remedy that helps --------------------------------------------------------

STAENDE = {
    "BEZAHLT": briefbau.ZUSATZ["erledigung"],
    "NUR_NEBENFORDERUNG": briefbau.ZUSATZ["restforderung"],
    "BESTRITTEN": "ereignisse:\n  - am: 04.05.2026\n    art: bestritten\n    grund: Ware fehlt\n",
    "MAHNSPERRE": "ereignisse:\n  - am: 04.05.2026\n    art: mahnsperre\n    bis: 30.06.2026\n    grund: Rückfrage\n",
    "STUNDUNG": briefbau.ZUSATZ["stundung"],
    "RATENPLAN": briefbau.RATEN,
    "RATE_AUSGEBLIEBEN": briefbau.FRIST_LETZTE,
    "ZUSAGE": "ereignisse:\n  - am: 18.05.2026\n    art: kontakt\n    kanal: Telefon\n    notiz: zahlt\n"
    "    zusage_am: 01.06.2026\n",
    "VERGLEICH": briefbau.ZUSATZ["teilzahlungsvergleich"],
    "VERGLEICH_ERFUELLT": briefbau.ZUSATZ["teilzahlungsvergleich"]
    + "zahlungen:\n  - am: 20.05.2026\n    betrag: 1.400,00\n",
    "VERGLEICH_AUSGEBLIEBEN": "ereignisse:\n  - am: 04.05.2026\n    art: vergleich\n    betrag: 500,00\n"
    "    bis: 15.05.2026\n    grund: Streit\n",
    "INSOLVENZ": briefbau.ZUSATZ["forderungsanmeldung"],
    "VERSTORBEN": briefbau.ZUSATZ["nachlassanfrage"],
    "UNBEKANNT_VERZOGEN": briefbau.ZUSATZ["adressanfrage"],
    "BETREUUNG": "ereignisse:\n  - am: 04.05.2026\n    art: betreuung\n",
    "TITEL_VORHANDEN": briefbau.TITEL,
    "BEI_GERICHT": "ereignisse:\n  - am: 04.05.2026\n    art: antrag_eingereicht\n    gericht: Amtsgericht X\n",
}


@pytest.mark.parametrize("code", STAENDE)
def test_what_stops_a_letter_says_which_one_fits_and_that_one_is_written(bestand, werkstatt, code):
    fall = set_up(bestand, zusatz=STAENDE[code])
    abgelehnt = write(werkstatt, fall, "mahnung-1")
    befund = next(befund for befund in abgelehnt.befunde if befund.code == code)
    assert abgelehnt.exit_code == ABGELEHNT
    assert befund.abhilfe == GRUENDE[code].abhilfe
    if brief := GRUENDE[code].brief:
        ergebnis = write(werkstatt, fall, brief)
        assert ergebnis.daten["nr"] == 1, ergebnis.befunde


ZWEITE = """  - kennung: eva
    art: person
    vorname: Eva
    name: Schuldner
    strasse: Wiesenweg 3
    plz: 04109
    ort: Leipzig
    land: SN
    verbraucher: ja
"""


def test_a_dead_joint_debtor_gets_no_single_letter_either(bestand, werkstatt):
    tod = "gesamtschuldner: ja\nereignisse:\n  - am: 04.05.2026\n    art: verstorben\n    schuldner: eva\n"
    fall = set_up(bestand, zusatz=tod)
    text = (fall / "fall.yaml").read_text(encoding="utf-8").replace("anspruch:\n", f"{ZWEITE}anspruch:\n", 1)
    (fall / "fall.yaml").write_text(text, encoding="utf-8")
    ergebnis = write(werkstatt, fall, "mahnung-1")
    assert ergebnis.daten["nr"] == 1, ergebnis.befunde
    eintrag = json.loads((fall / "vorgaenge/0001/eintrag.json").read_text(encoding="utf-8"))
    assert eintrag["daten"]["empfaenger"] == ["max"]


@pytest.mark.parametrize("art", ["zahlungserinnerung", "mahnung-1", "mahnung-letzte"])
@pytest.mark.parametrize("ton", ["freundlich", "sachlich", "bestimmt"])
def test_the_tone_check_takes_the_register_in_which_the_letter_was_written(bestand, werkstatt, art, ton):
    fall = set_up(bestand)
    text = (fall / "fall.yaml").read_text(encoding="utf-8")
    (fall / "fall.yaml").write_text(
        text.replace("    verbraucher: ja\n", f"    verbraucher: ja\n    ton: {ton}\n")
    )
    assert write(werkstatt, fall, art).daten["nr"] == 1
    (zeile,) = check_ton(fall, Lage(briefbau.TAG, werkstatt)).zeilen[2:]
    assert f"Ton „{ton}“" in zeile
