"""Wording of agreements: instalments, deferral, settlement, acknowledgement, and what follows from a plan."""

from ooxml import absatz, fett
from vorlagen_bausteine import (
    BITTE,
    GESAMTSCHULD,
    GRUSS,
    KONTAKT,
    LUECKE,
    MIT_ZINSEN,
    RATENNOTIZ,
    WEITER,
    ZINSSATZ,
    beginn,
    brief,
    forderungstabelle,
    kapitel,
    liste,
    standtabelle,
    unterschrift,
    zahlblock,
)

OHNE_KOSTEN = (
    "Für diese Vereinbarung berechnen wir Ihnen keine Kosten{% if hinweise.kosten_norm %} (Hinweis nach {{ hinweise.kosten_norm }})"
    "{% endif %}."
)
ZINSEN = (
    "{% if ratenplan.zinsfrei %} Solange Sie die Raten pünktlich zahlen, kommen auch keine weiteren Zinsen hinzu. "
    "{% if ratenplan.rueckwirkend %}Kündigen wir, sind Zinsen auch für die Zeit seit dem {{ ratenplan.vom }} zu zahlen.{% else %}Kündigen wir, "
    "laufen ab dem Tag danach wieder Zinsen.{% endif %}{% elif ratenplan.eingerechnet %} Die Zinsen bis zur letzten Rate stecken in den Raten: "
    "{{ ratenplan.zinsen }}.{% else %} Zinsen, die bis zur letzten Rate noch entstehen, rechnen wir danach mit Ihnen ab.{% endif %}"
    "{% if ratenplan.zinsen_erlassen %} Zinsen, die bis zum {{ ratenplan.vom }} entstanden sind, erlassen wir Ihnen"
    "{% if ratenplan.rueckwirkend %}, solange wir nicht kündigen{% endif %}.{% endif %}"
)
STUNDUNGSZINSEN = (
    "{% if stundung.zinsfrei %}Bis zu diesem Tag ist der Betrag nicht fällig, und es kommen keine Zinsen hinzu."
    "{% if stundung.rueckwirkend %} Zahlen Sie bis dahin nicht, sind Zinsen auch für die Zeit seit dem {{ stundung.vom }} zu zahlen.{% endif %}"
    "{% elif stundung.eingerechnet %}Bis zu diesem Tag ist der Betrag nicht fällig. Die Zinsen bis dahin sind im Betrag enthalten, den Sie dann "
    "zahlen: {{ stundung.zinsen }}.{% else %}Bis zu diesem Tag ist der Betrag nicht fällig. Zinsen, die bis dahin entstehen, rechnen wir danach mit "
    "Ihnen ab.{% endif %}{% if stundung.zinsen_erlassen %} Zinsen, die bis zum {{ stundung.vom }} entstanden sind, erlassen wir Ihnen"
    "{% if stundung.rueckwirkend %}, wenn Sie bis dahin zahlen{% endif %}.{% endif %} "
)
STUNDUNGSNOTIZ = (
    "{% if stundung.zinsfrei or stundung.eingerechnet %}Bei Zahlung bis zum {{ zahlung.gilt_bis }} genügt dieser Betrag.{% else %}Dieser Betrag ist "
    "am {{ zahlung.gilt_bis }} fällig.{% endif %}"
)
WARNUNG = absatz(
    fett("Bitte prüfen Sie den Betrag, bevor Sie unterschreiben. "),
    "Mit Ihrer Unterschrift erkennen Sie ihn ganz an: den Rechnungsbetrag, die Zinsen und die Kosten.",
) + absatz(
    "Danach können Sie in der Regel nicht mehr "
    "einwenden, dass die Forderung nicht besteht oder dass Sie schon gezahlt haben. Auch auf Verjährung können Sie sich dann in der Regel nicht mehr "
    "berufen, das heißt darauf, dass zu viel Zeit vergangen ist{% if hinweise.anerkenntnis_norm %} (Hinweis nach {{ hinweise.anerkenntnis_norm }})"
    "{% endif %}.",
)  # fmt: skip
ZURUECK = absatz(
    "Bitte senden Sie uns ein unterschriebenes Exemplar bis ", fett("{{ brief.frist_lang }}"),
    f" zurück. Haben Sie Fragen? Dann melden Sie sich{KONTAKT}.",
)  # fmt: skip
RATEN = liste(
    "raten", [(41.0, "Rate", "nummer"), (90.0, "fällig am", "am"), (34.0, "Betrag", "betrag")], links=2
)
PARTEIEN = unterschrift(absender=True, empfaenger=True)


@brief("ratenzahlungsvereinbarung", "Ratenzahlungsvereinbarung")
def ratenzahlungsvereinbarung() -> str:
    """Return the agreement: sum, instalments, no costs, what happens if one is missed, acknowledgement, signatures."""
    return (
        beginn("Ratenzahlungsvereinbarung")
        + absatz("gern können Sie in Raten zahlen. Das ist die Vereinbarung mit Ihnen über die Forderung von {{ glaeubiger.name }}, "
                 "{{ stand.worum }}:", extra=WEITER)
        + standtabelle() + GESAMTSCHULD
        + kapitel("Ihre Raten") + RATEN
        + zahlblock(RATENNOTIZ, "Nächste Rate") + LUECKE
        + kapitel("Was gilt")
        + absatz(OHNE_KOSTEN + ZINSEN)
        + absatz("Ihre Raten rechnen wir so an: {{ ratenplan.anrechnung }}. Ein vereinbarter Eigentumsvorbehalt bleibt bestehen, bis alles "
                 "bezahlt ist. Bis zur letzten Rate zählt die Zeit für die Verjährung nicht mit, das heißt: Die Frist verlängert sich um diese Zeit "
                 "(§ 205 BGB).")
        + absatz("Klappt eine Rate nicht, sagen Sie uns bitte vorher Bescheid; dann finden wir einen Weg. Fehlt eine Rate, erinnern wir Sie und "
                 "geben Ihnen zwei Wochen Zeit. Zahlen Sie auch dann nicht, können wir die Vereinbarung kündigen. Dann ist der ganze Rest sofort fällig.")
        + WARNUNG + ZURUECK + GRUSS + PARTEIEN
    )  # fmt: skip


@brief("stundung", "Stundung")
def stundung() -> str:
    """Return the deferral: a new day of payment, nothing added."""
    return (
        beginn("Sie können später zahlen")
        + absatz("wir kommen Ihnen entgegen: Den Betrag müssen Sie erst am {{ stundung.bis_lang }} zahlen (Stundung). Es geht um die Forderung von "
                 "{{ glaeubiger.name }}, {{ stand.worum }}:", extra=WEITER)
        + standtabelle() + zahlblock(STUNDUNGSNOTIZ) + LUECKE + GESAMTSCHULD
        + absatz(STUNDUNGSZINSEN + OHNE_KOSTEN)
        + absatz("Bis dahin zählt auch die Zeit für die Verjährung nicht mit, das heißt: Die Frist verlängert sich um diese Zeit (§ 205 BGB). "
                 "Geht der Betrag bis zum {{ stundung.bis }} nicht ein, endet die Stundung, und der Betrag ist wieder fällig.")
        + absatz(f"Wird es bis dahin doch eng? Dann melden Sie sich bitte vorher bei uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("teilzahlungsvergleich", "Vergleich")
def teilzahlungsvergleich() -> str:
    """Return the settlement offer: both sides give way (§ 779 BGB)."""
    return (
        beginn("Vorschlag für einen Vergleich")
        + absatz("wir sind uns mit Ihnen nicht einig oder nicht sicher über: {{ vergleich.grund }}. Damit die Sache für beide Seiten ein Ende hat, "
                 "schlagen wir Ihnen diesen Vergleich vor (§ 779 BGB). Es geht um die Forderung von {{ glaeubiger.name }}, {{ stand.worum }}:",
                 extra=WEITER)
        + standtabelle() + GESAMTSCHULD
        + kapitel("Der Vergleich")
        + absatz("1. Sie zahlen ", fett("{{ vergleich.betrag }}"), " bis ", fett("{{ vergleich.bis_lang }}"), ".")
        + absatz("2. Geht das Geld bis dahin ein, verzichtet {{ glaeubiger.name }} auf den Rest von {{ vergleich.erlass }}. Dann ist alles erledigt.")
        + absatz("3. Geht es nicht rechtzeitig ein, gilt der Verzicht nicht.")
        + absatz("4. Jede Seite trägt ihre eigenen Kosten. " + OHNE_KOSTEN)
        + zahlblock() + LUECKE
        + absatz("Sind Sie einverstanden, senden Sie uns bitte ein unterschriebenes Exemplar bis ", fett("{{ brief.frist_lang }}"),
                 " zurück. Solange Sie nicht unterschreiben, erkennen Sie mit diesem Brief nichts an. Haben Sie Fragen? "
                 f"Dann melden Sie sich{KONTAKT}.", extra=WEITER)
        + GRUSS + PARTEIEN
    )  # fmt: skip


@brief("schuldanerkenntnis", "Schuldanerkenntnis")
def schuldanerkenntnis() -> str:
    """Return the acknowledgement to sign: amount, what it covers, what it means (§§ 781, 212 BGB)."""
    return (
        beginn("Bitte um ein Schuldanerkenntnis")
        + absatz("wir bitten Sie, den folgenden Betrag schriftlich anzuerkennen. Sie müssen das nicht tun. Stand am {{ brief.stand }}:",
                 extra=WEITER)
        + forderungstabelle() + ZINSSATZ + LUECKE + GESAMTSCHULD
        + WARNUNG
        + absatz("Außerdem beginnt mit dem Anerkenntnis die Frist der Verjährung neu, das heißt: So lange können wir den Betrag verlangen (§ 212 BGB). "
                 "Das Anerkenntnis braucht Ihre Unterschrift auf Papier; eine E-Mail genügt nicht (§ 781 BGB).")
        + ZURUECK + GRUSS
        + kapitel("Schuldanerkenntnis")
        + absatz("{% if empfaenger.mehrere %}Wir erkennen{% else %}Ich erkenne{% endif %} an, {{ glaeubiger.name }} {{ summe.betrag }} zu schulden "
                 "(Aktenzeichen {{ brief.aktenzeichen }}, Stand {{ brief.stand }}): {{ summe.hauptforderung }} Rechnungsbetrag, {{ summe.zinsen }} Zinsen, "
                 "{{ summe.kosten }} Kosten. Die Schuld kommt aus {% for f in forderungen %}{% if not loop.first %}, {% endif %}Rechnung {{ f.nummer }} vom "
                 "{{ f.datum }}{% endfor %}; ein neuer Grund wird nicht geschaffen.",
                 extra=WEITER)
        + unterschrift(absender=False, empfaenger=True)
    )  # fmt: skip


@brief("ratenplan-bestaetigung", "Ratenplan")
def ratenplan_bestaetigung() -> str:
    """Return the confirmation of a plan: nothing to sign, nothing acknowledged."""
    return (
        beginn("Ihr Ratenplan")
        + absatz("vielen Dank für Ihre Nachricht. Wir bestätigen den Ratenplan vom {{ ratenplan.vom }} über {{ stand.gesamt }}. Es geht um die Forderung von "
                 "{{ glaeubiger.name }}, {{ stand.worum }}.", extra=WEITER)
        + RATEN + zahlblock(RATENNOTIZ, "Nächste Rate") + LUECKE + GESAMTSCHULD
        + absatz(OHNE_KOSTEN + ZINSEN + " Solange Sie die Raten pünktlich zahlen, bekommen Sie keine Mahnung von uns. "
                 "Fehlt eine Rate, erinnern wir Sie und geben Ihnen zwei Wochen Zeit. Erst danach können wir den Plan kündigen.")
        + absatz(f"Klappt eine Rate nicht, sagen Sie uns bitte vorher Bescheid{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("ratenplan-erinnerung", "Erinnerung an eine Rate")
def ratenplan_erinnerung() -> str:
    """Return the reminder of a missed instalment."""
    return (
        beginn("Ihre Rate")
        + absatz("wir haben mit Ihnen am {{ rueckstand.plan_vom }} Raten vereinbart. Bis gestern waren davon {{ rueckstand.faellig }} fällig"
                 "{% if rueckstand.gezahlt > 0 %}; eingegangen sind {{ rueckstand.gezahlt }}{% endif %}. Es fehlen noch {{ rueckstand.betrag }}.", extra=WEITER)
        + BITTE + zahlblock() + LUECKE
        + absatz("Zahlen Sie bis dahin, läuft der Plan weiter wie bisher. Sonst können wir ihn kündigen.")
        + absatz(f"Hat sich bei Ihnen etwas geändert? Dann melden Sie sich bitte bei uns{KONTAKT}; wir suchen mit Ihnen eine Rate, die passt.")
        + absatz("Sie haben in den letzten Tagen schon gezahlt? Dann vielen Dank – dieser Brief hat sich damit erledigt.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("ratenplan-kuendigung", "Kündigung des Ratenplans")
def ratenplan_kuendigung() -> str:
    """Return the termination of a plan after a reminder whose deadline has passed."""
    return (
        beginn("Kündigung des Ratenplans")
        + absatz("wir haben mit Ihnen am {{ rueckstand.plan_vom }} Raten vereinbart. Von den fälligen {{ rueckstand.faellig }} fehlen "
                 "{{ rueckstand.betrag }}. Daran haben wir Sie am {{ kuendigung.erinnert_am }} erinnert; die Frist bis zum "
                 "{{ kuendigung.frist_war }} ist vorbei. Deshalb kündigen wir den Ratenplan. Jetzt ist der ganze Rest fällig (Stand {{ brief.stand }}):",
                 extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD
        + absatz(f"Möchten Sie doch noch eine Lösung finden? Dann melden Sie sich bitte bei uns{KONTAKT}.")
        + absatz("Sie haben in den letzten Tagen schon gezahlt? Dann vielen Dank; wir rechnen die Zahlung an.", extra=WEITER)
        + GRUSS
    )  # fmt: skip
