"""The tone check, sentence by sentence: fixtures/ton/saetze.yaml says what a lawyer would say."""

import dataclasses
import importlib.resources
import pathlib
import re
import socket
import time
from typing import Any

import pytest
import yaml

from mahnakte.arten.brief import BRIEFARTEN, TONLAGEN
from mahnakte.briefe.ton.anlass import STUFEN, Anlass, find_stufe
from mahnakte.briefe.ton.lesbarkeit import Index, compute_index
from mahnakte.briefe.ton.muster import compile_muster
from mahnakte.briefe.ton.pruefung import check_ton
from mahnakte.briefe.ton.text import Absatz, Brieftext, Ort, Satz, normalize_text, split_text
from mahnakte.briefe.ton.woerter import (
    LISTEN,
    Eintrag,
    read_eintraege,
    read_grenze,
    read_woerter,
)
from mahnakte.grund.befund import Schwere

WURZEL = pathlib.Path(__file__).resolve().parent.parent
KORPUS = WURZEL / "fixtures" / "ton" / "saetze.yaml"
EINTRAEGE = [eintrag for liste in (*LISTEN, "fachwort") for eintrag in read_eintraege(liste)]
# What a single sentence cannot have: these concern the letter as a whole.
GANZER_BRIEF = {"TON_KEIN_KONTAKT", "TON_KEINE_EINLADUNG", "TON_SCHRITT_FEHLT", "TON_LESBARKEIT"}


def read_korpus() -> list[Any]:
    gruppen = yaml.safe_load(KORPUS.read_text(encoding="utf-8"))
    return [
        pytest.param(satz, id=f"{gruppe}-{nummer}")
        for gruppe, saetze in gruppen.items()
        for nummer, satz in enumerate(saetze, start=1)
    ]


def anlass_of(angabe: dict[str, Any]) -> Anlass:
    stufe = STUFEN[angabe["stufe"]] if "stufe" in angabe else None
    dann = angabe.get("dann")
    return Anlass(stufe, aus_fall=dann is not None, dann=None if dann == "nichts" else dann)


def codes(text: str, anlass: Anlass | None = None) -> set[str]:
    brief = Brieftext("brief.docx", (Absatz(1, Ort.TEXT, (normalize_text(text),)),))
    return {befund.code for befund in check_ton(brief, anlass or Anlass()).befunde} - GANZER_BRIEF


@pytest.mark.parametrize("angabe", read_korpus())
def test_a_sentence_says_what_the_corpus_says(angabe: dict[str, Any]) -> None:
    assert codes(angabe["satz"], anlass_of(angabe)) == set(angabe["befunde"]), angabe["satz"]


def test_the_corpus_is_large_and_has_both_sides() -> None:
    saetze = [param.values[0] for param in read_korpus()]
    assert len(saetze) >= 120
    assert sum(1 for satz in saetze if not satz["befunde"]) >= 50


def test_every_entry_of_the_word_lists_is_met_by_a_sentence() -> None:
    texte = [normalize_text(param.values[0]["satz"]) for param in read_korpus()]
    stumm = [
        eintrag.stelle
        for eintrag in EINTRAEGE
        if not any(
            eintrag.muster.search(text) and (eintrag.mit is None or eintrag.mit.search(text))
            for text in texte
        )
    ]
    assert stumm == []


# --- the word lists themselves ------------------------------------------------------------------------


def simple_form(muster: str) -> str:
    """Write a pattern as the shortest text it should match: gaps closed, first alternative, nothing optional."""
    text = muster
    while True:
        kuerzer = re.sub(r"\([^()]*\)\?", "", text)
        kuerzer = re.sub(r"\(([^()|]*)(?:\|[^()]*)?\)(?!\?)", r"\1", kuerzer)
        if kuerzer == text:
            return re.sub(r"\s*…\s*", " etwas ", text).replace("*", "")
        text = kuerzer


def read_muster_texts() -> list[Any]:
    """Return every pattern of every file with the file's name."""
    gefunden = []
    ordner = importlib.resources.files("mahnakte.briefe.ton").joinpath("woerter")
    for datei in sorted(ordner.iterdir(), key=lambda datei: datei.name):
        daten = yaml.safe_load(datei.read_text(encoding="utf-8"))
        listen = [daten, *daten.get("eintraege", []), *daten.get("schritte", [])]
        schluessel = ("muster", "mit", "ohne", "erklaert", "allgemein", "verneinung", "keine_verneinung", "zitat",
                      "kontakt", "einladung", "frei", "beleg", "zins", "zinssatz", "zinszeitraum", "anlage")  # fmt: skip
        for liste in listen:
            for name in schluessel:
                werte = liste.get(name, [])
                gefunden += [pytest.param(wert, liste.get("gross", "") == "ja", id=f"{datei.name}-{wert}")
                             for wert in (werte if isinstance(werte, list) else [])]  # fmt: skip
    return gefunden


@pytest.mark.parametrize(("muster", "gross"), read_muster_texts())
def test_a_pattern_matches_what_it_reads_like(muster: str, gross: bool) -> None:
    assert compile_muster([muster], gross=gross).search(f"Nun {simple_form(muster)} eben."), simple_form(
        muster
    )


@pytest.mark.parametrize(
    ("muster", "text", "trifft"),
    [
        ("mahnung*", "zwei Mahnungen", True),
        ("mahnung", "zwei Mahnungen", False),
        ("mahnung", "Abmahnung", False),
        ("*mahnung", "Abmahnung", True),
        ("künden", "kuenden", True),
        ("groß", "gross", True),
        ("weder … noch", "weder das eine noch", True),
        ("weder … noch", "weder eins zwei drei vier fünf sechs sieben acht neun noch", False),
        ("(ohne |mit )?geld", "geld", True),
        ("a.b", "axb", False),
        ("in verzug", "in  Verzug", True),
    ],
)
def test_the_language_of_the_patterns(muster: str, text: str, trifft: bool) -> None:
    assert (compile_muster([muster]).search(text) is not None) == trifft


@pytest.mark.parametrize("eintrag", EINTRAEGE, ids=lambda eintrag: eintrag.stelle)
def test_a_better_wording_is_better(eintrag: Eintrag) -> None:
    """What stands in „…“ as a better sentence must itself pass; it may name an amount without its table."""
    for satz in re.findall(r"„([^„“]{25,})“", eintrag.besser):
        assert codes(satz) - {"TON_SUMME_OHNE_HERLEITUNG"} <= (
            {"TON_FACHWORT"} if eintrag.code == "TON_DROHUNG" else set()
        ), satz


def test_only_the_hard_list_is_a_sperre() -> None:
    for eintrag in EINTRAEGE:
        assert (eintrag.schwere is Schwere.SPERRE) == eintrag.code.startswith("TON_SPERRE_"), eintrag.stelle


# --- sentences and disguises --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "saetze"),
    [
        ("Stand am 30. April 2026: Es fehlen 3 Tage.", 1),
        ("Bitte zahlen Sie bis zum 30.04.2026. Danach entstehen Kosten.", 2),
        ("Das gilt z. B. Für Sie. Und für uns.", 2),
        ("Rechnung Nr. 17 vom 3. Februar. Sie ist offen.", 2),
        ("Haben Sie gezahlt? Vielen Dank!", 2),
        ("Er sagte: „Ja.“ Dann ging er.", 2),
        ("‹zahlung.betrag› fehlt. ‹absender.name› wartet.", 2),
    ],
)
def test_a_dot_ends_a_sentence_only_where_one_ends(text: str, saetze: int) -> None:
    assert len(split_text(text)) == saetze, split_text(text)


@pytest.mark.parametrize(
    "text",
    ["Wir melden Sie der SCHU\u00adFA.", "Wir melden Sie der SCH\u200bUFA.", "Wir melden Sie der ＳＣＨＵＦＡ.", "Wir melden\u00a0Sie\u00a0der\u00a0Schufa.",
     "Wir melden Sie der s c h u f a.", "WIR MELDEN SIE DER SCHUFA", "Wir melden Sie der Schufa-Auskunft."],
)  # fmt: skip
def test_no_disguise_hides_the_hard_list(text: str) -> None:
    assert codes(text) == {"TON_SPERRE_AUSKUNFTEI"}


def test_a_finding_names_paragraph_words_reason_and_better_wording() -> None:
    brief = Brieftext("x.docx", (Absatz(7, Ort.TEXT, ("Trotz mehrfacher Aufforderung fehlt die Zahlung.",)),))
    befund = check_ton(brief, Anlass()).befunde[0]
    assert str(befund.stelle) == "x.docx:7"
    assert befund.text.startswith("Absatz 7, „Trotz mehrfacher Aufforderung“: ")
    assert befund.abhilfe.startswith("Besser: „")


@pytest.mark.parametrize(
    ("name", "art"),
    [
        ("mahnung-1.docx", "mahnung-1"),
        ("Mahnung-1.DOCX", "mahnung-1"),
        ("2026-11-16_mahnung-letzte.pdf", "mahnung-letzte"),
        ("2026-11-16_mahnung-letzte_max.docx", "mahnung-letzte"),
        ("2026-11-16_mahnung-letzte_antwortbogen.pdf", None),
        ("Brief an Max.docx", None),
        ("mahnung-9.docx", None),
    ],
)
def test_the_file_name_tells_the_stage(name: str, art: str | None) -> None:
    stufe = find_stufe(name)
    assert (stufe.brief.art if stufe else None) == art


def test_technical_terms_need_no_explanation_between_firms() -> None:
    assert codes("Die Hauptforderung ist offen.", Anlass(verbraucher=False)) == set()


def test_after_a_title_enforcement_may_be_named() -> None:
    art = dataclasses.replace(STUFEN["mahnung-letzte"].brief, nur_bei="TITEL_VORHANDEN", kuendigt_an=())
    titel = dataclasses.replace(STUFEN["mahnung-letzte"], brief=art)
    assert "TON_SPERRE_VOLLSTRECKUNG" not in codes(
        "Dann beauftragen wir den Gerichtsvollzieher.", Anlass(titel)
    )
    assert "TON_SPERRE_BESUCH" in codes("Ein Hausbesuch folgt.", Anlass(titel))


def test_long_hostile_text_is_checked_in_bounded_time() -> None:
    """Patterns with gaps must not explode on text made to match almost."""
    absaetze = tuple(
        Absatz(nummer, Ort.TEXT, (wort * 2_000,))
        for nummer, wort in enumerate(("wir sie ", "trotz ", "kommen wir ", "(((", "1.", "a b "), start=1)
    )
    beginn = time.process_time()
    check_ton(Brieftext("x.docx", absaetze), Anlass())
    assert time.process_time() - beginn < 20


# --- readability --------------------------------------------------------------------------------------


def index_of(satz: str, anzahl: int) -> Index:
    absatz = Absatz(1, Ort.TEXT, (" ".join([satz] * anzahl),))
    index = compute_index([Satz(absatz, satz)] * anzahl)
    assert index is not None
    return index


def test_the_index_is_that_of_the_published_formulas() -> None:
    """By hand, Wiener Sachtextformel 1: 0,1935 MS + 0,1672 SL + 0,1297 IW − 0,0327 ES − 0,875; Amstad: 180 − SL − 58,5 ASW."""
    # five words of one syllable: MS 0, SL 5, IW 0, ES 100; one syllable a word
    kurz = index_of("Der Hund holt den Ball.", 20)
    assert (str(kurz.wiener), str(kurz.amstad)) == ("-3.3", "116.5")
    # Bit-te be-zah-len Sie un-se-re Rech-nung: MS 40, SL 5, IW 40, ES 20; 11 syllables for 5 words
    lang = index_of("Bitte bezahlen Sie unsere Rechnung.", 20)
    assert (str(lang.wiener), str(lang.amstad)) == ("12.2", "46.3")
    assert (lang.woerter, lang.saetze) == (100, 20)


def test_a_short_text_is_not_measured() -> None:
    assert (
        compute_index([Satz(Absatz(1, Ort.TEXT, ("Der Hund holt den Ball.",)), "Der Hund holt den Ball.")])
        is None
    )


def test_a_hard_text_is_a_finding_and_an_easy_one_is_not() -> None:
    schwer = "Voraussetzung der außergerichtlichen Geltendmachung ist die ordnungsgemäße Rechnungsstellung einschließlich Fälligkeitsmitteilung."
    leicht = "Bitte rufen Sie uns an, wenn der Tag nicht passt."
    for satz, erwartet in ((schwer, True), (leicht, False)):
        brief = Brieftext("x.docx", (Absatz(1, Ort.TEXT, (" ".join([satz] * 10),)),))
        gefunden = {befund.code: befund.schwere for befund in check_ton(brief, Anlass()).befunde}
        assert (gefunden.get("TON_LESBARKEIT") is Schwere.WARNUNG) == erwartet


def test_the_library_reaches_for_nothing_on_the_net(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("Netz")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert index_of("Eine ganz neue Wendung braucht keine Wörterbücher.", 20).saetze == 20


# --- the documentation --------------------------------------------------------------------------------


def test_the_docs_name_every_code_and_every_limit() -> None:
    seite = (WURZEL / "docs" / "ton.md").read_text(encoding="utf-8")
    quellen = [*(WURZEL / "src/mahnakte/briefe/ton").glob("*.py"), WURZEL / "src/mahnakte/befehle/ton.py"]
    im_code = {
        code
        for datei in quellen
        for code in re.findall(r'"(TON_[A-Z_]+)"', datei.read_text(encoding="utf-8"))
    }
    in_listen = {eintrag.code for eintrag in EINTRAEGE}
    assert set(re.findall(r"`(TON_[A-Z_]+)`", seite)) == im_code | in_listen
    for name, _ in read_woerter("grenzen").children("grenzen"):
        assert f"| `{name}` | {read_grenze(name)} |" in seite, name


def test_the_docs_name_every_stage_with_its_register() -> None:
    seite = (WURZEL / "docs" / "ton.md").read_text(encoding="utf-8")
    for register in TONLAGEN:
        zeile = next(zeile for zeile in seite.splitlines() if zeile.startswith(f"| {register} |"))
        erwartet = {art.art for art in BRIEFARTEN.values() if art.ton == register}
        assert set(re.findall(r"`([\w-]+)`", zeile)) == erwartet
