"""What the account says about a booking: one German sentence each, and the findings of doubtful ones."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.fall.fall import Mitzahlung
from mahnakte.fall.modell import Gutschrift, Verzicht, Zahlung, Zurueckstellung
from mahnakte.grund.befund import Befund, Stelle, hinweis, warnung
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Anteil, Bestandteil, Kontobuchung
from mahnakte.konto.tilgung import PARAGRAF_367, Tilgungsordnung, Verteilung
from mahnakte.konto.titelteil import Kontotitel

RUECKGABE_VOR_ZAHLUNG = (
    "Die Zahlung wurde vor ihrem Eingang zurückgegeben; eines der beiden Daten ist falsch."
)
_WORTE: dict[Bestandteil, str] = {
    "kosten": "Kosten",
    "zinsen": "Zinsen",
    "hauptforderung": "Hauptforderung",
}


# --- the rule and why ----------------------------------------------------------------------------------


def among_several(ordnung: Tilgungsordnung, raenge: str, *, anteilig: bool) -> tuple[str, str]:
    """Several debts, no designation: § 366 (2) picks the debt."""
    text = f"Rang der Forderungen: {raenge}; {ordnung.worte}"
    if anteilig:
        text += "; gleichrangige anteilig, auf den Cent nach den größten Resten"
    return f"§ 366 Abs. 2 BGB und {ordnung.regel}", text


def by_claim(auf: str, ordnung: Tilgungsordnung, *, rest_verteilt: bool) -> tuple[str, str]:
    """The debtor named the claim: § 366 (1)."""
    text = f"vom Schuldner auf {auf} bestimmt; darin {ordnung.worte}"
    if rest_verteilt:
        text += "; der Überschuss nach dem Gesetz"
    return f"§ 366 Abs. 1 BGB und {ordnung.regel}", text


def by_component(auf: Bestandteil, ordnung: Tilgungsordnung) -> tuple[str, str]:
    """The debtor named principal, interest or costs; the creditor could have refused and did not."""
    text = f"vom Schuldner auf {_WORTE[auf]} bestimmt und so angenommen; ein Überschuss {ordnung.worte}"
    return (
        "§ 367 Abs. 2 BGB" if ordnung == PARAGRAF_367 else f"Bestimmung des Schuldners, {ordnung.regel}",
        text,
    )


# --- bookings --------------------------------------------------------------------------------------


def booked(
    zahlung: Zahlung, verteilung: Verteilung, regel: str, warum: str, beiseite: Decimal = NULL
) -> Kontobuchung:
    """Return the booking of a payment that stands; `beiseite` is what of its rest pays a part that is set aside."""
    return Kontobuchung(
        art="zahlung",
        am=zahlung.am,
        betrag=zahlung.betrag,
        von=zahlung.von,
        regel=regel,
        auf=tuple(verteilung.anteile),
        rest=verteilung.rest,
        ueberzahlt=verteilung.rest - beiseite,
        text=f"{_covered('Zahlung', zahlung, verteilung)} ({regel}: {warum}).",
    )


def paid_elsewhere(mitzahlung: Mitzahlung, verteilung: Verteilung) -> Kontobuchung:
    """Return the booking of what a joint debtor paid in a case of his own."""
    teile = ", ".join(_part(anteil) for anteil in verteilung.anteile) or "hier ohne Wirkung"
    return Kontobuchung(
        art="zahlung",
        am=mitzahlung.am,
        betrag=sum((anteil.betrag for anteil in verteilung.anteile), NULL),
        regel="§ 422 Abs. 1 BGB",
        auf=tuple(verteilung.anteile),
        rest=NULL,
        text=f"Zahlung vom {format_datum(mitzahlung.am)} über {format_euro(mitzahlung.betrag)} im Fall "
        f"{mitzahlung.aktenzeichen}: {teile} (§ 422 Abs. 1 BGB: was ein Gesamtschuldner auf die gemeinsame Rechnung "
        "zahlt, wirkt für alle).",
        aus_fall=mitzahlung.aktenzeichen,
    )


def returned(zahlung: Zahlung) -> Kontobuchung:
    """Return the booking of a payment that was given back: it covers nothing."""
    zurueck_am = format_datum(zahlung.zurueck_am) if zahlung.zurueck_am else "?"
    return Kontobuchung(
        art="zahlung",
        am=zahlung.am,
        betrag=zahlung.betrag,
        von=zahlung.von,
        regel="zurückgegeben",
        auf=(),
        rest=NULL,
        text=f"Zahlung vom {format_datum(zahlung.am)} über {format_euro(zahlung.betrag)}: am {zurueck_am} "
        "zurückgegeben; das Konto ist so gerechnet, als wäre sie nie eingegangen.",
        zurueck_am=zahlung.zurueck_am,
    )


def advance(zahlung: Zahlung) -> Kontobuchung:
    """Return the booking of a payment for an invoice that does not exist yet: it waits."""
    return Kontobuchung(
        art="zahlung",
        am=zahlung.am,
        betrag=zahlung.betrag,
        von=zahlung.von,
        regel="Vorauszahlung",
        auf=(),
        rest=zahlung.betrag,
        ueberzahlt=zahlung.betrag,
        text=f"Zahlung vom {format_datum(zahlung.am)} über {format_euro(zahlung.betrag)}: bestimmt auf "
        f"{zahlung.auf}, eine Rechnung nach dem Stichtag; deshalb noch nicht verrechnet.",
    )


def credited(gutschrift: Gutschrift, verteilung: Verteilung, ueberzahlt: Decimal) -> Kontobuchung:
    """Return the booking of a credit note; `ueberzahlt` is what had been paid before and is owed back."""
    erstattung = ""
    if ueberzahlt:
        erstattung = (
            f"; schon bezahlt waren {format_euro(ueberzahlt)}, sie sind jetzt Überzahlung und zu erstatten; das "
            "mindert keine andere Forderung von selbst, §§ 387, 388 BGB"
        )
    return Kontobuchung(
        art="gutschrift",
        am=gutschrift.am,
        betrag=gutschrift.betrag,
        regel="Gutschrift",
        auf=tuple(verteilung.anteile),
        rest=verteilung.rest,
        ueberzahlt=ueberzahlt,
        text=f"{_covered('Gutschrift', gutschrift, verteilung)} (mindert die Forderung ab diesem Tag; Zinsen bis zum "
        f"Vortag bleiben{erstattung}).",
        zurueckgestellt=isinstance(gutschrift, Zurueckstellung),
    )


def waived(verzicht: Verzicht, verteilung: Verteilung) -> Kontobuchung:
    """Return the booking of a waiver."""
    grund = f"; {verzicht.grund}" if verzicht.grund else ""
    return Kontobuchung(
        art="verzicht",
        am=verzicht.am,
        betrag=verzicht.betrag,
        regel="§ 397 BGB",
        auf=tuple(verteilung.anteile),
        rest=verteilung.rest,
        text=f"{_covered('Verzicht', verzicht, verteilung)} (§ 397 BGB{grund}).",
    )


def _covered(name: str, buchung: Zahlung | Gutschrift | Verzicht, verteilung: Verteilung) -> str:
    teile = [_part(anteil) for anteil in verteilung.anteile]
    if verteilung.rest:
        teile.append(f"ohne Schuld bleiben {format_euro(verteilung.rest)}")
    kopf = f"{name} vom {format_datum(buchung.am)} über {format_euro(buchung.betrag)}"
    return f"{kopf}: {', '.join(teile)}"


def _part(anteil: Anteil) -> str:
    woran = f" {anteil.rechnung}" if anteil.rechnung else ""
    return f"{_WORTE[anteil.art]}{woran} {format_euro(anteil.betrag)}"


# --- findings ----------------------------------------------------------------------------------------


def payment_findings(
    zahlung: Zahlung, am: dt.date, rest: Decimal, titel: Iterable[Kontotitel]
) -> Iterator[Befund]:
    """Yield what is doubtful about a payment: too early, too much, between a title's sums and its issue."""
    if am > zahlung.am:
        yield warnung(
            "ZAHLUNG_VOR_FORDERUNG",
            f"Die Zahlung vom {format_datum(zahlung.am)} ({format_euro(zahlung.betrag)}) liegt vor der Forderung; "
            f"sie wird ab dem {format_datum(am)} angerechnet.",
            "Das Datum prüfen; war es eine Anzahlung, „auf:“ mit der Rechnungsnummer ergänzen.",
            zahlung.stelle,
        )
    if rest:
        yield _overpaid(
            f"Die Zahlung vom {format_datum(zahlung.am)} übersteigt die Schuld um {format_euro(rest)}.",
            "Den Betrag erstatten oder aufrechnen; das Konto verrechnet ihn nicht von selbst mit Späterem.",
            zahlung.stelle,
        )
    for einer in titel:
        if einer.stand_am < zahlung.am <= einer.erlassen_am:
            yield warnung(
                "ZAHLUNG_VOR_TITELERLASS",
                f"Die Zahlung vom {format_datum(zahlung.am)} liegt zwischen dem Stand der Beträge "
                f"({format_datum(einer.stand_am)}) und dem Erlass von {einer.name}; sie wird vom Titel abgezogen.",
                "Hat der Titel sie schon berücksichtigt, unter „betraege:“ die Beträge vor dieser Zahlung eintragen.",
                zahlung.stelle,
            )


def titled_and_untitled(zahlung: Zahlung) -> Befund:
    """Both a titled and an untitled debt are open: the one rule that would choose is not settled."""
    return hinweis(
        "TITEL_RANG_OFFEN",
        f"Zahlung vom {format_datum(zahlung.am)}: titulierte und nicht titulierte Forderungen sind offen. Ob die "
        "nicht titulierte als weniger sichere vorgeht (§ 366 Abs. 2 BGB), ist nicht gesichert und nicht angewendet.",
        "Hat der Schuldner bestimmt, worauf er zahlt, „auf:“ ergänzen.",
        zahlung.stelle,
    )


def fits_one(zahlung: Zahlung, name: str) -> Befund:
    """The payment is exactly one invoice: perhaps a designation, but nobody has said so."""
    return hinweis(
        "ZAHLUNG_GLEICH_RECHNUNG",
        f"Die Zahlung vom {format_datum(zahlung.am)} ist genau so hoch wie {name}; ob darin eine Bestimmung liegt, "
        "ist nicht gesichert, verrechnet wird nach dem Gesetz.",
        f"Hat der Schuldner {name} genannt, bei der Zahlung „auf: {name}“ ergänzen (§ 366 Abs. 1 BGB).",
        zahlung.stelle,
    )


def paid_before_credit(gutschrift: Gutschrift, ueberzahlt: Decimal) -> Befund:
    """Goods came back after they were paid for: the payment is now more than was owed."""
    return _overpaid(
        f"Gutschrift vom {format_datum(gutschrift.am)}: {format_euro(ueberzahlt)} davon waren schon bezahlt; der "
        "Schuldner hat sie gut.",
        "Den Betrag erstatten oder die Aufrechnung erklären; das Konto verrechnet ihn nicht von selbst mit anderem.",
        gutschrift.stelle,
    )


def _overpaid(text: str, abhilfe: str, stelle: Stelle) -> Befund:
    return warnung("UEBERZAHLUNG", text, abhilfe, stelle)


def deduction_findings(abzug: Gutschrift | Verzicht, rest: Decimal) -> Iterator[Befund]:
    """Yield what is doubtful about a credit note or waiver."""
    name = "Gutschrift" if isinstance(abzug, Gutschrift) else "Verzicht"
    if rest:
        yield warnung(
            "ABZUG_ZU_HOCH",
            f"{name} vom {format_datum(abzug.am)}: {format_euro(rest)} gehen über das hinaus, was offen war.",
            "Betrag, Tag und „auf:“ prüfen.",
            abzug.stelle,
        )
    if name == "Verzicht" and abzug.auf is None:
        yield hinweis(
            "VERZICHT_OHNE_ZIEL",
            f"Verzicht vom {format_datum(abzug.am)}: worauf verzichtet wird, ist nicht angegeben; abgezogen wird "
            "erst von der Hauptforderung, dann von Zinsen und Kosten.",
            "„auf:“ ergänzen: eine Rechnungsnummer, hauptforderung, zinsen oder kosten.",
            abzug.stelle,
        )
