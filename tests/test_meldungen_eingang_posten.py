"""Each finding about lists of open items, by an input that raises just it."""

from collections.abc import Iterable

import pytest

from mahnakte.eingang.posten.lesen import read_postenliste
from mahnakte.eingang.posten.zuordnung import read_zuordnung
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise
from postenbau import BC_KOPF, ERPNEXT_KOPF, FREI_KOPF, FREI_ZEILE, LISTE_KOPF, build_stapel, lines

beweist = Beweise("eingang/posten")


def read(inhalt: bytes) -> Iterable[Befund]:
    return read_postenliste(inhalt, "liste.csv").befunde


@beweist("POSTENDATEI_UNLESBAR")
def _() -> Iterable[Befund]:
    return read(b"%PDF-1.7\n")


@beweist("POSTENSPALTEN_UNBESTAETIGT")
def _() -> Iterable[Befund]:
    return read(lines(FREI_KOPF, FREI_ZEILE))


@beweist("ZUORDNUNG_FEHLERHAFT")
def _() -> Iterable[Befund]:
    read_zuordnung(b"spalten:\n  numer: Rg.-Nr.\n  offen: Offen\n", "zuordnung.yaml")
    return ()


@beweist("POSTENZEILE_AUSGELASSEN")
def _() -> Iterable[Befund]:
    return read(
        lines(
            ERPNEXT_KOPF,
            "2026-09-01,K-1,Muster,Sales Invoice,RE-1,2026-09-15,1190.00,400.00,0.00,780.00,EUR",
        )
    )


@beweist("POSTEN_GUTHABEN")
def _() -> Iterable[Befund]:
    return read(
        lines(BC_KOPF, "05.11.2026;Gutschrift;GS-2026-007;10002;Beispiel AG;;-59,50;-59,50;05.11.2026;Ja")
    )


@beweist("POSTEN_OHNE_FAELLIGKEIT")
def _() -> Iterable[Befund]:
    return read(lines(LISTE_KOPF, "10001;RE-1;01.09.2026;;100,00;0,00;100,00;8400;Wartung"))


@beweist("STAPEL_KEINE_LISTE")
def _() -> Iterable[Befund]:
    return read(build_stapel({117: "15092026"}, von="20260901", bis="20261130"))


@beweist("STAPEL_AUSSCHNITT")
def _() -> Iterable[Befund]:
    return read(build_stapel({117: "15092026"}, {2: "H", 11: "RE-9", 8: "1200"}))


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
