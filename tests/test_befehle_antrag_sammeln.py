"""Collective filing: the end day is in, each case is released by name, and every case asked for is accounted for."""

import csv
import dataclasses
import datetime as dt
import errno
import io
import json
import pathlib
import shutil
from collections.abc import Iterator

import openpyxl
import pytest

from gerichtsbau import make_bestand, write_fall
from mahnakte.ablage.herkunft import identify
from mahnakte.ablage.stoerung import not_written
from mahnakte.antrag.eda.verify import read_eda, verify_eda
from mahnakte.befehle import antrag_sammeln
from mahnakte.befehle.antrag_sammeln import Sammelwunsch, gather_antraege
from mahnakte.eingang.freigabeliste import read_freigabeliste
from mahnakte.grund.befund import Ablehnung, Stelle
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk import quittungen, sammeldatei
from mahnakte.werk.ergebnis import Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage

TAG = dt.date(2026, 11, 16)
# einfach.yaml: invoice of 2026, so § 199 (1) BGB lets it lapse with 31.12.2029, a Monday.
ENDE = dt.date(2029, 12, 31)


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(1) as werkstatt:
        yield werkstatt


@pytest.fixture
def lage(pool: WorkerPool) -> Lage:
    return Lage(TAG, pool)


def gather(bestand: pathlib.Path, lage: Lage, **wunsch: object) -> Ergebnis:
    return gather_antraege([bestand], Sammelwunsch(**wunsch), lage, identify("test"))  # type: ignore[arg-type]


def rows(ergebnis: Ergebnis) -> dict[str, dict[str, object]]:
    return {zeile["aktenzeichen"]: zeile for zeile in ergebnis.daten["liste"]}


def release(bestand: pathlib.Path, *zeilen: str) -> pathlib.Path:
    liste = bestand.parent / "freigabe.csv"
    liste.write_text("\n".join(("aktenzeichen;freigegeben_von;besteht;gegenleistung", *zeilen)), "utf-8")
    return liste


@pytest.mark.parametrize(
    ("bis", "zahl"), [(ENDE, 1), (ENDE - dt.timedelta(1), 0), (ENDE + dt.timedelta(1), 1)]
)
def test_the_end_day_is_included(tmp_path: pathlib.Path, lage: Lage, bis: dt.date, zahl: int) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    ergebnis = gather(bestand, lage, verjaehrt_bis=bis)
    assert len(ergebnis.daten["liste"]) == zahl
    assert not (bestand / "2026-0042" / "vorgaenge").exists()  # shown, nothing made
    if zahl:
        assert rows(ergebnis)["2026-0042"]["verjaehrt_mit_ablauf"] == "2029-12-31"


def test_nothing_is_filed_that_no_person_released(tmp_path: pathlib.Path, lage: Lage) -> None:
    namen = [f"2026-{n:04}" for n in range(1, 8)]
    bestand = make_bestand(tmp_path / "b", *namen)
    liste = release(
        bestand, "2026-0001;Eva Klug;ja;erbracht", "2026-0002;;ja;erbracht", "2026-0003;Eva Klug;;erbracht",
        "2026-0004;Eva Klug;ja;", "2026-0005;Eva Klug;ja;unabhängig", "2026-0006;Eva Klug;nein;erbracht",
        "2026-0099;Eva Klug;ja;erbracht",
    )  # fmt: skip
    ergebnis = gather(bestand, lage, auswahl=liste)
    zeilen = rows(ergebnis)
    assert {name: zeile["drin"] for name, zeile in zeilen.items()} == {
        "2026-0001": "ja", "2026-0002": "nein", "2026-0003": "nein", "2026-0004": "nein", "2026-0005": "nein",
        "2026-0006": "nein", "2026-0099": "nein",
    }  # fmt: skip
    for name, wort in {"2026-0002": "niemanden", "2026-0003": "besteht", "2026-0004": "gegenleistung",
                       "2026-0005": "in fall.yaml „erbracht“", "2026-0099": "kein Fall"}.items():  # fmt: skip
        assert wort in str(zeilen[name]["grund"]), name
    assert [p.parent.name for p in bestand.glob("*/vorgaenge")] == ["2026-0001"]
    eintrag = json.loads((bestand / "2026-0001/vorgaenge/0001/eintrag.json").read_text("utf-8"))
    assert eintrag["daten"]["freigegeben_von"] == "Eva Klug"
    assert zeilen["2026-0001"]["datei"] == "ABC001.EDA"
    # 1.190,00 lies in the bracket up to 1.500: half of 82.00 (KV 1100)
    assert zeilen["2026-0001"]["gerichtskosten"] == "41.00"
    assert any("1 von 7 Fällen drin" in zeile and "41,00" in zeile for zeile in ergebnis.zeilen)


def test_a_plain_list_selects_and_releases_nothing(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0041", "2026-0042")
    liste = tmp_path / "liste.txt"
    liste.write_text("# eilig\n2026-0042\n\n", "utf-8")
    ergebnis = gather(bestand, lage, auswahl=liste)
    assert list(rows(ergebnis)) == ["2026-0042"]
    assert rows(ergebnis)["2026-0042"]["drin"] == "nein"
    assert not list(bestand.glob("*/vorgaenge"))


def test_the_list_written_can_be_filled_in_and_read_again(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0041", "2026-0042")
    liste = tmp_path / "freigabe.csv"
    gather(bestand, lage, verjaehrt_bis=ENDE, liste=liste)
    zeilen = list(csv.DictReader(io.StringIO(liste.read_text("utf-8-sig")), delimiter=";"))
    assert [zeile["freigegeben_von"] for zeile in zeilen] == ["", ""]  # nothing is filled in for anybody
    assert [zeile["gegenleistung"] for zeile in zeilen] == ["", ""]
    for zeile in zeilen:
        zeile |= {"freigegeben_von": "Eva Klug", "besteht": "ja", "gegenleistung": "erbracht"}
    puffer = io.StringIO()
    schreiber = csv.DictWriter(puffer, zeilen[0].keys(), delimiter=";")
    schreiber.writeheader()
    schreiber.writerows(zeilen)
    gefuellt = tmp_path / "gefuellt.csv"
    gefuellt.write_bytes(puffer.getvalue().encode("cp1252"))  # as Excel saves it
    ergebnis = gather(bestand, lage, auswahl=gefuellt, verjaehrt_bis=ENDE, liste=tmp_path / "ergebnis.xlsx")
    assert {zeile["drin"] for zeile in ergebnis.daten["liste"]} == {"ja"}
    blatt = openpyxl.load_workbook(tmp_path / "ergebnis.xlsx").active
    texte = {str(zelle.value) for zeile in blatt.iter_rows() for zelle in zeile}
    assert {"2026-0041", "2026-0042", "ABC001.EDA", "Eva Klug"} <= texte
    # a second run makes nothing new and says so
    zweiter = gather(bestand, lage, auswahl=gefuellt)
    assert all("schon erstellt" in str(zeile["grund"]) for zeile in zweiter.daten["liste"])
    assert zweiter.daten["sammeldateien"] == []


def test_what_keeps_a_case_out_is_said_before_the_run(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0041", "2026-0042", "2026-0043")
    kosten = "kosten:\n  - am: 20.05.2026\n    art: ruecklastschrift\n    betrag: 4,30\n"
    write_fall(bestand / "2026-0041", kosten)
    write_fall(bestand / "2026-0043", "ereignisse:\n  - am: 12.11.2026\n    art: insolvenz\n")
    zeilen = rows(gather(bestand, lage, verjaehrt_bis=ENDE))
    assert "C31" in str(zeilen["2026-0041"]["weg"])
    assert zeilen["2026-0042"]["weg"] == "EDA"
    assert "Insolvenz" in str(zeilen["2026-0043"]["grund"])


def test_a_court_test_opens_the_way_for_agencies(tmp_path: pathlib.Path, pool: WorkerPool) -> None:
    kosten = "kosten:\n  - am: 20.05.2026\n    art: ruecklastschrift\n    betrag: 4,30\n"
    for tag, weg in (("16.11.2026", "EDA"), ("17.11.2026", "XML")):
        eda = f"eda:\n  teilnehmer: '12345678'\n  kennung: ABC\n  getestet_am: {tag}\n"
        bestand = make_bestand(tmp_path / tag, "2026-0042", eda=eda, zusatz=kosten)
        liste = release(bestand, "2026-0042;Eva Klug;ja;erbracht")
        ergebnis = gather(bestand, Lage(TAG, pool), auswahl=liste)
        assert str(rows(ergebnis)["2026-0042"]["weg"]).startswith(weg)
        dateien = list(bestand.glob("antraege/*/*.EDA"))
        assert bool(dateien) == (weg == "EDA")
        for datei in dateien:
            assert b"01BKRL 000000430" in datei.read_bytes()


def test_more_than_a_file_may_hold_is_split(
    tmp_path: pathlib.Path, lage: Lage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sammeldatei, "MAX_ANTRAEGE", 2)
    namen = [f"2026-{n:04}" for n in range(1, 6)]
    bestand = make_bestand(tmp_path / "b", *namen)
    liste = release(bestand, *(f"{name};Eva Klug;ja;erbracht" for name in namen))
    ergebnis = gather(bestand, lage, auswahl=liste)
    dateien = sorted(bestand.glob("antraege/*/*.EDA"))
    gelesen = [read_eda(datei.read_bytes(), datei.name)[0] for datei in dateien]
    assert [len(sammel.antraege) for sammel in gelesen if sammel] == [2, 2, 1]
    assert [einer["gerichtskosten"] for einer in ergebnis.daten["sammeldateien"]] == [
        "82.00",
        "82.00",
        "41.00",
    ]
    for datei in dateien:
        assert verify_eda(datei.read_bytes(), datei.name) == ()
        assert sammeldatei.rebuild_sammeldatei(datei.parent)[0] == datei.read_bytes()


@pytest.mark.parametrize(
    "inhalt",
    [b"", b"\n\n", b"PK\x03\x04", b"a\0b", b"aktenzeichen;besteht\n;ja\n", b"x\nX\n", b"# nur Kommentar\n"],
)
def test_a_list_that_is_none_stops_everything(inhalt: bytes) -> None:
    with pytest.raises(Ablehnung) as fund:
        read_freigabeliste(inhalt, "liste.csv")
    assert fund.value.befund.code == "ANTRAGSLISTE_UNLESBAR"


def test_a_wrong_call_begins_nothing(tmp_path: pathlib.Path, lage: Lage) -> None:
    bestand = make_bestand(tmp_path / "b", "2026-0042")
    for wunsch in ({"liste": tmp_path / "x.pdf"}, {"auswahl": tmp_path / "fehlt.csv"}):
        with pytest.raises(NichtBegonnen):
            gather(bestand, lage, **wunsch)
    shutil.rmtree(bestand / "2026-0042")


def test_what_the_disk_refuses_is_a_finding_and_the_rest_stands(
    tmp_path: pathlib.Path, lage: Lage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list and the receipt are written last: what was made before them stays, and nothing is lost in silence."""

    def voll(*_: object) -> None:
        raise Ablehnung(not_written(OSError(errno.ENOSPC, "voll"), tmp_path))

    bestand = make_bestand(tmp_path / "b", "2026-0042")
    liste = release(bestand, "2026-0042;Eva Klug;ja;erbracht")
    monkeypatch.setattr(antrag_sammeln, "create_file", voll)
    ergebnis = gather(bestand, lage, auswahl=liste, liste=tmp_path / "ergebnis.csv")
    assert ergebnis.exit_code == 3
    assert rows(ergebnis)["2026-0042"]["drin"] == "ja"
    assert not (tmp_path / "ergebnis.csv").exists()
    monkeypatch.setattr(quittungen, "create_file", voll)
    ergebnis = quittungen.tick_off(
        ["ABC001"], [bestand / "2026-0042"], b"x", Stelle("90.eda"), schreiben=True
    )
    assert len(ergebnis.befunde) == 1
    assert ergebnis.zeilen == ("Noch ohne Empfangsbestätigung: ABC001.EDA",)


def test_reader_takes_a_released_row() -> None:
    (zeile,) = read_freigabeliste(
        b"Aktenzeichen;Freigegeben von;Besteht;Gegenleistung\nA1;Eva;ja;erbracht", "x"
    )
    assert dataclasses.astuple(zeile) == ("A1", 2, "Eva", "ja", "erbracht")
