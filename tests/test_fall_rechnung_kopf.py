"""XML as programs spoil its front, and large ones: read where nothing is in doubt, refused by name where it is."""

import base64
import codecs
import pathlib
import time

import pytest

from mahnakte.fall.rechnung import read_rechnung
from mahnakte.fall.rechnung.xmlrechnung import MAX_BYTES
from test_fall_rechnung_lesen import CII, UBL

UMLAUT = UBL.replace("Beispiel GmbH", "Möbel Übersee GmbH")
BOM = codecs.BOM_UTF8


def label(angabe: str, xml: str = UMLAUT) -> str:
    assert 'encoding="UTF-8"' in xml
    return xml.replace('encoding="UTF-8"', f'encoding="{angabe}"')


UNBEDENKLICH = {
    "blank line": b"\n" + UMLAUT.encode(),
    "CRLF lines and blanks": b"\r\n \t\r\n" + UMLAUT.encode(),
    "mark and line break": BOM + b"\r\n" + UMLAUT.encode(),
    "line break and mark": b"\r\n" + BOM + UMLAUT.encode(),
    "two marks": BOM + BOM + UMLAUT.encode(),
    "three marks with lines": BOM + b"\n" + BOM + BOM + UMLAUT.encode(),
    "label utf-16, bytes UTF-8": label("utf-16").encode(),
    "label UTF-16LE, bytes UTF-8": label("UTF-16LE").encode(),
    "label ucs-2 in single quotes": UMLAUT.replace('encoding="UTF-8"', "encoding='ucs-2'").encode(),
    "label utf-16 and mark of UTF-8": BOM + label("utf-16").encode(),
    "label latin-1 and mark of UTF-8": BOM + label("ISO-8859-1").encode(),
    "UTF-16 with mark": label("UTF-16").encode("utf-16"),
    "UTF-16 with label UTF-8": UMLAUT.encode("utf-16"),
    "UTF-16 with two marks and a line": codecs.BOM_UTF16_LE + ("\ufeff\r\n" + UMLAUT).encode("utf-16-le"),
    "UTF-16 big endian with mark": codecs.BOM_UTF16_BE + label("UTF-16").encode("utf-16-be"),
    "UTF-16 little endian without mark": label("UTF-16").encode("utf-16-le"),
    "UTF-16 big endian without mark": label("UTF-16").encode("utf-16-be"),
    "UTF-32 with mark": label("UTF-32").encode("utf-32"),
    "true label latin-1": label("ISO-8859-1").encode("latin-1"),
    "true label windows-1252": label("windows-1252").encode("cp1252"),
    "no declaration": UMLAUT.partition("?>")[2].encode(),
}


@pytest.mark.parametrize("name", UNBEDENKLICH)
def test_a_spoiled_front_leaves_no_doubt_and_no_finding(name: str) -> None:
    ergebnis = read_rechnung(UNBEDENKLICH[name], "r.xml")
    assert ergebnis.rechnung is not None, ergebnis.befunde
    assert ergebnis.rechnung.kaeufer.name == "Möbel Übersee GmbH"
    assert ergebnis.befunde == ()


@pytest.mark.parametrize(
    "inhalt",
    [
        label("utf-16").encode("latin-1"),
        BOM + UMLAUT.encode("latin-1"),
        UMLAUT.encode("latin-1"),
        label("UTF-16").encode("utf-16")[:-1],
    ],
)
def test_bytes_that_fit_no_reading_are_refused(inhalt: bytes) -> None:
    (befund,) = read_rechnung(inhalt, "r.xml").befunde
    assert befund.code in ("RECHNUNG_KODIERUNG", "RECHNUNG_XML_AUFBAU")


def test_lines_cut_in_front_count_in_findings() -> None:
    (ohne,) = read_rechnung(UBL.replace(">380<", ">325<").encode(), "r.xml").befunde
    (mit,) = read_rechnung(b"\r\n\n" + UBL.replace(">380<", ">325<").encode(), "r.xml").befunde
    assert ohne.stelle is not None
    assert mit.stelle is not None
    assert ohne.stelle.zeile is not None
    assert mit.stelle.zeile == ohne.stelle.zeile + 2


def with_enclosure(groesse: int) -> bytes:
    """Return an invoice with one enclosed document (BG-24) so that the file has about `groesse` bytes."""
    anlage = base64.b64encode(bytes(groesse * 3 // 4)).decode()
    ende = "<cac:AccountingCustomerParty>"
    dokument = (
        "<cac:AdditionalDocumentReference><cbc:ID>Plan</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="plan.pdf">{anlage}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    return UBL.replace(ende, dokument + ende, 1).encode()


def with_lines(anzahl: int) -> bytes:
    zeile = (
        "<ram:IncludedSupplyChainTradeLineItem><ram:SpecifiedTradeProduct><ram:Name>Schraube Nr. {nr}</ram:Name>"
        "</ram:SpecifiedTradeProduct><ram:SpecifiedLineTradeSettlement>"
        "<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>1.00</ram:LineTotalAmount>"
        "</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement>"
        "</ram:IncludedSupplyChainTradeLineItem>"
    )
    alle = "".join(zeile.format(nr=nr) for nr in range(anzahl))
    anfang = "<rsm:SupplyChainTradeTransaction>"
    return CII.replace(anfang, anfang + alle, 1).encode()


@pytest.mark.parametrize(
    "inhalt",
    [with_enclosure(10_500_000), with_enclosure(15_000_000), with_lines(38_000)],
    ids=["10,5 MB enclosure", "15 MB enclosure", "38,000 lines"],
)
def test_large_invoices_are_read(inhalt: bytes) -> None:
    assert 10_000_000 < len(inhalt) < MAX_BYTES
    anfang = time.process_time()
    ergebnis = read_rechnung(inhalt, "r.xml")
    assert ergebnis.rechnung is not None, ergebnis.befunde
    assert ergebnis.befunde == ()
    assert time.process_time() - anfang < 5


def test_a_large_file_is_as_guarded_as_a_small_one() -> None:
    gross = with_enclosure(10_500_000).decode()
    kopf, _, rest = gross.partition("?>")
    (befund,) = read_rechnung(f"{kopf}?><!DOCTYPE Invoice>{rest}".encode(), "r.xml").befunde
    assert befund.code == "RECHNUNG_DOCTYPE"


@pytest.mark.parametrize(
    "datei", ["06-bom-zeilenumbruch.xml", "07-utf16-angabe-utf8-bytes.xml", "14-doppelbom.xml"]
)
def test_files_of_strangers(shared: pathlib.Path, datei: str) -> None:
    ergebnis = read_rechnung((shared / "maengel/xml" / datei).read_bytes(), datei)
    assert ergebnis.rechnung is not None
    assert ergebnis.rechnung.nummer == "RE-7001"
