"""Wording of answers: payment received, rest, objections, information, receipt."""

from ooxml import absatz, fett
from vorlagen_bausteine import (
    ABSTAND,
    BITTE,
    GESAMTSCHULD,
    GRUSS,
    KONTAKT,
    LUECKE,
    MIT_ZINSEN,
    SCHON_GEZAHLT,
    WEITER,
    angabe,
    beginn,
    brief,
    forderungstabelle,
    kapitel,
    liste,
    nur_wenn,
    standtabelle,
    zahlblock,
)


@brief("zahlungseingang", "Zahlungseingang")
def zahlungseingang() -> str:
    """Return the confirmation of a payment: what came in, what it was credited to, what is left."""
    return (
        beginn("Ihre Zahlung ist angekommen")
        + absatz("vielen Dank: Am {{ eingang.am }} sind ", fett("{{ eingang.betrag }}"), " bei uns eingegangen.")
        + nur_wenn("eingang.erledigt", absatz("Damit ist die Forderung von {{ glaeubiger.name }} (Aktenzeichen {{ brief.aktenzeichen }}) ganz bezahlt. "
                                              "Sie müssen nichts weiter tun."))
        + nur_wenn("eingang.wie_verlangt", absatz("Damit ist bezahlt, was wir mit unserem Brief verlangt haben. Sie müssen nichts weiter tun."))
        + nur_wenn("eingang.rest", liste("anrechnung", [(131.0, "So haben wir sie angerechnet", "text"), (34.0, "Betrag", "betrag")]),
            kapitel("Das ist noch offen"), standtabelle())
        + absatz(f"Stimmt etwas nicht? Dann melden Sie sich bitte bei uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("restforderung", "Offener Rest")
def restforderung() -> str:
    """Return the letter about interest or costs that are left after the invoices were paid."""
    return (
        beginn("Noch offen: Zinsen und Kosten")
        + absatz("vielen Dank, die Rechnungen selbst sind bezahlt. Offen sind noch Zinsen oder Kosten. "
                 "Stand am {{ brief.stand }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD + SCHON_GEZAHLT
        + absatz(f"Halten Sie den Rest für falsch? Dann melden Sie sich bitte bei uns{KONTAKT}; wir prüfen das.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("einwand-erhalten", "Einwand erhalten")
def einwand_erhalten() -> str:
    """Return the receipt of an objection: it is looked at, nothing is asked for meanwhile."""
    return (
        beginn("Ihr Einwand ist angekommen")
        + absatz("vielen Dank für Ihre Nachricht vom {{ einwand.vom }}. Sie betrifft {{ einwand.worum }}. Wir prüfen Ihren Einwand und antworten Ihnen.")
        + absatz("Bis dahin bekommen Sie zu dem Teil, um den es geht, keine weiteren Mahnungen von uns.")
        + absatz(f"Haben Sie Unterlagen dazu, etwa Fotos, einen Lieferschein oder einen Zahlungsbeleg? Dann schicken Sie sie uns bitte. Bei Fragen melden Sie sich{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("einwand-zurueckgewiesen", "Antwort auf einen Einwand")
def einwand_zurueckgewiesen() -> str:
    """Return the answer to an objection, with the arbitration body towards consumers (§ 37 VSBG)."""
    return (
        beginn("Unsere Antwort auf Ihren Einwand")
        + absatz("Ihren Einwand vom {{ einwand.vom }} haben wir geprüft. Er betrifft {{ einwand.worum }}. Das ist unsere Antwort:")
        + absatz("{{ antwort.text }}")
        + absatz("Deshalb bleibt es nach unserer Ansicht bei diesem Betrag. Stand am {{ brief.stand }}:", extra=WEITER)
        + forderungstabelle() + BITTE + zahlblock(MIT_ZINSEN, zinssatz=True) + LUECKE + GESAMTSCHULD
        + absatz(f"Haben wir etwas übersehen? Dann melden Sie sich bitte bei uns{KONTAKT}.")
        + nur_wenn("schlichtung.noetig", absatz(
            fett("Schlichtung (§ 37 VSBG). "), "Für Streit mit Verbrauchern gibt es die Verbraucherschlichtungsstelle {{ schlichtung.name }}, "
            "{{ schlichtung.anschrift }}, {{ schlichtung.internet }}. {% if schlichtung.teilnahme %}{{ glaeubiger.name }} nimmt an einem Verfahren "
            "dort teil.{% else %}{{ glaeubiger.name }} nimmt an einem Verfahren dort nicht teil.{% endif %}", extra=WEITER))
        + GRUSS
    )  # fmt: skip


@brief("auskunft-13a", "Auskunft zur Forderung")
def auskunft_13a() -> str:
    """Return the answer to a request under § 13a (2) RDG, § 43d (2) BRAO."""
    return (
        beginn("Auskunft zur Forderung")
        + absatz("Sie haben uns nach der Herkunft der Forderung gefragt. Hier ist unsere Auskunft (§ 13a Abs. 2 RDG, § 43d Abs. 2 BRAO):", extra=WEITER)
        + angabe("Gläubiger bei Vertragsschluss", "{{ auskunft.glaeubiger }}, {{ auskunft.anschrift }}")
        + nur_wenn("auskunft.abgetreten", angabe("Heute", "Die Forderung gehört jetzt {{ glaeubiger.name }}, abgetreten am {{ auskunft.abgetreten_am }}."))
        + angabe("Vertrag", "{{ auskunft.grund }}")
        + angabe("So kam er zustande", "{{ auskunft.vertragsschluss }}") + ABSTAND
        + absatz(f"Haben Sie weitere Fragen? Dann melden Sie sich bitte bei uns{KONTAKT}.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("auskunft-dsgvo", "Auskunft über Daten")
def auskunft_dsgvo() -> str:
    """Return the answer to a request under Art. 15: what the case holds about this person."""
    return (
        beginn("Auskunft über Ihre gespeicherten Daten (Art. 15 DSGVO)")
        + absatz("Sie haben gefragt, was wir über Sie gespeichert haben. In der Akte {{ brief.aktenzeichen }} steht, Stand {{ brief.datum }}:", extra=WEITER)
        + absatz("{%p for d in daten %}", stil="Steuerzeile") + angabe("{{ d.feld }}", "{{ d.wert }}") + absatz("{%p endfor %}", stil="Steuerzeile") + ABSTAND
        + nur_wenn("vermerke", kapitel("Vermerke in der Akte"),
                   absatz("{%p for v in vermerke %}", stil="Steuerzeile"), angabe("{{ v.am }}", "{{ v.text }}"),
                   absatz("{%p endfor %}", stil="Steuerzeile"), ABSTAND)
        + absatz("Wozu wir diese Daten nutzen, wer sie bekommt, wie lange wir sie speichern und welche Rechte Sie haben, steht in unserer "
                 "Datenschutzinformation: {{ absender.datenschutz }}.")
        + absatz(f"Stimmt etwas nicht? Dann melden Sie sich bitte bei uns{KONTAKT}; wir berichtigen es.", extra=WEITER)
        + GRUSS
    )  # fmt: skip


@brief("erledigung", "Erledigung")
def erledigung() -> str:
    """Return the closing letter: receipt, return of titles, what was paid too much."""
    return (
        beginn("Alles bezahlt: Ihre Quittung")
        + absatz("die Forderung von {{ glaeubiger.name }}, {{ stand.worum }}, ist erledigt. Wir verlangen daraus nichts mehr.")
        + nur_wenn("eingaenge", absatz("Wir haben von Ihnen erhalten:", extra=WEITER),
                   liste("eingaenge", [(131.0, "Tag", "am"), (34.0, "Betrag", "betrag")]),
                   absatz("Zusammen sind das {{ quittung.gezahlt }}. Diesen Betrag quittieren wir Ihnen."))
        + nur_wenn("quittung.ueberzahlung > 0", absatz(
            "Davon haben Sie ", fett("{{ quittung.ueberzahlung }}"), " zu viel gezahlt. Bitte nennen Sie uns Ihre Bankverbindung; wir überweisen "
            f"Ihnen den Betrag zurück. Sie erreichen uns{KONTAKT}."))
        + nur_wenn("titel", absatz("Sie erhalten im Original zurück:", extra=WEITER),
                   absatz("{%p for t in titel %}", stil="Steuerzeile"), absatz("– {{ t.text }}"), absatz("{%p endfor %}", stil="Steuerzeile"))
        + absatz("Vielen Dank. Bitte heben Sie diesen Brief auf.", extra=WEITER)
        + GRUSS
    )  # fmt: skip
