"""The sheet for the application for the Vollstreckungsbescheid, to be typed into form or portal (§ 699 ZPO)."""

from collections.abc import Iterator, Sequence
from typing import Any

from mahnakte.antrag.angabenblatt import Abschnitt, Zeile, blatt_werte
from mahnakte.antrag.aus_fall.folgeantrag import Folgeantrag
from mahnakte.antrag.aus_fall.maengel import place_name
from mahnakte.antrag.eda.folgeantrag import Vollstreckungsbescheidsantrag
from mahnakte.fall.fall import Fall
from mahnakte.grund.betrag import format_euro
from mahnakte.grund.datum import format_datum
from mahnakte.stand.sachstand import Sachstand

_HINWEIS = (
    "In den Vordruck, den das Gericht mit der Zustellungsnachricht schickt, oder bei den Folgeanträgen in das Portal "
    "der Mahngerichte eintragen. Zahlungen, die bis zum Absenden noch eingehen, von Hand ergänzen."
)


def folgeblatt_werte(sachstand: Sachstand, folgeantraege: Sequence[Folgeantrag]) -> dict[str, Any]:
    """Return the values of the sheet: one section for each debtor against whom it is applied for."""
    namen = ", ".join(schuldner.voller_name for schuldner in sachstand.fall.schuldner)
    return blatt_werte(
        f"Antrag auf den Vollstreckungsbescheid {sachstand.fall.aktenzeichen}",
        f"{sachstand.fall.glaeubiger.voller_name} gegen {namen}, Stand {format_datum(sachstand.stichtag)}",
        _HINWEIS,
        [_section(sachstand.fall, folge, folge.antrag) for folge in folgeantraege if folge.antrag],
    )


def _section(fall: Fall, folge: Folgeantrag, antrag: Vollstreckungsbescheidsantrag) -> Abschnitt:
    schuldner = fall.schuldner_mit(folge.schuldner)
    zustellung = folge.zustellung
    return Abschnitt(
        f"Antragsgegner {schuldner.voller_name}",
        tuple(_lines(folge, antrag)),
        f"Zustellung: {place_name(zustellung.stelle)}" if zustellung else "",
    )


def _lines(folge: Folgeantrag, antrag: Vollstreckungsbescheidsantrag) -> Iterator[Zeile]:
    yield "Geschäftsnummer des Gerichts", format_nummer(antrag.geschaeftsnummer)
    yield "eigenes Geschäftszeichen", antrag.geschaeftszeichen
    yield "Mahnbescheid zugestellt am", format_datum(folge.zustellung.am) if folge.zustellung else ""
    if not antrag.zahlungen:
        yield "Zahlungen auf den Mahnbescheid", "keine"
    for nummer, zahlung in enumerate(antrag.zahlungen, start=1):
        yield f"Zahlung {nummer}", f"{format_euro(zahlung.betrag)} am {format_datum(zahlung.am)}"
    yield "Porto und Vordruck", format_euro(antrag.porto) if antrag.porto else ""
    if antrag.sonstige_kosten:
        kosten = f"{format_euro(antrag.sonstige_kosten)}: {antrag.sonstige_kosten_grund}"
        yield "andere Kosten des Verfahrens", kosten
    verzinst = "werden beantragt (§ 104 Abs. 1 Satz 2 ZPO)" if antrag.kosten_verzinsen else "nein"
    yield "Zinsen auf die festgesetzten Kosten", verzinst
    yield "Zustellung", "durch die Partei" if antrag.durch_partei else "durch das Gericht"


def format_nummer(nummer: str) -> str:
    """Write the court's eleven digits the way its letters do: year, serial number, two more digits."""
    return f"{nummer[:2]}-{nummer[2:9]}-{nummer[9]}-{nummer[10]}"
