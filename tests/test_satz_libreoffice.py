"""The second engine: chosen, never slipped in; bounded; its pages pass the same checks."""

import os
import pathlib
import subprocess
import sys
import time

import pytest

from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.worker import WorkerPool
from mahnakte.satz import libreoffice
from mahnakte.satz.druck import Maschine, Vorlage, set_letter
from mahnakte.satz.druckbild import shows_module
from mahnakte.satz.libreoffice import find_soffice, run_libreoffice
from mahnakte.satz.pdfa import claims_pdfa
from satzbau import CODE, TAG, example_of, small_docx
from vorlagenbau import read_letter

braucht_office = pytest.mark.skipif(find_soffice() is None, reason="LibreOffice ist nicht installiert")
nur_posix = pytest.mark.skipif(sys.platform == "win32", reason="das Ersatzprogramm ist ein Shell-Skript")


@pytest.fixture
def stub(tmp_path, monkeypatch):
    """Put a shell script in the place of LibreOffice."""

    def install(zeilen: str) -> pathlib.Path:
        programm = tmp_path / "soffice"
        programm.write_text(f"#!/bin/sh\n{zeilen}\n", encoding="ascii")
        programm.chmod(0o755)
        monkeypatch.setattr(libreoffice, "find_soffice", lambda: str(programm))
        return tmp_path

    return install


def refusal() -> str:
    with pytest.raises(Ablehnung) as gefangen:
        run_libreoffice(b"PK", "brief.docx")
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund.code


def is_running(pid: int) -> bool:
    """Tell whether a process lives; a zombie that nobody has waited for does not."""
    stand = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(stand.stdout.strip()) and not stand.stdout.strip().startswith("Z")


def test_without_the_program_the_letter_is_refused_and_nothing_else_sets_it(monkeypatch):
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: None)
    assert refusal() == "LIBREOFFICE_FEHLT"
    vorlage = Vorlage("mahnung-1.docx", read_letter())
    with WorkerPool(1) as pool, pytest.raises(Ablehnung) as gefangen:
        set_letter(pool, vorlage, example_of("mahnung-1"), {"zahlcode": CODE.png}, TAG, Maschine.LIBREOFFICE)
    assert gefangen.value.befund.code == "LIBREOFFICE_FEHLT"
    assert "eingebaut" in gefangen.value.befund.abhilfe


@nur_posix
def test_what_hangs_is_ended_with_all_it_started(stub, monkeypatch):
    ordner = stub('sleep 300 & echo $! > "$(dirname "$0")/kind"; wait')
    monkeypatch.setattr(libreoffice, "SECONDS", 1.0)
    anfang = time.monotonic()
    assert refusal() == "LIBREOFFICE_ZEIT"
    assert time.monotonic() - anfang < 20
    assert not is_running(int((ordner / "kind").read_text()))


@nur_posix
def test_what_is_left_behind_in_the_background_is_ended_too(stub):
    ordner = stub('sleep 300 & echo $! > "$(dirname "$0")/kind"; exit 0')
    assert refusal() == "LIBREOFFICE_FEHLER"  # it wrote nothing
    assert not is_running(int((ordner / "kind").read_text()))


@nur_posix
@pytest.mark.parametrize("ende", ["exit 77", "kill -9 $$"])
def test_a_crash_is_one_finding(stub, ende):
    stub(ende)
    assert refusal() == "LIBREOFFICE_FEHLER"


@nur_posix
def test_each_process_has_a_profile_of_its_own_and_the_shipped_fonts(stub):
    ordner = stub(
        'echo "$@" > "$(dirname "$0")/angaben"; echo "$FONTCONFIG_FILE" >> "$(dirname "$0")/angaben"'
    )
    refusal()
    angaben = (ordner / "angaben").read_text(encoding="utf-8")
    profil = angaben.split("-env:UserInstallation=file://")[1].split()[0]
    privat = libreoffice.temporary_folder()
    assert pathlib.Path(profil).is_relative_to(privat)
    assert str(privat / "fonts.conf") in angaben
    assert "--headless" in angaben
    assert not list(privat.glob("*/brief.docx")), "der Brief bleibt nicht liegen"


@braucht_office
def test_the_letter_passes_the_same_checks_and_has_the_same_bytes_twice():
    werte, vorlage = example_of("mahnung-1"), Vorlage("mahnung-1.docx", read_letter())
    with WorkerPool(1) as pool:
        eingebaut = set_letter(pool, vorlage, werte, {"zahlcode": CODE.png}, TAG)
        office = [
            set_letter(pool, vorlage, werte, {"zahlcode": CODE.png}, TAG, Maschine.LIBREOFFICE)
            for _ in range(2)
        ]
    satz = office[0]
    assert satz.docx == eingebaut.docx
    assert satz.befunde == ()
    assert satz.druckbild.fremde_schriften == ()
    assert len(satz.druckbild.seiten) == len(eingebaut.druckbild.seiten)
    for zeile in werte["empfaenger"]["zeilen"]:
        assert zeile in satz.druckbild.fenster
    assert any(shows_module(bild, CODE.module) for bild in satz.druckbild.bilder)
    assert b"LibreOffice" in satz.pdf
    assert not claims_pdfa(satz.pdf), "von LibreOffice gesetzte Briefe prüft die CI nicht"
    assert office[1] == satz


@braucht_office
def test_a_damaged_document_is_refused():
    with pytest.raises(Ablehnung) as gefangen:
        run_libreoffice(small_docx()[:300], "brief.docx")
    assert gefangen.value.befund.code == "LIBREOFFICE_FEHLER"


def test_nothing_stays_behind():
    """The private folder goes when the program ends, with profiles and letters."""
    befehl = (
        "from mahnakte.satz.libreoffice import temporary_folder as t; (t() / 'x').write_text('x'); print(t())"
    )
    lauf = subprocess.run(
        [sys.executable, "-c", befehl], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert not pathlib.Path(lauf.stdout.strip()).exists()
