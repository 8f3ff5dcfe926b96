"""Records that only a test at the court proves, and the writer that reads back what it writes."""

import dataclasses
import datetime as dt
import pathlib
from decimal import Decimal

import pytest

from fallbau import FAELLE
from mahnakte.antrag import modell, xml_read
from mahnakte.antrag.auswahl import Nebenforderungsart, Zinsart
from mahnakte.antrag.eda import rueckprobe, write
from mahnakte.antrag.eda.layout import UNERPROBT
from mahnakte.antrag.eda.rueckprobe import write_verified
from mahnakte.antrag.eda.verify import read_eda, verify_eda
from mahnakte.antrag.eda.write import find_obstacles, write_eda
from mahnakte.antrag.zeichen import ERLAUBT, is_allowed
from mahnakte.grund.befund import Ablehnung, Schwere

HOF = pathlib.Path(__file__).parents[2] / "shared" / "formate" / "eda"
KOPF = modell.Dateikopf("12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte")
_gelesen, _ = xml_read.read_xml((FAELLE.parent / "antrag" / "grundfall.xml").read_bytes(), "grundfall.xml")
assert _gelesen is not None
ANTRAG = _gelesen.antraege[0]
ZINS = modell.Nebenzins(Decimal(5), Zinsart.UEBER_BASIS, dt.date(2026, 6, 1))

# eda_nachtrag.md 2, written out by hand: 13,00 € at 5 points from 01.06.2026.
SAETZE = {
    Nebenforderungsart.AUSKUENFTE: "01AUSK 00" + "0001300" + "05000B260601",
    Nebenforderungsart.BANKRUECKLAST: "01BKRL 00" + "0001300" + "05000B260601",
    Nebenforderungsart.INKASSO: "01INKB 00" + "0000001300" + "05000B260601",
    Nebenforderungsart.SONSTIGE: "01ANF  00" + "00001300" + f"{'Probe':35}" + "05000B260601",
}


def _mit(art: Nebenforderungsart) -> modell.Mahnantrag:
    grund = "Probe" if art is Nebenforderungsart.SONSTIGE else ""
    return dataclasses.replace(
        ANTRAG, nebenforderungen=(modell.Nebenforderung(art, Decimal("13.00"), grund=grund, zins=ZINS),)
    )


def _records(inhalt: bytes) -> list[str]:
    text = inhalt.decode("cp850")
    return [text[ort : ort + 128].rstrip() for ort in range(0, len(text), 128)]


@pytest.mark.parametrize("art", SAETZE)
def test_records_for_agencies_wait_for_the_test_at_the_court(art: Nebenforderungsart) -> None:
    antrag = _mit(art)
    assert [befund.code for befund in find_obstacles(antrag)] == ["EDA_FELDLAGE"]
    assert find_obstacles(antrag, getestet=True) == ()
    with pytest.raises(Ablehnung, match="nicht amtlich bestätigt"):
        write_eda([antrag], KOPF)
    inhalt = write_verified([antrag], KOPF, "x.eda", getestet=True)
    assert _records(inhalt)[-2] == SAETZE[art]
    sammel, befunde = read_eda(inhalt, "x.eda")
    assert sammel is not None
    assert sammel.antraege[0].nebenforderungen == antrag.nebenforderungen
    assert [(b.code, b.schwere) for b in befunde] == [("EDA_FELDLAGE", Schwere.WARNUNG)]


def test_consumer_credit_follows_its_interest() -> None:
    kredit = modell.Verbraucherdarlehen(dt.date(2024, 3, 1), Decimal("7.99"))
    forderung = dataclasses.replace(ANTRAG.hauptforderungen[0], verbraucherdarlehen=kredit)
    antrag = dataclasses.replace(ANTRAG, hauptforderungen=(forderung,))
    zeilen = _records(write_verified([antrag], KOPF, "x.eda", getestet=True))
    ort = zeilen.index("01VKG  0024030107990")
    assert zeilen[ort - 1].startswith("01ZINS 00")
    assert [befund.code for befund in find_obstacles(antrag)] == ["EDA_FELDLAGE"]


def test_only_what_one_source_alone_describes_waits() -> None:
    assert {"01VKG  00", "01AUSK 00", "01BKRL 00", "01INKB 00", "01ANF  00"} == UNERPROBT


@pytest.mark.skipif(not HOF.is_dir(), reason=f"{HOF} fehlt")
def test_the_courts_own_files_come_out_byte_for_byte() -> None:
    dateien = sorted(HOF.glob("*.eda"))
    assert len(dateien) == 6
    for datei in dateien:
        sammel, _ = read_eda(datei.read_bytes(), datei.name)
        assert sammel is not None
        assert sammel.dateikopf is not None
        assert write_verified(sammel.antraege, sammel.dateikopf, datei.name) == datei.read_bytes()


def test_what_is_written_is_what_the_plain_writer_writes() -> None:
    antraege = [dataclasses.replace(ANTRAG, geschaeftszeichen=f"2026-{n:04}") for n in range(30)]
    inhalt = write_verified(antraege, KOPF, "x.eda")
    assert inhalt == write_eda(antraege, KOPF)
    assert verify_eda(inhalt, "x.eda") == ()


def _lose_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    echt = write._hauptforderung
    monkeypatch.setattr(
        write, "_hauptforderung", lambda f: iter(()) if f is ANTRAG.hauptforderungen[0] else echt(f)
    )


def _swap_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    arten = write._NEBENSAETZE | {Nebenforderungsart.MAHNKOSTEN: ("01VV23 00", "VV2300BET", "VV2300")}
    monkeypatch.setattr(write, "_NEBENSAETZE", arten)


def _cut_address(monkeypatch: pytest.MonkeyPatch) -> None:
    echt = write._anschrift
    monkeypatch.setattr(write, "_anschrift", lambda k, a: {**echt(k, a), f"{k}O": a.ort[:4]})


def _miscount(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rueckprobe.Summen, "add", lambda self, zeile: None)


@pytest.mark.parametrize("fehler", [_lose_claim, _swap_kind, _cut_address, _miscount])
def test_a_mistake_of_the_writer_is_found(monkeypatch: pytest.MonkeyPatch, fehler) -> None:  # type: ignore[no-untyped-def]
    fehler(monkeypatch)
    with pytest.raises(Ablehnung) as fund:
        write_verified([ANTRAG], KOPF, "x.eda")
    assert fund.value.befund.code in ("EDA_VERLUST", "EDA_SUMME", "EDA_SCHLUESSEL")


def test_the_quick_look_at_characters_is_the_list() -> None:
    assert [chr(c) for c in range(0x3000) if is_allowed(chr(c))] == sorted(ERLAUBT)
