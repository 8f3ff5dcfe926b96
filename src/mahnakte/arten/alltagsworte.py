"""What people write for what fall.yaml calls otherwise: the words of the trade, each with what to write instead.

A word of another meaning is never guessed from its letters (grund/text.py); what clerks say stands here. Words are
in the form of `fold`: small, without umlauts, parts joined by `_`.
"""

from collections.abc import Collection, Mapping

from mahnakte.grund.text import means


def _table(*zeilen: tuple[str, str]) -> dict[str, str]:
    return {wort: satz for woerter, satz in zeilen for wort in woerter.split()}


EREIGNISWORTE: Mapping[str, str] = _table(
    # letters
    ("mahnung mahnungen gemahnt mahnbrief mahnschreiben erinnerung zahlungserinnerung zahlungsaufforderung "
     "mahnung_1 mahnung_2 mahnung_3 mahnung_letzte mahnung1 mahnung2 mahnung3 1_mahnung 2_mahnung 3_mahnung "
     "erste_mahnung zweite_mahnung dritte_mahnung letzte_mahnung versandt versendet verschickt gesendet abgeschickt "
     "mahnung_verschickt mahnung_gesendet mahnung_versendet mahnung_geschickt mahnung_raus brief schreiben",
     "Ging ein Schreiben hinaus: „art: mahnung_versandt“ mit „stufe:“; kam es beim Schuldner an: "
     "„art: mahnung_zugegangen“ mit „stufe:“ oder „vorgang:“."),
    ("zugegangen zugang empfangen einschreiben rueckschein mahnung_erhalten mahnung_angekommen angekommen",
     "Kam ein Mahnschreiben beim Schuldner an: „art: mahnung_zugegangen“ mit „stufe:“ oder „vorgang:“."),
    ("zugestellt zustellung zustellungsurkunde zu_gestellt",
     "Kam ein Mahnschreiben an: „art: mahnung_zugegangen“. Hat das Gericht zugestellt: „art: mb_zugestellt“ oder "
     "„art: vb_zugestellt“."),
    # money
    ("bezahlt gezahlt zahlung zahlungen zahlungseingang geldeingang eingang teilzahlung anzahlung abschlag "
     "ueberweisung ueberwiesen teilbezahlt teilweise_bezahlt rate_bezahlt",
     "Zahlungen stehen nicht hier, sondern unter „zahlungen:“ mit „am:“ und „betrag:“."),
    ("gutschrift gutschriften gutgeschrieben rechnungskorrektur storno storniert rabatt preisnachlass minderung",
     "Gutschriften stehen nicht hier, sondern unter „gutschriften:“ mit „am:“ und „betrag:“."),
    ("nachlass", "Ein Preisnachlass steht unter „gutschriften:“. Ist der Schuldner gestorben: „art: verstorben“."),
    ("ruecklastschrift lastschrift_zurueck rueckbuchung zurueckgebucht ruecklast geplatzt",
     "Eine zurückgegebene Zahlung bekommt unter „zahlungen:“ den Tag „zurueck_am:“; die Bankkosten stehen unter "
     "„kosten:“ mit „art: ruecklastschrift“."),
    ("kosten gebuehr gebuehren mahngebuehr mahngebuehren mahnkosten auslagen",
     "Kosten stehen nicht hier, sondern unter „kosten:“ mit „am:“, „art:“ und „betrag:“."),
    ("erlass verzicht ausgebucht ausbuchung abgeschrieben abschreibung niedergeschlagen erlassen",
     "Ein Erlass steht nicht hier, sondern unter „verzicht:“ mit „am:“ und „betrag:“."),
    ("rechnung rechnungsversand rechnung_versandt rechnung_verschickt rechnung_zugegangen",
     "Tage der Rechnung stehen bei ihr selbst unter „rechnungen:“ („datum:“, „zugegangen_am:“)."),
    ("nicht_bezahlt nicht_gezahlt unbezahlt keine_zahlung offen",
     "Dass nichts gezahlt ist, braucht keinen Eintrag. Hat der Schuldner die Zahlung endgültig abgelehnt: "
     "„art: zahlung_verweigert“."),
    ("verweigert weigerung zahlungsverweigerung erfuellungsverweigerung zahlt_nicht will_nicht_zahlen abgelehnt "
     "zahlung_abgelehnt",
     "Hat der Schuldner die Zahlung ernsthaft und endgültig abgelehnt: „art: zahlung_verweigert“."),
    # objections and pauses
    ("einwand einwendung einwaende einrede reklamation reklamiert beanstandet maengelruege mangel maengel beschwerde "
     "strittig streitig bestreitet bestreiten rechnungswiderspruch widerspruch_rechnung widerspruch_gegen_rechnung "
     "widerspruch_gegen_die_rechnung rechnung_widersprochen widersprochen rechnung_bestritten teilweise_bestritten",
     "Wendet sich der Schuldner gegen die Rechnung: „art: bestritten“ mit „grund:“. Widerspruch beim Mahngericht: "
     "„art: widerspruch“."),
    ("einwand_erledigt einwand_geklaert reklamation_erledigt geklaert klaerung nicht_bestritten unbestritten "
     "unstreitig unstrittig bestritten_geklaert",
     "Ist ein Einwand aus der Welt: „art: bestritten_erledigt“. Gab es nie einen, braucht es keinen Eintrag."),
    ("erledigt abgeschlossen geschlossen erledigung",
     "Ist alles bezahlt, steht es unter „zahlungen:“; ist ein Rest erlassen, unter „verzicht:“. Ist nur ein Einwand "
     "geklärt: „art: bestritten_erledigt“."),
    ("sperre gesperrt mahnstopp mahnstop mahnpause pause pausiert ruht ruhend zurueckgestellt warten wiedervorlage "
     "stopp nicht_mahnen",
     "Soll bis zu einem Tag nicht gemahnt werden: „art: mahnsperre“ mit „bis:“ und „grund:“."),
    ("zahlung_unklar unklare_zahlung ungeklaerte_zahlung zahlung_offen zahlung_zu_klaeren",
     "Ist offen, ob eine Zahlung diesen Fall betrifft: „art: zahlung_ungeklaert“ mit „betrag:“ und „bis:“."),
    # arrangements
    ("aufschub zahlungsaufschub gestundet fristverlaengerung frist_verlaengert verlaengerung nachfrist",
     "Wurde ein späterer Zahltag vereinbart: „art: stundung“ mit „bis:“."),
    ("raten rate ratenzahlung ratenzahlungen ratenvereinbarung ratenzahlungsvereinbarung teilzahlungsvereinbarung",
     "Wurden Raten vereinbart: „art: ratenplan“ mit „raten:“ (je „am:“ und „betrag:“)."),
    ("rate_ausgeblieben rate_nicht_bezahlt rate_nicht_gezahlt raten_ausgeblieben ratenplan_geplatzt "
     "ratenplan_gebrochen ratenplan_nicht_eingehalten",
     "Ausgebliebene Raten findet das Programm selbst. Ist der Plan gekündigt: „art: ratenplan_gekuendigt“."),
    ("kuendigung gekuendigt ratenzahlung_gekuendigt raten_gekuendigt ratenplan_kuendigung ratenplan_widerrufen",
     "Ist ein Ratenplan gekündigt: „art: ratenplan_gekuendigt“. Eine andere Kündigung: „art: kontakt“ mit „notiz:“."),
    ("einigung vereinbarung absprache geeinigt verglichen",
     "Je nachdem, was vereinbart ist: „art: ratenplan“, „art: stundung“ oder „art: vergleich“."),
    ("anerkannt anerkennung schuldanerkenntnis schuld_anerkannt anerkenntniserklaerung",
     "Hat der Schuldner die Forderung anerkannt: „art: anerkenntnis“."),
    ("verhandelt verhandlungen vergleichsverhandlung", "Wird über die Forderung verhandelt: „art: verhandlung“."),
    ("verjaehrung verjaehrt einredeverzicht verzicht_auf_verjaehrung",
     "Verjährung rechnet „mahnakte fristen“ selbst. Hat der Schuldner auf die Einrede verzichtet: "
     "„art: verjaehrungsverzicht“ mit „bis:“."),
    # talk
    ("telefonat telefon telefoniert anruf angerufen gespraech email e_mail mail fax besuch antwort rueckmeldung "
     "brief_erhalten schreiben_erhalten notiz bemerkung vermerk nachricht",
     "Ein Gespräch oder eine Nachricht: „art: kontakt“ mit „kanal:“ und „notiz:“."),
    ("zusage zahlungszusage zahlungsversprechen zahlungsankuendigung versprochen zahlung_zugesagt zugesagt",
     "Eine Zahlungszusage: „art: kontakt“ mit „zusage_am:“ und „zusage_betrag:“."),
    ("freigegeben genehmigt genehmigung bewilligt", "Eine Freigabe: „art: freigabe“ mit „von:“."),
    # the person
    ("verzogen umgezogen umzug unbekannt_umgezogen weggezogen neue_anschrift neue_adresse adressaenderung "
     "anschriftenaenderung adresse_geaendert",
     "Ist die neue Anschrift bekannt, sie oben beim Schuldner eintragen; ist sie unbekannt: "
     "„art: unbekannt_verzogen“."),
    ("unbekannt unzustellbar nicht_zustellbar ruecklaeufer postruecklaeufer rueckbrief brief_zurueck zurueckgekommen "
     "empfaenger_unbekannt anschrift_unbekannt adresse_unbekannt adresse_falsch unauffindbar untergetaucht "
     "nicht_zugestellt unbekannter_aufenthalt",
     "Kam ein Brief zurück, weil die Anschrift nicht stimmt: „art: unbekannt_verzogen“. Konnte das Gericht nicht "
     "zustellen: „art: mb_nicht_zugestellt“."),
    ("tot tod todesfall gestorben verstarb sterbefall erbfall erbe erben",
     "Ist der Schuldner gestorben: „art: verstorben“."),
    ("betreuer gesetzliche_betreuung vormund vormundschaft pflegschaft pfleger",
     "Hat das Gericht einen Betreuer bestellt: „art: betreuung“."),
    ("insolvent insolvenzverfahren insolvenzeroeffnung insolvenz_eroeffnet privatinsolvenz verbraucherinsolvenz "
     "konkurs pleite regelinsolvenz insolvenzverwalter",
     "Ist das Insolvenzverfahren eröffnet: „art: insolvenz“."),
    ("insolvenzantrag insolvenz_beantragt zahlungsunfaehig zahlungsunfaehigkeit",
     "Ein Antrag ist noch keine Eröffnung: bis dahin „art: mahnsperre“ mit „bis:“ und „grund:“; ist das Verfahren "
     "eröffnet: „art: insolvenz“."),
    ("angemeldet forderungsanmeldung insolvenztabelle zur_tabelle_angemeldet tabelle",
     "Ist die Forderung zur Tabelle angemeldet: „art: insolvenz_angemeldet“."),
    # the court
    ("mahnbescheid mahnantrag mahnverfahren antrag gericht mahngericht mb",
     "Antrag eingereicht: „art: antrag_eingereicht“. Mahnbescheid erlassen: „art: mb_erlassen“, zugestellt: "
     "„art: mb_zugestellt“, nicht zugestellt: „art: mb_nicht_zugestellt“."),
    ("eingereicht antrag_gestellt beantragt mb_beantragt mb_eingereicht mahnbescheid_beantragt mahnantrag_gestellt "
     "mahnantrag_eingereicht mahnbescheid_eingereicht",
     "Ist der Mahnantrag bei Gericht: „art: antrag_eingereicht“."),
    ("mahnbescheid_erlassen", "Gemeint ist wohl „art: mb_erlassen“."),
    ("mahnbescheid_zugestellt", "Gemeint ist wohl „art: mb_zugestellt“."),
    ("mahnbescheid_nicht_zugestellt mb_unzustellbar mahnbescheid_unzustellbar",
     "Gemeint ist wohl „art: mb_nicht_zugestellt“."),
    ("vollstreckungsbescheid vb",
     "Beantragt: „art: vb_beantragt“, erlassen: „art: vb_erlassen“, zugestellt: „art: vb_zugestellt“; der Titel "
     "selbst steht unter „titel:“."),
    ("vollstreckungsbescheid_beantragt", "Gemeint ist wohl „art: vb_beantragt“."),
    ("vollstreckungsbescheid_erlassen", "Gemeint ist wohl „art: vb_erlassen“."),
    ("vollstreckungsbescheid_zugestellt", "Gemeint ist wohl „art: vb_zugestellt“."),
    ("titel urteil tituliert schuldtitel kostenfestsetzungsbeschluss kfb",
     "Ein Titel steht nicht hier, sondern unter „titel:“."),
    ("moniert monierungsschreiben zwischenverfuegung beanstandung gerichtliche_beanstandung rueckfrage_des_gerichts",
     "Hat das Mahngericht den Antrag beanstandet: „art: monierung“. Rügt der Schuldner die Ware oder Leistung: "
     "„art: bestritten“ mit „grund:“."),
    ("zurueckgewiesen zurueckweisung antrag_abgelehnt",
     "Hat das Gericht den Antrag zurückgewiesen: „art: antrag_zurueckgewiesen“. Weist der Schuldner die Rechnung "
     "zurück: „art: bestritten“ mit „grund:“."),
    ("teilwiderspruch gesamtwiderspruch widerspruch_gegen_mahnbescheid widerspruch_mahnbescheid widerspruch_gegen_mb "
     "mb_widerspruch",
     "Widerspruch gegen den Mahnbescheid: „art: widerspruch“ mit „umfang:“ (ganz oder teil)."),
    ("einspruch_gegen_vollstreckungsbescheid einspruch_gegen_vb vb_einspruch",
     "Einspruch gegen den Vollstreckungsbescheid: „art: einspruch“."),
    ("abgegeben streitverfahren abgabe_an_streitgericht",
     "Hat das Mahngericht an das Streitgericht abgegeben: „art: abgabe“."),
    ("klage klagebegruendung begruendung", "Die Begründung beim Streitgericht: „art: anspruchsbegruendung“."),
    ("rechtskraeftig", "Gemeint ist wohl „art: rechtskraft“."),
    ("pfaendung kontopfaendung lohnpfaendung gepfaendet gerichtsvollzieher gv zwangsvollstreckung "
     "vermoegensauskunft haftbefehl",
     "Eine Maßnahme der Zwangsvollstreckung: „art: vollstreckung“ mit „titel:“ und „massnahme:“."),
    ("pfueb pfaendungsbeschluss pfaendungs_und_ueberweisungsbeschluss drittschuldner drittschuldnererklaerung",
     "Die Zustellung der Pfändung an den Drittschuldner: „art: pfaendung_zugestellt“ mit „titel:“."),
    ("abtretung abgetreten forderungskauf", "Eine Abtretung steht nicht hier, sondern unter „abtretung:“."),
    ("inkasso uebergabe uebergeben anwalt abgabe_inkasso abgabe_anwalt",
     "Die Übergabe hält „mahnakte akte FALL --ziel ORDNER“ als Vorgang fest; ein Eintrag ist nicht nötig."),
)  # fmt: skip

_SCHLUESSELWORTE = _table(
    ("strasse_hausnummer strasse_nr str adresse anschrift strassenname", "strasse"),
    ("postleitzahl plz_ort", "plz"),
    ("stadt wohnort gemeinde", "ort"),
    ("bundesland", "land"),
    ("staat_iso country nation", "staat"),
    ("co c/o adresszusatz anschriftzusatz strassenzusatz etage hinterhaus zusatzzeile zu_haenden zuhanden", "zusatz"),
    ("mail e_mail e_mail_adresse mailadresse emailadresse", "email"),
    ("tel fon telefonnummer handy mobil mobiltelefon", "telefon"),
    ("nachname firma firmenname familienname zuname", "name"),
    ("rufname", "vorname"),
    ("gesellschaftsform", "rechtsform"),
    ("privat privatperson konsument", "verbraucher"),
    ("az akz aktennummer aktennr fallnummer", "aktenzeichen"),
    ("kreditor mandant auftraggeber", "glaeubiger"),
    ("debitor kunde kunden", "schuldner"),
    ("rechnung", "rechnungen"),
    ("zahlung zahlungseingaenge eingaenge zahlungseingang geldeingang teilzahlung anzahlung ueberweisung",
     "zahlungen"),
    ("gutschrift", "gutschriften"),
    ("mahnkosten mahngebuehren gebuehren auslagen", "kosten"),
    ("ereignis vorkommnisse verlauf", "ereignisse"),
    ("erlass nachlass", "verzicht"),
    ("rechnungsnummer rechnungsnr rechnungs_nr nr belegnummer rnr", "nummer"),
    ("rechnungsdatum ausgestellt_am", "datum"),
    ("datum tag wann zahlungsdatum buchungsdatum valuta eingang_am", "am"),
    ("summe rechnungsbetrag bruttobetrag brutto endbetrag zahlbetrag gesamtbetrag hoehe", "betrag"),
    ("faellig faelligkeitsdatum faelligkeitstag zahlbar_bis zahlungsziel faellig_bis", "faellig_am"),
    ("leistungsdatum lieferdatum leistung geliefert_am leistung_von", "leistung_am"),
    ("zugang zugang_am erhalten_am eingegangen_am", "zugegangen_am"),
    ("pdf dokument", "datei"),
    ("bemerkung kommentar notiz begruendung anlass", "grund"),
    ("bemerkung kommentar text", "notiz"),
    ("frist endet_am ende", "bis"),
    ("verwendungszweck", "auf"),
    ("typ kategorie", "art"),
    ("kontonummer bankverbindung konto_iban", "iban"),
    ("geschaeftsfuehrer inhaber vorstand", "vertreter"),
)  # fmt: skip
_SCHLUESSELWORTE |= {"bemerkung": "grund notiz", "kommentar": "grund notiz", "datum": "datum am", "nachlass":
                     "verzicht gutschriften", "zahlungsziel": "faellig_am", "konto": "iban"}  # fmt: skip

_WERTWORTE = _table(
    ("privat privatperson natuerliche_person mensch mann frau verbraucher einzelperson", "person"),
    ("firma unternehmen gmbh ag ug kg ohg gbr juristische_person company verein ev genossenschaft", "gesellschaft"),
    ("einzelunternehmen einzelunternehmer einzelkaufmann ek kaufmann freiberufler inhaber", "einzelfirma"),
    ("wohnungseigentuemergemeinschaft eigentuemergemeinschaft wohnungseigentuemer", "weg"),
    ("amt stadt gemeinde land bund", "behoerde"),
    ("m maennlich hr mr", "Herr"),
    ("w weiblich fr mrs ms", "Frau"),
    ("mahngebuehr mahngebuehren mahnung", "mahnkosten"),
    ("bankkosten bankgebuehr bankgebuehren lastschrift", "ruecklastschrift"),
    ("adressermittlung meldeamt einwohnermeldeamt melderegister", "auskunft"),
    ("inkassokosten inkassogebuehr", "inkasso"),
    ("anwaltskosten rechtsanwalt rechtsanwaltskosten geschaeftsgebuehr 2300 rvg", "rvg-2300"),
    ("gerichtskosten gerichtsgebuehr gkg", "gericht"),
    ("vollstreckungskosten gerichtsvollzieher gerichtsvollzieherkosten", "vollstreckung"),
    ("pauschale 40_euro 40_eur verzugskostenpauschale", "verzugspauschale"),
    ("andere anderes sonstiges weitere", "sonstige"),
    ("vb", "vollstreckungsbescheid"),
    ("kostenfestsetzungsbeschluss", "kfb"),
    ("notarurkunde notarielle_urkunde vollstreckbare_urkunde", "urkunde"),
    ("prozessvergleich gerichtlicher_vergleich", "vergleich"),
    ("tabellenauszug", "insolvenztabelle"),
    ("vertrag vertraglich kalendertag", "vereinbart"),
    ("sofort gesetz", "gesetzlich"),
    ("unbekannt unklar keine", "unbestimmt"),
    ("geliefert geleistet", "erbracht"),
    ("ag", "amtsgericht"),
    ("lg", "landgericht"),
    ("kfh kammer_fuer_handelssachen", "landgericht-kfh"),
    ("mb mahnantrag gericht", "mahnbescheid"),
    ("abgabe inkasso anwalt", "uebergabe"),
    ("kanzlei rechtsanwaltskanzlei ra rechtsanwalt", "anwalt"),
    ("inkassobuero inkassounternehmen inkassodienst", "inkasso"),
    ("selbst wir eigene", "glaeubiger"),
    ("deutsch", "de"), ("englisch", "en"), ("polnisch", "pl"), ("tuerkisch", "tr"), ("ukrainisch", "uk"),
    ("russisch", "ru"), ("rumaenisch", "ro"), ("arabisch", "ar"),
)  # fmt: skip
# One word for two things: which is meant follows from what is allowed at the place.
_WERTWORTE |= {
    "firma": "einzelfirma gesellschaft",
    "ag": "gesellschaft amtsgericht",
    "rechtsanwalt": "rvg-2300 anwalt",
    "anwalt": "rvg-2300 uebergabe",
    "inkasso": "inkasso uebergabe",
    "gericht": "gericht mahnbescheid",
    "gerichtsvollzieher": "vollstreckung",
}

# Words that may mean several letters; those of one alone stand with it (brief.py).
BRIEFWORTE: Mapping[str, str] = _table(
    ("mahnung mahnbrief mahnschreiben 1_mahnung mahnung1 erste_mahnung",
     "Die erste Mahnung heißt „mahnung-1“, die letzte „mahnung-letzte“."),
    ("3_mahnung mahnung3 mahnung_3 dritte_mahnung letzte_mahnung",
     "Nach „mahnung-1“ folgt „mahnung-letzte“; sie kündigt den nächsten Schritt an."),
    ("erinnerung", "Gemeint ist wohl „zahlungserinnerung“; an eine Rate erinnert „ratenplan-erinnerung“."),
    ("kuendigung", "Einen Ratenplan kündigt „ratenplan-kuendigung“."),
    ("raten ratenplan ratenzahlung ratenvereinbarung",
     "Zur Unterschrift: „ratenzahlungsvereinbarung“; nur zur Bestätigung: „ratenplan-bestaetigung“."),
    ("quittung", "Für alles Bezahlte: „erledigung“; für eine einzelne Zahlung: „zahlungseingang“."),
    ("inkasso uebergabe", "Gemeint ist wohl „uebergabe-ankuendigung“; die Akte dazu schreibt „mahnakte akte“."),
    ("mahnbescheid mahnantrag antrag", "Den Mahnantrag schreibt „mahnakte antrag PFAD“."),
)  # fmt: skip


def _explain(erlaubt: Collection[str], worte: Mapping[str, str]) -> dict[str, str]:
    """Return the remedy for each everyday word of which something allowed here is meant."""
    raete: dict[str, str] = {}
    for wort, ziele in worte.items():
        if gemeint := [ziel for ziel in ziele.split() if ziel in erlaubt]:
            raete[wort] = means(*gemeint)
    return raete


def find_key(wort: str, erlaubt: Collection[str]) -> str | None:
    """Return the one key that a folded everyday word means among those allowed here; None where none or several."""
    gemeint = [ziel for ziel in _SCHLUESSELWORTE.get(wort, "").split() if ziel in erlaubt]
    return gemeint[0] if len(gemeint) == 1 else None


def explain_keys(erlaubt: Collection[str]) -> dict[str, str]:
    """Return the remedies for keys as people call them."""
    return _explain(erlaubt, _SCHLUESSELWORTE)


def explain_values(erlaubt: Collection[str]) -> dict[str, str]:
    """Return the remedies for closed values as people call them."""
    return _explain(erlaubt, _WERTWORTE)
