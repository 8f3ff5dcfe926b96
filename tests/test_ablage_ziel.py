"""Outputs appear whole or not at all, and never over something that stands."""

import errno
import os
import pathlib
import random
import shutil

import pytest

import ablage_zwilling as zw
from mahnakte.ablage.verifizieren import Vorgangsstand
from mahnakte.ablage.veroeffentlichen import publish
from mahnakte.ablage.ziel import (
    create_file,
    create_folder,
    list_antraege,
    remove_empty_folder,
    replace_output,
    write_laufbericht,
)
from mahnakte.fall.vorgang import Vorgangsentwurf
from mahnakte.fall.vorgangsdaten.brief import Briefdaten
from mahnakte.grund.befund import Ablehnung

AKTE = {
    "akte.pdf": b"%PDF akte",
    "originale/RE-1.pdf": b"%PDF 1",
    "originale/alt/RE-0.pdf": b"%PDF 0",
    "manifest.json": b"{}",
}


def refusal(funktion, *argumente):
    with pytest.raises(Ablehnung) as gefangen:
        funktion(*argumente)
    assert gefangen.value.befund.abhilfe
    return gefangen.value.befund.code


def contents(ordner):
    return {p.relative_to(ordner).as_posix(): p.read_bytes() for p in ordner.rglob("*") if p.is_file()}


def test_folder_with_subfolders_and_parents(tmp_path):
    create_folder(tmp_path / "a" / "b" / "akte", AKTE)
    assert contents(tmp_path / "a" / "b" / "akte") == AKTE
    assert [pfad.name for pfad in (tmp_path / "a" / "b").iterdir()] == ["akte"]


@pytest.mark.parametrize("was", ["datei", "voll", "leer", "verknuepfung"])
def test_folder_never_over_something(tmp_path, was):
    ziel = tmp_path / "akte"
    if was == "datei":
        ziel.write_bytes(b"alt")
    elif was == "verknuepfung":
        ziel.symlink_to(tmp_path / "woanders")
    else:
        ziel.mkdir()
        if was == "voll":
            (ziel / "alt.pdf").write_bytes(b"alt")
    assert refusal(create_folder, ziel, AKTE) == "ZIEL_VORHANDEN"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["akte"]
    assert not (tmp_path / "woanders").exists()


def test_empty_folder_makes_room_and_nothing_else_does(tmp_path, monkeypatch):
    leer = tmp_path / "demo"
    leer.mkdir()
    remove_empty_folder(leer)
    remove_empty_folder(leer)
    create_folder(leer, AKTE)
    assert refusal(remove_empty_folder, leer) == "ZIEL_VORHANDEN"
    assert refusal(remove_empty_folder, leer / "akte.pdf") == "ZIEL_VORHANDEN"
    assert contents(leer) == AKTE
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    assert refusal(remove_empty_folder, pathlib.Path()) == "ZIEL_ARBEITSORDNER"


@pytest.mark.parametrize("name", ["../x.pdf", "/x.pdf", "a\\b.pdf", "CON", "a/../../x", "a:b", "x" * 260])
def test_names_that_leave_the_folder(tmp_path, name):
    assert refusal(create_folder, tmp_path / "z", {name: b""}) in ("DATEINAME_UNZULAESSIG", "PFAD_ZU_LANG")
    assert list(tmp_path.iterdir()) == []


def test_names_that_collide_on_windows(tmp_path):
    assert refusal(create_folder, tmp_path / "z", {"a.pdf": b"", "A.pdf": b""}) == "DATEINAME_DOPPELT"


def test_first_fall_yaml_beside_papers(tmp_path):
    (tmp_path / "RE-1.pdf").write_bytes(b"%PDF")
    create_file(tmp_path / "fall.yaml", b"aktenzeichen: X\n")
    assert (tmp_path / "fall.yaml").stat().st_nlink == 1
    assert refusal(create_file, tmp_path / "fall.yaml", b"anders") == "ZIEL_VORHANDEN"
    assert contents(tmp_path) == {"RE-1.pdf": b"%PDF", "fall.yaml": b"aktenzeichen: X\n"}


@pytest.mark.parametrize("fehler", [errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS])
def test_first_fall_yaml_where_files_have_only_one_name(tmp_path, fehler):
    class OhneVerknuepfung(zw.Zwilling):
        def before(self, name, argumente):
            if name == "link":
                raise OSError(fehler, "keine harten Verknüpfungen")

    create_file(tmp_path / "fall.yaml", b"a", OhneVerknuepfung())
    assert refusal(create_file, tmp_path / "fall.yaml", b"b", OhneVerknuepfung()) == "ZIEL_VORHANDEN"
    assert contents(tmp_path) == {"fall.yaml": b"a"}


def test_output_is_replaced_only_on_demand(tmp_path):
    ziel = tmp_path / "konto.pdf"
    create_file(ziel, b"1")
    assert refusal(create_file, ziel, b"2") == "ZIEL_VORHANDEN"
    replace_output(ziel, b"3")
    replace_output(tmp_path / "neu.pdf", b"4")
    assert contents(tmp_path) == {"konto.pdf": b"3", "neu.pdf": b"4"}


@pytest.mark.parametrize("name", ["fall.yaml", "mahnakte.yaml"])
def test_what_people_write_is_never_replaced(tmp_path, name):
    (tmp_path / name).write_bytes(b"von Hand")
    assert refusal(replace_output, tmp_path / name, b"") == "ZIEL_VORHANDEN"
    assert contents(tmp_path) == {name: b"von Hand"}


def test_folder_or_link_is_never_replaced(tmp_path):
    (tmp_path / "ordner").mkdir()
    (tmp_path / "alt.pdf").write_bytes(b"alt")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "alt.pdf")
    assert refusal(replace_output, tmp_path / "ordner", b"") == "ZIEL_VORHANDEN"
    assert refusal(replace_output, tmp_path / "link.pdf", b"") == "ZIEL_VORHANDEN"
    assert (tmp_path / "alt.pdf").read_bytes() == b"alt"


def test_no_output_among_the_steps(tmp_path):
    fall = zw.make_fall(tmp_path, 1)
    for funktion, inhalt in ((create_file, b""), (replace_output, b""), (create_folder, AKTE)):
        for ziel in ("vorgaenge/x", "vorgaenge/0001/x"):
            assert refusal(funktion, fall / ziel, inhalt) == "ZIEL_IN_VORGAENGEN"


def test_missing_parent_of_an_output(tmp_path):
    assert refusal(create_file, tmp_path / "fehlt" / "konto.pdf", b"") == "SCHREIBEN_FEHLGESCHLAGEN"


def test_run_reports(tmp_path):
    erster = write_laufbericht(tmp_path, {"lauf.json": b"1", "bericht.html": b"<p>"})
    zweiter = write_laufbericht(tmp_path, {"lauf.json": b"2"})
    assert (erster.name, zweiter.name) == ("0001", "0002")
    (tmp_path / "laeufe" / "0007").mkdir()
    (tmp_path / "laeufe" / "notiz").mkdir()
    assert write_laufbericht(tmp_path, {"lauf.json": b"8"}).name == "0008"


def test_folder_name_of_an_application_is_the_lock(tmp_path):
    assert list_antraege(tmp_path) == ()
    create_folder(tmp_path / "antraege" / "ABC001", {"ABC001.eda": b"AA"})
    assert refusal(create_folder, tmp_path / "antraege" / "ABC001", {"ABC001.eda": b"AA"}) == "ZIEL_VORHANDEN"
    assert list_antraege(tmp_path) == ("ABC001",)


# --- the same faults as for steps -------------------------------------------------------------------------

BEFEHLE = {
    "create_folder": lambda ordner, platte: create_folder(ordner / "neu" / "akte", AKTE, platte),
    "create_file": lambda ordner, platte: create_file(
        ordner / "fall.yaml", b"aktenzeichen: X\n" * 20, platte
    ),
    "replace_output": lambda ordner, platte: replace_output(ordner / "konto.pdf", b"%PDF neu" * 20, platte),
    "write_laufbericht": lambda ordner, platte: write_laufbericht(ordner, {"lauf.json": b"{}" * 20}, platte),
}
GANZ = {
    "create_folder": {f"neu/akte/{name}": inhalt for name, inhalt in AKTE.items()},
    "create_file": {"fall.yaml": b"aktenzeichen: X\n" * 20},
    "replace_output": {"konto.pdf": b"%PDF neu" * 20},
    "write_laufbericht": {"laeufe/0001/lauf.json": b"{}" * 20},
}


def run_faults(tmp_path, befehl, arten) -> int:
    tat, neu = BEFEHLE[befehl], GANZ[befehl]
    alt = {"RE-1.pdf": b"%PDF", "konto.pdf": b"%PDF alt"}

    def prepare(name):
        ordner = tmp_path / name
        ordner.mkdir()
        for datei, inhalt in alt.items():
            (ordner / datei).write_bytes(inhalt)
        return ordner

    zaehlend = zw.Zaehlend()
    tat(prepare("zaehlen"), zaehlend)
    assert contents(tmp_path / "zaehlen") == alt | neu
    laeufe = 0
    for n in range(1, len(zaehlend.namen) + 1):
        for fehler, danach, bleibt in arten:
            ordner = prepare(f"{n}-{laeufe}")
            try:
                tat(ordner, zw.Stoerung(n, fehler, danach=danach, bleibt=bleibt))
                fertig = True
            except (Ablehnung, zw.Getoetet):
                fertig = False
            gefunden = contents(ordner)
            sichtbar = {name: inhalt for name, inhalt in gefunden.items() if ".neu-" not in name}
            assert sichtbar in ((alt | neu,) if fertig else (alt, alt | neu)), (n, fehler, danach)
            if fehler is not None and not danach and not bleibt:
                assert sichtbar == gefunden, "ein gescheiterter Lauf hat etwas hinterlassen"
            laeufe += 1
            shutil.rmtree(ordner)
    return laeufe


@pytest.mark.parametrize("befehl", BEFEHLE)
def test_plane_a(tmp_path, befehl):
    assert (
        run_faults(tmp_path, befehl, [(None, False, False), *((nr, False, False) for nr in zw.FEHLER)]) > 40
    )


@pytest.mark.umfang
@pytest.mark.parametrize("befehl", BEFEHLE)
def test_plane_a_all(tmp_path, befehl):
    arten = [
        (nr, danach, bleibt)
        for nr in (None, *zw.FEHLER)
        for danach in (False, True)
        for bleibt in (False, True)
    ]
    laeufe = run_faults(tmp_path, befehl, arten)
    zw.say(f"Ebene A, {befehl}: {laeufe} Läufe")
    assert laeufe >= 160


@pytest.mark.skipif(os.name == "nt", reason="Windows legt Ausgaben durch Umbenennen an")
@pytest.mark.parametrize("befehl", BEFEHLE)
def test_plane_c(befehl):
    """After a power loss at any point: the old state or the new one, and the new one once it was acknowledged."""
    platte = zw.Modellplatte()
    ordner = pathlib.Path("/ordner")
    platte.mkdir(ordner)
    griff = platte.open_new(ordner / "konto.pdf")
    platte.write(griff, b"%PDF alt")
    platte.sync_file(griff)
    platte.close(griff)
    platte.sync_folder(ordner)
    platte.sync_folder(pathlib.Path("/"))
    anfang = len(platte.log)
    BEFEHLE[befehl](ordner, platte)
    zahl, zufall = 0, random.Random(3)
    for bis in range(anfang, len(platte.log) + 1):
        for danach in zw.crash_states(platte, bis, zufall, 30):
            gefunden = {
                name: danach.read(ordner / name, 0)
                for name in GANZ[befehl]
                if danach.kind(ordner / name) is not None
            }
            alt = {"konto.pdf": b"%PDF alt"} if befehl == "replace_output" else {}
            erlaubt = (GANZ[befehl],) if bis == len(platte.log) else (alt, GANZ[befehl])
            assert gefunden in erlaubt, (bis, gefunden)
            zahl += 1
    assert zahl >= 16


# --- names of a step ----------------------------------------------------------------------------------------


def draft(aktenzeichen=zw.AKTENZEICHEN, **dokumente):
    return Vorgangsentwurf(
        aktenzeichen, "mahnung-1", zw.STICHTAG, "x", {}, dokumente=dokumente.get("dokumente", {})
    )


@pytest.mark.parametrize(
    ("aktenzeichen", "dokumente", "code"),
    [
        ("../x", {}, "AKTENZEICHEN_UNZULAESSIG"), ("CON", {}, "AKTENZEICHEN_UNZULAESSIG"),
        ("com1", {}, "AKTENZEICHEN_UNZULAESSIG"), ("A" * 41, {}, "AKTENZEICHEN_UNZULAESSIG"),
        ("a.b", {}, "AKTENZEICHEN_UNZULAESSIG"), ("-A", {}, "AKTENZEICHEN_UNZULAESSIG"),
        ("", {}, "AKTENZEICHEN_UNZULAESSIG"), ("Straße", {}, "AKTENZEICHEN_UNZULAESSIG"),
        ("A\n", {}, "AKTENZEICHEN_UNZULAESSIG"), ("12/26", {}, "AKTENZEICHEN_UNZULAESSIG"),
        ("A", {"../x.pdf": b""}, "DATEINAME_UNZULAESSIG"), ("A", {"a/b.pdf": b""}, "DATEINAME_UNZULAESSIG"),
        ("A", {"nul.pdf": b""}, "DATEINAME_UNZULAESSIG"), ("A", {".neu-x": b""}, "DATEINAME_UNZULAESSIG"),
        ("A", {"Müller.pdf": b""}, "DATEINAME_UNZULAESSIG"), ("A", {"a.": b""}, "DATEINAME_UNZULAESSIG"),
        ("A", {"eintrag.json": b""}, "DATEINAME_DOPPELT"), ("A", {"Eintrag.JSON": b""}, "DATEINAME_DOPPELT"),
        ("A", {"a.pdf": b"", "A.pdf": b""}, "DATEINAME_DOPPELT"),
        ("A", {"x" * 120: b""}, "PFAD_ZU_LANG"),
        ("A", {"a.pdf": bytes(50_000_001)}, "DOKUMENT_ZU_GROSS"),
    ],
)  # fmt: skip
def test_a_step_with_such_names_is_refused_before_anything_is_written(
    tmp_path, aktenzeichen, dokumente, code
):
    fall = tmp_path / ("t" * (200 - len(str(tmp_path)))) if code == "PFAD_ZU_LANG" else tmp_path / "fall"
    fall.mkdir()
    entwurf = draft(aktenzeichen, dokumente=dokumente)
    assert refusal(publish, fall, Vorgangsstand(), entwurf, zw.herkunft()) == code
    assert list(fall.iterdir()) == []


@pytest.mark.parametrize("aktenzeichen", ["2026-0042", "a_1", "X", "A" * 40, "CONTI-1", "COM10"])
def test_ordinary_aktenzeichen(tmp_path, aktenzeichen):
    assert publish(tmp_path, Vorgangsstand(), draft(aktenzeichen), zw.herkunft()).nr == 1


def test_case_number_9999_is_the_last(tmp_path):
    stand = Vorgangsstand(kopf_nr=9999, kopf_hash="0" * 64)
    assert refusal(publish, tmp_path, stand, draft(), zw.herkunft()) == "VORGANG_NUMMER"


def test_a_step_of_another_case_does_not_break_the_chain(tmp_path):
    fall = zw.make_fall(tmp_path, 1)
    stand = zw.read_fallordner(fall).vorgaenge
    assert refusal(publish, fall, stand, draft("2026-0043"), zw.herkunft()) == "VORGANG_BESCHAEDIGT"
    assert zw.visible_steps(fall) == ["0001"]


def test_a_float_never_reaches_an_entry(tmp_path):
    """A defect of the caller, found before anything is written."""
    entwurf = Vorgangsentwurf(
        zw.AKTENZEICHEN, "mahnung-1", zw.STICHTAG, "x", {}, daten=Briefdaten(rest={"summe": 0.1})
    )
    with pytest.raises(ValueError, match="Beträge stehen als Text"):
        publish(tmp_path, Vorgangsstand(), entwurf, zw.herkunft())
    assert list(tmp_path.iterdir()) == []
