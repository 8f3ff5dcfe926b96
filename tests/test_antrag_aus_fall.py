"""From the case to the application: complete and checked, or one list with the YAML lines to add."""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal
from typing import Literal

import pytest

from mahnakte.antrag.angabenblatt import list_abschnitte
from mahnakte.antrag.aus_fall.entwurf import Antragsentwurf, derive_antrag, derive_dateikopf
from mahnakte.antrag.auswahl import (
    Firmenart,
    Gegenleistung,
    Kontoinhaber,
    Nebenforderungsart,
    Vertretungsart,
    Zinsart,
)
from mahnakte.antrag.eda.verify import read_eda
from mahnakte.antrag.eda.write import write_eda
from mahnakte.antrag.modell import (
    Abtretung,
    AusgerechneteZinsen,
    Firma,
    Gericht,
    Katalogforderung,
    Mahnantrag,
    Nebenzins,
    SonstigerAnspruch,
    Vertreter,
    Zinsangabe,
)
from mahnakte.antrag.xml_form import write_xml
from mahnakte.antrag.xml_read import validate_xml
from mahnakte.fall.antragsangabe import Antragsangabe
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.grund.befund import Ablehnung
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

STICHTAG = dt.date(2026, 11, 16)
MAHNAKTE = (
    pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "faelle" / "mahnakte.yaml"
).read_text("utf-8")
FALL = """
aktenzeichen: 2026-0042
glaeubiger: moebelhaus
schuldner:
  - kennung: max
    art: person
    anrede: Herr
    vorname: Max
    name: Schuldner
    strasse: Bahnhofstr. 12
    plz: 04109
    ort: Leipzig
    land: SN
    verbraucher: ja
    streitgericht:
      art: amtsgericht
      plz: 04275
      ort: Leipzig
anspruch:
  katalog: 11
  gegenleistung: erbracht
rechnungen:
  - nummer: RE-2026-131
    datum: 01.03.2026
    betrag: 1.190,00
    leistung_am: 27.02.2026
    zugegangen_am: 04.03.2026
    faellig_am: 31.03.2026
    faelligkeit: vereinbart
"""


def _fall(*aenderungen: tuple[str, str], zusatz: str = "", mahnakte: str = MAHNAKTE) -> Fall:
    text = FALL
    for alt, neu in aenderungen:
        assert alt in text, alt
        text = text.replace(alt, neu, 1)
    falldatei, befunde = read_falldatei((text + zusatz).encode(), "/irgendwo/fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, befunde = read_einstellungen(mahnakte.encode(), "/irgendwo/mahnakte.yaml")
    assert einstellungen is not None, befunde
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {})
    assert fall is not None, befunde
    return fall


def _derive(fall: Fall) -> Antragsentwurf:
    return derive_antrag(Sachstand(fall, STICHTAG))


def _release(fall: Fall, art: Literal["bestritten", "mahnsperre", "verjaehrt"], grund: str) -> Fall:
    angabe = Antragsangabe(trotz=(art,), grund=grund, freigegeben_von="K. Beispiel")
    return dataclasses.replace(fall, antrag=angabe)


def _antrag(fall: Fall) -> Mahnantrag:
    entwurf = _derive(fall)
    assert entwurf.antrag is not None, [befund.text for befund in entwurf.befunde]
    return entwurf.antrag


def _codes(entwurf: Antragsentwurf) -> list[str]:
    return [befund.code for befund in entwurf.befunde]


def test_a_complete_case_gives_a_valid_application() -> None:
    antrag = _antrag(_fall())
    assert antrag.geschaeftszeichen == "2026-0042"
    assert antrag.mahngericht == Gericht("39418", "Staßfurt")
    assert antrag.erklaerungen.gegenleistung is Gegenleistung.ERBRACHT
    (forderung,) = antrag.hauptforderungen
    assert forderung.anspruch == Katalogforderung(11, grund="Rechnung", kennzeichen="RE-2026-131")
    assert (forderung.betrag, forderung.von) == (Decimal("1190.00"), dt.date(2026, 3, 1))
    # due on Tuesday 31 March 2026 by contract: default and interest from 1 April, 5 points (§ 288 (1))
    assert forderung.zinsen == (
        Zinsangabe(Decimal("5.000"), Zinsart.UEBER_BASIS, Decimal("1190.00"), ab=dt.date(2026, 4, 1)),
    )
    assert validate_xml(write_xml([antrag]), "antrag.xml") == ()
    quellen = {herkunft.angabe: herkunft.quelle for herkunft in antrag.herleitung}
    assert quellen["Hauptforderung RE-2026-131"] == "Angabe (fall.yaml, Zeile 23)"
    assert quellen["Antragsgegner 1"] == "fall.yaml, Zeile 5"
    assert "irgendwo" not in "".join(quellen.values())


def test_the_application_goes_into_an_eda_file_and_back() -> None:
    fall = _fall(mahnakte=MAHNAKTE + "eda:\n  teilnehmer: 12345678\n  kennung: ABC\n")
    antrag = _antrag(fall)
    kopf = derive_dateikopf(fall.einstellungen, 21, STICHTAG, "0.1")
    gelesen, befunde = read_eda(write_eda([antrag], kopf), "ABC021.EDA")
    assert befunde == ()
    assert gelesen is not None
    assert gelesen.dateikopf is not None
    assert gelesen.dateikopf.kennung == "ABC021"


def test_without_data_from_the_court_there_is_no_eda_file() -> None:
    with pytest.raises(Ablehnung, match="fehlen Kennziffer oder Kennung"):
        derive_dateikopf(_fall().einstellungen, 21, STICHTAG, "0.1")


FEHLEND = [
    ("  gegenleistung: erbracht\n", "", "Gegenleistung", "anspruch:\n    gegenleistung: erbracht"),
    ("    streitgericht:\n      art: amtsgericht\n      plz: 04275\n      ort: Leipzig\n", "", "Rechtsstreit",
     "streitgericht:        # bei schuldner, max\n    art: amtsgericht"),
    ("    vorname: Max\n", "", "Vorname", "vorname:   # bei schuldner, max"),
    ("  katalog: 11\n", "", "wofür das Geld verlangt wird", "anspruch:\n    katalog: 11"),
    ("  katalog: 11\n", "  katalog: 28\n", "Art des Vertrags", "vertragsart: KAUF"),
    ("  katalog: 11\n", "  katalog: 19\n", "Lage der Wohnung", "objekt:\n      strasse:"),
    ("    art: person\n    anrede: Herr\n    vorname: Max\n", "    art: gesellschaft\n    rechtsform: GmbH\n",
     "gesetzliche Vertreter", "vertreter:            # bei schuldner, max\n    - funktion: Geschäftsführer"),
    ("    art: person\n    anrede: Herr\n    vorname: Max\n",
     "    art: gesellschaft\n    vertreter:\n      - funktion: Vorstand\n        name: Erika Muster\n",
     "Rechtsform", "rechtsform:   # bei schuldner, max"),
]  # fmt: skip


@pytest.mark.parametrize(("alt", "neu", "text", "zeilen"), FEHLEND)
def test_what_is_missing_comes_with_the_lines_to_add(alt: str, neu: str, text: str, zeilen: str) -> None:
    entwurf = _derive(_fall((alt, neu)))
    assert entwurf.antrag is None
    treffer = [
        befund for befund in entwurf.befunde if befund.code == "ANTRAG_ANGABE_FEHLT" and text in befund.text
    ]
    assert len(treffer) == 1, [befund.text for befund in entwurf.befunde]
    assert treffer[0].abhilfe.startswith("In fall.yaml ergänzen:\n  ")
    assert zeilen in treffer[0].abhilfe


def test_everything_missing_is_listed_at_once() -> None:
    entwurf = _derive(_fall(*[(alt, "") for alt, _, _, _ in FEHLEND[:4]]))
    assert _codes(entwurf) == ["ANTRAG_ANGABE_FEHLT"] * 4


ABGELEHNT = [
    ("zahlungen:\n  - am: 02.05.2026\n    betrag: 2.000,00\n", "ANTRAG_BEZAHLT", "ausgeglichen"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: insolvenz\n", "ANTRAG_INSOLVENZ", "§§ 87, 89 InsO"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: insolvenz_angemeldet\n", "ANTRAG_INSOLVENZ", "Zur Insolvenztabelle angemeldet"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: verstorben\n", "ANTRAG_VERSTORBEN", "verstorben"),
    ("ereignisse:\n  - {am: 02.05.2026, art: verstorben, bis: 10.05.2026}\n", "ANTRAG_VERSTORBEN", "verstorben"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: unbekannt_verzogen\n", "ANTRAG_UNBEKANNT_VERZOGEN", "§ 688 Abs. 2 Nr. 3"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: betreuung\n", "ANTRAG_BETREUUNG", "§ 53 ZPO"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: antrag_eingereicht\n", "ANTRAG_BEI_GERICHT", "Einreichung des Mahnantrags am 02.05.2026"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: stundung\n    bis: 30.11.2026\n", "ANTRAG_GESTUNDET", "bis 30.11.2026"),
    ("ereignisse:\n  - am: 02.05.2026\n    art: ratenplan\n    raten:\n      - am: 01.12.2026\n        betrag: 100,00\n",
     "ANTRAG_RATENPLAN", "Ratenplan vom 02.05.2026"),
]  # fmt: skip


@pytest.mark.parametrize(("zusatz", "code", "text"), ABGELEHNT)
def test_grounds_that_forbid_an_application(zusatz: str, code: str, text: str) -> None:
    entwurf = _derive(_fall(zusatz=zusatz))
    assert entwurf.antrag is None
    assert text in next(befund.text for befund in entwurf.befunde if befund.code == code)


@pytest.mark.parametrize(
    ("ersetzt", "ereignis"),
    [
        ((), "{am: 02.04.2026, art: unbekannt_verzogen, bis: 10.04.2026}"),
        ((), "{am: 02.04.2026, art: betreuung, bis: 10.04.2026}"),
        ((), "{am: 02.04.2026, art: insolvenz, bis: 10.04.2026}"),
        ((("faellig_am:", "kaeufer_geklaert: erbe\n    faellig_am:"),), "{am: 02.04.2026, art: verstorben, bis: 10.04.2026}"),
    ],
)  # fmt: skip
def test_what_is_over_forbids_no_application(ersetzt: tuple[tuple[str, str], ...], ereignis: str) -> None:
    """The address is found, the proceedings are closed (§ 201 (1) InsO), the heir is the debtor (§ 1967 BGB)."""
    entwurf = _derive(_fall(*ersetzt, zusatz=f"ereignisse:\n  - {ereignis}\n"))
    assert entwurf.antrag is not None, entwurf.befunde


def test_after_a_rejection_a_new_application_is_free() -> None:
    """§ 691 ZPO."""
    verlauf = "ereignisse:\n  - am: 02.05.2026\n    art: antrag_eingereicht\n"
    zurueck = "  - am: 20.05.2026\n    art: antrag_zurueckgewiesen\n"
    assert _derive(_fall(zusatz=verlauf)).antrag is None
    assert _derive(_fall(zusatz=verlauf + zurueck)).antrag is not None


BESTRITTEN = "ereignisse:\n  - am: 02.05.2026\n    art: bestritten\n    grund: Mängel\n"
GESPERRT = "ereignisse:\n  - am: 02.05.2026\n    art: mahnsperre\n    bis: 30.11.2026\n    grund: Nachfrage\n"


POSTENFRAGE = "ereignisse:\n  - am: 02.05.2026\n    art: postenfrage\n    grund: nicht mehr in der Liste\n"
POSTENSPERRE = POSTENFRAGE.replace("postenfrage", "postensperre")


@pytest.mark.parametrize(
    ("zusatz", "art"),
    [(BESTRITTEN, "bestritten"), *((halt, "mahnsperre") for halt in (GESPERRT, POSTENFRAGE, POSTENSPERRE))],
)
def test_dispute_and_hold_need_a_release(zusatz: str, art: Literal["bestritten", "mahnsperre"]) -> None:
    fall = _fall(zusatz=zusatz)
    entwurf = _derive(fall)
    assert entwurf.antrag is None
    assert f"trotz: [{art}]" in entwurf.befunde[0].abhilfe
    frei = _derive(_release(fall, art, "Jahresende"))
    assert frei.antrag is not None
    assert f"ANTRAG_TROTZ_{art.upper()}" in _codes(frei)
    assert "Jahresende (K. Beispiel)" in frei.befunde[0].text


def test_a_release_counts_only_for_what_it_names() -> None:
    assert _derive(_release(_fall(zusatz=BESTRITTEN), "mahnsperre", "x")).antrag is None


ALT = [
    ("datum: 01.03.2026", "datum: 01.03.2022"), ("leistung_am: 27.02.2026", "leistung_am: 27.02.2022"),
    ("zugegangen_am: 04.03.2026", "zugegangen_am: 04.03.2022"), ("faellig_am: 31.03.2026", "faellig_am: 31.03.2022"),
]  # fmt: skip


def test_a_time_barred_claim_needs_a_release() -> None:
    """§§ 195, 199: a claim of 2022 lapsed with the end of 2025."""
    entwurf = _derive(_fall(*ALT))
    assert entwurf.antrag is None
    assert "seit dem 31.12.2025 verjährt" in entwurf.befunde[0].text
    assert "trotz: [verjaehrt]" in entwurf.befunde[0].abhilfe
    assert _derive(_release(_fall(*ALT), "verjaehrt", "Versuch")).antrag is not None


def test_limitation_is_that_of_the_clock_of_the_claim() -> None:
    """What `mahnakte fristen` counts bars no application: a waiver (§ 202), the agreed due date (§ 199 (1) no. 1)."""
    verzicht = "ereignisse:\n  - {am: 01.12.2025, art: verjaehrungsverzicht, bis: 31.12.2026}\n"
    assert _derive(_fall(*ALT, zusatz=verzicht)).antrag is not None
    vereinbart = [*ALT[:3], ("faellig_am: 31.03.2026", "faellig_am: 31.03.2023")]
    assert _derive(_fall(*vereinbart)).antrag is not None


def test_a_claim_that_has_perhaps_lapsed_says_which_fact_is_missing() -> None:
    """Without the day of the service the earliest day counts; the question is what a person answers first."""
    ohne = [ALT[0], ("    leistung_am: 27.02.2026\n", ""), *ALT[2:], ("vereinbart", "gesetzlich")]
    entwurf = _derive(_fall(*ohne))
    assert entwurf.antrag is None
    assert "vielleicht" in entwurf.befunde[0].text
    assert "leistung_am" in entwurf.befunde[0].text


def test_an_acknowledgement_keeps_the_claim_alive() -> None:
    """§ 212 (1) no. 1: three years anew from 11 June 2024."""
    anerkannt = "ereignisse:\n  - am: 10.06.2024\n    art: anerkenntnis\n"
    assert _derive(_fall(*ALT, zusatz=anerkannt)).antrag is not None


def test_without_default_interest_runs_from_service_and_default_costs_stay_out() -> None:
    fall = _fall(
        ("faelligkeit: vereinbart", "faelligkeit: unbestimmt"),
        zusatz="ereignisse:\n  - am: 02.05.2026\n    art: mahnung_versandt\n    stufe: mahnung-1\n"
        "kosten:\n  - am: 20.05.2026\n    art: mahnkosten\n    betrag: 2,50\n",
    )
    entwurf = _derive(fall)
    assert entwurf.antrag is not None
    assert entwurf.antrag.hauptforderungen[0].zinsen[0].ab is None
    assert entwurf.antrag.nebenforderungen == ()
    assert {"ANTRAG_OHNE_VERZUG", "ANTRAG_KOSTEN_OHNE_VERZUG"} <= set(_codes(entwurf))


def test_a_payment_on_interest_makes_the_rest_computed_interest() -> None:
    """250,00 on 2 May 2026: first interest (1 April to 1 May), the rest on principal (§ 367 (1))."""
    fall = _fall(zusatz="zahlungen:\n  - am: 02.05.2026\n    betrag: 250,00\n")
    konto = compute_konto(Sachstand(fall, STICHTAG))
    antrag = _antrag(fall)
    (forderung,) = antrag.hauptforderungen
    stand = konto.forderungen[0]
    # 31 days at 6.27 % on 1.190,00 = 6.34 go to interest, 243.66 to principal
    assert forderung.betrag == stand.offen == Decimal("946.34")
    assert forderung.zinsen[0].ab == dt.date(2026, 11, 17)
    assert forderung.zinsen[0].betrag == Decimal("946.34")
    # 2 May to 30 June: 60 days at 6.27 %, 1 July to 16 November: 139 days at 6.52 %
    erwartet = Decimal("9.75") + Decimal("23.50")
    assert antrag.ausgerechnete_zinsen == (AusgerechneteZinsen(erwartet, dt.date(2026, 4, 1), STICHTAG),)


def test_costs_become_ancillary_claims_one_of_each_kind() -> None:
    kosten = """
kosten:
  - am: 20.05.2026
    art: mahnkosten
    betrag: 2,50
  - am: 20.06.2026
    art: mahnkosten
    betrag: 1,50
  - am: 21.06.2026
    art: ruecklastschrift
    betrag: 4,30
  - am: 22.06.2026
    art: gericht
    betrag: 38,00
"""
    entwurf = _derive(_fall(zusatz=kosten))
    assert entwurf.antrag is not None
    assert [(neben.art, neben.betrag) for neben in entwurf.antrag.nebenforderungen] == [
        (Nebenforderungsart.MAHNKOSTEN, Decimal("4.00")),
        (Nebenforderungsart.BANKRUECKLAST, Decimal("4.30")),
    ]
    assert "ANTRAG_KOSTEN_AUSSEN" in _codes(entwurf)
    assert "C31" in entwurf.eda_hindernisse[0].text


def test_the_chain_of_a_limited_partnership() -> None:
    kg = """    art: gesellschaft
    rechtsform: GmbH & Co. KG
    vertreter:
      - funktion: persönlich haftende Gesellschafterin
        name: Muster Verwaltungs GmbH
        rechtsform: GmbH
        vertreter:
          - funktion: Geschäftsführer
            name: Max Muster
"""
    alt = "    art: person\n    anrede: Herr\n    vorname: Max\n"
    antrag = _antrag(_fall((alt, kg), ("    name: Schuldner", "    name: Schuldner Handel GmbH & Co. KG")))
    gegner = antrag.antragsgegner[0]
    assert gegner.bezeichnung == Firma(
        Firmenart.SONSTIGE, "GmbH & Co KG", ("Schuldner Handel GmbH & Co. KG",)
    )
    assert gegner.vertreter == (
        Vertreter(gesellschaft="Muster Verwaltungs GmbH"),
        Vertreter(funktion="Geschäftsführer", name="Max Muster"),
    )


def test_long_names_break_between_words_and_are_never_cut() -> None:
    lang = "    name: " + "Gesellschaft für Möbel und Einrichtungen aus aller Welt in Leipzig"
    firma = "    art: einzelfirma\n"
    alt = "    art: person\n    anrede: Herr\n    vorname: Max\n"
    antrag = _antrag(_fall((alt, firma), ("    name: Schuldner", lang)))
    wer = antrag.antragsgegner[0].bezeichnung
    assert isinstance(wer, Firma)
    assert " ".join(wer.name) == lang.strip().removeprefix("name: ")
    zu_lang = _derive(_fall((alt, firma), ("    name: Schuldner", "    name: " + "Möbel und mehr " * 12)))
    assert "ANTRAG_ZU_LANG" in _codes(zu_lang)


def test_foreign_letters_come_with_a_proposal_and_dashes_become_plain() -> None:
    entwurf = _derive(_fall(("vorname: Max", "vorname: Łukasz")))
    befund = next(befund for befund in entwurf.befunde if befund.code == "ANTRAG_ZEICHEN")
    assert befund.abhilfe == "Vorschlag: „Lukasz“."
    assert befund.stelle is not None
    antrag = _antrag(_fall(("Bahnhofstr. 12", "Bahnhofstr. 12–14")))
    assert antrag.antragsgegner[0].anschrift.strasse == "Bahnhofstr. 12-14"


def test_a_free_text_claim_names_its_invoice() -> None:
    antrag = _antrag(
        _fall(("  katalog: 11\n", "  sonstiger: Vertragsstrafe aus dem Vertrag vom 2. Januar 2026\n"))
    )
    assert antrag.hauptforderungen[0].anspruch == SonstigerAnspruch(
        "Vertragsstrafe aus dem Vertrag vom 2. Januar 2026, Rechnung RE-2026-131 vom 01.03.2026"
    )


def test_a_claim_not_yet_due_stays_out_and_is_named() -> None:
    spaeter = """  - nummer: RE-2026-200
    datum: 01.11.2026
    betrag: 50,00
    leistung_am: 01.11.2026
    faellig_am: 30.11.2026
    faelligkeit: vereinbart
"""
    entwurf = _derive(_fall(zusatz=spaeter))
    assert entwurf.antrag is not None
    assert len(entwurf.antrag.hauptforderungen) == 1
    assert "erst am 30.11.2026 fällig" in next(
        b.text for b in entwurf.befunde if b.code == "ANTRAG_NICHT_FAELLIG"
    )


def test_the_wrong_kind_of_court_is_refused_by_the_rules() -> None:
    entwurf = _derive(_fall(("betrag: 1.190,00", "betrag: 11.190,00")))
    assert entwurf.antrag is None
    assert "STREITGERICHT_ART" in _codes(entwurf)


def test_nrw_needs_the_district_of_the_higher_regional_court() -> None:
    entwurf = _derive(_fall(mahnakte=MAHNAKTE.replace("land: SN", "land: NW")))
    assert entwurf.antrag is None
    assert "MAHNGERICHT_OLG" in _codes(entwurf)


ANWALT = MAHNAKTE.replace("rolle: glaeubiger", "rolle: anwalt")
MANDAT = "antrag:\n  beauftragt_am: 01.08.2026\n"


def test_a_lawyer_is_asked_for_the_data_of_the_mandate() -> None:
    entwurf = _derive(_fall(mahnakte=ANWALT))
    assert entwurf.antrag is None
    abhilfen = "\n".join(befund.abhilfe for befund in entwurf.befunde)
    assert "In fall.yaml ergänzen:\n  antrag:\n    beauftragt_am:" in abhilfen
    assert "In mahnakte.yaml ergänzen:\n  bevollmaechtigter:\n    kennziffer:" in abhilfen


def test_a_lawyer_by_number_is_not_named_again() -> None:
    antrag = _antrag(_fall(mahnakte=ANWALT + "bevollmaechtigter:\n  kennziffer: 07612345\n", zusatz=MANDAT))
    wer = antrag.bevollmaechtigter
    assert wer is not None
    assert (wer.kennziffer, wer.bezeichnung, wer.anschrift) == ("07612345", "", None)
    assert (wer.beauftragt_am, wer.vorsteuerabzug) == (dt.date(2026, 8, 1), True)
    # the sender's account is now that of the representative (EDA C11)
    assert antrag.bankverbindung is not None
    assert antrag.bankverbindung.inhaber is Kontoinhaber.BEVOLLMAECHTIGTER


def test_an_agency_without_number_comes_with_name_and_officer() -> None:
    inkasso = MAHNAKTE.replace("rolle: glaeubiger", "rolle: inkasso") + (
        "bevollmaechtigter:\n  rechtsform: GmbH\n  vertreter:\n    funktion: Geschäftsführer\n    name: Max Muster\n"
    )
    wer = _antrag(_fall(mahnakte=inkasso, zusatz=MANDAT)).bevollmaechtigter
    assert wer is not None
    assert wer.art is Vertretungsart.INKASSODIENSTLEISTER
    assert (wer.rechtsform, wer.bezeichnung) == ("GmbH", "Möbelhaus Übersee GmbH")
    assert wer.vertreter == Vertreter(funktion="Geschäftsführer", name="Max Muster")


def test_the_fee_before_court_must_be_set_off() -> None:
    """§ 15a (3) RVG: half of Nr. 2300, here of 0.9 × 134.50 = 121.05 (with Nr. 7002: 141.05)."""
    anwalt = ANWALT + "bevollmaechtigter:\n  kennziffer: 07612345\n"
    kosten = "kosten:\n  - am: 20.08.2026\n    art: rvg-2300\n    betrag: 141,05\n"
    ohne = _derive(_fall(mahnakte=anwalt, zusatz=MANDAT + kosten))
    assert ohne.antrag is None
    assert "anrechnung:" in ohne.befunde[0].abhilfe
    mit = _antrag(_fall(mahnakte=anwalt, zusatz=MANDAT + "  anrechnung: 60,53\n" + kosten))
    assert mit.bevollmaechtigter is not None
    assert mit.bevollmaechtigter.anrechnung == Decimal("60.53")


@pytest.mark.parametrize(
    ("nummer", "kennzeichen", "fehlt"),
    [(36, "DE02500105170137075030", "Kontonummer"), (42, "Zähler 4711", "Kunden- oder Zählernummer")],
)
def test_some_claims_carry_another_number_than_the_invoice(nummer: int, kennzeichen: str, fehlt: str) -> None:
    entwurf = _derive(_fall(("  katalog: 11\n", f"  katalog: {nummer}\n")))
    assert entwurf.antrag is None
    befund = next(befund for befund in entwurf.befunde if fehlt in befund.text)
    assert "kennzeichen:" in befund.abhilfe
    antrag = _antrag(_fall(("  katalog: 11\n", f"  katalog: {nummer}\n  kennzeichen: {kennzeichen}\n")))
    assert antrag.hauptforderungen[0].anspruch == Katalogforderung(
        nummer, grund="Rechnung", kennzeichen=kennzeichen
    )
    assert "fall.yaml" in list(list_abschnitte(antrag))[3].woher


def test_an_assigned_claim_names_the_old_creditor() -> None:
    abtretung = (
        "abtretung:\n  am: 10.04.2026\n  name: Altmöbel AG\n  strasse: Weg 1\n  plz: 10115\n  ort: Berlin\n"
    )
    antrag = _antrag(_fall(zusatz=abtretung))
    assert antrag.hauptforderungen[0].abtretung == Abtretung(
        dt.date(2026, 4, 10), "Altmöbel AG", "10115", "Berlin"
    )
    kopf = derive_dateikopf(
        _fall(mahnakte=MAHNAKTE + "eda:\n  teilnehmer: 12345678\n  kennung: ABC\n").einstellungen,
        1,
        STICHTAG,
        "1",
    )
    assert "01ABT  00260410Altmöbel AG" in write_eda([antrag], kopf).decode("cp850")


NEBENZINS = """
kosten:
  - am: 20.05.2026
    art: mahnkosten
    betrag: 2,50
    zinsen:
      punkte: 5
      ab: 01.06.2026
"""


def test_interest_on_costs_goes_with_the_ancillary_claim() -> None:
    antrag = _antrag(_fall(zusatz=NEBENZINS))
    (neben,) = antrag.nebenforderungen
    assert neben.zins == Nebenzins(Decimal(5), Zinsart.UEBER_BASIS, dt.date(2026, 6, 1))
    kopf = derive_dateikopf(
        _fall(mahnakte=MAHNAKTE + "eda:\n  teilnehmer: 12345678\n  kennung: ABC\n").einstellungen,
        1,
        STICHTAG,
        "1",
    )
    # formate.md D.4, C29: amount 7, then rate 5 (3 decimals), mark, from
    assert "01MAHNK00000025005000B260601" in write_eda([antrag], kopf).decode("cp850")


def test_different_interest_on_costs_of_one_kind_stays_out_and_is_named() -> None:
    zweite = "  - am: 21.05.2026\n    art: mahnkosten\n    betrag: 2,50\n"
    entwurf = _derive(_fall(zusatz=NEBENZINS + zweite))
    assert entwurf.antrag is not None
    assert entwurf.antrag.nebenforderungen[0].zins is None
    assert "ANTRAG_NEBENZINS" in _codes(entwurf)
