"""Make the letters in templates/letters/, to be edited in Word afterwards. Run by hand: `python werkzeuge/vorlagen_bauen.py`.

Form: DIN 5008, A or B by the letter's own condition (vorlagen_bausteine.py). Wording: the other vorlagen_*.py.
"""

import vorlagen_absprache as absprache
import vorlagen_antworten as antworten
import vorlagen_besondere as besondere
import vorlagen_inkasso as inkasso
import vorlagen_mahnung as mahnung
from vorlagen_bausteine import ZIEL, build

BRIEFE = {
    "hinweis": ("Hinweis", mahnung.hinweis),
    "zahlungserinnerung": ("Zahlungserinnerung", mahnung.zahlungserinnerung),
    "mahnung-1": ("Mahnung", mahnung.mahnung_1),
    "mahnung-letzte": ("Letzte Mahnung", mahnung.mahnung_letzte),
    "uebergabe-ankuendigung": ("Ankündigung der Übergabe", mahnung.uebergabe_ankuendigung),
    "erstschreiben": ("Erstschreiben", inkasso.erstschreiben),
    "folgeschreiben": ("Folgeschreiben", inkasso.folgeschreiben),
    "letzte-aufforderung": ("Letzte Aufforderung", inkasso.letzte_aufforderung),
    "ratenzahlungsvereinbarung": ("Ratenzahlungsvereinbarung", absprache.ratenzahlungsvereinbarung),
    "stundung": ("Stundung", absprache.stundung),
    "teilzahlungsvergleich": ("Vergleich", absprache.teilzahlungsvergleich),
    "schuldanerkenntnis": ("Schuldanerkenntnis", absprache.schuldanerkenntnis),
    "ratenplan-bestaetigung": ("Ratenplan", absprache.ratenplan_bestaetigung),
    "ratenplan-erinnerung": ("Erinnerung an eine Rate", absprache.ratenplan_erinnerung),
    "ratenplan-kuendigung": ("Kündigung des Ratenplans", absprache.ratenplan_kuendigung),
    "zahlungseingang": ("Zahlungseingang", antworten.zahlungseingang),
    "restforderung": ("Offener Rest", antworten.restforderung),
    "einwand-erhalten": ("Einwand erhalten", antworten.einwand_erhalten),
    "einwand-zurueckgewiesen": ("Antwort auf einen Einwand", antworten.einwand_zurueckgewiesen),
    "auskunft-13a": ("Auskunft zur Forderung", antworten.auskunft_13a),
    "auskunft-dsgvo": ("Auskunft über Daten", antworten.auskunft_dsgvo),
    "erledigung": ("Erledigung", antworten.erledigung),
    "abtretungsanzeige": ("Anzeige der Abtretung", besondere.abtretungsanzeige),
    "verjaehrungsverzicht": ("Verzicht auf die Einrede der Verjährung", besondere.verjaehrungsverzicht),
    "angebot-aus-titel": ("Angebot zur Einigung", besondere.angebot_aus_titel),
    "adressanfrage": ("Melderegisterauskunft", besondere.adressanfrage),
    "nachlassanfrage": ("Anfrage zum Nachlass", besondere.nachlassanfrage),
    "forderungsanmeldung": ("Forderungsanmeldung", besondere.forderungsanmeldung),
}


def main() -> None:
    """Write all letters."""
    ZIEL.mkdir(parents=True, exist_ok=True)
    for name, (titel, koerper) in BRIEFE.items():
        (ZIEL / f"{name}.docx").write_bytes(build(titel, koerper()))
        print(name)


if __name__ == "__main__":
    main()
