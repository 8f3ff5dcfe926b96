"""From XML bytes to an ERechnung, by a parser that trusts nothing."""

from lxml import etree

from mahnakte.fall.rechnung import dateimuster
from mahnakte.fall.rechnung.auszug import Auszug, Fundort, Xmlergebnis
from mahnakte.fall.rechnung.muster import Muster
from mahnakte.fall.rechnung.syntax import BESTELLUNGEN, SYNTAXEN
from mahnakte.fall.rechnung.xmlkopf import Xmltext, trim_kopf
from mahnakte.grund.befund import Ablehnung, Stelle

MAX_BYTES = 25_000_000
_UEBLICH = (
    10_000_000  # bytes up to which libxml2's own limits hold; a larger text is an enclosed file (BG-24)
)

_FEHLERARTEN = {
    etree.ErrorTypes.ERR_INVALID_ENCODING: dateimuster.KODIERUNG,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: dateimuster.KODIERUNG,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: dateimuster.KODIERUNG,
    etree.ErrorTypes.ERR_INVALID_CHAR: dateimuster.KODIERUNG,
    etree.ErrorTypes.I18N_CONV_FAILED: dateimuster.KODIERUNG,
    etree.ErrorTypes.ERR_RESERVED_XML_NAME: dateimuster.XML_VORSPANN,
    etree.ErrorTypes.ERR_DOCUMENT_EMPTY: dateimuster.XML_ENDE,
    etree.ErrorTypes.ERR_DOCUMENT_END: dateimuster.XML_ENDE,
    etree.ErrorTypes.ERR_TAG_NOT_FINISHED: dateimuster.XML_ENDE,
    etree.ErrorTypes.ERR_CDATA_NOT_FINISHED: dateimuster.XML_ENDE,
}


def read_xml(inhalt: bytes, datei: str, *, zeilen: bool = True) -> Xmlergebnis:
    """Read the bytes of an invoice XML; raise Ablehnung when they are none.

    `zeilen` is False for XML inside a PDF: a line number there means nothing to the reader of the finding.
    """
    if len(inhalt) > MAX_BYTES:
        raise Ablehnung(dateimuster.ZU_GROSS.finding(Stelle(datei), grenze=str(MAX_BYTES // 1_000_000)))
    text = trim_kopf(inhalt)
    ort = Fundort(datei, text.zeilen_davor if zeilen else None)
    wurzel = _parse(text, ort)
    syntax = SYNTAXEN.get(str(wurzel.tag))
    if syntax is not None:
        return Auszug(wurzel, syntax, ort).read()
    name = etree.QName(wurzel).localname
    if name in BESTELLUNGEN:
        raise Ablehnung(dateimuster.BESTELLUNG.finding(Stelle(datei)))
    raise Ablehnung(dateimuster.XML_FREMD.finding(Stelle(datei), name=name))


def _parse(text: Xmltext, ort: Fundort) -> etree._Element:
    if len(text.inhalt) > _UEBLICH and b"<!DOCTYPE" in text.inhalt:
        raise Ablehnung(dateimuster.DOCTYPE.finding(ort.line(None)))
    # Entities, DTDs and the network stay off: a debtor's file must not read ours (XXE).
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=len(text.inhalt) > _UEBLICH, encoding=text.kodierung,
    )  # fmt: skip
    try:
        wurzel = etree.fromstring(text.inhalt, parser)
    except etree.XMLSyntaxError as fehler:
        raise Ablehnung(_classify(fehler, text.inhalt).finding(ort.line(fehler.lineno))) from None
    if wurzel.getroottree().docinfo.doctype:  # type: ignore[union-attr] # the stubs do not know it
        raise Ablehnung(dateimuster.DOCTYPE.finding(ort.line(None)))
    return wurzel


def _classify(fehler: etree.XMLSyntaxError, inhalt: bytes) -> Muster:
    """Return the finding that says why the XML cannot be read."""
    if b"<!DOCTYPE" in inhalt.replace(b"\0", b""):  # UTF-16 has zero bytes in between
        return dateimuster.DOCTYPE
    if not inhalt.startswith(b"<") and b"<?xml" in inhalt:
        return dateimuster.XML_VORSPANN
    if not inhalt.rstrip(b"\0 \t\r\n").endswith(b">"):
        return dateimuster.XML_ENDE
    return _FEHLERARTEN.get(getattr(fehler, "code", None), dateimuster.XML_AUFBAU)
