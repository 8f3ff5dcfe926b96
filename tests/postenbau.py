"""Lists of open items for tests, as text and as workbooks."""

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal

import xlsxwriter

ASCII_KOPF = (
    "Kontonummer;Rechnungsnummer;Rechnungsdatum;Faelligkeit;Gegenkonto;BetragSoll;BetragHaben;Saldo;SHSaldo;"
    "WKZ Eingabebetrag;Buchungstext;AusgleichsKZ"
)
ERPNEXT_KOPF = (
    "Posting Date,Customer,Customer Name,Voucher Type,Voucher No,Due Date,Invoiced Amount,Paid Amount,Credit Note,"
    "Outstanding Amount,Currency"
)
SAP_KOPF = (
    "Konto;Belegart;Referenz;Zuordnung;Belegdatum;Nettofälligkeit;Soll/Haben-Kennz.;Belegnummer;Ausgleichsdatum;Text;"
    "Betrag in Hauswährung;Hauswährung"
)
BC_KOPF = "Buchungsdatum;Belegart;Belegnr.;Debitorennr.;Debitorenname;Währungscode;Betrag;Restbetrag;Fälligkeitsdatum;Offen"
LISTE_KOPF = "Konto;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo;Gegenkonto;Buchungstext"
FREI_KOPF = "Kd-Nr;Kunde;Rg.-Nr.;Rechnungsdatum;Zahlbar bis;Brutto;Bezahlt;Offen"

ASCII_ZEILE = '10001;"RE-1";01092026;15092026;8400;1190,00;0,00;1190,00;"S";"";"Wartung";"O"'
ERPNEXT_ZEILE = "2026-09-01,K-1,Muster GmbH,Sales Invoice,RE-1,2026-09-15,1190.00,400.00,0.00,790.00,EUR"
SAP_ZEILE = "10001;RV;RE-1;RE-1;01.09.2026;15.09.2026;S;1800000101;;Wartung;1.190,00;EUR"
BC_ZEILE = "01.09.2026;Rechnung;RE-1;10001;Muster GmbH;;1.190,00;790,00;15.09.2026;Ja"
LISTE_ZEILE = "10001;RE-1;01.09.2026;15.09.2026;1.190,00;400,00;790,00;8400;Wartung"
FREI_ZEILE = "K1;Muster GmbH;RE-1;01.09.2026;15.09.2026;1.190,00;400,00;790,00"

STAPEL_KOPF = (
    '"EXTF";{version};{kategorie};"Buchungsstapel";{form};20261130120000000;;"RE";"";"";1001;456;{beginn};4;{von};{bis};'
    '"Debitoren";"";1;0;0;"EUR";;"";;;"03";;;"";""'
)
STAPEL_SPALTEN = (
    "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Kurs;Basis-Umsatz;WKZ Basis-Umsatz;Konto;"
    "Gegenkonto (ohne BU-Schlüssel);BU-Schlüssel;Belegdatum;Belegfeld 1;Belegfeld 2;Skonto;Buchungstext"
)
# Columns of the batch by version of the format: DATEV's list of changes.
STAPEL_BREITE = {
    1: 89, 2: 93, 3: 94, 4: 105, 5: 110, 6: 113, 7: 116, 8: 117, 9: 120, 10: 121, 11: 122, 12: 124, 13: 125,
}  # fmt: skip

Wert = str | Decimal | dt.date | None


def lines(*zeilen: str, ende: str = "\r\n") -> bytes:
    """Return the text of a list in the encoding that most programs write."""
    return ("".join(zeile + ende for zeile in zeilen)).encode("cp1252")


def build_stapel(
    *buchungen: dict[int, str],
    version: str = "700",
    kategorie: str = "21",
    form: int = 13,
    beginn: str = "20260101",
    von: str = "20260101",
    bis: str = "20261231",
    breite: int | None = None,
) -> bytes:
    """Return a batch; each booking is its fields by number, on what a plain invoice of debtor 10001 has."""
    breite = STAPEL_BREITE.get(form, 125) if breite is None else breite
    kopf = STAPEL_KOPF.format(
        version=version, kategorie=kategorie, form=form, beginn=beginn, von=von, bis=bis
    )
    spalten = STAPEL_SPALTEN.split(";")
    spalten += [f"Feld {nummer}" for nummer in range(15, breite + 1)]
    rechnung = {1: "1190,00", 2: "S", 7: "10001", 8: "8400", 10: "0109", 11: "RE-1", 14: "Wartung"}
    zeilen = [
        ";".join((rechnung | buchung).get(nummer, "") for nummer in range(1, breite + 1))
        for buchung in buchungen
    ]
    return lines(kopf, ";".join(spalten[:breite]), *zeilen)


def build_xlsx(zeilen: Sequence[Sequence[Wert]], blatt: str = "Liste") -> bytes:
    """Return a workbook: numbers as numbers, days as days, texts never as formulas."""
    ziel = io.BytesIO()
    mappe = xlsxwriter.Workbook(ziel, {"strings_to_formulas": False, "strings_to_urls": False})
    tag = mappe.add_format({"num_format": "dd.mm.yyyy"})
    seite = mappe.add_worksheet(blatt)
    for nummer, zeile in enumerate(zeilen):
        for spalte, wert in enumerate(zeile):
            if isinstance(wert, dt.date):
                seite.write_datetime(nummer, spalte, wert, tag)
            elif isinstance(wert, Decimal):
                seite.write_number(nummer, spalte, float(wert))
            elif wert:
                seite.write_string(nummer, spalte, wert)
    mappe.close()
    return ziel.getvalue()
