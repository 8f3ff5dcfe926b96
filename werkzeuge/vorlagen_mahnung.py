"""Wording of the creditor's series: notice, reminder, Mahnungen, announcement of the hand-over."""

from ooxml import absatz, fett, schalter
from vorlagen_bausteine import (
    BITTE,
    GESAMTSCHULD,
    GRUSS,
    KONTAKT,
    LUECKE,
    MELDEN,
    MIT_ZINSEN,
    REDEN,
    SCHON_GEZAHLT,
    WEITER,
    WEITER_MAHNBESCHEID,
    ZU_RECHNUNG,
    beginn,
    brief,
    forderungstabelle,
    nur_wenn,
    zahlblock,
)

VERZUGSFOLGEN = (
    schalter("if verzug.eingetreten or verzug.durch_frist")
    + absatz(fett("Was die Frist bedeutet. "),
             "{% if verzug.eingetreten %}Sie sind mit der Zahlung in Verzug. {% if zinsen.laufen or zinsen.offen %}Deshalb berechnen wir "
             "Verzugszinsen{% if zinsen.text %} von {{ zinsen.text }}{% endif %}. {% endif %}{% else %}Ist der Betrag nach Ablauf der Frist noch offen, sind Sie in Verzug. "
             "Dann dürfen wir gesetzliche Verzugszinsen{% if zinsen.text %} von {{ zinsen.text }}{% endif %} verlangen. "
             "{% endif %}Auch notwendige Kosten weiterer Schreiben können dann hinzukommen.")
    + schalter("endif")
)  # fmt: skip


@brief("zahlungserinnerung", "Zahlungserinnerung")
def zahlungserinnerung() -> str:
    """Return the body of the friendly reminder: no costs, no consequences."""
    return (
        beginn(f"Zahlungserinnerung{ZU_RECHNUNG}")
        + absatz("{% if ton.bestimmt %}bitte denken Sie an die Zahlung: {% elif ton.sachlich %}wir möchten Sie an eine Zahlung erinnern: "
                 "{% else %}vielleicht ist es im Alltag untergegangen: {% endif %}{% if forderungen|length == 1 %}Die folgende Rechnung ist noch "
                 "{% if summe.teilzahlung %}nicht ganz bezahlt{% else %}offen{% endif %}.{% else %}Die folgenden Rechnungen "
                 "sind noch {% if summe.teilzahlung %}nicht ganz bezahlt{% else %}offen{% endif %}.{% endif %}",
                 extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN) + LUECKE + GESAMTSCHULD + SCHON_GEZAHLT
        + absatz(f"Stimmt etwas an der Rechnung nicht, oder passt Ihnen der Termin nicht? Dann melden Sie sich bitte bei uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("mahnung-1", "Mahnung")
def mahnung_1() -> str:
    """Return the body of the first Mahnung: the consequences of default as facts."""
    return (
        beginn(f"Mahnung{ZU_RECHNUNG}")
        + absatz("{% if ton.freundlich %}wir haben noch eine Bitte an Sie: Zu{% else %}zu{% endif %} {% if forderungen|length == 1 %}der folgenden "
                 "Rechnung{% else %}den folgenden Rechnungen{% endif %} haben wir noch keine {% if summe.teilzahlung %}vollständige {% endif %}Zahlung erhalten. "
                 "Stand am {{ brief.datum }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN) + LUECKE + GESAMTSCHULD
        + VERZUGSFOLGEN
        + absatz(fett("Wenn es gerade nicht geht. "), f"Schlagen Sie uns eine Ratenzahlung oder einen anderen Termin vor{KONTAKT}. "
                 "Halten Sie die Forderung für falsch, schreiben Sie uns bitte kurz, warum; wir prüfen das.")
        + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip


@brief("mahnung-2", "2. Mahnung")
def mahnung_2() -> str:
    """Return the body of the second Mahnung: the same facts once more, and how to talk."""
    return (
        beginn(f"2. Mahnung{ZU_RECHNUNG}")
        + absatz("{% if ton.freundlich %}wir kommen noch einmal auf Sie zu: {% else %}wir schreiben Ihnen noch einmal: {% endif %}"
                 "Zu {% if forderungen|length == 1 %}der folgenden Rechnung{% else %}den folgenden Rechnungen{% endif %} haben wir noch keine "
                 "{% if summe.teilzahlung %}vollständige {% endif %}Zahlung erhalten. Stand am {{ brief.stand }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN) + LUECKE + GESAMTSCHULD
        + VERZUGSFOLGEN
        + absatz(fett("Reden Sie mit uns. "), f"Können Sie nicht alles auf einmal zahlen, schlagen Sie uns eine Rate oder einen anderen Termin vor{KONTAKT}. "
                 "Halten Sie die Forderung ganz oder zum Teil für falsch, schreiben Sie uns bitte kurz, warum; wir prüfen das.")
        + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip


@brief("mahnung-letzte", "Letzte Mahnung")
def mahnung_letzte() -> str:
    """Return the body of the last Mahnung: the one next step, and how to talk before it."""
    return (
        beginn(f"Letzte Mahnung{ZU_RECHNUNG}")
        + absatz("{% if ton.freundlich %}wir möchten mit Ihnen eine Lösung finden. Zu{% else %}zu{% endif %} {% if forderungen|length == 1 %}der folgenden "
                 "Rechnung{% else %}den folgenden Rechnungen{% endif %} fehlt uns noch die {% if summe.teilzahlung %}vollständige {% endif %}Zahlung. "
                 "Stand am {{ brief.datum }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD
        + WEITER_MAHNBESCHEID
        + nur_wenn("schritt.uebergabe", absatz(
            fett("Wie es sonst weitergeht. "), "Haben wir bis zum {{ brief.frist }} weder eine Zahlung noch eine Nachricht von "
            "Ihnen, geben wir die Forderung zur Einziehung an einen Inkassodienst oder eine Anwaltskanzlei ab. Dafür "
            "entstehen Kosten. Ist die Forderung berechtigt, müssen Sie auch diese Kosten tragen, soweit sie notwendig sind."))
        + REDEN
        + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip


@brief("hinweis", "Hinweis")
def hinweis() -> str:
    """Return the body of the notice ahead of the due date: no Mahnung, nothing is asked yet."""
    return (
        beginn(f"Zur Erinnerung{ZU_RECHNUNG}")
        + absatz("dies ist keine Mahnung. Wir möchten Ihnen nur rechtzeitig Bescheid geben: {% if forderungen|length == 1 %}Die folgende "
                 "Rechnung wird am {{ brief.frist_lang }} fällig.{% else %}Die folgenden Rechnungen werden demnächst fällig, die erste am "
                 "{{ brief.frist_lang }}.{% endif %}", extra=WEITER)
        + forderungstabelle() + LUECKE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD
        + absatz("Haben Sie schon überwiesen? Dann vielen Dank – dieser Brief hat sich damit erledigt.", extra=WEITER)
        + absatz(f"Stimmt etwas an der Rechnung nicht? {MELDEN}", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("uebergabe-ankuendigung", "Ankündigung der Übergabe")
def uebergabe_ankuendigung() -> str:
    """Return the announcement of the hand-over: it names who will act (§ 174 BGB)."""
    return (
        beginn(f"Ankündigung der Übergabe{ZU_RECHNUNG}")
        + absatz("{% if forderungen|length == 1 %}zu der folgenden Rechnung{% else %}zu den folgenden Rechnungen{% endif %} "
                 "fehlt uns noch die {% if summe.teilzahlung %}vollständige {% endif %}Zahlung. "
                 "Stand am {{ brief.stand }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD
        + absatz(fett("Wie es sonst weitergeht. "), "Haben wir bis zum {{ brief.frist }} weder eine Zahlung noch eine Nachricht von "
                 "Ihnen, geben wir die Forderung zur Einziehung ab an {% if uebergabe.anwalt %}die Anwaltskanzlei {% else %}den Inkassodienst "
                 "{% endif %}{{ uebergabe.name }}, {{ uebergabe.anschrift }}. Wir haben {{ uebergabe.name }} bevollmächtigt, "
                 "danach in unserem Namen zu handeln (§ 174 Satz 2 BGB). "
                 "Dafür entstehen Kosten. Ist die Forderung berechtigt, müssen Sie auch diese Kosten tragen, soweit sie notwendig sind.")
        + absatz(fett("Reden Sie vorher mit uns. "), f"Können Sie nicht alles auf einmal zahlen, schlagen Sie uns eine Rate vor{KONTAKT}. "
                 "Halten Sie die Forderung für falsch, schreiben Sie uns den Grund; dann prüfen wir ihn vorher.")
        + SCHON_GEZAHLT + GRUSS
    )  # fmt: skip
