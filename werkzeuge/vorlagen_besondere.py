"""Wording of the rarer letters: assignment, limitation, titles, and letters to offices and the administrator."""

from ooxml import absatz, fett
from vorlagen_bausteine import (
    ABSTAND,
    BITTE,
    GESAMTSCHULD,
    GRUSS,
    GRUSS_ZUR_UNTERSCHRIFT,
    KONTAKT,
    LUECKE,
    WEITER,
    angabe,
    beginn,
    brief,
    kapitel,
    nur_wenn,
    standtabelle,
    unterschrift,
    zahlblock,
)

TITELLISTE = (
    absatz("{%p for t in titel %}", stil="Steuerzeile")
    + absatz("– {{ t.text }}", extra=WEITER)
    + absatz("{%p endfor %}", stil="Steuerzeile")
)


@brief("abtretungsanzeige", "Anzeige der Abtretung")
def abtretungsanzeige() -> str:
    """Return the notice of an assignment (§ 410 BGB)."""
    return (
        beginn("Die Forderung hat den Inhaber gewechselt")
        + absatz("{{ abtretung.von }}, {{ abtretung.anschrift }}, hat die Forderung gegen Sie am {{ abtretung.am }} an {{ glaeubiger.name }} abgetreten. "
                 "Das heißt: Sie gehört jetzt {{ glaeubiger.name }}. Die Urkunde darüber liegt bei (§ 410 BGB). Es geht um {{ stand.worum }}:",
                 extra=WEITER)
        + standtabelle() + GESAMTSCHULD
        + absatz("Zahlen Sie bitte nur noch auf dieses Konto: ", fett("{{ absender.kontoinhaber }}, IBAN {{ absender.iban }}"),
                 ", Verwendungszweck {{ brief.aktenzeichen }}. Sonst ändert sich für Sie nichts: Was Sie {{ abtretung.von }} entgegenhalten konnten, "
                 "können Sie auch uns entgegenhalten.")
        + absatz(f"Haben Sie Fragen? Dann melden Sie sich bitte bei uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("verjaehrungsverzicht", "Verzicht auf die Einrede der Verjährung")
def verjaehrungsverzicht() -> str:
    """Return the request for a limitation waiver from a business (§ 202 BGB)."""
    return (
        beginn("Bitte um Verzicht auf die Einrede der Verjährung")
        + absatz("wir möchten mit Ihnen ohne Gericht zu einer Lösung kommen. Damit dafür genug Zeit bleibt, bitten wir Sie, bis zum "
                 "{{ verzicht.bis_lang }} auf die Einrede der Verjährung zu verzichten (§ 202 BGB). Das heißt: Bis dahin berufen Sie sich nicht darauf, dass zu "
                 "viel Zeit vergangen ist. Es geht um die Forderung von {{ glaeubiger.name }}, {{ stand.worum }}:", extra=WEITER)
        + standtabelle() + GESAMTSCHULD
        + absatz("Sie erkennen die Forderung damit nicht an. Alle anderen Einwände behalten Sie. Der Verzicht gilt nicht, soweit die Forderung heute schon "
                 "verjährt ist, also die Frist schon abgelaufen war.")
        + absatz("Bitte senden Sie uns die Erklärung bis ", fett("{{ brief.frist_lang }}"), f" unterschrieben zurück. Fragen? Melden Sie sich{KONTAKT}.", extra=WEITER)
        + GRUSS
        + kapitel("Erklärung")
        + absatz("{{ empfaenger.name }} verzichtet gegenüber {{ glaeubiger.name }} für die Forderung aus {{ stand.worum }} (Aktenzeichen {{ brief.aktenzeichen }}) bis zum "
                 "{{ verzicht.bis }} auf die Einrede der Verjährung. Das gilt, soweit die Forderung heute noch nicht verjährt ist. Ein Anerkenntnis ist damit nicht verbunden.",
                 extra=WEITER)
        + unterschrift(absender=False, empfaenger=True)
    )  # fmt: skip


@brief("angebot-aus-titel", "Angebot zur Einigung")
def angebot_aus_titel() -> str:
    """Return the offer of an amicable settlement from a title."""
    return (
        beginn("Angebot für eine Einigung")
        + absatz("über die Forderung von {{ glaeubiger.name }} gibt es eine Entscheidung oder Urkunde, aus der vollstreckt werden kann:", extra=WEITER)
        + TITELLISTE
        + absatz("Wir möchten die Sache mit Ihnen ohne weitere Kosten abschließen. Das ist heute offen:", extra=WEITER)
        + standtabelle() + BITTE + zahlblock() + LUECKE + GESAMTSCHULD
        + absatz(f"Können Sie nicht alles auf einmal zahlen? Dann melden Sie sich bitte bei uns{KONTAKT} und nennen Sie uns eine Rate, die Sie sicher tragen können. "
                 "Wir prüfen jeden Vorschlag.")
        + absatz("Halten Sie den Betrag für falsch oder haben Sie schon gezahlt? Dann schreiben Sie uns bitte, wann und wie viel.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("adressanfrage", "Melderegisterauskunft")
def adressanfrage() -> str:
    """Return the request to the register office: who is looked for, no sums."""
    return (
        beginn("Melderegisterauskunft (§ 44 BMG)")
        + absatz("wir bitten um die aktuelle Anschrift dieser Person aus dem Melderegister:", extra=WEITER)
        + angabe("Name", "{{ gesucht.name }}")
        + angabe("letzte bekannte Anschrift", "{{ gesucht.anschrift }}")
        + nur_wenn("gesucht.zeichen", angabe("Ihr Zeichen", "{{ gesucht.zeichen }}")) + ABSTAND
        + absatz("Wir brauchen die Anschrift, um eine Forderung von {{ glaeubiger.name }} außergerichtlich oder vor Gericht geltend zu machen. Für Werbung "
                 "oder Adresshandel verwenden wir sie nicht.")
        + absatz(f"Bitte nennen Sie bei der Antwort unser Aktenzeichen {{{{ brief.aktenzeichen }}}}. Bei Rückfragen erreichen Sie uns{KONTAKT}. "
                 "Die Gebühr zahlen wir nach Ihrer Rechnung.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("nachlassanfrage", "Anfrage zum Nachlass")
def nachlassanfrage() -> str:
    """Return the request to the court of succession: who inherits."""
    return (
        beginn("Anfrage zum Nachlass von {{ gesucht.name }}")
        + absatz("{{ glaeubiger.name }} hat eine Forderung gegen eine Person, die nach unserer Kenntnis verstorben ist:", extra=WEITER)
        + angabe("Name", "{{ gesucht.name }}")
        + angabe("letzte bekannte Anschrift", "{{ gesucht.anschrift }}")
        + angabe("uns bekannt seit", "{{ gesucht.seit }}")
        + nur_wenn("gesucht.zeichen", angabe("Ihr Zeichen", "{{ gesucht.zeichen }}")) + ABSTAND
        + absatz("Erben haften für die Schulden (§ 1967 BGB), vor der Annahme der Erbschaft können sie aber nicht verklagt werden (§ 1958 BGB). Wir bitten deshalb "
                 "um Auskunft:", extra=WEITER)
        + absatz("1. Wer sind die Erben, und wie lauten ihre Anschriften?")
        + absatz("2. Wurde die Erbschaft angenommen oder ausgeschlagen?")
        + absatz("3. Gibt es einen Nachlasspfleger oder Testamentsvollstrecker?")
        + absatz(f"Einen Nachweis unseres Interesses senden wir auf Wunsch. Bei Rückfragen erreichen Sie uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("forderungsanmeldung", "Forderungsanmeldung")
def forderungsanmeldung() -> str:
    """Return the filing with the insolvency administrator: amount, ground, title."""
    return (
        beginn("Anmeldung einer Forderung im Insolvenzverfahren über das Vermögen von {{ insolvenz.schuldner }}")
        + absatz("wir melden die folgende Forderung zur Tabelle an (§§ 87, 174 InsO):", extra=WEITER)
        + angabe("Schuldner", "{{ insolvenz.schuldner }}, {{ insolvenz.anschrift }}")
        + angabe("Gericht, Aktenzeichen", "{{ insolvenz.gericht }}, {{ insolvenz.zeichen }}")
        + angabe("Eröffnung", "{{ insolvenz.am }}")
        + angabe("Gläubiger", "{{ glaeubiger.name }}")
        + nur_wenn("absender.fuer_andere", angabe("vertreten durch", "{{ absender.name }}, {{ absender.strasse }}, {{ absender.plz }} {{ absender.ort }}"))
        + angabe("Grund der Forderung", "{{ grund.text }}; {{ stand.worum }}") + ABSTAND
        + standtabelle()
        + absatz("Die Zinsen sind bis zum {{ brief.stand }} gerechnet, dem Tag vor der Eröffnung. Spätere Zinsen sind nachrangig und hier nicht angemeldet "
                 "(§ 39 Abs. 1 Nr. 1 InsO).")
        + nur_wenn("titel", absatz("Über die Forderung gibt es:", extra=WEITER), TITELLISTE)
        + angabe("Bankverbindung", "{{ absender.kontoinhaber }}, IBAN {{ absender.iban }}")
        + ABSTAND
        + absatz(f"Bei Rückfragen erreichen Sie uns{KONTAKT}.", extra=WEITER)
        + GRUSS_ZUR_UNTERSCHRIFT + unterschrift(absender=True, empfaenger=False)
    )  # fmt: skip
