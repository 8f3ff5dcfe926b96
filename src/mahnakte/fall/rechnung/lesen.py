"""Read one invoice file, whatever it is: XML, PDF with XML inside, or a plain PDF."""

import dataclasses
from typing import TYPE_CHECKING

from mahnakte.fall.rechnung import dateimuster
from mahnakte.fall.rechnung.auszug import Xmlergebnis
from mahnakte.fall.rechnung.modell import Leseergebnis
from mahnakte.fall.rechnung.pruefen import check_rechnung
from mahnakte.fall.rechnung.xmlkopf import trim_kopf
from mahnakte.fall.rechnung.xmlrechnung import read_xml
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import format_betrag

if TYPE_CHECKING:
    from mahnakte.fall.rechnung.pdf import Anlage

_KOPF = 1024  # readers of PDF accept junk of this length before %PDF
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_rechnung(inhalt: bytes, datei: str) -> Leseergebnis:
    """Return what the invoice file says, with findings. `datei` is its path as the clerk sees it.

    Never raises for what the file contains (but MemoryError); hostile files may take long or much memory,
    so it is called in the bounded worker.
    """
    try:
        ergebnis = _read_any(inhalt, datei)
    except Ablehnung as ablehnung:
        return Leseergebnis(None, False, (ablehnung.befund,))
    if ergebnis.rechnung is None or ergebnis.rechnung.nummer is None:
        return ergebnis
    nummer = ergebnis.rechnung.nummer
    befunde = tuple(dataclasses.replace(befund, gegenstand=nummer) for befund in ergebnis.befunde)
    return dataclasses.replace(ergebnis, befunde=befunde)


def _read_any(inhalt: bytes, datei: str) -> Leseergebnis:
    kopf = inhalt[:_KOPF]
    if b"%PDF-" in kopf:
        return _read_pdf(inhalt, datei)
    if trim_kopf(kopf).inhalt.startswith((b"<", *_UTF_16)) or b"<?xml" in kopf:
        gelesen = read_xml(inhalt, datei)
        return Leseergebnis(gelesen.rechnung, False, tuple(_judge(gelesen, datei)))
    muster = dateimuster.UNBEKANNT if inhalt.strip() else dateimuster.LEER
    raise Ablehnung(muster.finding(Stelle(datei)))


def _judge(gelesen: Xmlergebnis, datei: str) -> list[Befund]:
    return [*gelesen.befunde, *check_rechnung(gelesen.rechnung, gelesen.stellen, datei)]


def _read_pdf(inhalt: bytes, datei: str) -> Leseergebnis:
    from mahnakte.fall.rechnung.pdf import read_anlagen  # the PDF libraries: only the worker needs them

    anlagen = read_anlagen(inhalt, datei)
    stelle = Stelle(datei)
    if anlagen.rechnungen:
        gelesen = [read_xml(anlage.inhalt, datei, zeilen=False) for anlage in anlagen.rechnungen]
        befunde = [
            *anlagen.befunde,
            *_compare(anlagen.rechnungen, gelesen, stelle),
            *_judge(gelesen[0], datei),
        ]
        return Leseergebnis(gelesen[0].rechnung, True, tuple(befunde))
    if anlagen.bestellung:
        raise Ablehnung(dateimuster.BESTELLUNG.finding(stelle))
    befunde = [*anlagen.befunde, dateimuster.PDF_OHNE_DATEN.finding(stelle)]
    if anlagen.andere:
        namen = ", ".join(f"„{name[:60]}“" for name in anlagen.andere[:4])
        befunde.append(dateimuster.XML_NAME.finding(stelle, namen=namen))
    return Leseergebnis(None, True, tuple(befunde))


def _compare(anlagen: "tuple[Anlage, ...]", gelesen: list[Xmlergebnis], stelle: Stelle) -> list[Befund]:
    """Refuse several invoice XMLs that differ in number or payable amount: nobody may choose between them."""
    if len(gelesen) == 1:
        return []
    if len({(ergebnis.rechnung.nummer, ergebnis.rechnung.zahlbetrag) for ergebnis in gelesen}) == 1:
        return [dateimuster.XML_DOPPELT.finding(stelle)]
    einzeln = "; ".join(
        f"{anlage.name[:30]}: {_quote(ergebnis)}" for anlage, ergebnis in zip(anlagen, gelesen, strict=True)
    )
    raise Ablehnung(dateimuster.MEHRERE_XML.finding(stelle, einzeln=einzeln))


def _quote(ergebnis: Xmlergebnis) -> str:
    nummer, zahlbetrag = ergebnis.rechnung.nummer, ergebnis.rechnung.zahlbetrag
    betrag = "kein Zahlbetrag" if zahlbetrag is None else f"Zahlbetrag {format_betrag(zahlbetrag)}"
    return f"Nummer {nummer[:40] if nummer else 'fehlt'}, {betrag}"
