"""The ceiling of § 13e RDG in the account: nothing above it is asked for, and every room shows the lawful part.

Fees by hand from the tables of the RVG (annex 2): up to 1.000 € 93,00, up to 1.500 € 134,50 (from 01.06.2025);
up to 1.000 € 88,00 (from 01.01.2021); Nr. 7002: 20 %, at most 20,00; Nr. 7008: 19 %.
"""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from fallbau import build_fall
from mahnakte.befehle.konto import show_konto
from mahnakte.blatt.forderungsaufstellung import aufstellung_werte
from mahnakte.briefe.aufstellung import compute_aufstellung
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Schwere
from mahnakte.grund.worker import WorkerPool
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.stand.sachstand import Sachstand
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 11, 30)
VERZUG = """ereignisse:
  - {am: 01.04.2026, art: zahlung_verweigert}
"""


def kosten(*zeilen: str) -> str:
    return "kosten:\n" + "".join(f"  - {{{zeile}}}\n" for zeile in zeilen)


def konto(fall: Fall, tag: dt.date = TAG) -> Konto:
    return compute_konto(Sachstand(fall, tag))


def codes(k: Konto) -> list[str]:
    return [befund.code for befund in k.befunde]


def bau(betrag: str, zeilen: str, rest: str = "") -> Fall:
    """Return the case over one invoice of that sum, in default since 02.04.2026."""
    fall = build_fall(VERZUG + zeilen + rest)
    (forderung,) = fall.forderungen
    return dataclasses.replace(fall, forderungen=(dataclasses.replace(forderung, betrag=Decimal(betrag)),))


def ohne_vorsteuer(fall: Fall) -> Fall:
    return dataclasses.replace(fall, glaeubiger=dataclasses.replace(fall.glaeubiger, vorsteuerabzug=False))


BESTRITTEN = "  - {am: 20.05.2026, art: bestritten, grund: Die Ware war mangelhaft}\n"


@pytest.mark.parametrize("art", ["inkasso", "rvg-2300"])
@pytest.mark.parametrize(
    ("wert", "zusatz", "grenze"),
    [
        ("1190.00", "", "141.05"),  # 0,9 × 134,50 = 121,05; + 20,00
        ("1000.00", "", "100.44"),  # 0,9 × 93,00 = 83,70; + 16,74
        ("1000.00", "umfangreich", "140.90"),  # 1,3 × 93,00 = 120,90; + 20,00
        ("1000.00", "bestritten", "140.90"),
        ("1000.00", "bestritten umfangreich", "252.50"),  # 2,5 × 93,00 = 232,50; + 20,00
        ("50.00", "", "34.02"),  # § 13 (2): 0,9 × 31,50 = 28,35; + 5,67
        ("50.01", "", "55.62"),  # 0,9 × 51,50 = 46,35; + 9,27
    ],
)
def test_nichts_ueber_der_grenze_wird_verlangt(art: str, wert: str, zusatz: str, grenze: str) -> None:
    posten = kosten(f"am: 10.05.2026, art: {art}, betrag: '900,00', umsatzsteuer: nein, grund: Auftrag")
    antrag = "antrag: {umfangreich: ja}\n" if "umfangreich" in zusatz else ""
    k = konto(bau(wert, (BESTRITTEN if "bestritten" in zusatz else "") + posten, antrag))
    (stand,) = k.kostenposten
    assert (k.kosten, stand.haupt.offen, stand.verlangt) == (Decimal(grenze),) * 3
    assert stand.haupt.gekappt == Decimal("900.00") - Decimal(grenze)
    assert k.gesamt == k.hauptforderung + k.zinsen + Decimal(grenze)
    (befund,) = [b for b in k.befunde if b.code == "INKASSOKOSTEN_UEBER_GRENZE"]
    assert (befund.schwere, befund.stelle is not None) == (Schwere.WARNUNG, True)
    assert grenze.replace(".", ",") in befund.text
    assert grenze.replace(".", ",") in stand.grenze


@pytest.mark.parametrize(("betrag", "gekappt"), [("100,44", "0.00"), ("100,45", "0.01"), ("98,00", "0.00")])
def test_bis_zur_grenze_bleibt_alles(betrag: str, gekappt: str) -> None:
    k = konto(bau("1000.00", kosten(f"am: 10.05.2026, art: inkasso, betrag: '{betrag}', umsatzsteuer: nein")))
    (stand,) = k.kostenposten
    assert (stand.haupt.gekappt, bool(stand.grenze)) == (Decimal(gekappt), gekappt != "0.00")


def test_umsatzsteuer_nur_ohne_vorsteuerabzug_und_nur_wo_sie_berechnet_ist() -> None:
    mit = bau("1000.00", kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: ja"))
    ohne = bau("1000.00", kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein"))
    assert konto(ohne_vorsteuer(mit)).kosten == Decimal("119.52")  # 100,44 × 1,19 = 119,5236
    assert konto(mit).kosten == konto(ohne).kosten == konto(ohne_vorsteuer(ohne)).kosten == Decimal("100.44")


def test_geteilte_posten_haben_zusammen_eine_grenze() -> None:
    """§ 13f RDG: agency and lawyer together one fee; the latest item is cut first."""
    zwei = kosten(
        "am: 10.05.2026, art: inkasso, betrag: '90,00', umsatzsteuer: nein",
        "am: 20.06.2026, art: rvg-2300, betrag: '90,00', umsatzsteuer: nein",
    )
    k = konto(bau("1000.00", zwei))
    assert [stand.haupt.offen for stand in k.kostenposten] == [Decimal("90.00"), Decimal("10.44")]
    spaeter_bestritten = konto(bau("1000.00", BESTRITTEN + zwei))  # 20.05., after the agency began
    assert spaeter_bestritten.kosten == Decimal("180.00")


def test_wert_ist_was_am_tag_des_auftrags_faellig_und_offen_war() -> None:
    posten = kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein")
    zahlung = "zahlungen:\n  - {am: %s, betrag: '190,00', auf: hauptforderung}\n"
    assert konto(bau("1190.00", posten, zahlung % "09.05.2026")).kosten == Decimal("100.44")
    assert konto(bau("1190.00", posten, zahlung % "11.05.2026")).kosten == Decimal("141.05")
    mandat = "antrag: {beauftragt_am: 08.05.2026}\n"
    assert konto(bau("1190.00", posten, zahlung % "09.05.2026" + mandat)).kosten == Decimal("141.05")
    vor_faelligkeit = kosten("am: 10.03.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein")
    assert konto(bau("1190.00", vor_faelligkeit)).kosten == Decimal("0.00")


def test_die_tabelle_richtet_sich_nach_dem_auftrag_und_ohne_tabelle_wird_gefragt() -> None:
    posten = kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein")
    alt = build_fall(
        "kosten:\n  - {am: 31.05.2025, art: inkasso, betrag: '900,00', umsatzsteuer: nein}\n"
        "  - {am: 02.01.2020, art: sonstige, betrag: '1,00'}\n"
    )
    (forderung,) = alt.forderungen
    frueher = dataclasses.replace(
        forderung,
        betrag=Decimal("1000.00"),
        datum=dt.date(2025, 1, 2),
        leistung_am=dt.date(2025, 1, 2),
        faellig_am=dt.date(2025, 2, 3),
    )
    k = konto(dataclasses.replace(alt, forderungen=(frueher,)))
    assert k.kostenposten[0].haupt.offen == Decimal("95.04")  # 0,9 × 88,00 = 79,20; + 15,84
    assert k.kostenposten[1].haupt.offen == Decimal("1.00")  # other costs are untouched
    uralt = dataclasses.replace(frueher, datum=dt.date(2020, 1, 2), leistung_am=dt.date(2020, 1, 2),
                                faellig_am=dt.date(2020, 2, 3))  # fmt: skip
    posten_2021 = dataclasses.replace(alt.kosten[0], am=dt.date(2021, 5, 3))
    k = konto(dataclasses.replace(alt, forderungen=(uralt,), kosten=(posten_2021,)))
    assert "INKASSOKOSTEN_GRENZE_UNBEKANNT" in codes(k)
    assert k.kosten == Decimal("900.00")
    assert "INKASSOKOSTEN_GRENZE_UNBEKANNT" not in codes(konto(bau("1000.00", posten)))


def test_pauschale_wird_auf_den_zulaessigen_teil_angerechnet() -> None:
    fall = bau(
        "1000.00",
        kosten(
            "am: 02.04.2026, art: verzugspauschale, betrag: '40,00'",
            "am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein",
        ),
    )
    (max_,) = fall.schuldner
    firma = dataclasses.replace(
        fall,
        schuldner=(dataclasses.replace(max_, verbraucher=False),),
        anspruch=dataclasses.replace(fall.anspruch, entgeltforderung=True),
    )
    k = konto(firma)
    assert k.pauschale.angerechnet == Decimal("40.00")
    assert k.kosten == Decimal("100.44")  # 40,00 lump sum and 60,44 beside it


TITEL = """titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    erlassen_am: 10.08.2026
    betraege: {hauptforderung: "1.000,00", zinsen_bis: 10.08.2026, zinsen_betrag: "10,00", kosten: "900,00"}
"""


def test_titel_bleiben_wie_tituliert() -> None:
    posten = kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein")
    fall = bau("1000.00", posten, TITEL)
    k = konto(fall)
    assert k.kosten == Decimal("900.00")
    assert "INKASSOKOSTEN_UEBER_GRENZE" not in codes(k)  # nobody has to look at what a court has awarded
    assert konto(fall, dt.date(2026, 7, 1)).kosten == Decimal("100.44")  # before the title


def test_jeder_raum_zeigt_den_zulaessigen_teil() -> None:
    fall = bau(
        "1190.00",
        kosten("am: 10.05.2026, art: inkasso, betrag: '900,00', umsatzsteuer: nein, grund: Auftrag"),
    )
    k = konto(fall)
    tabelle = compute_aufstellung(fall, k, nur_hauptforderung=False)
    assert [p.betrag for p in tabelle.posten if p.text.startswith("Inkassokosten")] == [Decimal("141.05")]
    assert tabelle.summe == k.gesamt
    (zeile,) = aufstellung_werte(fall, k)["kosten"]
    assert (zeile["betrag"], zeile["offen"]) == (Decimal("141.05"), Decimal("141.05"))
    assert "§ 13e RDG" in zeile["text"]
    assert k.as_json()["kostenposten"][0]["kosten_verlauf"]["gekappt"] == "758.95"


@pytest.mark.parametrize(
    ("ordner", "name", "grenze"),
    [
        ("haus/inkassokosten-900", "I1", "141.05"),
        ("haus/inkassokosten-900", "R2", "141.05"),
        ("gericht/D05-inkasso-900", "I12", "100.44"),
        ("gericht/D05-kleinforderung", "I04", "34.02"),
        ("gericht/D05-umsatzsteuer", "I05", "100.44"),
        ("gericht/D05-anrechnung-1-cent", "I07", "339.05"),  # 0,9 × 354,50 = 319,05; + 20,00
    ],
)
def test_mangel_inkassokosten(shared: pathlib.Path, ordner: str, name: str, grenze: str) -> None:
    fall = shared / "maengel" / ordner / name
    if not fall.is_dir():
        pytest.skip("die Eingaben mit Mängeln liegen hier nicht")
    with WorkerPool(1) as werkstatt:
        ergebnis = show_konto(fall, Lage(TAG, werkstatt))
    assert ergebnis.daten["kosten"] == grenze
    assert "INKASSOKOSTEN_UEBER_GRENZE" in [befund.code for befund in ergebnis.befunde]
