"""docs/vorlagen.md names every variable and every finding; shipped sheets use documented names only."""

import importlib.util
import pathlib
import re

import pytest

from mahnakte.satz.variablen import build_example, build_sparse
from mahnakte.satz.vorlage import check_vorlage

WURZEL = pathlib.Path(__file__).resolve().parent.parent
SEITE = (WURZEL / "docs" / "vorlagen.md").read_text(encoding="utf-8")


def load_maker():
    beschreibung = importlib.util.spec_from_file_location(
        "vorlagen_doku", WURZEL / "werkzeuge" / "vorlagen_doku.py"
    )
    modul = importlib.util.module_from_spec(beschreibung)
    beschreibung.loader.exec_module(modul)
    return modul


MACHER = load_maker()


def test_the_page_is_what_the_program_knows():
    assert MACHER.renew(SEITE) == SEITE, "PYTHONPATH=src python werkzeuge/vorlagen_doku.py ausführen"


@pytest.mark.parametrize("art", MACHER.TABELLEN)
def test_every_variable_stands_with_meaning_and_example(art):
    for variable in MACHER.TABELLEN[art]:
        assert f"| `{variable.name}` | {variable.bedeutung} |" in SEITE
        assert variable.bedeutung


def test_every_finding_about_templates_is_explained():
    quelle = "".join(
        datei.read_text(encoding="utf-8") for datei in (WURZEL / "src/mahnakte/satz").glob("*.py")
    )
    kennungen = set(re.findall(r'"(VORLAGE_[A-Z_]+)"', quelle)) - {"VORLAGE_FEHLER"}
    assert kennungen
    assert kennungen <= set(re.findall(r"VORLAGE_[A-Z_]+", SEITE))


@pytest.mark.parametrize(
    "datei", sorted((WURZEL / "templates").rglob("*.docx")), ids=lambda datei: datei.name
)
def test_every_shipped_template_passes_with_its_own_names(datei):
    beispiel = build_example(MACHER.variables_of(datei))
    assert check_vorlage(datei.read_bytes(), datei.name, beispiel, build_sparse(beispiel)) == []
