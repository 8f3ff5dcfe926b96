"""Entries as lines of fall.yaml, to be looked at and pasted: every value reads back as the same text."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

# What stays plain: begins with a letter or digit and holds nothing that YAML or our reader takes for something else.
_SCHLICHT = re.compile(r"[^\W_](?:[\w .,€/()§%+„“–-]*[\w.)€“%])?")

Wert = str | Sequence[Mapping[str, str]]


def yaml_lines(schluessel: str, eintraege: Sequence[Mapping[str, Wert]]) -> tuple[str, ...]:
    """Return `schluessel:` and its list, each entry a mapping of texts or of lists of such mappings."""
    return (f"{schluessel}:", *(zeile for eintrag in eintraege for zeile in _entry(eintrag, "  ")))


def _entry(eintrag: Mapping[str, Wert], einzug: str) -> Iterator[str]:
    vorsatz = "- "
    for name, wert in eintrag.items():
        if isinstance(wert, str):
            yield f"{einzug}{vorsatz}{name}: {_scalar(wert)}"
        else:
            yield f"{einzug}{vorsatz}{name}:"
            for teil in wert:
                yield from _entry(teil, f"{einzug}    ")
        vorsatz = "  "


def _scalar(text: str) -> str:
    return text if _SCHLICHT.fullmatch(text) else json.dumps(text, ensure_ascii=False)
