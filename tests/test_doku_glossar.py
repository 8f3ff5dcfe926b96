"""docs/glossar.md is short and true; docs/namen.md, the index of modules and classes, is made from the code."""

import pathlib
import re
import runpy

WURZEL = pathlib.Path(__file__).resolve().parent.parent
QUELLE = WURZEL / "src" / "mahnakte"
SEITE = WURZEL / "docs" / "glossar.md"
MOST_BYTES = 6_500  # a page that is read, not searched


def rows_below(ueberschrift: str) -> list[str]:
    """Return the first cells of the table below a heading."""
    abschnitt = SEITE.read_text(encoding="utf-8").split(f"## {ueberschrift}\n")[1].split("\n## ")[0]
    return [zeile.split(" | ")[0].removeprefix("| ") for zeile in abschnitt.splitlines() if " | " in zeile][
        1:
    ]


def test_the_index_of_names_is_made_from_the_code() -> None:
    werkzeug = runpy.run_path(str(WURZEL / "werkzeuge" / "namen_doku.py"))
    seite = (WURZEL / "docs" / "namen.md").read_text(encoding="utf-8")
    assert seite == werkzeug["write_page"](), "python werkzeuge/namen_doku.py"


def test_the_glossary_can_be_read_through() -> None:
    assert SEITE.stat().st_size <= MOST_BYTES


def test_words_stand_in_alphabetical_order_and_once() -> None:
    for ueberschrift in ("Wörter der Sache", "Wörter der Maschine"):
        woerter = [wort.strip("`").casefold() for wort in rows_below(ueberschrift)]
        assert woerter == sorted(set(woerter))


def test_every_verb_is_used() -> None:
    quelle = "\n".join(datei.read_text(encoding="utf-8") for datei in QUELLE.rglob("*.py"))
    for verb in rows_below("Wörter der Maschine"):
        assert re.search(rf"\bdef {verb.strip('`')}(_\w+)?\(", quelle), verb
