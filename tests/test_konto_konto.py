"""The account from end to end: from fall.yaml to the sums, with figures recomputed by hand in the comments."""

import datetime as dt
from decimal import Decimal

from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.konto.konto import compute_konto

EINSTELLUNGEN = """
absender:
  rolle: glaeubiger
  name: Möbelhaus Übersee GmbH
  strasse: Industriestr. 7
  plz: 01067
  ort: Dresden
  iban: DE02120300000000202051
glaeubiger:
  moebelhaus:
    art: gesellschaft
    rechtsform: GmbH
    name: Möbelhaus Übersee
    strasse: Industriestr. 7
    plz: 01067
    ort: Dresden
    land: SN
"""
KOPF = """
aktenzeichen: 2026-0042
glaeubiger: moebelhaus
schuldner:
  - kennung: max
    vorname: Max
    name: Schuldner
    strasse: Bahnhofstr. 12
    plz: 04109
    ort: Leipzig
    verbraucher: ja
    land: SN
anspruch:
  katalog: 11
  entgeltforderung: ja
"""


def einstellungen() -> Einstellungen:
    gelesen, befunde = read_einstellungen(EINSTELLUNGEN.encode(), "mahnakte.yaml")
    assert gelesen, befunde
    return gelesen


def fall(text: str, kopf: str = KOPF) -> Fall:
    datei, befunde = read_falldatei((kopf + text).encode(), "fall.yaml")
    assert datei, befunde
    gelesen, befunde = compose_fall(datei, einstellungen(), {})
    assert gelesen, befunde
    return gelesen


EINE_RECHNUNG = """
rechnungen:
  - nummer: RE-1
    datum: 01.02.2026
    betrag: 1.000,00
    leistung_am: 20.01.2026
    faellig_am: 03.03.2026
    faelligkeit: vereinbart
"""


def test_eine_rechnung() -> None:
    konto = compute_konto(fall(EINE_RECHNUNG), dt.date(2026, 8, 31))
    # 04.03.–30.06.: 119 Tage zu 6,27 %; 01.07.–31.08.: 62 Tage zu 6,52 %
    assert [(a.zeile.tage, a.zeile.zinsen) for a in konto.abschnitte] == [
        (119, Decimal("20.44")),
        (62, Decimal("11.08")),
    ]
    assert (konto.zinsen, konto.gesamt) == (Decimal("31.52"), Decimal("1031.52"))
    assert (konto.zinsen_je_tag, konto.zinsen_je_tag_bis) == (Decimal("0.18"), dt.date(2026, 12, 31))
    assert konto.forderungen[0].verzug_ab == dt.date(2026, 3, 4)


def test_saldo_am_naechsten_tag_gezahlt_laesst_null() -> None:
    saldo = compute_konto(fall(EINE_RECHNUNG), dt.date(2026, 8, 31)).gesamt
    zahlung = f"zahlungen:\n  - am: 01.09.2026\n    betrag: {str(saldo).replace('.', ',')}\n"
    konto = compute_konto(fall(EINE_RECHNUNG + zahlung), dt.date(2026, 12, 24))
    assert (konto.gesamt, konto.ueberzahlung) == (Decimal("0.00"), Decimal("0.00"))
    assert konto.zinsen_je_tag == Decimal("0.00")
