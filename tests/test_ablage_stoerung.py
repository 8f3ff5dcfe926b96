"""Every effect fails once, in every way: what is published stays whole, what people wrote stays theirs.

The invariants I1 to I8 and the planes A, C and E are described in docs/zuverlaessigkeit.md.
"""

import errno
import os
import pathlib
import random
import shutil
import subprocess

import pytest

import ablage_zwilling as zw
from mahnakte.ablage import staging, veroeffentlichen, ziel
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.platte import PLATTE, Platte
from mahnakte.ablage.verifizieren import verify_dokumente
from mahnakte.fall.vorgang import EINTRAG
from mahnakte.grund.befund import Ablehnung

ARTEN_DER_STOERUNG = [(None, False, False), *((nr, False, False) for nr in zw.FEHLER)]
MEHR_STOERUNGEN = [
    (nr, danach, bleibt) for nr in (None, *zw.FEHLER) for danach in (False, True) for bleibt in (False, True)
]


@pytest.fixture(scope="module")
def muster(tmp_path_factory):
    """Return case folders with 0, 2 and 12 steps, to be copied."""
    wurzel = tmp_path_factory.mktemp("muster")
    return {zahl: zw.make_fall(wurzel / str(zahl), zahl) for zahl in (0, 2, 12)}


def count_effects(fall, tmp_path) -> int:
    kopie = shutil.copytree(fall, tmp_path / "zaehlen")
    zaehlend = zw.Zaehlend()
    zw.issue(kopie, "mahnung-1", zaehlend)
    return len(zaehlend.namen)


def run_faulty(fall: pathlib.Path, platte: Platte) -> object:
    """Return the step, or the Ablehnung, or None after a kill; nothing else may come out (I8)."""
    try:
        return zw.issue(fall, "mahnung-1", platte)
    except Ablehnung as ablehnung:
        befund = ablehnung.befund
        assert befund.code
        assert befund.text.endswith(".")
        assert befund.abhilfe
        assert befund.stelle
        return ablehnung
    except zw.Getoetet:
        return None


def check_after_fault(fall, vorher, ergebnis, getoetet, ungestoert):
    zw.check_untouched(fall, vorher)
    zw.check_reste(fall)
    gelesen = read_fallordner(fall)
    zw.check_whole(gelesen)
    alt = len([name for name in vorher if name.endswith(EINTRAG)])
    assert gelesen.vorgaenge.kopf_nr in (alt, alt + 1)
    if ergebnis is not None and not isinstance(ergebnis, Ablehnung):
        assert gelesen.vorgaenge.kopf_hash == ergebnis.hash
    zw.issue(fall, "mahnung-1")  # I5: the same command again ends where the undisturbed run ended
    danach = read_fallordner(fall)
    assert zw.comparable(danach) == ungestoert
    assert danach.vorgaenge.reste == gelesen.vorgaenge.reste
    if not getoetet:
        assert danach.vorgaenge.reste == ()  # I6: a failed run cleans up, only a killed one leaves something


def run_plane_a(fall: pathlib.Path, tmp_path: pathlib.Path, arten) -> int:
    """Let every effect of one run fail in each of the given ways; return the number of runs."""
    ungestoert_ordner = shutil.copytree(fall, tmp_path / "ungestoert")
    zw.issue(ungestoert_ordner, "mahnung-1")
    ungestoert = zw.comparable(read_fallordner(ungestoert_ordner))
    zahl = count_effects(fall, tmp_path)
    laeufe = 0
    for n in range(1, zahl + 1):
        for fehler, danach, bleibt in arten:
            kopie = shutil.copytree(fall, tmp_path / f"{n}-{laeufe}")
            vorher = zw.snapshot(kopie)
            ergebnis = run_faulty(kopie, zw.Stoerung(n, fehler, danach=danach, bleibt=bleibt))
            # A disk that goes on failing lets nobody clean up either: that is as good as a kill.
            check_after_fault(kopie, vorher, ergebnis, fehler is None or bleibt or danach, ungestoert)
            shutil.rmtree(kopie)
            laeufe += 1
    return laeufe


def test_plane_a_every_effect_fails_once(muster, tmp_path):
    assert run_plane_a(muster[2], tmp_path, ARTEN_DER_STOERUNG) >= 100


def test_plane_a_first_step_of_a_case(muster, tmp_path):
    assert run_plane_a(muster[0], tmp_path, [(None, False, False), (errno.EIO, True, False)]) >= 30


@pytest.mark.umfang
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("zahl", [0, 2, 12])
def test_plane_a_all(muster, tmp_path, zahl):
    laeufe = run_plane_a(muster[zahl], tmp_path, MEHR_STOERUNGEN)
    zw.say(f"Ebene A, {zahl} Vorgänge: {laeufe} Läufe")
    assert laeufe >= 400


@pytest.mark.skipif(os.name != "posix", reason="os.fork gibt es nur auf POSIX-Systemen")
def test_plane_a_process_really_dies(muster, tmp_path):
    """The same with os._exit in a child, so that no `except` and no `finally` can have a say."""
    fall = shutil.copytree(muster[2], tmp_path / "fall")
    ungestoert_ordner = shutil.copytree(fall, tmp_path / "ungestoert")
    zw.issue(ungestoert_ordner, "mahnung-1")
    ungestoert = zw.comparable(read_fallordner(ungestoert_ordner))
    vorher = zw.snapshot(fall)
    zahl = count_effects(fall, tmp_path)
    with zw.start("kill", str(fall), "1", str(zahl + 1), stdout=subprocess.PIPE, text=True) as lauf:
        zeilen = lauf.communicate(timeout=60)[0].splitlines()
    assert [zeile.split("\t") for zeile in zeilen] == [[str(n), "137"] for n in range(1, zahl + 1)]
    for n in range(1, zahl + 1):
        check_after_fault(pathlib.Path(f"{fall}-{n}"), vorher, None, True, ungestoert)


# --- plane C: power loss ---------------------------------------------------------------------------------


def run_plane_c(arten: list[str], zahl: int, seed: int = 1, dokumente=zw.DOKUMENTE) -> tuple[int, int, int]:
    """Lose the power at every point of a run that publishes these letters.

    Returns the number of disks, of those with a damaged case, and of those that lost an acknowledged step.
    """
    zufall = random.Random(seed)
    platte, fall = zw.modell_fall()
    anfang, bestaetigt = len(platte.log), []
    for art in arten:
        vorgang = zw.issue(fall, art, platte, dokumente=dokumente)
        bestaetigt.append((len(platte.log), vorgang.nr))
    return count_losses(platte, fall, anfang, bestaetigt, zufall, zahl)


def count_losses(platte, fall, anfang, bestaetigt, zufall, zahl):
    zustaende = zerrissen = verloren = 0
    for bis in range(anfang, len(platte.log) + 1):
        muss = max((nr for stand, nr in bestaetigt if stand <= bis), default=0)
        for danach in zw.crash_states(platte, bis, zufall, zahl):
            gelesen = read_fallordner(fall, danach)
            kaputt = gelesen.vorgaenge.schaden or verify_dokumente(fall, gelesen.vorgaenge.vorgaenge, danach)
            zustaende += 1
            zerrissen += bool(kaputt)
            verloren += gelesen.vorgaenge.kopf_nr < muss
    return zustaende, zerrissen, verloren


def test_plane_c_power_loss():
    zustaende, zerrissen, verloren = run_plane_c(["mahnung-1", "mahnung-2", "mahnung-letzte"], 100)
    assert zustaende >= 400
    assert (zerrissen, verloren) == (0, 0)


@pytest.mark.umfang
@pytest.mark.timeout(600)
def test_plane_c_power_loss_many():
    viele = {f"anlage-{nummer}.pdf": b"%PDF" * nummer for nummer in range(1, 9)}
    arten = [f"art-{nummer}" for nummer in range(5)]
    zustaende, zerrissen, verloren = run_plane_c(arten, 600, dokumente=viele)
    zw.say(f"Ebene C: {zustaende} Zustände")
    assert zustaende >= 20_000
    assert (zerrissen, verloren) == (0, 0)


def run_two_processes() -> tuple[int, int, int]:
    """A dies after its rename and before it hardens the name; B publishes on top of it and is told „done“."""
    platte, fall = zw.modell_fall()
    anfang = len(platte.log)
    gezaehlt = zw.Zaehlend(platte)
    probe, probe_fall = zw.modell_fall()
    gezaehlt = zw.Zaehlend(probe)
    zw.issue(probe_fall, "mahnung-1", gezaehlt)
    letzte = len(gezaehlt.namen)
    with pytest.raises(zw.Getoetet):
        zw.issue(fall, "mahnung-1", zw.Stoerung(letzte, None, echt=platte))
    vorgang = zw.issue(fall, "mahnung-letzte", platte, "lauf-2")
    assert vorgang.nr == 2
    return count_losses(platte, fall, anfang, [(len(platte.log), 2)], random.Random(2), 50)


def test_plane_c_second_process_builds_on_unhardened_step():
    zustaende, zerrissen, verloren = run_two_processes()
    assert zustaende >= 200
    assert (zerrissen, verloren) == (0, 0)


# --- plane E: the harness must see a broken protocol -------------------------------------------------------


def no_sync_file(self, handle):
    pass


def no_sync_folder(self, ordner):
    pass


def test_mutant_without_file_fsync_is_seen(monkeypatch):
    monkeypatch.setattr(zw.Modellplatte, "sync_file", no_sync_file)
    _, zerrissen, verloren = run_plane_c(["mahnung-1"], 20)
    assert zerrissen > 10
    assert verloren == 0  # the folder is there: it is what stands in it that is gone


def test_mutant_without_folder_fsync_is_seen(monkeypatch):
    monkeypatch.setattr(zw.Modellplatte, "sync_folder", no_sync_folder)
    _, zerrissen, verloren = run_plane_c(["mahnung-1"], 200)
    assert verloren > 10
    assert zerrissen > 3


def test_mutant_that_does_not_harden_the_case_folder_is_seen(monkeypatch):
    """The name `vorgaenge` itself must survive, not only what is in it."""
    echt = zw.Modellplatte.sync_folder

    def skip_case(self, ordner):
        if ordner.name != zw.AKTENZEICHEN:
            echt(self, ordner)

    platte, fall = zw.modell_fall()
    anfang = len(platte.log)
    monkeypatch.setattr(zw.Modellplatte, "sync_folder", skip_case)
    zw.issue(fall, "mahnung-1", platte)
    assert count_losses(platte, fall, anfang, [(len(platte.log), 1)], random.Random(1), 20)[2] > 0


def test_mutant_that_does_not_harden_the_step_before_is_seen(monkeypatch):
    def write_without(fall, ziel_ordner, dateien, platte):
        wurzel = fall / "vorgaenge"
        if ziel_ordner.name == "0001":
            veroeffentlichen._ensure_folder(wurzel, platte)
            platte.sync_folder(fall)
        staging.place(staging.build(wurzel, dateien, platte), ziel_ordner, dateien, platte)

    monkeypatch.setattr(veroeffentlichen, "_write", write_without)
    assert run_two_processes()[1] > 0


def test_mutant_that_writes_in_place_is_seen(monkeypatch, muster, tmp_path):
    """A step built under its own name is visible half-done when the process dies."""

    def write_in_place(fall, ziel_ordner, dateien, platte):
        platte.mkdir(ziel_ordner)
        for name, inhalt in dateien.items():
            staging.write_new(ziel_ordner / name, inhalt, platte)

    monkeypatch.setattr(veroeffentlichen, "_write", write_in_place)
    with pytest.raises(AssertionError):
        run_plane_a(muster[2], tmp_path, [(None, False, False)])


def test_mutant_that_writes_the_entry_first_is_seen(monkeypatch, muster, tmp_path):
    echt = staging.build

    def entry_first(eltern, dateien, platte):
        return echt(eltern, dict(sorted(dateien.items(), key=lambda paar: paar[0] != EINTRAG)), platte)

    monkeypatch.setattr(veroeffentlichen, "build", entry_first)
    with pytest.raises(AssertionError):
        run_plane_a(muster[2], tmp_path, [(None, False, False)])


def test_mutant_that_leaves_its_staging_is_seen(monkeypatch, muster, tmp_path):
    monkeypatch.setattr(staging, "discard", lambda *argumente: None)
    with pytest.raises(AssertionError):
        run_plane_a(muster[2], tmp_path, [(errno.ENOSPC, False, False)])


def test_mutant_that_deletes_foreign_staging_is_seen(monkeypatch, muster, tmp_path):
    """Another clerk's unfinished folder is not ours to delete."""

    def run(fall):
        fremd = fall / "vorgaenge" / ".neu-0badcafe"
        fremd.mkdir()
        (fremd / "brief.pdf").write_bytes(b"halb")
        vorher = zw.snapshot(fall)
        run_faulty(fall, zw.Stoerung(18, errno.ENOSPC))
        zw.issue(fall, "mahnung-1")
        zw.check_untouched(fall, vorher)

    def delete_all(eigenes, namen, platte):
        for rest in eigenes.parent.glob(".neu-*"):
            shutil.rmtree(rest)

    run(shutil.copytree(muster[2], tmp_path / "recht"))
    monkeypatch.setattr(staging, "discard", delete_all)
    with pytest.raises(AssertionError):
        run(shutil.copytree(muster[2], tmp_path / "falsch"))


class Schnellerer(zw.Zwilling):
    """Another clerk publishes the same letter just before our n-th effect."""

    def __init__(self, fall, n):
        super().__init__()
        self.fall, self.n = fall, n

    def before(self, name, argumente):
        self.n -= 1
        if self.n == 0:
            zw.issue(self.fall, "mahnung-1", lauf="lauf-anderer")


def race_at_each_effect(fall: pathlib.Path, tmp_path: pathlib.Path) -> list[list[str]]:
    """Let the other clerk be faster at every point in turn; return the kinds of steps each time."""
    arten = []
    for n in range(1, count_effects(fall, tmp_path) + 1):
        kopie = shutil.copytree(fall, tmp_path / f"rennen-{n}")
        vorher = zw.snapshot(kopie)
        zw.issue(kopie, "mahnung-1", Schnellerer(kopie, n))
        zw.check_untouched(kopie, vorher)
        gelesen = read_fallordner(kopie)
        zw.check_whole(gelesen)
        assert gelesen.befunde == ()
        arten.append([vorgang.art for vorgang in gelesen.vorgaenge.vorgaenge])
    return arten


def test_race_at_each_effect(muster, tmp_path):
    assert all(arten == ["art-0", "art-1", "mahnung-1"] for arten in race_at_each_effect(muster[2], tmp_path))


def test_mutant_with_two_listings_is_seen(monkeypatch, muster, tmp_path):
    """„Already done?“ from one listing and the number from another issues the same letter twice."""
    echt = veroeffentlichen.publish

    def publish_on_newer(fall, stand, entwurf, wer, *, platte=PLATTE):
        return echt(fall, read_fallordner(fall, platte).vorgaenge, entwurf, wer, platte=platte)

    monkeypatch.setattr(veroeffentlichen, "publish", publish_on_newer)
    assert any(arten.count("mahnung-1") == 2 for arten in race_at_each_effect(muster[2], tmp_path))


class KurzDavor(zw.Zwilling):
    """Another clerk publishes the same letter after all our looking, just before our rename."""

    def __init__(self, fall):
        super().__init__()
        self.fall = fall

    def before(self, name, argumente):
        if name == "rename" and len(zw.visible_steps(self.fall)) == 2:
            zw.issue(self.fall, "mahnung-1", lauf="lauf-anderer")


class Raeumend(KurzDavor):
    """A rename that clears the way first."""

    def rename(self, von, nach):
        self.before("rename", (von, nach))
        shutil.rmtree(nach, ignore_errors=True)
        PLATTE.rename(von, nach)


@pytest.mark.parametrize(("platte", "bleibt"), [(KurzDavor, "lauf-anderer"), (Raeumend, "lauf-1")])
def test_rename_never_replaces_what_stands(muster, tmp_path, platte, bleibt):
    """With the real rename the other clerk's step stays; the mutant destroys it, and this test sees it."""
    fall = shutil.copytree(muster[2], tmp_path / "fall")
    zw.issue(fall, "mahnung-1", platte(fall))
    assert read_fallordner(fall).vorgaenge.vorgaenge[-1].lauf_id == bleibt


def test_file_that_appears_meanwhile_is_not_overwritten(tmp_path):
    datei = tmp_path / "fall.yaml"

    class Dazwischen(zw.Zwilling):
        def before(self, name, argumente):
            if name in ("link", "replace", "rename") and not datei.exists():
                datei.write_bytes(b"von Hand")

    with pytest.raises(Ablehnung, match="gibt es schon"):
        ziel.create_file(datei, b"von mahnakte", Dazwischen())
    assert datei.read_bytes() == b"von Hand"
    assert [pfad.name for pfad in tmp_path.iterdir()] == ["fall.yaml"]
