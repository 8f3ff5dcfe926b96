"""The entry sheet for the courts' portal: the application in the court's order, sums, costs, changes, signature."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from mahnakte.antrag.angabenblatt import Abschnitt, Zeile, blatt_werte, list_abschnitte, party_name
from mahnakte.antrag.modell import Mahnantrag
from mahnakte.antrag.regeln.gericht import streitwert
from mahnakte.antrag.verfahrenskosten import compute_gerichtskosten, compute_vertretungskosten
from mahnakte.grund.betrag import NULL, format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.recht.rechtsstand import Rechtsstand


@dataclasses.dataclass(frozen=True, slots=True)
class Vorversion:
    """The application of this case that was prepared before: number and day of its step, and what it said."""

    nr: int
    stichtag: dt.date
    antrag: Mahnantrag


def eingabeblatt_werte(
    recht: Rechtsstand, antrag: Mahnantrag, stichtag: dt.date, vorher: Vorversion | None = None
) -> dict[str, Any]:
    """Return the values of the entry sheet: the application in the court's order, its sums and costs.

    With an earlier version what has changed since stands first. At the end is room for a signature.
    """
    gegner = ", ".join(party_name(wer) for wer in antrag.antragsgegner)
    glaeubiger = ", ".join(party_name(wer) for wer in antrag.antragsteller) or antrag.antragsteller_kennziffer
    return blatt_werte(
        f"Eingabeblatt zum Mahnantrag {antrag.geschaeftszeichen}",
        f"{glaeubiger} gegen {gegner}, Stand {format_datum(stichtag)}",
        "In dieser Reihenfolge in das Portal der Mahngerichte eingeben; leere Felder bleiben leer.",
        [
            *(_changes(vorher, antrag) if vorher else ()),
            *list_abschnitte(antrag),
            _sums(antrag),
            _costs(recht, antrag, stichtag),
            _signature(antrag),
        ],
    )


def _changes(vorher: Vorversion, antrag: Mahnantrag) -> Iterator[Abschnitt]:
    """Yield what differs from the earlier version, line by line as the sheets have it."""
    alt, neu = _all_lines(vorher.antrag), _all_lines(antrag)
    wann = f"Vorgang {vorher.nr:04d} vom {format_datum(vorher.stichtag)}"
    zeilen = [(name, f"jetzt {_or_none(neu.get(name))}; bisher {_or_none(alt.get(name))}")
              for name in {**neu, **alt} if neu.get(name) != alt.get(name)]  # fmt: skip
    yield Abschnitt(f"Geändert seit {wann}", tuple(zeilen) or (("Angaben", "unverändert"),))


def _all_lines(antrag: Mahnantrag) -> dict[str, str]:
    """Return every line of the sections by its section and name; lines of one name are one entry."""
    zeilen: dict[str, str] = {}
    for abschnitt in (*list_abschnitte(antrag), _sums(antrag)):
        for feld, wert in abschnitt.zeilen:
            name = f"{abschnitt.titel}: {feld}"
            if wert:
                zeilen[name] = f"{zeilen[name]} / {wert}" if name in zeilen else wert
    return zeilen


def _or_none(wert: str | None) -> str:
    return f"„{wert}“" if wert else "ohne Angabe"


def _sums(antrag: Mahnantrag) -> Abschnitt:
    """Add up what is asked for; running interest and what the court adds is not in it."""
    haupt = streitwert(antrag)
    zinsen = sum((zins.betrag for zins in antrag.ausgerechnete_zinsen), NULL)
    auslagen = antrag.auslagen
    ausgelegt = (
        sum((b for b in (auslagen.vordruck_porto, auslagen.sonstige) if b), NULL) if auslagen else NULL
    )
    neben = sum((forderung.betrag for forderung in antrag.nebenforderungen), NULL)
    teile = (("Hauptforderungen", haupt), ("ausgerechnete Zinsen", zinsen), ("Auslagen", ausgelegt),
             ("Nebenforderungen", neben))  # fmt: skip
    zeilen = tuple((name, format_euro(betrag)) for name, betrag in teile if betrag)
    gesamt = format_euro(haupt + zinsen + ausgelegt + neben)
    return Abschnitt("Summen (ohne laufende Zinsen und Gerichtskosten)", (*zeilen, ("zusammen", gesamt)))


def _signature(antrag: Mahnantrag) -> Abschnitt:
    """Leave room for who answers for the application (§ 690 (2) ZPO: signed by hand when filed on paper)."""
    wer = antrag.bevollmaechtigter.bezeichnung if antrag.bevollmaechtigter else ""
    zeile = f"{'_' * 20}   {'_' * 30} {wer}".rstrip()
    return Abschnitt("Geprüft und zur Einreichung freigegeben", (("Ort, Datum und Unterschrift", zeile),))


def _costs(recht: Rechtsstand, antrag: Mahnantrag, stichtag: dt.date) -> Abschnitt:
    """Say what the court adds by itself, line by line; the applicant enters none of it."""
    wert = streitwert(antrag)
    zeilen: list[Zeile] = [("Streitwert (Hauptforderungen, § 4 ZPO)", format_euro(wert))]
    summe = NULL
    for kosten in (compute_gerichtskosten(recht, antrag, stichtag), compute_vertretungskosten(recht, antrag)):
        for zeile in kosten.zeilen if kosten else ():
            zeilen.append((zeile.vorschrift, f"{format_euro(zeile.betrag)}: {zeile.text}"))
            summe += zeile.betrag
    zeilen.append(("zusammen", format_euro(summe)))
    return Abschnitt("Das setzt das Gericht selbst hinzu (nicht eingeben)", tuple(zeilen))
