"""Interest: the published vectors, a naive calculator written from the statute, and what must always hold."""

import calendar
import datetime as dt
import random
from decimal import Decimal
from fractions import Fraction

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.zinsen import Tageszaehlung, Zinssatz, interest_lines, sum_exact, sum_lines
from vektorbau import read_vektoren

RECHT = shipped_recht()
ENDE = RECHT.find_reihe("basiszinssatz").gedeckt_bis

# What each vector of fixtures/vektoren/zinsen.yaml shows; a number without a word here fails.
VEKTOREN = {
    "I01": "5 Punkte, ein Halbjahr; Vereinbarung act/365",
    "I03": "8 Punkte (Recht bis 28.07.2014), Teil eines Jahres",
    "I05": "8 Punkte, ganzes Halbjahr",
    "I07": "8 Punkte, Basiszinssatz 0,37",
    "I09": "8 Punkte über sechs Halbjahre; einmal am Ende gerundet",
    "I11": "fester Satz über den Jahreswechsel ins Schaltjahr; je Zeile gerundet",
    "I13": "fester Satz, 182/366",
    "I15": "fester Satz, 365 von 366 Tagen",
    "I17": "fester Satz; Vereinbarung 30E/360",
    "I19": "erdachter Basiszinssatz 2,00: als fester Satz 11; Vereinbarung act/365",
    "I21": "fester Satz, 234 Tage",
    "I23": "erdachter Basiszinssatz 1,27: als fester Satz 6,27; Vereinbarung act/365",
    "I25": "5 Punkte, negativer Basiszinssatz; Vereinbarung act/365",
    "I27": "9 Punkte bis heute; Vereinbarung act/365",
    "I29": "5 Punkte ins Schaltjahr; Vereinbarung act/365",
    "I31": "5 Punkte, Basiszinssatz −0,88 und 1,62; Vereinbarung act/365",
    "I33": "9 Punkte über zehn Jahre, je Zeile gerundet; Vereinbarung act/365",
    "I35": "kleine Forderung, 30 Tage; Vereinbarung act/365",
}
ZAEHLUNG = {
    "act/act": Tageszaehlung.ACT_ACT,
    "act/365": Tageszaehlung.ACT_365,
    "30E/360": Tageszaehlung.DREISSIG_360,
}


@pytest.mark.parametrize("nummer", VEKTOREN, ids=[f"{nummer} {was}" for nummer, was in VEKTOREN.items()])
def test_vektor(nummer: str) -> None:
    zeile = read_vektoren("zinsen")[nummer]
    satz = {wort: Decimal(prozent) for wort, prozent in zeile["satz"].items()}
    if "fest" in satz:
        zinssatz = Zinssatz.fest(satz["fest"])
    elif "basis" in satz:  # a base rate invented by the source: the sum is a fixed rate
        zinssatz = Zinssatz.fest(satz["punkte"] + satz["basis"])
    else:
        zinssatz = Zinssatz.ueber_basis(satz["punkte"])
    zeilen = interest_lines(
        RECHT,
        Decimal(zeile["betrag"]),
        dt.date.fromisoformat(zeile["von"]),
        dt.date.fromisoformat(zeile["bis"]),
        zinssatz,
        ZAEHLUNG[zeile["zaehlung"]],
    )
    summe = sum_exact(zeilen) if zeile["gerundet"] == "am Ende" else sum_lines(zeilen)
    assert summe == Decimal(zeile["zinsen"])
    assert sum(eine.tage for eine in zeilen) == int(zeile["tage"])


def test_kein_vektor_fehlt() -> None:
    assert set(read_vektoren("zinsen")) == set(VEKTOREN)


def test_zeilen_der_herleitung() -> None:
    zeilen = interest_lines(
        RECHT, Decimal("1500.00"), dt.date(2009, 9, 15), dt.date(2010, 7, 1), Zinssatz.ueber_basis(Decimal(8))
    )
    assert [(z.von, z.bis, z.tage, z.teiler, z.satz, z.zinsen) for z in zeilen] == [
        (dt.date(2009, 9, 15), dt.date(2009, 12, 31), 108, 365, Decimal("8.12"), Decimal("36.04")),
        (dt.date(2010, 1, 1), dt.date(2010, 6, 30), 181, 365, Decimal("8.12"), Decimal("60.40")),
        (dt.date(2010, 7, 1), dt.date(2010, 7, 1), 1, 365, Decimal("8.12"), Decimal("0.33")),
    ]
    assert all(z.satz == z.basiszins + z.punkte for z in zeilen)


def test_geteilt_wird_nur_wo_es_die_regel_verlangt() -> None:
    """Über Basis am 1. Januar und 1. Juli, fest act/act nur am 1. Januar, sonst gar nicht."""
    von, bis, tausend = dt.date(2023, 3, 1), dt.date(2025, 2, 28), Decimal(1000)
    basis, fest = Zinssatz.ueber_basis(Decimal(5)), Zinssatz.fest(Decimal(6))
    for zaehlung in Tageszaehlung:
        beginne = [z.von for z in interest_lines(RECHT, tausend, von, bis, basis, zaehlung)]
        assert beginne == [
            von,
            dt.date(2023, 7, 1),
            dt.date(2024, 1, 1),
            dt.date(2024, 7, 1),
            dt.date(2025, 1, 1),
        ]
    beginne = [z.von for z in interest_lines(RECHT, tausend, von, bis, fest, Tageszaehlung.ACT_ACT)]
    assert beginne == [von, dt.date(2024, 1, 1), dt.date(2025, 1, 1)]
    assert len(interest_lines(RECHT, tausend, von, bis, fest, Tageszaehlung.ACT_365)) == 1
    assert len(interest_lines(RECHT, tausend, von, bis, fest, Tageszaehlung.DREISSIG_360)) == 1


# --- a second calculator, day by day, from the statute alone ---------------------------------------


def naive_interest(
    betrag: Decimal, von: dt.date, bis: dt.date, zinssatz: Zinssatz, zaehlung: str
) -> Fraction:
    """Jeder Tag einzeln: Betrag × Satz / Tage des Jahres; im Bankjahr hat jeder Monat 30 Tage."""
    summe, tag = Fraction(0), von
    while tag <= bis:
        satz = zinssatz.prozent
        if zinssatz.ueber_basiszins:
            satz += RECHT.basiszins_am(dt.date(tag.year, 1 if tag.month < 7 else 7, 1)).wert
        if zaehlung == "act/act":
            anteil = Fraction(1, 366 if calendar.isleap(tag.year) else 365)
        elif zaehlung == "act/365":
            anteil = Fraction(1, 365)
        else:  # the 31st adds nothing to the 30th; the last of February stands for the days up to the 30th
            letzter = calendar.monthrange(tag.year, tag.month)[1]
            if tag.day == letzter:
                anteil = Fraction(max(0, 31 - tag.day) if letzter < 31 else 1, 360)
            else:
                anteil = Fraction(0 if tag.day == 30 else 1, 360)
        summe += Fraction(betrag) * Fraction(satz) / 100 * anteil
        tag += dt.timedelta(days=1)
    return summe


@pytest.mark.parametrize("zaehlung", list(Tageszaehlung))
def test_tag_fuer_tag_gerechnet(zaehlung: Tageszaehlung) -> None:
    zufall = random.Random(20261121)
    for _ in range(60):
        betrag, von, bis, zinssatz = _random_case(zufall)
        zeilen = interest_lines(RECHT, betrag, von, bis, zinssatz, zaehlung)
        assert sum(z.ungerundet for z in zeilen) == naive_interest(betrag, von, bis, zinssatz, zaehlung.value)


@pytest.mark.umfang
@pytest.mark.parametrize("zaehlung", list(Tageszaehlung))
def test_tag_fuer_tag_gerechnet_in_grosser_zahl(zaehlung: Tageszaehlung) -> None:
    zufall = random.Random(1)
    for _ in range(500):
        betrag, von, bis, zinssatz = _random_case(zufall)
        zeilen = interest_lines(RECHT, betrag, von, bis, zinssatz, zaehlung)
        assert sum(z.ungerundet for z in zeilen) == naive_interest(betrag, von, bis, zinssatz, zaehlung.value)


@pytest.mark.parametrize("zaehlung", list(Tageszaehlung))
def test_teilen_aendert_vor_dem_runden_nichts(zaehlung: Tageszaehlung) -> None:
    zufall = random.Random(7)
    for _ in range(300):
        betrag, von, bis, zinssatz = _random_case(zufall)
        mitte = von + dt.timedelta(days=zufall.randint(0, (bis - von).days + 1))
        ganz = interest_lines(RECHT, betrag, von, bis, zinssatz, zaehlung)
        links = interest_lines(RECHT, betrag, von, mitte - dt.timedelta(days=1), zinssatz, zaehlung)
        rechts = interest_lines(RECHT, betrag, mitte, bis, zinssatz, zaehlung)
        assert sum(z.ungerundet for z in ganz) == sum(z.ungerundet for z in (*links, *rechts))


def test_jede_zeile_ist_kaufmaennisch_gerundet() -> None:
    zufall = random.Random(3)
    for _ in range(300):
        betrag, von, bis, zinssatz = _random_case(zufall)
        for zeile in interest_lines(RECHT, betrag, von, bis, zinssatz):
            abstand = Fraction(zeile.zinsen) - zeile.ungerundet
            assert Fraction(-1, 200) < abstand <= Fraction(1, 200)


def test_genau_ein_halber_cent_wird_aufgerundet() -> None:
    # 73,00 × 2,5 % × 1 / 365 = 0,005
    (zeile,) = interest_lines(
        RECHT, Decimal(73), dt.date(2025, 5, 5), dt.date(2025, 5, 5), Zinssatz.fest(Decimal("2.5"))
    )
    assert (zeile.ungerundet, zeile.zinsen) == (Fraction(5, 1000), Decimal("0.01"))


# --- edges and refusals ----------------------------------------------------------------------------


def test_keine_tage_und_kein_betrag_geben_keine_zeile() -> None:
    tag, satz = dt.date(2026, 3, 2), Zinssatz.ueber_basis(Decimal(5))
    assert interest_lines(RECHT, Decimal(100), tag, tag - dt.timedelta(days=1), satz) == ()
    assert interest_lines(RECHT, Decimal(0), tag, tag, satz) == ()
    # the 31st is no day of its own in the bank year
    assert (
        interest_lines(
            RECHT, Decimal(100), dt.date(2026, 1, 30), dt.date(2026, 1, 30), satz, Tageszaehlung.DREISSIG_360
        )
        == ()
    )


@pytest.mark.parametrize(
    ("betrag", "von", "bis", "satz", "code", "wort"),
    [
        (
            "100",
            "2026-03-03",
            "2026-03-01",
            Zinssatz.fest(Decimal(5)),
            "ZINS_ZEITRAUM_VERKEHRT",
            "01.03.2026",
        ),
        ("-1", "2026-03-01", "2026-03-03", Zinssatz.fest(Decimal(5)), "ZINS_BETRAG_NEGATIV", "-1,00"),
        (
            "100",
            "2001-12-30",
            "2002-01-05",
            Zinssatz.ueber_basis(Decimal(5)),
            "RECHTSWERT_VOR_TABELLE",
            "01.01.2002",
        ),
        (
            "100",
            "2026-12-30",
            str(ENDE + dt.timedelta(days=1)),
            Zinssatz.ueber_basis(Decimal(5)),
            "RECHTSWERT_NACH_TABELLE",
            f"{ENDE:%d.%m.%Y}",
        ),
        (
            "100",
            "2016-12-30",
            "2017-01-01",
            Zinssatz.ueber_basis(Decimal("0.5")),
            "ZINSSATZ_NEGATIV",
            "-0,38",
        ),
    ],
)
def test_abgelehnt(betrag: str, von: str, bis: str, satz: Zinssatz, code: str, wort: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        interest_lines(RECHT, Decimal(betrag), dt.date.fromisoformat(von), dt.date.fromisoformat(bis), satz)
    assert gefangen.value.befund.code == code
    assert wort in gefangen.value.befund.text


def test_ein_satz_von_null_ist_eine_zeile_ohne_zinsen() -> None:
    tag = dt.date(2016, 12, 30)
    (zeile,) = interest_lines(RECHT, Decimal(1000), tag, tag, Zinssatz.ueber_basis(Decimal("0.88")))
    assert (zeile.satz, zeile.zinsen) == (0, 0)


def test_der_letzte_gedeckte_tag_wird_noch_gerechnet() -> None:
    (zeile,) = interest_lines(RECHT, Decimal(36500), ENDE, ENDE, Zinssatz.ueber_basis(Decimal(5)))
    assert (zeile.bis, zeile.basiszins) == (ENDE, RECHT.find_reihe("basiszinssatz").werte[-1].wert)
    tag = dt.date(2026, 12, 31)
    (zeile,) = interest_lines(RECHT, Decimal(36500), tag, tag, Zinssatz.ueber_basis(Decimal(5)))
    assert zeile.zinsen == Decimal("6.52")


def _random_case(zufall: random.Random) -> tuple[Decimal, dt.date, dt.date, Zinssatz]:
    von = dt.date(2002, 1, 1) + dt.timedelta(days=zufall.randint(0, 8000))
    bis = min(von + dt.timedelta(days=zufall.randint(0, 1500)), dt.date(2026, 12, 31))
    prozent = Decimal(zufall.randint(100, 1200)) / 100
    satz = Zinssatz.ueber_basis(prozent) if zufall.random() < 0.6 else Zinssatz.fest(prozent)
    return Decimal(zufall.randint(1, 5_000_000)) / 100, von, bis, satz
