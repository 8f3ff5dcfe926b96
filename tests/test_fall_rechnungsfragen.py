"""What an invoice says against its claim reaches plan, letters and application, and what settles it."""

import datetime as dt
import typing

import pytest

from fallbau import FAELLE
from mahnakte.ablauf.ausklammern import mahnbarer_fall
from mahnakte.ablauf.plan import plan_fall
from mahnakte.antrag.aus_fall.entwurf import derive_antrag
from mahnakte.arten.brief import find_art
from mahnakte.briefe.gegenstand import compute_gegenstand
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.modell import Empfaengergrund, Kaeufergrund, Zahlweggrund
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.fall.rechnung.befunde import MUSTER
from mahnakte.grund.befund import Ablehnung, Befund, Schwere
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.pruefung import check_fall, offene_fragen
from mahnakte.stand.sachstand import Sachstand
from test_fall_rechnung_lesen import UBL, change
from test_fall_rechnungscodes import ZAHLWEG_UBL

STICHTAG = dt.date(2026, 11, 30)
KOPF = """
aktenzeichen: 2026-0042
glaeubiger: moebelhaus
schuldner:
  - kennung: nord
    art: gesellschaft
    name: Beispiel
    rechtsform: GmbH
    strasse: Weg 1
    plz: 04109
    ort: Leipzig
    land: SN
    verbraucher: nein
    vertreter:
      - funktion: Geschäftsführer
        name: Jonas Falk
    streitgericht:
      art: amtsgericht
      plz: 04275
      ort: Leipzig
anspruch:
  katalog: 11
  entgeltforderung: ja
  vertragsdatum: 12.02.2026
  gegenleistung: erbracht
rechnungen:
  - datei: rechnungen/r.xml
    leistung_am: 20.02.2026
    zugegangen_am: 03.03.2026
    faelligkeit: vereinbart
"""
ZWEITE = """  - nummer: RE-2
    datum: 01.04.2026
    betrag: 50,00
    leistung_am: 20.03.2026
    zugegangen_am: 03.04.2026
    faellig_am: 30.04.2026
    faelligkeit: vereinbart
"""
LASTSCHRIFT = change("<cac:PaymentMeans>", f"<cac:PaymentMeans>{ZAHLWEG_UBL.format('59')}")
KARTE = change("<cac:PaymentMeans>", f"<cac:PaymentMeans>{ZAHLWEG_UBL.format('54')}")
BAR = change("<cac:PaymentMeans>", f"<cac:PaymentMeans>{ZAHLWEG_UBL.format('10')}")
KOPIE = change("<cbc:IssueDate>", "<cbc:CopyIndicator>true</cbc:CopyIndicator><cbc:IssueDate>")
FACTOR = change(
    "<cac:PaymentMeans>",
    "<cac:PayeeParty><cac:PartyName><cbc:Name>Fabelbank Factoring AG</cbc:Name></cac:PartyName></cac:PayeeParty>"
    "<cac:PaymentMeans>",
)
MIETE = change(">380<", ">387<")
ABGETRETEN = change(">380<", ">393<")
FRUEH = change("<cbc:DueDate>2026-03-31<", "<cbc:DueDate>2026-02-15<")
KAEUFER = change("Beispiel GmbH", "Hafenkontor Ostsee GmbH")
ANSCHRIFT = change("<cbc:PostalZone>04109<", "<cbc:PostalZone>99084<").replace("Weg 1", "Am Anger 3")

FRAGEN = {
    "RECHNUNG_LASTSCHRIFT": LASTSCHRIFT,
    "RECHNUNG_ZAHLWEG": KARTE,
    "RECHNUNG_KOPIE": KOPIE,
    "RECHNUNG_ZAHLUNGSEMPFAENGER": FACTOR,
    "RECHNUNG_ART_FRAGE": MIETE,
    "RECHNUNG_ABGETRETEN": ABGETRETEN,
    "FAELLIG_VOR_RECHNUNG": FRUEH,
    "RECHNUNG_KAEUFER_ABWEICHEND": KAEUFER,
    "RECHNUNG_KAEUFER_ANSCHRIFT": ANSCHRIFT,
}


def build(
    xml: str, zusatz: str = "", *, kopf: str = KOPF, jahr: str = "2026", schuldner_dazu: str = ""
) -> tuple[Fall, tuple[Befund, ...]]:
    text = kopf.replace("anspruch:\n", schuldner_dazu + "anspruch:\n").replace(".2026", f".{jahr}")
    falldatei, befunde = read_falldatei((text + zusatz).encode(), "fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, befunde = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert einstellungen is not None, befunde
    fall, befunde = compose_fall(
        falldatei,
        einstellungen,
        shipped_recht(),
        {"rechnungen/r.xml": read_rechnung(xml.encode(), "rechnungen/r.xml")},
    )
    assert fall is not None, befunde
    return fall, (*befunde, *check_fall(Sachstand(fall, STICHTAG)))


def codes(fall: Fall, stichtag: dt.date = STICHTAG) -> list[str]:
    return [befund.code for befund in offene_fragen(Sachstand(fall, stichtag))]


def test_a_sound_invoice_asks_nothing_and_is_demanded() -> None:
    fall, befunde = build(UBL)
    assert codes(fall) == []
    assert not {befund.code for befund in befunde} & {*FRAGEN, *MUSTER}
    assert [schritt.art for schritt in plan_fall(Sachstand(fall, STICHTAG)).schritte] == [
        "zahlungserinnerung"
    ]
    assert derive_antrag(Sachstand(fall, STICHTAG)).antrag is not None


@pytest.mark.parametrize("code", FRAGEN)
def test_a_question_is_shown_once_and_holds_letters_but_not_the_other_invoice(code: str) -> None:
    fall, befunde = build(FRAGEN[code])
    (gezeigt,) = [befund for befund in befunde if befund.code == code]
    assert gezeigt.schwere is Schwere.WARNUNG
    assert gezeigt.gegenstand == "RE-1"
    assert gezeigt.abhilfe
    assert codes(fall) == [code]
    plan = plan_fall(Sachstand(fall, STICHTAG))
    assert plan.schritte == ()
    assert any("Rechnung RE-1" in grund.text for grund in plan.gruende if grund.code == "AUSGEKLAMMERT")
    zwei, _ = build(FRAGEN[code], ZWEITE)
    plan = plan_fall(Sachstand(zwei, STICHTAG))
    assert [schritt.art for schritt in plan.schritte] == ["zahlungserinnerung"]
    assert [zeile.rechnung for zeile in plan.konto.forderungen] == ["RE-2"]


@pytest.mark.parametrize("code", FRAGEN)
def test_an_application_needs_a_release(code: str) -> None:
    fall, _ = build(FRAGEN[code])
    entwurf = derive_antrag(Sachstand(fall, STICHTAG))
    assert entwurf.antrag is None
    (fehlt,) = [befund for befund in entwurf.befunde if befund.schwere is Schwere.SPERRE]
    assert "trotz: [rechnungsfrage]" in fehlt.abhilfe
    freigabe = "antrag:\n  trotz: [rechnungsfrage]\n  grund: geprüft\n  freigegeben_von: K. Beispiel\n"
    frei, _ = build(FRAGEN[code], freigabe)
    entwurf = derive_antrag(Sachstand(frei, STICHTAG))
    assert entwurf.antrag is not None, entwurf.befunde
    assert "ANTRAG_TROTZ_RECHNUNGSFRAGE" in [befund.code for befund in entwurf.befunde]


@pytest.mark.parametrize("code", FRAGEN)
def test_near_limitation_nothing_holds_the_filing(code: str) -> None:
    """A claim of 2023 lapses at the end of 2026 (§§ 195, 199 BGB)."""
    fall, _ = build(FRAGEN[code].replace("2026-0", "2023-0"), jahr="2023")
    assert codes(fall) == [code]
    entwurf = derive_antrag(Sachstand(fall, STICHTAG))
    assert entwurf.antrag is not None, entwurf.befunde
    (warnung,) = [befund for befund in entwurf.befunde if befund.code == "ANTRAG_RECHNUNGSFRAGE"]
    assert "Wegen der Verjährung" in warnung.abhilfe
    assert plan_fall(Sachstand(fall, STICHTAG)).schritte == ()


@pytest.mark.parametrize("art", ["zahlungserinnerung", "mahnung-1", "hinweis"])
def test_a_letter_asked_for_by_itself_is_refused_with_the_question(art: str) -> None:
    fall, _ = build(LASTSCHRIFT)
    tag = dt.date(2026, 3, 10) if art == "hinweis" else STICHTAG
    with pytest.raises(Ablehnung) as gefangen:
        compute_gegenstand(Sachstand(fall, tag), find_art(art))
    assert gefangen.value.befund.code == "BRIEF_RECHNUNGSFRAGE"
    assert "RECHNUNG_LASTSCHRIFT" in gefangen.value.befund.abhilfe


GEKLAERT = {
    "RECHNUNG_LASTSCHRIFT": "zahlweg_geklaert: nicht_eingezogen",
    "RECHNUNG_ZAHLWEG": "zahlweg_geklaert: nicht_gezahlt",
    "RECHNUNG_KOPIE": "art_geklaert: forderung",
    "RECHNUNG_ZAHLUNGSEMPFAENGER": "empfaenger_geklaert: einziehung",
    "RECHNUNG_ART_FRAGE": "art_geklaert: forderung",
    "RECHNUNG_ABGETRETEN": "empfaenger_geklaert: rueckabtretung",
    "FAELLIG_VOR_RECHNUNG": "faellig_am: 31.03.2026",
    "RECHNUNG_KAEUFER_ABWEICHEND": "kaeufer_geklaert: erbe",
    "RECHNUNG_KAEUFER_ANSCHRIFT": "kaeufer_geklaert: verzogen",
}


@pytest.mark.parametrize("code", FRAGEN)
def test_its_key_settles_it(code: str) -> None:
    fall, befunde = build(FRAGEN[code], f"    {GEKLAERT[code]}\n")
    assert codes(fall) == []
    assert code not in {befund.code for befund in befunde}
    assert [schritt.art for schritt in plan_fall(Sachstand(fall, STICHTAG)).schritte] == [
        "zahlungserinnerung"
    ]
    assert derive_antrag(Sachstand(fall, STICHTAG)).antrag is not None


@pytest.mark.parametrize("code", FRAGEN)
def test_accepted_under_quittiert_it_is_settled_as_well(code: str) -> None:
    """Cases of the first edition were told to do so."""
    quittung = f"quittiert:\n  - {{code: {code}, rechnung: RE-1, grund: gesehen, von: K. Beispiel, am: 01.04.2026}}\n"
    fall, _ = build(FRAGEN[code], quittung)
    assert codes(fall) == []
    assert len(plan_fall(Sachstand(fall, STICHTAG)).schritte) == 1


KOSTEN = "kosten:\n  - {{am: {am}, art: {art}, betrag: '4,30'}}\n"
ZAHLUNG = "zahlungen:\n  - {{am: {am}, betrag: '119,00', zurueck_am: {zurueck}{auf}}}\n"


@pytest.mark.parametrize(
    ("xml", "zusatz", "offen"),
    [
        (LASTSCHRIFT, KOSTEN.format(am="05.04.2026", art="ruecklastschrift"), False),
        (KARTE, KOSTEN.format(am="05.04.2026", art="ruecklastschrift"), False),
        (LASTSCHRIFT, ZAHLUNG.format(am="31.03.2026", zurueck="08.04.2026", auf=""), False),
        (LASTSCHRIFT, ZAHLUNG.format(am="31.03.2026", zurueck="08.04.2026", auf=", auf: RE-1"), False),
        (LASTSCHRIFT, KOSTEN.format(am="05.04.2026", art="mahnkosten"), True),
        (LASTSCHRIFT, KOSTEN.format(am="05.02.2026", art="ruecklastschrift"), True),  # before the invoice
        (LASTSCHRIFT, KOSTEN.format(am="05.12.2026", art="ruecklastschrift"), True),  # after the Stichtag
        (LASTSCHRIFT, ZAHLUNG.format(am="31.03.2026", zurueck="08.12.2026", auf=""), True),
        (FACTOR, KOSTEN.format(am="05.04.2026", art="ruecklastschrift"), True),
    ],
)
def test_a_recorded_return_settles_a_debit_and_nothing_else(xml: str, zusatz: str, offen: bool) -> None:
    fall, _ = build(xml, zusatz)
    assert bool(codes(fall)) is offen


def test_a_return_on_another_invoice_settles_nothing() -> None:
    fall, _ = build(
        LASTSCHRIFT, ZWEITE + ZAHLUNG.format(am="31.03.2026", zurueck="08.04.2026", auf=", auf: RE-2")
    )
    assert codes(fall) == ["RECHNUNG_LASTSCHRIFT"]


def test_the_payee_who_is_the_creditor_is_no_question() -> None:
    name = "Möbelhaus Übersee GmbH"
    assert name in (FAELLE / "mahnakte.yaml").read_text(encoding="utf-8")
    fall, _ = build(FACTOR.replace("Fabelbank Factoring AG", "MOEBELHAUS UEBERSEE G.m.b.H."))
    assert codes(fall) == []


def test_an_assignment_in_the_case_answers_a_factored_invoice() -> None:
    abtretung = (
        "abtretung: {name: Altgläubiger AG, strasse: Weg 9, plz: 01067, ort: Dresden, am: 01.04.2026}\n"
    )
    assert codes(build(ABGETRETEN, abtretung)[0]) == []


@pytest.mark.parametrize(
    "zusatz",
    [
        "ereignisse:\n  - {am: 01.05.2026, art: unbekannt_verzogen, bis: 20.05.2026}\n",
        "",
    ],
)
def test_an_address_that_the_case_explains_is_no_question(zusatz: str) -> None:
    quelle = "" if zusatz else "    anschrift_quelle: Melderegister Leipzig\n"
    fall, _ = build(ANSCHRIFT, zusatz, schuldner_dazu=quelle)
    assert codes(fall) == []


@pytest.mark.parametrize(
    ("schluessel", "gruende"),
    [
        ("kaeufer_geklaert", typing.get_args(Kaeufergrund)),
        ("zahlweg_geklaert", typing.get_args(Zahlweggrund)),
        ("empfaenger_geklaert", typing.get_args(Empfaengergrund)),
    ],
)
def test_every_reason_is_taken_and_documented(schluessel: str, gruende: tuple[str, ...]) -> None:
    seite = (FAELLE.parent.parent / "docs/fall-yaml.md").read_text(encoding="utf-8")
    (zeile,) = [zeile for zeile in seite.splitlines() if zeile.startswith(f"| `{schluessel}` |")]
    for grund in gruende:
        build(UBL, f"    {schluessel}: {grund}\n")
        assert f"`{grund}`" in zeile
    for muster in MUSTER.values():
        if f"„{schluessel}:“ ergänzen: " in muster.abhilfe:
            assert all(grund in muster.abhilfe for grund in gruende)


# --- what is only said -----------------------------------------------------------------------------------


def test_an_invoice_later_than_the_stichtag_is_not_demanded() -> None:
    fall, befunde = build(UBL.replace("2026-03-01", "2026-12-05").replace("2026-03-31", "2026-12-15"))
    assert "RECHNUNG_NACH_STICHTAG" in {befund.code for befund in befunde}
    mahnbar = mahnbarer_fall(Sachstand(fall, STICHTAG))
    assert mahnbar.fall.forderungen == ()
    assert "erst am" in mahnbar.ausgeklammert[0].text


@pytest.mark.parametrize(
    ("faellig", "fern"), [("2062-03-31", True), ("2028-01-15", True), ("2027-02-28", False)]
)
def test_a_due_date_far_ahead_is_asked_about(faellig: str, fern: bool) -> None:
    _, befunde = build(UBL.replace("2026-03-31", faellig))
    assert ("FAELLIGKEIT_FERN" in {befund.code for befund in befunde}) is fern
    tag = dt.date.fromisoformat(faellig)
    _, befunde = build(UBL, f"    faellig_am: {tag:%d.%m.%Y}\n")
    assert ("FAELLIGKEIT_FERN" in {befund.code for befund in befunde}) is fern


def test_another_legal_form_is_named_and_holds_nothing() -> None:
    fall, befunde = build(UBL.replace("Beispiel GmbH", "Beispiel GmbH &amp; Co. KG"))
    assert "RECHNUNG_KAEUFER_RECHTSFORM" in {befund.code for befund in befunde}
    assert codes(fall) == []


ZEITRAUM = change(
    "<cbc:InvoiceTypeCode>",
    "<cac:InvoicePeriod><cbc:StartDate>2026-02-01</cbc:StartDate><cbc:EndDate>2026-02-28</cbc:EndDate>"
    "</cac:InvoicePeriod><cbc:InvoiceTypeCode>",
)


def test_the_period_of_service_is_the_time_of_the_claim() -> None:
    fall, _ = build(ZEITRAUM, kopf=KOPF.replace("    leistung_am: 20.02.2026\n", ""))
    (forderung,) = fall.forderungen
    assert (forderung.leistung_am, forderung.leistung_bis) == (dt.date(2026, 2, 1), dt.date(2026, 2, 28))


@pytest.mark.parametrize(
    ("tag", "widerspricht"), [("20.02.2026", False), ("28.02.2026", False), ("20.02.2025", True)]
)
def test_a_day_of_service_outside_of_the_period_is_named(tag: str, widerspricht: bool) -> None:
    _, befunde = build(ZEITRAUM, kopf=KOPF.replace("20.02.2026", tag))
    assert ("LEISTUNG_WIDERSPRUCH" in {befund.code for befund in befunde}) is widerspricht
