"""The account from end to end: from fall.yaml to the sums, with figures recomputed by hand in the comments."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import pytest

from mahnakte.fall.einstellungen import Einstellungen
from mahnakte.fall.fall import Fall, compose_fall
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.vorgang import Vorgang
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.konto.konto import Konto, compute_konto, compute_konto_gegen
from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.stand.sachstand import Sachstand

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
    gelesen, befunde = compose_fall(datei, einstellungen(), shipped_recht(), {})
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


def konto(text: str, tag: str, kopf: str = KOPF) -> Konto:
    return compute_konto(Sachstand(fall(text, kopf), dt.date.fromisoformat(tag)))


def codes(k: Konto) -> list[str]:
    return [befund.code for befund in k.befunde]


def gedeckt(k: Konto, nr: int = 0) -> list[tuple[str, str | None, str]]:
    return [(teil.art, teil.rechnung, str(teil.betrag)) for teil in k.zahlungen[nr].auf]


def refused(text: str, tag: str = "2026-11-16", kopf: str = KOPF) -> Ablehnung:
    with pytest.raises(Ablehnung) as gefangen:
        konto(text, tag, kopf)
    return gefangen.value


# --- one claim ---------------------------------------------------------------------------------------


def test_eine_rechnung() -> None:
    k = konto(EINE_RECHNUNG, "2026-08-31")
    # 04.03.–30.06.: 119 Tage zu 6,27 %; 01.07.–31.08.: 62 Tage zu 6,52 %
    assert [(a.zeile.tage, a.zeile.zinsen) for a in k.abschnitte] == [
        (119, Decimal("20.44")),
        (62, Decimal("11.08")),
    ]
    assert (k.zinsen, k.gesamt) == (Decimal("31.52"), Decimal("1031.52"))
    # 1.000,00 × 6,52 % / 365 = 0,1786…
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis) == (Decimal("0.18"), dt.date(2026, 12, 31))
    assert k.forderungen[0].verzug_ab == dt.date(2026, 3, 4)
    assert k.befunde == ()


def test_saldo_am_naechsten_tag_gezahlt_laesst_null() -> None:
    saldo = konto(EINE_RECHNUNG, "2026-08-31").gesamt
    zahlung = f"zahlungen:\n  - {{am: 01.09.2026, betrag: '{str(saldo).replace('.', ',')}'}}\n"
    k = konto(EINE_RECHNUNG + zahlung, "2026-12-24")
    assert (k.gesamt, k.ueberzahlung, k.zinsen_je_tag) == (Decimal("0.00"), Decimal("0.00"), Decimal("0.00"))
    # am selben Tag gutgeschrieben: der Zinstag des Stichtags entfällt und bleibt übrig
    frueh = konto(EINE_RECHNUNG + zahlung.replace("01.09.", "31.08."), "2026-08-31")
    assert (frueh.gesamt, frueh.ueberzahlung) == (Decimal("0.00"), Decimal("0.18"))
    assert codes(frueh) == ["UEBERZAHLUNG"]


def test_letzter_zinstag_ist_der_tag_vor_der_gutschrift_auf_dem_konto() -> None:
    k = konto(EINE_RECHNUNG + "zahlungen:\n  - {am: 01.07.2026, betrag: '520,44'}\n", "2026-07-01")
    # die Zahlung deckt 20,44 Zinsen bis 30.06. und 500,00; am 01.07. laufen Zinsen schon auf 500,00
    assert gedeckt(k) == [("zinsen", "RE-1", "20.44"), ("hauptforderung", "RE-1", "500.00")]
    assert [(a.zeile.betrag, a.zeile.von, a.zeile.bis) for a in k.abschnitte] == [
        (Decimal("1000.00"), dt.date(2026, 3, 4), dt.date(2026, 6, 30)),
        (Decimal("500.00"), dt.date(2026, 7, 1), dt.date(2026, 7, 1)),
    ]
    assert k.zahlungen[0].regel == "§ 367 Abs. 1 BGB"


def test_kein_verzug_keine_zinsen() -> None:
    """Ein einseitig gesetztes Zahlungsziel ist kein vereinbarter Tag; ohne Mahnung bleibt es bei der Hauptforderung."""
    k = konto(EINE_RECHNUNG.replace("vereinbart", "unbestimmt"), "2026-11-16")
    assert (k.zinsen, k.abschnitte, k.forderungen[0].verzug_ab) == (Decimal("0.00"), (), None)
    assert "Noch kein Verzug" in k.forderungen[0].verzug_grund


def test_kommender_verzug_ist_noch_keiner() -> None:
    k = konto(EINE_RECHNUNG, "2026-03-01")
    assert k.forderungen[0].verzug_ab is None
    assert "ohne Zahlung beginnt er am 04.03.2026" in k.forderungen[0].verzug_grund
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis) == (Decimal("0.00"), dt.date(2026, 3, 3))


def test_nur_zinsen_und_kosten_offen_bleibt_offen() -> None:
    k = konto(
        EINE_RECHNUNG
        + "kosten:\n  - {am: 12.04.2026, art: ruecklastschrift, betrag: '4,30'}\n"
        + "zahlungen:\n  - {am: 01.09.2026, betrag: '1.000,00', auf: hauptforderung}\n",
        "2026-11-16",
    )
    assert (k.hauptforderung, k.zinsen, k.kosten, k.gesamt) == tuple(
        map(Decimal, ("0.00", "31.52", "4.30", "35.82"))
    )
    assert k.zahlungen[0].regel == "§ 367 Abs. 2 BGB"


# --- several claims ----------------------------------------------------------------------------------

ZWEI = (
    EINE_RECHNUNG
    + """
  - nummer: RE-2
    datum: 01.04.2026
    betrag: 500,00
    leistung_am: 20.03.2026
    faellig_am: 30.04.2026
    faelligkeit: vereinbart
"""
)


@pytest.mark.parametrize(
    ("aenderung", "zuerst", "warum"),
    [
        (("", ""), "RE-1", "RE-1 vor RE-2 (älter)"),
        (("faellig_am: 03.03.2026", "faellig_am: 30.10.2026"), "RE-2", "RE-2 vor RE-1 (schon fällig)"),
        (
            (
                "faellig_am: 30.04.2026",
                "faellig_am: 30.04.2026\n    zinsen: {satz: '8,00', vereinbart: ja, ab: 01.05.2026}",
            ),
            "RE-2",
            "RE-2 vor RE-1 (lästiger: höher verzinst)",
        ),
    ],
    ids=["älter", "fällig", "lästiger"],
)
def test_rang_nach_366(aenderung: tuple[str, str], zuerst: str, warum: str) -> None:
    k = konto(ZWEI.replace(*aenderung) + "zahlungen:\n  - {am: 01.06.2026, betrag: '100,00'}\n", "2026-06-30")
    assert {teil[1] for teil in gedeckt(k)} == {zuerst}
    assert warum in k.zahlungen[0].text
    assert k.zahlungen[0].regel == "§ 366 Abs. 2 BGB und § 367 Abs. 1 BGB"


def test_gleiche_schulden_anteilig_auf_den_cent() -> None:
    """100,00 auf 200,00, 300,00 und 400,00 ohne Zinsen: 22,22 + 33,33 + 44,44 = 99,99; der Cent geht an den
    größten Rest (0,44…), das ist die dritte."""
    gleich = "datum: 01.02.2026, faellig_am: 03.03.2026, faelligkeit: unbestimmt"
    text = f"""
rechnungen:
  - {{nummer: A, betrag: "200,00", {gleich}}}
  - {{nummer: B, betrag: "300,00", {gleich}}}
  - {{nummer: C, betrag: "400,00", {gleich}}}
zahlungen:
  - {{am: 01.06.2026, betrag: "100,00"}}
"""
    k = konto(text, "2026-06-30")
    assert gedeckt(k) == [
        ("hauptforderung", "A", "22.22"),
        ("hauptforderung", "B", "33.33"),
        ("hauptforderung", "C", "44.45"),
    ]
    assert "gleichrangige anteilig" in k.zahlungen[0].text


def test_bestimmung_des_schuldners() -> None:
    k = konto(ZWEI + "zahlungen:\n  - {am: 01.06.2026, betrag: '600,00', auf: RE-2}\n", "2026-06-30")
    # RE-2: 500,00 × 6,27 % × 31 / 365 = 2,66 Zinsen; der Überschuss geht nach dem Gesetz auf RE-1
    assert gedeckt(k)[:2] == [("zinsen", "RE-2", "2.66"), ("hauptforderung", "RE-2", "500.00")]
    assert [teil[1] for teil in gedeckt(k)[2:]] == ["RE-1", "RE-1"]
    assert k.zahlungen[0].regel.startswith("§ 366 Abs. 1 BGB")
    assert "der Überschuss nach dem Gesetz" in k.zahlungen[0].text


def test_genau_der_rechnungsbetrag_ist_noch_keine_bestimmung() -> None:
    k = konto(ZWEI + "zahlungen:\n  - {am: 01.06.2026, betrag: '500,00'}\n", "2026-06-30")
    assert codes(k) == ["ZAHLUNG_GLEICH_RECHNUNG"]
    assert {teil[1] for teil in gedeckt(k)} == {"RE-1"}


def test_gemeinsame_kosten_vor_zinsen_und_hauptforderung() -> None:
    k = konto(
        ZWEI
        + "kosten:\n  - {am: 12.05.2026, art: mahnkosten, betrag: '1,20'}\n"
        + "zahlungen:\n  - {am: 01.06.2026, betrag: '10,00'}\n",
        "2026-06-30",
    )
    assert gedeckt(k) == [("kosten", None, "1.20"), ("zinsen", "RE-1", "8.80")]


def test_reihenfolge_im_fall_ist_gleichgueltig() -> None:
    """Forderungen und Zahlungen in anderer Reihenfolge geben dasselbe Konto."""
    zahlungen = "zahlungen:\n" + "".join(
        f"  - {{am: {tag}, betrag: '{betrag}'}}\n"
        for tag, betrag in (("01.06.2026", "70,00"), ("01.06.2026", "30,00"), ("20.07.2026", "400,00"))
    )
    eines = fall(ZWEI + zahlungen)
    anderes = dataclasses.replace(eines, forderungen=eines.forderungen[::-1], zahlungen=eines.zahlungen[::-1])
    stichtag = dt.date(2026, 11, 16)
    a, b = compute_konto(Sachstand(eines, stichtag)), compute_konto(Sachstand(anderes, stichtag))
    assert (a.hauptforderung, a.zinsen, a.gesamt) == (b.hauptforderung, b.zinsen, b.gesamt)
    assert sorted(z.offen for z in a.forderungen) == sorted(z.offen for z in b.forderungen)


def test_zweimal_gerechnet_ist_dasselbe() -> None:
    der_fall = fall(ZWEI + "zahlungen:\n  - {am: 01.06.2026, betrag: '77,00'}\n")
    stichtag = dt.date(2026, 11, 16)
    assert compute_konto(Sachstand(der_fall, stichtag)) == compute_konto(Sachstand(der_fall, stichtag))


# --- credit notes, waivers, returned payments, too much ----------------------------------------------


def test_gutschrift_mindert_ab_ihrem_tag() -> None:
    k = konto(EINE_RECHNUNG + "gutschriften:\n  - {am: 01.05.2026, betrag: '400,00'}\n", "2026-05-31")
    # 04.03.–30.04.: 58 Tage auf 1.000,00 = 9,96; 01.05.–31.05.: 31 Tage auf 600,00 = 3,20
    assert [(a.zeile.betrag, a.zeile.zinsen) for a in k.abschnitte] == [
        (Decimal("1000.00"), Decimal("9.96")),
        (Decimal("600.00"), Decimal("3.20")),
    ]
    assert k.hauptforderung == Decimal("600.00")
    assert "Zinsen bis zum Vortag bleiben" in k.abzuege[0].text


def test_gutschrift_nach_zahlung_macht_die_zahlung_zur_ueberzahlung() -> None:
    """Ware zurück, nachdem gezahlt war: die 90,45 stehen dem Schuldner zu, R1 mindern sie nicht von selbst."""
    text = """
rechnungen:
  - {nummer: R0, datum: 01.02.2026, betrag: "90,45", faellig_am: 03.03.2026, faelligkeit: vereinbart}
  - {nummer: R1, datum: 01.04.2026, betrag: "200,00", faellig_am: 30.04.2026, faelligkeit: vereinbart}
zahlungen:
  - {am: 02.03.2026, betrag: "90,45", auf: R0}
gutschriften:
  - {am: 10.04.2026, betrag: "90,45", auf: R0}
"""
    k = konto(text, "2026-04-20")
    assert (k.ueberzahlung, k.hauptforderung, codes(k)) == (
        Decimal("90.45"),
        Decimal("200.00"),
        ["UEBERZAHLUNG"],
    )
    assert k.abzuege[0].as_json()["ueberzahlt"] == "90.45"
    satz = k.abzuege[0].text.replace("\u00a0", " ")
    assert "schon bezahlt waren 90,45 €" in satz
    assert "mindert keine andere Forderung von selbst, §§ 387, 388 BGB" in satz


def test_gutschrift_teils_offen_teils_bezahlt_teils_zu_hoch() -> None:
    """100,00 Schuld, 60,00 gezahlt, 130,00 gutgeschrieben: 40,00 mindern, 60,00 zu erstatten, 30,00 hat es nie gegeben."""
    text = EINE_RECHNUNG.replace("1.000,00", "100,00") + (
        "zahlungen:\n  - {am: 02.03.2026, betrag: '60,00'}\n"
        "gutschriften:\n  - {am: 03.03.2026, betrag: '130,00', auf: RE-1}\n"
    )
    k = konto(text, "2026-03-10")
    assert (k.gesamt, k.ueberzahlung, codes(k)) == (
        Decimal("0.00"),
        Decimal("60.00"),
        ["UEBERZAHLUNG", "ABZUG_ZU_HOCH"],
    )
    assert (k.abzuege[0].rest, k.abzuege[0].ueberzahlt) == (Decimal("90.00"), Decimal("60.00"))


def test_zwei_gutschriften_erstatten_eine_zahlung_nur_einmal() -> None:
    text = EINE_RECHNUNG.replace("1.000,00", "100,00") + (
        "zahlungen:\n  - {am: 02.03.2026, betrag: '100,00'}\n"
        "gutschriften:\n  - {am: 03.03.2026, betrag: '70,00'}\n  - {am: 04.03.2026, betrag: '70,00'}\n"
    )
    assert konto(text, "2026-03-10").ueberzahlung == Decimal("100.00")


def test_gutschrift_auf_unbezahltes_ist_keine_ueberzahlung() -> None:
    text = EINE_RECHNUNG + "gutschriften:\n  - {am: 02.03.2026, betrag: '1.200,00', auf: RE-1}\n"
    k = konto(text, "2026-03-10")
    assert (k.gesamt, k.ueberzahlung, codes(k)) == (Decimal("0.00"), Decimal("0.00"), ["ABZUG_ZU_HOCH"])


def test_verzicht_auf_zinsen_nimmt_die_zinsen_des_tages_mit() -> None:
    offen = konto(EINE_RECHNUNG, "2026-08-31").zinsen
    verzicht = f"verzicht:\n  - {{am: 31.08.2026, betrag: '{str(offen).replace('.', ',')}', auf: zinsen}}\n"
    k = konto(EINE_RECHNUNG + verzicht, "2026-08-31")
    assert (k.zinsen, k.hauptforderung, codes(k)) == (Decimal("0.00"), Decimal("1000.00"), [])


def test_verzicht_ohne_ziel_fordert_nie_zu_viel() -> None:
    k = konto(EINE_RECHNUNG + "verzicht:\n  - {am: 31.08.2026, betrag: '100,00'}\n", "2026-08-31")
    assert (k.hauptforderung, codes(k)) == (Decimal("900.00"), ["VERZICHT_OHNE_ZIEL"])


def test_rueckgabe_laesst_die_zahlung_mit_ihren_wirkungen_verschwinden() -> None:
    zahlung = "zahlungen:\n  - {am: 01.06.2026, betrag: '300,00', zurueck_am: 10.06.2026}\n"
    ohne = konto(EINE_RECHNUNG, "2026-06-30")
    mit = konto(EINE_RECHNUNG + zahlung, "2026-06-30")
    assert (mit.gesamt, mit.abschnitte) == (ohne.gesamt, ohne.abschnitte)
    assert "10.06.2026 zurückgegeben" in mit.zahlungen[0].text
    vorher = konto(EINE_RECHNUNG + zahlung, "2026-06-09")
    assert vorher.hauptforderung < Decimal("1000.00")
    assert codes(vorher) == ["NACH_STICHTAG"]


def test_ueberzahlung() -> None:
    k = konto(EINE_RECHNUNG + "zahlungen:\n  - {am: 01.09.2026, betrag: '1.100,00'}\n", "2026-11-16")
    assert (k.gesamt, k.ueberzahlung) == (Decimal("0.00"), Decimal("68.48"))
    assert codes(k) == ["UEBERZAHLUNG"]


# --- order of payments: § 497, agreement -------------------------------------------------------------


def test_497_nur_mit_dem_recht_das_bekannt_ist() -> None:
    darlehen = EINE_RECHNUNG + "konto: {tilgung: '497'}\n"
    kopf = KOPF + "  vertragsdatum: 19.11.2026\n"
    assert konto(darlehen, "2026-11-16", kopf).tilgung == "§ 497 Abs. 3 BGB"
    ablehnung = refused(darlehen, kopf=KOPF + "  vertragsdatum: 20.11.2026\n").befund
    assert (ablehnung.code, "BGBl. 2026 I Nr. 139" in ablehnung.text) == ("TILGUNG_497_NICHT_BEKANNT", True)
    assert refused(darlehen).befund.code == "TILGUNG_497_DATUM_FEHLT"
    firma = kopf.replace("verbraucher: ja", "verbraucher: nein")
    assert refused(darlehen, kopf=firma).befund.code == "TILGUNG_497_KEIN_VERBRAUCHERDARLEHEN"


def test_497_vertragszinsen_vor_der_hauptforderung_verzugszinsen_zuletzt() -> None:
    vertraglich = "    zinsen: {satz: '5,00', vereinbart: ja, ab: 01.03.2026}\n"
    rest = "konto: {tilgung: '497'}\nzahlungen:\n  - {am: 01.06.2026, betrag: '10,00'}\n"
    kopf = KOPF + "  vertragsdatum: 01.02.2026\n"
    assert gedeckt(konto(EINE_RECHNUNG + vertraglich + rest, "2026-06-30", kopf))[0][0] == "zinsen"
    assert gedeckt(konto(EINE_RECHNUNG + rest, "2026-06-30", kopf)) == [("hauptforderung", "RE-1", "10.00")]


def test_vereinbarte_reihenfolge() -> None:
    text = ZWEI + "zahlungen:\n  - {am: 01.06.2026, betrag: '1.505,00'}\nkonto:\n  tilgung: vereinbart\n"
    k = konto(text + "  reihenfolge: [hauptforderung, zinsen, kosten]\n", "2026-06-30")
    assert [(teil[0], teil[1]) for teil in gedeckt(k)] == [
        ("hauptforderung", "RE-1"),
        ("hauptforderung", "RE-2"),
        ("zinsen", "RE-1"),
    ]
    assert "vereinbarte Reihenfolge" in k.zahlungen[0].regel
    assert refused(text).befund.code == "TILGUNG_UNKLAR"


# --- rates -------------------------------------------------------------------------------------------


def test_vereinbarte_zinsen_laufen_ab_ihrem_tag_andere_erst_ab_verzug() -> None:
    zinsen = "    zinsen: {satz: '6,00', %s ab: 01.02.2026}\n"
    k = konto(EINE_RECHNUNG + zinsen % "vereinbart: ja,", "2026-06-30")
    # 01.02.–30.06. = 150 Tage: 1.000,00 × 6 % × 150 / 365 = 24,66
    assert (k.zinsen, k.forderungen[0].zinsen_ab, codes(k)) == (Decimal("24.66"), dt.date(2026, 2, 1), [])
    k = konto(EINE_RECHNUNG + zinsen % "", "2026-06-30")
    # 04.03.–30.06. = 119 Tage: 19,56
    assert (k.zinsen, codes(k)) == (Decimal("19.56"), ["ZINSEN_VOR_VERZUG"])


def test_satz_ueber_dem_gesetz_braucht_einen_grund() -> None:
    k = konto(EINE_RECHNUNG + "    zinsen: {satz: '12,00'}\n", "2026-06-30")
    assert codes(k) == ["ZINSSATZ_UEBER_GESETZ"]
    k = konto(EINE_RECHNUNG + "    zinsen: {satz: '12,00', vereinbart: ja, ab: 01.03.2026}\n", "2026-06-30")
    assert codes(k) == ["ZINS_UEBER_GESETZ"]


@pytest.mark.parametrize(
    ("kopf", "satz"),
    [
        (KOPF, "6.27"),
        (KOPF.replace("verbraucher: ja", "verbraucher: nein"), "10.27"),
        # ohne eigene Angabe sagt es der Katalog: 11 ist eine Entgeltforderung
        (
            KOPF.replace("verbraucher: ja", "verbraucher: nein").replace("  entgeltforderung: ja\n", ""),
            "10.27",
        ),
        (
            KOPF.replace("verbraucher: ja", "verbraucher: nein").replace("forderung: ja", "forderung: nein"),
            "6.27",
        ),
    ],
    ids=["Verbraucher", "Unternehmer", "Katalog 11", "keine Entgeltforderung"],
)
def test_gesetzlicher_satz(kopf: str, satz: str) -> None:
    assert konto(EINE_RECHNUNG, "2026-06-30", kopf).abschnitte[0].zeile.satz == Decimal(satz)


def test_kosten_mit_und_ohne_zinsen() -> None:
    k = konto(
        EINE_RECHNUNG
        + """
kosten:
  - {am: 01.04.2026, art: gericht, betrag: "100,00", zinsen: {punkte: "5", ab: 10.04.2026}}
  - {am: 01.04.2026, art: auskunft, betrag: "20,00"}
  - {am: 02.04.2026, art: gericht, betrag: "30,00", zinsen: {punkte: "5"}}
""",
        "2026-06-30",
    )
    kosten = [(a.zeile.betrag, a.zeile.von, a.zeile.zinsen) for a in k.abschnitte if a.art == "kosten"]
    # 10.04.–30.06. = 82 Tage: 100,00 × 6,27 % × 82 / 365 = 1,41
    assert kosten == [(Decimal("100.00"), dt.date(2026, 4, 10), Decimal("1.41"))]
    assert (k.kosten, codes(k)) == (Decimal("150.00"), ["KOSTEN_ZINSEN_OHNE_BEGINN"])


@pytest.mark.parametrize(
    ("zaehlung", "tage", "teiler", "je_tag_bis"),
    [("act/act", 366, 366, "2024-12-31"), ("act/365", 366, 365, None), ("30e/360", 360, 360, None)],
)
def test_tageszaehlung_im_schaltjahr(zaehlung: str, tage: int, teiler: int, je_tag_bis: str | None) -> None:
    text = (
        EINE_RECHNUNG.replace("2026", "2023") + "    zinsen: {satz: '5,00', vereinbart: ja, ab: 01.01.2024}\n"
    )
    k = konto(text + f"konto: {{tageszaehlung: {zaehlung}}}\n", "2024-12-31")
    assert [(a.zeile.tage, a.zeile.teiler) for a in k.abschnitte] == [(tage, teiler)]
    k = konto(text + f"konto: {{tageszaehlung: {zaehlung}}}\n", "2024-06-30")
    assert (k.zinsen_je_tag_bis.isoformat() if k.zinsen_je_tag_bis else None) == je_tag_bis


def test_je_tag_gilt_bis_zum_halbjahr_und_wechselt_mit_ihm() -> None:
    k = konto(EINE_RECHNUNG, "2026-06-30")  # der nächste Tag liegt schon im neuen Halbjahr
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis) == (Decimal("0.18"), dt.date(2026, 12, 31))
    k = konto(EINE_RECHNUNG, "2026-06-29")
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis) == (Decimal("0.17"), dt.date(2026, 6, 30))


def test_je_tag_ist_unbekannt_wo_die_tabelle_endet() -> None:
    ende = shipped_recht().find_reihe("basiszinssatz").gedeckt_bis
    k = konto(EINE_RECHNUNG, ende.isoformat())
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis, codes(k)) == (None, None, ["ZINSEN_JE_TAG_UNBEKANNT"])
    danach = konto(EINE_RECHNUNG, (ende + dt.timedelta(days=1)).isoformat())
    assert (danach.zinsen, danach.zinsen_bis, codes(danach)) == (k.zinsen, ende, ["ZINSEN_NICHT_GERECHNET"])
    fest = EINE_RECHNUNG + "    zinsen: {satz: '5,00', vereinbart: ja, ab: 01.03.2026}\n"
    # ein fester Satz braucht die Tabelle nicht: 306 + 365 + 32 Tage, 41,92 + 50,00 + 4,37
    assert konto(fest, "2028-02-01").zinsen == Decimal("96.29")


# --- limits: insolvency, deferral --------------------------------------------------------------------


def test_insolvenz_schneidet_am_tag_vor_der_eroeffnung() -> None:
    k = konto(EINE_RECHNUNG + "ereignisse:\n  - {am: 01.06.2026, art: insolvenz}\n", "2026-11-16")
    assert [a.zeile.bis for a in k.abschnitte] == [dt.date(2026, 5, 31)]
    assert (codes(k), k.zinsen_je_tag) == (["INSOLVENZ_ZINSENDE"], Decimal("0.00"))
    assert "§ 39 Abs. 1 Nr. 1 InsO" in k.befunde[0].text


def test_stundung_ohne_verzugszinsen_aber_mit_vereinbarten() -> None:
    stundung = "ereignisse:\n  - {am: 01.04.2026, art: stundung, bis: 30.04.2026}\n"
    k = konto(EINE_RECHNUNG + stundung, "2026-05-31")
    assert [(a.zeile.von, a.zeile.bis) for a in k.abschnitte] == [
        (dt.date(2026, 3, 4), dt.date(2026, 3, 31)),
        (dt.date(2026, 5, 1), dt.date(2026, 5, 31)),
    ]
    vereinbart = "    zinsen: {satz: '6,00', vereinbart: ja, ab: 01.03.2026}\n"
    k = konto(EINE_RECHNUNG + vereinbart + stundung, "2026-05-31")
    assert [a.zeile.tage for a in k.abschnitte] == [92]


# --- joint debtors -----------------------------------------------------------------------------------

ZU_ZWEIT = KOPF.replace(
    "anspruch:",
    """  - kennung: erna
    art: gesellschaft
    rechtsform: GmbH
    name: Erna
    strasse: Bahnhofstr. 12
    plz: 04109
    ort: Leipzig
    verbraucher: nein
    land: SN
gesamtschuldner: ja
anspruch:""",
)
GEMAHNT = (
    EINE_RECHNUNG.replace("vereinbart", "gesetzlich")
    + """
ereignisse:
  - {am: 10.03.2026, art: mahnung_versandt, stufe: mahnung-1}
  - {am: 12.03.2026, art: mahnung_zugegangen, stufe: mahnung-1, schuldner: max}
  - {am: 20.03.2026, art: mahnung_zugegangen, stufe: mahnung-1, schuldner: erna}
"""
)


def test_gesamtschuldner_jeder_mit_seinem_verzug() -> None:
    k = konto(GEMAHNT, "2026-06-30", ZU_ZWEIT)
    (forderung,) = k.forderungen
    assert [(lage.schuldner, lage.ab) for lage in forderung.verzug] == [
        ("max", dt.date(2026, 3, 13)),
        ("erna", dt.date(2026, 3, 21)),
    ]
    # gemeinsam: ab dem Tag, an dem alle in Verzug sind, zum niedrigsten Satz
    assert (forderung.verzug_ab, k.abschnitte[0].zeile.satz) == (dt.date(2026, 3, 21), Decimal("6.27"))
    assert "§ 425 BGB" in forderung.verzug_grund
    gegen_erna = compute_konto_gegen(Sachstand(fall(GEMAHNT, ZU_ZWEIT), dt.date(2026, 6, 30)), "erna")
    assert gegen_erna.abschnitte[0].zeile.satz == Decimal("10.27")
    gegen_max = compute_konto_gegen(Sachstand(fall(GEMAHNT, ZU_ZWEIT), dt.date(2026, 6, 30)), "max")
    assert gegen_max.abschnitte[0].zeile.von == dt.date(2026, 3, 13)


def test_nicht_alle_in_verzug_keine_gemeinsamen_zinsen() -> None:
    """Die GmbH kommt ohne Mahnung erst 30 Tage nach Fälligkeit in Verzug (§ 286 Abs. 3): Karfreitag, 03.04.2026."""
    nur_max = GEMAHNT.split("  - {am: 20.03.2026")[0]
    k = konto(nur_max, "2026-03-25", ZU_ZWEIT)
    assert (k.forderungen[0].verzug_ab, k.zinsen) == (None, Decimal("0.00"))
    assert [(lage.ab, lage.kommt_am) for lage in k.forderungen[0].verzug] == [
        (dt.date(2026, 3, 13), None),
        (None, dt.date(2026, 4, 3)),
    ]
    assert (k.zinsen_je_tag, k.zinsen_je_tag_bis) == (Decimal("0.00"), dt.date(2026, 4, 2))
    ohne_frist = konto(
        nur_max, "2026-03-25", ZU_ZWEIT.replace("entgeltforderung: ja", "entgeltforderung: nein")
    )
    assert "„erna“: Noch kein Verzug" in ohne_frist.forderungen[0].verzug_grund


def test_zahlung_wirkt_fuer_alle() -> None:
    zahlung = "zahlungen:\n  - {am: 01.06.2026, betrag: '300,00', von: erna}\n"
    stichtag = dt.date(2026, 6, 30)
    for kennung in ("max", "erna"):
        k = compute_konto_gegen(Sachstand(fall(GEMAHNT + zahlung, ZU_ZWEIT), stichtag), kennung)
        assert sum(teil.betrag for teil in k.zahlungen[0].auf) == Decimal("300.00")


def test_mahnung_ohne_zugang_und_friedliche_erinnerung_setzen_nicht_in_verzug() -> None:
    nur_versandt = GEMAHNT.split("  - {am: 12.03.2026")[0]
    assert konto(nur_versandt, "2026-06-30").forderungen[0].verzug_ab is None
    erinnerung = GEMAHNT.replace("mahnung-1", "zahlungserinnerung").split("  - {am: 20.03.2026")[0]
    assert konto(erinnerung.replace(", schuldner: max", ""), "2026-06-30").forderungen[0].verzug_ab is None
    spaeter = GEMAHNT.replace("mahnung-1", "mahnung-letzte").split("  - {am: 20.03.2026")[0]
    assert konto(spaeter, "2026-06-30").forderungen[0].verzug_ab == dt.date(2026, 3, 13)


# --- titles ------------------------------------------------------------------------------------------

TITEL = """
titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    gericht: Amtsgericht Aschersleben
    geschaeftszeichen: 26-1234567-0-0
    erlassen_am: 10.08.2026
    betraege:
      hauptforderung: 800,00
      zinsen_bis: 10.08.2026
      zinsen_betrag: 21,00
      kosten: 214,40
      zinsen: {punkte: "5", ab: 11.08.2026}
"""


def test_tituliert_und_nicht_tituliert_nebeneinander() -> None:
    text = EINE_RECHNUNG + "kosten:\n  - {am: 12.04.2026, art: ruecklastschrift, betrag: '4,30'}\n" + TITEL
    k = konto(text, "2026-08-31")
    rechnung, titel = k.forderungen
    assert (rechnung.offen, rechnung.haupt.tituliert) == (Decimal("200.00"), Decimal("800.00"))
    assert (titel.rechnung, titel.titel, titel.offen) == ("Titel vb-1", True, Decimal("800.00"))
    assert k.kosten == Decimal("214.40")  # die Rücklastschrift steckt in den Kosten des Titels
    # RE-1 bis 10.08.: 20,44 + 7,32 = 27,76, davon 1/5 bleibt: 5,55; ab 11.08. 21 Tage auf 200,00: 0,75
    assert rechnung.zinsen.offen == Decimal("6.30")
    # Titel: 21,00 ausgerechnet, 21 Tage auf 800,00 zu 6,52 %: 3,00
    assert titel.zinsen.offen == Decimal("24.00")
    assert codes(k) == ["TITEL_ZINSEN_ANDERS"]


def test_titel_zaehlt_am_tag_seines_erlasses_und_vorher_nicht() -> None:
    assert len(konto(EINE_RECHNUNG + TITEL, "2026-08-09").forderungen) == 1
    am_tag = konto(EINE_RECHNUNG + TITEL, "2026-08-10")
    assert am_tag.forderungen[1].zinsen.offen == Decimal("21.00")
    saldo = str(am_tag.gesamt).replace(".", ",")
    zahlung = f"zahlungen:\n  - {{am: 11.08.2026, betrag: '{saldo}'}}\n"
    assert konto(EINE_RECHNUNG + TITEL + zahlung, "2026-11-16").gesamt == Decimal("0.00")


def test_nur_ein_titel_ohne_rechnungen() -> None:
    k = konto(TITEL, "2026-08-31")
    assert (k.hauptforderung, k.zinsen, k.kosten) == (Decimal("800.00"), Decimal("24.00"), Decimal("214.40"))
    assert k.forderungen[0].verzug_grund.startswith(
        "Tituliert: Vollstreckungsbescheid, Amtsgericht Aschersleben"
    )


def test_titel_hoeher_als_das_konto_gilt_aber_faellt_auf() -> None:
    k = konto(EINE_RECHNUNG.replace("1.000,00", "700,00") + TITEL, "2026-08-31")
    assert k.hauptforderung == Decimal("800.00")
    assert "TITEL_HOEHER_ALS_RECHNUNGEN" in codes(k)


def test_zahlung_auf_beides_ohne_ungesicherte_regel() -> None:
    k = konto(EINE_RECHNUNG + TITEL + "zahlungen:\n  - {am: 01.09.2026, betrag: '100,00'}\n", "2026-11-16")
    assert "TITEL_RANG_OFFEN" in codes(k)
    assert "RE-1 und Titel vb-1 gleichrangig" in k.zahlungen[0].text


def test_zahlung_zwischen_stand_und_erlass_wird_abgezogen_und_gemeldet() -> None:
    titel = TITEL.replace("zinsen_bis: 10.08.2026", "zinsen_bis: 01.06.2026").replace(
        "ab: 11.08", "ab: 02.06"
    )
    k = konto(EINE_RECHNUNG + titel + "zahlungen:\n  - {am: 01.07.2026, betrag: '100,00'}\n", "2026-11-16")
    assert "ZAHLUNG_VOR_TITELERLASS" in codes(k)
    assert "Titel vb-1" in {teil[1] for teil in gedeckt(k)}


def test_titel_je_gesamtschuldner_zaehlen_einmal() -> None:
    einzeln = TITEL.replace("    art:", "    schuldner: max\n    art:")
    zweiter = (
        einzeln.removeprefix("\ntitel:\n")
        .replace("vb-1", "vb-2")
        .replace("schuldner: max", "schuldner: erna")
    )
    k = konto(GEMAHNT + einzeln + zweiter, "2026-11-16", ZU_ZWEIT)
    assert [zeile.rechnung for zeile in k.forderungen] == ["RE-1", "Titel vb-1, vb-2"]
    assert k.kosten == Decimal("214.40")
    nur_einer = konto(GEMAHNT + einzeln, "2026-11-16", ZU_ZWEIT)
    assert (len(nur_einer.forderungen), codes(nur_einer)) == (1, ["TITEL_NICHT_GEGEN_ALLE"])
    gegen_max = compute_konto_gegen(
        Sachstand(fall(GEMAHNT + einzeln, ZU_ZWEIT), dt.date(2026, 11, 16)), "max"
    )
    assert len(gegen_max.forderungen) == 2


def test_kostenfestsetzung_ersetzt_nur_gerichtskosten() -> None:
    text = (
        EINE_RECHNUNG
        + """
kosten:
  - {am: 01.04.2026, art: gericht, betrag: "100,00"}
  - {am: 01.04.2026, art: ruecklastschrift, betrag: "4,30"}
titel:
  - kennung: kfb-1
    art: kfb
    erlassen_am: 10.08.2026
    betraege: {hauptforderung: "350,00", zinsen: {punkte: "5", ab: 01.08.2026}}
"""
    )
    k = konto(text, "2026-08-31")
    assert (k.hauptforderung, k.kosten) == (Decimal("1000.00"), Decimal("354.30"))
    # 350,00 ab 01.08., 31 Tage zu 6,52 %: 1,94, bei den Kosten
    assert [p.zinsen.offen for p in k.kostenposten if p.name == "Titel kfb-1"] == [Decimal("1.94")]


def test_titel_mit_negativem_betrag_wird_abgelehnt() -> None:
    assert refused(TITEL.replace("800,00", "-800,00")).befund.code == "TITEL_BETRAG_NEGATIV"


# --- lump sum and costs ------------------------------------------------------------------------------

FIRMA = KOPF.replace("verbraucher: ja", "verbraucher: nein")


def test_pauschale_nur_wenn_verlangt_und_angerechnet_auf_inkassokosten() -> None:
    k = konto(EINE_RECHNUNG, "2026-06-30", FIRMA)
    assert (k.pauschale.geschuldet, k.pauschale.verlangt, k.kosten) == tuple(
        map(Decimal, ("40.00", "0.00", "0.00"))
    )
    kosten = """
kosten:
  - {am: 04.03.2026, art: verzugspauschale, betrag: "40,00"}
  - {am: 04.04.2026, art: inkasso, betrag: "98,00"}
"""
    k = konto(EINE_RECHNUNG + kosten, "2026-06-30", FIRMA)
    assert (k.kosten, k.pauschale.angerechnet) == (Decimal("98.00"), Decimal("40.00"))
    assert k.kostenposten[1].haupt.angerechnet == Decimal("40.00")


def test_pauschale_gegen_verbraucher_ist_eine_sperre() -> None:
    k = konto(
        EINE_RECHNUNG + "kosten:\n  - {am: 04.03.2026, art: verzugspauschale, betrag: '40,00'}\n",
        "2026-06-30",
    )
    assert codes(k) == ["PAUSCHALE_NICHT_GESCHULDET"]


def test_kosten_des_schreibens_das_erst_in_verzug_setzt() -> None:
    k = konto(
        EINE_RECHNUNG + "kosten:\n  - {am: 03.03.2026, art: mahnkosten, betrag: '2,50'}\n", "2026-06-30"
    )
    assert codes(k) == ["KOSTEN_VOR_VERZUG"]


def test_mahnkosten_am_tag_des_schreibens_das_in_verzug_setzt() -> None:
    """Mahnung vom 20.04. mit Frist bis 30.04.: Verzug ab 01.05.; ihre eigenen Kosten nicht, die der nächsten schon."""
    text = (
        EINE_RECHNUNG.replace("faelligkeit: vereinbart", "faelligkeit: gesetzlich")
        + """
ereignisse:
  - {am: 20.04.2026, art: mahnung_versandt, stufe: mahnung-1, frist_bis: 30.04.2026}
  - {am: 22.04.2026, art: mahnung_zugegangen, stufe: mahnung-1}
kosten:
  - {am: %s, art: mahnkosten, betrag: '1,20'}
"""
    )
    for tag, erwartet in (("20.04.2026", ["KOSTEN_VOR_VERZUG"]), ("30.04.2026", ["KOSTEN_VOR_VERZUG"]),
                          ("04.05.2026", [])):  # fmt: skip
        assert codes(konto(text % tag, "2026-06-30")) == erwartet, tag


@pytest.mark.parametrize(
    ("art", "betrag", "erwartet"),
    [
        ("mahnkosten", "2,50", []),
        ("mahnkosten", "2,51", ["MAHNKOSTEN_HOCH"]),
        ("mahnkosten", "15,00", ["MAHNKOSTEN_HOCH"]),
        ("ruecklastschrift", "15,00", []),
    ],
)
def test_hohe_mahnkosten_fallen_auf(art: str, betrag: str, erwartet: list[str]) -> None:
    text = EINE_RECHNUNG + f"kosten:\n  - {{am: 04.05.2026, art: {art}, betrag: '{betrag}'}}\n"
    k = konto(text, "2026-06-30")
    assert codes(k) == erwartet
    assert k.kosten == Decimal(betrag.replace(",", "."))  # ein Hinweis, keine Kürzung
    for befund in k.befunde:
        assert befund.schwere is Schwere.WARNUNG
        assert "2,50\u00a0€" in befund.text
        assert "kein Personal" in befund.abhilfe
        assert befund.stelle.zeile


def test_wo_die_schwelle_nicht_gedeckt_ist_wird_das_gesagt_und_weiter_gerechnet() -> None:
    text = EINE_RECHNUNG.replace("faelligkeit: vereinbart", "faelligkeit: unbestimmt")
    text += "kosten:\n  - {am: 03.01.2028, art: mahnkosten, betrag: '15,00'}\n"
    k = konto(text, "2028-01-31")
    assert codes(k) == ["KOSTEN_VOR_VERZUG", "RECHTSWERT_NACH_TABELLE"]
    assert {befund.schwere for befund in k.befunde} == {Schwere.WARNUNG}


# --- broken inputs -----------------------------------------------------------------------------------


def test_spaeteres_zaehlt_nicht() -> None:
    spaeter = (
        ZWEI.replace("datum: 01.04.2026", "datum: 01.10.2026")
        .replace("leistung_am: 20.03.2026", "leistung_am: 20.09.2026")
        .replace("faellig_am: 30.04.2026", "faellig_am: 30.10.2026")
        + "zahlungen:\n  - {am: 02.10.2026, betrag: '10,00'}\n"
        + "gutschriften:\n  - {am: 02.10.2026, betrag: '10,00'}\n"
        + "verzicht:\n  - {am: 02.10.2026, betrag: '10,00'}\n"
        + "kosten:\n  - {am: 02.10.2026, art: sonstige, betrag: '10,00'}\n"
        + "ereignisse:\n  - {am: 02.10.2026, art: insolvenz}\n"
        + TITEL
    )
    k = konto(spaeter, "2026-06-30")
    ohne = konto(EINE_RECHNUNG, "2026-06-30")
    assert (k.gesamt, k.abschnitte, k.zahlungen) == (ohne.gesamt, ohne.abschnitte, ())
    assert set(codes(k)) == {"NACH_STICHTAG"}


def test_zahlung_vor_der_ersten_rechnung() -> None:
    k = konto(EINE_RECHNUNG + "zahlungen:\n  - {am: 02.01.2026, betrag: '100,00'}\n", "2026-06-30")
    assert codes(k) == ["ZAHLUNG_VOR_FORDERUNG"]
    assert gedeckt(k) == [("hauptforderung", "RE-1", "100.00")]
    assert k.abschnitte[0].zeile.betrag == Decimal("900.00")


def test_vorauszahlung_auf_eine_spaetere_rechnung_wartet() -> None:
    text = ZWEI + "zahlungen:\n  - {am: 05.03.2026, betrag: '100,00', auf: RE-2}\n"
    k = konto(text, "2026-03-15")  # RE-2 entsteht am 20.03.2026 mit der Leistung
    assert (k.zahlungen[0].auf, k.zahlungen[0].rest, k.hauptforderung) == (
        (),
        Decimal("100.00"),
        Decimal("1000.00"),
    )
    spaeter = konto(text, "2026-03-31")
    assert gedeckt(spaeter) == [("hauptforderung", "RE-2", "100.00")]


def test_auf_einen_titel_bestimmt() -> None:
    k = konto(
        EINE_RECHNUNG + TITEL + "zahlungen:\n  - {am: 01.09.2026, betrag: '250,00', auf: vb-1}\n",
        "2026-11-16",
    )
    # Kosten 214,40, Zinsen 21,00 + 21 Tage auf 800,00 (3,00), Rest auf die Hauptforderung
    assert gedeckt(k) == [
        ("kosten", "Titel vb-1", "214.40"),
        ("zinsen", "Titel vb-1", "24.00"),
        ("hauptforderung", "Titel vb-1", "11.60"),
    ]


def test_ein_fall_ohne_forderung() -> None:
    k = konto("kosten:\n  - {am: 02.10.2026, art: sonstige, betrag: '10,00'}\n", "2026-11-16")
    assert (k.gesamt, k.zinsen_je_tag, k.forderungen) == (Decimal("10.00"), Decimal("0.00"), ())


def test_rueckgabe_vor_der_zahlung() -> None:
    text = EINE_RECHNUNG + "zahlungen:\n  - {am: 02.05.2026, betrag: '100,00', zurueck_am: 01.05.2026}\n"
    assert refused(text).befund.code == "RUECKGABE_VOR_ZAHLUNG"


@pytest.mark.parametrize("wo", ["zahlungen", "gutschriften", "verzicht"])
def test_ziel_das_es_nicht_gibt(wo: str) -> None:
    befund = refused(EINE_RECHNUNG + f"{wo}:\n  - {{am: 02.05.2026, betrag: '1,00', auf: RE-l}}\n").befund
    assert (befund.code, "RE-1" in befund.abhilfe) == ("VERWEIS_INS_LEERE", True)
    assert befund.stelle is not None
    assert befund.stelle.zeile


def test_vor_2002_wird_nicht_gerechnet() -> None:
    alt = EINE_RECHNUNG.replace("2026", "2001")
    assert refused(alt).befund.code == "RECHTSWERT_VOR_TABELLE"


def test_betrag_null_oder_negativ_wird_abgelehnt() -> None:
    eines = fall(EINE_RECHNUNG)
    for betrag in ("0.00", "-5.00"):
        falsch = dataclasses.replace(eines.forderungen[0], betrag=Decimal(betrag))
        with pytest.raises(Ablehnung) as gefangen:
            compute_konto(Sachstand(dataclasses.replace(eines, forderungen=(falsch,)), dt.date(2026, 6, 30)))
        assert gefangen.value.befund.code == "KONTO_BETRAG_NICHT_POSITIV"


def test_dieselbe_rechnung_zweimal_wird_abgelehnt() -> None:
    eines = fall(EINE_RECHNUNG)
    with pytest.raises(Ablehnung, match="RE-1"):
        compute_konto(
            Sachstand(dataclasses.replace(eines, forderungen=eines.forderungen * 2), dt.date(2026, 6, 30))
        )


def test_zinsangabe_ohne_satz_wird_abgelehnt() -> None:
    assert refused(EINE_RECHNUNG + "    zinsen: {vereinbart: ja}\n").befund.code == "ZINSANGABE_UNKLAR"


# --- JSON --------------------------------------------------------------------------------------------


def test_json_wie_im_vertrag() -> None:
    text = ZWEI + "zahlungen:\n  - {am: 01.06.2026, betrag: '250,00', auf: RE-2}\n"
    dokument = json.loads(json.dumps(konto(text, "2026-06-30").as_json()))
    assert dokument["stichtag"] == "2026-06-30"
    for schluessel in ("hauptforderung", "kosten", "zinsen", "gesamt", "zinsen_je_tag"):
        assert Decimal(dokument[schluessel]).as_tuple().exponent == -2
    assert dokument["zinsen_je_tag_bis"] == "2026-12-31"
    assert {"rechnung", "betrag", "offen", "verzug_ab", "verzug_grund"} <= dokument["forderungen"][0].keys()
    assert dokument["abschnitte"][0] | {
        "rechnung": "RE-1", "betrag": "1000.00", "von": "2026-03-04", "bis": "2026-06-30", "tage": 119,
        "teiler": 365, "satz": "6.27", "zinsen": "20.44",
    } == dokument["abschnitte"][0]  # fmt: skip
    assert dokument["zahlungen"][0]["am"] == "2026-06-01"
    assert dokument["zahlungen"][0]["auf"][0] == {"art": "zinsen", "rechnung": "RE-2", "betrag": "2.66"}
    assert dokument["gesamt"] == str(
        sum(Decimal(dokument[teil]) for teil in ("hauptforderung", "zinsen", "kosten"))
    )


# --- letters of our own: which invoices, which debtor --------------------------------------------------


def vorgang(nr: int, art: str, am: str, **daten: object) -> Vorgang:
    return Vorgang(
        nr=nr, aktenzeichen="2026-0042", art=art, stichtag=dt.date.fromisoformat(am), erzeugt_am="", lauf_id="",
        bearbeiter="", rechner="", version="1", vorher=None, eingaben={}, werte={}, daten=daten, dateien={}, anlass="",
        ersetzt=None, hash="",
    )  # fmt: skip


def test_eigene_mahnung_setzt_nur_ihre_rechnungen_und_empfaenger_in_verzug() -> None:
    text = ZWEI.replace("vereinbart", "gesetzlich") + (
        "ereignisse:\n  - {am: 12.05.2026, art: mahnung_zugegangen, vorgang: 1}\n"
    )
    brief = vorgang(
        1, "mahnung-1", "2026-05-10", frist_bis="2026-05-20", rechnungen=["RE-1"], empfaenger=["max"]
    )
    mit_brief = dataclasses.replace(fall(text), vorgaenge=(brief,))
    k = compute_konto(Sachstand(mit_brief, dt.date(2026, 6, 30)))
    assert [zeile.verzug_ab for zeile in k.forderungen] == [dt.date(2026, 5, 21), None]
    assert "mit Frist bis 20.05.2026" in k.forderungen[0].verzug_grund
    fremd = dataclasses.replace(brief, daten={**brief.daten, "empfaenger": ["erna"]})
    k = compute_konto(Sachstand(dataclasses.replace(mit_brief, vorgaenge=(fremd,)), dt.date(2026, 6, 30)))
    assert [zeile.verzug_ab for zeile in k.forderungen] == [None, None]
