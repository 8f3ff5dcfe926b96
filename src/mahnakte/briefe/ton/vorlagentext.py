"""The texts that the paragraphs of a template can have: every way its conditions can fall, placeholders as `‹name›`.

Nothing is rendered and nothing runs: the syntax tree alone is walked. Conditions on the register (`ton.freundlich`,
`ton == "bestimmt"`) can be decided beforehand, so that a friendly block is read as part of the friendly letter only.
"""

import dataclasses
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence

from jinja2 import TemplateSyntaxError, nodes

from mahnakte.arten.brief import TONLAGEN
from mahnakte.satz.ausdruck import make_environment

MAX_VARIANTEN = 64

_TAG = re.compile(r"\{[{%#]")
_NUR_STEUERUNG = re.compile(r"(?:\s*\{[%#][^{}]*[%#]\}\s*)+")
_STEUERUNG = re.compile(
    r"\{%-?\s*(?:(?:p|tr|tc|r)\s+)?(?P<wort>if|elif|else|endif)\b(?P<bedingung>[^{}]*?)-?%\}"
)
_WORD_TAG = re.compile(r"\{([{%])(?:p|tr|tc|r)\s")
_JEDES_TAG = re.compile(r"\{[%#].*?[%#]\}")
_AUSGABE = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def has_tags(text: str) -> bool:
    """Tell whether the text is that of a template."""
    return _TAG.search(text) is not None


def depends_on_register(texte: Iterable[str]) -> bool:
    """Tell whether a condition of the template asks for the register."""
    return any(wort in tag for text in texte for tag in _JEDES_TAG.findall(text) for wort in TONLAGEN)


def expand_all(texte: Sequence[str], register: str | None) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield number (from 1) and texts of each paragraph that can appear in a letter of the register (None: any)."""
    offen: list[_Verzweigung] = []  # the conditions around the paragraph
    for nummer, text in enumerate(texte, start=1):
        if _NUR_STEUERUNG.fullmatch(text):
            for tag in _STEUERUNG.finditer(text):
                _step(offen, tag["wort"], _decide_source(tag["bedingung"], register))
        elif all(eine.sichtbar for eine in offen) and (varianten := expand(text, register)):
            yield nummer, varianten


@dataclasses.dataclass(slots=True)
class _Verzweigung:
    """A condition that spans paragraphs: can its present branch appear, and is the choice already made?"""

    sichtbar: bool
    entschieden: bool


def _step(offen: list[_Verzweigung], wort: str, wahr: bool | None) -> None:
    if wort == "if":
        offen.append(_Verzweigung(wahr is not False, wahr is True))
    elif offen and wort == "endif":
        offen.pop()
    elif offen:
        gilt = wort == "else" or wahr is not False
        offen[-1].sichtbar = gilt and not offen[-1].entschieden
        offen[-1].entschieden = offen[-1].entschieden or (wort == "elif" and wahr is True)


def expand(text: str, register: str | None = None) -> tuple[str, ...]:
    """Return the texts that one paragraph can have, the fullest first; control tags alone give none."""
    if not has_tags(text):
        return (text,)
    if _NUR_STEUERUNG.fullmatch(text):
        return ()
    try:
        baum = make_environment().parse(_WORD_TAG.sub(r"{\1 ", text))
    except TemplateSyntaxError:  # a condition that spans paragraphs: all of its text can appear
        return (_AUSGABE.sub(r"‹\1›", _JEDES_TAG.sub("", text)),)
    verzweigungen = list(baum.find_all(nodes.If))
    wahlen = itertools.product(*(_branches(eine, register) for eine in verzweigungen))
    texte = (
        "".join(_write(baum.body, dict(zip(map(id, verzweigungen), wahl, strict=True))))
        for wahl in itertools.islice(wahlen, MAX_VARIANTEN)
    )
    return tuple(dict.fromkeys(einer for einer in texte if einer.strip()))


def _branches(verzweigung: nodes.If, register: str | None) -> list[int]:
    """Return the branches that can be taken: body, each elif, else."""
    moeglich = []
    for nummer, zweig in enumerate((verzweigung, *verzweigung.elif_)):
        entschieden = _decide(zweig.test, register)
        if entschieden is not False:
            moeglich.append(nummer)
        if entschieden:
            return moeglich
    return [*moeglich, 1 + len(verzweigung.elif_)]


def _decide_source(bedingung: str, register: str | None) -> bool | None:
    try:
        baum = make_environment().parse(f"{{% if {bedingung or 'x'} %}}{{% endif %}}")
    except TemplateSyntaxError:
        return None
    verzweigung = baum.find(nodes.If)
    return None if verzweigung is None else _decide(verzweigung.test, register)


def _decide(bedingung: nodes.Node, register: str | None) -> bool | None:
    """Return whether a condition holds in a register, or None when it asks for something else."""
    if register is None:
        return None
    if isinstance(bedingung, nodes.Not):
        innen = _decide(bedingung.node, register)
        return None if innen is None else not innen
    if isinstance(bedingung, nodes.And | nodes.Or):
        return None  # mixed conditions stay open: both ways are read
    genannt = _named_registers(bedingung)
    return register in genannt if genannt else None


def _named_registers(knoten: nodes.Node) -> set[str]:
    alle = (knoten, *knoten.find_all((nodes.Getattr, nodes.Const)))
    attribute = {einer.attr for einer in alle if isinstance(einer, nodes.Getattr)}
    texte = {str(einer.value) for einer in alle if isinstance(einer, nodes.Const)}
    return (attribute | texte) & set(TONLAGEN)


def _write(knoten: Sequence[nodes.Node], wahl: dict[int, int]) -> Iterator[str]:
    for einer in knoten:
        if isinstance(einer, nodes.Output):
            for teil in einer.nodes:
                yield teil.data if isinstance(teil, nodes.TemplateData) else f"‹{_name(teil)}›"
        elif isinstance(einer, nodes.If):
            zweige = [einer.body, *(weiterer.body for weiterer in einer.elif_), einer.else_]
            yield from _write(zweige[wahl.get(id(einer), 0)], wahl)
        elif isinstance(einer, nodes.For):
            yield from _write(einer.body, wahl)


def _name(ausdruck: nodes.Node) -> str:
    """Return what a placeholder is called; an expression that is no plain name is called `Wert`."""
    if isinstance(ausdruck, nodes.Name):
        return ausdruck.name
    if isinstance(ausdruck, nodes.Getattr):
        return f"{_name(ausdruck.node)}.{ausdruck.attr}"
    if isinstance(ausdruck, nodes.Getitem):
        return _name(ausdruck.node)
    if isinstance(ausdruck, nodes.Filter) and ausdruck.node is not None:
        return _name(ausdruck.node)
    return "Wert"
