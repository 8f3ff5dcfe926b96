"""The situations that abbild.py draws: lines added to fixtures/faelle/reihe.yaml, and the letters that they are for."""

# What the letters of fixtures/faelle/reihe.yaml need beside it; the day of all is 2026-05-20.
_EINWAND = (
    "  - am: 04.05.2026\n    art: bestritten\n    grund: Zwei Stühle wackeln\n    rechnung: RE-2026-140\n"
)
_RATEN = (
    "  - am: {am}\n    art: ratenplan\n    raten:\n      - am: {erste}\n        betrag: {betrag}\n"
    "      - am: 17.08.2026\n        betrag: 1.200,00\n"
)
_EMPFAENGER = (
    "    empfaenger:\n      name: Rechtsanwältin Dr. Ina Verwalter\n      strasse: Kanzleigasse 3\n"
    "      plz: 04109\n      ort: Leipzig\n"
)
_TITEL = """titel:
  - kennung: vb-1
    art: vollstreckungsbescheid
    schuldner: max
    gericht: Amtsgericht Aschersleben
    geschaeftszeichen: 26-1234567-0-0
    erlassen_am: 10.05.2026
    zugestellt_am: 14.05.2026
    betraege:
      hauptforderung: 1.690,00
      zinsen_bis: 10.05.2026
      zinsen_betrag: 18,12
      kosten: 114,40
      zinsen:
        punkte: 5
        ab: 11.05.2026
"""
_KOSTEN = (
    "kosten:\n  - am: 04.05.2026\n    art: inkasso\n    betrag: 98,00\n    grund: Auftrag vom 02.05.2026\n"
    "    umsatzsteuer: nein\n  - am: 12.04.2026\n    art: ruecklastschrift\n    betrag: 4,30\n"
)
KOPF = "ereignisse:\n"
LAGEN = {
    "grund": "",
    "raten": KOPF + _RATEN.format(am="20.05.2026", erste="15.06.2026", betrag="510,23"),
    "raten-fehlen": KOPF + _RATEN.format(am="18.05.2026", erste="19.05.2026", betrag="500,00"),
    "raten-erinnert": KOPF
    + _RATEN.format(am="11.05.2026", erste="12.05.2026", betrag="500,00")
    + "  - am: 13.05.2026\n    art: mahnung_versandt\n    stufe: ratenplan-erinnerung\n    frist_bis: 19.05.2026\n",
    "stundung": KOPF + "  - am: 20.05.2026\n    art: stundung\n    bis: 30.06.2026\n",
    "vergleich": KOPF
    + "  - am: 20.05.2026\n    art: vergleich\n    betrag: 1.400,00\n    bis: 30.06.2026\n    grund: Mangel\n",
    "kosten": _KOSTEN,
    "gezahlt": "zahlungen:\n  - am: 18.05.2026\n    betrag: 500,00\n",
    "nur-zinsen": "zahlungen:\n  - am: 18.05.2026\n    betrag: 1.690,00\n    auf: hauptforderung\n",
    "alles-gezahlt": "zahlungen:\n  - am: 03.03.2026\n    betrag: 1.190,00\n  - am: 31.03.2026\n    betrag: 500,00\n",
    "einwand": KOPF + _EINWAND,
    "einwand-erledigt": KOPF
    + _EINWAND
    + "  - am: 18.05.2026\n    art: bestritten_erledigt\n    rechnung: RE-2026-140\n    grund: Ohne Beanstandung "
    "angenommen.\n",
    "kontakt": KOPF
    + "  - am: 04.05.2026\n    art: kontakt\n    kanal: Telefon\n    notiz: zahlt bald\n    zusage_am: 29.05.2026\n",
    "mahnsperre": KOPF + "  - am: 04.05.2026\n    art: mahnsperre\n    bis: 30.06.2026\n    grund: Klärung\n",
    "titel": _TITEL,
    "unbekannt": KOPF + "  - am: 04.05.2026\n    art: unbekannt_verzogen\n" + _EMPFAENGER,
    "verstorben": KOPF
    + "  - am: 04.05.2026\n    art: verstorben\n    aktenzeichen: 12 VI 34/26\n"
    + _EMPFAENGER,
    "insolvenz": KOPF
    + "  - am: 04.05.2026\n    art: insolvenz\n    gericht: Amtsgericht Leipzig\n    aktenzeichen: 401 IN 123/26\n"
    + _EMPFAENGER,
    "abtretung": "abtretung:\n  name: Altmöbel GmbH\n  strasse: Ring 2\n  plz: 04109\n  ort: Leipzig\n"
    "  am: 01.05.2026\n  urkunde: belege/abtretung.pdf\n",
    "mahnbescheid": KOPF
    + "  - am: 04.05.2026\n    art: antrag_eingereicht\n    gericht: Amtsgericht Aschersleben\n"
    "  - am: 11.05.2026\n    art: mb_erlassen\n    gericht: Amtsgericht Aschersleben\n"
    "    geschaeftszeichen: 26-1234567-0-0\n"
    "  - am: 15.05.2026\n    art: mb_zugestellt\n    geschaeftszeichen: 26-1234567-0-0\n",
    "gewerbe": "",
    "anerkenntnis": KOPF + "  - am: 04.05.2026\n    art: anerkenntnis\n",
}
SCHLICHTUNG = (
    "    schlichtung:\n      name: Beispiel-Schlichtungsstelle e. V.\n      strasse: Teststr. 8\n      plz: 77694\n"
    "      ort: Kehl\n      internet: www.schlichtung.example\n      teilnahme: nein\nuebergabe:\n  art: inkasso\n"
    "  name: Beispiel Inkasso GmbH\n  strasse: Ring 1\n  plz: 04109\n  ort: Leipzig\n"
)
EDA = "eda:\n  teilnehmer: '12345678'\n  kennung: ABC\n"
# Lage -> the letters that it is for; all other letters are tried on "grund".
BRIEFE = {
    "raten": "ratenzahlungsvereinbarung ratenplan-bestaetigung",
    "raten-fehlen": "ratenplan-erinnerung",
    "raten-erinnert": "ratenplan-kuendigung",
    "stundung": "stundung",
    "vergleich": "teilzahlungsvergleich",
    "kosten": "erstschreiben folgeschreiben",
    "gezahlt": "zahlungseingang restforderung mahnung-1",
    "nur-zinsen": "restforderung",
    "alles-gezahlt": "erledigung",
    "einwand": "einwand-erhalten",
    "einwand-erledigt": "einwand-zurueckgewiesen",
    "kontakt": "auskunft-dsgvo",
    "titel": "angebot-aus-titel",
    "unbekannt": "adressanfrage",
    "verstorben": "nachlassanfrage",
    "insolvenz": "forderungsanmeldung",
    "abtretung": "abtretungsanzeige",
    "grund": "zahlungserinnerung mahnung-1 mahnung-letzte uebergabe-ankuendigung schuldanerkenntnis auskunft-13a "
    "erstschreiben letzte-aufforderung",
    "gewerbe": "verjaehrungsverzicht mahnung-1",
    "mahnsperre": "mahnung-1",
    "anerkenntnis": "mahnung-letzte folgeschreiben",
}
