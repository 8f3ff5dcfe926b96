"""The values of a creditor's letter: everything that a template in templates/letters/ may name.

Numbers come from the account alone; wording stands in the templates. The names are listed in variablen.py.
"""

import dataclasses
import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mahnakte.briefe.anschrift import write_anrede, write_anschrift
from mahnakte.briefe.aufstellung import Aufstellung
from mahnakte.fall.einstellungen import Absender, Mahnstufe
from mahnakte.fall.fall import Fall
from mahnakte.fall.partei import Schuldner
from mahnakte.grund.befund import Ablehnung
from mahnakte.grund.betrag import NULL, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.modell import Konto, Kontoforderung
from mahnakte.recht.zinsen import Zinssatz
from mahnakte.recht.zinssatz import rate_on

_WOCHENTAGE = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONATE = (
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Anlass:
    """What one letter is about: stage of the plan, deadline, what follows, people at one address."""

    stufe: Mahnstufe
    frist_bis: dt.date
    dann: str | None
    empfaenger: tuple[Schuldner, ...]
    nur_hauptforderung: bool
    logo: bool
    zahlcode: bool


def compute_werte(fall: Fall, konto: Konto, aufstellung: Aufstellung, anlass: Anlass) -> dict[str, Any]:
    """Return the tree of values for a letter; raise Ablehnung when the address does not fit."""
    absender = fall.einstellungen.absender
    gezeigt = [zeile.konto for zeile in aufstellung.forderungen]
    return {
        "absender": _absender(absender, logo=anlass.logo),
        "glaeubiger": {"name": fall.glaeubiger.voller_name},
        "empfaenger": {
            "zeilen": write_anschrift(anlass.empfaenger),
            "anrede": write_anrede(anlass.empfaenger),
            "name": ", ".join(einer.voller_name for einer in anlass.empfaenger),
            "mehrere": len(anlass.empfaenger) > 1,
        },
        "brief": {
            "aktenzeichen": fall.aktenzeichen,
            "datum": konto.stichtag,
            "frist": anlass.frist_bis,
            "frist_lang": write_long_date(anlass.frist_bis),
        },
        "forderungen": _forderungen(aufstellung),
        "posten": [{"text": posten.text, "betrag": posten.betrag} for posten in aufstellung.posten],
        "summe": _summe(konto, aufstellung, anlass),
        "zinsen": _zinsen(konto, gezeigt, anlass),
        "verzug": _verzug(konto, gezeigt, anlass),
        "schritt": {"mahnbescheid": anlass.dann == "mahnbescheid", "uebergabe": anlass.dann == "uebergabe"},
        "zahlung": _zahlung(fall, aufstellung, anlass),
        "schuldner": [{"name": einer.voller_name, "ort": einer.ort} for einer in fall.schuldner],
        "gesamtschuldner": fall.gesamtschuldner and len(fall.schuldner) > 1,
    }


def write_long_date(tag: dt.date) -> str:
    """Write a date with its weekday: Donnerstag, 30. April 2026."""
    return f"{_WOCHENTAGE[tag.weekday()]}, {tag.day}. {_MONATE[tag.month - 1]} {tag.year}"


def write_iban(iban: str) -> str:
    """Write an IBAN in groups of four."""
    eng = re.sub(r"\s", "", iban)
    return " ".join(eng[stelle : stelle + 4] for stelle in range(0, len(eng), 4))


def verwendungszweck(fall: Fall, aufstellung: Aufstellung) -> str:
    """Return the reference of the payment: our file number, and the invoice where there is only one."""
    nummern = [zeile.forderung.nummer for zeile in aufstellung.forderungen]
    return f"{fall.aktenzeichen} {nummern[0]}" if len(nummern) == 1 else fall.aktenzeichen


def _absender(absender: Absender, *, logo: bool) -> dict[str, Any]:
    pflicht = absender.pflichtangaben or ""
    return {
        "name": absender.name,
        "strasse": absender.strasse,
        "plz": absender.plz,
        "ort": absender.ort,
        "zeile": f"{absender.name} · {absender.strasse} · {absender.plz} {absender.ort}",
        "telefon": absender.telefon or "",
        "email": absender.email or "",
        "internet": absender.internet or "",
        "ansprechpartner": absender.ansprechpartner or "",
        "pflichtangaben": pflicht,
        "pflichtzeilen": [teil.strip() for teil in re.split(r",\s+|\n", pflicht) if teil.strip()],
        "aufsicht": absender.aufsicht or "",
        "iban": write_iban(absender.iban),
        "bank": absender.bank or "",
        "kontoinhaber": absender.kontoinhaber or absender.name,
        "logo": logo,
    }


def _forderungen(aufstellung: Aufstellung) -> list[dict[str, Any]]:
    return [
        {
            "nummer": zeile.forderung.nummer,
            "datum": zeile.forderung.datum,
            "faellig": format_datum(zeile.konto.faellig_am) if zeile.konto.faellig_am else "",
            "betrag": zeile.betrag,
        }
        for zeile in aufstellung.forderungen
    ]


def _summe(konto: Konto, aufstellung: Aufstellung, anlass: Anlass) -> dict[str, Any]:
    return {
        "betrag": aufstellung.summe,
        "hauptforderung": konto.hauptforderung,
        "zinsen": NULL if anlass.nur_hauptforderung else konto.zinsen,
        "kosten": NULL if anlass.nur_hauptforderung else konto.kosten,
        "teilzahlung": any(posten.betrag < NULL for posten in aufstellung.posten),
    }


def _zinsen(konto: Konto, gezeigt: Sequence[Kontoforderung], anlass: Anlass) -> dict[str, Any]:
    je_tag = NULL if anlass.nur_hauptforderung else konto.zinsen_je_tag or NULL
    return {"text": _rate_text(gezeigt, konto.stichtag), "je_tag": je_tag, "laufen": je_tag > NULL}


def _rate_text(gezeigt: Sequence[Kontoforderung], tag: dt.date) -> str:
    """Return the rate in words when one rate holds for all shown claims, else nothing."""
    saetze: set[Zinssatz] = set()
    for zeile in gezeigt:
        saetze |= {zeile.zinssatz} if zeile.zinssatz else {lage.zins.zinssatz for lage in zeile.verzug}
    if len(saetze) != 1:
        return ""
    satz = saetze.pop()
    try:
        prozent = f"{format_zahl(rate_on(satz, tag))}\u00a0% im Jahr"
    except Ablehnung:
        return ""  # the table does not reach this day; the letter then leaves the figure out
    if satz.punkte is None:
        return prozent
    return f"{prozent} ({_plain(satz.punkte)} Prozentpunkte über dem Basiszinssatz)"


def _plain(zahl: Decimal) -> str:
    return f"{zahl.normalize():f}".replace(".", ",")


def _verzug(konto: Konto, gezeigt: Sequence[Kontoforderung], anlass: Anlass) -> dict[str, bool]:
    in_verzug = [bool(z.verzug_ab and z.verzug_ab <= konto.stichtag) for z in gezeigt if z.offen > NULL]
    faellig = all(z.faellig_am and z.faellig_am <= konto.stichtag for z in gezeigt)
    return {
        "eingetreten": any(in_verzug),
        # A Mahnung before the due date has no effect (§ 286 (1) BGB).
        "durch_frist": anlass.stufe.setzt_in_verzug and not all(in_verzug) and faellig,
    }


def _zahlung(fall: Fall, aufstellung: Aufstellung, anlass: Anlass) -> dict[str, Any]:
    absender = fall.einstellungen.absender
    return {
        "betrag": aufstellung.summe,
        "empfaenger": absender.kontoinhaber or absender.name,
        "iban": write_iban(absender.iban),
        "bank": absender.bank or "",
        "verwendungszweck": verwendungszweck(fall, aufstellung),
        "gilt_bis": anlass.frist_bis,
        "zahlcode": anlass.zahlcode,
    }
