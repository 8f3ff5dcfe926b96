"""The page beside a letter: who gets one, what the step says about it, and that the German letter stays what it is."""

import email
import email.policy
import json
import pathlib

import briefbau
from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.brief import Wunsch, write_brief
from mahnakte.fall.vorgang import sha256
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.werk.laden import Lage
from vorlagenbau import change

HERKUNFT = Herkunft("test", "rechner", "lauf", "2026-05-20T08:00:00Z", "0")
STAMM = "2026-05-20_mahnung-1"


def write(werkstatt, ordner: pathlib.Path, *sprachen: str, art: str = "mahnung-1", mahnakte: str = ""):
    """Write one letter to the debtors of the case, in their languages; return the answer and the files of the step."""
    ordner.mkdir(parents=True, exist_ok=True)
    einstellungen = (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + briefbau.EINSTELLUNGEN + mahnakte
    (ordner / "mahnakte.yaml").write_text(einstellungen, encoding="utf-8")
    text = (FAELLE / "reihe.yaml").read_text(encoding="utf-8")
    text = text.replace("    verbraucher: ja\n", f"    verbraucher: ja\n    sprache: {sprachen[0]}\n", 1)
    anfang = text.index("  - kennung:")
    max_ = text[anfang : text.index("\nanspruch:") + 1]
    for nummer, sprache in enumerate(sprachen[1:]):
        weiterer = max_.replace("kennung: max", f"kennung: m{nummer}").replace(
            "vorname: Max", f"vorname: Mia{nummer}"
        )
        text = text.replace(
            "anspruch:", weiterer.replace(f"sprache: {sprachen[0]}", f"sprache: {sprache}") + "anspruch:"
        )
    if len(sprachen) > 1:
        text = text.replace("anspruch:", "gesamtschuldner: ja\nanspruch:")
    (ordner / "2026-0042").mkdir(exist_ok=True)
    (ordner / "2026-0042" / "fall.yaml").write_text(text, encoding="utf-8")
    ergebnis = write_brief(ordner / "2026-0042", Wunsch(art), Lage(briefbau.TAG, werkstatt), HERKUNFT)
    vorgang = ordner / "2026-0042" / "vorgaenge" / "0001"
    dateien = {datei.name: datei.read_bytes() for datei in vorgang.iterdir()} if vorgang.is_dir() else {}
    return ergebnis, dateien


def pages(dateien) -> set[str]:
    return {name for name in dateien if "verstaendnishilfe" in name}


def test_the_german_letter_is_the_same_with_and_without(werkstatt, tmp_path):
    _, deutsch = write(werkstatt, tmp_path / "de", "de")
    ergebnis, polnisch = write(werkstatt, tmp_path / "pl", "pl")
    assert pages(deutsch) == set()
    assert pages(polnisch) == {f"{STAMM}_verstaendnishilfe_pl.pdf"}
    assert ergebnis.rueckgabe == 0
    for name in (f"{STAMM}.docx", f"{STAMM}.pdf", f"{STAMM}_antwortbogen.pdf"):
        assert polnisch[name] == deutsch[name]


def test_the_step_names_page_template_and_language_file(werkstatt, tmp_path):
    _, dateien = write(werkstatt, tmp_path, "tr")
    eintrag = json.loads(dateien["eintrag.json"])
    name = f"{STAMM}_verstaendnishilfe_tr.pdf"
    assert eintrag["dateien"][name] == sha256(dateien[name])
    vorlage = read_beigabe("templates", "blaetter/sprachhilfe.docx")
    assert eintrag["eingaben"]["templates/blaetter/sprachhilfe.docx"] == sha256(vorlage)
    sprachdatei = pathlib.Path(__file__).parents[1] / "src/mahnakte/briefe/sprachhilfe/sprachen/tr.yaml"
    assert eintrag["eingaben"]["sprachhilfe/tr.yaml"] == sha256(sprachdatei.read_bytes())


def test_two_people_at_one_address_get_a_page_for_each_language(werkstatt, tmp_path):
    _, dateien = write(werkstatt, tmp_path, "pl", "uk", "de", "pl", art="zahlungserinnerung")
    stamm = "2026-05-20_zahlungserinnerung"
    assert pages(dateien) == {f"{stamm}_verstaendnishilfe_{sprache}.pdf" for sprache in ("pl", "uk")}


def test_who_gets_a_copy_of_his_own_gets_his_own_language(werkstatt, tmp_path):
    _, dateien = write(werkstatt, tmp_path, "pl", "uk", "de", "pl")
    assert pages(dateien) == {
        f"{STAMM}_{wer}_verstaendnishilfe_{sprache}.pdf"
        for wer, sprache in (("max", "pl"), ("m0", "uk"), ("m2", "pl"))
    }


def test_arabic_goes_out_in_german_alone_and_says_why(werkstatt, tmp_path):
    ergebnis, dateien = write(werkstatt, tmp_path, "ar")
    assert f"{STAMM}.pdf" in dateien
    assert pages(dateien) == set()
    (befund,) = [befund for befund in ergebnis.befunde if befund.code == "SPRACHHILFE_SPRACHE"]
    assert befund.schwere == "warnung"
    assert "Arabisch" in befund.text


def test_a_kind_without_words_goes_out_in_german_alone_and_says_so(werkstatt, tmp_path):
    ergebnis, dateien = write(werkstatt, tmp_path, "ru", art="schuldanerkenntnis")
    assert "2026-05-20_schuldanerkenntnis.pdf" in dateien
    assert pages(dateien) == set()
    (befund,) = [befund for befund in ergebnis.befunde if befund.code == "SPRACHHILFE_BRIEFART"]
    assert befund.schwere == "hinweis"


def test_a_template_of_the_office_that_says_something_else_gets_no_page(werkstatt, tmp_path):
    (tmp_path / "vorlagen").mkdir()
    vorlage = read_beigabe("templates", "letters/mahnung-1.docx")
    eigene = change(vorlage, "word/document.xml", "Auch notwendige Kosten weiterer Schreiben", "Auch Kosten")
    assert eigene != vorlage
    (tmp_path / "vorlagen" / "mahnung-1.docx").write_bytes(eigene)
    ergebnis, dateien = write(werkstatt, tmp_path, "en")
    assert f"{STAMM}.pdf" in dateien
    assert pages(dateien) == set()
    (befund,) = [befund for befund in ergebnis.befunde if befund.code == "SPRACHHILFE_ANDERER_WORTLAUT"]
    assert befund.schwere == "warnung"
    assert "notwendige Kosten weiterer Schreiben" in befund.text


def test_the_draft_e_mail_carries_the_page(werkstatt, tmp_path):
    _, dateien = write(werkstatt, tmp_path, "ro", mahnakte="versand:\n  email: ja\n")
    nachricht = email.message_from_bytes(dateien[f"{STAMM}.eml"], policy=email.policy.default)
    anlagen = {teil.get_filename(): teil.get_content() for teil in nachricht.iter_attachments()}
    assert list(anlagen) == [
        f"{name}_2026-0042_2026-05-20.pdf" for name in ("Schreiben", "Antwortbogen", "Verstaendnishilfe_ro")
    ]
    assert (
        anlagen["Verstaendnishilfe_ro_2026-0042_2026-05-20.pdf"]
        == dateien[f"{STAMM}_verstaendnishilfe_ro.pdf"]
    )


def test_without_the_form_the_page_does_not_mention_it(werkstatt, tmp_path):
    _, mit = write(werkstatt, tmp_path / "mit", "pl")
    _, ohne = write(werkstatt, tmp_path / "ohne", "pl", mahnakte="versand:\n  antwortbogen: nein\n")
    name = f"{STAMM}_verstaendnishilfe_pl.pdf"
    assert set(mit) - set(ohne) == {f"{STAMM}_antwortbogen.pdf"}
    assert mit[name] != ohne[name]
