"""Sheets of values for people: the sections of an application, and the readable view of an EDA file.

Both are sections of lines „field, value“ with the place they come from; the template is
templates/blaetter/angabenblatt.docx.
"""

import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from mahnakte.antrag.auswahl import Firmenart, Gegenleistung, Kontoinhaber, Zinsart, Zinszeitraum
from mahnakte.antrag.eda.view import Satzsicht
from mahnakte.antrag.modell import (
    Anschrift,
    Antragsgegner,
    Antragsteller,
    Hauptforderung,
    Katalogforderung,
    Mahnantrag,
    Nebenzins,
    Person,
    Prozessbevollmaechtigter,
    Vertreter,
    Zinsangabe,
)
from mahnakte.grund.betrag import format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.recht.katalog import find_hauptforderungsart
from mahnakte.satz.variablen import Variable

VORLAGE = "angabenblatt.docx"

ANGABENBLATT = (
    Variable("titel", "Überschrift des Blatts", "Eingabeblatt zum Mahnantrag 2026-0042"),
    Variable("untertitel", "Zeile darunter", "Möbelhaus Übersee GmbH gegen Max Schuldner, Stand 20.04.2026"),
    Variable("hinweis", "Satz am Anfang (leer: keiner)", "In dieser Reihenfolge in das Portal eingeben."),
    Variable("abschnitte[].titel", "Überschrift des Abschnitts", "Antragsteller"),
    Variable("abschnitte[].woher", "woher die Angaben stammen (leer: nicht angegeben)", "mahnakte.yaml, Zeile 12"),
    Variable("abschnitte[].zeilen[].feld", "Name der Angabe", "Straße und Hausnummer"),
    Variable("abschnitte[].zeilen[].wert", "Wert", "Industriestr. 7"),
)  # fmt: skip

_ANREDEN = {"herr": "Herr", "frau": "Frau", "unbekannt": "(nicht bekannt)"}
_GERICHTE = {
    "amtsgericht": "Amtsgericht",
    "landgericht": "Landgericht",
    "landgericht-kfh": "Landgericht, Kammer für Handelssachen",
    "familiengericht": "Amtsgericht, Familiengericht",
    "sozialgericht": "Sozialgericht",
}
_GEGENLEISTUNG = {
    Gegenleistung.ERBRACHT: "Der Anspruch hängt von einer Gegenleistung ab; sie ist erbracht.",
    Gegenleistung.UNABHAENGIG: "Der Anspruch hängt nicht von einer Gegenleistung ab.",
    Gegenleistung.TEILS: "Teils ist die Gegenleistung erbracht, teils hängt der Anspruch von keiner ab.",
}
_NEBEN = {
    "mahnkosten": "Mahnkosten",
    "auskuenfte": "Auskünfte",
    "bankruecklast": "Bankrücklastkosten",
    "inkasso": "Inkassokosten",
    "anwaltsverguetung": "Anwaltsvergütung für vorgerichtliche Tätigkeit (Nr. 2300 VV RVG)",
    "sonstige": "andere Nebenforderung",
}
_ZEITRAEUME = {
    Zinszeitraum.JAEHRLICH: "jährlich",
    Zinszeitraum.MONATLICH: "monatlich",
    Zinszeitraum.TAEGLICH: "täglich",
}

Zeile = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Abschnitt:
    """One section of a sheet."""

    titel: str
    zeilen: tuple[Zeile, ...]
    woher: str = ""


def eda_werte(saetze: Iterable[Satzsicht], datei: str) -> dict[str, Any]:
    """Return the values of the readable view of an EDA file: one section for each record."""
    abschnitte = [_record(satz) for satz in saetze]
    return blatt_werte(f"EDA-Datei {datei}", f"{len(abschnitte)} Sätze", "", abschnitte)


def nachricht_werte(saetze: Iterable[Satzsicht], geschaeftszeichen: str) -> dict[str, Any]:
    """Return the values of the sheet that keeps one message of the court in the case: its records, nobody else's."""
    titel = f"Nachricht des Mahngerichts zu {geschaeftszeichen}"
    hinweis = "Aus einer EDA-Datei des Gerichts; maßgeblich ist sein Schreiben."
    return blatt_werte(titel, "", hinweis, [_record(satz) for satz in saetze])


def _record(satz: Satzsicht) -> Abschnitt:
    zeilen = tuple(
        (feld.bedeutung, f"{feld.wert} – {feld.fehler}" if feld.fehler else feld.wert) for feld in satz.felder
    )
    return Abschnitt(f"{satz.nummer}. {satz.bedeutung}", zeilen, f"Satz {satz.schluessel}")


def blatt_werte(titel: str, untertitel: str, hinweis: str, abschnitte: Iterable[Abschnitt]) -> dict[str, Any]:
    """Return the values of the template; lines without a value are left out."""
    return {
        "titel": titel,
        "untertitel": untertitel,
        "hinweis": hinweis,
        "abschnitte": [
            {
                "titel": abschnitt.titel,
                "woher": abschnitt.woher,
                "zeilen": [{"feld": feld, "wert": wert} for feld, wert in abschnitt.zeilen if wert],
            }
            for abschnitt in abschnitte
        ],
    }


def list_abschnitte(antrag: Mahnantrag) -> Iterator[Abschnitt]:
    """Yield the sections of an application in the order in which they are typed."""
    woher = {herkunft.angabe: herkunft.quelle for herkunft in antrag.herleitung}
    gericht = f"{antrag.mahngericht.plz} {antrag.mahngericht.ort}"
    yield Abschnitt(
        "Gericht und Verfahren",
        (("Mahngericht", gericht), ("Verfahren", antrag.verfahrensart.capitalize()),
         ("eigenes Geschäftszeichen", antrag.geschaeftszeichen)),
        woher.get("Mahngericht", ""),
    )  # fmt: skip
    yield Abschnitt("Antragsteller", tuple(_applicants(antrag)), woher.get("Antragsteller", ""))
    if antrag.bevollmaechtigter:
        yield Abschnitt(
            "Prozessbevollmächtigter",
            tuple(_representative(antrag.bevollmaechtigter)),
            woher.get("Prozessbevollmächtigter", ""),
        )
    if bank := antrag.bankverbindung:
        inhaber = "Antragsteller" if bank.inhaber is Kontoinhaber.ANTRAGSTELLER else "Bevollmächtigter"
        yield Abschnitt("Bankverbindung", (("Kontoinhaber", inhaber), ("IBAN", bank.iban), ("BIC", bank.bic)))
    for nummer, gegner in enumerate(antrag.antragsgegner, start=1):
        yield Abschnitt(
            f"Antragsgegner {nummer}", tuple(_opponent(gegner)), woher.get(f"Antragsgegner {nummer}", "")
        )
    if antrag.ausgerechnete_zinsen:
        yield Abschnitt(
            "Ausgerechnete Zinsen", tuple(_computed(antrag)), woher.get("Ausgerechnete Zinsen", "")
        )
    for forderung, name in zip(antrag.hauptforderungen, _claim_names(antrag), strict=True):
        yield _claim(forderung, woher, name)
    if nebenzeilen := tuple(_side_claims(antrag)):
        quellen = [quelle for angabe, quelle in woher.items() if angabe.startswith("Nebenforderung")]
        yield Abschnitt("Auslagen und Nebenforderungen", nebenzeilen, "; ".join(quellen))
    yield Abschnitt("Erklärungen", tuple(_declarations(antrag)), woher.get("Erklärungen", ""))


def party_name(wer: Antragsteller | Antragsgegner) -> str:
    """Return a party's name in one line."""
    bezeichnung = wer.bezeichnung
    if isinstance(bezeichnung, Person):
        return f"{bezeichnung.vorname} {bezeichnung.nachname}"
    return " ".join(bezeichnung.name)


def _party(wer: Antragsteller | Antragsgegner) -> Iterator[Zeile]:
    bezeichnung = wer.bezeichnung
    if isinstance(bezeichnung, Person):
        yield "Anrede", _ANREDEN[bezeichnung.anrede]
        yield "Vorname", bezeichnung.vorname
        yield "Nachname", bezeichnung.nachname
    else:
        if bezeichnung.art is not Firmenart.SONSTIGE:
            yield (
                "Art",
                bezeichnung.art.upper() if bezeichnung.art is Firmenart.WEG else bezeichnung.art.capitalize(),
            )
        yield "Rechtsform", bezeichnung.rechtsform
        yield "vollständiger Name", " ".join(bezeichnung.name)
    yield from _address(wer.anschrift)
    for vertreter in wer.vertreter:
        yield "gesetzlicher Vertreter", _vertreter(vertreter)


def _address(anschrift: Anschrift) -> Iterator[Zeile]:
    yield "Straße und Hausnummer", anschrift.strasse
    yield "Postleitzahl und Ort", f"{anschrift.plz} {anschrift.ort}"
    yield "Staat", anschrift.staat


def _vertreter(vertreter: Vertreter) -> str:
    wer = vertreter.gesellschaft or f"{vertreter.funktion} {vertreter.name}".strip()
    wo = vertreter.anschrift
    return ", ".join(filter(None, (wer, wo.strasse, f"{wo.plz} {wo.ort}", wo.staat))) if wo else wer


def _applicants(antrag: Mahnantrag) -> Iterator[Zeile]:
    yield "Kennziffer", antrag.antragsteller_kennziffer
    for antragsteller in antrag.antragsteller:
        yield from _party(antragsteller)


def _representative(wer: Prozessbevollmaechtigter) -> Iterator[Zeile]:
    yield "Kennziffer", wer.kennziffer
    yield "Art", str(wer.art or "")
    yield "Bezeichnung", wer.bezeichnung
    yield "Rechtsform", wer.rechtsform
    if wer.anschrift:
        yield from _address(wer.anschrift)
    if wer.vertreter:
        yield "handelt durch", _vertreter(wer.vertreter)
    yield "Geschäftszeichen", wer.geschaeftszeichen
    yield "beauftragt am", format_datum(wer.beauftragt_am) if wer.beauftragt_am else ""
    yield "abweichende Auslagen", _euro(wer.auslagen)
    yield "Anrechnung auf Nr. 3305", _euro(wer.anrechnung)
    yield "vereinbarte Vergütung", _euro(wer.verguetung)
    yield "umfangreich oder schwierig", "ja" if wer.umfangreich else ""
    yield "zum Vorsteuerabzug berechtigt", "ja" if wer.vorsteuerabzug else "nein"


def _euro(betrag: Decimal | None) -> str:
    return "" if betrag is None else format_euro(betrag)


def _opponent(gegner: Antragsgegner) -> Iterator[Zeile]:
    yield from _party(gegner)
    if gericht := gegner.streitgericht:
        yield "Prozessgericht", f"{_GERICHTE[gericht.art]}, {gericht.plz} {gericht.ort}"


def _claim_names(antrag: Mahnantrag) -> list[str]:
    """Return the invoice number of each claim as the derivation has it, else what the claim itself says."""
    namen = [
        herkunft.angabe.removeprefix("Hauptforderung ")
        for herkunft in antrag.herleitung
        if herkunft.angabe.startswith("Hauptforderung ")
    ]
    if len(namen) == len(antrag.hauptforderungen):
        return namen
    ansprueche = (forderung.anspruch for forderung in antrag.hauptforderungen)
    return [a.kennzeichen if isinstance(a, Katalogforderung) else "" for a in ansprueche]


def _claim(forderung: Hauptforderung, woher: dict[str, str], name: str) -> Abschnitt:
    anspruch = forderung.anspruch
    if isinstance(anspruch, Katalogforderung):
        titel = f"Hauptforderung {anspruch.kennzeichen}".strip()
        art = find_hauptforderungsart(anspruch.nummer)
        kopf = [
            ("Katalognummer", f"{anspruch.nummer} ({art.text})"),
            (anspruch.grund or "Kennzeichen", anspruch.kennzeichen),
        ]
    else:
        titel, kopf = "Sonstige Hauptforderung", [("Begründung", anspruch.begruendung)]
    zeilen = [*kopf, *_claim_data(forderung), *(("Zinsen", _interest(zins)) for zins in forderung.zinsen)]
    quellen = [woher.get(f"{was} {name}", "") for was in ("Hauptforderung", "Zinsen")]
    return Abschnitt(titel, tuple(zeilen), " · ".join(quelle for quelle in quellen if quelle))


def _claim_data(forderung: Hauptforderung) -> Iterator[Zeile]:
    yield "vom", format_datum(forderung.von) if forderung.von else ""
    yield "bis", format_datum(forderung.bis) if forderung.bis else ""
    yield "Betrag", format_euro(forderung.betrag)
    if lage := forderung.belegenheit:
        yield "Belegenheit", f"{lage.strasse}, {lage.plz} {lage.ort}".removeprefix(", ")
    yield "Vertragsart", forderung.vertragsart
    if abtretung := forderung.abtretung:
        yield (
            "abgetreten",
            f"am {format_datum(abtretung.am)} von {abtretung.name}, {abtretung.plz} {abtretung.ort}",
        )
    if kredit := forderung.verbraucherdarlehen:
        yield (
            "Verbraucherdarlehen",
            f"vom {format_datum(kredit.vertrag_am)}, effektiv {format_zahl(kredit.effektivzins)} %",
        )


def _interest(zins: Zinsangabe) -> str:
    wie = "Prozentpunkte über dem Basiszinssatz" if zins.art is Zinsart.UEBER_BASIS else "Prozent"
    ab = format_datum(zins.ab) if zins.ab else "Zustellung des Mahnbescheids"
    bis = f" bis {format_datum(zins.bis)}" if zins.bis else ""
    satz = format_zahl(zins.satz, 3).rstrip("0").rstrip(",")
    return f"{_ZEITRAEUME[zins.zeitraum]} {satz} {wie} aus {format_euro(zins.betrag)} ab {ab}{bis}"


def _side_interest(zins: Nebenzins) -> str:
    wie = "Prozentpunkte über dem Basiszinssatz" if zins.art is Zinsart.UEBER_BASIS else "Prozent"
    satz = format_zahl(zins.satz, 3).rstrip("0").rstrip(",")
    return f"jährlich {satz} {wie}" + (f" ab {format_datum(zins.ab)}" if zins.ab else " ab Zustellung")


def _computed(antrag: Mahnantrag) -> Iterator[Zeile]:
    for zins in antrag.ausgerechnete_zinsen:
        zeitraum = f"{format_datum(zins.von)} bis {format_datum(zins.bis)}"
        yield "Betrag", f"{format_euro(zins.betrag)} für {zeitraum}"


def _side_claims(antrag: Mahnantrag) -> Iterator[Zeile]:
    if auslagen := antrag.auslagen:
        yield "Auslagen: Vordruck und Porto", _euro(auslagen.vordruck_porto)
        yield "Auslagen: sonstige", f"{_euro(auslagen.sonstige)} {auslagen.sonstige_grund}".strip()
    for neben in antrag.nebenforderungen:
        yield _NEBEN[neben.art], f"{format_euro(neben.betrag)} {neben.grund}".strip()
        if neben.zins:
            yield f"Zinsen auf {_NEBEN[neben.art]}", _side_interest(neben.zins)


def _declarations(antrag: Mahnantrag) -> Iterator[Zeile]:
    erklaerungen = antrag.erklaerungen
    if erklaerungen.gegenleistung:
        yield "Gegenleistung", _GEGENLEISTUNG[erklaerungen.gegenleistung]
    yield "Gesamtschuldner", "ja" if erklaerungen.gesamtschuldner else ""
    yield "streitiges Verfahren bei Widerspruch", "wird beantragt" if erklaerungen.streitverfahren else "nein"
