"""Start of default: the vectors and every route of § 286 BGB, each with an example a lawyer can check."""

import dataclasses
import datetime as dt

import pytest

from mahnakte.recht.rechtsstand import shipped_recht
from mahnakte.recht.verzug import Faelligkeitsart, Mahnung, Verzugsbeginn, Verzugstatsachen, decide_verzug

RECHT = shipped_recht()


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


STICHTAG = day("2026-12-31")
VEREINBART = Verzugstatsachen(day("2026-10-01"), Faelligkeitsart.VEREINBART)
GESETZLICH = Verzugstatsachen(day("2026-10-01"), Faelligkeitsart.GESETZLICH)
UNTERNEHMER = dataclasses.replace(GESETZLICH, entgeltforderung=True, schuldner_verbraucher=False)
VERBRAUCHER = dataclasses.replace(GESETZLICH, entgeltforderung=True, schuldner_verbraucher=True)


def decide(tatsachen: Verzugstatsachen, **weiteres: object) -> Verzugsbeginn:
    return decide_verzug(RECHT, dataclasses.replace(tatsachen, **weiteres), STICHTAG)  # type: ignore[arg-type]


def reminder(zugang: str, frist_bis: str | None = None) -> tuple[Mahnung, ...]:
    return (Mahnung(day(zugang), day(frist_bis) if frist_bis else None),)


@pytest.mark.parametrize(
    ("fall", "tatsachen", "weiteres", "ab", "grund"),
    [
        # fixtures/vektoren/fristen.yaml; D09 (action) stands in test_recht_zinssatz as well
        ("D01 Mahnung nach Fälligkeit", GESETZLICH, {"mahnungen": reminder("2026-10-20")}, "2026-10-21", "mahnung"),
        ("D03 Kalendertag am Samstag", VEREINBART, {"faellig_am": day("2026-11-14")}, "2026-11-17", "kalender"),
        ("D05 Fronleichnam, Berlin", VEREINBART,
         {"faellig_am": day("2026-06-04"), "land": "BE"}, "2026-06-05", "kalender"),
        ("D07 30 Tage enden am Samstag", UNTERNEHMER,
         {"faellig_am": day("2026-10-15"), "zugegangen_am": day("2026-10-15")}, "2026-11-17", "dreissig_tage"),
        ("D09 Rechtshängigkeit", GESETZLICH,
         {"faellig_am": day("2010-12-01"), "klage_zugestellt_am": day("2011-01-10")}, "2011-01-11", "klage"),
        # the same date where Corpus Christi is a holiday: Thursday -> Friday, default from Saturday
        ("Fronleichnam, NRW", VEREINBART, {"faellig_am": day("2026-06-04"), "land": "NW"}, "2026-06-06", "kalender"),
        # Corpus Christi is municipal in Saxony: not relied on
        ("Fronleichnam, Sachsen", VEREINBART,
         {"faellig_am": day("2026-06-04"), "land": "SN"}, "2026-06-05", "kalender"),
        ("Kalendertag, Werktag", VEREINBART, {}, "2026-10-02", "kalender"),
        ("Frist ab Ereignis am Sonntag", VEREINBART,
         {"faelligkeit": Faelligkeitsart.EREIGNIS, "faellig_am": day("2026-11-15")}, "2026-11-17", "ereignis"),
        ("Verweigerung nach Fälligkeit", GESETZLICH,
         {"verweigert_am": day("2026-10-07")}, "2026-10-08", "verweigerung"),
        ("Verweigerung vor Fälligkeit", GESETZLICH,
         {"verweigert_am": day("2026-09-07")}, "2026-10-02", "verweigerung"),
        ("30 Tage ab dem späteren Zugang", UNTERNEHMER,
         {"zugegangen_am": day("2026-10-06")}, "2026-11-06", "dreissig_tage"),
        ("30 Tage ab der späteren Fälligkeit", UNTERNEHMER,
         {"zugegangen_am": day("2026-09-06")}, "2026-11-03", "dreissig_tage"),
        ("30 Tage, Zugang unsicher, Empfang der Ware", UNTERNEHMER,
         {"gegenleistung_am": day("2026-10-06")}, "2026-11-06", "dreissig_tage"),
        ("30 Tage, Verbraucher mit Hinweis", VERBRAUCHER,
         {"zugegangen_am": day("2026-10-06"), "hinweis_30_tage": True}, "2026-11-06", "dreissig_tage"),
        ("Mahnung am Fälligkeitstag", GESETZLICH, {"mahnungen": reminder("2026-10-01")}, "2026-10-02", "mahnung"),
        ("Mahnung mit Frist", GESETZLICH,
         {"mahnungen": reminder("2026-10-05", "2026-10-15")}, "2026-10-16", "mahnung_frist"),
        ("Mahnung mit Frist bis Samstag", GESETZLICH,
         {"mahnungen": reminder("2026-10-05", "2026-10-17")}, "2026-10-20", "mahnung_frist"),
        ("Mahnung geht nach ihrer Frist zu", GESETZLICH,
         {"mahnungen": reminder("2026-10-15", "2026-10-12")}, "2026-10-16", "mahnung_frist"),
        ("Mahnbescheid", GESETZLICH, {"mahnbescheid_zugestellt_am": day("2026-11-05")}, "2026-11-06", "mahnbescheid"),
        ("die frühere von zwei Mahnungen, trotz Frist der ersten", GESETZLICH,
         {"mahnungen": (*reminder("2026-10-05", "2026-10-30"), *reminder("2026-10-20"))}, "2026-10-21", "mahnung"),
        ("Kalendertag geht der Mahnung vor", VEREINBART,
         {"mahnungen": reminder("2026-10-20")}, "2026-10-02", "kalender"),
    ],
)  # fmt: skip
def test_verzug_beginnt(
    fall: str, tatsachen: Verzugstatsachen, weiteres: dict[str, object], ab: str, grund: str
) -> None:
    beginn = decide(tatsachen, **weiteres)
    assert (beginn.ab, beginn.grund) == (day(ab), grund), fall
    assert "§" in beginn.text


@pytest.mark.parametrize(
    ("fall", "tatsachen", "weiteres", "code", "satz"),
    [
        ("Mahnung vor Fälligkeit", GESETZLICH, {"mahnungen": reminder("2026-09-30")}, "mahnung", "ohne Wirkung"),
        ("einseitiges Zahlungsziel am Samstag, Mahnung am Sonntag", GESETZLICH,
         {"faelligkeit": Faelligkeitsart.UNBESTIMMT, "faellig_am": day("2026-11-14"),
          "mahnungen": reminder("2026-11-15")},
         "mahnung", "16.11.2026"),
        ("einseitiges Zahlungsziel", GESETZLICH,
         {"faelligkeit": Faelligkeitsart.UNBESTIMMT}, "kalender", "vereinbart"),
        ("Verbraucher ohne Hinweis", VERBRAUCHER, {"zugegangen_am": day("2026-10-06")}, "dreissig_tage", "Hinweis"),
        ("Verbraucher, nur Ware empfangen", VERBRAUCHER,
         {"gegenleistung_am": day("2026-10-06"), "hinweis_30_tage": True}, "dreissig_tage", "Zugang"),
        ("Verbraucher nicht angegeben", GESETZLICH,
         {"entgeltforderung": True, "zugegangen_am": day("2026-10-06")}, "dreissig_tage", "nicht angegeben"),
        ("keine Entgeltforderung", UNTERNEHMER,
         {"entgeltforderung": False, "zugegangen_am": day("2026-10-06")}, "dreissig_tage", "keine Entgeltforderung"),
        ("nichts zugegangen", UNTERNEHMER, {}, "dreissig_tage", "Zugang"),
        ("Fälligkeit unbekannt", UNTERNEHMER, {"faellig_am": None}, "faelligkeit", "nicht angegeben"),
        ("Mahnung nach dem Stichtag", GESETZLICH, {"mahnungen": reminder("2027-01-04")}, "mahnung", "Kein Zugang"),
        ("Zustellung nach dem Stichtag", GESETZLICH,
         {"mahnbescheid_zugestellt_am": day("2027-01-04")}, "mahnbescheid", "keine Zustellung"),
    ],
)  # fmt: skip
def test_kein_verzug_und_warum(
    fall: str, tatsachen: Verzugstatsachen, weiteres: dict[str, object], code: str, satz: str
) -> None:
    beginn = decide(tatsachen, **weiteres)
    assert (beginn.ab, beginn.grund) == (None, "kein"), fall
    assert any(satz in weg.text for weg in beginn.wege if weg.code == code), beginn.wege


def test_eine_tatsache_vom_stichtag_selbst_zaehlt() -> None:
    for tatsachen in (
        dataclasses.replace(GESETZLICH, verweigert_am=day("2026-10-07")),
        dataclasses.replace(GESETZLICH, mahnungen=reminder("2026-10-07")),
    ):
        assert decide_verzug(RECHT, tatsachen, day("2026-10-07")).ab == day("2026-10-08")
        assert decide_verzug(RECHT, tatsachen, day("2026-10-06")).ab is None


def test_sofort_faellig_verschiebt_193_nicht() -> None:
    """Fällig kraft Gesetzes an einem Samstag: die Mahnung vom Sonntag wirkt."""
    beginn = decide(GESETZLICH, faellig_am=day("2026-11-14"), mahnungen=reminder("2026-11-15"))
    assert beginn.ab == day("2026-11-16")


def test_die_verschiebung_steht_im_satz() -> None:
    assert (
        "14.11.2026, verschoben auf 16.11.2026 (§ 193 BGB)"
        in decide(VEREINBART, faellig_am=day("2026-11-14")).text
    )
    assert "verschoben" not in decide(VEREINBART).text
    assert "Fälligkeit ist nicht angegeben" in decide(GESETZLICH, faellig_am=None).text
    assert decide(GESETZLICH).text.startswith("Noch kein Verzug")


def test_jeder_weg_behaelt_seinen_grund() -> None:
    beginn = decide(VEREINBART)
    assert [weg.code for weg in beginn.wege] == [
        "kalender", "ereignis", "verweigerung", "dreissig_tage", "mahnung", "mahnbescheid", "klage",
    ]  # fmt: skip
    assert all("§ 286" in weg.text for weg in beginn.wege)


def test_ein_kuenftiger_kalendertag_steht_schon_fest() -> None:
    """Der vereinbarte Tag liegt nach dem Stichtag: Verzug beginnt erst dann, der Tag ist aber bekannt."""
    beginn = decide_verzug(RECHT, VEREINBART, day("2026-09-01"))
    assert beginn.ab == day("2026-10-02")


def test_die_dreissig_tage_sind_ein_rechtswert() -> None:
    beginn = decide(UNTERNEHMER, zugegangen_am=day("2026-10-06"))
    assert [(wert.name, wert.wert) for wert in beginn.werte] == [("verzug_tage", 30)]
