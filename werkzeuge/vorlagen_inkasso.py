"""Wording of agencies and lawyers: first letter with the items of § 13a (1) RDG, second letter, last demand."""

from ooxml import absatz, fett
from vorlagen_bausteine import (
    BITTE,
    GESAMTSCHULD,
    GRUSS,
    KONTAKT,
    LUECKE,
    MIT_ZINSEN,
    REDEN,
    SCHON_GEZAHLT,
    WEITER,
    WEITER_MAHNBESCHEID,
    ZU_RECHNUNG,
    angabe,
    beginn,
    brief,
    forderungstabelle,
    kapitel,
    liste,
    nur_wenn,
    zahlblock,
)

EINWAND = absatz(
    fett("Stimmt etwas nicht? "), f"Dann schreiben Sie uns bitte kurz, warum, oder melden Sie sich{KONTAKT}; wir klären das mit unserem Auftraggeber. "
    "Können Sie nicht alles auf einmal zahlen, schlagen Sie uns eine Rate oder einen anderen Termin vor.",
)  # fmt: skip


@brief("erstschreiben", "Erstschreiben")
def erstschreiben() -> str:
    """Return the first letter: what is asked for, then the eight items that a private person is owed."""
    return (
        beginn(f"Forderung von {{{{ auftrag.name }}}}{ZU_RECHNUNG}")
        + absatz("{{ auftrag.name }} hat uns beauftragt, eine offene Forderung mit Ihnen zu klären. Es geht um: {{ auftrag.grund }}. "
                 "Nach den Unterlagen, die wir haben, ist das offen (Stand {{ brief.stand }}):", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD + EINWAND + SCHON_GEZAHLT + GRUSS
        + kapitel("Angaben zu dieser Forderung (§ 13a Abs. 1 RDG, § 43d BRAO)")
        + angabe("Auftraggeber", "{{ auftrag.name }}, {{ auftrag.anschrift }}")
        + angabe("Grund der Forderung", "{{ auftrag.grund }}")
        + nur_wenn("not zinszeilen", angabe("Zinsen", "Zinsen verlangen wir mit diesem Brief nicht."))
        + nur_wenn("zinszeilen", angabe("Zinsen", "So sind sie berechnet:"),
                   liste("zinszeilen", [(46.0, "aus", "rechnung"), (48.0, "Zeitraum", "zeitraum"), (27.0, "Betrag", "betrag"),
                                        (20.0, "Zinssatz", "satz"), (24.0, "Zinsen", "zinsen")], links=2))
        + nur_wenn("hoeher", angabe("Höherer Zinssatz", "Der Zinssatz liegt über dem gesetzlichen: "
                                    "{% for h in hoeher %}{{ h.text }}{% if not loop.last %}; {% endif %}{% endfor %}"))
        + nur_wenn("not kostenzeilen", angabe("Kosten", "Kosten verlangen wir mit diesem Brief nicht."))
        + nur_wenn("kostenzeilen", angabe("Kosten", "Diese Kosten sind entstanden:"),
                   liste("kostenzeilen", [(131.0, "Art und Grund", "text"), (34.0, "Betrag", "betrag")]))
        + nur_wenn("umsatzsteuer.enthalten", angabe(
            "Umsatzsteuer", "Die Kosten enthalten Umsatzsteuer. {{ auftrag.name }} kann sie nicht als Vorsteuer abziehen."))
        + nur_wenn("adresse.ermittelt", angabe(
            "Ihre Anschrift", f"Sie stammt nicht von unserem Auftraggeber, sondern aus dieser Quelle: {{{{ adresse.quelle }}}}. Gehört der "
            f"Brief nicht zu Ihnen, melden Sie uns den Fehler bitte{KONTAKT}; wir berichtigen ihn."))
        + angabe("Aufsicht über uns", "{{ absender.aufsicht }}")
        + nur_wenn("absender.datenschutz", angabe("Datenschutz", "{{ absender.datenschutz }}"))
    )  # fmt: skip


@brief("folgeschreiben", "Folgeschreiben")
def folgeschreiben() -> str:
    """Return the second letter of an agency or lawyer."""
    return (
        beginn(f"Forderung von {{{{ glaeubiger.name }}}}{ZU_RECHNUNG}")
        + absatz("{% if ton.freundlich %}wir haben Ihnen schon einmal geschrieben und warten noch auf Ihre Nachricht. {% else %}auf unseren letzten "
                 "Brief haben wir noch keine {% if summe.teilzahlung %}vollständige {% endif %}Zahlung erhalten. {% endif %}"
                 "Wir schreiben für {{ glaeubiger.name }}. Stand am {{ brief.stand }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD + EINWAND + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip


@brief("letzte-aufforderung", "Letzte Aufforderung")
def letzte_aufforderung() -> str:
    """Return the last demand before court; it names the one next step."""
    return (
        beginn(f"Letzte Aufforderung{ZU_RECHNUNG}")
        + absatz("wir schreiben Ihnen für {{ glaeubiger.name }}. Die Forderung ist noch {% if summe.teilzahlung %}nicht ganz bezahlt"
                 "{% else %}offen{% endif %}. Dies ist unser letzter Brief, bevor wir uns an das Gericht wenden. Stand am {{ brief.stand }}:",
                 extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD + WEITER_MAHNBESCHEID + REDEN + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip
