"""Richtet mahnakte in einer eigenen Umgebung (.venv) ein und führt es vor oder prüft es.

Aufruf:  python3 einrichten.py demo [ZIEL]     einrichten, dann die Vorführung: mahnakte demo
         python3 einrichten.py test [PYTEST…]  einrichten, dann Linter, Typprüfung und Tests
         python3 einrichten.py umgebung        nur einrichten

Braucht nur Python ab 3.11 mit venv. Läuft unter Linux, macOS und Windows.
"""

import hashlib
import os
import pathlib
import subprocess
import sys
import venv

WURZEL = pathlib.Path(__file__).resolve().parent
UMGEBUNG = WURZEL / ".venv"
SPERRDATEIEN = {"demo": "laufzeit.txt", "umgebung": "laufzeit.txt", "test": "test.txt"}


def main() -> int:
    """Parse the call, set up, and run."""
    if len(sys.argv) < 2 or sys.argv[1] not in SPERRDATEIEN:
        print(__doc__)
        return 2
    if sys.version_info < (3, 11):
        print(f"mahnakte braucht Python ab 3.11; dies ist {sys.version.split()[0]}.")
        return 2
    auftrag, rest = sys.argv[1], sys.argv[2:]
    try:
        set_up(WURZEL / "anforderungen" / SPERRDATEIEN[auftrag])
    except subprocess.CalledProcessError:
        print(
            "Die Pakete ließen sich nicht installieren (siehe oben). Netz prüfen, dann noch einmal aufrufen."
        )
        return 2
    if auftrag == "demo":
        return subprocess.call([str(program("mahnakte")), "demo", *rest])
    return run_checks(rest) if auftrag == "test" else 0


def program(name: str) -> pathlib.Path:
    """Return the path of a program in the environment."""
    return UMGEBUNG / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def set_up(sperrdatei: pathlib.Path) -> None:
    """Make the environment and install exactly the locked packages; nothing when that is done already."""
    stand = hashlib.sha256(sperrdatei.read_bytes() + (WURZEL / "pyproject.toml").read_bytes()).hexdigest()
    marke = UMGEBUNG / f"eingerichtet-{sperrdatei.stem}"
    if marke.is_file() and marke.read_text(encoding="ascii") == stand:
        return
    print(f"Richte die Umgebung {UMGEBUNG.name} ein (einmalig, etwa eine Minute) …", flush=True)
    if not program("python").exists():
        venv.create(UMGEBUNG, with_pip=True)
    pip = [str(program("python")), "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.check_call([*pip, "--require-hashes", "-r", str(sperrdatei)])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "-e", str(WURZEL)])
    marke.write_text(stand, encoding="ascii")


def run_checks(pytest_arguments: list[str]) -> int:
    """Run linter, formatter check, type check and tests; stop at the first that fails."""
    schritte = [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["pytest", *(pytest_arguments or ["-q", "-n", "auto"])],
    ]
    for name, *angaben in schritte:
        print(f"== {name} {' '.join(angaben)}", flush=True)
        if rueckgabe := subprocess.call([str(program(name)), *angaben], cwd=WURZEL):
            return rueckgabe
    return 0


if __name__ == "__main__":
    sys.exit(main())
