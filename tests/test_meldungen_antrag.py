"""Each finding about the XML of applications, by an input that raises just it."""

import functools
from collections.abc import Iterable

import pytest

from fallbau import FAELLE
from mahnakte.antrag import xml_read
from mahnakte.grund.befund import Befund
from meldungsbau import Beweise

beweist = Beweise("antrag")
GRUNDFALL = (FAELLE.parent / "antrag" / "grundfall.xml").read_text(encoding="utf-8")


def change(alt: str, neu: str) -> Iterable[Befund]:
    """Return what is wrong with the base case when one thing in it is changed."""
    assert alt in GRUNDFALL
    return xml_read.validate_xml(GRUNDFALL.replace(alt, neu, 1).encode(), "antrag.xml")


ANTRAG = GRUNDFALL[GRUNDFALL.index("  <antrag ") : GRUNDFALL.index("</mahnantraege>")]
AENDERUNGEN = {
    "XML_KODIERUNG": ("UTF-8", "ISO-8859-1"),
    "XML_DOCTYPE": ("<mahnantraege ", '<!DOCTYPE m SYSTEM "file:///etc/passwd"><mahnantraege '),
    "XML_TIEFE": ("<ort>", "<ort>" + "<a>" * 1000),
    "XML_AUFBAU": ("</antrag>", ""),
    "XML_WURZEL": ("urn:mahnakte:mahnantrag:1", "urn:mahnakte:mahnantrag:2"),
    "XML_FEHLT": (ANTRAG, ""),
    "XML_UNERWARTET": ("<plz>01067</plz>", ""),
    "XML_ATTRIBUT": ("<rechtsform>GmbH", '<rechtsform sprache="de">GmbH'),
    "XML_TEXT": ("<rechtsform>", "und<rechtsform>"),
    "XML_LEER": ("<rechtsform>GmbH</rechtsform>", "<rechtsform/>"),
    "XML_ZU_LANG": ("Möbelhaus Übersee GmbH", "Möbelhaus für Übersee und Binnenland GmbH"),
    "XML_ZEICHEN": ("<ort>Dresden</ort>", "<ort>Dresdeń</ort>"),
    "XML_RAND": ("<rechtsform>GmbH", "<rechtsform> GmbH"),
    "XML_FORM": ("<plz>04275</plz>", "<plz>4275</plz>"),
    "XML_WERT": ("39418 Staßfurt", "70154 Stuttgart"),
    "XML_ZAHL": ("1440.00", "1440,00"),
    "XML_DATUM": ("2026-02-03", "2026-02-30"),
    "XML_BEREICH": ("2026-02-03", "1926-02-03"),
    "XML_SCHEMA": (
        "<plz>01067",
        '<plz xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="zahl">01067',
    ),
}
for _code, _aenderung in AENDERUNGEN.items():
    beweist(_code)(functools.partial(change, *_aenderung))


@beweist("XML_ZU_GROSS")
def _() -> Iterable[Befund]:
    return xml_read.validate_xml(bytes(64_000_001), "antrag.xml")


@beweist("XML_ABBRUCH")
def _() -> Iterable[Befund]:
    """The end comes after the faults that led to it."""
    viele = GRUNDFALL.replace(ANTRAG, ANTRAG.replace("<plz>01067</plz>", "<plz/>") * 500)
    *fehler, ende = xml_read.validate_xml(viele.encode(), "antrag.xml")
    assert {befund.code for befund in fehler} == {"XML_LEER"}
    return [ende]


@pytest.mark.parametrize("code", beweist.meldungen)
def test_an_input_raises_just_this_finding(code: str) -> None:
    beweist.check(code)


def test_every_code_has_its_input() -> None:
    assert set(beweist.eingaben) == set(beweist.meldungen)
