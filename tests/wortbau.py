"""Where source code decides by a word of a vocabulary, or collects its words, instead of asking the record."""

import ast
import pathlib
import re
from collections.abc import Collection, Iterator

QUELLE = pathlib.Path(__file__).resolve().parent.parent / "src" / "mahnakte"
# Everything but the room of the vocabularies itself.
MODULE = tuple(
    modul for modul in sorted(QUELLE.rglob("*.py")) if modul.relative_to(QUELLE).parts[0] != "arten"
)

# Words that belong to another vocabulary as well, each with the reason why a module may decide by it.
GETEILTE_WORTE = {
    "hinweis": "a severity of findings; a field of the courts' catalogue and of the sheet for their portal",
    "stundung": "an event of fall.yaml, a kind of date, a group of template values",
    "mahnbescheid": "a kind of application (`mahnakte antrag`), a reason of default (§ 286 (1) sentence 2 BGB)",
    "erledigung": "what the court is told when the claim is settled (record 25)",
    "uebergabe": "a group of template values, named like the key of mahnakte.yaml",
}


def name_of(modul: pathlib.Path) -> str:
    """Return a module as tests call it: `konto/posten.py`."""
    return modul.relative_to(QUELLE).as_posix()


def find_decisions(quelltext: str, worte: Collection[str]) -> set[str]:
    """Return the words that the source compares with, matches on, looks up or collects.

    A word that is only handed on (argument of a call, default, named constant, text) decides nothing here.
    """
    gefunden: set[str] = set()
    for knoten in ast.walk(ast.parse(quelltext)):
        for ausdruck in _deciding(knoten):
            gefunden |= {
                t.value for t in _members(ausdruck) if isinstance(t, ast.Constant) and t.value in worte
            }
        if isinstance(knoten, ast.Constant) and isinstance(knoten.value, str):
            gefunden |= _alternatives(knoten.value) & set(worte)
    return gefunden


def _deciding(knoten: ast.AST) -> Iterator[ast.expr | None]:
    """Yield the expressions of a node by whose value it decides, or which it puts into a collection."""
    match knoten:
        case ast.Compare():
            yield from (knoten.left, *knoten.comparators)
        case ast.MatchValue():
            yield knoten.value
        case ast.Set() | ast.List() | ast.Tuple():
            yield from knoten.elts
        case ast.Dict():
            yield from (*knoten.keys, *knoten.values)
        case ast.Subscript():  # also Literal["…"]
            yield knoten.slice
        case ast.Call(func=ast.Attribute(attr="get" | "startswith" | "endswith" | "fullmatch" | "match")):
            yield from knoten.args[:1]


def _members(ausdruck: ast.expr | None) -> Iterator[ast.expr]:
    """Yield the expression itself, or both branches of one that chooses between two."""
    if isinstance(ausdruck, ast.IfExp):
        yield from (ausdruck.body, ausdruck.orelse)
    elif ausdruck is not None:
        yield ausdruck


def _alternatives(text: str) -> set[str]:
    """Return what a pattern or a list in one string (`a|b`, `a b`) names; prose has other signs in it."""
    teile = re.split(r"[|\s()]+", text)
    return set(teile) if len(teile) > 1 and all(re.fullmatch(r"[\w-]*", teil) for teil in teile) else set()
