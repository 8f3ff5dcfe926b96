"""The public door: its page as shown, cheap to import, typed, and German words instead of tracebacks."""

import ast
import contextlib
import datetime as dt
import importlib
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal

import pytest
from click.testing import CliRunner

import mahnakte
from mahnakte.cli.haupt import mahnakte_cli
from mahnakte.grund.worker import WorkerPool

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
SEITE = (WURZEL / "docs" / "bibliothek.md").read_text(encoding="utf-8")
FAELLE = WURZEL / "fixtures" / "faelle"
STICHTAG = "2026-04-10"
BEISPIELE = re.findall(r"^```python\n(.+?)^```\n\n```text\n(.+?)^```", SEITE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def ordner(tmp_path: pathlib.Path) -> pathlib.Path:
    fall = tmp_path / "bestand" / "2026-0042"
    fall.mkdir(parents=True)
    shutil.copy(FAELLE / "mahnakte.yaml", fall.parent / "mahnakte.yaml")
    shutil.copy(FAELLE / "einfach.yaml", fall / "fall.yaml")
    return fall


def command_json(*woerter: str) -> dict[str, object]:
    daten: dict[str, object] = json.loads(CliRunner().invoke(mahnakte_cli, [*woerter, "--json"]).stdout)
    return daten


# --- the page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "ausgabe"), BEISPIELE)
def test_the_page_shows_what_happens(text: str, ausgabe: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(WURZEL)
    gedruckt = io.StringIO()
    with contextlib.redirect_stdout(gedruckt):
        exec(compile(text, "docs/bibliothek.md", "exec"), {"__name__": "beispiel"})
    assert gedruckt.getvalue() == ausgabe


def test_every_block_of_the_page_is_run() -> None:
    assert SEITE.count("```python") == len(BEISPIELE) == 5


def test_an_account_in_five_lines_with_one_import() -> None:
    zeilen = [zeile for zeile in BEISPIELE[0][0].splitlines() if zeile]
    assert len(zeilen) <= 5
    assert sum("import" in zeile for zeile in zeilen) == 1


def test_the_readme_shows_the_same_five_lines() -> None:
    readme = (WURZEL / "README.md").read_text(encoding="utf-8")
    assert f"```python\n{BEISPIELE[0][0]}```" in readme


def test_the_page_explains_only_names_of_the_door() -> None:
    genannt = set(re.findall(r"mahnakte\.([A-Za-z_]+)\(", SEITE)) | set(
        re.findall(r"`([A-Z][a-z][a-zA-Z]+)`", SEITE)
    )
    assert genannt - {"Decimal"} <= set(mahnakte._ORTE)


# --- the import -------------------------------------------------------------------------------------------


def test_importing_the_door_loads_no_room_and_no_library() -> None:
    befehl = (
        "import sys; v = set(sys.modules); import mahnakte; print(*(set(sys.modules) - v)); dir(mahnakte)"
    )
    ergebnis = subprocess.run(
        [sys.executable, "-P", "-S", "-c", befehl], capture_output=True, text=True, check=True, timeout=60,
        env={"PYTHONPATH": str(QUELLE.parent), "SYSTEMROOT": ""},
    )  # fmt: skip
    fremde = {name.split(".")[0] for name in ergebnis.stdout.split()} - set(sys.stdlib_module_names)
    assert fremde == {"mahnakte"}
    assert {name for name in ergebnis.stdout.split() if name.startswith("mahnakte")} == {"mahnakte"}


def test_type_checkers_and_the_running_program_see_the_same_names() -> None:
    baum = ast.parse((QUELLE / "__init__.py").read_text(encoding="utf-8"))
    block = next(knoten for knoten in baum.body if isinstance(knoten, ast.If))
    gesehen = {
        alias.asname: (knoten.module or "").removeprefix("mahnakte.")
        for knoten in block.body
        if isinstance(knoten, ast.ImportFrom)
        for alias in knoten.names
        if alias.asname == alias.name
    }
    assert gesehen == mahnakte._ORTE
    assert (QUELLE / "py.typed").is_file()


@pytest.mark.parametrize("name", mahnakte._ORTE)
def test_every_name_is_there_and_explained(name: str) -> None:
    wert = getattr(mahnakte, name)
    assert wert is getattr(importlib.import_module(f"mahnakte.{mahnakte._ORTE[name]}"), name)
    assert wert.__doc__
    assert name in dir(mahnakte)
    assert not (QUELLE / name).exists(), "ein Raum desselben Namens würde den Namen verdecken"


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(mahnakte, "gibt_es_nicht")


def test_the_door_never_looks_at_the_clock() -> None:
    for modul in (QUELLE / "bibliothek").glob("*.py"):
        assert not re.search(r"\b(today|now|time)\(", modul.read_text(encoding="utf-8")), modul


# --- a case -----------------------------------------------------------------------------------------------


def test_the_answers_are_those_of_the_commands(ordner: pathlib.Path, werkstatt: WorkerPool) -> None:
    tag = ("--stichtag", STICHTAG)
    with mahnakte.oeffne(ordner, stichtag=STICHTAG, werkstatt=werkstatt) as fall:
        konto, plan, fristen = fall.konto(), fall.plan(), fall.fristen()
        assert konto.as_json().items() <= command_json("konto", str(ordner), *tag).items()
        assert [plan.as_json()] == command_json("plan", str(ordner), *tag)["faelle"]
        zeilen = [{"aktenzeichen": "2026-0042", **eintrag.as_json()} for eintrag in fristen]
        assert zeilen == command_json("fristen", str(ordner), *tag)["fristen"]
        befunde = [befund.as_json() for befund in fall.befunde()]
        assert befunde == command_json("pruefen", str(ordner), *tag)["befunde"]


def test_a_question_may_name_its_own_day(werkstatt: WorkerPool) -> None:
    demo = str(WURZEL / "fixtures" / "demo" / "2026-0087")
    fall = mahnakte.oeffne(demo, stichtag=dt.date(2026, 11, 16), werkstatt=werkstatt)
    assert fall.konto("05.10.2026").stichtag == dt.date(2026, 10, 5)
    assert fall.konto("2026-10-05").zinsen == 0  # due on this day, in default from the next
    assert fall.konto().zinsen == Decimal("21.74")
    assert mahnakte.oeffne(demo, werkstatt=werkstatt).konto(dt.date(2026, 11, 16)) == fall.konto()


def test_a_case_that_is_refused_says_every_reason(ordner: pathlib.Path, werkstatt: WorkerPool) -> None:
    datei = ordner / "fall.yaml"
    datei.write_text(datei.read_text(encoding="utf-8") + "unbekannt: 1\nnochwas: 2\n", encoding="utf-8")
    fall = mahnakte.oeffne(ordner, stichtag=STICHTAG, werkstatt=werkstatt)
    with pytest.raises(mahnakte.Ablehnung) as konto:
        fall.konto()
    assert len(konto.value.befunde) == 2
    assert all(befund.stelle and befund.stelle.zeile for befund in konto.value.befunde)
    with pytest.raises(mahnakte.Ablehnung):
        fall.fristen()
    assert fall.plan().gruende
    assert not fall.plan().schritte


def test_unreadable_settings_and_unknown_debtors_are_said(
    ordner: pathlib.Path, werkstatt: WorkerPool
) -> None:
    fall = mahnakte.oeffne(ordner, stichtag=STICHTAG, werkstatt=werkstatt)
    with pytest.raises(mahnakte.NichtBegonnen, match="niemand"):
        fall.konto(schuldner="niemand")
    fremd = mahnakte.oeffne(
        ordner, stichtag=STICHTAG, einstellungen=ordner / "fehlt.yaml", werkstatt=werkstatt
    )
    for frage in (fremd.konto, fremd.plan, fremd.fristen, fremd.befunde):
        with pytest.raises(mahnakte.NichtBegonnen):
            frage()


@pytest.mark.parametrize("pfad", ["gibt-es-nicht", "fixtures/demo", "README.md"])
def test_what_is_no_case_folder_is_refused(pfad: str) -> None:
    with pytest.raises(mahnakte.NichtBegonnen) as fehler:
        mahnakte.oeffne(WURZEL / pfad, stichtag=STICHTAG)
    assert fehler.value.befunde[0].abhilfe


def test_a_fault_of_ours_is_a_refusal_with_its_cause(
    ordner: pathlib.Path, werkstatt: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("mahnakte.bibliothek.fallzugang.load_fall", stumble)
    with pytest.raises(mahnakte.Ablehnung) as fehler:
        mahnakte.oeffne(ordner, stichtag=STICHTAG, werkstatt=werkstatt).konto()
    assert fehler.value.befund.code == "PROGRAMMFEHLER"
    assert isinstance(fehler.value.__cause__, ZeroDivisionError)


def test_nothing_is_written(ordner: pathlib.Path, werkstatt: WorkerPool) -> None:
    vorher = sorted(ordner.parent.rglob("*"))
    with mahnakte.oeffne(ordner, stichtag=STICHTAG, werkstatt=werkstatt) as fall:
        fall.konto(), fall.plan(), fall.fristen(), fall.befunde()
    assert sorted(ordner.parent.rglob("*")) == vorher


def test_a_program_without_a_guard_runs_once(tmp_path: pathlib.Path) -> None:
    """Child processes must not import the caller's script: it would run a second time."""
    skript = tmp_path / "skript.py"
    rechnung = WURZEL / "fixtures/demo/2026-0087/rechnungen/RE-2026-178.xml"
    skript.write_text(
        f"import mahnakte\nprint(mahnakte.lies_rechnung(open({str(rechnung)!r}, 'rb').read()).rechnung.nummer)\n"
        f"open({str(tmp_path / 'spur')!r}, 'a').write('x')\n"
    )
    ergebnis = subprocess.run(
        [sys.executable, "-P", str(skript)], capture_output=True, text=True, check=True, timeout=60,
        env={"PYTHONPATH": str(QUELLE.parent), "SYSTEMROOT": ""},
    )  # fmt: skip
    assert (ergebnis.stdout, ergebnis.stderr) == ("RE-2026-178\n", "")
    assert (tmp_path / "spur").read_text() == "x"


# --- invoices and calculators ------------------------------------------------------------------------------


def test_an_unreadable_invoice_is_a_finding(werkstatt: WorkerPool) -> None:
    gelesen = mahnakte.lies_rechnung(b"kein PDF", name="brief.txt", werkstatt=werkstatt)
    assert gelesen.rechnung is None
    assert str(gelesen.befunde[0].stelle) == "brief.txt"


def test_the_calculators_take_values_and_text_alike() -> None:
    text = mahnakte.zinsen("1.500,00", "15.09.2009", "17.02.2012", punkte="8")
    werte = mahnakte.zinsen(Decimal(1500), dt.date(2009, 9, 15), dt.date(2012, 2, 17), punkte=8)
    assert text == werte
    assert (text.zinsen, len(text.zeilen)) == (Decimal("297.50"), 6)
    # I31 and I11 of vectors_interest.csv, as in test_befehle_rechnen.py
    assert mahnakte.zinsen(
        800, "2022-06-15", "2023-02-28", punkte=5, methode="act/365", rundung="ende"
    ).zinsen == Decimal("26.62")
    assert mahnakte.zinsen(10000, "2023-12-02", "2024-01-31", satz="4,0").zinsen == Decimal("66.76")
    assert mahnakte.gebuehr("gkg", "300", satz="0,3", am="2026-01-15").betrag == Decimal("15.00")


@pytest.mark.parametrize(
    "frage",
    [
        lambda: mahnakte.zinsen(1500.5, "2026-01-01", "2026-02-01", punkte=5),  # type: ignore[arg-type]
        lambda: mahnakte.zinsen("1500.50 EUR", "2026-01-01", "2026-02-01", punkte=5),
        lambda: mahnakte.zinsen(True, "2026-01-01", "2026-02-01", punkte=5),
        lambda: mahnakte.zinsen(Decimal("NaN"), "2026-01-01", "2026-02-01", punkte=5),
        lambda: mahnakte.zinsen(1500, "2026-02-30", "2026-02-01", punkte=5),
        lambda: mahnakte.zinsen(1500, "2026-01-01", "2026-02-01", punkte="fünf"),
        lambda: mahnakte.basiszins(dt.datetime(2026, 1, 1)),  # noqa: DTZ001
        lambda: mahnakte.basiszins("1990-01-01"),
        lambda: mahnakte.frist("2026-01-01", "bald"),
        lambda: mahnakte.frist("2026-01-01", "2w", land="XX"),
    ],
)
def test_what_is_not_exact_is_refused_in_german(frage: Callable[[], object]) -> None:
    with pytest.raises(mahnakte.Ablehnung) as fehler:
        frage()
    assert fehler.value.befund.abhilfe


@pytest.mark.parametrize("angaben", [{}, {"punkte": 5, "satz": 4}])
def test_interest_needs_exactly_one_rate(angaben: dict[str, int]) -> None:
    with pytest.raises(mahnakte.NichtBegonnen):
        mahnakte.zinsen(1500, "2026-01-01", "2026-02-01", **angaben)  # type: ignore[arg-type]
