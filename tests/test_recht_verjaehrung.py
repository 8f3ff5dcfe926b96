"""Limitation: the vectors by number, then each rule with an example a lawyer can check."""

import datetime as dt
import pathlib
import random
from collections.abc import Sequence

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.recht import hemmung
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.verfahren import (
    compute_rechtskraft_vb,
    compute_titel_verjaehrung,
    compute_titelzinsen_verjaehrung,
)
from mahnakte.recht.verjaehrung import Umstand, Verjaehrung, Verjaehrungstatsachen, compute_verjaehrung
from mahnakte.recht.verjaehrungsfrist import Frist
from vektorbau import read_vektoren

RECHT = shipped_recht()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


DATEIEN = ("test_recht_verjaehrung.py",)
SPAET = day("2060-12-31")


def claim(entstanden: str, *umstaende: Umstand, stichtag: dt.date = SPAET, **weiteres: object) -> Verjaehrung:
    tatsachen = Verjaehrungstatsachen(day(entstanden), umstaende=umstaende, **weiteres)  # type: ignore[arg-type]
    return compute_verjaehrung(RECHT, tatsachen, stichtag)


def ends(ergebnis: Verjaehrung) -> tuple[str, str]:
    return ergebnis.ablauf.isoformat(), ergebnis.letzter_tag.isoformat()


def lines(ergebnis: Verjaehrung) -> Sequence[tuple[str, int]]:
    return [(zeile.art, zeile.tage) for zeile in ergebnis.zeilen]


# --- fixtures/vektoren/verjaehrung.yaml ----------------------------------------------------------------------------------


def test_l01_drei_jahre_ab_jahresschluss() -> None:
    assert ends(claim("2023-03-10", kenntnis_am=day("2023-03-10"))) == ("2026-12-31", "2026-12-31")


def test_l03_letzter_tag_am_wochenende() -> None:
    """Der 31.12.2022 ist ein Samstag, dann Neujahr: Montag genügt (BGH III ZR 146/07); geplant wird mit Freitag."""
    ergebnis = claim("2019-05-20", kenntnis_am=day("2019-05-20"))
    assert ends(ergebnis) == ("2022-12-31", "2023-01-02")
    assert ergebnis.sicher_bis == day("2022-12-30")


def test_l05_entstanden_heisst_faellig() -> None:
    """Leistung im Dezember 2023: bei vereinbarter Fälligkeit im Januar ein Jahr später als ohne."""
    assert ends(claim("2024-01-05")) == ("2027-12-31", "2027-12-31")
    assert ends(claim("2023-12-10")) == ("2026-12-31", "2026-12-31")


def test_l07_mahnbescheid_und_stillstand() -> None:
    mb = hemmung.mahnbescheid(RECHT, day("2023-12-30"), day("2024-01-05"), day("2024-01-09"))
    ergebnis = claim("2020-06-01", mb)
    assert ends(ergebnis) == ("2024-07-11", "2024-07-11")
    assert (mb.von, mb.bis) == (day("2023-12-30"), day("2024-07-09"))


def test_l09_verhandlung_mit_drei_monaten() -> None:
    ergebnis = claim("2023-05-01", hemmung.verhandlung(RECHT, day("2026-10-01"), day("2026-11-30")))
    assert ends(ergebnis) == ("2027-03-02", "2027-03-02")
    assert ergebnis.zeilen[1].tage == 61


def test_l11_stundung() -> None:
    ergebnis = claim("2023-05-01", hemmung.stundung(day("2026-02-01"), day("2026-07-31")))
    assert ends(ergebnis) == ("2027-06-30", "2027-06-30")
    assert ergebnis.zeilen[1].tage == 181


def test_l13_urteil_dreissig_jahre() -> None:
    ergebnis = compute_titel_verjaehrung(RECHT, day("2005-06-16"), (), SPAET)
    assert ends(ergebnis) == ("2035-06-16", "2035-06-18")
    assert ergebnis.sicher_bis == day("2035-06-15")


def test_l15_vollstreckungsbescheid_ueber_ostern() -> None:
    rechtskraft = compute_rechtskraft_vb(RECHT, day("2010-03-19")).ende.ende
    assert ends(compute_titel_verjaehrung(RECHT, rechtskraft, (), SPAET)) == ("2040-04-06", "2040-04-06")


def test_l17_urkunde_vom_schalttag() -> None:
    assert ends(compute_titel_verjaehrung(RECHT, day("2004-02-29"), (), SPAET)) == (
        "2034-02-28",
        "2034-02-28",
    )


def test_l19_zinsen_nach_dem_titel() -> None:
    assert ends(compute_titelzinsen_verjaehrung(RECHT, 2023, (), SPAET)) == ("2026-12-31", "2026-12-31")


def test_l21_zinsen_neubeginn_taggenau() -> None:
    """Der Antrag vom 01.09.2025 lässt die Zinsen von 2023 neu beginnen, die von 2025 noch nicht."""
    antrag = (hemmung.vollstreckung(day("2025-09-01")),)
    assert ends(compute_titelzinsen_verjaehrung(RECHT, 2023, antrag, SPAET)) == ("2028-09-01", "2028-09-01")
    zinsen_2025 = compute_titelzinsen_verjaehrung(RECHT, 2025, antrag, SPAET)
    assert zinsen_2025.ablauf == day("2028-12-31")
    assert zinsen_2025.zeilen[1].art == "ohne_wirkung"


def test_l23_insolvenztabelle() -> None:
    assert ends(compute_titel_verjaehrung(RECHT, day("2018-06-20"), (), SPAET)) == (
        "2048-06-20",
        "2048-06-22",
    )


# --- where the period begins, how long it is -------------------------------------------------------------------


def test_kenntnis_verschiebt_den_beginn_bis_zur_hoechstfrist() -> None:
    """§ 199 Abs. 4: spätestens zehn Jahre nach der Entstehung, taggenau."""
    assert claim("2015-05-20", kenntnis_am=day("2020-02-01")).ablauf == day("2023-12-31")
    assert claim("2015-05-20", kenntnis_am=day("2023-02-01")).ablauf == day("2025-05-20")


@pytest.mark.parametrize(
    ("frist", "beginn", "ende"),
    [
        (Frist.FRACHT, "2026-02-10", "2027-02-10"),  # § 439 (1) HGB: one year from delivery
        (Frist.MIETSCHADEN, "2026-08-31", "2027-02-28"),  # § 548 (1) BGB: six months from return
        (Frist.GRUNDSTUECK, None, "2036-02-20"),  # § 196 BGB: ten years from the day it arose
    ],
)
def test_besondere_fristen_taggenau(frist: Frist, beginn: str | None, ende: str) -> None:
    ergebnis = claim("2026-02-20", frist=frist, beginn_am=day(beginn) if beginn else None)
    assert ergebnis.ablauf == day(ende)


def test_besondere_frist_ohne_beginn_wird_abgelehnt() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        claim("2026-02-20", frist=Frist.FRACHT)
    assert "Ablieferung" in gefangen.value.befund.text


def test_anspruch_von_vor_2002_wird_abgelehnt_der_titel_nicht() -> None:
    with pytest.raises(Ablehnung) as gefangen:
        claim("2001-12-30")
    assert "01.01.2002" in gefangen.value.befund.text
    assert compute_titel_verjaehrung(RECHT, day("1996-12-05"), (), SPAET).ablauf == day("2026-12-05")


# --- suspension ---------------------------------------------------------------------------------------------


def test_hemmung_zaehlt_nur_im_lauf_der_frist() -> None:
    """Stundung 01.12.2022 bis 31.01.2023; die Frist läuft erst ab 01.01.2023: 31 Tage, nicht 62."""
    ergebnis = claim("2022-03-01", hemmung.stundung(day("2022-12-01"), day("2023-01-31")))
    assert (ergebnis.zeilen[1].tage, ergebnis.ablauf) == (31, day("2026-01-31"))
    ergebnis = claim("2022-03-01", hemmung.stundung(day("2022-05-01"), day("2022-12-31")))
    assert (lines(ergebnis)[1], ergebnis.ablauf) == (("ohne_wirkung", 0), day("2025-12-31"))


def test_ueberschneidungen_zaehlen_einmal() -> None:
    ergebnis = claim(
        "2022-03-01",
        hemmung.verhandlung(RECHT, day("2023-03-10"), day("2023-03-20")),
        hemmung.stundung(day("2023-03-01"), day("2023-03-15")),
        hemmung.stundung(day("2023-03-12"), day("2023-03-18")),
    )
    assert lines(ergebnis)[1:] == [("hemmung", 15), ("hemmung", 5), ("hemmung", 0)]
    assert ergebnis.ablauf == day("2026-01-20")


def test_nach_dem_ablauf_wirkt_nichts_mehr() -> None:
    ergebnis = claim("2019-03-01", hemmung.stundung(day("2023-01-01"), day("2023-06-30")),
                     hemmung.anerkenntnis(day("2023-02-01")))  # fmt: skip
    assert [art for art, _ in lines(ergebnis)] == ["beginn", "ohne_wirkung", "ohne_wirkung", "ende"]
    assert ergebnis.ablauf == day("2022-12-31")


def test_antrag_am_verschobenen_letzten_tag_hemmt() -> None:
    """Frist endet Samstag 31.12.2022, Antrag am Montag 02.01.2023 (§ 193 entsprechend)."""
    mb = hemmung.mahnbescheid(RECHT, day("2023-01-02"), day("2023-01-20"))
    assert claim("2019-03-01", mb).ablauf > day("2023-07-20")
    am_samstag = hemmung.mahnbescheid(RECHT, day("2022-12-31"), day("2023-01-20"))  # bis 20.07.2023: 202 Tage
    assert claim("2019-03-01", am_samstag).ablauf == day("2022-12-31") + dt.timedelta(days=202)
    zu_spaet = hemmung.mahnbescheid(RECHT, day("2023-01-03"), day("2023-01-20"))
    assert claim("2019-03-01", zu_spaet).ablauf == day("2022-12-31")


@pytest.mark.parametrize(
    ("zugestellt", "demnaechst", "von"),
    [
        ("2024-01-20", None, "2023-12-29"),
        ("2024-01-29", None, "2023-12-29"),  # one month to the day
        ("2024-01-30", None, "2024-01-30"),
        ("2024-03-20", None, "2024-03-20"),  # later than a month and nobody says why: not relied on
        ("2024-03-20", True, "2023-12-29"),  # the delay was the court's
        ("2024-01-20", False, "2024-01-20"),
    ],
)
def test_rueckwirkung_der_zustellung(zugestellt: str, demnaechst: bool | None, von: str) -> None:
    mb = hemmung.mahnbescheid(RECHT, day("2023-12-29"), day(zugestellt), demnaechst=demnaechst)
    assert mb.von == day(von)
    assert ("nicht angegeben" in mb.text) is (demnaechst is None and von == zugestellt)
    assert (claim("2020-03-01", mb).ablauf > day("2023-12-31")) is (von == "2023-12-29")


def test_anmeldung_am_verschobenen_letzten_tag_hemmt() -> None:
    anmeldung = hemmung.insolvenzanmeldung(RECHT, day("2023-01-02"), day("2023-06-30"))
    assert claim("2019-03-01", anmeldung).ablauf > day("2023-12-30")


def test_nicht_zugestellter_mahnbescheid_hemmt_nicht() -> None:
    ergebnis = claim("2020-03-01", hemmung.mahnbescheid(RECHT, day("2023-12-29"), None))
    assert (lines(ergebnis)[1][0], ergebnis.ablauf) == ("ohne_wirkung", day("2023-12-31"))


def test_offene_hemmung_gilt_bis_zum_stichtag() -> None:
    verhandlung = hemmung.verhandlung(RECHT, day("2025-12-01"), None)
    ergebnis = claim("2022-03-01", verhandlung, stichtag=day("2026-02-10"))
    assert (ergebnis.gehemmt, ergebnis.zeilen[1].tage, ergebnis.ablauf) == (True, 72, day("2026-03-13"))
    assert not claim("2026-03-01", stichtag=day("2026-04-10")).gehemmt


def test_insolvenzanmeldung_haelt_an() -> None:
    anmeldung = hemmung.insolvenzanmeldung(RECHT, day("2022-06-01"), day("2024-03-31"))
    assert anmeldung.bis == day("2024-09-30")
    assert claim(
        "2020-03-01", hemmung.insolvenzanmeldung(RECHT, day("2022-06-01"), None), stichtag=day("2026-01-01")
    ).gehemmt


def test_umstaende_nach_dem_stichtag_zaehlen_nicht() -> None:
    ergebnis = claim("2022-03-01", hemmung.anerkenntnis(day("2024-05-05")), stichtag=day("2024-05-04"))
    assert ergebnis.ablauf == day("2025-12-31")
    ergebnis = claim("2022-03-01", hemmung.anerkenntnis(day("2024-05-05")), stichtag=day("2024-05-05"))
    assert ergebnis.ablauf == day("2027-05-05")


# --- restart, floors, waiver --------------------------------------------------------------------------------


def test_anerkenntnis_beginnt_die_ganze_frist_taggenau_neu() -> None:
    ergebnis = claim("2022-03-01", hemmung.anerkenntnis(day("2024-05-05"), "Ratenzahlung"))
    assert ergebnis.ablauf == day("2027-05-05")
    assert ergebnis.zeilen[1].text.startswith("Ratenzahlung (§ 212 Abs. 1 Nr. 1 BGB)")


def test_neubeginn_vor_dem_beginn_ist_ohne_wirkung() -> None:
    ergebnis = claim("2022-03-01", hemmung.anerkenntnis(day("2022-12-31")))
    assert (lines(ergebnis)[1][0], ergebnis.ablauf) == ("ohne_wirkung", day("2025-12-31"))
    assert claim("2022-03-01", hemmung.anerkenntnis(day("2023-01-01"))).ablauf == day("2026-01-01")


def test_neubeginn_am_letzten_tag_wirkt_noch() -> None:
    assert claim("2022-03-01", hemmung.anerkenntnis(day("2025-12-31"))).ablauf == day("2028-12-31")
    assert claim("2022-03-01", hemmung.anerkenntnis(day("2026-01-01"))).ablauf == day("2025-12-31")


def test_nach_dem_neubeginn_laeuft_die_frist_ab_dem_naechsten_tag() -> None:
    """Anerkenntnis und Beginn der Stundung am selben Tag: von zehn Tagen liegen neun in der neuen Frist."""
    anerkannt = hemmung.anerkenntnis(day("2024-03-01"))
    gestundet = hemmung.stundung(day("2024-03-01"), day("2024-03-10"))
    ergebnis = claim("2022-03-01", anerkannt, gestundet)
    assert (ergebnis.zeilen[2].tage, ergebnis.ablauf) == (9, day("2027-03-10"))


def test_ein_verzicht_ueberdauert_den_neubeginn() -> None:
    verzicht = hemmung.Verzicht(day("2024-01-10"), day("2030-06-30"))
    assert claim("2022-03-01", verzicht, hemmung.anerkenntnis(day("2024-05-05"))).ablauf == day("2030-06-30")


def test_neubeginn_waehrend_einer_hemmung() -> None:
    """Anerkenntnis am 01.03.2023, Stundung bis 30.06.2023: drei Jahre und die 121 restlichen Tage."""
    stundung = hemmung.stundung(day("2023-02-01"), day("2023-06-30"))
    ergebnis = claim("2022-03-01", stundung, hemmung.anerkenntnis(day("2023-03-01")))
    assert ergebnis.ablauf == day("2026-03-01") + dt.timedelta(days=121)


def test_aufgehobene_vollstreckung_laesst_den_neubeginn_entfallen() -> None:
    antrag = hemmung.vollstreckung(day("2025-09-01"), aufgehoben_am=day("2025-10-01"))
    ergebnis = compute_titelzinsen_verjaehrung(RECHT, 2023, (antrag,), SPAET)
    assert ergebnis.ablauf == day("2026-12-31")
    assert "§ 212 Abs. 2, 3" in ergebnis.zeilen[1].text


def test_nachlass_sechs_monate_nach_annahme() -> None:
    assert claim("2022-03-01", hemmung.nachlass(RECHT, day("2025-10-01"), day("2025-11-15"))).ablauf == day(
        "2026-05-15"
    )
    assert claim("2022-03-01", hemmung.nachlass(RECHT, day("2025-01-10"), day("2025-02-15"))).ablauf == day(
        "2025-12-31"
    )
    assert claim("2022-03-01", hemmung.nachlass(RECHT, day("2025-12-31"), day("2026-01-15"))).ablauf == day(
        "2026-07-15"
    )
    assert claim("2022-03-01", hemmung.nachlass(RECHT, day("2026-01-01"), day("2026-01-15"))).ablauf == day(
        "2025-12-31"
    )
    offen = claim("2022-03-01", hemmung.nachlass(RECHT, day("2025-10-01"), None), stichtag=day("2025-12-10"))
    assert offen.ablauf == day("2026-06-10")


def test_verzicht_bis_hoechstens_dreissig_jahre() -> None:
    assert claim("2022-03-01", hemmung.Verzicht(day("2025-12-01"), day("2027-12-31"))).ablauf == day(
        "2027-12-31"
    )
    assert claim("2022-03-01", hemmung.Verzicht(day("2025-12-01"), day("2080-12-31"))).ablauf == day(
        "2052-12-31"
    )
    assert claim("2022-03-01", hemmung.Verzicht(day("2025-12-01"), day("2025-12-15"))).ablauf == day(
        "2025-12-31"
    )


def test_hemmung_verlaengert_die_frist_nicht_die_untergrenze() -> None:
    """Frist bis 31.12.2026, Verzicht bis 31.12.2027, dann zehn Tage Verhandlung nach Ablauf der Frist.

    Der Verzicht nennt einen Kalendertag; § 209 rechnet Tage nur aus der Frist heraus, und die ist abgelaufen.
    """
    verzicht = hemmung.Verzicht(day("2026-06-01"), day("2027-12-31"))
    verhandelt = hemmung.verhandlung(RECHT, day("2027-03-01"), day("2027-03-10"))
    ergebnis = claim("2023-05-01", verzicht, verhandelt)
    assert (ergebnis.ablauf, ergebnis.zeilen[2].tage) == (day("2027-12-31"), 0)


def test_hemmung_vor_dem_ende_der_frist_schiebt_nur_die_frist() -> None:
    """Verzicht bis 30.06.2027; Stundung 01.03. bis 31.03.2026 verlängert die Frist auf 31.01.2027, sonst nichts."""
    verzicht = hemmung.Verzicht(day("2026-01-10"), day("2027-06-30"))
    gestundet = hemmung.stundung(day("2026-03-01"), day("2026-03-31"))
    assert claim("2023-05-01", verzicht, gestundet).ablauf == day("2027-06-30")
    assert claim("2023-05-01", gestundet).ablauf == day("2027-01-31")
    lange = hemmung.stundung(day("2026-03-01"), day("2026-12-31"))  # 306 days: the period now ends last
    assert claim("2023-05-01", verzicht, lange).ablauf == day("2026-12-31") + dt.timedelta(days=306)


def test_drei_monate_nach_verhandlungen_sind_ein_tag_keine_frist() -> None:
    """Frist bis 31.12.2026, zehn Tage verhandelt bis 20.12.: Frist bis 10.01.2027, frühestens 20.03.2027.

    Eine Stundung vom 01. bis 05.01.2027 liegt in der Frist: 15.01.2027, und es bleibt beim 20.03.2027.
    """
    verhandelt = hemmung.verhandlung(RECHT, day("2026-12-11"), day("2026-12-20"))
    gestundet = hemmung.stundung(day("2027-01-01"), day("2027-01-05"))
    ergebnis = claim("2023-05-01", verhandelt, gestundet)
    assert (ergebnis.ablauf, ergebnis.zeilen[2].tage) == (day("2027-03-20"), 5)


def test_antrag_in_den_drei_monaten_haelt_die_verjaehrung_auf() -> None:
    """Antrag am 01.03.2027 nach dem Ende der Frist (10.01.), vor dem 20.03.: sie tritt ein, wenn die Hemmung endet."""
    verhandelt = hemmung.verhandlung(RECHT, day("2026-12-11"), day("2026-12-20"))
    mb = hemmung.mahnbescheid(RECHT, day("2027-03-01"), day("2027-03-10"))
    ergebnis = claim("2023-05-01", verhandelt, mb)
    assert (mb.bis, ergebnis.ablauf) == (day("2027-09-10"), day("2027-09-10"))
    zu_spaet = hemmung.mahnbescheid(RECHT, day("2027-03-23"), day("2027-03-30"))  # Montag war der 22.
    assert claim("2023-05-01", verhandelt, zu_spaet).ablauf == day("2027-03-20")
    montag = hemmung.mahnbescheid(
        RECHT, day("2027-03-22"), day("2027-03-30")
    )  # § 193: der 20. ist ein Samstag
    assert claim("2023-05-01", verhandelt, montag).ablauf == day("2027-09-30")


def test_nachlass_und_hemmung_nach_dem_ende_der_frist() -> None:
    """Tod am 01.10.2025, Annahme 15.11.2025: frühestens 15.05.2026; Verhandlung im Februar gibt dazu nichts."""
    nachlass = hemmung.nachlass(RECHT, day("2025-10-01"), day("2025-11-15"))
    gestundet = hemmung.stundung(day("2026-02-01"), day("2026-02-28"))
    assert claim("2022-03-01", nachlass, gestundet).ablauf == day("2026-05-15")


def test_jede_wirksame_zeile_nennt_ihren_paragraphen() -> None:
    ergebnis = claim(
        "2022-03-01",
        hemmung.verhandlung(RECHT, day("2023-03-10"), day("2023-03-20")),
        hemmung.stundung(day("2023-05-10"), day("2023-05-20")),
        hemmung.mahnbescheid(RECHT, day("2023-06-01"), day("2023-06-10")),
        hemmung.insolvenzanmeldung(RECHT, day("2024-03-01"), day("2024-05-01")),
        hemmung.anerkenntnis(day("2025-01-01")),
        hemmung.vollstreckung(day("2025-02-01")),
        hemmung.nachlass(RECHT, day("2025-03-01"), day("2025-04-01")),
        hemmung.Verzicht(day("2025-05-01"), day("2029-05-01")),
    )
    assert all("§" in zeile.text for zeile in ergebnis.zeilen)
    assert [zeile.ende for zeile in ergebnis.zeilen] == sorted(zeile.ende for zeile in ergebnis.zeilen)


# --- a second calculator ------------------------------------------------------------------------------------


def test_tag_fuer_tag_gezaehlt() -> None:
    """Der Ablauf, wenn man jeden ungehemmten Tag einzeln abstreicht (§ 209), für zufällige Hemmungen."""
    zufall = random.Random(209)
    for _ in range(200):
        jahr = zufall.randint(2003, 2020)
        stuecke = []
        for _ in range(zufall.randint(0, 5)):
            von = dt.date(jahr, 1, 1) + dt.timedelta(days=zufall.randint(0, 1600))
            stuecke.append((von, von + dt.timedelta(days=zufall.randint(0, 300))))
        rest = (dt.date(jahr + 3, 12, 31) - dt.date(jahr, 12, 31)).days
        tag = dt.date(jahr, 12, 31)
        while rest:
            tag += dt.timedelta(days=1)
            rest -= not any(von <= tag <= bis for von, bis in stuecke)
        ergebnis = claim(f"{jahr}-06-15", *(hemmung.stundung(von, bis) for von, bis in stuecke))
        # A suspension that begins when the last day has been counted comes too late; one on the last day does not.
        assert ergebnis.ablauf == tag


def test_kein_vektor_fehlt() -> None:
    """Jede Nummer der Datei kommt in diesen Tests vor, mit denselben Daten."""
    ordner = pathlib.Path(__file__).parent
    quelltext = "".join((ordner / name).read_text(encoding="utf-8") for name in DATEIEN).lower()
    for nummer, zeile in read_vektoren("verjaehrung").items():
        assert nummer.lower() in quelltext, nummer
        assert all(zeile[tag] in quelltext for tag in ("ablauf", "letzter_tag")), nummer
