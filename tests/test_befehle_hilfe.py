"""`mahnakte hilfe`: every code that a finding or a reason can carry is explained, however it is spelt."""

import pytest

from mahnakte.antrag.regeln.pruefung import list_regeln
from mahnakte.arten.grundart import GRUENDE
from mahnakte.befehle.hilfe import explain_code, list_codes
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.meldung import read_meldungen

CODES = sorted({*read_meldungen(), *GRUENDE, *(regel.code for regel in list_regeln())})


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_explained_with_what_helps(code: str) -> None:
    ergebnis = explain_code(code)
    assert all(eintrag["abhilfe"] and eintrag["bedeutung"] for eintrag in ergebnis.daten["codes"])
    text = "\n".join(ergebnis.zeilen)
    assert text.startswith(code)
    assert "Was hilft: " in text
    assert max(map(len, ergebnis.zeilen)) <= 100


@pytest.mark.parametrize("geschrieben", ["bezahlt", " BEZAHLT ", "Bezahlt"])
def test_spelling_does_not_matter(geschrieben: str) -> None:
    assert explain_code(geschrieben).daten["codes"][0]["code"] == "BEZAHLT"


def test_a_code_that_is_finding_and_reason_is_explained_as_both() -> None:
    beides = explain_code("VERLANGTES_GEZAHLT").daten["codes"]
    assert [eintrag["was"] for eintrag in beides] == ["Befund", "Grund im Plan"]


@pytest.mark.parametrize(
    ("code", "rat"), [("BEZALT", "„BEZAHLT“"), ("XQ", "„mahnakte hilfe“ zeigt alle Codes.")]
)
def test_an_unknown_code_is_refused_with_what_is_meant(code: str, rat: str) -> None:
    with pytest.raises(Ablehnung) as gefangen:
        explain_code(code)
    assert rat in gefangen.value.befund.abhilfe


def test_the_list_has_every_code() -> None:
    assert {eintrag["code"] for eintrag in list_codes().daten["codes"]} == set(CODES)
