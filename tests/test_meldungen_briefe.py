"""Each finding about letters, their enclosures and added paragraphs: the input that raises just it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest

import briefbau
from briefbau import as_role, build_case, draft_letters, sound_case
from fallbau import with_fall
from mahnakte.briefe.anschrift import write_anschrift
from mahnakte.briefe.aufstellung import compute_aufstellung
from mahnakte.briefe.begleitmail import write_begleitmail
from mahnakte.briefe.brief import check_brief
from mahnakte.briefe.zufriedenheit import check_felder
from mahnakte.briefe.zulassung import check_mahnplan
from mahnakte.briefe.zusatz import MAX_ZEICHEN, check_zusatz
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz.druck import Vorlage, set_letter
from meldungsbau import Beweise, raise_befunde
from satzbau import TAG
from test_fall_rechnungsfragen import LASTSCHRIFT, STICHTAG, build
from vorlagenbau import read_letter

beweist = Beweise("briefe")


def draft(fall: Fall, art: str, **weitere: Any) -> Iterable[Befund]:
    """Draft a letter that should be refused; what stands beside one that is not."""
    return [befund for entwurf in draft_letters(fall, art, **weitere) for befund in entwurf.befunde]


def without(art: str, **felder: Any) -> Iterable[Befund]:
    """Draft a sound letter with some fields of the sender changed."""
    fall = sound_case(art)
    absender = dataclasses.replace(fall.einstellungen.absender, **felder)
    return draft(
        with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender)), art
    )


def two_debtors(fall: Fall, **anders: Any) -> Fall:
    eva = dataclasses.replace(fall.schuldner[0], kennung="eva", vorname="Eva", anrede="Frau")
    return with_fall(fall, schuldner=(*fall.schuldner, eva), **anders)


# --- what fall.yaml does not say --------------------------------------------------------------------

OHNE = {
    "BRIEF_EREIGNIS_FEHLT": ("stundung", ""),
    "BRIEF_ANTWORT_FEHLT": ("einwand-zurueckgewiesen", briefbau.EINWAND),
    "BRIEF_KEINE_ZAHLUNG": ("zahlungseingang", ""),
    "BRIEF_ABTRETUNG_FEHLT": ("abtretungsanzeige", ""),
    "BRIEF_EREIGNIS_UNVOLLSTAENDIG": (
        "forderungsanmeldung",
        f"ereignisse:\n  - am: 04.05.2026\n    art: insolvenz\n{briefbau.EMPFAENGER}",
    ),
    "BRIEF_EMPFAENGER_FEHLT": ("nachlassanfrage", "ereignisse:\n  - am: 04.05.2026\n    art: verstorben\n"),
    "BRIEF_ERINNERUNG_FEHLT": ("ratenplan-kuendigung", briefbau.FRIST_LETZTE),
    "BRIEF_PLAN_BEENDET": (
        "ratenplan-bestaetigung",
        briefbau.RATEN.format(am="18.05.2026", erste="510,23")
        + "  - am: 20.05.2026\n    art: ratenplan_gekuendigt\n",
    ),
    "BRIEF_RATEN_SUMME": (
        "ratenplan-bestaetigung",
        briefbau.RATEN.format(am="20.05.2026", erste="500,00"),
    ),
    "BRIEF_RATEN_TAG": (
        "ratenplan-bestaetigung",
        briefbau.RATEN.format(am="20.05.2026", erste="510,23").replace("15.06.2026", "15.05.2026"),
    ),
    "BRIEF_RUECKSTAND_ZU_HOCH": (
        "ratenplan-erinnerung",
        briefbau.FRIST_LETZTE.replace("betrag: 300,00", "betrag: 3.000,00"),
    ),
    "BRIEF_STUNDUNG_VORBEI": (
        "stundung",
        "ereignisse:\n  - am: 04.05.2026\n    art: stundung\n    bis: 15.05.2026\n",
    ),
    "BRIEF_VERGLEICH_SUMME": (
        "teilzahlungsvergleich",
        briefbau.ZUSATZ["teilzahlungsvergleich"].replace("1.400,00", "1.800,00"),
    ),
    "BRIEF_VERGLEICH_TAG": (
        "teilzahlungsvergleich",
        briefbau.ZUSATZ["teilzahlungsvergleich"]
        .replace("20.05.2026", "04.05.2026")
        .replace("30.06.2026", "15.05.2026"),
    ),
    "BRIEF_TITEL": ("restforderung", briefbau.TITEL),
    "BRIEF_NICHTS_OFFEN": ("mahnung-1", briefbau.ZUSATZ["erledigung"]),
}
for _code, (_art, _zusatz) in OHNE.items():
    beweist(_code)(lambda *_, art=_art, zusatz=_zusatz: draft(build_case(art, zusatz=zusatz), art))


@beweist("BRIEF_EREIGNIS_UNKLAR")
def which_of_two(*_: object) -> Iterable[Befund]:
    art = "forderungsanmeldung"
    return draft(two_debtors(build_case(art), gesamtschuldner=True), art)


@beweist("BRIEF_OHNE_EMPFAENGER")
def the_title_binds_another(*_: object) -> Iterable[Befund]:
    fall = build_case("angebot-aus-titel")
    eva = dataclasses.replace(fall.schuldner[0], kennung="eva")
    return draft(with_fall(fall, schuldner=(eva,)), "angebot-aus-titel")


@beweist("BRIEF_HINWEIS_UNKLAR")
def a_payment_on_something(*_: object) -> Iterable[Befund]:
    zahlung = "zahlungen:\n  - am: 18.02.2026\n    betrag: 500,00\n"
    return draft(build_case("hinweis", zusatz=zahlung), "hinweis")


@beweist("BRIEF_NICHTS_FAELLIG_BALD")
def all_is_due(*_: object) -> Iterable[Befund]:
    """Where no invoice is yet to fall due, nothing of such invoices is open either."""
    befunde = raise_befunde(lambda: draft(build_case("hinweis"), "hinweis", tag=briefbau.TAG))
    return [befund for befund in befunde if befund.code != "BRIEF_NICHTS_OFFEN"]


@beweist("BRIEF_RECHNUNGSFRAGE")
def a_direct_debit(*_: object) -> Iterable[Befund]:
    fall, _ = build(LASTSCHRIFT)
    return draft(fall, "mahnung-1", tag=STICHTAG)


@beweist("BRIEF_SUMME")
def an_account_that_does_not_add_up(*_: object) -> Iterable[Befund]:
    fall = sound_case("mahnung-1")
    (entwurf,) = draft_letters(fall, "mahnung-1")
    ohne_eine = dataclasses.replace(entwurf.konto, abschnitte=(), forderungen=entwurf.konto.forderungen[:1])
    compute_aufstellung(fall, ohne_eine, nur_hauptforderung=False)
    return ()


# --- who may write to whom --------------------------------------------------------------------------


def plan_of(fall: Fall, art: str, dann: str | None = None) -> Iterable[Befund]:
    stufen = (Mahnstufe(art=art, frist_tage=10, dann=dann),)
    return check_mahnplan(dataclasses.replace(fall.einstellungen, mahnplan=stufen))


@beweist("BRIEF_ART")
def no_letter(*_: object) -> Iterable[Befund]:
    return plan_of(sound_case("mahnung-1"), "mahnung-drei")


@beweist("BRIEF_KEINE_STUFE")
def no_stage(*_: object) -> Iterable[Befund]:
    return plan_of(sound_case("mahnung-1"), "stundung")


@beweist("BRIEF_ROLLE")
def the_wrong_sender(*_: object) -> Iterable[Befund]:
    return plan_of(sound_case("mahnung-1"), "erstschreiben")


@beweist("BRIEF_SCHRITT_FEHLT")
def no_next_step(*_: object) -> Iterable[Befund]:
    return plan_of(sound_case("mahnung-1"), "mahnung-letzte")


@beweist("BRIEF_PFLICHTANGABEN")
def the_first_letter_is_missing(*_: object) -> Iterable[Befund]:
    return draft(as_role(build_case("mahnung-1"), "inkasso"), "mahnung-1")


@beweist("BRIEF_SCHULDNERART")
def to_a_consumer(*_: object) -> Iterable[Befund]:
    return draft(build_case("verjaehrungsverzicht"), "verjaehrungsverzicht")


@beweist("BRIEF_TEILSCHULD")
def each_owes_a_part(*_: object) -> Iterable[Befund]:
    return draft(two_debtors(build_case("mahnung-1"), gesamtschuldner=False), "mahnung-1")


# --- what must stand on a letter --------------------------------------------------------------------


@beweist("BRIEF_PFLICHTANGABE")
def no_reason_for_costs(*_: object) -> Iterable[Befund]:
    zusatz = briefbau.KOSTEN.replace("    grund: Auftrag vom 02.05.2026\n", "")
    return draft(build_case("erstschreiben", zusatz=zusatz), "erstschreiben")


@beweist("BRIEF_UMSATZSTEUER")
def vat_on_costs(*_: object) -> Iterable[Befund]:
    zusatz = briefbau.KOSTEN.replace("umsatzsteuer: nein", "umsatzsteuer: ja")
    return draft(build_case("erstschreiben", zusatz=zusatz), "erstschreiben")


@beweist("BRIEF_SCHLICHTUNG_FEHLT")
def no_arbitration(*_: object) -> Iterable[Befund]:
    fall = sound_case("einwand-zurueckgewiesen")
    glaeubiger = dataclasses.replace(fall.glaeubiger, schlichtung=None)
    return draft(with_fall(fall, glaeubiger=glaeubiger), "einwand-zurueckgewiesen")


@beweist("BRIEF_UEBERGABE_FEHLT")
def to_whom(*_: object) -> Iterable[Befund]:
    fall = sound_case("uebergabe-ankuendigung")
    einstellungen = dataclasses.replace(fall.einstellungen, uebergabe=None)
    return draft(with_fall(fall, einstellungen=einstellungen), "uebergabe-ankuendigung")


@beweist("BRIEF_DATENSCHUTZ_FEHLT")
def no_privacy_information(*_: object) -> Iterable[Befund]:
    return without("auskunft-dsgvo", datenschutz=None)


@beweist("BRIEF_DATENSCHUTZ")
def a_first_letter_without_it(*_: object) -> Iterable[Befund]:
    return without("erstschreiben", datenschutz=None)


@beweist("BRIEF_GESCHAEFTSANGABEN")
def no_register(*_: object) -> Iterable[Befund]:
    return without("mahnung-1", pflichtangaben=None)


@beweist("BRIEF_BIS_FEHLT")
def until_when(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    monkeypatch.setattr(briefbau, "BIS", None)
    return draft(sound_case("verjaehrungsverzicht"), "verjaehrungsverzicht")


@beweist("BRIEF_BIS_ZU_SPAET")
def until_2040(_: WorkerPool, monkeypatch: pytest.MonkeyPatch) -> Iterable[Befund]:
    monkeypatch.setattr(briefbau, "BIS", dt.date(2040, 1, 1))
    return draft(sound_case("verjaehrungsverzicht"), "verjaehrungsverzicht")


@beweist("ANSCHRIFT_STAAT")
def brazil(*_: object) -> Iterable[Befund]:
    write_anschrift([dataclasses.replace(sound_case("mahnung-1").schuldner[0], staat="BR")])
    return ()


@beweist("ANSCHRIFT_ZU_LANG")
def seven_lines(*_: object) -> Iterable[Befund]:
    zusatz = ("c/o Beispiel", "Hof 1", "Haus 2", "3. Obergeschoss")
    write_anschrift([dataclasses.replace(sound_case("mahnung-1").schuldner[0], zusatz=zusatz)])
    return ()


@beweist("BRIEF_UNVOLLSTAENDIG")
def a_line_that_is_not_there(werkstatt: WorkerPool, *_: object) -> Iterable[Befund]:
    (entwurf,) = draft_letters(sound_case("mahnung-1"), "mahnung-1")
    vorlage = Vorlage("mahnung-1.docx", read_letter("mahnung-1"))
    satz = set_letter(werkstatt, vorlage, entwurf.werte, entwurf.bilder, entwurf.datum)
    return check_brief(satz, dataclasses.replace(entwurf, erwartet=("RE-2026-999",)))


# --- enclosures and added paragraphs ----------------------------------------------------------------


def write_mail(fall: Fall, **absender: Any) -> Iterable[Befund]:
    von = dataclasses.replace(fall.einstellungen.absender, **absender)
    write_begleitmail(von, fall.schuldner, "2026-0042", TAG, b"%PDF-1.7")
    return ()


@beweist("EMAIL_ABSENDER_FEHLT")
def no_sender(*_: object) -> Iterable[Befund]:
    return write_mail(sound_case("mahnung-1"), email=None)


@beweist("EMAIL_ADRESSE")
def an_umlaut(*_: object) -> Iterable[Befund]:
    return write_mail(sound_case("mahnung-1"), email="büro@moebelhaus.example")


@beweist("FRAGEBOGEN_UNVOLLSTAENDIG")
def no_fields(*_: object) -> Iterable[Befund]:
    check_felder({})
    return ()


SEITEN = ("Bitte überweisen Sie 940,00 € bis zum 30.04.2026 auf DE02 1203 0000 0000 2020 51.",)
ABSAETZE = {
    "ZUSATZ_ZU_LANG": "x" * (MAX_ZEICHEN + 1),
    "ZUSATZ_PLATZHALTER": "Es sind {{ summe.betrag }}.",
    "ZUSATZ_IN_WORTEN": "Legen Sie fünfzig Euro dazu.",
    "ZUSATZ_BETRAG": "Zahlen Sie 980,00 €.",
    "ZUSATZ_KONTO": "Bitte auf DE88 1009 0000 1234 5678 92.",
    "ZUSATZ_TAG": "Wir warten bis zum 15.05.2026.",
}
for _code, _absatz in ABSAETZE.items():
    beweist(_code)(lambda *_, absatz=_absatz: check_zusatz([absatz], SEITEN, TAG))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(
    code: str, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    beweist.check(code, werkstatt, monkeypatch)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
