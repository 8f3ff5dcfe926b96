"""The entry sheet and the view of EDA files: every value of the application, the court's costs, one page."""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal
from typing import Any

import pytest

from mahnakte.antrag import auswahl, modell, xml_read
from mahnakte.antrag.angabenblatt import ANGABENBLATT, VORLAGE, eda_werte, list_abschnitte
from mahnakte.antrag.eda.view import view_eda
from mahnakte.antrag.eda.write import write_eda
from mahnakte.antrag.eingabeblatt import Vorversion, eingabeblatt_werte
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten, compute_vertretungskosten
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.satz.druck import Vorlage, load_vorlage, set_letter

RECHT = shipped_recht()

STICHTAG = dt.date(2026, 11, 16)


@pytest.fixture
def antrag(fixtures: pathlib.Path) -> modell.Mahnantrag:
    gelesen, _ = xml_read.read_xml((fixtures / "antrag" / "grundfall.xml").read_bytes(), "grundfall.xml")
    assert gelesen is not None
    return gelesen.antraege[0]


def _texts(werte: dict[str, Any]) -> str:
    return "\n".join(
        f"{abschnitt['titel']}: {zeile['feld']} = {zeile['wert']}"
        for abschnitt in werte["abschnitte"]
        for zeile in abschnitt["zeilen"]
    )


def test_the_sheet_holds_every_value_in_the_order_of_entry(antrag: modell.Mahnantrag) -> None:
    werte = eingabeblatt_werte(RECHT, antrag, STICHTAG)
    assert [abschnitt["titel"] for abschnitt in werte["abschnitte"]] == [
        "Gericht und Verfahren", "Antragsteller", "Bankverbindung", "Antragsgegner 1", "Hauptforderung RE-2026-117",
        "Hauptforderung RE-2026-131", "Auslagen und Nebenforderungen", "Erklärungen",
        "Summen (ohne laufende Zinsen und Gerichtskosten)", "Das setzt das Gericht selbst hinzu (nicht eingeben)",
        "Geprüft und zur Einreichung freigegeben",
    ]  # fmt: skip
    text = _texts(werte)
    for wert in (
        "39418 Staßfurt", "GmbH", "Möbelhaus Übersee GmbH", "Industriestr. 7", "Geschäftsführerin Erika Muster",
        "DE02120300000000202051", "Herr", "Max", "Schuldner", "Amtsgericht, 04275 Leipzig", "11 (Kaufvertrag)",
        "RE-2026-117", "03.02.2026", "1.440,00\u00a0€",
        "jährlich 5 Prozentpunkte über dem Basiszinssatz aus 1.440,00\u00a0€ ab 04.03.2026", "0,95\u00a0€", "2,50\u00a0€",
    ):  # fmt: skip
        assert wert in text, wert


def test_the_sections_stand_in_the_order_of_the_courts_records(antrag: modell.Mahnantrag) -> None:
    """formate.md D.4: KS, AS, ASPV, BANK, AG, ZIAUS, ASPK, AUSL, MAHNK."""
    zinsen = (modell.AusgerechneteZinsen(Decimal("12.00"), dt.date(2026, 3, 1), dt.date(2026, 4, 1)),)
    titel = [a.titel for a in list_abschnitte(dataclasses.replace(antrag, ausgerechnete_zinsen=zinsen))]
    assert titel == sorted(titel, key=[
        "Gericht und Verfahren", "Antragsteller", "Bankverbindung", "Antragsgegner 1", "Ausgerechnete Zinsen",
        "Hauptforderung RE-2026-117", "Hauptforderung RE-2026-131", "Auslagen und Nebenforderungen", "Erklärungen",
    ].index)  # fmt: skip


def test_the_sums_are_those_of_the_lines(antrag: modell.Mahnantrag) -> None:
    """1.440,00 and 1.190,00 claims, 0,95 outlay, 2,50 reminders."""
    summen = next(
        a
        for a in eingabeblatt_werte(RECHT, antrag, STICHTAG)["abschnitte"]
        if a["titel"].startswith("Summen")
    )
    assert [(z["feld"], z["wert"]) for z in summen["zeilen"]] == [
        ("Hauptforderungen", "2.630,00\u00a0€"), ("Auslagen", "0,95\u00a0€"), ("Nebenforderungen", "2,50\u00a0€"),
        ("zusammen", "2.633,45\u00a0€"),
    ]  # fmt: skip


def test_what_changed_since_the_last_version_stands_first(antrag: modell.Mahnantrag) -> None:
    umgezogen = dataclasses.replace(
        antrag.antragsgegner[0], anschrift=modell.Anschrift("Neuer Weg 1", "04275", "Leipzig")
    )
    neu = dataclasses.replace(
        antrag, antragsgegner=(umgezogen,), hauptforderungen=antrag.hauptforderungen[:1]
    )
    erster = eingabeblatt_werte(RECHT, neu, STICHTAG, Vorversion(3, dt.date(2026, 5, 4), antrag))[
        "abschnitte"
    ][0]
    assert erster["titel"] == "Geändert seit Vorgang 0003 vom 04.05.2026"
    zeilen = {zeile["feld"]: zeile["wert"] for zeile in erster["zeilen"]}
    assert "jetzt „Neuer Weg 1“; bisher" in zeilen["Antragsgegner 1: Straße und Hausnummer"]
    assert zeilen["Hauptforderung RE-2026-131: Betrag"] == "jetzt ohne Angabe; bisher „1.190,00\u00a0€“"
    assert "Antragsteller: Rechtsform" not in zeilen
    gleich = eingabeblatt_werte(RECHT, antrag, STICHTAG, Vorversion(3, dt.date(2026, 5, 4), antrag))[
        "abschnitte"
    ][0]
    assert [zeile["wert"] for zeile in gleich["zeilen"]] == ["unverändert"]


def test_the_costs_of_the_court_are_derived(antrag: modell.Mahnantrag) -> None:
    """2.630,00 € lies in the bracket up to 3.000: fee 125.50, half of it 62.75 (KV 1100, table of 2025)."""
    kosten = compute_gerichtskosten(RECHT, antrag, STICHTAG)
    assert kosten.summe == Decimal("62.75")
    letzter = eingabeblatt_werte(RECHT, antrag, STICHTAG)["abschnitte"][-2]["zeilen"]
    assert letzter[0] == {"feld": "Streitwert (Hauptforderungen, § 4 ZPO)", "wert": "2.630,00\u00a0€"}
    assert letzter[-1] == {"feld": "zusammen", "wert": "62,75\u00a0€"}


def test_a_lawyer_adds_his_fee_less_what_is_set_off(antrag: modell.Mahnantrag) -> None:
    """Nr. 3305 on 2.630 €: 235.50; Nr. 7002: 20.00; set off 100.00; with VAT 19 % on 155.50 = 29.55."""
    wer = modell.Prozessbevollmaechtigter(
        "07774512", beauftragt_am=dt.date(2026, 8, 1), anrechnung=Decimal("100.00"), vorsteuerabzug=False
    )
    kosten = compute_vertretungskosten(RECHT, dataclasses.replace(antrag, bevollmaechtigter=wer))
    assert kosten is not None
    assert kosten.summe == Decimal("185.05")
    verzicht = dataclasses.replace(wer, verguetung=Decimal("0.00"))
    kosten = compute_vertretungskosten(RECHT, dataclasses.replace(antrag, bevollmaechtigter=verzicht))
    assert kosten is not None
    assert kosten.summe == 0


def test_without_a_representative_there_is_no_fee(antrag: modell.Mahnantrag) -> None:
    assert compute_vertretungskosten(RECHT, antrag) is None
    privat = modell.Prozessbevollmaechtigter(
        art=auswahl.Vertretungsart.HERR_FRAU, bezeichnung="Erika Muster", beauftragt_am=dt.date(2026, 8, 1)
    )
    assert compute_vertretungskosten(RECHT, dataclasses.replace(antrag, bevollmaechtigter=privat)) is None


def test_the_sources_stand_beside_their_values(antrag: modell.Mahnantrag) -> None:
    herkunft = (
        modell.Herkunft("Antragsgegner 1", "Max Schuldner", "fall.yaml, Zeile 5"),
        modell.Herkunft("Hauptforderung RE-2026-117", "1.440,00 €", "rechnungen/RE-2026-117.pdf"),
    )
    abschnitte = {
        abschnitt.titel: abschnitt.woher
        for abschnitt in list_abschnitte(dataclasses.replace(antrag, herleitung=herkunft))
    }
    assert abschnitte["Antragsgegner 1"] == "fall.yaml, Zeile 5"
    assert abschnitte["Hauptforderung RE-2026-117"] == "rechnungen/RE-2026-117.pdf"
    assert abschnitte["Antragsteller"] == ""


def _load(werkstatt: WorkerPool) -> Vorlage:
    vorlage = load_vorlage(werkstatt, read_beigabe("templates", f"blaetter/{VORLAGE}"), VORLAGE, ANGABENBLATT)
    assert isinstance(vorlage, Vorlage), vorlage
    assert vorlage.hinweise == ()
    return vorlage


def test_the_sheet_is_set_on_one_page(werkstatt: WorkerPool, antrag: modell.Mahnantrag) -> None:
    satz = set_letter(werkstatt, _load(werkstatt), eingabeblatt_werte(RECHT, antrag, STICHTAG), {}, STICHTAG)
    assert satz.pdf.startswith(b"%PDF")
    assert len(satz.druckbild.seiten) <= 2
    text = "\n".join(satz.druckbild.seiten)
    assert "Eingabeblatt zum Mahnantrag 2026-0042" in text
    assert "Möbelhaus Übersee GmbH" in text


def test_the_view_of_an_eda_file_is_set(werkstatt: WorkerPool, antrag: modell.Mahnantrag) -> None:
    kopf = modell.Dateikopf("12345678", "ABC021", STICHTAG)
    saetze, _ = view_eda(write_eda([antrag], kopf), "ABC021.EDA")
    satz = set_letter(werkstatt, _load(werkstatt), eda_werte(saetze, "ABC021.EDA"), {}, STICHTAG)
    text = "\n".join(satz.druckbild.seiten)
    assert "EDA-Datei ABC021.EDA" in text
    assert "16. Dateischluss" in text
