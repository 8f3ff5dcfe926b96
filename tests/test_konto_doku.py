"""Reads docs/zinsrechnung.md and computes every example in it again."""

import datetime as dt
import pathlib
import re
from decimal import Decimal
from fractions import Fraction

import pytest

from mahnakte.fall.fall import compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum, parse_datum
from mahnakte.konto.aufstellung import describe_satz
from mahnakte.konto.konto import Konto, compute_konto
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, interest_lines, sum_lines
from mahnakte.stand.sachstand import Sachstand

RECHT = shipped_recht()

SEITE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "zinsrechnung.md"
EINSTELLUNGEN = """
absender: {rolle: glaeubiger, name: Beispiel, strasse: Weg 1, plz: 01067, ort: Dresden, iban: DE02120300000000202051}
glaeubiger:
  beispiel: {art: gesellschaft, rechtsform: GmbH, name: Beispiel, strasse: Weg 1, plz: 01067, ort: Dresden, land: SN}
"""
KOPF = """
aktenzeichen: DOKU
glaeubiger: beispiel
schuldner:
  - {kennung: max, vorname: Max, name: Muster, strasse: Gasse 2, plz: 04109, ort: Leipzig, land: SN, verbraucher: ja}
"""
TEXT = SEITE.read_text(encoding="utf-8")
BEISPIELE = dict(re.findall(r"^### Beispiel: (.+?)\n(.+?)(?=^##)", TEXT, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("name", BEISPIELE)
def test_beispiel(name: str) -> None:
    abschnitt = BEISPIELE[name]
    konto = compute(abschnitt)
    assert table_rows(abschnitt) == [
        [
            a.name, format_betrag(a.zeile.betrag), format_datum(a.zeile.von), format_datum(a.zeile.bis),
            str(a.zeile.tage), str(a.zeile.teiler), describe_satz(a.zeile).replace("\u00a0", " "),
            format_betrag(a.zeile.zinsen),
        ]
        for a in konto.abschnitte
    ]  # fmt: skip
    saetze = [buchung.text.replace("\u00a0", " ") for buchung in (*konto.abzuege, *konto.zahlungen)]
    assert re.findall(r"^> (.+)$", abschnitt, re.MULTILINE) == saetze
    summen = (konto.hauptforderung, konto.zinsen, konto.kosten, konto.gesamt)
    assert konto.zinsen_je_tag is not None
    bis = f" bis {format_datum(konto.zinsen_je_tag_bis)}" if konto.zinsen_je_tag_bis else ""
    erwartet = (
        "Hauptforderung {}, Zinsen {}, Kosten {}, gesamt {}".format(*map(format_betrag, summen))
        + f"; je weiterem Tag {format_betrag(konto.zinsen_je_tag)}{bis}."
    )
    assert erwartet in abschnitt
    assert (f"Überzahlung {format_betrag(konto.ueberzahlung)}" in abschnitt) is bool(konto.ueberzahlung)


def test_es_gibt_beispiele() -> None:
    assert len(BEISPIELE) >= 8
    assert TEXT.count("```yaml") == len(BEISPIELE)


def test_was_andere_rechner_anders_machen() -> None:
    """10.000,00 Euro im Jahr 2024; die Zahlen der Tabelle, jede auf ihrem eigenen Weg."""
    zeilen = dict(
        re.findall(r"^\| (.+?) \| ([\d.]+,\d\d) \| ", TEXT.split("## Was andere Rechner")[1], re.MULTILINE)
    )
    von, bis, betrag = dt.date(2024, 1, 1), dt.date(2024, 12, 31), Decimal(10_000)
    fuenf = Zinssatz.ueber_basis(Decimal(5))

    def cent(genau: Fraction) -> str:
        return format_betrag(Decimal(round(genau * 100)) / 100)

    assert list(zeilen.values()) == [
        format_betrag(sum_lines(interest_lines(RECHT, betrag, von, bis, fuenf))),
        cent(Fraction(10_000) * Fraction("8.62") / 100),
        cent(Fraction(10_000) * Fraction("8.37") / 100),
        cent(100 * Fraction("8.62") * Fraction(182, 365) + 100 * Fraction("8.37") * Fraction(184, 365)),
        cent(100 * Fraction("8.62") * Fraction(182, 366) + 100 * Fraction("8.37") * Fraction(183, 366)),
        format_betrag(sum_lines(interest_lines(RECHT, betrag, von, bis, fuenf, Tageszaehlung.DREISSIG_360))),
    ]


def compute(abschnitt: str) -> Konto:
    (yaml,) = re.findall(r"```yaml\n(.+?)```", abschnitt, re.DOTALL)
    (stichtag,) = re.findall(r"^Stichtag (\d\d\.\d\d\.\d{4})\.", abschnitt, re.MULTILINE)
    einstellungen, befunde = read_einstellungen(EINSTELLUNGEN.encode(), "mahnakte.yaml")
    assert einstellungen, befunde
    falldatei, befunde = read_falldatei((KOPF + yaml).encode(), "fall.yaml")
    assert falldatei, befunde
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), {})
    assert fall, befunde
    return compute_konto(Sachstand(fall, parse_datum(stichtag)))


def table_rows(abschnitt: str) -> list[list[str]]:
    zeilen = [zeile for zeile in abschnitt.splitlines() if zeile.startswith("| ") and "Teiler" not in zeile]
    return [[zelle.strip() for zelle in zeile.strip("|").split("|")] for zeile in zeilen]
