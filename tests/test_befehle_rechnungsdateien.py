"""Invoice files in a case: what a person has stated is compared with what the file says, however it says it."""

import datetime as dt
import json
import pathlib
from typing import Any

import pypdf
import pytest

from fallbau import FALLKOPF, MAHNAKTE_YAML
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.befehle import rechnung
from mahnakte.grund.befund import Schwere
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk import rechnungsdateien
from mahnakte.werk.ergebnis import ABGELEHNT
from mahnakte.werk.laden import Lage, load_fall
from test_fall_rechnung_anlagen import ORTE, embed
from test_fall_rechnung_pdf import CII, add_text, make_pdf, write

STICHTAG = dt.date(2026, 11, 30)
FALL_YAML = (
    FALLKOPF
    + """rechnungen:
  - {datei: rechnungen/r.pdf, nummer: RE-7, datum: 01.03.2026, betrag: "BETRAG", faellig_am: 31.03.2026}
"""
)


def load(ordner: pathlib.Path, werkstatt: WorkerPool) -> dict[str, Schwere]:
    geladen = load_fall(read_fallordner(ordner), Lage(STICHTAG, werkstatt))
    return {befund.code: befund.schwere for befund in geladen.befunde}


def build(ordner: pathlib.Path, inhalt: bytes, betrag: str) -> pathlib.Path:
    fall = ordner / "2026-0042"
    (fall / "rechnungen").mkdir(parents=True)
    (ordner / "mahnakte.yaml").write_text(MAHNAKTE_YAML, encoding="utf-8")
    (fall / "fall.yaml").write_text(FALL_YAML.replace("BETRAG", betrag), encoding="utf-8")
    (fall / "rechnungen" / "r.pdf").write_bytes(inhalt)
    return fall


@pytest.mark.parametrize("davor", [b"", b"\r\n", b"\n\n", b" ", b"\xef\xbb\xbf", b"Content-Type: x\r\n\r\n"])
def test_a_plain_pdf_is_searched_whatever_stands_in_front(
    tmp_path: pathlib.Path, werkstatt: WorkerPool, davor: bytes
) -> None:
    befunde = load(build(tmp_path, davor + make_pdf(), "9.999,00"), werkstatt)
    assert befunde["RECHNUNG_BETRAG_NICHT_GEFUNDEN"] is Schwere.WARNUNG
    assert "RECHNUNG_NUMMER_NICHT_GEFUNDEN" not in befunde


@pytest.mark.parametrize("ort", ORTE)
def test_a_contradiction_stops_the_case_wherever_the_data_hang(
    tmp_path: pathlib.Path, werkstatt: WorkerPool, ort: str
) -> None:
    writer = pypdf.PdfWriter()
    add_text(writer, "Rechnung RE-7 119,00 EUR")
    ORTE[ort](writer, embed(writer, CII))
    befunde = load(build(tmp_path, write(writer), "9.999,00"), werkstatt)
    assert befunde["BETRAG_WIDERSPRUCH"] is Schwere.SPERRE


def test_a_hybrid_whose_pages_show_another_invoice_is_named(
    tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    inhalt = make_pdf("Rechnung RE-8 zu zahlen 219,00 EUR", factur_x__xml=CII)
    befunde = load(build(tmp_path, inhalt, "119,00"), werkstatt)
    assert befunde["RECHNUNG_BILD_NUMMER"] is Schwere.WARNUNG
    assert befunde["RECHNUNG_BILD_BETRAG"] is Schwere.WARNUNG


def test_pages_that_take_too_long_are_a_warning(
    tmp_path: pathlib.Path, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechnungsdateien, "search_plain_pdf", _endless)
    monkeypatch.setattr(rechnungsdateien, "BILDZEIT", 0.2)
    befunde = load(build(tmp_path, make_pdf(), "119,00"), werkstatt)
    assert befunde["RECHNUNG_TEXT_UNGELESEN"] is Schwere.WARNUNG
    assert Schwere.SPERRE not in befunde.values()


class _Endless:
    """Burns CPU in the child; pickled as builtins only, since tests are not importable there."""

    def __reduce__(self) -> Any:
        return eval, ("lambda *_: sum(range(10**12))",)


_endless = _Endless()


def test_a_file_the_worker_gives_up_is_refused_with_a_finding(
    tmp_path: pathlib.Path, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`rechnung --json`: never exit code 3 without a finding that says why."""
    datei = tmp_path / "r.pdf"
    datei.write_bytes(make_pdf())
    monkeypatch.setattr(rechnung, "read_rechnung", _endless)
    monkeypatch.setattr(rechnung, "LESEZEIT", 0.2)
    ergebnis = rechnung.show_rechnung(datei, Lage(STICHTAG, werkstatt))
    assert ergebnis.rueckgabe == ABGELEHNT
    (befund,) = ergebnis.befunde
    assert befund.code == "RECHNUNG_UNLESBAR"
    assert "0.2 Sekunden Rechenzeit" in befund.text
    assert json.dumps(ergebnis.daten)


@pytest.mark.parametrize(
    ("fall", "code", "schwere"),
    [
        ("D11-pdf-glatt", "RECHNUNG_NUMMER_NICHT_GEFUNDEN", Schwere.WARNUNG),
        ("D12-pdf-crlf-davor", "RECHNUNG_NUMMER_NICHT_GEFUNDEN", Schwere.WARNUNG),
        ("D14-kids2", "BETRAG_WIDERSPRUCH", Schwere.SPERRE),
    ],
)
def test_cases_of_strangers(
    shared: pathlib.Path, werkstatt: WorkerPool, fall: str, code: str, schwere: Schwere
) -> None:
    assert load(shared / "maengel/dokumente" / fall, werkstatt)[code] is schwere


def test_the_slow_plan_of_strangers_is_read(shared: pathlib.Path, werkstatt: WorkerPool) -> None:
    befunde = load(shared / "maengel/dokumente/D13-langsames-pdf", werkstatt)
    assert Schwere.SPERRE not in befunde.values()
    assert "RECHNUNG_BETRAG_NICHT_GEFUNDEN" not in befunde
