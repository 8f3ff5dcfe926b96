"""The value files: equal to the tables they were taken from, without gaps, with source and check."""

import csv
import datetime as dt
import pathlib
import re
from decimal import Decimal

import pytest

from mahnakte.befehle.recht import list_recht, show_recht
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.datendatei import Wertknoten, read_datendatei
from mahnakte.grund.strict_yaml import parse_yaml
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.verzeichnis import ending_soon, find_eintrag, list_rechtswerte
from mahnakte.recht.werte import TABELLEN, read_reihen

RECHT = shipped_recht()

EIN_TAG = dt.timedelta(days=1)
GEPRUEFT = dt.date(2026, 11, 21)


def test_basiszinssatz_gleicht_der_tabelle(shared: pathlib.Path) -> None:
    with (shared / "wissen/recht/basiszinssatz.csv").open(encoding="utf-8", newline="") as datei:
        erwartet = [
            (dt.date.fromisoformat(z["valid_from"]), Decimal(z["rate_percent"]))
            for z in csv.DictReader(datei)
        ]
    bis = erwartet[-1][0]  # later values have their own source
    werte = RECHT.find_reihe("basiszinssatz").werte
    assert [(wert.ab, wert.wert) for wert in werte if wert.ab <= bis] == erwartet


@pytest.mark.parametrize(
    ("tag", "satz", "ab"),
    [
        ("2002-01-01", "2.57", "2002-01-01"),
        ("2023-06-30", "1.62", "2023-01-01"),  # one public program has the next rate a month too early
        ("2023-07-01", "3.12", "2023-07-01"),
        ("2022-12-31", "-0.88", "2022-07-01"),
        ("2026-11-21", "1.52", "2026-07-01"),
    ],
)
def test_basiszinssatz_am_tag(tag: str, satz: str, ab: str) -> None:
    wert = RECHT.basiszins_am(dt.date.fromisoformat(tag))
    assert (wert.wert, wert.ab) == (Decimal(satz), dt.date.fromisoformat(ab))


@pytest.mark.parametrize("name", sorted(read_reihen()))
def test_reihe_ist_vollstaendig(name: str) -> None:
    """Jede Reihe hat Einheit, Fundstelle, Quelle, Prüfung; ihre Werte schließen ohne Lücke aneinander an."""
    reihe = RECHT.find_reihe(name)
    for wert in reihe.werte:
        assert all((wert.name, wert.einheit, wert.quelle, wert.fundstelle))
        assert wert.geprueft_am >= GEPRUEFT
        assert wert.ab <= wert.bis
    for eines, naechstes in zip(reihe.werte, reihe.werte[1:], strict=False):
        assert eines.bis + EIN_TAG == naechstes.ab
    assert reihe.werte[-1].bis == reihe.gedeckt_bis


@pytest.mark.parametrize("name", sorted(read_reihen()))
def test_ausserhalb_der_tabelle_wird_abgelehnt(name: str) -> None:
    reihe = RECHT.find_reihe(name)
    for tag, code in (
        (reihe.ab_tage[0] - EIN_TAG, "RECHTSWERT_VOR_TABELLE"),
        (
            reihe.gedeckt_bis + EIN_TAG,
            "RECHT_NICHT_GEPRUEFT" if reihe.endet_weil else "RECHTSWERT_NACH_TABELLE",
        ),
    ):
        with pytest.raises(Ablehnung) as gefangen:
            reihe.am(tag)
        assert gefangen.value.befund.code == code
        assert reihe.titel in gefangen.value.befund.text


def test_warnt_bevor_eine_tabelle_endet() -> None:
    """Sechzig Tage vor dem Ende erscheint die Warnung, davor nicht."""
    ende = RECHT.find_reihe("basiszinssatz").gedeckt_bis
    for tage, gewarnt in ((61, False), (60, True), (-400, True)):
        bald = ending_soon(RECHT, ende - dt.timedelta(days=tage), 60)
        assert any(eintrag.titel == "Basiszinssatz" for eintrag in bald) is gewarnt


def test_gewarnt_wird_auch_vor_dem_ende_der_gebuehren_und_gerichte() -> None:
    ende = find_eintrag(RECHT, "rvg").gedeckt_bis
    titel = {eintrag.titel for eintrag in ending_soon(RECHT, ende, 0)}
    assert {"Anwaltsgebühren (RVG)", "Mahngerichte", "Verzugspauschale"} <= titel


def test_heute_endende_tabellen_werden_genannt(capsys: pytest.CaptureFixture[str]) -> None:
    """Nennt beim Testlauf, was nachzutragen ist; scheitert nicht daran, dass Zeit vergeht (das täte sonst jede CI)."""
    heute = dt.datetime.now(dt.UTC).date()
    bald = ending_soon(RECHT, heute, 60)
    with capsys.disabled():
        for eintrag in bald:
            print(f"\n  {eintrag.titel} endet am {eintrag.gedeckt_bis}", end="")  # noqa: T201 - for whoever runs it
    grenze = heute + dt.timedelta(days=60)
    faellig = {e.name for e in list_rechtswerte(RECHT) if e.gedeckt_bis <= grenze and not e.endet_weil}
    assert [eintrag.name for eintrag in bald] == sorted(faellig)


@pytest.mark.parametrize(
    ("name", "letzter_tag", "wort"),
    [
        ("verbraucherkredit_abstand", "2026-11-19", "BGBl. 2026 I Nr. 139"),
        ("ausfertigung_entbehrlich", "2026-09-30", "nicht geprüft"),
    ],
)
def test_ungelesenes_recht_wird_mit_grund_abgelehnt(name: str, letzter_tag: str, wort: str) -> None:
    tag = dt.date.fromisoformat(letzter_tag)
    assert RECHT.find_reihe(name).am(tag)
    with pytest.raises(Ablehnung) as gefangen:
        RECHT.find_reihe(name).am(tag + EIN_TAG)
    assert wort in gefangen.value.befund.text


@pytest.mark.parametrize(
    ("name", "spalte"),
    [
        ("pfaendungsfreigrenze", "monthly_basic"),
        ("pfaendung_erste_person", "first_dependant"),
        ("pfaendung_weitere_person", "second_to_fifth_dependant_each"),
        ("pfaendung_hoechst", "upper_limit"),
    ],
)
def test_pfaendungsfreigrenzen_gleichen_der_tabelle(shared: pathlib.Path, name: str, spalte: str) -> None:
    with (shared / "wissen/recht/pfaendungsfreigrenzen.csv").open(encoding="utf-8", newline="") as datei:
        erwartet = [(z["valid_from"], z["valid_to"], Decimal(z[spalte])) for z in csv.DictReader(datei)]
    assert [(w.ab.isoformat(), w.bis.isoformat(), w.wert) for w in RECHT.find_reihe(name).werte] == erwartet


def test_unbekannter_name_nennt_die_bekannten() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        RECHT.find_reihe("basiszins")
    assert "basiszinssatz" in gefangen.value.befund.abhilfe


def test_verzeichnis_nennt_alles() -> None:
    eintraege = list_rechtswerte(RECHT)
    namen = [eintrag.name for eintrag in eintraege]
    assert namen == sorted(namen)
    assert {"basiszinssatz", "rvg", "gkg", "katalog", "mahngerichte"} <= set(namen)
    assert set(read_reihen()) <= set(namen)
    for eintrag in eintraege:
        assert all((eintrag.titel, eintrag.einheit, eintrag.fundstelle, eintrag.quelle))
        assert eintrag.ab < eintrag.gedeckt_bis


def test_verzeichnis_zeigt_die_geschichte() -> None:
    werte = RECHT.find_reihe("verzugszins_punkte_entgelt").werte
    assert [(wert.ab.isoformat(), wert.wert) for wert in werte] == [("2002-01-01", 8), ("2014-07-29", 9)]
    assert RECHT.wert_am("verzugszins_punkte_entgelt", dt.date(2014, 7, 28)) == werte[0]


KOPF = """geprueft_am: 2026-11-21
gedeckt_bis: 2026-12-31
quelle: erdacht
reihen:
  probe:
    titel: Probe
    einheit: Euro
    fundstelle: § 1
    werte:
"""


@pytest.mark.parametrize(
    ("werte", "wort"),
    [
        ("      2026-01-01: 5\n      2025-01-01: 6\n", "steigen nicht an"),
        ("      2026-01-01: 5\n      01.01.2026: 6\n", "steigen nicht an"),
        ("      2027-01-01: 5\n", "über ihr Ende hinaus"),
        ("      2026-01-01: 5.0\n", "Komma"),
        ("      2026-13-01: 5\n", "Kalender"),
        ("      2026-01-01:\n        - 6\n", "keine Zahl"),
    ],
)
def test_eine_fehlerhafte_tabelle_wird_nicht_benutzt(
    monkeypatch: pytest.MonkeyPatch, werte: str, wort: str
) -> None:
    wurzel = parse_yaml((KOPF + werte).encode(), "werte/probe.yaml")
    knoten = Wertknoten("werte/probe.yaml", wurzel, wurzel)
    monkeypatch.setattr("mahnakte.recht.werte.read_datendatei", lambda *_: knoten)
    monkeypatch.setattr("mahnakte.recht.werte.TABELLEN", ("probe",))
    with pytest.raises(Ablehnung) as gefangen:
        read_reihen.__wrapped__()
    befund = gefangen.value.befund
    assert befund.code == "RECHTSTABELLE_DEFEKT"
    assert wort in befund.text
    assert befund.stelle is not None


@pytest.mark.parametrize("tabelle", TABELLEN)
def test_die_wertdateien_haben_nur_bekannte_schluessel(tabelle: str) -> None:
    kopf = {"tabelle", "geprueft_am", "gedeckt_bis", "quelle", "wechselt"}
    datei = read_datendatei("mahnakte.recht", f"werte/{tabelle}.yaml")
    assert set(datei.knoten.werte) <= {*kopf, "reihen"}
    assert datei.text("tabelle") == tabelle
    for _, reihe in datei.children("reihen"):
        eigene = {"titel", "einheit", "fundstelle", "werte", "endet_weil"}
        assert set(reihe.knoten.werte) <= (kopf - {"tabelle"}) | eigene
        for wert in reihe.mapping("werte").knoten.werte.values():
            assert set(getattr(wert, "werte", {})) <= {"wert", "quelle"}


@pytest.mark.parametrize(
    ("name", "worte"),
    [
        ("einspruch_ausland", "1 Monat"),
        ("verjaehrung_fracht", "1 Jahr"),
        ("einspruch", "2 Wochen"),
        ("verzug_tage", "30 Tage"),
        ("amtsgericht_streitwert", "10.000,00 Euro Streitwert"),
        ("hoechstwert_rvg", "30.000.000 Euro"),
        ("basiszinssatz", "1,52 Prozent pro Jahr"),
        ("vv_3305", "Gebührensatz 1,0"),
        ("anrechnung_anteil", "Anteil 0,5"),
        ("verzugsrecht_dauerschuld", "ja"),
        ("verbraucherdarlehen_tilgung", "ja"),
    ],
)
def test_wert_in_worten(name: str, worte: str) -> None:
    assert RECHT.wert_am(name, dt.date(2026, 11, 16)).worte == worte


def test_negativer_wert_und_nein_in_worten() -> None:
    assert RECHT.wert_am("basiszinssatz", dt.date(2020, 1, 1)).worte == "-0,88 Prozent pro Jahr"
    assert RECHT.wert_am("verzugsrecht_dauerschuld", dt.date(2010, 1, 1)).worte == "nein"


def test_jede_zeile_der_liste_ist_deutsch_zu_lesen() -> None:
    """Keine „1 Monate“, keine vier Ziffern ohne Punkt vor „Euro“, keine Erklärung der Form „1 = …“."""
    zeilen = list_recht(RECHT, dt.date(2026, 11, 16)).zeilen
    assert len(zeilen) > 60
    for zeile in zeilen:
        assert not re.search(r"\b1 (Monate|Jahre|Wochen|Tage)\b|\d{4,}(,\d+)? Euro|\b1 = ", zeile), zeile


def test_ein_ja_oder_nein_steht_auch_im_verlauf_als_wort() -> None:
    text = "\n".join(show_recht(RECHT, "verzugsrecht_dauerschuld", None, dt.date(2026, 11, 16)).zeilen)
    assert "Am 16.11.2026: ja" in text
    assert re.search(r"bis 30\.06\.2016 +nein  EGBGB", text)
    euro = "\n".join(show_recht(RECHT, "amtsgericht_streitwert", None, dt.date(2026, 11, 16)).zeilen)
    assert "Am 16.11.2026: 10.000,00 Euro Streitwert" in euro
