"""What README and docs name exists: pages, headings, commands with their options, files, codes of findings."""

import pathlib
import re
import shlex

import click
import pytest

from mahnakte.cli.haupt import mahnakte_cli

WURZEL = pathlib.Path(__file__).resolve().parent.parent
DOKU = WURZEL / "docs"
SEITEN = [WURZEL / "README.md", WURZEL / "CONTRIBUTING.md", *sorted(DOKU.rglob("*.md"))]
TEXTE = {seite: seite.read_text(encoding="utf-8") for seite in SEITEN}
NAMEN = {seite: seite.relative_to(WURZEL).as_posix() for seite in SEITEN}
ORTE = (
    "src/mahnakte",
    "tests",
    "templates",
    "werkzeuge",
    "schemas",
    "fixtures",
    "benchmarks",
    "anforderungen",
)
DATEIEN = [
    datei.relative_to(WURZEL).as_posix()
    for ort in ORTE
    for datei in (WURZEL / ort).rglob("*")
    if datei.is_file() and "__pycache__" not in datei.parts
]
QUELLTEXT = "\n".join(
    datei.read_text(encoding="utf-8") for art in ("*.py", "*.yaml") for datei in (WURZEL / "src").rglob(art)
)
CODES = set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b", QUELLTEXT))
ANFAENGE = tuple(set(re.findall(r'f"([A-Z_]+_)\{', QUELLTEXT)))
jede_seite = pytest.mark.parametrize("seite", SEITEN, ids=NAMEN.get)


def links_of(seite: pathlib.Path) -> list[tuple[pathlib.Path, str]]:
    """Return target and anchor of each relative link; a folder stands for its README."""
    ziele = re.findall(r"\]\(([^)\s]+)\)", TEXTE[seite])
    paare = [
        ziel.partition("#")[::2] for ziel in ziele if not ziel.startswith(("http:", "https:", "mailto:"))
    ]
    pfade = [((seite.parent / pfad).resolve() if pfad else seite, anker) for pfad, anker in paare]
    return [(pfad / "README.md" if pfad.is_dir() else pfad, anker) for pfad, anker in pfade]


def anchors_of(seite: pathlib.Path) -> set[str]:
    """Return the anchors that the headings of a page have on the usual web pages for Markdown."""
    titel = re.findall(r"^#+ (.+)$", TEXTE[seite], re.MULTILINE)
    return {re.sub(r"[^\w -]", "", zeile.lower()).replace(" ", "-") for zeile in titel}


@jede_seite
def test_every_link_leads_somewhere(seite: pathlib.Path) -> None:
    for ziel, anker in links_of(seite):
        assert ziel.is_file(), f"{NAMEN[seite]}: {ziel} gibt es nicht"
        assert not anker or anker in anchors_of(ziel), (
            f"{NAMEN[seite]}: {ziel.name} hat keinen Abschnitt #{anker}"
        )


@jede_seite
def test_every_page_named_in_the_text_exists(seite: pathlib.Path) -> None:
    for name in re.findall(r"`(?:docs/)?([\w-]+\.md)`", TEXTE[seite]):
        assert any((ordner / name).is_file() for ordner in (seite.parent, DOKU, WURZEL)), (
            f"{NAMEN[seite]}: {name}"
        )


def test_the_readme_lists_each_page_once() -> None:
    liste = TEXTE[WURZEL / "README.md"].split("## Weiterlesen")[1]
    seiten = re.findall(r"\]\((docs/[^)]+)\)", liste)
    assert seiten
    assert len(seiten) == len(set(seiten))


def test_every_page_is_reached_from_the_readme() -> None:
    erreicht, offen = set(), [WURZEL / "README.md"]
    while offen:
        seite = offen.pop()
        erreicht.add(seite)
        offen += [ziel for ziel, _ in links_of(seite) if ziel in TEXTE and ziel not in erreicht]
    fern = sorted(NAMEN[seite] for seite in set(SEITEN) - erreicht)
    assert not fern, f"Von README.md aus nicht zu erreichen: {', '.join(fern)}"


def calls_of(seite: pathlib.Path) -> list[str]:
    """Return every shown call of `mahnakte`, from blocks (without the explanation beside it) and from the text."""
    bloecke = "\n".join(re.findall(r"^```\w*\n(.*?)^```", TEXTE[seite], re.MULTILINE | re.DOTALL))
    bloecke += "\n" + "\n".join(re.findall(r"^ {4}(.+)$", TEXTE[seite], re.MULTILINE))
    zeilen = re.findall(r"^(?:\.venv/bin/)?mahnakte (.+?)(?:\s{2,}.*)?$", bloecke, re.MULTILINE)
    return zeilen + re.findall(r"`mahnakte ([^`\n]+)`", TEXTE[seite])


def parse(aufruf: str) -> None:
    """Parse a call as click does, without its values: placeholders stand for paths and days."""
    worte = shlex.split(re.sub(r"[\[\]…]", " ", aufruf.replace("\\|", "|")))
    befehl, kontext = mahnakte_cli, click.Context(mahnakte_cli, info_name="mahnakte")
    while isinstance(befehl, click.Group) and worte and not worte[0].startswith("-"):
        name = worte.pop(0)
        if name.isupper():
            return  # a placeholder for any of them
        unter = befehl.get_command(kontext, name)
        if unter is None:
            raise click.UsageError(f"keinen Befehl „{name}“")
        befehl, kontext = unter, click.Context(unter, parent=kontext, info_name=name)
        if isinstance(befehl, click.Group):  # what stands between its name and the next one, like FALL
            worte = worte[len([param for param in befehl.params if isinstance(param, click.Argument)]) :]
    befehl.make_parser(kontext).parse_args(worte)


@jede_seite
def test_every_shown_call_is_one_that_the_program_takes(seite: pathlib.Path) -> None:
    for aufruf in calls_of(seite):
        try:
            parse(aufruf)
        except click.UsageError as fehler:
            pytest.fail(f"{NAMEN[seite]}: mahnakte {aufruf}: {fehler.format_message()}")


def test_calls_that_do_not_exist_are_noticed() -> None:
    for falsch in ("gibtsnicht PFAD", "plan PFAD… --gibtsnicht", "rechnen gibtsnicht", "konto FALL --pdf"):
        with pytest.raises(click.UsageError):
            parse(falsch)


@jede_seite
def test_every_named_file_exists(seite: pathlib.Path) -> None:
    orte = "|".join(ORTE)
    for pfad in re.findall(rf"(?<![\w/.])((?:{orte})/[\w./*-]*\w)", TEXTE[seite]):
        assert list(WURZEL.glob(pfad)), f"{NAMEN[seite]}: {pfad} gibt es nicht"


@jede_seite
def test_every_named_module_exists(seite: pathlib.Path) -> None:
    for name in re.findall(r"`([a-z][a-z0-9_/]*\.py)(?:::\w+)?`", TEXTE[seite]):
        gefunden = (WURZEL / name).is_file() or any(datei.endswith(f"/{name}") for datei in DATEIEN)
        assert gefunden, f"{NAMEN[seite]}: {name} gibt es nicht"


def is_known(code: str) -> bool:
    """Say whether the source has the code as it stands, or puts it together from a beginning and a word."""
    if code in CODES:
        return True
    anfaenge = (anfang for anfang in ANFAENGE if code.startswith(anfang))
    return any(f'"{code.removeprefix(anfang).lower()}"' in QUELLTEXT for anfang in anfaenge)


@jede_seite
def test_every_named_code_is_in_the_source(seite: pathlib.Path) -> None:
    for code in sorted(set(re.findall(r"`([A-Z]{2,}(?:_[A-Z0-9]+)+)`", TEXTE[seite]))):
        assert is_known(code), f"{NAMEN[seite]}: {code} steht nirgends in src"


def test_every_requirement_has_its_reason() -> None:
    kopf = (
        (WURZEL / "pyproject.toml").read_text(encoding="utf-8").split("dependencies = [")[1].split("\n]")[0]
    )
    teile = re.findall(r'^\s*"([\w-]+)', kopf, re.MULTILINE)
    gruende = TEXTE[DOKU / "entscheidungen" / "README.md"]
    fehlt = [teil for teil in teile if not re.search(rf"^\| {re.escape(teil)}\b", gruende, re.MULTILINE)]
    assert teile
    assert not fehlt, f"docs/entscheidungen/README.md: Zeile fehlt für {', '.join(fehlt)}"


def test_every_decision_is_linked() -> None:
    ordner = DOKU / "entscheidungen"
    verlinkt = {ziel for ziel, _ in links_of(ordner / "README.md")}
    assert set(ordner.glob("*.md")) - {ordner / "README.md"} <= verlinkt
