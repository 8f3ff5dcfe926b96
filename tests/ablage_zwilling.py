"""Twins of the disk for the tests of ablage: one that fails on purpose, one that lives in memory.

Also a program of its own: one clerk, or one job, for the tests that need other processes.
"""

import dataclasses
import datetime as dt
import errno
import itertools
import os
import pathlib
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

from mahnakte.ablage.herkunft import Herkunft
from mahnakte.ablage.lesen import Fallordner, read_fallordner
from mahnakte.ablage.platte import PLATTE, Entry, Kind, Platte
from mahnakte.ablage.verifizieren import is_nummer, verify_dokumente
from mahnakte.ablage.veroeffentlichen import publish_next
from mahnakte.fall.vorgang import EINTRAG, Vorgang, Vorgangsentwurf, sha256
from mahnakte.fall.vorgangsdaten.brief import Briefdaten

FEHLER = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.ESTALE)
LESEN = ("scan", "kind", "read")
SCHREIBEN = (
    "open_new", "write", "sync_file", "close", "sync_folder", "mkdir", "rename", "replace", "link", "unlink",
    "rmdir", "protect",
)  # fmt: skip
EFFEKTE = (*LESEN, *SCHREIBEN)
AKTENZEICHEN = "2026-0042"
STICHTAG = dt.date(2026, 4, 20)
DOKUMENTE = {
    "2026-04-20_mahnung-1.docx": b"PK brief " * 300,
    "2026-04-20_mahnung-1.pdf": b"%PDF brief " * 200,
}


class Getoetet(BaseException):
    """The process was killed: nothing of it runs any more, not even its cleaning up."""


class Zwilling(Platte):
    """Passes every effect to another disk and calls `before` and `after` around it."""

    def __init__(self, echt: Platte = PLATTE) -> None:
        super().__init__()
        self.echt = echt

    def before(self, name: str, argumente: tuple) -> None:
        """Called before an effect; may raise instead of it."""

    def after(self, name: str, argumente: tuple) -> None:
        """Called after an effect; may raise although it took place."""


def _forward(name: str) -> Callable:
    def effekt(self: Zwilling, *argumente):
        self.before(name, argumente)
        ergebnis = getattr(self.echt, name)(*argumente)
        self.after(name, argumente)
        return ergebnis

    return effekt


for _name in EFFEKTE:
    setattr(Zwilling, _name, _forward(_name))


class Zaehlend(Zwilling):
    """Counts the effects."""

    def __init__(self, echt: Platte = PLATTE) -> None:
        super().__init__(echt)
        self.namen: list[str] = []

    def before(self, name, argumente):
        self.namen.append(name)


class Stoerung(Zwilling):
    """Lets the n-th effect fail: with an errno, or by killing the process; a write is torn in half first.

    `danach` lets it fail after it took place, `bleibt` lets every later effect fail too.
    """

    def __init__(
        self, n: int, fehler: int | None, *, danach=False, bleibt=False, echt: Platte = PLATTE
    ) -> None:
        super().__init__(echt)
        self.n, self.fehler, self.danach, self.bleibt = n, fehler, danach, bleibt
        self.zahl = 0
        self.tot = False

    def before(self, name, argumente):
        if self.tot:
            raise Getoetet
        self.zahl += 1
        if not self._due() or self.danach:
            return
        if name == "write":
            self.echt.write(argumente[0], argumente[1][: len(argumente[1]) // 2])
        if name == "close":
            self.echt.close(argumente[0])  # a failing close frees the handle all the same
        self._fail()

    def after(self, name, argumente):
        if self.danach and self._due():
            self._fail()

    def _due(self) -> bool:
        return self.zahl == self.n or (self.bleibt and self.zahl > self.n)

    def _fail(self):
        if self.fehler is None:
            self.kill()
        raise OSError(self.fehler, os.strerror(self.fehler))

    def kill(self):
        self.tot = True
        raise Getoetet


class Beendet(Stoerung):
    """Really ends the process, as `kill -9` would."""

    def kill(self):
        os._exit(137)


# --- a case and an idempotent job on it ------------------------------------------------------------------


def herkunft(lauf: str = "lauf-1") -> Herkunft:
    return Herkunft("K. Beispiel", "pc-1", lauf, "2026-04-20T08:00:00Z", "0.1.0")


def plan_letter(
    art: str, dokumente: Mapping[str, bytes] = DOKUMENTE
) -> Callable[[Fallordner], Vorgangsentwurf | None]:
    """Return a plan that wants one letter of this kind, and nothing once it is there."""

    def plan(gelesen: Fallordner) -> Vorgangsentwurf | None:
        if any(vorgang.art == art for vorgang in gelesen.vorgaenge.vorgaenge):
            return None
        return Vorgangsentwurf(
            AKTENZEICHEN, art, STICHTAG, "Frist abgelaufen", {"fall.yaml": sha256(gelesen.fall_yaml or b"")},
            werte={"basiszinssatz": ("1,52", "2026-07-01", "Bundesbank")},
            daten=Briefdaten(rest={"summe": "250.00"}), dokumente=dokumente,
        )  # fmt: skip

    return plan


def issue(
    fall: pathlib.Path, art: str, platte: Platte = PLATTE, lauf: str = "lauf-1", dokumente=DOKUMENTE
) -> Vorgang | None:
    """Do what `mahnakte lauf` does with one case: read, plan, publish."""
    plan = plan_letter(art, dokumente)
    return publish_next(read_fallordner(fall, platte), plan, herkunft(lauf), platte=platte, sleep=_no_pause)


def _no_pause(sekunden: float) -> None:
    assert sekunden >= 0


def make_fall(ordner: pathlib.Path, vorgaenge: int = 2) -> pathlib.Path:
    """Write a case folder with papers of people and some steps; return it."""
    fall = ordner / AKTENZEICHEN
    (fall / "rechnungen").mkdir(parents=True)
    (fall / "belege").mkdir()
    (fall / "fall.yaml").write_text("aktenzeichen: 2026-0042\n")
    (fall / "rechnungen" / "RE-1.pdf").write_bytes(b"%PDF-1.7 Rechnung")
    (fall / "belege" / "Müller.pdf").write_bytes(b"%PDF-1.7 Lieferschein")
    for nummer in range(vorgaenge):
        issue(fall, f"art-{nummer}")
    return fall


# --- the invariants of docs/zuverlaessigkeit.md ------------------------------------------------------------


def snapshot(ordner: pathlib.Path) -> dict[str, tuple[int, bytes]]:
    """Return every file with time and bytes."""
    return {
        str(pfad.relative_to(ordner)): (pfad.stat().st_mtime_ns, pfad.read_bytes())
        for pfad in sorted(ordner.rglob("*"))
        if pfad.is_file()
    }


def visible_steps(ordner: pathlib.Path) -> list[str]:
    wurzel = ordner / "vorgaenge"
    return sorted(pfad.name for pfad in wurzel.iterdir() if is_nummer(pfad.name)) if wurzel.is_dir() else []


def check_untouched(ordner: pathlib.Path, vorher: Mapping[str, tuple[int, bytes]]) -> None:
    """I1 and I2: every file that stood there stands there, same name, time and bytes."""
    nachher = snapshot(ordner)
    for name, inhalt in vorher.items():
        assert nachher.get(name) == inhalt, f"{name} wurde verändert"


def check_whole(gelesen: Fallordner, platte: Platte = PLATTE) -> None:
    """I3 and I4: what is visible is complete and verifies; at most leftovers are reported."""
    assert gelesen.vorgaenge.schaden == ()
    assert verify_dokumente(gelesen.pfad, gelesen.vorgaenge.vorgaenge, platte) == ()
    assert {befund.code for befund in gelesen.befunde} <= {"STAGING_REST"}


def check_reste(ordner: pathlib.Path) -> None:
    """A leftover in which the entry stands already has all its documents: the entry comes last."""
    for rest in (ordner / "vorgaenge").glob(".neu-*"):
        if (rest / EINTRAG).exists():
            assert set(DOKUMENTE) <= {pfad.name for pfad in rest.iterdir()}


def comparable(gelesen: Fallordner) -> list[tuple]:
    """Return the steps without what may differ between two runs with the same result."""
    return [(v.nr, v.art, v.stichtag, dict(v.dateien), dict(v.eingaben)) for v in gelesen.vorgaenge.vorgaenge]


# --- a disk in memory, with a log, that can lose power -----------------------------------------------------


@dataclasses.dataclass
class _Ordner:
    namen: dict[str, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class _Datei:
    inhalt: bytes = b""


@dataclasses.dataclass(frozen=True)
class _Tat:
    """One change: to the bytes of a file, or to the names of a folder (None = the name goes)."""

    knoten: int
    namen: tuple[tuple[str, int | None], ...] = ()
    inhalt: bytes | None = None


class Modellplatte(Platte):
    """A file system in memory that keeps a log of changes and of what was hardened when.

    After a power loss behind the first `bis` log entries, what a later fsync of the same file or folder
    forced is there; of the rest (`unforced`), any part may be.
    """

    def __init__(self) -> None:
        super().__init__()
        self.knoten: dict[int, _Ordner | _Datei] = {0: _Ordner()}
        self.log: list[_Tat | int] = []  # an int: this node was hardened
        self._zahl = itertools.count(1)
        self._griffe: dict[int, int] = {}
        self._griff = itertools.count(1000)

    # reading
    def scan(self, ordner):
        knoten = self._get(ordner)
        if not isinstance(knoten, _Ordner):
            raise OSError(errno.ENOTDIR, "kein Ordner")
        return [Entry(name, self._kind(nummer)) for name, nummer in sorted(knoten.namen.items())]

    def kind(self, pfad):
        nummer = self._find(pfad)
        return None if nummer is None else self._kind(nummer)

    def read(self, pfad, hoechstens):
        knoten = self._get(pfad)
        assert isinstance(knoten, _Datei)
        return knoten.inhalt

    # writing
    def open_new(self, pfad):
        nummer = self._new(pfad, _Datei())
        griff = next(self._griff)
        self._griffe[griff] = nummer
        return griff

    def write(self, handle, inhalt):
        self._do(_Tat(self._griffe[handle], inhalt=bytes(inhalt)))

    def sync_file(self, handle):
        self.log.append(self._griffe[handle])

    def close(self, handle):
        del self._griffe[handle]

    def sync_folder(self, ordner):
        nummer = self._find(ordner)
        if nummer is None:
            raise FileNotFoundError(ordner)
        self.log.append(nummer)

    def mkdir(self, ordner):
        self._new(ordner, _Ordner())

    def rename(self, von, nach):
        quelle, ziel = self._find(von), self._find(nach)
        if quelle is None:
            raise FileNotFoundError(von)
        if ziel is not None and (not isinstance(self.knoten[ziel], _Ordner) or self.knoten[ziel].namen):
            raise OSError(errno.ENOTEMPTY, "steht schon da")
        self._move(von, nach, quelle)

    def replace(self, von, nach):
        self._move(von, nach, self._find(von))

    def link(self, von, nach):
        if self._find(nach) is not None:
            raise FileExistsError(nach)
        self._do(_Tat(self._parent(nach), ((nach.name, self._find(von)),)))

    def protect(self, pfad):
        assert self._find(pfad) is not None  # rights are not hardened and promise nothing

    def unlink(self, pfad):
        if self._find(pfad) is None:
            raise FileNotFoundError(pfad)
        self._do(_Tat(self._parent(pfad), ((pfad.name, None),)))

    def rmdir(self, ordner):
        if self._get(ordner).namen:
            raise OSError(errno.ENOTEMPTY, "nicht leer")
        self._do(_Tat(self._parent(ordner), ((ordner.name, None),)))

    # power loss
    def crash(self, bis: int, anteile: Mapping[int, float]) -> "Modellplatte":
        """Return the disk after a power loss: of each unforced change that part which `anteile` says."""
        neu = Modellplatte()
        neu.knoten = {n: _Ordner() if isinstance(k, _Ordner) else _Datei() for n, k in self.knoten.items()}
        for stelle, tat in enumerate(self.log[:bis]):
            if isinstance(tat, _Tat) and (anteil := anteile.get(stelle, 1)):
                neu.apply(tat, anteil)
        return neu

    def unforced(self, bis: int) -> list[int]:
        """Return the changes before `bis` that no fsync before `bis` forced."""
        return [
            stelle
            for stelle, tat in enumerate(self.log[:bis])
            if isinstance(tat, _Tat) and tat.knoten not in self.log[stelle + 1 : bis]
        ]

    def is_write(self, stelle: int) -> bool:
        tat = self.log[stelle]
        return isinstance(tat, _Tat) and tat.inhalt is not None

    def apply(self, tat: _Tat, anteil: float = 1) -> None:
        knoten = self.knoten[tat.knoten]
        if isinstance(knoten, _Datei):
            knoten.inhalt = tat.inhalt[: int(len(tat.inhalt) * anteil)]
            return
        for name, nummer in tat.namen:
            if nummer is None:
                knoten.namen.pop(name, None)
            else:
                knoten.namen[name] = nummer

    def _do(self, tat: _Tat) -> None:
        self.apply(tat)
        self.log.append(tat)

    def _move(self, von, nach, nummer):
        assert von.parent == nach.parent
        self._do(_Tat(self._parent(von), ((von.name, None), (nach.name, nummer))))

    def _new(self, pfad, knoten):
        if self._find(pfad) is not None:
            raise FileExistsError(pfad)
        eltern = self._parent(pfad)
        nummer = next(self._zahl)
        self.knoten[nummer] = knoten
        self._do(_Tat(eltern, ((pfad.name, nummer),)))
        return nummer

    def _parent(self, pfad):
        nummer = self._find(pfad.parent)
        if nummer is None:
            raise FileNotFoundError(pfad.parent)
        return nummer

    def _find(self, pfad) -> int | None:
        nummer: int | None = 0
        for teil in pathlib.PurePosixPath(pfad).parts[1:]:
            knoten = self.knoten[nummer]
            nummer = knoten.namen.get(teil) if isinstance(knoten, _Ordner) else None
            if nummer is None:
                return None
        return nummer

    def _get(self, pfad):
        nummer = self._find(pfad)
        if nummer is None:
            raise FileNotFoundError(pfad)
        return self.knoten[nummer]

    def _kind(self, nummer):
        return Kind.FOLDER if isinstance(self.knoten[nummer], _Ordner) else Kind.FILE


def modell_fall() -> tuple[Modellplatte, pathlib.Path]:
    """Return a disk in memory with one case whose papers are safely stored."""
    platte = Modellplatte()
    fall = pathlib.Path("/bestand") / AKTENZEICHEN
    platte.mkdir(fall.parent)
    platte.mkdir(fall)
    griff = platte.open_new(fall / "fall.yaml")
    platte.write(griff, b"aktenzeichen: 2026-0042\n")
    platte.sync_file(griff)
    platte.close(griff)
    for ordner in (fall, fall.parent, pathlib.Path("/")):
        platte.sync_folder(ordner)
    return platte, fall


def crash_states(platte: Modellplatte, bis: int, zufall: random.Random, zahl: int) -> Iterator[Modellplatte]:
    """Yield different disks after a power loss at one point: none, all, all but one of the unforced changes,
    and up to `zahl` random mixtures, in which a write may also be there by half.
    """
    offen = platte.unforced(bis)
    mischungen = [dict.fromkeys(offen, 0.0), {}, *({eine: 0.0} for eine in offen)]
    mischungen += [
        {s: zufall.choice((0.0, 0.5, 1.0) if platte.is_write(s) else (0.0, 1.0)) for s in offen}
        for _ in range(zahl)
    ]
    gesehen = set()
    for anteile in mischungen:
        schluessel = tuple(anteile.get(stelle, 1.0) for stelle in offen)
        if schluessel not in gesehen:
            gesehen.add(schluessel)
            yield platte.crash(bis, anteile)


def say(satz: str) -> None:
    """Leave a figure for `pytest -rP`."""
    sys.stdout.write(satz + "\n")


# --- running in other processes ----------------------------------------------------------------------------


def start(*argumente: str, **optionen) -> subprocess.Popen:
    """Start this file as a program of its own, with the same import path."""
    return subprocess.Popen([sys.executable, __file__, *argumente], env=environment(), **optionen)


def environment() -> dict[str, str]:
    """Return an environment in which another Python finds the same packages and writes no byte code."""
    pfade = os.pathsep.join(pfad for pfad in sys.path if pfad)
    return dict(os.environ, PYTHONPATH=pfade, PYTHONHASHSEED="0", PYTHONDONTWRITEBYTECODE="1")


def _serve_clerk(seed: str) -> None:
    """One clerk: for each line with a folder, issue three letters in its own order, with pauses between."""
    zufall = random.Random(seed)
    sys.stdout.write("bereit\n")
    sys.stdout.flush()
    for nummer, zeile in enumerate(sys.stdin):
        fall, *arten = zeile.split("\t")
        arten = [art.strip() for art in arten]
        zufall.shuffle(arten)
        erstellt = sum(issue(pathlib.Path(fall), art, lauf=f"{seed}-{nummer}") is not None for art in arten)
        sys.stdout.write(f"{erstellt}\n")
        sys.stdout.flush()


def _kill_at_each(fall: str, von: str, bis: str) -> None:
    """For each n make a copy of the case, fork, and let the child die at its n-th effect."""
    import shutil

    for n in range(int(von), int(bis)):
        kopie = pathlib.Path(f"{fall}-{n}")
        shutil.copytree(fall, kopie)
        if (kind := os.fork()) == 0:
            issue(kopie, "mahnung-1", Beendet(n, None))
            os._exit(0)
        _, status = os.waitpid(kind, 0)
        sys.stdout.write(f"{n}\t{os.waitstatus_to_exitcode(status)}\n")


def _issue_once(fall: str, art: str) -> None:
    issue(pathlib.Path(fall), art)


def _run_command(n: str, fehler: str, *argumente: str) -> None:
    """Run the real command line with a disk whose n-th change fails, or ends the process (fehler 0)."""
    import threading

    from mahnakte.cli.haupt import main

    zahl, schloss = itertools.count(1), threading.Lock()

    def break_one(name: str) -> None:
        echt = getattr(Platte, name)

        def effekt(self, *werte):
            with schloss:
                faellig = next(zahl) == int(n)
            if not faellig:
                return echt(self, *werte)
            if name == "write":
                echt(self, werte[0], werte[1][: len(werte[1]) // 2])
            if name == "close":
                echt(self, *werte)
            if fehler == "0":
                os._exit(137)
            raise OSError(int(fehler), os.strerror(int(fehler)))

        setattr(Platte, name, effekt)

    for name in SCHREIBEN:
        break_one(name)
    sys.argv[1:] = argumente
    try:
        main()
    finally:
        sys.stderr.write(f"\nWirkungen: {next(zahl) - 1}\n")


if __name__ == "__main__":
    {"clerk": _serve_clerk, "kill": _kill_at_each, "issue": _issue_once, "befehl": _run_command}[sys.argv[1]](
        *sys.argv[2:]
    )
