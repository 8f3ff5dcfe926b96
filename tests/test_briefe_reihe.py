"""Every kind of letter: who may send it to whom, what must stand on it, what stops it, every sum by hand."""

import dataclasses
import datetime as dt
import re
from decimal import Decimal

import pytest

import briefbau
from briefbau import (
    TAG,
    as_business,
    as_role,
    build_case,
    draft_letters,
    sound_case,
    stage_of,
    with_first_letter,
)
from fallbau import build_fall, build_vorgang, with_fall
from mahnakte.ablauf.halt import list_halte
from mahnakte.arten.brief import ARTEN, BRIEFARTEN, Empfaenger, template_name
from mahnakte.briefe.brief import check_brief
from mahnakte.briefe.variablen import variables_for
from mahnakte.briefe.zulassung import check_halte
from mahnakte.fall.modell import Kostenposten, Verzicht
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.satz.variablen import build_example
from mahnakte.stand.sachstand import Sachstand
from vorlagenbau import read_letter


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(1, memory_mb=768) as begrenzt:
        yield begrenzt


def print_letter(pool, entwurf, vorlage=None):
    inhalt = vorlage or read_letter(entwurf.art)
    geladen = load_vorlage(pool, inhalt, template_name(entwurf.art), variables_for(entwurf.art))
    assert isinstance(geladen, Vorlage), geladen
    return set_letter(pool, geladen, entwurf.werte, entwurf.bilder, entwurf.datum)


def text_of(pool, entwurf) -> str:
    return re.sub(r"\s+", " ", print_letter(pool, entwurf).docx_text)


def refusal(fall, art, **weitere):
    with pytest.raises(Ablehnung) as gefangen:
        draft_letters(fall, art, **weitere)
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund


# --- the finished letters -----------------------------------------------------------------------------

HART = ("unverzüglich", "letztmalig", "schufa", "auskunftei", "polizei", "arbeitgeber", "hausbesuch", "gerichtsvollzieher",
        "zwangsvollstreckung", "pfändung", "trotz mehrfacher", "ignorier", "säumig", "umgehend", "strafe", "ihre schuld")  # fmt: skip


@pytest.mark.parametrize("art", ARTEN)
def test_every_letter_is_whole_and_threatens_nobody(pool, art):
    for entwurf in draft_letters(sound_case(art), art):
        satz = print_letter(pool, entwurf)
        assert check_brief(satz, entwurf) == ()
        assert len(satz.druckbild.seiten) <= 2
        text = " ".join(satz.druckbild.seiten)
        assert not [wort for wort in HART if wort in text.lower()]
        assert "0351 1234560" in text  # a way to answer
        assert all(zeile in text for zeile in entwurf.geschaeftsangaben)
        assert entwurf.geschaeftsangaben
        letzte = satz.druckbild.seiten[-1]
        assert "Mit freundlichen Grüßen" not in letzte[:120], "der Gruß steht allein"


def within(werte, beispiel, weg=""):
    """The values have exactly the documented names; lists may be empty."""
    assert set(werte) == set(beispiel), weg
    for name, wert in werte.items():
        if isinstance(wert, dict):
            within(wert, beispiel[name], f"{weg}.{name}")
        elif isinstance(wert, list | tuple):
            for eintrag in wert:
                if isinstance(eintrag, dict):
                    within(eintrag, beispiel[name][0], f"{weg}.{name}[]")


@pytest.mark.parametrize("art", ARTEN)
def test_the_values_are_exactly_the_documented_ones(art):
    for entwurf in draft_letters(sound_case(art), art):
        within(entwurf.werte, build_example(variables_for(art)))


# --- who may send what to whom ------------------------------------------------------------------------
# g creditor, i agency, a lawyer; capital: also to a private person. An agency or lawyer asserting a claim needs the
# Erstschreiben before (checked apart), so here it has gone out.

# What is not named here everybody sends to everybody.
ALLEN = "GIA"
MATRIX = {
    "hinweis": "G", "uebergabe-ankuendigung": "G", "erstschreiben": "IA", "folgeschreiben": "IA",
    "letzte-aufforderung": "IA", "auskunft-13a": "IA", "verjaehrungsverzicht": "gia",
}  # fmt: skip
ROLLEN = {"g": "glaeubiger", "i": "inkasso", "a": "anwalt"}


def test_the_matrix_names_letters():
    assert set(MATRIX) <= set(ARTEN)


@pytest.mark.parametrize("privat", [True, False], ids=["privat", "gewerblich"])
@pytest.mark.parametrize("buchstabe", "gia")
@pytest.mark.parametrize("art", ARTEN)
def test_who_may_send_what_to_whom(art, buchstabe, privat):
    fall = as_role(build_case(art), ROLLEN[buchstabe])
    if buchstabe != "g" and art != "erstschreiben":
        fall = with_first_letter(fall)
    if not privat:
        fall = as_business(fall)
    erlaubt = MATRIX.get(art, ALLEN)
    if buchstabe.upper() in erlaubt or (not privat and buchstabe in erlaubt):
        if "raten" in BRIEFARTEN[art].teile and not privat:
            # 9 points instead of 5: another account, so the same instalments no longer add up to it
            assert refusal(fall, art).code == "BRIEF_RATEN_SUMME"
        else:
            assert draft_letters(fall, art)
        return
    befund = refusal(fall, art)
    if buchstabe not in erlaubt.lower():
        assert befund.code == "BRIEF_ROLLE"
        assert art in befund.text
    else:
        assert befund.code == "BRIEF_SCHULDNERART"
        assert "Privatpersonen (Max Schuldner)" in befund.text


@pytest.mark.parametrize("rolle", ["inkasso", "anwalt"])
@pytest.mark.parametrize("art", ARTEN)
def test_who_writes_for_others_begins_with_the_first_letter(art, rolle):
    if rolle not in BRIEFARTEN[art].rollen or BRIEFARTEN[art].nur_gewerblich:
        pytest.skip("geht ohnehin nicht an Privatpersonen")
    fall = as_role(build_case(art), rolle)
    frei = {"erstschreiben", "zahlungseingang", "einwand-erhalten", "auskunft-13a", "auskunft-dsgvo", "erledigung",
            "adressanfrage", "nachlassanfrage", "forderungsanmeldung"}  # fmt: skip
    if art in frei:
        assert draft_letters(fall, art)
    else:
        befund = refusal(fall, art)
        assert befund.code == "BRIEF_PFLICHTANGABEN"
        assert "erstschreiben" in befund.abhilfe
        assert draft_letters(with_first_letter(fall), art)


# --- § 13a (1) RDG, § 43d BRAO: one test an item --------------------------------------------------------


@pytest.fixture(scope="module")
def erstschreiben(pool):
    """A first letter in which every item is needed: agreed rate above the statutory one, VAT, address found elsewhere."""
    fall = build_case(
        "erstschreiben", zusatz=briefbau.KOSTEN.replace("umsatzsteuer: nein", "umsatzsteuer: ja")
    )
    erste, zweite = fall.forderungen
    vereinbart = build_fall(
        "    zinsen:\n      satz: 9,00\n      vereinbart: ja\n      ab: 04.03.2026\n      grund: vereinbart im Vertrag vom 10.01.2026\n",
    ).forderungen[0].zinsen  # fmt: skip
    fall = with_fall(
        fall,
        forderungen=(dataclasses.replace(erste, zinsen=vereinbart), zweite),
        schuldner=(
            dataclasses.replace(fall.schuldner[0], anschrift_quelle="Melderegister Leipzig, 02.05.2026"),
        ),
        glaeubiger=dataclasses.replace(fall.glaeubiger, vorsteuerabzug=False),
    )
    (entwurf,) = draft_letters(fall, "erstschreiben")
    satz = print_letter(pool, entwurf)
    assert check_brief(satz, entwurf) == ()
    return fall, re.sub(r"\s+", " ", satz.docx_text)


def test_item_1_the_client_with_address(erstschreiben):
    assert "Möbelhaus Übersee GmbH, Industriestr. 7, 01067 Dresden" in erstschreiben[1]


def test_item_2_the_ground_with_its_day(erstschreiben):
    fall, text = erstschreiben
    assert "Kaufvertrag über Büromöbel vom 10.01.2026" in text
    for ohne in ({"vertragsdatum": None}, {"vertrag": None}):
        befund = refusal(
            with_fall(fall, anspruch=dataclasses.replace(fall.anspruch, **ohne)), "erstschreiben"
        )
        assert befund.code == "BRIEF_PFLICHTANGABE"
        assert "vertragsdatum" in befund.abhilfe
    tat = dataclasses.replace(
        fall.anspruch, vertrag=None, handlung="Sachbeschädigung", handlung_am=dt.date(2026, 1, 3)
    )
    (entwurf,) = draft_letters(with_fall(fall, anspruch=tat), "erstschreiben")
    assert entwurf.werte["auftrag"]["grund"] == "Sachbeschädigung am 03.01.2026"


def test_item_3_interest_with_base_rate_and_period(erstschreiben):
    """500,00 at 6,27 % (1,27 + 5) from 01.04. to 20.05.2026: 50 days, 500 × 0,0627 × 50 / 365 = 4,29."""
    assert "RE-2026-140 01.04.2026 – 20.05.2026 500,00 € 6,27 % 4,29 €" in erstschreiben[1]


def test_item_4_a_rate_above_the_statute_with_its_reason(erstschreiben):
    fall, text = erstschreiben
    assert "über dem gesetzlichen: RE-2026-117: 9,00 %, vereinbart im Vertrag vom 10.01.2026" in text
    erste, zweite = fall.forderungen
    stumm = dataclasses.replace(erste, zinsen=dataclasses.replace(erste.zinsen, grund=None))
    befund = refusal(with_fall(fall, forderungen=(stumm, zweite)), "erstschreiben")
    assert (befund.code, "Nr. 4" in befund.text) == ("BRIEF_PFLICHTANGABE", True)


def test_item_5_kind_amount_and_cause_of_costs(erstschreiben):
    fall, text = erstschreiben
    assert "Inkassokosten vom 04.05.2026: Auftrag vom 02.05.2026 98,00 €" in text
    inkasso, rueck = fall.kosten
    befund = refusal(
        with_fall(fall, kosten=(dataclasses.replace(inkasso, grund=None), rueck)), "erstschreiben"
    )
    assert (befund.code, "Nr. 5" in befund.text) == ("BRIEF_PFLICHTANGABE", True)


def test_item_6_vat_that_the_client_cannot_deduct(erstschreiben):
    fall, text = erstschreiben
    assert "kann sie nicht als Vorsteuer abziehen" in text
    inkasso, rueck = fall.kosten
    offen = with_fall(fall, kosten=(dataclasses.replace(inkasso, umsatzsteuer=None), rueck))
    assert "umsatzsteuer" in refusal(offen, "erstschreiben").abhilfe
    for abzug in (True, None):
        glaeubiger = dataclasses.replace(fall.glaeubiger, vorsteuerabzug=abzug)
        assert refusal(with_fall(fall, glaeubiger=glaeubiger), "erstschreiben").code == "BRIEF_UMSATZSTEUER"


def test_item_7_an_address_found_elsewhere(erstschreiben):
    fall, text = erstschreiben
    assert "aus dieser Quelle: Melderegister Leipzig, 02.05.2026" in text
    assert "melden Sie uns den Fehler" in text
    ohne = dataclasses.replace(fall.schuldner[0], anschrift_quelle=None)
    befund = refusal(with_fall(fall, schuldner=(ohne,)), "erstschreiben")
    assert "anschrift_quelle" in befund.abhilfe


@pytest.mark.parametrize("aufsicht", [None, "Bundesamt für Justiz", "Bundesamt, 53113 Bonn", "a@b.example"])
def test_item_8_the_authority_with_address_and_mail(erstschreiben, aufsicht):
    fall, text = erstschreiben
    assert "Bundesamt für Justiz, Adenauerallee 99-103, 53113 Bonn, rdg@bfj.example" in text
    absender = dataclasses.replace(fall.einstellungen.absender, aufsicht=aufsicht)
    ohne = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))
    assert "aufsicht" in refusal(ohne, "erstschreiben").abhilfe


def test_a_lawyers_first_letter_names_the_chamber(pool):
    (entwurf,) = draft_letters(as_role(build_case("erstschreiben"), "anwalt"), "erstschreiben")
    assert "Rechtsanwaltskammer Sachsen" in text_of(pool, entwurf)


def test_notices_on_agreements_name_their_provision(pool):
    for rolle, kosten, anerkenntnis in (
        ("inkasso", "§ 13a Abs. 3 RDG", "§ 13a Abs. 4 RDG"),
        ("anwalt", "§ 43d BRAO", "§ 43d BRAO"),
    ):
        (entwurf,) = draft_letters(
            sound_case("ratenzahlungsvereinbarung", rolle), "ratenzahlungsvereinbarung"
        )
        text = text_of(pool, entwurf)
        assert f"Hinweis nach {kosten}" in text
        assert f"Hinweis nach {anerkenntnis}" in text
        assert "keine Kosten" in text
        for beispiel in ("nicht besteht", "schon gezahlt", "Verjährung"):
            assert beispiel in text


# --- what stops a letter --------------------------------------------------------------------------------

SCHICKSAL = {"insolvenz": "INSOLVENZ", "verstorben": "VERSTORBEN", "unbekannt_verzogen": "UNBEKANNT_VERZOGEN",
             "betreuung": "BETREUUNG"}  # fmt: skip
WEG = {
    "INSOLVENZ": "forderungsanmeldung",
    "VERSTORBEN": "nachlassanfrage",
    "UNBEKANNT_VERZOGEN": "adressanfrage",
}


@pytest.mark.parametrize("ereignis", SCHICKSAL)
@pytest.mark.parametrize("art", ARTEN)
def test_fate_stops_every_letter_but_the_one_it_is_for(art, ereignis):
    code = SCHICKSAL[ereignis]
    fall = build_case(art, zusatz=f"ereignisse:\n  - am: 04.05.2026\n    art: {ereignis}\n")
    halte = list_halte(Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG)))
    if WEG.get(code) == art:
        check_halte(BRIEFARTEN[art], halte)
        return
    with pytest.raises(Ablehnung) as gefangen:
        check_halte(BRIEFARTEN[art], halte)
    assert gefangen.value.befund.code == code


@pytest.mark.parametrize("art", ARTEN)
def test_the_sound_cases_are_not_stopped(art):
    fall = sound_case(art)
    tag = briefbau.TAGE.get(art, TAG)
    check_halte(BRIEFARTEN[art], list_halte(Sachstand(fall, tag), compute_konto(Sachstand(fall, tag))))


@pytest.mark.parametrize("art", [art for art in ARTEN if BRIEFARTEN[art].nur_bei])
def test_a_letter_for_an_occasion_needs_it(art):
    fall = build_case(art, zusatz="")
    with pytest.raises(Ablehnung) as gefangen:
        check_halte(BRIEFARTEN[art], list_halte(Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG))))
    assert gefangen.value.befund.code == "BRIEF_NICHT_DRAN"


def test_a_dispute_stops_demands_and_no_answers():
    fall = build_case(
        "mahnung-1", zusatz="ereignisse:\n  - am: 04.05.2026\n    art: bestritten\n    grund: alles falsch\n"
    )
    halte = list_halte(Sachstand(fall, TAG), compute_konto(Sachstand(fall, TAG)))
    gestoppt = set()
    for art in ARTEN:
        try:
            check_halte(BRIEFARTEN[art], halte)
        except Ablehnung as ablehnung:
            if ablehnung.befund.code == "BESTRITTEN":
                gestoppt.add(art)
    assert {"zahlungserinnerung", "mahnung-1", "mahnung-letzte", "erstschreiben", "letzte-aufforderung", "schuldanerkenntnis",
            "ratenzahlungsvereinbarung", "einwand-zurueckgewiesen"} <= gestoppt  # fmt: skip
    assert not {"einwand-erhalten", "auskunft-dsgvo", "zahlungseingang", "teilzahlungsvergleich"} & gestoppt


# --- sums, by hand ----------------------------------------------------------------------------------------


def test_the_filing_ends_the_day_before_the_opening():
    """1.190,00 from 04.03. to 03.05. is 61 days, 500,00 from 01.04. to 03.05. 33 days, both at 6,27 %, divisor 365:
    12,47 and 2,83; opened on 04.05.2026."""
    (entwurf,) = draft_letters(sound_case("forderungsanmeldung"), "forderungsanmeldung")
    stand = entwurf.werte["stand"]
    assert stand["zinsen"] == Decimal("12.47") + Decimal("2.83")
    assert stand["gesamt"] == Decimal("1690.00") + stand["zinsen"]
    assert entwurf.werte["brief"]["stand"] == dt.date(2026, 5, 3)
    assert entwurf.anschrift[0] == "Rechtsanwältin Dr. Ina Verwalter"
    assert (entwurf.beilagen, entwurf.daten.as_daten()["empfaenger"]) == (False, [])


def test_instalments_must_add_up_to_the_account():
    """1.690,00 plus interest to 20.05.2026: 1.190,00 × 6,27 % × 78 / 365 = 15,94 and 4,29."""
    fall = build_case("ratenzahlungsvereinbarung")
    (entwurf,) = draft_letters(fall, "ratenzahlungsvereinbarung")
    assert entwurf.werte["stand"]["gesamt"] == Decimal("1710.23")
    assert [rate["betrag"] for rate in entwurf.werte["raten"]] == [
        Decimal("510.23"),
        Decimal("600.00"),
        Decimal("600.00"),
    ]
    zusatz = briefbau.RATEN.format(am="20.05.2026", erste="500,00")
    assert (
        refusal(build_case("stundung", zusatz=zusatz), "ratenplan-bestaetigung").code == "BRIEF_RATEN_SUMME"
    )
    teurer = build_case("stundung", zusatz=briefbau.RATEN.format(am="20.05.2026", erste="600,00"))
    befund = refusal(teurer, "ratenzahlungsvereinbarung")
    assert befund.code == "RECHT_NICHT_GEPRUEFT"
    assert "§ 506 BGB" in befund.text


def test_a_settlement_gives_way_on_both_sides():
    (entwurf,) = draft_letters(sound_case("teilzahlungsvergleich"), "teilzahlungsvergleich")
    assert entwurf.werte["vergleich"]["erlass"] == Decimal("310.23")
    assert entwurf.daten.as_daten()["betrag"] == "1400.00"
    assert entwurf.daten.as_daten()["betrag_gilt_bis"] == "2026-06-30"
    ohne = briefbau.ZUSATZ["teilzahlungsvergleich"].replace("1.400,00", "1.800,00")
    assert (
        refusal(build_case("stundung", zusatz=ohne), "teilzahlungsvergleich").code == "BRIEF_VERGLEICH_SUMME"
    )


def test_a_missed_instalment_is_asked_for_alone():
    (entwurf,) = draft_letters(sound_case("ratenplan-erinnerung"), "ratenplan-erinnerung")
    assert entwurf.werte["zahlung"]["betrag"] == Decimal("300.00")
    assert entwurf.daten.as_daten()["rechnungen"] == []  # no Mahnung of an invoice


def test_a_plan_ends_only_after_a_reminder():
    fall = build_case("ratenplan-kuendigung", zusatz=briefbau.FRIST_LETZTE)
    assert refusal(fall, "ratenplan-kuendigung").code == "BRIEF_ERINNERUNG_FEHLT"


def test_a_payment_is_shown_with_what_it_went_to():
    """1.190,00 × 6,27 % from 04.03. to 17.05.2026, 75 days: 15,33; the rest of the 500,00 to the older invoice."""
    (entwurf,) = draft_letters(sound_case("zahlungseingang"), "zahlungseingang")
    angerechnet = [(zeile["text"], zeile["betrag"]) for zeile in entwurf.werte["anrechnung"]]
    assert angerechnet == [
        ("Zinsen zu Rechnung RE-2026-117", Decimal("15.33")),
        ("Rechnung RE-2026-117", Decimal("484.67")),
    ]
    assert entwurf.werte["stand"]["hauptforderung"] == Decimal("1205.33")


def test_interest_is_named_with_its_days_and_rate():
    (entwurf,) = draft_letters(sound_case("ratenplan-bestaetigung"), "ratenplan-bestaetigung")
    assert (
        entwurf.werte["stand"]["zinsen_text"] == "Zinsen vom 04.03.2026 bis 20.05.2026, 6,27\u00a0% im Jahr"
    )
    (teils_gezahlt,) = draft_letters(sound_case("zahlungseingang"), "zahlungseingang")
    assert teils_gezahlt.werte["stand"]["zinsen_text"] == "offene Zinsen bis 20.05.2026, 6,27\u00a0% im Jahr"


def test_an_ended_plan_is_neither_confirmed_nor_reminded_of():
    ende = "  - am: 20.05.2026\n    art: ratenplan_gekuendigt\n"
    fall = build_case("ratenplan-erinnerung", zusatz=briefbau.FRIST_LETZTE + ende)
    for art in ("ratenplan-erinnerung", "ratenplan-bestaetigung", "ratenplan-kuendigung"):
        assert refusal(fall, art).code == "BRIEF_PLAN_BEENDET"


def test_making_up_for_an_instalment_does_not_end_the_case():
    """Only a letter about the whole says until when its sum suffices (ablauf/halt.py, VERLANGTES_GEZAHLT)."""
    for art, genuegt in (
        ("ratenplan-erinnerung", False),
        ("ratenplan-bestaetigung", True),
        ("stundung", True),
        ("mahnung-1", True),
    ):
        (entwurf,) = draft_letters(sound_case(art), art)
        assert ("betrag_gilt_bis" in entwurf.daten.as_daten()) is genuegt, art


def test_the_code_of_a_plan_is_for_the_next_instalment():
    fall = build_case("ratenplan-bestaetigung")
    (entwurf,) = draft_letters(fall, "ratenplan-bestaetigung", tag=dt.date(2026, 7, 1))
    assert entwurf.werte["zahlung"]["gilt_bis"] == dt.date(2026, 7, 15)
    assert entwurf.werte["zahlung"]["betrag"] == Decimal("600.00")
    assert entwurf.werte["stand"]["gesamt"] == Decimal("1710.23")  # the account of the day of the agreement


def test_an_offer_from_a_title_goes_to_whom_the_title_binds():
    fall = build_case("angebot-aus-titel")
    (max_,) = fall.schuldner
    eva = dataclasses.replace(max_, kennung="eva", vorname="Eva", anrede="Frau", strasse="Ring 9")
    (entwurf,) = draft_letters(
        with_fall(fall, schuldner=(max_, eva), gesamtschuldner=True), "angebot-aus-titel"
    )
    assert entwurf.daten.as_daten()["empfaenger"] == ["max"]


def test_the_rest_is_interest_alone():
    (entwurf,) = draft_letters(sound_case("restforderung"), "restforderung")
    konto = compute_konto(Sachstand(sound_case("restforderung"), TAG))
    assert entwurf.werte["zahlung"]["betrag"] == konto.zinsen == konto.gesamt
    assert konto.hauptforderung == 0


def test_a_deferral_bears_no_interest_and_holds_its_sum():
    (entwurf,) = draft_letters(sound_case("stundung"), "stundung")
    assert (
        entwurf.daten.as_daten()["betrag"] == "1709.95"
    )  # interest up to the day before the agreement: 15,74 and 4,21
    assert entwurf.daten.as_daten()["betrag_gilt_bis"] == "2026-06-30"
    vorbei = build_case("stundung", zusatz=briefbau.ZUSATZ["stundung"])
    assert refusal(vorbei, "stundung", tag=dt.date(2026, 7, 1)).code == "BRIEF_STUNDUNG_VORBEI"


def test_only_demands_carry_a_deadline_that_counts_as_a_letter():
    """`frist_bis` makes a step a Mahnung for default (konto/zinsgrund.py)."""
    fordernd = {
        art
        for art in ARTEN
        for entwurf in draft_letters(sound_case(art), art)
        if "frist_bis" in entwurf.daten.as_daten()
    }
    assert fordernd == {art for art in ARTEN if BRIEFARTEN[art].fordert}
    assert not {"hinweis", "zahlungseingang", "auskunft-dsgvo", "ratenplan-bestaetigung"} & fordernd


# --- facts nobody stated --------------------------------------------------------------------------------


def test_letters_to_others_need_an_address():
    for art, ereignis in (
        ("adressanfrage", "unbekannt_verzogen"),
        ("nachlassanfrage", "verstorben"),
        ("forderungsanmeldung", "insolvenz"),
    ):
        fall = build_case(
            art,
            zusatz=f"ereignisse:\n  - am: 04.05.2026\n    art: {ereignis}\n    gericht: AG\n    aktenzeichen: 1\n",
        )
        befund = refusal(fall, art)
        assert befund.code == "BRIEF_EMPFAENGER_FEHLT"
        assert BRIEFARTEN[art].an.value in befund.text
        assert BRIEFARTEN[art].an is not Empfaenger.SCHULDNER


def test_a_rejection_names_the_arbitration_body_to_consumers(pool):
    fall = sound_case("einwand-zurueckgewiesen")
    (entwurf,) = draft_letters(fall, "einwand-zurueckgewiesen")
    text = text_of(pool, entwurf)
    assert "Beispiel-Schlichtungsstelle e. V., Teststr. 8, 77694 Kehl, www.schlichtung.example" in text
    assert "nimmt an einem Verfahren dort nicht teil" in text
    ohne = with_fall(fall, glaeubiger=dataclasses.replace(fall.glaeubiger, schlichtung=None))
    assert refusal(ohne, "einwand-zurueckgewiesen").code == "BRIEF_SCHLICHTUNG_FEHLT"
    (gewerblich,) = draft_letters(as_business(ohne), "einwand-zurueckgewiesen")
    assert "§ 37 VSBG" not in text_of(pool, gewerblich)


@pytest.mark.parametrize(
    ("art", "zusatz", "code"),
    [
        ("stundung", "", "BRIEF_EREIGNIS_FEHLT"),
        ("teilzahlungsvergleich", "", "BRIEF_EREIGNIS_FEHLT"),
        ("ratenzahlungsvereinbarung", "", "BRIEF_EREIGNIS_FEHLT"),
        ("einwand-erhalten", "", "BRIEF_EREIGNIS_FEHLT"),
        ("einwand-zurueckgewiesen", briefbau.EINWAND, "BRIEF_ANTWORT_FEHLT"),
        ("zahlungseingang", "", "BRIEF_KEINE_ZAHLUNG"),
        ("abtretungsanzeige", "", "BRIEF_ABTRETUNG_FEHLT"),
        ("abtretungsanzeige", briefbau.ZUSATZ["abtretungsanzeige"].replace("  urkunde: belege/abtretung.pdf\n", ""), "BRIEF_ABTRETUNG_FEHLT"),
        ("forderungsanmeldung", f"ereignisse:\n  - am: 04.05.2026\n    art: insolvenz\n{briefbau.EMPFAENGER}", "BRIEF_EREIGNIS_UNVOLLSTAENDIG"),
        ("nachlassanfrage", "", "BRIEF_EREIGNIS_FEHLT"),
    ],
)  # fmt: skip
def test_what_nobody_stated_is_asked_for(art, zusatz, code):
    befund = refusal(build_case(art, zusatz=zusatz), art)
    assert befund.code == code
    assert "fall.yaml" in befund.abhilfe


def test_the_hand_over_names_its_agent_and_only_when_the_plan_takes_it():
    fall = sound_case("uebergabe-ankuendigung")
    (entwurf,) = draft_letters(fall, "uebergabe-ankuendigung")
    assert "Beispiel Inkasso GmbH" in entwurf.erwartet
    assert entwurf.daten.as_daten()["dann"] == "uebergabe"
    ohne = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, uebergabe=None))
    assert refusal(ohne, "uebergabe-ankuendigung").code == "BRIEF_UEBERGABE_FEHLT"
    assert stage_of("uebergabe-ankuendigung").dann == "uebergabe"


def test_information_about_data_goes_to_each_person_alone():
    fall = sound_case("auskunft-dsgvo")
    (max_,) = fall.schuldner
    eva = dataclasses.replace(
        max_, kennung="eva", vorname="Eva", anrede="Frau", email="eva@schuldner.example"
    )
    briefe = draft_letters(with_fall(fall, schuldner=(max_, eva), gesamtschuldner=True), "auskunft-dsgvo")
    assert [brief.daten.as_daten()["empfaenger"] for brief in briefe] == [["max"], ["eva"]]
    assert not any("eva" in eintrag["wert"].lower() for eintrag in briefe[0].werte["daten"])
    absender = dataclasses.replace(fall.einstellungen.absender, datenschutz=None)
    ohne = with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))
    assert refusal(ohne, "auskunft-dsgvo").code == "BRIEF_DATENSCHUTZ_FEHLT"


def test_information_about_data_is_complete_and_names_letters_as_people_do():
    """Art. 15 (1) DSGVO: what is stored, costs and waivers as well, and no name of a file."""
    (max_,) = sound_case("auskunft-dsgvo").schuldner
    fall = sound_case("auskunft-dsgvo")
    kosten = Kostenposten(
        am=dt.date(2026, 5, 3), art="ruecklastschrift", betrag=Decimal("4.30"), grund="Gebühr der Bank"
    )
    verzicht = Verzicht(am=dt.date(2026, 5, 3), betrag=Decimal("1.00"))
    vorgang = build_vorgang(1, "mahnung-letzte", "2026-05-03", {"empfaenger": [max_.kennung]})
    fall = with_fall(fall, kosten=(kosten,), verzicht=(verzicht,), vorgaenge=(vorgang,))
    daten = {
        eintrag["feld"]: eintrag["wert"]
        for eintrag in draft_letters(fall, "auskunft-dsgvo")[0].werte["daten"]
    }
    assert daten["Rücklastschrift"] == "03.05.2026, 4,30\u00a0€, Gebühr der Bank"
    assert daten["Verzicht"] == "03.05.2026, 1,00\u00a0€"
    assert daten["Schreiben an Sie"] == "Letzte Mahnung vom 03.05.2026"


def test_only_one_of_two_is_insolvent():
    fall = build_case("forderungsanmeldung")
    (max_,), (ereignis,) = fall.schuldner, fall.ereignisse
    eva = dataclasses.replace(max_, kennung="eva", vorname="Eva", anrede="Frau")
    zwei = with_fall(fall, schuldner=(max_, eva), gesamtschuldner=True)
    assert refusal(zwei, "forderungsanmeldung").code == "BRIEF_EREIGNIS_UNKLAR"
    eine = with_fall(zwei, ereignisse=(dataclasses.replace(ereignis, schuldner="eva"),))
    (entwurf,) = draft_letters(eine, "forderungsanmeldung")
    assert entwurf.werte["insolvenz"]["schuldner"] == "Eva Schuldner"


def test_a_waiver_of_limitation_needs_a_day_in_the_future():
    from mahnakte.briefe.brief import compute_briefe

    fall = sound_case("verjaehrungsverzicht")
    for bis in (None, TAG, dt.date(2040, 1, 1)):
        with pytest.raises(Ablehnung, match=r"Verzicht|Einrede"):
            compute_briefe(
                Sachstand(fall, TAG),
                compute_konto(Sachstand(fall, TAG)),
                stage_of("verjaehrungsverzicht"),
                TAG,
                None,
                bis=bis,
            )


# --- register -------------------------------------------------------------------------------------------


def test_the_register_changes_words_and_nothing_else(pool):
    fall = sound_case("mahnung-letzte")
    texte = {}
    for ton in ("freundlich", "sachlich", "bestimmt"):
        schuldner = dataclasses.replace(fall.schuldner[0], ton=ton)
        (entwurf,) = draft_letters(with_fall(fall, schuldner=(schuldner,)), "mahnung-letzte")
        assert [name for name, an in entwurf.werte["ton"].items() if an] == [ton]
        texte[ton] = text_of(pool, entwurf)
    assert "eine Lösung finden" in texte["freundlich"]
    assert "eine Lösung finden" not in texte["bestimmt"]
    for text in texte.values():
        assert "Mahnbescheid" in text  # the consequence does not depend on the register
        assert format_euro(Decimal("1710.23")).replace("\u00a0", " ") in text


def test_whom_one_wants_to_keep_is_written_to_more_kindly():
    fall = sound_case("mahnung-1")
    (ohne,) = draft_letters(fall, "mahnung-1")
    (mit,) = draft_letters(with_fall(fall, behalten=True), "mahnung-1")
    assert ohne.werte["ton"]["sachlich"]
    assert mit.werte["ton"]["freundlich"]


@pytest.mark.parametrize("zeilen", range(6))
def test_the_line_to_sign_on_never_stands_alone(pool, zeilen):
    """However long the footer is: the agency's supervisory lines once pushed it to an empty page."""
    fall = sound_case("forderungsanmeldung", "inkasso")
    pflicht = "Registergericht Dresden, Nummer der Rolle eins " * zeilen
    absender = dataclasses.replace(
        fall.einstellungen.absender, pflichtangaben=f"Sitz Dresden {pflicht}".strip()
    )
    einstellungen = dataclasses.replace(fall.einstellungen, absender=absender)
    (entwurf,) = draft_letters(dataclasses.replace(fall, einstellungen=einstellungen), "forderungsanmeldung")
    letzte = print_letter(pool, entwurf).druckbild.seiten[-1]
    assert "Mit freundlichen Grüßen" in letzte
    assert "Ort, Datum" in letzte


@pytest.mark.parametrize(("ab", "wort"), [("01.03.2026", "Zinsen"), ("04.03.2026", "Verzugszinsen")])
def test_interest_before_default_is_not_called_verzugszinsen(ab, wort):
    """§ 288 BGB speaks of interest in default only; agreed interest may begin before the due date 03.03.2026."""
    fall = sound_case("mahnung-letzte")
    erste, *weitere = fall.forderungen
    vereinbart = (
        build_fall(f"    zinsen:\n      satz: 4,00\n      vereinbart: ja\n      ab: {ab}\n")
        .forderungen[0]
        .zinsen
    )
    erste = dataclasses.replace(erste, zinsen=vereinbart)
    (entwurf,) = draft_letters(with_fall(fall, forderungen=(erste, *weitere)), "mahnung-letzte")
    texte = [posten["text"] for posten in entwurf.werte["posten"]]
    assert [text.split()[0] for text in texte if "insen bis" in text] == [wort]
