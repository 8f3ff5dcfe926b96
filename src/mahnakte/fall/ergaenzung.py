"""What a step adds to an entry that stands already: a measure to a title, its return to a payment.

In fall.yaml both are keys of the entry itself. A step cannot change a line of fall.yaml or of another step; it says
which entry is meant, and the case counts as if the key stood there.
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from mahnakte.fall.modell import Falldatei, Massnahme, Titel, Zahlung
from mahnakte.fall.partei import Angabe, doc
from mahnakte.fall.typen import Datum, Kennung, PositiverBetrag
from mahnakte.grund.befund import Ablehnung, sperre
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import propose

_OHNE_ZIEL = "NACHTRAG_OHNE_ZIEL"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Titelmassnahme(Massnahme):
    """A measure under a title that stands in fall.yaml or in a step."""

    titel: Annotated[Kennung, doc("Kennung des Titels, aus dem vollstreckt wird")]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rueckgabe(Angabe):
    """The return of a payment that stands in fall.yaml or in a step."""

    am: Annotated[Datum, doc("Tag der Rückgabe")]
    zahlung_vom: Annotated[Datum, doc("Tag der Gutschrift der zurückgegebenen Zahlung")]
    betrag: Annotated[
        PositiverBetrag | None, doc("Betrag der Zahlung; nötig, wenn an dem Tag mehrere eingingen")
    ] = None


def add_massnahme(falldatei: Falldatei, neue: Titelmassnahme) -> Falldatei:
    """Return the facts with a measure behind those of its title. Raises Ablehnung when the title is not there."""
    if neue.titel not in {titel.kennung for titel in falldatei.titel}:
        bekannte = [titel.kennung for titel in falldatei.titel]
        abhilfe = propose(neue.titel, bekannte) if bekannte else "Zuerst den Titel erfassen."
        raise Ablehnung(
            sperre(_OHNE_ZIEL, f"Einen Titel „{neue.titel}“ gibt es in diesem Fall nicht.", abhilfe, neue.stelle)
        )  # fmt: skip
    felder = {f.name: getattr(neue, f.name) for f in dataclasses.fields(Massnahme)}
    massnahme = Massnahme(**felder)

    def extend(titel: Titel) -> Titel:
        if titel.kennung != neue.titel:
            return titel
        return dataclasses.replace(titel, massnahmen=(*titel.massnahmen, massnahme))

    return dataclasses.replace(falldatei, titel=tuple(extend(titel) for titel in falldatei.titel))


def add_rueckgabe(falldatei: Falldatei, neue: Rueckgabe) -> Falldatei:
    """Return the facts with the payment marked as returned. Raises Ablehnung when it is not clear which one."""
    zahlung = find_zahlung(falldatei, neue)
    if zahlung.zurueck_am is not None:  # somebody has entered it in fall.yaml as well: one return
        return falldatei
    zurueck = dataclasses.replace(zahlung, zurueck_am=neue.am)
    zahlungen = tuple(zurueck if eine is zahlung else eine for eine in falldatei.zahlungen)
    return dataclasses.replace(falldatei, zahlungen=zahlungen)


def find_zahlung(falldatei: Falldatei, rueckgabe: Rueckgabe) -> Zahlung:
    """Return the payment that came back: one that has not come back yet, else one that came back on that day.

    Of equal ones the first. Raises Ablehnung when there is none, or several of different sums.
    """
    passende = [
        zahlung
        for zahlung in falldatei.zahlungen
        if zahlung.am == rueckgabe.zahlung_vom and rueckgabe.betrag in (None, zahlung.betrag)
    ]
    offene = [zahlung for zahlung in passende if zahlung.zurueck_am is None]
    gemeinte = offene or [zahlung for zahlung in passende if zahlung.zurueck_am == rueckgabe.am]
    if len({zahlung.betrag for zahlung in gemeinte}) == 1:
        return gemeinte[0]
    raise Ablehnung(
        sperre(_OHNE_ZIEL, _why_no_zahlung(passende, gemeinte, rueckgabe), _list_zahlungen(falldatei),
               rueckgabe.stelle)
    )  # fmt: skip


def _why_no_zahlung(passende: list[Zahlung], gemeinte: list[Zahlung], rueckgabe: Rueckgabe) -> str:
    betrag = f" über {format_euro(rueckgabe.betrag)}" if rueckgabe.betrag is not None else ""
    welche = f"vom {format_datum(rueckgabe.zahlung_vom)}{betrag}"
    if gemeinte:
        return f"Welche Zahlung {welche} zurückgegeben wurde, ist nicht eindeutig; der Betrag fehlt."
    if passende and (zurueck := passende[0].zurueck_am):
        return f"Die Zahlung {welche} ist schon zurückgegeben, am {format_datum(zurueck)}."
    return f"Eine Zahlung {welche} gibt es in diesem Fall nicht."


def _list_zahlungen(falldatei: Falldatei) -> str:
    if not falldatei.zahlungen:
        return "Zuerst die Zahlung erfassen; in diesem Fall steht keine."
    genannt = "; ".join(
        f"{format_datum(zahlung.am)} über {format_euro(zahlung.betrag)} ({zahlung.stelle})"
        for zahlung in falldatei.zahlungen
    )
    return f"Tag und Betrag der Zahlung angeben. Es stehen: {genannt}."


# Of each list in a step: the record of its entries, and what one does to the facts.
ERGAENZUNGEN: Mapping[str, tuple[type[Angabe], Callable[[Falldatei, Any], Falldatei]]] = {
    "massnahmen": (Titelmassnahme, add_massnahme),
    "rueckgaben": (Rueckgabe, add_rueckgabe),
}
