"""Whatever happens to a published step is noticed: every byte, every name, every link of the chain."""

import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess

import pytest

import ablage_zwilling as zw
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.verifizieren import verify_aktenzeichen, verify_dokumente
from mahnakte.grund.befund import Ablehnung


@pytest.fixture(scope="module")
def muster(tmp_path_factory):
    return zw.make_fall(tmp_path_factory.mktemp("muster"), 3)


@pytest.fixture
def fall(muster, tmp_path):
    return shutil.copytree(muster, tmp_path / "fall")


def damage(fall, ganz=False):
    gelesen = read_fallordner(fall)
    schaden = list(gelesen.vorgaenge.schaden)
    if ganz:
        schaden += verify_dokumente(fall, gelesen.vorgaenge.vorgaenge)
    return [(str(pathlib.Path(b.stelle.datei).relative_to(fall / "vorgaenge")), b.text) for b in schaden]


def test_sound_case(fall):
    gelesen = read_fallordner(fall)
    assert gelesen.befunde == ()
    assert [vorgang.nr for vorgang in gelesen.vorgaenge.vorgaenge] == [1, 2, 3]
    assert damage(fall, ganz=True) == []
    assert verify_aktenzeichen(fall, gelesen.vorgaenge.vorgaenge, zw.AKTENZEICHEN) == ()


def test_steps_can_be_checked_without_mahnakte(fall):
    """docs/vorgang.md promises it: sha256sum for the documents, sha256 of the entry before for the chain."""
    vorher = None
    for ordner in sorted((fall / "vorgaenge").iterdir()):
        eintrag = (ordner / "eintrag.json").read_bytes()
        felder = json.loads(eintrag)
        assert felder["vorher"] == vorher
        liste = "".join(f"{summe}  {name}\n" for name, summe in felder["dateien"].items())
        subprocess.run(["sha256sum", "-c", "--quiet"], input=liste, text=True, cwd=ordner, check=True)
        vorher = hashlib.sha256(eintrag).hexdigest()


def _change_document(wurzel):
    datei = wurzel / "0002" / "2026-04-20_mahnung-1.pdf"
    inhalt = bytearray(datei.read_bytes())
    inhalt[7] ^= 1
    datei.write_bytes(inhalt)
    return "0002/2026-04-20_mahnung-1.pdf", "nach dem Erstellen geändert"


def _remove_document(wurzel):
    (wurzel / "0002" / "2026-04-20_mahnung-1.pdf").unlink()
    return "0002", "mahnung-1.pdf des Vorgangs fehlt"


def _add_document(wurzel):
    (wurzel / "0002" / "notiz.txt").write_text("x")
    return "0002/notiz.txt", "gehört nicht zum Vorgang"


def _add_folder(wurzel):
    (wurzel / "0002" / "alt").mkdir()
    return "0002/alt", "gehört nicht zum Vorgang"


def _folder_for_document(wurzel):
    datei = wurzel / "0002" / "2026-04-20_mahnung-1.pdf"
    datei.unlink()
    datei.mkdir()
    return "0002/2026-04-20_mahnung-1.pdf", "keine gewöhnliche Datei"


def _edit_entry(wurzel):
    datei = wurzel / "0002" / "eintrag.json"
    datei.write_text(datei.read_text().replace("250.00", "260.00"))
    return "0003/eintrag.json", "0002 davor wurde nachträglich geändert"


def _empty_entry(wurzel):
    (wurzel / "0003" / "eintrag.json").write_bytes(b"")
    return "0003/eintrag.json", "kein JSON"


def _remove_entry(wurzel):
    (wurzel / "0003" / "eintrag.json").unlink()
    return "0003/eintrag.json", "fehlt sein Eintrag"


def _remove_step(wurzel):
    shutil.rmtree(wurzel / "0002")
    return "0002", "Vorgang 0002 fehlt"


def _remove_first(wurzel):
    shutil.rmtree(wurzel / "0001")
    return "0001", "Vorgang 0001 fehlt"


def _rename_step(wurzel):
    (wurzel / "0003").rename(wurzel / "0004")
    return "0004/eintrag.json", "trägt die Nummer 0003"


def _copy_step(wurzel):
    shutil.copytree(wurzel / "0003", wurzel / "0004")
    return "0004/eintrag.json", "trägt die Nummer 0003"


def _empty_step(wurzel):
    (wurzel / "0004").mkdir()
    return "0004/eintrag.json", "fehlt sein Eintrag"


def _stray_file(wurzel):
    (wurzel / "Notiz.docx").write_bytes(b"x")
    return "Notiz.docx", "gehört nicht in den Ordner"


def _stray_folder(wurzel):
    (wurzel / "0003 - Kopie").mkdir()
    return "0003 - Kopie", "gehört nicht in den Ordner"


def _number_zero(wurzel):
    shutil.copytree(wurzel / "0001", wurzel / "0000")
    return "0000", "gehört nicht in den Ordner"


def _arabic_digits(wurzel):
    (wurzel / "٠٠٠٤").mkdir()
    return "٠٠٠٤", "gehört nicht in den Ordner"


def _file_with_a_number(wurzel):
    (wurzel / "0004").write_bytes(b"x")
    return "0004", "gehört nicht in den Ordner"


def _swap_steps(wurzel):
    (wurzel / "0001").rename(wurzel / "x")
    (wurzel / "0002").rename(wurzel / "0001")
    (wurzel / "x").rename(wurzel / "0002")
    return "0001/eintrag.json", "trägt die Nummer 0002"


def _other_case(wurzel):
    datei = wurzel / "0003" / "eintrag.json"
    datei.write_text(datei.read_text().replace('"2026-0042"', '"2026-0043"'))
    return "0003/eintrag.json", "anderes Aktenzeichen"


def _path_in_entry(wurzel):
    """An entry that names a file outside must not make anybody read it."""
    datei = wurzel / "0003" / "eintrag.json"
    datei.write_text(datei.read_text().replace("2026-04-20_mahnung-1.pdf", "../../fall.yaml"))
    return "0003", "../../fall.yaml des Vorgangs fehlt"


SCHAEDEN = [
    _change_document, _remove_document, _add_document, _add_folder, _folder_for_document, _edit_entry, _empty_entry,
    _remove_entry, _remove_step, _remove_first, _rename_step, _copy_step, _empty_step, _stray_file, _stray_folder,
    _number_zero, _arabic_digits, _file_with_a_number, _swap_steps, _other_case, _path_in_entry,
]  # fmt: skip


@pytest.mark.parametrize("schaden", SCHAEDEN)
def test_damage_is_named_and_stops_the_case(fall, schaden):
    ort, text = schaden(fall / "vorgaenge")
    gefunden = damage(fall, ganz=True)
    assert any(stelle == ort and text in satz for stelle, satz in gefunden), gefunden
    if schaden is not _change_document:  # only the full check reads documents
        vorher = zw.snapshot(fall)
        with pytest.raises(Ablehnung) as gefangen:
            zw.issue(fall, "mahnung-1")
        assert gefangen.value.befund.code == "VORGANG_BESCHAEDIGT"
        assert zw.snapshot(fall) == vorher


def test_vorgaenge_is_a_file(fall):
    shutil.rmtree(fall / "vorgaenge")
    (fall / "vorgaenge").write_bytes(b"")
    assert [b.code for b in read_fallordner(fall).vorgaenge.schaden] == ["VORGANG_BESCHAEDIGT"]


@pytest.mark.skipif(os.name != "posix", reason="Verknüpfungen von POSIX")
def test_vorgaenge_is_a_link(fall, tmp_path):
    (fall / "vorgaenge").rename(tmp_path / "woanders")
    (fall / "vorgaenge").symlink_to(tmp_path / "woanders")
    with pytest.raises(Ablehnung, match="kein Ordner"):
        zw.issue(fall, "mahnung-1")


def test_every_flipped_byte_of_every_file_is_noticed(fall):
    """Of a step everything counts but the head entry's own keys that nothing hangs on yet."""
    zufall = random.Random(5)
    for datei in sorted((fall / "vorgaenge").rglob("*.*")):
        if datei.is_dir() or datei == fall / "vorgaenge" / "0003" / "eintrag.json":
            continue
        inhalt = datei.read_bytes()
        for stelle in zufall.sample(range(len(inhalt)), 25):
            kaputt = bytearray(inhalt)
            kaputt[stelle] ^= 1 << zufall.randrange(8)
            datei.write_bytes(kaputt)
            assert damage(fall, ganz=True), f"{datei.name} Byte {stelle}"
        datei.write_bytes(inhalt)
    assert damage(fall, ganz=True) == []


def test_other_aktenzeichen_in_fall_yaml(fall):
    vorgaenge = read_fallordner(fall).vorgaenge.vorgaenge
    befunde = verify_aktenzeichen(fall, vorgaenge, "2026-0099")
    assert len(befunde) == 3
    assert "2026-0099" in befunde[0].text


@pytest.mark.parametrize(
    "name", ["Thumbs.db", "desktop.ini", ".DS_Store", "~$26-04-20_mahnung-1.docx", ".~lock.x.pdf#"]
)
def test_traces_of_looking_are_no_damage(fall, name):
    """Word keeps such a file while a letter is open: a run at night must not call that damage."""
    for ordner in (fall / "vorgaenge", fall / "vorgaenge" / "0002"):
        (ordner / name).write_bytes(b"x")
    gelesen = read_fallordner(fall)
    assert gelesen.vorgaenge.schaden == ()
    assert [befund.code for befund in gelesen.befunde] == ["SYSTEMDATEI", "SYSTEMDATEI"]
    assert zw.issue(fall, "mahnung-1").nr == 4


def test_unreadable_is_not_damage(fall):
    class Kaputt(zw.Zwilling):
        def before(self, name, argumente):
            if name == "read" and argumente[0].parent.name == "0002":
                raise OSError(5, "EIO")

    gelesen = read_fallordner(fall, Kaputt())
    assert gelesen.vorgaenge.schaden == ()
    assert [befund.code for befund in gelesen.befunde] == ["VORGANG_UNLESBAR"]
    with pytest.raises(Ablehnung):
        zw.issue(fall, "mahnung-1", Kaputt())
