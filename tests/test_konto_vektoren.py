"""The published vectors of allocation (§§ 367, 497 BGB), as a table: the facts here, the expected figures in the file.

"Old interest" is interest that was computed before: fall.yaml can state it as the computed interest of a title.
"""

import csv
import datetime as dt
import pathlib
import re
from decimal import Decimal

import pytest

from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.konto.konto import compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

EINSTELLUNGEN = """
absender:
  {rolle: glaeubiger, name: Beispielbank, strasse: Weg 1, plz: 01067, ort: Dresden, iban: DE02120300000000202051}
glaeubiger:
  bank: {art: gesellschaft, rechtsform: AG, name: Beispielbank, strasse: Weg 1, plz: 01067, ort: Dresden, land: SN}
"""
KOPF = """
aktenzeichen: VEKTOR
glaeubiger: bank
schuldner:
  - {kennung: max, vorname: Max, name: Muster, strasse: Gasse 2, plz: 04109, ort: Leipzig, land: SN, verbraucher: ja}
anspruch: {vertragsdatum: 01.03.2022}
"""
# 1.000,00 zu fest 5 % ab 01.01.2024, act/act; Kosten 50,00; alte Zinsen 20,00
MIT_ALTEN_ZINSEN = """
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    erlassen_am: 31.12.2023
    betraege:
      hauptforderung: 1.000,00
      zinsen_bis: 31.12.2023
      zinsen_betrag: 20,00
      kosten: 50,00
      zinsen: {satz: "5,00", ab: 01.01.2024}
"""
VERTRAGLICH = """
rechnungen:
  - nummer: RE-1
    datum: 01.01.2024
    betrag: 1.000,00
    faellig_am: 01.01.2024
    faelligkeit: vereinbart
    zinsen: {satz: "5,00", vereinbart: ja, ab: 01.01.2024}
"""
OHNE_ZINSEN = """
rechnungen:
  - {nummer: RE-1, datum: 01.01.2024, betrag: "1.000,00", faellig_am: 01.01.2024, faelligkeit: unbestimmt}
"""
SACHVERHALTE = {
    "A01": ("§ 367: Kosten, Zinsen, Hauptforderung", MIT_ALTEN_ZINSEN, dt.date(2024, 12, 31)),
    "A03": (
        "§ 497 (3): Kosten, Hauptforderung, zuletzt Verzugszinsen",
        MIT_ALTEN_ZINSEN + 'konto: {tilgung: "497"}\n',
        dt.date(2024, 12, 31),
    ),
    "A05": ("§ 367: Zahlung zur Jahresmitte", VERTRAGLICH, dt.date(2024, 12, 31)),
    "A07": ("ohne Zinsen", OHNE_ZINSEN, dt.date(2024, 12, 31)),
}
TEILE = {"costs": "kosten", "interest": "zinsen", "principal": "hauptforderung"}


@pytest.mark.parametrize("nummer", SACHVERHALTE, ids=[f"{n} {was[0]}" for n, was in SACHVERHALTE.items()])
def test_vektor(shared: pathlib.Path, nummer: str) -> None:
    zeile = rows(shared)[nummer]
    _, sachverhalt, stichtag = SACHVERHALTE[nummer]
    betrag, am = payment(zeile["payment"], stichtag)
    zahlung = f"zahlungen:\n  - {{am: {am}, betrag: '{str(betrag).replace('.', ',')}'}}\n"
    konto = compute_konto(Sachstand(read_fall(sachverhalt + zahlung), stichtag))

    (gebucht,) = konto.zahlungen
    gedeckt: dict[str, Decimal] = {}
    for anteil in gebucht.auf:
        gedeckt[anteil.art] = gedeckt.get(anteil.art, Decimal(0)) + anteil.betrag
    assert gedeckt == figures(zeile["allocation"])
    assert gebucht.rest == 0

    danach = figures(zeile["after"])
    if "hauptforderung" in danach:
        assert konto.hauptforderung == danach["hauptforderung"]
    if nummer == "A03":  # "running interest 19.86": 365 Tage bis zum Tag vor der Zahlung, abzüglich der 30,00
        assert konto.zinsen == danach["zinsen"]
    if nummer == "A01":  # die Zahlung deckt alle Zinsen bis zum Vortag; am Stichtag läuft ein Tag auf 919,86
        assert (konto.kosten, konto.zinsen) == (Decimal("0.00"), Decimal("0.13"))
    if nummer == "A05":
        assert konto.abschnitte[-1].zeile.zinsen == Decimal("12.57") == konto.zinsen


def test_kein_vektor_fehlt(shared: pathlib.Path) -> None:
    assert set(rows(shared)) == set(SACHVERHALTE)


def rows(shared: pathlib.Path) -> dict[str, dict[str, str]]:
    with (shared / "wissen/recht/vectors_allocation.csv").open(encoding="utf-8", newline="") as datei:
        return {zeile["id"]: zeile for zeile in csv.DictReader(datei)}


def payment(text: str, stichtag: dt.date) -> tuple[Decimal, str]:
    betrag, _, am = text.partition(" on ")
    return Decimal(betrag), am or stichtag.isoformat()


def figures(text: str) -> dict[str, Decimal]:
    """Read `costs 50.00; interest 69.86 (20.00 + 49.86); principal 80.14`."""
    ohne_klammern = re.sub(r"\([^)]*\)", "", text)
    return {
        TEILE[wort]: Decimal(zahl)
        for wort, zahl in re.findall(r"(costs|interest|principal) (\d+\.\d\d)", ohne_klammern)
        if Decimal(zahl)
    }


def read_fall(text: str) -> Fall:
    einstellungen, befunde = read_einstellungen(EINSTELLUNGEN.encode(), "mahnakte.yaml")
    assert einstellungen, befunde
    falldatei, befunde = read_falldatei((KOPF + text).encode(), "fall.yaml")
    assert falldatei, befunde
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {})
    assert fall, befunde
    return fall
