"""The sheets that mahnakte itself adds to an Akte: cover, contents, „nicht lesbar“, invoice view, sheet numbers.

Each has a template in templates/blaetter/; here stands what it may name and where the values come from.
Names of files are hostile text: what Word cannot hold is made visible before it goes in.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from mahnakte.akte.modell import Aktenkopf, Art, Gruppe, Stueck
from mahnakte.arten.titel import TITELARTEN
from mahnakte.fall.fall import Fall
from mahnakte.fall.partei import Partei
from mahnakte.fall.rechnung.codes import describe_art, describe_kennzeichen, describe_zahlwege
from mahnakte.fall.rechnung.modell import ERechnung, Rechnungspartei
from mahnakte.grund.betrag import NULL, format_betrag
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.konto.modell import Konto
from mahnakte.konto.zinsluecke import describe_counted, describe_uncounted
from mahnakte.satz.variablen import Variable

_TAG = dt.date(2026, 11, 16)

DECKBLATT = (
    Variable("aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("stichtag", "Tag, auf den die Akte gerechnet ist", _TAG),
    Variable("glaeubiger.name", "wem das Geld zusteht", "Möbelhaus Übersee GmbH"),
    Variable("glaeubiger.anschrift", "seine Anschrift in einer Zeile", "Industriestr. 7, 01067 Dresden"),
    Variable("schuldner[].name", "jeder Schuldner: Name", "Max Schuldner"),
    Variable("schuldner[].anschrift", "jeder Schuldner: Anschrift in einer Zeile", "Bahnhofstr. 12, 04109 Leipzig"),
    Variable("gesamtschuldner", "ja, wenn mehrere gemeinsam schulden", False),
    Variable("anspruch", "Grund des Anspruchs (leer, wenn nicht genannt)", "Kaufvertrag über Büromöbel"),
    Variable("forderungen[].nummer", "Rechnung oder Titel", "RE-2026-117"),
    Variable("forderungen[].faellig", "fällig am (leer, wenn unbekannt)", "03.03.2026"),
    Variable("forderungen[].verzug", "in Verzug seit (leer, wenn nicht)", "04.03.2026"),
    Variable("forderungen[].betrag", "Betrag", Decimal("1190.00")),
    Variable("forderungen[].offen", "davon offen", Decimal("940.00")),
    Variable("summe.hauptforderung", "offene Hauptforderung", Decimal("940.00")),
    Variable("summe.zinsen", "offene Zinsen bis zum Stichtag", Decimal("38.12")),
    Variable("summe.kosten", "offene Kosten", Decimal("44.30")),
    Variable("summe.gesamt", "Summe", Decimal("1022.42")),
    Variable("summe.gezahlt", "eingegangene Zahlungen", Decimal("250.00")),
    Variable("summe.zinsen_bis", "bis wann sie gerechnet sind, als Text", "01.06.2026"),
    Variable("summe.zinsen_offen", "was danach in Prozentpunkten hinzukommt (leer, wenn alles gerechnet ist)", ""),
    Variable("summe.je_tag", "Zinsen für jeden weiteren Tag, als Text (leer, wenn keine)", "0,17 €"),
    Variable("titel[].text", "jeder Titel: Art, Gericht, Zeichen", "Vollstreckungsbescheid, AG Aschersleben"),
    Variable("umfang.blaetter", "Zahl der Blätter", 24),
    Variable("umfang.unterlagen", "Zahl der Unterlagen", 9),
    Variable("unlesbar[].text", "jede nicht lesbare oder fehlende Unterlage", "2-03 lieferschein: verschlüsselt"),
)  # fmt: skip

INHALT = (
    Variable("aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("stichtag", "Tag, auf den die Akte gerechnet ist", _TAG),
    Variable("gruppen[].titel", "Überschrift einer Gruppe", "3 Rechnungen"),
    Variable("gruppen[].eintraege[].nummer", "Nummer der Unterlage", "3-01"),
    Variable("gruppen[].eintraege[].titel", "was sie ist", "Rechnung RE-2026-117 vom 03.02.2026"),
    Variable("gruppen[].eintraege[].datei", "Name der Datei im Ordner originale", "3-01_RE-2026-117.pdf"),
    Variable("gruppen[].eintraege[].bemerkung", "was auffiel (leer, wenn nichts)", "Die Datei ist signiert."),
    Variable("gruppen[].eintraege[].blatt", "Blatt, auf dem sie beginnt (– bei Beilagen)", "7"),
)  # fmt: skip

NICHT_LESBAR = (
    Variable("aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("nummer", "Nummer der Unterlage", "2-03"),
    Variable("titel", "was sie ist", "lieferschein"),
    Variable("grund", "warum sie nicht gezeigt werden kann", "Die Datei ist verschlüsselt."),
    Variable("pfad", "wo sie im Fallordner liegt", "belege/lieferschein.pdf"),
    Variable("datei", "Name der Datei im Ordner originale (leer, wenn sie fehlt)", "2-03_lieferschein.pdf"),
    Variable("bytes", "Größe der Datei", "48.211"),
    Variable("sha256", "ihre Prüfsumme in vier Teilen (leer, wenn sie fehlt)", "0123456789abcdef 0123456789abcdef"),
)  # fmt: skip

E_RECHNUNG = (
    Variable("nummer", "Rechnungsnummer", "RE-2026-117"),
    Variable("zeilen[].name", "Bezeichnung einer Angabe", "Rechnungsdatum"),
    Variable("zeilen[].wert", "die Angabe", "03.02.2026"),
)  # fmt: skip

BLATTZAHL = (Variable("blaetter[].text", "Beschriftung eines Blatts", "Blatt 3 von 24"),)

VARIABLEN = {
    "deckblatt": DECKBLATT,
    "inhalt": INHALT,
    "nicht_lesbar": NICHT_LESBAR,
    "e_rechnung": E_RECHNUNG,
    "blattzahl": BLATTZAHL,
}

_FORMATE = {"UBL": "UBL", "CII": "UN/CEFACT CII", "ZF1": "ZUGFeRD 1"}


def make_aktenkopf(fall: Fall, konto: Konto) -> Aktenkopf:
    """Return what the cover says about parties and claim, as of the Stichtag of the account."""
    werte = {
        "aktenzeichen": fall.aktenzeichen,
        "stichtag": konto.stichtag,
        "glaeubiger": _party(fall.glaeubiger),
        "schuldner": [_party(schuldner) for schuldner in fall.schuldner],
        "gesamtschuldner": fall.gesamtschuldner and len(fall.schuldner) > 1,
        "anspruch": fall.anspruch.vertrag or fall.anspruch.sonstiger or "",
        "forderungen": [
            {
                "nummer": forderung.rechnung,
                "faellig": _tag(forderung.faellig_am),
                "verzug": _tag(forderung.verzug_ab),
                "betrag": forderung.betrag,
                "offen": forderung.offen,
            }
            for forderung in konto.forderungen
        ],
        "summe": _sums(konto),
        "titel": [
            {"text": ", ".join(filter(None, (TITELARTEN[t.art].name, t.gericht, t.geschaeftszeichen)))}
            for t in fall.titel
            if t.erlassen_am is None or t.erlassen_am <= konto.stichtag
        ],
    }
    return Aktenkopf(fall.aktenzeichen, konto.stichtag, fall.glaeubiger.voller_name, werte, fall.eingaben)


def _party(partei: Partei) -> dict[str, str]:
    return {
        "name": partei.voller_name,
        "anschrift": ", ".join((*partei.zusatz, partei.strasse, f"{partei.plz} {partei.ort}"))
        + (f", {partei.staat}" if partei.staat != "DE" else ""),
    }


def _sums(konto: Konto) -> dict[str, Any]:
    je_tag = f"{format_betrag(konto.zinsen_je_tag)}\u00a0€" if konto.zinsen_je_tag else ""
    if je_tag and konto.zinsen_je_tag_bis:
        je_tag += f" (bis {format_datum(konto.zinsen_je_tag_bis)})"
    return {
        "hauptforderung": konto.hauptforderung,
        "zinsen": konto.zinsen,
        "kosten": konto.kosten,
        "gesamt": konto.gesamt,
        "gezahlt": konto.gezahlt,
        "zinsen_bis": describe_counted(konto),
        "zinsen_offen": describe_uncounted(konto.forderungen, konto.stichtag),
        "je_tag": je_tag,
    }


def deckblatt_werte(kopf: Aktenkopf, stuecke: Sequence[Stueck], blaetter: int) -> dict[str, Any]:
    """Return the values of the cover: parties and claim, size, and first of all what cannot be read."""
    return {
        **kopf.deckblatt,
        "umfang": {"blaetter": blaetter, "unterlagen": len(stuecke)},
        "unlesbar": [
            {"text": json_safe(f"{stueck.titel}: {stueck.bemerkung}")}
            for stueck in stuecke
            if stueck.art in (Art.UNLESBAR, Art.FEHLT)
        ],
    }


def inhalt_werte(kopf: Aktenkopf, stuecke: Iterable[Stueck]) -> dict[str, Any]:
    """Return the values of the contents: every paper with the sheet on which it begins."""
    alle = tuple(stuecke)
    gruppen = [(gruppe, [s for s in alle if s.unterlage.verweis.gruppe is gruppe]) for gruppe in Gruppe]
    return {
        "aktenzeichen": kopf.aktenzeichen,
        "stichtag": kopf.stichtag,
        "gruppen": [
            {
                "titel": f"{gruppe.nummer} {gruppe.value}",
                "eintraege": [_entry(stueck) for stueck in mitglieder],
            }
            for gruppe, mitglieder in gruppen
            if mitglieder
        ],
    }


def _entry(stueck: Stueck) -> dict[str, str]:
    return {
        "nummer": stueck.nummer,
        "titel": json_safe(stueck.unterlage.verweis.titel),
        "datei": stueck.name or "",
        "bemerkung": json_safe(stueck.bemerkung),
        "blatt": str(stueck.ab_blatt) if stueck.ab_blatt else "–",
    }


def nicht_lesbar_werte(aktenzeichen: str, stueck: Stueck, sha256: str) -> dict[str, Any]:
    """Return the values of the sheet that stands for a paper nobody can show."""
    inhalt = stueck.unterlage.inhalt
    return {
        "aktenzeichen": aktenzeichen,
        "nummer": stueck.nummer,
        "titel": json_safe(stueck.unterlage.verweis.titel),
        "grund": json_safe(stueck.bemerkung),
        "pfad": json_safe(stueck.unterlage.verweis.pfad),
        "datei": stueck.name or "",
        "bytes": "" if inhalt is None else f"{len(inhalt):,}".replace(",", "."),
        "sha256": " ".join(sha256[i : i + 16] for i in range(0, len(sha256), 16)),
    }


def blattzahl_werte(blaetter: int) -> dict[str, Any]:
    """Return one label per sheet."""
    return {"blaetter": [{"text": f"Blatt {nummer} von {blaetter}"} for nummer in range(1, blaetter + 1)]}


def e_rechnung_werte(rechnung: ERechnung) -> dict[str, Any]:
    """Return the readable view of an XML invoice: what it states, in the order of a paper invoice."""
    waehrung = rechnung.waehrung or ""
    angaben: tuple[tuple[str, str | None], ...] = (
        ("Verkäufer", _address(rechnung.verkaeufer)),
        ("Käufer", _address(rechnung.kaeufer)),
        ("Art", describe_art(rechnung)),
        ("Rechnungsnummer", rechnung.nummer),
        ("Rechnungsdatum", _tag(rechnung.datum)),
        ("Fällig am", ", ".join(_tag(tag) for tag in rechnung.faelligkeiten)),
        ("Zahlungsbedingungen", rechnung.zahlungstext),
        ("Lieferung oder Leistung am", _tag(rechnung.leistung_am)),
        ("Leistungszeitraum", _period(rechnung.leistung_von, rechnung.leistung_bis)),
        ("Summe ohne Steuer", _sum(rechnung.netto, waehrung)),
        ("Steuer", _sum(rechnung.steuer, waehrung)),
        ("Summe mit Steuer", _sum(rechnung.brutto, waehrung)),
        ("Angezahlt", _sum(rechnung.vorausgezahlt, waehrung) if rechnung.vorausgezahlt != NULL else ""),
        ("Zahlbetrag", _sum(rechnung.zahlbetrag, waehrung)),
        ("Zahlungsweg", describe_zahlwege(rechnung)),
        ("Zahlungsempfänger", _address(rechnung.zahlungsempfaenger)),
        ("IBAN", ", ".join(rechnung.iban)),
        ("Verwendungszweck", ", ".join(rechnung.verwendungszweck)),
        ("Bezug auf Rechnung", ", ".join(rechnung.bezug)),
        ("Kennzeichen", describe_kennzeichen(rechnung)),
        ("Format", _FORMATE[rechnung.format]),
    )
    return {
        "nummer": json_safe(rechnung.nummer or ""),
        "zeilen": [{"name": name, "wert": json_safe(wert)} for name, wert in angaben if wert],
    }


def _address(partei: Rechnungspartei) -> str:
    ort = " ".join(filter(None, (partei.plz, partei.ort)))
    teile = (partei.name, *partei.anschrift, ort, partei.land, partei.ust_id)
    return ", ".join(teil for teil in teile if teil)


def _tag(tag: dt.date | None) -> str:
    return format_datum(tag) if tag else ""


def _period(von: dt.date | None, bis: dt.date | None) -> str:
    return f"{_tag(von) or '…'} bis {_tag(bis) or '…'}" if von or bis else ""


def _sum(betrag: Decimal | None, waehrung: str) -> str:
    return "" if betrag is None else f"{format_betrag(betrag)}\u00a0{waehrung}"
