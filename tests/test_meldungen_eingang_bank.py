"""Each finding about bank statements, by an input that raises just it."""

from collections.abc import Iterable

import pytest

from bankbau import DEMO, build_camt
from mahnakte.eingang.bank.datei import read_bankdatei
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise

beweist = Beweise("eingang/bank")
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


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
