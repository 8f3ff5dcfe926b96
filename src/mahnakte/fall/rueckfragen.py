"""What looks like a slip of the pen and may be right: asked about, settled by correcting it or under `quittiert:`."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterator

from mahnakte.arten.ereignis import MAHNUNG_VERSANDT, MAHNUNG_ZUGEGANGEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.modell import Zahlung
from mahnakte.grund.befund import Befund, warnung
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum

_QUITTIEREN = "stimmt es so, den Befund in fall.yaml quittieren."


def check_tage(fall: Fall) -> Iterator[Befund]:
    """Yield what cannot have happened in this order: receipt before the invoice, an end before its beginning.

    The 30 days of § 286 (3) BGB and the age of a claim hang on these days.
    """
    for forderung in fall.forderungen:
        wer = f"Rechnung {forderung.nummer}"
        if forderung.zugegangen_am and forderung.zugegangen_am < forderung.datum:
            yield dataclasses.replace(
                warnung(
                    "ZUGANG_VOR_RECHNUNG",
                    f"{wer} vom {format_datum(forderung.datum)} soll schon am "
                    f"{format_datum(forderung.zugegangen_am)} zugegangen sein.",
                    f"„zugegangen_am:“ und „datum:“ prüfen; {_QUITTIEREN}",
                    forderung.stelle,
                ),
                gegenstand=forderung.nummer,
            )
        if (
            forderung.leistung_am
            and forderung.leistung_bis
            and forderung.leistung_bis < forderung.leistung_am
        ):
            yield dataclasses.replace(
                warnung(
                    "LEISTUNG_ENDET_VOR_BEGINN",
                    f"{wer}: die Leistung endet am {format_datum(forderung.leistung_bis)}, beginnt aber erst am "
                    f"{format_datum(forderung.leistung_am)}.",
                    f"„leistung_am:“ und „leistung_bis:“ prüfen; {_QUITTIEREN}",
                    forderung.stelle,
                ),
                gegenstand=forderung.nummer,
            )
    yield from _early_mahnungen(fall)


def _early_mahnungen(fall: Fall) -> Iterator[Befund]:
    """A letter of another system cannot ask for an invoice that did not exist."""
    erste = min((forderung.datum for forderung in fall.forderungen), default=None)
    for ereignis in fall.ereignisse:
        if erste and ereignis.art in (MAHNUNG_VERSANDT.wort, MAHNUNG_ZUGEGANGEN.wort) and ereignis.am < erste:
            yield warnung(
                "MAHNUNG_VOR_RECHNUNG",
                f"„{ereignis.art}“ am {format_datum(ereignis.am)} liegt vor der ersten Rechnung "
                f"({format_datum(erste)}).",
                f"Den Tag prüfen; {_QUITTIEREN}",
                ereignis.stelle,
            )


def check_doppelzahlungen(fall: Fall) -> Iterator[Befund]:
    """Yield a question for each payment that stands twice: same day, same sum, not from two different debtors.

    Both count until somebody strikes one: too little is demanded then, never too much.
    """
    gruppen: dict[tuple[object, ...], list[Zahlung]] = defaultdict(list)
    for zahlung in fall.zahlungen:
        if zahlung.zurueck_am is None:
            gruppen[zahlung.am, zahlung.betrag].append(zahlung)
    for gruppe in gruppen.values():
        zahler = {zahlung.von for zahlung in gruppe}
        verschiedene = None not in zahler and len(zahler) == len(gruppe)
        if len(gruppe) > 1 and not verschiedene:
            yield _twice(gruppe)


def _twice(gruppe: list[Zahlung]) -> Befund:
    zahlung = gruppe[-1]
    return warnung(
        "ZAHLUNG_DOPPELT",
        f"Die Zahlung vom {format_datum(zahlung.am)} über {format_euro(zahlung.betrag)} ist {len(gruppe)}-mal "
        "eingetragen und zählt jedes Mal.",
        "Ist sie nur einmal eingegangen, den überzähligen Eintrag streichen (in vorgaenge/: den Vorgang stornieren); "
        "sind es mehrere Zahlungen, den Befund in fall.yaml quittieren.",
        zahlung.stelle,
    )
