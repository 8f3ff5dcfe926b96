"""Every finding about an invoice file: its code, its weight and its sentences. Listed in docs/rechnungen.md."""

import dataclasses
from collections.abc import Collection, Iterable

from mahnakte.grund.befund import Befund, Schwere, Stelle
from mahnakte.grund.text import json_safe

MAX_ZITAT = 300  # characters of hostile text that a sentence quotes


@dataclasses.dataclass(frozen=True, slots=True)
class Muster:
    """The sentences of one finding; {names} are filled in.

    `geklaert_durch` names the keys of an entry under `rechnungen:` that together settle the matter. `fragt`: until
    then nobody is written to about this invoice (rechnungsfragen.py).
    """

    schwere: Schwere
    text: str
    abhilfe: str
    geklaert_durch: tuple[str, ...] = ()
    fragt: bool = False


_HINWEIS, _WARNUNG, _SPERRE = Schwere.HINWEIS, Schwere.WARNUNG, Schwere.SPERRE
_NEU_ANFORDERN = "Die Datei beim Absender neu anfordern; nicht von Hand ändern."
_NICHT_VERWENDEN = "Die Datei nicht verwenden und beim Absender neu anfordern."

MUSTER = {
    # the file
    "RECHNUNG_LEER": Muster(_SPERRE, "Die Datei ist leer.", "Die Rechnung neu ablegen."),
    "RECHNUNG_ZU_GROSS": Muster(
        _SPERRE, "Die Datei ist größer als {grenze} MB.", "Eine Fassung ohne eingebettete Anlagen ablegen."
    ),
    "RECHNUNG_UNBEKANNT": Muster(
        _SPERRE,
        "Die Datei ist weder ein PDF noch eine E-Rechnung als XML.",
        "Die Rechnung als PDF oder XML ablegen; ein Foto vorher als PDF speichern.",
    ),
    "RECHNUNG_XML_FREMD": Muster(
        _SPERRE,
        "Das XML ist keine Rechnung, die mahnakte kennt (äußerstes Element „{name}“).",
        "Erwartet wird UBL, CII (XRechnung, ZUGFeRD 2, Factur-X) oder ZUGFeRD 1.",
    ),
    "RECHNUNG_BESTELLUNG": Muster(
        _SPERRE,
        "Die Datei enthält eine Bestellung, keine Rechnung.",
        "Die Rechnung zu dieser Bestellung verwenden.",
    ),
    # the XML
    "RECHNUNG_DOCTYPE": Muster(
        _SPERRE,
        "Die Rechnungsdaten enthalten eine DOCTYPE-Angabe. E-Rechnungen haben keine; sie dient Angriffen.",
        _NICHT_VERWENDEN,
    ),
    "RECHNUNG_KODIERUNG": Muster(
        _SPERRE,
        "Die Zeichenkodierung passt nicht zur Angabe am Anfang der Datei (meist wegen der Umlaute).",
        _NEU_ANFORDERN,
    ),
    "RECHNUNG_XML_VORSPANN": Muster(
        _SPERRE, "Vor „<?xml“ am Anfang stehen weitere Zeichen; so ist das XML nicht lesbar.", _NEU_ANFORDERN
    ),
    "RECHNUNG_XML_ENDE": Muster(
        _SPERRE, "Das XML ist leer, bricht mittendrin ab oder geht nach dem Ende weiter.", _NEU_ANFORDERN
    ),
    "RECHNUNG_XML_AUFBAU": Muster(
        _SPERRE, "Das XML ist fehlerhaft aufgebaut und lässt sich nicht lesen.", _NEU_ANFORDERN
    ),
    # the PDF
    "RECHNUNG_PDF_KENNWORT": Muster(
        _SPERRE,
        "Das PDF ist mit einem Kennwort geschützt.",
        "Das PDF mit dem Kennwort öffnen und ohne Kennwort neu speichern.",
    ),
    "RECHNUNG_PDF_DEFEKT": Muster(
        _SPERRE,
        "Das PDF ist beschädigt oder unvollständig und lässt sich nicht lesen.",
        "Die Rechnung neu beschaffen; oft wurde sie beim Kopieren abgeschnitten.",
    ),
    "RECHNUNG_PDF_ANLAGE": Muster(
        _SPERRE,
        "Die Rechnungsdaten im PDF sind beschädigt: ihre Prüfsumme stimmt nicht.",
        "Die Rechnung neu beschaffen; die sichtbaren Seiten allein genügen nicht.",
    ),
    "RECHNUNG_PDF_BOMBE": Muster(
        _SPERRE, "Das PDF enthält ungewöhnlich große Daten und wurde nicht entpackt.", _NICHT_VERWENDEN
    ),
    "RECHNUNG_PDF_REPARIERT": Muster(
        _HINWEIS,
        "Das PDF ist nicht ganz regelgerecht aufgebaut und wurde nachsichtig gelesen.",
        "Prüfen, ob alle Seiten zu sehen sind.",
    ),
    "RECHNUNG_PDF_SEITEN": Muster(
        _WARNUNG,
        "Das PDF ist beschädigt: ein Leser findet {seiten} Seiten, ein zweiter {andere}.",
        "Die Rechnung neu beschaffen oder neu als PDF speichern.",
    ),
    "RECHNUNG_PDF_VERSCHLUESSELT": Muster(
        _HINWEIS,
        "Das PDF ist verschlüsselt, lässt sich aber ohne Kennwort öffnen.",
        "Für Akte und Gericht eine unverschlüsselte Fassung ablegen.",
    ),
    "RECHNUNG_PDF_OHNE_DATEN": Muster(
        _HINWEIS,
        "Das PDF enthält keine Rechnungsdaten (ZUGFeRD, XRechnung).",
        "Nummer, Datum, Betrag und Fälligkeit in fall.yaml angeben.",
        ("nummer", "datum", "betrag", "faellig_am"),
    ),
    "RECHNUNG_XML_NAME": Muster(
        _HINWEIS,
        "Das PDF enthält {namen}, aber das sind keine Rechnungsdaten, die mahnakte kennt.",
        "Nummer, Datum und Betrag selbst mit dieser Anlage vergleichen.",
    ),
    "RECHNUNG_PDF_ANLAGEN": Muster(
        _WARNUNG,
        "Das PDF enthält mehr als {anlagen} Anlagen oder mehr als {teile} Bestandteile; nach Rechnungsdaten wurde "
        "nur bis dahin gesucht.",
        "Eine Fassung ohne die übrigen Anlagen ablegen; sonst Nummer, Datum und Betrag selbst vergleichen.",
    ),
    "RECHNUNG_XML_DOPPELT": Muster(
        _HINWEIS, "Das PDF enthält die Rechnungsdaten mehrfach; Nummer und Zahlbetrag stimmen überein.", ""
    ),
    "RECHNUNG_MEHRERE_XML": Muster(
        _SPERRE,
        "Das PDF enthält mehrere Rechnungsdaten, die sich widersprechen ({einzeln}).",
        "Beim Absender klären, welche gelten.",
    ),
    # the visible text of a plain PDF
    "RECHNUNG_SCAN": Muster(
        _HINWEIS,
        "Das PDF enthält keinen Text (Scan?); Nummer und Betrag lassen sich nicht vergleichen.",
        "Die Angaben in fall.yaml selbst mit dem Bild vergleichen.",
    ),
    "RECHNUNG_OHNE_TEXT": Muster(
        _HINWEIS,
        "Das PDF enthält keinen lesbaren Text; Nummer und Betrag lassen sich nicht vergleichen.",
        "Die Angaben in fall.yaml selbst mit dem PDF vergleichen.",
    ),
    "RECHNUNG_NUMMER_NICHT_GEFUNDEN": Muster(
        _WARNUNG,
        "Die Rechnungsnummer „{nummer}“ wurde im Text des PDF nicht gefunden.",
        "Prüfen, ob das die richtige Datei ist und die Nummer in fall.yaml stimmt.",
    ),
    "RECHNUNG_BETRAG_NICHT_GEFUNDEN": Muster(
        _WARNUNG,
        "Der Betrag {betrag} wurde im Text des PDF nicht gefunden.",
        "Prüfen, ob das die richtige Datei ist und der Betrag in fall.yaml stimmt.",
    ),
    "RECHNUNG_BILD_NUMMER": Muster(
        _WARNUNG,
        "Die Rechnungsnummer „{nummer}“ aus den Daten wurde im sichtbaren Text des PDF nicht gefunden.",
        "Bild und Daten vergleichen: gehören sie zu zwei Rechnungen, beim Aussteller klären, welche gilt.",
    ),
    "RECHNUNG_BILD_BETRAG": Muster(
        _WARNUNG,
        "Der Betrag {betrag} aus den Daten wurde im sichtbaren Text des PDF nicht gefunden.",
        "Bild und Daten vergleichen: nennen sie zwei Beträge, beim Aussteller klären, welcher gilt.",
    ),
    "RECHNUNG_TEXT_UNGELESEN": Muster(
        _WARNUNG,
        "Der sichtbare Text des PDF ließ sich nicht durchsuchen: {grund}",
        "Nummer und Betrag selbst mit dem PDF vergleichen, dann den Befund quittieren; oder eine einfachere Fassung "
        "ablegen.",
    ),
    # single values
    "RECHNUNG_ANGABE_MEHRFACH": Muster(
        _WARNUNG,
        "„{name}“ steht mehrfach mit verschiedenem Inhalt: {werte}.",
        "Beim Absender klären, welche Angabe gilt.",
    ),
    "RECHNUNG_ZEICHEN": Muster(
        _WARNUNG,
        "Eine Angabe enthält das unsichtbare Steuerzeichen {zeichen}.",
        "Die Angabe mit der sichtbaren Rechnung vergleichen und in fall.yaml selbst machen.",
    ),
    "RECHNUNG_TEXT_ZU_LANG": Muster(
        _WARNUNG,
        "Eine Angabe ist länger als {laenge} Zeichen und wurde gekürzt.",
        "Die Angabe in der Rechnung selbst nachlesen.",
    ),
    "RECHNUNG_DATUM_UNLESBAR": Muster(
        _WARNUNG,
        "„{name}“: „{wert}“ ist kein Kalendertag.",
        "Das Datum aus der sichtbaren Rechnung in fall.yaml angeben.",
    ),
    "RECHNUNG_DATUM_FORMAT": Muster(
        _WARNUNG,
        "„{name}“ trägt die falsche Formatangabe „{wert}“; gelesen als {tag}.",
        "Das Datum mit der sichtbaren Rechnung vergleichen.",
    ),
    "RECHNUNG_BETRAG_UNLESBAR": Muster(
        _WARNUNG,
        "„{name}“: „{wert}“ ist kein Betrag mit höchstens zwei Nachkommastellen.",
        "Den Betrag aus der sichtbaren Rechnung in fall.yaml unter „betrag:“ angeben.",
    ),
    # what kind of document it is
    "RECHNUNG_ART_FEHLT": Muster(
        _WARNUNG,
        "Die Datei sagt nicht, ob sie Rechnung oder Gutschrift ist.",
        "Die sichtbare Rechnung ansehen.",
    ),
    "RECHNUNG_GUTSCHRIFT": Muster(
        _SPERRE,
        "Das ist eine Gutschrift{bezug} (Art {art}), keine Forderung.",
        "In fall.yaml unter „gutschriften:“ mit Tag und Betrag eintragen.",
    ),
    "RECHNUNG_KORREKTUR": Muster(
        _WARNUNG,
        "Das ist eine Rechnungskorrektur{bezug} (Art {art}).",
        "Prüfen, ob sie die erste Rechnung ersetzt; den geschuldeten Betrag mit „betrag_gilt:“ in fall.yaml angeben.",
        ("betrag", "betrag_gilt"),
    ),
    "RECHNUNG_ART": Muster(
        _SPERRE,
        "Das ist keine Rechnung, aus der gefordert wird: {text} (Art {art}).",
        "Die Rechnung verwenden, aus der gefordert wird; diese Datei gehört nach belege/. Gibt es keine, die "
        "Forderung mit „nummer“, „datum“ und „betrag“ ohne „datei“ eintragen.",
    ),
    "RECHNUNG_ART_FRAGE": Muster(
        _WARNUNG,
        "Der Beleg ist keine gewöhnliche Rechnung: {text} (Art {art}). {frage}",
        "Wird daraus gefordert, in fall.yaml bei dieser Rechnung „art_geklaert: forderung“ ergänzen.",
        ("art_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_ABGETRETEN": Muster(
        _WARNUNG,
        "Die Forderung ist laut Rechnung abgetreten: {text} (Art {art}).",
        "Fordern darf, wem sie jetzt zusteht. Darf es dieser Gläubiger, bei der Rechnung „empfaenger_geklaert:“ "
        "ergänzen: abtretung, rueckabtretung, einziehung oder zahlstelle.",
        ("empfaenger_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_TEST": Muster(
        _WARNUNG,
        "Die Datei ist als Test gekennzeichnet und damit keine Rechnung.",
        "Die echte Rechnung ablegen; ist die Kennzeichnung ein Versehen, „art_geklaert: forderung“ ergänzen.",
        ("art_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_KOPIE": Muster(
        _WARNUNG,
        "Die Datei ist als Kopie gekennzeichnet; das Original kann schon in einem anderen Fall gefordert sein.",
        "Das Original ablegen oder, wenn nur hieraus gefordert wird, „art_geklaert: forderung“ ergänzen.",
        ("art_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_LASTSCHRIFT": Muster(
        _WARNUNG,
        "Laut Rechnung wird der Betrag per Lastschrift eingezogen{mandat}; dann zahlt der Schuldner nicht selbst.",
        "Ging die Lastschrift zurück, das eintragen: unter „kosten:“ die Art „ruecklastschrift“ oder bei der Zahlung "
        "„zurueck_am:“. Sonst bei der Rechnung „zahlweg_geklaert:“ ergänzen: nicht_eingezogen, zurueckgegeben, "
        "nicht_gezahlt oder ueberweisung_vereinbart.",
        ("zahlweg_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_ZAHLWEG": Muster(
        _WARNUNG,
        "Laut Rechnung wird nicht überwiesen, sondern so gezahlt: {weg}.",
        "Klären, ob schon gezahlt ist; wenn nicht, bei der Rechnung „zahlweg_geklaert:“ ergänzen: nicht_eingezogen, "
        "zurueckgegeben, nicht_gezahlt oder ueberweisung_vereinbart.",
        ("zahlweg_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_ZAHLUNGSEMPFAENGER": Muster(
        _WARNUNG,
        "Zu zahlen ist laut Rechnung an „{empfaenger}“, nicht an den Verkäufer „{verkaeufer}“.",
        "Klären, wem die Forderung zusteht. Darf dieser Gläubiger sie einziehen, bei der Rechnung "
        "„empfaenger_geklaert:“ ergänzen: abtretung, rueckabtretung, einziehung oder zahlstelle.",
        ("empfaenger_geklaert",),
        fragt=True,
    ),
    "RECHNUNG_VOM_KAEUFER": Muster(
        _HINWEIS,
        "Die Rechnung hat der Käufer ausgestellt (Art {art}, Gutschriftverfahren).",
        "Gläubiger ist trotzdem der Verkäufer.",
    ),
    "RECHNUNG_ABSCHLAG": Muster(
        _HINWEIS,
        "Das ist eine Teil- oder Abschlagsrechnung (Art {art}).",
        "Prüfen, ob schon eine Schlussrechnung gestellt ist; dann gilt diese.",
    ),
    "RECHNUNG_PROFIL": Muster(
        _HINWEIS,
        "Die Daten folgen dem Profil {profil} und haben keine Positionen: Rechnung ist das PDF.",
        "Das PDF mit den Daten vergleichen.",
    ),
    # what it demands
    "RECHNUNG_NUMMER_FEHLT": Muster(
        _WARNUNG,
        "Die Rechnung nennt keine Rechnungsnummer.",
        "In fall.yaml unter „nummer:“ angeben.",
        ("nummer",),
    ),
    "RECHNUNG_DATUM_FEHLT": Muster(
        _WARNUNG,
        "Die Rechnung nennt kein Rechnungsdatum.",
        "In fall.yaml unter „datum:“ angeben.",
        ("datum",),
    ),
    "RECHNUNG_WAEHRUNG": Muster(
        _SPERRE,
        "Die Rechnung lautet auf {waehrung}; mahnakte rechnet nur in Euro.",
        "Den Fall außerhalb von mahnakte bearbeiten.",
    ),
    "RECHNUNG_WAEHRUNG_FEHLT": Muster(
        _WARNUNG,
        "Die Rechnung nennt keine Währung.",
        "Die sichtbare Rechnung ansehen; lautet sie auf Euro, den Befund in fall.yaml quittieren.",
    ),
    "RECHNUNG_WAEHRUNG_WIDERSPRICHT": Muster(
        _SPERRE,
        "Die Rechnung nennt die Währung {waehrung}, der Zahlbetrag steht in {andere}.",
        "Beim Absender klären, in welcher Währung zu zahlen ist.",
    ),
    "RECHNUNG_SUMME_WIDERSPRICHT": Muster(
        _WARNUNG,
        "Netto {netto} und Umsatzsteuer {steuer} ergeben {summe}, als Bruttobetrag steht {brutto}.",
        "Beim Aussteller klären; ein falscher Betrag gefährdet die Forderung.",
    ),
    "ZAHLBETRAG_FEHLT": Muster(
        _WARNUNG,
        "Die Rechnung nennt keinen Zahlbetrag{brutto}.",
        "Den geschuldeten Betrag in fall.yaml unter „betrag:“ angeben.",
        ("betrag",),
    ),
    "ZAHLBETRAG_NICHT_POSITIV": Muster(
        _WARNUNG,
        "Der Zahlbetrag ist {zahlbetrag}: daraus ist nichts zu fordern.",
        "Ist noch etwas offen, den Betrag in fall.yaml mit „betrag_gilt: fall“ angeben.",
        ("betrag", "betrag_gilt"),
    ),
    "ZAHLBETRAG_ABWEICHEND": Muster(
        _WARNUNG,
        "Zahlbetrag {zahlbetrag} und Bruttobetrag {brutto} sind verschieden; {erklaerung}.",
        "Gefordert wird der Zahlbetrag. Stimmt das, den Befund in fall.yaml quittieren.",
        ("betrag", "betrag_gilt"),
    ),
    "RECHNUNG_FAELLIGKEIT_FEHLT": Muster(
        _WARNUNG,
        "Die Rechnung nennt kein Fälligkeitsdatum{zahlungstext}.",
        "In fall.yaml unter „faellig_am:“ angeben.",
        ("faellig_am",),
    ),
    "RECHNUNG_FAELLIGKEIT_MEHRFACH": Muster(
        _WARNUNG,
        "Die Rechnung nennt mehrere Fälligkeiten: {tage}.",
        "In fall.yaml unter „faellig_am:“ angeben; bei Raten je Rate einen Eintrag anlegen.",
        ("faellig_am",),
    ),
}


def finding(code: str, stelle: Stelle, **angaben: str) -> Befund:
    """Return the finding of this code with its sentences filled in; quoted text is made visible and cut."""
    muster = MUSTER[code]
    sicher = {name: json_safe(wert)[:MAX_ZITAT] for name, wert in angaben.items()}
    return Befund(code, muster.schwere, muster.text.format(**sicher), muster.abhilfe, stelle)


def is_frage(befund: Befund) -> bool:
    """Tell whether nobody is written to about the invoice until a person has settled the finding."""
    muster = MUSTER.get(befund.code)
    return muster is not None and muster.fragt


def without_settled(befunde: Iterable[Befund], angegeben: Collection[str]) -> tuple[Befund, ...]:
    """Drop the findings that a person has settled by what the entry in fall.yaml states.

    `angegeben` are the keys with a value in that entry of `rechnungen:`; the other findings stay.
    """
    return tuple(befund for befund in befunde if not _is_settled(befund, angegeben))


def _is_settled(befund: Befund, angegeben: Collection[str]) -> bool:
    muster = MUSTER.get(befund.code)
    noetig = muster.geklaert_durch if muster else ()
    return bool(noetig) and set(noetig) <= set(angegeben)
