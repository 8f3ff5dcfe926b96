"""The way out where a letter is stopped: what a clerk does about it, and which letter fits the state instead."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Ausweg:
    """What to do about one reason of ablauf/halt.py; `brief` is the letter that says what is true now, if any."""

    abhilfe: str
    brief: str | None = None


AUSWEGE = {
    "BEZAHLT": Ausweg(
        "Es gibt nichts mehr zu fordern; die Quittung schreibt „mahnakte brief FALL erledigung“.",
        "erledigung",
    ),
    "VERLANGTES_GEZAHLT": Ausweg(
        "Den Rest unter „verzicht:“ erlassen; soll er verlangt werden, das Ereignis „freigabe“ mit „schritt“ "
        "eintragen.",
        "zahlungseingang",
    ),
    "NUR_NEBENFORDERUNG": Ausweg(
        "Den Rest unter „verzicht:“ erlassen oder mit „mahnakte brief FALL restforderung“ verlangen.",
        "zahlungseingang",
    ),
    "STICHTAG_ZU_FRUEH": Ausweg("Einen Stichtag ab dem letzten Vorgang wählen."),
    "INSOLVENZ": Ausweg(
        "Die Forderung mit „mahnakte brief FALL forderungsanmeldung“ zur Tabelle anmelden.",
        "forderungsanmeldung",
    ),
    "VERSTORBEN": Ausweg(
        "Die Erben mit „mahnakte brief FALL nachlassanfrage“ beim Nachlassgericht erfragen.",
        "nachlassanfrage",
    ),
    "UNBEKANNT_VERZOGEN": Ausweg(
        "Die neue Anschrift mit „mahnakte brief FALL adressanfrage“ erfragen; ist sie bekannt, beim Schuldner "
        "eintragen und das Ereignis „unbekannt_verzogen“ mit „bis:“ beenden.",
        "adressanfrage",
    ),
    "BETREUUNG": Ausweg(
        "Klären, an wen zu schreiben ist; danach das Ereignis „betreuung“ mit „bis:“ beenden."
    ),
    "TITEL_VORHANDEN": Ausweg(
        "Wann der Titel verjährt, zeigt „mahnakte titel“; eine Einigung bietet an: „mahnakte brief FALL "
        "angebot-aus-titel“.",
        "angebot-aus-titel",
    ),
    "BEI_GERICHT": Ausweg("Das Verfahren läuft; seine Fristen zeigt „mahnakte fristen“."),
    "BESTRITTEN": Ausweg(
        "Mit „mahnakte brief FALL einwand-erhalten“ antworten; ist der Einwand geklärt, das Ereignis "
        "„bestritten_erledigt“ mit „grund“ eintragen.",
        "einwand-erhalten",
    ),
    "MAHNSPERRE": Ausweg("Das Ende der Sperre abwarten oder bei diesem Ereignis „bis:“ ändern."),
    "STUNDUNG": Ausweg(
        "Das Ende der Stundung abwarten; bestätigt wird sie mit „mahnakte brief FALL stundung“.", "stundung"
    ),
    "RATENPLAN": Ausweg(
        "Nichts zu tun, solange gezahlt wird; bestätigt wird der Plan mit „mahnakte brief FALL "
        "ratenplan-bestaetigung“. Endet er, das Ereignis „ratenplan_gekuendigt“ eintragen.",
        "ratenplan-bestaetigung",
    ),
    "RATE_AUSGEBLIEBEN": Ausweg(
        "An die Rate erinnert „mahnakte brief FALL ratenplan-erinnerung“.", "ratenplan-erinnerung"
    ),
    "RATENPLAN_ERFUELLT": Ausweg(
        "War der Plan zinsfrei, den Rest unter „verzicht:“ erfassen; sonst abrechnen und „ratenplan_gekuendigt“ "
        "eintragen.",
        "zahlungseingang",
    ),
    "VERGLEICH": Ausweg(
        "Den Zahlungstag abwarten; angeboten wird der Vergleich mit „mahnakte brief FALL teilzahlungsvergleich“.",
        "teilzahlungsvergleich",
    ),
    "VERGLEICH_ERFUELLT": Ausweg(
        "Den erlassenen Rest unter „verzicht:“ erfassen; danach quittiert „mahnakte brief FALL erledigung“.",
        "zahlungseingang",
    ),
    "VERGLEICH_AUSGEBLIEBEN": Ausweg(
        "Nachfragen. Soll die ganze Forderung verlangt werden, das Ereignis „freigabe“ mit „von“ und „schritt“ "
        "eintragen."
    ),
    "ZUSAGE": Ausweg(
        "Den zugesagten Tag abwarten; bleibt die Zahlung aus, geht die Reihe von selbst weiter."
    ),
}
_SONST = Ausweg("Erst klären und in fall.yaml festhalten.")


def find_ausweg(code: str) -> Ausweg:
    """Return the way out for a reason; a new reason without its own one is still to be settled in fall.yaml."""
    return AUSWEGE.get(code, _SONST)
