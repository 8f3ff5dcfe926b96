"""Each finding about bank statements, by an input that raises just it."""

import dataclasses
import datetime as dt
from collections.abc import Iterable

import pytest

from bankbau import DEMO, build_camt
from mahnakte.eingang.bank.datei import read_bankdatei
from mahnakte.eingang.bank.entscheidung import check_teile, read_entscheidungen, refuse_entscheidung
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.satz.xlsx import Blatt, Spalte, write_xlsx
from meldungsbau import Beweise

beweist = Beweise("eingang/bank")
TAG = dt.date(2026, 11, 24)
N26 = '"Booking Date","Value Date","Partner Name","Payment Reference","Amount (EUR)"\n'


def read(inhalt: bytes) -> Iterable[Befund]:
    read_bankdatei(inhalt, "auszug")
    return ()


@beweist("AUSZUG_SALDO")
def _() -> Iterable[Befund]:
    return read(build_camt(DEMO, fehler="0.10"))


@beweist("BANKDATEI_UNLESBAR")
def _() -> Iterable[Befund]:
    return read(build_camt(DEMO)[:2000])


@beweist("BANKZEILE_UNLESBAR")
def _() -> Iterable[Befund]:
    return read(f'{N26}"2026-02-31","2026-02-28","Max","RE-1","10.00"\n'.encode())


LISTE = "Entscheidung;Fall;Rechnung;Betrag;Auszug;Buchung\n"


@beweist("ENTSCHEIDUNGSLISTE_UNLESBAR")
def _() -> Iterable[Befund]:
    return read_entscheidungen(b"a;b\n", "liste.csv").befunde


@beweist("ENTSCHEIDUNG_UNLESBAR")
def _() -> Iterable[Befund]:
    spalten = tuple(Spalte(titel) for titel in LISTE.strip().split(";"))
    mappe = write_xlsx([Blatt("L", (), spalten, (("ja", 20260095, "", "5,00", "sha-0", "k"),))], "L", "", TAG)
    return read_entscheidungen(mappe, "liste.xlsx").befunde


@beweist("ENTSCHEIDUNG_PASST_NICHT")
def _() -> Iterable[Befund]:
    (eine,) = read_entscheidungen(f"{LISTE}ja;A;R1 = 1,00;5,00;s;k\n".encode(), "liste.csv").entscheidungen
    zwei = dataclasses.replace(eine, teile=(*eine.teile, dataclasses.replace(eine.teile[0], rechnung="R2")))
    return (refuse_entscheidung(check_teile(zwei), Stelle("liste.csv", 2)),)


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
