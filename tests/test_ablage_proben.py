"""Windows' own Python and real network drives, through the probes beside the project; set up once, by hand.

    ../shared/werkzeug/windows-probe einrichten ORDNER RAD.whl ANFORDERUNGEN.txt
    ../shared/werkzeug/netz-probe einrichten ORDNER

Then MAHNAKTE_WINDOWS_PROBE and MAHNAKTE_NETZ_PROBE name those folders. What each shows and does not show:
docs/zuverlaessigkeit.md.
"""

import os
import pathlib
import re
import subprocess
import sys

import pytest

WURZEL = pathlib.Path(__file__).resolve().parent.parent
WERKZEUG = WURZEL.parent / "shared" / "werkzeug"
WINDOWS = os.environ.get("MAHNAKTE_WINDOWS_PROBE", "")
NETZ = os.environ.get("MAHNAKTE_NETZ_PROBE", "")
pytestmark = [pytest.mark.umfang, pytest.mark.timeout(3600)]
auf_windows = pytest.mark.skipif(not WINDOWS, reason="MAHNAKTE_WINDOWS_PROBE nennt keine eingerichtete Probe")
im_netz = pytest.mark.skipif(not NETZ, reason="MAHNAKTE_NETZ_PROBE nennt keine eingerichtete Probe")


# --- Windows ---------------------------------------------------------------------------------------------------


def run_windows(*angaben: str, **umgebung: str) -> str:
    """Run Windows' python.exe under Wine; return what it printed."""
    ergebnis = subprocess.run(
        [str(WERKZEUG / "windows-probe"), "lauf", WINDOWS, *angaben],
        capture_output=True, timeout=1800, check=False, env={**os.environ, **umgebung},
    )  # fmt: skip
    text = ergebnis.stdout.decode("utf-8", "replace")
    assert "Traceback" not in text, text
    return text


def write_script(name: str, text: str) -> str:
    ordner = pathlib.Path(WINDOWS, "prefix", "drive_c", "probe")
    ordner.mkdir(exist_ok=True)
    (ordner / name).write_text(text, encoding="utf-8")
    return rf"C:\probe\{name}"


@pytest.fixture(scope="module")
def demo() -> str:
    """The demo, made once on drive C: of the probe; a demo of an earlier call is kept and brought up to date."""
    assert "Titel am" in run_windows("-m", "mahnakte", "demo", r"C:\demo")
    return r"C:\demo"


@auf_windows
def test_the_second_run_writes_nothing_and_paths_are_written_as_there(demo: str) -> None:
    text = run_windows("-m", "mahnakte", "demo", demo)
    assert text.count("nichts Neues") >= 5
    assert "Der zweite Durchgang ändert nichts" in text
    assert not re.findall(r"[A-Z]:\\[^\s]*/", text), "gemischte Trennzeichen"
    assert "in Ordnung" in run_windows("-m", "mahnakte", "pruefen", demo, "--stichtag", "2026-11-16")


RENNEN = """
import json, pathlib, subprocess, sys
def kopiere(von, nach):
    nach.mkdir(parents=True, exist_ok=True)
    for datei in von.iterdir():
        if datei.is_file():
            (nach / datei.name).write_bytes(datei.read_bytes())
if __name__ == "__main__":
    quelle, ziel = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    kopiere(quelle, ziel)
    for name in ("2026-0087", "2026-0092", "2026-0093"):
        kopiere(quelle / name, ziel / name)
        kopiere(quelle / name / "rechnungen", ziel / name / "rechnungen")
    befehl = [sys.executable, "-m", "mahnakte", "lauf", str(ziel), "--stichtag", "2026-11-16", "--json"]
    laeufe = [subprocess.Popen(befehl, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    daten = [json.loads(lauf.communicate(timeout=900)[0]) for lauf in laeufe]
    geschrieben = sorted(e["aktenzeichen"] for d in daten for e in d["geschrieben"])
    schritte = sorted(str(p.parent.parent.name) for p in ziel.glob("*/vorgaenge/0*"))
    print(json.dumps({"rc": [lauf.returncode for lauf in laeufe], "geschrieben": geschrieben, "schritte": schritte,
                      "codes": sorted({b["code"] for d in daten for b in d["befunde"]})}))
"""


@auf_windows
def test_four_writers_in_a_folder_with_blanks_umlauts_and_an_ampersand(demo: str) -> None:
    ziel = rf"C:\Bestand für Müller & Söhne {os.getpid()}"
    ausgabe = run_windows(write_script("rennen.py", RENNEN), demo, ziel)
    assert '"geschrieben": ["2026-0087", "2026-0092"]' in ausgabe, ausgabe
    assert '"schritte": ["2026-0087", "2026-0092"]' in ausgabe, ausgabe
    assert '"rc": [0, 0, 0, 0]' in ausgabe, ausgabe


GESPERRT = """
import ctypes, pathlib, subprocess, sys
kern = ctypes.WinDLL("kernel32", use_last_error=True)
kern.CreateFileW.restype = ctypes.c_void_p
def mit_offener(pfad, teilen, *angaben):
    griff = kern.CreateFileW(str(pfad), 0x80000000, teilen, None, 3, 0, None)
    ergebnis = subprocess.run([sys.executable, "-m", "mahnakte", *angaben], capture_output=True, timeout=600)
    kern.CloseHandle(ctypes.c_void_p(griff))
    print("rc", ergebnis.returncode, (ergebnis.stdout + ergebnis.stderr).decode("utf-8", "replace"))
if __name__ == "__main__":
    demo = pathlib.Path(sys.argv[1])
    mit_offener(demo / "2026-0087" / "fall.yaml", 0, "plan", str(demo / "2026-0087"))
    mappe = demo.parent / "plan.xlsx"
    subprocess.run([sys.executable, "-m", "mahnakte", "plan", str(demo), "--xlsx", str(mappe), "--ersetzen"], timeout=600)
    mit_offener(mappe, 1, "plan", str(demo), "--xlsx", str(mappe), "--ersetzen")
    mit_offener(next((demo / "2026-0087" / "vorgaenge" / "0001").glob("*.pdf")), 0, "pruefen", str(demo / "2026-0087"))
"""


@auf_windows
def test_a_file_that_is_open_elsewhere_is_said_so(demo: str) -> None:
    ausgabe = run_windows(write_script("gesperrt.py", GESPERRT), demo)
    assert ausgabe.count("in einem anderen Programm geöffnet") >= 3, ausgabe
    for code in ("FALL_YAML_UNLESBAR", "SCHREIBEN_FEHLGESCHLAGEN", "VORGANG_UNLESBAR"):
        assert code in ausgabe


@auf_windows
def test_a_console_with_the_code_page_of_the_west_shows_umlauts(demo: str) -> None:
    ergebnis = subprocess.run(
        [str(WERKZEUG / "windows-probe"), "lauf", WINDOWS, "-m", "mahnakte", "plan", rf"{demo}\2026-0090"],
        capture_output=True, timeout=600, check=False, env={**os.environ, "PYTHONUTF8": "0"},
    )  # fmt: skip
    assert "fällig" in ergebnis.stdout.decode("cp1252", "replace")


# --- network drives ----------------------------------------------------------------------------------------------

# The sides of one share, each a client of its own; writers are spread over them.
SMB = ("/mnt/smb1", "/mnt/smb2", "/mnt/smb3")
NFS = ("/mnt/nfs3", "/mnt/nfs4")


def run_netz(zeile: str, sekunden: int = 1800) -> str:
    """Boot the kernel of the probe, mount everything, run the line; return what it printed."""
    ergebnis = subprocess.run(
        [str(WERKZEUG / "netz-probe"), "lauf", NETZ, zeile],
        capture_output=True, timeout=sekunden + 60, check=False,
        env={**os.environ, "NETZ_PROBE_SEKUNDEN": str(sekunden)},
    )  # fmt: skip
    text = ergebnis.stdout.decode("utf-8", "replace")
    assert "Traceback" not in text, text
    return text


def share_of(seite: str) -> str:
    return "/run/export" if seite in SMB else "/run/nexp"


SKRIPT = """
import json, pathlib, shutil, subprocess, sys
MAHNAKTE, DEMO, RUNDEN, *SEITEN = sys.argv[1:]
STICHTAGE = ("2026-10-19", "2026-11-16", "2026-11-30", "2026-12-14")
def rufe(*angaben):
    return subprocess.Popen([MAHNAKTE, *angaben], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/run")
for runde in range(int(RUNDEN)):
    name = f"b{runde}"
    erste = pathlib.Path(SEITEN[0], name)
    erste.mkdir()
    shutil.copyfile(f"{DEMO}/mahnakte.yaml", erste / "mahnakte.yaml")
    shutil.copytree(f"{DEMO}/2026-0087", erste / "2026-0087", copy_function=shutil.copyfile)
    for tag in STICHTAGE:
        laeufe = [rufe("lauf", f"{seite}/{name}", "--stichtag", tag, "--json") for seite in SEITEN]
        geschrieben, rest = [], []
        for lauf in laeufe:
            aus, fehler = lauf.communicate()
            try:
                geschrieben += [e["nr"] for e in json.loads(aus)["geschrieben"]]
            except ValueError:
                rest.append((lauf.returncode, aus[-300:], fehler[-300:]))
        print("RUNDE", runde, tag, sorted(geschrieben), [lauf.returncode for lauf in laeufe], rest, flush=True)
    for seite in SEITEN:
        geprueft = rufe("pruefen", f"{seite}/{name}", "--stichtag", STICHTAGE[-1], "--json")
        codes = sorted({b["code"] for b in json.loads(geprueft.communicate()[0])["befunde"] if b["schwere"] == "sperre"})
        reste = [p.name for p in pathlib.Path(seite, name, "2026-0087").rglob(".neu-*")]
        nummern = sorted(p.name for p in pathlib.Path(seite, name, "2026-0087", "vorgaenge").iterdir())
        print("STAND", runde, seite, nummern, codes, reste, flush=True)
"""


@im_netz
@pytest.mark.parametrize(("seiten", "runden"), [(SMB, 10), (NFS, 10)], ids=["smb", "nfs"])
def test_writers_on_several_clients_of_one_share(
    tmp_path: pathlib.Path, seiten: tuple[str, ...], runden: int
) -> None:
    """Each round four Stichtage, one writer per client: no step twice, none lost, nothing left over."""
    skript = tmp_path / "rennen.py"
    skript.write_text(SKRIPT, encoding="utf-8")
    mahnakte = pathlib.Path(sys.executable).parent / "mahnakte"
    aufruf = [
        sys.executable,
        str(skript),
        str(mahnakte),
        str(WURZEL / "fixtures" / "demo"),
        str(runden),
        *seiten,
    ]
    text = run_netz(" ".join(aufruf), 3400)
    assert text.count("RUNDE") == runden * 4, text
    staende = re.findall(r"STAND \d+ \S+ (\[.*?\]) (\[.*?\]) (\[.*?\])", text)
    assert len(staende) == runden * len(seiten), text
    assert {(codes, reste) for _, codes, reste in staende} == {("[]", "[]")}, text
    assert {nummern for nummern, _, _ in staende} == {staende[0][0]}, text
    for runde in range(runden):
        geschrieben = re.findall(rf"RUNDE {runde} \S+ (\[.*?\])", text)
        nummern = [int(nr) for liste in geschrieben for nr in re.findall(r"\d+", liste)]
        assert nummern == list(range(1, len(nummern) + 1)), text


@im_netz
def test_a_full_share_and_a_read_only_one_are_a_sentence(tmp_path: pathlib.Path) -> None:
    mahnakte = pathlib.Path(sys.executable).parent / "mahnakte"
    demo = WURZEL / "fixtures" / "demo"
    text = run_netz(
        f"for s in vfat smb1; do mkdir /mnt/$s/b; cp {demo}/mahnakte.yaml /mnt/$s/b; cp -r {demo}/2026-0087 /mnt/$s/b; done;"
        "dd if=/dev/zero of=/mnt/vfat/voll bs=1k 2>/dev/null;"
        f"cd /run; {mahnakte} lauf /mnt/vfat/b --stichtag 2026-11-16; echo RC $?; ls /mnt/vfat/b/2026-0087;"
        "mount -o remount,ro /mnt/smb1;"
        f"{mahnakte} lauf /mnt/smb1/b --stichtag 2026-11-16; echo RC $?; ls /mnt/smb1/b/2026-0087"
    )
    assert "Der Datenträger ist voll." in text, text
    assert "Der Datenträger ist schreibgeschützt." in text, text
    assert text.count("RC 3") == 2, text
    assert "0001" not in text, text
