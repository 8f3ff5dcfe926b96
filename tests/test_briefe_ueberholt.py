"""Everything that can happen between writing and sending, for every kind of letter that asks for money.

The table says what happened; whether a letter may tolerate it stands in the kind itself (`trotz`). A letter to which
nothing happened stays true.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

import briefbau
from fallbau import build_vorgang, with_fall
from mahnakte.arten.brief import BRIEFARTEN
from mahnakte.arten.grundart import GRUENDE
from mahnakte.briefe.ueberholt import find_berichtigung, find_ueberholt
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Ereignis, Gutschrift, Rate, Verzicht, Zahlung
from mahnakte.fall.vorgang import Vorgang
from mahnakte.konto.konto import compute_konto
from mahnakte.stand.sachstand import Sachstand

TAG = briefbau.TAG
DANACH = TAG + dt.timedelta(days=2)
VERSAND = TAG + dt.timedelta(days=3)
FORDERNDE = [art.art for art in BRIEFARTEN.values() if art.fordert]
NR = 7


def with_plan(fall: Fall, dann: str) -> Fall:
    """Return the case with a plan that ends in this step."""
    mahnplan = tuple(
        dataclasses.replace(stufe, dann=dann if stufe.dann else None) for stufe in fall.einstellungen.mahnplan
    )
    return with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, mahnplan=mahnplan))


def write(art: str) -> tuple[Fall, Vorgang, dict[str, str]]:
    """Return a sound case with this letter as its step 7, and what stands on the finished letter."""
    fall = briefbau.sound_case(art)
    if art == "uebergabe-ankuendigung":
        fall = with_plan(fall, "uebergabe")
    entwuerfe = briefbau.draft_letters(fall, art)
    empfaenger = tuple(k for e in entwuerfe for k in e.daten.empfaenger)
    daten = dataclasses.replace(entwuerfe[0].daten, empfaenger=empfaenger)
    texte = {
        e.stamm: "\n".join([*e.anschrift, e.werte["zahlung"]["iban"] if "zahlung" in e.werte else ""])
        for e in entwuerfe
    }
    return fall, build_vorgang(NR, art, TAG.isoformat(), daten), texte


def event(art: str, am: dt.date = DANACH, **weitere: object) -> Callable[[Fall], Fall]:
    return lambda fall: with_fall(fall, ereignisse=(*fall.ereignisse, Ereignis(am=am, art=art, **weitere)))


def pay(betrag: str | None, am: dt.date = DANACH) -> Callable[[Fall], Fall]:
    def do(fall: Fall) -> Fall:
        summe = Decimal(betrag) if betrag else compute_konto(Sachstand(fall, am)).gesamt
        return with_fall(fall, zahlungen=(*fall.zahlungen, Zahlung(am=am, betrag=summe)))

    return do


def step(nr: int, art: str, am: dt.date = DANACH, **daten: object) -> Callable[[Fall], Fall]:
    return lambda fall: with_fall(
        fall, vorgaenge=(*fall.vorgaenge, build_vorgang(nr, art, am.isoformat(), daten))
    )


def change_debtor(**neu: object) -> Callable[[Fall], Fall]:
    return lambda fall: with_fall(
        fall, schuldner=tuple(dataclasses.replace(einer, **neu) for einer in fall.schuldner)
    )


def change_iban(fall: Fall) -> Fall:
    absender = dataclasses.replace(fall.einstellungen.absender, iban="DE75512108001245126199")
    return with_fall(fall, einstellungen=dataclasses.replace(fall.einstellungen, absender=absender))


def change_amounts(fall: Fall) -> Fall:
    """Somebody finds that every invoice was for less."""
    kleiner = tuple(dataclasses.replace(f, betrag=f.betrag - 100) for f in fall.forderungen)
    return with_fall(fall, forderungen=kleiner)


def next_letter(fall: Fall) -> Fall:
    nummern = [forderung.nummer for forderung in fall.forderungen]
    return step(NR + 1, "mahnung-letzte", frist_bis="2026-06-20", rechnungen=nummern)(fall)


# name -> (halt code that a kind may tolerate, what happens)
VORFAELLE: dict[str, tuple[str, Callable[[Fall], Fall]]] = {
    "ganz bezahlt": ("", pay(None)),
    "zum Teil bezahlt": ("", pay("0.50")),
    "vorher bezahlt, jetzt eingetragen": ("", pay("400.00", TAG - dt.timedelta(days=1))),
    "Gutschrift": ("", lambda f: with_fall(f, gutschriften=(*f.gutschriften, Gutschrift(
        am=DANACH, betrag=Decimal("0.50"), auf=None, stelle=f.anspruch.stelle)))),
    "Verzicht": ("", lambda f: with_fall(f, verzicht=(*f.verzicht, Verzicht(
        am=DANACH, betrag=Decimal("0.50"), grund="Kulanz", auf=None, stelle=f.anspruch.stelle)))),
    "ganz bestritten": ("BESTRITTEN", event("bestritten", grund="Ware fehlt")),
    "eine Rechnung bestritten": ("teil", event("bestritten", grund="Ware fehlt", rechnung="RE-2026-140")),
    "ein Teil bestritten": ("teil", event("bestritten", grund="zu viel", betrag=Decimal("50.00"))),
    "gesperrt": ("MAHNSPERRE", event("mahnsperre", bis=dt.date(2026, 7, 1), grund="Rückfrage")),
    "eine Rechnung gesperrt": (
        "teil", event("mahnsperre", bis=dt.date(2026, 7, 1), grund="Rückfrage", rechnung="RE-2026-140")),
    "gestundet": ("STUNDUNG", event("stundung", bis=dt.date(2026, 7, 1))),
    "Raten vereinbart": ("RATENPLAN", event("ratenplan", raten=(
        Rate(am=dt.date(2026, 7, 1), betrag=Decimal("9999.00")),))),
    "Zahlung zugesagt": ("ZUSAGE", event("kontakt", kanal="Telefon", notiz="x", zusage_am=dt.date(2026, 7, 1))),
    "Insolvenz": ("INSOLVENZ", event("insolvenz")),
    "verstorben": ("VERSTORBEN", event("verstorben")),
    "verzogen": ("UNBEKANNT_VERZOGEN", event("unbekannt_verzogen")),
    "Betreuung": ("BETREUUNG", event("betreuung")),
    "Antrag eingereicht": ("BEI_GERICHT", event("antrag_eingereicht")),
    "Mahnbescheid erlassen": ("BEI_GERICHT", event("mb_erlassen")),
    "nächste Mahnung geschrieben": ("namenlos", next_letter),
    "Antrag erstellt": ("", step(NR + 1, "antrag")),
    "Straße geändert": ("", change_debtor(strasse="Neuer Weg 99")),
    "Ort geändert": ("", change_debtor(plz="80331", ort="München")),
    "Schuldner ausgetauscht": ("", change_debtor(kennung="moritz")),
    "Bankkonto geändert": ("", change_iban),
    "Rechnungsbeträge berichtigt": ("namenlos", change_amounts),
}  # fmt: skip


@pytest.mark.parametrize("art", FORDERNDE)
def test_a_letter_to_which_nothing_happened_is_true(art: str) -> None:
    fall, brief, texte = write(art)
    for tag in (TAG, VERSAND):
        assert (
            find_ueberholt(Sachstand(with_fall(fall, vorgaenge=(*fall.vorgaenge, brief)), tag), brief, texte)
            == ()
        )


@pytest.mark.parametrize("vorfall", VORFAELLE)
@pytest.mark.parametrize("art", FORDERNDE)
def test_what_happens_before_sending_is_noticed(art: str, vorfall: str) -> None:
    code, geschieht = VORFAELLE[vorfall]
    eintrag = BRIEFARTEN[art]
    fall, brief, texte = write(art)
    danach = geschieht(with_fall(fall, vorgaenge=(*fall.vorgaenge, brief)))
    gruende = find_ueberholt(Sachstand(danach, VERSAND), brief, texte)
    if code in eintrag.trotz:
        pytest.skip(f"{art} geht auch bei {code} hinaus (arten/brief.py)")
    if code == "teil" and "RE-2026-140" not in brief.daten.as_daten()["rechnungen"]:
        pytest.skip(f"{art} nennt diese Rechnung nicht oder geht um das ganze Konto")
    if code == "teil" and eintrag.gegenstand.name != "MAHNBAR":
        pytest.skip(f"{art} geht um das ganze Konto: ein Teil hält es nicht auf")
    if code == "namenlos" and not brief.daten.as_daten()["rechnungen"]:
        pytest.skip(
            f"{art} nennt keine Rechnung: ihn ersetzt keine Mahnung, und seine Summe steht anderswo fest"
        )
    assert gruende, vorfall
    assert all(grund.text for grund in gruende)
    assert len(set(gruende)) == len(gruende)


@pytest.mark.parametrize("art", FORDERNDE)
def test_what_happens_after_sending_is_nobodys_business(art: str) -> None:
    """A past day is compared as of that day: what came later does not make the letter wrong."""
    fall, brief, texte = write(art)
    spaeter = VERSAND + dt.timedelta(days=1)
    for geschieht in (
        pay(None, spaeter),
        event("bestritten", spaeter, grund="x"),
        event("insolvenz", spaeter),
    ):
        danach = geschieht(with_fall(fall, vorgaenge=(*fall.vorgaenge, brief)))
        assert find_ueberholt(Sachstand(danach, VERSAND), brief, texte) == ()


@pytest.mark.parametrize("art", FORDERNDE)
def test_on_the_day_of_its_deadline_a_letter_is_too_late(art: str) -> None:
    fall, brief, texte = write(art)
    frist = dt.date.fromisoformat(brief.daten.as_daten()["frist_bis"])
    assert "FRIST_VORBEI" in [grund.code for grund in find_ueberholt(Sachstand(fall, frist), brief, texte)]
    davor = find_ueberholt(Sachstand(fall, frist - dt.timedelta(days=1)), brief, texte)
    assert "FRIST_VORBEI" not in [grund.code for grund in davor]


@pytest.mark.parametrize("art", ["mahnung-1", "mahnung-letzte", "erstschreiben"])
def test_a_payment_on_another_invoice_leaves_the_letter_true(art: str) -> None:
    fall, brief, texte = write(art)
    fremd = dataclasses.replace(
        fall.forderungen[0], nummer="RE-NEU", datum=DANACH, faellig_am=DANACH + dt.timedelta(days=30)
    )
    danach = with_fall(
        fall,
        forderungen=(*fall.forderungen, fremd),
        zahlungen=(*fall.zahlungen, Zahlung(am=DANACH, betrag=fremd.betrag, auf="RE-NEU")),
    )
    assert find_ueberholt(Sachstand(danach, VERSAND), brief, texte) == ()


def test_a_payment_that_came_back_makes_the_sum_wrong() -> None:
    fall, brief, texte = write("mahnung-1")
    gezahlt = Zahlung(am=TAG - dt.timedelta(days=9), betrag=Decimal("200.00"), zurueck_am=DANACH)
    assert "ZAHLUNG_ZURUECK" in [
        grund.code
        for grund in find_ueberholt(Sachstand(with_fall(fall, zahlungen=(gezahlt,)), VERSAND), brief, texte)
    ]


def test_a_changed_plan_makes_the_announced_step_wrong() -> None:
    fall, brief, texte = write("mahnung-letzte")
    assert [
        g.code for g in find_ueberholt(Sachstand(with_plan(fall, "uebergabe"), VERSAND), brief, texte)
    ] == ["SCHRITT_ANDERS"]


def test_a_claim_barred_since_is_noticed() -> None:
    """Due 2022, barred with the end of 2025 (§§ 195, 199 BGB); written on the last day of the year."""
    fall = briefbau.build_case("mahnung-1")
    alt = tuple(
        dataclasses.replace(
            f, datum=dt.date(2022, 3, 1), leistung_am=dt.date(2022, 3, 1), faellig_am=dt.date(2022, 3, 31),
            zugegangen_am=dt.date(2022, 3, 4),
        )
        for f in fall.forderungen
    )  # fmt: skip
    fall = with_fall(fall, forderungen=alt)
    tag = dt.date(2025, 12, 30)
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-1", tag=tag)
    brief = build_vorgang(1, "mahnung-1", tag.isoformat(), entwurf.daten)
    assert "VERJAEHRUNG_EINGETRETEN" not in [g.code for g in find_ueberholt(Sachstand(fall, tag), brief)]
    assert "VERJAEHRUNG_EINGETRETEN" in [
        g.code for g in find_ueberholt(Sachstand(fall, dt.date(2026, 1, 7)), brief)
    ]


def test_a_notice_ahead_of_the_due_date_is_overtaken_by_it() -> None:
    fall = briefbau.sound_case("hinweis")
    tag = briefbau.TAGE["hinweis"]
    (entwurf,) = briefbau.draft_letters(fall, "hinweis")
    brief = build_vorgang(1, "hinweis", tag.isoformat(), entwurf.daten)
    assert find_ueberholt(Sachstand(fall, tag + dt.timedelta(days=3)), brief) == ()
    assert [g.code for g in find_ueberholt(Sachstand(fall, dt.date(2026, 3, 3)), brief)] == ["FRIST_VORBEI"]


@pytest.mark.parametrize(
    ("vorfall", "richtig"),
    [
        ("ganz bezahlt", "erledigung"),
        ("zum Teil bezahlt", "zahlungseingang"),
        ("ganz bestritten", "einwand-erhalten"),
        ("eine Rechnung bestritten", "einwand-erhalten"),
        ("gestundet", "stundung"),
        ("Raten vereinbart", "ratenplan-bestaetigung"),
        ("Insolvenz", "forderungsanmeldung"),
        ("verstorben", "nachlassanfrage"),
        ("verzogen", "adressanfrage"),
        ("Straße geändert", "mahnung-1"),
        ("Rechnungsbeträge berichtigt", "mahnung-1"),
    ],
)
def test_the_letter_that_puts_it_right(vorfall: str, richtig: str) -> None:
    fall, brief, texte = write("mahnung-1")
    gruende = find_ueberholt(Sachstand(VORFAELLE[vorfall][1](fall), VERSAND), brief, texte)
    assert find_berichtigung(gruende, brief) == richtig


def test_every_letter_of_the_ways_out_exists() -> None:
    assert {ausweg.brief for ausweg in GRUENDE.values() if ausweg.brief} <= set(BRIEFARTEN)


def test_a_step_that_is_no_letter_has_no_reasons() -> None:
    fall = briefbau.build_case("mahnung-1")
    assert find_ueberholt(Sachstand(fall, VERSAND), build_vorgang(1, "akte", TAG.isoformat())) == ()
