"""What an agency or lawyer may ask the debtor to reimburse, proposed where no person has entered such a cost yet.

Proposed is what the first demand may ask for: the lower rate while nobody disputes (Nr. 2300 note (2) VV RVG). It is
owed only as damage of default (§§ 280 (2), 286 BGB), by the same count as the ceiling of § 13e RDG. The account does
not hold it before a person has entered it. Who collects his own claim has no such costs.
"""

import datetime as dt
from decimal import Decimal

from mahnakte.arten.kosten import GEBUEHREN, INKASSO, RVG_2300
from mahnakte.fall.fall import Fall
from mahnakte.grund.befund import Ablehnung, Befund, hinweis
from mahnakte.grund.betrag import NULL, format_betrag, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.inkassogrenze import is_disputed
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.recht.gebuehren import Inkassofall, Kosten, Rechtsdienst, inkassokosten
from mahnakte.stand.sachstand import Sachstand


def propose_kosten(sachstand: Sachstand, konto: Konto) -> tuple[Befund, ...]:
    """Return the hint with the lawful sum and the command that enters it; nothing where none is owed for sure."""
    fall, am = sachstand.fall, _mandate(sachstand)
    if am is None or konto.gesamt <= NULL or not _collects_for_another(fall) or _has_answer(sachstand, konto):
        return ()
    wert = _in_default(sachstand, am)
    if wert <= NULL:
        return ()
    art = Inkassofall.BESTRITTEN if is_disputed(sachstand, am) else Inkassofall.EINFACH
    try:
        kosten = _lawful(sachstand, am, wert, art)
    except Ablehnung:  # no rate or table for that day: nobody asked for a sum, so nothing is missing
        return ()
    return (_proposal(fall, am, kosten, art),)


def _mandate(sachstand: Sachstand) -> dt.date | None:
    genannt = sachstand.fall.antrag.beauftragt_am if sachstand.fall.antrag else None
    return genannt if genannt is not None and genannt <= sachstand.stichtag else None


def _collects_for_another(fall: Fall) -> bool:
    """Tell whether the sender is an agency or lawyer with a foreign claim: neither his own nor an assigned one."""
    absender = fall.einstellungen.absender
    eigene = absender.name == fall.glaeubiger.name or fall.abtretung is not None
    return absender.rolle != "glaeubiger" and not eigene


def _has_answer(sachstand: Sachstand, konto: Konto) -> bool:
    """A person has entered such a cost, or a title says what costs there are."""
    eingetragen = any(kosten.art in GEBUEHREN for kosten in sachstand.fall.kosten)
    return eingetragen or any(zeile.titel for zeile in konto.forderungen)


def _in_default(sachstand: Sachstand, am: dt.date) -> Decimal:
    """Return the principal open and in default before the mandate: only that caused the fee (§ 286 BGB)."""
    konto = compute_konto(sachstand.am(am))
    saeumige = (z for z in konto.forderungen if z.verzug_ab is not None and z.verzug_ab < am)
    return sum((zeile.offen for zeile in saeumige), NULL)


def _lawful(sachstand: Sachstand, am: dt.date, wert: Decimal, art: Inkassofall) -> Kosten:
    recht, fall = sachstand.recht, sachstand.fall
    recht.wert_am(
        "vv_2300_einfach", am
    )  # an older mandate: the frame of Nr. 2300 leaves the rate to a person
    anwalt = fall.einstellungen.absender.rolle == "anwalt"
    durch = Rechtsdienst.ANWALT if anwalt else Rechtsdienst.INKASSO
    return inkassokosten(recht, wert, am, art, fall.glaeubiger.vorsteuerabzug is not False, durch)


def _proposal(fall: Fall, am: dt.date, kosten: Kosten, art: Inkassofall) -> Befund:
    was = RVG_2300 if fall.einstellungen.absender.rolle == "anwalt" else INKASSO
    wer = "die bestrittene Forderung" if art is Inkassofall.BESTRITTEN else "das erste Schreiben"
    steuer = "ja" if fall.glaeubiger.vorsteuerabzug is False else "nein"
    zeilen = "; ".join(f"{z.text}, {z.vorschrift}: {format_euro(z.betrag)}" for z in kosten.zeilen)
    return hinweis(
        "KOSTEN_VORSCHLAG",
        f"Für den Auftrag vom {format_datum(am)} sind keine {was.name} eingetragen. Zulässig für {wer} sind "
        f"höchstens {format_euro(kosten.summe)} (§ 13e RDG, §§ 280, 286 BGB): {zeilen}. Das Konto enthält sie nicht.",
        f"Sollen sie verlangt werden: mahnakte erfassen FALL kosten --am {am.isoformat()} --art {was.wort} "
        f'--betrag "{format_betrag(kosten.summe)}" --umsatzsteuer {steuer} --grund "Auftrag vom {format_datum(am)}"',
    )
