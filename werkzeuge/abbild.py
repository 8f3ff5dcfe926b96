"""Write down everything the program says about the demo Bestand and fixtures/, as files that `diff -r` compares.

    python werkzeuge/abbild.py ZIEL [NAME …]

ZIEL is a new folder; NAME picks some of the pictures (demo, faelle, kaputt, briefe, schritte, eda, regeln, recht).
Two versions of the program that say the same give two equal folders. Clock, names and version are nailed down, so
that the steps are byte-equal too; every written file stands there with its SHA-256, every entry with its text.
"""

import contextlib
import datetime as dt
import hashlib
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator

from abbild_lagen import BRIEFE, EDA, KOPF, LAGEN, SCHLICHTUNG
from click.testing import CliRunner

import mahnakte
from mahnakte.ablage import herkunft
from mahnakte.cli import optionen
from mahnakte.grund.worker import WorkerPool

mahnakte.__version__ = "0.0.0"
FEST = herkunft.Herkunft("Probe", "rechner", "0" * 32, "2026-01-01T00:00:00Z", mahnakte.__version__)
herkunft.identify = lambda bearbeiter=None: FEST  # noqa: ARG005 - takes what the commands give
_POOL = WorkerPool(2)
optionen.WorkerPool = lambda _zahl: _POOL  # type: ignore[misc,assignment] - children are started once, not per command

from mahnakte.cli.haupt import mahnakte_cli  # noqa: E402 - its modules take what is nailed down above

WURZEL = pathlib.Path(__file__).resolve().parent.parent
FIXTURES = WURZEL / "fixtures"
_TEXT = (".json", ".csv", ".ics", ".html", ".xml", ".txt", ".eml", ".yaml", ".eda")
_TAGE = ("2026-10-19", "2026-11-16", "2026-12-28")


class Abbild:
    """Calls commands one after the other in a scratch folder and writes what they say and leave below `ziel`."""

    def __init__(self, ziel: pathlib.Path) -> None:
        self._ziel = ziel
        self._zahl = 0
        self._dateien: dict[str, str] = {}

    def call(self, *worte: str) -> None:
        """Call a command; write its output, exit code and every file that is new or changed since the last call."""
        self._zahl += 1
        ergebnis = CliRunner().invoke(mahnakte_cli, list(worte), prog_name="mahnakte")
        teile = [f"$ mahnakte {' '.join(worte)}\n", ergebnis.output, f"\n= {ergebnis.exit_code}\n"]
        if ergebnis.exception is not None and not isinstance(ergebnis.exception, SystemExit):
            teile.append(f"! {ergebnis.exception!r}\n")
        teile += self._what_is_new()
        text = "".join(teile).replace(str(pathlib.Path.cwd()), "HIER").replace(str(WURZEL), "PROJEKT")
        name = "_".join(w.replace("/", "-") for w in worte if not w.startswith("--"))[:90]
        self._ziel.mkdir(parents=True, exist_ok=True)
        (self._ziel / f"{self._zahl:03}_{name}.txt").write_text(text, encoding="utf-8")

    def both(self, *worte: str) -> None:
        """Call a command for people and for machines."""
        self.call(*worte)
        self.call(*worte, "--json")

    def _what_is_new(self) -> Iterator[str]:
        """Yield path and hash of each file that is new or other than before, with its text where it is short text."""
        for pfad in sorted(
            p for p in pathlib.Path().rglob("*") if p.is_file() and not p.parts[0].startswith(".")
        ):
            inhalt = pfad.read_bytes()
            summe = hashlib.sha256(inhalt).hexdigest()
            if self._dateien.get(pfad.as_posix()) != summe:
                self._dateien[pfad.as_posix()] = summe
                yield f"+ {pfad.as_posix()} {summe}\n"
                if pfad.suffix in _TEXT and pfad.name != "fall.yaml":
                    yield inhalt.decode("utf-8", "backslashreplace") + "\n"

    def forget_new(self) -> None:
        """Take the files that stand now as known: the pictures show what commands write, not what we laid out."""
        for _ in self._what_is_new():
            pass


def _look(bild: Abbild, bestand: str, faelle: list[str], stichtag: str) -> None:
    """Call everything that only looks."""
    tag = ("--stichtag", stichtag)
    for befehl in ("pruefen", "plan", "fristen", "titel"):
        bild.both(befehl, bestand, *tag)
    for fall in faelle:
        bild.both("konto", fall, *tag)
    for art in ("ics", "html", "csv", "xlsx"):
        bild.call("fristen", bestand, *tag, f"--{art}", f"fristen.{art}", "--ersetzen")


def _cases(bestand: str) -> list[str]:
    return sorted(pfad.parent.as_posix() for pfad in pathlib.Path(bestand).glob("*/fall.yaml"))


def draw_demo(bild: Abbild) -> None:
    """The demo before, on and after its way, with papers of the account, application and Akte."""
    shutil.copytree(FIXTURES / "demo", "roh")
    bild.forget_new()
    for tag in _TAGE:
        _look(bild, "roh", _cases("roh"), tag)
    bild.call("demo", "demo")
    bild.call("demo", "demo", "--json")
    for tag in _TAGE[1:]:
        _look(bild, "demo", _cases("demo"), tag)
    for fall in _cases("demo"):
        bild.call(
            "konto", fall, "--stichtag", "2026-11-16", "--pdf", "k.pdf", "--xlsx", "k.xlsx", "--ersetzen"
        )
        bild.call("ton", fall, "--stichtag", "2026-11-16")
        for rechnung in sorted(pathlib.Path(fall).glob("rechnungen/*")):
            bild.call("rechnung", rechnung.as_posix(), "--json")
    for tag in ("2026-11-30", "2026-12-14", "2026-12-28"):
        bild.both("lauf", "demo", "--stichtag", tag)
    bild.both("antrag", "demo", "--stichtag", "2026-12-28")
    bild.call("akte", "demo/2026-0087", "--ziel", "akte", "--stichtag", "2026-12-28", "--json")
    bild.both("pruefen", "demo", "akte", "--stichtag", "2026-12-28")
    for fall in _cases("demo"):
        bild.call("brief", fall, "auskunft-dsgvo", "--stichtag", "2026-12-28")
        bild.call("brief", fall, "zahlungseingang", "--stichtag", "2026-12-28")


def draw_faelle(bild: Abbild) -> None:
    """The plain cases through their whole series, week by week."""
    for name in ("einfach", "reihe"):
        _lay_case(f"b/{name}", (FIXTURES / "faelle" / f"{name}.yaml").read_text("utf-8"), name)
    _lay_settings("b")
    bild.forget_new()
    tag = dt.date(2026, 3, 2)
    while tag <= dt.date(2026, 6, 22):
        bild.call("plan", "b", "--stichtag", tag.isoformat(), "--json")
        bild.both("lauf", "b", "--stichtag", tag.isoformat())
        tag += dt.timedelta(days=14)
    _look(bild, "b", _cases("b"), "2026-06-22")


def draw_kaputt(bild: Abbild) -> None:
    """Every broken case file: what is said about it."""
    for pfad in sorted((FIXTURES / "kaputt").glob("*.yaml")):
        ordner = pathlib.Path("b", pfad.stem)
        ordner.mkdir(parents=True)
        shutil.copy(pfad, ordner / "fall.yaml")
    _lay_settings("b")
    bild.forget_new()
    for fall in _cases("b"):
        bild.call("pruefen", fall, "--stichtag", "2026-05-20")
    for befehl in ("pruefen", "plan", "fristen"):
        bild.call(befehl, "b", "--stichtag", "2026-05-20", "--json")


def draw_briefe(bild: Abbild) -> None:
    """Each kind of letter on a case in which it is in order, and each situation in plan, account and deadlines."""
    reihe = (FIXTURES / "faelle" / "reihe.yaml").read_text("utf-8")
    for rolle in ("glaeubiger", "inkasso"):
        for lage, rest in LAGEN.items():
            text = reihe + (rest if rolle == "glaeubiger" else _with_first_letter(rest))
            text = text.replace("verbraucher: ja", "verbraucher: nein") if lage == "gewerbe" else text
            _lay_case(f"{rolle}/{lage}", text, f"{rolle[:2]}-{lage}")
        _lay_settings(rolle, rolle)
    bild.forget_new()
    tag = ("--stichtag", "2026-05-20")
    for rolle in ("glaeubiger", "inkasso"):
        _look(bild, rolle, _cases(rolle), tag[1])
        bild.call("brief", f"{rolle}/anerkenntnis", "hinweis", "--stichtag", "2026-02-20")
        for lage, arten in BRIEFE.items():
            for art in arten.split():
                bis = ("--bis", "2027-12-31") if art == "verjaehrungsverzicht" else ()
                bild.call("brief", f"{rolle}/{lage}", art, *tag, *bis)
        for befehl in ("pruefen", "plan", "fristen"):
            bild.call(befehl, rolle, "--stichtag", "2026-07-01", "--json")


def draw_schritte(bild: Abbild) -> None:
    """What steps say to later commands: notes of sending, storno, letters again, taken over, extra paragraphs."""
    reihe = (FIXTURES / "faelle" / "reihe.yaml").read_text("utf-8")
    for lage in ("grund", "gezahlt", "raten", "mahnbescheid"):
        _lay_case(f"b/{lage}", reihe + LAGEN[lage], f"sc-{lage}")
    _lay_settings("b")
    bild.forget_new()
    fall, tag = "b/grund", ("--stichtag", "2026-05-20")
    bild.call("lauf", fall, "--stichtag", "2026-05-20")
    bild.both("versand", fall, "1", *tag, "--weg", "email")
    bild.call("storno", fall, "1", "--grund", "verschickt", *tag)
    bild.call("storno", fall, "2", "--grund", "falscher Vermerk", *tag)
    bild.call("storno", fall, "1", "--grund", "zu früh", *tag, "--json")
    bild.call(
        "brief",
        fall,
        "zahlungserinnerung",
        *tag,
        "--zusatz",
        "Bitte rufen Sie uns an.",
        "--anlage",
        "aufstellung",
    )
    bild.call("brief", fall, "zahlungserinnerung", *tag, "--erneut", "verloren")
    word = next(iter(sorted(pathlib.Path(fall).glob("vorgaenge/*/*.docx"), reverse=True)))
    word.chmod(0o644)
    _save_again(word)
    bild.forget_new()
    bild.both("pruefen", fall, *tag)
    bild.both("vorgang", "uebernehmen", fall, str(int(word.parent.name)), *tag)
    bild.call("versand", fall, "7", "--am", "2026-05-21", "--stichtag", "2026-05-21")
    bild.call(
        "versand", fall, "7", "--am", "2026-06-15", "--stichtag", "2026-06-15", "--trotzdem", "verspätet"
    )
    for spaeter in ("2026-05-20", "2026-06-01", "2026-07-15"):
        _look(bild, "b", _cases("b"), spaeter)
        bild.call("lauf", "b", "--stichtag", spaeter, "--json")
    bild.call(
        "ratenplan", "b/grund", "--anzahl", "4", "--ab", "2026-08-03", "--stichtag", "2026-07-15", "--json"
    )
    bild.call("antrag", "b", "--stichtag", "2026-07-15", "--ohne-sammeldatei", "--json")
    bild.call("antrag", "b", "--vb", "--stichtag", "2026-07-15", "--json")
    for einer in ("grund", "mahnbescheid"):
        bild.call("akte", f"b/{einer}", "--ziel", f"akte-{einer}", "--stichtag", "2026-07-15")
        bild.call("akte", f"b/{einer}", "--ziel", f"akte2-{einer}", "--stichtag", "2026-07-15", "--json")
    _look(bild, "b", _cases("b"), "2026-07-15")


def draw_eda(bild: Abbild) -> None:
    """Two ripe cases of a participant in EDA: collective file, filed, answers of the court, the next application."""
    text = (FIXTURES / "faelle" / "einfach.yaml").read_text("utf-8").replace("gesetzlich", "vereinbart")
    gericht = "    streitgericht:\n      art: amtsgericht\n      plz: 04275\n      ort: Leipzig\n"
    for name in ("m-1", "m-2"):
        _lay_case(f"m/{name}", text.replace("  verbraucher: ja\n", "  verbraucher: ja\n" + gericht), name)
    _lay_settings("m", eda=EDA)
    pathlib.Path("gericht.eda").write_bytes(_court_file("M-1"))
    bild.forget_new()
    tag = ("--stichtag", "2026-11-16")
    bild.both("antrag", "m/m-1", "m/m-2", *tag)
    for eda in sorted(pathlib.Path("m/antraege").glob("*/*.[eE][dD][aA]")):
        bild.both("eda", "zeigen", eda.as_posix())
        bild.call("eda", "pruefen", eda.as_posix())
        bild.call("eda", "lesen", eda.as_posix(), "--ziel", f"{eda.stem}.xml")
        bild.call("eda", "aufbauen", eda.parent.as_posix(), "--ziel", "neu")
    bild.both("eda", "eingereicht", "m/antraege/ABC001", *tag)
    spaeter = ("--stichtag", "2026-12-28")
    for worte in ((), ("--json",), ("--uebernehmen",), ("--uebernehmen", "--json")):
        bild.call("eda", "nachrichten", "gericht.eda", "m", *spaeter, *worte)
    _look(bild, "m", _cases("m"), "2026-12-28")
    bild.both("antrag", "m/m-1", "m/m-2", "--vb", *spaeter)
    bild.call("akte", "m/m-1", "--ziel", "akte", *spaeter)
    _look(bild, "m", _cases("m"), "2026-12-28")


def _court_file(zeichen: str) -> bytes:
    """Return what the court sends for one application: issued on 25.11., served on 01.12.2026."""
    nummer = "26123456700"
    saetze = (
        "AA12345678261207ZB        4000ABC021".replace("ZB", "03"),
        f"03KS   0007774512{nummer:55}{zeichen:35}2611250000119000",
        f"05KS   0007774512{nummer}{zeichen:35}05261201",
        f"BB12345678{1:07}{2:07}{0:07}{0:014}{0:015}{0:07}",
    )
    return "".join(satz.ljust(128) for satz in saetze).encode("cp850")


def draw_regeln(bild: Abbild) -> None:
    """Every application that breaks one rule."""
    shutil.copytree(FIXTURES / "antrag", "antrag")
    _lay_settings(".", eda=EDA)
    bild.forget_new()
    for pfad in sorted(pathlib.Path("antrag").rglob("*.xml")):
        bild.call("eda", "schreiben", pfad.as_posix(), "--ziel", "x.eda", "--ersetzen", "--nummer", "1",
                  "--einstellungen", "mahnakte.yaml", "--stichtag", "2026-11-16")  # fmt: skip


def draw_recht(bild: Abbild) -> None:
    """The values of the law and the help of every command."""
    bild.both("recht")
    bild.call("recht", "basiszinssatz", "--json")
    for befehl in mahnakte_cli.list_commands(None):  # type: ignore[arg-type]
        bild.call(befehl, "--help")


BILDER: dict[str, Callable[[Abbild], None]] = {
    "demo": draw_demo, "faelle": draw_faelle, "kaputt": draw_kaputt, "briefe": draw_briefe,
    "schritte": draw_schritte, "eda": draw_eda, "regeln": draw_regeln, "recht": draw_recht,
}  # fmt: skip


def _lay_case(ordner: str, text: str, aktenzeichen: str) -> None:
    pfad = pathlib.Path(ordner)
    (pfad / "belege").mkdir(parents=True)
    name = aktenzeichen.upper()  # an invoice is claimed in one case only
    text = text.replace("2026-0042", name).replace("RE-2026-", f"RE-{name}-")
    (pfad / "fall.yaml").write_text(text, encoding="utf-8")


def _with_first_letter(rest: str) -> str:
    """Return the events with the letter that an agency has to send before all others (§ 13a RDG)."""
    erstes = KOPF + "  - am: 01.04.2026\n    art: mahnung_versandt\n    stufe: erstschreiben\n"
    return rest.replace(KOPF, erstes) if KOPF in rest else erstes + rest


def _lay_settings(ordner: str, rolle: str = "glaeubiger", eda: str = "") -> None:
    text = (FIXTURES / "faelle" / "mahnakte.yaml").read_text("utf-8")
    kopf = f"rolle: {rolle}\n  datenschutz: www.moebelhaus.example/datenschutz"
    if rolle == "inkasso":
        kopf += "\n  aufsicht: Bundesamt für Justiz, Adenauerallee 99-103, 53113 Bonn, rdg@bfj.example"
        text = text.replace(
            "  name: Möbelhaus Übersee GmbH\n  strasse", "  name: Beispiel Inkasso GmbH\n  strasse", 1
        )
    pathlib.Path(ordner, "mahnakte.yaml").write_text(
        text.replace("rolle: glaeubiger", kopf) + SCHLICHTUNG + eda, encoding="utf-8"
    )


def _save_again(word: pathlib.Path) -> None:
    """Change one free word of a letter, as somebody does in Word."""
    import zipfile

    with zipfile.ZipFile(word) as alt:
        teile = {info: alt.read(info) for info in alt.infolist()}
    with zipfile.ZipFile(word, "w") as neu:
        for info, inhalt in teile.items():
            neu.writestr(info, inhalt.replace(b"Bitte rufen Sie uns an.", b"Rufen Sie uns bitte gern an."))


def main() -> None:
    """Draw the pictures named on the command line, or all."""
    ziel, namen = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:] or list(BILDER)
    os.environ["MAHNAKTE_BEARBEITER"] = "Probe"
    for name in namen:
        shutil.rmtree(ziel / name, ignore_errors=True)
        with tempfile.TemporaryDirectory() as ordner, contextlib.chdir(ordner):
            os.environ["XDG_CACHE_HOME"] = os.environ["LOCALAPPDATA"] = tempfile.mkdtemp(
                dir=ordner, prefix=".cache-"
            )
            BILDER[name](Abbild(ziel / name))
    _POOL.close()


if __name__ == "__main__":
    main()
