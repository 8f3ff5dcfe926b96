"""What a letter says about paying in time and paying later, held against the account for thirty days ahead.

The sentence is read from the finished letter as a debtor reads it: paid by F the printed sum is enough; paid on day P
after that, X a day is due besides, from D to the day before P, as far as E. The account is computed anew for each P.
"""

import dataclasses
import datetime as dt
import re
from decimal import Decimal

import pytest

from briefbau import as_role
from fallbau import build_fall, build_vorgang
from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.ablauf.halt import list_halte
from mahnakte.ablauf.plan import plan_fall
from mahnakte.ablauf.verlangtes import check_verlangtes, list_settled, list_verlangtes
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.hindernisse import check_hindernisse
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.briefe.brief import Briefentwurf, compute_briefe, template_name
from mahnakte.briefe.variablen import variables_for
from mahnakte.fall.einstellungen import Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Zahlung
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import compute_konto
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter
from mahnakte.stand.sachstand import Sachstand

TAG = dt.timedelta(days=1)
KALENDER = """ereignisse:
  - {am: 01.04.2026, art: zahlung_verweigert}
"""
ZWEITE = """  - nummer: RE-2026-150
    datum: 20.04.2026
    betrag: %s
    leistung_am: 20.04.2026
    faellig_am: %s
    faelligkeit: vereinbart
"""
ZWEITER = """  - kennung: eva
    art: person
    anrede: Frau
    vorname: Eva
    name: Schuldner
    strasse: Gartenweg 3
    plz: 04109
    ort: Leipzig
    land: SN
    verbraucher: ja
"""


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def with_sum(fall: Fall, betrag: str) -> Fall:
    erste, *rest = fall.forderungen
    return dataclasses.replace(fall, forderungen=(dataclasses.replace(erste, betrag=Decimal(betrag)), *rest))


def moved(fall: Fall, jahre: int) -> Fall:
    """Return the case so many years earlier: the Basiszinssatz was below zero from 2013 to 2022."""

    def back(tag: dt.date | None) -> dt.date | None:
        return None if tag is None else tag.replace(year=tag.year - jahre)

    forderungen = tuple(
        dataclasses.replace(f, datum=back(f.datum), leistung_am=back(f.leistung_am), faellig_am=back(f.faellig_am),
                            zugegangen_am=back(f.zugegangen_am))
        for f in fall.forderungen
    )  # fmt: skip
    ereignisse = tuple(dataclasses.replace(e, am=back(e.am)) for e in fall.ereignisse)
    return dataclasses.replace(fall, forderungen=forderungen, ereignisse=ereignisse)


def fixed_rate() -> Fall:
    zinsen = "    zinsen: {satz: '8,00', vereinbart: ja, ab: 01.04.2026, grund: so vereinbart}\n"
    return build_fall(f"{zinsen}{KALENDER}konto:\n  tageszaehlung: act/365\n")


CASES: dict[str, tuple[Fall, str, str]] = {
    "einfach": (build_fall(KALENDER), "2026-04-20", "2026-04-30"),
    "halbjahr in der Frist": (build_fall(KALENDER), "2026-06-24", "2026-07-06"),
    "halbjahr nach der Frist": (build_fall(KALENDER), "2026-06-10", "2026-06-22"),
    "zweite Rechnung kommt in der Frist in Verzug": (
        build_fall(ZWEITE % ("800,00", "22.05.2026") + KALENDER), "2026-05-23", "2026-06-02"),
    "zweite Rechnung kommt nach der Frist in Verzug": (
        build_fall(ZWEITE.replace("vereinbart", "gesetzlich") % ("800,00", "04.05.2026")
                   + KALENDER.replace("01.04", "30.04")), "2026-05-20", "2026-06-01"),
    "Basiszinssatz unter null": (moved(build_fall(KALENDER), 5), "2021-04-20", "2021-04-30"),
    "großer Betrag": (with_sum(build_fall(KALENDER), "2500000.00"), "2026-04-20", "2026-04-30"),
    "kleiner Betrag": (with_sum(build_fall(KALENDER), "12.00"), "2026-04-20", "2026-04-30"),
    "Gesamtschuldner": (
        build_fall(KALENDER, schuldner_dazu=ZWEITER + "gesamtschuldner: ja\n"), "2026-04-20", "2026-04-30"),
    "Ende der Tabelle": (build_fall(KALENDER), "2026-12-17", "2026-12-28"),
    "fester Satz ohne Ende": (fixed_rate(), "2026-06-24", "2026-07-06"),
    "Teilzahlung": (
        build_fall(KALENDER + "zahlungen:\n  - {am: 10.04.2026, betrag: '600,00'}\n"), "2026-04-20", "2026-04-30"),
}  # fmt: skip


def stage(art: str, *, setzt_in_verzug: bool = False) -> Mahnstufe:
    return Mahnstufe(art=art, frist_tage=10, dann="mahnbescheid", setzt_in_verzug=setzt_in_verzug)


def draft(fall: Fall, tag: str, frist: str, stufe: Mahnstufe | None = None) -> Briefentwurf:
    """Return the letter about all invoices of the case."""
    stufe = stufe or stage("mahnung-letzte")
    return compute_briefe(
        Sachstand(fall, day(tag)), compute_konto(Sachstand(fall, day(tag))), stufe, day(frist), stufe.dann
    )[0]


def account(fall: Fall, bis: dt.date) -> Decimal:
    """Return what the account of the claims in the letter shows at the end of a day."""
    return compute_konto(Sachstand(fall, bis)).gesamt


@pytest.fixture(scope="module")
def read():
    """Return how a debtor reads the sentence: (sum, F, D, X, E) from the text of the finished PDF."""
    with WorkerPool(1) as werkstatt:

        def read_sentence(
            entwurf: Briefentwurf,
        ) -> tuple[Decimal, dt.date, dt.date | None, Decimal, dt.date | None]:
            name = template_name(entwurf.art)
            inhalt = read_beigabe("templates", f"letters/{name}")
            vorlage = load_vorlage(werkstatt, inhalt, name, variables_for(entwurf.art))
            assert isinstance(vorlage, Vorlage), vorlage
            satz = set_letter(werkstatt, vorlage, entwurf.werte, entwurf.bilder, entwurf.datum)
            text = re.sub(r"\s+", " ", " ".join(satz.druckbild.seiten))
            return parse(text)

        yield read_sentence


def parse(text: str) -> tuple[Decimal, dt.date, dt.date | None, Decimal, dt.date | None]:
    tag = r"(\d\d\.\d\d\.\d{4})"
    summe = re.search(r"Bitte überweisen Sie ([\d.]+,\d\d) €", text)
    frist = re.search(rf"Bei Zahlung bis zum {tag} genügt dieser Betrag\.", text)
    spaeter = re.search(
        rf"Bei späterer Zahlung kommen Zinsen hinzu, vom {tag} bis zum Tag vor der Zahlung: ([\d.]+,\d\d) € je Tag"
        rf"(?: bis zum {tag}, danach in der dann geltenden Höhe)?\.", text,
    )  # fmt: skip
    assert summe, text
    assert frist, text
    assert "Danach kommen für jeden Tag" not in text
    ab = german(spaeter[1]) if spaeter else None
    bis = german(spaeter[3]) if spaeter and spaeter[3] else None
    return euro(summe[1]), german(frist[1]), ab, euro(spaeter[2]) if spaeter else Decimal(0), bis


def german(text: str) -> dt.date:
    return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a calendar day


def euro(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("name", CASES)
def test_the_sentence_keeps_what_it_says_for_thirty_days(name: str, read) -> None:
    fall, tag, frist = CASES[name]
    entwurf = draft(fall, tag, frist)
    summe, gilt_bis, ab, je_tag, bis = read(entwurf)
    assert (summe, gilt_bis) == (entwurf.daten and Decimal(entwurf.daten.as_daten()["betrag"]), day(frist))
    assert summe == account(fall, day(tag))  # the sum contains the day of the letter
    geprueft = 0
    for spaeter in range(1, 31):
        zahlung = gilt_bis + spaeter * TAG
        letzter = zahlung - TAG
        if bis is not None and letzter > bis:
            break
        tage = max((letzter - ab).days + 1, 0) if ab else 0
        versprochen = summe + je_tag * tage
        # X is rounded to the cent: half a cent a day, and the account rounds its lines
        spielraum = Decimal("0.005") * tage + Decimal("0.01") if ab else Decimal("0.005") * (spaeter + 11)
        assert abs(versprochen - account(fall, letzter)) <= spielraum, (name, zahlung)
        geprueft += 1
    assert geprueft == (30 if bis is None else min(30, max((bis - gilt_bis).days + 1, 0)))


@pytest.mark.parametrize(
    ("name", "ab", "je_tag", "bis"),
    [
        # 1.190,00 × 6,27 % / 365 = 0,2044; by hand in all lines
        ("einfach", "2026-04-21", "0.20", "2026-06-30"),
        ("halbjahr in der Frist", "2026-06-25", "0.20", "2026-06-30"),
        ("zweite Rechnung kommt in der Frist in Verzug", "2026-05-24", "0.34", "2026-06-30"),
        ("Basiszinssatz unter null", "2021-04-21", "0.13", "2021-06-30"),  # −0,88 + 5 = 4,12 %
        ("großer Betrag", "2026-04-21", "429.45", "2026-06-30"),
        ("Ende der Tabelle", "2026-12-18", "0.21", "2026-12-31"),  # 6,52 %
        ("fester Satz ohne Ende", "2026-06-25", None, None),
    ],
)
def test_first_day_daily_sum_and_last_day(name: str, ab: str, je_tag: str | None, bis: str | None) -> None:
    zinsen = draft(*CASES[name]).werte["zinsen"]
    assert zinsen["ab"] == day(ab)
    assert je_tag is None or zinsen["je_tag"] == Decimal(je_tag)
    assert zinsen["endet"] is (bis is not None)
    assert bis is None or zinsen["bis"] == day(bis)


def test_a_known_default_of_another_invoice_ends_the_figure() -> None:
    """The second invoice of this letter falls into default on 23.06. (30 days): up to the 22nd the figure is sure."""
    fall = CASES["zweite Rechnung kommt nach der Frist in Verzug"][0]
    firma = dataclasses.replace(
        fall,
        schuldner=tuple(dataclasses.replace(s, verbraucher=False) for s in fall.schuldner),
        forderungen=tuple(
            dataclasses.replace(f, zugegangen_am=day("2026-05-22") if f.nummer == "RE-2026-150" else f.zugegangen_am,
                                faelligkeit="gesetzlich")
            for f in fall.forderungen
        ),
        anspruch=dataclasses.replace(fall.anspruch, entgeltforderung=True),
        ereignisse=(),
    )  # fmt: skip
    konto = compute_konto(Sachstand(firma, day("2026-05-25")))
    beginne = {z.rechnung: z.verzug[0].beginn for z in konto.forderungen}
    assert beginne["RE-2026-150"] == day("2026-06-23")
    assert konto.ausblick is not None
    assert konto.ausblick.bis == day("2026-06-22")


def test_a_letter_that_puts_into_default_promises_no_figure_beyond_its_deadline() -> None:
    fall = build_fall(ZWEITE.replace("vereinbart", "gesetzlich") % ("800,00", "04.05.2026"))
    in_verzug = "ereignisse:\n  - {am: 01.04.2026, art: mahnung_versandt, stufe: mahnung-1}\n  - {am: 02.04.2026, art: mahnung_zugegangen, stufe: mahnung-1}\n"
    gemischt = build_fall(ZWEITE.replace("vereinbart", "gesetzlich") % ("800,00", "04.05.2026") + in_verzug)
    zinsen = draft(gemischt, "2026-05-20", "2026-06-01", stage("mahnung-letzte", setzt_in_verzug=True)).werte[
        "zinsen"
    ]
    assert (zinsen["laufen"], zinsen["endet"], zinsen["bis"]) == (True, True, day("2026-06-01"))
    keine = draft(fall, "2026-05-20", "2026-06-01", stage("mahnung-letzte", setzt_in_verzug=True)).werte[
        "zinsen"
    ]
    assert keine["laufen"] is False


def test_an_agency_writes_the_same_sentence(read) -> None:
    kosten = "kosten:\n  - {am: 10.04.2026, art: inkasso, betrag: '98,00', grund: Auftrag vom 08.04.2026, umsatzsteuer: nein}\n"
    fall = as_role(build_fall(KALENDER + kosten), "inkasso")
    einer = tuple(dataclasses.replace(s, anschrift_quelle="glaeubiger") for s in fall.schuldner)
    fall = dataclasses.replace(
        fall, schuldner=einer, anspruch=dataclasses.replace(fall.anspruch, vertragsdatum=day("2026-02-20"))
    )
    summe, _, ab, je_tag, _ = read(draft(fall, "2026-04-20", "2026-05-04", stage("erstschreiben")))
    assert (ab, je_tag) == (day("2026-04-21"), Decimal("0.20"))
    assert summe == account(fall, day("2026-04-20"))


# --- who pays what the letter asked for --------------------------------------------------------------


def paid(fall: Fall, am: str, betrag: Decimal, entwurf: Briefentwurf) -> Fall:
    vorgang = build_vorgang(1, entwurf.art, entwurf.datum.isoformat(), entwurf.daten)
    zahlung = Zahlung(am=day(am), betrag=betrag, stelle=fall.forderungen[0].stelle)
    return dataclasses.replace(fall, vorgaenge=(vorgang,), zahlungen=(*fall.zahlungen, zahlung))


@pytest.mark.parametrize("name", [name for name in CASES if name != "Ende der Tabelle"])
@pytest.mark.parametrize("tage", [0, 5])
def test_the_printed_sum_in_time_settles_in_every_room(name: str, tage: int) -> None:
    fall, tag, frist = CASES[name]
    entwurf = draft(fall, tag, frist)
    am = (day(frist) - tage * TAG).isoformat()
    gezahlt = paid(fall, am, Decimal(entwurf.daten.as_daten()["betrag"]), entwurf)
    stichtag = day(frist) + 3 * TAG
    konto = compute_konto(Sachstand(gezahlt, stichtag))
    codes = {halt.code for halt in list_halte(Sachstand(gezahlt, stichtag), konto)}
    assert codes & {"BEZAHLT", "VERLANGTES_GEZAHLT"}, codes
    assert plan_fall(Sachstand(gezahlt, stichtag)).schritte == ()
    if konto.gesamt > 0:
        assert [b.code for b in check_verlangtes(gezahlt, konto)] == ["VERLANGTES_GEZAHLT"]
        liste = Maengelliste()
        check_hindernisse(Sachstand(gezahlt, stichtag), Freigabe(None), liste)
        assert {b.code for b in liste.befunde} & {"ANTRAG_VERLANGTES_GEZAHLT", "ANTRAG_BEZAHLT"}


@pytest.mark.parametrize("spaeter", [1, 4, 30])
def test_paying_later_as_the_sentence_says_settles_too(spaeter: int) -> None:
    fall, tag, frist = CASES["einfach"]
    entwurf = draft(fall, tag, frist)
    am = day(frist) + spaeter * TAG
    tage = (am - day("2026-04-21")).days
    gezahlt = paid(
        fall, am.isoformat(), Decimal(entwurf.daten.as_daten()["betrag"]) + tage * Decimal("0.20"), entwurf
    )
    konto = compute_konto(Sachstand(gezahlt, am + TAG))
    assert {h.code for h in list_halte(Sachstand(gezahlt, am + TAG), konto)} & {
        "BEZAHLT",
        "VERLANGTES_GEZAHLT",
    }
    knapp = paid(
        fall,
        am.isoformat(),
        Decimal(entwurf.daten.as_daten()["betrag"]) + tage * Decimal("0.20") - Decimal("0.01"),
        entwurf,
    )
    assert "VERLANGTES_GEZAHLT" not in {
        h.code for h in list_halte(Sachstand(knapp, am + TAG), compute_konto(Sachstand(knapp, am + TAG)))
    }


@pytest.mark.parametrize(
    ("name", "am", "zinsen"),
    [
        ("halbjahr in der Frist", "2026-07-16", "4.39"),  # 6 × 0,20 + 1.190,00 × 6,52 % × 15 / 365
        ("halbjahr nach der Frist", "2026-07-06", "5.06"),  # 20 × 0,20 + 1.190,00 × 6,52 % × 5 / 365
    ],
)
def test_paying_after_the_half_year_at_the_rate_of_that_time_settles_too(
    name: str, am: str, zinsen: str
) -> None:
    fall, tag, frist = CASES[name]
    entwurf = draft(fall, tag, frist)
    genug = Decimal(entwurf.daten.as_daten()["betrag"]) + Decimal(zinsen)

    def codes(betrag: Decimal) -> set[str]:
        gezahlt = paid(fall, am, betrag, entwurf)
        stichtag = day(am) + TAG
        return {
            halt.code
            for halt in list_halte(Sachstand(gezahlt, stichtag), compute_konto(Sachstand(gezahlt, stichtag)))
        }

    assert "VERLANGTES_GEZAHLT" in codes(genug)
    assert "VERLANGTES_GEZAHLT" not in codes(genug - Decimal("0.01"))


def test_after_the_half_year_costs_that_came_since_are_not_settled_by_interest() -> None:
    """The same sum as above, but a court fee stands on the account since: the letter cannot have meant it."""
    fall = build_fall(
        KALENDER + "kosten:\n  - {am: 10.07.2026, art: gericht, betrag: '36,00', grund: Antrag}\n"
    )
    entwurf = draft(fall, "2026-06-24", "2026-07-06")
    gezahlt = paid(fall, "2026-07-16", Decimal(entwurf.daten.as_daten()["betrag"]) + Decimal("4.39"), entwurf)
    assert list(list_verlangtes(Sachstand(gezahlt, day("2026-07-17")))) == []


def test_past_the_end_of_the_table_nobody_can_say_what_suffices() -> None:
    fall, tag, frist = CASES["Ende der Tabelle"]
    entwurf = draft(fall, tag, frist)
    gezahlt = paid(
        fall, "2027-01-10", Decimal(entwurf.daten.as_daten()["betrag"]) + 14 * Decimal("0.21"), entwurf
    )
    assert list(list_verlangtes(Sachstand(gezahlt, day("2027-01-11")))) == []


def test_a_settled_invoice_is_not_asked_for_beside_a_new_one() -> None:
    """The rest of the first (0,20 a day since the letter) rides into no letter about the second."""
    fall, tag, frist = CASES["einfach"]
    entwurf = draft(fall, tag, frist)
    zwei = build_fall(ZWEITE % ("400,00", "04.05.2026") + KALENDER)
    gezahlt = paid(zwei, frist, Decimal(entwurf.daten.as_daten()["betrag"]), entwurf)
    stichtag = day("2026-05-12")
    assert set(list_settled(Sachstand(gezahlt, stichtag))) == {"RE-2026-131"}
    mahnbar = mahnbarer_fall(Sachstand(gezahlt, stichtag))
    assert [f.nummer for f in mahnbar.fall.forderungen] == ["RE-2026-150"]
    assert "bezahlt, wie es mahnung-letzte" in mahnbar.ausgeklammert[0].text
    konto = compute_konto(Sachstand(mahnbar.fall, stichtag))
    # 400,00 × 6,27 % × 8 / 365 = 0,55 (05.05. to 12.05.)
    assert str(konto.gesamt) == "400.55"


def test_a_payment_that_went_elsewhere_settles_nothing() -> None:
    fall, tag, frist = CASES["einfach"]
    entwurf = draft(fall, tag, frist)
    zwei = build_fall(ZWEITE % ("1.400,00", "04.05.2026") + KALENDER)
    gezahlt = paid(zwei, frist, Decimal(entwurf.daten.as_daten()["betrag"]), entwurf)
    bestimmt = dataclasses.replace(gezahlt.zahlungen[-1], auf="RE-2026-150")
    anders = dataclasses.replace(gezahlt, zahlungen=(bestimmt,))
    assert list_settled(Sachstand(anders, day("2026-05-12"))) == {}
    assert "RE-2026-131" in [
        f.nummer for f in mahnbarer_fall(Sachstand(anders, day("2026-05-12"))).fall.forderungen
    ]
