"""Putting a case together: which value counts where fall.yaml and the e-invoice differ (docs/fall-yaml.md)."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from fallbau import FAELLE
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.rechnung.modell import ERechnung, Leseergebnis, Rechnungspartei
from mahnakte.grund.befund import Befund, Schwere
from mahnakte.recht.rechtsstand import shipped_recht

E_RECHNUNG = ERechnung(
    format="UBL",
    profil=None,
    art="380",
    nummer="RE-2026-131",
    datum=dt.date(2026, 3, 1),
    faelligkeiten=(dt.date(2026, 3, 31),),
    zahlungstext=None,
    leistung_am=dt.date(2026, 2, 26),
    leistung_von=None,
    leistung_bis=None,
    waehrung="EUR",
    netto=Decimal("1000.00"),
    steuer=Decimal("190.00"),
    brutto=Decimal("1190.00"),
    vorausgezahlt=None,
    rundung=None,
    drittbetraege=None,
    zahlbetrag=Decimal("1190.00"),
    iban=(),
    verwendungszweck=(),
    vorrechnungen=(),
    verkaeufer=Rechnungspartei(),
    kaeufer=Rechnungspartei(),
)
GRUND = (FAELLE / "einfach.yaml").read_text(encoding="utf-8").split("rechnungen:")[0]
MIT_DATEI = GRUND + "rechnungen:\n  - datei: rechnungen/RE.xml\n"


def compose(rechnung_yaml: str, erechnung: ERechnung | None) -> tuple[Fall | None, tuple[Befund, ...]]:
    falldatei, befunde = read_falldatei((MIT_DATEI + rechnung_yaml).encode(), "fall.yaml")
    assert falldatei is not None, befunde
    einstellungen, _ = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert einstellungen is not None
    gelesen = {"rechnungen/RE.xml": Leseergebnis(erechnung, False, ())}
    return compose_fall(falldatei, einstellungen, shipped_recht(), gelesen)


def test_the_invoice_fills_what_the_yaml_leaves_out() -> None:
    fall, befunde = compose("", E_RECHNUNG)
    assert not befunde
    assert fall is not None
    forderung = fall.forderungen[0]
    assert (forderung.nummer, forderung.datum, forderung.betrag) == (
        "RE-2026-131",
        dt.date(2026, 3, 1),
        Decimal("1190.00"),
    )
    assert forderung.faellig_am == dt.date(2026, 3, 31)
    assert forderung.leistung_am == dt.date(2026, 2, 26)


@pytest.mark.parametrize(
    ("yaml", "code", "werte"),
    [
        ("    nummer: RE-2026-999\n", "NUMMER_WIDERSPRUCH", ("RE-2026-999", "RE-2026-131")),
        ("    datum: 02.03.2026\n", "DATUM_WIDERSPRUCH", ("02.03.2026", "01.03.2026")),
        ("    betrag: 1.000,00\n", "BETRAG_WIDERSPRUCH", ("1.000,00", "1.190,00")),
    ],
)
def test_a_contradiction_is_a_sperre_with_both_values(yaml: str, code: str, werte: tuple[str, str]) -> None:
    _, befunde = compose(yaml, E_RECHNUNG)
    (befund,) = befunde
    assert (befund.code, befund.schwere) == (code, "sperre")
    assert all(wert in befund.text for wert in werte)
    assert befund.gegenstand in ("RE-2026-131", "RE-2026-999")


@pytest.mark.parametrize(("gilt", "betrag"), [("fall", "1000.00"), ("rechnung", "1190.00")])
def test_a_person_decides_which_amount_counts(gilt: str, betrag: str) -> None:
    fall, befunde = compose(f"    betrag: 1.000,00\n    betrag_gilt: {gilt}\n", E_RECHNUNG)
    assert not befunde
    assert fall is not None
    assert fall.forderungen[0].betrag == Decimal(betrag)


def test_the_due_date_of_the_yaml_counts_and_the_difference_is_told() -> None:
    fall, (befund,) = compose("    faellig_am: 15.04.2026\n", E_RECHNUNG)
    assert fall is not None
    assert fall.forderungen[0].faellig_am == dt.date(2026, 4, 15)
    assert (befund.code, befund.schwere) == ("FAELLIGKEIT_WIDERSPRUCH", "hinweis")


def test_several_due_dates_are_not_chosen_from() -> None:
    raten = dataclasses.replace(E_RECHNUNG, faelligkeiten=(dt.date(2026, 3, 31), dt.date(2026, 4, 30)))
    fall, _ = compose("", raten)
    assert fall is not None
    assert fall.forderungen[0].faellig_am is None


def test_what_the_reader_found_is_passed_on_unless_the_yaml_settles_it() -> None:
    falldatei, _ = read_falldatei((MIT_DATEI + "    faellig_am: 31.03.2026\n").encode(), "fall.yaml")
    einstellungen, _ = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert falldatei is not None
    assert einstellungen is not None
    gefunden = (
        Befund("RECHNUNG_FAELLIGKEIT_FEHLT", Schwere.WARNUNG, "t"),
        Befund("ZAHLBETRAG_ABWEICHEND", Schwere.WARNUNG, "t"),
        Befund("ZAHLBETRAG_NICHT_POSITIV", Schwere.WARNUNG, "t"),
    )
    gelesen = {"rechnungen/RE.xml": Leseergebnis(E_RECHNUNG, False, gefunden)}
    _, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), gelesen)
    assert [(b.code, b.schwere) for b in befunde] == [
        ("ZAHLBETRAG_ABWEICHEND", "warnung"),
        ("ZAHLBETRAG_NICHT_POSITIV", "sperre"),
    ]


def test_without_data_the_yaml_must_say_everything() -> None:
    fall, befunde = compose("", None)
    assert fall is None
    assert {befund.code for befund in befunde} == {"RECHNUNG_UNVOLLSTAENDIG"}
    assert {wort for befund in befunde for wort in ("nummer", "datum", "betrag") if wort in befund.text} == {
        "nummer",
        "datum",
        "betrag",
    }


def test_an_unknown_creditor_is_named_with_the_nearest() -> None:
    text = (
        (FAELLE / "einfach.yaml")
        .read_text(encoding="utf-8")
        .replace("glaeubiger: moebelhaus", "glaeubiger: moebelhas")
    )
    falldatei, _ = read_falldatei(text.encode(), "fall.yaml")
    einstellungen, _ = read_einstellungen((FAELLE / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert falldatei is not None
    assert einstellungen is not None
    fall, (befund,) = compose_fall(falldatei, einstellungen, shipped_recht(), {})
    assert fall is None
    assert "moebelhaus" in befund.abhilfe
