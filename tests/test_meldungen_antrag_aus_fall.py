"""Each finding on the way from a case to its application, by an input that raises just it."""

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterable

import pytest

import briefbau
import test_fall_rechnungsfragen as rechnungsfragen
from fallbau import FAELLE, build_fall, build_vorgang, with_fall
from gerichtsbau import EDA, ripe_case
from mahnakte.antrag.aus_fall.entwurf import derive_antrag, derive_dateikopf
from mahnakte.antrag.aus_fall.folgeantrag import derive_folgeantraege
from mahnakte.antrag.aus_fall.folgesachen import derive_folgesache
from mahnakte.antrag.aus_fall.freigabe import Freigabe
from mahnakte.antrag.aus_fall.hindernisse import check_hindernisse
from mahnakte.antrag.aus_fall.kosten import derive_nebenforderungen
from mahnakte.antrag.aus_fall.maengel import Maengelliste
from mahnakte.antrag.aus_fall.parteien import derive_antragsgegner
from mahnakte.antrag.aus_fall.tatsachen import check_mahngerichtsland
from mahnakte.antrag.aus_fall.umfang import choose_umfang
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.modell import Zahlung
from mahnakte.fall.partei import Grundstueck, Sitz, Vertreter
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand
from meldungsbau import Beweise
from test_fall_rechnungsfragen import build as ask

beweist = Beweise("antrag/aus_fall")
TAG = dt.date(2026, 11, 16)


def build(
    zusatz: str = "",
    alt: str = "",
    neu: str = "",
    *,
    mahnakte: str = "",
    vorgaenge: tuple[Vorgang, ...] = (),
) -> Fall:
    """Return the case that is ripe for an application, with lines added and one passage changed."""
    text = ripe_case(zusatz=zusatz)
    assert alt in text
    falldatei, befunde = read_falldatei(text.replace(alt, neu, 1).encode(), "fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, befunde = read_einstellungen(
        ((FAELLE / "mahnakte.yaml").read_text(encoding="utf-8") + mahnakte).encode(), "mahnakte.yaml"
    )
    assert einstellungen is not None, befunde
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {}, vorgaenge)
    assert fall is not None, befunde
    return fall


def apply_for(fall: Fall, tag: dt.date = TAG) -> Iterable[Befund]:
    return derive_antrag(Sachstand(fall, tag)).befunde


def events(*ereignisse: str, trotz: str = "") -> str:
    frei = f"antrag: {{trotz: [{trotz}], grund: Eile, freigegeben_von: K. Beispiel}}\n" if trotz else ""
    return frei + ("ereignisse:\n" if ereignisse else "") + "".join(f"  - {{{e}}}\n" for e in ereignisse)


def second(faellig: str = "30.04.2026", art: str = "vereinbart", datum: str = "01.04.2026") -> str:
    """Return a second invoice; goes first into what is added to the case."""
    return (
        f"  - {{nummer: RE-2, datum: {datum}, betrag: '50,00', leistung_am: 20.03.2026, "
        f"zugegangen_am: 03.04.2026, faellig_am: {faellig}, faelligkeit: {art}}}\n"
    )


MAHNUNG = "am: 02.05.2026, art: mahnung_versandt, stufe: mahnung-1"
KOSTEN = "kosten:\n  - {am: 20.05.2026, art: mahnkosten, betrag: '2,50'%s}\n"
ZINSEN = ", zinsen: {punkte: 5, ab: 01.06.2026}"
ZUSAETZE = {
    "ANTRAG_NICHT_FAELLIG": second(faellig="30.11.2026"),
    "ANTRAG_BEZAHLT": "zahlungen:\n  - {am: 02.05.2026, betrag: '2.000,00'}\n",
    "ANTRAG_INSOLVENZ": events("am: 02.05.2026, art: insolvenz"),
    "ANTRAG_VERSTORBEN": events("am: 02.05.2026, art: verstorben"),
    "ANTRAG_UNBEKANNT_VERZOGEN": events("am: 02.05.2026, art: unbekannt_verzogen"),
    "ANTRAG_BETREUUNG": events("am: 02.05.2026, art: betreuung"),
    "ANTRAG_GESTUNDET": events("am: 02.05.2026, art: stundung, bis: 30.11.2026"),
    "ANTRAG_ZAHLUNG_UNGEKLAERT": events(
        "am: 02.05.2026, art: zahlung_ungeklaert, betrag: '100,00', bis: 31.12.2026"
    ),
    "ANTRAG_RATENPLAN": events("am: 02.05.2026, art: ratenplan, raten: [{am: 01.12.2026, betrag: '100,00'}]"),
    "ANTRAG_VERGLEICH": events(
        "am: 02.05.2026, art: vergleich, betrag: '500,00', bis: 20.05.2026, grund: Einigung"
    ),
    "ANTRAG_BEI_GERICHT": events("am: 02.05.2026, art: antrag_eingereicht"),
    "ANTRAG_TITULIERT": events(
        "am: 02.05.2026, art: antrag_eingereicht", "am: 02.08.2026, art: vb_zugestellt"
    ),
    "ANTRAG_TEIL_BEI_GERICHT": second("31.10.2026", datum="01.10.2026")
    + events("am: 02.05.2026, art: antrag_eingereicht"),
    "ANTRAG_FRIST": events("am: 10.11.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 24.11.2026"),
    "ANTRAG_KOSTEN_AUSSEN": "kosten:\n  - {am: 22.06.2026, art: gericht, betrag: '38,00'}\n",
    "ANTRAG_NEBENZINS": KOSTEN % ZINSEN + "  - {am: 21.05.2026, art: mahnkosten, betrag: '2,50'}\n",
    "ANTRAG_TROTZ_BESTRITTEN": events("am: 02.05.2026, art: bestritten, grund: Mängel", trotz="bestritten"),
    "ANTRAG_TROTZ_MAHNSPERRE": events(
        "am: 02.05.2026, art: mahnsperre, bis: 30.11.2026, grund: Nachfrage", trotz="mahnsperre"
    ),
    "ANTRAG_TROTZ_FRIST": events(
        "am: 10.11.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 24.11.2026", trotz="frist"
    ),
}
for _code, _zusatz in ZUSAETZE.items():
    beweist(_code)(lambda zusatz=_zusatz: apply_for(build(zusatz)))

AENDERUNGEN = {
    "ANTRAG_ANGABE_FEHLT": ("  gegenleistung: erbracht\n", ""),
    "ANTRAG_ZEICHEN": ("vorname: Max", "vorname: Łukasz"),
    "ANTRAG_ZU_LANG": ("strasse: Bahnhofstr. 12", "strasse: Straße der Deutsch-Sowjetischen Freundschaft 12"),
    "ANTRAG_ZUSATZ": ("strasse: Bahnhofstr. 12", "strasse: Bahnhofstr. 12\n    zusatz: [c/o Meier]"),
    "ANTRAG_ZINSSATZ": ("    faelligkeit:", "    zinsen: {satz: '5,1234'}\n    faelligkeit:"),
}
for _code, _aenderung in AENDERUNGEN.items():
    beweist(_code)(lambda aenderung=_aenderung: apply_for(build("", *aenderung)))


@beweist("ANTRAG_ELTERNTEIL_ALLEIN")
def _() -> Iterable[Befund]:
    (max_,) = build().schuldner
    mutter = Vertreter(funktion="Mutter", name="Eva Schuldner", strasse="Weg 1", plz="04109", ort="Leipzig")
    liste = Maengelliste()
    derive_antragsgegner(dataclasses.replace(max_, vertreter=(mutter,)), "amtsgericht", liste)
    return liste.befunde


@beweist("ANTRAG_AMTSPARTEI")
def _() -> Iterable[Befund]:
    amt = "art: amtspartei\n    amt: insolvenzverwalter\n    vermoegen: über das Vermögen der Pleite GmbH"
    return apply_for(build("", "art: person", amt))


@beweist("ANTRAG_ZINSSAETZE")
def _() -> Iterable[Befund]:
    firma = (
        "  - {kennung: firma, art: gesellschaft, rechtsform: GmbH, name: Schuld GmbH, strasse: Weg 1, plz: '04109', "
        "ort: Leipzig, verbraucher: nein, vertreter: [{funktion: Geschäftsführer, name: Karl Schuld}], "
        "streitgericht: {art: amtsgericht, plz: '04275', ort: Leipzig}}\n"
    )
    return apply_for(build("gesamtschuldner: ja\n", "anspruch:\n", f"{firma}anspruch:\n"))


@beweist("ANTRAG_OHNE_VERZUG")
def _() -> Iterable[Befund]:
    return apply_for(build(events(MAHNUNG), "faelligkeit: vereinbart", "faelligkeit: unbestimmt"))


@beweist("ANTRAG_KOSTEN_OHNE_VERZUG")
def _() -> Iterable[Befund]:
    fall = build(KOSTEN % "", "faelligkeit: vereinbart", "faelligkeit: unbestimmt")
    liste = Maengelliste()
    derive_nebenforderungen(fall, compute_konto(Sachstand(fall, TAG)), liste)
    return liste.befunde


@beweist("ANTRAG_KREDIT_OHNE_DARLEHEN")
def _() -> Iterable[Befund]:
    return apply_for(build(alt="anspruch:\n", neu="anspruch:\n  kredit: {verbraucher: ja}\n"))


@beweist("ANTRAG_KOSTEN_UEBER_GRENZE")
def _() -> Iterable[Befund]:
    kosten = "kosten:\n  - {am: 20.06.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein}\n"
    fall = build(kosten)
    liste = Maengelliste()
    derive_nebenforderungen(fall, compute_konto(Sachstand(fall, TAG)), liste)
    return liste.befunde


@beweist("ANTRAG_OHNE_MAHNUNG")
def _() -> Iterable[Befund]:
    return apply_for(
        build(
            second(art="gesetzlich"),
        ),
        dt.date(2026, 5, 20),
    )


@beweist("ANTRAG_TROTZ_OHNE_MAHNUNG")
def _() -> Iterable[Befund]:
    fall = build(second(art="gesetzlich") + events(trotz="ohne_mahnung"))
    liste = Maengelliste()
    choose_umfang(Sachstand(fall, dt.date(2026, 5, 20)), Freigabe(fall.antrag), liste)
    return liste.befunde


@beweist("ANTRAG_REIHE_OFFEN")
def _() -> Iterable[Befund]:
    def sent(nr: int, art: str, *rechnungen: str) -> Vorgang:
        daten = {"rechnungen": list(rechnungen), "frist_bis": "2026-05-15"}
        return build_vorgang(nr, art, "2026-05-04", daten)

    je_rechnung = "schwellen: {stufe_je: rechnung}\n"
    reihe = (sent(1, "mahnung-letzte", "RE-2026-131"), sent(2, "zahlungserinnerung", "RE-2"))
    return apply_for(build(second(), mahnakte=je_rechnung, vorgaenge=reihe), dt.date(2026, 5, 20))


@beweist("ANTRAG_STICHTAG")
def _() -> Iterable[Befund]:
    return apply_for(build(vorgaenge=(build_vorgang(1, "auskunft-dsgvo", "2026-12-01"),)))


@beweist("ANTRAG_TROTZ_VERJAEHRT")
def _() -> Iterable[Befund]:
    alt = ripe_case().partition("rechnungen:\n")[2]
    return apply_for(build(events(trotz="verjaehrt"), alt, alt.replace(".2026", ".2022")))


@beweist("ANTRAG_VERLANGTES_GEZAHLT")
def _() -> Iterable[Befund]:
    fall = briefbau.sound_case("mahnung-1")
    (entwurf,) = briefbau.draft_letters(fall, "mahnung-1")
    frist = entwurf.daten.frist_bis
    zahlung = Zahlung(am=frist, betrag=entwurf.daten.betrag, stelle=Stelle("fall.yaml"))
    brief = build_vorgang(1, "mahnung-1", entwurf.datum.isoformat(), entwurf.daten)
    fall = with_fall(fall, vorgaenge=(brief,), zahlungen=(*fall.zahlungen, zahlung))
    return hold(fall, frist + dt.timedelta(days=3))


def hold(fall: Fall, tag: dt.date = TAG) -> Iterable[Befund]:
    """Return what forbids an application, before anything of it is put together."""
    liste = Maengelliste()
    check_hindernisse(Sachstand(fall, tag), Freigabe(fall.antrag), liste)
    return liste.befunde


@beweist("ANTRAG_RECHNUNGSFRAGE")
def _() -> Iterable[Befund]:
    """A claim of 2023 lapses at the end of 2026: then the question is told, and holds nothing."""
    return hold(ask(rechnungsfragen.KOPIE.replace("2026-0", "2023-0"), jahr="2023")[0])


@beweist("ANTRAG_TROTZ_RECHNUNGSFRAGE")
def _() -> Iterable[Befund]:
    return hold(ask(rechnungsfragen.KOPIE, events(trotz="rechnungsfrage"))[0])


# --- after the application ------------------------------------------------------------------------------------


def follow_up(art: str, *ereignisse: str, tag: dt.date = dt.date(2026, 8, 1)) -> Iterable[Befund]:
    zugestellt = f"am: 15.06.2026, art: {art}, geschaeftszeichen: 26-1234567-0-0"
    fall = build_fall(events("am: 01.06.2026, art: antrag_eingereicht", zugestellt, *ereignisse))
    return derive_folgeantraege(Sachstand(fall, tag))[0].befunde


FOLGEN = {
    "VB_INSOLVENZ": "insolvenz",
    "VB_VERSTORBEN": "verstorben",
    "VB_SCHON_BEANTRAGT": "vb_beantragt",
    "VB_STREITVERFAHREN": "abgabe",
    "VB_WIDERSPRUCH": "widerspruch",
    "VB_ZAHLUNG_UNGEKLAERT": "zahlung_ungeklaert, betrag: '50,00', bis: 31.12.2026",
    "VB_TEILWIDERSPRUCH": "widerspruch, umfang: teil, betrag: '100,00'",
}
for _code, _art in FOLGEN.items():
    beweist(_code)(functools.partial(follow_up, "mb_zugestellt", f"am: 01.07.2026, art: {_art}"))
beweist("VB_ZU_FRUEH")(functools.partial(follow_up, "mb_zugestellt", tag=dt.date(2026, 6, 29)))
beweist("VB_ZU_SPAET")(functools.partial(follow_up, "mb_zugestellt", tag=dt.date(2026, 12, 16)))
beweist("NEUZUSTELLUNG_NOETIG")(functools.partial(follow_up, "mb_nicht_zugestellt"))


# --- the head of an EDA file ----------------------------------------------------------------------------------


@beweist("EDA_TEILNEHMER_FEHLT")
def _() -> Iterable[Befund]:
    derive_dateikopf(build().einstellungen, 21, TAG, "0.1")
    return ()


@beweist("EDA_NUMMER")
def _() -> Iterable[Befund]:
    derive_dateikopf(build(mahnakte=EDA).einstellungen, 1000, TAG, "0.1")
    return ()


@beweist("FOLGE_UNPASSEND")
def _() -> Iterable[Befund]:
    fall = build_fall(
        "ereignisse:\n  - {am: 01.06.2026, art: mb_zugestellt, geschaeftszeichen: 26-1234567-0-0}\n"
    )
    return derive_folgesache("abgabe", Sachstand(fall, dt.date(2026, 7, 1)), fall.schuldner[0]).befunde


@beweist("FOLGE_VON_HAND")
def _() -> Iterable[Befund]:
    fall = build_fall(
        "ereignisse:\n  - {am: 20.05.2026, art: antrag_eingereicht}\n"
        "  - {am: 01.06.2026, art: mb_zugestellt, geschaeftszeichen: 26-1234567-0-0}\n"
    )
    return derive_folgesache("ruecknahme", Sachstand(fall, dt.date(2026, 7, 1)), fall.schuldner[0]).von_hand


def judge_seat(**angaben: object) -> Iterable[Befund]:
    liste = Maengelliste()
    check_mahngerichtsland(dataclasses.replace(build().glaeubiger, **angaben), liste)  # type: ignore[arg-type]
    return liste.befunde


KOELN = {"plz": "50667", "ort": "Köln", "land": "NW"}
beweist("ANTRAG_LAND_PLZ")(functools.partial(judge_seat, land="BY"))
beweist("ANTRAG_OLG_PLZ")(functools.partial(judge_seat, **KOELN, olg_bezirk="sonst"))


@pytest.mark.parametrize(
    "angaben",
    [
        {"land": "SN"},
        KOELN | {"olg_bezirk": "koeln"},
        KOELN | {"sitz": Sitz(plz="80331", ort="München"), "land": "BY"},  # a branch: the seat decides
        {"plz": "89070", "ort": "Ulm", "land": "BW"},
        {"plz": "89070", "ort": "Neu-Ulm", "land": "BY"},  # a number of two Länder
        {"plz": "00000", "land": "BY"},  # unknown: contradicts nothing here
        {"art": "weg", "land": "BY", "grundstueck": Grundstueck(plz="80331", ort="München")},  # § 43 (1) WEG
        {"staat": "CH", "plz": "8001", "ort": "Zürich", "land": None},
    ],
)
def test_a_lawful_seat_is_not_refused(angaben: dict[str, object]) -> None:
    assert judge_seat(**angaben) == []


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
