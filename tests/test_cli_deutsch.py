"""Nothing of a library's English reaches a clerk: wrong calls of every command, thousands of broken files."""

import pathlib
import random
import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from fallbau import FAELLE
from mahnakte.ablage.stoerung import describe
from mahnakte.cli.haupt import BEFEHLE, mahnakte_cli
from mahnakte.fall.lesen import read_einstellungen, read_falldatei
from mahnakte.grund.befund import Befund
from mahnakte.grund.worker import WorkerRaised

# Words of English and of the libraries' messages that no German sentence of ours has.
ENGLISCH = re.compile(
    r"\b(the|not|found|expected|unexpected|invalid|missing|errors?|should|must|value|values|required|allowed|while|"
    r"scanning|parsing|character|characters|cannot|can't|could|failed|unknown|such|given|got|extra|with|this|that|is|"
    r"are|does|exist|exists|input|field|file|directory|or|usage|options?:|try|default|permission|denied|type|str|int|"
    r"dict|list|tuple|NoneType|Traceback|pydantic|yaml\.|lxml|zipfile)\b",
    re.IGNORECASE,
)
# Our own names of commands, options, keys and files, and what is quoted from the input.
_EIGENES = re.compile(
    r"„[^“]*“|--[a-z-]+|\b[\w/.-]+\.(?:yaml|md|json|pdf|xml)\b|\[[A-Z0-9_]+\]|\bList(?:e|en)\b"
)


def english_in(text: str) -> list[str]:
    return ENGLISCH.findall(_EIGENES.sub("", text))


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    kontext = click.Context(mahnakte_cli, info_name="mahnakte")
    for name in BEFEHLE:
        command = mahnakte_cli.get_command(kontext, name)
        assert command is not None
        yield (name,), command
        if isinstance(command, click.Group):
            for unter, teil in command.commands.items():
                yield (name, unter), teil


def wrong_calls(name: tuple[str, ...], command: click.Command) -> Iterator[tuple[str, ...]]:
    yield (*name, "--quatsch")
    yield (*name, "a", "b", "c", "d", "--quatsch=1")
    if not isinstance(command, click.Group):
        yield (*name, "a", "b", "c", "d", "e", "f")
        yield name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield (*name, parameter.opts[0])
            yield (*name, f"{parameter.opts[0]}=zzz", "a")
            yield (*name, parameter.opts[0][:-1] + "x", "a")


# They ask for nothing: called so, they give their whole demonstration and the whole list.
RICHTIG = (("demo",), ("demo", "--json"), ("hilfe",), ("hilfe", "--json"))
AUFRUFE = [
    (name, aufruf)
    for name, command in commands()
    for aufruf in wrong_calls(name, command)
    if aufruf not in RICHTIG
]


@pytest.mark.parametrize("name", sorted({name for name, _ in AUFRUFE}), ids=" ".join)
def test_wrong_calls_are_answered_in_german(
    name: tuple[str, ...], tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for _, aufruf in filter(lambda paar: paar[0] == name, AUFRUFE):
        ergebnis = CliRunner().invoke(mahnakte_cli, aufruf, prog_name="mahnakte")
        assert english_in(ergebnis.output) == [], (aufruf, ergebnis.output)
        assert ergebnis.exception is None or isinstance(ergebnis.exception, SystemExit), aufruf


def sentences(befunde: tuple[Befund, ...]) -> str:
    return "\n".join(f"{befund.text}\n{befund.abhilfe}" for befund in befunde)


def mutate(zeilen: list[str], wuerfel: random.Random) -> str:
    """Break a file as an editor does: lines lost, doubled, moved, indented; values of another kind."""
    neu = list(zeilen)
    for _ in range(wuerfel.randint(1, 3)):
        stelle = wuerfel.randrange(len(neu))
        match wuerfel.randrange(7):
            case 0:
                neu[stelle] = " " * wuerfel.randint(1, 5) + neu[stelle].lstrip()
            case 1:
                del neu[stelle : stelle + wuerfel.randint(1, 3)]
            case 2:
                neu.insert(stelle, neu[wuerfel.randrange(len(neu))])
            case 3:
                neu[stelle] = re.sub(r":.*", wuerfel.choice(WERTE), neu[stelle])
            case 4:
                neu[stelle] = neu[stelle].replace(
                    ": ", wuerfel.choice([":", " ", ": - ", ": 'x' y", ': "']), 1
                )
            case 5:
                neu[stelle] = "\t" + neu[stelle]
            case _:
                neu[stelle] = re.sub(r"\w(?=\w*:)", wuerfel.choice("xyzq"), neu[stelle], count=1)
        neu = neu or ["a: 1"]
    return "\n".join(neu) + "\n"


WERTE = [":", ": []", ": {}", ": [1, 2]", ": {x: 1}", ": -1", ": 'x'", ": 99.99.2026", ": @x", ": |", ": >\n  a",
         ": 1.2.3", ": NaN", ": null", ": ~", ": true", ": [[1]]", ": {a: {b: 1}}", ": 999999999999999999"]  # fmt: skip


@pytest.mark.parametrize("datei", ["einfach.yaml", "mahnakte.yaml"])
@pytest.mark.parametrize("saat", range(4))
def test_broken_files_are_answered_in_german_with_a_remedy(datei: str, saat: int) -> None:
    read = read_einstellungen if datei == "mahnakte.yaml" else read_falldatei
    zeilen = (FAELLE / datei).read_text(encoding="utf-8").splitlines()
    if datei == "einfach.yaml":
        zeilen += [
            "zahlungen:", "  - am: 01.05.2026", "    betrag: 5,00", "ereignisse:", "  - am: 02.05.2026",
            "    art: ratenplan", "    raten:", "      - am: 01.06.2026", "        betrag: 10,00", "titel:",
            "  - kennung: vb", "    art: urteil", "    betraege:", "      hauptforderung: 5,00",
        ]  # fmt: skip
    wuerfel = random.Random(saat)
    abgelehnt = 0
    for _ in range(120):
        text = mutate(zeilen, wuerfel)
        gelesen, befunde = read(text.encode(), datei)
        assert (gelesen is None) == bool(befunde), text
        assert english_in(sentences(befunde)) == [], (sentences(befunde), text)
        assert all(befund.abhilfe for befund in befunde), (befunde, text)
        abgelehnt += gelesen is None
    assert abgelehnt > 50


def test_neither_the_system_nor_a_child_speaks_english() -> None:
    for nummer in range(1, 134):
        befund = describe(OSError(nummer, "x"), "DATEI_UNLESBAR", pathlib.Path("x"))
        assert english_in(befund.text + befund.abhilfe) == [], befund
    assert english_in(str(WorkerRaised("KeyError", "no such value found"))) == []


def test_the_words_are_found_where_they_stand() -> None:
    """The check itself can fail: messages of the libraries as they are."""
    for satz in (
        "Input should be 'a' or 'b'",
        "Field required",
        "mapping values are not allowed in this context",
        "No such file or directory",
        "Got unexpected extra argument (x)",
    ):
        assert english_in(satz)


KAPUTT = {
    "leer.xml": b"",
    "offen.xml": b"<a><b></a>",
    "fremd.xml": b"<html/>",
    "zeichen.xml": b'<?xml version="1.0" encoding="utf-8"?><a>\xff</a>',
    "doctype.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "antrag.xml": b'<mahnantraege xmlns="x"><antrag quatsch="1"/></mahnantraege>',
    "kaputt.pdf": b"%PDF-1.7\n1 0 obj <<",
    "kaputt.docx": b"PK\x03\x04kaputt",
    "kaputt.eda": b"AA" + b"x" * 126,
    "text.txt": b"nur Text",
}


@pytest.mark.parametrize("name", KAPUTT)
def test_broken_single_files_are_answered_in_german(name: str, tmp_path: pathlib.Path) -> None:
    datei = tmp_path / name
    datei.write_bytes(KAPUTT[name])
    fall = tmp_path / "bestand" / "fall"
    fall.mkdir(parents=True)
    (fall / "fall.yaml").write_bytes((FAELLE / "einfach.yaml").read_bytes())
    (fall.parent / "mahnakte.yaml").write_bytes((FAELLE / "mahnakte.yaml").read_bytes())
    je_endung = {
        ".xml": [["rechnung", str(datei)], ["eda", "pruefen", str(datei)]],
        ".pdf": [
            ["antwort", str(datei), str(fall)],
            ["neu", str(tmp_path / "neu"), "--rechnung", str(datei)],
        ],
        ".docx": [["ton", str(datei)]],
        ".eda": [["eda", "zeigen", str(datei)]],
        ".txt": [["plan", str(fall), "--einstellungen", str(datei)], ["plan", str(datei)]],
    }
    for aufruf in je_endung[datei.suffix]:
        ergebnis = CliRunner().invoke(mahnakte_cli, aufruf, prog_name="mahnakte")
        text = ergebnis.output.replace(str(tmp_path), "").replace(name, "")
        assert english_in(text) == [], (aufruf, ergebnis.output)
        assert "PROGRAMMFEHLER" not in text, (aufruf, ergebnis.output)
