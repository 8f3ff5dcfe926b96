"""For each finding of `grund` an input that raises just it."""

from collections.abc import Iterator

import pytest
import yaml

from mahnakte.grund import strict_yaml
from mahnakte.grund.befund import Befund
from mahnakte.grund.datendatei import Wertknoten
from mahnakte.grund.strict_yaml import MAX_BYTES, MAX_NODES, YamlFehler, parse_yaml
from meldungsbau import Beweise

beweist = Beweise("grund")

FEHLERHAFT = {
    "YAML_ZU_GROSS": b"a: " + b"x" * MAX_BYTES,
    "YAML_KEIN_UTF8": "ort: Köln\n".encode("cp1252"),
    "YAML_ZEICHEN": "name: Bau\u200bhof\n".encode(),
    "YAML_LEER": b"# noch nichts\n",
    "YAML_KEINE_ANGABEN": b"- rechnung\n- mahnung\n",
    "YAML_MEHRERE": b"aktenzeichen: A-1\n---\naktenzeichen: A-2\n",
    "YAML_ZU_VIEL": b"a: [" + b"1," * MAX_NODES + b"1]",
    "YAML_TIEFE": b"a: " + b"[" * 30,
    "YAML_VERWEIS": b"name: &x Muster\n",
    "YAML_TYP": b"hinweis: !wichtig\n",
    "YAML_SCHLUESSEL": b"schuldner:\n  <<: Muster\n",
    "YAML_DOPPELT": b"zahlungen:\n  - betrag: 1,00\nzahlungen:\n  - betrag: 2,00\n",
    "YAML_ANFUEHRUNG": b'name: "Haus" am See\n',
    "YAML_RUECKSTRICH": b'datei: "rechnungen\\RE-1.pdf"\n',
    "YAML_TABULATOR": b"schuldner:\n\tname: Muster\n",
    "YAML_KLAMMER": b"name: [Muster\nort: Bonn\n",
    "YAML_DOPPELPUNKT": b"name: Muster\nort:Bonn\nplz: 53111\n",
    "YAML_DOPPELPUNKT_IM_TEXT": b"bezeichnung: Lieferung: Tisch\n",
    "YAML_ANFANG": b"bezeichnung: @sofort\n",
    "YAML_ZEILE": b"aktenzeichen: A-1\n...\nname: Muster\n",
    "YAML_LISTE": b"rechnungen: - nummer: 1\n",
    "YAML_EINRUECKUNG": b"schuldner:\n    name: Muster\n  ort: Bonn\n",
}


def read(inhalt: bytes) -> Iterator[Befund]:
    try:
        parse_yaml(inhalt, "fall.yaml")
    except YamlFehler as fehler:
        yield fehler.befund


for code, inhalt in FEHLERHAFT.items():
    beweist(code)(lambda _, inhalt=inhalt: read(inhalt))


@beweist("YAML_AUFBAU")
def unexplained(monkeypatch: pytest.MonkeyPatch) -> Iterator[Befund]:
    """The parser of today always says where it stopped; one that does not is replaced for the time of the test."""

    class Stumm(yaml.Loader):
        def check_event(self, *choices: type) -> bool:
            raise yaml.YAMLError

    monkeypatch.setattr(strict_yaml, "_LOADER", Stumm)
    return read(b"a: 1\n")


@beweist("RECHTSTABELLE_DEFEKT")
def cut_off(_: pytest.MonkeyPatch) -> Iterator[Befund]:
    wurzel = parse_yaml(b"tabelle: kalender\n", "werte/kalender.yaml")
    Wertknoten("werte/kalender.yaml", wurzel, wurzel).date("gedeckt_bis")
    yield from ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    beweist.check(code, monkeypatch)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
