"""Rules on main claims: extra data by catalogue number, one line per invoice, exclusions of § 688 (2) ZPO."""

import re
from collections.abc import Iterator

from mahnakte.antrag.modell import Hauptforderung, Katalogforderung, Mahnantrag, Person
from mahnakte.antrag.regeln.parteien import name_of
from mahnakte.antrag.regeln.register import Pruefrahmen, regel
from mahnakte.antrag.regeln.vertragsarten import VERTRAGSARTEN
from mahnakte.grund.befund import Ablehnung, Schwere
from mahnakte.grund.betrag import format_euro, format_zahl
from mahnakte.grund.datum import format_datum
from mahnakte.grund.text import json_safe
from mahnakte.recht.katalog import find_hauptforderungsart

_MIETE = 19
_MIETNEBENKOSTEN = 20
_GESCHAEFTSRAUM = 17  # older lists of the courts want the location here too
_ZINSRUECKSTAENDE = 46
KREDIT_NUMMERN = frozenset({4, 35})

# „laut Liste“ and the like: claims lumped together do not suspend the limitation.
_SAMMEL = re.compile(
    r"\b(?:lt\.?|laut|gem\.?|gemäß|siehe|s\.)\s*(?:\w+\s+)?(?:liste|anlage|aufstellung|forderungsaufstellung)\b"
    r"|\b(?:diverse|verschiedene|mehrere|sämtliche|div\.)\s+(?:rechnung|forderung|liefer|leistung)",
    re.IGNORECASE,
)
_SAMMELGRUND = re.compile(r"^(?:aufstellung|liste|anlage|rechnungen)$", re.IGNORECASE)
_VERTRAG = re.compile(r"VERTRAG$")


def describe_forderung(forderung: Hauptforderung) -> str:
    """Name a claim in a sentence: by its number, else by its amount."""
    anspruch = forderung.anspruch
    if isinstance(anspruch, Katalogforderung) and anspruch.kennzeichen:
        return f"Forderung „{json_safe(anspruch.kennzeichen)}“"
    return f"Forderung über {format_euro(forderung.betrag)}"


def _nach_katalog(antrag: Mahnantrag) -> Iterator[tuple[Hauptforderung, Katalogforderung]]:
    for forderung in antrag.hauptforderungen:
        if isinstance(forderung.anspruch, Katalogforderung):
            yield forderung, forderung.anspruch


def _wanting(antrag: Mahnantrag, zusatz: str) -> Iterator[tuple[Hauptforderung, Katalogforderung]]:
    """Yield the claims whose catalogue number wants this extra datum."""
    for forderung, anspruch in _nach_katalog(antrag):
        if zusatz in find_hauptforderungsart(anspruch.nummer).zusatzangaben:
            yield forderung, anspruch


@regel("BELEGENHEIT_FEHLT", "Belegenheit der Wohnung oder des Grundstücks fehlt", "Katalog Nr. 19, 20, 90",
       "Postleitzahl und Ort der Wohnung oder des Grundstücks angeben.")  # fmt: skip
def _belegenheit(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    mit_miete = any(anspruch.nummer == _MIETE for _forderung, anspruch in _nach_katalog(antrag))
    for forderung, anspruch in _wanting(antrag, "belegenheit"):
        if forderung.belegenheit is None and not (anspruch.nummer == _MIETNEBENKOSTEN and mit_miete):
            yield f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt die Belegenheit"


@regel("BELEGENHEIT_UEBERZAEHLIG", "Belegenheit bei einer Nummer, die keine hat", "Katalog Nr. 17, 19, 20, 90",
       "Die Belegenheit streichen oder die Katalognummer berichtigen.")  # fmt: skip
def _belegenheit_zu_viel(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    erlaubt = [forderung for forderung, _anspruch in _wanting(antrag, "belegenheit")]
    erlaubt += [
        forderung for forderung, anspruch in _nach_katalog(antrag) if anspruch.nummer == _GESCHAEFTSRAUM
    ]
    for forderung in antrag.hauptforderungen:
        if forderung.belegenheit and forderung not in erlaubt:
            yield f"{describe_forderung(forderung)}: eine Belegenheit gehört nicht zu diesem Anspruch"


@regel("VERTRAGSART_FEHLT", "Vertragsart fehlt", "Katalog Nr. 28",
       "Die Art des Vertrags in Großbuchstaben ohne das Wort Vertrag angeben, etwa KAUF.")  # fmt: skip
def _vertragsart(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _wanting(antrag, "vertragsart"):
        if not forderung.vertragsart:
            yield f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt die Art des Vertrags"


@regel("VERTRAGSART_UEBERZAEHLIG", "Vertragsart bei einer Nummer, die keine hat", "Katalog Nr. 28",
       "Die Vertragsart streichen oder die Katalognummer berichtigen.")  # fmt: skip
def _vertragsart_zu_viel(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    erlaubt = [forderung for forderung, _anspruch in _wanting(antrag, "vertragsart")]
    for forderung in antrag.hauptforderungen:
        if forderung.vertragsart and forderung not in erlaubt:
            yield f"{describe_forderung(forderung)}: eine Vertragsart gehört nicht zu diesem Anspruch"


@regel("VERTRAGSART_SCHREIBWEISE", "Vertragsart nicht in der Schreibweise der Gerichte",
       "Verzeichnis der Vertragsarten",
       "In Großbuchstaben und ohne das Wort Vertrag schreiben, etwa KAUF.")  # fmt: skip
def _vertragsart_form(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        art = forderung.vertragsart
        if art and (art != art.upper() or _VERTRAG.search(art)):
            yield (
                f"{describe_forderung(forderung)}: die Vertragsart „{art}“ ist anders geschrieben als im "
                "Verzeichnis"
            )


@regel("VERTRAGSART_UNBEKANNT", "Vertragsart nicht im Auszug des Verzeichnisses", "Verzeichnis der Vertragsarten",
       "Im Verzeichnis der Mahngerichte nachsehen, ob es sie gibt.", Schwere.WARNUNG)  # fmt: skip
def _vertragsart_unbekannt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        art = forderung.vertragsart
        if art and art == art.upper() and not _VERTRAG.search(art) and art not in VERTRAGSARTEN:
            yield f"{describe_forderung(forderung)}: die Vertragsart „{art}“ ist nicht bekannt"


@regel("KONTONUMMER_FEHLT", "Kontonummer fehlt", "Katalog Nr. 36",
       "Die Nummer des Kontos als Kennzeichen angeben.")  # fmt: skip
def _kontonummer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _wanting(antrag, "kontonummer"):
        if not anspruch.kennzeichen:
            yield f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt die Kontonummer"


@regel("ZAEHLERNUMMER_FEHLT", "Kunden- oder Zählernummer fehlt", "Katalog Nr. 42",
       "Die Kunden- oder Zählernummer als Kennzeichen angeben.")  # fmt: skip
def _zaehlernummer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _wanting(antrag, "kundennummer"):
        if not anspruch.kennzeichen:
            yield (
                f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt die Kunden- "
                "oder Zählernummer"
            )


@regel("LEISTUNGSART_FEHLT", "Art der Leistung fehlt", "Katalog Nr. 61",
       "Die Art der Wahlleistung als Kennzeichen angeben.")  # fmt: skip
def _leistungsart(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _wanting(antrag, "leistungsart"):
        if not anspruch.kennzeichen:
            yield f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt die Art der Leistung"


@regel("ZEITRAUM_FEHLT", "Zeitraum fehlt", "Katalog Nr. 70", "Anfang und Ende des Zeitraums angeben.")
def _zeitraum(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _wanting(antrag, "zeitraum"):
        if forderung.von is None or forderung.bis is None:
            yield f"{describe_forderung(forderung)}: zur Katalognummer {anspruch.nummer} fehlt der Zeitraum"


@regel("RECHNUNGSNUMMER_FEHLT", "Grund „Rechnung“ ohne Nummer", "§ 690 Abs. 1 Nr. 3 ZPO",
       "Die Nummer der Rechnung angeben.")  # fmt: skip
def _rechnungsnummer(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _nach_katalog(antrag):
        if anspruch.grund == "Rechnung" and not anspruch.kennzeichen:
            yield f"{describe_forderung(forderung)}: zum Grund „Rechnung“ fehlt die Nummer"


@regel("FORDERUNG_SAMMEL", "Mehrere Forderungen in einer Zeile", "BGH XI ZR 466/07, IX ZR 11/14",
       "Je Rechnung eine Zeile mit Nummer, Datum und Betrag; Pauschalen hemmen die Verjährung nicht.")  # fmt: skip
def _sammel(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        anspruch = forderung.anspruch
        if isinstance(anspruch, Katalogforderung):
            text = f"{anspruch.grund} {anspruch.kennzeichen}".strip()
            treffer = _SAMMEL.search(text) or (
                not anspruch.kennzeichen and _SAMMELGRUND.search(anspruch.grund)
            )
        else:
            text, treffer = anspruch.begruendung, _SAMMEL.search(anspruch.begruendung)
        if treffer:
            yield f"{describe_forderung(forderung)}: „{json_safe(text[:60])}“ fasst Forderungen zusammen"


@regel("FORDERUNG_DOPPELT", "Dieselbe Forderung zweimal", "§ 690 Abs. 1 Nr. 3 ZPO",
       "Die doppelte Forderung streichen.")  # fmt: skip
def _doppelt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    gesehen = set()
    for forderung in antrag.hauptforderungen:
        schluessel = (forderung.anspruch, forderung.von, forderung.bis, forderung.betrag)
        if schluessel in gesehen:
            yield f"{describe_forderung(forderung)} steht zweimal im Antrag"
        gesehen.add(schluessel)


@regel("FORDERUNG_DATUM_FEHLT", "Datum der Forderung fehlt", "§ 690 Abs. 1 Nr. 3 ZPO",
       "Das Datum der Rechnung oder den Beginn des Zeitraums angeben.")  # fmt: skip
def _datum(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        if forderung.von is None and forderung.bis is None:
            yield f"{describe_forderung(forderung)} hat kein Datum"


@regel("FORDERUNG_ZEITRAUM", "Zeitraum endet vor seinem Beginn", "EDA C20: ASPVD, ASPBD",
       "Die Daten berichtigen.")  # fmt: skip
def _zeitraum_verkehrt(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        if forderung.von and forderung.bis and forderung.bis < forderung.von:
            yield (
                f"{describe_forderung(forderung)} endet am {format_datum(forderung.bis)} vor dem Beginn "
                f"am {format_datum(forderung.von)}"
            )


@regel("FORDERUNG_ZUKUNFT", "Forderung nach dem Stichtag", "§ 688 Abs. 1 ZPO",
       "Nur fällige Forderungen geltend machen.")  # fmt: skip
def _zukunft(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        if forderung.von and forderung.von > rahmen.stichtag:
            yield (
                f"{describe_forderung(forderung)} vom {format_datum(forderung.von)} liegt nach dem "
                f"Stichtag {format_datum(rahmen.stichtag)}"
            )


@regel(
    "FORDERUNG_NULL",
    "Betrag ist null",
    "§ 688 Abs. 1 ZPO",
    "Den Betrag angeben oder die Forderung streichen.",
)
def _null(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        if not forderung.betrag:
            yield f"{describe_forderung(forderung)} lautet auf null Euro"


@regel("FORDERUNG_NICHT_OFFEN", "Betrag weicht vom Konto ab", "§ 362 Abs. 1 BGB",
       "Zahlungen und Gutschriften abziehen; im Antrag steht nur, was noch offen ist.")  # fmt: skip
def _konto(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _nach_katalog(antrag):
        offen = (rahmen.offen or {}).get(anspruch.kennzeichen)
        if offen is not None and offen != forderung.betrag:
            yield (
                f"{describe_forderung(forderung)}: der Antrag verlangt {format_euro(forderung.betrag)}, "
                f"offen sind {format_euro(offen)}"
            )


@regel("ZINSRUECKSTAND_MIT_FORDERUNG", "Zinsrückstände neben der Forderung", "Katalog Nr. 46",
       "Zinsen als Zinsen zur Hauptforderung verlangen.", Schwere.WARNUNG)  # fmt: skip
def _zinsrueckstand(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    nummern = {anspruch.nummer for _forderung, anspruch in _nach_katalog(antrag)}
    if _ZINSRUECKSTAENDE in nummern and len(antrag.hauptforderungen) > 1:
        yield (
            "Zinsrückstände stehen neben anderen Forderungen; die Nummer 46 gilt nur, "
            "wenn die Hauptforderung nicht mitverlangt wird"
        )


@regel("ZINSESZINS", "Zinsen auf Zinsrückstände", "§ 289 BGB", "Die Zinsen auf diese Forderung streichen.")
def _zinseszins(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _nach_katalog(antrag):
        if anspruch.nummer == _ZINSRUECKSTAENDE and forderung.zinsen:
            yield f"{describe_forderung(forderung)}: auf Zinsen werden keine Verzugszinsen gezahlt"


@regel("KREDIT_ANGABEN_FEHLEN", "Darlehen ohne Angaben zum Verbraucherdarlehen", "§ 690 Abs. 1 Nr. 3 ZPO",
       "Prüfen, ob §§ 491 ff. BGB gelten; dann Vertragsdatum und effektiven Jahreszins angeben.",
       Schwere.WARNUNG)  # fmt: skip
def _kredit(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    personen = [gegner for gegner in antrag.antragsgegner if isinstance(gegner.bezeichnung, Person)]
    for forderung, anspruch in _nach_katalog(antrag):
        if anspruch.nummer in KREDIT_NUMMERN and personen and forderung.verbraucherdarlehen is None:
            yield (
                f"{describe_forderung(forderung)}: „{name_of(personen[0])}“ kann Verbraucher sein, die "
                "Angaben zum Kredit fehlen"
            )


@regel("KREDIT_ANGABEN_UEBERZAEHLIG", "Angaben zum Verbraucherdarlehen bei anderem Anspruch",
       "§ 690 Abs. 1 Nr. 3 ZPO",
       "Die Angaben streichen oder die Katalognummer berichtigen.")  # fmt: skip
def _kredit_zu_viel(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    for forderung, anspruch in _nach_katalog(antrag):
        if forderung.verbraucherdarlehen and anspruch.nummer not in KREDIT_NUMMERN:
            yield f"{describe_forderung(forderung)}: Kreditangaben gehören nicht zur Katalognummer {anspruch.nummer}"


@regel("KREDIT_ZINS_ZU_HOCH", "Verbraucherkredit vom Mahnverfahren ausgeschlossen", "§ 688 Abs. 2 Nr. 1 ZPO",
       "Den Anspruch einklagen; das Mahnverfahren ist ausgeschlossen.")  # fmt: skip
def _kredit_zins(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        kredit = forderung.verbraucherdarlehen
        if kredit is None:
            continue
        try:
            abstand = rahmen.recht.wert_am("verbraucherkredit_abstand", kredit.vertrag_am).wert
            grenze = rahmen.recht.basiszins_am(kredit.vertrag_am).wert + abstand
        except Ablehnung as ablehnung:  # a contract under law that has not been read: nobody may guess
            yield f"{describe_forderung(forderung)}: {ablehnung.befund.text.rstrip('.')}"
            continue
        if kredit.effektivzins > grenze:
            yield (
                f"{describe_forderung(forderung)}: der effektive Jahreszins von {format_zahl(kredit.effektivzins)} % "
                f"liegt über der Grenze von {format_zahl(grenze)} % am {format_datum(kredit.vertrag_am)}"
            )


@regel(
    "ABTRETUNG_ZUKUNFT", "Abtretung nach dem Stichtag", "§ 398 BGB", "Das Datum der Abtretung berichtigen."
)
def _abtretung_zukunft(antrag: Mahnantrag, rahmen: Pruefrahmen) -> Iterator[str]:
    for forderung in antrag.hauptforderungen:
        if forderung.abtretung and forderung.abtretung.am > rahmen.stichtag:
            yield f"{describe_forderung(forderung)} ist erst am {format_datum(forderung.abtretung.am)} abgetreten"


@regel("ABTRETUNG_SELBST", "Früherer Gläubiger ist der Antragsteller", "§ 398 BGB",
       "Den früheren Gläubiger berichtigen oder die Abtretung streichen.")  # fmt: skip
def _abtretung_selbst(antrag: Mahnantrag, _: Pruefrahmen) -> Iterator[str]:
    eigene = {name_of(antragsteller) for antragsteller in antrag.antragsteller}
    for forderung in antrag.hauptforderungen:
        if forderung.abtretung and forderung.abtretung.name in eigene:
            yield f"{describe_forderung(forderung)}: „{forderung.abtretung.name}“ ist selbst Antragsteller"
