"""Each finding about what courts report, by an input that raises just it."""

import datetime as dt
import functools
from collections.abc import Iterable
from decimal import Decimal

import pytest

import gerichtsbau
from fallbau import build_fall
from mahnakte.antrag.eda.nachrichten import Beanstandung, Ereignisvorschlag, read_nachrichten
from mahnakte.eingang.freigabeliste import read_freigabeliste
from mahnakte.eingang.gerichtspost import Gerichtsnachricht, interpret_vorschlag
from mahnakte.eingang.monierung import explain_beanstandung
from mahnakte.grund.befund import Befund, Stelle
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


@beweist("WIDERSPRUCH_TEIL")
def _() -> Iterable[Befund]:
    vorschlag = Ereignisvorschlag(
        "2026-0042", "widerspruch", dt.date(2026, 6, 20), "26123456700", "", "", "x", Decimal(400)
    )
    return interpret_vorschlag(vorschlag, Sachstand(build_fall(), STICHTAG)).befunde


@beweist("NACHRICHT_NUMMERN")
def _() -> Iterable[Befund]:
    satz = gerichtsbau.issued("2026-0042", "260620", "26123456700", "26123456800")
    (nachricht,), _ = read_nachrichten(gerichtsbau.court_file("03", satz), "GERICHT.EDA")
    fall = build_fall(schuldner_dazu=ERIKA)
    return [b for v in Gerichtsnachricht(nachricht).propose(Sachstand(fall, STICHTAG)) for b in v.befunde]


@beweist("MONIERUNG_FELD")
def _() -> Iterable[Befund]:
    einwand = Beanstandung("123", "AGPLZ", "04109", Stelle("GERICHT.EDA", 3))
    return explain_beanstandung(einwand, build_fall(), lambda stelle, _: stelle)


@beweist("ANTRAGSLISTE_UNLESBAR")
def _() -> Iterable[Befund]:
    read_freigabeliste(b"2026-0042\n2026-0042\n", "liste.txt")
    return ()


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
