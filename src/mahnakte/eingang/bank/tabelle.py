"""CSV exports of online banking: the header line tells the dialect, wherever it stands; no row is passed over."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from mahnakte.eingang.bank.buchung import (
    Auszug,
    Buchung,
    clean_reference,
    refuse_datei,
    refuse_salden,
    refuse_zeile,
)
from mahnakte.eingang.bank.mundart import Mundart, read_mundarten
from mahnakte.eingang.bank.sepatext import find_rueckgabe, read_reference, read_tags
from mahnakte.eingang.bank.tabellensaldo import Salden, follow_salden
from mahnakte.eingang.zeilen import SUCHTIEFE, KeinWert, Zeile, Zeilenbruch, decode, iter_zeilen
from mahnakte.grund.befund import Ablehnung, Befund, Stelle
from mahnakte.grund.betrag import CENT
from mahnakte.grund.text import json_safe

_ANFANG, _ENDE = "anfang", "ende"
_TAG = re.compile(r"\d{1,4}[.-]\d{1,2}[.-]\d{2,4}", re.ASCII)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?\d{4}){4} ?\d{2}\b", re.ASCII)
_GRUPPEN = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+", re.ASCII)
_DEUTSCH = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d{1,13})(?:,\d{1,2})?", re.ASCII)
_PUNKT = re.compile(r"[+-]?\d{1,13}(?:\.\d{1,2})?", re.ASCII)
_EXCEL = re.compile(r"\d[,.]\d+E[+]\d+", re.ASCII)


def read_tabelle(inhalt: bytes, datei: str) -> tuple[Auszug, ...]:
    """Return the statement of a CSV export; raise Ablehnung when it is of no known dialect or a row is unreadable."""
    text = decode(inhalt)
    mundart, kopf, zeilen, davor = _recognise(text, datei)
    if mundart.ablehnen:
        raise refuse_datei(
            f"{mundart.name}: {mundart.ablehnen}", Stelle(datei), "Den Auszug des Girokontos abrufen."
        )
    return (_Tabelle(mundart, mundart.locate(kopf), datei).read(zeilen, davor),)


def _recognise(text: str, datei: str) -> tuple[Mundart, tuple[str, ...], Iterator[Zeile], list[Zeile]]:
    """Return the dialect, its header line, the rows after it and those before it."""
    erste = text.lstrip().split("\n", 1)[0].strip()
    for mundart in read_mundarten():
        if mundart.kopflos is not None and mundart.kopflos.fullmatch(erste):
            return mundart, (), _rows(text, mundart.trenner, datei), []
    for trenner in dict.fromkeys(mundart.trenner for mundart in read_mundarten()):
        zeilen = _rows(text, trenner, datei)
        davor: list[Zeile] = []
        for nummer, zellen in itertools.islice(zeilen, SUCHTIEFE):
            for mundart in read_mundarten():
                if mundart.trenner == trenner and mundart.matches(zellen):
                    return mundart, zellen, zeilen, davor
            davor.append((nummer, zellen))
    raise refuse_datei(
        "Das ist kein bekannter Kontoauszug: weder CAMT noch MT940 noch die Kopfzeile einer bekannten Bank.",
        Stelle(datei), "Den Auszug als CAMT.053 abrufen, oder als CSV direkt aus dem Online-Banking.",
    )  # fmt: skip


def _rows(text: str, trenner: str, datei: str) -> Iterator[Zeile]:
    try:
        yield from iter_zeilen(text, trenner)
    except Zeilenbruch as bruch:
        raise Ablehnung(refuse_zeile(str(bruch), Stelle(datei, bruch.zeile))) from None


def _find_iban(davor: Sequence[Zeile]) -> str:
    treffer = (_IBAN.search(zelle) for _, zellen in davor for zelle in zellen)
    return next((fund.group().replace(" ", "") for fund in treffer if fund), "")


class _Tabelle:
    """Reads the rows of one export."""

    def __init__(self, mundart: Mundart, orte: Mapping[str, int], datei: str) -> None:
        self._mundart = mundart
        self._orte = orte
        self._datei = datei

    def read(self, zeilen: Iterator[Zeile], davor: Sequence[Zeile]) -> Auszug:
        konto = _find_iban(davor)
        raender = {wort: wert for _, zellen in davor for wort, wert in self._balance(zellen).items()}
        buchungen: list[Buchung] = []
        salden: list[Decimal | None] = []
        befunde: list[Befund] = []
        offen = 0
        for nummer, zellen in zeilen:
            if self._is_pending(zellen):
                offen += 1
            elif self._is_booking(zellen):
                try:
                    buchungen.append(self._booking(zellen, nummer))
                    salden.append(self._saldo(zellen))
                except KeinWert as grund:
                    befunde.append(refuse_zeile(json_safe(str(grund)), Stelle(self._datei, nummer)))
                konto = konto or self._cell(zellen, "konto").strip("'")
            else:
                raender |= self._balance(zellen)
        if befunde:
            raise Ablehnung(*befunde)
        anfang, ende = self._follow(buchungen, salden) or (raender.get(_ANFANG), raender.get(_ENDE))
        return Auszug(konto=konto, buchungen=tuple(buchungen), anfang=anfang, ende=ende, offen=offen)

    def _saldo(self, zellen: Sequence[str]) -> Decimal | None:
        text = self._cell(zellen, "saldo")
        return parse_zahl(text, self._mundart.zahl) if text else None

    def _follow(self, buchungen: Sequence[Buchung], salden: Sequence[Decimal | None]) -> Salden | None:
        try:
            return follow_salden([(b.betrag, saldo) for b, saldo in zip(buchungen, salden, strict=True)])
        except ValueError as grund:
            raise refuse_salden(str(grund), Stelle(self._datei)) from None

    def _balance(self, zellen: Sequence[str]) -> dict[str, Decimal]:
        """Return the balance that a line before or after the bookings names, by `anfang` or `ende`."""
        for wort, kennzeichen in ((_ANFANG, self._mundart.anfang), (_ENDE, self._mundart.ende)):
            if not kennzeichen or kennzeichen not in zellen:
                continue
            ort = len(zellen) - 1 - zellen[::-1].index(kennzeichen)
            for nr in range(ort + 1, len(zellen)):
                try:
                    zahl = parse_zahl(zellen[nr], self._mundart.zahl)
                except KeinWert:
                    continue
                return {wort: -zahl if "S" in zellen[nr + 1 :] else zahl}
        return {}

    def _cell(self, zellen: Sequence[str], feld: str) -> str:
        ort = self._orte.get(feld)
        return zellen[ort] if ort is not None and ort < len(zellen) else ""

    def _is_pending(self, zellen: Sequence[str]) -> bool:
        return bool(self._mundart.vorgemerkt) and self._cell(zellen, "stand") == self._mundart.vorgemerkt

    def _is_booking(self, zellen: Sequence[str]) -> bool:
        """Tell a booking from a footer or a further heading: those have no day in the column of days."""
        if any(wort in zellen for wort in self._mundart.fuss):
            return False
        return _TAG.fullmatch(self._cell(zellen, "tag")) is not None

    def _booking(self, zellen: Sequence[str], nummer: int) -> Buchung:
        if any(_EXCEL.fullmatch(zelle) for zelle in zellen):
            raise KeinWert(
                "Eine lange Nummer ist zu einer Zahl mit „E+“ geworden: Die Datei wurde in Excel gespeichert."
            )
        tag = self._day(self._cell(zellen, "tag"))
        wert = self._cell(zellen, "wert")
        betrag = self._amount(zellen)
        texte = self._take_apart(self._cell(zellen, "zweck"))
        zweck = tuple(texte["zweck"].splitlines())
        tags = read_tags(zweck)
        art = self._cell(zellen, "art") or texte["art"]
        name = self._cell(zellen, "zahler" if betrag > 0 else "empfaenger") or self._cell(zellen, "name")
        return Buchung(
            tag=tag, wert=self._day(wert) if _TAG.fullmatch(wert) else tag, betrag=betrag,
            waehrung=self._cell(zellen, "waehrung") or "EUR", name=name or texte["name"],
            iban=self._cell(zellen, "iban") or texte["iban"] or tags.get("IBAN", ""), wirklich=tags.get("ABWA", ""),
            zweck=zweck,
            ende_zu_ende=clean_reference(self._cell(zellen, "eref")) or texte["eref"] or read_reference(tags),
            art=art, rueckgabe=find_rueckgabe("", (art, *zweck)), zeile=nummer,
        )  # fmt: skip

    def _take_apart(self, text: str) -> dict[str, str]:
        """Return the parts of a text in which a bank has put everything; the text itself where it does not fit."""
        teile = {"art": "", "name": "", "iban": "", "eref": "", "zweck": text}
        muster, eref = self._mundart.muster, self._mundart.eref
        if muster is not None and (treffer := muster.match(text)):
            teile |= {name: wert or "" for name, wert in treffer.groupdict().items()}
        if eref is not None and (fund := eref.search(text)):
            teile["eref"] = clean_reference(fund.group(1))
        return teile

    def _day(self, text: str) -> dt.date:
        try:
            return dt.datetime.strptime(text, self._mundart.datum).date()  # noqa: DTZ007 - a day only
        except ValueError:
            raise KeinWert(
                f"„{text[:20]}“ ist kein Tag, wie ihn diese Bank schreibt ({self._mundart.name})."
            ) from None

    def _amount(self, zellen: Sequence[str]) -> Decimal:
        felder = [feld for feld in ("betrag", "soll", "haben") if self._cell(zellen, feld)]
        if not felder:
            raise KeinWert("Der Betrag fehlt.")
        betrag = parse_zahl(self._cell(zellen, felder[0]), self._mundart.zahl)
        if "richtung" not in self._orte:
            return betrag
        richtung = self._cell(zellen, "richtung")
        if richtung not in ("S", "H"):
            raise KeinWert("Ob der Betrag Soll oder Haben ist, steht nicht in der Zeile (S oder H).")
        return betrag if richtung == "H" else -betrag


def parse_zahl(text: str, schreibweise: str) -> Decimal:
    """Read an amount as banks write it: `1.190,00`, `62,3`, `1.000` (one thousand); with `punkt` as `1190.00`.

    `beides` decides by the comma. Raises KeinWert for more than two decimals, and for `12.5` in German notation.
    """
    roh = re.sub(r"[\s\u00a0\u202f]|€|EUR", "", text).lstrip("+")
    if schreibweise == "punkt" or (
        schreibweise == "beides" and "," not in roh and not _GRUPPEN.fullmatch(roh)
    ):
        passt, zahl = _PUNKT.fullmatch(roh), roh
    else:
        passt, zahl = _DEUTSCH.fullmatch(roh), roh.replace(".", "").replace(",", ".")
    if not passt:
        raise KeinWert(f"„{text[:20]}“ ist kein Betrag, wie ihn diese Bank schreibt.")
    return Decimal(zahl).quantize(CENT)
