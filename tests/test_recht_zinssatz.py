"""Which rate: § 288 BGB in its variants, lump sum, §§ 291 BGB, 104 ZPO, 352 HGB, agreed rates."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.zinsen import Zinssatz, interest_lines, sum_lines
from mahnakte.recht.zinssatz import (
    Zinstatsachen,
    compare_agreed,
    decide_pauschale,
    decide_verzugszins,
)

RECHT = shipped_recht()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


GEWERBE = Zinstatsachen(day("2026-03-01"), True, False, False)
VERZUG = day("2026-04-01")


@pytest.mark.parametrize(
    ("fall", "weiteres", "punkte", "pauschale", "wort"),
    [
        ("Unternehmer, Entgeltforderung", {}, 9, "40.00", "kein Verbraucher"),
        ("Schuldner Verbraucher", {"schuldner_verbraucher": True}, 5, "0.00", "der Schuldner ist Verbraucher"),
        ("Gläubiger Verbraucher, Schuldner nicht", {"glaeubiger_verbraucher": True}, 5, "40.00", "der Gläubiger ist"),
        ("keine Entgeltforderung", {"entgeltforderung": False}, 5, "0.00", "keine Entgeltforderung"),
        ("Entgeltforderung nicht angegeben", {"entgeltforderung": None}, 5, "0.00", "nicht angegeben"),
        ("Schuldner nicht angegeben", {"schuldner_verbraucher": None}, 5, "0.00", "nicht angegeben"),
        ("Gläubiger nicht angegeben", {"glaeubiger_verbraucher": None}, 5, "40.00", "nicht angegeben"),
        ("Vertrag vom 28.07.2014", {"entstanden_am": day("2014-07-28")}, 8, "0.00", "Art. 229 § 34"),
        ("Vertrag vom 29.07.2014", {"entstanden_am": day("2014-07-29")}, 9, "40.00", "§ 288 Abs. 2"),
        ("alter Vertrag, späte Leistung, kein Dauerschuldverhältnis",
         {"entstanden_am": day("2013-01-01"), "leistung_am": day("2018-01-01")}, 8, "0.00", "Art. 229 § 34"),
        ("Dauerschuldverhältnis, Leistung am 30.06.2016",
         {"entstanden_am": day("2013-01-01"), "dauerschuld": True, "leistung_am": day("2016-06-30")}, 8, "0.00",
         "Art. 229 § 34"),
        ("Dauerschuldverhältnis, Leistung am 01.07.2016",
         {"entstanden_am": day("2013-01-01"), "dauerschuld": True, "leistung_am": day("2016-07-01")}, 9, "40.00",
         "§ 288 Abs. 2"),
        ("Dauerschuldverhältnis ohne Tag der Leistung",
         {"entstanden_am": day("2013-01-01"), "dauerschuld": True}, 8, "0.00", "Art. 229 § 34"),
        ("alter Vertrag mit einem Verbraucher", {"entstanden_am": day("2013-01-01"), "schuldner_verbraucher": True},
         5, "0.00", "§ 288 Abs. 1"),
    ],
)  # fmt: skip
def test_gesetzlicher_satz_und_pauschale(
    fall: str, weiteres: dict[str, object], punkte: int, pauschale: str, wort: str
) -> None:
    tatsachen = dataclasses.replace(GEWERBE, **weiteres)  # type: ignore[arg-type]
    zins = decide_verzugszins(RECHT, tatsachen)
    assert zins.zinssatz == Zinssatz.ueber_basis(Decimal(punkte)), fall
    assert wort in zins.text
    summe = decide_pauschale(RECHT, tatsachen, VERZUG)
    assert summe.betrag == Decimal(pauschale), summe.text
    assert summe.faellig_am == (VERZUG if summe.betrag else None)


@pytest.mark.parametrize(
    ("weiteres", "wort"),
    [
        ({"entgeltforderung": None}, "ob es eine Entgeltforderung ist"),
        ({"entgeltforderung": False}, "keine Entgeltforderung"),
        ({"schuldner_verbraucher": None}, "ob der Schuldner Verbraucher ist"),
        ({"schuldner_verbraucher": True}, "der Schuldner ist Verbraucher"),
        ({"entstanden_am": day("2014-07-28")}, "bis 28.07.2014"),
    ],
)
def test_warum_keine_pauschale(weiteres: dict[str, object], wort: str) -> None:
    tatsachen = dataclasses.replace(GEWERBE, **weiteres)  # type: ignore[arg-type]
    assert wort in decide_pauschale(RECHT, tatsachen, VERZUG).text


def test_ohne_verzug_keine_pauschale() -> None:
    assert decide_pauschale(RECHT, GEWERBE, None).betrag == 0


def test_festgesetzte_kosten_ab_eingang_des_antrags() -> None:
    """I25: Antrag am 30.04.2018, Zahlung am 18.06.2018: 49 Zinstage (act/365 und act/act sind hier gleich)."""
    punkte = Zinssatz.ueber_basis(RECHT.wert_am("kostenfestsetzung_punkte", day("2018-04-30")).wert)
    zeilen = interest_lines(RECHT, Decimal("354.16"), day("2018-04-30"), day("2018-06-17"), punkte)
    assert (sum(z.tage for z in zeilen), sum_lines(zeilen)) == (49, Decimal("1.96"))


def test_hoeher_als_das_gesetz_wird_gesagt() -> None:
    gesetzlich = Zinssatz.ueber_basis(Decimal(9))
    assert compare_agreed(RECHT, Zinssatz.fest(Decimal("10.52")), gesetzlich, day("2026-07-01")) is None
    befund = compare_agreed(RECHT, Zinssatz.fest(Decimal("10.52")), gesetzlich, day("2026-06-30"))
    assert befund is not None
    assert "10,27" in befund.text
    befund = compare_agreed(RECHT, Zinssatz.ueber_basis(Decimal(10)), gesetzlich, day("2026-07-01"))
    assert befund is not None
    assert "11,52" in befund.text


def test_vor_der_schuldrechtsreform_wird_abgelehnt() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        decide_verzugszins(RECHT, dataclasses.replace(GEWERBE, entstanden_am=day("2001-12-31")))
    assert "01.01.2002" in gefangen.value.befund.text
