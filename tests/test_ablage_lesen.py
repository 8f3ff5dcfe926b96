"""Reading: discovery, references, and everything in a folder that is no ordinary file."""

import itertools
import os
import pathlib
import time
import unicodedata

import pytest

from mahnakte.ablage.entdecken import discover, einstellungen_of
from mahnakte.ablage.lesen import read_datei, read_dateien, read_einstellungen, read_fallordner
from mahnakte.ablage.platte import Platte
from mahnakte.grund.befund import Ablehnung

posix = pytest.mark.skipif(os.name != "posix", reason="braucht Leitungen und Verknüpfungen von POSIX")


@pytest.fixture
def bestand(tmp_path):
    """A Bestand with two cases, and with everything that is none."""
    wurzel = tmp_path / "bestand"
    for name in ("2026-0001", "2026-0002", "_alt", ".git", "laeufe/0001", "antraege/ABC001", "Urlaub"):
        (wurzel / name).mkdir(parents=True)
    for name in ("2026-0001", "2026-0002", "_alt"):
        (wurzel / name / "fall.yaml").write_text(f"aktenzeichen: {name}\n")
    (wurzel / "mahnakte.yaml").write_text("absender: {}\n")
    (wurzel / "logo.png").write_bytes(b"PNG")
    return wurzel


def codes(befunde):
    return [befund.code for befund in befunde]


def refusal(funktion, *argumente):
    with pytest.raises(Ablehnung) as gefangen:
        funktion(*argumente)
    return gefangen.value.befund


# --- discovery -------------------------------------------------------------------------------------------


def test_bestand_one_level_deep(bestand):
    entdeckung = discover([bestand])
    assert [pfad.name for pfad in entdeckung.ordner] == ["2026-0001", "2026-0002", "Urlaub"]
    assert entdeckung.befunde == ()


def test_folder_without_fall_yaml_is_a_befund(bestand):
    gelesen = read_fallordner(bestand / "Urlaub")
    assert codes(gelesen.befunde) == ["FALL_YAML_FEHLT"]
    assert gelesen.fall_yaml is None
    assert gelesen.befunde[0].stelle.datei == str(bestand / "Urlaub")


def test_case_folder_and_bestand_together_each_case_once(bestand):
    entdeckung = discover([bestand / "2026-0002", bestand])
    assert [pfad.name for pfad in entdeckung.ordner] == ["2026-0002", "2026-0001", "Urlaub"]


def test_the_same_case_by_two_spellings_of_its_path_counts_once(bestand, monkeypatch):
    """Else it would look like one Aktenzeichen in two folders, which stops both."""
    monkeypatch.chdir(bestand)
    pfade = [
        pathlib.Path(),
        bestand,
        pathlib.Path("2026-0001"),
        bestand / "2026-0002",
        pathlib.Path("..") / bestand.name,
    ]
    assert [pfad.name for pfad in discover(pfade).ordner] == ["2026-0001", "2026-0002", "Urlaub"]


def test_parent_of_the_working_directory_as_case(bestand, monkeypatch):
    (bestand / "2026-0001" / "belege").mkdir()
    monkeypatch.chdir(bestand / "2026-0001" / "belege")
    (fall,) = discover([pathlib.Path("..")]).ordner
    assert read_fallordner(fall).name == "2026-0001"
    assert einstellungen_of(fall).read_bytes() == b"absender: {}\n"


def test_working_directory_as_case_and_as_bestand(bestand, monkeypatch):
    monkeypatch.chdir(bestand / "2026-0001")
    (einzeln,) = discover([pathlib.Path()]).ordner
    assert read_fallordner(einzeln).name == "2026-0001"
    assert einstellungen_of(einzeln) == bestand / "mahnakte.yaml"
    monkeypatch.chdir(bestand)
    assert len(discover([pathlib.Path()]).ordner) == 3


def test_bestand_with_settings_elsewhere(bestand):
    (bestand / "mahnakte.yaml").unlink()
    assert len(discover([bestand]).ordner) == 3


def test_case_folder_that_lost_its_fall_yaml_is_no_bestand(bestand):
    fall = bestand / "2026-0001"
    (fall / "fall.yaml").unlink()
    (fall / "rechnungen").mkdir()
    assert discover([fall]).ordner == (fall,)
    (befund,) = read_fallordner(fall).befunde
    assert befund.code == "FALL_YAML_FEHLT"


def test_misspelt_fall_yaml_is_named(bestand):
    (bestand / "Urlaub" / "fall.yml").write_text("")
    (befund,) = read_fallordner(bestand / "Urlaub").befunde
    assert "„fall.yml“" in befund.text


def test_both_yaml_files_in_one_folder_hide_nothing(bestand):
    (bestand / "fall.yaml").write_text("aktenzeichen: X\n")
    assert codes(discover([bestand]).befunde) == ["PFAD_ZWEIDEUTIG"]


@pytest.mark.parametrize(
    ("name", "code"),
    [("fehlt", "PFAD_FEHLT"), ("mahnakte.yaml", "PFAD_KEIN_ORDNER"), ("a" * 300, "PFAD_UNLESBAR")],
)
def test_wrong_path_refuses_the_whole_call(bestand, name, code):
    assert refusal(discover, [bestand / "2026-0001", bestand / name]).code == code


@posix
def test_linked_case_folder_is_a_befund_and_not_followed(bestand, tmp_path):
    (tmp_path / "woanders").mkdir()
    (tmp_path / "woanders" / "fall.yaml").write_text("aktenzeichen: W\n")
    (bestand / "2026-0003").symlink_to(tmp_path / "woanders")
    entdeckung = discover([bestand])
    assert codes(entdeckung.befunde) == ["FALL_VERKNUEPFUNG"]
    assert bestand / "2026-0003" not in entdeckung.ordner
    assert codes(discover([bestand / "2026-0003"]).befunde) == ["FALL_VERKNUEPFUNG"]


@posix
def test_bestand_named_through_a_link_is_followed(bestand, tmp_path):
    (tmp_path / "laufwerk").symlink_to(bestand)
    assert len(discover([tmp_path / "laufwerk"]).ordner) == 3


def test_leftovers_of_interrupted_runs_are_named_everywhere(bestand):
    for ordner in (bestand, bestand / "2026-0001"):
        (ordner / ".neu-0011aabb").mkdir()
    (bestand / "2026-0001" / "vorgaenge" / ".neu-22334455").mkdir(parents=True)
    assert codes(discover([bestand]).befunde) == ["STAGING_REST"]
    gelesen = read_fallordner(bestand / "2026-0001")
    assert codes(gelesen.befunde) == ["STAGING_REST", "STAGING_REST"]
    assert gelesen.vorgaenge.reste == (".neu-22334455",)


# --- settings and single files ---------------------------------------------------------------------------


def test_settings(bestand, tmp_path):
    datei = read_einstellungen(bestand / "mahnakte.yaml")
    assert datei.inhalt == b"absender: {}\n"
    assert refusal(read_einstellungen, tmp_path / "mahnakte.yaml").code == "EINSTELLUNGEN_FEHLEN"
    assert refusal(read_einstellungen, bestand).code == "DATEI_KEINE_DATEI"


def test_single_file_with_near_names(bestand):
    befund = refusal(read_datei, bestand / "logo.pgn")
    assert befund.code == "DATEI_FEHLT"
    assert "„logo.png“" in befund.text
    assert read_datei(bestand / "logo.png").inhalt == b"PNG"
    assert refusal(read_datei, bestand).code == "DATEI_KEINE_DATEI"


def test_size_limits(bestand):
    with (bestand / "gross.pdf").open("wb") as datei:
        datei.truncate(50_000_001)
    befund = refusal(read_datei, bestand / "gross.pdf")
    assert befund.code == "DATEI_ZU_GROSS"
    assert "größer als 50 MB" in befund.text
    with (bestand / "gross.pdf").open("wb") as datei:
        datei.truncate(1000)
    assert len(read_datei(bestand / "gross.pdf").inhalt) == 1000


def test_oversized_fall_yaml_reaches_the_yaml_reader_or_is_refused(bestand):
    """One byte over its limit, the YAML reader says so itself; beyond that the bytes are not read at all."""
    datei = bestand / "2026-0001" / "fall.yaml"
    datei.write_bytes(b"#" * 1_000_001)
    assert read_fallordner(datei.parent).fall_yaml is not None
    datei.write_bytes(b"#" * 1_000_002)
    assert codes(read_fallordner(datei.parent).befunde) == ["DATEI_ZU_GROSS"]


# --- references of a case -----------------------------------------------------------------------------------


@pytest.fixture
def fall(bestand):
    fall = bestand / "2026-0001"
    (fall / "rechnungen").mkdir()
    (fall / "rechnungen" / "RE-2026-117.pdf").write_bytes(b"%PDF 117")
    (fall / "rechnungen" / "RE-2026-118.pdf").write_bytes(b"%PDF 118")
    return fall


def test_references(fall):
    gelesen, befunde = read_dateien(fall, ["rechnungen/RE-2026-117.pdf", "fall.yaml"])
    assert befunde == ()
    datei = gelesen["rechnungen/RE-2026-117.pdf"]
    assert datei.inhalt == b"%PDF 117"
    # printf '%%PDF 117' | sha256sum
    assert datei.sha256 == "6b4fb5db74b6e01376c3cf3b68021e67332096ffbf657d959ab24b44e5735876"


def test_missing_reference_names_what_is_there(fall):
    _, (befund,) = read_dateien(fall, ["rechnungen/RE-2026-119.pdf"])
    assert befund.code == "DATEI_FEHLT"
    assert "„RE-2026-118.pdf“" in befund.text
    assert befund.gegenstand == "rechnungen/RE-2026-119.pdf"
    assert befund.stelle.datei == str(fall / "rechnungen" / "RE-2026-119.pdf")


def test_missing_folder_of_a_reference(fall):
    _, (befund,) = read_dateien(fall, ["rechnung/RE-2026-117.pdf"])
    assert befund.code == "DATEI_FEHLT"
    assert "„rechnungen“" in befund.text


def test_reference_to_a_folder_or_through_a_file(fall):
    _, befunde = read_dateien(fall, ["rechnungen", "fall.yaml/x"])
    assert codes(befunde) == ["DATEI_KEINE_DATEI", "DATEI_FEHLT"]


def test_case_of_letters_is_forgiven_as_on_windows(fall):
    gelesen, befunde = read_dateien(fall, ["Rechnungen/re-2026-117.PDF"])
    assert befunde == ()
    assert gelesen["Rechnungen/re-2026-117.PDF"].pfad.name == "RE-2026-117.pdf"


@posix
def test_names_that_differ_only_in_case_or_encoding_are_ambiguous(fall):
    (fall / "rechnungen" / "re-2026-117.pdf").write_bytes(b"andere")
    gelesen, befunde = read_dateien(fall, ["rechnungen/RE-2026-117.PDF", "rechnungen/re-2026-117.pdf"])
    assert codes(befunde) == ["DATEI_MEHRDEUTIG"]
    assert gelesen["rechnungen/re-2026-117.pdf"].inhalt == b"andere"
    for form in ("NFC", "NFD"):
        (fall / unicodedata.normalize(form, "Müller.pdf")).write_bytes(form.encode())
    for form in ("NFC", "NFD"):  # the exact name is that file
        name = unicodedata.normalize(form, "Müller.pdf")
        assert read_dateien(fall, [name])[0][name].inhalt == form.encode()
    assert codes(read_dateien(fall, ["MÜLLER.pdf"])[1]) == ["DATEI_MEHRDEUTIG"]


@posix
@pytest.mark.parametrize(("auf_platte", "verweis"), list(itertools.product(["NFC", "NFD"], repeat=2)))
def test_umlauts_of_macos_are_found(fall, auf_platte, verweis):
    (fall / unicodedata.normalize(auf_platte, "Müller.pdf")).write_bytes(b"x")
    verweis = unicodedata.normalize(verweis, "Müller.pdf")
    assert read_dateien(fall, [verweis])[0][verweis].inhalt == b"x"


FREMDE_NAMEN = [
    "", ".", "..", "../2026-0002/fall.yaml", "rechnungen/../../2026-0002/fall.yaml", "..\\2026-0002\\fall.yaml",
    "rechnungen\\RE-2026-117.pdf", "/etc/passwd", "//server/freigabe/x", "\\\\server\\freigabe\\x", "C:\\x", "C:x",
    "c:/x", "a:b", "fall.yaml:strom", "fall.yaml::$DATA", "\x00", "fall.yaml\x00.pdf", "a\x1bb", "\u202efdp.exe",
    "a\u200eb", "a\ud800b", "\ufeffa", "a\x7f", "a\x85b", "CON", "con.pdf", "NUL", "nul.txt", "COM1", "com1.pdf",
    "LPT9.pdf", "COM¹", "CONIN$", "rechnungen/AUX", "PRN /x", "a.", "a ", "a. ", "a./b", "rechnungen /x",
    "rechnungen//RE-2026-117.pdf", "/rechnungen", "rechnungen/", "./fall.yaml", "rechnungen/./RE-2026-117.pdf", "~\\x",
    "a<b", "a>b", 'a"b', "a|b", "a?b", "a*b", "x" * 300, "ü" * 200, "../" * 40 + "etc/passwd", "%2e%2e/\x01",
    "file:///etc/passwd", "http://x/y", "...", "....//", ".. /x", "..\u2028/x",
]  # fmt: skip


@pytest.mark.parametrize("verweis", FREMDE_NAMEN)
def test_sixty_names_that_lead_nowhere(fall, verweis):
    """S10: each is refused with a sentence, before anything is looked up; nothing outside is ever read."""

    class Waechter(Platte):
        def scan(self, ordner):
            assert ordner.resolve().is_relative_to(fall.resolve())
            return super().scan(ordner)

        def read(self, pfad, hoechstens):
            raise AssertionError(f"{pfad} gelesen")

    gelesen, (befund,) = read_dateien(fall, [verweis], Waechter())
    assert gelesen == {}
    assert befund.code == "DATEI_AUSSERHALB"
    assert befund.text.isprintable()
    assert befund.gegenstand == verweis


def test_there_are_sixty_names():
    assert len(set(FREMDE_NAMEN)) >= 60


@pytest.mark.parametrize(
    "name", ["-rf", "$(id)", "`id`", "a;b", "#1.pdf", "Straße & Söhne.pdf", "~", "%2e%2e"]
)
def test_odd_but_harmless_names_are_just_names(fall, name):
    (fall / name).write_bytes(b"x")
    assert read_dateien(fall, [name])[0][name].inhalt == b"x"


# --- S11: what is no ordinary file ------------------------------------------------------------------------


def _link_file(pfad, aussen):
    pfad.symlink_to(aussen / "geheim.pdf")


def _link_folder(pfad, aussen):
    pfad.symlink_to(aussen)


def _link_nowhere(pfad, aussen):
    pfad.symlink_to(aussen / "gibt-es-nicht")


def _link_to_itself(pfad, aussen):
    pfad.symlink_to(pfad.name)


def _fifo(pfad, aussen):
    os.mkfifo(pfad)


def _hard_link(pfad, aussen):
    pfad.hardlink_to(aussen / "geheim.pdf")


def _device(pfad, aussen):
    try:
        os.mknod(pfad, 0o020666, os.makedev(1, 5))  # /dev/zero: never ends
    except PermissionError:
        pytest.skip("Gerätedateien darf hier nur root anlegen")


def _socket(pfad, aussen):
    import socket

    with socket.socket(socket.AF_UNIX) as dose:
        vorher = pathlib.Path.cwd()
        os.chdir(pfad.parent)  # the name of a socket is limited to 108 bytes
        try:
            dose.bind(pfad.name)
        finally:
            os.chdir(vorher)


ARTEN = [_link_file, _link_folder, _link_nowhere, _link_to_itself, _fifo, _hard_link, _device, _socket]
ORTE = ["fall.yaml", "rechnungen/x.pdf", "vorgaenge/0001/eintrag.json", "mahnakte.yaml"]


@posix
@pytest.mark.timeout(2)  # a FIFO opened the wrong way blocks for ever
@pytest.mark.parametrize("ort", ORTE)
@pytest.mark.parametrize("art", ARTEN)
def test_eight_kinds_in_four_places(tmp_path, art, ort):
    aussen = tmp_path / "aussen"
    aussen.mkdir()
    (aussen / "geheim.pdf").write_bytes(b"geheim")
    fall = tmp_path / "bestand" / "2026-0001"
    pfad = fall.parent / ort if ort == "mahnakte.yaml" else fall / ort
    pfad.parent.mkdir(parents=True)
    if ort != "fall.yaml":
        fall.mkdir(exist_ok=True)
        (fall / "fall.yaml").write_text("aktenzeichen: 2026-0001\n")
    art(pfad, aussen)
    if ort == "mahnakte.yaml":
        befund, inhalte = refusal(read_einstellungen, pfad), []
    elif ort.startswith("rechnungen"):
        gelesen, (befund,) = read_dateien(fall, [ort])
        inhalte = list(gelesen)
    else:
        ordner = read_fallordner(fall)
        befund, inhalte = ordner.befunde[0], ordner.vorgaenge.vorgaenge
        assert ordner.fall_yaml is None or ort != "fall.yaml"
    assert befund.code in {
        "DATEI_VERKNUEPFUNG",
        "DATEI_KEINE_DATEI",
        "DATEI_MEHRERE_NAMEN",
        "VORGANG_BESCHAEDIGT",
    }
    assert befund.abhilfe
    assert not inhalte
    assert "geheim" not in befund.text


@posix
@pytest.mark.timeout(2)  # a FIFO opened the wrong way blocks for ever
def test_fifo_that_replaces_a_file_after_the_listing_does_not_hang(tmp_path):
    """Between listing and opening somebody may exchange the file: the open handle decides."""
    os.mkfifo(tmp_path / "leitung")
    anfang = time.monotonic()
    with pytest.raises(Exception, match="keine gewöhnliche Datei"):
        Platte().read(tmp_path / "leitung", 100)
    assert time.monotonic() - anfang < 1


@posix
def test_names_with_control_characters_are_shown_harmlessly(bestand):
    for name in ("a\x1b[31mrot", "zeile\numbruch", "\u202efdp"):
        (bestand / name).mkdir()
    os.mkdir(os.fsencode(bestand) + b"/latin-\xfc")  # noqa: PTH102 - a name that is no UTF-8
    for pfad in discover([bestand]).ordner:
        for befund in read_fallordner(pfad).befunde:
            str(befund).encode()
            assert befund.stelle.datei.isprintable()


def test_one_listing_per_folder_and_no_other_question(fall):
    """On a share every question is a round trip: 1 listing of the case, 1 per step folder, 1 per reference folder."""
    fragen = []

    class Zaehlend(Platte):
        def scan(self, ordner):
            fragen.append(("scan", ordner.name))
            return super().scan(ordner)

        def kind(self, pfad):
            fragen.append(("kind", pfad.name))
            return super().kind(pfad)

        def read(self, pfad, hoechstens):
            fragen.append(("read", pfad.name))
            return super().read(pfad, hoechstens)

    read_fallordner(fall, Zaehlend())
    assert fragen == [("scan", "2026-0001"), ("read", "fall.yaml")]
    fragen.clear()
    read_dateien(fall, ["rechnungen/RE-2026-117.pdf", "rechnungen/RE-2026-118.pdf"], Zaehlend())
    assert [was for was, _ in fragen].count("scan") == 2
    assert [was for was, _ in fragen].count("kind") == 0
