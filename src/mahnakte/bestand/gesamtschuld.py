"""Joint debtors in cases of their own: what one pays counts for all (§ 422 BGB), costs and lump sum stand once.

Each case keeps its own account. Of a payment only what it did for the common invoices counts in the others, never
what it paid of the other case's own costs; which part that is, its own account says.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mahnakte.arten.kosten import NUR_EINMAL
from mahnakte.fall.fall import Fall, Mitanteil, Mitzahlung
from mahnakte.fall.modell import Kostenposten, Zahlung
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre, warnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.konto.konto import compute_konto
from mahnakte.konto.modell import Konto
from mahnakte.stand.sachstand import Sachstand


@dataclasses.dataclass(frozen=True, slots=True)
class Mitfall:
    """The case of a joint debtor. `gemeinsame`: numbers there -> numbers in the case at hand."""

    fall: Fall
    gemeinsame: Mapping[str, str]


def join_zahlungen(sachstand: Sachstand, mitfaelle: Sequence[Mitfall]) -> Fall:
    """Return the case with what joint debtors have paid in theirs. Raises Ablehnung where an account is refused.

    What a payment did depends on the payments before it, in whichever case. So the accounts are counted until
    nothing changes: each round settles at least the next payment in time.
    """
    alle = (sachstand.fall, *(m.fall for m in mitfaelle))
    faelle = [dataclasses.replace(eine, mitzahlungen=()) for eine in alle]
    for _ in range(sum(len(einer.zahlungen) for einer in faelle) + 2):
        konten = [compute_konto(sachstand.mit(einer)) for einer in faelle]
        neue = [_with_others(nr, faelle, konten, mitfaelle) for nr in range(len(faelle))]
        if [einer.mitzahlungen for einer in neue] == [einer.mitzahlungen for einer in faelle]:
            return neue[0]
        faelle = neue
    raise Ablehnung(
        sperre(
            "GESAMTSCHULD_UNKLAR",
            "Was die Zahlungen der Gesamtschuldner jeweils tilgen, lässt sich nicht eindeutig ausrechnen.",
            "Bei den Zahlungen eines Tages „auf:“ mit der Rechnungsnummer ergänzen.",
        )
    )


def _with_others(
    nr: int, faelle: Sequence[Fall], konten: Sequence[Konto], mitfaelle: Sequence[Mitfall]
) -> Fall:
    mitzahlungen: list[Mitzahlung] = []
    for andere, konto in enumerate(konten):
        if andere != nr:
            namen = _translate(nr, andere, mitfaelle)
            mitzahlungen += _effects(faelle[andere], konto, namen)
    return dataclasses.replace(faelle[nr], mitzahlungen=tuple(sorted(mitzahlungen, key=lambda z: z.am)))


def _translate(nach: int, von: int, mitfaelle: Sequence[Mitfall]) -> dict[str, str]:
    """Return the numbers of common invoices, from one case of the group (0: the one at hand) to another."""
    hin = (
        {n: n for m in mitfaelle for n in m.gemeinsame.values()}
        if von == 0
        else mitfaelle[von - 1].gemeinsame
    )
    if nach == 0:
        return dict(hin)
    zurueck = {hier: dort for dort, hier in mitfaelle[nach - 1].gemeinsame.items()}
    return {eine: zurueck[hier] for eine, hier in hin.items() if hier in zurueck}


def _effects(fall: Fall, konto: Konto, namen: Mapping[str, str]) -> Iterator[Mitzahlung]:
    """Yield the own payments of a case with what they did for the common invoices."""
    alle_gemeinsam = {forderung.nummer for forderung in fall.forderungen} <= set(namen)
    titel = {einer.rechnung for einer in konto.forderungen if einer.titel}
    for buchung in konto.zahlungen:
        if buchung.aus_fall or buchung.zurueck_am:
            continue
        anteile = []
        for anteil in buchung.auf:
            hier = namen.get(anteil.rechnung or "")
            gemeinsam = hier is not None or (alle_gemeinsam and anteil.rechnung in titel)
            if anteil.art != "kosten" and gemeinsam:
                anteile.append(Mitanteil(anteil.art, hier, anteil.betrag))
        if anteile:
            yield Mitzahlung(buchung.am, buchung.betrag, fall.aktenzeichen, tuple(anteile))


# --- what a person must settle ----------------------------------------------------------------------


def check_gesamtschuld(fall: Fall, mitfaelle: Iterable[Mitfall], stelle: Stelle) -> Iterator[Befund]:
    """Yield what stands in the case and in a joint debtor's case and can be meant only once."""
    for mitfall in mitfaelle:
        yield from _same_payments(fall, mitfall.fall)
        yield from _same_costs(fall, mitfall.fall)
        yield from _credit_notes_there(fall, mitfall)
        yield from _mixed_title(mitfall, stelle)


def _same_payments(fall: Fall, andere: Fall) -> Iterator[Befund]:
    """One payment entered in both would count twice: asked, never counted so."""
    dort = {(zahlung.am, zahlung.betrag) for zahlung in andere.zahlungen if not zahlung.zurueck_am}
    for zahlung in fall.zahlungen:
        gleich = not zahlung.zurueck_am and (zahlung.am, zahlung.betrag) in dort
        if gleich and not (_is_confirmed(fall, zahlung) and _is_confirmed(andere, zahlung)):
            yield sperre(
                "ZAHLUNG_IN_BEIDEN_FAELLEN",
                f"Die Zahlung vom {format_datum(zahlung.am)} über {format_euro(zahlung.betrag)} steht auch im Fall "
                f"{andere.aktenzeichen}; bei Gesamtschuldnern zählt jede Zahlung in beiden Fällen.",
                "Ist es eine Zahlung, sie in einem der Fälle streichen. Sind es zwei, in beiden Fällen unter "
                "„quittiert:“ mit „code: ZAHLUNG_IN_BEIDEN_FAELLEN“ bestätigen.",
                zahlung.stelle,
            )


def _is_confirmed(fall: Fall, zahlung: Zahlung) -> bool:
    """Somebody has confirmed it since: nobody can have seen a later payment."""
    return any(q.code == "ZAHLUNG_IN_BEIDEN_FAELLEN" and q.am >= zahlung.am for q in fall.quittiert)


def _same_costs(fall: Fall, andere: Fall) -> Iterator[Befund]:
    for posten in fall.kosten:
        gleiche = [dort for dort in andere.kosten if dort.art == posten.art]
        if posten.art in NUR_EINMAL and gleiche:
            yield _twice(posten, andere)
        elif any((dort.am, dort.betrag) == (posten.am, posten.betrag) for dort in gleiche):
            yield warnung(
                "KOSTEN_IN_BEIDEN_FAELLEN",
                f"Kosten vom {format_datum(posten.am)} ({posten.art}, {format_euro(posten.betrag)}) stehen ebenso im "
                f"Fall {andere.aktenzeichen}.",
                "Sind sie nur einmal entstanden, in einem der Fälle streichen; sonst den Befund quittieren.",
                posten.stelle,
            )


def _twice(posten: Kostenposten, andere: Fall) -> Befund:
    return sperre(
        "KOSTEN_NUR_EINMAL",
        f"„{posten.art}“ steht auch im Fall {andere.aktenzeichen}; für eine Forderung gegen Gesamtschuldner wird das "
        "nur einmal geschuldet.",
        "In einem der beiden Fälle streichen.",
        posten.stelle,
    )


def _credit_notes_there(fall: Fall, mitfall: Mitfall) -> Iterator[Befund]:
    """A credit note lowers the invoice itself, for every debtor; entered in one case it is missing in the other."""
    hier = {(gutschrift.am, gutschrift.betrag) for gutschrift in fall.gutschriften}
    for gutschrift in mitfall.fall.gutschriften:
        gemeint = gutschrift.auf in mitfall.gemeinsame if gutschrift.auf else bool(mitfall.gemeinsame)
        if gemeint and (gutschrift.am, gutschrift.betrag) not in hier:
            yield sperre(
                "GUTSCHRIFT_NUR_DORT",
                f"Die Gutschrift vom {format_datum(gutschrift.am)} über {format_euro(gutschrift.betrag)} steht nur "
                f"im Fall {mitfall.fall.aktenzeichen}; sie mindert die Rechnung für alle Gesamtschuldner.",
                f"Sie auch in {fall.aktenzeichen} unter „gutschriften:“ eintragen, mit demselben Tag und Betrag.",
                fall.forderungen[0].stelle if fall.forderungen else gutschrift.stelle,
            )


def _mixed_title(mitfall: Mitfall, stelle: Stelle) -> Iterator[Befund]:
    """What is paid on a title over several claims cannot be told apart."""
    eigene = {forderung.nummer for forderung in mitfall.fall.forderungen} - set(mitfall.gemeinsame)
    if mitfall.fall.titel and mitfall.fall.zahlungen and eigene:
        yield sperre(
            "GESAMTSCHULD_TITEL",
            f"Im Fall {mitfall.fall.aktenzeichen} stehen ein Titel, Zahlungen und neben den gemeinsamen Rechnungen "
            f"auch {', '.join(sorted(eigene))}; was davon die gemeinsamen getilgt hat, lässt sich nicht ausrechnen.",
            "Die nicht gemeinsamen Rechnungen dort in einen eigenen Fall legen.",
            stelle,
        )
