"""The variables of the letters, in groups: what a template in templates/letters/ may name.

Every letter has ALLGEMEIN; which further groups a kind of letter has stands in arten.py (`teile`). The names of the
rarer groups are in variablen_sonder.py. Documented in docs/vorlagen.md.
"""

import datetime as dt
from decimal import Decimal

from mahnakte.arten.brief import find_art
from mahnakte.briefe.variablen_sonder import SONDER
from mahnakte.satz.variablen import Variable

ALLGEMEIN = (
    Variable("absender.name", "Name oder Firma des Absenders", "Möbelhaus Übersee GmbH"),
    Variable("absender.strasse", "Straße und Hausnummer des Absenders", "Industriestr. 7"),
    Variable("absender.plz", "Postleitzahl des Absenders", "01067"),
    Variable("absender.ort", "Ort des Absenders", "Dresden"),
    Variable("absender.zeile", "Rücksendeangabe in einer Zeile",
             "Möbelhaus Übersee GmbH · Industriestr. 7 · 01067 Dresden"),
    Variable("absender.telefon", "Telefonnummer (leer, wenn keine)", "0351 1234560"),
    Variable("absender.email", "E-Mail-Adresse (leer, wenn keine)", "forderung@moebelhaus.example"),
    Variable("absender.internet", "Internetadresse (leer, wenn keine)", "www.moebelhaus.example"),
    Variable("absender.ansprechpartner", "wer Rückfragen beantwortet (leer, wenn nicht genannt)", "K. Beispiel"),
    Variable("absender.pflichtangaben", "Pflichtangaben nach § 35a GmbHG und anderen, ein Text",
             "Sitz Dresden, AG Dresden HRB 12345, Geschäftsführerin Erika Muster"),
    Variable("absender.pflichtzeilen[]", "dieselben Pflichtangaben, an den Kommas geteilt", "Sitz Dresden"),
    Variable("absender.aufsicht", "Aufsichtsbehörde oder Kammer (leer beim Gläubiger selbst)", ""),
    Variable("absender.iban", "IBAN in Vierergruppen", "DE02 1203 0000 0000 2020 51"),
    Variable("absender.bank", "Name der Bank (leer, wenn nicht genannt)", "Beispielbank"),
    Variable("absender.kontoinhaber", "Inhaber des Kontos", "Möbelhaus Übersee GmbH"),
    Variable("absender.datenschutz", "wo die Datenschutzinformation steht (leer, wenn nicht genannt)",
             "www.moebelhaus.example/datenschutz"),
    Variable("absender.fuer_andere", "ja, wenn Inkasso oder Anwalt für den Gläubiger schreibt", False),
    Variable("absender.logo", "ja, wenn es ein Logo gibt; das Bild heißt „logo“", True),
    Variable("glaeubiger.name", "wem das Geld zusteht", "Möbelhaus Übersee GmbH"),
    Variable("empfaenger.zeilen[]", "die Zeilen der Anschrift, höchstens sechs", "Herrn Max Schuldner"),
    Variable("empfaenger.anrede", "Anrede mit Komma am Ende", "Sehr geehrter Herr Schuldner,"),
    Variable("empfaenger.name", "Name des Empfängers ohne Anschrift", "Max Schuldner"),
    Variable("empfaenger.personen[].name", "jede Person, an die der Brief geht (keine bei Behörden und Gerichten)",
             "Max Schuldner"),
    Variable("empfaenger.mehrere", "ja, wenn der Brief an mehrere Personen geht", False),
    Variable("brief.aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("brief.datum", "Datum des Briefs", dt.date(2026, 4, 20)),
    Variable("brief.stand", "Tag, auf den gerechnet ist", dt.date(2026, 4, 20)),
    Variable("brief.zusatz[]", "eigene Absätze aus „mahnakte brief --zusatz“, vor dem Gruß",
             "Vielen Dank für das freundliche Gespräch."),
    Variable("schuldner[].name", "alle Schuldner der Forderung: Name", "Max Schuldner"),
    Variable("schuldner[].ort", "alle Schuldner der Forderung: Ort", "Leipzig"),
    Variable("gesamtschuldner", "ja, wenn mehrere die Forderung gemeinsam schulden", False),
    Variable("ton.freundlich", "ja bei der Tonlage „freundlich“", False),
    Variable("ton.sachlich", "ja bei der Tonlage „sachlich“", True),
    Variable("ton.bestimmt", "ja bei der Tonlage „bestimmt“", False),
    Variable("anlagen[]", "was dem Brief beiliegt", "Forderungsaufstellung"),
    Variable("briefkopf.form_a", "ja bei DIN 5008 Form A", False),
    Variable("briefkopf.form_b", "ja bei DIN 5008 Form B", True),
    Variable("briefkopf.logo_mitte", "ja, wenn das Logo in der Mitte steht", False),
    Variable("briefkopf.logo_rechts", "ja, wenn das Logo rechts steht", False),
    Variable("briefkopf.eigene_fusszeile", "ja, wenn mahnakte.yaml die Spalten der Fußzeile nennt", False),
    Variable("briefkopf.spalte_1[]", "Zeilen der ersten eigenen Spalte", "Möbelhaus Übersee GmbH"),
    Variable("briefkopf.spalte_2[]", "Zeilen der zweiten eigenen Spalte", "Beispielbank"),
    Variable("briefkopf.spalte_3[]", "Zeilen der dritten eigenen Spalte", "HRB 12345"),
)  # fmt: skip

FRIST = (
    Variable("brief.frist", "bis wann gezahlt oder geantwortet werden soll", dt.date(2026, 4, 30)),
    Variable("brief.frist_lang", "dieselbe Frist mit Wochentag", "Donnerstag, 30. April 2026"),
)  # fmt: skip

FORDERUNG = (
    Variable(
        "forderungen[].nummer",
        "Rechnungsnummer; in der Mahnreihe mit „(neu)“, wenn sie zu schon gemahnten hinzukommt",
        "RE-2026-117",
    ),
    Variable("forderungen[].datum", "Rechnungsdatum", dt.date(2026, 2, 3)),
    Variable("forderungen[].faellig", "seit wann fällig, als Text (leer, wenn kein Datum feststeht)", "03.03.2026"),
    Variable("forderungen[].betrag", "Betrag der Rechnung", Decimal("1190.00")),
    Variable("posten[].text", "weitere Zeile der Aufstellung: Zinsen, Kosten, Zahlung, Gutschrift",
             "Zahlung vom 02.04.2026"),
    Variable("posten[].betrag", "ihr Betrag; Zahlungen und Gutschriften sind negativ", Decimal("-250.00")),
    Variable("summe.betrag", "was heute zu zahlen ist", Decimal("940.00")),
    Variable("summe.hauptforderung", "davon offene Hauptforderung", Decimal("930.00")),
    Variable("summe.zinsen", "davon Zinsen", Decimal("6.50")),
    Variable("summe.kosten", "davon Kosten", Decimal("3.50")),
    Variable("summe.teilzahlung", "ja, wenn Zahlungen oder Gutschriften abgezogen sind", True),
    Variable("zinsen.text", "der Zinssatz in Worten (leer, wenn es mehrere gibt oder keiner gilt)",
             "6,52 % im Jahr (5 Prozentpunkte über dem Basiszinssatz)"),
    Variable("zinsen.laufen", "ja, wenn bei späterer Zahlung Zinsen hinzukommen", True),
    Variable("zinsen.ab", "erster Tag, dessen Zinsen im Betrag nicht enthalten sind", dt.date(2026, 4, 21)),
    Variable("zinsen.je_tag", "Zinsen für jeden Tag ab dann", Decimal("0.16")),
    Variable("zinsen.endet", "ja, wenn dieser Betrag je Tag nur bis zu einem bestimmten Tag gilt", True),
    Variable("zinsen.bis", "dieser Tag", dt.date(2026, 6, 30)),
    Variable("zinsen.gerechnet_bis", "bis wann Zinsen im Betrag sind, wenn der Satz danach fehlt (sonst leer)", ""),
    Variable("zinsen.offen", "was danach in Prozentpunkten hinzukommt (leer, wenn alles gerechnet ist)", ""),
    Variable("verzug.eingetreten", "ja, wenn mindestens eine Forderung schon in Verzug ist", True),
    Variable("verzug.durch_frist", "ja, wenn dieser Brief mit Ablauf der Frist in Verzug setzt", False),
    Variable("schritt.mahnbescheid", "ja, wenn als Nächstes der Mahnbescheid beantragt wird", True),
    Variable("schritt.uebergabe", "ja, wenn als Nächstes übergeben wird", False),
)  # fmt: skip

ZAHLUNG = (
    Variable("zahlung.betrag", "der Betrag der Überweisung, wie im Zahlcode", Decimal("940.00")),
    Variable("zahlung.empfaenger", "Kontoinhaber", "Möbelhaus Übersee GmbH"),
    Variable("zahlung.iban", "IBAN in Vierergruppen", "DE02 1203 0000 0000 2020 51"),
    Variable("zahlung.bank", "Name der Bank (leer, wenn nicht genannt)", "Beispielbank"),
    Variable("zahlung.verwendungszweck", "was bei der Überweisung anzugeben ist", "2026-0042"),
    Variable("zahlung.gilt_bis", "bis wann dieser Betrag genügt", dt.date(2026, 4, 30)),
    Variable("zahlung.zahlcode", "ja, wenn es einen Zahlcode gibt; das Bild heißt „zahlcode“", True),
)  # fmt: skip

GRUPPEN: dict[str, tuple[Variable, ...]] = {
    "frist": FRIST,
    "forderung": FORDERUNG,
    "zahlung": ZAHLUNG,
    **SONDER,
}
BRIEF = (*ALLGEMEIN, *FRIST, *FORDERUNG, *ZAHLUNG)


def variables_for(art: str) -> tuple[Variable, ...]:
    """Return what the template of a kind of letter may name; raise Ablehnung for an unknown kind."""
    return (*ALLGEMEIN, *(variable for teil in find_art(art).teile for variable in GRUPPEN[teil]))
