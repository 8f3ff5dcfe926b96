"""`mahnakte rechnung`: what an invoice file says."""

import pathlib
from collections.abc import Iterator

from mahnakte.ablage.lesen import read_datei
from mahnakte.fall.rechnung import ERechnung, Rechnungspartei, read_rechnung
from mahnakte.fall.rechnung.codes import describe_art, describe_kennzeichen, describe_zahlwege
from mahnakte.grund.befund import Ablehnung, Befund
from mahnakte.grund.betrag import format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.grund.worker import WorkerError
from mahnakte.werk.ergebnis import ABGELEHNT, FERTIG, Ergebnis, NichtBegonnen
from mahnakte.werk.laden import Lage
from mahnakte.werk.rechnungsdateien import LESEZEIT, unreadable

_LEER = (
    "format",
    "nummer",
    "datum",
    "faellig_am",
    "brutto",
    "zahlbetrag",
    "waehrung",
    "art",
    "verkaeufer",
    "kaeufer",
)


def show_rechnung(datei: pathlib.Path, lage: Lage) -> Ergebnis:
    """Read one invoice file. Exit code 2 when the file is missing, 3 when it is no readable invoice."""
    try:
        inhalt = read_datei(datei).inhalt
        gelesen = lage.werkstatt.call(read_rechnung, inhalt, str(datei), seconds=LESEZEIT)
    except Ablehnung as ablehnung:
        raise NichtBegonnen([ablehnung.befund]) from None
    except WorkerError as fehler:
        return _refused((unreadable(fehler, str(datei)),), str(fehler))
    if gelesen.rechnung is None:
        return _refused(gelesen.befunde, "Die Datei enthält keine lesbaren Rechnungsdaten.")
    return Ergebnis(
        daten=gelesen.rechnung.as_json(),
        zeilen=tuple(_lines(gelesen.rechnung)),
        befunde=gelesen.befunde,
        rueckgabe=FERTIG,
    )


def _refused(befunde: tuple[Befund, ...], satz: str) -> Ergebnis:
    return Ergebnis(
        daten={**dict.fromkeys(_LEER), "iban": []},
        zeilen=(satz,),
        befunde=befunde,
        rueckgabe=ABGELEHNT,
    )


def _lines(rechnung: ERechnung) -> Iterator[str]:
    faellig = ", ".join(format_datum(tag) for tag in rechnung.faelligkeiten) or "nicht angegeben"
    betraege = [
        ("Netto", rechnung.netto),
        ("Umsatzsteuer", rechnung.steuer),
        ("Brutto", rechnung.brutto),
        ("Vorausgezahlt", rechnung.vorausgezahlt),
        ("Zahlbetrag", rechnung.zahlbetrag),
    ]
    angaben = [
        ("Format", rechnung.format),
        ("Art", json_safe(describe_art(rechnung)) or "nicht angegeben"),
        ("Kennzeichen", describe_kennzeichen(rechnung)),
        ("Nummer", json_safe(rechnung.nummer or "nicht angegeben")),
        ("Datum", format_datum(rechnung.datum) if rechnung.datum else "nicht angegeben"),
        ("Fällig am", faellig),
        *(
            (name, f"{format_betrag(wert)} {rechnung.waehrung or ''}")
            for name, wert in betraege
            if wert is not None
        ),
        ("Zahlungstext", json_safe(rechnung.zahlungstext or "")),
        ("Verkäufer", _describe(rechnung.verkaeufer)),
        ("Käufer", _describe(rechnung.kaeufer)),
        ("Zahlungsempfänger", _describe(rechnung.zahlungsempfaenger)),
        ("Zahlungsweg", json_safe(describe_zahlwege(rechnung))),
        ("IBAN", ", ".join(rechnung.iban)),
        ("Verwendungszweck", json_safe(", ".join(rechnung.verwendungszweck))),
    ]
    for name, wert in angaben:
        if wert:
            yield f"{name + ':':<18}{' '.join(wert.split())}"


def _describe(partei: Rechnungspartei) -> str:
    ort = " ".join(teil for teil in (partei.plz, partei.ort) if teil)
    return json_safe(", ".join(teil for teil in (partei.name, *partei.anschrift, ort, partei.land) if teil))
