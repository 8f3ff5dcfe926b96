"""Proof for the register of findings: for each code an input that raises just it.

A file tests/test_meldungen_<room>.py has a `Beweise(ort, …)` for its folders, fills it with @beweise("CODE"), and
parametrises one test over it: see tests/test_meldungen_bestand.py.
"""

import functools
import re
from collections.abc import Callable, Iterable

from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.meldung import Meldung, read_meldungen

Eingabe = Callable[..., Iterable[Befund]]
_ORTE = re.compile(r"(?:/tmp|/private|[A-Z]:\\)[^\s“”,;:]*")


class Beweise:
    """The inputs of some folders, by code. An input returns the findings that it raises, or raises Ablehnung."""

    def __init__(self, *orte: str) -> None:
        self.orte = orte
        self.eingaben: dict[str, Eingabe] = {}

    def __call__(self, code: str) -> Callable[[Eingabe], Eingabe]:
        def register(eingabe: Eingabe) -> Eingabe:
            assert code not in self.eingaben, f"{code} hat schon eine Eingabe"
            self.eingaben[code] = eingabe
            return eingabe

        return register

    @functools.cached_property
    def meldungen(self) -> dict[str, Meldung]:
        """Return the registered findings of the folders."""
        return {code: m for code, m in read_meldungen().items() if m.ort in self.orte}

    def check(self, code: str, *hilfen: object) -> None:
        """Raise the finding and hold it to its entry: just this code, its weight, its example word by word."""
        meldung = read_meldungen()[code]
        befunde = raise_befunde(functools.partial(self.eingaben[code], *hilfen))
        assert {befund.code for befund in befunde} == {code}, befunde
        for befund in befunde:
            assert befund.schwere in meldung.schweren
        texte = [show(befund.text) for befund in befunde]
        assert meldung.beispiel in texte, f"{code}: beispiel: {texte[0]}"


def show(text: str) -> str:
    """Return a text as the register shows it: folders of the test run left out, white space joined."""
    return " ".join(_ORTE.sub("…", text).split())


def raise_befunde(eingabe: Callable[[], Iterable[Befund]]) -> tuple[Befund, ...]:
    """Return what an input raises, whether it returns its findings or ends in an Ablehnung."""
    try:
        return tuple(eingabe())
    except Ablehnung as ablehnung:
        return ablehnung.befunde
