"""Fees: tables against the published brackets, the vectors by number, crediting, input tax, lump sum."""

import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.gebuehren import (
    Inkassofall,
    Kostenzeile,
    Verfahrensgebuehr,
    compute_angelegenheit,
    gerichtskosten_mahnverfahren,
    geschaeftsgebuehr,
    geschaeftsgebuehr_nach_umfang,
    inkassokosten,
    verfahrensgebuehr,
)
from mahnakte.recht.gebuehrentabelle import Gebuehrengesetz, compute_gebuehr, find_tabelle
from mahnakte.recht.rechtsstand import shipped_recht
from vektorbau import read_tabelle, read_vektoren

RECHT = shipped_recht()

NEU, ALT = dt.date(2025, 6, 1), dt.date(2025, 5, 31)
RVG, GKG = Gebuehrengesetz.RVG, Gebuehrengesetz.GKG
EINS = Decimal(1)


def fee(gesetz: Gebuehrengesetz, wert: str, am: dt.date) -> Decimal:
    return compute_gebuehr(RECHT, gesetz, Decimal(wert), EINS, am).betrag


# --- fixtures/vektoren/gebuehren.yaml: the expected sums stand here as in the file ---------------------------------------


@pytest.mark.parametrize(
    ("vektor", "gesetz", "am", "wert", "gebuehr"),
    [
        ("F01", RVG, NEU, "500", "51.50"),
        ("F03", RVG, NEU, "1000", "93.00"),
        ("F05", RVG, NEU, "2000", "176.00"),
        ("F07", RVG, NEU, "5000", "354.50"),
        ("F09", RVG, NEU, "10000.01", "707.00"),
        ("F11", RVG, NEU, "25000.01", "1013.00"),
        ("F13", RVG, NEU, "50000.01", "1456.50"),
        ("F15", RVG, NEU, "200000.01", "2492.00"),
        ("F17", RVG, NEU, "550000", "3927.00"),
        ("F19", GKG, NEU, "1000", "61.00"),
        ("F21", GKG, NEU, "5000", "170.50"),
        ("F23", GKG, NEU, "25000", "435.50"),
        ("F25", GKG, NEU, "200000", "2038.00"),
        ("F27", GKG, NEU, "500000.01", "4348.00"),
        ("F29", RVG, ALT, "1000", "88.00"),
        ("F31", RVG, ALT, "10000", "614.00"),
        ("F33", GKG, ALT, "500", "38.00"),
        ("F35", GKG, ALT, "5000", "161.00"),
        ("F37", GKG, ALT, "500000", "3901.00"),
    ],
)
def test_einfache_gebuehr(vektor: str, gesetz: Gebuehrengesetz, am: dt.date, wert: str, gebuehr: str) -> None:
    assert fee(gesetz, wert, am) == Decimal(gebuehr), vektor


@pytest.mark.parametrize(
    ("vektor", "am", "wert", "gebuehr"),
    [
        ("F39 Mindestbetrag 38,00", NEU, "1000", "38.00"),
        ("F41", NEU, "1500.01", "51.50"),
        ("F43", NEU, "10000", "141.50"),
        ("F45 Mindestbetrag 36,00 bis 31.05.2025", ALT, "1000", "36.00"),
    ],
)
def test_gerichtskosten_des_mahnbescheids(vektor: str, am: dt.date, wert: str, gebuehr: str) -> None:
    kosten = gerichtskosten_mahnverfahren(RECHT, Decimal(wert), am)
    assert kosten.summe == Decimal(gebuehr), vektor
    assert ("mindestens" in kosten.zeilen[0].text) is (Decimal(wert) <= 1000)


@pytest.mark.parametrize(
    ("vektor", "fall", "wert", "vorsteuerabzug", "zeilen", "summe"),
    [
        ("F47 § 13 Abs. 2 bis 50 Euro", Inkassofall.EINFACH, "50", False, ["15.75", "3.15", "3.59"], "22.49"),
        ("F49 mit Vorsteuerabzug", Inkassofall.EINFACH, "500", True, ["25.75", "5.15"], "30.90"),
        ("F51", Inkassofall.UNBESTRITTEN, "120", False, ["46.35", "9.27", "10.57"], "66.19"),
        ("F53 Pauschale höchstens 20", Inkassofall.UNBESTRITTEN, "5000", True, ["319.05", "20.00"], "339.05"),
    ],
)
def test_geschaeftsgebuehr(
    vektor: str, fall: Inkassofall, wert: str, vorsteuerabzug: bool, zeilen: list[str], summe: str
) -> None:
    kosten = compute_angelegenheit(
        RECHT, [geschaeftsgebuehr(RECHT, Decimal(wert), NEU, fall)], vorsteuerabzug
    )
    assert [zeile.betrag for zeile in kosten.zeilen] == [Decimal(betrag) for betrag in zeilen], vektor
    assert kosten.summe == Decimal(summe)
    assert inkassokosten(RECHT, Decimal(wert), NEU, fall, vorsteuerabzug).summe == kosten.summe  # § 13e RDG


def test_f55_mahnbescheid_3305() -> None:
    antrag = verfahrensgebuehr(RECHT, Verfahrensgebuehr.MAHNBESCHEID, Decimal(1000), NEU)
    assert compute_angelegenheit(RECHT, [antrag], vorsteuerabzug=True).summe == Decimal("111.60")


def test_f57_vollstreckungsbescheid_3308_in_derselben_angelegenheit() -> None:
    mb = verfahrensgebuehr(RECHT, Verfahrensgebuehr.MAHNBESCHEID, Decimal(5000), NEU)
    vb = verfahrensgebuehr(RECHT, Verfahrensgebuehr.VOLLSTRECKUNGSBESCHEID, Decimal(5000), NEU)
    assert vb.gebuehr.betrag == Decimal("177.25")
    beide = compute_angelegenheit(RECHT, [mb, vb], vorsteuerabzug=True)
    assert [zeile.betrag for zeile in beide.zeilen] == [
        Decimal("354.50"),
        Decimal("177.25"),
        Decimal("20.00"),
    ]


def test_kein_vektor_fehlt() -> None:
    """Jede Nummer der Datei kommt oben vor, mit demselben Ergebnis.

    Ausgenommen ist, was noch kein Raum verlangt und es deshalb im Recht nicht gibt: die Anrechnung nach Vorbem. 3
    Abs. 4 VV RVG (F59: 51.15, F61: 194.97) und die Einigungsgebühr (F63: 94.15).
    """
    quelltext = pathlib.Path(__file__).read_text(encoding="utf-8").lower()
    for nummer, zeile in read_vektoren("gebuehren").items():
        assert nummer.lower() in quelltext
        assert zeile["betrag"] in quelltext


# --- tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gesetz", "jahr", "am"), [(RVG, 2021, ALT), (RVG, 2025, NEU), (GKG, 2021, ALT), (GKG, 2025, NEU)]
)
def test_tabelle_gleicht_der_verkuendeten(gesetz: Gebuehrengesetz, jahr: int, am: dt.date) -> None:
    verkuendet = read_tabelle("gebuehrentabellen")[f"{gesetz.value}_{jahr}"]
    tabelle = find_tabelle(gesetz, am)
    assert list(zip(tabelle.grenzen, tabelle.gebuehren, strict=True)) == [
        (Decimal(bis), Decimal(gebuehr)) for bis, gebuehr in verkuendet["stufen"]
    ]
    darueber = verkuendet["darueber"]
    assert (tabelle.schritt, tabelle.zuschlag) == (Decimal(darueber["je"]), Decimal(darueber["mehr"]))


@pytest.mark.parametrize(
    ("gesetz", "am", "erste", "stufen"),
    [
        # § 13 (1) RVG and § 34 (1) GKG as step rule: up to …, for each started … more
        (RVG, NEU, "51.50", [(2000, 500, "41.50"), (10000, 1000, "59.50"), (25000, 3000, "55.00"),
                             (50000, 5000, "86.00"), (200000, 15000, "99.50"), (500000, 30000, "140.00")]),
        (GKG, NEU, "40.00", [(2000, 500, "21.00"), (10000, 1000, "22.50"), (25000, 3000, "30.50"),
                             (50000, 5000, "40.50"), (200000, 15000, "140.00"), (500000, 30000, "210.00")]),
    ],
)  # fmt: skip
def test_tabelle_folgt_der_stufenregel(
    gesetz: Gebuehrengesetz, am: dt.date, erste: str, stufen: list[tuple[int, int, str]]
) -> None:
    wert, gebuehr = 500, Decimal(erste)
    for bis, schritt, mehr in stufen:
        while wert < bis:
            assert fee(gesetz, str(wert), am) == gebuehr
            assert fee(gesetz, f"{wert}.01", am) == gebuehr + Decimal(mehr)
            wert, gebuehr = wert + schritt, gebuehr + Decimal(mehr)


def test_ueber_fuenfhunderttausend_je_angefangene_fuenfzigtausend() -> None:
    assert fee(RVG, "500000", NEU) == Decimal("3752.00")
    assert fee(RVG, "500000.01", NEU) == Decimal("3927.00")
    assert fee(RVG, "550000.01", NEU) == Decimal("4102.00")
    # § 22 (2) RVG, § 39 (2) GKG: at most 30 million
    assert fee(RVG, "12345678901.23", NEU) == Decimal("3752.00") + 590 * Decimal(175)
    assert (
        fee(GKG, "30000000.01", NEU) == fee(GKG, "30000000", NEU) == Decimal("4138.00") + 590 * Decimal(210)
    )


def test_satz_gerundet_und_mindestens_fuenfzehn() -> None:
    assert compute_gebuehr(RECHT, RVG, Decimal(5000), Decimal("1.3"), NEU).betrag == Decimal("460.85")
    assert compute_gebuehr(RECHT, RVG, Decimal(100), Decimal("0.1"), NEU).betrag == Decimal("15.00")


@pytest.mark.parametrize(
    ("wert", "satz", "am", "code"),
    [
        ("1000", "1.0", "2020-12-31", "RECHTSWERT_VOR_TABELLE"),
        ("1000", "1.0", "2028-01-01", "RECHTSWERT_NACH_TABELLE"),
        ("0", "1.0", "2026-01-01", "GEBUEHR_WERT"),
        ("1000", "0", "2026-01-01", "GEBUEHR_WERT"),
        ("-1", "1.0", "2026-01-01", "GEBUEHR_WERT"),
    ],
)
def test_abgelehnt(wert: str, satz: str, am: str, code: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        compute_gebuehr(RECHT, RVG, Decimal(wert), Decimal(satz), dt.date.fromisoformat(am))
    assert gefangen.value.befund.code == code


# --- rules -----------------------------------------------------------------------------------------------------


def test_kleine_forderung_vor_der_anhebung() -> None:
    """§ 13 Abs. 2 RVG bis 31.05.2025: einfache Gebühr 30,00, davon 0,5 = 15,00."""
    assert geschaeftsgebuehr(RECHT, Decimal(50), ALT, Inkassofall.EINFACH).gebuehr.betrag == Decimal("15.00")
    assert geschaeftsgebuehr(RECHT, Decimal("50.01"), NEU, Inkassofall.EINFACH).gebuehr.betrag == Decimal(
        "25.75"
    )
    assert geschaeftsgebuehr(RECHT, Decimal(50), NEU, Inkassofall.BESTRITTEN).gebuehr.betrag == Decimal(
        "66.95"
    )


def test_rahmen_der_geschaeftsgebuehr() -> None:
    with pytest.raises(Ablehnung):
        geschaeftsgebuehr_nach_umfang(RECHT, Decimal(1000), NEU, Decimal("2.6"))
    for rand in ("0.5", "2.5"):
        assert geschaeftsgebuehr_nach_umfang(
            RECHT, Decimal(1000), NEU, Decimal(rand)
        ).gebuehr.satz == Decimal(rand)
    assert (
        "schwierig" not in geschaeftsgebuehr_nach_umfang(RECHT, Decimal(1000), NEU, Decimal("1.3")).zeile.text
    )
    assert "schwierig" in geschaeftsgebuehr_nach_umfang(RECHT, Decimal(1000), NEU, Decimal("1.5")).zeile.text


def test_inkassokosten_im_einfachen_fall() -> None:
    kosten = inkassokosten(RECHT, Decimal(500), NEU, Inkassofall.EINFACH, vorsteuerabzug=True)
    assert kosten.summe == Decimal("30.90")


def test_zwangsvollstreckung() -> None:
    gebuehr = verfahrensgebuehr(RECHT, Verfahrensgebuehr.ZWANGSVOLLSTRECKUNG, Decimal(1000), NEU).gebuehr
    assert gebuehr.betrag == Decimal("27.90")


def test_jede_zeile_nennt_ihre_vorschrift() -> None:
    abzug = Kostenzeile("Anrechnung", "Vorbem. 3 Abs. 4 VV RVG", Decimal("-159.53"))
    mb = verfahrensgebuehr(RECHT, Verfahrensgebuehr.MAHNBESCHEID, Decimal(5000), NEU)
    kosten = compute_angelegenheit(RECHT, [mb], vorsteuerabzug=False, anrechnung=abzug)
    assert [zeile.vorschrift for zeile in kosten.zeilen] == [
        "Nr. 3305 VV RVG", "Vorbem. 3 Abs. 4 VV RVG", "Nr. 7002 VV RVG", "Nr. 7008 VV RVG",
    ]  # fmt: skip
    assert kosten.zeilen[0].text == "Verfahrensgebühr 1,0 aus 5.000,00\u00a0€ (einfache Gebühr 354,50\u00a0€)"
