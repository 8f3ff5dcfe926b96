"""The groups of variables that only some kinds of letters have: agreements, answers, titles, third parties."""

import datetime as dt
from decimal import Decimal

from mahnakte.satz.variablen import Variable

_TAG = dt.date(2026, 5, 29)
_LANG = "Freitag, 29. Mai 2026"

SONDER: dict[str, tuple[Variable, ...]] = {
    "stand": (
        Variable("stand.worum", "Rechnungen oder Titel, ein Text", "Rechnung RE-2026-117 vom 03.02.2026"),
        Variable("stand.hauptforderung", "offene Hauptforderung", Decimal("930.00")),
        Variable("stand.zinsen", "offene Zinsen", Decimal("6.50")),
        Variable("stand.zinsen_text", "wofür sie sind: Zeitraum und, wenn es nur einen gibt, Zinssatz",
                 "Zinsen vom 04.03.2026 bis 20.04.2026, 6,27 % im Jahr"),
        Variable("stand.kosten", "offene Kosten", Decimal("3.50")),
        Variable("stand.gesamt", "was insgesamt offen ist", Decimal("940.00")),
    ),
    "grund": (
        Variable("grund.text", "Forderungsgrund mit Tag", "Kaufvertrag über Büromöbel vom 10.01.2026"),
    ),
    "auftrag": (
        Variable("auftrag.name", "für wen der Absender schreibt", "Möbelhaus Übersee GmbH"),
        Variable("auftrag.anschrift", "dessen Anschrift", "Industriestr. 7, 01067 Dresden"),
        Variable("auftrag.grund", "Forderungsgrund mit Tag", "Kaufvertrag über Büromöbel vom 10.01.2026"),
        Variable("zinszeilen[].rechnung", "woraus die Zinsen laufen", "RE-2026-117"),
        Variable("zinszeilen[].betrag", "verzinster Betrag", Decimal("1190.00")),
        Variable("zinszeilen[].satz", "Zinssatz", "6,27 %"),
        Variable("zinszeilen[].zeitraum", "erster und letzter Zinstag", "04.03.2026 – 20.04.2026"),
        Variable("zinszeilen[].zinsen", "Zinsen dieser Zeile", Decimal("9.81")),
        Variable("hoeher[].text", "Rechnung mit einem Zinssatz über dem gesetzlichen, mit Grund",
                 "RE-2026-117: 9,00 %, so vereinbart am 10.01.2026"),
        Variable("kostenzeilen[].text", "Kosten: Art und Grund", "Geschäftsgebühr: Auftrag vom 02.05.2026"),
        Variable("kostenzeilen[].betrag", "ihr Betrag", Decimal("147.56")),
        Variable("umsatzsteuer.enthalten", "ja, wenn Kosten Umsatzsteuer enthalten", True),
        Variable("adresse.ermittelt", "ja, wenn die Anschrift nicht vom Gläubiger stammt", True),
        Variable("adresse.quelle", "woher sie stammt (leer, wenn vom Gläubiger)", "Melderegister Leipzig"),
    ),
    "uebergabe": (
        Variable("uebergabe.name", "wer bevollmächtigt ist", "Beispiel Inkasso GmbH"),
        Variable("uebergabe.anschrift", "dessen Anschrift", "Ring 1, 04109 Leipzig"),
        Variable("uebergabe.anwalt", "ja bei einer Anwaltskanzlei, nein bei einem Inkassodienst", False),
    ),
    "raten": (
        Variable("raten[].nummer", "laufende Nummer der Rate", 1),
        Variable("raten[].am", "wann sie fällig ist", _TAG),
        Variable("raten[].betrag", "ihr Betrag", Decimal("235.00")),
        Variable("ratenplan.vom", "Tag der Absprache", dt.date(2026, 5, 20)),
        Variable("ratenplan.anzahl", "Zahl der Raten", 4),
        Variable("ratenplan.summe", "Summe der Raten", Decimal("940.00")),
        Variable("ratenplan.erste_am", "Tag der ersten Rate", _TAG),
        Variable("ratenplan.anrechnung", "worauf die Raten zuerst angerechnet werden",
                 "zuerst auf Kosten, dann auf Zinsen, dann auf den Rechnungsbetrag (§ 367 Abs. 1 BGB)"),
        Variable("ratenplan.zinsfrei", "ja, wenn im Plan keine Zinsen hinzukommen", True),
        Variable("ratenplan.eingerechnet", "ja, wenn die Zinsen bis zur letzten Rate in den Raten stecken", False),
        Variable("ratenplan.zinsen", "wie viele Zinsen in den Raten stecken", Decimal("0.00")),
        Variable("ratenplan.rueckwirkend", "ja, wenn nach einer Kündigung Zinsen auch für die Zeit des Plans "
                 "zu zahlen sind", False),
        Variable("ratenplan.zinsen_erlassen", "ja, wenn die bis zur Absprache entstandenen Zinsen erlassen sind",
                 False),
        Variable("ratenplan.letzte_am", "Tag der letzten Rate", dt.date(2026, 8, 31)),
    ),
    "rueckstand": (
        Variable("rueckstand.plan_vom", "Tag der Absprache", dt.date(2026, 5, 20)),
        Variable("rueckstand.faellig", "Summe der bisher fälligen Raten", Decimal("470.00")),
        Variable("rueckstand.gezahlt", "seit der Absprache gezahlt", Decimal("235.00")),
        Variable("rueckstand.betrag", "was an fälligen Raten fehlt", Decimal("235.00")),
    ),
    "kuendigung": (
        Variable("kuendigung.erinnert_am", "Tag der Erinnerung", dt.date(2026, 7, 6)),
        Variable("kuendigung.frist_war", "Ende der Frist darin", dt.date(2026, 7, 20)),
    ),
    "stundung": (
        Variable("stundung.vom", "Tag der Absprache", dt.date(2026, 5, 20)),
        Variable("stundung.bis", "neuer Zahlungstag", _TAG),
        Variable("stundung.bis_lang", "derselbe Tag mit Wochentag", _LANG),
        Variable("stundung.zinsfrei", "ja, wenn für die Zeit der Stundung keine Zinsen hinzukommen", True),
        Variable("stundung.eingerechnet", "ja, wenn die Zinsen bis dahin im Betrag stecken", False),
        Variable("stundung.zinsen", "wie viele das sind", Decimal("0.00")),
        Variable("stundung.rueckwirkend", "ja, wenn ohne Zahlung Zinsen auch für die Zeit der Stundung zu zahlen "
                 "sind", False),
        Variable("stundung.zinsen_erlassen", "ja, wenn die bis zur Absprache entstandenen Zinsen erlassen sind",
                 False),
    ),
    "vergleich": (
        Variable("vergleich.betrag", "was zu zahlen ist", Decimal("700.00")),
        Variable("vergleich.bis", "bis wann", _TAG),
        Variable("vergleich.bis_lang", "derselbe Tag mit Wochentag", _LANG),
        Variable("vergleich.erlass", "worauf verzichtet wird", Decimal("240.00")),
        Variable("vergleich.grund", "worüber Streit oder Ungewissheit besteht", "Mangel an zwei Stühlen"),
    ),
    "hinweise": (
        Variable("hinweise.privat", "ja, wenn der Brief an eine Privatperson geht", True),
        Variable("hinweise.kosten_norm", "Vorschrift des Kostenhinweises (leer beim Gläubiger selbst)",
                 "§ 13a Abs. 3 RDG"),
        Variable("hinweise.anerkenntnis_norm", "Vorschrift des Hinweises zum Anerkenntnis", "§ 13a Abs. 4 RDG"),
    ),
    "eingang": (
        Variable("eingang.am", "Tag der letzten Zahlung", _TAG),
        Variable("eingang.betrag", "was an diesem Tag eingegangen ist", Decimal("250.00")),
        Variable("eingang.erledigt", "ja, wenn nichts mehr offen ist", False),
        Variable("eingang.wie_verlangt", "ja, wenn rechtzeitig gezahlt ist, was ein Brief verlangt hat", False),
        Variable("eingang.rest", "ja, wenn noch etwas zu zahlen ist", True),
        Variable("anrechnung[].text", "worauf ein Teil der Zahlung angerechnet ist",
                 "Zinsen zu Rechnung RE-2026-117"),
        Variable("anrechnung[].betrag", "dieser Teil", Decimal("15.33")),
    ),
    "quittung": (
        Variable("quittung.gezahlt", "Summe aller Zahlungen", Decimal("1190.00")),
        Variable("quittung.ueberzahlung", "was zu viel gezahlt wurde", Decimal("0.00")),
        Variable("eingaenge[].am", "Tag einer Zahlung", _TAG),
        Variable("eingaenge[].betrag", "ihr Betrag", Decimal("250.00")),
        Variable("titel[].text", "Titel, der im Original zurückgeht",
                 "Vollstreckungsbescheid, Amtsgericht Aschersleben"),
    ),
    "titel": (
        Variable("titel[].text", "Titel: Art, Gericht, Zeichen, Tag",
                 "Vollstreckungsbescheid, Amtsgericht Aschersleben"),
    ),
    "einwand": (
        Variable("einwand.vom", "Tag des Einwands", dt.date(2026, 5, 4)),
        Variable("einwand.worum", "worauf er sich bezieht", "Rechnung RE-2026-117"),
    ),
    "antwort": (
        Variable("antwort.text", "unsere Antwort darauf", "Der Lieferschein vom 03.02.2026 ist unterschrieben."),
    ),
    "schlichtung": (
        Variable("schlichtung.noetig", "ja gegenüber Verbrauchern (§ 37 VSBG)", True),
        Variable("schlichtung.name", "Verbraucherschlichtungsstelle", "Beispiel-Schlichtungsstelle e. V."),
        Variable("schlichtung.anschrift", "ihre Anschrift", "Straßburger Str. 8, 77694 Kehl"),
        Variable("schlichtung.internet", "ihre Internetseite", "www.schlichtung.example"),
        Variable("schlichtung.teilnahme", "ja, wenn der Gläubiger teilnimmt", False),
    ),
    "auskunft": (
        Variable("auskunft.glaeubiger", "ursprünglicher Gläubiger", "Möbelhaus Übersee GmbH"),
        Variable("auskunft.anschrift", "dessen Anschrift", "Industriestr. 7, 01067 Dresden"),
        Variable("auskunft.abgetreten", "ja, wenn die Forderung abgetreten wurde", False),
        Variable("auskunft.abgetreten_am", "wann, als Text (leer, wenn nicht)", "01.03.2026"),
        Variable("auskunft.grund", "Forderungsgrund mit Tag", "Kaufvertrag über Büromöbel vom 10.01.2026"),
        Variable("auskunft.vertragsschluss", "wie der Vertrag zustande kam", "Bestellung im Ladengeschäft"),
    ),
    "daten": (
        Variable("daten[].feld", "Name einer Angabe", "Anschrift"),
        Variable("daten[].wert", "die Angabe", "Bahnhofstr. 12, 04109 Leipzig"),
        Variable("vermerke[].am", "Tag eines Vermerks", _TAG),
        Variable("vermerke[].text", "der Vermerk", "Anruf: zahlt Ende des Monats"),
    ),
    "abtretung": (
        Variable("abtretung.von", "bisheriger Gläubiger", "Altmöbel GmbH"),
        Variable("abtretung.anschrift", "dessen Anschrift", "Ring 2, 04109 Leipzig"),
        Variable("abtretung.am", "Tag der Abtretung", dt.date(2026, 3, 1)),
    ),
    "verzicht": (
        Variable("verzicht.bis", "bis wann auf die Einrede verzichtet wird", dt.date(2027, 12, 31)),
        Variable("verzicht.bis_lang", "derselbe Tag mit Wochentag", "Freitag, 31. Dezember 2027"),
    ),
    "gesucht": (
        Variable("gesucht.name", "wer gesucht wird oder verstorben ist", "Max Schuldner"),
        Variable("gesucht.anschrift", "letzte bekannte Anschrift", "Bahnhofstr. 12, 04109 Leipzig"),
        Variable("gesucht.seit", "Tag, an dem es bekannt wurde", _TAG),
        Variable("gesucht.zeichen", "Zeichen des Empfängers (leer, wenn unbekannt)", "12 VI 34/26"),
    ),
    "insolvenz": (
        Variable("insolvenz.schuldner", "Name des Schuldners", "Max Schuldner"),
        Variable("insolvenz.anschrift", "seine Anschrift", "Bahnhofstr. 12, 04109 Leipzig"),
        Variable("insolvenz.gericht", "Insolvenzgericht", "Amtsgericht Leipzig"),
        Variable("insolvenz.zeichen", "Aktenzeichen des Gerichts", "401 IN 123/26"),
        Variable("insolvenz.am", "Tag der Eröffnung", dt.date(2026, 6, 1)),
        Variable("titel[].text", "Titel über die Forderung", "Vollstreckungsbescheid, Amtsgericht Aschersleben"),
    ),
}  # fmt: skip
