"""The findings of the account: each has an input that raises just it."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal

import pytest

from fallbau import FALLKOPF, MAHNAKTE_YAML, build_vorgang, known_up_to
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import Rechtsstand, shipped_recht
from mahnakte.stand.sachstand import Sachstand
from meldungsbau import Beweise

beweist = Beweise("konto")

RECHNUNG = """rechnungen:
  - nummer: RE-1
    datum: 01.02.2026
    betrag: 1.000,00
    leistung_am: 20.01.2026
    faellig_am: 03.03.2026
    faelligkeit: vereinbart
"""
ZWEITE = """  - nummer: RE-2
    datum: 01.02.2026
    betrag: 500,00
    leistung_am: 20.01.2026
    faellig_am: 30.04.2026
    faelligkeit: vereinbart
"""
TITEL = """titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    erlassen_am: 10.08.2026
    betraege: {hauptforderung: "1.000,00", zinsen_betrag: "27,76", zinsen_bis: 10.08.2026}
"""
LAUFEND = TITEL.replace("10.08.2026}", "10.08.2026, zinsen: {punkte: '5'}}")
PLAN = "ereignisse:\n  - {am: 01.04.2026, art: ratenplan%s, raten: [{am: 04.05.2026, betrag: '1.000,00'}]}\n"
STUNDUNG = "ereignisse:\n  - {am: 01.04.2026, art: stundung, bis: 30.04.2026}\n"
ZU_ZWEIT = FALLKOPF.replace(
    "anspruch:",
    "  - {kennung: erna, vorname: Erna, name: Muster, strasse: Gasse 2, plz: 04109, ort: Leipzig, land: SN, "
    "verbraucher: ja}\nanspruch:",
)


def build(
    text: str, kopf: str = FALLKOPF, recht: Rechtsstand | None = None, vorgaenge: tuple[Vorgang, ...] = ()
) -> Fall:
    falldatei, befunde = read_falldatei((kopf + text).encode(), "fall.yaml")
    assert falldatei, befunde
    einstellungen, befunde = read_einstellungen(MAHNAKTE_YAML.encode(), "mahnakte.yaml")
    assert einstellungen, befunde
    fall, befunde = compose_fall(falldatei, einstellungen, recht or shipped_recht(), {}, vorgaenge)
    assert fall, befunde
    return fall


def account(
    text: str,
    tag: str = "2026-11-16",
    kopf: str = FALLKOPF,
    recht: Rechtsstand | None = None,
    vorgaenge: tuple[Vorgang, ...] = (),
) -> Iterable[Befund]:
    return compute_konto(Sachstand(build(text, kopf, recht, vorgaenge), dt.date.fromisoformat(tag))).befunde


def paid(angaben: str) -> str:
    return f"zahlungen:\n  - {{{angaben}}}\n"


def cost(angaben: str) -> str:
    return f"kosten:\n  - {{{angaben}}}\n"


TEXTE = {
    "ABZUG_ZU_HOCH": RECHNUNG + "gutschriften:\n  - {am: 01.05.2026, betrag: '1.200,00'}\n",
    "INKASSOKOSTEN_UEBER_GRENZE": RECHNUNG + cost("am: 01.04.2026, art: inkasso, betrag: '500,00'"),
    "INSOLVENZ_EROEFFNUNG_FEHLT": RECHNUNG + "ereignisse:\n  - {am: 01.06.2026, art: insolvenz_angemeldet}\n",
    "INSOLVENZ_ZINSENDE": RECHNUNG + "ereignisse:\n  - {am: 01.06.2026, art: insolvenz}\n",
    "KOSTEN_VOR_VERZUG": RECHNUNG + cost("am: 10.02.2026, art: mahnkosten, betrag: '2,00'"),
    "KOSTEN_ZINSEN_OHNE_BEGINN": RECHNUNG
    + cost("am: 02.04.2026, art: gericht, betrag: '30,00', zinsen: {punkte: '5'}"),
    "MAHNKOSTEN_HOCH": RECHNUNG + cost("am: 10.04.2026, art: mahnkosten, betrag: '20,00'"),
    "PAUSCHALE_NICHT_GESCHULDET": RECHNUNG + cost("am: 10.04.2026, art: verzugspauschale, betrag: '40,00'"),
    "RATENPLAN_ZINSEN_UNGEKLAERT": RECHNUNG + PLAN % "",
    "RUECKGABE_VOR_ZAHLUNG": RECHNUNG + paid("am: 02.05.2026, betrag: '100,00', zurueck_am: 01.05.2026"),
    "STUNDUNG_OHNE_VERZUGSZINSEN": RECHNUNG + STUNDUNG,
    "TILGUNG_497_DATUM_FEHLT": RECHNUNG + "konto: {tilgung: '497'}\n",
    "TILGUNG_UNKLAR": RECHNUNG + "konto: {tilgung: vereinbart}\n",
    "TITEL_BETRAG_NEGATIV": RECHNUNG + TITEL.replace("1.000,00", "-1.000,00"),
    "TITEL_HOEHER_ALS_RECHNUNGEN": RECHNUNG + TITEL.replace("1.000,00", "1.100,00"),
    "TITEL_RANG_OFFEN": RECHNUNG + ZWEITE + TITEL + paid("am: 01.09.2026, betrag: '100,00'"),
    "TITEL_UNVOLLSTAENDIG": RECHNUNG + "titel:\n  - {kennung: vb-1, art: urteil, erlassen_am: 10.08.2026}\n",
    "TITEL_ZINSEN_ANDERS": RECHNUNG + TITEL.replace("27,76", "20,00"),
    "TITEL_ZINSEN_DOPPELT": RECHNUNG + LAUFEND.replace("'5'", "'5', ab: 01.08.2026"),
    "TITEL_ZINSEN_OHNE_BEGINN": RECHNUNG + LAUFEND.replace(", zinsen_bis: 10.08.2026", ""),
    "UEBERZAHLUNG": RECHNUNG + paid("am: 01.04.2026, betrag: '2.000,00'"),
    "VERZICHT_OHNE_ZIEL": RECHNUNG + "verzicht:\n  - {am: 01.05.2026, betrag: '10,00'}\n",
    "VERZICHT_SCHON_ENTHALTEN": RECHNUNG
    + PLAN % ", zinsen: keine"
    + "verzicht:\n  - {am: 01.06.2026, betrag: '5,00', auf: zinsen}\n",
    "ZAHLUNG_GLEICH_RECHNUNG": RECHNUNG + ZWEITE + paid("am: 01.06.2026, betrag: '500,00'"),
    "ZAHLUNG_VOR_FORDERUNG": RECHNUNG + paid("am: 10.01.2026, betrag: '100,00'"),
    "ZAHLUNG_VOR_TITELERLASS": RECHNUNG
    + TITEL.replace("27,76", "15,29").replace("zinsen_bis: 10.08.2026", "zinsen_bis: 31.05.2026")
    + paid("am: 01.07.2026, betrag: '100,00'"),
    "ZINSABREDE_VERBRAUCHER": RECHNUNG + PLAN % ", zinsen: danach",
    "ZINSEN_OHNE_BEGINN": RECHNUNG.replace("vereinbart", "gesetzlich")
    + "    zinsen: {satz: '4,00', vereinbart: ja}\n",
    "ZINSEN_VOR_VERZUG": RECHNUNG + "    zinsen: {satz: '6,00', ab: 01.02.2026}\n",
    "ZINSSATZ_UEBER_GESETZ": RECHNUNG + "    zinsen: {satz: '12,00'}\n",
}
for _code, _text in TEXTE.items():
    beweist(_code)(functools.partial(account, _text))


@beweist("INKASSOKOSTEN_GRENZE_UNBEKANNT")
def costs_from_before_the_fee_table() -> Iterable[Befund]:
    alt = RECHNUNG.replace("2026", "2020")
    return account(alt + cost("am: 03.05.2021, art: inkasso, betrag: '50,00'"))


@beweist("INSOLVENZ_EINES_SCHULDNERS")
def one_of_two_debtors_insolvent() -> Iterable[Befund]:
    text = RECHNUNG + "ereignisse:\n  - {am: 01.06.2026, art: insolvenz, schuldner: max}\n"
    return account(text, kopf=ZU_ZWEIT)


@beweist("KONTO_BETRAG_NICHT_POSITIV")
def an_invoice_over_nothing() -> Iterable[Befund]:
    """fall.yaml lets none in: an e-invoice may say so."""
    fall = build(RECHNUNG)
    null = dataclasses.replace(fall.forderungen[0], betrag=Decimal("0.00"))
    return compute_konto(
        Sachstand(dataclasses.replace(fall, forderungen=(null,)), dt.date(2026, 6, 30))
    ).befunde


def loan(vertragsdatum: str, verbraucher: str = "ja") -> Iterable[Befund]:
    kopf = FALLKOPF.replace("katalog: 11", f"katalog: 11, vertragsdatum: {vertragsdatum}")
    kopf = kopf.replace("verbraucher: ja", f"verbraucher: {verbraucher}")
    return account(RECHNUNG + "konto: {tilgung: '497'}\n", kopf=kopf)


@beweist("TILGUNG_497_KEIN_VERBRAUCHERDARLEHEN")
def a_loan_to_a_business() -> Iterable[Befund]:
    return loan("19.11.2026", verbraucher="nein")


@beweist("TILGUNG_497_IMMOBILIAR")
def a_mortgage_loan() -> Iterable[Befund]:
    return loan("19.11.2025, kredit: {verbraucher: ja, immobiliar: ja}")


@beweist("TILGUNG_497_NICHT_BEKANNT")
def a_loan_under_law_that_nobody_has_read() -> Iterable[Befund]:
    return loan("20.11.2026")


@beweist("TITEL_NICHT_GEGEN_ALLE")
def a_title_against_one_of_two() -> Iterable[Befund]:
    einzeln = TITEL.replace("    art:", "    schuldner: max\n    art:")
    return account(RECHNUNG + einzeln, kopf=ZU_ZWEIT)


def promise(zinsen_im_fall: str) -> Iterable[Befund]:
    """Our letter about the plan promised that no interest is added."""
    daten = {"anlass_schluessel": "ratenplan 2026-04-01", "zinsen": "keine"}
    brief = build_vorgang(1, "ratenplan-bestaetigung", "2026-04-01", daten)
    return account(RECHNUNG + PLAN % zinsen_im_fall, vorgaenge=(brief,))


@beweist("ZINSABREDE_NACH_BRIEF")
def a_letter_says_what_the_event_leaves_open() -> Iterable[Befund]:
    return promise("")


@beweist("ZINSABREDE_WIDERSPRUCH")
def a_letter_promises_less_than_the_event() -> Iterable[Befund]:
    return promise(", zinsen: danach")


TABELLENENDE = known_up_to(dt.date(2026, 6, 30))


@beweist("ZINSEN_JE_TAG_UNBEKANNT")
def the_last_day_of_the_table() -> Iterable[Befund]:
    return account(RECHNUNG, "2026-06-30", recht=TABELLENENDE)


@beweist("ZINSEN_NICHT_GERECHNET")
def a_day_after_the_table() -> Iterable[Befund]:
    return account(RECHNUNG, "2026-07-20", recht=TABELLENENDE)


@beweist("ZINSSATZ_NICHT_VERGLEICHBAR")
def a_rate_for_days_after_the_table() -> Iterable[Befund]:
    spaeter = RECHNUNG.replace("03.03.2026", "15.07.2026")
    return account(spaeter + "    zinsen: {satz: '4,00'}\n", "2026-08-01", recht=TABELLENENDE)


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
