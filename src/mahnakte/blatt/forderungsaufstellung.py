"""The statement of a claim account: what a template may name, and the values. Every sum can be checked by hand.

The template is templates/blaetter/forderungsaufstellung.docx; commands and the Akte set it with
`druck.set_letter`.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from mahnakte.arten.kosten import KOSTENARTEN
from mahnakte.fall.fall import Fall
from mahnakte.grund.betrag import NULL, format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.konto.aufstellung import Aufstellung, compute_aufstellung
from mahnakte.konto.modell import Konto, Kontobuchung, Kontoforderung, Kontokosten, Zinsabschnitt
from mahnakte.konto.zinsluecke import describe_counted, describe_uncounted
from mahnakte.satz.variablen import Variable

VORLAGE = "forderungsaufstellung.docx"

_TAG = dt.date(2026, 4, 20)

FORDERUNGSAUFSTELLUNG = (
    Variable("aktenzeichen", "unser Aktenzeichen", "2026-0042"),
    Variable("stichtag", "Tag, bis zu dem gerechnet ist, einschließlich", _TAG),
    Variable("verfasser", "wer die Aufstellung schreibt", "Möbelhaus Übersee GmbH"),
    Variable("glaeubiger", "wem das Geld zusteht", "Möbelhaus Übersee GmbH"),
    Variable("schuldner", "alle Schuldner", "Max Schuldner, Leipzig"),
    Variable("gesamtschuldner", "ja, wenn mehrere gemeinsam schulden", False),
    Variable("forderungen[].name", "Rechnung oder Titel", "RE-2026-117"),
    Variable("forderungen[].datum", "Rechnungsdatum als Text (leer bei Titeln)", "03.02.2026"),
    Variable("forderungen[].faellig", "fällig am (leer, wenn unbekannt)", "03.03.2026"),
    Variable("forderungen[].verzug", "in Verzug seit (leer, wenn nicht)", "04.03.2026"),
    Variable("forderungen[].betrag", "Betrag", Decimal("1190.00")),
    Variable("forderungen[].offen", "davon offen", Decimal("940.00")),
    Variable("forderungen[].grund", "warum Verzug und welcher Zinssatz", "Verzug, weil der Tag vereinbart war."),
    Variable("abschnitte[].name", "Rechnung, aus der Zinsen laufen", "RE-2026-117"),
    Variable("abschnitte[].betrag", "verzinster Betrag", Decimal("1190.00")),
    Variable("abschnitte[].von", "erster Zinstag", dt.date(2026, 3, 4)),
    Variable("abschnitte[].bis", "letzter Zinstag", _TAG),
    Variable("abschnitte[].tage", "Zinstage", 48),
    Variable("abschnitte[].teiler", "Teiler", 365),
    Variable("abschnitte[].satz", "Zinssatz mit Herleitung", "1,27 + 5 = 6,27 %"),
    Variable("abschnitte[].zinsen", "Zinsen dieser Zeile, auf den Cent gerundet", Decimal("9.81")),
    Variable("zinsen.summe", "Summe der Zinszeilen", Decimal("9.81")),
    Variable("zinsen.bis", "bis wann Zinsen gerechnet sind, als Text", "01.06.2026"),
    Variable("zinsen.offen", "was danach in Prozentpunkten hinzukommt (leer, wenn alles gerechnet ist)", ""),
    Variable("zinsen.gezahlt", "davon gezahlt, erlassen oder in einem Titel aufgegangen", Decimal("0.00")),
    Variable("zinsen.methode", "wie gerechnet ist, ein Satz", "Zinsen = Betrag × Zinssatz × Tage ÷ (100 × Teiler)."),
    Variable("kosten[].datum", "Tag der Kosten", dt.date(2026, 4, 12)),
    Variable("kosten[].text", "Bezeichnung", "Rücklastschrift"),
    Variable("kosten[].betrag", "Betrag", Decimal("4.30")),
    Variable("kosten[].offen", "davon offen", Decimal("4.30")),
    Variable("buchungen[].datum", "Tag der Zahlung, der Gutschrift oder des Nachlasses", dt.date(2026, 4, 2)),
    Variable("buchungen[].was", "Zahlung, Gutschrift oder Nachlass", "Zahlung"),
    Variable("buchungen[].betrag", "Betrag", Decimal("250.00")),
    Variable("buchungen[].regel", "worauf und nach welcher Regel angerechnet, ein Satz",
             "Zahlung vom 02.04.2026 über 250,00 €: Hauptforderung RE-2026-117 250,00 € (§ 367 Abs. 1 BGB)"),
    Variable("summe.hauptforderung", "offene Hauptforderung", Decimal("940.00")),
    Variable("summe.zinsen", "offene Zinsen", Decimal("9.81")),
    Variable("summe.kosten", "offene Kosten", Decimal("4.30")),
    Variable("summe.gesamt", "Summe", Decimal("954.11")),
    Variable("summe.ueberzahlung", "was über die Schuld hinaus gezahlt wurde", Decimal("0.00")),
    Variable("je_tag.laufen", "ja, wenn Zinsen weiterlaufen", True),
    Variable("je_tag.betrag", "Zinsen für jeden weiteren Tag", Decimal("0.16")),
    Variable("je_tag.bis", "bis wann dieser Betrag gilt, als Text (leer: ohne Ende)", "30.06.2026"),
)  # fmt: skip

_BUCHUNG = {"zahlung": "Zahlung", "gutschrift": "Gutschrift", "verzicht": "Nachlass"}
_FORMEL = "Zinsen = Betrag × Zinssatz × Tage ÷ (100 × Teiler), jede Zeile auf den Cent gerundet"
_METHODE = {
    "act/act": "Tage und Jahre nach dem Kalender (Teiler 365, im Schaltjahr 366)",
    "act/365": "Tage nach dem Kalender, Teiler 365",
    "30e/360": "Monate zu 30, Jahre zu 360 Tagen",
}


def aufstellung_werte(fall: Fall, konto: Konto) -> dict[str, Any]:
    """Return the values of the statement. The account decides all numbers; here they are only arranged."""
    daten = {forderung.nummer: forderung.datum for forderung in fall.forderungen}
    methode = _METHODE[konto.tageszaehlung.value]
    aufstellung = compute_aufstellung(konto)
    zinsen = sum((abschnitt.zeile.zinsen for abschnitt in konto.abschnitte), NULL)
    return {
        "aktenzeichen": konto.aktenzeichen,
        "stichtag": konto.stichtag,
        "verfasser": fall.einstellungen.absender.name,
        "glaeubiger": fall.glaeubiger.voller_name,
        "schuldner": "; ".join(f"{einer.voller_name}, {einer.ort}" for einer in fall.schuldner),
        "gesamtschuldner": fall.gesamtschuldner and len(fall.schuldner) > 1,
        "forderungen": [_forderung(forderung, daten) for forderung in konto.forderungen],
        "abschnitte": [_abschnitt(abschnitt) for abschnitt in konto.abschnitte],
        "zinsen": {
            "bis": describe_counted(konto),
            "offen": describe_uncounted(konto.forderungen, konto.stichtag),
            "summe": zinsen,
            "gezahlt": aufstellung.zinsen_erledigt,
            "methode": f"{_FORMEL}; {methode}.{_computed_by_title(aufstellung)}{_entered(konto)}",
        },
        "kosten": [_kosten(posten) for posten in konto.kostenposten],
        "buchungen": [_buchung(buchung) for buchung in _in_order(konto)],
        "summe": {
            "hauptforderung": konto.hauptforderung,
            "zinsen": konto.zinsen,
            "kosten": konto.kosten,
            "gesamt": konto.gesamt,
            "ueberzahlung": konto.ueberzahlung,
        },
        "je_tag": {
            "laufen": bool(konto.zinsen_je_tag),
            "betrag": konto.zinsen_je_tag or NULL,
            "bis": format_datum(konto.zinsen_je_tag_bis) if konto.zinsen_je_tag_bis else "",
        },
    }


def _entered(konto: Konto) -> str:
    return "".join(f" {text}." for text in konto.eingetragene())


def _computed_by_title(aufstellung: Aufstellung) -> str:
    """Interest that a title has already computed has no line of its own; the sum would not add up without it."""
    tituliert = sum((block.tituliert for block in aufstellung.zinsbloecke), NULL)
    return f" Hinzu kommen {format_euro(tituliert)} im Titel ausgerechnete Zinsen." if tituliert else ""


def _in_order(konto: Konto) -> list[Kontobuchung]:
    return sorted((*konto.abzuege, *konto.zahlungen), key=lambda buchung: (buchung.am, buchung.art))


def _forderung(forderung: Kontoforderung, daten: dict[str, dt.date]) -> dict[str, Any]:
    gruende = (forderung.verzug_grund, forderung.zinssatz_grund if forderung.zinssatz else "")
    datum = daten.get(forderung.rechnung)
    return {
        "name": forderung.rechnung,
        "datum": format_datum(datum) if datum else "",
        "faellig": format_datum(forderung.faellig_am) if forderung.faellig_am else "",
        "verzug": format_datum(forderung.verzug_ab) if forderung.verzug_ab else "",
        "betrag": forderung.betrag,
        "offen": forderung.offen,
        "grund": " ".join(dict.fromkeys(grund for grund in gruende if grund)),
    }


def _abschnitt(abschnitt: Zinsabschnitt) -> dict[str, Any]:
    zeile = abschnitt.zeile
    satz = f"{format_zahl(zeile.satz)}\u00a0%"
    if zeile.basiszins is not None and zeile.punkte is not None:
        punkte = f"{zeile.punkte.normalize():f}".replace(".", ",")
        satz = f"{format_zahl(zeile.basiszins)} + {punkte} = {satz}"
    return {
        "name": abschnitt.rechnung or abschnitt.name,
        "betrag": zeile.betrag,
        "von": zeile.von,
        "bis": zeile.bis,
        "tage": zeile.tage,
        "teiler": zeile.teiler,
        "satz": satz.replace("-", "\u2212"),
        "zinsen": zeile.zinsen,
    }


def _kosten(posten: Kontokosten) -> dict[str, Any]:
    art = KOSTENARTEN.get(posten.art)
    text = posten.bezeichnung or (art.kurz if art else posten.art.capitalize())
    text = f"{text} ({posten.rechnung})" if posten.rechnung else text
    return {
        "datum": posten.am,
        "text": f"{text}. {posten.grenze}" if posten.grenze else text,
        "betrag": posten.haupt.entstanden - posten.haupt.gekappt,
        "offen": posten.haupt.offen,
    }


def _buchung(buchung: Kontobuchung) -> dict[str, Any]:
    return {
        "datum": buchung.am,
        "was": _BUCHUNG[buchung.art],
        "betrag": buchung.betrag,
        "regel": buchung.text,
    }
