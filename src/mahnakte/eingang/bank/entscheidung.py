"""The list that a person decides in Excel: what goes out for each booking, and what comes back.

Only bookings that wait for a decision are in it, never a statement as a whole. What comes back is read strictly: a
cell that Excel has turned into a number or a date is refused with its line, the other rows count.
"""

import csv
import dataclasses
import datetime as dt
import enum
import io
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from mahnakte.eingang.bank.abgleich import Stufe, Zuordnung
from mahnakte.eingang.bank.einzelauszug import join_zweck
from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.betrag import CENT, KeinBetrag, format_euro, parse_betrag
from mahnakte.grund.text import json_safe, propose, strip_unsafe
from mahnakte.satz.csvtabelle import strip_apostrophe
from mahnakte.satz.xlsx import Spalte, Zelle

MAX_BYTES = 20_000_000
_MAX_ZEILEN = 100_000
_SUCHTIEFE = 20  # lines of heading above the row with the titles
_LAENGE = 500
_ZEILENZEICHEN = 16  # of the checksum: enough to tell statements apart


class Wort(enum.StrEnum):
    """What a person can decide. `weitere`: yes, although an equal payment stands in the case already."""

    JA = "ja"
    WEITERE = "weitere"
    NEIN = "nein"
    NICHT_UNSER = "nicht unser"


ENTSCHEIDUNG, FALL, RECHNUNG, BETRAG = "Entscheidung", "Fall", "Rechnung", "Betrag"
AUSZUG, BUCHUNG = "Auszug", "Buchung"
_NOETIG = (ENTSCHEIDUNG, FALL, RECHNUNG, BETRAG, AUSZUG, BUCHUNG)
SPALTEN = (
    Spalte(ENTSCHEIDUNG, eingabe=True, auswahl=tuple(Wort)),
    Spalte(FALL, eingabe=True),
    Spalte(RECHNUNG, eingabe=True),
    Spalte("Wertstellung"), Spalte(BETRAG, euro=True), Spalte("Zahler"), Spalte("Verwendungszweck", umbruch=True),
    Spalte("Vorschlag"), Spalte("Punkte"), Spalte("mögliche Fälle"), Spalte("Hinweis", umbruch=True),
    Spalte("hält an"), Spalte(AUSZUG), Spalte(BUCHUNG),
)  # fmt: skip
KOPF = (
    "Zahlungen, über die ein Mensch entscheidet",
    "In „Entscheidung“ eintragen: ja (auf Fall und Rechnung buchen), weitere (ja, obwohl eine gleiche schon im Fall "
    "steht), nein (nicht dieser Fall), nicht unser. Leer: noch offen.",
    "Mehrere Rechnungen mit Teilbeträgen: RE-1 = 500,00; RE-2 = 690,00",
)


@dataclasses.dataclass(frozen=True, slots=True)
class Teil:
    """A part of a payment and the invoice that it is for; `betrag` None: all of it."""

    rechnung: str
    betrag: Decimal | None


@dataclasses.dataclass(frozen=True, slots=True)
class Entscheidung:
    """One decided row as read. `auszug` marks the statement that the list was made from."""

    zeile: int
    wort: Wort
    fall: str
    teile: tuple[Teil, ...]
    betrag: Decimal
    auszug: str
    buchung: str


@dataclasses.dataclass(frozen=True, slots=True)
class Entscheidungsliste:
    """A list as read: the decisions, what could not be read, and how many rows nobody has decided."""

    entscheidungen: tuple[Entscheidung, ...]
    befunde: tuple[Befund, ...]
    offen: int


def mark_auszug(sha256: str) -> str:
    """Return the mark of a statement in the list; with a letter in front no program takes it for a number."""
    return f"sha-{sha256[:_ZEILENZEICHEN]}"


def make_row(zuordnung: Zuordnung, faelle: Sequence[str], haelt: bool, sha256: str) -> tuple[Zelle, ...]:
    """Return the row of a booking; `faelle` are the numbers of the cases that it may concern."""
    buchung = zuordnung.posten.buchung
    return (
        "", faelle[0] if len(faelle) == 1 else "", zuordnung.auf or "", buchung.wert, buchung.betrag,
        strip_unsafe(buchung.name)[:_LAENGE], strip_unsafe(join_zweck(buchung))[:_LAENGE],
        "Vorschlag" if zuordnung.stufe is Stufe.VORSCHLAG else "unklar", zuordnung.punkte,
        ", ".join(faelle)[:_LAENGE], "; ".join(zuordnung.gruende), "ja" if haelt else "",
        mark_auszug(sha256), zuordnung.posten.schluessel,
    )  # fmt: skip


# --- what comes back -----------------------------------------------------------------------------------


def read_entscheidungen(inhalt: bytes, datei: str) -> Entscheidungsliste:
    """Return the decided rows; raise Ablehnung when the file is no such list. Called in the bounded worker."""
    if len(inhalt) > MAX_BYTES:
        raise refuse_liste(f"Die Datei ist größer als {MAX_BYTES // 1_000_000} MB.", datei)
    zeilen = _xlsx_rows(inhalt, datei) if inhalt.startswith(b"PK") else _csv_rows(inhalt, datei)
    orte: dict[str, int] = {}
    entscheidungen: list[Entscheidung] = []
    befunde: list[Befund] = []
    offen = 0
    for nummer, zellen in zeilen:
        if not orte:
            orte = _find_titles(zellen)
            if not orte and nummer > _SUCHTIEFE:
                break
            continue
        if nummer > _MAX_ZEILEN:
            raise refuse_liste(f"Die Datei hat mehr als {_MAX_ZEILEN} Zeilen.", datei)
        if all(zelle in ("", None) for zelle in zellen):
            continue
        zeile = _Zeile({titel: zellen[ort] if ort < len(zellen) else "" for titel, ort in orte.items()})
        try:
            gelesen = zeile.read(nummer)
        except _KeineAngabe as grund:
            befunde.append(_unreadable(str(grund), Stelle(datei, nummer)))
            continue
        offen += gelesen is None
        entscheidungen += [gelesen] if gelesen else []
    if not orte:
        raise refuse_liste(f"Die Spalten {', '.join(_NOETIG)} fehlen.", datei)
    return Entscheidungsliste(tuple(entscheidungen), tuple(befunde), offen)


def _find_titles(zellen: Sequence[Any]) -> dict[str, int]:
    titel = {zelle.strip(): ort for ort, zelle in reversed([*enumerate(zellen)]) if isinstance(zelle, str)}
    return {name: titel[name] for name in _NOETIG} if all(name in titel for name in _NOETIG) else {}


def _xlsx_rows(inhalt: bytes, datei: str) -> Iterator[tuple[int, Sequence[Any]]]:
    import python_calamine  # loaded for whoever brings a workbook

    try:
        mappe = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(inhalt))
        blatt = mappe.get_sheet_by_index(0)
        yield from enumerate(blatt.to_python(skip_empty_area=False), start=1)
    except (python_calamine.CalamineError, IndexError, ValueError, OSError):
        raise refuse_liste("Die Datei ist keine lesbare Excel-Mappe.", datei) from None


def _csv_rows(inhalt: bytes, datei: str) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        text = inhalt.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = inhalt.decode("cp1252", errors="replace")  # as Excel saves it under Windows
    if "\0" in text:
        raise refuse_liste("Die Datei ist weder eine Excel-Mappe noch eine CSV-Datei.", datei)
    kopf = next((zeile for zeile in text.splitlines()[:_SUCHTIEFE] if BUCHUNG in zeile), "")
    trenner = max(";,\t", key=kopf.count)
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trenner)
    while True:
        nummer = leser.line_num + 1
        try:
            zellen = next(leser)
        except StopIteration:
            return
        except csv.Error:
            raise refuse_liste(f"Zeile {nummer} ist beschädigt.", datei) from None
        yield nummer, [strip_apostrophe(zelle.strip()) for zelle in zellen]


class _KeineAngabe(ValueError):  # noqa: N818 - a value, not an accident
    """A row says something that cannot be taken over; the message says it in German."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Zeile:
    """The cells of one row by the title of their column."""

    zellen: dict[str, Any]

    def read(self, nummer: int) -> Entscheidung | None:
        """Return the decision; None where nobody has decided. Raises _KeineAngabe."""
        wort = " ".join(self._text(ENTSCHEIDUNG).casefold().split())
        if not wort:
            return None
        if wort not in tuple(Wort):
            raise _KeineAngabe(
                f"„{json_safe(wort[:30])}“ ist keine Entscheidung. {propose(wort, tuple(Wort))}"
            )
        return Entscheidung(
            nummer, Wort(wort), self._text(FALL), _split(self._text(RECHNUNG)), self._sum(), self._text(AUSZUG),
            self._text(BUCHUNG),
        )  # fmt: skip

    def _text(self, titel: str) -> str:
        zelle = self.zellen[titel]
        if zelle is None or isinstance(zelle, str):
            return strip_unsafe(zelle or "")
        was = "ein Datum" if isinstance(zelle, dt.date | dt.time | dt.timedelta) else "eine Zahl"
        raise _KeineAngabe(
            f"Excel hat den Inhalt von „{titel}“ in {was} verwandelt; die Zelle als Text formatieren, neu schreiben."
        )

    def _sum(self) -> Decimal:
        zelle = self.zellen[BETRAG]
        if isinstance(zelle, int | float) and not isinstance(zelle, bool):
            zahl = Decimal(repr(zelle))
            if not zahl.is_finite() or abs(zahl) >= 10**13 or zahl != zahl.quantize(CENT):
                raise _KeineAngabe("Der Betrag hat keine zwei Nachkommastellen.")
            return zahl.quantize(CENT)
        try:
            return parse_betrag(self._text(BETRAG).replace("\u2212", "-"))
        except KeinBetrag as grund:
            raise _KeineAngabe(f"Betrag: {json_safe(str(grund))}.") from None


_TEIL = re.compile(r"(.+?)\s*=\s*(.+)")


def _split(text: str) -> tuple[Teil, ...]:
    """Return the invoices of a row, each with its part where one is written: `RE-1 = 500,00; RE-2 = 690,00`."""
    return tuple(_part(stueck.strip()) for stueck in text.split(";") if stueck.strip())


def _part(text: str) -> Teil:
    teil = _TEIL.fullmatch(text)
    if teil is None:
        return Teil(text, None)
    try:
        betrag = parse_betrag(teil[2])
    except KeinBetrag as grund:
        raise _KeineAngabe(f"Teilbetrag zu {json_safe(teil[1][:40])}: {json_safe(str(grund))}.") from None
    return Teil(teil[1], betrag)


def check_teile(entscheidung: Entscheidung) -> str:
    """Return why the parts of a payment are not to be booked; an empty text: they are."""
    teile = entscheidung.teile
    if len({teil.rechnung.casefold() for teil in teile}) < len(teile):
        return "eine Rechnung ist zweimal genannt"
    genannte = [teil.betrag for teil in teile if teil.betrag is not None]
    if not genannte and len(teile) <= 1:
        return ""
    if len(genannte) < len(teile):
        return "zu jeder von mehreren Rechnungen gehört ein Teilbetrag: RE-1 = 500,00; RE-2 = 690,00"
    summe = sum(genannte, Decimal(0))
    if any(betrag <= 0 for betrag in genannte) or summe != entscheidung.betrag:
        return (
            f"die Teilbeträge ergeben {format_euro(summe)}, gezahlt sind {format_euro(entscheidung.betrag)}"
        )
    return ""


def refuse_entscheidung(text: str, stelle: Stelle) -> Befund:
    """Return the finding about a decision that does not fit, or not any more; the others are taken."""
    return sperre(
        "ENTSCHEIDUNG_PASST_NICHT", text,
        "Die Zeile ansehen; passt sie nicht mehr, mit „mahnakte zahlungen … --liste“ eine neue Liste machen.", stelle,
    )  # fmt: skip


def _unreadable(text: str, stelle: Stelle) -> Befund:
    return sperre("ENTSCHEIDUNG_UNLESBAR", text, "Die Zeile berichtigen; die anderen gelten.", stelle)


def refuse_liste(text: str, datei: str) -> Ablehnung:
    """Return the refusal of a file that is no list of decisions; `text` says why."""
    return Ablehnung(
        sperre(
            "ENTSCHEIDUNGSLISTE_UNLESBAR", text,
            "Die Liste angeben, die „mahnakte zahlungen … --liste“ geschrieben hat, als XLSX oder CSV gespeichert.",
            Stelle(datei),
        )
    )  # fmt: skip
