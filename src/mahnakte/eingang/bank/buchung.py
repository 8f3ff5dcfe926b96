"""A bank statement as read, whatever its format: bookings with signed amounts, and the key that books each once."""

import collections
import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from mahnakte.grund.befund import Ablehnung, Befund, Stelle, sperre
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.text import json_safe

EURO = "EUR"
_SALDO = "AUSZUG_SALDO"
_OHNE_WERT = frozenset({"NOTPROVIDED", "NOTAVAIL", "NONREF", "N/A", "NICHTANGEGEBEN", "KEINEREFERENZ"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Buchung:
    """One payment of a statement. `betrag` is signed: positive is money that came in.

    `tag` is the booking day, `wert` the value date. `zweck` holds the lines as the bank has cut them. `wirklich` is
    the person for whom somebody else pays. `nummern` are references in a field of their own. `rueckgabe` is the
    reason code of a return (empty: none given), None where it is none. `sammler`: a sum of unlisted payments.
    """

    tag: dt.date
    wert: dt.date
    betrag: Decimal
    waehrung: str = EURO
    name: str = ""
    iban: str = ""
    wirklich: str = ""
    zweck: tuple[str, ...] = ()
    ende_zu_ende: str = ""
    nummern: tuple[str, ...] = ()
    bankreferenz: str = ""
    art: str = ""
    rueckgabe: str | None = None
    storno: bool = False
    sammler: bool = False
    zeile: int | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Auszug:
    """The booked rows of one account. `anfang` and `ende` are its balances (None: the file does not say).

    `offen` counts the rows that are announced but not booked: they are no payments yet. `bewegung` is the sum of the
    entries as the bank counts them, where it is not that of the rows.
    """

    konto: str
    buchungen: tuple[Buchung, ...]
    anfang: Decimal | None = None
    ende: Decimal | None = None
    offen: int = 0
    bewegung: Decimal | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Posten:
    """A booking with the account it is of and the key by which it is known again."""

    konto: str
    buchung: Buchung
    schluessel: str


def check_salden(auszug: Auszug, stelle: Stelle) -> None:
    """Raise Ablehnung where opening balance and bookings do not give the closing balance."""
    if auszug.anfang is None or auszug.ende is None:
        return
    summe = auszug.bewegung
    if summe is None:
        summe = sum((buchung.betrag for buchung in auszug.buchungen), NULL)
    if auszug.anfang + summe != auszug.ende:
        raise Ablehnung(
            sperre(
                _SALDO,
                f"Der Auszug zum Konto {json_safe(auszug.konto[:34]) or '(ohne Nummer)'} geht nicht auf: "
                f"Anfangssaldo {format_betrag(auszug.anfang)} und Buchungen {format_betrag(summe)} ergeben nicht den "
                f"Endsaldo {format_betrag(auszug.ende)}.",
                "Die Datei bei der Bank neu abrufen; von dieser wird nichts übernommen.",
                stelle,
            )
        )


def refuse_salden(wie: str, stelle: Stelle) -> Ablehnung:
    """Return the refusal of a CSV file in which the balance of a row does not follow from the row before it."""
    return Ablehnung(
        sperre(
            _SALDO, f"Der Auszug geht nicht auf: Die Salden der Zeilen folgen nicht aus den Beträgen, {wie}.",
            "Die Datei unverändert und nach Datum sortiert neu abrufen; von dieser wird nichts übernommen.", stelle,
        )
    )  # fmt: skip


def list_posten(auszuege: Iterable[Auszug]) -> Iterator[Posten]:
    """Yield every booking with its key.

    The key is account, day, amount with sign, the bank's reference (else a hash of the texts) and the position among
    equal ones of the day: the same booking has the same key in every file of that format, equal ones stay apart.
    """
    gleiche: collections.Counter[tuple[str, ...]] = collections.Counter()
    for auszug in auszuege:
        for buchung in auszug.buchungen:
            merkmale = (
                auszug.konto,
                buchung.tag.isoformat(),
                str(buchung.betrag),
                buchung.waehrung,
                _mark(buchung),
            )
            gleiche[merkmale] += 1
            yield Posten(auszug.konto, buchung, f"bank:{_hash(*merkmale, str(gleiche[merkmale]))}")


def clean_reference(text: str) -> str:
    """Return a reference; empty for the words by which banks say that there is none."""
    wert = " ".join(text.split())
    return "" if re.sub(r"[\s_-]", "", wert).upper() in _OHNE_WERT else wert


def refuse_datei(text: str, stelle: Stelle, abhilfe: str = "") -> Ablehnung:
    """Return the refusal of a whole file that is no sound statement."""
    return Ablehnung(
        sperre(
            "BANKDATEI_UNLESBAR", text,
            abhilfe or "Die Datei bei der Bank neu abrufen; von dieser wird nichts übernommen.", stelle,
        )
    )  # fmt: skip


def refuse_zeile(text: str, stelle: Stelle) -> Befund:
    """Return the finding about one row that nobody can read."""
    return sperre(
        "BANKZEILE_UNLESBAR", text,
        "Die Datei unverändert aus dem Online-Banking abrufen (nicht in Excel gespeichert); nichts wird übernommen.",
        stelle,
    )  # fmt: skip


def _mark(buchung: Buchung) -> str:
    if buchung.bankreferenz:
        return f"ref {buchung.bankreferenz}"
    text = "".join((buchung.name, buchung.iban, *buchung.zweck, buchung.ende_zu_ende))
    return f"text {_hash(re.sub(r'[^0-9A-Za-z]', '', text).upper())}"


def _hash(*teile: str) -> str:
    return hashlib.sha256("\0".join(teile).encode()).hexdigest()[:40]
