"""Each finding about what courts report, by an input that raises just it."""

import datetime as dt
import functools
from collections.abc import Iterable

import pytest

from fallbau import build_fall
from mahnakte.antrag.eda.nachrichten import Ereignisvorschlag
from mahnakte.eingang.gerichtspost import interpret_vorschlag
from mahnakte.grund.befund import Befund
from mahnakte.stand.sachstand import Sachstand
from meldungsbau import Beweise

beweist = Beweise("eingang")
STICHTAG = dt.date(2026, 6, 30)
ERIKA = """  - {kennung: erika, art: person, vorname: Erika, name: Muster, strasse: Weg 2, plz: 04109, ort: Leipzig,
     land: SN, verbraucher: ja}
gesamtschuldner: ja
"""


def report(art: str, am: str, *ereignisse: str, schuldner_dazu: str = "") -> Iterable[Befund]:
    """Return what is said of one report of a court in a case with these events."""
    zusatz = "ereignisse:\n" + "".join(f"  - {ereignis}\n" for ereignis in ereignisse) if ereignisse else ""
    fall = build_fall(zusatz, schuldner_dazu=schuldner_dazu)
    vorschlag = Ereignisvorschlag(
        "2026-0042", art, dt.date.fromisoformat(am), "26123456700", "", "", f"{art}:{am}"
    )
    return interpret_vorschlag(vorschlag, Sachstand(fall, STICHTAG)).befunde


ZUGESTELLT = "{am: 15.06.2026, art: mb_zugestellt}"
NACHRICHTEN = {
    "NACHRICHT_BEKANNT": ("mb_zugestellt", "2026-06-15", ZUGESTELLT),
    "NACHRICHT_NACH_STICHTAG": ("mb_zugestellt", "2026-07-01"),
    "NACHRICHT_WIDERSPRICHT": ("mb_zugestellt", "2026-06-16", ZUGESTELLT),
    "WIDERSPRUCH_UMFANG": ("widerspruch", "2026-06-20", ZUGESTELLT),
}
for _code, _meldung in NACHRICHTEN.items():
    beweist(_code)(functools.partial(report, *_meldung))


@beweist("NACHRICHT_SCHULDNER")
def _() -> Iterable[Befund]:
    return report("mb_zugestellt", "2026-06-15", schuldner_dazu=ERIKA)


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
