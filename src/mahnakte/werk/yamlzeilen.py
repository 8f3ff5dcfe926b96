"""Entries as lines of fall.yaml, to be looked at and pasted: every value reads back as the same text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# What stays plain: begins with a letter or digit and holds nothing that YAML or our reader takes for something else.
_SCHLICHT = re.compile(r"[^\W_](?:[\w .,€/()§%+„“–-]*[\w.)€“%])?")

Wert = Any  # a text, a group of keys or a list of such groups


def yaml_lines(schluessel: str, eintraege: Sequence[Mapping[str, Wert]]) -> tuple[str, ...]:
    """Return `schluessel:` and its list, each entry a mapping of texts, of such mappings, or of lists of them."""
    return (f"{schluessel}:", *(zeile for eintrag in eintraege for zeile in _entry(eintrag, "  ")))


def _entry(eintrag: Mapping[str, Wert], einzug: str) -> Iterator[str]:
    for nummer, zeile in enumerate(_group(eintrag)):
        yield f"{einzug}{'  ' if nummer else '- '}{zeile}"


def _group(werte: Mapping[str, Wert]) -> Iterator[str]:
    for name, wert in werte.items():
        if isinstance(wert, str):
            yield f"{name}: {_scalar(wert)}"
            continue
        yield f"{name}:"
        if isinstance(wert, Mapping):
            yield from (f"  {zeile}" for zeile in _group(wert))
        else:
            for teil in wert:
                yield from (f"  - {_scalar(teil)}",) if isinstance(teil, str) else _entry(teil, "  ")


def _scalar(text: str) -> str:
    return text if _SCHLICHT.fullmatch(text) else json.dumps(text, ensure_ascii=False)
