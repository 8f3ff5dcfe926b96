"""The visible page of the demo invoices (DIN 5008 form B), as plain PDF or as ZUGFeRD PDF/A-3 with its XML."""

import datetime as dt
import pathlib
from decimal import Decimal

from facturx import generate_xmp_object
from fpdf import FPDF
from lxml import etree
from rechnung_xml import Partei, Rechnung

_SCHRIFTEN = pathlib.Path(__file__).resolve().parent.parent / "src/mahnakte/satz/schriften"
_BLAU = (32, 74, 96)
_GRAU = (110, 110, 110)
_LINKS, _RECHTS = 25.0, 190.0  # margins in mm
_INFO = 125.0  # left edge of the information block
_FACTURX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"


def _format_betrag(betrag: Decimal) -> str:
    return f"{betrag:,.2f}".translate(str.maketrans(",.", ".,")) + " €"


def _format_datum(tag: dt.date) -> str:
    return f"{tag:%d.%m.%Y}"


class Blatt(FPDF):
    """One A4 page of the seller's stationery, with fixed time stamps so that the bytes repeat."""

    def __init__(self, verkaeufer: Partei, fusszeile: tuple[str, ...], titel: str, tag: dt.date) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-3B")
        self.zeitpunkt = dt.datetime.combine(tag, dt.time(9), tzinfo=dt.UTC)
        self.set_creation_date(self.zeitpunkt)
        self.set_title(titel)
        self.set_subject(titel)
        self.set_author(verkaeufer.name)
        self.set_creator("fpdf2")
        self.set_lang("de-DE")
        self.set_producer("fpdf2")
        self.set_auto_page_break(False)
        self.c_margin = 0  # text and rules share their left edge
        self.set_margins(_LINKS, 20, 210 - _RECHTS)
        for schnitt, datei in (("", "Arimo-Regular.ttf"), ("B", "Arimo-Bold.ttf")):
            self.add_font("Arimo", schnitt, _SCHRIFTEN / datei)
        self._verkaeufer = verkaeufer
        self.name_document({})
        self.add_page()
        self._draw_letterhead()
        self._draw_footer(fusszeile)

    def write_at(self, x: float, y: float, text: str, *, groesse: float = 10, fett: bool = False) -> None:
        """Write a text that begins at x."""
        self.set_font("Arimo", "B" if fett else "", groesse)
        self.set_xy(x, y)
        self.cell(text=text)

    def write_right(self, x: float, y: float, text: str, *, groesse: float = 10, fett: bool = False) -> None:
        """Write a text that ends at x."""
        self.set_font("Arimo", "B" if fett else "", groesse)
        self.set_xy(x - 40, y)
        self.cell(w=40, text=text, align="R")

    def write_block(self, y: float, text: str) -> float:
        """Write a paragraph over the full width; return the height below it."""
        self.set_font("Arimo", "", 10)
        self.set_xy(_LINKS, y)
        self.multi_cell(w=_RECHTS - _LINKS, h=4.8, text=text, align="L")
        return float(self.get_y())

    def write_address(self, zeilen: tuple[str, ...]) -> None:
        """Write sender line and address window (DIN 5008 form B)."""
        absender = self._verkaeufer
        self.set_text_color(*_GRAU)
        self.write_at(
            _LINKS, 49, f"{absender.name} · {absender.strasse} · {absender.plz} {absender.ort}", groesse=7
        )
        self.set_text_color(0)
        for nummer, zeile in enumerate(zeilen):
            self.write_at(_LINKS, 58 + 4.8 * nummer, zeile)

    def write_info(self, angaben: tuple[tuple[str, str], ...]) -> None:
        """Write the information block right of the address."""
        for nummer, (name, wert) in enumerate(angaben):
            self.set_text_color(*_GRAU)
            self.write_at(_INFO, 50 + 5 * nummer, name, groesse=9)
            self.set_text_color(0)
            self.write_right(_RECHTS, 50 + 5 * nummer, wert)

    def draw_rule(self, y: float, breite: float = 0.2) -> None:
        """Draw a line over the full width."""
        self.set_draw_color(*_BLAU)
        self.set_line_width(breite)
        self.line(_LINKS, y, _RECHTS, y)

    def name_document(self, facturx: dict[str, str]) -> None:
        """Set the XMP packet ourselves: the one fpdf2 makes carries the time of writing."""
        angaben = {
            "pdfa3_flavor": "B",
            "title": self.title,
            "author": self._verkaeufer.name,
            "subject": self.subject,
            "producer": "fpdf2",
            "creator_tool": "fpdf2",
            "timestamp": self.zeitpunkt.isoformat(),
        }
        xmp = generate_xmp_object(angaben | facturx)
        self.set_xmp_metadata(etree.tostring(xmp, pretty_print=True, encoding="unicode"))

    def finish(self) -> bytes:
        """Return the finished PDF."""
        return bytes(self.output())

    def _draw_letterhead(self) -> None:
        self.set_fill_color(*_BLAU)
        self.rect(_LINKS, 16, 11, 11, style="F")
        self.set_text_color(255, 255, 255)
        self.write_at(_LINKS + 1.4, 18.6, "MÜ", groesse=14, fett=True)
        self.set_text_color(*_BLAU)
        self.write_at(_LINKS + 14, 16.4, self._verkaeufer.name, groesse=16, fett=True)
        self.set_text_color(*_GRAU)
        self.write_at(_LINKS + 14, 23, "Möbel für Wohnung, Büro und Gastraum", groesse=9)
        self.set_text_color(0)

    def _draw_footer(self, spalten: tuple[str, ...]) -> None:
        self.draw_rule(268)
        self.set_text_color(*_GRAU)
        for nummer, spalte in enumerate(spalten):
            for zeile, text in enumerate(spalte.split("\n")):
                self.write_at(_LINKS + 56 * nummer, 270 + 3.6 * zeile, text, groesse=7.5)
        self.set_text_color(0)


def build_pdf(rechnung: Rechnung, verkaeufer: Partei, fusszeile: tuple[str, ...], xml: bytes | None) -> bytes:
    """Return the invoice as PDF; with `xml` as ZUGFeRD (factur-x.xml enclosed, named in the XMP)."""
    blatt = Blatt(verkaeufer, fusszeile, f"Rechnung {rechnung.nummer}", rechnung.datum)
    blatt.write_address(rechnung.kaeufer.anschrift)
    blatt.write_info(
        (
            ("Rechnungsnummer", rechnung.nummer),
            ("Rechnungsdatum", _format_datum(rechnung.datum)),
            ("Lieferdatum", _format_datum(rechnung.leistung_am)),
            ("Kundennummer", rechnung.kundennummer),
            ("Zahlbar bis", _format_datum(rechnung.faellig_am)),
        )
    )
    blatt.write_at(_LINKS, 100, f"Rechnung {rechnung.nummer}", groesse=14, fett=True)
    y = _draw_positions(blatt, rechnung)
    y = _draw_sums(blatt, rechnung, y + 2)
    y = blatt.write_block(y + 8, rechnung.zahlungstext)
    blatt.write_block(y + 3, f"Verwendungszweck: {rechnung.nummer}")
    if xml is not None:
        _enclose(blatt, xml)
    return blatt.finish()


def build_letter(
    verkaeufer: Partei,
    fusszeile: tuple[str, ...],
    tag: dt.date,
    empfaenger: tuple[str, ...],
    betreff: str,
    absaetze: tuple[str, ...],
) -> bytes:
    """Return a letter on the same stationery (delivery note, letter of the system used before)."""
    blatt = Blatt(verkaeufer, fusszeile, betreff, tag)
    blatt.write_address(empfaenger)
    blatt.write_info((("Datum", _format_datum(tag)),))
    blatt.write_at(_LINKS, 100, betreff, groesse=12, fett=True)
    y = 110.0
    for absatz in absaetze:
        y = blatt.write_block(y, absatz) + 3
    return blatt.finish()


def _draw_positions(blatt: Blatt, rechnung: Rechnung) -> float:
    lieferung = f"Für unsere Lieferung vom {_format_datum(rechnung.leistung_am)} berechnen wir Ihnen:"
    y = blatt.write_block(110, lieferung) + 5
    for x, text in ((_LINKS, "Pos."), (36, "Bezeichnung")):
        blatt.write_at(x, y, text, groesse=9, fett=True)
    for x, text in ((135, "Menge"), (162, "Einzelpreis"), (_RECHTS, "Betrag")):
        blatt.write_right(x, y, text, groesse=9, fett=True)
    blatt.draw_rule(y + 6, 0.4)
    y += 8
    for nummer, position in enumerate(rechnung.positionen, start=1):
        blatt.write_at(_LINKS, y, str(nummer))
        blatt.write_at(36, y, position.text)
        blatt.write_right(
            135, y, f"{position.menge} {position.einheit}" if position.einheit == "Stück" else "1"
        )
        blatt.write_right(162, y, _format_betrag(position.preis))
        blatt.write_right(_RECHTS, y, _format_betrag(position.summe))
        y += 7
    blatt.draw_rule(y)
    return y


def _draw_sums(blatt: Blatt, rechnung: Rechnung, y: float) -> float:
    zeilen = (("Summe netto", rechnung.netto), ("Umsatzsteuer 19 %", rechnung.steuer))
    for name, betrag in zeilen:
        blatt.write_at(_INFO, y, name)
        blatt.write_right(_RECHTS, y, _format_betrag(betrag))
        y += 6
    blatt.write_at(_INFO, y, "Rechnungsbetrag", fett=True)
    blatt.write_right(_RECHTS, y, _format_betrag(rechnung.brutto), fett=True)
    return y + 6


def _enclose(blatt: Blatt, xml: bytes) -> None:
    blatt.embed_file(
        bytes=xml,
        basename="factur-x.xml",
        mime_type="text/xml",
        desc="Rechnungsdaten im Format Factur-X/ZUGFeRD, Profil EN 16931",
        associated_file_relationship="Alternative",
        modification_date=blatt.zeitpunkt,
        creation_date=blatt.zeitpunkt,
        compress=True,
    )
    blatt.name_document(
        {
            "version": "1.0",
            "documenttype": "INVOICE",
            "xml_filename": "factur-x.xml",
            "xmp_level": "EN 16931",
            "urn": _FACTURX,
        }
    )
