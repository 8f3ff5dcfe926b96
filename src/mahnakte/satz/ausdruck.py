"""What a template may say: names, conditions, loops. Nothing else is compiled.

Three walls: an allow-list of syntax (no call, no arithmetic, no include), the documented names, and
Jinja's immutable sandbox with strict undefined, autoescape and neither globals nor loader. Sums are
computed by the account, never by a template.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import find_unsafe, normalize, propose
from mahnakte.satz.variablen import Werte

FILTER = ("length", "first", "last", "join", "upper", "lower", "trim")
LOOP = dict.fromkeys(("index", "index0", "first", "last", "length"), 0)

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.For, nodes.If, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand,
    nodes.And, nodes.Or, nodes.Not, nodes.Concat, nodes.Tuple, nodes.List,
)  # fmt: skip
_TESTS = ("defined", "none", "eq", "equalto", "ne", "in", "true", "false", "string", "number")
MAX_TEXT = 20_000
WEICHER_TRENNSTRICH = "\u00ad"  # a hint where to break; set as a letter it becomes a hyphen in every line
MINUS = "\u2212"  # as wide as a digit, unlike the hyphen


def refuse_expression(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    """Return the finding about a tag that cannot be read, is not allowed, or does not fit its values."""
    return sperre("VORLAGE_AUSDRUCK", text, abhilfe, stelle)


def make_environment() -> ImmutableSandboxedEnvironment:
    """Return the sandbox in which templates are parsed, compiled and rendered."""
    umgebung = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=write_wert, loader=None, cache_size=0
    )
    umgebung.globals.clear()
    umgebung.filters = {name: umgebung.filters[name] for name in FILTER}
    umgebung.tests = {name: umgebung.tests[name] for name in _TESTS}
    return umgebung


def write_wert(wert: object) -> object:
    """Write an amount as euro and a date the German way, so that a template says just `{{ betrag }}`."""
    if isinstance(wert, Decimal):
        return format_euro(wert).replace("-", MINUS)
    if isinstance(wert, dt.date):
        return format_datum(wert)
    return wert


def clean_werte(werte: Any, weg: str = "") -> Any:
    """Return the values with only plain types and text that Word can hold; raise Ablehnung otherwise.

    A line break or tab inside a text becomes a space: the template decides about lines.
    """
    if isinstance(werte, Mapping):
        return {name: clean_werte(wert, f"{weg}.{name}".lstrip(".")) for name, wert in werte.items()}
    if isinstance(werte, str):
        return _clean_text(werte, weg)
    if isinstance(werte, Sequence) and not isinstance(werte, bytes | bytearray):
        return [clean_werte(wert, f"{weg}[]") for wert in werte]
    if isinstance(werte, int | Decimal | dt.date):
        return werte
    raise TypeError(f"{weg}: {type(werte).__name__} does not go into a template")


def _clean_text(text: str, weg: str) -> str:
    ohne = normalize(text).replace("\t", " ").replace(WEICHER_TRENNSTRICH, "")
    gerade = " ".join(ohne.splitlines())
    if zeichen := find_unsafe(gerade):
        raise Ablehnung(
            sperre("BRIEF_ZEICHEN", f"Die Angabe „{weg}“ enthält das unerlaubte Zeichen {zeichen}.",
                   "Das unsichtbare Zeichen in fall.yaml oder mahnakte.yaml löschen.")
        )  # fmt: skip
    if len(gerade) > MAX_TEXT:
        raise Ablehnung(
            sperre("BRIEF_TEXT_LANG", f"Die Angabe „{weg}“ ist länger als {MAX_TEXT} Zeichen.", "Sie kürzen.")
        )
    return gerade


class Pruefer:
    """Walks over one parsed part and collects findings: forbidden syntax, unknown names, no list."""

    def __init__(self, beispiel: Werte, zeilen: Sequence[str], stelle: Stelle) -> None:
        self._beispiel = beispiel
        self._zeilen = zeilen
        self._stelle = stelle
        self.befunde: list[Befund] = []

    def check(self, baum: nodes.Template) -> list[Befund]:
        """Return the findings of the part."""
        self._visit(baum, self._beispiel)
        return self.befunde

    def _visit(self, knoten: nodes.Node, namen: Mapping[str, Any]) -> None:
        if not isinstance(knoten, _ALLOWED):
            art = type(knoten).__name__
            self._add(knoten, f"„{_NAMES.get(art, art)}“ ist in Vorlagen nicht erlaubt",
                      "Nur Variablen, „if“ und „for“ verwenden; gerechnet wird nicht in der Vorlage.")  # fmt: skip
            return
        if isinstance(knoten, nodes.For):
            self._visit_for(knoten, namen)
            return
        if isinstance(knoten, nodes.Name | nodes.Getattr | nodes.Getitem):
            self._resolve(knoten, namen)
            return
        if isinstance(knoten, nodes.Filter) and knoten.name not in FILTER:
            self._add(
                knoten, f"Der Filter „{knoten.name}“ ist nicht erlaubt", f"Erlaubt sind: {', '.join(FILTER)}."
            )
        if isinstance(knoten, nodes.Test) and knoten.name not in _TESTS:
            self._add(knoten, f"Die Prüfung „is {knoten.name}“ ist nicht erlaubt", "Sie streichen.")
        for kind in knoten.iter_child_nodes():
            self._visit(kind, namen)

    def _visit_for(self, schleife: nodes.For, namen: Mapping[str, Any]) -> None:
        liste = self._resolve(schleife.iter, namen)
        if not isinstance(schleife.target, nodes.Name) or schleife.recursive or schleife.test:
            self._add(schleife, "Diese Form der Schleife ist nicht erlaubt",
                      "Schreiben Sie {%tr for f in forderungen %} … {%tr endfor %}.")  # fmt: skip
            return
        if not isinstance(liste, list):
            if liste is not None:
                self._add(
                    schleife,
                    "Die Schleife läuft nicht über eine Liste",
                    "Eine Liste aus docs/vorlagen.md nennen.",
                )
            return
        innen = {**namen, schleife.target.name: liste[0], "loop": LOOP}
        for kind in (*schleife.body, *schleife.else_):
            self._visit(kind, innen)

    def _resolve(self, knoten: nodes.Node, namen: Mapping[str, Any]) -> Any:
        """Return the example behind a name, or None after a finding."""
        if isinstance(knoten, nodes.Name):
            return self._look_up(knoten, knoten.name, namen, "")
        if isinstance(knoten, nodes.Getattr):
            return self._look_up(
                knoten, knoten.attr, self._resolve(knoten.node, namen), _write_path(knoten.node)
            )
        if isinstance(knoten, nodes.Getitem) and isinstance(knoten.arg, nodes.Const):
            liste = self._resolve(knoten.node, namen)
            if isinstance(liste, list) and isinstance(knoten.arg.value, int):
                return liste[0]
        self._add(knoten, "Dieser Zugriff ist nicht erlaubt", "Nur Namen wie „forderung.betrag“ verwenden.")
        return None

    def _look_up(self, knoten: nodes.Node, name: str, ort: Any, weg: str) -> Any:
        if ort is None:
            return None
        if isinstance(ort, Mapping) and name in ort:
            return ort[name]
        bekannte = list(ort) if isinstance(ort, Mapping) else []
        voll = f"{weg}.{name}".lstrip(".")
        self._add(knoten, f"Die Variable „{voll}“ gibt es nicht", propose(name, bekannte) if bekannte else
                  f"„{weg}“ hat keine weiteren Angaben.")  # fmt: skip
        return None

    def _add(self, knoten: nodes.Node, text: str, abhilfe: str) -> None:
        zeile = knoten.lineno or 0  # some nodes of Jinja know none
        absatz = self._zeilen[zeile - 1] if 0 < zeile <= len(self._zeilen) else ""
        wo = f" (im Absatz: „{absatz}“)" if absatz else ""
        self.befunde.append(sperre("VORLAGE_VARIABLE", f"{text}{wo}.", abhilfe, self._stelle))


_NAMES = {
    "Call": "Aufruf ()", "Include": "include", "Import": "import", "FromImport": "from … import",
    "Extends": "extends", "Block": "block", "Macro": "macro", "CallBlock": "call", "Assign": "set",
    "AssignBlock": "set", "FilterBlock": "filter", "With": "with", "ScopedEvalContextModifier": "autoescape",
    "Add": "Rechnen +", "Sub": "Rechnen -", "Mul": "Rechnen *", "Div": "Rechnen /", "FloorDiv": "Rechnen //",
    "Mod": "Rechnen %", "Scope": "autoescape", "Pow": "Rechnen **", "Neg": "Vorzeichen -", "Pos": "Vorzeichen +",
    "Dict": "{ … }", "Slice": "[ : ]",
}  # fmt: skip


def _write_path(knoten: nodes.Node) -> str:
    if isinstance(knoten, nodes.Name):
        return knoten.name
    if isinstance(knoten, nodes.Getattr):
        return f"{_write_path(knoten.node)}.{knoten.attr}"
    return "…"
