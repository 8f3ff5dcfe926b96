"""Letters from a case: sums by hand, what must be in, what must never leave the house."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import pytest

from briefbau import as_role, build_case, draft_letters
from fallbau import build_fall, with_fall
from mahnakte.briefe.brief import ARTEN, VARIABLEN, check_brief, compute_briefe, template_name
from mahnakte.fall.einstellungen import MAHNPLAN
from mahnakte.fall.modell import Ereignis
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.stand.sachstand import Sachstand
from vorlagenbau import change, read_letter

ERINNERUNG, ERSTE, LETZTE = MAHNPLAN
TAG, FRIST = dt.date(2026, 4, 20), dt.date(2026, 4, 30)
ZUSATZ = """  - nummer: RE-2026-140
    datum: 05.03.2026
    betrag: 500,00
    leistung_am: 05.03.2026
    faellig_am: 31.03.2026
    faelligkeit: vereinbart
kosten:
  - am: 12.04.2026
    art: ruecklastschrift
    betrag: 4,30
gutschriften:
  - am: 10.03.2026
    betrag: 90,00
    auf: RE-2026-131
zahlungen:
  - am: 11.04.2026
    betrag: 250,00
"""


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=512) as begrenzt:
        yield begrenzt


def draft(fall, stufe, tag=TAG, frist=FRIST):
    (entwurf,) = compute_briefe(
        Sachstand(fall, tag), compute_konto(Sachstand(fall, tag)), stufe, frist, stufe.dann
    )
    return entwurf


def refused(fall, stufe=ERSTE, dann=None) -> str:
    with pytest.raises(Ablehnung) as gefangen:
        compute_briefe(Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG)), stufe, FRIST, dann)
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund.code


def print_draft(pool, entwurf, vorlage=None):
    geladen = load_vorlage(pool, vorlage or read_letter(entwurf.art), template_name(entwurf.art), VARIABLEN)
    assert isinstance(geladen, Vorlage), geladen
    return set_letter(pool, geladen, entwurf.werte, entwurf.bilder, entwurf.datum)


def rows(entwurf) -> list[tuple[str, str]]:
    zeilen = [(zeile["nummer"], zeile["betrag"]) for zeile in entwurf.werte["forderungen"]]
    zeilen += [(zeile["text"], zeile["betrag"]) for zeile in entwurf.werte["posten"]]
    return [(text, str(betrag)) for text, betrag in zeilen]


# --- sums, by hand ----------------------------------------------------------------------------------


def test_mahnung_lists_everything_and_adds_up():
    """500,00 in default from 01.04.2026 (calendar date agreed), 6,27 % (1,27 + 5), divisor 365.

    01.04. to 10.04.: 500,00 × 6,27 % × 10 / 365 = 0,86. The payment of 250,00 on 11.04. goes to the claim that
    bears interest (more burdensome, § 366 (2)): 0,86 interest, 249,14 principal (§ 367; the costs arose on 12.04.).
    11.04. to 20.04.: 250,86 × 6,27 % × 10 / 365 = 0,43. Interest 1,29; in all 1190 + 500 − 90 + 4,30 − 250 + 1,29.
    """
    entwurf = draft(build_fall(ZUSATZ), ERSTE)
    zeilen = dict(rows(entwurf))
    assert zeilen["RE-2026-131"] == "1190.00"
    assert zeilen["RE-2026-140"] == "500.00"
    assert zeilen["Gutschrift vom 10.03.2026"] == "-90.00"
    assert zeilen["Rücklastschrift vom 12.04.2026"] == "4.30"
    assert zeilen["Zahlung vom 11.04.2026"] == "-250.00"
    assert zeilen["Verzugszinsen bis 20.04.2026"] == "1.29"
    assert entwurf.werte["summe"]["betrag"] == entwurf.werte["zahlung"]["betrag"] == Decimal("1355.59")


def test_reminder_asks_for_invoices_only():
    """No costs, no interest: 1190 − 90 + 500 − what the payment left for the invoices (250,00 − 0,86)."""
    entwurf = draft(build_fall(ZUSATZ), ERINNERUNG)
    texte = dict(rows(entwurf))
    assert not any("zinsen" in text or "Rücklast" in text for text in texte)
    assert texte["Zahlung vom 11.04.2026, hierauf angerechnet"] == "-249.14"
    assert entwurf.werte["summe"]["betrag"] == Decimal("1350.86")
    assert entwurf.werte["zinsen"]["laufen"] is False


def test_settled_invoices_are_left_out():
    fall = build_fall(ZUSATZ + "  - am: 12.04.2026\n    betrag: 500,00\n    auf: RE-2026-140\n")
    entwurf = draft(fall, ERSTE)
    konto = compute_konto(Sachstand(fall, TAG))
    offen = {zeile.rechnung for zeile in konto.forderungen if zeile.offen or zeile.zinsen.offen}
    assert {zeile["nummer"] for zeile in entwurf.werte["forderungen"]} == offen
    assert entwurf.werte["summe"]["betrag"] == konto.gesamt


@pytest.mark.parametrize("monat", range(4, 13))
@pytest.mark.parametrize("zahlung", ["0,50", "4,80", "250,00", "1.100,00", "1.599,99"])
def test_the_table_adds_up_whatever_was_paid(monat, zahlung):
    fall = build_fall(ZUSATZ.replace("250,00", zahlung))
    tag = dt.date(2026, monat, 20)
    konto = compute_konto(Sachstand(fall, tag))
    for stufe, erwartet in ((ERINNERUNG, konto.hauptforderung), (ERSTE, konto.gesamt)):
        entwurf = draft(fall, stufe, tag, tag + dt.timedelta(days=10))
        assert (
            sum(Decimal(betrag) for _, betrag in rows(entwurf))
            == erwartet
            == entwurf.werte["summe"]["betrag"]
        )


# --- wording that depends on facts --------------------------------------------------------------------


def test_default_is_stated_only_when_it_is_so():
    ohne = build_fall()
    assert draft(ohne, ERSTE).werte["verzug"] == {"eingetreten": False, "durch_frist": True}
    assert draft(ohne, LETZTE).werte["verzug"] == {"eingetreten": False, "durch_frist": False}
    assert draft(build_fall(ZUSATZ), ERSTE).werte["verzug"]["eingetreten"] is True
    vor_faelligkeit = draft(ohne, ERSTE, dt.date(2026, 3, 20), dt.date(2026, 3, 30))
    assert vor_faelligkeit.werte["verzug"]["durch_frist"] is False


def test_rate_in_words_and_sum_per_day():
    zinsen = draft(build_fall(ZUSATZ), ERSTE).werte["zinsen"]
    assert zinsen["text"] == "6,27\u00a0% im Jahr (5 Prozentpunkte über dem Basiszinssatz)"
    assert zinsen["laufen"]
    assert zinsen["je_tag"] == compute_konto(Sachstand(build_fall(ZUSATZ), TAG)).zinsen_je_tag


def test_last_letter_names_exactly_one_step(pool):
    fall = build_fall()
    assert refused(fall, LETZTE, None) == "BRIEF_SCHRITT_FEHLT"
    for dann, wort, anderes in (
        ("mahnbescheid", "Mahnbescheid", "Inkasso"),
        ("uebergabe", "Inkasso", "Mahnbescheid"),
    ):
        (entwurf,) = compute_briefe(
            Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG)), LETZTE, FRIST, dann
        )
        text = " ".join(print_draft(pool, entwurf).druckbild.seiten)
        assert wort in text
        assert anderes not in text


NIE = ("unverzüglich", "letztmalig", "Schufa", "SCHUFA", "Auskunftei", "Polizei", "Arbeitgeber", "Hausbesuch",
       "Gerichtsvollzieher", "Zwangsvollstreckung", "Pfändung", "trotz mehrfacher", "ignorier", "säumig", "umgehend", "Strafe")  # fmt: skip


@pytest.mark.parametrize("stufe", MAHNPLAN, ids=lambda stufe: stufe.art)
def test_no_letter_threatens_and_each_offers_a_way_to_answer(pool, stufe):
    text = " ".join(print_draft(pool, draft(build_fall(ZUSATZ), stufe)).druckbild.seiten)
    assert not [wort for wort in NIE if wort.lower() in text.lower()]
    assert "0351 1234560" in text
    assert "forderung@moebelhaus.example" in text
    assert "schon gezahlt" in text
    assert "30. April 2026" in text
    assert "DE02 1203 0000 0000 2020 51" in text
    if stufe is ERINNERUNG:
        assert "Verzug" not in text


# --- who may write, who is written to -----------------------------------------------------------------


@pytest.mark.parametrize("rolle", ["inkasso", "anwalt"])
def test_agencies_and_lawyers_may_not_write_this_to_private_persons(rolle):
    fall = build_fall()
    absender = dataclasses.replace(fall.einstellungen.absender, rolle=rolle)
    fremd = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))
    assert refused(fremd) == "BRIEF_PFLICHTANGABEN"
    unbekannt = dataclasses.replace(fall.schuldner[0], verbraucher=None)
    assert refused(with_fall(fremd, schuldner=(unbekannt,))) == "BRIEF_PFLICHTANGABEN"
    gewerblich = dataclasses.replace(fall.schuldner[0], verbraucher=False)
    assert draft(with_fall(fremd, schuldner=(gewerblich,)), ERSTE).werte


@pytest.mark.parametrize(
    ("erstes_am", "erlaubt"),
    [("2026-05-13", True), ("2026-05-25", True), ("2026-05-28", True), ("2026-05-29", False), (None, False)],
)
def test_the_first_letter_must_be_out_on_the_day_of_the_letter(erstes_am, erlaubt):
    """The account of an agreement is of its own day, the 20th; what went out since counts (§ 13a (1) RDG)."""
    art, tag = "ratenzahlungsvereinbarung", dt.date(2026, 5, 28)
    fall = as_role(build_case(art), "inkasso")
    if erstes_am:
        erstes = Ereignis(am=dt.date.fromisoformat(erstes_am), art="mahnung_versandt", stufe="erstschreiben")
        fall = with_fall(fall, ereignisse=(*fall.ereignisse, erstes))
    if erlaubt:
        assert draft_letters(fall, art, tag=tag)
        return
    with pytest.raises(Ablehnung) as gefangen:
        draft_letters(fall, art, tag=tag)
    assert gefangen.value.befund.code == "BRIEF_PFLICHTANGABEN"


def test_joint_debtors_get_one_letter_for_each_address():
    fall = build_fall()
    (max_,) = fall.schuldner
    eva = dataclasses.replace(max_, kennung="eva", anrede="Frau", vorname="Eva", strasse="Ring 1")
    zwei = with_fall(fall, schuldner=(max_, eva), gesamtschuldner=True)
    briefe = compute_briefe(Sachstand(zwei, TAG), compute_konto(Sachstand(zwei, TAG)), ERSTE, FRIST, None)
    assert [brief.stamm for brief in briefe] == ["2026-04-20_mahnung-1_max", "2026-04-20_mahnung-1_eva"]
    assert [brief.daten.as_daten()["empfaenger"] for brief in briefe] == [["max"], ["eva"]]
    assert all(brief.werte["gesamtschuldner"] for brief in briefe)
    assert refused(with_fall(zwei, gesamtschuldner=False)) == "BRIEF_TEILSCHULD"


def test_paid_cases_and_unknown_kinds_get_no_letter():
    assert (
        refused(build_fall("zahlungen:\n  - am: 01.04.2026\n    betrag: 1.190,00\n")) == "BRIEF_NICHTS_OFFEN"
    )
    assert refused(build_fall(), dataclasses.replace(ERSTE, art="liebesbrief")) == "BRIEF_ART"
    assert [template_name(art) for art in ARTEN] == [f"{art}.docx" for art in ARTEN]


def test_without_a_possible_code_the_letter_says_so_and_is_written(pool):
    fall = build_fall()
    absender = dataclasses.replace(fall.einstellungen.absender, kontoinhaber="K" * 71)
    lang = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))
    entwurf = draft(lang, ERSTE)
    assert [befund.code for befund in entwurf.befunde] == ["ZAHLCODE_NICHT_MOEGLICH"]
    satz = print_draft(pool, entwurf)
    assert check_brief(satz, entwurf) == ()
    assert satz.druckbild.bilder == ()


def test_a_company_without_its_business_details_is_told():
    fall = build_fall()
    ohne = dataclasses.replace(fall.einstellungen.absender, pflichtangaben=None)
    entwurf = draft(
        with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=ohne)), ERSTE
    )
    assert [befund.code for befund in entwurf.befunde] == ["BRIEF_GESCHAEFTSANGABEN"]
    assert draft(fall, ERSTE).befunde == ()


@pytest.mark.parametrize(
    ("telefon", "email", "satz"),
    [
        ("1", "a@b.example", "vor unter 1 oder per E-Mail an a@b.example."),
        ("1", None, "vor unter 1."),
        (None, "a@b.example", "vor per E-Mail an a@b.example."),
        (None, None, "anderen Termin vor."),
    ],
)
def test_the_way_to_answer_reads_well_whatever_is_known(pool, telefon, email, satz):
    fall = build_fall()
    absender = dataclasses.replace(fall.einstellungen.absender, telefon=telefon, email=email)
    entwurf = draft(
        with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender)), ERSTE
    )
    assert satz in print_draft(pool, entwurf).docx_text


# --- the finished letter --------------------------------------------------------------------------------


@pytest.mark.parametrize("stufe", MAHNPLAN, ids=lambda stufe: stufe.art)
def test_a_sound_letter_passes(pool, stufe):
    entwurf = draft(build_fall(ZUSATZ), stufe)
    assert check_brief(print_draft(pool, entwurf), entwurf) == ()
    assert json.loads(json.dumps(entwurf.daten.as_daten()))["frist_bis"] == "2026-04-30"


BESCHAEDIGT = {
    "Fenster": ("word/document.xml", '<w:trHeight w:val="1020"', '<w:trHeight w:val="4000"'),
    "Anschrift": ("word/document.xml", "{{ zeile }}", ""),
    "1.190,00": ("word/document.xml", "{{ f.betrag }}", ""),
    "IBAN-Feld": ("word/document.xml", "{{ zahlung.iban }}", ""),
    "Seite": ("word/footer1.xml", " von ", " von 7"),
    "2026-0042": ("word/document.xml", "{{ brief.aktenzeichen }}", ""),
    "Zahlcode": ("word/document.xml", "if zahlung.zahlcode", "if schritt.uebergabe"),
    "RE-2026-131": ("word/document.xml", "{{ f.nummer }}", ""),
}


@pytest.mark.parametrize("was", BESCHAEDIGT)
def test_what_is_missing_in_the_finished_letter_is_found(pool, was):
    """Each of these templates passes the check when it is loaded: only the finished page shows the damage."""
    entwurf = draft(build_fall(), LETZTE)
    vorlage = change(read_letter("mahnung-letzte"), *BESCHAEDIGT[was], anzahl=100)
    if was == "IBAN-Feld":  # the footer repeats it
        vorlage = change(vorlage, "word/footer1.xml", "{{ absender.iban }}", "")
    if was in ("RE-2026-131", "2026-0042"):  # subject and reference repeat them
        vorlage = change(vorlage, "word/document.xml", "{{ forderungen[0].nummer }}", "")
        vorlage = change(vorlage, "word/document.xml", "{{ zahlung.verwendungszweck }}", "")
    if was == "1.190,00":
        for name in ("{{ summe.betrag }}", "{{ zahlung.betrag }}"):
            vorlage = change(vorlage, "word/document.xml", name, "", anzahl=9)
    befunde = check_brief(print_draft(pool, entwurf, vorlage), entwurf)
    assert befunde
    assert {befund.code for befund in befunde} == {"BRIEF_UNVOLLSTAENDIG"}


def test_a_wrong_code_is_found(pool):
    entwurf = draft(build_fall(), ERSTE)
    fremd = draft(build_fall(ZUSATZ), ERSTE)
    vertauscht = dataclasses.replace(entwurf, bilder=fremd.bilder)
    assert any("Zahlcode" in befund.text for befund in check_brief(print_draft(pool, vertauscht), entwurf))
