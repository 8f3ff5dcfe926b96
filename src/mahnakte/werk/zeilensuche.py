"""The line of one key of fall.yaml or mahnakte.yaml: a record knows only where it begins."""

import dataclasses
from collections.abc import Iterator, Mapping

from mahnakte.grund.befund import Stelle
from mahnakte.grund.strict_yaml import Abbildung, Folge, Knoten, YamlFehler, parse_yaml


def find_zeile(stelle: Stelle, schluessel: str, dateien: Mapping[str, bytes]) -> Stelle:
    """Return the place of a key of the record at `stelle`; the record's own place where the key does not stand.

    `dateien` are the bytes of the files by name as `stelle` has it. A record without a line is the whole file.
    """
    inhalt = next((inhalt for name, inhalt in dateien.items() if stelle.datei.endswith(name)), None)
    name = next((name for name in dateien if stelle.datei.endswith(name)), "")
    if inhalt is None:
        return stelle
    try:
        baum = parse_yaml(inhalt, name)
    except YamlFehler:
        return stelle
    for abbildung in _mappings(baum):
        if schluessel in abbildung.zeilen and stelle.zeile in (None, abbildung.zeile):
            return dataclasses.replace(stelle, zeile=abbildung.zeilen[schluessel])
    return stelle


def _mappings(knoten: Knoten) -> Iterator[Abbildung]:
    """Yield every mapping, the outer before the inner."""
    if isinstance(knoten, Abbildung):
        yield knoten
        for wert in knoten.werte.values():
            yield from _mappings(wert)
    elif isinstance(knoten, Folge):
        for eintrag in knoten.eintraege:
            yield from _mappings(eintrag)
