"""The traps of YAML: nothing is typed, nothing is lost, nothing explodes."""

import random

import pytest
import yaml

from mahnakte.grund import strict_yaml
from mahnakte.grund.befund import Stelle
from mahnakte.grund.strict_yaml import Abbildung, Folge, Skalar, YamlFehler, parse_yaml


def text_of(inhalt: str, schluessel: str) -> str:
    knoten = parse_yaml(inhalt.encode(), "fall.yaml").werte[schluessel]
    assert isinstance(knoten, Skalar)
    return knoten.text


@pytest.mark.parametrize(
    "text",
    [
        "01067",
        "NO",
        "no",
        "12:30:45",
        "1.250",
        "12e03",
        "2026_01",
        "47.11e+3",
        "2026-02-30",
        "=",
        "null",
        "~",
        "0x1F",
    ],
)
def test_every_scalar_stays_text(text: str) -> None:
    assert text_of(f"a: {text}\n", "a") == text


def test_lines_are_known() -> None:
    baum = parse_yaml(b"a: 1\n# Kommentar\nb:\n  - c: 2\n    d: 3\n", "fall.yaml")
    assert dict(baum.zeilen) == {"a": 1, "b": 3}
    liste = baum.werte["b"]
    assert isinstance(liste, Folge)
    erster = liste.eintraege[0]
    assert isinstance(erster, Abbildung)
    assert dict(erster.zeilen) == {"c": 4, "d": 5}


@pytest.mark.parametrize(
    ("inhalt", "code", "zeile"),
    [
        ("a: 1\nb: 2\na: 3\n", "YAML_DOPPELT", 3),
        ("a: &x 1\nb: *x\n", "YAML_VERWEIS", 1),
        ("a: *x\n", "YAML_VERWEIS", 1),
        ("a: !!python/object:os.system x\n", "YAML_TYP", 1),
        ("a:\n  <<: {b: 1}\n", "YAML_SCHLUESSEL", 2),
        ("a: 1\n---\nb: 2\n", "YAML_MEHRERE", 2),
        ("- a\n- b\n", "YAML_KEINE_ANGABEN", 1),
        ("nur ein Satz\n", "YAML_KEINE_ANGABEN", 1),
        ("", "YAML_LEER", 1),
        ("# nur Kommentar\n", "YAML_LEER", 1),
        ("a: 1\n  b: 2\n", "YAML_EINRUECKUNG", 2),
        ("a: 'offen\n", "YAML_ANFUEHRUNG", 1),
        ("a: x\u202ey\n", "YAML_ZEICHEN", 1),
        ("b: 1\na: x\x00y\n", "YAML_ZEICHEN", 2),
    ],
)
def test_refuses_with_line(inhalt: str, code: str, zeile: int) -> None:
    with pytest.raises(YamlFehler) as fehler:
        parse_yaml(inhalt.encode(), "fall.yaml")
    assert fehler.value.befund.code == code
    assert fehler.value.befund.stelle is not None
    assert fehler.value.befund.stelle.zeile == zeile


# What goes wrong in an editor: the file, its own code, the line to change, and the file when the remedy was followed.
FEHLER_IM_AUFBAU = [
    ("a: 1\nb:\n\tc: 2\n", "YAML_TABULATOR", 3, "a: 1\nb:\n  c: 2\n"),
    ("b:\n  - c: 2\n\td: 3\n", "YAML_TABULATOR", 3, "b:\n  - c: 2\n    d: 3\n"),
    ("a: 1\nb:2\nc: 3\n", "YAML_DOPPELPUNKT", 2, "a: 1\nb: 2\nc: 3\n"),
    ("a: 1\nb\nc: 3\n", "YAML_DOPPELPUNKT", 2, "a: 1\nb: 2\nc: 3\n"),
    ("a; 1\nb: 2\n", "YAML_DOPPELPUNKT", 1, "a: 1\nb: 2\n"),
    ("a: 1\nnoch ein Satz\n", "YAML_DOPPELPUNKT", 2, "a: 1 noch ein Satz\n"),
    ("a: 1\nb: Lieferung: Tisch\n", "YAML_DOPPELPUNKT_IM_TEXT", 2, "a: 1\nb: 'Lieferung: Tisch'\n"),
    ("l:\n  - b: Lieferung: Tisch\n", "YAML_DOPPELPUNKT_IM_TEXT", 2, "l:\n  - b: 'Lieferung: Tisch'\n"),
    ('a: "Text\nb: 2\n', "YAML_ANFUEHRUNG", 1, 'a: "Text"\nb: 2\n'),
    ("a: 1\nb: 'Text\nc: 2\n", "YAML_ANFUEHRUNG", 2, "a: 1\nb: Text\nc: 2\n"),
    ('a: "Haus" am See\nb: 2\n', "YAML_ANFUEHRUNG", 1, "a: '\"Haus\" am See'\nb: 2\n"),
    ("a: 'Haus' am See\n", "YAML_ANFUEHRUNG", 1, "a: '''Haus'' am See'\n"),
    ('a: "C:\\Users"\n', "YAML_RUECKSTRICH", 1, "a: 'C:\\Users'\n"),
    ('a: "rechnungen\\RE.pdf"\n', "YAML_RUECKSTRICH", 1, "a: rechnungen/RE.pdf\n"),
    ("a: @sofort\n", "YAML_ANFANG", 1, "a: '@sofort'\n"),
    ("a: `x`\n", "YAML_ANFANG", 1, "a: '`x`'\n"),
    ("a: %x\n", "YAML_ANFANG", 1, "a: '%x'\n"),
    ("a: * wichtig\n", "YAML_ANFANG", 1, "a: '* wichtig'\n"),
    ("a: > 5 Tage\n", "YAML_ANFANG", 1, "a: '> 5 Tage'\n"),
    ("a: ]\n", "YAML_ANFANG", 1, "a: ']'\n"),
    ("a: [Tisch\nb: 3\n", "YAML_KLAMMER", 1, "a: '[Tisch'\nb: 3\n"),
    ("a: {b: 1\nc: 3\n", "YAML_KLAMMER", 1, "a: {b: 1}\nc: 3\n"),
    ("b:\n  -c: 1\n  - d: 2\n", "YAML_LISTE", 3, "b:\n  - c: 1\n  - d: 2\n"),
    ("b: - c: 1\n", "YAML_LISTE", 1, "b:\n  - c: 1\n"),
    ("b:\n  c: 1\n  - d: 2\n", "YAML_LISTE", 3, "b:\n  - c: 1\n  - d: 2\n"),
    ("b:\n    c: 1\n  d: 2\n", "YAML_EINRUECKUNG", 3, "b:\n  c: 1\n  d: 2\n"),
    ("b:\n  - c: 1\n   d: 2\n", "YAML_EINRUECKUNG", 3, "b:\n  - c: 1\n    d: 2\n"),
    ("b:\n  - c: 1\n     d: 2\n", "YAML_EINRUECKUNG", 3, "b:\n  - c: 1\n    d: 2\n"),
    ("b:\n  - c: 1\n  d: 2\n", "YAML_EINRUECKUNG", 3, "b:\n  - c: 1\n  - d: 2\n"),
    ("a: 1\n...\nb: 2\n", "YAML_ZEILE", 2, "a: 1\nb: 2\n"),
    ("%Bemerkung\na: 1\n", "YAML_ZEILE", 1, "#Bemerkung\na: 1\n"),
]


@pytest.mark.parametrize("loader", [yaml.CLoader, yaml.Loader])
@pytest.mark.parametrize(("inhalt", "code", "zeile", "behoben"), FEHLER_IM_AUFBAU)
def test_each_cause_has_its_own_code_line_and_a_remedy_that_helps(
    inhalt: str, code: str, zeile: int, behoben: str, loader: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(strict_yaml, "_LOADER", loader)
    with pytest.raises(YamlFehler) as fehler:
        parse_yaml(inhalt.encode(), "fall.yaml")
    befund = fehler.value.befund
    assert (befund.code, befund.stelle) == (code, Stelle("fall.yaml", zeile))
    assert befund.abhilfe
    parse_yaml(behoben.encode(), "fall.yaml")


def test_one_cause_has_one_text() -> None:
    """Two remedies for one code only where two things can be done: open quotes, and text after closed ones."""
    texte: dict[str, set[str]] = {}
    for inhalt, code, _, _ in FEHLER_IM_AUFBAU:
        with pytest.raises(YamlFehler) as fehler:
            parse_yaml(inhalt.encode(), "fall.yaml")
        texte.setdefault(code, set()).add(fehler.value.befund.abhilfe)
    assert {code for code, saetze in texte.items() if len(saetze) > 1} == {"YAML_ANFUEHRUNG"}


def test_what_stands_twice_is_joined_not_deleted() -> None:
    with pytest.raises(YamlFehler) as fehler:
        parse_yaml(b"zahlungen:\n  - a: 1\nzahlungen:\n  - a: 2\n", "fall.yaml")
    assert "zusammenführen" in fehler.value.befund.abhilfe
    assert "löschen" not in fehler.value.befund.abhilfe


def test_refuses_latin1_size_and_depth() -> None:
    for inhalt, code in [
        ("a: Möbel\n".encode("cp1252"), "YAML_KEIN_UTF8"),
        (b"a: " + b"x" * 1_000_001, "YAML_ZU_GROSS"),
        (b"a: " + b"[" * 100_000, "YAML_TIEFE"),
        (b"a: [" + b"1," * 20_001 + b"1]", "YAML_ZU_VIEL"),
    ]:
        with pytest.raises(YamlFehler) as fehler:
            parse_yaml(inhalt, "fall.yaml")
        assert fehler.value.befund.code == code


def test_reads_bom_and_composes_characters() -> None:
    assert text_of("\ufeffa: Mu\u0308ller\n", "a") == "Müller"


def mutate(vorlage: bytes, wuerfel: random.Random) -> bytes:
    inhalt = bytearray(vorlage)
    for _ in range(wuerfel.randint(1, 6)):
        stelle = wuerfel.randrange(len(inhalt))
        match wuerfel.randrange(3):
            case 0:
                inhalt[stelle] = wuerfel.randrange(256)
            case 1:
                inhalt[stelle:stelle] = wuerfel.choice(
                    [b"[", b"{", b": ", b"\n", b"&a ", b"- ", b"'", b"\t", b"!x "]
                )
            case _:
                del inhalt[stelle : stelle + wuerfel.randint(1, 20)]
    return bytes(inhalt) or b"\n"


VORLAGE = """aktenzeichen: A-1
schuldner:
  - kennung: max
    plz: 01067
    name: 'Müller: Sohn'
betrag: 1.250,00
""".encode()


@pytest.mark.parametrize(
    "zahl", [400, pytest.param(20_000, marks=[pytest.mark.umfang, pytest.mark.timeout(600)])]
)
def test_mutants_raise_only_the_own_error(zahl: int) -> None:
    wuerfel = random.Random(20261116)
    angenommen = 0
    for _ in range(zahl):
        try:
            parse_yaml(mutate(VORLAGE, wuerfel), "fall.yaml")
            angenommen += 1
        except YamlFehler:
            pass
    assert 0 < angenommen < zahl
