"""The tone check on files: our own templates and letters pass it, changed and broken ones say what is wrong."""

import dataclasses
import datetime as dt
import io
import json
import pathlib
import shutil
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

import pytest
from pypdf import PdfReader, PdfWriter

import briefbau
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.arten.brief import BRIEFARTEN, template_name
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.ton import check_ton
from mahnakte.briefe.ton.anlass import STUFEN, Anlass, find_stufe
from mahnakte.briefe.ton.lesen import read_brieftext
from mahnakte.briefe.ton.pruefung import check_datei
from mahnakte.briefe.ton.text import Ort
from mahnakte.briefe.ton.vorlagentext import MAX_VARIANTEN, expand, expand_all
from mahnakte.briefe.variablen import variables_for
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.grund.beigaben import beigaben_ordner
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.werk.ergebnis import NichtBegonnen
from mahnakte.werk.laden import Lage
from vorlagenbau import BRIEFE, change, read_letter

STICHTAG = dt.date(2026, 11, 16)
HERKUNFT = Herkunft("Prüfung", "rechner", "0" * 32, "2026-11-16T00:00:00Z", "0.1.0")
VORLAGEN = sorted(BRIEFE.glob("*.docx"))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def build_docx(*absaetze: str, fuss: str = "", xml: str | None = None) -> bytes:
    """Return a plain Word file: the least that the check reads."""
    koerper = (
        xml
        if xml is not None
        else "".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in absaetze)
    )
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as archiv:
        archiv.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_W}"><w:body>{koerper}</w:body></w:document>'
        )
        if fuss:
            archiv.writestr(
                "word/footer1.xml", f'<w:ftr xmlns:w="{_W}"><w:p><w:r><w:t>{fuss}</w:t></w:r></w:p></w:ftr>'
            )
    return ausgabe.getvalue()


def build_row(*zellen: str) -> str:
    return (
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{zelle}</w:t></w:r></w:p></w:tc>" for zelle in zellen)
        + "</w:tr>"
    )


def build_paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def codes(inhalt: bytes, anlass: Anlass | None = None) -> set[str]:
    return {befund.code for befund in check_datei(inhalt, "brief.docx", anlass or Anlass()).befunde}


@pytest.fixture(scope="module")
def lage() -> Iterator[Lage]:
    with WorkerPool(2) as werkstatt:
        yield Lage(STICHTAG, werkstatt)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, lage: Lage) -> pathlib.Path:
    ziel = tmp_path_factory.mktemp("ton") / "demo"
    shutil.copytree(beigaben_ordner("demo"), ziel)
    for tag in (dt.date(2026, 10, 19), dt.date(2026, 11, 2), STICHTAG):
        run_faelle([ziel], dataclasses.replace(lage, stichtag=tag, _gelesen={}), HERKUNFT)
    return ziel


# --- our own texts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("vorlage", VORLAGEN, ids=lambda pfad: pfad.stem)
def test_our_templates_pass(vorlage: pathlib.Path) -> None:
    ergebnis = check_datei(vorlage.read_bytes(), vorlage.name, Anlass(find_stufe(vorlage.name)))
    ernst = [befund for befund in ergebnis.befunde if befund.schwere is not Schwere.HINWEIS]
    assert [befund.text for befund in ernst] == []


def test_the_series_of_the_plan_has_its_stages() -> None:
    assert {"zahlungserinnerung", "mahnung-1", "mahnung-letzte"} <= set(STUFEN)


def test_the_letters_of_the_demo_pass(demo: pathlib.Path, lage: Lage) -> None:
    ergebnis = check_ton(demo, lage)
    assert len(ergebnis.daten["briefe"]) >= 8
    assert [befund.text for befund in ergebnis.befunde] == []


def test_docx_and_pdf_of_a_letter_say_the_same(demo: pathlib.Path) -> None:
    paare = [(docx, docx.with_suffix(".pdf")) for docx in sorted(demo.glob("*/vorgaenge/*/*.docx"))]
    assert len(paare) >= 8
    for docx, pdf in paare:
        anlass = Anlass(find_stufe(docx.name))
        assert [
            {befund.code for befund in check_datei(datei.read_bytes(), datei.name, anlass).befunde}
            for datei in (docx, pdf)
        ] == [set(), set()]


# --- what a careless hand does to a template ----------------------------------------------------------


@pytest.mark.parametrize(
    ("art", "alt", "neu", "code"),
    [
        ("mahnung-1", "{{ empfaenger.anrede }}", "Sie sind säumig.", "TON_VORWURF"),
        (
            "mahnung-1",
            "{{ empfaenger.anrede }}",
            "Wir melden den Vorgang der SCHUFA.",
            "TON_SPERRE_AUSKUNFTEI",
        ),
        (
            "mahnung-1",
            "{{ empfaenger.anrede }}",
            "Danach beantragen wir beim Amtsgericht einen Mahnbescheid.",
            "TON_SCHRITT_STUFE",
        ),
        (
            "mahnung-1",
            "{{ empfaenger.anrede }}",
            "{% if verzug.eingetreten %}Gut.{% else %}Letzte Warnung!{% endif %}",
            "TON_DROHUNG",
        ),
        (
            "mahnung-1",
            "{{ empfaenger.anrede }}",
            "Hinzu kommen 15,00 € Mahnkosten.",
            "TON_SUMME_OHNE_HERLEITUNG",
        ),
        (
            "zahlungserinnerung",
            "{{ empfaenger.anrede }}",
            "Sie sind mit der Zahlung in Verzug.",
            "TON_REGISTER",
        ),
        ("mahnung-letzte", "{{ empfaenger.anrede }}", "Die Hauptforderung ist offen.", "TON_FACHWORT"),
    ],
)
def test_a_changed_template_is_found_out(art: str, alt: str, neu: str, code: str) -> None:
    vorlage = change(read_letter(art), "word/document.xml", alt, neu)
    befunde = check_datei(vorlage, f"{art}.docx", Anlass(find_stufe(f"{art}.docx"))).befunde
    assert [befund.code for befund in befunde] == [code]
    assert befunde[0].stelle is not None
    assert befunde[0].stelle.zeile


def test_the_footer_is_read_too() -> None:
    befunde = check_datei(build_docx("Guten Tag.", fuss="Partner der SCHUFA"), "x.docx", Anlass()).befunde
    assert ("TON_SPERRE_AUSKUNFTEI", "x.docx, Fußzeile:1") in {
        (befund.code, str(befund.stelle)) for befund in befunde
    }


def test_words_in_pieces_are_put_together() -> None:
    teile = "".join(f"<w:r><w:t>{teil}</w:t></w:r>" for teil in ("Wir melden Sie der SCH", "UF", "A."))
    assert "TON_SPERRE_AUSKUNFTEI" in codes(build_docx(xml=f"<w:p>{teile}</w:p>"))


def test_deleted_text_and_field_codes_do_not_count() -> None:
    xml = "<w:p><w:del><w:r><w:delText>SCHUFA</w:delText></w:r></w:del><w:r><w:instrText>SCHUFA</w:instrText><w:t>Hallo.</w:t></w:r></w:p>"
    assert "TON_SPERRE_AUSKUNFTEI" not in codes(build_docx(xml=xml))


@pytest.mark.parametrize(
    ("vorlage", "texte"),
    [
        ("Guten Tag.", ("Guten Tag.",)),
        ("{%p if a %}", ()),
        ("{%tr for f in forderungen %}", ()),
        ("{{ a.b }} und {{ c[0].d }}", ("‹a.b› und ‹c.d›",)),
        ("A{% if x %}B{% else %}C{% endif %}D", ("ABD", "ACD")),
        ("{% if x %}B{% elif y %}C{% endif %}", ("B", "C")),
        ("{% if x %}{% if y %}A{% else %}B{% endif %}{% else %}C{% endif %}", ("A", "C", "B")),
        ("{% for s in t %}{{ s.name }}{% endfor %}", ("‹s.name›",)),
        ("Anfang {% if x %}", ("Anfang ",)),
        ("{{ a|length }} {{ b if c else d }}", ("‹a› ‹Wert›",)),
    ],
)
def test_every_way_of_a_condition_is_read(vorlage: str, texte: tuple[str, ...]) -> None:
    assert set(expand(vorlage)) == set(texte)


def test_wording_of_another_register_is_read_as_part_of_that_letter() -> None:
    """A friendly block in a Mahnung is fine, because only a friendly letter shows it; a threat never is."""
    satz = "Vielleicht ist es im Alltag untergegangen."
    for text, erwartet in (
        (f"{{% if ton.freundlich %}}{satz}{{% endif %}}", []),
        (satz, ["TON_REGISTER"]),
        ('{% if ton == "bestimmt" %}Dies ist unsere letzte Warnung.{% endif %}', ["TON_DROHUNG"]),
    ):
        vorlage = change(read_letter(), "word/document.xml", "{{ empfaenger.anrede }}", text)
        assert codes_of_template(vorlage, "mahnung-1.docx") == erwartet


def codes_of_template(vorlage: bytes, name: str) -> list[str]:
    befunde = check_datei(vorlage, name, Anlass(find_stufe(name))).befunde
    return list(dict.fromkeys(befund.code for befund in befunde))


@pytest.mark.parametrize(
    ("register", "erwartet"),
    [
        ("freundlich", ["F", "E"]),
        ("sachlich", ["S", "E"]),
        ("bestimmt", ["B", "E"]),
        (None, ["F", "S", "B", "E"]),
    ],
)
def test_conditions_over_paragraphs_are_decided(register: str | None, erwartet: list[str]) -> None:
    absaetze = [
        "{%p if ton.freundlich %}",
        "F",
        "{%p elif ton.sachlich %}",
        "S",
        "{%p else %}",
        "B",
        "{%p endif %}",
        "E",
    ]
    assert [varianten[0] for _, varianten in expand_all(absaetze, register)] == erwartet


@pytest.mark.parametrize(
    ("bedingung", "texte"),
    [
        ("ton.freundlich", ("A",)),
        ("ton.bestimmt", ("B",)),
        ("not ton.bestimmt", ("A",)),
        ('ton == "freundlich"', ("A",)),
        ('ton in ["sachlich", "bestimmt"]', ("B",)),
        ("verzug.eingetreten", ("A", "B")),
        ("ton.bestimmt and verzug.eingetreten", ("A", "B")),
    ],
)
def test_conditions_in_a_paragraph_are_decided(bedingung: str, texte: tuple[str, ...]) -> None:
    assert expand(f"{{% if {bedingung} %}}A{{% else %}}B{{% endif %}}", "freundlich") == texte


def test_many_conditions_stay_bounded() -> None:
    assert (
        1
        < len(expand("".join(f"{{% if a{n} %}}{n}{{% else %}}x{n}{{% endif %}}" for n in range(20))))
        <= MAX_VARIANTEN
    )


# --- sums ---------------------------------------------------------------------------------------------

TABELLE = build_row("RE-2026-117", "03.02.2026", "1.190,00 €") + build_row(
    "Zahlung vom 02.04.2026", "−250,00 €"
)
KONTAKT = build_paragraph("Rufen Sie uns an: Telefon 0351 1234560.")


@pytest.mark.parametrize(
    ("zeilen", "text", "erwartet"),
    [
        (build_row("Zu zahlen", "940,00 €"), "Bitte überweisen Sie 940,00 €.", set()),
        (build_row("Zu zahlen", "940,00 €"), "Bitte überweisen Sie 960,00 €.", {"TON_SUMME_OHNE_HERLEITUNG"}),
        (build_row("Verzugszinsen bis 20.04.2026", "12,40 €"), "Guten Tag.", {"TON_ZINS_OHNE_HERLEITUNG"}),
        (build_row("Verzugszinsen bis 20.04.2026", "12,40 €"), "Die Zinsen betragen 6,52 % im Jahr.", set()),
        (build_row("6,52 % Zinsen vom 04.03.2026 bis 20.04.2026", "12,40 €"), "Guten Tag.", set()),
        (build_row("Zinsen", "12,40 €"), "Die Berechnung steht in der Anlage.", set()),
        (build_row("Zinsen", "12,40 €"), "Der Satz ist 6,52 % Zinsen.", {"TON_ZINS_OHNE_HERLEITUNG"}),
    ],
)
def test_sums_are_held_to_the_account_of_the_letter(zeilen: str, text: str, erwartet: set[str]) -> None:
    xml = f"<w:tbl>{TABELLE}{zeilen}</w:tbl>{build_paragraph(text)}{KONTAKT}"
    assert codes(build_docx(xml=xml)) == erwartet


# --- a way to answer ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("absaetze", "erwartet"),
    [
        (("Guten Tag.",), {"TON_KEIN_KONTAKT", "TON_KEINE_EINLADUNG"}),
        (("Guten Tag.", "buchhaltung@moebelhaus.example"), {"TON_KEINE_EINLADUNG"}),
        (("Max Schuldner", "04109 Leipzig", "Schreiben Sie uns."), {"TON_KEIN_KONTAKT"}),
        (("04109 Leipzig", "Möbelhaus, 01067 Dresden", "Schreiben Sie uns."), set()),
        (("Bitte senden Sie den Antwortbogen zurück.",), set()),
        (("Telefon 0351 1234560", "Haben Sie Fragen, rufen Sie uns an."), set()),
    ],
)
def test_a_letter_leaves_a_way_to_answer(absaetze: tuple[str, ...], erwartet: set[str]) -> None:
    assert codes(build_docx(*absaetze)) == erwartet


def test_the_last_stage_names_the_next_step() -> None:
    anlass = Anlass(find_stufe("mahnung-letzte.docx"))
    ohne = build_docx("Bitte zahlen Sie.", "Rufen Sie uns an: Telefon 0351 1234560.")
    assert codes(ohne, anlass) == {"TON_SCHRITT_FEHLT"}


# --- broken and hostile files -------------------------------------------------------------------------


def locked_pdf(pdf: bytes) -> bytes:
    schreiber = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf)))
    schreiber.encrypt("geheim", algorithm="AES-256")
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


def pdf_of_pages(anzahl: int) -> bytes:
    """Return a PDF of empty pages, as a scanner without text recognition makes it."""
    schreiber = PdfWriter()
    for _ in range(anzahl):
        schreiber.add_blank_page(595, 842)
    ausgabe = io.BytesIO()
    schreiber.write(ausgabe)
    return ausgabe.getvalue()


def zip_of(**teile: bytes) -> bytes:
    ausgabe = io.BytesIO()
    with zipfile.ZipFile(ausgabe, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name.replace("__", "/").replace("_xml", ".xml"), inhalt)
    return ausgabe.getvalue()


BOMBE = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        (b"", "TON_DATEI_ART"),
        (b"Guten Tag", "TON_DATEI_ART"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "TON_DATEI_ART"),
        (b"PK\x03\x04" + bytes(40), "TON_UNLESBAR"),
        (read_letter()[:2000], "TON_UNLESBAR"),
        (zip_of(brief_xml=b"<a/>"), "TON_UNLESBAR"),
        (zip_of(word__document_xml=b"<w:p"), "VORLAGE_XML"),
        (zip_of(word__document_xml=BOMBE), "VORLAGE_XML"),
        (zip_of(word__document_xml=b"<a>" + bytes(9_000_000) + b"</a>"), "TON_ZU_GROSS"),
        (build_docx("Wort " * 5_000), "TON_ZU_GROSS"),
        (build_docx(*["Wort"] * 6_000), "TON_ZU_GROSS"),
        (pdf_of_pages(51), "TON_ZU_GROSS"),
        (build_docx(""), "TON_OHNE_TEXT"),
        (b"%PDF-1.7\nkaputt", "TON_UNLESBAR"),
        (pdf_of_pages(1), "TON_OHNE_TEXT"),
        (locked_pdf(pdf_of_pages(1)), "TON_UNLESBAR"),
    ],
    ids=["leer", "text", "altes-word", "kein-zip", "halb", "ohne-text", "kein-xml", "entitaeten", "bombe",
         "absatz-zu-lang", "zu-viele-absaetze", "zu-viele-seiten", "leer-docx", "pdf", "bild-pdf", "kennwort"],
)  # fmt: skip
def test_a_broken_file_is_refused_with_a_sentence(inhalt: bytes, code: str) -> None:
    with pytest.raises(Ablehnung) as abgelehnt:
        read_brieftext(inhalt, "x.docx")
    assert abgelehnt.value.befund.code == code
    assert abgelehnt.value.befund.abhilfe


def test_links_and_pictures_of_a_letter_by_hand_do_not_matter() -> None:
    brief = change(read_letter(), "word/_rels/document.xml.rels", "</Relationships>",
                   '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
                   'Target="mailto:a@b.example" TargetMode="External"/></Relationships>')  # fmt: skip
    assert any(absatz.ort is Ort.TEXT for absatz in read_brieftext(brief, "x.docx").absaetze)


# --- the command --------------------------------------------------------------------------------------


def write(ordner: pathlib.Path, name: str, inhalt: bytes) -> pathlib.Path:
    (ordner / name).write_bytes(inhalt)
    return ordner / name


def test_exit_codes_of_the_contract(tmp_path: pathlib.Path, lage: Lage) -> None:
    gut = check_ton(write(tmp_path, "mahnung-1.docx", read_letter()), lage)
    assert (gut.exit_code, gut.befunde) == (0, ())
    vorwurf = change(read_letter(), "word/document.xml", "{{ empfaenger.anrede }}", "Sie sind säumig.")
    assert check_ton(write(tmp_path, "mahnung-1.docx", vorwurf), lage).exit_code == 1
    hart = change(
        read_letter(), "word/document.xml", "{{ empfaenger.anrede }}", "Wir erstatten Strafanzeige."
    )
    assert check_ton(write(tmp_path, "mahnung-1.docx", hart), lage).exit_code == 3
    with pytest.raises(Ablehnung):  # the command line makes exit code 2 of it
        check_ton(tmp_path / "fehlt.docx", lage)
    with pytest.raises(Ablehnung):
        check_ton(write(tmp_path, "kaputt.docx", b"PK"), lage)


def test_the_json_document(tmp_path: pathlib.Path, lage: Lage) -> None:
    pfad = write(tmp_path, "mahnung-1.docx", read_letter())
    dokument = json.loads(json.dumps(check_ton(pfad, lage).as_json()))
    assert set(dokument) == {"datei", "stufe", "index", "briefe", "befunde"}
    assert (dokument["datei"], dokument["stufe"]) == (str(pfad), "mahnung-1")
    assert set(dokument["index"]) == {"wiener_sachtextformel", "flesch_amstad", "woerter", "saetze"}


def test_a_stage_can_be_named_and_a_wrong_one_is_refused(tmp_path: pathlib.Path, lage: Lage) -> None:
    pfad = write(tmp_path, "Brief an Max.docx", read_letter("mahnung-letzte"))
    assert check_ton(pfad, lage).daten["stufe"] is None
    assert check_ton(pfad, lage, "zahlungserinnerung").exit_code == 1
    assert check_ton(pfad, lage, "mahnung-letzte").exit_code == 0
    with pytest.raises(NichtBegonnen, match="mahnung-9"):
        check_ton(pfad, lage, "mahnung-9")


def test_a_letter_of_a_case_is_held_to_the_plan(
    demo: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    bestand = tmp_path / "bestand"
    shutil.copytree(demo, bestand)
    einstellungen = bestand / "mahnakte.yaml"
    text = einstellungen.read_text(encoding="utf-8")
    assert "dann: mahnbescheid" in text
    einstellungen.write_text(text.replace("dann: mahnbescheid", "dann: uebergabe"), encoding="utf-8")
    ergebnis = check_ton(bestand / "2026-0087", Lage(STICHTAG, lage.werkstatt))
    assert "TON_SCHRITT_ANDERS" in {befund.code for befund in ergebnis.befunde}
    einzeln = next((bestand / "2026-0087").glob("vorgaenge/*/*mahnung-letzte.docx"))
    mit_plan = dataclasses.replace(lage, einstellungen_datei=einstellungen, _gelesen={})
    assert "TON_SCHRITT_ANDERS" in {befund.code for befund in check_ton(einzeln, mit_plan).befunde}


def test_letters_after_the_stichtag_do_not_count(demo: pathlib.Path, lage: Lage) -> None:
    frueher = dataclasses.replace(lage, stichtag=dt.date(2026, 10, 1), _gelesen={})
    assert check_ton(demo / "2026-0087", frueher).daten["briefe"] == []


def test_a_damaged_step_is_damage(demo: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    bestand = tmp_path / "bestand"
    shutil.copytree(demo, bestand)
    brief = next((bestand / "2026-0087").glob("vorgaenge/0001/*.docx"))
    brief.write_bytes(read_letter())
    ergebnis = check_ton(bestand / "2026-0087", Lage(STICHTAG, lage.werkstatt))
    assert (ergebnis.exit_code, ergebnis.daten["briefe"]) == (4, [])


# A settlement, a balance and a thank-you name a sum that the letter explains in words, not in a table.
IN_WORTEN = {"teilzahlungsvergleich", "ratenplan-kuendigung", "erledigung"}


@pytest.mark.parametrize("art", sorted(BRIEFARTEN))
def test_every_finished_letter_passes(art: str, lage: Lage) -> None:
    fall = briefbau.sound_case(art)
    vorlage = load_vorlage(lage.werkstatt, read_letter(art), template_name(art), variables_for(art))
    assert isinstance(vorlage, Vorlage)
    for entwurf in briefbau.draft_letters(fall, art):
        satz = set_letter(lage.werkstatt, vorlage, entwurf.werte, entwurf.bilder, entwurf.datum)
        befunde = check_datei(satz.pdf, f"{art}.pdf", Anlass(find_stufe(f"{art}.docx"))).befunde
        erlaubt = {"TON_SUMME_OHNE_HERLEITUNG"} if art in IN_WORTEN else set()
        assert [befund.text for befund in befunde if befund.code not in erlaubt] == []
