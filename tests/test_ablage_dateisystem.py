"""File systems that behave oddly (plane F), and what Windows does differently."""

import contextlib
import errno
import os
import pathlib
import random
import shutil
import stat
import types

import pytest

import ablage_zwilling as zw
from mahnakte.ablage import platte as platte_modul
from mahnakte.ablage import stoerung as stoerung_modul
from mahnakte.ablage.herkunft import identify
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.ablage.platte import PLATTE, Kind, Platte
from mahnakte.ablage.stoerung import describe
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.grund.befund import Ablehnung


@pytest.fixture
def fall(tmp_path):
    return zw.make_fall(tmp_path, 2)


class Einmal(zw.Zwilling):
    """Lets the first effect of one name fail, before or after it took place."""

    def __init__(self, name, fehler, danach=False):
        super().__init__()
        self.name, self.fehler, self.danach = name, fehler, danach

    def before(self, name, argumente):
        if name == self.name and not self.danach:
            self._fail()

    def after(self, name, argumente):
        if name == self.name and self.danach:
            self._fail()

    def _fail(self):
        self.name = ""
        raise OSError(self.fehler, os.strerror(self.fehler))


def refused(fall, platte):
    with pytest.raises(Ablehnung) as gefangen:
        zw.issue(fall, "mahnung-1", platte)
    return gefangen.value.befund


@pytest.mark.parametrize("fehler", [errno.EXDEV, errno.EACCES, errno.EIO, errno.ESTALE])
def test_rename_fails_once(fall, fehler):
    vorher = zw.snapshot(fall)
    befund = refused(fall, Einmal("rename", fehler))
    assert befund.code == "SCHREIBEN_FEHLGESCHLAGEN"
    assert zw.snapshot(fall) == vorher
    assert zw.issue(fall, "mahnung-1").nr == 3


@pytest.mark.parametrize("fehler", [errno.ENOENT, errno.EIO, errno.ETIMEDOUT])
def test_rename_took_place_although_it_reported_failure(fall, fehler):
    """NFS repeats a request whose answer was lost: the step stands, so it counts, once."""
    vorgang = zw.issue(fall, "mahnung-1", Einmal("rename", fehler, danach=True))
    assert vorgang.nr == 3
    assert zw.visible_steps(fall) == ["0001", "0002", "0003"]
    assert read_fallordner(fall).befunde == ()


def test_rename_onto_a_taken_number_with_every_error_a_server_may_give(fall):
    for nummer, fehler in enumerate((errno.ENOTEMPTY, errno.EEXIST, errno.EACCES, errno.EPERM, errno.EBUSY)):
        art = f"art-neu-{nummer}"

        class Schneller(zw.Zwilling):
            def before(self, name, argumente):
                if name == "rename" and not argumente[1].exists():
                    zw.issue(fall, art, lauf="anderer")  # noqa: B023 - used within this round only
                    raise OSError(fehler, "vergeben")  # noqa: B023

        assert zw.issue(fall, art, Schneller()) is None
    assert len(zw.visible_steps(fall)) == 7
    zw.check_whole(read_fallordner(fall))


class Veraltet(zw.Zwilling):
    """Shows the steps as they were some listings ago, as a cached directory of an NFS client does."""

    def __init__(self, wie_oft):
        super().__init__()
        self.wie_oft = wie_oft

    def scan(self, ordner):
        namen = self.echt.scan(ordner)
        if ordner.name == "vorgaenge" and self.wie_oft > 0:
            self.wie_oft -= 1
            return [eintrag for eintrag in namen if eintrag.name != "0003"]
        return namen


def test_stale_listing_never_issues_a_letter_twice(fall):
    zw.issue(fall, "mahnung-1")
    assert zw.issue(fall, "mahnung-1", Veraltet(3)) is None
    assert zw.issue(fall, "mahnung-2", Veraltet(3)).nr == 4
    zw.check_whole(read_fallordner(fall))


def test_listing_that_stays_stale_gives_up_politely(fall):
    zw.issue(fall, "mahnung-1")
    befund = refused(fall, Veraltet(10_000))
    assert befund.code == "VORGANG_KONFLIKT"
    assert zw.visible_steps(fall) == ["0001", "0002", "0003"]
    assert read_fallordner(fall).befunde == ()


def list_pauses(fall) -> list[float]:
    """Return the pauses of a clerk who finds every number taken."""
    pausen: list[float] = []
    platte = Veraltet(10_000)
    with pytest.raises(Ablehnung):
        publish_next(
            read_fallordner(fall, platte), zw.plan_letter("mahnung-1"), zw.herkunft(), platte=platte,
            sleep=pausen.append,
        )  # fmt: skip
    return pausen


def test_pauses_between_tries_are_random_grow_and_stay_bounded(fall, monkeypatch):
    zw.issue(fall, "mahnung-1")
    pausen = list_pauses(fall)
    assert len(pausen) == 20
    assert len(set(pausen)) == 20
    monkeypatch.setattr(random, "uniform", lambda _von, bis: bis)  # the longest that chance may give
    laengste = list_pauses(fall)
    assert laengste == sorted(laengste)
    assert laengste[0] < laengste[-1] == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows kann Ordner nicht auf die Platte zwingen")
@pytest.mark.parametrize("fehler", [errno.EINVAL, errno.ENOTSUP])
def test_file_system_that_cannot_harden_folders(fall, monkeypatch, fehler):
    monkeypatch.setattr(os, "fsync", failing_fsync(fehler))
    assert zw.issue(fall, "mahnung-1").nr == 3


def failing_fsync(fehler):
    echt = os.fsync

    def fsync(griff):
        if stat.S_ISDIR(os.fstat(griff).st_mode):
            raise OSError(fehler, os.strerror(fehler))
        echt(griff)

    return fsync


@pytest.mark.skipif(os.name == "nt", reason="Windows kann Ordner nicht auf die Platte zwingen")
def test_folder_fsync_with_io_error_is_never_tolerated(fall, monkeypatch):
    monkeypatch.setattr(os, "fsync", failing_fsync(errno.EIO))
    assert refused(fall, PLATTE).code == "SCHREIBEN_FEHLGESCHLAGEN"
    assert zw.visible_steps(fall) == ["0001", "0002"]


def test_last_fsync_fails(fall):
    """The step stands, the disk did not confirm it: said so, and not issued again."""

    class Unbestaetigt(zw.Zwilling):
        umbenannt = False

        def before(self, name, argumente):
            if name == "sync_folder" and self.umbenannt:
                raise OSError(errno.EIO, "EIO")
            self.umbenannt = self.umbenannt or name == "rename"

    befund = refused(fall, Unbestaetigt())
    assert befund.code == "SCHREIBEN_UNGEWISS"
    assert zw.issue(fall, "mahnung-1") is None
    assert zw.visible_steps(fall) == ["0001", "0002", "0003"]
    assert read_fallordner(fall).befunde == ()


def test_read_only_share(fall):
    class Schreibgeschuetzt(zw.Zwilling):
        def before(self, name, argumente):
            if name in zw.SCHREIBEN:
                raise OSError(errno.EROFS, "EROFS")

    befund = refused(fall, Schreibgeschuetzt())
    assert "schreibgeschützt" in befund.text
    assert read_fallordner(fall, Schreibgeschuetzt()).befunde == ()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root darf überall schreiben")
def test_folder_without_permission(fall):  # pragma: no cover - runs where the tests do not run as root
    (fall / "vorgaenge").chmod(0o500)
    assert "Berechtigung" in refused(fall, PLATTE).text


def test_share_vanishes_in_the_middle(fall):
    for n in range(1, 40):
        befund = refused(fall, zw.Stoerung(n, errno.ESTALE, bleibt=True))
        assert "Netzlaufwerk" in befund.text or befund.code == "SCHREIBEN_UNGEWISS"
        if zw.visible_steps(fall) != ["0001", "0002"]:
            break
    else:
        pytest.fail("der Schritt erschien nie")


def test_folder_is_deleted_in_the_middle(fall):
    class Loeschend(zw.Zwilling):
        def before(self, name, argumente):
            if name == "open_new" and fall.exists():
                shutil.rmtree(fall)

    assert "nicht (mehr) da" in refused(fall, Loeschend()).text


def test_foreign_staging_folder_deleted_by_a_clerk(fall):
    """Somebody tidies up the folder we are writing in: we fail, nothing torn appears."""

    class Aufraeumend(zw.Zwilling):
        def before(self, name, argumente):
            if name == "rename":
                shutil.rmtree(argumente[0])

    assert refused(fall, Aufraeumend()).code == "SCHREIBEN_FEHLGESCHLAGEN"
    assert zw.visible_steps(fall) == ["0001", "0002"]


@pytest.mark.parametrize("nummer", [*errno.errorcode])
def test_every_errno_becomes_a_german_sentence(nummer):
    befund = describe(OSError(nummer, os.strerror(nummer)), "X", pathlib.Path("a"))
    assert befund.text.endswith(".")
    assert befund.abhilfe.endswith(".")


# --- Windows ----------------------------------------------------------------------------------------------


def busy(winerror):
    fehler = PermissionError(13, "Zugriff verweigert")
    fehler.winerror = winerror
    return fehler


@pytest.mark.parametrize("nummer", [errno.EACCES, errno.EPERM])
def test_a_file_that_may_be_open_in_excel_is_no_matter_of_rights_alone(monkeypatch, nummer):
    """open() of Windows' C library says EACCES for both and passes on no number of its own."""
    fehler = OSError(nummer, os.strerror(nummer))
    assert "geöffnet" not in describe(fehler, "X", pathlib.Path("a")).text
    monkeypatch.setattr(stoerung_modul, "_WINDOWS", True)
    befund = describe(fehler, "X", pathlib.Path("a"))
    assert "geöffnet" in befund.text
    assert "Excel" in befund.abhilfe


@pytest.fixture
def pausen(monkeypatch):
    gemacht = []
    monkeypatch.setattr(platte_modul, "time", types.SimpleNamespace(sleep=gemacht.append))
    return gemacht


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_scanner_holds_the_file_for_a_moment(tmp_path, monkeypatch, pausen, winerror):
    fehler = [busy(winerror), busy(winerror)]
    echt = os.rename

    def rename(von, nach):
        if fehler:
            raise fehler.pop()
        echt(von, nach)

    monkeypatch.setattr(os, "rename", rename)
    (tmp_path / "a").mkdir()
    Platte(platte_modul._PAUSEN_WINDOWS).rename(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").is_dir()
    assert pausen == [0.05, 0.1]


def test_waiting_ends_after_about_five_seconds(tmp_path, monkeypatch, pausen):
    def rename(von, nach):
        raise busy(5)

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(PermissionError):
        Platte(platte_modul._PAUSEN_WINDOWS).rename(tmp_path / "a", tmp_path / "b")
    assert 4 < sum(pausen) <= 5


@pytest.mark.parametrize("fehler", [busy(3), PermissionError(13, "x"), OSError(5, "x")])
def test_other_errors_are_not_waited_for(tmp_path, monkeypatch, pausen, fehler):
    def rename(von, nach):
        raise fehler

    monkeypatch.setattr(os, "rename", rename)
    with pytest.raises(type(fehler)):
        Platte(platte_modul._PAUSEN_WINDOWS).rename(tmp_path / "a", tmp_path / "b")
    assert pausen == []


@pytest.mark.skipif(os.name == "nt", reason="nur Windows wartet")
def test_nobody_waits_elsewhere(tmp_path, monkeypatch, pausen):
    monkeypatch.setattr(os, "rename", lambda von, nach: (_ for _ in ()).throw(busy(32)))
    with pytest.raises(PermissionError):
        PLATTE.rename(tmp_path / "a", tmp_path / "b")
    assert pausen == []


# --- the real disk ------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="Rechte von POSIX")
def test_rights_follow_the_umask(tmp_path):
    alt = os.umask(0o027)
    try:
        fall = zw.make_fall(tmp_path, 1)
    finally:
        os.umask(alt)
    schritt = fall / "vorgaenge" / "0001"
    assert stat.S_IMODE(schritt.stat().st_mode) == 0o750
    rechte = {pfad.name: stat.S_IMODE(pfad.stat().st_mode) for pfad in schritt.iterdir()}
    assert rechte.pop("eintrag.json") == 0o640
    assert set(rechte.values()) == {0o440}  # finished documents are read-only, for whom the umask lets read


@pytest.mark.skipif(os.name != "posix", reason="Rechte von POSIX")
def test_a_disk_without_rights_still_publishes(tmp_path, monkeypatch):
    def refuse(pfad):
        raise OSError(errno.EPERM, "keine Rechte auf diesem Laufwerk")

    monkeypatch.setattr(PLATTE, "protect", refuse)
    fall = zw.make_fall(tmp_path, 2)
    zw.check_whole(read_fallordner(fall))
    assert zw.visible_steps(fall) == ["0001", "0002"]


def test_no_handle_stays_open(fall):
    griffe = pathlib.Path("/proc/self/fd")
    if not griffe.is_dir():
        pytest.skip("ohne /proc nicht zu zählen")
    vorher = len(list(griffe.iterdir()))
    zw.issue(fall, "mahnung-1")
    for n in range(1, 30):
        with contextlib.suppress(Ablehnung):
            zw.issue(fall, f"mahnung-{n}", zw.Stoerung(n, errno.EIO))
    assert len(list(griffe.iterdir())) == vorher


def test_kinds(tmp_path):
    (tmp_path / "datei").write_bytes(b"")
    (tmp_path / "ordner").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "ordner")
    assert [(e.name, e.kind) for e in PLATTE.scan(tmp_path)] == [
        ("datei", Kind.FILE), ("link", Kind.LINK), ("ordner", Kind.FOLDER),
    ]  # fmt: skip
    assert [PLATTE.kind(tmp_path / name) for name in ("datei", "link", "ordner", "fehlt", "datei/x")] == [
        Kind.FILE, Kind.LINK, Kind.FOLDER, None, None,
    ]  # fmt: skip


def test_who_made_it(monkeypatch):
    monkeypatch.setenv("MAHNAKTE_BEARBEITER", "  K.\tBeispiel\x1b[1m ")
    assert identify().bearbeiter == "K. Beispiel\\u001b[1m"
    assert identify("E. Muster").bearbeiter == "E. Muster"
    assert identify().lauf_id != identify().lauf_id
    assert identify().erzeugt_am.endswith("Z")
    monkeypatch.delenv("MAHNAKTE_BEARBEITER")
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid")))
    assert identify().bearbeiter == "unbekannt"
