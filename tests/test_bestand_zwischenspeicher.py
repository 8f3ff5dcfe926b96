"""The index of the Bestand is a help and no source: missing, stale or spoilt it changes no result."""

import datetime as dt
import json
import os
import pathlib
import stat
import time
from collections.abc import Callable

import pytest

from doppelbau import add_fall, entry, file_entry, invoice, make_bestand
from mahnakte.ablage import spuren, zwischenspeicher
from mahnakte.ablage.platte import Platte
from mahnakte.befehle.plan import plan_faelle
from mahnakte.bestand.karte import KeineKarte, read_karte, write_karte
from mahnakte.fall.rechnung import read_rechnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk import laden
from mahnakte.werk.laden import Lage

STICHTAG = dt.date(2026, 4, 10)


@pytest.fixture
def cache(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.setattr(zwischenspeicher, "cache_folder", lambda: tmp_path / "cache" / "mahnakte")
    return tmp_path / "cache" / "mahnakte"


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    """Three cases; F1 and F2 share an invoice. Their files are old enough to be remembered."""
    ordner = make_bestand(tmp_path / "bestand")
    add_fall(ordner, "F1", file_entry("r.xml"), dateien={"r.xml": invoice()})
    add_fall(ordner, "F2")
    add_fall(ordner, "F3", entry("RE-3"))
    age(ordner)
    return ordner


def age(ordner: pathlib.Path, sekunden: int = 3600) -> None:
    frueher = time.time() - sekunden
    for pfad in ordner.rglob("*"):
        os.utime(pfad, (frueher, frueher))


def outcome(bestand: pathlib.Path, werkstatt: WorkerPool, *namen: str) -> str:
    pfade = [bestand / name for name in namen] or [bestand]
    ergebnis = plan_faelle(pfade, Lage(STICHTAG, werkstatt))
    return json.dumps([ergebnis.exit_code, ergebnis.as_json()], sort_keys=True)


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count the invoice files that are really read."""
    gelesene: list[str] = []
    echt = laden.read_rechnungsdatei

    def counted(datei, lage):
        gelesene.append(datei.verweis)
        return echt(datei, lage)

    monkeypatch.setattr(laden, "read_rechnungsdatei", counted)
    return gelesene


def test_an_unchanged_sibling_is_not_read_again(bestand, cache, werkstatt, readings) -> None:
    outcome(bestand, werkstatt, "F2")
    assert readings == ["rechnungen/r.xml"]
    outcome(bestand, werkstatt, "F2")
    assert readings == ["rechnungen/r.xml"]


def spoil_delete(datei: pathlib.Path) -> None:
    datei.unlink()


def spoil_cut(datei: pathlib.Path) -> None:
    datei.write_bytes(datei.read_bytes()[:-20])


def spoil_rubbish(datei: pathlib.Path) -> None:
    datei.write_bytes(os.urandom(5000))


def spoil_bit(datei: pathlib.Path) -> None:
    inhalt = bytearray(datei.read_bytes())
    inhalt[-30] ^= 1
    datei.write_bytes(inhalt)


def spoil_empty(datei: pathlib.Path) -> None:
    datei.write_bytes(b"")


def rewrite(datei: pathlib.Path, inhalt: object) -> None:
    """Write a body that carries its right checksum: whatever it says, it must not be believed where it cannot be true."""
    roh = json.dumps(inhalt).encode()
    datei.write_bytes(zwischenspeicher._head(roh, zwischenspeicher.KARTEN) + b"\n" + roh)


def spoil_list(datei: pathlib.Path) -> None:
    rewrite(datei, ["F1", "F2"])


def spoil_cards(datei: pathlib.Path) -> None:
    gemerkt = json.loads(datei.read_bytes().partition(b"\n")[2])
    for merk in gemerkt.values():
        merk["karte"]["rechnungen"] = [{"nummer": 7}]
    rewrite(datei, gemerkt)


def spoil_folders(datei: pathlib.Path) -> None:
    gemerkt = json.loads(datei.read_bytes().partition(b"\n")[2])
    rewrite(datei, {name: {**merk, "ordner": 5} for name, merk in gemerkt.items()})


def spoil_entries(datei: pathlib.Path) -> None:
    rewrite(datei, {"F1": None, "F2": 3, "F3": {}})


SPOILT = [
    spoil_delete, spoil_cut, spoil_rubbish, spoil_bit, spoil_empty, spoil_list, spoil_cards, spoil_folders,
    spoil_entries,
]  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_memory_gives_the_same(
    bestand, cache, werkstatt, spoil: Callable[[pathlib.Path], None]
) -> None:
    ohne = outcome(bestand, werkstatt)
    (datei,) = cache.glob("karten-*")
    spoil(datei)
    assert outcome(bestand, werkstatt) == ohne
    assert "RECHNUNG_MEHRFACH" in ohne


def change_yaml(bestand: pathlib.Path) -> None:
    datei = bestand / "F2" / "fall.yaml"
    datei.write_text(datei.read_text("utf-8").replace("RE-1", "RE-9"), encoding="utf-8")


def change_invoice(bestand: pathlib.Path) -> None:
    (bestand / "F1" / "rechnungen" / "r.xml").write_bytes(invoice("RE-4"))


def add_invoice(bestand: pathlib.Path) -> None:
    add_fall(bestand, "F4", entry("RE-3"))


def remove_invoice(bestand: pathlib.Path) -> None:
    (bestand / "F1" / "rechnungen" / "r.xml").unlink()


def exchange_folders(bestand: pathlib.Path) -> None:
    (bestand / "F2").rename(bestand / "x")
    (bestand / "F3").rename(bestand / "F2")
    (bestand / "x").rename(bestand / "F3")


def change_creditor(bestand: pathlib.Path) -> None:
    datei = bestand / "F2" / "fall.yaml"
    datei.write_text(
        datei.read_text("utf-8").replace("glaeubiger: moebelhaus", "glaeubiger: teppichhaus"), "utf-8"
    )


def change_settings(bestand: pathlib.Path) -> None:
    datei = bestand / "mahnakte.yaml"
    datei.write_text(
        datei.read_text("utf-8").replace("glaeubiger:\n  moebelhaus:", "glaeubiger:\n  moebel:"), "utf-8"
    )


CHANGES = [
    change_yaml, change_invoice, add_invoice, remove_invoice, exchange_folders, change_creditor, change_settings,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_stale_memory_gives_the_same(
    bestand, cache, werkstatt, change: Callable[[pathlib.Path], None]
) -> None:
    outcome(bestand, werkstatt)
    change(bestand)
    mit = outcome(bestand, werkstatt)
    for datei in cache.glob("karten-*"):
        datei.unlink()
    assert outcome(bestand, werkstatt) == mit


def test_a_change_of_the_same_size_and_time_of_content_shows_by_the_time_of_the_entry(
    bestand, cache, werkstatt
) -> None:
    """Whoever sets the time of a file back still leaves a trace (not on Windows, where docs name the gap)."""
    if os.name == "nt":
        pytest.skip("Windows führt keine Zeit des Verzeichniseintrags")
    outcome(bestand, werkstatt)
    datei = bestand / "F2" / "fall.yaml"
    zeit = datei.stat().st_mtime_ns
    datei.write_text(datei.read_text("utf-8").replace("RE-1", "RE-9"), encoding="utf-8")
    os.utime(datei, ns=(zeit, zeit))
    assert "RECHNUNG_MEHRFACH" not in outcome(bestand, werkstatt)


def test_what_changed_a_moment_ago_is_not_remembered(bestand, cache, werkstatt, readings) -> None:
    (bestand / "F1" / "rechnungen" / "r.xml").write_bytes(invoice())
    outcome(bestand, werkstatt, "F2")
    outcome(bestand, werkstatt, "F2")
    assert len(readings) == 2


def test_a_file_busy_elsewhere_is_not_remembered_as_missing(bestand, cache, werkstatt, monkeypatch) -> None:
    echt = Platte.read

    def busy(self, pfad, hoechstens):
        if pfad.name == "r.xml":
            raise PermissionError(13, "in Benutzung")
        return echt(self, pfad, hoechstens)

    with monkeypatch.context() as kurz:
        kurz.setattr(Platte, "read", busy)
        assert "BESTAND_UNGESEHEN" in outcome(bestand, werkstatt, "F2")
    assert "RECHNUNG_MEHRFACH" in outcome(bestand, werkstatt, "F2")


# --- where it lies -------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="Windows kennt diese Rechte nicht")
def test_nobody_else_may_look_into_it(bestand, cache, werkstatt) -> None:
    outcome(bestand, werkstatt)
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    (datei,) = cache.glob("karten-*")
    assert "Schuldner" not in datei.name
    assert not [*bestand.rglob("*karten*")]


@pytest.mark.skipif(os.name == "nt", reason="Windows kennt diese Rechte nicht")
def test_a_folder_that_others_may_write_to_is_not_believed(bestand, cache, werkstatt, readings) -> None:
    outcome(bestand, werkstatt, "F2")
    cache.chmod(0o777)
    outcome(bestand, werkstatt, "F2")
    assert len(readings) == 2


def test_never_inside_the_bestand(bestand, werkstatt, monkeypatch) -> None:
    monkeypatch.setattr(zwischenspeicher, "cache_folder", lambda: bestand / "cache")
    vorher = {*bestand.rglob("*")}
    outcome(bestand, werkstatt)
    assert {*bestand.rglob("*")} == vorher


def test_a_folder_that_cannot_be_made_changes_nothing(
    bestand, cache, werkstatt, tmp_path, monkeypatch
) -> None:
    mit = outcome(bestand, werkstatt)
    (tmp_path / "datei").write_text("x")
    monkeypatch.setattr(zwischenspeicher, "cache_folder", lambda: tmp_path / "datei" / "mahnakte")
    assert outcome(bestand, werkstatt) == mit
    monkeypatch.setattr(zwischenspeicher, "cache_folder", lambda: None)
    assert outcome(bestand, werkstatt) == mit


def test_a_half_written_memory_is_left_nowhere(bestand, cache, werkstatt, monkeypatch) -> None:
    def full(self, von, nach):
        raise OSError(28, "voll")

    monkeypatch.setattr(Platte, "replace", full)
    outcome(bestand, werkstatt)
    assert [*cache.glob("karten-*")] == []


# --- cards ---------------------------------------------------------------------------------------------


def test_a_card_is_read_back_as_it_was_written() -> None:
    from mahnakte.bestand.karte import Rechnungsdatei, make_karte
    from mahnakte.fall.lesen import read_falldatei

    ort = pathlib.Path(__file__).parent.parent / "fixtures" / "faelle" / "einfach.yaml"
    text = ort.read_text("utf-8") + "  - datei: rechnungen/k.xml\n    ersetzt: RE-7\ngesamtschuld_mit: [X]\n"
    falldatei, _ = read_falldatei(text.encode(), "fall.yaml")
    gelesen = read_rechnung(invoice("RE-8", "384", auf="RE-7", auf_datum="2026-02-01"), "k.xml")
    karte = make_karte(falldatei, {"rechnungen/k.xml": Rechnungsdatei("0" * 64, gelesen)})
    assert read_karte(json.loads(json.dumps(write_karte(karte)))) == karte
    assert [rechnung.ersetzt for rechnung in karte.rechnungen] == [None, "RE-7"]


@pytest.mark.parametrize("roh", [None, [], "karte", 5, {}, {"aktenzeichen": 7}])
def test_what_is_no_card_is_none(roh: object) -> None:
    with pytest.raises(KeineKarte):
        read_karte(roh)


def test_traces_tell_a_missing_folder_from_an_empty_one(tmp_path: pathlib.Path) -> None:
    ohne = spuren.trace_fall(tmp_path, ["rechnungen"]).summe
    (tmp_path / "rechnungen").mkdir()
    leer = spuren.trace_fall(tmp_path, ["rechnungen"]).summe
    assert ohne != leer
