"""One walk over one invoice document with the table of its syntax. Unreadable values become findings."""

import dataclasses
import datetime as dt
import re
from decimal import Decimal
from typing import cast

from lxml import etree

from mahnakte.fall.rechnung import inhaltsmuster
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei, Vorrechnung
from mahnakte.fall.rechnung.muster import Muster
from mahnakte.fall.rechnung.syntax import Pfade, Syntax
from mahnakte.grund.befund import Befund, Stelle
from mahnakte.grund.betrag import CENT, NULL
from mahnakte.grund.datum import KeinDatum, format_datum, parse_datum
from mahnakte.grund.text import find_unsafe, json_safe, normalize

MAX_ZEILE = 300  # characters of a field that is one line
MAX_TEXT = 4000  # characters of the payment terms

_BETRAG = re.compile(r"[+-]?(?:\d{1,12}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_TAG_102 = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TAG_ISO = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?", re.ASCII
)


@dataclasses.dataclass(frozen=True, slots=True)
class Xmlergebnis:
    """The invoice in the XML, where its fields stand, and what was wrong with single values."""

    rechnung: ERechnung
    stellen: dict[str, Stelle]
    befunde: tuple[Befund, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Fundort:
    """The file that is read; `zeilen_davor` are lines cut in front of the XML, None where lines say nothing."""

    datei: str
    zeilen_davor: int | None

    def line(self, zeile: int | None) -> Stelle:
        """Return the place of a line of the XML in the file."""
        if zeile is None or self.zeilen_davor is None:
            return Stelle(self.datei)
        return Stelle(self.datei, zeile + self.zeilen_davor)


class Auszug:
    """Reads one document; a value that cannot be read becomes a finding and stays None."""

    def __init__(self, wurzel: etree._Element, syntax: Syntax, ort: Fundort) -> None:
        self._wurzel = wurzel
        self._syntax = syntax
        self._ort = ort
        self._befunde: list[Befund] = []
        self._stellen: dict[str, Stelle] = {}

    def read(self) -> Xmlergebnis:
        """Return everything the tables name."""
        rechnung = ERechnung(
            format=self._syntax.format,
            profil=self._text("profil"),
            art=self._text("art"),
            nummer=self._text("nummer"),
            datum=self._date("datum"),
            faelligkeiten=self._dates("faelligkeiten"),
            zahlungstext=self._paragraphs("zahlungstext"),
            leistung_am=self._date("leistung_am"),
            leistung_von=self._date("leistung_von"),
            leistung_bis=self._date("leistung_bis"),
            waehrung=self._text("waehrung"),
            netto=self._amount("netto"),
            steuer=self._amount("steuer"),
            brutto=self._amount("brutto"),
            vorausgezahlt=self._amount("vorausgezahlt"),
            rundung=self._amount("rundung"),
            drittbetraege=self._sum("drittbetraege"),
            zahlbetrag=self._amount("zahlbetrag"),
            iban=tuple(dict.fromkeys(text.replace(" ", "").upper() for text in self._texts("iban"))),
            verwendungszweck=tuple(dict.fromkeys(self._texts("verwendungszweck"))),
            zahlwege=tuple(dict.fromkeys(self._texts("zahlwege"))),
            mandat=next(iter(self._texts("mandat")), None),
            testrechnung=self._is_set("testrechnung"),
            kopie=self._is_set("kopie"),
            vorrechnungen=self._earlier_invoices(),
            verkaeufer=self._party(self._syntax.verkaeufer),
            kaeufer=self._party(self._syntax.kaeufer),
            zahlungsempfaenger=self._party(self._syntax.zahlungsempfaenger),
        )
        self._check_amount_currency(rechnung.waehrung)
        return Xmlergebnis(rechnung, self._stellen, tuple(self._befunde))

    # --- fields ----------------------------------------------------------------------------------

    def _text(self, feld: str) -> str | None:
        element = self._single(feld)
        return None if element is None else self._clean(element)

    def _date(self, feld: str) -> dt.date | None:
        element = self._single(feld)
        return None if element is None else self._parse_date(element)

    def _amount(self, feld: str) -> Decimal | None:
        element = self._single(feld)
        return None if element is None else self._parse_amount(element)

    def _is_set(self, feld: str) -> bool:
        return any(text.casefold() in ("true", "1") for text in self._texts(feld))

    def _texts(self, feld: str) -> list[str]:
        return [self._clean(element) for element in self._elements(feld)]

    def _dates(self, feld: str) -> tuple[dt.date, ...]:
        tage = [self._parse_date(element) for element in self._elements(feld)]
        return tuple(sorted({tag for tag in tage if tag is not None}))

    def _sum(self, feld: str) -> Decimal | None:
        betraege = [self._parse_amount(element) for element in self._elements(feld)]
        gelesen = [betrag for betrag in betraege if betrag is not None]
        return sum(gelesen, NULL) if gelesen else None

    def _paragraphs(self, feld: str) -> str | None:
        absaetze = [_content(element) for element in self._elements(feld)]
        zeilen = (" ".join(zeile.split()) for absatz in absaetze for zeile in absatz.splitlines())
        text = "\n".join(zeile for zeile in zeilen if zeile)
        return self._make_safe(text, MAX_TEXT, self._stellen[feld]) if text else None

    def _party(self, pfad: str) -> Rechnungspartei:
        parteien = self._find(self._wurzel, (pfad,))
        if not parteien:
            return Rechnungspartei()
        gefunden = {feld: self._find(parteien[0], pfade) for feld, pfade in self._syntax.partei.items()}
        zeilen = self._find(parteien[0], (self._syntax.anschrift,))
        return Rechnungspartei(
            **{feld: self._clean(treffer[0]) for feld, treffer in gefunden.items() if treffer},
            anschrift=tuple(dict.fromkeys(self._clean(zeile) for zeile in zeilen)),
        )

    def _earlier_invoices(self) -> tuple[Vorrechnung, ...]:
        gefunden = []
        for element in self._elements("vorrechnungen"):
            nummer, datum = (
                self._find(element, self._syntax.vorrechnung[feld]) for feld in ("nummer", "datum")
            )
            if nummer:
                tag = self._parse_date(datum[0]) if datum else None
                gefunden.append(Vorrechnung(self._clean(nummer[0]), tag))
        return tuple(dict.fromkeys(gefunden))

    # --- elements --------------------------------------------------------------------------------

    def _single(self, feld: str) -> etree._Element | None:
        """Return the one element of the field; several that differ are a finding, not a choice."""
        elemente = self._elements(feld)
        werte = list(dict.fromkeys(_content(element) for element in elemente))
        if len(werte) > 1:
            self._report(
                inhaltsmuster.ANGABE_MEHRFACH, elemente[0], werte=", ".join(wert[:40] for wert in werte[:4])
            )
            return None
        return elemente[0] if elemente else None

    def _elements(self, feld: str) -> list[etree._Element]:
        elemente = self._find(self._wurzel, self._syntax.felder[feld])
        if elemente:
            self._stellen[feld] = self._place(elemente[0])
        return elemente

    def _find(self, ort: etree._Element, pfade: Pfade) -> list[etree._Element]:
        for pfad in pfade:
            treffer = cast("list[etree._Element]", ort.xpath(pfad, namespaces=dict(self._syntax.namen)))
            if elemente := [element for element in treffer if _content(element)]:
                return elemente
        return []

    def _place(self, element: etree._Element) -> Stelle:
        return self._ort.line(cast("int | None", element.sourceline))

    def _report(self, muster: Muster, element: etree._Element, **angaben: str) -> None:
        self._befunde.append(muster.finding(self._place(element), name=_name(element), **angaben))

    # --- reading one element ---------------------------------------------------------------------

    def _clean(self, element: etree._Element) -> str:
        return self._make_safe(" ".join(_content(element).split()), MAX_ZEILE, self._place(element))

    def _make_safe(self, text: str, laenge: int, stelle: Stelle) -> str:
        """Return the text as documents can hold it; what had to be changed is a finding."""
        if zeichen := find_unsafe(text):
            self._befunde.append(inhaltsmuster.ZEICHEN.finding(stelle, zeichen=zeichen))
            text = json_safe(text)
        if len(text) > laenge:
            self._befunde.append(inhaltsmuster.TEXT_ZU_LANG.finding(stelle, laenge=str(laenge)))
            text = text[:laenge]
        return normalize(text)

    def _parse_date(self, element: etree._Element) -> dt.date | None:
        text = _content(element)
        if treffer := _TAG_102.fullmatch(text):
            iso = "-".join(treffer.groups())
        elif treffer := _TAG_ISO.fullmatch(text):
            iso = treffer.group(1)
        else:
            iso = ""
        try:
            tag = parse_datum(iso)
        except KeinDatum:
            self._report(inhaltsmuster.DATUM_UNLESBAR, element, wert=text[:40])
            return None
        format_angabe = element.get("format")
        if format_angabe not in (None, "", "102"):  # eight digits that are a day in no other order of digits
            self._report(
                inhaltsmuster.DATUM_FORMAT, element, wert=str(format_angabe)[:20], tag=format_datum(tag)
            )
        return tag

    def _parse_amount(self, element: etree._Element) -> Decimal | None:
        text = _content(element)
        if _BETRAG.fullmatch(text) and (betrag := Decimal(text)) == betrag.quantize(CENT):
            return betrag.quantize(CENT) + NULL  # + NULL: -0.00 becomes 0.00
        self._report(inhaltsmuster.BETRAG_UNLESBAR, element, wert=text[:40])
        return None

    def _check_amount_currency(self, waehrung: str | None) -> None:
        """Report a payable amount whose own currency is not that of the invoice (BT-5)."""
        for element in self._elements("zahlbetrag"):
            eigene = element.get("currencyID")
            if eigene and waehrung and eigene != waehrung:
                self._report(
                    inhaltsmuster.WAEHRUNG_WIDERSPRICHT, element, waehrung=waehrung, andere=str(eigene)[:10]
                )


def _content(element: etree._Element) -> str:
    """Return the text of the element without comments, trimmed."""
    return str(element.xpath("string()")).strip()


def _name(element: etree._Element) -> str:
    """Return the name that says what the element is; in CII a date is named by the parent of the text."""
    eltern = element.getparent()
    datum = eltern is not None and "DateTime" in str(eltern.tag)
    return etree.QName(eltern if eltern is not None and datum else element).localname
