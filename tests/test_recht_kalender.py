"""Periods, working days and procedural deadlines: vectors and the traps of the public holidays."""

import datetime as dt
import pathlib

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht.kalender import (
    LAENDER,
    add_frist,
    certain_holidays,
    frist_ende,
    last_safe_day,
    move_to_common_workday,
    move_to_workday,
)
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.verfahren import compute_rechtskraft_vb, compute_verfahrensfrist
from vektorbau import read_vektoren

RECHT = shipped_recht()

# D01 to D09 are starts of default, M01 to M11 procedural deadlines.
DATEIEN = ("test_recht_verzug.py", "test_recht_kalender.py")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("vektor", "frist", "ab", "ende"),
    [
        ("M01 Widerspruch", "widerspruch", "2026-11-02", "2026-11-16"),
        ("M03 Widerspruch über Weihnachten", "widerspruch", "2026-12-11", "2026-12-28"),
        ("M05 letzter Tag für den VB-Antrag", "mahnbescheid_wirkung", "2026-03-05", "2026-09-07"),
        ("M07 Einspruch", "einspruch", "2026-10-14", "2026-10-28"),
        ("M09 Anspruchsbegründung", "anspruchsbegruendung", "2026-10-14", "2026-10-28"),
        ("Einspruch im Ausland", "einspruch_ausland", "2026-10-31", "2026-11-30"),
    ],
)
def test_verfahrensfrist(vektor: str, frist: str, ab: str, ende: str) -> None:
    assert compute_verfahrensfrist(RECHT, frist, day(ab)).ende.ende == day(ende), vektor


def test_m11_loeschung_im_schuldnerverzeichnis_am_tag_selbst() -> None:
    """Keine Handlung einer Partei: § 222 Abs. 2 ZPO verschiebt die Löschung nicht (hier Christi Himmelfahrt)."""
    assert compute_verfahrensfrist(RECHT, "schuldnerverzeichnis", day("2024-05-06")).ende.roh == day(
        "2027-05-06"
    )


def test_m05_geplant_wird_mit_dem_freitag() -> None:
    assert compute_verfahrensfrist(RECHT, "mahnbescheid_wirkung", day("2026-03-05")).ende.sicher_bis == day(
        "2026-09-04"
    )


def test_l15_rechtskraft_nach_ostern() -> None:
    assert compute_rechtskraft_vb(RECHT, day("2010-03-19")).ende.ende == day("2010-04-06")


@pytest.mark.parametrize(
    ("ab", "dauer", "ende"),
    [
        ("2026-04-08", "2w", "2026-04-22"),
        ("2026-01-31", "1m", "2026-02-28"),  # § 188 (3)
        ("2024-01-31", "1m", "2024-02-29"),
        ("2024-02-29", "1j", "2025-02-28"),
        ("2024-02-29", "4j", "2028-02-29"),
        ("2004-02-29", "30j", "2034-02-28"),
        ("2026-02-28", "1m", "2026-03-28"),  # not the last of March
        ("2026-12-15", "6m", "2027-06-15"),
        ("2026-11-21", "30t", "2026-12-21"),
        ("2026-11-21", "0t", "2026-11-21"),
    ],
)
def test_fristende_ohne_verschiebung(ab: str, dauer: str, ende: str) -> None:
    assert add_frist(day(ab), dauer) == day(ende)


@pytest.mark.parametrize(("dauer", "code"), [("2 Wochen", "FRIST_DAUER"), ("-1t", "FRIST_DAUER"), ("", "FRIST_DAUER"),
                                             ("9999j", "FRIST_ZU_LANG"), ("٣t", "FRIST_DAUER")])  # fmt: skip
def test_unlesbare_dauer_wird_abgelehnt(dauer: str, code: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        add_frist(day("2026-01-01"), dauer)
    assert gefangen.value.befund.code == code


@pytest.mark.parametrize(
    ("tag", "land", "ende", "sicher", "warum"),
    [
        ("2026-11-14", None, "2026-11-16", "2026-11-13", "Samstag"),
        ("2026-10-31", "SN", "2026-11-02", "2026-10-30", "Reformationstag am Samstag"),
        ("2025-10-31", "SN", "2025-11-03", "2025-10-30", "Reformationstag am Freitag"),
        ("2025-10-31", "HE", "2025-10-31", "2025-10-31", "in Hessen kein Feiertag"),
        (
            "2025-10-31",
            None,
            "2025-10-31",
            "2025-10-30",
            "Land unbekannt: bewegt nicht, gilt aber nicht als sicher",
        ),
        ("2017-10-31", "HE", "2017-11-01", "2017-10-30", "Reformationsjubiläum, überall"),
        ("2025-08-15", "SL", "2025-08-18", "2025-08-14", "Mariä Himmelfahrt im ganzen Saarland"),
        ("2025-08-15", "BY", "2025-08-15", "2025-08-14", "in Bayern nur in manchen Gemeinden"),
        ("2028-08-08", "BY", "2028-08-08", "2028-08-07", "Friedensfest nur in Augsburg"),
        ("2026-06-04", "NW", "2026-06-05", "2026-06-03", "Fronleichnam in ganz NRW"),
        ("2026-06-04", "SN", "2026-06-04", "2026-06-03", "in Sachsen nur in manchen Gemeinden"),
        ("2026-06-04", "TH", "2026-06-04", "2026-06-03", "in Thüringen nur in manchen Gemeinden"),
        ("2028-06-17", "BE", "2028-06-19", "2028-06-16", "Samstag und einmaliger Feiertag in Berlin"),
        ("2026-11-18", "SN", "2026-11-19", "2026-11-17", "Buß- und Bettag"),
        ("2026-12-25", "BY", "2026-12-28", "2026-12-24", "Weihnachten, dann Sonntag"),
    ],
)
def test_werktag(tag: str, land: str | None, ende: str, sicher: str, warum: str) -> None:
    assert (move_to_workday(day(tag), land), last_safe_day(day(tag), land)) == (day(ende), day(sicher)), warum


@pytest.mark.parametrize(
    ("laender", "ende"),
    [
        (("SN",), "2024-11-01"),  # Reformationstag, am Freitag wird gearbeitet
        (("NW",), "2024-10-31"),
        (("SN", "NW"), "2024-11-04"),  # Donnerstag frei in SN, Freitag (Allerheiligen) in NW, dann Wochenende
        ((None, "NW"), "2024-10-31"),
        ((), "2024-10-31"),  # kein Land bekannt: nur bundesweite Feiertage
    ],
)
def test_werktag_fuer_alle(laender: tuple[str | None, ...], ende: str) -> None:
    assert move_to_common_workday(day("2024-10-31"), laender) == day(ende)


def test_der_grund_der_verschiebung_wird_genannt() -> None:
    assert frist_ende(day("2026-12-11"), "2w").grund == "25.12.2026 ist Feiertag (Erster Weihnachtstag)"
    assert frist_ende(day("2026-10-31"), "2w").grund == "14.11.2026 ist ein Samstag"
    assert frist_ende(day("2026-04-08"), "2w").grund == ""


@pytest.mark.parametrize("land", [None, *LAENDER])
def test_feiertage_heissen_deutsch(land: str | None) -> None:
    feiertage = certain_holidays(2026, land)
    assert feiertage[day("2026-12-25")] == "Erster Weihnachtstag"
    assert feiertage[day("2026-10-03")] == "Tag der Deutschen Einheit"


def test_erstes_und_letztes_jahr_des_kalenders() -> None:
    assert move_to_workday(day("1991-01-01")) == day("1991-01-02")
    assert move_to_workday(day("2100-12-25")) == day("2100-12-27")


@pytest.mark.parametrize(("tag", "land", "code"), [("2026-01-05", "XX", "LAND_UNBEKANNT"),
                                                   ("1985-01-02", None, "KALENDER_NICHT_GEDECKT"),
                                                   ("2104-01-02", "SN", "KALENDER_NICHT_GEDECKT")])  # fmt: skip
def test_ausserhalb_des_kalenders_wird_abgelehnt(tag: str, land: str | None, code: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        move_to_workday(day(tag), land)
    assert gefangen.value.befund.code == code


def test_kein_vektor_fehlt() -> None:
    """Jede Nummer der Datei kommt in diesen Tests vor, mit denselben Daten."""
    ordner = pathlib.Path(__file__).parent
    quelltext = "".join((ordner / name).read_text(encoding="utf-8") for name in DATEIEN).lower()
    for nummer, zeile in read_vektoren("fristen").items():
        assert nummer.lower() in quelltext, nummer
        assert zeile["tag"] in quelltext, nummer
