"""`mahnakte konto`: lines, JSON, PDF and workbook of one case folder."""

import datetime as dt
import io
import pathlib
import zipfile
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest

from fallbau import FALLKOPF, MAHNAKTE_YAML
from mahnakte.befehle.konto import show_konto
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.satz.xlsx import Blatt, Spalte, write_xlsx
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, MIT_BEFUNDEN, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 11, 16)
FALL_YAML = (
    FALLKOPF
    + """rechnungen:
  - {nummer: RE-1, datum: 01.02.2026, betrag: "1.000,00", faellig_am: 03.03.2026, faelligkeit: vereinbart}
  - {nummer: "=RE-2", datum: 01.03.2026, betrag: "500,00", faellig_am: 31.03.2026, faelligkeit: vereinbart}
kosten:
  - {am: 12.04.2026, art: ruecklastschrift, betrag: "4,30", grund: "=HYPERLINK(\\"https://boese.example\\")"}
gutschriften:
  - {am: 05.05.2026, betrag: "50,00", auf: "=RE-2"}
zahlungen:
  - {am: 02.05.2026, betrag: "250,00"}
  - {am: 03.10.2026, betrag: "77,00", zurueck_am: 08.10.2026}
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    gericht: Amtsgericht Aschersleben
    erlassen_am: 10.08.2026
    betraege:
      hauptforderung: 600,00
      zinsen_bis: 10.08.2026
      zinsen_betrag: 21,00
      kosten: 214,40
      zinsen: {punkte: "5", ab: 11.08.2026}
"""
)


@pytest.fixture
def lage(werkstatt: WorkerPool) -> Lage:
    return Lage(STICHTAG, werkstatt)


@pytest.fixture
def ordner(tmp_path: pathlib.Path) -> pathlib.Path:
    (tmp_path / "mahnakte.yaml").write_text(MAHNAKTE_YAML, encoding="utf-8")
    fall = tmp_path / "2026-0042"
    fall.mkdir()
    (fall / "fall.yaml").write_text(FALL_YAML, encoding="utf-8")
    return fall


def change(ordner: pathlib.Path, alt: str, neu: str) -> pathlib.Path:
    text = FALL_YAML.replace(alt, neu)
    assert text != FALL_YAML
    (ordner / "fall.yaml").write_text(text, encoding="utf-8")
    return ordner


def test_zeilen_passen_auf_den_schirm_und_sagen_alles(ordner: pathlib.Path, lage: Lage) -> None:
    ergebnis = show_konto(ordner, lage)
    text = "\n".join(ergebnis.zeilen)
    assert max(len(zeile) for zeile in ergebnis.zeilen) <= 100
    for stueck in (
        "Forderungskonto 2026-0042 zum 16.11.2026",
        "(§ 286 Abs. 2 Nr. 1 BGB)",
        "act/act: Tage nach dem Kalender",
        "1,27 + 5 = 6,27\u00a0%",
        "im Titel ausgerechnet",
        "Titel vb-1",
        "zurückgegeben",
        "Zinsen je weiterem Tag: 0,22\u00a0€, bis einschließlich 31.12.2026.",
    ):
        assert stueck in text, stueck
    assert ergebnis.exit_code == FERTIG  # Hinweise allein sind keine Befunde, die jemand lesen muss


def test_zwischensummen_sind_summen_ihrer_zeilen(ordner: pathlib.Path, lage: Lage) -> None:
    daten = show_konto(ordner, lage).daten
    zeilen = sum(Decimal(zeile["zinsen"]) for zeile in daten["abschnitte"])
    verlaeufe = [e["zinsen_verlauf"] for e in (*daten["forderungen"], *daten["kostenposten"])]
    assert sum(Decimal(v["entstanden"]) for v in verlaeufe) == zeilen + Decimal("21.00")
    assert sum(Decimal(v["offen"]) for v in verlaeufe) == Decimal(daten["zinsen"])
    assert sum(Decimal(f["offen"]) for f in daten["forderungen"]) == Decimal(daten["hauptforderung"])


def test_mappe_zahlen_als_zahlen_text_nie_als_formel(
    ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path
) -> None:
    ziel = tmp_path / "konto.xlsx"
    daten = show_konto(ordner, lage, xlsx=ziel).daten
    mappe = openpyxl.load_workbook(ziel)
    assert mappe.sheetnames == ["Übersicht", "Forderungen", "Zinsen", "Kosten", "Buchungen"]
    zellen = [
        zelle for seite in mappe for reihe in seite.iter_rows() for zelle in reihe if zelle.value is not None
    ]
    assert not [zelle for zelle in zellen if zelle.data_type == "f" or zelle.hyperlink]
    texte = [zelle.value for zelle in zellen if zelle.data_type == "s"]
    assert '=HYPERLINK("https://boese.example")' in texte
    assert "=RE-2" in texte
    zinsen = [
        zeile for zeile in mappe["Zinsen"].iter_rows(values_only=True) if isinstance(zeile[2], dt.datetime)
    ]
    assert [
        (zeile[2].date().isoformat(), zeile[3].date().isoformat(), zeile[4], zeile[5], f"{zeile[10]:.2f}")
        for zeile in zinsen
    ] == sorted_by_claim(daten)
    gesamt = next(z for z in mappe["Übersicht"].iter_rows(values_only=True) if z[0] == "Gesamt")
    assert f"{gesamt[1]:.2f}" == daten["gesamt"]
    assert mappe["Übersicht"]["B6"].number_format == '#,##0.00\\ "€"'


def sorted_by_claim(daten):  # type: ignore[no-untyped-def]
    """Die Abschnitte in der Reihenfolge der Aufstellung: je Forderung."""
    namen = list(dict.fromkeys(zeile["rechnung"] for zeile in daten["forderungen"]))
    return [
        (a["von"], a["bis"], a["tage"], a["teiler"], a["zinsen"])
        for name in namen
        for a in daten["abschnitte"]
        if a["rechnung"] == name
    ]


def test_dieselben_bytes(ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    for art in ("xlsx", "pdf"):
        eins, zwei = tmp_path / f"1.{art}", tmp_path / f"2.{art}"
        for ziel in (eins, zwei):
            show_konto(ordner, lage, **{art: ziel})  # type: ignore[arg-type]
        assert eins.read_bytes() == zwei.read_bytes()
    with zipfile.ZipFile(tmp_path / "1.xlsx") as mappe:
        assert {eintrag.date_time[:3] for eintrag in mappe.infolist()} == {(1980, 1, 1)}
        assert b"2026-11-16T00:00:00Z" in mappe.read("docProps/core.xml")


def test_pdf_mit_summe_und_herleitung(ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    ziel = tmp_path / "konto.pdf"
    ergebnis = show_konto(ordner, lage, pdf=ziel)
    assert str(ergebnis.daten["dateien"][0]).endswith("konto.pdf")
    dokument = pypdfium2.PdfDocument(io.BytesIO(ziel.read_bytes()))
    text = "".join(seite.get_textpage().get_text_range() for seite in dokument)
    dokument.close()
    gesamt = f"{Decimal(ergebnis.daten['gesamt']):,.2f}".translate(str.maketrans(",.", ".,"))
    assert gesamt in text
    assert "Hinzu kommen 21,00" in text.replace("\u00a0", " ").replace("\r\n", " ")


def test_vorhandene_datei_nur_mit_ersetzen(ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    ziel = tmp_path / "konto.xlsx"
    ziel.write_bytes(b"von Hand")
    ergebnis = show_konto(ordner, lage, xlsx=ziel)
    assert (ergebnis.exit_code, ziel.read_bytes()) == (ABGELEHNT, b"von Hand")
    assert ergebnis.befunde[-1].code == "ZIEL_VORHANDEN"
    assert ergebnis.daten["gesamt"] == show_konto(ordner, lage).daten["gesamt"]  # the account itself is there
    assert (ergebnis.daten["dateien"], ergebnis.zeilen[-1]) == ([], "Keine Datei geschrieben.")
    assert show_konto(ordner, lage, xlsx=ziel, ersetzen=True).exit_code == FERTIG
    assert ziel.read_bytes()[:2] == b"PK"


def test_zwei_ausgaben_in_eine_datei(ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    with pytest.raises(NichtBegonnen) as gefangen:
        show_konto(ordner, lage, pdf=tmp_path / "konto", xlsx=tmp_path / "." / "konto", ersetzen=True)
    assert gefangen.value.befunde[-1].code == "ZIEL_DOPPELT"
    assert not (tmp_path / "konto").exists()


def test_abgelehntes_konto_hat_die_form_des_vertrags(ordner: pathlib.Path, werkstatt: WorkerPool) -> None:
    ende = shipped_recht().find_reihe("basiszinssatz").gedeckt_bis
    gezahlt, stichtag = ende + dt.timedelta(days=2), ende + dt.timedelta(days=3)
    zahlung = f'zahlungen:\n  - {{am: {gezahlt:%d.%m.%Y}, betrag: "900,00"}}\n'
    change(ordner, "zahlungen:\n", zahlung)
    ergebnis = show_konto(ordner, Lage(stichtag, werkstatt))
    assert (ergebnis.exit_code, ergebnis.befunde[-1].code) == (ABGELEHNT, "RECHTSWERT_NACH_TABELLE")
    daten = ergebnis.as_json()
    assert (daten["gesamt"], daten["zinsen_bis"], daten["forderungen"]) == (None, None, [])
    assert daten["stichtag"] == stichtag.isoformat()


def test_warnung_zaehlt_bis_sie_quittiert_ist(ordner: pathlib.Path, lage: Lage) -> None:
    zuviel = ('betrag: "250,00"}', 'betrag: "9.999,00"}')
    ergebnis = show_konto(change(ordner, *zuviel), lage)
    codes = [befund.code for befund in ergebnis.befunde]
    assert ergebnis.exit_code == MIT_BEFUNDEN
    assert "UEBERZAHLUNG" in codes
    quittiert = "quittiert:\n" + "".join(
        f"  - {{code: {code}, grund: gesehen, von: K. Beispiel, am: 01.10.2026}}\n" for code in set(codes)
    )
    (ordner / "fall.yaml").write_text(FALL_YAML.replace(*zuviel) + quittiert, encoding="utf-8")
    ergebnis = show_konto(ordner, lage)
    assert (ergebnis.exit_code, ergebnis.befunde) == (FERTIG, ())


def test_gegen_einen_schuldner_den_es_nicht_gibt(ordner: pathlib.Path, lage: Lage) -> None:
    assert show_konto(ordner, lage, "max").daten["schuldner"] == "max"
    with pytest.raises(NichtBegonnen):
        show_konto(ordner, lage, "moritz")


def test_ein_bestand_ist_kein_fall(ordner: pathlib.Path, lage: Lage, tmp_path: pathlib.Path) -> None:
    zweiter = tmp_path / "2026-0043"
    zweiter.mkdir()
    (zweiter / "fall.yaml").write_text(FALL_YAML.replace("2026-0042", "2026-0043"), encoding="utf-8")
    with pytest.raises(NichtBegonnen) as gefangen:
        show_konto(tmp_path, lage)
    assert gefangen.value.befunde[-1].code == "EIN_FALL"


def test_nichts_wird_in_den_fall_geschrieben(ordner: pathlib.Path, lage: Lage) -> None:
    vorher = sorted(pfad.name for pfad in ordner.rglob("*"))
    ergebnis: Ergebnis = show_konto(ordner, lage)
    assert sorted(pfad.name for pfad in ordner.rglob("*")) == vorher == ["fall.yaml"]
    assert ergebnis.daten["dateien"] == []


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49 351",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =cmd|' /C calc'!A0",
        "http://boese.example",
        "1e5",
        "007",
    ],
)
def test_text_bleibt_text(text: str) -> None:
    mappe = write_xlsx([Blatt("A", (), (Spalte("T"),), ((text,),))], "T", "V", STICHTAG)
    zelle = openpyxl.load_workbook(io.BytesIO(mappe)).active["A2"]
    assert (zelle.value, zelle.data_type, zelle.hyperlink) == (text, "s", None)


def test_zu_langer_text_wird_nicht_abgeschnitten() -> None:
    with pytest.raises(Ablehnung, match="passt in keine Zelle"):
        write_xlsx([Blatt("A", (), (Spalte("T"),), (("x" * 32_768,),))], "T", "V", STICHTAG)
