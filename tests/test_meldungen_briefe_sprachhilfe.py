"""Each finding about the page that says the facts of a letter in another language: the input that raises just it."""

import functools
from collections.abc import Iterable

import pytest

from briefbau import draft_letters, sound_case
from mahnakte.briefe.sprachhilfe.hilfe import (
    Hilfe,
    check_gegen_brief,
    check_seite,
    compute_hilfe,
    find_luecke,
)
from mahnakte.briefe.sprachhilfe.sprache import load_sprache
from mahnakte.grund.befund import Befund
from mahnakte.satz.druck import Satz
from mahnakte.satz.druckbild import Druckbild
from meldungsbau import Beweise

beweist = Beweise("briefe/sprachhilfe")


@functools.cache
def draft_page() -> Hilfe:
    (entwurf,) = draft_letters(sound_case("mahnung-1"), "mahnung-1")
    return compute_hilfe("mahnung-1", "pl", entwurf.werte, antwortbogen=True)


@beweist("SPRACHHILFE_SPRACHE")
def french() -> Iterable[Befund]:
    load_sprache("fr")
    return ()


@beweist("SPRACHHILFE_BRIEFART")
def a_letter_without_page() -> Iterable[Befund]:
    befund = find_luecke("stundung", "pl")
    return () if befund is None else (befund,)


@beweist("SPRACHHILFE_ANDERER_WORTLAUT")
def a_letter_with_other_words() -> Iterable[Befund]:
    """The letter has every fact of the page, and the words for each of its sentences but one."""
    hilfe = draft_page()
    check_gegen_brief(hilfe, " ".join((*hilfe.im_brief, *(worte[0] for worte in hilfe.anker[1:]))))
    return ()


@beweist("SPRACHHILFE_UNVOLLSTAENDIG")
def a_second_page() -> Iterable[Befund]:
    hilfe = draft_page()
    check_seite(Satz(b"", b"", "", Druckbild((" ".join(hilfe.saetze), ""), "", (), ())), hilfe)
    return ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
