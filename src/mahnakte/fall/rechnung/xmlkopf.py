"""The front of an XML file as programs spoil it: blank lines, repeated byte order marks, a wrong label.

None of it leaves a doubt about the content, so it is read. What a file is inside a PDF, its first element says.
"""

import codecs
import contextlib
import dataclasses
import re

from lxml import etree

_BREITE_MARKEN = (  # the marks of UTF-32 begin with those of UTF-16
    (re.compile(re.escape(codecs.BOM_UTF32_LE)), "utf-32"),
    (re.compile(re.escape(codecs.BOM_UTF32_BE)), "utf-32"),
    (re.compile(re.escape(codecs.BOM_UTF16_LE)), "utf-16"),
    (re.compile(re.escape(codecs.BOM_UTF16_BE)), "utf-16"),
)
_BREIT_OHNE_MARKE = ((re.compile(rb"\0<\0[^\0]"), "utf-16-be"), (re.compile(rb"<\0[^\0]\0"), "utf-16-le"))
_LEERES = re.compile(rb"(?:\xef\xbb\xbf|[ \t\r\n])*")
_BREITE_ANGABE = re.compile(
    rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"'](?:utf-?16|utf-?32|ucs-?[24]|iso-10646-ucs-[24])", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, slots=True)
class Xmltext:
    """XML from its first `<` on, for a parser: `kodierung` is set where the label must not count.

    `zeilen_davor` is how many lines were cut in front, so that line numbers stay those of the file.
    """

    inhalt: bytes
    kodierung: str | None
    zeilen_davor: int


def trim_kopf(inhalt: bytes) -> Xmltext:
    """Return the XML without what programs put in front; bytes that are no XML come back as they are."""
    umgewandelt = _narrow(inhalt)
    breit = umgewandelt is not None
    roh = inhalt if umgewandelt is None else umgewandelt
    davor = _LEERES.match(roh)
    vorn = davor.group() if davor else b""
    rest = roh[len(vorn) :]
    utf8 = breit or codecs.BOM_UTF8 in vorn or _BREITE_ANGABE.match(rest)
    return Xmltext(rest, "utf-8" if utf8 else None, vorn.count(b"\n"))


def _narrow(inhalt: bytes) -> bytes | None:
    """Return UTF-16 and UTF-32 as UTF-8; None for what is neither, or not all the way through."""
    for anfang, kodierung in (*_BREITE_MARKEN, *_BREIT_OHNE_MARKE):
        if anfang.match(inhalt):
            try:
                return inhalt.decode(kodierung).encode()
            except UnicodeError:
                return None  # the parser says what is wrong
    return None


def first_element(anfang: bytes) -> str | None:
    """Return the first element ({name space}name) of XML of which the beginning is given; None where it is none."""
    text = trim_kopf(anfang)
    if not text.inhalt.startswith(b"<"):
        return None
    leser = etree.XMLPullParser(
        events=("start",), encoding=text.kodierung, resolve_entities=False, no_network=True, load_dtd=False
    )
    with contextlib.suppress(etree.XMLSyntaxError):  # what was begun before the fault still counts
        leser.feed(text.inhalt)
    elemente = (element for _, element in leser.read_events() if isinstance(element, etree._Element))
    return next((str(element.tag) for element in elemente), None)
