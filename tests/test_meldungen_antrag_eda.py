"""Each finding about files of the courts, by an input that raises just it."""

import dataclasses
import datetime as dt
import pathlib
import tempfile
from collections.abc import Iterable
from decimal import Decimal

import pytest

import gerichtsbau
from fallbau import FAELLE
from mahnakte.antrag import modell, xml_read
from mahnakte.antrag.auswahl import Nebenforderungsart, Verfahrensart
from mahnakte.antrag.eda.nachrichten import read_nachrichten
from mahnakte.antrag.eda.verify import verify_eda
from mahnakte.antrag.eda.write import find_obstacles, write_eda
from mahnakte.befehle.eda import show_eda
from mahnakte.grund.befund import Befund
from mahnakte.werk.laden import Lage
from meldungsbau import Beweise, Streik

beweist = Beweise("antrag/eda")
KOPF = modell.Dateikopf("12345678", "ABC021", dt.date(2026, 11, 16), software="mahnakte")
_gelesen, _ = xml_read.read_xml((FAELLE.parent / "antrag" / "grundfall.xml").read_bytes(), "grundfall.xml")
assert _gelesen is not None
ANTRAG = _gelesen.antraege[0]
# Records: 1 AA, 2 KS, 3 AS01, 4 AS03, 5 ASGV, 6 BANK, 7 AG01, 8 AG03, 9 AG04, 10 ASPK, 11 ZINS, 12 ASPK, 13 ZINS,
# 14 AUSL, 15 MAHNK, 16 BB.
DATEI = write_eda([ANTRAG], KOPF)


def put(satz: int, stelle: int, inhalt: bytes, datei: bytes = DATEI) -> bytes:
    """Return the file with other bytes at a place of one record (both counted from 1)."""
    ort = (satz - 1) * 128 + stelle - 1
    return datei[:ort] + inhalt + datei[ort + len(inhalt) :]


def reorder(*folge: int) -> bytes:
    return b"".join(DATEI[(nummer - 1) * 128 : nummer * 128] for nummer in folge)


DATEIEN = {
    "EDA_LEER": b"",
    "EDA_LAENGE": DATEI[: 9 * 128 + 5],
    "EDA_ZEICHEN": DATEI.decode("cp850").encode("cp1252"),
    "EDA_KOPF": DATEI[128:],
    "EDA_SCHLUSS": put(16, 3, b"87654321"),
    "EDA_SUMME": put(16, 11, b"0000002"),
    "EDA_FELD": put(1, 11, b"260230"),
    "EDA_SCHLUESSEL": put(11, 15, b"X"),
    "EDA_SATZ_UNBEKANNT": put(14, 1, b"01XYZ  00"),
    "EDA_REIHENFOLGE": reorder(1, 2, 3, 5, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
    "EDA_UNBEKANNTE_STELLE": put(2, 111, b"XX"),
    "EDA_VERLUST": put(7, 11, b"GmbH"),
}
for _code, _inhalt in DATEIEN.items():
    beweist(_code)(lambda inhalt=_inhalt: verify_eda(inhalt, "ABC021.EDA"))


@beweist("EDA_ZU_GROSS")
def _() -> Iterable[Befund]:
    return verify_eda(bytes(64_000_001), "ABC021.EDA")


@beweist("EDA_ABBRUCH")
def _() -> Iterable[Befund]:
    """The end comes after the faults that led to it."""
    viele = write_eda([ANTRAG] * 500, KOPF)
    for nummer in range(500):
        viele = put(2 + nummer * 14, 61, b"     ", viele)
    *fehler, ende = verify_eda(viele, "ABC021.EDA")
    assert {befund.code for befund in fehler} == {"EDA_FELD"}
    return [ende]


@beweist("EDA_NICHT_BELEGT")
def _() -> Iterable[Befund]:
    return find_obstacles(dataclasses.replace(ANTRAG, verfahrensart=Verfahrensart.URKUNDEN))


@beweist("EDA_FELDLAGE")
def _() -> Iterable[Befund]:
    inkasso = modell.Nebenforderung(Nebenforderungsart.INKASSO, Decimal(50))
    return find_obstacles(dataclasses.replace(ANTRAG, nebenforderungen=(inkasso,)))


@beweist("EDA_REST")
def _() -> Iterable[Befund]:
    rest = modell.Rest("01ABT  00", 1, 100, "X")
    write_eda([dataclasses.replace(ANTRAG, reste=(rest,))], KOPF)
    return ()


def receive(art: str, *saetze: str) -> Iterable[Befund]:
    """Return what is said of a court's file and of its messages."""
    nachrichten, befunde = read_nachrichten(gerichtsbau.court_file(art, *saetze), "GERICHT.EDA")
    return (*befunde, *(befund for nachricht in nachrichten for befund in nachricht.befunde))


@beweist("EDA_RAHMEN")
def _() -> Iterable[Befund]:
    ganz = gerichtsbau.court_file("05", gerichtsbau.served("2026-0042"))
    return read_nachrichten(ganz[:256], "GERICHT.EDA")[1]


@beweist("EDA_KEINE_NACHRICHT")
def _() -> Iterable[Befund]:
    return receive("01", "01KS   00")


@beweist("VB_NICHT_ZUGESTELLT")
def _() -> Iterable[Befund]:
    return receive("05", gerichtsbau.served("2026-0042", nam="09"))


@beweist("EDA_OHNE_TAG")
def _() -> Iterable[Befund]:
    return receive("05", gerichtsbau.served("2026-0042", ""))


@beweist("EDA_OHNE_VORSCHLAG")
def _() -> Iterable[Befund]:
    return receive("05", gerichtsbau.served("2026-0042", nam="99"))


@beweist("EDA_UNLESBAR")
def _() -> Iterable[Befund]:
    with tempfile.TemporaryDirectory() as ordner:
        datei = pathlib.Path(ordner) / "GERICHT.EDA"
        datei.write_bytes(gerichtsbau.court_file("05", am="260520"))
        return show_eda(datei, Lage(dt.date(2026, 5, 20), Streik("view_eda"))).befunde


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
