"""Every finding about what an invoice says: single values, kind of document, demand. Listed in docs/meldungen.md."""

from mahnakte.fall.rechnung.muster import HINWEIS, SPERRE, WARNUNG, Muster

# single values
ANGABE_MEHRFACH = Muster(
    "RECHNUNG_ANGABE_MEHRFACH",
    WARNUNG,
    "„{name}“ steht mehrfach mit verschiedenem Inhalt: {werte}.",
    "Beim Absender klären, welche Angabe gilt.",
)
ZEICHEN = Muster(
    "RECHNUNG_ZEICHEN",
    WARNUNG,
    "Eine Angabe enthält das unsichtbare Steuerzeichen {zeichen}.",
    "Die Angabe mit der sichtbaren Rechnung vergleichen und in fall.yaml selbst machen.",
)
TEXT_ZU_LANG = Muster(
    "RECHNUNG_TEXT_ZU_LANG",
    WARNUNG,
    "Eine Angabe ist länger als {laenge} Zeichen und wurde gekürzt.",
    "Die Angabe in der Rechnung selbst nachlesen.",
)
DATUM_UNLESBAR = Muster(
    "RECHNUNG_DATUM_UNLESBAR",
    WARNUNG,
    "„{name}“: „{wert}“ ist kein Kalendertag.",
    "Das Datum aus der sichtbaren Rechnung in fall.yaml angeben.",
)
DATUM_FORMAT = Muster(
    "RECHNUNG_DATUM_FORMAT",
    WARNUNG,
    "„{name}“ trägt die falsche Formatangabe „{wert}“; gelesen als {tag}.",
    "Das Datum mit der sichtbaren Rechnung vergleichen.",
)
BETRAG_UNLESBAR = Muster(
    "RECHNUNG_BETRAG_UNLESBAR",
    WARNUNG,
    "„{name}“: „{wert}“ ist kein Betrag mit höchstens zwei Nachkommastellen.",
    "Den Betrag aus der sichtbaren Rechnung in fall.yaml unter „betrag:“ angeben.",
)
# what kind of document it is
ART_FEHLT = Muster(
    "RECHNUNG_ART_FEHLT",
    WARNUNG,
    "Die Datei sagt nicht, ob sie Rechnung oder Gutschrift ist.",
    "Die sichtbare Rechnung ansehen.",
)
GUTSCHRIFT = Muster(
    "RECHNUNG_GUTSCHRIFT",
    SPERRE,
    "Das ist eine Gutschrift{bezug} (Art {art}), keine Forderung.",
    "In fall.yaml unter „gutschriften:“ mit Tag und Betrag eintragen.",
)
KORREKTUR = Muster(
    "RECHNUNG_KORREKTUR",
    WARNUNG,
    "Das ist eine Rechnungskorrektur{bezug} (Art {art}).",
    "Prüfen, ob sie die erste Rechnung ersetzt; den geschuldeten Betrag mit „betrag_gilt:“ in fall.yaml angeben.",
    ("betrag", "betrag_gilt"),
)
ART = Muster(
    "RECHNUNG_ART",
    SPERRE,
    "Das ist keine Rechnung, aus der gefordert wird: {text} (Art {art}).",
    "Die Rechnung verwenden, aus der gefordert wird; diese Datei gehört nach belege/. Gibt es keine, die "
    "Forderung mit „nummer“, „datum“ und „betrag“ ohne „datei“ eintragen.",
)
ART_FRAGE = Muster(
    "RECHNUNG_ART_FRAGE",
    WARNUNG,
    "Der Beleg ist keine gewöhnliche Rechnung: {text} (Art {art}). {frage}",
    "Wird daraus gefordert, in fall.yaml bei dieser Rechnung „art_geklaert: forderung“ ergänzen.",
    ("art_geklaert",),
    fragt=True,
)
ABGETRETEN = Muster(
    "RECHNUNG_ABGETRETEN",
    WARNUNG,
    "Die Forderung ist laut Rechnung abgetreten: {text} (Art {art}).",
    "Fordern darf, wem sie jetzt zusteht. Darf es dieser Gläubiger, bei der Rechnung „empfaenger_geklaert:“ "
    "ergänzen: abtretung, rueckabtretung, einziehung oder zahlstelle.",
    ("empfaenger_geklaert",),
    fragt=True,
)
TEST = Muster(
    "RECHNUNG_TEST",
    WARNUNG,
    "Die Datei ist als Test gekennzeichnet und damit keine Rechnung.",
    "Die echte Rechnung ablegen; ist die Kennzeichnung ein Versehen, „art_geklaert: forderung“ ergänzen.",
    ("art_geklaert",),
    fragt=True,
)
KOPIE = Muster(
    "RECHNUNG_KOPIE",
    WARNUNG,
    "Die Datei ist als Kopie gekennzeichnet; das Original kann schon in einem anderen Fall gefordert sein.",
    "Das Original ablegen oder, wenn nur hieraus gefordert wird, „art_geklaert: forderung“ ergänzen.",
    ("art_geklaert",),
    fragt=True,
)
LASTSCHRIFT = Muster(
    "RECHNUNG_LASTSCHRIFT",
    WARNUNG,
    "Laut Rechnung wird der Betrag per Lastschrift eingezogen{mandat}; dann zahlt der Schuldner nicht selbst.",
    "Ging die Lastschrift zurück, das eintragen: unter „kosten:“ die Art „ruecklastschrift“ oder bei der Zahlung "
    "„zurueck_am:“. Sonst bei der Rechnung „zahlweg_geklaert:“ ergänzen: nicht_eingezogen, zurueckgegeben, "
    "nicht_gezahlt oder ueberweisung_vereinbart.",
    ("zahlweg_geklaert",),
    fragt=True,
)
ZAHLWEG = Muster(
    "RECHNUNG_ZAHLWEG",
    WARNUNG,
    "Laut Rechnung wird nicht überwiesen, sondern so gezahlt: {weg}.",
    "Klären, ob schon gezahlt ist; wenn nicht, bei der Rechnung „zahlweg_geklaert:“ ergänzen: nicht_eingezogen, "
    "zurueckgegeben, nicht_gezahlt oder ueberweisung_vereinbart.",
    ("zahlweg_geklaert",),
    fragt=True,
)
ZAHLUNGSEMPFAENGER = Muster(
    "RECHNUNG_ZAHLUNGSEMPFAENGER",
    WARNUNG,
    "Zu zahlen ist laut Rechnung an „{empfaenger}“, nicht an den Verkäufer „{verkaeufer}“.",
    "Klären, wem die Forderung zusteht. Darf dieser Gläubiger sie einziehen, bei der Rechnung "
    "„empfaenger_geklaert:“ ergänzen: abtretung, rueckabtretung, einziehung oder zahlstelle.",
    ("empfaenger_geklaert",),
    fragt=True,
)
VOM_KAEUFER = Muster(
    "RECHNUNG_VOM_KAEUFER",
    HINWEIS,
    "Die Rechnung hat der Käufer ausgestellt (Art {art}, Gutschriftverfahren).",
    "Gläubiger ist trotzdem der Verkäufer.",
)
ABSCHLAG = Muster(
    "RECHNUNG_ABSCHLAG",
    HINWEIS,
    "Das ist eine Teil- oder Abschlagsrechnung (Art {art}).",
    "Prüfen, ob schon eine Schlussrechnung gestellt ist; dann gilt diese.",
)
PROFIL = Muster(
    "RECHNUNG_PROFIL",
    HINWEIS,
    "Die Daten folgen dem Profil {profil} und haben keine Positionen: Rechnung ist das PDF.",
    "Das PDF mit den Daten vergleichen.",
)
# what it demands
NUMMER_FEHLT = Muster(
    "RECHNUNG_NUMMER_FEHLT",
    WARNUNG,
    "Die Rechnung nennt keine Rechnungsnummer.",
    "In fall.yaml unter „nummer:“ angeben.",
    ("nummer",),
)
DATUM_FEHLT = Muster(
    "RECHNUNG_DATUM_FEHLT",
    WARNUNG,
    "Die Rechnung nennt kein Rechnungsdatum.",
    "In fall.yaml unter „datum:“ angeben.",
    ("datum",),
)
WAEHRUNG = Muster(
    "RECHNUNG_WAEHRUNG",
    SPERRE,
    "Die Rechnung lautet auf {waehrung}; mahnakte rechnet nur in Euro.",
    "Den Fall außerhalb von mahnakte bearbeiten.",
)
WAEHRUNG_FEHLT = Muster(
    "RECHNUNG_WAEHRUNG_FEHLT",
    WARNUNG,
    "Die Rechnung nennt keine Währung.",
    "Die sichtbare Rechnung ansehen; lautet sie auf Euro, den Befund in fall.yaml quittieren.",
)
WAEHRUNG_WIDERSPRICHT = Muster(
    "RECHNUNG_WAEHRUNG_WIDERSPRICHT",
    SPERRE,
    "Die Rechnung nennt die Währung {waehrung}, der Zahlbetrag steht in {andere}.",
    "Beim Absender klären, in welcher Währung zu zahlen ist.",
)
SUMME_WIDERSPRICHT = Muster(
    "RECHNUNG_SUMME_WIDERSPRICHT",
    WARNUNG,
    "Netto {netto} und Umsatzsteuer {steuer} ergeben {summe}, als Bruttobetrag steht {brutto}.",
    "Beim Aussteller klären; ein falscher Betrag gefährdet die Forderung.",
)
ZAHLBETRAG_FEHLT = Muster(
    "ZAHLBETRAG_FEHLT",
    WARNUNG,
    "Die Rechnung nennt keinen Zahlbetrag{brutto}.",
    "Den geschuldeten Betrag in fall.yaml unter „betrag:“ angeben.",
    ("betrag",),
)
ZAHLBETRAG_NICHT_POSITIV = Muster(
    "ZAHLBETRAG_NICHT_POSITIV",
    WARNUNG,
    "Der Zahlbetrag ist {zahlbetrag}: daraus ist nichts zu fordern.",
    "Ist noch etwas offen, den Betrag in fall.yaml mit „betrag_gilt: fall“ angeben.",
    ("betrag", "betrag_gilt"),
)
ZAHLBETRAG_ABWEICHEND = Muster(
    "ZAHLBETRAG_ABWEICHEND",
    WARNUNG,
    "Zahlbetrag {zahlbetrag} und Bruttobetrag {brutto} sind verschieden; {erklaerung}.",
    "Gefordert wird der Zahlbetrag. Stimmt das, den Befund in fall.yaml quittieren.",
    ("betrag", "betrag_gilt"),
)
FAELLIGKEIT_FEHLT = Muster(
    "RECHNUNG_FAELLIGKEIT_FEHLT",
    WARNUNG,
    "Die Rechnung nennt kein Fälligkeitsdatum{zahlungstext}.",
    "In fall.yaml unter „faellig_am:“ angeben.",
    ("faellig_am",),
)
FAELLIGKEIT_MEHRFACH = Muster(
    "RECHNUNG_FAELLIGKEIT_MEHRFACH",
    WARNUNG,
    "Die Rechnung nennt mehrere Fälligkeiten: {tage}.",
    "In fall.yaml unter „faellig_am:“ angeben; bei Raten je Rate einen Eintrag anlegen.",
    ("faellig_am",),
)
