"""The word lists of this package: woerter/*.yaml, one file for each kind of finding, read strictly."""

import dataclasses
import functools
import re

from mahnakte.arten.brief import TONLAGEN
from mahnakte.briefe.ton.muster import compile_muster
from mahnakte.grund.befund import Schwere
from mahnakte.grund.datendatei import Wertknoten, read_datendatei

_NUMMER: dict[str, int] = {ton: nummer for nummer, ton in enumerate(TONLAGEN)}
LISTEN = ("hart", "drohung", "vorwurf", "uebertreibung", "register", "amtsdeutsch")


@dataclasses.dataclass(frozen=True, slots=True)
class Eintrag:
    """One entry of a word list: what it looks for, when it keeps silent, what it says.

    `ab` and `bis` are registers, as numbers (0 friendly, 2 firm): outside of them the entry speaks.
    """

    stelle: str
    code: str
    schwere: Schwere
    muster: re.Pattern[str]
    mit: re.Pattern[str] | None
    ohne: re.Pattern[str]
    erklaert: re.Pattern[str]
    verneinung_egal: bool
    nur_vor_titel: bool
    ab: int | None
    bis: int | None
    warum: str
    besser: str


@functools.cache
def read_woerter(name: str) -> Wertknoten:
    """Return the top of woerter/<name>.yaml; a faulty file is a damaged installation and raises Ablehnung."""
    return read_datendatei("mahnakte.briefe.ton", f"woerter/{name}.yaml")


@functools.cache
def read_eintraege(name: str) -> tuple[Eintrag, ...]:
    """Return the entries of a word list. What an entry leaves out stands in the head of the file."""
    return tuple(_read_eintrag(knoten) for knoten in read_woerter(name).entries("eintraege"))


def _read_eintrag(knoten: Wertknoten) -> Eintrag:
    mit = knoten.texts("mit")
    gross = knoten.find_text("gross") == "ja"
    return Eintrag(
        stelle=f"{knoten.datei}:{knoten.knoten.zeile}",
        code=knoten.text("code"),
        schwere=Schwere(knoten.text("schwere")),
        muster=compile_muster(knoten.texts("muster"), gross=gross),
        mit=compile_muster(mit) if mit else None,
        ohne=compile_muster(knoten.texts("ohne")),
        erklaert=compile_muster(knoten.texts("erklaert")),
        verneinung_egal=knoten.find_text("verneinung") == "egal",
        nur_vor_titel=knoten.find_text("nur_vor_titel") == "ja",
        ab=_register(knoten.find_text("ab")),
        bis=_register(knoten.find_text("bis")),
        warum=knoten.text("warum"),
        besser=knoten.text("besser"),
    )


def _register(name: str | None) -> int | None:
    return None if name is None else _NUMMER[name]


@functools.cache
def read_grenze(name: str) -> int:
    """Return one limit of woerter/grenzen.yaml."""
    return int(read_woerter("grenzen").mapping("grenzen").mapping(name).text("wert"))


@functools.cache
def read_muster(datei: str, schluessel: str) -> re.Pattern[str]:
    """Return the list of patterns under a key at the top of a file."""
    return compile_muster(read_woerter(datei).texts(schluessel))
