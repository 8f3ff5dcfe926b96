"""A fact that was recorded counts in everything as the same lines of fall.yaml do."""

import json
import pathlib
import re
import shutil
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner

from erfassungsbau import HERKUNFT, as_options, record, share_workers, split_facts
from fallbau import known_up_to
from mahnakte.ablage import herkunft
from mahnakte.ablage.lesen import read_fallordner
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.fall.vorgang import Vorgang, sha256
from mahnakte.grund.strict_yaml import parse_yaml
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.bestandsrecht import Bestandsrecht
from mahnakte.werk.laden import Lage
from sachverhaltbau import _plain, _write, ask, compare, list_dateien, read_sachverhalt, write_fall

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "fixtures"
DEMO = FIXTURES / "demo"
TAG, SPAETER = "2026-11-16", "2026-12-28"
BEFEHLE = {TAG: ("plan", "lauf"), SPAETER: ("konto", "fristen", "titel", "lauf", "antrag")}
FAELLE = sorted(pfad.parent.name for pfad in DEMO.glob("*/fall.yaml"))


@pytest.fixture
def call(monkeypatch, werkstatt: WorkerPool, tmp_path: pathlib.Path):
    """Return a function that calls a command of the command line in process and gives its output and exit code."""
    share_workers(monkeypatch, werkstatt)
    monkeypatch.setattr(herkunft, "identify", lambda _bearbeiter=None: HERKUNFT)

    def invoke(*worte: str) -> tuple[str, int]:
        ergebnis = CliRunner().invoke(mahnakte_cli, list(worte), prog_name="mahnakte")
        assert ergebnis.exception is None or isinstance(ergebnis.exception, SystemExit), ergebnis.exception
        return ergebnis.output, ergebnis.exit_code

    return invoke


def lay_out(ordner: pathlib.Path, name: str) -> pathlib.Path:
    """Lay out one case of the demo; return its folder."""
    shutil.copytree(DEMO / name, ordner / name)
    shutil.copy(DEMO / "mahnakte.yaml", ordner / "mahnakte.yaml")
    return ordner / name


def record_all(fall: pathlib.Path, call) -> int:
    """Take every fact out of fall.yaml and record it by the command line; return how many."""
    datei = fall / "fall.yaml"
    rest, tatsachen = split_facts(_plain(parse_yaml(datei.read_bytes(), "fall.yaml")))
    _write(datei, rest)
    for tatsache in tatsachen:
        worte = as_options(tatsache, fall)
        ausgabe, rueckgabe = call("erfassen", str(fall), *worte, "--stichtag", TAG)
        assert rueckgabe in (0, 1), (worte, ausgabe)
    return len(tatsachen)


def plain(text: str, ordner: pathlib.Path) -> str:
    """Leave out where a fact stands, when a step entered it, the numbers of steps, hashes, sizes."""
    text = text.replace(str(ordner), "HIER")
    text = re.sub(r"vorgaenge/\d{4}(/eintrag\.json)?|fall\.yaml(:\d+)?", "STELLE", text)
    text = re.sub(r'"(zeile|nr|vorgang|bytes)": (\d+|null)', r'"\1": N', text)
    text = re.sub(r'"eingetragen_am": ("[^"]*"|null)', '"eingetragen_am": T', text)
    text = re.sub(r"Vorgang \d{4}", "Vorgang N", text)
    return re.sub(r"[0-9a-f]{64}", "HASH", text)


def comparable_step(vorgang: Vorgang, fall: pathlib.Path) -> tuple[Any, ...]:
    """Return all that a step says, without its number, its place in the chain and the inputs' hashes."""
    ordner = fall / "vorgaenge" / f"{vorgang.nr:04d}"
    dokumente = {name: say(ordner / name) for name in vorgang.dateien}
    daten = plain(json.dumps(vorgang.daten.as_daten(), sort_keys=True), fall)
    return vorgang.art, vorgang.stichtag, vorgang.anlass, dict(vorgang.werte), daten, dokumente


def say(datei: pathlib.Path) -> str:
    """Return the hash of a document; of an application, which names the place of each fact, its words without them."""
    if datei.name.endswith(("_eingabeblatt.pdf", "akte.pdf")):  # the Akte holds the entry sheet
        text = " ".join(seite.extract_text() for seite in pypdf.PdfReader(datei).pages)
    elif datei.suffix == ".xml":
        text = datei.read_text(encoding="utf-8")
    else:
        return sha256(datei.read_bytes())
    return re.sub(r"fall\.yaml, Zeile \d+|vorgaenge/\d{4}/eintrag\.json", "STELLE", " ".join(text.split()))


@pytest.mark.parametrize("name", FAELLE)
def test_a_demo_case_says_the_same_both_ways(name: str, call, tmp_path: pathlib.Path) -> None:
    bilder = []
    for weg in ("datei", "schritte"):
        bestand = tmp_path / weg
        fall = lay_out(bestand, name)
        erfasst = record_all(fall, call) if weg == "schritte" else 0
        bild = []
        for tag, befehle in BEFEHLE.items():
            bild += [
                plain(call(befehl, str(fall), "--stichtag", tag, "--json")[0], bestand) for befehl in befehle
            ]
        ziel = tmp_path / f"akte-{weg}"
        call("akte", str(fall), "--ziel", str(ziel), "--stichtag", SPAETER)
        papiere = look_into(ziel, bestand)
        vorgaenge = read_fallordner(fall).vorgaenge.vorgaenge[erfasst:]
        bilder.append((bild, [comparable_step(v, fall) for v in vorgaenge if v.art != "akte"], papiere))
    (bild, schritte, papiere), (bild2, schritte2, papiere2) = bilder
    assert bild == bild2
    assert schritte == schritte2
    assert papiere == papiere2


def look_into(ziel: pathlib.Path, bestand: pathlib.Path) -> list[tuple[str, str]]:
    """Return the files of an Akte with their hashes; its list of contents as text."""
    return [
        (pfad.relative_to(ziel).as_posix(), plain(pfad.read_text("utf-8"), bestand))
        if pfad.name in ("manifest.json", "pruefsummen.sha256")
        else (pfad.relative_to(ziel).as_posix(), say(pfad))
        for pfad in sorted(ziel.rglob("*"))
        if pfad.is_file()
    ]


@pytest.mark.parametrize("datei", list_dateien(), ids=lambda datei: f"{datei.parent.name}/{datei.stem}")
@pytest.mark.umfang
def test_a_sachverhalt_says_the_same_from_steps(
    datei: pathlib.Path, tmp_path: pathlib.Path, werkstatt: WorkerPool
) -> None:
    """What a lawyer worked out for the lines of fall.yaml holds for the steps; what is refused is refused by both."""
    sachverhalt = read_sachverhalt(datei)
    fall = write_fall(sachverhalt, tmp_path)
    rest, tatsachen = split_facts(sachverhalt.fall)
    _write(fall / "fall.yaml", rest)
    erster = min(sachverhalt.erwartet)
    bekannt = sachverhalt.recht_bekannt_bis
    recht = {fall.parent: Bestandsrecht(known_up_to(bekannt))} if bekannt else {}
    gezaehlt: list[Any] = []
    for tatsache in tatsachen:
        gezaehlt.append(tatsache)
        lage = Lage(erster, werkstatt, _recht=recht)
        ergebnis = record(fall, tatsache, lage, gezaehlt.count(tatsache))
        if ergebnis.daten["nr"] is None:
            abgelehnt = {befund.code for befund in ergebnis.befunde}
            _write(fall / "fall.yaml", sachverhalt.fall)
            shutil.rmtree(fall / "vorgaenge", ignore_errors=True)
            assert abgelehnt <= ask(sachverhalt, fall, erster, werkstatt).befunde, (tatsache, ergebnis)
            return
    for tag in sachverhalt.erwartet:
        assert compare(sachverhalt, tag, ask(sachverhalt, fall, tag, werkstatt)) == []
