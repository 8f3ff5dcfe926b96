"""Each finding of the room that touches the disk, by an input that raises just it."""

import errno
import os
import pathlib
from collections.abc import Iterable

import pytest

import ablage_zwilling as zw
from fallbau import build_vorgang
from mahnakte.ablage import baum, veroeffentlichen
from mahnakte.ablage.baum import list_unterlagen, read_tree
from mahnakte.ablage.entdecken import discover, list_rechnungen
from mahnakte.ablage.lesen import read_datei, read_dateien, read_einstellungen, read_fallordner, read_recht
from mahnakte.ablage.platte import Entry, Kind, Platte
from mahnakte.ablage.staging import NameTaken
from mahnakte.ablage.verifizieren import Vorgangsstand, verify_dokumente
from mahnakte.ablage.veroeffentlichen import publish, publish_next
from mahnakte.ablage.ziel import create_file, create_folder, remove_empty_folder, write_laufbericht
from mahnakte.fall.vorgang import EINTRAG, Vorgangsentwurf, sha256
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise

beweist = Beweise("ablage")
WORD = "2026-04-20_mahnung-1.docx"


class Kaputt(zw.Zwilling):
    """A disk on which one effect fails at paths of one name."""

    def __init__(self, effekt: str, name: str, fehler: int = errno.EIO) -> None:
        super().__init__()
        self.effekt, self.name, self.fehler = effekt, name, fehler

    def before(self, name: str, argumente: tuple) -> None:
        if name == self.effekt and argumente[0].name == self.name:
            raise OSError(self.fehler, os.strerror(self.fehler))


class Verknuepft(Platte):
    """A disk on which one name stands for a link."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def scan(self, ordner: pathlib.Path) -> list[Entry]:
        return [Entry(e.name, Kind.LINK if e.name == self.name else e.kind) for e in super().scan(ordner)]


def make_bestand(ordner: pathlib.Path) -> pathlib.Path:
    fall = ordner / "2026-0042"
    (fall / "rechnungen").mkdir(parents=True)
    (fall / "rechnungen" / "RE-1.pdf").write_bytes(b"%PDF-1.7 Rechnung")
    (fall / "fall.yaml").write_text("aktenzeichen: 2026-0042\n")
    (ordner / "mahnakte.yaml").write_text("absender: {}\n")
    return fall


def publish_one(
    fall: pathlib.Path, aktenzeichen: str = zw.AKTENZEICHEN, **dokumente: bytes
) -> Iterable[Befund]:
    """Publish a step with documents named `stamm=inhalt` (`.pdf` is added); it never ends well here."""
    namen = {f"{name}.pdf": inhalt for name, inhalt in dokumente.items()}
    entwurf = Vorgangsentwurf(aktenzeichen, "mahnung-1", zw.STICHTAG, "x", {}, dokumente=namen)
    publish(fall, Vorgangsstand(), entwurf, zw.herkunft())
    return ()


# --- folders and cases -------------------------------------------------------------------------------------


@beweist("PFAD_FEHLT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_bestand(ordner)
    return discover([ordner / "2026-042"]).befunde


@beweist("PFAD_KEIN_ORDNER")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return discover([make_bestand(ordner) / "fall.yaml"]).befunde


@beweist("PFAD_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    return discover([fall], Kaputt("scan", fall.name, errno.EACCES)).befunde


@beweist("PFAD_ZWEIDEUTIG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_bestand(ordner)
    (ordner / "fall.yaml").write_text("aktenzeichen: 2026-0042\n")
    return discover([ordner]).befunde


@beweist("FALL_VERKNUEPFUNG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    return discover([ordner], Verknuepft(fall.name)).befunde


@beweist("ORDNER_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    list_rechnungen(make_bestand(ordner), Kaputt("scan", "rechnungen", errno.ESTALE))
    return ()


@beweist("ORDNER_ZU_TIEF")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    (ordner / "/".join(["belege", *"1234567890"])).mkdir(parents=True)
    return list_unterlagen(ordner, "belege")[1]


@beweist("ORDNER_ZU_GROSS")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    zahl = baum.MAX_DATEIEN + 1

    class Voll(Platte):
        def scan(self, ordner: pathlib.Path) -> list[Entry]:
            return [Entry(f"{nr}.pdf", Kind.FILE) for nr in range(zahl)]

        def read(self, pfad: pathlib.Path, hoechstens: int) -> bytes:
            return b""

    read_tree(ordner, Voll())
    return ()


@beweist("STAGING_REST")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    (fall / ".neu-unfertig").mkdir()
    return read_fallordner(fall).befunde


@beweist("SYSTEMDATEI")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = zw.make_fall(ordner, 1)
    (fall / "vorgaenge" / "Thumbs.db").write_bytes(b"x")
    return read_fallordner(fall).befunde


# --- fall.yaml, mahnakte.yaml, recht/ ------------------------------------------------------------------------


@beweist("FALL_YAML_FEHLT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    (fall / "fall.yaml").unlink()
    return read_fallordner(fall).befunde


@beweist("FALL_YAML_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_fallordner(make_bestand(ordner), Kaputt("read", "fall.yaml")).befunde


@beweist("EINSTELLUNGEN_FEHLEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    read_einstellungen(ordner / "mahnakte.yaml")
    return ()


@beweist("EINSTELLUNGEN_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    make_bestand(ordner)
    read_einstellungen(ordner / "mahnakte.yaml", Kaputt("read", "mahnakte.yaml"))
    return ()


@beweist("RECHTSNACHTRAG_ENDUNG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    (ordner / "recht").mkdir()
    (ordner / "recht" / "basiszinssatz.yml").write_text("reihe: basiszinssatz\n")
    read_recht(ordner)
    return ()


# --- single files ----------------------------------------------------------------------------------------------


@beweist("DATEI_FEHLT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_dateien(make_bestand(ordner), ["rechnungen/RE1.pdf"])[1]


@beweist("DATEI_AUSSERHALB")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_dateien(make_bestand(ordner), ["../RE-1.pdf"])[1]


@beweist("DATEI_MEHRDEUTIG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    class Doppelt(Platte):
        def scan(self, ordner: pathlib.Path) -> list[Entry]:
            namen = super().scan(ordner)
            return [*namen, *(Entry(e.name.lower(), e.kind) for e in namen if e.name == "RE-1.pdf")]

    return read_dateien(make_bestand(ordner), ["rechnungen/Re-1.pdf"], Doppelt())[1]


@beweist("DATEI_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    platte = Kaputt("read", "RE-1.pdf", errno.EACCES)
    return read_dateien(make_bestand(ordner), ["rechnungen/RE-1.pdf"], platte)[1]


@beweist("DATEI_KEINE_DATEI")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_dateien(make_bestand(ordner), ["rechnungen"])[1]


@beweist("DATEI_VERKNUEPFUNG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_dateien(make_bestand(ordner), ["rechnungen/RE-1.pdf"], Verknuepft("RE-1.pdf"))[1]


@beweist("DATEI_MEHRERE_NAMEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    (ordner / "zweiter.pdf").hardlink_to(fall / "rechnungen" / "RE-1.pdf")
    return read_dateien(fall, ["rechnungen/RE-1.pdf"])[1]


@beweist("DATEI_ZU_GROSS")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    (ordner / "brief.txt").write_bytes(bytes(1_000_001))
    read_datei(ordner / "brief.txt", hoechstens=1_000_000)
    return ()


@beweist("DATEI_IN_ARBEIT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = make_bestand(ordner)
    echt = os.fstat

    def grow(griff: int) -> os.stat_result:
        zustand = echt(griff)
        with (fall / "fall.yaml").open("ab") as datei:
            datei.write(b"#\n")
        return zustand

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mahnakte.ablage.platte.os.fstat", grow)
        return read_fallordner(fall).befunde


# --- steps -------------------------------------------------------------------------------------------------------


@beweist("VORGANG_BESCHAEDIGT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = zw.make_fall(ordner, 1)
    change_word(fall)
    return verify_dokumente(fall, read_fallordner(fall).vorgaenge.vorgaenge)


@beweist("VORGANG_UNLESBAR")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return read_fallordner(zw.make_fall(ordner, 1), Kaputt("read", EINTRAG)).befunde


def change_word(fall: pathlib.Path) -> bytes:
    datei = fall / "vorgaenge" / "0001" / WORD
    datei.chmod(0o644)
    datei.write_bytes(b"PK anders")
    return datei.read_bytes()


@beweist("UEBERNOMMENE_DATEI")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = zw.make_fall(ordner, 1)
    (brief,) = read_fallordner(fall).vorgaenge.vorgaenge
    gefunden = sha256(change_word(fall))
    vermerk = {"vorgang": 1, "datei": WORD, "erwartet": brief.dateien[WORD], "gefunden": gefunden}
    spaeter = build_vorgang(2, "mahnung-1", "2026-04-21", {"uebernahme": vermerk}, ersetzt=1)
    return verify_dokumente(fall, (brief, spaeter))


@beweist("WORD_NACH_VERSAND")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = zw.make_fall(ordner, 1)
    (brief,) = read_fallordner(fall).vorgaenge.vorgaenge
    change_word(fall)
    versand = build_vorgang(2, "versand", "2026-04-21", {"vorgang": 1, "am": "2026-04-21", "weg": "post"})
    return verify_dokumente(fall, (brief, versand))


@beweist("VORGANG_KONFLIKT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    fall = zw.make_fall(ordner, 0)

    def take(*_: object, **__: object) -> None:
        raise veroeffentlichen.NummerVergeben

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(veroeffentlichen, "publish", take)
        publish_next(read_fallordner(fall), zw.plan_letter("x"), zw.herkunft(), sleep=lambda _: None)
    return ()


@beweist("VORGANG_NUMMER")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    stand = Vorgangsstand(kopf_nr=9999, kopf_hash="0" * 64)
    publish(ordner, stand, Vorgangsentwurf("2026-0042", "mahnung-1", zw.STICHTAG, "x", {}), zw.herkunft())
    return ()


@beweist("AKTENZEICHEN_UNZULAESSIG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return publish_one(ordner, "12/26")


@beweist("DATEINAME_UNZULAESSIG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    create_folder(ordner / "akte", {"originale/con.pdf": b"x"})
    return ()


@beweist("DATEINAME_DOPPELT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return publish_one(ordner, brief=b"x", Brief=b"x")


@beweist("PFAD_ZU_LANG")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    create_folder(ordner / ("a" * 200), {f"{'b' * 60}.pdf": b"x"})
    return ()


@beweist("DOKUMENT_ZU_GROSS")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    return publish_one(ordner, brief=bytes(50_000_001))


@beweist("SCHREIBEN_FEHLGESCHLAGEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    create_file(ordner / "konto.pdf", b"%PDF", zw.Stoerung(2, errno.ENOSPC, bleibt=True))
    return ()


@beweist("SCHREIBEN_UNGEWISS")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    class Unbestaetigt(zw.Zwilling):
        umbenannt = False

        def before(self, name: str, argumente: tuple) -> None:
            if name == "sync_folder" and self.umbenannt:
                raise OSError(errno.EIO, "EIO")
            self.umbenannt = self.umbenannt or name == "rename"

    zw.issue(zw.make_fall(ordner, 0), "mahnung-1", Unbestaetigt())
    return ()


# --- outputs -----------------------------------------------------------------------------------------------------


@beweist("LAUF_KONFLIKT")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    def take(*_: object) -> None:
        raise NameTaken

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mahnakte.ablage.ziel.place", take)
        write_laufbericht(ordner, {"lauf.json": b"{}"})
    return ()


@beweist("ZIEL_VORHANDEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    (ordner / "akte").mkdir()
    create_folder(ordner / "akte", {"akte.pdf": b"%PDF"})
    return ()


@beweist("ZIEL_IN_VORGAENGEN")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    create_file(ordner / "vorgaenge" / "konto.pdf", b"%PDF")
    return ()


@beweist("ZIEL_ARBEITSORDNER")
def _(ordner: pathlib.Path) -> Iterable[Befund]:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ordner)
        remove_empty_folder(ordner)
    return ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str, tmp_path: pathlib.Path) -> None:
    beweist.check(code, tmp_path)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
