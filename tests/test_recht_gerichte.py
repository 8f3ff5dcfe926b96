"""Courts and catalogue: which dunning court, which kind of court for the dispute, what a number implies."""

import datetime as dt
from decimal import Decimal

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.gerichte import (
    Gerichtsart,
    check_schuldner_inland,
    decide_streitgericht,
    find_mahngericht,
    read_mahngerichte,
)
from mahnakte.recht.kalender import LAENDER
from mahnakte.recht.katalog import decide_frist, find_hauptforderungsart, read_katalog
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.verjaehrungsfrist import Frist
from vektorbau import read_tabelle

RECHT = shipped_recht()

HEUTE = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("land", "olg", "ort", "plz", "post", "xjustiz"),
    [
        ("BW", None, "Stuttgart", "70190", "70154", "B2609M"),
        ("BY", None, "Coburg", "96450", "96441", "D4401M"),
        ("BE", None, "Berlin", "13357", "13343", "F1102M"),
        ("BB", None, "Berlin", "13357", "13343", "F1102M"),
        ("HB", None, "Bremen", "28195", "28184", "H1101"),
        ("HH", None, "Hamburg", "22765", "22747", "K1102"),
        ("MV", None, "Hamburg", "22765", "22747", "K1102"),
        ("HE", None, "Hünfeld", "36088", "36084", "M1307"),
        ("NI", None, "Uelzen", "29525", "29525", "P2510M"),
        ("NW", "koeln", "Euskirchen", "53879", "53878", "R3203M"),
        ("NW", "sonst", "Hagen", "58099", "58081", "R2602M"),
        ("RP", None, "Mayen", "56727", "56723", "T2213M"),
        ("SL", None, "Mayen", "56727", "56723", "T2213M"),
        ("SN", None, "Staßfurt", "39418", "39418", "W1101"),
        ("ST", None, "Staßfurt", "39418", "39418", "W1101"),
        ("TH", None, "Staßfurt", "39418", "39418", "W1101"),
        ("SH", None, "Schleswig", "24837", "24821", "X1119M"),
    ],
)
def test_mahngericht_nach_dem_sitz(
    land: str, olg: str | None, ort: str, plz: str, post: str, xjustiz: str
) -> None:
    gericht = find_mahngericht(HEUTE, land, olg)
    assert (gericht.ort, gericht.plz, gericht.plz_post, gericht.xjustiz) == (ort, plz, post, xjustiz)


def test_die_tabelle_gilt_vom_ersten_bis_zum_letzten_tag() -> None:
    tabelle = read_mahngerichte()
    assert find_mahngericht(tabelle.ab, "BY") == find_mahngericht(tabelle.bis, "BY")
    for tag in (tabelle.ab - dt.timedelta(days=1), tabelle.bis + dt.timedelta(days=1)):
        with pytest.raises(Ablehnung):
            find_mahngericht(tag, "BY")


def test_jedes_land_hat_ein_gericht() -> None:
    laender = [land for gericht in read_mahngerichte().gerichte for land in gericht.laender]
    assert sorted(laender) == sorted([*LAENDER, "NW"])  # NW twice: by OLG district


def test_mahngerichte_gleichen_den_veroeffentlichten() -> None:
    zeilen = read_tabelle("mahngerichte")
    assert {zeile["land"] for zeile in zeilen} == set(LAENDER)
    for zeile in zeilen:
        gericht = find_mahngericht(HEUTE, zeile["land"], zeile.get("olg"))
        felder = ("ort", "plz", "plz_post", "xjustiz")
        assert tuple(getattr(gericht, feld) for feld in felder) == tuple(zeile[feld] for feld in felder)
        assert gericht.name == zeile["gericht"]


def test_ohne_sitz_in_deutschland_wedding() -> None:
    assert find_mahngericht(HEUTE, None, staat="AT").kurzname == "Wedding"


@pytest.mark.parametrize(
    ("land", "olg", "code"),
    [(None, None, "MAHNGERICHT_LAND"), ("XX", None, "MAHNGERICHT_LAND"), ("NW", None, "MAHNGERICHT_OLG"),
     ("NW", "hamm", "MAHNGERICHT_OLG")],
)  # fmt: skip
def test_fehlende_angaben_werden_erfragt(land: str | None, olg: str | None, code: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        find_mahngericht(HEUTE, land, olg)
    assert gefangen.value.befund.code == code


def test_was_die_quellen_offen_lassen_wird_gesagt() -> None:
    assert [befund.code for befund in find_mahngericht(HEUTE, "SN").befunde] == ["MAHNGERICHT_XJUSTIZ"]
    assert find_mahngericht(HEUTE, "BY").befunde == ()


def test_schuldner_im_ausland_ist_keine_tabelle() -> None:
    befund = check_schuldner_inland("FR")
    assert befund is not None
    assert "§ 703d" in befund.text
    assert "Europäische Mahnverfahren" in befund.abhilfe
    assert check_schuldner_inland("DE") is None


@pytest.mark.parametrize(
    ("nummer", "wert", "am", "art", "ausschliesslich"),
    [
        (11, "5000.00", "2025-12-31", "amtsgericht", False),
        (11, "5000.01", "2025-12-31", "landgericht", False),
        (11, "10000.00", "2026-01-01", "amtsgericht", False),
        (11, "10000.01", "2026-01-01", "landgericht", False),
        (None, "10000.00", "2026-01-01", "amtsgericht", False),
        (2, "80.00", "2026-01-01", "landgericht", True),  # medical treatment, § 71 (2) no. 9 GVG
        (2, "80.00", "2025-12-31", "amtsgericht", False),
        (13, "80.00", "2026-11-21", "landgericht", True),
        (61, "80.00", "2026-11-21", "landgericht", True),
        (78, "80.00", "2026-11-21", "amtsgericht", False),  # veterinary: not
        (19, "20000.00", "2026-11-21", "amtsgericht", True),  # dwelling
        (17, "20000.00", "2026-11-21", "landgericht", False),  # business premises: by value
        (90, "20000.00", "2026-11-21", "amtsgericht", True),  # WEG
        (95, "80.00", "2026-11-21", "sozialgericht", True),
    ],
)
def test_streitgericht(nummer: int | None, wert: str, am: str, art: str, ausschliesslich: bool) -> None:
    gericht = decide_streitgericht(RECHT, nummer, Decimal(wert), dt.date.fromisoformat(am))
    assert (gericht.art, gericht.ausschliesslich) == (Gerichtsart(art), ausschliesslich), gericht.text


def test_krankentransport_wird_gefragt() -> None:
    assert [b.code for b in decide_streitgericht(RECHT, 77, Decimal(80), HEUTE).befunde] == [
        "STREITGERICHT_FRAGLICH"
    ]


# --- catalogue -----------------------------------------------------------------------------------------------


def test_katalog_gleicht_der_liste() -> None:
    erwartet = {int(nr): was for nr, was in read_tabelle("katalog").items()}
    assert len(erwartet) == 56
    assert {nummer: eintrag.text for nummer, eintrag in read_katalog().items()} == erwartet


@pytest.mark.parametrize(
    ("nummer", "angaben"),
    [(19, ("belegenheit",)), (20, ("belegenheit",)), (28, ("vertragsart",)), (36, ("kontonummer",)),
     (42, ("kundennummer",)), (61, ("leistungsart",)), (70, ("zeitraum",)), (90, ("belegenheit",)), (11, ())],
)  # fmt: skip
def test_zusatzangaben(nummer: int, angaben: tuple[str, ...]) -> None:
    assert find_hauptforderungsart(nummer).zusatzangaben == angaben


def test_entgeltforderung_nur_wo_es_klar_ist() -> None:
    """Waren und Dienste ja; Darlehen, Ersatz, Bereicherung, Rückgriff nein; Zweifelhaftes nein."""
    assert all(
        find_hauptforderungsart(nr).entgeltforderung for nr in (1, 2, 5, 8, 11, 17, 24, 26, 42, 43, 44, 76)
    )
    nein = (3, 4, 12, 20, 22, 25, 27, 28, 29, 30, 33, 35, 36, 37, 38, 39, 46, 70, 80, 90)
    assert not any(find_hauptforderungsart(nr).entgeltforderung for nr in nein)


@pytest.mark.parametrize(
    ("nummer", "frist", "fragen"),
    [(None, Frist.REGEL, 0), (11, Frist.REGEL, 0), (6, Frist.FRACHT, 0), (34, Frist.FRACHT, 0), (14, Frist.FRACHT, 0),
     (20, Frist.REGEL, 1), (28, Frist.REGEL, 1)],
)  # fmt: skip
def test_verjaehrungsfrist_nach_katalog(nummer: int | None, frist: Frist, fragen: int) -> None:
    gefunden, befunde = decide_frist(RECHT, nummer)
    assert (gefunden, len(befunde)) == (frist, fragen)


@pytest.mark.parametrize("nummer", [30, 31, 32])
def test_wechsel_und_scheck_werden_abgelehnt(nummer: int) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        decide_frist(RECHT, nummer)
    assert gefangen.value.befund.code == "RECHT_NICHT_GEPRUEFT"


def test_berufsgeheimnis() -> None:
    assert [nr for nr, eintrag in read_katalog().items() if eintrag.berufsgeheimnis] == [2, 13, 24, 61]


def test_unbekannte_nummer() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        find_hauptforderungsart(47)
    assert "47" in gefangen.value.befund.text
