"""Every finding about an invoice file as such: file, XML, PDF, visible text. Listed in docs/meldungen.md."""

from mahnakte.fall.rechnung.muster import HINWEIS, SPERRE, WARNUNG, Muster

_NEU_ANFORDERN = "Die Datei beim Absender neu anfordern; nicht von Hand ändern."
_NICHT_VERWENDEN = "Die Datei nicht verwenden und beim Absender neu anfordern."

# the file
LEER = Muster("RECHNUNG_LEER", SPERRE, "Die Datei ist leer.", "Die Rechnung neu ablegen.")
ZU_GROSS = Muster(
    "RECHNUNG_ZU_GROSS",
    SPERRE,
    "Die Datei ist größer als {grenze} MB.",
    "Eine Fassung ohne eingebettete Anlagen ablegen.",
)
UNBEKANNT = Muster(
    "RECHNUNG_UNBEKANNT",
    SPERRE,
    "Die Datei ist weder ein PDF noch eine E-Rechnung als XML.",
    "Die Rechnung als PDF oder XML ablegen; ein Foto vorher als PDF speichern.",
)
XML_FREMD = Muster(
    "RECHNUNG_XML_FREMD",
    SPERRE,
    "Das XML ist keine Rechnung, die mahnakte kennt (äußerstes Element „{name}“).",
    "Erwartet wird UBL, CII (XRechnung, ZUGFeRD 2, Factur-X) oder ZUGFeRD 1.",
)
BESTELLUNG = Muster(
    "RECHNUNG_BESTELLUNG",
    SPERRE,
    "Die Datei enthält eine Bestellung, keine Rechnung.",
    "Die Rechnung zu dieser Bestellung verwenden.",
)
# the XML
DOCTYPE = Muster(
    "RECHNUNG_DOCTYPE",
    SPERRE,
    "Die Rechnungsdaten enthalten eine DOCTYPE-Angabe. E-Rechnungen haben keine; sie dient Angriffen.",
    _NICHT_VERWENDEN,
)
KODIERUNG = Muster(
    "RECHNUNG_KODIERUNG",
    SPERRE,
    "Die Zeichenkodierung passt nicht zur Angabe am Anfang der Datei (meist wegen der Umlaute).",
    _NEU_ANFORDERN,
)
XML_VORSPANN = Muster(
    "RECHNUNG_XML_VORSPANN",
    SPERRE,
    "Vor „<?xml“ am Anfang stehen weitere Zeichen; so ist das XML nicht lesbar.",
    _NEU_ANFORDERN,
)
XML_ENDE = Muster(
    "RECHNUNG_XML_ENDE",
    SPERRE,
    "Das XML ist leer, bricht mittendrin ab oder geht nach dem Ende weiter.",
    _NEU_ANFORDERN,
)
XML_AUFBAU = Muster(
    "RECHNUNG_XML_AUFBAU",
    SPERRE,
    "Das XML ist fehlerhaft aufgebaut und lässt sich nicht lesen.",
    _NEU_ANFORDERN,
)
# the PDF
PDF_KENNWORT = Muster(
    "RECHNUNG_PDF_KENNWORT",
    SPERRE,
    "Das PDF ist mit einem Kennwort geschützt.",
    "Das PDF mit dem Kennwort öffnen und ohne Kennwort neu speichern.",
)
PDF_DEFEKT = Muster(
    "RECHNUNG_PDF_DEFEKT",
    SPERRE,
    "Das PDF ist beschädigt oder unvollständig und lässt sich nicht lesen.",
    "Die Rechnung neu beschaffen; oft wurde sie beim Kopieren abgeschnitten.",
)
PDF_ANLAGE = Muster(
    "RECHNUNG_PDF_ANLAGE",
    SPERRE,
    "Die Rechnungsdaten im PDF sind beschädigt: ihre Prüfsumme stimmt nicht.",
    "Die Rechnung neu beschaffen; die sichtbaren Seiten allein genügen nicht.",
)
PDF_BOMBE = Muster(
    "RECHNUNG_PDF_BOMBE",
    SPERRE,
    "Das PDF enthält ungewöhnlich große Daten und wurde nicht entpackt.",
    _NICHT_VERWENDEN,
)
PDF_REPARIERT = Muster(
    "RECHNUNG_PDF_REPARIERT",
    HINWEIS,
    "Das PDF ist nicht ganz regelgerecht aufgebaut und wurde nachsichtig gelesen.",
    "Prüfen, ob alle Seiten zu sehen sind.",
)
PDF_SEITEN = Muster(
    "RECHNUNG_PDF_SEITEN",
    WARNUNG,
    "Das PDF ist beschädigt: ein Leser findet {seiten} Seiten, ein zweiter {andere}.",
    "Die Rechnung neu beschaffen oder neu als PDF speichern.",
)
PDF_VERSCHLUESSELT = Muster(
    "RECHNUNG_PDF_VERSCHLUESSELT",
    HINWEIS,
    "Das PDF ist verschlüsselt, lässt sich aber ohne Kennwort öffnen.",
    "Für Akte und Gericht eine unverschlüsselte Fassung ablegen.",
)
PDF_OHNE_DATEN = Muster(
    "RECHNUNG_PDF_OHNE_DATEN",
    HINWEIS,
    "Das PDF enthält keine Rechnungsdaten (ZUGFeRD, XRechnung).",
    "Nummer, Datum, Betrag und Fälligkeit in fall.yaml angeben.",
    ("nummer", "datum", "betrag", "faellig_am"),
)
XML_NAME = Muster(
    "RECHNUNG_XML_NAME",
    HINWEIS,
    "Das PDF enthält {namen}, aber das sind keine Rechnungsdaten, die mahnakte kennt.",
    "Nummer, Datum und Betrag selbst mit dieser Anlage vergleichen.",
)
PDF_ANLAGEN = Muster(
    "RECHNUNG_PDF_ANLAGEN",
    WARNUNG,
    "Das PDF enthält mehr als {anlagen} Anlagen oder mehr als {teile} Bestandteile; nach Rechnungsdaten wurde "
    "nur bis dahin gesucht.",
    "Eine Fassung ohne die übrigen Anlagen ablegen; sonst Nummer, Datum und Betrag selbst vergleichen.",
)
XML_DOPPELT = Muster(
    "RECHNUNG_XML_DOPPELT",
    HINWEIS,
    "Das PDF enthält die Rechnungsdaten mehrfach; Nummer und Zahlbetrag stimmen überein.",
    "",
)
MEHRERE_XML = Muster(
    "RECHNUNG_MEHRERE_XML",
    SPERRE,
    "Das PDF enthält mehrere Rechnungsdaten, die sich widersprechen ({einzeln}).",
    "Beim Absender klären, welche gelten.",
)
# the visible text of a plain PDF
SCAN = Muster(
    "RECHNUNG_SCAN",
    HINWEIS,
    "Das PDF enthält keinen Text (Scan?); Nummer und Betrag lassen sich nicht vergleichen.",
    "Die Angaben in fall.yaml selbst mit dem Bild vergleichen.",
)
OHNE_TEXT = Muster(
    "RECHNUNG_OHNE_TEXT",
    HINWEIS,
    "Das PDF enthält keinen lesbaren Text; Nummer und Betrag lassen sich nicht vergleichen.",
    "Die Angaben in fall.yaml selbst mit dem PDF vergleichen.",
)
NUMMER_NICHT_GEFUNDEN = Muster(
    "RECHNUNG_NUMMER_NICHT_GEFUNDEN",
    WARNUNG,
    "Die Rechnungsnummer „{nummer}“ wurde im Text des PDF nicht gefunden.",
    "Prüfen, ob das die richtige Datei ist und die Nummer in fall.yaml stimmt.",
)
BETRAG_NICHT_GEFUNDEN = Muster(
    "RECHNUNG_BETRAG_NICHT_GEFUNDEN",
    WARNUNG,
    "Der Betrag {betrag} wurde im Text des PDF nicht gefunden.",
    "Prüfen, ob das die richtige Datei ist und der Betrag in fall.yaml stimmt.",
)
BILD_NUMMER = Muster(
    "RECHNUNG_BILD_NUMMER",
    WARNUNG,
    "Die Rechnungsnummer „{nummer}“ aus den Daten wurde im sichtbaren Text des PDF nicht gefunden.",
    "Bild und Daten vergleichen: gehören sie zu zwei Rechnungen, beim Aussteller klären, welche gilt.",
)
BILD_BETRAG = Muster(
    "RECHNUNG_BILD_BETRAG",
    WARNUNG,
    "Der Betrag {betrag} aus den Daten wurde im sichtbaren Text des PDF nicht gefunden.",
    "Bild und Daten vergleichen: nennen sie zwei Beträge, beim Aussteller klären, welcher gilt.",
)
TEXT_UNGELESEN = Muster(
    "RECHNUNG_TEXT_UNGELESEN",
    WARNUNG,
    "Der sichtbare Text des PDF ließ sich nicht durchsuchen: {grund}",
    "Nummer und Betrag selbst mit dem PDF vergleichen, dann den Befund quittieren; oder eine einfachere Fassung "
    "ablegen.",
)
