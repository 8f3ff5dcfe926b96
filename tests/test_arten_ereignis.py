"""The vocabulary of events: it stands once, and what an act of court proceedings does is asked of every one of them."""

import dataclasses
import itertools

import pytest

from mahnakte.arten.ereignis import EREIGNISARTEN, GERICHTSAKTE, SCHICKSALE, VERFAHRENSAKTE
from mahnakte.fall.modell import Ereignis

IMMER = {"am", "art", "schuldner", "stelle"}


def test_every_key_of_a_kind_is_a_key_of_events() -> None:
    felder = {feld.name for feld in dataclasses.fields(Ereignis)} - IMMER
    benutzt = set(itertools.chain.from_iterable((*a.pflicht, *a.erlaubt) for a in EREIGNISARTEN.values()))
    assert benutzt == felder


@pytest.mark.parametrize("art", EREIGNISARTEN.values(), ids=lambda art: art.wort)
def test_a_kind_is_whole(art) -> None:
    assert art.name
    assert not set(art.pflicht) & set(art.erlaubt)
    if art.beginnt or art.scheitert or art.tituliert:
        assert art.abschnitt is not None
    if art.abschnitt is not None or art.wort in ("insolvenz", "verstorben", "betreuung"):
        assert art.akte == "gericht"


def test_the_acts_of_the_procedure_are_the_fourteen_of_the_zpo() -> None:
    """§§ 688 to 703d ZPO, as docs/fall-yaml.md lists them; enforcement comes on top."""
    assert set(VERFAHRENSAKTE) == {
        "antrag_eingereicht", "monierung", "antrag_zurueckgewiesen", "mb_erlassen", "mb_zugestellt",
        "mb_nicht_zugestellt", "widerspruch", "abgabe", "anspruchsbegruendung", "vb_beantragt", "vb_erlassen",
        "vb_zugestellt", "einspruch", "rechtskraft",
    }  # fmt: skip
    assert set(GERICHTSAKTE) == {*VERFAHRENSAKTE, "vollstreckung", "pfaendung_zugestellt"}
    assert set(SCHICKSALE) == {
        "insolvenz", "insolvenz_angemeldet", "verstorben", "unbekannt_verzogen", "betreuung",
    }  # fmt: skip
