"""What it costs to start: CPU seconds of small commands in a fresh process, and how many empty Pythons that is.

Run: python benchmarks/start.py
"""

import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile

WURZEL = pathlib.Path(__file__).resolve().parent.parent
FAELLE = WURZEL / "fixtures" / "faelle"
STICHTAG = ("--stichtag", "2026-04-10")
MALE = 5


def write_bestand(ordner: pathlib.Path) -> pathlib.Path:
    """Write a Bestand with one small case without invoice files; return the case folder."""
    fall = ordner / "2026-0042"
    fall.mkdir()
    shutil.copy(FAELLE / "mahnakte.yaml", ordner / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", fall / "fall.yaml")
    return fall


def measure(*angaben: str) -> float:
    """Return the CPU seconds of one Python with these arguments, its own children included."""
    vorher = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-P", *angaben], stdout=subprocess.DEVNULL, check=True, timeout=60)
    nachher = resource.getrusage(resource.RUSAGE_CHILDREN)
    return nachher.ru_utime + nachher.ru_stime - vorher.ru_utime - vorher.ru_stime


def main() -> None:
    with tempfile.TemporaryDirectory() as temp:
        fall = str(write_bestand(pathlib.Path(temp)))
        aufrufe = {
            "python -c pass": ("-c", "pass"),
            "import mahnakte": ("-c", "import mahnakte"),
            "mahnakte --help": ("-m", "mahnakte", "--help"),
            "mahnakte rechnen basiszins": ("-m", "mahnakte", "rechnen", "basiszins", "--am", "2026-04-10"),
            "mahnakte rechnen frist": (
                "-m",
                "mahnakte",
                "rechnen",
                "frist",
                "--ab",
                "2026-04-10",
                "--dauer",
                "2w",
            ),
            "mahnakte konto": ("-m", "mahnakte", "konto", fall, *STICHTAG),
            "mahnakte fristen": ("-m", "mahnakte", "fristen", fall, *STICHTAG),
            "mahnakte plan": ("-m", "mahnakte", "plan", fall, *STICHTAG),
        }
        leer = 0.0
        for name, angaben in aufrufe.items():
            zeiten = sorted(measure(*angaben) for _ in range(MALE))
            leer = leer or zeiten[0]
            mitte = zeiten[MALE // 2]
            print(
                f"{name:<28} {mitte:6.3f} s CPU (bestes {zeiten[0]:.3f}), {mitte / leer:5.1f} leere Pythons"
            )


if __name__ == "__main__":
    main()
