"""Every finding names its file: among thousands of cases nobody can guess whose it is."""

import datetime as dt
import pathlib
import shutil
from collections.abc import Iterator

import pytest

from fallbau import FAELLE
from mahnakte.ablage.herkunft import Herkunft
from mahnakte.befehle.konto import show_konto
from mahnakte.befehle.lauf import run_faelle
from mahnakte.befehle.plan import plan_faelle
from mahnakte.befehle.pruefen import check
from mahnakte.grund.worker import WorkerPool
from mahnakte.werk.laden import Lage

HERKUNFT = Herkunft("K. Beispiel", "rechner", "lauf", "2026-04-10T08:00:00Z", "0")
# By the account: what the title says about interest, and a table that ends. By the letter: a name it cannot set.
TITEL = """titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    erlassen_am: 01.04.2026
    betraege: {hauptforderung: "1.190,00", zinsen_bis: 01.04.2026, zinsen_betrag: "3,00"}
"""
FREMD = "张"


@pytest.fixture(scope="module")
def werkstatt() -> Iterator[WorkerPool]:
    with WorkerPool(2) as pool:
        yield pool


@pytest.fixture
def bestand(tmp_path: pathlib.Path) -> pathlib.Path:
    shutil.copy(FAELLE / "mahnakte.yaml", tmp_path / "mahnakte.yaml")
    text = (FAELLE / "einfach.yaml").read_text(encoding="utf-8")
    faelle = {"2026-0001": text + TITEL, "2026-0002": text.replace("name: Schuldner", f"name: {FREMD}")}
    for nummer, inhalt in faelle.items():
        (tmp_path / nummer).mkdir()
        eigener = inhalt.replace("2026-0042", nummer).replace("RE-2026-131", f"RE-{nummer}")
        (tmp_path / nummer / "fall.yaml").write_text(eigener, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("stichtag", [dt.date(2026, 4, 10), dt.date(2027, 2, 1)])
def test_every_finding_names_the_file_of_its_case(
    bestand: pathlib.Path, stichtag: dt.date, werkstatt: WorkerPool
) -> None:
    lage = Lage(stichtag, werkstatt)
    ergebnisse = [
        plan_faelle([bestand], lage),
        run_faelle([bestand], lage, HERKUNFT),
        check([bestand], lage),
        show_konto(bestand / "2026-0001", lage),
    ]
    assert all(ergebnis.befunde for ergebnis in ergebnisse)
    stellen = [befund.stelle for ergebnis in ergebnisse for befund in ergebnis.befunde]
    assert None not in stellen
    orte = {pathlib.Path(stelle.datei) for stelle in stellen if stelle and not stelle.datei.endswith(".docx")}
    assert {ort.parent.parent for ort in orte} == {bestand}  # a finding about a template names the template
