"""The facts of a letter in other languages: same words everywhere, same numbers as the letter, never more than it says."""

import collections
import dataclasses
import datetime as dt
import functools
import io
import pathlib
import re
from decimal import Decimal

import pytest
from PIL import ImageFont
from pypdf import PdfReader

from briefbau import TAG, draft_letters, sound_case, stage_of
from mahnakte.arten.brief import BRIEFARTEN, Hilfsblatt
from mahnakte.briefe.brief import compute_briefe
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.briefe.sprachhilfe import aufbau, hilfe
from mahnakte.briefe.sprachhilfe.aufbau import AUFBAUTEN
from mahnakte.briefe.sprachhilfe.hilfe import (
    VARIABLEN,
    VORLAGE,
    check_gegen_brief,
    check_seite,
    compute_hilfe,
    find_luecke,
)
from mahnakte.briefe.sprachhilfe.platzhalter import PLATZHALTER, fill, list_namen
from mahnakte.briefe.sprachhilfe.sprache import (
    DEUTSCH,
    SPRACHEN,
    ZURUECKGESTELLT,
    load_sprache,
    read_sprache,
)
from mahnakte.briefe.ton.anlass import STUFEN, Anlass, find_stufe, is_beilage
from mahnakte.briefe.ton.pruefung import check_ton
from mahnakte.briefe.ton.text import Absatz, Brieftext, Ort, normalize_text
from mahnakte.briefe.variablen import variables_for
from mahnakte.fall.lesen import read_falldatei
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.pdfa import claims_pdfa
from mahnakte.stand.sachstand import Sachstand

WURZEL = pathlib.Path(__file__).resolve().parent.parent
SCHRIFTEN = WURZEL / "src/mahnakte/satz/schriften"
ALLE = (DEUTSCH, *SPRACHEN)
# Headings, names of lines and marks say nothing about the letter; these sentences are about the page itself.
OHNE_ANKER = {
    "titel",
    "nur_hilfe",
    "ungeprueft",
    "geprueft",
    "kein_schritt",
    "antwortbogen",
    "zeichen_nennen",
}
SATZFOLGEN = ("worum", "zahlen", "weiter", "antworten")
AUFBAU_JE_ART = [pytest.param(art.art, id=art.art) for art in BRIEFARTEN.values() if art.hilfsblatt]


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=768) as begrenzt:
        yield begrenzt


@pytest.fixture(scope="module")
def vorlage(pool):
    geladen = load_vorlage(pool, read_beigabe("templates", f"blaetter/{VORLAGE}"), VORLAGE, VARIABLEN)
    assert isinstance(geladen, Vorlage), geladen
    assert geladen.hinweise == ()
    return geladen


@functools.cache
def letter_of(art: str, rolle: str, dann: str | None):
    """Return the draft of a sound letter that announces `dann`, once for all languages."""
    fall, stufe = sound_case(art, rolle), stage_of(art)
    if dann is None or dann == stufe.dann:
        return draft_letters(fall, art)[0]
    _, konto = compute_gegenstand(Sachstand(fall, TAG), BRIEFARTEN[art])
    frist = TAG + dt.timedelta(days=12)
    return compute_briefe(Sachstand(fall, TAG), konto, dataclasses.replace(stufe, dann=dann), frist, dann)[0]


@pytest.fixture(scope="module")
def text_of(pool):
    """Return a function: draft -> text of the finished German letter, each set once."""
    texte = {}

    def read(art: str, entwurf) -> str:
        schluessel = (art, repr(entwurf.werte))
        if schluessel not in texte:
            name = f"{art}.docx"
            brief = load_vorlage(pool, read_beigabe("templates", f"letters/{name}"), name, variables_for(art))
            satz = set_letter(pool, brief, entwurf.werte, entwurf.bilder, entwurf.datum)
            texte[schluessel] = "\n".join(satz.druckbild.seiten)
        return texte[schluessel]

    return read


# --- the words ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kennung", SPRACHEN)
def test_every_language_says_the_same_with_the_same_values(kennung: str) -> None:
    deutsch, andere = read_sprache(DEUTSCH).saetze, read_sprache(kennung).saetze
    assert list(andere) == list(deutsch)
    for schluessel, satz in andere.items():
        assert collections.Counter(list_namen(satz)) == collections.Counter(
            list_namen(deutsch[schluessel])
        ), schluessel


@pytest.mark.parametrize("kennung", ALLE)
def test_a_language_file_is_whole(kennung: str) -> None:
    sprache = read_sprache(kennung)
    assert sprache.sprachkennung.startswith(f"{kennung}-")
    assert len(sprache.monate) == len(set(sprache.monate)) == 12
    for schluessel, satz in sprache.saetze.items():
        assert satz.strip() == satz, schluessel
        assert set(list_namen(satz)) <= set(PLATZHALTER), schluessel
        assert satz.count("{") == len(list_namen(satz)), schluessel
        assert schluessel.startswith(("titel", "kopf_", "wort_")) or satz[-1] in ".?", schluessel
        assert "!" not in satz


def test_no_sentence_is_missing_and_none_is_idle() -> None:
    benutzt = {
        satz.schluessel for plan in AUFBAUTEN.values() for teil in SATZFOLGEN for satz in getattr(plan, teil)
    }
    zeilen = (*aufbau.WORUM_ZEILEN, *aufbau.ZAHLUNG_ZEILEN, *aufbau.ANTWORT_ZEILEN)
    woerter = {zeile.name for zeile in zeilen if zeile.name} | {"wort_rechnungen", "wort_post"}
    koepfe = {"kopf_worum", "kopf_zahlen", "kopf_weiter", "kopf_antworten"}
    assert benutzt | woerter | koepfe | OHNE_ANKER == set(read_sprache(DEUTSCH).saetze)
    assert benutzt == set(read_sprache(DEUTSCH).anker), "every statement has its words in the German letter"


def test_no_two_sentences_of_a_language_are_the_same() -> None:
    for kennung in ALLE:
        saetze = [satz for name, satz in read_sprache(kennung).saetze.items() if not name.startswith("wort_")]
        doppelt = [satz for satz, anzahl in collections.Counter(saetze).items() if anzahl > 1]
        assert doppelt == [], kennung


@pytest.mark.parametrize("schnitt", ["Regular", "Bold"])
def test_the_font_has_every_letter(schnitt: str) -> None:
    schrift = ImageFont.truetype(SCHRIFTEN / f"Arimo-{schnitt}.ttf", 40)
    kasten = bytes(schrift.getmask("\U0010fffd"))  # what the font shows for a character that it lacks
    for kennung in SPRACHEN:
        sprache = read_sprache(kennung)
        texte = (
            *sprache.saetze.values(),
            *sprache.monate,
            sprache.tagform,
            sprache.betragsform,
            sprache.tausender,
            "€…+",
        )
        fehlende = {zeichen for zeichen in set("".join(texte)) if bytes(schrift.getmask(zeichen)) == kasten}
        assert fehlende == set(), kennung
    assert bytes(schrift.getmask("漢")) == kasten, "the check can see a missing letter"


# Unicode CLDR: long dates without the year's abbreviation, pattern #,##0.00
@pytest.mark.parametrize(
    ("kennung", "tag", "betrag"),
    [
        ("en", "30 April 2026", "EUR 1,234,567.50"),
        ("pl", "30 kwietnia 2026 roku", "1 234 567,50 EUR"),
        ("tr", "30 Nisan 2026", "1.234.567,50 EUR"),
        ("uk", "30 квітня 2026 року", "1 234 567,50 EUR"),
        ("ru", "30 апреля 2026 года", "1 234 567,50 EUR"),
        ("ro", "30 aprilie 2026", "1.234.567,50 EUR"),
    ],
)
def test_days_and_sums_are_written_as_the_language_does(kennung: str, tag: str, betrag: str) -> None:
    sprache = load_sprache(kennung)
    assert sprache.write_tag(dt.date(2026, 4, 30)).replace("\u00a0", " ") == tag
    assert sprache.write_betrag(Decimal("1234567.5")).replace("\u00a0", " ") == betrag
    assert " " not in sprache.write_tag(dt.date(2026, 4, 30)) + sprache.write_betrag(Decimal(1234)), (
        "never broken"
    )


def test_a_value_of_another_type_is_not_written() -> None:
    with pytest.raises(TypeError, match=r"zahlung\.betrag"):
        fill("{betrag}", {"zahlung": {"betrag": "940,00"}}, load_sprache("pl"))
    with pytest.raises(TypeError, match=r"brief\.frist"):
        fill("{frist}", {"brief": {}}, load_sprache("pl"))


def test_braces_in_a_name_stay_what_they_are() -> None:
    assert fill("{aktenzeichen}", {"brief": {"aktenzeichen": "{iban}"}}, load_sprache("pl")) == "{iban}"


def test_the_german_wording_holds_no_threat_and_no_blame() -> None:
    stufe = STUFEN["mahnung-letzte"]
    assert stufe.brief.kuendigt_an == ("mahnbescheid", "uebergabe")
    schlimm = re.compile(r"TON_(SPERRE_\w+|DROHUNG|VORWURF|UEBERTREIBUNG|AMTSDEUTSCH)")
    for schluessel, satz in read_sprache(DEUTSCH).saetze.items():
        absatz = Absatz(1, Ort.TEXT, (normalize_text(satz.replace("{", "").replace("}", "")),))
        anlass = Anlass(stufe)
        gefunden = {befund.code for befund in check_ton(Brieftext("x.docx", (absatz,)), anlass).befunde}
        assert not [code for code in gefunden if schlimm.fullmatch(code)], (schluessel, gefunden)


# --- languages that there are not -------------------------------------------------------------------------


def test_arabic_is_refused_by_name_with_the_reason() -> None:
    assert set(ZURUECKGESTELLT) == {"ar"}
    with pytest.raises(Ablehnung) as ablehnung:
        load_sprache("ar")
    befund = ablehnung.value.befund
    assert befund.code == "SPRACHHILFE_SPRACHE"
    assert "Arabisch wird von rechts nach links gesetzt" in befund.text
    assert "en, pl, tr, uk, ru, ro" in befund.abhilfe


@pytest.mark.parametrize("kennung", ["fr", "de", "", "../de"])
def test_an_unknown_language_is_refused(kennung: str) -> None:
    with pytest.raises(Ablehnung, match=f"in der Sprache „{kennung}“ gibt es nicht"):
        load_sprache(kennung)


def test_a_case_that_names_an_unknown_language_is_told_the_known_ones() -> None:
    text = (WURZEL / "fixtures/faelle/einfach.yaml").read_text(encoding="utf-8")
    falsch = re.sub(r"( +)verbraucher: ja\n", r"\1verbraucher: ja\n\1sprache: fr\n", text, count=1)
    assert falsch != text
    _, befunde = read_falldatei(falsch.encode(), "fall.yaml")
    (befund,) = [befund for befund in befunde if "sprache" in befund.text]
    assert befund.schwere is Schwere.SPERRE
    assert befund.stelle is not None
    assert befund.stelle.zeile == falsch[: falsch.index("sprache: fr")].count("\n") + 1
    for kennung in (*SPRACHEN, "de"):
        assert kennung in befund.text + befund.abhilfe


def test_a_kind_of_letter_without_words_says_so() -> None:
    befund = find_luecke("schuldanerkenntnis", "pl")
    assert befund is not None
    assert befund.schwere is Schwere.HINWEIS
    assert "schuldanerkenntnis" in befund.text
    assert all(
        (find_luecke(name, "pl") is None) is (art.hilfsblatt is not None) for name, art in BRIEFARTEN.items()
    )
    assert all(art.an_schuldner for art in BRIEFARTEN.values() if art.hilfsblatt)
    assert set(AUFBAUTEN) == set(Hilfsblatt) == {a.hilfsblatt for a in BRIEFARTEN.values() if a.hilfsblatt}


# --- page and letter --------------------------------------------------------------------------------------


def amounts_of(text: str) -> set[str]:
    """Return the digits of all amounts with EUR or €, whatever separates them: a naive second reading."""
    zahl = r"\d(?:[\d.,\s]*\d)?"
    treffer = re.findall(rf"EUR\s({zahl})|(?<![\d.,])({zahl})\s(?:EUR|€)", text.replace("\n", " ; "))
    return {re.sub(r"\D", "", "".join(teile)) for teile in treffer}


def steps_of(art: str) -> tuple[str | None, ...]:
    return BRIEFARTEN[art].kuendigt_an or (None,)


@pytest.mark.parametrize("art", AUFBAU_JE_ART)
def test_the_page_repeats_the_finished_letter(pool, vorlage, text_of, art: str) -> None:
    for dann in steps_of(art):
        entwurf = letter_of(art, BRIEFARTEN[art].rollen[0], dann)
        brief = text_of(art, entwurf)
        for kennung in SPRACHEN:
            plan = compute_hilfe(art, kennung, entwurf.werte, antwortbogen=entwurf.antwortbogen)
            check_gegen_brief(plan, brief)
            seite = set_letter(pool, vorlage, plan.werte, {}, entwurf.datum)
            check_seite(seite, plan)
            assert claims_pdfa(seite.pdf), "no box in the place of a letter"
            text = "\n".join(seite.druckbild.seiten)
            assert amounts_of(text) <= amounts_of(brief)
            assert set(re.findall(r"\d\d\.\d\d\.\d{4}", text)) <= set(re.findall(r"\d\d\.\d\d\.\d{4}", brief))
            eng = re.sub(r"\s", "", text)
            assert "MaßgeblichistalleindasdeutscheSchreiben" in eng
            assert "NochnichtvoneinerbenanntenPersongeprüft" in eng
            if zahlung := entwurf.werte.get("zahlung"):
                cent = str(int(zahlung["betrag"] * 100))
                assert cent in amounts_of(text)
                assert zahlung["iban"].replace(" ", "") in eng
                assert zahlung["verwendungszweck"].replace(" ", "") in eng


@pytest.mark.parametrize("art", AUFBAU_JE_ART)
def test_the_page_holds_for_every_sender(text_of, art: str) -> None:
    for rolle in BRIEFARTEN[art].rollen[1:]:
        entwurf = letter_of(art, rolle, None)
        plan = compute_hilfe(art, "uk", entwurf.werte, antwortbogen=False)
        check_gegen_brief(plan, text_of(art, entwurf))


def sentences(art: str, kennung: str = "de", dann: str | None = None, **aenderungen) -> set[str]:
    """Return the keys of the sentences a page says; the words of a language lead back to their keys."""
    werte = {**letter_of(art, BRIEFARTEN[art].rollen[0], dann).werte, **aenderungen}
    kennung = "en" if kennung == "de" else kennung
    sprache = load_sprache(kennung)
    plan = compute_hilfe(art, kennung, werte, antwortbogen=True)
    gesagt = [satz for abschnitt in plan.werte["abschnitte"] for satz in abschnitt["saetze"]]
    muster = {
        name: re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(satz)))
        for name, satz in sprache.saetze.items()
    }
    return {name for satz in gesagt for name, form in muster.items() if form.fullmatch(satz)}


@pytest.mark.parametrize(("dann", "anderer"), [("mahnbescheid", "uebergabe"), ("uebergabe", "mahnbescheid")])
def test_the_next_step_is_the_one_of_the_letter(dann: str, anderer: str) -> None:
    gesagt = sentences("mahnung-letzte", dann=dann)
    assert {dann, f"{dann}_kosten"} <= gesagt
    assert not {anderer, f"{anderer}_kosten", "kein_schritt"} & gesagt


def test_a_letter_without_step_announces_none() -> None:
    gesagt = sentences("zahlungserinnerung")
    assert "kein_schritt" in gesagt
    assert not {"mahnbescheid", "uebergabe", "verzug_eingetreten", "weitere_kosten"} & gesagt


@pytest.mark.parametrize(
    ("verzug", "laufen", "erwartet"),
    [
        (
            {"eingetreten": True, "durch_frist": False},
            True,
            {"verzug_eingetreten", "verzug_zinsen", "weitere_kosten"},
        ),
        ({"eingetreten": True, "durch_frist": True}, False, {"verzug_eingetreten", "weitere_kosten"}),
        ({"eingetreten": False, "durch_frist": True}, False, {"verzug_durch_frist", "weitere_kosten"}),
        ({"eingetreten": False, "durch_frist": False}, False, {"kein_schritt"}),
    ],
)
def test_default_is_told_as_the_first_mahnung_tells_it(verzug, laufen, erwartet) -> None:
    zinsen = {**letter_of("mahnung-1", "glaeubiger", None).werte["zinsen"], "laufen": laufen}
    gesagt = sentences("mahnung-1", verzug=verzug, zinsen=zinsen)
    alle = {"verzug_eingetreten", "verzug_zinsen", "verzug_durch_frist", "weitere_kosten", "kein_schritt"}
    assert gesagt & alle == erwartet
    assert ("zinsen_je_tag" in gesagt, "gilt_bis" in gesagt) == (laufen, not laufen)


def test_joint_debtors_read_that_the_sum_is_owed_once() -> None:
    assert "gesamtschuld" in sentences("mahnung-1", gesamtschuldner=True)
    assert "gesamtschuld" not in sentences("mahnung-1", gesamtschuldner=False)


def test_the_form_is_mentioned_only_when_it_is_there() -> None:
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    satz = load_sprache("tr").saetze["antwortbogen"]
    assert satz in compute_hilfe("mahnung-1", "tr", entwurf.werte, antwortbogen=True).saetze
    assert satz not in compute_hilfe("mahnung-1", "tr", entwurf.werte, antwortbogen=False).saetze


def test_a_page_never_says_more_than_the_letter(text_of) -> None:
    entwurf = letter_of("mahnung-letzte", "glaeubiger", "mahnbescheid")
    brief = text_of("mahnung-letzte", entwurf)
    plan = compute_hilfe("mahnung-letzte", "ro", entwurf.werte, antwortbogen=True)
    check_gegen_brief(plan, brief)
    for wendung in (
        "einen Mahnbescheid",
        "Gerichtskosten",
        "Bitte überweisen",
        entwurf.werte["zahlung"]["iban"],
    ):
        ohne = re.sub(re.sub(r"\s+", r"\\s*", re.escape(wendung).replace(r"\ ", " ")), "", brief)
        assert ohne != brief
        with pytest.raises(Ablehnung) as ablehnung:
            check_gegen_brief(plan, ohne)
        assert ablehnung.value.befund.code == "SPRACHHILFE_ANDERER_WORTLAUT"


def test_no_page_denies_a_step_that_an_own_template_announces(text_of) -> None:
    entwurf = letter_of("zahlungserinnerung", "glaeubiger", None)
    plan = compute_hilfe("zahlungserinnerung", "pl", entwurf.werte, antwortbogen=True)
    brief = text_of("zahlungserinnerung", entwurf)
    check_gegen_brief(plan, brief)
    for wendung in ("Sonst beantragen wir einen Mahn-\nbescheid.", "Wir geben das an ein Inkassobüro ab."):
        with pytest.raises(Ablehnung, match="etwas anderes sagen als er"):
            check_gegen_brief(plan, brief + wendung)


@pytest.mark.parametrize("feld", ["betrag", "gilt_bis", "iban", "verwendungszweck"])
def test_a_number_that_is_not_the_letters_stops_the_page(text_of, feld: str) -> None:
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    anders = {
        "betrag": Decimal("1710.24"),
        "gilt_bis": dt.date(2026, 6, 2),
        "iban": "DE00 0000",
        "verwendungszweck": "X9",
    }
    werte = {**entwurf.werte, "zahlung": {**entwurf.werte["zahlung"], feld: anders[feld]}}
    with pytest.raises(Ablehnung):
        check_gegen_brief(
            compute_hilfe("mahnung-1", "pl", werte, antwortbogen=True), text_of("mahnung-1", entwurf)
        )


# --- who has checked it -----------------------------------------------------------------------------------


def test_the_mark_stands_until_a_person_has_checked_the_language(pool, vorlage, monkeypatch) -> None:
    assert all(read_sprache(kennung).geprueft_von == "" for kennung in SPRACHEN), (
        "who checked it belongs into docs/sprachen.md"
    )
    sprache = dataclasses.replace(load_sprache("pl"), geprueft_von="Anna Muster")
    monkeypatch.setattr(hilfe, "load_sprache", lambda _: sprache)
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    plan = compute_hilfe("mahnung-1", "pl", entwurf.werte, antwortbogen=True)
    seite = set_letter(pool, vorlage, plan.werte, {}, entwurf.datum)
    check_seite(seite, plan)
    assert "Tłumaczenie sprawdził(a): Anna Muster." in plan.saetze
    assert sprache.saetze["ungeprueft"] not in plan.saetze
    assert "nicht von einer benannten Person" not in seite.druckbild.seiten[0]
    assert sprache.saetze["nur_hilfe"] in plan.saetze, "what it is stands there whoever checked it"


# --- the sheet --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kennung", SPRACHEN)
def test_the_pdf_names_its_language_and_is_the_same_again(pool, vorlage, kennung: str) -> None:
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    plan = compute_hilfe("mahnung-1", kennung, entwurf.werte, antwortbogen=True)
    erste, zweite = (set_letter(pool, vorlage, plan.werte, {}, entwurf.datum) for _ in range(2))
    assert erste.pdf == zweite.pdf
    gelesen = PdfReader(io.BytesIO(erste.pdf))
    assert gelesen.trailer["/Root"]["/Lang"] == read_sprache(kennung).sprachkennung
    assert gelesen.metadata.title == read_sprache(kennung).saetze["titel"]


def test_forty_invoices_and_long_names_stay_on_one_page(pool, vorlage) -> None:
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    lang = "Wohnungsbaugenossenschaft Ostsächsische Heimstätten und Siedlerverein eG Verwaltung"
    werte = {
        **entwurf.werte,
        "absender": {**entwurf.werte["absender"], "name": lang},
        "zahlung": {**entwurf.werte["zahlung"], "empfaenger": lang},
        "forderungen": [{"nummer": f"RE-2026-{nummer:05d}"} for nummer in range(40)],
        "gesamtschuldner": True,
        "verzug": {"eingetreten": False, "durch_frist": True},
    }
    for kennung in SPRACHEN:
        plan = compute_hilfe("mahnung-1", kennung, werte, antwortbogen=True)
        seite = set_letter(pool, vorlage, plan.werte, {}, entwurf.datum)
        check_seite(seite, plan)
        assert "(+34)" in seite.druckbild.seiten[0]


def test_a_second_page_is_refused(pool, vorlage) -> None:
    entwurf = letter_of("mahnung-1", "glaeubiger", None)
    werte = {
        **entwurf.werte,
        "zahlung": {**entwurf.werte["zahlung"], "empfaenger": "Sehr langer Name " * 120},
    }
    plan = compute_hilfe("mahnung-1", "uk", werte, antwortbogen=True)
    with pytest.raises(Ablehnung, match="Seiten statt einer"):
        check_seite(set_letter(pool, vorlage, plan.werte, {}, entwurf.datum), plan)


def test_the_sheet_is_what_its_maker_makes(monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(WURZEL / "werkzeuge"))
    import sprachhilfe_bauen

    assert sprachhilfe_bauen.build() == read_beigabe("templates", f"blaetter/{VORLAGE}")


@pytest.mark.parametrize("kennung", SPRACHEN)
def test_the_check_of_tone_knows_that_the_page_is_no_letter(kennung: str) -> None:
    name = f"2026-05-20_mahnung-1{hilfe.file_ending(kennung)}"
    assert is_beilage(name)
    assert find_stufe(name) is None
